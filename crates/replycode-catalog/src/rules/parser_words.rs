//! The words of the reply parser: its notes, and its reasons for which bytes are no reply. A catalogue that lists any of
//! them lists all, and a complete one lists them.

use replycode::{MalformedReason, Note};

use super::Context;
use crate::model::MemberRow;
use crate::node::Findings;
use crate::report::{Finding, Rule};
use crate::source::Span;

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    let draft = context.draft;
    let notes = Vocabulary { list: "notes", noun: "note", all: Note::ALL, word: |note| (note.number(), note.id()) };
    notes.check(&draft.notes, context, findings);
    let malformed = Vocabulary {
        list: "malformed",
        noun: "reason",
        all: MalformedReason::ALL,
        word: |reason| (reason.number(), reason.id()),
    };
    malformed.check(&draft.malformed, context, findings);
}

/// A vocabulary of the core, by number.
struct Vocabulary<T: 'static> {
    /// The field of the catalogue.
    list: &'static str,
    noun: &'static str,
    all: &'static [T],
    /// Number and id.
    word: fn(T) -> (u8, &'static str),
}

impl<T: Copy> Vocabulary<T> {
    fn check(&self, rows: &[MemberRow<T>], context: &Context<'_>, findings: &mut Findings) {
        let noun = self.noun;
        let mut before: Option<(u8, &Span)> = None;
        for row in rows {
            let (number, id) = (self.word)(row.member.value);
            if u16::from(number) != *row.number {
                findings.push(Finding::new(
                    Rule::ParserWords,
                    row.number.span.clone(),
                    format!("the {noun} `{id}` has the number {number}, not {}", *row.number),
                    format!("write `number: {number}`: the reply parser has it so, in every language"),
                ));
            }
            match before {
                Some((earlier, span)) if earlier > number => findings.push(
                    Finding::new(
                        Rule::ParserWords,
                        row.member.span.clone(),
                        format!("the {noun} `{id}` stands behind one with a greater number"),
                        "move the row to its place, in ascending order",
                    )
                    .beside(span.clone(), "it belongs before this one"),
                ),
                _ => before = Some((number, &row.member.span)),
            }
        }
        // Left out as a whole, they may be missing where nothing claims to be complete.
        if !context.partial && (context.draft.complete || !rows.is_empty()) {
            self.missing(rows, &context.draft.version.span, findings);
        }
    }

    fn missing(&self, rows: &[MemberRow<T>], whole: &Span, findings: &mut Findings) {
        let Some(last) = rows.last() else {
            let words = self.all.iter().map(|word| (self.word)(*word)).map(|(number, id)| format!("{id} {number}"));
            let words: Vec<String> = words.collect();
            findings.push(Finding::new(
                Rule::ParserWords,
                whole.clone(),
                format!("a complete catalogue lists the reply parser's {}s", self.noun),
                format!("add `{}:` with these ids and numbers: {}", self.list, words.join(", ")),
            ));
            return;
        };
        let numbers = || rows.iter().map(|row| (self.word)(row.member.value).0);
        for (number, id) in self.all.iter().map(|word| (self.word)(*word)) {
            if numbers().any(|listed| listed == number) {
                continue;
            }
            let next = rows.iter().zip(numbers()).find(|(_, listed)| *listed > number).map(|(row, _)| row);
            let (row, place) = next.map_or((last, "behind"), |next| (next, "before"));
            findings.push(Finding::new(
                Rule::ParserWords,
                row.member.span.clone(),
                format!("the {} `{id}` of the reply parser is not listed", self.noun),
                format!("add `- id: {id}` with `number: {number}` {place} this row"),
            ));
        }
    }
}
