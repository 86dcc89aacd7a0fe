//! `--follow`: the program runs until it is ended.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use serde_json::Value;

struct Running {
    child: Child,
    lines: std::io::Lines<BufReader<std::process::ChildStdout>>,
}

impl Running {
    fn start(log: &Path, arguments: &[&str]) -> Running {
        let mut child = Command::new(env!("CARGO_BIN_EXE_replycode"))
            .args(["scan", "--follow"])
            .arg(log)
            .args(arguments)
            .env_clear()
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        Running { child, lines }
    }

    fn line(&mut self) -> String {
        self.lines.next().unwrap().unwrap()
    }

    /// As `kill -9`.
    fn kill(mut self) -> Vec<String> {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        self.lines.map(Result::unwrap).collect()
    }
}

#[test]
fn findings_come_as_they_are_written() {
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("mail.log");
    let mut file = File::create(&log).unwrap();
    writeln!(file, "2026-03-01 10:00:00 S: 550 5.1.1 User \x1b[2Junknown").unwrap();
    let mut running = Running::start(&log, &[]);
    let expected = format!("{}:1 2026-03-01 10:00:00 SMTP 550 5.1.1 ", log.display());
    let line = running.line();
    assert!(line.starts_with(&expected) && line.ends_with("  [recipient_unknown: Recipient does not exist]"), "{line}");
    assert!(!line.contains('\x1b'), "{line}");
    // Text is about problems.
    writeln!(file, "S: 250 2.0.0 Ok\nS: 451 4.7.1 Greylisted").unwrap();
    assert!(running.line().contains(":3 "));
    running.kill();
}

#[test]
fn a_table_has_one_head() {
    let folder = tempfile::tempdir().unwrap();
    let (log, state) = (folder.path().join("mail.log"), folder.path().join("state"));
    fs::write(&log, "S: 550 5.1.1 User unknown\n").unwrap();
    let arguments = ["--format", "csv", "--state", state.to_str().unwrap()];
    let mut running = Running::start(&log, &arguments);
    assert!(running.line().starts_with("source,line,"));
    assert!(running.line().contains(",550,"));
    // Until it is written down how far it came.
    while !fs::read_to_string(&state).is_ok_and(|text| text.contains(" 26 1 ")) {
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    running.kill();
    let mut file = File::options().append(true).open(&log).unwrap();
    writeln!(file, "S: 451 4.7.1 Greylisted").unwrap();
    let mut running = Running::start(&log, &arguments);
    assert!(running.line().contains(",451,"));
    running.kill();
}

#[test]
fn nothing_is_lost_when_it_is_killed() {
    let folder = tempfile::tempdir().unwrap();
    let (log, state) = (folder.path().join("mail.log"), folder.path().join("state"));
    let mut file = File::create(&log).unwrap();
    let mut seen = std::collections::BTreeSet::new();
    let mut written = 0..400;
    let mut note = |line: &str| {
        let line: Value = serde_json::from_str(line).unwrap();
        seen.insert(line["line"].as_u64().unwrap());
    };
    for round in 0..4 {
        written.by_ref().take(80).for_each(|number| writeln!(file, "S: 550 5.1.1 <a{number}@b> User unknown").unwrap());
        let mut running = Running::start(&log, &["--format", "jsonl", "--state", state.to_str().unwrap()]);
        (0..=round * 7).for_each(|_| note(&running.line()));
        // In the middle of a line.
        write!(file, "S: 550 5.1.1 <mid").unwrap();
        file.flush().unwrap();
        // A line that is torn by the kill is given again by the next run.
        let rest = running.kill();
        rest.iter().filter(|line| line.ends_with('}')).for_each(|line| note(line));
        writeln!(file, "dle@b> User unknown").unwrap();
    }
    let total = 4 * 81;
    let mut running = Running::start(&log, &["--format", "jsonl", "--state", state.to_str().unwrap()]);
    loop {
        let line = running.line();
        note(&line);
        if line.contains(&format!("\"line\":{total},")) {
            break;
        }
    }
    running.kill();
    assert_eq!(seen, (1..=total).collect());
}
