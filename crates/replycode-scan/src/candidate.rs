//! What a place must look like for a reply to begin there: few bytes decide. [`search`](crate::search) finds such places.

use crate::bytes::{at, before, is_blank};

/// A place that deserves a look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Candidate {
    /// Three digits that stand alone.
    Code(usize),
    /// Digit, dot, digits, dot: perhaps an enhanced status code.
    Enhanced(usize),
    /// `{ s`, `{ c` or `{` at the end of a line: perhaps the digits of a code by name.
    Spelled(usize),
    /// `[5d,`: perhaps the bytes of a reply as decimal numbers.
    Bytes(usize),
}

impl Candidate {
    pub(crate) const fn place(self) -> usize {
        match self {
            Self::Code(at) | Self::Enhanced(at) | Self::Spelled(at) | Self::Bytes(at) => at,
        }
    }
}

/// How many bytes before a place [`hit`] reads, and how many behind it.
pub(crate) const BEHIND: usize = 2;
pub(crate) const AHEAD: usize = 3;

/// The coarse test: two bytes before the place, the place, three after it. No branches.
#[inline]
pub(crate) const fn hit([back, before, a, b, c, d]: [u8; 6]) -> bool {
    // A letter or digit right before rules a number out, but for `\n550`, `ESC[0m550` and the second byte of a
    // Shift_JIS character.
    let behind = !alnum(before) | (back == b'\\') | (back >= 0x80) | ((before == b'm') & digit(back));
    let first = a.wrapping_sub(b'1') < 6;
    let code = first & digit(b) & digit(c) & !alnum(d);
    let enhanced = first & (b == b'.') & digit(c);
    let spelled =
        (a == b'{') & (((b == b' ') | (b == b'"')) & ((c == b's') | (c == b'c')) | (b == b'\n') | (b == b'\r'));
    let bytes = (a == b'[') & (b == b'5' || b == b'4') & digit(c) & (d == b',');
    ((code | enhanced) & behind) | spelled | bytes
}

#[inline]
const fn digit(byte: u8) -> bool {
    byte.wrapping_sub(b'0') < 10
}

#[inline]
const fn alnum(byte: u8) -> bool {
    digit(byte) | ((byte | 0x20).wrapping_sub(b'a') < 26)
}

/// The exact test, for places that pass the coarse one.
pub(crate) fn exact(text: &[u8], place: usize) -> Option<Candidate> {
    match at(text, place) {
        b'{' => return Some(Candidate::Spelled(place)),
        b'[' => return Some(Candidate::Bytes(place)),
        _ => {}
    }
    let (back, last) = (place.checked_sub(2).map_or(0, |place| at(text, place)), before(text, place));
    let behind = match last {
        // Parts of longer numbers, versions, paths, addresses, variables.
        b'.' | b'/' | b'%' | b'$' | b'@' | b'\\' | b'&' | b'?' | b'^' => false,
        b'n' | b'r' | b't' if back == b'\\' => true,
        b'm' if back.is_ascii_digit() => ansi(text, place),
        b if b.is_ascii_alphanumeric() => back >= 0x80,
        _ => true,
    };
    if !behind {
        return None;
    }
    if at(text, place + 1) == b'.' {
        return second_dot(text, place).then_some(Candidate::Enhanced(place));
    }
    let after = at(text, place + 3);
    let ahead = match after {
        0..=b' '
        | b'-'
        | b')'
        | b']'
        | b'}'
        | b'"'
        | b'\''
        | b'`'
        | b';'
        | b'<'
        | b'_'
        | b'\\'
        | b'|'
        | b'*'
        | b'#' => true,
        b'&' | b'+' | b'!' | b'>' | b'(' | b'[' | b'~' | 0x80.. => true,
        // Not within a number with fraction or thousands, a file name, a time, an address.
        b'.' => !at(text, place + 4).is_ascii_alphanumeric(),
        b',' => !at(text, place + 4).is_ascii_digit(),
        b':' => last != b':' && !matches!(at(text, place + 4), b'0'..=b'9' | b':'),
        _ => false,
    };
    // `127,0,0,1,221,181`: `,221,` within a row of numbers.
    let row = last == b',' && !(is_blank(after) || after == b'-');
    (ahead && !row).then_some(Candidate::Code(place))
}

/// Whether one to three digits and a dot follow the first dot.
fn second_dot(text: &[u8], place: usize) -> bool {
    let digits = (2..5).take_while(|ahead| digit(at(text, place + ahead))).count();
    at(text, place + 2 + digits) == b'.'
}

/// Whether an ANSI colour sequence ends right before a place.
fn ansi(text: &[u8], place: usize) -> bool {
    let mut place = place.saturating_sub(1);
    for _ in 0..12 {
        match before(text, place) {
            b'0'..=b'9' | b';' => place -= 1,
            b'[' => return true,
            _ => return false,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::Candidate;
    use crate::search::{Path, Search};
    use std::vec::Vec;

    fn all(text: &[u8]) -> Vec<Candidate> {
        let mut search = Search::new(Path::Portable);
        let mut from = 0;
        core::iter::from_fn(|| {
            let candidate = search.next(text, from)?;
            from = candidate.place() + 1;
            Some(candidate)
        })
        .collect()
    }

    #[test]
    fn digits_within_something_longer_are_passed_over() {
        for text in [
            "1550 5501 550a a550 .550 /550 550.1 12:550:13 10.0.0.250 v5.1.1 2020-550,001 (127,0,0,1,221,181)",
            "Q4B250F 5F250B :250:13 0x250 +250% $250 750 099",
        ] {
            let found = all(text.as_bytes());
            // `+250%` and the like have no boundary; what is left stands alone.
            assert!(found.iter().all(|c| !matches!(c, Candidate::Code(_))), "{text}: {found:?}");
        }
    }

    #[test]
    fn digits_alone_are_seen_wherever_they_stand_in_a_block() {
        let mut text = std::vec![b'.'; 200];
        for place in 1..190 {
            text.fill(b'.');
            text[place - 1] = b' ';
            text[place..place + 4].copy_from_slice(b"550 ");
            assert_eq!(all(&text), [Candidate::Code(place)], "{place}");
        }
    }

    #[test]
    fn boundaries_of_all_kinds() {
        for text in [
            "550",
            "550 x",
            "\"550\"",
            "(550)",
            "[550]",
            "<td>550</td>",
            "x\\n550 y",
            "\u{1b}[31m550\u{1b}[0m",
            "：550",
            "_550_",
            "#550 5.1.1",
            ",550 2.1.0",
            "`550`",
            "**550**",
            "=550",
            ":550",
            "-550",
            "550: x",
            "550.",
            "550, x",
        ] {
            let found = all(text.as_bytes());
            assert!(matches!(found.first(), Some(Candidate::Code(_))), "{text}: {found:?}");
        }
        // Shift_JIS: the second byte of a full-width colon is an `F`, of katakana do an `h`.
        assert_eq!(all(b"\x83\x8F\x81F550\r\n"), [Candidate::Code(4)]);
        assert_eq!(all(b"\x83R\x81[\x83h550\r\n"), [Candidate::Code(6)]);
    }
}
