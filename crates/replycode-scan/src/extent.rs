//! Where the words of a reply end.

use crate::bytes::{
    at, before, first, is_blank, is_line_end, is_word, next_line, skip_blanks, skip_blanks_back, slice, starts_with,
};
use crate::command::step_of_word;
use crate::list::{List, Wide, list};
use crate::right::escaped_end;

/// What reports add in brackets behind the words.
const ADDED: List = list!["(in reply to", "(delivery attempts", "(Net::", "(javax.", "(com.", "(jakarta.", "(org."];

/// Full-width marks that close, in UTF-8, Shift_JIS and EUC-JP.
static WIDE: [Wide; 11] = [
    Wide::new("」".as_bytes(), 0),
    Wide::new("』".as_bytes(), 0),
    Wide::new("）".as_bytes(), 0),
    Wide::new("】".as_bytes(), 0),
    Wide::new("］".as_bytes(), 0),
    Wide::new("”".as_bytes(), 0),
    Wide::new("»".as_bytes(), 0),
    Wide::new(b"\x81\x76", 0),
    Wide::new(b"\x81\x6a", 0),
    Wide::new(b"\xa1\xd7", 0),
    Wide::new(b"\xa1\xcb", 0),
];

/// No line of a reply is read further than this.
const LONGEST: usize = 2048;

/// The end of the words that begin at `start`, on their line: before the mark that closes what was opened before the
/// reply, before what a report adds, or at the end of the line.
pub(crate) fn words_end(text: &[u8], start: usize, quote: u8, bracket: u8) -> usize {
    let limit = text.len().min(start.saturating_add(LONGEST));
    let (opening, closing) = match bracket {
        b'(' => (b'(', b')'),
        b'[' => (b'[', b']'),
        b'{' => (b'{', b'}'),
        _ => (0, 0),
    };
    let mut depth = 0u32;
    let mut odd = false;
    let mut place = start;
    // Whatever may end the words, and more: brackets, quotation marks, `#`, `;`, `<`, backslashes, control characters.
    let mark = |byte: u8| {
        ((byte | 0x20).wrapping_sub(b'{') < 3)
            | (byte & 0xfe == b'(')
            | (byte & 0xfe == b'"')
            | (byte.wrapping_sub(b';') < 2)
            | (byte == b'\'')
            | (byte == b'`')
            | (byte < b' ')
    };
    loop {
        let Some(ahead) = first(slice(text, place, limit), mark) else {
            place = limit.max(place);
            break;
        };
        place += ahead;
        let byte = at(text, place);
        if is_line_end(byte) {
            break;
        }
        if escaped_end(text, place) {
            // Within a string a reply may have several lines; the next reply begins with a code.
            if quote == 0 || byte != b'\\' || fresh_line(text, place) {
                break;
            }
            place += 2;
            continue;
        }
        if quote != 0 && byte == quote {
            let next = at(text, place + 1);
            // An apostrophe is followed by a letter.
            if quote == b'"' || !next.is_ascii_alphanumeric() {
                break;
            }
        }
        if quote == 0 && byte == b'"' {
            odd = !odd;
            if odd && closes(text, place + 1) {
                break;
            }
        }
        if bracket != 0 && byte == opening {
            depth += 1;
        }
        if bracket != 0 && byte == closing {
            if depth == 0 {
                break;
            }
            depth -= 1;
        }
        let ended = match byte {
            b'(' => ADDED.iter().any(|start| starts_with(text, place, start)),
            // Colours, and markup that closes.
            0x1b => at(text, place + 1) == b'[',
            b'<' => at(text, place + 1) == b'/',
            b'[' => duration(text, place),
            b'#' => at(text, place + 1) == b'#',
            b';' => starts_with(text, place, "; from=<") || starts_with(text, place, "; nested exception"),
            _ => false,
        };
        if ended {
            break;
        }
        place += 1;
    }
    trim(text, start, place)
}

/// Whether something new follows the escaped line ends at a place: a code, a mark, a label, a command, or the end of
/// the string.
fn fresh_line(text: &[u8], mut place: usize) -> bool {
    while at(text, place) == b'\\' {
        place += 1;
        while at(text, place) == b'\\' {
            place += 1;
        }
        if !matches!(at(text, place), b'r' | b'n' | b't') {
            return true;
        }
        place += 1;
    }
    let digits = slice(text, place, place + 3).iter().take_while(|byte| byte.is_ascii_digit()).count();
    let word = slice(text, place, place + 24).iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    let label = word > 0 && at(text, place + word) == b':' && is_blank(at(text, place + word + 1));
    let command = step_of_word(slice(text, place, place + word)).is_some();
    digits == 3 && !at(text, place + 3).is_ascii_alphanumeric()
        || matches!(at(text, place), b'"' | b'\'' | b'<' | b'>' | b'[' | 0)
        || label
        || command
}

