//! Cutting a source into cells that can be searched at the same time.
//!
//! The borders depend on nothing but the source: cell `k` begins with the first line that begins at `k * CELL` or
//! behind, so that the same replies are found however many threads there are and however much is read at once. Each cell
//! is searched with some of what is before it, so that the dialogue is known, and some of what is behind it, so that a
//! reply that begins in it is seen to its end; what begins before or behind is left to the other cells.

use memchr::{memchr, memchr2, memrchr2};

use super::Encoding;
use super::encoding::Wide;
use crate::bytes::{at, before};
use crate::search::count_line_ends;

/// How much lies between the borders of a cell, roughly.
pub(crate) const CELL: u64 = 1 << 20;
/// How much before a cell is searched with it. More than the reader of dialogues looks back.
pub(crate) const WARM: usize = 16 << 10;
/// How far a border moves to find the beginning of a line.
const BORDER: usize = 16 << 10;
/// How much behind a cell is searched with it. More than a reply is long; of longer ones this much is enough.
const AHEAD: usize = 16 << 10;
/// How much behind the next cell's place must be in memory.
pub(crate) const BEHIND: usize = BORDER + AHEAD;

/// A part of a source in memory.
#[derive(Debug, Default)]
pub(crate) struct Window {
    pub(crate) bytes: Vec<u8>,
    /// Where it begins in the source.
    pub(crate) start: u64,
    /// Whether the source ends with it.
    pub(crate) last: bool,
}

/// A part of a source, ready to be searched.
#[derive(Debug, Default)]
pub(crate) struct Cell {
    pub(crate) window: Window,
    /// The text in UTF-8, if the source is in an encoding that cannot be searched as it is.
    decoded: Option<Decoded>,
    /// Where the text begins and ends in the window.
    text: (usize, usize),
    /// Where in the text the cell begins and ends.
    pub(crate) begin: usize,
    pub(crate) end: usize,
    /// How many bytes of the source belong to the cell.
    pub(crate) size: u64,
    /// Where the cell begins in the source.
    origin: u64,
    encoding: Encoding,
}

#[derive(Debug)]
struct Decoded {
    text: String,
    map: Map,
}

/// From places in the decoded text to places in the source.
#[derive(Debug)]
enum Map {
    /// Two bytes for each unit of UTF-16.
    Wide,
    /// Lines, each with its beginning in the text and in the source, and whether it was decoded.
    Lines(Vec<(usize, u64, bool)>),
}

impl Cell {
    /// Finds the borders of cell `number` in a window that holds it with [`WARM`] before and [`BEHIND`] behind it, as
    /// far as there is something.
    pub(crate) fn cut(window: Window, number: u64, size: u64, wide: Option<Wide>, encoding: Encoding) -> Self {
        let place = |number: u64| {
            let place = number.saturating_mul(size).saturating_sub(window.start);
            usize::try_from(place).map_or(window.bytes.len(), |place| place.min(window.bytes.len()))
        };
        let bytes = &window.bytes[..];
        let next = place(number + 1);
        let begin = if number == 0 { mark(bytes) } else { border(bytes, place(number), wide) };
        let end = if window.last && next == bytes.len() { next } else { border(bytes, next, wide).max(begin) };
        let mut cell = Self::span(window, begin, end, wide, encoding);
        if number == 0 {
            // The mark counts as read.
            cell.size += begin as u64;
        }
        cell
    }

    /// The part of a window from one place to another.
    pub(crate) fn span(window: Window, begin: usize, end: usize, wide: Option<Wide>, encoding: Encoding) -> Self {
        let bytes = &window.bytes[..];
        let warm = line_from(bytes, begin.saturating_sub(WARM), begin, wide).unwrap_or(begin);
        let warm = if begin <= WARM && window.start == 0 { mark(bytes).min(begin) } else { warm };
        let stop = bytes.len().min(end + AHEAD);
        let mut cell = Cell {
            decoded: None,
            text: (warm, stop),
            begin: begin - warm,
            end: end - warm,
            size: (end - begin) as u64,
            origin: window.start + begin as u64,
            encoding,
            window,
        };
        if let Some(wide) = wide {
            cell.decode_wide(wide, warm, begin, end, stop);
        } else {
            cell.decode_shifted();
        }
        cell
    }

