//! Logs that are being written.

use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::ops::ControlFlow;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use replycode_scan::{Follower, Input, Options, OwnedFinding, scan};

use crate::log::{Random, log};

fn options() -> Options {
    Options::default().year(2026)
}

fn poll(follower: &mut Follower) -> Vec<OwnedFinding> {
    let mut found = Vec::new();
    let polled = follower.poll(|finding| {
        found.push(finding.to_owned());
        ControlFlow::Continue(())
    });
    assert!(polled.errors.is_empty(), "{:?}", polled.errors);
    found
}

/// Polls until nothing more comes.
fn poll_all(follower: &mut Follower) -> Vec<OwnedFinding> {
    let mut found = Vec::new();
    let mut quiet = 0;
    while quiet < 4 {
        let new = poll(follower);
        quiet = if new.is_empty() { quiet + 1 } else { 0 };
        found.extend(new);
    }
    found
}

fn texts(found: &[OwnedFinding]) -> Vec<&str> {
    found.iter().map(|finding| finding.text.as_str()).collect()
}

fn append(path: &Path, text: &str) {
    OpenOptions::new().append(true).create(true).open(path).unwrap().write_all(text.as_bytes()).unwrap();
}

#[test]
fn a_log_in_pieces_is_the_log_as_a_whole() {
    for seed in 0..6 {
        let (log, replies) = log(seed, 60_000);
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("log");
        fs::write(&path, "").unwrap();
        let mut follower = Follower::new([&path], options().cell(8_000));
        let mut random = Random::new(seed);
        let mut found = Vec::new();
        let mut rest = log.as_bytes();
        while !rest.is_empty() {
            let (some, more) = rest.split_at((random.below(6000) as usize).min(rest.len()));
            rest = more;
            OpenOptions::new().append(true).open(&path).unwrap().write_all(some).unwrap();
            found.extend(poll(&mut follower));
        }
        found.extend(poll_all(&mut follower));
        let mut whole = Vec::new();
        scan([Input::path(&path)], &options(), |finding| {
            whole.push(finding.to_owned());
            ControlFlow::Continue(())
        });
        let differs = found.iter().zip(&whole).find(|(one, other)| one != other);
        assert_eq!(differs, None, "seed {seed}");
        assert_eq!((found.len(), whole.len()), (replies, replies));
        assert_eq!(follower.summary().lines, log.matches('\n').count() as u64);
        assert_eq!(follower.summary().bytes, log.len() as u64);
    }
}

#[test]
fn what_is_not_complete_waits_for_one_poll() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("log");
    let mut follower = Follower::new([&path], options());
    append(&path, "S: 550-5.7.1 Mail from this host\r\n");
    assert_eq!(texts(&poll(&mut follower)), [""; 0]);
    append(&path, "S: 550 5.7.1 is not wanted\r\nS: 45");
    assert_eq!(texts(&poll(&mut follower)), [""; 0]);
    append(&path, "1 4.7.1 Greylisted\r\n");
    assert_eq!(texts(&poll(&mut follower)), ["Mail from this host is not wanted"]);
    assert_eq!(texts(&poll(&mut follower)), ["Greylisted"]);
    // The last line of a program that was killed.
    append(&path, "S: 530 Login inc");
    assert_eq!(texts(&poll(&mut follower)), [""; 0]);
    assert_eq!(texts(&poll(&mut follower)), ["Login inc"]);
    assert_eq!(texts(&poll(&mut follower)), [""; 0]);
}

