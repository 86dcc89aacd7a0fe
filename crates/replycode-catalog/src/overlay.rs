//! Lays an overlay over a catalogue, tree over tree, before any row is read: what comes out is one catalogue, whose
//! every node still knows the file that it stands in, and which has to keep every rule.
//!
//! What an overlay looks like is told at the head of the crate.

use replycode::Protocol;

use crate::model::Draft;
use crate::node::{Findings, Node, Value};
use crate::report::{Finding, Rule};
use crate::source::{At, Span};

/// A list whose rows an overlay can name.
struct List {
    field: &'static str,
    /// What a row is.
    noun: &'static str,
    /// The fields that name a row; none where every row of the overlay is a new one.
    keys: &'static [&'static str],
    /// Why the overlay cannot add a row, and what to do; `None` if it can.
    closed: Option<&'static str>,
    /// The fields that the overlay may change in a row of the base.
    open: &'static [&'static str],
    /// The lists in a row.
    lists: &'static [List],
}

/// What is said of an entry, as opposed to what it is.
const WORDS: &[&str] = &["title", "meaning", "action", "note", "reviewed", "aliases"];
/// A vendor may know better what its devices should do.
const WORDS_AND_VERDICT: &[&str] = &["title", "meaning", "action", "note", "reviewed", "aliases", "verdict"];
/// The fields that hold one text a language: the overlay's are added to the base's.
const TRANSLATED: &[&str] = &["title", "meaning", "action", "note", "reviewed"];

const TO_FIELD: Option<&str> = Some("correct it; a code or sense of your own goes under the protocol's `field:`");
const FIXED: Option<&str> = Some("correct it; an overlay changes the words of what there is");

const CAUSES: List =
    List { field: "causes", noun: "cause", keys: &["id"], closed: None, open: WORDS_AND_VERDICT, lists: &[] };

const LISTS: &[List] = &[
    List { field: "languages", noun: "language", keys: &["id"], closed: None, open: &["name"], lists: &[] },
    List { field: "protocols", noun: "protocol", keys: &["id"], closed: FIXED, open: &[], lists: PROTOCOL },
    List { field: "not_replies", noun: "number", keys: &["number"], closed: None, open: WORDS_AND_VERDICT, lists: &[] },
    CAUSES,
    List { field: RULES, noun: "rule", keys: &["id"], closed: None, open: &[], lists: &[] },
    List { field: "notes", noun: "note", keys: &["id"], closed: FIXED, open: WORDS, lists: &[] },
    List { field: "malformed", noun: "reason", keys: &["id"], closed: FIXED, open: WORDS, lists: &[] },
];

/// The list whose order decides: rules of an overlay come before those under it, so that a site's own words count.
const RULES: &str = "rules";

const PROTOCOL: &[List] = &[
    List { field: "severities", noun: "severity", keys: &["id"], closed: FIXED, open: WORDS, lists: &[] },
    List { field: "categories", noun: "category", keys: &["id"], closed: FIXED, open: WORDS, lists: &[] },
    List {
        field: "replies",
        noun: "code",
        keys: &["code"],
        closed: TO_FIELD,
        open: &[],
        lists: &[List {
            field: "senses",
            noun: "sense",
            keys: &["id"],
            closed: TO_FIELD,
            open: WORDS_AND_VERDICT,
            lists: &[],
        }],
    },
    List {
        field: "field",
        noun: "code",
        keys: &["code"],
        closed: None,
        open: &[],
        lists: &[List {
            field: "senses",
            noun: "sense",
            keys: &["id"],
            closed: None,
            open: WORDS_AND_VERDICT,
            lists: &[],
        }],
    },
    List {
        field: "commands",
        noun: "command",
        keys: &["verb"],
        closed: None,
        open: &[],
        lists: &[List { field: "replies", noun: "answer", keys: &[], closed: None, open: &[], lists: &[] }],
    },
];

const ENHANCED: List =
    List { field: "enhanced", noun: "section", keys: &[], closed: FIXED, open: &[], lists: ENHANCED_LISTS };

const ENHANCED_LISTS: &[List] = &[
    List { field: "classes", noun: "enhanced class", keys: &["class"], closed: FIXED, open: WORDS, lists: &[] },
    List { field: "subjects", noun: "enhanced subject", keys: &["subject"], closed: FIXED, open: WORDS, lists: &[] },
    List {
        field: "details",
        noun: "enhanced detail",
        keys: &["subject", "detail"],
        closed: None,
        open: WORDS,
        lists: &[],
    },
];

/// The fields by which rows are in ascending order.
const ASCENDING: &[&str] = &["code", "number", "class", "subject", "detail"];

/// Whether a file says that it is an overlay.
pub(crate) fn is_overlay(root: &Node) -> bool {
    root.field("overlay").is_some()
}

