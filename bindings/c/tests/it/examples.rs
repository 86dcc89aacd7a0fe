//! The example programs.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use replycode::{CATALOG, Enhanced, Lang, Protocol, lookup};

use crate::tools::{build, build_text, printed, root, run};

fn example(name: &str) -> (tempfile::TempDir, std::path::PathBuf) {
    build(&root().join(format!("bindings/c/examples/{name}.c")), &[])
}

/// Exit status and what was printed on the error output.
fn refused(program: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let output = Command::new(program).args(arguments).output().unwrap();
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

#[test]
fn explain_one_code() {
    let (_folder, explain) = example("explain");
    for (id, lang) in [("en", Lang::EN), ("ja", Lang::JA)] {
        let entry = lookup(Protocol::Ftp, 425).unwrap().entry();
        let expected = format!(
            "425 {}\n{}\n{}\ntransient, connections, retry_later\n",
            entry.title(lang),
            entry.meaning(lang),
            entry.action(lang)
        );
        assert_eq!(printed(&explain, &["ftp", "425", id]), expected);
    }
    assert!(printed(&explain, &["smtp", "599", "ja"]).starts_with("599 恒久的な否定的完了応答\n"));
    // A Winsock error, and the largest number.
    assert!(printed(&explain, &["ftp", "10060"]).ends_with("\nunassigned, unassigned, fix_first\n"));
    assert!(printed(&explain, &["smtp", "65535"]).starts_with("65535 "));
}

#[test]
fn explain_refuses_what_it_does_not_understand() {
    let (_folder, explain) = example("explain");
    let (status, message) = refused(&explain, &["smtp"]);
    assert_eq!(status, Some(2));
    assert!(message.ends_with("smtp|ftp CODE [LANGUAGE]\n"));
    for (arguments, expected) in [
        (&["pop3", "550"][..], "pop3: no such protocol; smtp and ftp are known\n"),
        (&["smtp", "55x"], "55x: not a number between 0 and 65535\n"),
        (&["smtp", ""], ": not a number between 0 and 65535\n"),
        (&["smtp", "-550"], "-550: not a number between 0 and 65535\n"),
        (&["smtp", "65536"], "65536: not a number between 0 and 65535\n"),
        (&["smtp", "550", "tlh"], "tlh: no such language\n"),
    ] {
        assert_eq!(refused(&explain, arguments), (Some(2), expected.to_owned()));
    }
}

/// The blocks that the status page prints for a log on its standard input.
fn status_page(program: &Path, log: &[u8], languages: &[&str]) -> String {
    let mut command = Command::new(program);
    let piped = command.arg("-").args(languages).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = piped.spawn().unwrap();
    child.stdin.take().unwrap().write_all(log).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap()
}

/// The line below the line of the log: code, severity, category, title.
fn head(program: &Path, line: &str) -> String {
    let page = status_page(program, line.as_bytes(), &["en"]);
    assert!(page.starts_with(&format!("{line}\n")), "{page}");
    page.lines().nth(1).unwrap().trim_start().to_owned()
}

#[test]
fn status_page_of_the_sample_log() {
    let (_folder, program) = example("statuspage");
    let log = root().join("examples/camera.log");
    let page = printed(&program, &[log.as_os_str(), "en".as_ref(), "ja".as_ref()]);
    let lines = std::fs::read_to_string(log).unwrap();
    // For each line a block of 5 lines in each language; 2 where there is no reply code.
    assert_eq!(lines.lines().count(), 14);
    assert_eq!(page.lines().count(), 13 * 2 * 5 + 2 * 2);
    assert!(page.contains("\n  retry: yes (retry_later)\n") && page.contains("\n  retry: no (fix_first)\n"));
    assert!(page.contains("\n  この行に応答コードはありません\n") && page.contains("\n  no reply code in this line\n"));
    for line in lines.lines() {
        assert_eq!(page.matches(&format!("{line}\n  ")).count(), 2, "{line}");
    }
}

#[test]
fn status_page_and_the_rust_example_print_the_same() {
    let (_folder, program) = example("statuspage");
    let log = root().join("examples/camera.log");
    let c = printed(&program, &[log.as_os_str(), "en".as_ref(), "ja".as_ref()]);
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["run", "--quiet", "--package", "replycode", "--example", "explain_log", "--"]);
    let rust = run(cargo.current_dir(root()).arg(&log).args(["en", "ja"]));
    assert_eq!(c, String::from_utf8(rust.stdout).unwrap());
}

#[test]
fn status_page_reads_a_line_as_documented() {
    let (_folder, program) = example("statuspage");
    let none = "no reply code in this line";
    // The first word of the reply may go on after the code, as in a reply of several lines.
    assert_eq!(head(&program, "d t smtp 550-5.7.1 first"), head(&program, "d t smtp 550 first"));
    let title = lookup(Protocol::Ftp, 530).unwrap().entry().title(Lang::EN);
    assert_eq!(head(&program, "d  t  ftp  530 x"), format!("530 permanent/authentication {title}"));
    // 4.7.1 is registered, 499 is not; FTP has no enhanced status codes.
    let detail = CATALOG.explain_enhanced(Enhanced::new(4, 7, 1).unwrap()).detail().unwrap().title(Lang::EN);
    let class = "499 transient/unassigned Transient negative completion";
    assert_eq!(head(&program, "d t smtp 499 4.7.1 x"), format!("499 transient/unassigned {detail}"));
    assert_eq!(head(&program, "d t smtp 499 4.7.1x"), class);
    assert_eq!(head(&program, "d t ftp 499 4.7.1 x"), class);
    for line in ["", "x", "d t smtp", "d t smtp 55", "d t smtp 099 x", "d t smtp x550", "d t SMTP 550", "d t pop3 550"]
    {
        let page = status_page(&program, line.as_bytes(), &["en"]);
        let expected = if line.is_empty() { String::new() } else { format!("{line}\n  {none}\n") };
        assert_eq!(page, expected);
    }
    // A line that is too long is cut, and the next one is read from its beginning.
    let long = format!("d t ftp 425 {}\nd t ftp 530\n", "x".repeat(5000));
    let page = status_page(&program, long.as_bytes(), &["en"]);
    assert_eq!(page.lines().next().unwrap().len(), 1024);
    assert!(page.contains("\n  425 transient/connections ") && page.contains("\n  530 permanent/authentication "));
}

#[test]
fn status_page_refuses_what_it_does_not_understand() {
    let (_folder, program) = example("statuspage");
    let (status, message) = refused(&program, &["log"]);
    assert_eq!(status, Some(2));
    assert!(message.ends_with("LOG LANGUAGE [LANGUAGE...]\n"));
    assert_eq!(refused(&program, &["-", "tlh"]), (Some(2), "the catalogue has no language `tlh`\n".to_owned()));
    let (status, message) = refused(&program, &["/nonexistent/log", "en"]);
    assert_eq!(status, Some(2));
    assert!(message.starts_with("/nonexistent/log: "));
}

#[test]
fn the_readmes_example_compiles_and_answers() {
    let readme = std::fs::read_to_string(root().join("README.md")).unwrap();
    let (_, rest) = readme.split_once("```c\n").expect("the README has an example in C");
    let (source, _) = rest.split_once("```").unwrap();
    let (_folder, program) = build_text(source, &["-std=c89"]);
    let output = Command::new(program).output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert!(String::from_utf8(output.stdout).unwrap().starts_with("データ接続の失敗\n"));
}
