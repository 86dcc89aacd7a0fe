//! The figures count what `catalog.json` holds.

use expect_test::expect;
use replycode::Protocol;
use replycode_codegen::{Figures, LanguageFigures, ProtocolFigures, figures};
use serde_json::Value;

use crate::{MODEL, catalog, list};

#[test]
fn the_figures_are_those_of_the_json() {
    let (figures, catalog) = (figures(&MODEL), catalog());
    for (of, rows) in figures.protocols.iter().zip(list(&catalog, "protocols")) {
        let codes = |name| list(rows, name).iter().map(|reply| reply["code"].as_u64());
        let mut all: Vec<_> = codes("replies").chain(codes("field")).collect();
        all.sort_unstable();
        all.dedup();
        let senses = |name| list(rows, name).iter().map(|reply| list(reply, "senses").len()).sum::<usize>();
        assert_eq!(of.protocol.id(), rows["id"]);
        assert_eq!((of.codes, of.senses, of.field), (all.len(), senses("replies"), senses("field")));
        assert_eq!(of.commands, list(rows, "commands").len());
    }
    let enhanced = |name| list(&catalog["enhanced"], name).len();
    assert_eq!(
        (figures.classes, figures.subjects, figures.details),
        (enhanced("classes"), enhanced("subjects"), enhanced("details"))
    );
    assert_eq!(figures.not_replies, list(&catalog, "not_replies").len());
    assert_eq!((figures.causes, figures.rules), (list(&catalog, "causes").len(), list(&catalog, "rules").len()));
    assert_eq!((figures.notes, figures.malformed), (list(&catalog, "notes").len(), list(&catalog, "malformed").len()));
}

#[test]
fn a_checked_catalogue_says_everything_in_every_language() {
    let catalog = catalog();
    for language in figures(&MODEL).languages {
        let mut texts = 0;
        count(&catalog, &language.id, &mut texts);
        assert_eq!((language.texts, language.wanted, language.coverage()), (texts, texts, 100), "{}", language.id);
    }
}

/// Counts the texts in a language.
fn count(value: &Value, language: &str, texts: &mut usize) {
    match value {
        Value::Object(fields) => fields.iter().for_each(|(name, value)| match value {
            Value::String(_) if name == language => *texts += 1,
            value => count(value, language, texts),
        }),
        Value::Array(items) => items.iter().for_each(|item| count(item, language, texts)),
        _ => {}
    }
}

#[test]
fn pools_hold_each_text_and_a_nul() {
    let figures = figures(&MODEL);
    let rows =
        ["tables", "diagnosis"].map(|name| crate::artefact(&format!("crates/replycode/src/generated/{name}.rs")));
    let rows = rows.concat();
    for language in &figures.languages {
        for (kind, bytes) in &language.pools {
            assert_eq!(
                *bytes,
                ends(&rows, &format!("{}_{}", kind.to_uppercase(), language.id.to_uppercase())),
                "{kind}"
            );
        }
    }
    for (kind, bytes) in &figures.plain {
        assert_eq!(*bytes, ends(&rows, &kind.to_uppercase()), "{kind}");
    }
}

/// Where the pools of a kind end, of all sections together: the last of their starts.
fn ends(tables: &str, kind: &str) -> usize {
    let end = |section: &str| {
        let starts = tables.split_once(&format!("static {section}_{kind}_STARTS: "))?.1;
        let numbers = starts.split_once("= [")?.1.split_once(']')?.0;
        numbers.trim().trim_end_matches(',').rsplit([' ', '\n']).next()?.parse::<usize>().ok()
    };
    ["MAIN", "ENHANCED", "CAUSES"].into_iter().filter_map(end).sum()
}

#[test]
fn coverage_is_rounded_down() {
    let of = |texts, wanted| {
        let pools = vec![("Title", 10), ("Note", 5)];
        LanguageFigures { id: "de".into(), name: "Deutsch".into(), texts, wanted, pools }
    };
    assert_eq!([of(999, 1000).coverage(), of(1, 3).coverage(), of(0, 0).coverage()], [99, 33, 100]);
    assert_eq!(of(0, 0).bytes(), 15);
}

#[test]
fn the_figures_as_regen_prints_them() {
    let figures = Figures {
        version: "2026.11.0".into(),
        protocols: vec![ProtocolFigures {
            protocol: Protocol::Ftp,
            name: "FTP".into(),
            codes: 3,
            senses: 4,
            field: 1,
            commands: 2,
            flows: 9,
        }],
        classes: 3,
        subjects: 8,
        details: 70,
        not_replies: 2,
        causes: 43,
        rules: 99,
        notes: 20,
        malformed: 9,
        languages: vec![LanguageFigures {
            id: "en".into(),
            name: "English".into(),
            texts: 199,
            wanted: 200,
            pools: vec![("Title", 20), ("Note", 30)],
        }],
        plain: vec![("Id", 40), ("Phrase", 50)],
    };
    expect![[r#"
        catalogue 2026.11.0
          FTP: 3 codes, 4 senses, 1 field entries; 2 commands, 9 pairs of command and code
          enhanced status codes: 3 classes, 8 subjects, 70 details; 2 numbers that are no reply
          43 causes, 99 rules
          reply parser: 20 notes, 9 reasons of malformed replies
          1 languages; bytes of text in the pools:
          en (English): 99 % (199 of 200 texts), 50 bytes: title 20, note 30
          without language: id 40, phrase 50
    "#]]
    .assert_eq(&figures.to_string());
}
