//! Which phrases a text holds: from each of its words on, one automaton follows all phrases at once.

use crate::ReplyCode;
use crate::tables::{DiagnosisRules, GROUPS, op};

/// The words of a set.
const WORDS: usize = GROUPS / 32;

/// A set of groups of phrases.
#[derive(Clone, Copy)]
pub(super) struct Groups([u32; WORDS]);

impl Groups {
    fn insert(&mut self, group: u16) {
        if let Some(word) = self.0.get_mut(usize::from(group >> 5)) {
            *word |= 1 << (group & 31);
        }
    }

    pub(super) fn contains(&self, group: u16) -> bool {
        self.word(usize::from(group >> 5)) >> (group & 31) & 1 == 1
    }

    /// The groups 32 * n to 32 * n + 31, a bit each.
    pub(super) fn word(&self, n: usize) -> u32 {
        self.0.get(n).copied().unwrap_or(0)
    }
}

/// The groups of which a text holds a phrase.
///
/// A phrase begins where a word begins, and may end inside one: `relay` is found in "relaying", not in "prerelay".
/// Upper and lower case of ASCII are the same, and so is white space of any kind and length. `code` is the reply's,
/// whose repetition at the start of a line counts as white space.
///
/// The text is gone through once. Where a word begins that begins a phrase, the automaton looks ahead as far as
/// phrases go on like the text; they are short, so the time is in proportion to the length of the text.
pub(super) fn find(rules: &DiagnosisRules<'_>, text: &[u8], code: Option<ReplyCode>) -> Groups {
    let mut found = Groups([0; WORDS]);
    // In UTF-8 no character begins in the middle of another; in other encodings any byte may begin one.
    let inside = if core::str::from_utf8(text).is_ok() { CONTINUES } else { 0 };
    let mut folding = Folding::new(text, code);
    while let Some(Folded { byte, kind }) = folding.next() {
        let root = rules.roots.get(usize::from(byte)).copied().unwrap_or(0);
        if root != 0 {
            follow(rules.phrases, root, folding.clone(), &mut found);
        }
        folding.skip_rest(inside | kind & ALPHANUMERIC);
    }
    found
}

/// Notes the phrases that go on like a text, from a place behind their first byte.
fn follow(phrases: &[u8], root: u16, mut text: Folding<'_>, found: &mut Groups) {
    let mut at = root;
    while let Some(operand) = phrases.get(usize::from(at)..)
        && let Some((next, operand)) = operand.split_first()
    {
        at = match *next {
            next if next > op::BRANCH => match text.next() {
                Some(Folded { byte, .. }) if byte == next => at.wrapping_add(1),
                _ => return,
            },
            op::BRANCH => match text.next() {
                Some(Folded { byte, .. }) => branch(operand, byte),
                None => return,
            },
            op::FOUND => {
                found.insert(number(operand, 0));
                at.wrapping_add(3)
            }
            op::JUMP => number(operand, 0),
            _ => return,
        };
    }
}

/// The target of the way that a byte takes.
fn branch(operand: &[u8], byte: u8) -> u16 {
    let Some((ways, rest)) = operand.split_first() else { return 0 };
    let Some((labels, targets)) = rest.split_at_checked(usize::from(*ways)) else { return 0 };
    match labels.iter().position(|&label| label == byte) {
        Some(way) => number(targets, 2 * way),
        None => 0,
    }
}

/// A number of two bytes.
fn number(bytes: &[u8], at: usize) -> u16 {
    match bytes.get(at..) {
        Some([low, high, ..]) => u16::from_le_bytes([*low, *high]),
        _ => 0,
    }
}

/// A byte as phrases are compared with it.
#[derive(Clone, Copy)]
struct Folded {
    /// The byte, in lower case; 0 for one that is a blank or may begin one.
    byte: u8,
    kind: u8,
}

const BLANK: Folded = Folded { byte: b' ', kind: 0 };
/// A backslash or control character. No phrase has one, and bytes this low are operations.
const OTHER: Folded = Folded { byte: b'\\', kind: 0 };

/// A letter or digit of ASCII.
const ALPHANUMERIC: u8 = 1;
/// A byte that is not the first of its character in UTF-8.
const CONTINUES: u8 = 2;

/// Every byte, folded.
static FOLDED: [Folded; 256] = {
    let mut table = [Folded { byte: 0, kind: 0 }; 256];
    let mut byte = b' ';
    while byte < u8::MAX {
        byte += 1;
        let kind = match byte {
            _ if byte.is_ascii_alphanumeric() => ALPHANUMERIC,
            0x80..=0xbf => CONTINUES,
            _ => 0,
        };
        if byte != b'\\' {
            table[byte as usize] = Folded { byte: byte.to_ascii_lowercase(), kind };
        }
    }
    table
};

