//! The words of a reply without what is between its lines.

use core::iter::FusedIterator;

use replycode::{Enhanced, ReplyCode};

use crate::bytes::{at, before, first, is_blank, is_line_end, is_word, next_line, slice};
use crate::found::Span;
use crate::right::{escaped_end, parse_enhanced};

/// The words of a reply, piece by piece: see [`Found::words`](crate::Found::words).
#[derive(Clone, Debug)]
pub struct Words<'t> {
    text: &'t [u8],
    place: usize,
    end: usize,
    code: Option<ReplyCode>,
    enhanced: Option<Enhanced>,
    /// Whether the first line said that more follow: the code may stand anywhere then.
    open: bool,
}

impl<'t> Words<'t> {
    pub(crate) fn new(text: &'t [u8], span: Span, code: Option<ReplyCode>, enhanced: Option<Enhanced>) -> Self {
        let mut words = Words { text, place: span.start, end: span.end.min(text.len()), code, enhanced, open: false };
        let head = span.start.saturating_sub(24)..span.start;
        words.open = head.clone().any(|place| at(text, place + 3) == b'-' && words.code_at(place));
        words
    }

    /// Whether the code stands at a place.
    fn code_at(&self, place: usize) -> bool {
        let digits = slice(self.text, place, place + 3).try_into().ok().and_then(ReplyCode::from_digits);
        let escaped = matches!(before(self.text, place), b'n' | b'r')
            && place.checked_sub(2).map(|at| self.byte(at)) == Some(b'\\');
        digits.is_some() && digits == self.code && (escaped || !is_word(before(self.text, place)))
    }

    fn byte(&self, place: usize) -> u8 {
        at(self.text, place)
    }

    /// Where the words of a further line begin if the code stands at a place, alone or with the enhanced code.
    fn repeated(&self, place: usize) -> Option<usize> {
        let next = at(self.text, place + 3);
        if !self.code_at(place) || !(is_blank(next) || next == b'-' || is_line_end(next) || place + 3 >= self.end) {
            return None;
        }
        let start = if next == b'-' { place + 4 } else { place + 3 };
        let start = crate::bytes::skip_blanks(self.text, start);
        match parse_enhanced(self.text, start) {
            Some((code, end)) if Some(code) == self.enhanced => Some(end),
            // In the middle of a line a number alone may be part of the words.
            _ if next == b'-' || self.open || self.begins_line(place) => Some(start),
            _ => None,
        }
    }

    /// Whether nothing but marks stands between a line end and a place.
    fn begins_line(&self, place: usize) -> bool {
        let mut start = place;
        for _ in 0..32 {
            match before(self.text, start) {
                0 | b'\r' | b'\n' => return true,
                b'n' if start >= 2 && before(self.text, start - 1) == b'\\' => return true,
                byte if !is_word(byte) || byte >= 0x80 => start -= 1,
                _ => return false,
            }
        }
        false
    }
}

impl<'t> Iterator for Words<'t> {
    type Item = &'t [u8];

    fn next(&mut self) -> Option<&'t [u8]> {
        loop {
            // Over line ends, blanks and marks to the first word.
            while self.place < self.end {
                let byte = at(self.text, self.place);
                if escaped_end(self.text, self.place) && byte == b'\\' {
                    let letter = self.place + 1 + usize::from(at(self.text, self.place + 1) == b'\\');
                    self.place = letter + 1;
                } else if is_line_end(byte) {
                    self.place = self.line(next_line(self.text, self.place)).max(self.place + 1);
                } else if is_blank(byte) {
                    self.place += 1;
                } else if let Some(start) = self.repeated(self.place) {
                    self.place = start;
                } else if let Some((code, end)) = parse_enhanced(self.text, self.place)
                    && Some(code) == self.enhanced
                {
                    self.place = end;
                } else {
                    break;
                }
            }
            if self.place >= self.end {
                return None;
            }
            let start = self.place;
            let mut stop = self.place;
            let mut next = None;
            // Line ends, backslashes, tags, digits; control characters are as rare.
            let mark = |byte: u8| (byte < b' ') | (byte == b'\\') | (byte == b'<') | (byte.wrapping_sub(b'0') < 10);
            loop {
                let Some(ahead) = first(slice(self.text, stop, self.end), mark) else {
                    stop = self.end;
                    break;
                };
                stop += ahead;
                let byte = at(self.text, stop);
                if is_line_end(byte) {
                    next = Some(self.line(next_line(self.text, stop)));
                    break;
                }
                if escaped_end(self.text, stop) {
                    next = Some(stop);
                    break;
                }
                if byte.is_ascii_digit()
                    && !is_word(before(self.text, stop))
                    && stop > start
                    && let Some(after) = self.repeated(stop)
                {
                    next = Some(after);
                    break;
                }
                stop += 1;
            }
            self.place = match next {
                // A tag that ends a line is no word.
                Some(next) if next == stop && at(self.text, stop) == b'<' => {
                    let close = slice(self.text, stop, self.end).iter().position(|&byte| byte == b'>');
                    close.map_or(self.end, |close| stop + close + 1)
                }
                Some(next) => next.max(start + 1),
                None => stop.max(start + 1),
            };
            let piece = slice(self.text, start, stop);
            let len = piece.iter().rposition(|&byte| !is_blank(byte)).map_or(0, |last| last + 1);
            // What joins two strings in a program, `' +`, is no word.
            if piece.iter().any(|&byte| is_word(byte)) {
                return piece.get(..len);
            }
        }
    }
}

impl Words<'_> {
    /// Where the words of the line at a place begin: behind the code if the line has it near its beginning.
    fn line(&self, place: usize) -> usize {
        let limit = self.end.min(place + 120);
        let mut at = place;
        while at < limit && !is_line_end(crate::bytes::at(self.text, at)) {
            if let Some(start) = self.repeated(at) {
                return start;
            }
            at += 1;
        }
        // A continuation without code: over its mark.
        let mut start = place;
        while start < self.end && matches!(crate::bytes::at(self.text, start), b' ' | b'\t' | b'<' | b'-' | b'>' | b'|')
        {
            start += 1;
        }
        start
    }
}

impl FusedIterator for Words<'_> {}
