//! Reading bytes without a panic path: beyond either end there is nothing.

use crate::list::{List, list};
/// The byte at a place, 0 beyond the end.
#[inline]
pub(crate) fn at(text: &[u8], place: usize) -> u8 {
    text.get(place).copied().unwrap_or(0)
}

/// The byte before a place, 0 at the beginning.
#[inline]
pub(crate) fn before(text: &[u8], place: usize) -> u8 {
    place.checked_sub(1).map_or(0, |place| at(text, place))
}

/// The bytes from `start` to `end`, as far as there are any.
#[inline]
pub(crate) fn slice(text: &[u8], start: usize, end: usize) -> &[u8] {
    text.get(start..end.min(text.len())).unwrap_or(&[])
}

/// What follows a place.
#[inline]
pub(crate) fn rest(text: &[u8], start: usize) -> &[u8] {
    text.get(start..).unwrap_or(&[])
}

/// ASCII letters compared without case.
#[inline]
pub(crate) fn starts_with(text: &[u8], place: usize, word: &str) -> bool {
    // Most do not even begin alike.
    let first = word.as_bytes().first().copied().unwrap_or(0);
    at(text, place).eq_ignore_ascii_case(&first)
        && slice(text, place, place.saturating_add(word.len())).eq_ignore_ascii_case(word.as_bytes())
}

/// Whether the text before a place ends in a word, without case.
pub(crate) fn ends_with(text: &[u8], place: usize, word: &str) -> bool {
    place.checked_sub(word.len()).is_some_and(|start| starts_with(text, start, word))
}

/// Whether a text has a word somewhere, without case. For short texts.
pub(crate) fn contains(text: &[u8], word: &str) -> bool {
    position(text, word).is_some()
}

/// Where a text has a word first, without case.
pub(crate) fn position(text: &[u8], word: &str) -> Option<usize> {
    let starts = (text.len() + 1).checked_sub(word.len())?;
    let (&first, rest) = word.as_bytes().split_first()?;
    let Some(&second) = rest.first() else { return text.iter().position(|byte| byte.eq_ignore_ascii_case(&first)) };
    let (first, second) = (first | 0x20, second | 0x20);
    // The first two letters are looked for in blocks.
    let mut start = 0;
    while let Some(heads) = text.get(start..).and_then(|rest| rest.first_chunk::<BLOCK>())
        && let Some(nexts) = text.get(start + 1..).and_then(|rest| rest.first_chunk::<BLOCK>())
    {
        let mut marks = [0; BLOCK];
        for ((mark, a), b) in marks.iter_mut().zip(heads).zip(nexts) {
            *mark = u8::from((a | 0x20 == first) & (b | 0x20 == second));
        }
        for (number, mut marks) in marks.chunks(WORD).map(word_of).enumerate() {
            while marks != 0 {
                let place = start + number * WORD + marks.trailing_zeros() as usize / 8;
                if starts_with(text, place, word) {
                    return Some(place);
                }
                marks &= marks - 1;
            }
        }
        start += BLOCK;
    }
    (start..starts).find(|&place| starts_with(text, place, word))
}

/// Blank or tab.
#[inline]
pub(crate) const fn is_blank(byte: u8) -> bool {
    byte == b' ' || byte == b'\t'
}

/// End of a line, or of the text.
#[inline]
pub(crate) const fn is_line_end(byte: u8) -> bool {
    byte == b'\n' || byte == b'\r'
}

/// Part of a word in some script or encoding.
#[inline]
pub(crate) fn is_word(byte: u8) -> bool {
    WORD_BYTES.get(usize::from(byte)).copied().unwrap_or(false)
}

// A bad index in a constant is an error of the build.
#[allow(clippy::indexing_slicing)]
static WORD_BYTES: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < table.len() {
        table[byte] = byte >= 0x80 || (byte as u8).is_ascii_alphanumeric();
        byte += 1;
    }
    table
};

/// The first place from `place` on that has no blank.
pub(crate) fn skip_blanks(text: &[u8], mut place: usize) -> usize {
    while is_blank(at(text, place)) {
        place += 1;
    }
    place
}

/// The place after the last byte before `place` that is no blank, not before `start`.
pub(crate) fn skip_blanks_back(text: &[u8], start: usize, mut place: usize) -> usize {
    while place > start && is_blank(before(text, place)) {
        place -= 1;
    }
    place
}

