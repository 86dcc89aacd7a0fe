//! What the search goes by: one script with the words of every page in all languages.
//!
//! A script and not JSON, because a page opened from a folder may load the one but not the other.

use anyhow::Result;
use replycode::Verdict;
use replycode_catalog::{Cause, Entry, Model, Texts};
use serde::Serialize;

use super::address;
use super::book::{Book, Reply};
use super::view::class_verdict;

/// One thing that can be found. Short names: there are hundreds of them in the file.
#[derive(Serialize)]
struct Item {
    /// What it is: `reply`, `enhanced`, `number`, `class`, `cause`.
    k: &'static str,
    /// The protocol of a reply.
    #[serde(skip_serializing_if = "str::is_empty")]
    p: &'static str,
    /// What people call it: `550`, `X.7.8`.
    c: String,
    /// The page, without its language.
    u: String,
    /// The verdict.
    #[serde(skip_serializing_if = "str::is_empty")]
    v: &'static str,
    /// The title in each language.
    t: Vec<String>,
    /// The words of standards and servers, a line each.
    #[serde(skip_serializing_if = "String::is_empty")]
    x: String,
    /// What is said, in each language; titles of further meanings on lines of their own.
    b: Vec<String>,
}

/// The script.
pub(super) fn script(book: &Book<'_>) -> Result<String> {
    let mut items: Vec<Item> = book.replies.values().map(|reply| item(book, reply)).collect();
    let (model, enhanced) = (book.model, book.model.enhanced());
    for row in &enhanced.details {
        let name = format!("X.{}.{}", *row.subject, *row.detail);
        items.push(plain(model, "enhanced", &name, &row.entry, None, |id| address::enhanced(id, &name)));
    }
    for row in &enhanced.subjects {
        let name = format!("X.{}", *row.subject);
        let shown = format!("{name}.X");
        items.push(plain(model, "enhanced", &shown, &row.entry, None, |id| address::enhanced(id, &name)));
    }
    for row in &enhanced.classes {
        let (name, shown) = (row.class.to_string(), format!("{}.X.X", *row.class));
        let verdict = class_verdict(u8::try_from(*row.class).unwrap_or_default());
        items.push(plain(model, "enhanced", &shown, &row.entry, Some(verdict), |id| address::enhanced(id, &name)));
    }
    for row in model.not_replies() {
        let shown = if *row.number == 0 { String::new() } else { row.number.to_string() };
        let path = |id: &str| address::not_reply(id, *row.number);
        items.push(plain(model, "number", &shown, &row.entry, Some(*row.verdict), path));
    }
    for protocol in model.protocols() {
        for row in &protocol.severities {
            for digit in &row.digits {
                let shown = format!("{}yz", **digit);
                let path = |id: &str| address::class(id, **digit);
                let mut item = plain(model, "class", &shown, &row.entry, Some(*row.verdict), path);
                item.p = protocol.id.id();
                items.push(item);
            }
        }
    }
    for row in model.notes() {
        let mut item = plain(model, "note", "", &row.entry, None, |language| address::note(language, &row.entry.id));
        item.x = row.entry.id.value.clone();
        items.push(item);
    }
    for cause in &model.diagnosis().causes {
        items.push(behind(book, cause));
    }
    let languages: Vec<&str> = model.languages().iter().map(|language| language.id.as_str()).collect();
    let data = serde_json::to_string(&serde_json::json!({ "languages": languages, "items": items }))?;
    Ok(format!("\"use strict\";\nvar replycodeSearch = {data};\n"))
}

fn item(book: &Book<'_>, reply: &Reply<'_>) -> Item {
    let base = reply.base();
    let path = |id: &str| address::reply(id, reply.protocol, reply.code);
    let mut item = plain(book.model, "reply", &reply.code.to_string(), base, Some(reply.verdict(base)), path);
    item.p = reply.protocol.id();
    item.x = reply.entries().map(phrases).filter(|words| !words.is_empty()).collect::<Vec<_>>().join("\n");
    let codes: Vec<String> = book.enhanced_of(reply).iter().map(ToString::to_string).collect();
    if !codes.is_empty() {
        item.x = format!("{}\n{}", item.x, codes.join(" "));
    }
    for (place, language) in book.model.languages().iter().enumerate() {
        for entry in reply.entries().skip(1) {
            item.b[place].push('\n');
            item.b[place].push_str(entry.title.get(&language.id));
        }
    }
    item
}

/// A cause, with the words by which rules know it.
fn behind(book: &Book<'_>, cause: &Cause) -> Item {
    let all = |texts: &Texts| in_all(book.model, texts);
    let mut words: Vec<&str> = Vec::new();
    for rule in book.rules(&cause.id) {
        words.extend(rule.when.phrases.iter().map(|phrase| phrase.as_str()));
        words.extend(rule.yes.iter().map(|line| line.as_str()));
    }
    Item {
        k: "cause",
        p: "",
        c: String::new(),
        u: address::cause("", &cause.id).trim_start_matches('/').to_owned(),
        v: cause.verdict.id(),
        t: all(&cause.title),
        x: words.join("\n"),
        b: all(&cause.meaning),
    }
}

/// A text in every language.
fn in_all(model: &Model, texts: &Texts) -> Vec<String> {
    model.languages().iter().map(|language| texts.get(&language.id).to_owned()).collect()
}

fn plain(
    model: &Model,
    k: &'static str,
    shown: &str,
    entry: &Entry,
    verdict: Option<Verdict>,
    path: impl Fn(&str) -> String,
) -> Item {
    // The same page in every language, so its address without the language will do.
    let u = path("").trim_start_matches('/').to_owned();
    let all = |texts: &Texts| in_all(model, texts);
    let v = verdict.map_or("", Verdict::id);
    Item { k, p: "", c: shown.to_owned(), u, v, t: all(&entry.title), x: phrases(entry), b: all(&entry.meaning) }
}

fn phrases(entry: &Entry) -> String {
    let aliases = entry.aliases.iter().map(|alias| alias.as_str());
    entry.phrase.iter().map(|phrase| phrase.as_str()).chain(aliases).collect::<Vec<_>>().join("\n")
}
