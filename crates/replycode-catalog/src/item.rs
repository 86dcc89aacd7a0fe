//! Every entry of a catalogue in one list, each with what it is the entry of.

use std::fmt;

use replycode::{EntryKind, MalformedReason, Note, Protocol};

use crate::diagnosis::Cause;
use crate::model::{
    CategoryRow, ClassRow, DetailRow, Draft, EnhancedRows, Entry, MemberRow, NotReply, ReplyRows, SeverityRow,
    SubjectRow, Texts,
};
use crate::source::At;

/// An entry and what it is the entry of.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Item<'a> {
    pub(crate) kind: EntryKind,
    /// The protocol; none for enhanced status codes, causes, numbers that are no reply, and words of the parser.
    pub(crate) protocol: Option<Protocol>,
    /// The reply code, class, subject or number; 0 for a severity or category, which its id names.
    pub(crate) number: u16,
    /// The detail of an enhanced status code.
    pub(crate) detail: u16,
    pub(crate) entry: &'a Entry,
    pub(crate) row: Row<'a>,
}

/// The row with everything that is said of the entry.
#[derive(Clone, Copy, Debug, serde::Serialize)]
#[serde(untagged)]
pub(crate) enum Row<'a> {
    Sense(&'a Entry),
    Severity(&'a SeverityRow),
    Category(&'a CategoryRow),
    Class(&'a ClassRow),
    Subject(&'a SubjectRow),
    Detail(&'a DetailRow),
    NotReply(&'a NotReply),
    Cause(&'a Cause),
    Note(&'a MemberRow<Note>),
    Malformed(&'a MemberRow<MalformedReason>),
}

/// Every entry of a catalogue.
pub(crate) fn items(draft: &Draft) -> Vec<Item<'_>> {
    let mut items = Vec::new();
    for rows in &draft.protocols {
        let mut push = |kind, number, entry, row| {
            items.push(Item { kind, protocol: Some(*rows.id), number, detail: 0, entry, row });
        };
        rows.severities.iter().for_each(|row| push(EntryKind::Severity, 0, &row.entry, Row::Severity(row)));
        rows.categories.iter().for_each(|row| push(EntryKind::Category, 0, &row.entry, Row::Category(row)));
        for (kind, replies) in [(EntryKind::Sense, &rows.replies), (EntryKind::Field, &rows.field)] {
            let senses = replies.iter().flat_map(|reply| reply.senses.iter().map(|sense| (*reply.code, sense)));
            senses.for_each(|(code, sense)| push(kind, code, sense, Row::Sense(sense)));
        }
    }
    let mut push = |kind, number: &At<u16>, detail, entry, row| {
        items.push(Item { kind, protocol: None, number: **number, detail, entry, row });
    };
    let EnhancedRows { classes, subjects, details } = &draft.enhanced;
    classes.iter().for_each(|row| push(EntryKind::EnhancedClass, &row.class, 0, &row.entry, Row::Class(row)));
    subjects.iter().for_each(|row| push(EntryKind::EnhancedSubject, &row.subject, 0, &row.entry, Row::Subject(row)));
    for row in details {
        push(EntryKind::EnhancedDetail, &row.subject, *row.detail, &row.entry, Row::Detail(row));
    }
    let not_replies = draft.not_replies.iter();
    not_replies.for_each(|row| push(EntryKind::NotReply, &row.number, 0, &row.entry, Row::NotReply(row)));
    let causes = draft.diagnosis.causes.iter();
    causes.for_each(|row| push(EntryKind::Cause, &row.number, 0, &row.entry, Row::Cause(row)));
    draft.notes.iter().for_each(|row| push(EntryKind::Note, &row.number, 0, &row.entry, Row::Note(row)));
    let malformed = draft.malformed.iter();
    malformed.for_each(|row| push(EntryKind::Malformed, &row.number, 0, &row.entry, Row::Malformed(row)));
    items
}

impl<'a> Item<'a> {
    /// Among which entries its id must be unique.
    pub(crate) fn namespace(&self) -> Namespace {
        use EntryKind::*;
        let kind = match self.kind {
            Sense | Field => Sense,
            EnhancedClass | EnhancedSubject | EnhancedDetail => EnhancedDetail,
            kind => kind,
        };
        Namespace { kind, protocol: self.protocol }
    }

    /// The texts that have languages, by field; each step of a cause on its own.
    pub(crate) fn texts(&self) -> Vec<(&'static str, &'a Texts)> {
        match self.row {
            Row::Cause(cause) => {
                let steps = cause.steps.iter().map(|step| ("action", step));
                [("title", &cause.title), ("meaning", &cause.meaning)].into_iter().chain(steps).collect()
            }
            _ => self.entry.texts().into(),
        }
    }

    /// A word of the reply parser, whose id is the core's.
    pub(crate) fn is_parser_word(&self) -> bool {
        matches!(self.kind, EntryKind::Note | EntryKind::Malformed)
    }

    /// A meaning of a reply code, of an RFC or of the field.
    pub(crate) fn is_sense(&self) -> bool {
        matches!(self.kind, EntryKind::Sense | EntryKind::Field)
    }

    /// Its id in a report, behind what it is the entry of.
    pub(crate) fn name(&self) -> String {
        format!("{self} `{}`", *self.entry.id)
    }
}

/// What it is the entry of.
impl fmt::Display for Item<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(protocol) = self.protocol {
            write!(f, "{} ", protocol.id().to_uppercase())?;
        }
        match self.kind {
            EntryKind::Sense | EntryKind::Field => write!(f, "{}", self.number),
            EntryKind::Severity => f.write_str("severity"),
            EntryKind::Category => f.write_str("category"),
            EntryKind::EnhancedClass => write!(f, "{}.X.X", self.number),
            EntryKind::EnhancedSubject => write!(f, "X.{}.X", self.number),
            EntryKind::EnhancedDetail => write!(f, "X.{}.{}", self.number, self.detail),
            EntryKind::NotReply => write!(f, "number {}", self.number),
            EntryKind::Cause => write!(f, "cause {}", self.number),
            EntryKind::Note => write!(f, "note {}", self.number),
            EntryKind::Malformed => write!(f, "reason {}", self.number),
        }
    }
}

/// Entries among which an id is unique.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Namespace {
    kind: EntryKind,
    protocol: Option<Protocol>,
}

impl fmt::Display for Namespace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let protocol = self.protocol.map(|protocol| protocol.id().to_uppercase()).unwrap_or_default();
        match self.kind {
            EntryKind::Severity => write!(f, "the severities of {protocol}"),
            EntryKind::Category => write!(f, "the categories of {protocol}"),
            EntryKind::NotReply => f.write_str("the numbers that are no reply"),
            EntryKind::Cause => f.write_str("the causes"),
            EntryKind::EnhancedDetail => f.write_str("the enhanced status codes"),
            EntryKind::Note => f.write_str("the notes"),
            EntryKind::Malformed => f.write_str("the reasons of malformed replies"),
            _ => write!(f, "the senses of {protocol}, those of the field included"),
        }
    }
}

/// A code with its senses that are in use.
pub(crate) fn in_use(reply: &ReplyRows) -> impl Iterator<Item = &Entry> + Clone {
    reply.senses.iter().filter(|sense| sense.deprecated.is_none())
}
