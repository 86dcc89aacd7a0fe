//! The open cases through `scan`: what is found in them, and what they tell as a whole, is what `find` and
//! `explain_incident` say of them. So their figures (`incident.rs`, `diagnosis.rs`) are those of `scan` as well.

use std::ops::ControlFlow;

use replycode_scan::{Input, Options, OwnedFinding, explain_incident, find, scan};
use serde_json::Value;
use xtask::repo;

use crate::incident::base64;

/// The texts of a file of cases, and the protocol that is known.
fn texts(file: &str) -> Vec<(String, Vec<u8>, Option<replycode::Protocol>)> {
    let cases = std::fs::read_to_string(repo::root().join("tests/data").join(file)).unwrap();
    let read = |line: &str| {
        let case: Value = serde_json::from_str(line).unwrap();
        let input = match case["input_b64"].as_str() {
            Some(encoded) => base64(encoded),
            None => case["input"].as_str().unwrap().as_bytes().to_vec(),
        };
        (case["id"].as_str().unwrap().to_owned(), input, case["hint"].as_str().map(|id| id.parse().unwrap()))
    };
    cases.lines().map(read).collect()
}

#[test]
fn cases_are_read_as_the_finder_reads_them() {
    for file in ["cases.jsonl", "forms.jsonl"] {
        let mut replies = 0;
        for (id, text, hint) in texts(file) {
            let mut findings: Vec<OwnedFinding> = Vec::new();
            let options = Options::default().protocol(hint).attempts(1 << 20).jobs(1);
            let outcome = scan([Input::bytes(&id, text.clone())], &options, |finding| {
                findings.push(finding.to_owned());
                ControlFlow::Continue(())
            });
            let scanned: Vec<_> = findings
                .iter()
                .map(|one| (one.offset, one.protocol, one.code, one.enhanced, one.command, one.form, one.speaker))
                .collect();
            let found: Vec<_> = find(&text, hint)
                .map(|one| {
                    let offset = one.offset as u64;
                    (offset, one.protocol, one.code, one.enhanced, one.command, one.form, one.speaker)
                })
                .collect();
            assert_eq!(scanned, found, "{id}");
            replies += found.len();

            let told = explain_incident(&text, hint);
            let attempt = &outcome.attempts[0];
            assert_eq!((attempt.cause, attempt.verdict, attempt.diagnosis), (told.cause, told.verdict, told.diagnosis));
            assert_eq!(attempt.speaker, told.incident.speaker, "{id}");
            let deciding = attempt.deciding.as_ref().map(|one| one.offset);
            assert_eq!(deciding, told.incident.deciding.map(|one| one.offset as u64), "{id}");
            if let Some(decides) = &attempt.deciding {
                assert!(findings.contains(decides), "{id}: {decides:?}");
            }
            assert_eq!(outcome.summary.replies, findings.len() as u64);
        }
        assert!(replies > 150, "{file}: {replies}");
    }
}
