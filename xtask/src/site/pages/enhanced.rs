//! Pages of enhanced status codes: all of them, a page a class, a subject, a detail.

use std::collections::BTreeSet;

use anyhow::Result;
use replycode::Enhanced;
use replycode_catalog::{ClassRow, DetailRow, SubjectRow};
use serde::Serialize;
use serde_json::json;

use super::Page;
use crate::site::address;
use crate::site::machine;
use crate::site::view::{Line, Link, View, class_verdict};

pub(super) fn pages(view: &View<'_>) -> Result<Vec<Page>> {
    let rows = view.book.model.enhanced();
    let mut pages = vec![index(view)?];
    for row in &rows.classes {
        pages.push(class(view, row)?);
    }
    for row in &rows.subjects {
        pages.push(subject(view, row)?);
    }
    for row in &rows.details {
        pages.push(detail(view, row)?);
    }
    Ok(pages)
}

/// What enhanced codes are called in addresses.
fn name(row: &DetailRow) -> String {
    format!("x.{}.{}", *row.subject, *row.detail)
}

fn class_link(view: &View<'_>, row: &ClassRow) -> Link {
    Link {
        label: format!("{}.X.X", *row.class),
        path: address::enhanced(view.language, &row.class.to_string()),
        title: view.text(&row.entry.title).to_owned(),
    }
}

fn subject_link(view: &View<'_>, row: &SubjectRow) -> Link {
    Link {
        label: format!("X.{}.X", *row.subject),
        path: address::enhanced(view.language, &format!("x.{}", *row.subject)),
        title: view.text(&row.entry.title).to_owned(),
    }
}

fn detail_link(view: &View<'_>, row: &DetailRow) -> Link {
    Link {
        label: name(row).to_uppercase(),
        path: address::enhanced(view.language, &name(row)),
        title: view.text(&row.entry.title).to_owned(),
    }
}

fn details<'a>(view: &View<'a>, subject: u16) -> impl Iterator<Item = &'a DetailRow> {
    view.book.model.enhanced().details.iter().filter(move |row| *row.subject == subject)
}

fn index(view: &View<'_>) -> Result<Page> {
    let (words, rows) = (view.words, view.book.model.enhanced());
    let subjects: Vec<_> = rows
        .subjects
        .iter()
        .map(|row| {
            let details: Vec<_> = details(view, *row.subject).map(|row| detail_link(view, row)).collect();
            json!({ "link": subject_link(view, row), "details": details })
        })
        .collect();
    let classes: Vec<_> = rows.classes.iter().map(|row| class_row(view, row)).collect();
    let page = Page::new(view, "enhanced.html", "enhanced", address::single(view.language, "enhanced"));
    Ok(page
        .titled(words.get("enhanced.title")?, words.get("enhanced.description")?)
        .with(json!({ "classes": classes, "subjects": subjects })))
}

/// A class as a line: link and verdict.
fn class_row(view: &View<'_>, row: &ClassRow) -> serde_json::Value {
    let digit = u8::try_from(*row.class).unwrap_or_default();
    json!({ "link": class_link(view, row), "verdict": class_verdict(digit).id() })
}

fn class(view: &View<'_>, row: &ClassRow) -> Result<Page> {
    let link = class_link(view, row);
    let title = view.words.fill("enhanced.page_title", &[("code", &link.label), ("title", &link.title)])?;
    let digit = u8::try_from(*row.class).unwrap_or_default();
    let subjects: Vec<_> = view.book.model.enhanced().subjects.iter().map(|row| subject_link(view, row)).collect();
    let page = Page::new(view, "enhanced_group.html", "enhanced", link.path.clone());
    Ok(page.titled(title, view.text(&row.entry.meaning)).with(json!({
        "kind": view.words.get("enhanced.class_kind")?,
        "heading": view.words.get("enhanced.subjects")?,
        "verdict": class_verdict(digit).id(),
        "telling": view.entry(&row.entry)?,
        "links": subjects,
        "unregistered": [],
        "it": link,
    })))
}

/// A detail that providers use without registration, and the replies it came with.
#[derive(Serialize)]
struct Unregistered {
    code: String,
    lines: Vec<Line>,
}

