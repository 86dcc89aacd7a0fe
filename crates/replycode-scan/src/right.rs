//! What stands behind a number.

use replycode::Enhanced;

use crate::bytes::{at, before, contains, is_blank, is_line_end, is_word, rest, slice, starts_with};
use crate::lexicon::{EXPECTED, HTTP_HEADS, HTTP_PHRASES, IMAP_COUNTS, UNITS, has};
use crate::list::{List, list, set};

/// The separator behind a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Separator {
    /// A blank, however it is written.
    Blank,
    /// `-`: more lines follow, or a client's way to write a blank.
    Dash,
    /// The line or string ends.
    End,
    /// `:`
    Colon,
    /// `,` or `;`
    Comma,
    /// A bracket or quotation mark that closes; which one.
    Close(u8),
    /// A full stop.
    Stop,
    /// Anything else.
    Other,
}

/// The first character of the text behind a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum First {
    /// There is no text.
    Nothing,
    /// A capital letter.
    Upper,
    /// A small letter.
    Lower,
    /// A digit.
    Digit,
    /// A quotation mark, or an opening bracket of any kind.
    Opening,
    /// A character beyond ASCII.
    Wide,
    /// Punctuation.
    Punctuation,
}

/// What stands behind a number.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Right {
    pub(crate) separator: Separator,
    pub(crate) enhanced: Option<Enhanced>,
    /// Where the text begins.
    pub(crate) text: usize,
    pub(crate) first: First,
    /// Whether the first word counts or measures something.
    pub(crate) unit: bool,
    /// What stands between the first word and its value, `PROTO=TCP` or `Free: 421`; 0 if it has none.
    pub(crate) pair: u8,
    /// The quotation mark between the number and its enhanced status code, 0 without one.
    pub(crate) quote: u8,
    /// Whether the text consists of figures as FTP servers have them: a time stamp, what a transfer took.
    pub(crate) figures: bool,
    /// Whether a label of their own stands before the words: `Code: 550 Message: ...`.
    pub(crate) labelled: bool,
}

impl Right {
    /// Whether words follow.
    pub(crate) fn has_text(&self) -> bool {
        self.enhanced.is_some() || self.figures || !matches!(self.first, First::Nothing | First::Digit)
    }

    /// Whether the text is a reason phrase of HTTP.
    pub(crate) fn http(&self, text: &[u8]) -> bool {
        let start = skip_opening(text, self.text);
        let first = rest(text, start).iter().take_while(|byte| is_word(**byte)).count();
        self.enhanced.is_none()
            && HTTP_HEADS.has(slice(text, start, start + first))
            && HTTP_PHRASES.iter().any(|phrase| phrase_at(text, start, phrase))
    }

    /// Whether the words say that the client wanted to see the number.
    pub(crate) fn expected(&self, text: &[u8]) -> bool {
        expected(text, self.text)
    }
}

/// Whether a word follows that is no label (see [`skip_label`]), so that there is neither an enhanced status code nor
/// another number behind the three digits at `place`.
pub(crate) fn plain(text: &[u8], place: usize) -> bool {
    let gap = slice(text, place + 3, place + 7).iter().take_while(|byte| b" ]):,\"_".contains(byte)).count();
    let letter = at(text, place + 3 + gap) | 0x20;
    // The others begin labels, or the marks of strings.
    gap > 0 && letter.is_ascii_lowercase() && !b"abcdeimrtu".contains(&letter)
}

/// The first things behind a number. Of most numbers nothing more need be known.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Head {
    pub(crate) separator: Separator,
    pub(crate) enhanced: Option<Enhanced>,
    /// Where the text begins.
    pub(crate) start: usize,
    quote: u8,
    labelled: bool,
}

