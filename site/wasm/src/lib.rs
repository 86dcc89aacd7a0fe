//! The core and the finder as one WebAssembly module for the first page of the reference.
//!
//! The page puts a text behind the module's own memory and calls `explain`; the answer is JSON of numbers and ids, for
//! the page has all words already. Nothing is imported, nothing allocated: the only memory that grows is the page's
//! text. `assets/explain.js` is the other side of this interface.
//!
//! ```text
//! {"replies": [[offset, length, line, protocol, code, enhanced, command, speaker, form], ...], "count": 3,
//!  "deciding": [as above] or null, "speaker": id or null,
//!  "answer": {"cause": number, "verdict": id, "party": id, "rule": id or null, "basis": id or null,
//!             "alternatives": [number, ...], "entry": place or name of what the codes say, or null}}
//! ```
//!
//! Offsets are bytes of UTF-8, lines count from 1; protocol, code, enhanced and command are null where the text does
//! not tell, rule and basis where no words of a server decide. What the codes say is a place among the meanings of the
//! reply code, or the name of something less exact: `x.7.1`, `x.7`, `smtp-5` (a first digit), `5` (a class).

#![cfg_attr(not(test), no_std)]
#![deny(missing_docs)]

mod json;

use json::Json;
use replycode::{Basis, CATALOG, Enhanced, Protocol, explain_in, lookup};
use replycode_scan::{Explained, Found, explain_incident, find};

/// How many replies are listed; the others are counted.
const LISTED: usize = 1000;

/// Writes the answer for a text into a buffer and returns its length; 0 if the buffer is too small.
pub fn answer(text: &[u8], hint: Option<Protocol>, out: &mut [u8]) -> usize {
    let mut json = Json::new(out);
    let told = explain_incident(text, hint);
    let incident = told.incident;
    json.text("{\"replies\":[");
    let (mut line, mut at) = (1, 0);
    for (place, found) in find(text, hint).take(LISTED).enumerate() {
        line += line_ends(text.get(at..found.offset).unwrap_or(&[]));
        at = found.offset;
        if place > 0 {
            json.text(",");
        }
        reply(&mut json, &found, line);
    }
    json.text("],\"count\":");
    json.number(incident.replies);
    json.text(",\"deciding\":");
    match incident.deciding {
        Some(found) => reply(&mut json, &found, 1 + line_ends(text.get(..found.offset).unwrap_or(&[]))),
        None => json.text("null"),
    }
    json.text(",\"speaker\":");
    json.id(incident.speaker.map(|speaker| speaker.id()));
    json.text(",\"answer\":");
    explained(&mut json, told);
    json.text("}");
    json.len()
}

fn reply(json: &mut Json<'_>, found: &Found, line: usize) {
    json.text("[");
    for number in [found.offset, found.len, line] {
        json.number(number);
        json.text(",");
    }
    json.id(found.protocol.map(Protocol::id));
    json.text(",");
    match found.code {
        Some(code) => json.number(code.get().into()),
        None => json.text("null"),
    }
    json.text(",");
    match found.enhanced {
        Some(enhanced) => {
            json.text("\"");
            json.number(enhanced.class().into());
            json.text(".");
            json.number(enhanced.subject().into());
            json.text(".");
            json.number(enhanced.detail().into());
            json.text("\"");
        }
        None => json.text("null"),
    }
    for id in [found.command, Some(found.speaker.id()), Some(found.form.id())] {
        json.text(",");
        json.id(id);
    }
    json.text("]");
}

fn explained(json: &mut Json<'_>, told: Explained) {
    json.text("{\"cause\":");
    json.number(told.cause.number().into());
    json.text(",\"verdict\":");
    json.id(Some(told.verdict.id()));
    json.text(",\"party\":");
    json.id(Some(told.party().id()));
    json.text(",\"rule\":");
    json.id(told.diagnosis.and_then(|diagnosis| diagnosis.rule()));
    json.text(",\"basis\":");
    json.id(told.diagnosis.map(|diagnosis| diagnosis.basis().id()));
    json.text(",\"alternatives\":[");
    let alternatives = told.diagnosis.into_iter().flat_map(|diagnosis| diagnosis.alternatives());
    for (place, cause) in alternatives.enumerate() {
        if place > 0 {
            json.text(",");
        }
        json.number(cause.number().into());
    }
    json.text("],\"entry\":");
    match told.incident.deciding {
        Some(found) => spoken(json, &found),
        None => json.text("null"),
    }
    json.text("}");
}

