//! `replycode explain --format json` says of every case what the library says.

use replycode::{Cause, Diagnosis, DiagnosisBasis, Lang, Protocol};
use replycode_cli::Host;
use replycode_scan::{explain_incident, find};
use serde_json::{Value, json};
use xtask::repo;

use crate::incident::base64;

fn explain(input: &[u8], hint: Option<Protocol>, lang: &str) -> (u8, Value) {
    let (mut input, mut output, mut errors) = (input, Vec::new(), Vec::new());
    let mut arguments = vec!["replycode", "explain", "--format", "json", "--lang", lang];
    if let Some(protocol) = hint {
        arguments.extend(["--protocol", protocol.id()]);
    }
    let status = replycode_cli::run(arguments, Host::new(&mut input, &mut output, &mut errors));
    assert_eq!(String::from_utf8_lossy(&errors), "");
    (status, serde_json::from_slice(&output).unwrap())
}

#[test]
fn every_case_is_answered_as_by_the_library() {
    let mut count = 0;
    for file in ["cases.jsonl", "forms.jsonl"] {
        let text = std::fs::read_to_string(repo::root().join("tests/data").join(file)).unwrap();
        for line in text.lines() {
            let case: Value = serde_json::from_str(line).unwrap();
            let input = match case["input_b64"].as_str() {
                Some(encoded) => base64(encoded),
                None => case["input"].as_str().unwrap().as_bytes().to_vec(),
            };
            compare(&case["id"], &input, case["hint"].as_str().map(|id| id.parse().unwrap()));
            count += 1;
        }
    }
    assert!(count > 230, "{count}");
}

fn compare(id: &Value, input: &[u8], hint: Option<Protocol>) {
    let expected = explain_incident(input, hint);
    for (tag, lang) in [("en", Lang::EN), ("ja", Lang::JA)] {
        let (status, answer) = explain(input, hint, tag);
        assert_eq!(answer["cause"], expected.cause.id(), "{id}");
        assert_eq!(answer["verdict"], expected.verdict.id(), "{id}");
        assert_eq!(answer["party"], expected.party().id(), "{id}");
        assert_eq!(answer["rule"], json!(expected.diagnosis.and_then(Diagnosis::rule)), "{id}");
        assert_eq!(answer["basis"], json!(expected.diagnosis.map(|diagnosis| diagnosis.basis().id())), "{id}");
        assert_eq!(status, u8::from(expected.cause.id() == "not_a_reply"), "{id}");
        if answer["replies"].is_null() {
            // The text is a code and nothing else.
            assert!(
                input.iter().filter(|byte| !byte.is_ascii_whitespace()).all(|byte| b"0123456789.".contains(byte)),
                "{id}"
            );
            continue;
        }
        let found: Vec<_> = find(input, hint).collect();
        let replies = answer["replies"].as_array().unwrap();
        assert_eq!(replies.len(), found.len(), "{id}");
        for (reply, found) in replies.iter().zip(&found) {
            assert_eq!(reply["code"], json!(found.code.map(|code| code.get())), "{id}");
            assert_eq!(reply["enhanced"], json!(found.enhanced.map(|enhanced| enhanced.to_string())), "{id}");
            assert_eq!(reply["protocol"], json!(found.protocol.map(|protocol| protocol.id())), "{id}");
            assert_eq!(reply["offset"], found.offset, "{id}");
        }
        match expected.incident.deciding {
            Some(deciding) => assert_eq!(answer["deciding"]["offset"], deciding.offset, "{id}"),
            None => assert_eq!(answer["deciding"], Value::Null, "{id}"),
        }
        let by_cause = expected.diagnosis.is_none_or(|diagnosis| {
            matches!(diagnosis.basis(), DiagnosisBasis::Phrase | DiagnosisBasis::Enhanced | DiagnosisBasis::Command)
        });
        if by_cause {
            told_by(&answer, expected.cause, lang, id);
        }
    }
}

fn told_by(answer: &Value, cause: Cause, lang: Lang, id: &Value) {
    assert_eq!(answer["title"], cause.title(lang), "{id}");
    assert_eq!(answer["meaning"], cause.meaning(lang), "{id}");
    assert_eq!(answer["action"], json!(cause.steps(lang).collect::<Vec<_>>()), "{id}");
}
