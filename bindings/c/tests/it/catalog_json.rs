//! `catalog.json` and the C interface say the same, field by field.

use std::ffi::{CStr, c_char, c_uchar, c_ushort};

use replycode_c::types::{rc_enhanced, rc_entry};
use replycode_c::{command, digits, enhanced, entry, ids, language, reply, version};
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
}
