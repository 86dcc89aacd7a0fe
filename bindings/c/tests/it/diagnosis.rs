//! What went wrong in the texts of `tests/data` and by the rules' examples, from C and from Rust: `docs/dump.md`.

use std::process::Command;

use crate::tools::{build, printed, root, run};

#[test]
fn c_and_rust_diagnose_alike() {
    let questions = xtask::questions::write().unwrap();
    // The C side is instrumented: it would see the library write beyond a structure.
    let flags = ["-O1", "-g", "-fsanitize=address,undefined", "-fno-sanitize-recover=all"];
    let (_folder, program) = build(&root().join("bindings/c/tests/diagnosis.c"), &flags);
    let c = printed(&program, &[&questions]);
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["run", "--quiet", "--package", "replycode-scan", "--example", "diagnosis"]);
    let rust = String::from_utf8(run(cargo.arg(&questions).current_dir(root())).stdout).unwrap();
    for (number, (c, rust)) in c.lines().zip(rust.lines()).enumerate() {
        assert_eq!(c, rust, "row {}: C left, Rust right", number + 1);
    }
    assert_eq!(c.lines().count(), rust.lines().count(), "one ends before the other");
    for (kind, least) in [("reply ", 1500), ("incident ", 700)] {
        let rows = c.lines().filter(|row| row.starts_with(kind)).count();
        assert!(rows > least, "{kind}: {rows}");
    }
    // Not only equal but right.
    let asked = std::fs::read_to_string(questions).unwrap();
    for (question, answer) in [
        // Postfix reject_unauth_destination.
        ("reply smtp 454 4.7.1 - <bob@example.net>: Relay access denied", "relay_denied fix_first device phrase"),
        // RFC 5321 section 4.5.3.1.10.
        ("reply smtp 552 - RCPT Error", "too_many_recipients retry_soon device command"),
    ] {
        let Some(number) = asked.lines().position(|line| line == question) else {
            panic!("nobody asks `{question}`");
        };
        let found = c.lines().find(|row| row.starts_with(&format!("reply {} ", number + 1))).unwrap();
        assert!(found.contains(answer), "{question}: {found}");
    }
}
