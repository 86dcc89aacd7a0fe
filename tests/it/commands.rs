//! What maintainers type: `cargo xtask diff`, and the words of a wrong command line.

use std::process::{Command, Output};

use xtask::repo;

fn xtask(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO"))
        .args(["run", "--quiet", "--offline", "--package", "xtask", "--"])
        .args(arguments)
        .current_dir(repo::root())
        .output()
        .unwrap()
}

fn texts(output: &Output) -> (String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (text(&output.stdout), text(&output.stderr))
}

#[test]
fn diff_prints_a_section_of_a_change_log_and_refuses_a_removal() {
    let folder = tempfile::tempdir().unwrap();
    let old = repo::root().join("catalog.yaml");
    let text = std::fs::read_to_string(&old).unwrap();
    let new = folder.path().join("new.yaml");
    let changed = text.replacen("version: 2026.11.0\n", "version: 2026.12.0\n", 1).replacen(
        "Data connection failed, ja:",
        "No data connection, ja:",
        1,
    );
    assert_ne!(changed, text);
    std::fs::write(&new, changed.replace("reviews: required\n", "").replace("reviewed:", "#")).unwrap();
    let (old, new) = (old.to_str().unwrap(), new.to_str().unwrap());

    let output = xtask(&["diff", old, new]);
    let (out, error) = texts(&output);
    assert!(output.status.success(), "{error}");
    assert_eq!(out, "## 2026.12.0\n\n### Changed\n\n- FTP 425 `data_connection_failed`: title (`en`)\n");

    // The other way round nothing is missing either, but a code that is gone is refused.
    let gone = folder.path().join("gone.yaml");
    let start = text.find("      - code: 471\n").unwrap();
    let end = start + 1 + text[start + 1..].find("      - code: ").unwrap();
    std::fs::write(&gone, format!("{}{}", &text[..start], &text[end..])).unwrap();
    let output = xtask(&["diff", old, gone.to_str().unwrap()]);
    let (out, error) = texts(&output);
    assert!(!output.status.success());
    assert!(out.contains("### Removed"), "{out}");
    assert!(error.contains("entries are never removed"), "{error}");
}

/// `cargo xtask regen --list | head`
#[cfg(unix)]
#[test]
fn a_reader_who_goes_away_is_no_fault() {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let mut xtask = Command::new(env!("CARGO"));
    xtask.args(["run", "--quiet", "--offline", "--package", "xtask", "--", "regen", "--list"]);
    let output = xtask.current_dir(repo::root()).stdout(writer).output().unwrap();
    assert!(output.status.success() && output.stderr.is_empty(), "{}", texts(&output).1);
}

#[test]
fn a_wrong_command_line_is_told_what_to_do() {
    for (arguments, words) in [
        (&["regenerate"][..], "no command `regenerate`; `cargo xtask help` lists them"),
        (&["regen", "--overlay", "examples/vendor.yaml"], "with --overlay, say --out DIR"),
        (&["diff", "catalog.yaml"], "usage: cargo xtask diff OLD NEW"),
        (&["diff", "catalog.yaml", "no-such-revision"], "is neither a file nor a revision"),
    ] {
        let output = xtask(arguments);
        let (_, error) = texts(&output);
        assert!(!output.status.success(), "{arguments:?}");
        assert!(error.contains(words), "{arguments:?}: {error}");
    }
}
