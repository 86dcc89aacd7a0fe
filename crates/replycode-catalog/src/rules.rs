//! The rules that rows must keep, one file a subject.

mod codes;
mod commands;
mod constants;
mod deprecations;
mod digits;
mod encodable;
mod enhanced;
mod glossary;
mod ids;
mod japanese;
mod languages;
mod limits;
mod parser_words;
mod placeholders;
mod registered;
mod reviews;
mod senses;
mod sources;
mod text_form;
mod title_width;
mod translations;
mod verdicts;
mod version;

pub use constants::constant;

use std::ops::Range;

use crate::item::{Item, items};
use crate::model::Draft;
use crate::node::Findings;
use crate::source::{At, Source, Span};

/// Every subject. A rule looks at everything on its own, so that all faults show in one run.
const SUBJECTS: &[fn(&Context<'_>, &mut Findings)] = &[
    version::check,
    languages::check,
    codes::check,
    ids::check,
    parser_words::check,
    constants::check,
    limits::check,
    translations::check,
    title_width::check,
    text_form::check,
    encodable::check,
    glossary::check,
    japanese::check,
    placeholders::check,
    reviews::check,
    digits::check,
    verdicts::check,
    sources::check,
    senses::check,
    commands::check,
    enhanced::check,
    deprecations::check,
    registered::check,
];

/// Looks at everything.
pub(crate) fn check(draft: &Draft, sources: &[Source<'_>], partial: bool, findings: &mut Findings) {
    let context = Context { draft, items: items(draft), sources, partial };
    for subject in SUBJECTS {
        subject(&context, findings);
    }
}

/// Looks at causes that lie over a catalogue, whose languages are those of the draft; a text may be missing in some.
pub(crate) fn check_causes(draft: &Draft, sources: &[Source<'_>], findings: &mut Findings) {
    let context = Context { draft, items: items(draft), sources, partial: true };
    for subject in [ids::check, translations::check_named, title_width::check, text_form::check] {
        subject(&context, findings);
    }
}

/// What rules look at.
struct Context<'a> {
    draft: &'a Draft,
    items: Vec<Item<'a>>,
    sources: &'a [Source<'a>],
    /// Some rows could not be read and were left out, so nothing can be said to be missing.
    partial: bool,
}

/// A text of an entry in one language.
#[derive(Clone, Copy)]
struct Words<'a> {
    item: Item<'a>,
    /// `title`, `meaning`, `action` or `note`.
    field: &'static str,
    language: &'a str,
    text: &'a At<String>,
}

impl<'a> Context<'a> {
    /// Every text that has a language.
    fn words(&self) -> impl Iterator<Item = Words<'a>> {
        self.items.iter().flat_map(|&item| {
            item.texts().into_iter().flat_map(move |(field, texts)| {
                let rows = texts.rows.iter();
                rows.map(move |(language, text)| Words { item, field, language: language.as_str(), text })
            })
        })
    }

    /// The place of a part of a text; all of it where quotes with escapes or folded lines hide the part.
    fn within(&self, text: &At<String>, part: Range<usize>) -> Span {
        let span = &text.span;
        if part.is_empty() {
            return span.clone();
        }
        let written = self.sources.get(span.file).and_then(|source| source.text.get(span.start..span.end));
        let Some((written, wanted)) = written.zip(text.value.get(..part.end)) else { return span.clone() };
        let quote = usize::from(written.starts_with(['"', '\'']));
        match written.get(quote..) {
            Some(inside) if inside.starts_with(wanted) => {
                let start = span.start + quote;
                Span::new(span.file, start + part.start..start + part.end)
            }
            _ => span.clone(),
        }
    }
}

/// A character as reports show it.
fn shown(character: char) -> String {
    let number = u32::from(character);
    if character.is_whitespace() || text_form::is_invisible(character) {
        format!("U+{number:04X}")
    } else {
        format!("`{character}` (U+{number:04X})")
    }
}

/// `a`, `b` and `c`.
fn listed(items: &[&str]) -> String {
    let quoted: Vec<String> = items.iter().map(|item| format!("`{item}`")).collect();
    match quoted.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => quoted.concat(),
    }
}

/// Whether a tag is a language or one of its regional forms.
fn is_language(tag: &str, language: &str) -> bool {
    tag.strip_prefix(language).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
}
