//! What stands before a number. Looks back a bounded way, never past the line.

use crate::bytes::{
    at, before, contains, ends_with, is_blank, is_word, line_start, skip_blanks_back, slice, starts_with,
};
use crate::found::Span;
use crate::lexicon::{EXPECTED, HEARD, Role, has, role};
use crate::list::{Hash, list, set};
use crate::symbol::{ansi, opening, symbol, tag};

/// How far back the line is looked at.
pub(crate) const REACH: usize = 512;

/// The thing before a number and its decorations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stand {
    /// The line begins, or a table cell, or a line within an escaped string.
    Start,
    /// A time stamp, or a group in brackets such as `[DEBUG]`.
    Stamp,
    /// A mark that the server speaks: `<`, `<---`, `S:`, `Response:`.
    Server,
    /// A mark that the client speaks, or a quotation in a mail: `>`, `>>>`.
    Client,
    /// `->`, `=>`, `→`.
    Arrow,
    /// ` - `.
    Dash,
    /// A word with a colon or an equals sign.
    Label,
    /// A word.
    Word,
    /// A number.
    Number,
    /// The end of a sentence.
    Clause,
    /// A comma.
    Comma,
    /// `#`, as Exchange has it.
    Hash,
    /// A quotation that ends before the number.
    Closed,
    /// Anything else.
    Nothing,
}

/// What stands before a number.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Left {
    pub(crate) stand: Stand,
    /// The word of a label or word.
    pub(crate) word: Span,
    pub(crate) role: Role,
    /// The quotation mark right before the number, 0 without one.
    pub(crate) quote: u8,
    /// The bracket right before the number, 0 without one.
    pub(crate) bracket: u8,
    /// Whether the quotation mark or bracket is a full-width one.
    pub(crate) wide: bool,
    /// Where the decorations begin.
    pub(crate) edge: usize,
    /// Whether a blank stands between the number, with its decorations, and what is before.
    pub(crate) spaced: bool,
    /// Whether the blank was written as an underscore or a plus sign.
    pub(crate) escaped: bool,
    /// The beginning of the line, as far as it was looked at.
    pub(crate) line: usize,
    /// Blanks at the beginning of the line right before the number.
    pub(crate) indent: usize,
    /// Whether a label is followed by an equals sign.
    pub(crate) equals: bool,
}

set! {
    /// Labels that mark the server's side of a dialogue.
    pub(crate) static DIALOG: 128 = [
    "s",
    "srv",
    "server",
    "response",
    "antwort",
    "réponse",
    "reponse",
    "respuesta",
    "risposta",
    "resposta",
    "antwoord",
    "odpowiedź",
    "svar",
    "ответ",
    "Ответ",
    "відповідь",
    "Відповідь",
    "yanıt",
    "odpověď",
    "válasz",
    "vastaus",
    "răspuns",
    "応答",
    "レスポンス",
    "响应",
    "回應",
    "응답",
    "recv",
    "rcvd",
    "received",
    "rx",
    "got",
    "get",
    "reply",
    "in",
    "resp",
    "welcome",
    "read",
]
}

