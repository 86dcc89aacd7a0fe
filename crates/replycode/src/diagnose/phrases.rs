//! Which phrases a text holds: one pass over its bytes, with all phrases in one trie.

use crate::ReplyCode;
use crate::tables::{DiagnosisRules, GROUPS, LANES, op};

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
        self.0.get(usize::from(group >> 5)).is_some_and(|word| word >> (group & 31) & 1 == 1)
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
pub(super) fn find(rules: &DiagnosisRules<'_>, text: &[u8], code: Option<ReplyCode>) -> Groups {
    let mut found = Groups([0; WORDS]);
    // Each lane is a phrase under way: where the trie goes on. The generator has made sure that there are enough.
    let mut lanes = [0u16; LANES];
    let mut under_way = 0;
    let mut before = b' ';
    for byte in Folded::new(text, code) {
        let mut kept = 0;
        for lane in 0..under_way {
            let at = lanes.get(lane).copied().unwrap_or(0);
            let next = settle(rules.phrases, step(rules.phrases, at, byte), &mut found);
            kept += push(&mut lanes, kept, next);
        }
        under_way = kept;
        if !(before.is_ascii_alphanumeric() && byte.is_ascii_alphanumeric()) {
            let root = rules.roots.get(usize::from(byte)).copied().unwrap_or(0);
            let next = settle(rules.phrases, root, &mut found);
            under_way += push(&mut lanes, under_way, next);
        }
        before = byte;
    }
    found
}

/// Puts a place into a lane unless it is 0, which is nowhere. How many were put.
#[inline]
fn push(lanes: &mut [u16; LANES], lane: usize, place: u16) -> usize {
    match lanes.get_mut(lane) {
        Some(slot) if place != 0 => {
            *slot = place;
            1
        }
        _ => 0,
    }
}

#[inline]
fn byte_at(phrases: &[u8], at: usize) -> u8 {
    phrases.get(at).copied().unwrap_or(op::END)
}

#[inline]
fn number_at(phrases: &[u8], at: usize) -> u16 {
    u16::from(byte_at(phrases, at)) | u16::from(byte_at(phrases, at + 1)) << 8
}

/// Where the trie goes on after a byte; 0 if it does not.
#[inline]
fn step(phrases: &[u8], at: u16, byte: u8) -> u16 {
    match byte_at(phrases, usize::from(at)) {
        op::BRANCH => branch(phrases, usize::from(at), byte),
        literal if literal == byte => at.wrapping_add(1),
        _ => 0,
    }
}

fn branch(phrases: &[u8], at: usize, byte: u8) -> u16 {
    let ways = usize::from(byte_at(phrases, at + 1));
    let first = at + 2;
    let labels = phrases.get(first..first + ways).unwrap_or(&[]);
    match labels.iter().position(|&label| label >= byte) {
        Some(way) if byte_at(labels, way) == byte => number_at(phrases, first + ways + 2 * way),
        _ => 0,
    }
}

/// Notes the phrases that end at a place, and gives the place behind; 0 if the trie ends there.
#[inline]
fn settle(phrases: &[u8], at: u16, found: &mut Groups) -> u16 {
    let mut at = at;
    while byte_at(phrases, usize::from(at)) == op::FOUND && at != 0 {
        found.insert(number_at(phrases, usize::from(at) + 1));
        at = at.wrapping_add(3);
    }
    if byte_at(phrases, usize::from(at)) == op::END { 0 } else { at }
}

/// The bytes of a text as phrases are compared with them.
struct Folded<'a> {
    rest: &'a [u8],
    /// The digits of the reply's code, which stand again at the start of each further line.
    code: Option<[u8; 3]>,
    /// The byte that comes after the blank that was given last.
    after_blank: Option<u8>,
    /// Nothing was given yet: white space here is dropped.
    at_start: bool,
}

impl<'a> Folded<'a> {
    fn new(text: &'a [u8], code: Option<ReplyCode>) -> Self {
        let digits = |code: ReplyCode| [code.first(), code.second(), code.third()].map(|digit| b'0' + digit);
        Folded { rest: text, code: code.map(digits), after_blank: None, at_start: true }
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
}

impl Iterator for Folded<'_> {
    type Item = u8;

    #[inline]
    fn next(&mut self) -> Option<u8> {
        if let Some(byte) = self.after_blank.take() {
            return Some(byte);
        }
        let blank = match self.rest {
            [b'!'..=b'[' | b']'..=0xff, ..] => false,
            _ => self.skip_blanks(),
        };
        let (byte, rest) = self.rest.split_first()?;
        self.rest = rest;
        let byte = byte.to_ascii_lowercase();
        if blank && !core::mem::take(&mut self.at_start) {
            self.after_blank = Some(byte);
            return Some(b' ');
        }
        self.at_start = false;
        Some(byte)
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
    use super::Folded;
    use crate::ReplyCode;
    use std::string::String;

    fn folded(text: &str) -> String {
        Folded::new(text.as_bytes(), ReplyCode::new(550)).map(char::from).collect()
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
