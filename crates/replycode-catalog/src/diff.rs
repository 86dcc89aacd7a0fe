//! What has changed between two catalogues, and whether it may.
//!
//! Ids and numbers are names of constants in programs that are compiled with them, so nothing may be removed, and no
//! id or number may come to mean something else. Everything else may change.

use std::collections::BTreeSet;
use std::fmt;

use replycode::Protocol;
use serde_json::{Map, Value};

use crate::item::{Item, items};
use crate::model::{CommandRows, Draft, Language, Model};

/// What has changed from one catalogue to another. It prints as a section of a change log in Markdown.
///
/// ```
/// # let base = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/base.yaml"));
/// use replycode_catalog::{check, diff, Source};
///
/// let model = |text: &str| check(&[Source { path: "catalog.yaml", text }]).unwrap();
/// let later = base.replace("2026.11.0", "2026.12.0").replace("Mailbox not available", "No such mailbox");
/// let changes = diff(&model(base), &model(&later));
/// assert!(changes.is_allowed());
/// assert_eq!(
///     changes.to_string(),
///     "## 2026.12.0\n\n### Changed\n\n- SMTP 550 `mailbox_unavailable`: title (`en`)\n"
/// );
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// The version of the newer catalogue; empty if the two have the same, so that it is not released yet.
    pub version: String,
    /// What is new.
    pub added: Vec<Change>,
    /// What says something else.
    pub changed: Vec<Change>,
    /// What should no longer be used.
    pub deprecated: Vec<Change>,
    /// What is gone, though it must not be.
    pub removed: Vec<Change>,
    /// Ids and numbers that mean something else now, though they must not.
    pub reused: Vec<Change>,
}

/// One thing that has changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What, for instance ``SMTP 550 `mailbox_unavailable` ``.
    pub what: String,
    /// How, for instance ``title (`en`)``.
    pub how: String,
}

/// What has changed from one catalogue to another.
pub fn diff(old: &Model, new: &Model) -> Changes {
    let (old, new) = (&old.draft, &new.draft);
    let mut changes = Changes::default();
    if *old.version != *new.version {
        changes.version.clone_from(&new.version);
    }
    changes.languages(old, new);
    changes.protocols(old, new);
    changes.entries(old, new);
    changes.commands(old, new);
    changes
}

impl Changes {
    /// Whether nothing was removed and no id or number re-used.
    pub fn is_allowed(&self) -> bool {
        self.removed.is_empty() && self.reused.is_empty()
    }

    /// Whether nothing has changed.
    pub fn is_empty(&self) -> bool {
        self.sections().iter().all(|(_, changes)| changes.is_empty())
    }

