//! `catalog.json` and the C interface say the same, field by field.

use std::ffi::{CStr, c_char, c_uchar, c_ushort};

use replycode_c::types::{rc_diagnosis, rc_enhanced, rc_entry};
use replycode_c::{cause, command, diagnosis, digits, enhanced, entry, ids, language, reading, reply, version};
use serde_json::Value;

use crate::tools::root;

fn text(pointer: *const c_char) -> String {
    // SAFETY: every function of the interface gives a NUL-terminated text that lives for ever.
    unsafe { CStr::from_ptr(pointer) }.to_str().unwrap().to_owned()
}

fn array<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value[key].as_array().map_or(&[], Vec::as_slice)
}

fn strings(value: &Value, key: &str) -> Vec<String> {
    array(value, key).iter().map(|item| item.as_str().unwrap().to_owned()).collect()
}

fn number(value: &Value, key: &str) -> c_ushort {
    value[key].as_u64().unwrap_or(0).try_into().unwrap()
}

/// The languages by number.
fn languages() -> Vec<(c_uchar, String)> {
    (0..language::rc_language_count()).map(|lang| (lang, text(language::rc_language_id(lang)))).collect()
}

fn same(json: &Value, handle: rc_entry) {
    assert_ne!(handle, 0, "{json}");
    let id = json["id"].as_str().unwrap();
    assert_eq!(text(entry::rc_id(handle)), id);
    assert_eq!(text(entry::rc_phrase(handle)), json["phrase"].as_str().unwrap_or(""), "{id}");
    let source = &json["source"];
    assert_eq!(entry::rc_source_rfc(handle), number(source, "rfc"), "{id}");
    let place = ["section", "iana", "field"].iter().find_map(|key| source[key].as_str()).unwrap_or("");
    assert_eq!(text(entry::rc_source_place(handle)), place, "{id}");
    assert_eq!(entry::rc_since(handle), number(json, "since"), "{id}");
    let status = json["status"].as_str().unwrap_or("current");
    assert_eq!(text(ids::rc_status_id(entry::rc_status(handle))), status, "{id}");
    if let Some(verdict) = json["verdict"]["is"].as_str().or(json["verdict"].as_str()) {
        assert_eq!(text(ids::rc_verdict_id(entry::rc_verdict(handle))), verdict, "{id}");
    }
    assert_eq!(text(entry::rc_aliases(handle)), strings(json, "aliases").join("\n"), "{id}");
    for (lang, tag) in languages() {
        let words = |kind: &str| json[kind][&tag].as_str().unwrap_or("").to_owned();
        assert_eq!(text(entry::rc_title(handle, lang)), words("title"), "{id}");
        assert_eq!(text(entry::rc_meaning(handle, lang)), words("meaning"), "{id}");
        assert_eq!(text(entry::rc_action(handle, lang)), words("action"), "{id}");
        assert_eq!(text(entry::rc_note(handle, lang)), words("note"), "{id}");
    }
    let commands: Vec<String> = (0..)
        .map(|n| entry::rc_entry_command(handle, n))
        .take_while(|&command| command != 0)
        .map(|command| text(command::rc_command_verb(command)))
        .collect();
    assert_eq!(commands, strings(json, "commands"), "{id}");
    let codes: Vec<c_ushort> = (0..).map(|n| entry::rc_entry_code(handle, n)).take_while(|&code| code != 0).collect();
    assert_eq!(codes, array(json, "codes").iter().map(|code| code.as_u64().unwrap() as c_ushort).collect::<Vec<_>>());
    let mut code = rc_enhanced { klass: 0, reserved: 0, subject: 0, detail: 0 };
    let mut enhanced = Vec::new();
    // SAFETY: `code` is a structure of ours.
    while unsafe { entry::rc_entry_enhanced(handle, enhanced.len() as c_ushort, &raw mut code) } != 0 {
        enhanced.push(format!("{}.{}.{}", code.klass, code.subject, code.detail));
    }
    assert_eq!(enhanced, strings(json, "enhanced"), "{id}");
}

