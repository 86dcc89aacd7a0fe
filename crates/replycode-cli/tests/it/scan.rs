//! The summary of logs, and the exit status.

use std::fs;

use expect_test::expect_file;
use serde_json::{Value, json};

use crate::{Run, path, run, run_with};

const LOG: &str = "\
2026-03-01 10:00:00 S: 550 5.1.1 User unknown
2026-03-01 10:30:00 S: 451 4.7.1 Greylisted, try again later
2026-03-02 10:00:00 S: 250 2.0.0 Ok: queued as 1F
2026-03-03 10:00:00 < 553 Could not create file.
2026-03-03 11:00:00 S: 550 5.1.1 User unknown
";

fn scan(arguments: &[&str], input: &[u8]) -> Run {
    let arguments: Vec<&str> = ["scan", "-"].iter().chain(arguments).copied().collect();
    run(&arguments, input)
}

fn summary(arguments: &[&str], input: &[u8]) -> Value {
    let arguments: Vec<&str> = ["--format", "json"].iter().chain(arguments).copied().collect();
    let Run { status, output, errors } = scan(&arguments, input);
    assert_eq!((status, errors.as_str()), (0, ""));
    serde_json::from_str(&output).unwrap()
}

/// The summary of an example.
fn example(name: &str, lang: &str) -> String {
    let place = format!("../../{name}");
    let Run { status, output, errors } = run(&["scan", &place, "--lang", lang, "--top", "0"], b"");
    assert_eq!((status, errors.as_str()), (0, ""));
    output
}

#[test]
fn summaries_of_the_examples() {
    expect_file!["../data/camera-en.txt"].assert_eq(&example("examples/camera.log", "en"));
    expect_file!["../data/camera-ja.txt"].assert_eq(&example("examples/camera.log", "ja"));
    expect_file!["../data/mail-en.txt"].assert_eq(&example("examples/mail.log", "en"));
    expect_file!["../data/mail-ja.txt"].assert_eq(&example("examples/mail.log", "ja"));
}

#[test]
fn the_summary_for_programs() {
    let told = summary(&[], LOG.as_bytes());
    let keys: Vec<_> = told.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(
        keys,
        [
            "version",
            "catalogue",
            "sources",
            "bytes",
            "lines",
            "replies",
            "problems",
            "first",
            "last",
            "causes",
            "codes",
            "timeline",
            "wholes",
            "unreadable"
        ]
    );
    assert_eq!(told["version"], env!("CARGO_PKG_VERSION"));
    let expected = json!({"version": replycode::CATALOG_VERSION, "digest": replycode::CATALOG_DIGEST});
    assert_eq!(told["catalogue"], expected);
    let numbers = ["sources", "bytes", "lines", "replies", "problems"].map(|key| told[key].as_u64().unwrap());
    assert_eq!(numbers, [1, LOG.len() as u64, 5, 5, 4]);
    assert_eq!((&told["first"], &told["last"]), (&"2026-03-01T10:00:00".into(), &"2026-03-03T11:00:00".into()));
    assert_eq!(
        told["causes"][0],
        json!({
            "cause": "recipient_unknown",
            "title": "Recipient does not exist",
            "meaning": "The server knows no such mailbox. It may be misspelt, moved, closed or disabled.",
            "action": [
                "Check the recipient address in the device's mail settings letter by letter.",
                "Ask the recipient whether the mailbox still exists and receives mail from elsewhere.",
                "Remove addresses that no longer exist from the device's settings.",
            ],
            "party": "device", "count": 2, "share": 0.5,
            "first": "2026-03-01T10:00:00", "last": "2026-03-03T11:00:00", "verdict": "fix_first",
            "codes": [{"protocol": "smtp", "code": 550, "enhanced": null, "count": 2}],
            "example": {
                "source": "-", "line": 1, "offset": 23, "record": "2026-03-01 10:00:00 S: 550 5.1.1 User unknown"
            },
        })
    );
    let causes: Vec<_> = told["causes"].as_array().unwrap().iter().map(|cause| &cause["cause"]).collect();
    assert_eq!(causes, ["recipient_unknown", "greylisted", "ftp_permission_denied"]);
    let codes: Vec<_> = told["codes"].as_array().unwrap().iter().map(|code| (&code["code"], &code["known"])).collect();
    let known = Value::Bool(true);
    assert_eq!(codes, [(&250.into(), &known), (&451.into(), &known), (&550.into(), &known), (&553.into(), &known)]);
    assert_eq!(told["timeline"]["seconds"], 60);
    assert_eq!(
        told["timeline"]["bars"][1],
        json!({"start": "2026-03-01T10:30:00", "count": 1, "causes": {"greylisted": 1}})
    );
    assert_eq!((&told["wholes"], &told["unreadable"]), (&json!([]), &json!([])));
    assert_eq!(summary(&["--lang", "ja"], LOG.as_bytes())["causes"][0]["title"], "宛先のメールボックスなし");
}