/// How long the line break at a place is, 0 if there is none: LF, CR LF, CR; the same escaped as in a string or JSON,
/// once or more often; `<br>`.
pub(crate) fn break_at(text: &[u8], place: usize) -> usize {
    match at(text, place) {
        b'\n' => 1,
        b'\r' => 1 + usize::from(at(text, place + 1) == b'\n'),
        b'\\' => {
            let escape = rest(text, place).iter().take(4).take_while(|&&byte| byte == b'\\').count();
            match at(text, place + escape) {
                b'n' => escape + 1,
                b'r' if slice(text, place + escape + 1, place + 2 * escape + 1).iter().all(|&byte| byte == b'\\')
                    && at(text, place + 2 * escape + 1) == b'n' =>
                {
                    2 * escape + 2
                }
                b'r' => escape + 1,
                _ => 0,
            }
        }
        b'<' => BREAKS.iter().find(|tag| starts_with(text, place, tag)).map_or(0, |tag| tag.len()),
        _ => 0,
    }
}

const BREAKS: List = list!["<br>", "<br/>", "<br />"];

/// How long the line break before a place is.
pub(crate) fn break_before(text: &[u8], place: usize) -> usize {
    let second = place.checked_sub(2).map_or(0, |place| at(text, place));
    match before(text, place) {
        b'\n' => 1 + usize::from(second == b'\r'),
        b'\r' => 1,
        b'n' | b'r' if second == b'\\' => {
            let head = slice(text, place.saturating_sub(12), place - 1);
            let escape = head.iter().rev().take(4).take_while(|&&byte| byte == b'\\').count();
            let start = place - 1 - escape;
            // `\r` and `\n` are one break.
            let first = before(text, place) == b'n' && before(text, start) == b'r';
            let pair = first && start.checked_sub(escape + 1).is_some_and(|at| break_at(text, at) == 2 * escape + 2);
            if pair { 2 * escape + 2 } else { escape + 1 }
        }
        b'>' => BREAKS.iter().find(|tag| ends_with(text, place, tag)).map_or(0, |tag| tag.len()),
        _ => 0,
    }
}

/// Whether there is a line break between two places.
pub(crate) fn breaks(text: &[u8], start: usize, end: usize) -> bool {
    line_end(text, start, end) < end.min(text.len())
}

/// Where the line of a place begins, looking back no further than `reach`.
pub(crate) fn line_start(text: &[u8], place: usize, reach: usize) -> usize {
    let floor = place.saturating_sub(reach);
    // The backslash of `\n` stands one byte further back.
    let lowest = floor.saturating_sub(1);
    let mut end = place;
    // Not a `match`: of comparisons the compiler makes vector instructions.
    let mark = |byte| (byte == b'\n') | (byte == b'\r') | (byte == b'\\') | (byte == b'>');
    while let Some(before) = last(slice(text, lowest, end), mark) {
        end = lowest + before;
        let start = match at(text, end) {
            b'\\' if matches!(at(text, end + 1), b'n' | b'r') => end + 2,
            b'\\' => continue,
            b'>' if break_before(text, end + 1) == 0 => continue,
            _ => end + 1,
        };
        if start <= floor {
            break;
        }
        if start <= place {
            return start;
        }
    }
    floor
}

/// Where the line of a place ends, looking no further than `limit`.
pub(crate) fn line_end(text: &[u8], place: usize, limit: usize) -> usize {
    let limit = limit.min(text.len());
    let mut end = place;
    let mark = |byte| (byte == b'\n') | (byte == b'\r') | (byte == b'\\') | (byte == b'<');
    while let Some(ahead) = first(slice(text, end, limit), mark) {
        end += ahead;
        if break_at(text, end) > 0 {
            return end;
        }
        end += 1;
    }
    limit.max(place)
}

/// How many bytes are looked at together in [`first`] and [`last`].
const BLOCK: usize = 32;

/// Which bytes of a block are of a kind: 1 or 0. The compiler makes vector instructions of it.
#[inline(always)]
fn kinds(block: &[u8; BLOCK], kind: impl Fn(u8) -> bool) -> [u8; BLOCK] {
    let mut marks = [0; BLOCK];
    for (mark, &byte) in marks.iter_mut().zip(block) {
        *mark = u8::from(kind(byte));
    }
    marks
}

/// How many bytes a word of the processor has.
const WORD: usize = size_of::<usize>();

/// A word of marks: the lowest bits are those of the first byte.
#[inline]
fn word_of(marks: &[u8]) -> usize {
    marks.first_chunk().map_or(0, |marks| usize::from_le_bytes(*marks))
}

/// The first byte of a kind. Of most blocks no byte is.
#[inline]
pub(crate) fn first(text: &[u8], kind: impl Fn(u8) -> bool) -> Option<usize> {
    let mut rest = text;
    while let Some((block, tail)) = rest.split_first_chunk::<BLOCK>() {
        let marks = kinds(block, &kind);
        let found = marks.chunks(WORD).map(word_of).enumerate().find(|(_, word)| *word != 0);
        if let Some((number, word)) = found {
            return Some(text.len() - rest.len() + number * WORD + word.trailing_zeros() as usize / 8);
        }
        rest = tail;
    }
    let start = text.len() - rest.len();
    rest.iter().position(|&byte| kind(byte)).map(|ahead| start + ahead)
}