    fn sections(&self) -> [(&'static str, &[Change]); 5] {
        [
            ("Added", &self.added),
            ("Changed", &self.changed),
            ("Deprecated", &self.deprecated),
            ("Removed, which is not allowed", &self.removed),
            ("Used for something else, which is not allowed", &self.reused),
        ]
    }

    fn languages(&mut self, old: &Draft, new: &Draft) {
        let what = |language: &Language| format!("language `{}`", *language.id);
        for language in &old.languages {
            match new.languages.iter().find(|other| *other.id == *language.id) {
                None => push(&mut self.removed, what(language), "put it back: programs ask for it by its number"),
                Some(other) if *other.number != *language.number => {
                    push(&mut self.reused, what(language), renumbered(*language.number, *other.number));
                }
                Some(other) if *other.name != *language.name => {
                    push(&mut self.changed, what(language), format!("name {} -> {}", *language.name, *other.name));
                }
                Some(_) => {}
            }
        }
        for language in new.languages.iter().filter(|l| !old.languages.iter().any(|other| *other.id == *l.id)) {
            push(&mut self.added, what(language), &**language.name);
        }
    }

    fn protocols(&mut self, old: &Draft, new: &Draft) {
        let what = |id: Protocol| format!("protocol `{id}`");
        for rows in old.protocols.iter().filter(|rows| new.protocol(*rows.id).is_none()) {
            push(&mut self.removed, what(*rows.id), "put it back, with everything that it has");
        }
        for rows in new.protocols.iter().filter(|rows| old.protocol(*rows.id).is_none()) {
            push(&mut self.added, what(*rows.id), &**rows.name);
        }
    }

    /// Of the protocols that both have.
    fn entries(&mut self, old: &Draft, new: &Draft) {
        let of_both = |item: &Item<'_>| item.protocol.is_none_or(|id| old.protocol(id).and(new.protocol(id)).is_some());
        let olds: Vec<_> = items(old).into_iter().filter(of_both).collect();
        let news: Vec<_> = items(new).into_iter().filter(of_both).collect();
        let same = |a: &Item<'_>, b: &Item<'_>| a.namespace() == b.namespace() && *a.entry.id == *b.entry.id;
        for item in &olds {
            match news.iter().find(|other| same(item, other)) {
                None => push(&mut self.removed, item.name(), put_back(item, &olds, &news)),
                Some(other) if item.to_string() != other.to_string() => {
                    let how =
                        format!("the id belongs to {other} now; give that one an id of its own, and put this one back");
                    push(&mut self.reused, item.name(), how);
                }
                Some(other) => self.entry(item, other),
            }
        }
        let reference = new.reference().unwrap_or_default();
        for item in news.iter().filter(|item| !olds.iter().any(|other| same(item, other))) {
            push(&mut self.added, item.name(), item.entry.title.get(reference));
        }
    }

    fn entry(&mut self, old: &Item<'_>, new: &Item<'_>) {
        if let (None, Some(why)) = (&old.entry.deprecated, &new.entry.deprecated) {
            let instead = why.renamed_to.as_ref().map(|id| format!("; use `{}`", **id)).unwrap_or_default();
            push(&mut self.deprecated, new.name(), format!("{}{instead}", *why.reason));
        }
        let (mut before, mut after) = (fields(old), fields(new));
        if old.entry.deprecated.is_none() {
            after.shift_remove("deprecated");
        }
        if old.kind != new.kind {
            before.insert("kind".to_owned(), old.kind.id().into());
            after.insert("kind".to_owned(), new.kind.id().into());
        }
        let how = differences(&before, &after);
        if !how.is_empty() {
            push(&mut self.changed, new.name(), how.join("; "));
        }
    }

    fn commands(&mut self, old: &Draft, new: &Draft) {
        let list = |draft: &Draft, other: &Draft| -> Vec<(Protocol, CommandRows)> {
            let of_both = draft.protocols.iter().filter(|rows| other.protocol(*rows.id).is_some());
            of_both.flat_map(|rows| rows.commands.iter().map(|row| (*rows.id, row.clone()))).collect()
        };
        let (olds, news) = (list(old, new), list(new, old));
        let what = |(protocol, row): &(Protocol, CommandRows)| {
            format!("{} command `{}`", protocol.id().to_uppercase(), *row.verb)
        };
        for command in &olds {
            match news.iter().find(|other| what(other) == what(command)) {
                None => push(&mut self.removed, what(command), "put it back: programs name it by its number"),
                Some(other) if *other.1.number != *command.1.number => {
                    push(&mut self.reused, what(command), renumbered(*command.1.number, *other.1.number));
                }
                Some(other) => {
                    let how = answers(&command.1, &other.1);
                    if !how.is_empty() {
                        push(&mut self.changed, what(other), how);
                    }
                }
            }
        }
        for command in news.iter().filter(|command| !olds.iter().any(|other| what(other) == what(command))) {
            let codes: Vec<String> = codes(&command.1).iter().map(u16::to_string).collect();
            push(&mut self.added, what(command), format!("answered by {}", codes.join(", ")));
        }
    }
}

fn push(list: &mut Vec<Change>, what: String, how: impl Into<String>) {
    list.push(Change { what, how: how.into() });
}

fn renumbered(old: u16, new: u16) -> String {
    format!("its number was {old} and is {new} now; put {old} back: programs are compiled with it")
}

/// How to undo a removal; a new entry in the same place is likely to be the old one under another id.
fn put_back(item: &Item<'_>, olds: &[Item<'_>], news: &[Item<'_>]) -> String {
    let was_there = |id: &str| olds.iter().any(|old| old.namespace() == item.namespace() && *old.entry.id == id);
    let here = news.iter().filter(|new| new.namespace() == item.namespace() && new.to_string() == item.to_string());
    match here.filter(|new| !was_there(&new.entry.id)).map(|new| new.entry.id.as_str()).next() {
        Some(id) => format!("put it back with `deprecated: {{reason: ..., renamed_to: {id}}}`"),
        None => "put it back with `deprecated: {reason: ...}`".to_owned(),
    }
}

/// Everything that is said of an entry, as the canonical model has it.
fn fields(item: &Item<'_>) -> Map<String, Value> {
    match serde_json::to_value(item.row) {
        Ok(Value::Object(fields)) => fields,
        _ => Map::new(),
    }
}

/// The fields that differ. Words are named with their languages; what is short is shown.
fn differences(old: &Map<String, Value>, new: &Map<String, Value>) -> Vec<String> {
    let names: Vec<&String> = new.keys().chain(old.keys().filter(|name| !new.contains_key(*name))).collect();
    let differ = names.into_iter().filter(|name| old.get(*name) != new.get(*name));
    let shown = differ.map(|name| {
        let (old, new) = (old.get(name), new.get(name));
        if ["title", "meaning", "action", "note"].contains(&name.as_str()) {
            return format!("{name} ({})", languages(old, new).join(", "));
        }
        match (old.and_then(short), new.and_then(short)) {
            (Some(old), Some(new)) => format!("{name} {old} -> {new}"),
            (None, Some(new)) if old.is_none() => format!("{name} {new}"),
            _ if new.is_none() => format!("no {name}"),
            _ => name.clone(),
        }
    });
    shown.collect()
}

fn short(value: &Value) -> Option<String> {
    match value {
        Value::Number(number) => Some(number.to_string()),
        Value::String(text) if !text.contains(' ') => Some(text.clone()),
        Value::Array(items) => items.iter().map(short).collect::<Option<Vec<_>>>().map(|items| items.join(", ")),
        // A source: RFC and section.
        Value::Object(fields) => match (fields.get("rfc"), fields.get("section")) {
            (Some(rfc), Some(Value::String(section))) => Some(format!("RFC {rfc} {section}")),
            (Some(rfc), None) => Some(format!("RFC {rfc}")),
            // A verdict of its own.
            _ => fields.get("is").and_then(short),
        },
        _ => None,
    }
}

fn languages(old: Option<&Value>, new: Option<&Value>) -> Vec<String> {
    let tags = |value: Option<&Value>| value.and_then(Value::as_object).cloned().unwrap_or_default();
    let (old, new) = (tags(old), tags(new));
    let all = new.keys().chain(old.keys().filter(|tag| !new.contains_key(*tag)));
    all.filter(|tag| old.get(*tag) != new.get(*tag)).map(|tag| format!("`{tag}`")).collect()
}

fn codes(command: &CommandRows) -> BTreeSet<u16> {
    command.replies.iter().map(|flow| *flow.code).collect()
}

/// Which codes may answer a command now, and which no longer.
fn answers(old: &CommandRows, new: &CommandRows) -> String {
    let (old, new) = (codes(old), codes(new));
    let list = |codes: Vec<&u16>| codes.iter().map(|code| code.to_string()).collect::<Vec<_>>().join(", ");
    let (more, less) = (list(new.difference(&old).collect()), list(old.difference(&new).collect()));
    let parts = [("also answered by ", more), ("no longer answered by ", less)];
    let parts = parts.into_iter().filter(|(_, codes)| !codes.is_empty()).map(|(how, codes)| format!("{how}{codes}"));
    parts.collect::<Vec<_>>().join("; ")
}

impl fmt::Display for Changes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "## {}", if self.version.is_empty() { "Unreleased" } else { &self.version })?;
        if self.is_empty() {
            writeln!(f, "\nNo code, sense or text has changed.")?;
        }
        for (title, changes) in self.sections().into_iter().filter(|(_, changes)| !changes.is_empty()) {
            writeln!(f, "\n### {title}\n")?;
            for Change { what, how } in changes {
                writeln!(f, "- {what}: {how}")?;
            }
        }
        Ok(())
    }
}