/// Lays an overlay over a base.
pub(crate) fn lay(base: &mut Node, overlay: Node, findings: &mut Findings) {
    let span = overlay.span.clone();
    let Some(fields) = overlay.into_map("the fields of an overlay", findings) else { return };
    if !fields.iter().any(|(key, _)| key.as_str() == "version") {
        let message = "this overlay has no `version`";
        let remedy = "add `version: ...`, the base's with a suffix of yours, for instance `2026.11.0+acme.1`";
        let place = fields.first().map_or(span, |(key, _)| key.span.clone());
        findings.push(Finding::new(Rule::MissingField, place, message, remedy));
    }
    for (key, node) in fields {
        match key.as_str() {
            "overlay" => check_marker(&node, findings),
            // Read by `only`.
            "only" => {}
            "version" => set_version(base, key, node, findings),
            "enhanced" => match base.field_mut("enhanced") {
                Some(base) => lay_fields(base, node, &ENHANCED, "the enhanced status codes", "", findings),
                None => base.push(key, node),
            },
            name => match LISTS.iter().find(|list| list.field == name) {
                Some(list) => lay_list(base, key, node, list, "", findings),
                // A setting of the base, or unknown to the schema, which will say so.
                None if base.field(name).is_none() && !["complete", "reviews"].contains(&name) => base.push(key, node),
                None => findings.push(refused(&key.span, &format!("`{name}` of the catalogue"))),
            },
        }
    }
}

fn refused(at: &Span, what: &str) -> Finding {
    let message = format!("an overlay cannot change {what}");
    Finding::new(
        Rule::Overlay,
        at.clone(),
        message,
        "remove it; what is not a matter of words stays as the catalogue under the overlay has it",
    )
}

fn check_marker(node: &Node, findings: &mut Findings) {
    if node.scalar() != Some("true") {
        let remedy = "write `overlay: true`";
        findings.push(Finding::new(Rule::Word, node.span.clone(), "`overlay` has another value than `true`", remedy));
    }
}

fn set_version(base: &mut Node, key: At<String>, node: Node, findings: &mut Findings) {
    match base.field_mut("version") {
        Some(version) if version.scalar() == node.scalar() => findings.push(
            Finding::new(
                Rule::Overlay,
                node.span,
                "the overlay has the version of the catalogue under it",
                "add a suffix of yours, for instance `+acme.1`, so that the two can be told apart",
            )
            .beside(version.span.clone(), "the version under it"),
        ),
        Some(version) => *version = node,
        None => base.push(key, node),
    }
}

/// Lays a row of a cause over the cause with that id.
pub(crate) fn lay_cause(base: &mut Node, row: Node, id: &str, findings: &mut Findings) {
    lay_fields(base, row, &CAUSES, &title(&CAUSES, &[id.to_owned()], ""), "", findings);
}

/// Lays the rows of a list over those of the base's list of that name.
fn lay_list(base: &mut Node, key: At<String>, overlay: Node, list: &List, within: &str, findings: &mut Findings) {
    let span = overlay.span.clone();
    let Some(rows) = overlay.into_list(findings) else { return };
    if base.field(list.field).is_none() {
        base.push(key, Node { value: Value::List(Vec::new()), span });
    }
    // A base that is no list is reported by the schema.
    let Some(Value::List(target)) = base.field_mut(list.field).map(|node| &mut node.value) else { return };
    let mut seen: Vec<(Vec<String>, Span)> = Vec::new();
    let mut before = 0..;
    let mut insert = |target: &mut Vec<Node>, row: Node| match list.field {
        RULES => target.insert(before.next().unwrap_or_default(), row),
        _ => insert(target, row),
    };
    for row in rows {
        let Some(name) = name(&row, list) else {
            // Without a name it can only be new; if it lacks one, the schema says so.
            insert(target, row);
            continue;
        };
        let place = row.field(list.keys[list.keys.len() - 1]).map_or(&row.span, |node| &node.span).clone();
        if let Some((_, first)) = seen.iter().find(|(earlier, _)| *earlier == name) {
            let rule = if ASCENDING.contains(&list.keys[0]) { Rule::DuplicateCode } else { Rule::DuplicateId };
            let message = format!("{} stands twice in this overlay", title(list, &name, within));
            let finding = Finding::new(rule, place.clone(), message, "merge the two");
            findings.push(finding.beside(first.clone(), "the first"));
        }
        let under = target.iter_mut().find(|under| self::name(under, list).as_ref() == Some(&name));
        match (under, list.closed) {
            (Some(under), _) => {
                let title = title(list, &name, within);
                let within = inside(list, &name, &title);
                lay_fields(under, row, list, &title, &within, findings);
            }
            (None, None) => insert(target, row),
            (None, Some(remedy)) => {
                let message = format!("the catalogue under the overlay has no {}", title(list, &name, within));
                findings.push(Finding::new(Rule::Overlay, place.clone(), message, remedy));
            }
        }
        seen.push((name, place));
    }
}