/// Reads what stands before a place.
pub(crate) fn left(text: &[u8], place: usize) -> Left {
    let line = line_start(text, place, REACH);
    let mut left = Left {
        stand: Stand::Start,
        word: Span::default(),
        role: Role::Unknown,
        quote: 0,
        bracket: 0,
        wide: false,
        edge: place,
        spaced: false,
        escaped: false,
        line,
        indent: 0,
        equals: false,
    };
    let mut edge = place;
    for _ in 0..24 {
        if edge <= line {
            left.indent = place - line;
            break;
        }
        let (symbol, width) = symbol(text, line, edge);
        let next = edge.saturating_sub(width).max(line);
        let second = before(text, next);
        match symbol {
            b' ' | b'\t' | 0..=0x1f => left.spaced = true,
            b'_' if at(text, place + 3) == b'_' || at(text, place + 3) == b'+' => {
                left.spaced = true;
                left.escaped = true;
            }
            // Emphasis: `_550 Not allowed_`.
            b'_' if next == line || is_blank(second) => {}
            b'"' | b'\'' | b'`' => {
                if left.spaced && left.bracket == 0 && left.quote == 0 {
                    left.stand = Stand::Closed;
                    left.edge = edge;
                    return left;
                }
                left.wide |= width > 1 && left.quote == 0;
                left.quote = if left.quote == 0 { symbol } else { left.quote };
                edge = opening(text, line, next);
                left.spaced = false;
                continue;
            }
            b'(' | b'[' | b'{' => {
                left.wide |= width > 1 && left.bracket == 0;
                left.bracket = if left.bracket == 0 { symbol } else { left.bracket };
                left.spaced = false;
            }
            // Emphasis, unless it belongs to a mark such as `<~*`.
            b'*' if !matches!(second, b'<' | b'~' | b'-') => {}
            b'|' => break,
            b'>' if width == 1
                && let Some((tag, block)) = tag(text, line, next) =>
            {
                if block {
                    break;
                }
                edge = tag;
                continue;
            }
            b'm' if let Some(start) = ansi(text, line, next) => {
                edge = start;
                continue;
            }
            b't' if second == b'\\' => {
                left.spaced = true;
                edge = next - 1;
                continue;
            }
            b'n' | b'r' if second == b'\\' => break,
            _ => {
                left.edge = edge;
                // Full-width punctuation has its blank in it.
                left.spaced |= width > 1;
                stand(text, &mut left, symbol, next);
                return left;
            }
        }
        edge = next;
    }
    left.edge = edge;
    left
}

/// Names the thing whose last character stands for `symbol` and begins at `place`.
fn stand(text: &[u8], left: &mut Left, symbol: u8, place: usize) {
    let line = left.line;
    left.stand = match symbol {
        b':' => label(text, left, place),
        b'=' if !matches!(before(text, place), b'<' | b'>' | b'=' | b'-') => {
            left.equals = true;
            label(text, left, place)
        }
        b'<' | b'>' | b'~' | b'-' | b'*' | b'+' | b'=' => mark(text, left, place),
        b';' => scheme(text, left, place),
        b',' => match before(text, place) {
            b'<' | b'>' if matches!(place.checked_sub(2).map_or(0, |place| at(text, place)), b',' | b'"') => {
                Stand::Server
            }
            _ => Stand::Comma,
        },
        b'#' => Stand::Hash,
        b')' | b'.' if numbered(text, line, place) => Stand::Stamp,
        b')' | b']' | b'}' => group(text, line, place),
        b'.' | b'!' | b'?' => Stand::Clause,
        _ => token(text, left),
    };
}

/// Whether the word at a place only listens: `SERVER -> CLIENT:` and the other way round.
pub(crate) fn listens(text: &[u8], place: usize) -> bool {
    before(text, place) == b' ' && list!["server -> ", "client -> "].iter().any(|arrow| ends_with(text, place, arrow))
}

/// The word that ends at `end`.
pub(crate) fn word(text: &[u8], line: usize, end: usize) -> Span {
    let floor = line.max(end.saturating_sub(48));
    let inside = |byte: u8| is_word(byte) || matches!(byte, b'_' | b'-' | b'.' | b'$');
    let mut start = end;
    while start > floor && inside(before(text, start)) {
        start -= 1;
    }
    // A dash or dot before a word belongs to what is before.
    while start < end && matches!(at(text, start), b'-' | b'.') {
        start += 1;
    }
    Span { start, end }
}

