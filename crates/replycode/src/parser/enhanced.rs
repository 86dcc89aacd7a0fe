//! The enhanced status code at the start of an SMTP text (RFC 2034 section 4, RFC 3463 section 2).

use super::SHORTCUTS;
use super::head::{End, peek};
use crate::{Enhanced, Note, Notes};

/// Something shaped like an enhanced code, ended by a space or the end of the line.
#[derive(Clone, Copy)]
pub(crate) struct Match {
    /// `None` for class 3, which does not exist.
    pub(crate) code: Option<Enhanced>,
    /// How many bytes it takes, with the space.
    pub(crate) len: usize,
    /// How it deviates from RFC 3463.
    pub(crate) notes: Notes,
}

/// Why there is no match.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stop {
    /// The text begins with something else.
    Other,
    /// More bytes are needed to tell.
    More,
}

/// Reads the code at the start of a text.
#[inline(always)]
pub(crate) fn read(text: &[u8], end: End) -> Result<Match, Stop> {
    if !SHORTCUTS {
        return read_carefully(text, end);
    }
    match text {
        // Nearly every code, and most of what is none.
        [class @ b'2'..=b'5', b'.', subject @ b'0'..=b'9', b'.', detail @ b'0'..=b'9', rest @ ..] => {
            let digit = |byte: &u8| u16::from(byte - b'0');
            let detail = digit(detail);
            let (detail, len) = match rest {
                [b' ', ..] => (detail, 6),
                [b @ b'0'..=b'9', b' ', ..] if detail > 0 => (detail * 10 + digit(b), 7),
                [b @ b'0'..=b'9', c @ b'0'..=b'9', b' ', ..] if detail > 0 => {
                    (detail * 100 + digit(b) * 10 + digit(c), 8)
                }
                _ => return read_carefully(text, end),
            };
            Ok(Match { code: Enhanced::new(class - b'0', digit(subject), detail), len, notes: Notes::EMPTY })
        }
        [b'2'..=b'5' | b'#', ..] | [] => read_carefully(text, end),
        _ => Err(Stop::Other),
    }
}

/// The same for codes of all forms.
#[inline(never)]
fn read_carefully(text: &[u8], end: End) -> Result<Match, Stop> {
    let mut cursor = Cursor { text, end, at: 0, notes: Notes::EMPTY };
    if cursor.peek()? == b'#' {
        cursor.notes.insert(Note::EscPrefix);
        cursor.at = 1;
    }
    let class = match cursor.peek()? {
        digit @ b'2'..=b'5' => digit - b'0',
        _ => return Err(Stop::Other),
    };
    cursor.at += 1;
    let subject = cursor.part()?;
    let detail = cursor.part()?;
    let len = match cursor.peek()? {
        b' ' => cursor.at + 1,
        b'\n' => cursor.at,
        b'\r' if peek(text, cursor.at + 1, end).ok_or(Stop::More)? == b'\n' => cursor.at,
        _ => return Err(Stop::Other),
    };
    Ok(Match { code: Enhanced::new(class, subject, detail), len, notes: cursor.notes })
}

struct Cursor<'a> {
    text: &'a [u8],
    end: End,
    at: usize,
    notes: Notes,
}

impl Cursor<'_> {
    #[inline]
    fn peek(&self) -> Result<u8, Stop> {
        peek(self.text, self.at, self.end).ok_or(Stop::More)
    }

    /// A full stop and one to three digits.
    #[inline]
    fn part(&mut self) -> Result<u16, Stop> {
        if self.peek()? != b'.' {
            return Err(Stop::Other);
        }
        self.at += 1;
        let start = self.at;
        let mut value = 0;
        while let digit @ b'0'..=b'9' = self.peek()? {
            if self.at - start == 3 {
                return Err(Stop::Other);
            }
            if self.at > start && value == 0 {
                self.notes.insert(Note::EscLeadingZero);
            }
            value = value * 10 + u16::from(digit - b'0');
            self.at += 1;
        }
        if self.at == start { Err(Stop::Other) } else { Ok(value) }
    }
}
