//! What the generated tables can hold: see `replycode::tables`.

use std::collections::HashMap;

use replycode::EntryKind;
use replycode::tables::NONE;

use super::Context;
use crate::item::Item;
use crate::model::Language;
use crate::node::Findings;
use crate::report::{Finding, Rule};
use crate::source::Span;

/// The codes of all protocols: an index entry is a byte, and 0 says "none".
const CODES: usize = u8::MAX as usize;
/// The commands of all protocols: a place in their list is a byte.
const COMMANDS: usize = u8::MAX as usize;
/// The length of a part of a list, for instance of the commands of one sense.
const PART: usize = u8::MAX as usize;
/// What to do when rows are too many, and when texts are too long.
const FEWER: &str = "leave out what is needed least: the generated tables count these in one byte";
const SHORTER: &str = "shorten the longest of them: the generated tables find these by 16 bits";
/// The length of a list whose parts are found by 16 bits; also the bytes of a pool, the NULs included.
const LIST: usize = u16::MAX as usize;

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    let mut counter = Counter { findings, counts: HashMap::new() };
    let mut codes = std::collections::BTreeSet::new();
    for rows in &context.draft.protocols {
        for reply in rows.replies.iter().chain(&rows.field) {
            counter.part("senses of one code", reply.senses.len(), &reply.code.span);
            if codes.insert((*rows.id, *reply.code)) {
                counter.add("codes of all protocols", 1, CODES, &reply.code.span);
            }
        }
        for command in &rows.commands {
            counter.add("commands of all protocols", 1, COMMANDS, &command.verb.span);
        }
    }
    for item in &context.items {
        counter.entry(item, &context.draft.languages);
    }
    for row in &context.draft.enhanced.details {
        counter.part("basic codes of one detail", row.codes.len(), &row.entry.id.span);
        counter.add("basic codes of all details", row.codes.len(), LIST, &row.entry.id.span);
    }
}

/// Counts what a table holds, and reports the row with which it overflows.
struct Counter<'f> {
    findings: &'f mut Findings,
    counts: HashMap<String, usize>,
}

impl Counter<'_> {
    fn entry(&mut self, item: &Item<'_>, languages: &[Language]) {
        let entry = item.entry;
        let id = &entry.id.span;
        let section = match item.kind {
            EntryKind::EnhancedClass | EntryKind::EnhancedSubject | EntryKind::EnhancedDetail => {
                "enhanced status codes"
            }
            EntryKind::Cause => "causes",
            _ => "replies",
        };
        self.add(&format!("entries of {section}"), 1, usize::from(NONE), id);
        self.part("commands in one sense", entry.commands.len(), id);
        self.add("commands named by senses", entry.commands.len(), LIST, id);
        self.part("enhanced codes of one sense", entry.enhanced.len(), id);
        self.add("enhanced codes named by senses", entry.enhanced.len(), LIST, id);

        let source = [&entry.source.section, &entry.source.iana, &entry.source.field];
        let source = source.into_iter().flatten().next().map_or(0, |text| text.len());
        let aliases = entry.aliases.iter().map(|alias| alias.len() + 1).sum::<usize>().saturating_sub(1);
        let phrase = entry.phrase.as_ref().map_or(0, |phrase| phrase.len());
        for (kind, bytes) in [("ids", entry.id.len()), ("phrases", phrase), ("sources", source), ("aliases", aliases)] {
            self.pool(section, kind, bytes, id);
        }
        for (field, texts) in entry.texts() {
            for language in languages {
                let kind = format!("{field}s in `{}`", *language.id);
                self.pool(section, &kind, texts.get(&language.id).len(), id);
            }
        }
    }

    /// A text with its NUL, which is there even if the text is not.
    fn pool(&mut self, section: &str, kind: &str, bytes: usize, at: &Span) {
        self.add(&format!("bytes of {kind} of {section}"), bytes + 1, LIST, at);
    }

    fn part(&mut self, what: &str, count: usize, at: &Span) {
        if count > PART {
            self.report(what, PART, at);
        }
    }

    fn add(&mut self, what: &str, count: usize, most: usize, at: &Span) {
        let total = self.counts.entry(what.to_owned()).or_default();
        let before = *total;
        *total += count;
        // Once only: every further row overflows as well.
        if before <= most && *total > most {
            self.report(what, most, at);
        }
    }

    fn report(&mut self, what: &str, most: usize, at: &Span) {
        let message = format!("with this row there are more than {most} {what}");
        let remedy = if most <= PART { FEWER } else { SHORTER };
        self.findings.push(Finding::new(Rule::TooMany, at.clone(), message, remedy));
    }
}
