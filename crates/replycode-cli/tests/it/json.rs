//! The answer for programs.

use serde_json::Value;

use crate::run;

const FIELDS: [&str; 15] = [
    "protocol", "code", "enhanced", "severity", "category", "cause", "verdict", "party", "rule", "basis", "notes",
    "title", "meaning", "action", "offset",
];

fn ask(arguments: &[&str], input: &[u8]) -> Value {
    let arguments: Vec<&str> = ["explain", "--format", "json"].iter().chain(arguments).copied().collect();
    serde_json::from_str(&run(&arguments, input).output).unwrap()
}

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

#[test]
fn a_code_of_one_protocol_has_these_fields_in_this_order() {
    let answer = ask(&["--protocol", "smtp", "550", "5.1.1"], b"");
    assert_eq!(keys(&answer), FIELDS);
    assert_eq!(
        answer,
        serde_json::json!({
            "protocol": "smtp", "code": 550, "enhanced": "5.1.1", "severity": "permanent", "category": "mail_system",
            "cause": "recipient_unknown", "verdict": "fix_first", "party": "device", "rule": "enhanced-recipient",
            "basis": "enhanced", "notes": [],
            "title": "Recipient does not exist",
            "meaning": "The server knows no such mailbox. It may be misspelt, moved, closed or disabled.",
            "action": [
                "Check the recipient address in the device's mail settings letter by letter.",
                "Ask the recipient whether the mailbox still exists and receives mail from elsewhere.",
                "Remove addresses that no longer exist from the device's settings.",
            ],
            "offset": null,
        })
    );
}

#[test]
fn a_code_of_both_protocols_has_what_they_have_in_common() {
    let answer = ask(&["550"], b"");
    assert_eq!(keys(&answer), [&FIELDS[..], &["replies", "deciding"]].concat());
    let replies = answer["replies"].as_array().unwrap();
    assert_eq!(replies.len(), 2);
    assert_eq!((&replies[0]["protocol"], &replies[1]["protocol"]), (&"smtp".into(), &"ftp".into()));
    for field in FIELDS {
        let (smtp, ftp) = (&replies[0][field], &replies[1][field]);
        let nothing = if smtp.is_array() { serde_json::json!([]) } else { Value::Null };
        assert_eq!(&answer[field], if smtp == ftp { smtp } else { &nothing }, "{field}");
    }
    assert_eq!((&answer["severity"], &answer["category"]), (&"permanent".into(), &Value::Null));
    assert_eq!(answer["deciding"], Value::Null);
}

#[test]
fn a_text_has_its_replies_and_the_deciding_one() {
    let text = "> PASS x\n< 230-Willkommen\n< 230 ok\n> STOR a\n< 553 Could not create file.\n";
    let answer = ask(&[], text.as_bytes());
    assert_eq!(keys(&answer), [&FIELDS[..], &["speaker", "replies", "deciding"]].concat());
    let replies = answer["replies"].as_array().unwrap();
    let codes: Vec<_> = replies.iter().map(|reply| reply["code"].as_u64().unwrap()).collect();
    assert_eq!(codes, [230, 553]);
    assert!(replies.iter().all(|reply| keys(reply) == FIELDS));
    let deciding = &answer["deciding"];
    assert_eq!(keys(deciding), FIELDS);
    assert_eq!((&deciding["code"], &deciding["cause"]), (&553.into(), &"ftp_permission_denied".into()));
    assert_eq!(deciding["offset"].as_u64().unwrap() as usize, text.find("553").unwrap());
    for field in FIELDS {
        assert_eq!(answer[field], deciding[field], "{field}");
    }
    assert_eq!(answer["speaker"], "server");
}

#[test]
fn a_text_without_a_reply() {
    let answer = ask(&["connect ECONNREFUSED 192.0.2.1:25"], b"");
    assert_eq!((&answer["cause"], &answer["speaker"]), (&"not_a_reply".into(), &"system".into()));
    assert_eq!((&answer["deciding"], &answer["replies"]), (&Value::Null, &serde_json::json!([])));
    assert_eq!((&answer["code"], &answer["offset"]), (&Value::Null, &Value::Null));
    assert_eq!(answer["title"], "Not a reply from a server");
    assert_eq!(ask(&[], b"")["speaker"], Value::Null);
    let number = ask(&["10060"], b"");
    assert_eq!((&number["code"], &number["cause"]), (&10060.into(), &"not_a_reply".into()));
    assert_eq!((&number["severity"], &number["title"]), (&Value::Null, &"No reply: connection timed out".into()));
}

#[test]
fn deviations_are_named() {
    let answer = ask(&["--protocol", "smtp", "550 4.1.1 User unknown"], b"");
    assert_eq!(answer["notes"], serde_json::json!(["esc-class-mismatch"]));
    let answer = ask(&["--protocol", "smtp"], b"220\xe9 ready\n");
    assert_eq!(answer["code"], Value::Null);
}

#[test]
fn a_reply_of_either_protocol_keeps_what_is_certain() {
    let answer = ask(&["421 Hm"], b"");
    assert_eq!((&answer["protocol"], &answer["severity"]), (&Value::Null, &"transient".into()));
    assert_eq!((&answer["category"], &answer["cause"]), (&"connections".into(), &"server_unavailable".into()));
    // The two say it in different words.
    assert_eq!((&answer["title"], &answer["action"]), (&Value::Null, &serde_json::json!([])));
    assert_eq!(answer["deciding"]["code"], 421);
    let told = ask(&["--protocol", "ftp", "421 Hm"], b"");
    assert_eq!((&told["protocol"], &told["title"]), (&"ftp".into(), &"Service not available".into()));
}

#[test]
fn texts_are_in_the_language_asked_for() {
    let answer = ask(&["--lang", "ja", "--protocol", "ftp", "425"], b"");
    assert_eq!(answer["title"], "データ接続の失敗");
    // Ids are the same in every language.
    let english = ask(&["--protocol", "ftp", "425"], b"");
    for field in FIELDS.iter().filter(|field| !["title", "meaning", "action"].contains(field)) {
        assert_eq!(answer[field], english[field], "{field}");
    }
}
