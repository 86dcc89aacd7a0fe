//! Reading bytes without a panic path: beyond either end there is nothing.

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
    let first = word.as_bytes().first()?.to_ascii_lowercase();
    let last = text.len().checked_sub(word.len())?;
    let heads = text.get(..=last)?.iter().enumerate();
    heads
        .filter(|(_, byte)| byte.to_ascii_lowercase() == first)
        .map(|(at, _)| at)
        .find(|&at| starts_with(text, at, word))
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
pub(crate) const fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte >= 0x80
}

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

/// Where the line of a place begins, looking back no further than `reach`.
pub(crate) fn line_start(text: &[u8], place: usize, reach: usize) -> usize {
    let floor = place.saturating_sub(reach);
    let head = slice(text, floor, place);
    floor + head.iter().rposition(|&byte| is_line_end(byte)).map_or(0, |end| end + 1)
}

/// Where the line of a place ends, looking no further than `limit`.
pub(crate) fn line_end(text: &[u8], place: usize, limit: usize) -> usize {
    let tail = slice(text, place, limit);
    place + tail.iter().position(|&byte| is_line_end(byte)).unwrap_or(tail.len())
}

/// Where the next line begins: after CR LF, LF or CR.
pub(crate) fn next_line(text: &[u8], end: usize) -> usize {
    match (at(text, end), at(text, end + 1)) {
        (b'\r', b'\n') => end + 2,
        (b'\r' | b'\n', _) => end + 1,
        _ => end,
    }
}
