//! Pages of reply codes: the table of all, a page a protocol, a page a code, the sheet for printing.

use anyhow::Result;
use replycode::{Protocol, Severity};
use replycode_catalog::ProtocolRows;
use serde::Serialize;
use serde_json::json;

use super::Page;
use crate::site::address;
use crate::site::book::Reply;
use crate::site::machine;
use crate::site::view::{CauseLine, Cite, Line, Link, View};

pub(super) fn pages(view: &View<'_>) -> Result<Vec<Page>> {
    let mut pages = vec![home(view)?, sheet(view)?];
    for rows in view.book.model.protocols() {
        pages.push(protocol(view, rows)?);
    }
    let all: Vec<_> = view.book.replies.values().collect();
    for reply in &all {
        pages.push(page(view, reply)?);
    }
    Ok(pages)
}

/// The codes of a protocol with one first digit.
#[derive(Serialize)]
struct Class {
    digit: u16,
    title: String,
    path: String,
    lines: Vec<Line>,
}

#[derive(Serialize)]
struct Group {
    id: &'static str,
    name: String,
    path: String,
    classes: Vec<Class>,
}

fn group(view: &View<'_>, rows: &ProtocolRows, wanted: impl Fn(Severity) -> bool) -> Group {
    let mut classes: Vec<Class> = Vec::new();
    for reply in view.book.replies(*rows.id).filter(|reply| wanted(reply.severity())) {
        let digit = reply.class();
        if classes.last().is_none_or(|class| class.digit != digit) {
            let title = view.text(&reply.severity_row().entry.title).to_owned();
            classes.push(Class { digit, title, path: address::class(view.language, digit), lines: Vec::new() });
        }
        if let Some(class) = classes.last_mut() {
            class.lines.push(view.line(reply));
        }
    }
    Group { id: rows.id.id(), name: rows.name.value.clone(), path: address::protocol(view.language, *rows.id), classes }
}

fn groups(view: &View<'_>, wanted: impl Fn(Severity) -> bool + Copy) -> Vec<Group> {
    view.book.model.protocols().iter().map(|rows| group(view, rows, wanted)).collect()
}

fn home(view: &View<'_>) -> Result<Page> {
    let words = view.words;
    let page = Page::new(view, "home.html", "home", address::home(view.language));
    Ok(page
        .titled(words.get("home.page_title")?, words.get("home.description")?)
        .json("json/index.json".into())
        .with(json!({ "groups": groups(view, |_| true) })))
}

fn sheet(view: &View<'_>) -> Result<Page> {
    let words = view.words;
    let page = Page::new(view, "sheet.html", "sheet", address::single(view.language, "sheet"));
    Ok(page
        .titled(words.get("sheet.title")?, words.get("sheet.description")?)
        .with(json!({ "groups": groups(view, Severity::is_negative) })))
}

/// A code that may answer a command.
#[derive(Serialize)]
struct Flow {
    code: u16,
    reply: Option<Line>,
    when: String,
    sources: Vec<Cite>,
}

#[derive(Serialize)]
struct Command {
    verb: String,
    anchor: String,
    moment: Option<String>,
    flows: Vec<Flow>,
}

fn protocol(view: &View<'_>, rows: &ProtocolRows) -> Result<Page> {
    let (protocol, words) = (*rows.id, view.words);
    let mut commands = Vec::new();
    for row in &rows.commands {
        let mut flows = Vec::new();
        for flow in &row.replies {
            flows.push(Flow {
                code: *flow.code,
                reply: view.book.replies.get(&(protocol, *flow.code)).map(|reply| view.line(reply)),
                when: flow.note.as_deref().cloned().unwrap_or_default(),
                sources: view.cite(&flow.source)?,
            });
        }
        commands.push(Command {
            verb: row.verb.value.clone(),
            anchor: address::command_anchor(&row.verb),
            moment: view.moment(&row.verb)?,
            flows,
        });
    }
    let group = group(view, rows, |_| true);
    let codes: usize = group.classes.iter().map(|class| class.lines.len()).sum();
    let page = Page::new(view, "protocol.html", "home", address::protocol(view.language, protocol));
    let name = [("protocol", rows.name.as_str())];
    Ok(page
        .titled(words.fill("protocol.title", &name)?, words.fill("protocol.description", &name)?)
        .with(json!({ "group": group, "commands": commands, "codes": codes })))
}