/// A label: the word before a colon or equals sign at `place`.
fn label(text: &[u8], left: &mut Left, place: usize) -> Stand {
    let mut end = skip_blanks_back(text, left.line, place);
    while end > left.line && matches!(before(text, end), b'"' | b'\'' | b'*' | b'`' | b'\\') {
        end -= 1;
    }
    if before(text, end) == b'>'
        && let Some((start, _)) = tag(text, left.line, end - 1)
    {
        end = start;
    }
    left.word = word(text, left.line, end);
    let word = left.word.of(text);
    if !word.is_empty() && word.iter().all(|byte| byte.is_ascii_digit() || *byte == b'.') {
        // A time of day, a line of source, a port.
        return if place - left.word.start <= 3 && before(text, left.word.start) == b':' {
            Stand::Stamp
        } else {
            Stand::Label
        };
    }
    if left.equals && word.len() == 1 {
        return Stand::Label;
    }
    left.role = role(word);
    if left.role == Role::Unknown
        && let Some(dot) = word.iter().rposition(|&byte| byte == b'.')
    {
        left.role = match role(word.get(dot + 1..).unwrap_or(&[])) {
            Role::Code => Role::Code,
            _ => Role::Unknown,
        };
    }
    if !left.equals && listens(text, left.word.start) {
        // The first one speaks.
        return if ends_with(text, left.word.start, "server -> ") { Stand::Server } else { Stand::Client };
    }
    // `Command:` begins its line or follows a group; in `the MAIL command:` it is prose.
    let head = skip_blanks_back(text, left.line, left.word.start);
    let mark = head == left.line || !before(text, head).is_ascii_alphanumeric();
    match left.role {
        Role::Client if mark && (word.len() > 1 || left.word.start == left.line) => Stand::Client,
        // `Get:550 http://...` is a package manager's.
        Role::Reply if DIALOG.has(word) && !left.equals && (left.spaced || !has(list!["get"], word)) => Stand::Server,
        _ => Stand::Label,
    }
}

/// A run of arrow characters that ends at `place`.
fn mark(text: &[u8], left: &mut Left, place: usize) -> Stand {
    let end = place + 1;
    let floor = left.line.max(end.saturating_sub(12));
    let mut start = end;
    while start > floor && matches!(before(text, start), b'<' | b'>' | b'~' | b'-' | b'*' | b'+' | b'=') {
        start -= 1;
    }
    let run = slice(text, start, end);
    let has = |byte| run.contains(&byte);
    // An arrow of another character set, or an entity.
    if run.first().is_none_or(|byte| *byte >= 0x80) || at(text, place) == b'&' {
        return match before(text, left.edge) {
            b';' if ends_with(text, left.edge, "&lt;") => Stand::Server,
            _ if ends_with(text, left.edge, "←") => Stand::Server,
            _ => Stand::Arrow,
        };
    }
    if has(b'<') {
        // `<550` begins something else.
        let mark = left.spaced || run.len() > 1;
        return if mark && !has(b'=') && !compares(text, left.line, start) { Stand::Server } else { Stand::Nothing };
    }
    if has(b'>') {
        if run.len() > 1 && run.iter().any(|byte| *byte != b'>') {
            return Stand::Arrow;
        }
        if run.len() == 1 && address(text, left.line, place) {
            return Stand::Stamp;
        }
        return Stand::Client;
    }
    if has(b'-') {
        // `smtp-550` is one word; ` - 550` is a clause; a row of dashes is decoration.
        return if left.spaced || start == left.line { Stand::Dash } else { Stand::Nothing };
    }
    Stand::Stamp
}

/// Whether `<` or `<<` stands between the two sides of a comparison or shift: `count < 550`.
fn compares(text: &[u8], line: usize, start: usize) -> bool {
    let end = skip_blanks_back(text, line, start);
    let short = at(text, start + 2) != b'<';
    let floor = line.max(end.saturating_sub(40));
    let token = slice(text, floor, end);
    let len = token
        .iter()
        .rev()
        .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b':' | b'.'))
        .count();
    let token = slice(token, token.len() - len, token.len());
    // Times of day and session ids stand before marks, too.
    let digits = token.iter().filter(|byte| byte.is_ascii_digit()).count();
    let stamp = digits >= 4 || token.contains(&b':');
    short && end < start && (len > 0 && !stamp || before(text, end) == b')')
}

