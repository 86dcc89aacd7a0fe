//! The program, as a shell starts it.

use std::io::Write;
use std::process::{Command, Output, Stdio};

use crate::{path, run};

fn replycode(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_replycode"));
    command.args(arguments).env_clear().stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn with_input(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = replycode(arguments).stdin(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    child.wait_with_output().unwrap()
}

/// Status and output are those of the library; so everything that is tested of the library holds of the program.
#[test]
fn the_program_is_the_library() {
    let rules = path("examples/rules.yaml");
    let log = b"2026-03-01 10:00:00 S: 550 5.1.1 User unknown\n";
    let runs: [(&[&str], &[u8]); 29] = [
        (&["explain", "550"], b""),
        (&["explain", "550", "5.1.1"], b""),
        (&["explain", "5.7.1"], b""),
        (&["explain", "550 5.7.1 Relaying denied"], b""),
        (&["explain", "--protocol", "ftp", "530", "Login", "incorrect."], b""),
        (&["explain", "--command", "RCPT", "452"], b""),
        (&["explain", "--lang", "ja", "425"], b""),
        (&["explain", "--format", "json", "550"], b""),
        (&["explain", "--format=json", "--lang=ja", "535 5.7.8 Error: authentication failed"], b""),
        (&["explain", "--rules", &rules, "554 Contract expired"], b""),
        (&["explain"], b"> STOR a\n< 553 Could not create file.\n"),
        (&["explain", "-"], b"> STOR a\r\n< 553 Could not create file.\r\n"),
        (&["explain", "--format", "json"], b"530 \x83\x8d\x83O\n"),
        (&["explain"], b"\xff\xfe\x00"),
        (&["explain", "10060"], b""),
        (&["explain", "connect ECONNREFUSED 192.0.2.1:25"], b""),
        (&["explain", "--lang", "xx", "550"], b""),
        (&["explain", "--rules", "/no/such/file", "550"], b""),
        (&["scan", "-"], log),
        (&["scan", "-", "--format", "json"], log),
        (&["scan", "-", "--format", "jsonl", "--fail-on"], log),
        (&["scan", "-", "--format=csv", "--jobs=1"], log),
        (&["scan", "-", "--format=html", "--lang=ja"], log),
        (&["scan", "/no/such/file", &rules], b""),
        (&["scan"], b""),
        (&["--version"], b""),
        (&["help"], b""),
        (&["completions", "zsh"], b""),
        (&["man", "explain"], b""),
    ];
    for (arguments, input) in runs {
        let program = with_input(arguments, input);
        let library = run(arguments, input);
        assert_eq!(String::from_utf8_lossy(&program.stdout), library.output, "{arguments:?}");
        assert_eq!(String::from_utf8_lossy(&program.stderr), library.errors, "{arguments:?}");
        assert_eq!(program.status.code(), Some(library.status.into()), "{arguments:?}");
    }
}

#[test]
fn the_environment_names_the_language() {
    let first = |variables: &[(&str, &str)]| {
        let output = replycode(&["explain", "425"]).envs(variables.iter().copied()).output().unwrap();
        String::from_utf8(output.stdout).unwrap().lines().next().unwrap().to_owned()
    };
    let (english, japanese) = ("FTP 425  Data connection failed", "FTP 425  データ接続の失敗");
    assert_eq!(first(&[]), english);
    assert_eq!(first(&[("LANG", "ja_JP.UTF-8")]), japanese);
    assert_eq!(first(&[("LANG", "en_US.UTF-8"), ("LC_MESSAGES", "ja_JP.UTF-8")]), japanese);
    assert_eq!(first(&[("LC_ALL", "C"), ("LC_MESSAGES", "ja_JP.UTF-8"), ("LANG", "ja_JP.UTF-8")]), english);
    assert_eq!(first(&[("LC_ALL", ""), ("LANG", "ja")]), japanese);
}

/// `replycode explain ... | head`
#[cfg(unix)]
#[test]
fn a_reader_who_goes_away_is_no_fault() {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let log = path("examples/mail.log");
    for arguments in
        [&["explain", "550"][..], &["scan", &log], &["scan", &log, "--format", "jsonl"], &["scan", "-f", &log]]
    {
        let output = replycode(arguments).stdout(writer.try_clone().unwrap()).output().unwrap();
        assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(0), ""));
    }
}

/// A full disk is one.
#[cfg(target_os = "linux")]
#[test]
fn what_cannot_be_written_is_told() {
    let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
    let log = path("examples/mail.log");
    for arguments in [&["explain", "550"][..], &["scan", &log, "--format", "csv"], &["scan", "-f", &log]] {
        let output = replycode(arguments).stdout(full.try_clone().unwrap()).output().unwrap();
        assert_eq!(output.status.code(), Some(3));
        assert!(String::from_utf8_lossy(&output.stderr).starts_with("error: cannot write: "));
    }
}

/// Arguments need not be UTF-8.
#[cfg(unix)]
#[test]
fn arguments_may_have_any_encoding() {
    use std::os::unix::ffi::OsStrExt;
    let words = std::ffi::OsStr::from_bytes(b"530 \x83\x8d\x83O: Login incorrect");
    let output = replycode(&["explain", "--protocol", "ftp"]).arg(words).output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert!(String::from_utf8(output.stdout).unwrap().contains("530 \\x83\\x8d\\x83O: Login incorrect"));
}
