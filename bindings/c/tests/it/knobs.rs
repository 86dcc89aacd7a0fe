//! The macros of the amalgamation: each leaves out what it names, and changes nothing else.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use xtask::archive::Plan;

use crate::amalgamation::test_program;
use crate::tools::{GCC, include, printed, program, run};

/// Builds a program of `bindings/c/tests` with the amalgamation and macros.
fn with_macros(folder: &Path, name: &str, macros: &[&str]) -> PathBuf {
    let program = folder.join(name);
    let mut command = GCC.command();
    command.args(["-std=c89", "-O1", "-I"]).arg(include()).args(macros.iter().map(|name| format!("-D{name}")));
    run(command.arg(test_program(name)).arg(include().join("replycode.c")).arg("-o").arg(&program));
    program
}

fn dump(macros: &[&str]) -> String {
    let folder = tempfile::tempdir().unwrap();
    printed::<&str>(&with_macros(folder.path(), "dump", macros), &[])
}

/// The rows that a predicate keeps.
fn rows(dump: &str, keep: impl Fn(&[&str]) -> bool) -> Vec<&str> {
    let words = |row: &str| -> Vec<String> { row.splitn(6, ' ').map(str::to_owned).collect() };
    let kept = |row: &&str| keep(&words(row).iter().map(String::as_str).collect::<Vec<_>>());
    dump.lines().filter(kept).collect()
}

/// Fails with the first difference.
fn same(found: &[&str], expected: &[&str], what: &str) {
    for (found, expected) in found.iter().zip(expected) {
        assert_eq!(found, expected, "{what}: found left, expected right");
    }
    assert_eq!(found.len(), expected.len(), "{what}: one ends before the other");
    assert!(found.len() > 1000, "{what}: nearly nothing is left");
}

#[test]
fn texts_are_left_out_by_kind_and_language() {
    let whole = dump(&[]);
    type Leaves = fn(&[&str]) -> bool;
    let knobs: [(&str, Leaves); 8] = [
        ("RC_NO_EN", |words| (words[0] == "text" && words[3] == "en") || (words[0] == "step" && words[2] == "en")),
        ("RC_NO_JA", |words| (words[0] == "text" && words[3] == "ja") || (words[0] == "step" && words[2] == "ja")),
        ("RC_NO_TITLES", |words| words[0] == "text" && words[2] == "title"),
        ("RC_NO_MEANINGS", |words| words[0] == "text" && words[2] == "meaning"),
        ("RC_NO_ACTIONS", |words| words[0] == "step" || (words[0] == "text" && words[2] == "action")),
        ("RC_NO_CODE_ACTIONS", |words| words[0] == "text" && words[2] == "action" && !words[1].starts_with("cause/")),
        ("RC_NO_NOTES", |words| words[0] == "text" && words[2] == "note"),
        ("RC_NO_PHRASES", |words| words[0] == "text" && (words[2] == "phrase" || words[2] == "aliases")),
    ];
    for (knob, leaves_out) in knobs {
        let expected = rows(&whole, |words| !leaves_out(words));
        assert!(expected.len() < whole.lines().count(), "{knob} leaves out nothing");
        same(&rows(&dump(&[knob]), |_| true), &expected, knob);
    }
}

#[test]
fn one_protocol_is_as_it_was_without_the_other() {
    let whole = dump(&[]);
    for (knob, other) in [("RC_NO_SMTP", "ftp"), ("RC_NO_FTP", "smtp")] {
        let about = |words: &[&str]| {
            let subject = words.get(1).copied().unwrap_or_default();
            words[0] != "language" && (subject == other || subject.starts_with(&format!("{other}/")))
        };
        let without = dump(&[knob]);
        same(&rows(&without, about), &rows(&whole, about), knob);
        // The other one is unknown, like any number that is no protocol.
        let left_out = if other == "ftp" { "smtp" } else { "ftp" };
        assert!(
            !without.contains(&format!(" {left_out} ")) && !without.contains(&format!(" {left_out}/550")),
            "{knob}"
        );
    }
}

#[test]
fn what_does_not_depend_on_a_part_stays_without_it() {
    let whole = dump(&[]);
    for (knob, kinds) in [
        ("RC_NO_COMMANDS", &["language", "code", "status", "text", "enhanced", "codes"][..]),
        ("RC_NO_SOURCES", &["language", "code", "status", "expected", "explain", "commands", "enhanced"]),
        ("RC_NO_IDS", &["language", "text", "codes"]),
        ("RC_NO_ENHANCED", &["language", "vocabulary", "code", "expected", "commands"]),
        ("RC_NO_DIAGNOSIS", &["language", "vocabulary", "code", "status", "text", "expected", "explain"]),
    ] {
        // A part that is left out takes its own entries along, and without ids severities have no name.
        let stays = |words: &[&str]| {
            let owner = words.get(1).copied().unwrap_or_default();
            let gone = (knob == "RC_NO_ENHANCED" && owner.starts_with("enhanced/"))
                || (knob == "RC_NO_DIAGNOSIS" && owner.starts_with("cause"))
                || (knob == "RC_NO_IDS"
                    && (owner.contains("/severity/") || owner.contains("/category/") || owner.starts_with("cause")));
            kinds.contains(&words[0]) && !gone
        };
        let without = dump(&[knob]);
        let expected = rows(&whole, stays);
        if knob == "RC_NO_IDS" {
            // What is written by id has none: the rest of the row stays.
            let texts =
                |dump: &str| rows(dump, |words| words[0] == "text" && words[2] == "title" && stays(words)).len();
            assert_eq!(texts(&without), texts(&whole));
            continue;
        }
        same(&rows(&without, stays), &expected, knob);
    }
}

