//! Pages of what holds for all codes: the reply classes, numbers that are no replies.

use anyhow::Result;
use replycode::{Protocol, Severity};
use serde_json::{Value, json};

use super::Page;
use crate::site::address;
use crate::site::view::{Line, View};

pub(super) fn pages(view: &View<'_>) -> Result<Vec<Page>> {
    Ok(vec![classes(view)?, not_replies(view)?])
}

/// The first digits that RFC 959 defines and RFC 5321 takes over.
const FIVE: [u16; 5] = [1, 2, 3, 4, 5];

/// One first digit in every protocol that has it.
fn class(view: &View<'_>, digit: u16) -> Result<Value> {
    let mut protocols = Vec::new();
    let mut absent = Vec::new();
    for rows in view.book.model.protocols() {
        let row = rows.severities.iter().find(|row| row.digits.iter().any(|own| **own == digit));
        let Some(row) = row.filter(|row| *row.severity != Severity::Unassigned) else {
            absent.push(rows.name.value.clone());
            continue;
        };
        let lines: Vec<Line> =
            view.book.replies(*rows.id).filter(|reply| reply.class() == digit).map(|reply| view.line(reply)).collect();
        protocols.push(json!({
            "name": rows.name.value,
            "verdict": row.verdict.id(),
            "telling": view.entry(&row.entry)?,
            "lines": lines,
        }));
    }
    Ok(json!({ "digit": digit, "protocols": protocols, "absent": absent }))
}

fn classes(view: &View<'_>) -> Result<Page> {
    let words = view.words;
    let five = FIVE.into_iter().map(|digit| class(view, digit)).collect::<Result<Vec<_>>>()?;
    let (mut beyond, mut categories) = (Vec::new(), Vec::new());
    for protocol in view.book.model.protocols() {
        let name = &protocol.name.value;
        let mut rows = Vec::new();
        for row in &protocol.severities {
            let digits: Vec<_> = row
                .digits
                .iter()
                .map(|digit| **digit)
                .filter(|digit| !FIVE.contains(digit))
                .map(|digit| json!({ "digit": digit, "anchor": owner(view, digit) == *protocol.id }))
                .collect();
            if !digits.is_empty() {
                rows.push(json!({ "digits": digits, "verdict": row.verdict.id(), "telling": view.entry(&row.entry)? }));
            }
        }
        beyond.push(json!({ "name": name, "rows": rows }));
        let mut rows = Vec::new();
        for row in &protocol.categories {
            let digits: Vec<u16> = row.digits.iter().map(|digit| **digit).collect();
            rows.push(json!({ "digits": digits, "telling": view.entry(&row.entry)? }));
        }
        categories.push(json!({ "name": name, "rows": rows }));
    }
    let page = Page::new(view, "classes.html", "classes", address::single(view.language, "classes"));
    Ok(page
        .titled(words.get("classes.title")?, words.get("classes.description")?)
        .with(json!({ "five": five, "beyond": beyond, "categories": categories })))
}

/// The protocol whose row has the anchor of a digit that several rows name: one with such codes, or the first.
fn owner(view: &View<'_>, digit: u16) -> Protocol {
    let with_codes = view.book.replies.values().find(|reply| reply.class() == digit);
    with_codes.map_or(Protocol::ALL[0], |reply| reply.protocol)
}

fn not_replies(view: &View<'_>) -> Result<Page> {
    let words = view.words;
    let mut rows = Vec::new();
    for row in view.book.model.not_replies() {
        rows.push(json!({ "number": *row.number, "verdict": row.verdict.id(), "telling": view.entry(&row.entry)? }));
    }
    // 0 stands for any other number: last on the page.
    rows.rotate_left(1);
    let page = Page::new(view, "not_replies.html", "home", address::single(view.language, "not-a-reply"));
    Ok(page.titled(words.get("not_reply.title")?, words.get("not_reply.description")?).with(json!({ "rows": rows })))
}
