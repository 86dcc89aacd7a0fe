//! What is wrong is told, with what to do, and an exit status of its own.

use expect_test::expect;

use crate::run;

fn refused(arguments: &[&str], status: u8) -> String {
    let found = run(arguments, b"");
    assert_eq!((found.status, found.output.as_str()), (status, ""), "{}", found.errors);
    found.errors
}

#[test]
fn wrong_usage() {
    expect![[r#"
        error: invalid value 'fr' for '--lang <LANG>'
          [possible values: en, ja]

        For more information, try '--help'.
    "#]]
    .assert_eq(&refused(&["explain", "--lang", "fr", "550"], 2));
    expect![[r#"
        error: no command `RCPT`

        the commands are:
          FTP: any connect USER PASS ACCT CWD CDUP SMNT REIN QUIT PORT PASV MODE TYPE STRU ALLO REST STOR STOU RETR LIST NLST APPE RNFR RNTO DELE RMD MKD PWD ABOR SYST STAT HELP SITE NOOP AUTH ADAT PBSZ PROT MIC CONF ENC CCC LPRT LPSV FEAT OPTS EPRT EPSV LANG MDTM SIZE MLST MLSD ALGS HOST
    "#]].assert_eq(&refused(&["explain", "--protocol", "ftp", "--command", "RCPT", "550"], 2));
    assert!(refused(&["explain", "--format", "yaml", "550"], 2).contains("[possible values: text, json]"));
    assert!(refused(&["explian"], 2).contains("a similar subcommand exists: 'explain'"));
    assert!(refused(&[], 2).contains("Usage: replycode <COMMAND>"));
    expect![[r#"
        error: no subcommand `help`; there are explain, scan, completions, man, help
    "#]]
    .assert_eq(&refused(&["man", "help"], 2));
}

#[test]
fn what_the_user_wrote_does_not_reach_the_terminal() {
    let told = refused(&["explain", "--\x1b[2J\u{202e}"], 2);
    assert!(told.contains("'--\\u{202e}'") && !told.contains(['\x1b', '\u{202e}']), "{told}");
    let told = refused(&["explain", "--command", "\x1b[31m", "550"], 2);
    assert!(told.contains("no command `\\u{1b}[31m`"), "{told}");
}

#[test]
fn rules_with_faults() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("rules.yaml");
    let name = file.to_str().unwrap();
    std::fs::write(
        &file,
        "rules:\n  - id: ours\n    cause: gone\n    when: {phrases: [x]}\n    source: s\n    yes: [a]\n    no: [b]\n",
    )
    .unwrap();
    let told = refused(&["explain", "--rules", name, "550"], 2);
    for part in ["error[unknown-cause]", "error[phrase-form]", "rules.yaml:3:12", "rules.yaml:4:22", "2 faults"] {
        assert!(told.contains(part), "{part}\n{told}");
    }
    std::fs::write(&file, b"rules: \xff\n").unwrap();
    assert!(refused(&["explain", "--rules", name, "550"], 2).contains("rules.yaml:1:8"));
}

#[test]
fn what_cannot_be_read() {
    let told = refused(&["explain", "--rules", "no/such/rules.yaml", "550"], 3);
    assert!(told.starts_with("error: cannot read the rules in no/such/rules.yaml: "), "{told}");
    let folder = tempfile::tempdir().unwrap();
    refused(&["explain", "--rules", folder.path().to_str().unwrap(), "550"], 3);
}

#[test]
fn help_version_and_scripts() {
    let version = run(&["--version"], b"");
    let expected = format!(
        "replycode {}\ncatalogue {}, SHA-256 {}\n",
        env!("CARGO_PKG_VERSION"),
        replycode::CATALOG_VERSION,
        replycode::CATALOG_DIGEST
    );
    assert_eq!((version.status, version.output), (0, expected));
    assert_eq!(run(&["help"], b"").output, run(&["--help"], b"").output);
    assert!(run(&["help", "explain"], b"").output.contains("Exit status:"));
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = run(&["completions", shell], b"");
        assert!(script.status == 0 && script.output.contains("protocol"), "{shell}");
        assert!(script.output.contains("fail-on"), "{shell}");
        assert_eq!(script, run(&["completions", shell], b""), "{shell}");
    }
    for (arguments, title) in [
        (&["man"][..], "REPLYCODE 1"),
        (&["man", "explain"], "REPLYCODE-EXPLAIN 1"),
        (&["man", "scan"], "REPLYCODE-SCAN 1"),
    ] {
        let page = run(arguments, b"");
        assert!(page.output.contains(&format!(".TH {title}")), "{}", page.output);
        assert_eq!(page, run(arguments, b""));
    }
}
