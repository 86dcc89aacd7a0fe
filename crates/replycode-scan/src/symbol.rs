//! Characters and what they stand for: full-width ones, HTML's names, tags, colours, quotation marks.

use crate::bytes::{at, before, ends_with, first, is_word, slice};
use crate::lexicon::has;
use crate::list::{List, Wide, list};

/// Characters of more than one byte, in UTF-8, Shift_JIS and EUC-JP, and what they stand for.
static WIDE: [Wide; 37] = [
    Wide::new("\u{a0}".as_bytes(), b' '),
    Wide::new("\u{3000}".as_bytes(), b' '),
    Wide::new("\u{feff}".as_bytes(), b' '),
    Wide::new("\u{202f}".as_bytes(), b' '),
    Wide::new("：".as_bytes(), b':'),
    Wide::new("＝".as_bytes(), b'='),
    Wide::new("（".as_bytes(), b'('),
    Wide::new("［".as_bytes(), b'['),
    Wide::new("【".as_bytes(), b'['),
    Wide::new("「".as_bytes(), b'"'),
    Wide::new("『".as_bytes(), b'"'),
    Wide::new("“".as_bytes(), b'"'),
    Wide::new("„".as_bytes(), b'"'),
    Wide::new("‘".as_bytes(), b'\''),
    Wide::new("«".as_bytes(), b'"'),
    Wide::new("→".as_bytes(), b'>'),
    Wide::new("←".as_bytes(), b'<'),
    Wide::new("。".as_bytes(), b'.'),
    Wide::new("、".as_bytes(), b','),
    Wide::new("，".as_bytes(), b','),
    Wide::new("–".as_bytes(), b'-'),
    Wide::new("—".as_bytes(), b'-'),
    Wide::new("─".as_bytes(), b'|'),
    Wide::new("│".as_bytes(), b'|'),
    Wide::new("•".as_bytes(), b'|'),
    Wide::new("·".as_bytes(), b'|'),
    Wide::new(b"\x81\x40", b' '),
    Wide::new(b"\x81\x46", b':'),
    Wide::new(b"\x81\x81", b'='),
    Wide::new(b"\x81\x69", b'('),
    Wide::new(b"\x81\x6d", b'['),
    Wide::new(b"\x81\x79", b'['),
    Wide::new(b"\x81\x75", b'"'),
    Wide::new(b"\xa1\xa1", b' '),
    Wide::new(b"\xa1\xa7", b':'),
    Wide::new(b"\xa1\xca", b'('),
    Wide::new(b"\xa1\xd6", b'"'),
];

#[rustfmt::skip]
/// HTML's names for characters, and what they stand for.
const ENTITIES: List = list![
    "&nbsp;", " ",
    "&#160;", " ",
    "&quot;", "\"",
    "&#34;", "\"",
    "&#39;", "'",
    "&#039;", "'",
    "&apos;", "'",
    "&lt;", "<",
    "&gt;", ">",
];

/// What the bytes before a place stand for, and how many they are.
pub(crate) fn symbol(text: &[u8], floor: usize, place: usize) -> (u8, usize) {
    let byte = before(text, place);
    let head = slice(text, floor, place);
    if (byte >= 0x80 || place.checked_sub(2).is_some_and(|place| at(text, place) >= 0x80))
        && let Some(wide) = WIDE.iter().find(|wide| head.ends_with(wide.bytes()))
    {
        return (wide.symbol, wide.bytes().len());
    }
    if byte == b';'
        && let Some((name, symbol)) = ENTITIES.pairs().find(|(name, _)| ends_with(text, place, name))
    {
        return (at(symbol.as_bytes(), 0), name.len());
    }
    (byte, 1)
}

/// Where a string begins whose quotation mark is at `place`: before backslashes and the letter of `b'...'`.
pub(crate) fn opening(text: &[u8], line: usize, mut place: usize) -> usize {
    while place > line && before(text, place) == b'\\' {
        place -= 1;
    }
    let letter = before(text, place);
    let outside = place.checked_sub(2).map_or(0, |place| at(text, place));
    if place > line && matches!(letter, b'b' | b'u' | b'B' | b'U') && !is_word(outside) { place - 1 } else { place }
}