fn page(view: &View<'_>, reply: &Reply<'_>) -> Result<Page> {
    let words = view.words;
    let line = view.line(reply);
    let code = reply.code.to_string();
    let gaps = [("code", code.as_str()), ("protocol", &line.protocol_name), ("title", &line.title)];
    let of = |entries, field| -> Result<Vec<_>> {
        let entries: &[replycode_catalog::Entry] = entries;
        entries.iter().map(|entry| view.sense(reply, entry, field)).collect()
    };
    let (mut senses, mut field) = (of(reply.senses, false)?, of(reply.field, true)?);
    let main = if senses.is_empty() { field.remove(0) } else { senses.remove(0) };
    let enhanced: Vec<Link> = view.book.enhanced_of(reply).into_iter().map(|code| view.enhanced(code)).collect();
    let answers = reply.answers().map(|verb| view.command(reply.protocol, verb)).collect::<Result<Vec<_>>>()?;
    let page = Page::new(view, "reply.html", "home", address::reply(view.language, reply.protocol, reply.code));
    Ok(page
        .titled(words.fill("reply.title", &gaps)?, line.meaning.clone())
        .json(machine::reply(reply.protocol, reply.code))
        .with(json!({
            "reply": line,
            "class": class(view, reply)?,
            "category": view.entry(&reply.category_row().entry)?,
            "category_digit": reply.code / 10 % 10,
            "main": main, "senses": senses, "field": field, "enhanced": enhanced, "answers": answers,
            "causes": causes(view, reply),
            "twins": twins(view, reply),
            "siblings": siblings(view, reply),
            "previous": neighbour(view, reply, true),
            "next": neighbour(view, reply, false),
            "protocol_path": address::protocol(view.language, reply.protocol),
        })))
}

fn class(view: &View<'_>, reply: &Reply<'_>) -> Result<serde_json::Value> {
    let entry = &reply.severity_row().entry;
    Ok(json!({
        "digit": reply.class(),
        "title": view.text(&entry.title),
        "meaning": view.text(&entry.meaning),
        "path": address::class(view.language, reply.class()),
    }))
}

/// What may be behind it; nothing behind a success.
fn causes(view: &View<'_>, reply: &Reply<'_>) -> Vec<CauseLine> {
    if !reply.severity().is_negative() {
        return Vec::new();
    }
    view.book.causes_of(reply).into_iter().map(|cause| view.cause(cause)).collect()
}

/// The same number in the other protocols.
fn twins(view: &View<'_>, reply: &Reply<'_>) -> Vec<Line> {
    let others = Protocol::ALL.iter().filter(|protocol| **protocol != reply.protocol);
    others.filter_map(|other| view.book.replies.get(&(*other, reply.code))).map(|reply| view.line(reply)).collect()
}

/// Codes with the same first and second digit's meaning.
fn siblings(view: &View<'_>, reply: &Reply<'_>) -> Vec<Line> {
    let same = |other: &&Reply<'_>| {
        other.code != reply.code && (other.severity(), other.category()) == (reply.severity(), reply.category())
    };
    view.book.replies(reply.protocol).filter(same).map(|reply| view.line(reply)).collect()
}

/// The code before or after it in the same protocol.
fn neighbour(view: &View<'_>, reply: &Reply<'_>, before: bool) -> Option<Line> {
    let mut all = view.book.replies(reply.protocol);
    let found = if before {
        all.take_while(|other| other.code < reply.code).last()
    } else {
        all.find(|other| other.code > reply.code)
    };
    found.map(|reply| view.line(reply))
}