/// Reads the first things behind the three digits at `place`.
pub(crate) fn head(text: &[u8], place: usize) -> Head {
    let digit = at(text, place);
    let (separator, mut start) = separator(text, place + 3);
    let mut enhanced = None;
    let mut quote = 0;
    let mut labelled = false;
    if matches!(
        separator,
        Separator::Blank | Separator::Dash | Separator::Colon | Separator::Comma | Separator::Close(_)
    ) {
        let behind = skip_label(text, start, separator);
        labelled = behind > start;
        if labelled && matches!(before(text, behind), b'"' | b'\'') {
            quote = before(text, behind);
        }
        start = behind;
        // Some servers write the code twice.
        if slice(text, start, start + 3) == slice(text, place, place + 3) && is_blank(at(text, start + 3)) {
            start = blanks(text, start + 3);
        }
        let found = skip_opening(text, start);
        if let Some((code, end)) = parse_enhanced(text, found)
            && fits(digit, code.class())
        {
            enhanced = Some(code);
            quote =
                slice(text, start, found).iter().copied().rfind(|byte| matches!(byte, b'"' | b'\'')).unwrap_or(quote);
            start = end;
            while matches!(at(text, start), b' ' | b'\t' | b':' | b'_' | b'+' | b')' | b']')
                && !is_line_end(at(text, start))
            {
                start += 1;
            }
        }
    }
    Head { separator, enhanced, start, quote, labelled }
}

/// Reads what stands behind the three digits at `place`.
pub(crate) fn right(text: &[u8], place: usize, head: Head) -> Right {
    let Head { separator, enhanced, start, quote, labelled } = head;
    // Where an enhanced status code should be but is none, as in `554 6.6.0 Error`, the words come behind it.
    let first = first(text, if enhanced.is_none() { skip_triple(text, start) } else { start });
    let end = word_end(text, start);
    let word = slice(text, start, end);
    // `200 files`, but not `550 file: not found` nor `450 users@example.com`.
    let small = word.iter().all(u8::is_ascii_lowercase) || (word.len() <= 3 && word.iter().all(u8::is_ascii_uppercase));
    let imap =
        matches!(word.first(), Some(b'E' | b'R' | b'F')) && IMAP_COUNTS.iter().any(|count| count.as_bytes() == word);
    let unit = imap
        || dated(text, start, end)
        || enhanced.is_none() && small && UNITS.has(word) && !matches!(at(text, end), b':' | b'@' | b'.' | b'-');
    Right {
        separator,
        enhanced,
        text: start,
        first,
        unit,
        pair: match at(text, end) {
            b'=' if end > start => b'=',
            b':' if end > start && at(text, blanks(text, end + 1)).is_ascii_digit() => b':',
            _ => 0,
        },
        quote,
        labelled,
        figures: separator == Separator::Blank && figures(text, place, start),
    }
}

