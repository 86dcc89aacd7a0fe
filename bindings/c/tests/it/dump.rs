//! The canonical dump of `docs/dump.md`, from C and from Rust.

use std::process::Command;

use crate::tools::{build, root, run};

#[test]
fn c_and_rust_say_the_same() {
    let (_folder, program) = build(&root().join("bindings/c/tests/dump.c"), &[]);
    let c = String::from_utf8(run(&mut Command::new(program)).stdout).unwrap();
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["run", "--quiet", "--package", "replycode", "--example", "dump"]).current_dir(root());
    let rust = String::from_utf8(run(&mut cargo).stdout).unwrap();
    for (number, (c, rust)) in c.lines().zip(rust.lines()).enumerate() {
        assert_eq!(c, rust, "row {} of the dump: C left, Rust right", number + 1);
    }
    assert_eq!(c.lines().count(), rust.lines().count(), "one dump ends before the other");

    // Not only equal but right.
    for row in [
        // RFC 5321 sections 4.2.3 and 4.5.3.1.10; a code in no RFC; an error number of Winsock.
        "code smtp 550 permanent mail_system sense mailbox_unavailable fix_first",
        "code smtp 599 permanent unassigned severity permanent fix_first",
        "code ftp 10060 unassigned unassigned not_reply winsock_timed_out fix_first",
        "code ftp 425 transient connections sense data_connection_failed retry_later",
        "text ftp/425/0 phrase - Can't open data connection.",
        "text smtp/421/0 place - 4.2.3",
        "commands smtp/454/0 STARTTLS",
        // RFC 4954 section 4; the registry of RFC 5248, which has no X.7.606.
        "enhanced smtp/454/1 4.7.0",
        "codes enhanced/detail/7.8 535 554",
        "status 5.7.8 enhanced_detail credentials_invalid",
        "status 5.7.606 enhanced_subject security",
        // RFC 5321 section 4.3.2.
        "expected smtp RCPT 550 expected",
        "expected smtp RCPT 354 unexpected",
        "explain smtp 454 AUTH - transient sense auth_temporary_failure retry_later -",
    ] {
        assert!(c.lines().any(|found| found == row), "the dump lacks `{row}`");
    }
}
