//! Going through a text: candidates, judgement, and joining what belongs to one reply.

use core::iter::FusedIterator;

use replycode::{Enhanced, Protocol, ReplyCode};

use crate::bytes::{at, before, breaks, is_blank, is_line_end, is_word, line_end, next_line, skip_blanks, slice};
use crate::candidate::Candidate;
use crate::evidence::numbered_entry;
use crate::extent::{escaped_words_end, trim, wide_end, words_end, wrapped_end};
use crate::finish::Finish;
use crate::found::{Form, Found, Span, Speaker};
use crate::judge::{Around, Case};
use crate::left::{Left, Stand, left};
use crate::lexicon::Role;
use crate::list::set;
use crate::right::{First, Right, Separator, head, right};
use crate::search::{Path, Search};
use crate::symbol::enclosing;
use crate::{early, join, status, unusual};

/// The replies in a text, in order: see [`find`](crate::find).
#[derive(Clone, Debug)]
pub struct Replies<'t> {
    text: &'t [u8],
    search: Search,
    /// Where the search goes on.
    place: usize,
    /// The last reply, as long as more may belong to it.
    pending: Option<Part>,
    finish: Finish,
    #[cfg(test)]
    pub(crate) thorough: bool,
}

/// A reply, or a part of one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Part {
    pub(crate) found: Found,
    pub(crate) left: Left,
    /// Where the words end on the last line so far.
    pub(crate) end: usize,
    /// Where the last rendering of it was seen.
    pub(crate) seen: usize,
    /// Whether the last line said that more follow.
    pub(crate) open: bool,
    /// Whether its report wraps it over indented lines.
    pub(crate) wraps: bool,
    /// The quotation mark and the bracket that are open around it.
    pub(crate) enclosed: (u8, u8),
}

impl Part {
    pub(crate) fn has_text(&self) -> bool {
        !self.found.text.is_empty()
    }

    /// Whether there are words, and behind the code.
    pub(crate) fn words_follow(&self) -> bool {
        self.has_text() && self.found.text.start > self.found.offset
    }
}

impl<'t> Replies<'t> {
    pub(crate) fn new(text: &'t [u8], hint: Option<Protocol>) -> Self {
        Replies {
            text,
            search: Search::new(Path::detected()),
            place: 0,
            pending: None,
            finish: Finish::new(hint),
            #[cfg(test)]
            thorough: false,
        }
    }

    /// Searches with other instructions than the fastest ones; what is found is the same. For comparisons.
    ///
    /// ```
    /// use replycode_scan::{Path, find};
    ///
    /// let log = b"status=bounced (host mx.example.net said: 550 5.1.1 User unknown)";
    /// for path in Path::available() {
    ///     assert_eq!(find(log, None).with_path(*path).next().unwrap().code.unwrap(), 550);
    /// }
    /// ```
    pub fn with_path(self, path: Path) -> Self {
        Replies { search: Search::new(path), ..self }
    }

    /// A part that begins at `place`, with its words from `start` on.
    fn part(
        &self,
        place: usize,
        code: Option<ReplyCode>,
        enhanced: Option<Enhanced>,
        words: Span,
        form: Form,
        left: Left,
    ) -> Part {
        let end = words.end.max(place);
        let found = Found {
            offset: place,
            len: end - place,
            protocol: None,
            code,
            enhanced,
            text: words,
            command: None,
            speaker: Speaker::Server,
            form,
        };
        Part { found, left, end, seen: end, open: false, wraps: false, enclosed: (left.quote, left.bracket) }
    }