/// What the codes of a reply say by themselves; nothing where both protocols may have said it.
fn spoken(json: &mut Json<'_>, found: &Found) {
    match (found.protocol, found.code, found.enhanced) {
        (Some(protocol), Some(code), enhanced) => {
            let told = explain_in(protocol, code.get(), found.context());
            let place = lookup(protocol, code.get())
                .and_then(|listing| listing.senses().chain(listing.field()).position(|entry| entry == told.entry()));
            match (told.basis(), place, enhanced) {
                (Basis::EnhancedDetail, _, Some(enhanced)) => name(json, enhanced, true),
                (Basis::EnhancedSubject, _, Some(enhanced)) => name(json, enhanced, false),
                (_, Some(place), _) => json.number(place),
                (_, None, _) => {
                    json.text("\"");
                    json.text(protocol.id());
                    json.text("-");
                    json.number(code.first().into());
                    json.text("\"");
                }
            }
        }
        (_, None, Some(enhanced)) => {
            let told = CATALOG.explain_enhanced(enhanced);
            match (told.detail(), told.subject()) {
                (None, None) => {
                    json.text("\"");
                    json.number(enhanced.class().into());
                    json.text("\"");
                }
                (detail, _) => name(json, enhanced, detail.is_some()),
            }
        }
        _ => json.text("null"),
    }
}

/// The name of a detail, or of its subject.
fn name(json: &mut Json<'_>, enhanced: Enhanced, detail: bool) {
    json.text("\"x.");
    json.number(enhanced.subject().into());
    if detail {
        json.text(".");
        json.number(enhanced.detail().into());
    }
    json.text("\"");
}

fn line_ends(text: &[u8]) -> usize {
    text.iter().filter(|&&byte| byte == b'\n').count()
}

#[cfg(target_arch = "wasm32")]
mod interface;

#[cfg(test)]
mod tests {
    use super::answer;

    fn ask(text: &str) -> String {
        let mut out = [0; 4096];
        let len = answer(text.as_bytes(), None, &mut out);
        String::from_utf8(out[..len].to_vec()).unwrap()
    }

    #[test]
    fn a_transcript_is_answered() {
        let answer =
            ask("> RCPT TO:<bob@example.net>\n< 554 5.7.1 <bob@example.net>: Relay access denied\n> QUIT\n< 221 Bye\n");
        assert!(answer.starts_with("{\"replies\":[[30,"), "{answer}");
        assert!(answer.contains(",2,\"smtp\",554,\"5.7.1\",\"RCPT\",\"server\",\"dialog\"],"), "{answer}");
        assert!(answer.contains("\"count\":2"), "{answer}");
        assert!(answer.contains("\"verdict\":\"fix_first\""), "{answer}");
    }

    #[test]
    fn what_the_codes_say_is_told_by_place_or_name() {
        for (text, entry) in [
            // The meaning of 454 by the command that it answers: the first one, and the second.
            ("> STARTTLS\n< 454 no\n", "0"),
            ("> AUTH LOGIN\n< 454 no\n", "1"),
            // In no list: the enhanced code speaks, as far as it is known; then the first digit.
            ("> RCPT TO:<a@example.com>\n< 559 5.7.1 no\n", "\"x.7.1\""),
            ("> RCPT TO:<a@example.com>\n< 559 5.7.606 no\n", "\"x.7\""),
            ("> RCPT TO:<a@example.com>\n< 559 no\n", "\"smtp-5\""),
            // No server tells which protocol it is.
            ("500 what", "null"),
        ] {
            let answer = ask(text);
            assert!(answer.ends_with(&format!("\"entry\":{entry}}}}}")), "{text}: {answer}");
        }
    }

    #[test]
    fn a_text_without_replies_is_answered() {
        let none = ask("");
        assert!(none.starts_with("{\"replies\":[],\"count\":0,\"deciding\":null,\"speaker\":null,"), "{none}");
        assert!(none.contains("\"rule\":null,\"basis\":null,\"alternatives\":[],\"entry\":null"), "{none}");
        assert_eq!(answer(b"550 no", None, &mut [0; 20]), 0);
    }
}