    pub(crate) fn text(&self) -> &[u8] {
        match &self.decoded {
            Some(decoded) => decoded.text.as_bytes(),
            None => self.window.bytes.get(self.text.0..self.text.1).unwrap_or(&[]),
        }
    }

    /// The encoding of the text.
    pub(crate) fn encoding(&self) -> Encoding {
        if self.decoded.is_some() { Encoding::UTF_8 } else { self.encoding }
    }

    /// Where a place of the text is in the source. `last` is where the last place asked for was, in both.
    pub(crate) fn place(&self, place: usize, last: &mut (usize, u64)) -> u64 {
        match &self.decoded {
            None => self.window.start + (self.text.0 + place) as u64,
            Some(decoded) => {
                match &decoded.map {
                    Map::Wide => {
                        let between = decoded.text.get(last.0..place).unwrap_or("");
                        *last = (place, last.1 + 2 * between.chars().map(|c| c.len_utf16() as u64).sum::<u64>());
                    }
                    Map::Lines(lines) => {
                        let line = lines.partition_point(|(start, ..)| *start <= place).saturating_sub(1);
                        let Some(&(start, source, shifted)) = lines.get(line) else { return self.origin };
                        let within = if shifted { self.shifted(source, place - start) } else { place - start };
                        *last = (place, source + within as u64);
                    }
                }
                last.1
            }
        }
    }

    /// The beginning of the cell in text and source, for [`place`](Self::place).
    pub(crate) fn start(&self) -> (usize, u64) {
        (self.begin, self.origin)
    }

    fn decode_wide(&mut self, wide: Wide, warm: usize, begin: usize, end: usize, stop: usize) {
        let encoding = match wide {
            Wide::Little => encoding_rs::UTF_16LE,
            Wide::Big => encoding_rs::UTF_16BE,
        };
        let mut text = String::new();
        let mut places = [0; 2];
        for (place, (from, to)) in [(warm, begin), (begin, end), (end, stop)].into_iter().enumerate() {
            let part = self.window.bytes.get(from..to).unwrap_or(&[]);
            text.push_str(&encoding.decode_without_bom_handling(part).0);
            if let Some(found) = places.get_mut(place) {
                *found = text.len();
            }
        }
        [self.begin, self.end] = places;
        self.decoded = Some(Decoded { text, map: Map::Wide });
    }

    /// Decodes the lines in ISO-2022-JP, whose characters look like ASCII.
    fn decode_shifted(&mut self) {
        let Some(bytes) = self.window.bytes.get(self.text.0..self.text.1) else { return };
        if !shifts(bytes) {
            return;
        }
        let source = self.window.start + self.text.0 as u64;
        let mut text = String::with_capacity(bytes.len());
        let mut lines = Vec::new();
        let (mut begin, mut end) = (None, None);
        let mut start = 0;
        while start < bytes.len() {
            let stop = line_end(bytes, start);
            let line = bytes.get(start..stop).unwrap_or(&[]);
            begin = begin.or((start >= self.begin).then_some(text.len()));
            end = end.or((start >= self.end).then_some(text.len()));
            let shifted = shifts(line);
            lines.push((text.len(), source + start as u64, shifted));
            if shifted {
                text.push_str(&encoding_rs::ISO_2022_JP.decode_without_bom_handling(line).0);
            } else {
                text.push_str(&self.encoding.decode(line));
            }
            start = stop;
        }
        self.begin = begin.unwrap_or(text.len());
        self.end = end.unwrap_or(text.len());
        // Lines that are neither decoded nor UTF-8 change their length as well.
        for (line, next) in (0..lines.len()).zip(1..) {
            let ends =
                lines.get(next).map_or((text.len(), source + bytes.len() as u64), |(text, source, _)| (*text, *source));
            if let Some((start, place, shifted)) = lines.get_mut(line) {
                *shifted |= (ends.0 - *start) as u64 != ends.1 - *place;
            }
        }
        self.decoded = Some(Decoded { text, map: Map::Lines(lines) });
    }