fn subject(view: &View<'_>, row: &SubjectRow) -> Result<Page> {
    let link = subject_link(view, row);
    let title = view.words.fill("enhanced.page_title", &[("code", &link.label), ("title", &link.title)])?;
    let links: Vec<_> = details(view, *row.subject).map(|row| detail_link(view, row)).collect();
    let mut codes: Vec<Enhanced> = view.book.replies.values().flat_map(|reply| view.book.enhanced_of(reply)).collect();
    codes.retain(|code| code.subject() == *row.subject && view.book.detail(*code).is_none());
    codes.sort_unstable();
    codes.dedup();
    let unregistered: Vec<_> = codes
        .into_iter()
        .map(|code| {
            let with = view.book.replies_with(code.subject(), code.detail());
            Unregistered { code: code.to_string(), lines: with.map(|reply| view.line(reply)).collect() }
        })
        .collect();
    let page = Page::new(view, "enhanced_group.html", "enhanced", link.path.clone());
    Ok(page.titled(title, view.text(&row.entry.meaning)).with(json!({
        "kind": view.words.get("enhanced.subject_kind")?,
        "heading": view.words.get("enhanced.details")?,
        "verdict": "",
        "telling": view.entry(&row.entry)?,
        "it": link,
        "links": links, "unregistered": unregistered,
    })))
}

/// The classes that a detail is used with: those of the replies that come with it, and of failures if it is one.
fn classes_of(view: &View<'_>, row: &DetailRow) -> BTreeSet<u16> {
    let registered = row.codes.iter().map(|code| if **code < 10 { **code } else { **code / 100 });
    let entries = view.book.replies.values().flat_map(|reply| reply.entries());
    let named = entries.flat_map(|entry| entry.enhanced.iter());
    let named = named.filter(|code| (code.subject(), code.detail()) == (*row.subject, *row.detail));
    let mut classes: BTreeSet<u16> = registered.chain(named.map(|code| u16::from(code.class()))).collect();
    // The registry gives every detail to any class; one that no success is known to have means a failure.
    if classes.iter().all(|class| *class != 2) {
        classes.extend([4, 5]);
    }
    classes
}

/// A detail under one class.
#[derive(Serialize)]
struct InClass {
    code: String,
    class: Link,
    verdict: &'static str,
}

fn detail(view: &View<'_>, row: &DetailRow) -> Result<Page> {
    let link = detail_link(view, row);
    let title = view.words.fill("enhanced.page_title", &[("code", &link.label), ("title", &link.title)])?;
    let rows = view.book.model.enhanced();
    let known = classes_of(view, row);
    let by_class: Vec<_> = rows
        .classes
        .iter()
        .filter(|class| known.contains(&*class.class))
        .map(|class| InClass {
            code: format!("{}.{}.{}", *class.class, *row.subject, *row.detail),
            class: class_link(view, class),
            verdict: class_verdict(u8::try_from(*class.class).unwrap_or_default()).id(),
        })
        .collect();
    let replies: Vec<_> = view.book.replies_with(*row.subject, *row.detail).map(|reply| view.line(reply)).collect();
    let causes = view.book.causes_of_detail(*row.subject, *row.detail);
    let causes: Vec<_> = causes.into_iter().map(|cause| view.cause(cause)).collect();
    // A single digit stands for every code that begins with it.
    let whole: Vec<_> = row
        .codes
        .iter()
        .filter(|code| ***code < 10)
        .map(|digit| json!({ "digit": **digit, "path": address::class(view.language, **digit) }))
        .collect();
    let subject = rows.subjects.iter().find(|subject| *subject.subject == *row.subject);
    let siblings: Vec<_> = details(view, *row.subject)
        .filter(|other| *other.detail != *row.detail)
        .map(|row| detail_link(view, row))
        .collect();
    let page = Page::new(view, "enhanced_detail.html", "enhanced", link.path.clone());
    Ok(page.titled(title, view.text(&row.entry.meaning)).json(machine::enhanced(&name(row))).with(json!({
        "telling": view.entry(&row.entry)?,
        "subject": subject.map(|row| subject_link(view, row)),
        "causes": causes,
        "it": link,
        "by_class": by_class, "replies": replies, "whole": whole, "siblings": siblings,
    })))
}
