//! What the reply parser makes of the corpus file, from C and from Rust: `docs/dump.md`.

use std::process::Command;

use crate::tools::{build, printed, root, run};

#[test]
fn c_and_rust_read_the_corpus_alike() {
    let corpus = root().join("crates/replycode/tests/data/replies.txt");
    // The C side is instrumented: it would see the library write beyond a buffer.
    let flags = ["-O1", "-g", "-fsanitize=address,undefined", "-fno-sanitize-recover=all"];
    let (_folder, program) = build(&root().join("bindings/c/tests/corpus.c"), &flags);
    let c = printed(&program, &[&corpus]);
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["run", "--quiet", "--package", "replycode", "--example", "corpus"]).arg(&corpus).current_dir(root());
    let rust = String::from_utf8(run(&mut cargo).stdout).unwrap();
    for (number, (c, rust)) in c.lines().zip(rust.lines()).enumerate() {
        assert_eq!(c, rust, "row {} of the corpus: C left, Rust right", number + 1);
    }
    assert_eq!(c.lines().count(), rust.lines().count(), "one ends before the other");

    // Not only equal but right: each form of row.
    for row in [
        "whole 8 inside reply 220 220 - - 1 OK",
        // RFC 5321 section 4.2.1: of a reply and a half the half is read when the stream ends.
        "whole 14 inside reply 220 220 - - 2 a\\x0ab",
        "parse malformed trailing-data 14",
        // RFC 959 section 4.2: a space follows the code.
        "bytes 5 inside malformed bad-separator 3",
        "wire 8 220 OK\\x0d\\x0a",
        "value passive 192.0.2.7 5001",
        "value port 6446",
        "value pathname /a \"b\"",
        "value size 68719476736",
        "value time 1998 6 15 10 0 45 014",
        "value time 2024 2 29 23 59 60 -",
        "value domain mx.example.com",
        "value path bob@example.net",
    ] {
        assert!(c.lines().any(|found| found == row), "the corpus lacks `{row}`");
    }
}
