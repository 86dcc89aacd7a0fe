//! Findings one by one.

use serde_json::{Value, json};

use crate::{Run, run};

const LOG: &[u8] = b"\
Mar  1 10:11:12 mx postfix/smtp[550]: 4F25B1234: to=<bob@example.net>, relay=mx.example.net[192.0.2.1]:25, dsn=5.1.1, \
status=bounced (host mx.example.net[192.0.2.1] said: 550 5.1.1 <bob@example.net>: User unknown (in reply to RCPT TO command))
S: 250 2.0.0 \"Ok\", queued
";

fn rows(format: &str, arguments: &[&str], input: &[u8]) -> String {
    let given = ["scan", "-", "--format", format, "--year", "2026"];
    let arguments: Vec<&str> = given.iter().chain(arguments).copied().collect();
    let Run { status, output, errors } = run(&arguments, input);
    assert_eq!((status, errors.as_str()), (0, ""));
    output
}

#[test]
fn a_line_of_json_is_a_finding() {
    let output = rows("jsonl", &[], LOG);
    let lines: Vec<Value> = output.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 2);
    assert_eq!(
        lines[0],
        json!({
            "source": "-", "line": 1, "offset": 171, "time": "2026-03-01T10:11:12", "protocol": "smtp", "code": 550,
            "enhanced": "5.1.1", "command": "RCPT", "severity": "permanent", "category": "mail_system", "problem": true,
            "cause": "recipient_unknown", "verdict": "fix_first", "party": "device", "rule": "recipient-unknown",
            "basis": "phrase", "title": "Recipient does not exist", "text": "<bob@example.net>: User unknown",
            "peer": "mx.example.net[192.0.2.1]", "session": "4F25B1234", "form": "labelled", "speaker": "server",
            "record": String::from_utf8_lossy(LOG).lines().next().unwrap(),
        })
    );
    assert_eq!((&lines[1]["problem"], &lines[1]["peer"]), (&false.into(), &Value::Null));
    assert_eq!(rows("jsonl", &["--problems"], LOG).lines().count(), 1);
    assert_eq!(rows("jsonl", &[], b""), "");
}

#[test]
fn a_row_of_the_table_is_a_finding() {
    let output = rows("csv", &[], LOG);
    assert_eq!(output.matches("\r\n").count(), 3);
    assert_eq!(output.matches('\n').count(), 3);
    let mut reader = csv::Reader::from_reader(output.as_bytes());
    let names: Vec<_> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let table: Vec<Vec<String>> =
        reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect();
    // The same as the lines of JSON say, in the same order.
    let lines = rows("jsonl", &[], LOG);
    let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    for (line, row) in lines.iter().zip(&table) {
        let object = line.as_object().unwrap();
        assert_eq!(object.keys().collect::<Vec<_>>(), names.iter().collect::<Vec<_>>());
        for (value, cell) in object.values().zip(row) {
            let written = match value {
                Value::Null => String::new(),
                Value::String(text) => text.clone(),
                other => other.to_string(),
            };
            assert_eq!(&written, cell);
        }
    }
    assert_eq!(rows("csv", &[], b"").matches("\r\n").count(), 1);
}