    /// Three digits.
    fn code(&mut self, place: usize) -> Option<Found> {
        let digits = slice(self.text, place, place + 3).try_into().ok()?;
        let code = ReplyCode::from_digits(digits)?;
        self.place = place + 3;
        let goes_on = self.pending.is_some_and(|pending| pending.open && pending.found.code == Some(code));
        let early = !goes_on && !self.thorough();
        if early && early::stray(self.text, place, code) {
            return None;
        }
        let head = head(self.text, place);
        let tail = self.pending.is_some_and(|pending| place < pending.end);
        if early && early::hopeless(self.text, place, code, &head, tail) {
            return None;
        }
        let left = left(self.text, place);
        let right = right(self.text, place, head);
        if self.goes_on(place, code, &left, &right) {
            self.extend(place, &left, &right);
            return None;
        }
        if self.banner(code, &left) {
            return None;
        }
        let around = self.around(place);
        let form = Case { text: self.text, place, code, left: &left, right: &right, around }.form()?;
        let mut words = self.words(place, form, &left, &right);
        let mut part = self.part(place, Some(code), right.enhanced, words, form, left);
        if part.enclosed == (0, 0) {
            part.enclosed = enclosing(self.text, left.line, place);
        }
        part.open = right.separator == Separator::Dash && !words.is_empty();
        part.wraps = wraps(self.text, &left, form);
        if words.is_empty() && part.wraps && right.first == First::Nothing {
            // `said: 550 5.1.1`, and the words on the next line.
            let next = next_line(self.text, line_end(self.text, place, place + 64));
            let start = skip_blanks(self.text, next);
            let code = slice(self.text, start, start + 3).iter().all(u8::is_ascii_digit);
            if next > place && !code && is_word(at(self.text, start)) {
                words = Span { start, end: words_end(self.text, start, 0, left.bracket) };
                part.found.text = words;
                part.end = words.end;
                part.found.len = part.end - place;
                part.seen = part.end;
            }
        }
        if words.is_empty() {
            words = status::words_before(self.text, &part, self.floor());
            part.found.text = words;
            if !words.is_empty() {
                part.found.offset = words.start.min(place);
            }
            part.end = place + 3;
            part.seen = part.end;
            part.found.len = part.end - part.found.offset;
        }
        self.place = self.place.max(right_end(&right, place));
        self.accept(part)
    }

    /// Whether nothing is told early, for comparison.
    fn thorough(&self) -> bool {
        #[cfg(test)]
        return self.thorough;
        #[cfg(not(test))]
        false
    }

    /// The words of a reply on its line.
    fn words(&self, place: usize, form: Form, left: &Left, right: &Right) -> Span {
        let nothing = Span { start: place + 3, end: place + 3 };
        let mut start = right.text;
        let mut quote = if right.quote != 0 { right.quote } else { left.quote };
        let mut bracket = left.bracket;
        match form {
            Form::Column => return nothing,
            Form::Tuple => {
                // The string of a tuple: behind `b'`.
                let from = place + 4;
                let head = slice(self.text, from, right.text.saturating_add(3));
                let open = head.iter().position(|byte| matches!(byte, b'"' | b'\''));
                let Some(open) = open.map(|open| from + open) else { return nothing };
                if right.enhanced.is_none() {
                    start = open + 1;
                }
                return Span { start, end: words_end(self.text, start, at(self.text, open), 0) };
            }
            Form::Bracketed => {
                let ends = matches!(at(self.text, place + 4), b'"' | b'\'');
                if ends || matches!(right.first, First::Punctuation | First::Nothing | First::Digit) {
                    return nothing;
                }
                (quote, bracket) = (0, 0);
            }
            Form::Field if !right.labelled => return nothing,
            _ => match right.separator {
                Separator::Blank | Separator::Dash | Separator::Colon => {}
                Separator::Comma if right.labelled => {}
                _ => return nothing,
            },
        }
        // What is open before the reply ends its words when it closes.
        if quote == 0 && bracket == 0 {
            (quote, bracket) = enclosing(self.text, left.line, place);
        }
        // `Code=550 ('Filename invalid')`
        let inner = at(self.text, start + 1);
        if matches!(at(self.text, start), b'(' | b'[') && matches!(inner, b'"' | b'\'') {
            (quote, start) = (inner, start + 2);
        }
        let inner = left.quote == quote && quote != 0;
        let mut end = words_end(self.text, start, quote, bracket);
        if !inner {
            end = line_end(self.text, start, end);
        }
        if left.wide {
            end = wide_end(self.text, start, end);
        }
        if left.escaped {
            end = escaped_words_end(self.text, start, end);
        }
        Span { start, end }
    }

