//! What holds for every artefact.

use std::collections::BTreeSet;

use replycode_codegen::{EMITTERS, emit, mark};

use crate::{ARTEFACTS, MODEL};

#[test]
fn two_runs_give_equal_bytes() {
    assert_eq!(emit(&MODEL), *ARTEFACTS);
}

#[test]
fn every_artefact_has_a_path_of_its_own() {
    let paths: BTreeSet<_> = ARTEFACTS.iter().map(|artefact| &artefact.path).collect();
    assert_eq!(paths.len(), ARTEFACTS.len());
}

#[test]
fn every_artefact_begins_with_the_mark() {
    for artefact in &*ARTEFACTS {
        let emitter = EMITTERS.iter().find(|emitter| match emitter.path.ends_with('/') {
            true => artefact.path.starts_with(emitter.path),
            false => artefact.path == emitter.path,
        });
        let mark = mark(&MODEL.digest()[..16], emitter.expect("an emitter made it").source);
        let start = match artefact.path.rsplit('.').next() {
            Some("rs") => format!("// {mark}\n\n"),
            Some("py") => format!("# {mark}\n\n"),
            Some("md") => format!("<!-- {mark} -->\n\n"),
            Some("json") if artefact.path.ends_with(".schema.json") => format!("{{\n  \"$comment\": \"{mark}\",\n"),
            Some("json") => format!("{{\n  \"generated\": \"{mark}\",\n"),
            // The first column of the first row, behind the header; `@` would begin a formula.
            Some("csv") => {
                let (header, rows) = artefact.text.split_once('\n').unwrap_or_default();
                assert!(header.starts_with("\u{feff}generated,"), "{}", artefact.path);
                assert!(rows.starts_with(&format!("'{mark},")), "{}", artefact.path);
                continue;
            }
            // A language that is new here: say above how it writes a comment.
            _ => panic!("{}: no comment syntax known", artefact.path),
        };
        assert!(artefact.text.starts_with(&start), "{} does not begin with {start}", artefact.path);
    }
}

#[test]
fn every_emitter_is_a_file_that_exists() {
    for emitter in EMITTERS {
        assert!(crate::root().join(emitter.source).is_file(), "{}", emitter.source);
    }
}

#[test]
fn no_line_ends_with_a_blank_and_every_text_with_one_newline() {
    for artefact in &*ARTEFACTS {
        for (number, line) in artefact.text.split('\n').enumerate() {
            assert_eq!(line.trim_end(), line, "{}:{}", artefact.path, number + 1);
        }
        assert!(artefact.text.ends_with('\n') && !artefact.text.ends_with("\n\n"), "{}", artefact.path);
    }
}
