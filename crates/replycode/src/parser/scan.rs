//! The search for the bytes that matter, a machine word at a time: a reply is nearly all printable ASCII.

use crate::copy::copy_what_fits;

const WORD: usize = size_of::<usize>();

/// A word of equal bytes.
const fn every(byte: u8) -> usize {
    usize::from_le_bytes([byte; WORD])
}

const HIGH: usize = every(0x80);

/// How many bytes before the first that is not printable ASCII (0x20..=0x7E).
#[inline]
pub(crate) fn printable(bytes: &[u8]) -> usize {
    // No byte of a printable word borrows in the subtraction (all are >= 0x20) or carries in the addition (all are
    // < 0x7F), so the lowest flag, the first byte's in little-endian order, is exact.
    until(bytes, |word| (word | word.wrapping_sub(every(0x20)) | word.wrapping_add(every(0x01))) & HIGH)
}

/// How many bytes before the first control character (0x00..=0x1F, 0x7F), 8-bit data let through.
#[inline]
pub(crate) fn uncontrolled(bytes: &[u8]) -> usize {
    until(bytes, |word| {
        let below_space = word.wrapping_sub(every(0x20));
        let delete = (word & !HIGH).wrapping_add(every(0x01));
        (below_space | delete) & !word & HIGH
    })
}

/// How many bytes before the first LF.
#[inline]
pub(crate) fn before_lf(bytes: &[u8]) -> usize {
    until(bytes, |word| {
        let other = word ^ every(b'\n');
        other.wrapping_sub(every(0x01)) & !other & HIGH
    })
}

/// How many bytes before the first that `flags` flags with its high bit. Only the first flag need be exact.
///
/// One word at a time: looking at two or four together takes fewer instructions on long lines, and more time on the
/// short ones that replies are made of.
#[inline(always)]
fn until(bytes: &[u8], flags: impl Fn(usize) -> usize) -> usize {
    let first = |found: usize| (found.trailing_zeros() >> 3) as usize;
    let (words, tail) = bytes.as_chunks::<WORD>();
    let mut at = 0;
    for word in words {
        let found = flags(usize::from_le_bytes(*word));
        if found != 0 {
            return at + first(found);
        }
        at += WORD;
    }
    // The last bytes as a word of their own, with blanks behind them, which nobody looks for.
    let mut word = [b' '; WORD];
    copy_what_fits(&mut word, 0, tail);
    match flags(usize::from_le_bytes(word)) {
        0 => bytes.len(),
        found => at + first(found),
    }
}

#[cfg(test)]
mod tests {
    use super::{WORD, before_lf, printable, uncontrolled};
    use std::vec;

    /// Every byte value at every place of buffers of every length around the word size.
    #[test]
    fn as_byte_by_byte() {
        for len in 0..=3 * WORD {
            for fill in [b' ', b'~', 0xff] {
                for place in 0..len {
                    for byte in 0..=255u8 {
                        let mut bytes = vec![fill; len];
                        bytes[place] = byte;
                        let expect = |stop: fn(&u8) -> bool| bytes.iter().position(stop).unwrap_or(len);
                        assert_eq!(printable(&bytes), expect(|b| !(0x20..=0x7e).contains(b)), "{bytes:?}");
                        assert_eq!(uncontrolled(&bytes), expect(|b| b.is_ascii_control()), "{bytes:?}");
                        assert_eq!(before_lf(&bytes), expect(|b| *b == b'\n'), "{bytes:?}");
                    }
                }
            }
        }
    }
}
