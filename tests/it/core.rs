//! The core: no dependency, and what it says is what `catalog.json` says.

use std::process::Command;

use replycode::{CATALOG, Entry, EntryKind, MalformedReason, Note, Protocol};
use serde_json::Value;
use xtask::repo;

#[test]
fn the_core_has_no_dependency() {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--offline", "--package", "replycode", "--edges", "normal,build", "--prefix", "none"])
        .current_dir(repo::root())
        .output()
        .unwrap();
    let tree = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(tree.lines().count(), 1, "{tree}");
}

fn catalog_json() -> Value {
    let text = std::fs::read_to_string(repo::root().join("generated/catalog.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

fn array<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value[key].as_array().map_or(&[], Vec::as_slice)
}

/// Every field of an entry, against the public API.
fn same_entry(json: &Value, entry: Entry) {
    let id = json["id"].as_str().unwrap();
    assert_eq!(entry.id(), id);
    assert_eq!(entry.phrase(), json["phrase"].as_str().unwrap_or(""), "{id}");
    let source = &json["source"];
    assert_eq!(entry.source().rfc().map(u64::from), source["rfc"].as_u64(), "{id}");
    let place = ["section", "iana", "field"].iter().find_map(|key| source[key].as_str()).unwrap_or("");
    assert_eq!(entry.source().place(), place, "{id}");
    assert_eq!(entry.since().map(u64::from), json["since"].as_u64(), "{id}");
    assert_eq!(entry.status().id(), json["status"].as_str().unwrap_or("current"), "{id}");
    if let Some(verdict) = json["verdict"]["is"].as_str().or(json["verdict"].as_str()) {
        assert_eq!(entry.verdict().unwrap().id(), verdict, "{id}");
    }
    assert_eq!(entry.commands().collect::<Vec<_>>(), array(json, "commands"), "{id}");
    assert_eq!(entry.aliases().collect::<Vec<_>>(), array(json, "aliases"), "{id}");
    let enhanced: Vec<String> = entry.enhanced().iter().map(ToString::to_string).collect();
    assert_eq!(enhanced, array(json, "enhanced"), "{id}");
    assert_eq!(entry.codes().to_vec(), array(json, "codes"), "{id}");
    for language in CATALOG.languages() {
        let text = |kind: &str| json[kind][language.id].as_str().unwrap_or("");
        assert_eq!(entry.title(language.lang), text("title"), "{id}");
        assert_eq!(entry.meaning(language.lang), text("meaning"), "{id}");
        assert_eq!(entry.action(language.lang), text("action"), "{id}");
        assert_eq!(entry.note(language.lang), text("note"), "{id}");
    }
}

#[test]
fn catalog_json_and_the_public_api_say_the_same() {
    let json = catalog_json();
    assert_eq!(CATALOG.version(), json["version"].as_str().unwrap());
    assert_eq!(CATALOG.digest(), json["digest"].as_str().unwrap());
    let mut entries = 0;
    for rows in array(&json, "protocols") {
        let protocol: Protocol = rows["id"].as_str().unwrap().parse().unwrap();
        for (list, is_field) in [("replies", false), ("field", true)] {
            for reply in array(rows, list) {
                let code = reply["code"].as_u64().unwrap() as u16;
                let listing = CATALOG.lookup(protocol, code).unwrap();
                let found: Vec<Entry> = if is_field { listing.field().collect() } else { listing.senses().collect() };
                let senses = array(reply, "senses");
                assert_eq!(found.len(), senses.len(), "{protocol} {code}");
                for (sense, entry) in senses.iter().zip(found) {
                    same_entry(sense, entry);
                    entries += 1;
                }
            }
        }
        for severity in array(rows, "severities") {
            same_entry(severity, CATALOG.severity(protocol, severity["id"].as_str().unwrap().parse().unwrap()));
        }
        for category in array(rows, "categories") {
            same_entry(category, CATALOG.category(protocol, category["id"].as_str().unwrap().parse().unwrap()));
        }
        let listed: usize =
            CATALOG.listings(protocol).map(|listing| listing.senses().len() + listing.field().len()).sum();
        let in_json: usize = ["replies", "field"]
            .iter()
            .flat_map(|list| array(rows, list))
            .map(|reply| array(reply, "senses").len())
            .sum();
        assert_eq!(listed, in_json);
        for command in array(rows, "commands") {
            let verb = command["verb"].as_str().unwrap();
            let found = CATALOG.command(protocol, verb).unwrap();
            assert_eq!((found.verb(), u64::from(found.number())), (verb, command["number"].as_u64().unwrap()));
            for flow in array(command, "replies") {
                let code = flow["code"].as_u64().unwrap() as u16;
                assert_eq!(CATALOG.expected(found, code), replycode::Expectation::Expected, "{verb} {code}");
            }
        }
    }
    assert!(entries > 180, "{entries}");
    let enhanced = &json["enhanced"];
    let details: Vec<_> = CATALOG.enhanced_details().collect();
    assert_eq!(details.len(), array(enhanced, "details").len());
    for (row, (subject, detail, entry)) in array(enhanced, "details").iter().zip(details) {
        assert_eq!((row["subject"].as_u64(), row["detail"].as_u64()), (Some(subject.into()), Some(detail.into())));
        same_entry(row, entry);
    }
    for row in array(enhanced, "subjects") {
        let code = replycode::Enhanced::new(5, row["subject"].as_u64().unwrap() as u16, 999).unwrap();
        same_entry(row, CATALOG.explain_enhanced(code).subject().unwrap());
    }
    for row in array(enhanced, "classes") {
        let code = replycode::Enhanced::new(row["class"].as_u64().unwrap() as u8, 0, 0).unwrap();
        same_entry(row, CATALOG.explain_enhanced(code).class());
    }
    let not_replies: Vec<_> = CATALOG.not_replies().collect();
    assert_eq!(not_replies.len(), array(&json, "not_replies").len());
    for (row, (number, entry)) in array(&json, "not_replies").iter().zip(not_replies) {
        assert_eq!(row["number"].as_u64(), Some(number.into()));
        same_entry(row, entry);
    }
    assert_eq!(array(&json, "notes").len(), Note::ALL.len());
    for (row, &note) in array(&json, "notes").iter().zip(Note::ALL) {
        assert_eq!((row["number"].as_u64(), CATALOG.note(note).kind()), (Some(note.number().into()), EntryKind::Note));
        assert_eq!(CATALOG.note(note).id(), note.id());
        same_entry(row, CATALOG.note(note));
    }
    assert_eq!(array(&json, "malformed").len(), MalformedReason::ALL.len());
    for (row, &reason) in array(&json, "malformed").iter().zip(MalformedReason::ALL) {
        let entry = CATALOG.malformed(reason);
        assert_eq!((row["number"].as_u64(), entry.kind()), (Some(reason.number().into()), EntryKind::Malformed));
        assert_eq!(entry.id(), reason.id());
        same_entry(row, entry);
    }
}

/// The catalogue's phrases against the words of the RFCs, which were matched with the RFCs' own texts.
#[test]
fn every_rfcs_words_are_a_phrase_or_an_alias_of_their_code() {
    let rows = include_str!("../data/phrases.tsv").lines().skip_while(|line| !line.starts_with("protocol\t")).skip(1);
    let mut texts = 0;
    for row in rows {
        let [protocol, code, rfc, words] = row.split('\t').collect::<Vec<_>>()[..] else { panic!("{row}") };
        let listing = CATALOG.lookup(protocol.parse().unwrap(), code.parse().unwrap()).unwrap();
        let says = |entry: Entry| entry.phrase() == words || entry.aliases().any(|alias| alias == words);
        assert!(listing.senses().any(says), "{protocol} {code}: no sense says `{words}` (RFC {rfc})");
        texts += 1;
    }
    assert_eq!(texts, 152);
    // And no sense says what no RFC prints.
    let printed = |protocol: Protocol, code: u16, words: &str| {
        let row = format!("{protocol}\t{code}\t");
        let mut rows = include_str!("../data/phrases.tsv").lines();
        rows.any(|line| line.starts_with(&row) && line.ends_with(&format!("\t{words}")))
    };
    for &protocol in Protocol::ALL {
        for listing in CATALOG.listings(protocol) {
            for sense in listing.senses().filter(|sense| !sense.phrase().is_empty()) {
                let code = listing.code().get();
                assert!(printed(protocol, code, sense.phrase()), "{protocol} {code}: `{}`", sense.phrase());
            }
        }
    }
}