#[test]
fn filters_choose() {
    let problems = |arguments: &[&str]| {
        let told = summary(arguments, LOG.as_bytes());
        (told["replies"].as_u64().unwrap(), told["problems"].as_u64().unwrap())
    };
    assert_eq!(problems(&[]), (5, 4));
    assert_eq!(problems(&["--problems"]), (4, 4));
    assert_eq!(problems(&["--protocol", "ftp"]), (1, 1));
    assert_eq!(problems(&["--severity", "transient"]), (1, 1));
    assert_eq!(problems(&["--severity", "transient,completion"]), (2, 1));
    assert_eq!(problems(&["--cause", "recipient_unknown"]), (2, 2));
    assert_eq!(problems(&["--cause", "recipient_unknown,greylisted"]), (3, 3));
    assert_eq!(problems(&["--since", "2026-03-02"]), (3, 2));
    assert_eq!(problems(&["--until", "2026-03-01T10:30"]), (1, 1));
    assert_eq!(problems(&["--since", "2026-03-01T10:30", "--until", "2026-03-03"]), (2, 1));
}

#[test]
fn jobs_and_formats_agree() {
    let mut log = String::new();
    for number in 0..60_000 {
        log += &format!("2026-03-01 10:{:02}:00 S: 550 5.1.1 <a{number}@example.net> User unknown\n", number % 60);
    }
    let one = summary(&["--jobs", "1"], log.as_bytes());
    assert_eq!(one, summary(&["--jobs", "3"], log.as_bytes()));
    assert_eq!(one["problems"], 60_000);
    let lines = scan(&["--format", "jsonl", "-j2"], log.as_bytes()).output;
    assert_eq!(lines.lines().count(), 60_000);
    let table = scan(&["--format", "csv", "-j2"], log.as_bytes()).output;
    assert_eq!(table.lines().count(), 60_001);
    // The report is bounded, and says so.
    let page = scan(&["--format", "html"], log.as_bytes()).output;
    assert_eq!(page.matches("<tr data-cause=").count(), 100);
    assert!(page.contains("The table has 100 of 60,000 problems: of each cause the first 100."));
    assert!(page.contains("表にあるのは、問題60,000件のうち100件です（原因ごとに最初の100件まで）。"));
    assert!(page.len() < 100_000, "{}", page.len());
}

#[test]
fn encodings_and_years() {
    let log = b"Mar  1 10:00:00 mx S: 530 \x83\x8D\x83\x4F\x83\x43\x83\x93\n";
    let told = |arguments: &[&str]| {
        let told = summary(arguments, log);
        (told["first"].clone(), told["causes"][0]["example"]["record"].as_str().unwrap().to_owned())
    };
    assert_eq!(told(&["--year", "2019"]), ("2019-03-01T10:00:00".into(), "Mar  1 10:00:00 mx S: 530 ログイン".into()));
    let (_, latin) = told(&["--encoding", "latin1"]);
    assert!(latin.ends_with("530 ƒ\u{8d}ƒOƒCƒ“"), "{latin}");
}

#[test]
fn the_status_tells_what_was_asked_for() {
    let status = |arguments: &[&str]| scan(arguments, LOG.as_bytes()).status;
    assert_eq!(status(&[]), 0);
    assert_eq!(status(&["--fail-on"]), 1);
    assert_eq!(status(&["--fail-on=problem"]), 1);
    assert_eq!(status(&["--fail-on=greylisted"]), 1);
    assert_eq!(status(&["--fail-on=relay_denied"]), 0);
    assert_eq!(status(&["--fail-on=relay_denied,greylisted"]), 1);
    assert_eq!(status(&["--fail-on=unknown"]), 0);
    assert_eq!(scan(&["--fail-on=unknown"], b"S: 599 5.7.1 Odd\n").status, 1);
    // Only what passes the filters counts.
    assert_eq!(status(&["--fail-on", "--severity", "completion"]), 0);
    assert_eq!(status(&["--fail-on", "--format", "jsonl"]), 1);
    assert_eq!(scan(&["--fail-on"], b"S: 250 2.0.0 Ok\n").status, 0);
}

#[test]
fn wrong_usage() {
    let refused = |arguments: &[&str]| {
        let Run { status, output, errors } = run(arguments, b"");
        assert_eq!((status, output.as_str()), (2, ""), "{arguments:?}");
        errors
    };
    assert!(refused(&["scan"]).contains("<PATH>..."));
    assert!(refused(&["scan", "-", "--cause", "gone"]).starts_with("error: no cause `gone`\n\nthe causes are:\n  "));
    assert!(refused(&["scan", "-", "--fail-on=gone"]).contains("the causes are:\n  problem unknown "));
    assert!(refused(&["scan", "-", "--since", "yesterday"]).contains("is no time"));
    assert!(refused(&["scan", "-", "--encoding", "klingon"]).contains("unknown encoding"));
    assert!(refused(&["scan", "-", "--severity", "bad"]).contains("possible values: preliminary, completion"));
    assert!(refused(&["scan", "-", "-"]).contains("can be given only once"));
    assert!(refused(&["scan", "x", "--state", "y"]).contains("--follow"));
    assert!(refused(&["scan", "--follow", "x", "--fail-on"]).contains("cannot be used with"));
    assert!(refused(&["scan", "--follow", "-"]).contains("cannot read the standard input"));
    for format in ["html", "json"] {
        assert!(refused(&["scan", "--follow", "x", "--format", format]).contains("has no end"));
    }
}

