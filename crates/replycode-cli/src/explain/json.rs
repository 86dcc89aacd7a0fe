//! The answer as JSON; `docs/cli.md` tells the shape.

use replycode::{Category, DiagnosisBasis, Entry, Lang, Party, Protocol, Severity, Verdict};
use serde::Serialize;

use super::answer::{Answer, Explained, steps};
use crate::escape;

#[derive(Serialize)]
struct Whole {
    #[serde(flatten)]
    answer: Fields,
    #[serde(flatten)]
    text: Option<Text>,
    #[serde(flatten)]
    list: Option<List>,
}

#[derive(Serialize)]
struct Text {
    speaker: Option<&'static str>,
}

#[derive(Serialize)]
struct List {
    replies: Vec<Fields>,
    deciding: Option<Fields>,
}

#[derive(Serialize)]
struct Fields {
    protocol: Option<Protocol>,
    code: Option<u16>,
    enhanced: Option<String>,
    severity: Option<Severity>,
    category: Option<Category>,
    cause: Option<&'static str>,
    verdict: Option<Verdict>,
    party: Option<Party>,
    rule: Option<&'static str>,
    basis: Option<DiagnosisBasis>,
    notes: Vec<&'static str>,
    title: Option<&'static str>,
    meaning: Option<&'static str>,
    action: Vec<&'static str>,
    offset: Option<usize>,
}

impl Fields {
    fn of(answer: &Answer, lang: Lang) -> Fields {
        let text = |text: fn(Entry, Lang) -> &'static str| answer.told.map(|entry| text(entry, lang));
        Fields {
            protocol: answer.protocol,
            code: answer.code,
            enhanced: answer.enhanced.map(|enhanced| enhanced.to_string()),
            severity: answer.severity,
            category: answer.category,
            cause: answer.cause.map(|cause| cause.id()),
            verdict: answer.verdict,
            party: answer.party,
            rule: answer.rule,
            basis: answer.basis,
            notes: answer.notes.iter().map(|note| note.id()).collect(),
            title: text(Entry::title),
            meaning: text(Entry::meaning),
            action: answer.told.into_iter().flat_map(|entry| steps(entry, lang)).collect(),
            offset: answer.offset,
        }
    }
}

pub(crate) fn show(explained: &Explained, lang: Lang) -> String {
    let Explained { whole, readings, text, .. } = explained;
    let fields = |answer: &Answer| Fields::of(answer, lang);
    let list = match text {
        Some(text) => Some(List {
            replies: text.replies.iter().map(|(_, answer)| fields(answer)).collect(),
            deciding: text.deciding.map(|_| fields(whole)),
        }),
        None if readings.is_empty() => None,
        None => Some(List { replies: readings.iter().map(fields).collect(), deciding: None }),
    };
    let text = text.as_ref().map(|text| Text { speaker: text.speaker.map(|speaker| speaker.id()) });
    let json = serde_json::to_string_pretty(&Whole { answer: fields(whole), text, list });
    escape::json(&json.expect("plain data")) + "\n"
}
