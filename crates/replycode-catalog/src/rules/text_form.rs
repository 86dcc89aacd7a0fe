//! Texts without stray blanks and control characters, in NFC, and in ASCII if English.

use unicode_normalization::{UnicodeNormalization, is_nfc};

use super::{Context, is_language, shown};
use crate::model::Entry;
use crate::node::Findings;
use crate::report::{Finding, Rule};
use crate::source::At;

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    for words in context.words() {
        let fault = fault(words.text).or_else(|| not_english(words.language, words.text));
        report(context, words.text, fault, findings);
    }
    let draft = context.draft;
    let names = draft.languages.iter().map(|language| &language.name);
    let names = names.chain(draft.protocols.iter().map(|rows| &rows.name));
    let plain = context.items.iter().flat_map(|item| plain_texts(item.entry));
    let flows = draft.protocols.iter().flat_map(|rows| &rows.commands).flat_map(|command| &command.replies);
    let flows = flows.flat_map(|flow| flow.note.iter().chain(&flow.source.section).chain(&flow.source.iana));
    for text in names.chain(plain).chain(flows) {
        report(context, text, fault(text), findings);
    }
}

/// The texts that have no language.
fn plain_texts(entry: &Entry) -> impl Iterator<Item = &At<String>> {
    let source = &entry.source;
    let deprecated = entry.deprecated.iter().flat_map(|why| [Some(&why.reason), why.note.as_ref()]).flatten();
    let optional = entry.phrase.iter().chain(&source.section).chain(&source.iana).chain(&source.field);
    optional.chain(&entry.aliases).chain(entry.verdict.iter().map(|verdict| &verdict.reason)).chain(deprecated)
}

/// What is wrong with a text: from which byte, how many, and what to do.
struct Fault {
    start: usize,
    len: usize,
    message: String,
    remedy: String,
}

fn report(context: &Context<'_>, text: &At<String>, fault: Option<Fault>, findings: &mut Findings) {
    let Some(fault) = fault else { return };
    let span = context.within(text, fault.start..fault.start + fault.len);
    findings.push(Finding::new(Rule::TextForm, span, fault.message, fault.remedy));
}

/// The first fault of a text, whatever its language.
fn fault(text: &str) -> Option<Fault> {
    let at = |start, len, message: String, remedy: String| Some(Fault { start, len, message, remedy });
    if text.trim().is_empty() {
        return at(0, text.len(), "this text is empty".to_owned(), "write it, or leave out its line".to_owned());
    }
    if let Some((start, c)) = text.char_indices().find(|&(_, c)| is_invisible(c)) {
        let message = format!("the text has the control or invisible character {}", shown(c));
        let remedy = "remove it; a text is one line, and whoever shows it breaks it where needed";
        return at(start, c.len_utf8(), message, remedy.to_owned());
    }
    let trimmed = text.trim_start();
    if trimmed.len() < text.len() {
        return at(0, text.len() - trimmed.len(), "the text begins with a blank".to_owned(), "remove it".to_owned());
    }
    let len = text.trim_end().len();
    if len < text.len() {
        return at(len, text.len() - len, "the text ends with a blank".to_owned(), "remove it".to_owned());
    }
    let mut pairs = text.char_indices().zip(text.chars().skip(1));
    if let Some(((start, first), second)) = pairs.find(|((_, a), b)| a.is_whitespace() && b.is_whitespace()) {
        let len = first.len_utf8() + second.len_utf8();
        return at(start, len, "two blanks follow each other".to_owned(), "remove one".to_owned());
    }
    if !is_nfc(text) {
        let same = text.chars().zip(text.nfc()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum::<usize>();
        let changed: String = text[same..].chars().take(2).collect();
        let message = format!("`{changed}` is not in Unicode's normal form C");
        let remedy = format!("write it as `{}`, composed into one character", changed.nfc());
        return at(same, changed.len(), message, remedy);
    }
    None
}

/// Control characters, and others that show nothing or that turn the direction of what follows.
pub(super) fn is_invisible(character: char) -> bool {
    character.is_control()
        || matches!(character,
        '\u{A0}' | '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
}

/// English texts are shown by devices and terminals that know nothing but ASCII.
fn not_english(language: &str, text: &str) -> Option<Fault> {
    let (start, character) = text.char_indices().find(|(_, c)| is_language(language, "en") && !c.is_ascii())?;
    Some(Fault {
        start,
        len: character.len_utf8(),
        message: format!("the English text has {}, which is not ASCII", shown(character)),
        remedy: match ascii(character) {
            Some(ascii) => format!("write `{ascii}`"),
            None => "say it in ASCII: status pages and terminals of devices often have nothing else".to_owned(),
        },
    })
}

/// What typists mean by what word processors make of it.
fn ascii(character: char) -> Option<&'static str> {
    Some(match character {
        '\u{2018}' | '\u{2019}' => "'",
        '\u{201C}' | '\u{201D}' => "\"",
        '\u{2010}'..='\u{2015}' | '\u{2212}' => "-",
        '\u{2026}' => "...",
        '\u{2192}' => "->",
        '\u{D7}' => "x",
        _ => return None,
    })
}