#[test]
fn what_cannot_be_read_is_named_and_the_rest_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let good = folder.path().join("good.log");
    fs::write(&good, LOG).unwrap();
    let good = good.to_str().unwrap();
    for format in ["text", "json", "jsonl", "csv", "html"] {
        let found = run(&["scan", "/no/such/file", good, "--format", format, "--fail-on"], b"");
        // Also where there are problems: the answer is not complete.
        assert_eq!(found.status, 3, "{format}");
        assert!(found.errors.starts_with("error: cannot read /no/such/file: "), "{}", found.errors);
        assert!(found.output.contains("User unknown") && found.output.contains("good.log"), "{format}");
    }
    let told = run(&["scan", "/no/such/file", "--format", "json"], b"");
    let told: Value = serde_json::from_str(&told.output).unwrap();
    assert_eq!(told["unreadable"][0]["source"], "/no/such/file");
    let page = run(&["scan", "/no/such/<b>file", "--format", "html"], b"").output;
    assert!(page.contains("<bdi>/no/such/&lt;b&gt;file: "), "{page}");
    // Nor can everything be written.
    let told = run(&["scan", good, "--output", "/no/such/folder/report.html"], b"");
    assert_eq!((told.status, told.output.as_str()), (3, ""));
    assert!(told.errors.starts_with("error: cannot write /no/such/folder/report.html: "), "{}", told.errors);
}

#[test]
fn answers_go_to_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("answer");
    let name = file.to_str().unwrap();
    for format in ["text", "json", "jsonl", "csv", "html"] {
        let shown = scan(&["--format", format], LOG.as_bytes());
        let arguments = ["scan", "-", "--format", format, "-o", name];
        // A file is no terminal, whatever the terminal is.
        let found = run_with(&arguments, LOG.as_bytes(), |host| host.with_terminal(40));
        assert_eq!((found.status, found.output.as_str(), found.errors.as_str()), (0, "", ""));
        assert_eq!(fs::read_to_string(&file).unwrap(), shown.output, "{format}");
    }
}

#[test]
fn sources_are_taken_as_a_whole_as_well() {
    let log = b"> PASV\n< 227 Entering Passive Mode (192,0,2,1,4,1)\nconnect timed out\n";
    let found = scan(&[], log);
    assert!(found.output.contains("\nFailures that show only in the file as a whole\n  -: "), "{}", found.output);
    assert!(found.output.contains("(ftp_passive_blocked)"), "{}", found.output);
    assert_eq!(summary(&[], log)["wholes"][0]["cause"], "ftp_passive_blocked");
    assert!(scan(&["--format", "html"], log).output.contains("ファイル全体から分かる問題"));
    // What a filter leaves out is not told this way.
    assert_eq!(summary(&["--severity", "permanent"], log)["wholes"], json!([]));
}

#[test]
fn nothing_found_is_told() {
    let found = scan(&[], b"nothing at all\n");
    assert_eq!(found.status, 0);
    assert!(found.output.ends_with("\nThere is no SMTP or FTP reply in this.\n"), "{}", found.output);
    let found = scan(&["--lang", "ja"], b"S: 250 2.0.0 Ok\n");
    assert!(found.output.ends_with("\n問題のある応答はありませんでした。\n"), "{}", found.output);
    let page = scan(&["--format", "html"], b"").output;
    assert!(page.contains("There is no SMTP or FTP reply in this.") && !page.contains("<svg"), "{page}");
}

#[test]
fn rules_of_a_site_count() {
    let rules = path("examples/rules.yaml");
    let log = b"S: 554 5.7.1 Sender address rejected: Contract expired\n";
    let told = summary(&["--rules", &rules], log);
    assert_eq!(told["causes"][0]["cause"], "acme_contract_expired");
    assert_eq!(summary(&["--rules", &rules, "--cause", "acme_contract_expired"], log)["problems"], 1);
    assert!(scan(&["--rules", &rules], log).output.contains("Camera contract expired  (acme_contract_expired)"));
    assert!(scan(&["--rules", &rules, "--format", "html"], log).output.contains("Camera contract expired"));
}

#[test]
fn colours_only_on_a_terminal() {
    let arguments = &["scan", "-"];
    let painted = run_with(arguments, LOG.as_bytes(), |host| host.with_terminal(80)).output;
    assert!(painted.contains("\x1b[1mRecipient does not exist\x1b[0m"), "{painted:?}");
    let plain = anstream::adapter::strip_str(&painted).to_string();
    assert_eq!(plain, run(arguments, LOG.as_bytes()).output);
    let narrow = run_with(arguments, LOG.as_bytes(), |host| host.with_terminal(40)).output;
    let narrow = anstream::adapter::strip_str(&narrow).to_string();
    assert!(narrow.lines().filter(|line| line.contains("User unknown")).all(|line| line.len() <= 40), "{narrow}");
}
