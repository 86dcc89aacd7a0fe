//! Whether two parts are one reply: the same reply is often shown two or three times, or in pieces.

use crate::bytes::{is_line_end, line_end, next_line, slice};
use crate::command;
use crate::found::Form;
use crate::replies::Part;

/// Renderings of one reply are not further apart.
const NEAR: usize = 1500;

/// What two parts make.
pub(crate) enum Joined {
    /// One reply.
    One(Part),
    /// Two.
    Two,
}

/// Joins a part to the reply before it.
pub(crate) fn join(text: &[u8], first: &Part, second: &Part) -> Joined {
    let gap = second.found.offset.saturating_sub(first.seen);
    if gap > NEAR {
        return Joined::Two;
    }
    let lines = lines_between(text, first.seen, second.found.offset);
    if lines > 40 {
        return Joined::Two;
    }
    let joined = match (first.found.code, second.found.code) {
        (Some(_), None) => coded_then_status(text, first, second, lines),
        (None, Some(_)) => status_then_coded(text, first, second, lines),
        (None, None) => {
            let same = first.found.enhanced == second.found.enhanced && same_words(text, first, second);
            let again = both_stamped(text, first, second) || first.has_text() && same_look(text, first, second);
            (same && !again).then(|| seen(first, second))
        }
        (Some(a), Some(b)) if a == b => same_code(text, first, second, gap),
        _ => None,
    };
    joined.map_or(Joined::Two, Joined::One)
}

/// How many line breaks are between two places.
fn lines_between(text: &[u8], start: usize, end: usize) -> usize {
    let mut place = line_end(text, start, end);
    let mut lines = 0;
    while place < end {
        lines += 1;
        place = line_end(text, next_line(text, place), end);
    }
    lines
}

/// The first part, seen again in the second.
fn seen(first: &Part, second: &Part) -> Part {
    Part { seen: second.end.max(second.seen), ..*first }
}

/// A code, then an enhanced status code by itself.
fn coded_then_status(text: &[u8], first: &Part, second: &Part, lines: usize) -> Option<Part> {
    let apart = lines > 0 && stamped(text, second);
    if first.found.enhanced.is_some() && first.found.enhanced == second.found.enhanced && lines <= 3 && !apart {
        return Some(seen(first, second));
    }
    if second.found.form == Form::Status {
        return (!apart).then(|| seen(first, second));
    }
    // `"code": 501, "message": "5.1.0 ..."`; `SMTP code: 535 Additional SMTP info: 5.7.8`.
    let pieces = first.found.enhanced.is_none() && lines <= 6 && !apart;
    let before = first.has_text() && first.found.text.start < first.found.offset + 3;
    let alone = matches!(first.found.form, Form::Field | Form::Spelled | Form::Bytes | Form::Bracketed);
    if pieces && alone && (!first.has_text() || before) {
        let mut joined = seen(first, second);
        joined.found.enhanced = second.found.enhanced;
        if !first.words_follow() && second.has_text() {
            joined.found.text = second.found.text;
            joined.end = second.end;
            joined.found.len = second.end.saturating_sub(first.found.offset);
        }
        return Some(joined);
    }
    None
}

/// An enhanced status code by itself, then a code: the code says it better.
fn status_then_coded(text: &[u8], first: &Part, second: &Part, lines: usize) -> Option<Part> {
    let status = first.found.form == Form::Status && !stamped(text, second);
    // `4.7.1 Ratelimit exceeded (451)`: the code comes last.
    let fits = |class: u8| second.found.code.is_some_and(|code| code.first() == class);
    if lines == 0
        && second.found.enhanced.is_none()
        && !second.words_follow()
        && first.found.enhanced.is_some_and(|code| fits(code.class()))
    {
        let mut joined = *second;
        joined.found.enhanced = first.found.enhanced;
        joined.found.text = first.found.text;
        joined.found.text.end = first.found.text.end.min(second.found.offset);
        joined.found.offset = first.found.offset;
        joined.found.len = second.end.saturating_sub(first.found.offset);
        return Some(joined);
    }
    let same = first.found.enhanced == second.found.enhanced && lines <= 3 && !stamped(text, second);
    (lines == 0 || status || same).then_some(*second)
}

/// The same code twice.
fn same_code(text: &[u8], first: &Part, second: &Part, gap: usize) -> Option<Part> {
    // Each line of an access log is an event of its own.
    let listed = first.found.form == Form::Column && second.found.form == Form::Column;
    if (listed || both_stamped(text, first, second)) && first.left.line != second.left.line
        || sent_between(text, first.seen, second.left.line.max(first.seen))
    {
        return None;
    }
    let clash = first.found.enhanced.is_some()
        && second.found.enhanced.is_some()
        && first.found.enhanced != second.found.enhanced;
    if clash {
        return None;
    }
    // Words before a code are a guess: `got code "550", with message "550 5.7.1 ..."`.
    let (a, b) = (first.words_follow(), second.words_follow());
    if a && b && (!same_words(text, first, second) || same_look(text, first, second)) {
        return None;
    }
    if !a && b {
        if gap > 400 {
            return None;
        }
        // The words come with the second: it stands for both.
        let mut joined = *second;
        joined.found.offset = first.found.offset;
        joined.found.len = second.end.saturating_sub(first.found.offset);
        joined.found.enhanced = second.found.enhanced.or(first.found.enhanced);
        return Some(joined);
    }
    let mut joined = seen(first, second);
    joined.found.enhanced = first.found.enhanced.or(second.found.enhanced);
    Some(joined)
}

/// Whether the words of two parts are the same as far as both go; blanks and line ends do not count.
fn same_words(text: &[u8], first: &Part, second: &Part) -> bool {
    let skip = |byte: &&u8| byte.is_ascii_alphanumeric() || **byte >= 0x80;
    let a = first.found.words(text).flatten().filter(skip);
    let b = second.found.words(text).flatten().filter(skip);
    a.zip(b).take(160).all(|(a, b)| a.eq_ignore_ascii_case(b)) && (first.has_text() == second.has_text())
}

/// Whether two parts are written down in the same way: then the same thing happened twice.
fn same_look(text: &[u8], first: &Part, second: &Part) -> bool {
    first.found.form == second.found.form
        && first.left.stand == second.left.stand
        && first.left.word.of(text) == second.left.word.of(text)
        && stamped(text, first) == stamped(text, second)
}

fn both_stamped(text: &[u8], first: &Part, second: &Part) -> bool {
    stamped(text, first) && stamped(text, second)
}

/// Whether the line of a part begins with a time or date: `12:30`, `2026-11`.
pub(crate) fn stamped(text: &[u8], part: &Part) -> bool {
    let head = slice(text, part.left.line, part.left.line + 48);
    let head = head.split(|byte| is_line_end(*byte)).next().unwrap_or(&[]);
    let digits = |from: usize, to: usize| to <= head.len() && slice(head, from, to).iter().all(u8::is_ascii_digit);
    head.iter().enumerate().any(|(place, byte)| match byte {
        b':' => place >= 2 && digits(place - 2, place) && digits(place + 1, place + 3),
        b'-' | b'/' => place >= 4 && digits(place - 4, place) && digits(place + 1, place + 3),
        _ => false,
    })
}

/// Whether a command was sent between two places: what follows answers something else.
pub(crate) fn sent_between(text: &[u8], from: usize, to: usize) -> bool {
    let line = next_line(text, line_end(text, from, to));
    if line >= to {
        return false;
    }
    let mut sent = false;
    command::lines_back(text, line.max(to.saturating_sub(2048)), to, |command| {
        sent |= command.marked;
        !sent
    });
    sent
}
