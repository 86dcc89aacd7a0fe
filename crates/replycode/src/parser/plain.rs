//! The shortcut: a reply that is whole in the input and as the RFC wants it, which nearly every reply is.
//!
//! It reads no other one: whatever is odd, it leaves to [`Framing`] from the first byte on, which would come to the
//! same for plain replies too, in twice the time.

use super::enhanced::{self, Stop};
use super::framing::{Framing, LONGEST_SMTP_LINE};
use super::head::End;
use super::keep::{Keep, saturated};
use super::{SHORTCUTS, scan};
use crate::{Enhanced, Note, Protocol, ReplyCode, Rules};

/// A reply read by the shortcut.
pub(crate) struct Plain {
    pub(crate) framing: Framing,
    /// Its length in bytes.
    pub(crate) len: usize,
    pub(crate) text_len: u32,
}

/// A line with a code.
struct Line<'a> {
    last: bool,
    ascii: bool,
    /// The text, an enhanced code included.
    text: &'a [u8],
    /// What follows the line.
    after: &'a [u8],
}

/// Reads the reply at the start of the input; `None` if it is not plain.
#[inline]
pub(crate) fn reply<K: Keep + ?Sized>(rules: Rules, input: &[u8], keep: &mut K) -> Option<Plain> {
    if !SHORTCUTS || rules.log() {
        return None;
    }
    let smtp = rules.protocol() == Protocol::Smtp;
    // Digits to which both protocols give a meaning.
    let [a @ b'2'..=b'5', b @ b'0'..=b'5', c @ b'0'..=b'9', ..] = input else { return None };
    let digits = [*a, *b, *c];
    let code = ReplyCode::from_digits(digits)?;

    let first = line(input, smtp)?;
    let enhanced = if smtp { Start::of(&first, *a)? } else { Start::NONE };
    let text = first.text.get(enhanced.len..)?;
    keep.push(0, text);
    let mut text_len = saturated(text.len());
    let (mut rest, mut lines, mut ascii, mut last) = (first.after, 1u32, first.ascii, first.last);
    while !last {
        if rest.first_chunk() != Some(&digits) {
            return None;
        }
        let next = line(rest, smtp)?;
        if smtp && !enhanced.begins(&next, rest) {
            return None;
        }
        let text = next.text.get(enhanced.len..)?;
        keep.push(text_len, b"\n");
        keep.push(text_len.saturating_add(1), text);
        text_len = text_len.saturating_add(1).saturating_add(saturated(text.len()));
        lines = lines.saturating_add(1);
        ascii &= next.ascii;
        (rest, last) = (next.after, next.last);
    }
    let mut framing = Framing::of_plain(rules, code, enhanced.code, lines);
    if !ascii {
        framing.notes.insert(Note::EightBit);
    }
    Some(Plain { framing, len: input.len() - rest.len(), text_len })
}

/// A line without control characters, ended by CR LF. Its digits are not looked at.
#[inline(always)]
fn line(input: &[u8], smtp: bool) -> Option<Line<'_>> {
    let mut len = scan::printable(input);
    let ascii = input.get(len)?.is_ascii();
    if !ascii {
        len += scan::uncontrolled(input.get(len..)?);
    }
    let (line, after) = input.split_at_checked(len)?;
    let after = after.strip_prefix(b"\r\n")?;
    if smtp && len + 2 > LONGEST_SMTP_LINE {
        return None;
    }
    match line {
        [_, _, _, b' ', text @ ..] => Some(Line { last: true, ascii, text, after }),
        [_, _, _, b'-', text @ ..] => Some(Line { last: false, ascii, text, after }),
        _ => None,
    }
}

/// What the text of each line begins with: the same enhanced code and a space, or no enhanced code.
struct Start {
    code: Option<Enhanced>,
    len: usize,
    /// The first bytes of the text.
    word: usize,
}

impl Start {
    const NONE: Start = Start { code: None, len: 0, word: 0 };

    #[inline(always)]
    fn of(line: &Line<'_>, first_digit: u8) -> Option<Self> {
        match enhanced::read(line.text, End::Stream) {
            Err(Stop::Other) => Some(Start::NONE),
            Ok(found) => {
                let code = found.code.filter(|code| b'0' + code.class() == first_digit)?;
                let usual = found.notes.is_empty() && line.text.get(found.len.wrapping_sub(1)) == Some(&b' ');
                let word = if line.last { 0 } else { usize::from_le_bytes(*line.text.first_chunk()?) };
                if usual { Some(Start { code: Some(code), len: found.len, word }) } else { None }
            }
            Err(Stop::More) => None,
        }
    }

    /// Whether another line, which stands at the start of `input`, begins so too.
    #[inline(always)]
    fn begins(&self, line: &Line<'_>, input: &[u8]) -> bool {
        if self.code.is_none() {
            return matches!(enhanced::read(line.text, End::Stream), Err(Stop::Other));
        }
        // As one word; of its bytes, those that the code has.
        let (Some(text), Some(others)) = (input.get(4..), size_of::<usize>().checked_sub(self.len)) else {
            return false;
        };
        text.first_chunk().is_some_and(|word| (usize::from_le_bytes(*word) ^ self.word) << (others * 8) == 0)
    }
}