/// Lays the fields of a row over those of the base's row.
fn lay_fields(base: &mut Node, overlay: Node, list: &List, title: &str, within: &str, findings: &mut Findings) {
    let (lists, open) = (list.lists, list.open);
    let Some(fields) = overlay.into_map("the fields of a row", findings) else { return };
    for (key, node) in fields {
        let name = key.as_str();
        if let Some(list) = lists.iter().find(|list| list.field == name) {
            lay_list(base, key, node, list, within, findings);
            continue;
        }
        let under = base.field_mut(name);
        match under {
            // The steps of a cause are a list, which is replaced as a whole.
            Some(under) if open.contains(&name) && TRANSLATED.contains(&name) && !node.is_list() => {
                lay_texts(under, node, findings);
            }
            Some(under) if open.contains(&name) => *under = node,
            Some(under) if under.scalar().is_some() && under.scalar() == node.scalar() => {}
            None if open.contains(&name) || !crate::schema::FACTS.contains(&name) => base.push(key, node),
            _ => findings.push(refused(&key.span, &format!("`{name}` of {title}"))),
        }
    }
}

fn lay_texts(base: &mut Node, overlay: Node, findings: &mut Findings) {
    let Some(texts) = overlay.into_map("a text in each language, `{en: ..., ja: ...}`", findings) else { return };
    for (language, text) in texts {
        match base.field_mut(&language) {
            Some(under) => *under = text,
            None => base.push(language, text),
        }
    }
}

/// What names a row.
fn name(row: &Node, list: &List) -> Option<Vec<String>> {
    let keys = list.keys.iter().map(|key| row.field(key)?.scalar().map(str::to_owned));
    keys.collect::<Option<Vec<String>>>().filter(|keys| !keys.is_empty())
}

/// A row of a list as reports call it; `within` is what its list is part of.
fn title(list: &List, name: &[String], within: &str) -> String {
    let name = name.join(".");
    match list.field {
        "replies" | "field" => format!("{within} {name}"),
        _ if within.is_empty() => format!("{} `{name}`", list.noun),
        _ => format!("{} `{name}` of {within}", list.noun),
    }
}

/// What its lists are part of.
fn inside(list: &List, name: &[String], title: &str) -> String {
    if list.field == "protocols" { name.concat().to_uppercase() } else { title.to_owned() }
}

/// Puts a new row in its place among ascending ones, or at the end.
fn insert(rows: &mut Vec<Node>, row: Node) {
    let number = |row: &Node| -> Vec<u32> {
        let numbers = ASCENDING.iter().filter_map(|key| row.field(key)?.scalar()?.parse().ok());
        numbers.collect()
    };
    let new = number(&row);
    let place = if new.is_empty() { None } else { rows.iter().position(|other| number(other) > new) };
    rows.insert(place.unwrap_or(rows.len()), row);
}

/// The protocols to which an overlay narrows the catalogue, if it does.
pub(crate) fn only(overlay: &Node, findings: &mut Findings) -> Option<Vec<At<Protocol>>> {
    let node = overlay.field("only")?;
    let before = findings.len();
    let protocols = node.list(findings, |item, findings| item.word("write one of these", findings));
    if protocols.is_empty() && findings.len() == before {
        let remedy = "name the protocols to keep, for instance `only: [smtp]`, or leave the line out";
        findings.push(Finding::new(Rule::Overlay, node.span.clone(), "`only` keeps no protocol", remedy));
    }
    Some(protocols)
}

/// Leaves out the protocols that an overlay does not keep, and with SMTP the enhanced status codes, which are its own.
pub(crate) fn narrow(draft: &mut Draft, only: &[At<Protocol>], overlay: &Node, findings: &mut Findings) {
    for protocol in only {
        if draft.protocol(protocol.value).is_none() {
            let message = format!("the catalogue has no `{}` to keep", protocol.value);
            findings.push(Finding::new(Rule::Overlay, protocol.span.clone(), message, "correct it, or leave it out"));
        }
    }
    let kept = |id: Protocol| only.iter().any(|protocol| protocol.value == id);
    let lost = |span: &Span, what: &str| {
        let message = format!("`only` leaves out {what}, and this with it");
        Finding::new(Rule::Overlay, span.clone(), message, "remove one of the two")
    };
    let rows = match overlay.field("protocols").map(|node| &node.value) {
        Some(Value::List(rows)) => rows.as_slice(),
        _ => &[],
    };
    for id in rows.iter().filter_map(|row| row.field("id")) {
        if id.scalar().and_then(|id| id.parse().ok()).is_some_and(|id: Protocol| !kept(id)) {
            findings.push(lost(&id.span, &format!("`{}`", id.scalar().unwrap_or_default())));
        }
    }
    if !kept(Protocol::Smtp) {
        if let Some(enhanced) = overlay.field("enhanced") {
            findings.push(lost(&enhanced.span, "`smtp`, to which the enhanced status codes belong"));
        }
        draft.enhanced = Default::default();
    }
    draft.protocols.retain(|rows| kept(*rows.id));
    draft.diagnosis.rules.retain(|rule| rule.when.protocols().iter().any(|&protocol| kept(protocol)));
}