    /// Whether a number continues the pending reply: its next line.
    fn goes_on(&self, place: usize, code: ReplyCode, left: &Left, right: &Right) -> bool {
        let Some(pending) = &self.pending else { return false };
        let gap = place.saturating_sub(pending.end);
        if !pending.open || pending.found.code != Some(code) || gap > 8192 {
            return false;
        }
        let framed = matches!(right.separator, Separator::Blank | Separator::Dash | Separator::End);
        if !framed || (left.bracket != 0 && pending.left.bracket == 0) || numbered_entry(self.text, left, right) {
            return false;
        }
        let same_line = place < pending.end || !breaks(self.text, pending.end, place);
        match left.stand {
            _ if same_line => left.spaced || left.stand == Stand::Start,
            // A client that prints every reply as `code-text`.
            Stand::Label | Stand::Word | Stand::Comma | Stand::Clause | Stand::Closed | Stand::Arrow | Stand::Dash
                if gap > 160 || left.role == Role::Code =>
            {
                pending.left.stand == left.stand
                    && pending.left.word.of(self.text) == left.word.of(self.text)
                    && gap < 400
                    && !join::sent_between(self.text, pending.end, left.line)
            }
            Stand::Nothing | Stand::Hash => false,
            _ => !join::sent_between(self.text, pending.end, left.line),
        }
    }

    /// Adds a line to the pending reply.
    fn extend(&mut self, place: usize, left: &Left, right: &Right) {
        let (quote, bracket) = match (left.quote, left.bracket) {
            (0, 0) => self.pending.map_or((0, 0), |pending| pending.enclosed),
            around => around,
        };
        let end = words_end(self.text, right.text, quote, bracket);
        let Some(pending) = &mut self.pending else { return };
        pending.open = right.separator == Separator::Dash;
        // `550` at the end of a wrapped line: its enhanced code, if any, begins the next one.
        pending.open |= right.separator == Separator::End && pending.wraps && pending.found.enhanced.is_some();
        pending.found.enhanced = pending.found.enhanced.or(right.enhanced);
        pending.end = if right.separator == Separator::End { place + 3 } else { end.max(place + 3) };
        pending.seen = pending.end;
        pending.found.text.end = pending.end;
        pending.found.len = pending.end - pending.found.offset.min(pending.end);
        self.place = self.place.max(right_end(right, place));
    }

    /// Whether a number begins a line of text within an FTP reply of several lines: such lines are indented.
    fn banner(&self, code: ReplyCode, left: &Left) -> bool {
        self.pending.is_some_and(|pending| {
            pending.open
                && pending.found.code != Some(code)
                && left.stand == Stand::Start
                && left.indent > 0
                && pending.left.stand == Stand::Start
                && pending.left.indent == 0
                && left.line.saturating_sub(pending.end) < 2048
        })
    }

    /// Where the last reply ends: nothing before belongs to the next one.
    fn floor(&self) -> usize {
        self.finish.last.max(self.pending.map_or(0, |pending| pending.end))
    }

    fn around(&self, place: usize) -> Around {
        let heard = self.pending.map(|pending| pending.seen).or(self.finish.heard());
        Around {
            dialog: heard.is_some_and(|end| place.saturating_sub(end) < 600),
            tail: self
                .pending
                .is_some_and(|pending| place < pending.end && pending.has_text() && pending.found.code.is_some()),
            preliminary: self.pending.is_some_and(|pending| pending.found.code.is_some_and(|code| code.first() == 1)),
            first: slice(self.text, 0, place).iter().rev().take(64).all(|&byte| is_blank(byte) || is_line_end(byte))
                && place < 64,
            hint: self.finish.hint.is_some(),
        }
    }