/// Whether a `>` closes something in angle brackets: an address, a time stamp.
fn address(text: &[u8], line: usize, place: usize) -> bool {
    let floor = line.max(place.saturating_sub(80));
    let head = slice(text, floor, place);
    head.iter().rposition(|&byte| byte == b'<').is_some_and(|open| {
        let inside = head.get(open + 1..).unwrap_or(&[]);
        !inside.is_empty() && !inside.contains(&b'>') && !inside.first().is_some_and(|byte| is_blank(*byte))
    })
}

/// The scheme of a diagnostic code: `smtp;`.
fn scheme(text: &[u8], left: &mut Left, place: usize) -> Stand {
    left.word = word(text, left.line, place);
    if has(list!["smtp", "lmtp", "x-postfix", "x-exim", "smtps", "esmtp"], left.word.of(text)) {
        left.role = Role::Reply;
        return Stand::Label;
    }
    Stand::Clause
}

/// Whether nothing but the number of a list's item is before a place: `1. `, `2) `.
fn numbered(text: &[u8], line: usize, place: usize) -> bool {
    let head = slice(text, line, place);
    let digits = head.iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
    (1..=2).contains(&digits) && head.iter().rev().skip(digits).all(|&byte| is_blank(byte) || byte == b'>')
}

/// A group in brackets that ends at `place`.
fn group(text: &[u8], line: usize, place: usize) -> Stand {
    let open = match at(text, place) {
        b')' => b'(',
        b']' => b'[',
        _ => b'{',
    };
    let floor = line.max(place.saturating_sub(80));
    let head = slice(text, floor, place);
    let Some(start) = head.iter().rposition(|&byte| byte == open) else { return Stand::Nothing };
    let inside = head.get(start + 1..).unwrap_or(&[]);
    match role(inside) {
        Role::Reply => return Stand::Server,
        Role::Client if inside.len() > 1 => return Stand::Client,
        _ => {}
    }
    if contains(inside, "server") || contains(inside, "recv") { Stand::Server } else { Stand::Stamp }
}

/// A word, number or time stamp that ends at the edge.
fn token(text: &[u8], left: &mut Left) -> Stand {
    let floor = left.line.max(left.edge.saturating_sub(48));
    let mut start = left.edge;
    while start > floor
        && !matches!(before(text, start), 0..=b' ' | b'"' | b'\'' | b'(' | b')' | b'[' | b']' | b'<' | b'>' | b'|')
    {
        start -= 1;
    }
    let token = slice(text, start, left.edge);
    let digits = token.iter().filter(|byte| byte.is_ascii_digit()).count();
    let letters = token.iter().filter(|byte| is_word(**byte)).count() - digits;
    left.word = word(text, left.line, left.edge);
    if digits > 0
        && (letters == 0 || token.contains(&b':'))
        && token.iter().any(|byte| matches!(byte, b':' | b'.' | b',' | b'-'))
    {
        return if token.contains(&b':') && letters <= 2 { Stand::Stamp } else { Stand::Number };
    }
    if digits > 0 && letters == 0 {
        return Stand::Number;
    }
    // Session ids, and AM and PM.
    if (digits >= 4 && token.len() >= 8) || has(list!["am", "pm"], token) {
        return Stand::Stamp;
    }
    // `S 220 ready`, `C EHLO cam`: a transcript without colons.
    let head = before(text, skip_blanks_back(text, left.line, left.word.start));
    if left.spaced && (left.word.start == left.line || !is_word(head) && head != b',' || head == b'Z') {
        match token {
            b"S" => return Stand::Server,
            b"C" => return Stand::Client,
            _ => {}
        }
    }
    left.role = role(left.word.of(text));
    // In other scripts a sentence is one word: what counts is how it ends.
    Stand::Word
}