    /// How many bytes of a line in the source make so many bytes of decoded text.
    fn shifted(&self, source: u64, place: usize) -> usize {
        let start = usize::try_from(source - self.window.start).unwrap_or(usize::MAX);
        let bytes = self.window.bytes.get(start..).unwrap_or(&[]);
        let line = bytes.get(..line_end(bytes, 0)).unwrap_or(&[]);
        let mut decoder = if shifts(line) {
            encoding_rs::ISO_2022_JP.new_decoder_without_bom_handling()
        } else {
            self.encoding.of(line).decoder()
        };
        let mut length = 0;
        let mut buffer = [0; 16];
        for (count, byte) in line.iter().enumerate() {
            if length >= place {
                return count;
            }
            length += decoder.decode_to_utf8(&[*byte], &mut buffer, false).2;
        }
        line.len()
    }
}

/// How many lines end in a part of a text: at line feeds, and at carriage returns without one behind.
pub(crate) fn count_lines(text: &[u8], from: usize, to: usize) -> u64 {
    count_line_ends(text.get(from..to).unwrap_or(&[]), at(text, to))
}

/// Where the last line that is complete ends, if there is one.
pub(crate) fn last_line_end(bytes: &[u8], wide: Option<Wide>) -> usize {
    let end = match wide {
        None => memrchr2(b'\n', b'\r', bytes).map(|place| place + 1),
        Some(wide) => {
            let even = bytes.len() - bytes.len() % 2;
            let mut units = bytes.get(..even).unwrap_or(&[]).chunks_exact(2);
            let feed = match wide {
                Wide::Little => [b'\n', 0],
                Wide::Big => [0, b'\n'],
            };
            units.rposition(|unit| unit == feed).map(|unit| 2 * unit + 2)
        }
    };
    end.unwrap_or(0)
}

/// How long the byte order mark is.
pub(crate) fn mark(bytes: &[u8]) -> usize {
    match bytes {
        [0xEF, 0xBB, 0xBF, ..] => 3,
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => 2,
        _ => 0,
    }
}

/// Whether a text has characters in ISO-2022-JP.
fn shifts(bytes: &[u8]) -> bool {
    let mut from = 0;
    while let Some(place) = memchr(0x1B, bytes.get(from..).unwrap_or(&[])) {
        from += place + 1;
        if at(bytes, from) == b'$' && matches!(at(bytes, from + 1), b'@' | b'B' | b'(') {
            return true;
        }
    }
    false
}

/// Where a line ends, its end included.
fn line_end(bytes: &[u8], start: usize) -> usize {
    let found = memchr2(b'\n', b'\r', bytes.get(start..).unwrap_or(&[]));
    found.map_or(bytes.len(), |place| {
        let end = start + place + 1;
        end + usize::from(at(bytes, end - 1) == b'\r' && at(bytes, end) == b'\n')
    })
}

/// The border near a place: the next beginning of a line, or the place itself where there is none near.
pub(crate) fn border(bytes: &[u8], place: usize, wide: Option<Wide>) -> usize {
    line_from(bytes, place, place.saturating_add(BORDER), wide).unwrap_or(place)
}

/// The first beginning of a line at a place or behind, up to another.
fn line_from(bytes: &[u8], place: usize, limit: usize, wide: Option<Wide>) -> Option<usize> {
    let limit = limit.min(bytes.len());
    let Some(wide) = wide else {
        if begins_line(bytes, place) {
            return Some(place);
        }
        let mut from = place;
        loop {
            from += memchr2(b'\n', b'\r', bytes.get(from..limit)?)? + 1;
            if from >= bytes.len() || begins_line(bytes, from) {
                return (from <= limit).then_some(from);
            }
        }
    };
    let unit = |place: usize| match wide {
        Wide::Little => u16::from_le_bytes([at(bytes, place), at(bytes, place + 1)]),
        Wide::Big => u16::from_be_bytes([at(bytes, place), at(bytes, place + 1)]),
    };
    let mut from = place + place % 2;
    while from <= limit {
        let last = from.checked_sub(2).map_or(u16::from(b'\n'), unit);
        let ends = last == u16::from(b'\n') || last == u16::from(b'\r') && unit(from) != u16::from(b'\n');
        if ends {
            return Some(from);
        }
        from += 2;
    }
    None
}

fn begins_line(bytes: &[u8], place: usize) -> bool {
    match before(bytes, place) {
        b'\n' => true,
        b'\r' => at(bytes, place) != b'\n',
        _ => place == 0,
    }
}