#[test]
fn the_parser_reads_without_texts_and_diagnosis() {
    let corpus = test_program("corpus").parent().unwrap().join("../../../crates/replycode/tests/data/replies.txt");
    let folder = tempfile::tempdir().unwrap();
    let read = |macros: &[&str]| printed(&with_macros(folder.path(), "corpus", macros), &[&corpus]);
    let whole = read(&[]);
    let without = read(&[
        "RC_NO_EN",
        "RC_NO_JA",
        "RC_NO_PHRASES",
        "RC_NO_SOURCES",
        "RC_NO_COMMANDS",
        "RC_NO_ENHANCED",
        "RC_NO_DIAGNOSIS",
    ]);
    assert!(whole == without && whole.len() > 10_000);
}

/// Texts in the encodings of Japanese firmware are the same texts: as Rust and Python decode them.
#[test]
fn encodings_are_other_bytes_for_the_same_texts() {
    let folder = tempfile::tempdir().unwrap();
    let texts = |macros: &[&str]| run(&mut Command::new(with_macros(folder.path(), "texts", macros))).stdout;
    let utf_8 = String::from_utf8(texts(&[])).unwrap();
    assert!(utf_8.contains("メールボックス") && utf_8.len() > 200_000);
    for (name, python, encoding) in
        [("RC_SHIFT_JIS", "cp932", encoding_rs::SHIFT_JIS), ("RC_EUC_JP", "euc_jp", encoding_rs::EUC_JP)]
    {
        let bytes = texts(&[&format!("RC_ENCODING={name}")]);
        assert_ne!(bytes, utf_8.as_bytes());
        let (decoded, malformed) = encoding.decode_without_bom_handling(&bytes);
        assert!(!malformed, "{name}");
        let decoded_by_python = decode_by_python(python, &bytes);
        for decoded in [&*decoded, &decoded_by_python] {
            for (found, expected) in decoded.split('\0').zip(utf_8.split('\0')) {
                assert_eq!(found, expected, "{name}");
            }
            assert_eq!(decoded.len(), utf_8.len(), "{name}");
        }
    }
}

fn decode_by_python(codec: &str, bytes: &[u8]) -> String {
    let script =
        format!("import sys; sys.stdout.buffer.write(sys.stdin.buffer.read().decode('{codec}').encode('utf-8'))");
    let mut command = program("python3", "apt-get install python3");
    command.args(["-c", &script]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let bytes = bytes.to_owned();
    let writer = std::thread::spawn(move || stdin.write_all(&bytes).unwrap());
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    assert!(output.status.success(), "Python cannot read {codec}");
    String::from_utf8(output.stdout).unwrap()
}

/// The documentation names each macro, and no other.
#[test]
fn every_macro_is_documented() {
    let source = std::fs::read_to_string(include().join("replycode.c")).unwrap();
    let macros = |text: &str| -> BTreeSet<String> {
        let words = text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'));
        words
            .filter(|word| word.starts_with("RC_NO_") || *word == "RC_CODES_ONLY" || *word == "RC_ENCODING")
            .map(str::to_owned)
            .collect()
    };
    let (introduction, code) = source.split_once("#include").unwrap();
    assert_eq!(macros(introduction), macros(code));
}

/// The Cargo features of the static library leave out the same texts.
#[test]
fn the_archive_has_the_texts_of_its_features() {
    let (elsewhere, amalgamated) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let features = ["diagnosis", "panic-handler", "ja", "titles"];
    let plan = Plan { folder: Some(elsewhere.path()), features: Some(&features), ..Plan::default() };
    let small = xtask::archive::make(&plan).unwrap();
    let program = elsewhere.path().join("texts");
    let mut command = GCC.command();
    command.args(["-std=c89", "-I"]).arg(include()).arg(test_program("texts")).arg(&small);
    run(command.arg("-o").arg(&program));
    let macros =
        ["RC_NO_EN", "RC_NO_IDS", "RC_NO_PHRASES", "RC_NO_SOURCES", "RC_NO_MEANINGS", "RC_NO_ACTIONS", "RC_NO_NOTES"];
    let ours = run(&mut Command::new(with_macros(amalgamated.path(), "texts", &macros))).stdout;
    assert!(run(&mut Command::new(program)).stdout == ours && ours.len() > 10_000);
    // Not only unreachable but gone: some 13 KB of titles are left of 300 KB of texts.
    let bytes = std::fs::read(&small).unwrap();
    let has = |text: &str| bytes.windows(text.len()).any(|window| window == text.as_bytes());
    let entry = replycode::lookup(replycode::Protocol::Ftp, 425).unwrap().entry();
    assert!(has(entry.title(replycode::Lang::JA)));
    for text in
        [entry.title(replycode::Lang::EN), entry.meaning(replycode::Lang::JA), entry.action(replycode::Lang::JA)]
    {
        assert!(!has(text), "{text}");
    }
}