    /// Takes a part: joins it to the pending reply, or returns that one.
    fn accept(&mut self, part: Part) -> Option<Found> {
        let Some(pending) = self.pending else {
            self.pending = Some(part);
            return None;
        };
        match join::join(self.text, &pending, &part) {
            join::Joined::One(joined) => {
                self.pending = Some(joined);
                None
            }
            join::Joined::Two => {
                self.pending = Some(part);
                Some(self.complete(pending, part.found.offset))
            }
        }
    }

    /// Completes a reply that ends before `limit`.
    fn complete(&mut self, mut part: Part, limit: usize) -> Found {
        if part.wraps && part.has_text() {
            let end = wrapped_end(self.text, part.found.text.start, part.end, limit);
            part.end = end;
            part.found.text.end = part.found.text.end.max(end);
        }
        let end = (part.found.offset + part.found.len).max(part.end).min(limit);
        part.found.len = end.saturating_sub(part.found.offset);
        let start = part.found.text.start;
        part.found.text.end = trim(self.text, start, part.found.text.end.min(limit).max(start));
        self.finish.finish(self.text, &part, limit)
    }

    fn candidate(&mut self, candidate: Candidate) -> Option<Found> {
        let place = candidate.place();
        self.place = place + 1;
        match candidate {
            Candidate::Code(place) => self.code(place),
            Candidate::Enhanced(place) => {
                let tail = self.pending.is_some_and(|pending| place < pending.end && pending.found.code.is_some());
                let (enhanced, words, form, left) = status::enhanced(self.text, place, tail)?;
                self.place = place + 5;
                let mut part = self.part(place, None, Some(enhanced), words, form, left);
                if words.start < place && !words.is_empty() {
                    if words.start < self.floor() {
                        part.found.text = Span { start: place, end: place };
                    } else {
                        part.found.offset = words.start;
                    }
                    part.end = place + 5;
                    part.found.len = part.end - part.found.offset;
                    part.seen = part.end;
                }
                part.wraps = wraps(self.text, &left, form);
                self.accept(part)
            }
            Candidate::Spelled(place) => {
                if let Some((enhanced, end)) = unusual::named(self.text, place) {
                    return self.unusual(place, end, None, Some(enhanced), Form::Spelled);
                }
                let (code, end) = unusual::spelled(self.text, place)?;
                self.unusual(place, end, Some(code), None, Form::Spelled)
            }
            Candidate::Bytes(place) => {
                let (code, end) = unusual::bytes(self.text, place)?;
                self.unusual(place, end, Some(code), None, Form::Bytes)
            }
        }
    }

    fn unusual(
        &mut self,
        place: usize,
        end: usize,
        code: Option<ReplyCode>,
        enhanced: Option<Enhanced>,
        form: Form,
    ) -> Option<Found> {
        self.place = end;
        let mut part = self.part(place, code, enhanced, Span { start: end, end }, form, left(self.text, place));
        part.end = end;
        part.seen = end;
        part.found.len = end - place;
        self.accept(part)
    }
}

/// Whether a reply's report is one that wraps long lines.
fn wraps(text: &[u8], left: &Left, form: Form) -> bool {
    set! { static REPORTS: 16 = ["said", "me", "diagnostic-code", "reason", "smtp", "stat"] }
    let reported = matches!(form, Form::Labelled | Form::Quoted | Form::Enhanced) && left.stand == Stand::Label;
    let indented = form == Form::Bare && left.indent > 0 && before(text, left.line) == b'\n';
    reported && (REPORTS.has(left.word.of(text)) || left.word.is_empty()) || indented
}

/// Where the search goes on behind a reply: its enhanced code is read.
fn right_end(right: &Right, place: usize) -> usize {
    if right.enhanced.is_some() { right.text.max(place + 3) } else { place + 3 }
}

impl Iterator for Replies<'_> {
    type Item = Found;

    fn next(&mut self) -> Option<Found> {
        while let Some(candidate) = self.search.next(self.text, self.place) {
            if let Some(found) = self.candidate(candidate) {
                return Some(found);
            }
        }
        self.place = self.text.len();
        let pending = self.pending.take()?;
        let limit = self.text.len();
        Some(self.complete(pending, limit))
    }
}

impl FusedIterator for Replies<'_> {}
