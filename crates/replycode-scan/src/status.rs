//! Replies of which no reply code is left: an enhanced status code with or without words; and words before a code.

use replycode::Enhanced;

use crate::bytes::{
    at, before, contains, ends_with, first, is_blank, is_line_end, is_word, line_end, line_start, rest, skip_blanks,
    skip_blanks_back, slice, starts_with,
};
use crate::evidence::dump_label;
use crate::extent::words_end;
use crate::found::{Form, Span};
use crate::left::{Left, Stand, left};
use crate::lexicon::{REPLY_WORDS, Role};
use crate::list::{list, set};
use crate::protocol::score;
use crate::replies::Part;
use crate::right::parse_enhanced;
use crate::symbol::{enclosing, symbol};

set! {
    /// Fields that hold a delivery status.
    static FIELDS: 16 = ["dsn", "status", "statuscode", "smtp-status", "dsn_status", "dsnstatus"]
}

set! {
    /// Fields that hold the enhanced status code of a reply.
    static PARTS: 32 = [
    "enhanced",
    "enhanced-code",
    "enhanced-status-code",
    "enhanced_code",
    "enhancedcode",
    "enhanced_status_code",
    "esc",
    "smtp_code_ex",
    "smtp_enchcode",
    "smtp_enhanced_code",
]
}

/// An enhanced status code at a place that is not part of a coded reply, its words, its form.
pub(crate) fn enhanced(text: &[u8], place: usize, tail: bool) -> Option<(Enhanced, Span, Form, Left)> {
    let (code, end) = parse_enhanced(text, place)?;
    // RFC 3463 has subjects 0 to 7: what goes beyond is a version.
    if code.subject() > 7 || tail {
        return None;
    }
    let left = left(text, place);
    let labelled = left.stand == Stand::Label;
    if labelled && FIELDS.has(left.word.of(text)) {
        return Some((code, status_words(text, end), Form::Status, left));
    }
    if labelled && PARTS.has(left.word.of(text)) {
        return Some((code, Span { start: end, end }, Form::Enhanced, left));
    }
    // PHP's `var_dump`: `["smtp_code_ex"]=>`, and `string(5) "5.7.1"` on the next line.
    if left.quote == b'"'
        && ends_with(text, left.edge, ")")
        && dump_label(text, left.line).is_some_and(|label| PARTS.has(label))
    {
        return Some((code, Span { start: end, end }, Form::Enhanced, left));
    }
    // `... no mailbox here by that name. (#5.1.1)`: the words come first.
    if left.stand == Stand::Hash && matches!(before(text, left.edge.saturating_sub(1)), b'(' | b'[') {
        let stop = left.edge.saturating_sub(2);
        let start = sentence(text, left.line, stop);
        let words = Span { start, end: skip_blanks_back(text, start, stop) };
        return (!words.is_empty()).then_some((code, words, Form::Enhanced, left));
    }
    // `milter-reject: END-OF-MESSAGE from mx.example.com[192.0.2.1]: 4.7.1  ; from=<...>`
    if labelled
        && starts_with(text, skip_blanks(text, end), ";")
        && contains(slice(text, left.line, left.edge), "reject:")
    {
        return Some((code, Span { start: end, end }, Form::Enhanced, left));
    }
    let mut start = end;
    while is_blank(at(text, start))
        || matches!(at(text, start), b':' | b'_' | b'-') && !is_line_end(at(text, start + 1))
    {
        start += 1;
    }
    let first = at(text, start);
    let spaced = start > end;
    let worded =
        first.is_ascii_alphabetic() || first >= 0x80 || matches!(first, b'<' | b'[' | b'\\' | b'"' | b'\'' | b'&');
    if !spaced || !worded {
        return None;
    }
    let (quote, bracket) = match (left.quote, left.bracket) {
        (0, 0) => enclosing(text, left.line, place),
        around => around,
    };
    let words = Span { start, end: words_end(text, start, quote, bracket) };
    let negative = code.class() != 2;
    let fits = match left.stand {
        Stand::Server => true,
        Stand::Start | Stand::Stamp | Stand::Dash | Stand::Arrow | Stand::Hash => negative || telling(text, words),
        Stand::Label => match left.role {
            Role::Reply | Role::Code => negative || telling(text, words),
            Role::Unknown => negative && (telling(text, words) || score(text, left.line, words.end) > 0),
            _ => false,
        },
        Stand::Word => negative && matches!(left.role, Role::Reply | Role::Code),
        Stand::Clause | Stand::Comma => negative && left.spaced && telling(text, words),
        Stand::Client | Stand::Closed => negative && telling(text, words),
        Stand::Number | Stand::Nothing => false,
    };
    fits.then_some((code, words, Form::Enhanced, left))
}

/// Whether a part of the text has a word that servers' replies are made of.
fn telling(text: &[u8], words: Span) -> bool {
    let mut place = words.start;
    while place < words.end {
        let start = place;
        while place < words.end && (is_word(at(text, place)) || at(text, place) == b'\'') {
            place += 1;
        }
        if REPLY_WORDS.has(slice(text, start, place)) {
            return true;
        }
        place = place.max(start + 1);
    }
    false
}

