//! The texts that the first page shows for a pasted text: one script a language, loaded when the first text is pasted.
//!
//! The module in `site/wasm` answers with numbers; the words are here, so that they are not in the module as well.

use anyhow::Result;
use replycode_catalog::{Entry, Texts};
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::address;
use super::book::Book;
use super::view::sentences;

/// What is shown of one thing.
#[derive(Serialize)]
struct Text<'a> {
    /// The title.
    t: &'a str,
    /// What happened.
    b: &'a str,
    /// What to do, step by step.
    a: Vec<String>,
}

/// The script of a language.
pub(super) fn script(book: &Book<'_>, language: &str) -> Result<String> {
    let text = |entry: &Entry| {
        let of = |texts: &Texts| texts.get(language).to_owned();
        json!(Text { t: &of(&entry.title), b: &of(&entry.meaning), a: sentences(&of(&entry.action)) })
    };
    let replies: Map<String, Value> = book
        .replies
        .values()
        .map(|reply| (format!("{}-{}", reply.protocol, reply.code), reply.entries().map(text).collect()))
        .collect();
    let details = book.model.enhanced().details.iter();
    let enhanced: Vec<String> = details.map(|row| format!("x.{}.{}", *row.subject, *row.detail)).collect();
    let causes: Map<String, Value> = book
        .model
        .diagnosis()
        .causes
        .iter()
        .map(|cause| {
            let steps: Vec<&str> = cause.steps.iter().map(|step| step.get(language)).collect();
            let text = json!({
                "id": cause.id,
                "u": address::cause("", &cause.id).trim_start_matches('/'),
                "t": cause.title.get(language), "b": cause.meaning.get(language), "a": steps,
            });
            (cause.number.to_string(), text)
        })
        .collect();
    let texts = json!({ "causes": causes, "replies": replies, "others": others(book, text), "enhanced": enhanced });
    Ok(format!("\"use strict\";\nvar replycodeTexts = {};\n", serde_json::to_string(&texts)?))
}

/// What speaks where no meaning of a reply code does: enhanced codes, their subjects and classes, first digits.
fn others(book: &Book<'_>, text: impl Fn(&Entry) -> Value) -> Map<String, Value> {
    let mut others = Map::new();
    let enhanced = book.model.enhanced();
    let mut add = |name: String, entry: &Entry| others.insert(name, text(entry));
    for row in &enhanced.details {
        add(format!("x.{}.{}", *row.subject, *row.detail), &row.entry);
    }
    for row in &enhanced.subjects {
        add(format!("x.{}", *row.subject), &row.entry);
    }
    for row in &enhanced.classes {
        add(row.class.to_string(), &row.entry);
    }
    for rows in book.model.protocols() {
        for row in &rows.severities {
            for digit in &row.digits {
                add(format!("{}-{}", *rows.id, **digit), &row.entry);
            }
        }
    }
    others
}