/// `550 Mar 12 10:15`: the size of a file in a listing.
fn dated(text: &[u8], start: usize, end: usize) -> bool {
    const MONTHS: List = list!["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    end == start + 3 && at(text, blanks(text, end)).is_ascii_digit() && has(MONTHS, slice(text, start, end))
}

/// `213 20240227024248`, `226 0.029 seconds (measured here), 91.26 Mbytes per second`, `421 5 users (the maximum) are
/// already logged in`.
fn figures(text: &[u8], place: usize, start: usize) -> bool {
    let digits = slice(text, start, start + 16).iter().take_while(|byte| byte.is_ascii_digit()).count();
    let words = slice(text, start, start + 40);
    let counted = contains(words, " seconds (measured here)") || contains(words, " users (the maximum)");
    starts_with(text, place, "213") && digits == 14 || digits > 0 && counted
}

/// Class and first digit agree; servers mix up 4 and 5.
const fn fits(digit: u8, class: u8) -> bool {
    match digit {
        b'4' | b'5' => class == 4 || class == 5,
        _ => digit == b'0' + class,
    }
}

/// The separator at a place, and where it ends.
fn separator(text: &[u8], place: usize) -> (Separator, usize) {
    let byte = at(text, place);
    if place >= text.len() || is_line_end(byte) {
        return (Separator::End, place);
    }
    if let Some(blank) = blank(text, place) {
        let mut end = blank;
        while let Some(next) = self::blank(text, end) {
            end = next;
        }
        let next = at(text, end);
        if end >= text.len() || is_line_end(next) || escaped_end(text, end) {
            return (Separator::End, end);
        }
        // ` : 550` and ` - text`.
        if matches!(next, b':' | b'-' | b'|') && is_blank(at(text, end + 1)) {
            end += 1;
            while let Some(next) = self::blank(text, end) {
                end = next;
            }
        }
        return (Separator::Blank, end);
    }
    if escaped_end(text, place) {
        return (Separator::End, place);
    }
    // A quotation mark within a string.
    let escapes = rest(text, place).iter().take(4).take_while(|&&byte| byte == b'\\').count();
    if escapes > 0 && matches!(at(text, place + escapes), b'"' | b'\'') {
        return (Separator::Close(at(text, place + escapes)), blanks(text, place + escapes + 1));
    }
    match byte {
        b'-' => {
            let mut end = place + 1;
            while let Some(next) = blank(text, end) {
                end = next;
            }
            (Separator::Dash, end)
        }
        b':' => (Separator::Colon, blanks(text, place + 1)),
        b',' | b';' => (Separator::Comma, blanks(text, place + 1)),
        b')' | b']' | b'}' | b'"' | b'\'' | b'`' | b'>' | b'*' => {
            let mut end = place + 1;
            while matches!(at(text, end), b')' | b']' | b'"' | b'\'' | b'`' | b'*' | b':') {
                end += 1;
            }
            end = blanks(text, end);
            // `Erreur SMTP (535) : ...`
            if matches!(at(text, end), b':' | b'-') && is_blank(at(text, end + 1)) {
                end = blanks(text, end + 1);
            }
            (Separator::Close(byte), end)
        }
        b'.' | b'!' | b'?' => (Separator::Stop, blanks(text, place + 1)),
        _ => (Separator::Other, place),
    }
}

fn blanks(text: &[u8], mut place: usize) -> usize {
    while let Some(next) = blank(text, place) {
        place = next;
    }
    place
}

/// The place after a blank: a real one, `_`, `+`, no-break and ideographic spaces, tags, entities, escaped tabs.
fn blank(text: &[u8], place: usize) -> Option<usize> {
    match at(text, place) {
        b' ' | b'\t' | b'_' | b'+' | 0x0b | 0x0c => Some(place + 1),
        0x1b => {
            let code = rest(text, place).iter().take(12).position(|&byte| byte == b'm')?;
            Some(place + code + 1)
        }
        0xc2 if at(text, place + 1) == 0xa0 => Some(place + 2),
        0xe3 if starts_with(text, place, "\u{3000}") => Some(place + 3),
        0xef if starts_with(text, place, "：") => Some(place + 3),
        0x81 if matches!(at(text, place + 1), 0x40 | 0x46) => Some(place + 2),
        b'&' if starts_with(text, place, "&nbsp;") => Some(place + 6),
        b'\\' if at(text, place + 1) == b't' && !at(text, place + 2).is_ascii_lowercase() => Some(place + 2),
        b'<' => {
            let tags = list!["</b>", "<b>", "</td><td>", "</td>", "</strong>", "</code>", "</span>", "</i>", "</th>"];
            tags.iter().find(|tag| starts_with(text, place, tag)).map(|tag| place + tag.len())
        }
        _ => None,
    }
}

/// Whether an escaped string's line ends at a place.
pub(crate) fn escaped_end(text: &[u8], place: usize) -> bool {
    match at(text, place) {
        b'\\' => {
            // `\r\n`, `\\n`, `\n`; a path such as `\new` has a letter behind it.
            let letter = if at(text, place + 1) == b'\\' { place + 2 } else { place + 1 };
            matches!(at(text, letter), b'n' | b'r')
        }
        b'<' => list!["<br>", "<br/>", "<br />", "</pre>", "</p>", "</div>", "</li>", "</tr>"]
            .iter()
            .any(|tag| starts_with(text, place, tag)),
        _ => false,
    }
}

/// Where the words begin behind a label of their own: `Code: 550 Message: ...`, `"code": 550, "message": "..."`.
fn skip_label(text: &[u8], place: usize, separator: Separator) -> usize {
    set! {
        static LABELS: 32 = [
            "message", "msg", "text", "response", "resp", "reply", "reason", "description", "detail", "info", "buffer",
            "content",
        ]
    }
    let mut start = place;
    if separator == Separator::Comma {
        while matches!(at(text, start), b' ' | b'\t' | b'\r' | b'\n') && start < place + 40 {
            start += 1;
        }
    }
    if matches!(at(text, start), b'a' | b'A' | b'e' | b'E') {
        for words in list!["additional smtp ", "error "].iter() {
            if starts_with(text, start, words) {
                start += words.len();
            }
        }
    }
    let quoted = matches!(at(text, start), b'"' | b'\'');
    start += usize::from(quoted);
    let end = word_end(text, start);
    let mut behind = end + usize::from(quoted && matches!(at(text, end), b'"' | b'\''));
    if !matches!(at(text, behind), b':' | b'=') || !LABELS.has(slice(text, start, end)) {
        return place;
    }
    behind = blanks(text, behind + 1);
    behind + usize::from(matches!(at(text, behind), b'"' | b'\''))
}

/// The place of an enhanced status code behind brackets, quotation marks, `#` and the like.
fn skip_opening(text: &[u8], mut place: usize) -> usize {
    for _ in 0..4 {
        match at(text, place) {
            b'#' | b'(' | b'[' | b'"' | b'\'' | b'-' | b':' | b'*' | b'`' | b' ' => place += 1,
            b'b' | b'u' if matches!(at(text, place + 1), b'\'' | b'"') => place += 2,
            _ => break,
        }
    }
    place
}

/// The enhanced status code at a place, and where it ends.
pub(crate) fn parse_enhanced(text: &[u8], place: usize) -> Option<(Enhanced, usize)> {
    let class = at(text, place).wrapping_sub(b'0');
    if !matches!(class, 2 | 4 | 5) || at(text, place + 1) != b'.' {
        return None;
    }
    let (subject, end) = number(text, place + 2)?;
    if at(text, end) != b'.' {
        return None;
    }
    let (detail, end) = number(text, end + 1)?;
    let next = at(text, end);
    let longer = next.is_ascii_alphanumeric() || (next == b'.' && at(text, end + 1).is_ascii_alphanumeric());
    let longer = longer || (next == b'-' && at(text, end + 1).is_ascii_digit());
    Enhanced::new(class, subject, detail).filter(|_| !longer).map(|code| (code, end))
}

/// One to three digits.
fn number(text: &[u8], place: usize) -> Option<(u16, usize)> {
    let mut value = 0;
    let mut end = place;
    while end < place + 3 && at(text, end).is_ascii_digit() {
        value = value * 10 + u16::from(at(text, end) - b'0');
        end += 1;
    }
    (end > place && !at(text, end).is_ascii_digit()).then_some((value, end))
}

/// The place behind three numbers with dots, or the same place.
fn skip_triple(text: &[u8], place: usize) -> usize {
    let behind = number(text, place)
        .filter(|(_, end)| at(text, *end) == b'.')
        .and_then(|(_, end)| number(text, end + 1))
        .filter(|(_, end)| at(text, *end) == b'.')
        .and_then(|(_, end)| number(text, end + 1));
    behind.filter(|(_, end)| is_blank(at(text, *end))).map_or(place, |(_, end)| blanks(text, end))
}

fn first(text: &[u8], place: usize) -> First {
    match at(text, place) {
        _ if place >= text.len() => First::Nothing,
        b'\r' | b'\n' => First::Nothing,
        _ if escaped_end(text, place) => First::Nothing,
        b'A'..=b'Z' => First::Upper,
        b'a'..=b'z' => First::Lower,
        b'0'..=b'9' => First::Digit,
        b'"' | b'\'' | b'`' | b'<' | b'(' | b'[' | b'{' | b'&' => First::Opening,
        b'}' | b']' | b')' | b',' | b';' => First::Nothing,
        0x80.. => First::Wide,
        _ => First::Punctuation,
    }
}

fn word_end(text: &[u8], place: usize) -> usize {
    let mut end = place;
    while end < place + 24 && is_word(at(text, end)) {
        end += 1;
    }
    end
}

/// Whether a phrase stands at a place, as whole words, with nothing but punctuation behind it on its line.
fn phrase_at(text: &[u8], place: usize, phrase: &str) -> bool {
    if !starts_with(text, place, phrase) {
        return false;
    }
    let end = place + phrase.len();
    let next = at(text, end);
    !is_word(next)
}

/// `... 220 was expected`: whether the words from a place on say so.
fn expected(text: &[u8], place: usize) -> bool {
    let mut start = place;
    for _ in 0..2 {
        let end = word_end(text, start);
        let may = matches!(at(text, start), b'e' | b'E' | b'a' | b'A');
        if may && has(list!["expected", "erwartet", "attendu", "esperado"], slice(text, start, end)) {
            // `501 expected NOOP/RSET/QUIT` is a reply about something else that was expected.
            return !is_blank(at(text, end)) || EXPECTED.has(slice(text, end + 1, word_end(text, end + 1)));
        }
        start = blanks(text, end);
    }
    false
}

#[cfg(test)]
mod tests {
    use super::{First, Right, Separator, head};
    use std::string::ToString;

    fn right(text: &[u8], place: usize) -> Right {
        super::right(text, place, head(text, place))
    }

    #[test]
    fn separators_and_texts() {
        for (text, separator, words) in [
            ("550 No such user", Separator::Blank, "No such user"),
            ("550-No such user", Separator::Dash, "No such user"),
            ("550\r\n", Separator::End, ""),
            ("550 \\r\\n'", Separator::End, ""),
            ("550\\r\\n'", Separator::End, ""),
            ("550<br>x", Separator::End, ""),
            ("550: No", Separator::Colon, "No"),
            ("550, b'No'", Separator::Comma, "b'No'"),
            ("550) No", Separator::Close(b')'), "No"),
            ("550\", with", Separator::Close(b'"'), ""),
            ("550. No", Separator::Stop, "No"),
            ("550_No_such", Separator::Blank, "No_such"),
            ("550&nbsp;No", Separator::Blank, "No"),
            ("550\u{3000}いいえ", Separator::Blank, "いいえ"),
            ("550</td><td>No</td>", Separator::Blank, "No</td>"),
        ] {
            let right = right(text.as_bytes(), 0);
            assert_eq!(right.separator, separator, "{text}");
            let rest = &text[right.text..];
            assert!(rest.starts_with(words) && (words.is_empty() == (right.first == First::Nothing)), "{text}: {rest}");
        }
    }

    #[test]
    fn enhanced_status_codes_in_their_clothes() {
        for (text, code) in [
            ("550 5.1.1 No", Some("5.1.1")),
            ("550-5.1.1 No", Some("5.1.1")),
            ("550 #5.1.0 No", Some("5.1.0")),
            ("550 (5.1.1) No", Some("5.1.1")),
            ("550-'5.1.1 No'", Some("5.1.1")),
            ("550: 5.1.1 No", Some("5.1.1")),
            ("550, b'5.7.8 No'", Some("5.7.8")),
            ("550  5.7.26 No", Some("5.7.26")),
            ("552 4.2.2 full", Some("4.2.2")),
            ("550 5.0.350 x", Some("5.0.350")),
            ("550_5.1.1_x", Some("5.1.1")),
            ("550 4.16.55.1", None),
            ("250 5.1.1 x", None),
            ("550 6.6.0 x", None),
            ("550 5.1 x", None),
            ("550 No 5.1.1", None),
        ] {
            let found = right(text.as_bytes(), 0).enhanced.map(|code| code.to_string());
            assert_eq!(found.as_deref(), code, "{text}");
        }
    }

    #[test]
    fn counts_web_phrases_and_expectations() {
        let of = |text: &str| right(text.as_bytes(), 0);
        assert!(of("250 files copied").unit && of("200 bytes").unit && !of("550 file not found").unit);
        let http = |text: &str| of(text).http(text.as_bytes());
        assert!(http("500 Internal Server Error") && http("502 Bad Gateway") && !http("550 Not a user"));
        let expected = |text: &str| of(text).expected(text.as_bytes());
        assert!(expected("220 was expected") && !expected("501 expected NOOP/RSET/QUIT"));
    }
}
