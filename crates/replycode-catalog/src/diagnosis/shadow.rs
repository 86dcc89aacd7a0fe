//! Whether an earlier rule leaves nothing to a later one.

use replycode::{Protocol, ReplyCode, Severity};

use super::rows::When;
use crate::source::At;

/// A condition with the set of codes that it admits.
pub(crate) struct Reach<'a> {
    pub(crate) when: &'a When,
    codes: Vec<bool>,
}

/// What may be known of the severity where no code is known.
const WITHOUT_CODE: [Option<Severity>; 4] =
    [None, Some(Severity::Completion), Some(Severity::Transient), Some(Severity::Permanent)];

impl<'a> Reach<'a> {
    pub(crate) fn new(when: &'a When) -> Self {
        let mut codes = Vec::new();
        for &protocol in Protocol::ALL {
            let mine = when.protocols().contains(&protocol);
            for code in (ReplyCode::MIN.get()..=ReplyCode::MAX.get()).filter_map(ReplyCode::new) {
                codes.push(mine && admits(when, Some(code.get()), Some(Severity::of(protocol, code))));
            }
            codes.extend(WITHOUT_CODE.map(|severity| mine && admits(when, None, severity)));
        }
        Reach { when, codes }
    }

    /// Whether this condition holds for every reply for which the other holds because of a phrase, or at all if the
    /// other asks for none.
    pub(crate) fn takes_all_of(&self, other: &Reach<'_>, phrase: Option<&str>) -> bool {
        let (a, b) = (self.when, other.when);
        let implied = |asked: &[At<String>]| {
            asked.is_empty()
                || phrase.is_some_and(|phrase| contains_one(phrase, asked))
                || (!b.also.is_empty() && b.also.iter().all(|also| contains_one(also, asked)))
        };
        other.codes.iter().zip(&self.codes).all(|(theirs, ours)| *ours || !theirs)
            && covers(&a.enhanced, &b.enhanced, |ours, theirs| ours.covers(**theirs))
            && covers(&a.commands, &b.commands, |ours, theirs| **ours == **theirs)
            && implied(&a.phrases)
            && implied(&a.also)
            && a.without.iter().all(|refused| contains_one(refused, &b.without))
    }
}

fn admits(when: &When, code: Option<u16>, severity: Option<Severity>) -> bool {
    let severity_fits = if when.severity.is_empty() {
        !when.codes.is_empty()
            || !severity.is_some_and(|severity| severity.is_positive() || severity == Severity::Protected)
    } else {
        severity.is_some_and(|severity| when.severity.iter().any(|asked| **asked == severity))
    };
    severity_fits && (when.codes.is_empty() || when.codes.iter().any(|asked| Some(**asked) == code))
}

/// Whether a list of alternatives allows whatever the other list allows; an empty list allows anything.
fn covers<T>(ours: &[T], theirs: &[T], covers: impl Fn(&T, &T) -> bool) -> bool {
    ours.is_empty() || (!theirs.is_empty() && theirs.iter().all(|theirs| ours.iter().any(|ours| covers(ours, theirs))))
}

fn contains_one(text: &str, phrases: &[At<String>]) -> bool {
    phrases.iter().any(|phrase| contains(text, phrase))
}

/// Whether a text that is folded already has a phrase, as the core sees it.
pub(crate) fn contains(text: &str, phrase: &str) -> bool {
    // Not `match_indices`, which skips what overlaps with a match that does not count.
    let mut starts = text.char_indices().map(|(start, _)| start);
    starts.any(|start| text[start..].starts_with(phrase) && starts_word(text.as_bytes(), start))
}

/// Whether a word, or something that is no word, begins at a place: the core's condition for the start of a phrase.
fn starts_word(text: &[u8], start: usize) -> bool {
    let before = start.checked_sub(1).map_or(b' ', |before| text[before]);
    !(before.is_ascii_alphanumeric() && text[start].is_ascii_alphanumeric())
}