/// `[56ms]`
fn duration(text: &[u8], place: usize) -> bool {
    let digits = slice(text, place + 1, place + 9).iter().take_while(|byte| byte.is_ascii_digit()).count();
    digits > 0 && starts_with(text, place + 1 + digits, "ms]")
}

/// Whether a quotation mark before a place ends a string rather than beginning one.
fn closes(text: &[u8], place: usize) -> bool {
    match at(text, place) {
        0 | b'\r' | b'\n' | b',' | b'}' | b']' | b')' => true,
        b' ' => {
            let mut end = place + 1;
            while is_word(at(text, end)) || at(text, end) == b'_' {
                end += 1;
            }
            end > place + 1 && at(text, end) == b'='
        }
        _ => false,
    }
}

/// Without blanks, backslashes, cell borders and arrows at the end.
pub(crate) fn trim(text: &[u8], start: usize, mut end: usize) -> usize {
    while end > start {
        match before(text, end) {
            b'\\' | b'|' => end -= 1,
            b'"' | b'(' if is_blank(before(text, end - 1)) => end -= 1,
            b'>' if before(text, end - 1) == b'-' => end = end.saturating_sub(2).max(start),
            byte if is_blank(byte) => end -= 1,
            _ => break,
        }
    }
    end
}

/// The end of words behind a full-width quotation mark or bracket.
pub(crate) fn wide_end(text: &[u8], start: usize, end: usize) -> usize {
    let words = slice(text, start, end);
    let closing = (0..words.len())
        .find(|&place| WIDE.iter().any(|mark| slice(words, place, words.len()).starts_with(mark.bytes())));
    closing.map_or(end, |place| start + place)
}

/// The end of words whose blanks are underscores or plus signs: before qmail's `/Giving_up_on_...`, or the next column.
pub(crate) fn escaped_words_end(text: &[u8], start: usize, end: usize) -> usize {
    let words = slice(text, start, end);
    let mark =
        words.windows(7).position(|window| window == b"/Giving").or(words.iter().position(|&byte| is_blank(byte)));
    let end = start + mark.unwrap_or(words.len());
    if before(text, end) == b'/' && end > start { end - 1 } else { end }
}

/// The end of words that a report wrapped over indented lines, not past `limit`.
pub(crate) fn wrapped_end(text: &[u8], start: usize, end: usize, limit: usize) -> usize {
    let mut end = end;
    for _ in 0..16 {
        if !is_line_end(at(text, skip_blanks(text, end))) {
            return end;
        }
        let line = next_line(text, skip_blanks(text, end));
        let words = skip_blanks(text, line);
        let indented = words > line && !is_line_end(at(text, words)) && words < text.len();
        if !indented || words >= limit || fresh(text, words) {
            return end;
        }
        let next = words_end(text, words, 0, 0).min(skip_blanks_back(text, words, limit));
        if next <= words {
            return end;
        }
        end = next;
        if end.saturating_sub(start) > LONGEST {
            return end;
        }
    }
    end
}

/// Whether an indented line begins something of its own: a stack frame, a further report.
fn fresh(text: &[u8], words: usize) -> bool {
    list!["at ", "File \"", ">>>", "<<<", "--", "(in reply to", "host ", "#"]
        .iter()
        .any(|start| starts_with(text, words, start))
}

#[cfg(test)]
mod tests {
    use super::{words_end, wrapped_end};

    #[test]
    fn what_was_opened_is_closed() {
        for (text, quote, bracket, words) in [
            ("No such user\r\n", 0, 0, "No such user"),
            ("No such user (in reply to RCPT TO command))", 0, b'(', "No such user"),
            ("No (such) user) x", 0, b'(', "No (such) user"),
            ("can't do\\r\\n', x", b'\'', 0, "can't do"),
            ("can't do', x", b'\'', 0, "can't do"),
            ("No\",\"status\":\"5.7.1\"", b'"', 0, "No"),
            ("Must issue STARTTLS] in /x", 0, b'[', "Must issue STARTTLS"),
            ("\"/\" is the directory", 0, 0, "\"/\" is the directory"),
            ("No such account.\" uid=3", 0, 0, "No such account."),
            ("not found ##rfc822", 0, 0, "not found"),
            ("denied; from=<a@b> to=<c@d>", 0, 0, "denied"),
            ("gone<br>x", 0, 0, "gone"),
        ] {
            assert_eq!(&text[..words_end(text.as_bytes(), 0, quote, bracket)], words, "{text}");
        }
    }

    #[test]
    fn wrapped_reports_are_joined() {
        let text = b"User unknown\n    in virtual table\n    (in reply to RCPT TO)\n";
        let end = words_end(text, 0, 0, 0);
        assert_eq!(&text[..wrapped_end(text, 0, end, text.len())], b"User unknown\n    in virtual table");
        let text = b"User unknown\n    at Foo.bar(x)\n";
        assert_eq!(wrapped_end(text, 0, 12, text.len()), 12);
        let text = b"User unknown\nnext";
        assert_eq!(wrapped_end(text, 0, 12, text.len()), 12);
    }
}
