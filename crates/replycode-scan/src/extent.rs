//! Where the words of a reply end.

use crate::bytes::{at, before, is_blank, is_line_end, is_word, next_line, skip_blanks, skip_blanks_back, starts_with};
use crate::right::escaped_end;

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
    while place < limit {
        let byte = at(text, place);
        if is_line_end(byte) || escaped_end(text, place) {
            break;
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
            b'(' => starts_with(text, place, "(in reply to") || starts_with(text, place, "(delivery attempts"),
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

/// Without blanks, backslashes and emphasis at the end.
fn trim(text: &[u8], start: usize, mut end: usize) -> usize {
    while end > start && (is_blank(before(text, end)) || matches!(before(text, end), b'\\' | b'|')) {
        end -= 1;
    }
    end
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
    ["at ", "File \"", ">>>", "<<<", "--", "(in reply to", "host ", "#"].iter().any(|start| starts_with(text, words, start))
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