/// Where an HTML tag begins whose `>` is at `place`, and whether a line or table cell begins behind it.
pub(crate) fn tag(text: &[u8], line: usize, place: usize) -> Option<(usize, bool)> {
    const BLOCKS: List = list![
        "p", "br", "td", "th", "tr", "li", "dd", "dt", "h1", "h2", "h3", "h4", "div", "pre", "body", "center",
        "textarea",
    ];
    const INLINE: List =
        list!["a", "b", "i", "u", "em", "code", "span", "font", "strong", "tt", "small", "option", "label"];
    let floor = line.max(place.saturating_sub(80));
    let open = floor + slice(text, floor, place).iter().rposition(|&byte| byte == b'<')?;
    let inside = slice(text, open + 1, place);
    let name = inside.strip_prefix(b"/").unwrap_or(inside);
    let end = name.iter().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(name.len());
    let whole = matches!(name.get(end), None | Some(b' ' | b'/')) && !inside.contains(&b'>');
    let name = slice(name, 0, end);
    let block = has(BLOCKS, name);
    (whole && (block || has(INLINE, name))).then_some((open, block))
}

/// Where an ANSI colour sequence begins whose `m` is at `place`.
pub(crate) fn ansi(text: &[u8], line: usize, place: usize) -> Option<usize> {
    let floor = line.max(place.saturating_sub(12));
    let head = slice(text, floor, place);
    let open = head.iter().rposition(|&byte| byte == b'[')?;
    let digits = head.get(open + 1..)?.iter().all(|byte| byte.is_ascii_digit() || *byte == b';');
    let escape = before(text, floor + open);
    (digits && (escape == 0x1b || escape == b'e' || !is_word(escape))).then(|| {
        let start = floor + open;
        if escape == 0x1b { start - 1 } else { start }
    })
}

/// The quotation mark and the bracket around a place that are open there, the inner one of the two only; 0 for none.
pub(crate) fn enclosing(text: &[u8], line: usize, place: usize) -> (u8, u8) {
    let mut stack = [0u8; 16];
    let mut depth = 0;
    let mut at = line;
    // Brackets and quotation marks.
    let mark = |byte: u8| {
        (byte & 0xfe == b'(') | (byte | 0x20 == b'{') | (byte | 0x20 == b'}') | (byte == b'"') | (byte == b'\'')
    };
    while let Some(ahead) = first(slice(text, at, place), mark) {
        at += ahead;
        let byte = crate::bytes::at(text, at);
        let top = depth_top(&stack, depth);
        let (last, next) = (before(text, at), crate::bytes::at(text, at + 1));
        let push = match byte {
            b'(' | b'[' | b'{' => true,
            b')' | b']' | b'}' => {
                let open = match byte {
                    b')' => b'(',
                    b']' => b'[',
                    _ => b'{',
                };
                // A quotation mark that nothing closed was none.
                while depth > 0
                    && depth_top(&stack, depth) == b'\''
                    && stack.iter().take(depth).any(|&byte| byte == open)
                {
                    depth -= 1;
                }
                if depth_top(&stack, depth) == open {
                    depth -= 1;
                }
                false
            }
            b'"' if top == b'"' => {
                depth -= 1;
                false
            }
            b'"' => true,
            b'\'' if top == b'\'' && !next.is_ascii_alphanumeric() => {
                depth -= 1;
                false
            }
            b'\'' => !is_word(last) && (is_word(next) || matches!(next, b'<' | b'[')),
            _ => false,
        };
        if push && let Some(slot) = stack.get_mut(depth) {
            *slot = byte;
            depth += 1;
        }
        at += 1;
    }
    match depth_top(&stack, depth) {
        quote @ (b'"' | b'\'') => (quote, 0),
        bracket => (0, bracket),
    }
}

fn depth_top(stack: &[u8], depth: usize) -> u8 {
    depth.checked_sub(1).and_then(|top| stack.get(top)).copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::{enclosing, symbol};

    #[test]
    fn characters_stand_for_others() {
        for (text, stands, width) in
            [("x", b'x', 1), ("：", b':', 3), ("\u{a0}", b' ', 2), ("&quot;", b'"', 6), ("「", b'"', 3)]
        {
            assert_eq!(symbol(text.as_bytes(), 0, text.len()), (stands, width), "{text}");
        }
        // Shift_JIS and EUC-JP.
        assert_eq!(symbol(b"\x83R\x81\x46", 0, 4), (b':', 2));
        assert_eq!(symbol(b"\xa1\xca", 0, 2), (b'(', 2));
    }

    #[test]
    fn what_encloses_a_place() {
        for (text, open) in [
            ("x 550", (0, 0)),
            ("(a) [b] 'c' 550", (0, 0)),
            ("status=deferred (host said: 550", (0, b'(')),
            ("[Error: 550", (0, b'[')),
            ("error=\"a (b) 550", (b'"', 0)),
            ("Exception: 'Code: 550", (b'\'', 0)),
            ("can't do (550", (0, b'(')),
            ("it's 550", (0, 0)),
        ] {
            assert_eq!(enclosing(text.as_bytes(), 0, text.find("550").unwrap()), open, "{text}");
        }
    }
}
