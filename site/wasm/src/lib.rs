//! The core and the finder as one WebAssembly module for the first page of the reference.
//!
//! The page puts a text behind the module's own memory and calls `explain`; the answer is JSON of numbers and ids, for
//! the page has all words already. Nothing is imported, nothing allocated: the only memory that grows is the page's
//! text. `assets/explain.js` is the other side of this interface.
//!
//! ```text
//! {"replies": [[offset, length, line, protocol, code, enhanced, command, speaker, form], ...], "count": 3,
//!  "deciding": [as above] or null, "speaker": id or null,
//!  "answer": {"cause": number, "verdict": id, "party": id, "rule": id or null, "basis": id,
//!             "alternatives": [number, ...], "entry": place of the meaning among those of the code}}
//! ```
//!
//! Offsets are bytes of UTF-8, lines count from 1; protocol, code, enhanced and command are null where the text does
//! not tell.

#![cfg_attr(not(test), no_std)]
#![deny(missing_docs)]

mod json;

use json::Json;
use replycode::{Context, Diagnosis, Protocol, diagnose, explain_in, lookup};
use replycode_scan::{Found, find, incident};

/// How many replies are listed; the others are counted.
const LISTED: usize = 1000;

/// How many bytes of a reply's words the rules are asked about.
const WORDS: usize = 4096;

/// Writes the answer for a text into a buffer and returns its length; 0 if the buffer is too small.
pub fn answer(text: &[u8], hint: Option<Protocol>, out: &mut [u8]) -> usize {
    let mut json = Json::new(out);
    let told = incident(text, hint);
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
    json.number(told.replies);
    json.text(",\"deciding\":");
    match told.deciding {
        Some(found) => reply(&mut json, &found, 1 + line_ends(text.get(..found.offset).unwrap_or(&[]))),
        None => json.text("null"),
    }
    json.text(",\"speaker\":");
    json.id(told.speaker.map(|speaker| speaker.id()));
    json.text(",\"answer\":");
    match told.deciding {
        Some(found) => explained(&mut json, text, &found),
        None => json.text("null"),
    }
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

fn explained(json: &mut Json<'_>, text: &[u8], found: &Found) {
    let protocol = found.protocol.unwrap_or(Protocol::Smtp);
    let context = found.context();
    let mut words = [0; WORDS];
    let answer = diagnose(protocol, found.code, found.copy_words(text, &mut words), context);
    json.text("{\"cause\":");
    json.number(answer.cause().number().into());
    json.text(",\"verdict\":");
    json.id(Some(answer.verdict().id()));
    json.text(",\"party\":");
    json.id(Some(answer.party().id()));
    json.text(",\"rule\":");
    json.id(answer.rule());
    json.text(",\"basis\":");
    json.id(Some(answer.basis().id()));
    json.text(",\"alternatives\":[");
    alternatives(json, answer);
    json.text("],\"entry\":");
    match entry(protocol, found, context) {
        Some(place) => json.number(place),
        None => json.text("null"),
    }
    json.text("}");
}

fn alternatives(json: &mut Json<'_>, answer: Diagnosis) {
    for (place, cause) in answer.alternatives().enumerate() {
        if place > 0 {
            json.text(",");
        }
        json.number(cause.number().into());
    }
}

/// The place of the meaning that speaks among those of its code, RFCs' first.
fn entry(protocol: Protocol, found: &Found, context: Context) -> Option<usize> {
    let code = found.code?.get();
    let spoken = explain_in(protocol, code, context).entry();
    let listing = lookup(protocol, code)?;
    listing.senses().chain(listing.field()).position(|entry| entry == spoken)
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
    fn a_text_without_replies_is_answered() {
        assert_eq!(ask(""), "{\"replies\":[],\"count\":0,\"deciding\":null,\"speaker\":null,\"answer\":null}");
        assert_eq!(answer(b"550 no", None, &mut [0; 20]), 0);
    }
}