#[test]
fn rotated_truncated_and_replaced() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("mail.log");
    let part = |name: &str| directory.path().join(name);
    let mut follower = Follower::new([&path], options());
    append(&path, "S: 550 5.1.1 one\n");
    assert_eq!(texts(&poll_all(&mut follower)), ["one"]);
    // Renamed; the program still writes to the old file, then to the new one.
    let mut old = OpenOptions::new().append(true).open(&path).unwrap();
    fs::rename(&path, part("mail.log.1")).unwrap();
    writeln!(old, "S: 550 5.1.1 two").unwrap();
    append(&path, "S: 550 5.1.1 three\n");
    assert_eq!(texts(&poll_all(&mut follower)), ["two", "three"]);
    writeln!(old, "S: 550 5.1.1 late").unwrap();
    assert_eq!(texts(&poll_all(&mut follower)), ["late"]);
    // Twice between two polls.
    append(&path, "S: 550 5.1.1 four\n");
    fs::rename(part("mail.log.1"), part("mail.log.3")).unwrap();
    fs::rename(&path, part("mail.log.2")).unwrap();
    fs::write(part("mail.log.1"), "S: 550 5.1.1 five\n").unwrap();
    append(&path, "S: 550 5.1.1 six\n");
    assert_eq!(texts(&poll_all(&mut follower)), ["four", "five", "six"]);
    // Emptied and written anew.
    File::create(&path).unwrap();
    assert_eq!(texts(&poll_all(&mut follower)), [""; 0]);
    append(&path, "S: 550 5.1.1 7\n");
    assert_eq!(texts(&poll_all(&mut follower)), ["7"]);
    // Emptied and written anew between two polls, longer than before.
    fs::write(&path, "S: 550 5.1.1 8\nS: 550 5.1.1 9\n").unwrap();
    assert_eq!(texts(&poll_all(&mut follower)), ["8", "9"]);
    // Gone, and there again.
    fs::remove_file(&path).unwrap();
    assert_eq!(texts(&poll_all(&mut follower)), [""; 0]);
    append(&path, "S: 550 5.1.1 eight\n");
    assert_eq!(texts(&poll_all(&mut follower)), ["eight"]);
}

#[test]
fn a_log_that_is_not_there_yet_is_told_once() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("mail.log");
    let mut follower = Follower::new([&path], options());
    let mut errors = || follower.poll(|_| ControlFlow::Continue(())).errors.len();
    assert_eq!([errors(), errors(), errors()], [1, 0, 0]);
    append(&path, "S: 550 5.1.1 one\n");
    assert_eq!(texts(&poll_all(&mut follower)), ["one"]);
    assert_eq!(follower.summary().sources, 1);
}

#[test]
fn directories_and_what_comes_into_them() {
    let directory = tempfile::tempdir().unwrap();
    append(&directory.path().join("a.log"), "S: 550 5.1.1 one\n");
    append(&directory.path().join("a.log.1"), "S: 550 5.1.1 old\n");
    let mut follower = Follower::new([directory.path()], options());
    assert_eq!(texts(&poll_all(&mut follower)), ["one"]);
    append(&directory.path().join("b.log"), "S: 550 5.1.1 two\n");
    append(&directory.path().join("a.log"), "S: 550 5.1.1 three\n");
    let found = poll_all(&mut follower);
    assert_eq!(texts(&found), ["three", "two"]);
    assert_eq!((found[0].line, found[0].offset), (2, 20));
    assert!(found[1].source.ends_with("b.log"));
}

#[test]
fn only_what_is_new() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("mail.log");
    append(&path, "> STOR a.jpg\n");
    let mut follower = Follower::new([&path], options()).from_end();
    assert_eq!(texts(&poll_all(&mut follower)), [""; 0]);
    append(&path, "< 553 Could not create file.\n");
    let found = poll_all(&mut follower);
    // What is before is known all the same.
    assert_eq!(
        (found[0].text.as_str(), found[0].command, found[0].offset),
        ("Could not create file.", Some("STOR"), 15)
    );
}

#[test]
fn resumed_where_it_was() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("mail.log");
    let state = directory.path().join("state");
    let follower = || Follower::new([&path], options()).resume(&state).unwrap();
    let mut first = follower();
    append(&path, "S: 550 5.1.1 one\nS: 550 5.1.1 two\n");
    assert_eq!(texts(&poll_all(&mut first)), ["one", "two"]);
    first.save(&state).unwrap();
    append(&path, "S: 550 5.1.1 three\n");
    let mut second = follower();
    let found = poll_all(&mut second);
    assert_eq!((texts(&found), found[0].line, found[0].offset), (vec!["three"], 3, 37));
    second.save(&state).unwrap();
    // Rotated twice while nobody looked.
    append(&path, "S: 550 5.1.1 four\n");
    fs::rename(&path, directory.path().join("mail.log.2")).unwrap();
    append(&directory.path().join("mail.log.1"), "S: 550 5.1.1 five\n");
    append(&path, "S: 550 5.1.1 six\n");
    assert_eq!(texts(&poll_all(&mut follower())), ["four", "five", "six"]);
    // The old one is gone: the new one is read from its beginning, and that is told.
    fs::remove_file(directory.path().join("mail.log.2")).unwrap();
    let mut last = follower();
    let polled = last.poll(|_| ControlFlow::Continue(()));
    assert_eq!(polled.errors.len(), 1);
    assert!(polled.errors[0].to_string().contains("read up to byte 53 is gone"), "{}", polled.errors[0]);
}