#[test]
fn catalog_json_and_the_c_interface_say_the_same() {
    let json = std::fs::read_to_string(root().join("generated/catalog.json")).unwrap();
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(text(version::rc_catalog_version()), json["version"].as_str().unwrap());
    assert_eq!(text(version::rc_catalog_digest()), json["digest"].as_str().unwrap());
    for (place, row) in array(&json, "languages").iter().enumerate() {
        let lang = place as c_uchar;
        assert_eq!(text(language::rc_language_id(lang)), row["id"].as_str().unwrap());
        assert_eq!(text(language::rc_language_name(lang)), row["name"].as_str().unwrap());
    }
    let mut entries = 0;
    for rows in array(&json, "protocols") {
        let id = rows["id"].as_str().unwrap();
        // SAFETY: pointer and length are those of a text of ours.
        let protocol = unsafe { ids::rc_protocol(id.as_ptr().cast(), id.len()) } as c_uchar;
        for row in array(rows, "replies").iter().chain(array(rows, "field")) {
            let code = number(row, "code");
            for sense in array(row, "senses") {
                let handles = (0..).map(|n| reply::rc_code_entry(protocol, code, n)).take_while(|&handle| handle != 0);
                let handle =
                    handles.into_iter().find(|&handle| text(entry::rc_id(handle)) == sense["id"].as_str().unwrap());
                same(sense, handle.unwrap_or(0));
                entries += 1;
            }
        }
        for row in array(rows, "severities") {
            let severity = (0..=9).find(|&n| text(ids::rc_severity_id(n)) == row["id"].as_str().unwrap()).unwrap();
            same(row, digits::rc_severity_entry(protocol, severity));
            for digit in array(row, "digits").iter().filter_map(Value::as_u64).filter(|&digit| digit > 0) {
                assert_eq!(digits::rc_severity(protocol, digit as c_ushort * 100), severity);
            }
        }
        for row in array(rows, "categories") {
            let category = (0..=9).find(|&n| text(ids::rc_category_id(n)) == row["id"].as_str().unwrap()).unwrap();
            same(row, digits::rc_category_entry(protocol, category));
            for digit in array(row, "digits").iter().filter_map(Value::as_u64) {
                assert_eq!(digits::rc_category(protocol, 200 + digit as c_ushort * 10), category);
            }
        }
        for row in array(rows, "commands") {
            let verb = row["verb"].as_str().unwrap();
            // SAFETY: pointer and length are those of a text of ours.
            let handle = unsafe { command::rc_command_find(protocol, verb.as_ptr().cast(), verb.len()) };
            assert_eq!(text(command::rc_command_verb(handle)), verb);
            for flow in array(row, "replies") {
                let expectation = command::rc_expected(handle, number(flow, "code"));
                assert_eq!(text(ids::rc_expectation_id(expectation)), "expected", "{verb} {flow}");
            }
        }
    }
    assert!(entries > 190, "{entries}");

    let rows = &json["enhanced"];
    let level = |row: &Value, class: u64, level: c_uchar| {
        let part = |key: &str| number(row, key);
        let code =
            rc_enhanced { klass: class as c_uchar, reserved: 0, subject: part("subject"), detail: part("detail") };
        // SAFETY: `code` is a structure of ours.
        unsafe { enhanced::rc_enhanced_entry(&raw const code, level) }
    };
    use replycode_c::abi::{RC_KIND_ENHANCED_CLASS, RC_KIND_ENHANCED_DETAIL, RC_KIND_ENHANCED_SUBJECT};
    array(rows, "classes")
        .iter()
        .for_each(|row| same(row, level(row, row["class"].as_u64().unwrap(), RC_KIND_ENHANCED_CLASS)));
    array(rows, "subjects").iter().for_each(|row| same(row, level(row, 5, RC_KIND_ENHANCED_SUBJECT)));
    array(rows, "details").iter().for_each(|row| same(row, level(row, 5, RC_KIND_ENHANCED_DETAIL)));

    for (n, row) in array(&json, "not_replies").iter().enumerate() {
        let mut found = 0;
        // SAFETY: `found` is a number of ours.
        let handle = unsafe { reply::rc_not_reply(n as c_ushort, &raw mut found) };
        assert_eq!(found, number(row, "number"));
        same(row, handle);
    }

    for (part, entry_of) in [
        ("notes", reading::rc_note_entry as extern "C" fn(c_uchar) -> rc_entry),
        ("malformed", reading::rc_malformed_entry),
    ] {
        array(&json, part).iter().for_each(|row| same(row, entry_of(number(row, "number") as c_uchar)));
    }
    for (n, row) in array(&json, "causes").iter().enumerate() {
        let handle = cause::rc_cause_at(n as c_ushort);
        same_cause(row, handle);
        assert_eq!(cause::rc_cause(number(row, "number") as c_uchar), handle);
    }
    assert_eq!(cause::rc_cause_at(array(&json, "causes").len() as c_ushort), 0);
    for (n, row) in array(&json, "rules").iter().enumerate() {
        let rule = n as c_ushort + 1;
        assert_eq!(text(cause::rc_rule_id(rule)), row["id"].as_str().unwrap());
        assert_eq!(text(entry::rc_id(cause::rc_rule_cause(rule))), row["cause"].as_str().unwrap());
    }
    assert_eq!(text(cause::rc_rule_id(array(&json, "rules").len() as c_ushort + 1)), "");
}