/// Whether the words before a number say that the client wanted to see it.
pub(crate) fn expected(text: &[u8], left: &Left) -> bool {
    let floor = left.line.max(left.edge.saturating_sub(72));
    let mut end = left.edge;
    for _ in 0..7 {
        while end > floor && !(is_word(before(text, end)) || before(text, end) == b'_') {
            end -= 1;
        }
        let mut start = end;
        while start > floor && (is_word(before(text, start)) || before(text, start) == b'_') {
            start -= 1;
        }
        let word = slice(text, start, end);
        let hash = Hash::of(word);
        if word.is_empty() || HEARD.place_of(word, hash).is_some() {
            return false;
        }
        if EXPECTED.place_of(word, hash).is_some() || starts_with(word, 0, "expected") {
            return true;
        }
        end = start;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::{Stand, expected, left};
    use crate::lexicon::Role;

    fn of(text: &str) -> super::Left {
        left(text.as_bytes(), text.find("550").unwrap())
    }

    #[test]
    fn the_thing_before_a_number_is_named() {
        for (text, stand) in [
            ("550 x", Stand::Start),
            ("x\n   550 x", Stand::Start),
            ("'a\\r\\n550 x'", Stand::Start),
            ("a | 550 x", Stand::Start),
            ("<td>550</td>", Stand::Start),
            ("\u{1b}[31m550 x", Stand::Start),
            ("└──550 x", Stand::Start),
            ("12:30:11.123 550 x", Stand::Stamp),
            ("[DEBUG] 550 x", Stand::Stamp),
            ("<12/3/2025 11:23:10 AM> 550 x", Stand::Stamp),
            ("< 550 x", Stand::Server),
            ("<--- 550 x", Stand::Server),
            ("SMTP<< 550 x", Stand::Server),
            ("<~* 550 x", Stand::Server),
            ("S: 550 x", Stand::Server),
            ("Antwort:\t550 x", Stand::Server),
            ("SERVER -> CLIENT: 550 x", Stand::Server),
            ("S 550 x", Stand::Server),
            ("[Response] 550 x", Stand::Server),
            ("recv:'550 x'", Stand::Server),
            ("FTP Rx: \"550 x\"", Stand::Server),
            ("2,192.0.2.1:25,<,550 5.1.1 x", Stand::Server),
            ("C: 550 x", Stand::Client),
            ("CLIENT -> SERVER: 550 x", Stand::Client),
            (">>> 550 x", Stand::Client),
            ("\"RCPT TO:<a@b>\" => 550 x", Stand::Arrow),
            ("20:21:48.725 -> 550 x", Stand::Arrow),
            ("[DEBUG] - 550 x", Stand::Dash),
            ("error_perm: 550 x", Stand::Label),
            ("host mx[192.0.2.1]: 550 x", Stand::Label),
            ("stat=550 x", Stand::Label),
            ("smtp;550 x", Stand::Label),
            ("Reason 550 x", Stand::Word),
            ("failed. 550 x", Stand::Clause),
            ("used 12 550 x", Stand::Number),
            ("\"STOR a\" 550 -", Stand::Closed),
        ] {
            assert_eq!(of(text).stand, stand, "{text}");
        }
    }

    #[test]
    fn words_have_roles() {
        for (text, role) in [
            ("code: 550", Role::Code),
            ("\"responseCode\": 550,", Role::Code),
            ("SMTP Last Response Code: 550", Role::Code),
            ("error = 550", Role::Code),
            ("エラーコード：550", Role::Code),
            ("got code \"550\"", Role::Code),
            ("said: 550 x", Role::Reply),
            ("on line 550 of", Role::Other),
            ("pid=550 x", Role::Other),
            ("HTTP 550 x", Role::Other),
            ("(550, b'x')", Role::Unknown),
        ] {
            assert_eq!(of(text).role, role, "{text}");
        }
    }

    #[test]
    fn what_a_client_wanted_is_told_from_what_it_got() {
        for text in [
            "Expected response code 550 but got code \"421\"",
            "Expected response code(s) [550] but got response [421 x]",
            "Waiting for ('550', '33x')",
            "421 instead of 550",
            "_expect(550, 600)",
            "Expected code [226, 550], got response",
        ] {
            assert!(expected(text.as_bytes(), &of(text)), "{text}");
        }
        for text in
            ["Expected response code 250 but got code \"550\"", "unexpected reply: 550 x", "expected 220, got 550"]
        {
            assert!(!expected(text.as_bytes(), &of(text)), "{text}");
        }
    }
}
