//! Which phrases a text holds: one pass over its bytes, with all phrases in one automaton.

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
pub(super) fn find(rules: &DiagnosisRules<'_>, text: &[u8], code: Option<ReplyCode>) -> Groups {
    let mut found = Groups([0; WORDS]);
    // The phrases that are under way. There is seldom more than one.
    let mut first = Place::NOWHERE;
    let mut others = Lanes { places: [Place::NOWHERE; LANES], len: 0 };
    // In UTF-8 no character begins in the middle of another; in other encodings any byte may begin one.
    let inside = if core::str::from_utf8(text).is_ok() { CONTINUES } else { 0 };
    // The kinds of bytes with which no phrase can begin here.
    let mut no_start = inside;
    let mut folding = Folding::new(text, code);
    while let Some(Folded { byte, kind }) = folding.next() {
        first = first.step(rules.phrases, byte, &mut found);
        if others.len > 0 {
            others.step(rules.phrases, byte, &mut found);
        }
        if kind & no_start == 0 {
            let root = Place::at(rules.phrases, rules.roots.get(usize::from(byte)).copied().unwrap_or(0));
            if first.is_nowhere() {
                first = root;
            } else {
                others.push(root);
            }
        }
        no_start = inside | kind & ALPHANUMERIC;
        if kind == ALPHANUMERIC && first.is_nowhere() && others.len == 0 && folding.skip_word() {
            no_start = inside;
        }
    }
    found
}

/// Where a phrase goes on.
#[derive(Clone, Copy)]
struct Place {
    at: u16,
    /// The byte that stands there: what the text must have next, or an operation.
    next: u8,
}

impl Place {
    const NOWHERE: Place = Place { at: 0, next: op::END };

    #[inline]
    fn at(phrases: &[u8], at: u16) -> Self {
        Place { at, next: phrases.get(usize::from(at)).copied().unwrap_or(op::END) }
    }

    fn is_nowhere(self) -> bool {
        self.next == op::END
    }

    /// What follows the place's own byte.
    fn operand(self, phrases: &[u8]) -> &[u8] {
        phrases.get(usize::from(self.at) + 1..).unwrap_or(&[])
    }

    /// The place after a byte of the text.
    #[inline]
    fn step(self, phrases: &[u8], byte: u8, found: &mut Groups) -> Self {
        let at = match self.next {
            next if next == byte => self.at.wrapping_add(1),
            op::BRANCH => branch(self.operand(phrases), byte),
            _ => return Place::NOWHERE,
        };
        Place::at(phrases, at).settle(phrases, found)
    }

    /// Notes the phrases that end here, and gives the place from which they go on.
    #[inline]
    fn settle(self, phrases: &[u8], found: &mut Groups) -> Self {
        let mut place = self;
        loop {
            let at = match place.next {
                op::FOUND => {
                    found.insert(number(place.operand(phrases), 0));
                    place.at.wrapping_add(3)
                }
                op::JUMP => number(place.operand(phrases), 0),
                _ => return place,
            };
            place = Place::at(phrases, at);
        }
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

/// Where further phrases go on.
struct Lanes {
    places: [Place; LANES],
    len: usize,
}

impl Lanes {
    /// Adds a place unless it is nowhere. The generator has made sure that there is room.
    fn push(&mut self, place: Place) {
        if let (false, Some(slot)) = (place.is_nowhere(), self.places.get_mut(self.len)) {
            *slot = place;
            self.len += 1;
        }
    }

    /// Takes each phrase one byte further.
    fn step(&mut self, phrases: &[u8], byte: u8, found: &mut Groups) {
        // In place: what is left moves to the front. A copy of the lanes would wait for what was written just before.
        for lane in 0..core::mem::take(&mut self.len) {
            let place = self.places.get(lane).copied().unwrap_or(Place::NOWHERE);
            self.push(place.step(phrases, byte, found));
        }
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

    /// Drops the rest of a word, and the blank behind it if nothing but another word follows, since no phrase begins
    /// with a blank. Whether it is at the start of a word then.
    fn skip_word(&mut self) -> bool {
        while let [byte, rest @ ..] = self.rest
            && folded(*byte).kind == ALPHANUMERIC
        {
            self.rest = rest;
        }
        // A digit may begin the code, which counts as white space after a blank.
        match self.rest {
            [b' ', rest @ ..] if matches!(rest, [b'A'..=b'Z' | b'a'..=b'z', ..]) => {
                self.rest = rest;
                true
            }
            _ => false,
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
