//! The commands in the documentation do what it says.

use std::path::Path;
use std::process::Command;

use expect_test::expect_file;

use crate::path;

/// The text with what its commands print: after each line that begins with `$ ` in a block of the language `console`.
fn executed(text: &str) -> String {
    let mut made = String::new();
    let mut lines = text.lines().peekable();
    let mut commands = 0;
    while let Some(line) = lines.next() {
        made += line;
        made.push('\n');
        if line != "```console" {
            continue;
        }
        while let Some(line) = lines.next_if(|line| *line != "```") {
            // What is not a command is what one has printed.
            if let Some(command) = line.strip_prefix("$ ") {
                made += &format!("{line}\n{}", printed(command));
                commands += 1;
            }
        }
    }
    assert!(commands >= 1);
    made
}

fn printed(command: &str) -> String {
    let program = Path::new(env!("CARGO_BIN_EXE_replycode"));
    let paths = std::env::var_os("PATH").unwrap_or_default();
    let folders = [program.parent().unwrap().to_owned()].into_iter().chain(std::env::split_paths(&paths));
    let output = Command::new("sh")
        .args(["-c", &format!("{{ {command}\n}} 2>&1")])
        .env("PATH", std::env::join_paths(folders).unwrap())
        .env("LC_ALL", "C")
        .current_dir(path(""))
        .output()
        .expect("the commands of the documentation are run by sh");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn docs_cli() {
    let text = std::fs::read_to_string(path("docs/cli.md")).unwrap();
    expect_file!["../../../../docs/cli.md"].assert_eq(&executed(&text));
}

#[test]
fn docs_scan() {
    let text = std::fs::read_to_string(path("docs/scan.md")).unwrap();
    expect_file!["../../../../docs/scan.md"].assert_eq(&executed(&text));
}

#[test]
fn readme() {
    let text = std::fs::read_to_string(path("README.md")).unwrap();
    expect_file!["../../../../README.md"].assert_eq(&executed(&text));
}