/// What a log line says of a status: `dsn=5.1.1, stat=User unknown`, `dsn=4.4.1, status=deferred (connect to ...)`.
fn status_words(text: &[u8], end: usize) -> Span {
    let limit = line_end(text, end, end.saturating_add(1024));
    let tail = slice(text, end, limit);
    for (field, bracket) in list!["stat=", "status="].iter().zip([0, b'(']) {
        let mut from = 0;
        let at = loop {
            let Some(ahead) = first(rest(tail, from), |byte| byte == b'=') else { break None };
            from += ahead + 1;
            if slice(tail, 0, from).ends_with(field.as_bytes()) {
                break Some(from);
            }
        };
        let Some(at) = at else { continue };
        let mut start = end + at;
        if bracket != 0 {
            let Some(open) = slice(text, start, limit).iter().position(|&byte| byte == bracket) else { continue };
            start += open + 1;
        }
        return Span { start, end: words_end(text, start, 0, bracket) };
    }
    let start = skip_blanks(text, end);
    match at(text, start) {
        b'(' => Span { start: start + 1, end: words_end(text, start + 1, 0, b'(') },
        byte if byte.is_ascii_alphabetic() => Span { start, end: words_end(text, start, 0, 0) },
        _ => Span { start: end, end },
    }
}

/// Before the colons and blanks, full-width ones too, that end at a place.
fn skip_symbols_back(text: &[u8], floor: usize, mut end: usize) -> usize {
    while end > floor {
        let (symbol, width) = symbol(text, floor, end);
        if !matches!(symbol, b':' | b'=' | b' ') || width > end - floor {
            break;
        }
        end -= width;
    }
    end
}

/// Where the sentence begins that ends at `end`: behind the last label of the line.
fn sentence(text: &[u8], line: usize, end: usize) -> usize {
    let part = slice(text, line, end);
    let labels = part.windows(2).rposition(|pair| matches!(pair, [b':', b' ']) || matches!(pair, [b'"', _]));
    let start = labels.map_or(line, |at| line + at + 1);
    let mut start = start;
    while start < end && !is_word(at(text, start)) && at(text, start) != b'<' {
        start += 1;
    }
    // `(25) Failed ...`
    let digits = slice(text, start, end).iter().take_while(|byte| byte.is_ascii_digit()).count();
    if digits > 0 && at(text, start + digits) == b')' { skip_blanks(text, start + digits + 1).min(end) } else { start }
}

/// The words of a reply whose code comes last: `Login failed[530]`, `Error: Filename invalid ... code: 550`.
pub(crate) fn words_before(text: &[u8], part: &Part, floor: usize) -> Span {
    let nothing = Span { start: part.end, end: part.end };
    let left = &part.left;
    let line = left.line.max(floor);
    let mut end = match (part.found.form, left.role) {
        (Form::Field | Form::Labelled, Role::Code) if !left.word.is_empty() && left.stand == Stand::Label => {
            left.word.start
        }
        (Form::Field, Role::Code) => return nothing,
        (Form::Field | Form::Bracketed, _) => left.edge,
        _ => return nothing,
    };
    // In scripts without blanks the name of the field is part of the sentence.
    end = skip_symbols_back(text, line, end);
    if left.word.of(text).iter().any(|&byte| byte >= 0x80) {
        end = skip_symbols_back(text, line, left.edge);
        let head = slice(text, line, end);
        if let Some(open) = ["（".as_bytes(), b"(", b"\x81\x69"]
            .iter()
            .find_map(|mark| head.windows(mark.len().max(1)).rposition(|window| window == *mark))
        {
            end = line + open;
        }
    }
    // The name of the field: `SMTP code`, `Response Code`.
    for name in list!["smtp ", "ftp ", "response ", "reply ", "error ", "with ", "server "].iter() {
        if crate::bytes::ends_with(text, end, name) {
            end -= name.len();
        }
    }
    while end > line
        && matches!(
            before(text, end),
            b' ' | b'\t' | b'[' | b'(' | b'{' | b',' | b']' | b'}' | b'"' | b'\'' | b':' | b';'
        )
    {
        end -= 1;
    }
    let start = sentence(text, line, end);
    let words = slice(text, start, end);
    if words.iter().any(|byte| is_word(*byte) && !byte.is_ascii_digit())
        && !words.contains(&b'=')
        && !words.starts_with(b"at ")
        && !words.starts_with(b"string(")
    {
        return Span { start, end };
    }
    // Alone on its line, as the last member of an object: the message stands some lines before.
    let last = matches!(at(text, skip_blanks(text, part.end)), b'}' | 0 | b'\r' | b'\n');
    if left.role != Role::Code || !last {
        return nothing;
    }
    let mut end = left.line;
    for _ in 0..16 {
        if end <= floor {
            break;
        }
        end -= 1;
        let start = line_start(text, end, 1024).max(floor);
        let head = slice(text, start, end);
        if let Some(at) = head.windows(6).position(|window| matches!(window, b"rror: " | b"sage: ")) {
            let words = Span { start: start + at + 6, end: skip_blanks_back(text, start, end) };
            let stop = if before(text, words.end) == b'\r' { words.end - 1 } else { words.end };
            return Span { start: words.start, end: stop.max(words.start) };
        }
        if contains(head, "{") && !starts_with(text, skip_blanks(text, start), "at ") {
            break;
        }
        end = start;
    }
    nothing
}