/// A cause, whose steps are a list.
fn same_cause(json: &Value, handle: rc_entry) {
    let id = json["id"].as_str().unwrap();
    assert_eq!(
        (text(entry::rc_id(handle)).as_str(), cause::rc_cause_number(handle)),
        (id, number(json, "number") as u8)
    );
    assert_eq!(text(ids::rc_verdict_id(entry::rc_verdict(handle))), json["verdict"].as_str().unwrap(), "{id}");
    assert_eq!(text(ids::rc_party_id(cause::rc_party(handle))), json["party"].as_str().unwrap(), "{id}");
    for (lang, tag) in languages() {
        assert_eq!(text(entry::rc_title(handle, lang)), json["title"][&tag].as_str().unwrap(), "{id}");
        assert_eq!(text(entry::rc_meaning(handle, lang)), json["meaning"][&tag].as_str().unwrap(), "{id}");
        let steps: Vec<&str> = array(json, "action").iter().map(|step| step[&tag].as_str().unwrap()).collect();
        assert_eq!(text(entry::rc_action(handle, lang)), steps.join("\n"), "{id}");
        for (n, step) in (0..).zip(&steps) {
            let (mut start, mut length) = (std::ptr::null(), 0);
            // SAFETY: both are variables of ours, and the step lives for ever.
            let found = unsafe {
                assert_eq!(cause::rc_step(handle, lang, n, &raw mut start, &raw mut length), 1);
                std::slice::from_raw_parts(start.cast::<u8>(), length)
            };
            assert_eq!(found, step.as_bytes(), "{id}");
        }
    }
}

/// The rules' own examples.
#[test]
fn the_rules_decide_as_catalog_json_says() {
    let json = std::fs::read_to_string(root().join("generated/catalog.json")).unwrap();
    let json: Value = serde_json::from_str(&json).unwrap();
    let mut examples = 0;
    for rule in array(&json, "rules") {
        let id = rule["id"].as_str().unwrap();
        let only = rule["when"]["protocol"].as_str();
        for (name, decides) in [("yes", true), ("no", false)] {
            for example in strings(rule, name) {
                for protocol in (0..2).filter(|&known| only.is_none_or(|only| text(ids::rc_protocol_id(known)) == only))
                {
                    let answer = ask(protocol, &example);
                    let deciding = text(cause::rc_rule_id(answer.rule));
                    assert_eq!(deciding == id, decides, "{id}, {protocol}: {example}");
                    assert!(!decides || text(entry::rc_id(answer.cause)) == rule["cause"].as_str().unwrap(), "{id}");
                    examples += 1;
                }
            }
        }
    }
    assert!(examples > 300, "{examples}");
}

/// `RCPT -> 550 5.1.1 words`, where everything but the words may be missing.
fn ask(protocol: c_uchar, example: &str) -> rc_diagnosis {
    let (verb, reply) = example.split_once(" -> ").unwrap_or(("", example));
    let code = reply.get(..3).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()));
    let rest = if code.is_some() { reply.get(4..).unwrap_or("") } else { reply };
    let (first, words) = rest.split_once(' ').unwrap_or((rest, ""));
    let mut code_of = rc_enhanced { klass: 0, reserved: 0, subject: 0, detail: 0 };
    let mut answer = std::mem::MaybeUninit::<rc_diagnosis>::uninit();
    // SAFETY: all pointers are to variables of ours with the lengths that they have; the answer is filled in.
    unsafe {
        let has = enhanced::rc_enhanced_parse(first.as_ptr().cast(), first.len(), &raw mut code_of) == 1;
        let words = if has { words } else { rest };
        let verb = command::rc_command_find(protocol, verb.as_ptr().cast(), verb.len());
        let code = code.map_or(0, |digits| digits.parse().unwrap());
        let status = if has { &raw const code_of } else { std::ptr::null() };
        let (start, length) = (words.as_ptr().cast(), words.len());
        assert_eq!(diagnosis::rc_diagnose(protocol, code, start, length, verb, status, answer.as_mut_ptr()), 1);
        answer.assume_init()
    }
}