#[test]
fn a_poll_that_is_ended_goes_on_with_the_next() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("log");
    append(&path, "S: 550 5.1.1 one\nS: 550 5.1.1 two\nS: 550 5.1.1 three\n");
    let mut follower = Follower::new([&path], options());
    let mut found = Vec::new();
    for _ in 0..5 {
        follower.poll(|finding| {
            found.push((finding.text().into_owned(), finding.line));
            ControlFlow::Break(())
        });
    }
    assert_eq!(found, [("one".to_owned(), 1), ("two".to_owned(), 2), ("three".to_owned(), 3)]);
    assert_eq!((follower.summary().lines, follower.summary().problems), (3, 3));
}

#[test]
fn what_cannot_be_followed() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("log.gz");
    fs::write(&path, b"\x1F\x8B\x08\0\0\0\0\0").unwrap();
    let errors = Follower::new([&path], options()).poll(|_| ControlFlow::Continue(())).errors;
    assert!(errors[0].to_string().ends_with("a compressed file cannot be followed; scan it without following"));
    fs::write(directory.path().join("state"), "x").unwrap();
    assert!(Follower::new([&path], options()).resume(&directory.path().join("state")).is_err());
}

/// Run as a process of its own by the test below: follows a log, writes down what it finds, saves where it is.
#[test]
#[ignore = "run by killed_and_started_again"]
fn child() {
    let directory = std::env::var_os("REPLYCODE_FOLLOW").expect("run by killed_and_started_again");
    let directory = Path::new(&directory);
    let state = directory.join("state");
    let mut follower = Follower::new([directory.join("mail.log")], options()).resume(&state).unwrap();
    let mut out = OpenOptions::new().append(true).create(true).open(directory.join("out")).unwrap();
    loop {
        let polled = follower.poll(|finding| {
            writeln!(out, "{}", finding.text()).unwrap();
            ControlFlow::Continue(())
        });
        assert!(polled.errors.is_empty(), "{:?}", polled.errors);
        follower.save(&state).unwrap();
        sleep(Duration::from_millis(2));
    }
}

fn start(directory: &Path) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "follow::child", "--ignored"])
        .env("REPLYCODE_FOLLOW", directory)
        .stdout(Stdio::null())
        .spawn()
        .unwrap()
}

#[test]
fn killed_and_started_again() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("mail.log");
    let mut random = Random::new(9);
    let mut written = BTreeSet::new();
    let mut rotations = 0;
    append(&path, "");
    for _ in 0..12 {
        let mut child = start(directory.path());
        for _ in 0..20 + random.below(40) {
            for _ in 0..random.below(30) {
                let text = format!("User u{} unknown", written.len());
                append(&path, &format!("Mar  1 10:11:12 mx smtp[7]: host mx[192.0.2.1] said: 550 5.1.1 {text}\n"));
                written.insert(text);
            }
            sleep(Duration::from_millis(random.below(6)));
        }
        if random.below(2) == 0 {
            rotations += 1;
            // Each part gets a higher number, as logrotate does it.
            for number in (1..rotations).rev() {
                let part = |number: u32| directory.path().join(format!("mail.log.{number}"));
                fs::rename(part(number), part(number + 1)).unwrap();
            }
            fs::rename(&path, directory.path().join("mail.log.1")).unwrap();
            append(&path, "");
        }
        // SIGKILL.
        child.kill().unwrap();
        child.wait().unwrap();
    }
    let mut child = start(directory.path());
    let read = || -> BTreeSet<String> {
        fs::read_to_string(directory.path().join("out")).unwrap().lines().map(str::to_owned).collect()
    };
    for _ in 0..3000 {
        if read() == written {
            break;
        }
        sleep(Duration::from_millis(10));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    let found = read();
    assert_eq!(written.difference(&found).next(), None, "{} of {}", found.len(), written.len());
    assert_eq!(found.difference(&written).next(), None);
    assert!(rotations > 0 && written.len() > 1000);
}