fn folded(byte: u8) -> Folded {
    FOLDED.get(usize::from(byte)).copied().unwrap_or(Folded { byte: 0, kind: 0 })
}

/// The bytes of a text as phrases are compared with them.
#[derive(Clone)]
struct Folding<'a> {
    rest: &'a [u8],
    /// The digits of the reply's code, which stand again at the start of each further line.
    code: Option<[u8; 3]>,
}

impl<'a> Folding<'a> {
    fn new(text: &'a [u8], code: Option<ReplyCode>) -> Self {
        let digits = |code: ReplyCode| [code.first(), code.second(), code.third()].map(|digit| b'0' + digit);
        let mut folding = Folding { rest: text, code: code.map(digits) };
        folding.skip_blanks();
        folding
    }

    /// Drops white space, line ends as exceptions print them (`\r\n` in four characters), and repetitions of the
    /// code with its enhanced code. Whether there was any.
    fn skip_blanks(&mut self) -> bool {
        let mut any = false;
        loop {
            self.rest = match self.rest {
                [b' ' | b'\t'..=b'\r', rest @ ..] => rest,
                [b'\\', b'n' | b'r' | b't', rest @ ..] => rest,
                [a, b, c, b'-' | b' ', rest @ ..] if any && self.code == Some([*a, *b, *c]) => skip_enhanced(rest),
                _ => return any,
            };
            any = true;
        }
    }

    /// Drops bytes of these kinds, and a blank behind them if nothing but a word follows, since no phrase begins with
    /// a blank.
    fn skip_rest(&mut self, kinds: u8) {
        while let [byte, rest @ ..] = self.rest
            && folded(*byte).kind & kinds != 0
        {
            self.rest = rest;
        }
        // A digit may begin the code, which counts as white space after a blank.
        if let [b' ', rest @ ..] = self.rest
            && matches!(rest, [b'A'..=b'Z' | b'a'..=b'z', ..])
        {
            self.rest = rest;
        }
    }
}

impl Iterator for Folding<'_> {
    type Item = Folded;

    #[inline]
    fn next(&mut self) -> Option<Folded> {
        let (&byte, rest) = self.rest.split_first()?;
        let plain = folded(byte);
        if plain.byte != 0 {
            self.rest = rest;
            return Some(plain);
        }
        // Between two words there is nothing more to it.
        if byte == b' ' && matches!(rest, [b'A'..=b'Z' | b'a'..=b'z', ..]) {
            self.rest = rest;
            return Some(BLANK);
        }
        if self.skip_blanks() {
            // White space at the end says nothing.
            return if self.rest.is_empty() { None } else { Some(BLANK) };
        }
        self.rest = rest;
        Some(OTHER)
    }
}

/// Drops an enhanced code and the blank behind it.
fn skip_enhanced(text: &[u8]) -> &[u8] {
    let dotted = |byte: &u8| byte.is_ascii_digit() || *byte == b'.';
    let end = text.iter().position(|byte| !dotted(byte)).unwrap_or(0);
    match text.split_at_checked(end) {
        Some(([b'2' | b'4' | b'5', b'.', ..], rest @ [b' ' | b'\t', ..])) => rest,
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::Folding;
    use crate::ReplyCode;
    use std::string::String;

    fn folded(text: &str) -> String {
        Folding::new(text.as_bytes(), ReplyCode::new(550)).map(|folded| char::from(folded.byte)).collect()
    }

    #[test]
    fn white_space_and_case_are_folded() {
        assert_eq!(folded("  Relay \t\r\n ACCESS\u{b}denied \r\n"), "relay access denied");
        assert_eq!(folded(r"Learn more at\r\n\tHELP \new \x"), "learn more at help ew \\x");
        assert_eq!(folded(""), "");
        assert_eq!(folded(" \r\n"), "");
    }

    #[test]
    fn the_code_at_the_start_of_further_lines_is_white_space() {
        assert_eq!(folded("a\r\n550-5.7.26 b 550 5.7.26 c"), "a b c");
        assert_eq!(folded("a 550-b\n550 \n550 c"), "a b c");
        assert_eq!(folded("550-a"), "550-a");
        assert_eq!(folded("at 551-a 550.b 5500 c 550-5.7.x d"), "at 551-a 550.b 5500 c 5.7.x d");
    }
}