/// Goes through the bytes of a kind until one is the right one. Whether there was one.
#[inline]
pub(crate) fn any(text: &[u8], kind: impl Fn(u8) -> bool, mut right: impl FnMut(usize) -> bool) -> bool {
    let mut rest = text;
    while let Some((block, tail)) = rest.split_first_chunk::<BLOCK>() {
        let start = text.len() - rest.len();
        let marks = kinds(block, &kind);
        for (number, mut marks) in marks.chunks(WORD).map(word_of).enumerate() {
            while marks != 0 {
                if right(start + number * WORD + marks.trailing_zeros() as usize / 8) {
                    return true;
                }
                marks &= marks - 1;
            }
        }
        rest = tail;
    }
    let start = text.len() - rest.len();
    rest.iter().enumerate().any(|(place, &byte)| kind(byte) && right(start + place))
}

/// The last byte of a kind.
#[inline]
pub(crate) fn last(text: &[u8], kind: impl Fn(u8) -> bool) -> Option<usize> {
    let mut rest = text;
    while let Some((head, block)) = rest.split_last_chunk::<BLOCK>() {
        let marks = kinds(block, &kind);
        let found = marks.chunks(WORD).map(word_of).enumerate().rfind(|(_, word)| *word != 0);
        if let Some((number, word)) = found {
            return Some(head.len() + number * WORD + WORD - 1 - word.leading_zeros() as usize / 8);
        }
        rest = head;
    }
    rest.iter().rposition(|&byte| kind(byte))
}

/// Where the next line begins.
pub(crate) fn next_line(text: &[u8], end: usize) -> usize {
    end + break_at(text, end)
}

/// The line before the one that begins at a place: where it begins and ends.
pub(crate) fn line_above(text: &[u8], line: usize, reach: usize) -> Option<(usize, usize)> {
    let end = line.checked_sub(break_before(text, line)).filter(|&end| end < line)?;
    Some((line_start(text, end, reach), end))
}

#[cfg(test)]
mod tests {
    use super::{break_at, break_before, line_end, line_start};
    use proptest::prelude::*;

    /// Byte by byte, as the two are meant.
    fn slow_start(text: &[u8], place: usize, reach: usize) -> usize {
        let floor = place.saturating_sub(reach);
        let mut start = place;
        while start > floor && break_before(text, start) == 0 {
            start -= 1;
        }
        start
    }

    fn slow_end(text: &[u8], place: usize, limit: usize) -> usize {
        let limit = limit.min(text.len());
        let mut end = place;
        while end < limit && break_at(text, end) == 0 {
            end += 1;
        }
        end
    }

    #[test]
    fn words_are_found_in_blocks() {
        for word in ["In reply to", "x", "\"a", "__", " ("] {
            for before in 0..70 {
                for behind in [0, 1, 40] {
                    let text = [&"n i_".repeat(20)[..before], &word.to_uppercase(), &"-".repeat(behind)].concat();
                    let found = super::position(text.as_bytes(), word);
                    assert_eq!(found, text.to_lowercase().find(&word.to_lowercase()), "{text}");
                }
                assert_eq!(super::position(&text_of(before), word), None);
            }
        }
    }

    fn text_of(length: usize) -> std::vec::Vec<u8> {
        b"in reply t".repeat(8)[..length].to_vec()
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn lines_are_found_in_blocks_as_byte_by_byte(
            pieces in proptest::collection::vec(
                proptest::sample::select(&["\n", "\r", "\\", "n", "r", "<br>", ">", "<", "word ", "a", "                "][..]),
                0..60,
            ),
            place in 0usize..200,
            reach in 0usize..200,
        ) {
            let text = pieces.concat();
            let text = text.as_bytes();
            prop_assert_eq!(line_start(text, place, reach), slow_start(text, place, reach));
            prop_assert_eq!(line_end(text, place, reach), slow_end(text, place, reach));
        }
    }

    #[test]
    fn line_breaks_of_all_kinds() {
        for text in ["\n", "\r\n", "\r", "\\n", "\\r\\n", "\\\\n", "\\\\r\\\\n", "\\r", "<br>", "<br />"] {
            let all = std::format!("a{text}b");
            assert_eq!(break_at(all.as_bytes(), 1), text.len(), "{text:?}");
            assert_eq!(break_before(all.as_bytes(), 1 + text.len()), text.len(), "{text:?}");
            assert_eq!(line_end(all.as_bytes(), 0, 99), 1, "{text:?}");
            assert_eq!(line_start(all.as_bytes(), all.len(), 99), 1 + text.len(), "{text:?}");
        }
        assert_eq!((break_at(b"a\\x", 1), break_before(b"an", 2)), (0, 0));
    }
}
