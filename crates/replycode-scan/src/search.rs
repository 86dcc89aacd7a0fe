//! The fast part: going through a text to the places where a reply may begin. Most of a log is passed over here.
//!
//! A block of places is tested together, with the widest instructions that the processor has. The tests over a block let
//! through what [`hit`] does, without some of what [`exact`] refuses, and all brackets; each place is then tested by
//! itself, so that what is found does not depend on the instructions.

#[cfg(all(feature = "std", target_arch = "x86_64"))]
#[allow(unsafe_code)]
mod simd;

use crate::bytes::{at, before};
use crate::candidate::{AHEAD, BEHIND, Candidate, exact, hit};

/// A set of places within a block: bit `n` is the `n`th place.
type Places = usize;

/// How many places are tested together without special instructions.
const BLOCK: usize = 32;

/// The instructions with which a text is searched.
///
/// All find the same; they differ in speed.
///
/// ```
/// use replycode_scan::Path;
/// assert!(Path::available().contains(&Path::detected()));
/// assert!(Path::available().contains(&Path::Portable));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Path {
    /// Those that every processor of the target has.
    Portable,
    /// AVX2 of x86-64; searched for at run time, with the feature `std`.
    Avx2,
    /// AVX-512 (F and BW) of x86-64; searched for at run time, with the feature `std`.
    Avx512,
}

impl Path {
    /// Those that this processor has, the fastest last.
    pub fn available() -> &'static [Path] {
        #[cfg(all(feature = "std", target_arch = "x86_64"))]
        {
            if simd::has_avx512() {
                return &[Path::Portable, Path::Avx2, Path::Avx512];
            }
            if simd::has_avx2() {
                return &[Path::Portable, Path::Avx2];
            }
        }
        &[Path::Portable]
    }

    /// The fastest one that this processor has: what [`find`](crate::find) uses.
    pub fn detected() -> Path {
        Path::available().last().copied().unwrap_or(Path::Portable)
    }
}

/// The places in a text where a reply may begin, most of which turn out to be other numbers: the first thing that
/// [`find`](crate::find) looks for.
///
/// ```
/// use replycode_scan::{Path, candidates};
/// let line = b"Nov  1 10:15:00 mx postfix/smtp[4321]: 192.0.2.1 said: 550 5.1.1 User unknown";
/// assert_eq!(candidates(line, Path::detected()).collect::<Vec<_>>(), [55, 59]);
/// ```
pub fn candidates(text: &[u8], path: Path) -> impl Iterator<Item = usize> {
    let mut search = Search::new(path);
    let mut from = 0;
    core::iter::from_fn(move || {
        let place = search.next(text, from)?.place();
        from = place + 1;
        Some(place)
    })
}

/// Goes through a text, and keeps what a block has besides the place that was asked for.
#[derive(Clone, Debug)]
pub(crate) struct Search {
    path: Path,
    /// Where the block begins whose places are known, and those of its places that are left.
    block: usize,
    places: Places,
    /// Up to where the text has been searched.
    end: usize,
}

impl Search {
    pub(crate) const fn new(path: Path) -> Self {
        Search { path, block: 0, places: 0, end: 0 }
    }

    /// The next candidate at `from` or later. One search goes through one text, and `from` does not fall.
    #[inline]
    pub(crate) fn next(&mut self, text: &[u8], from: usize) -> Option<Candidate> {
        loop {
            while self.places != 0 {
                let place = self.block + self.places.trailing_zeros() as usize;
                self.places &= self.places - 1;
                // Of digits the sets tell all that `hit` does.
                if place >= from
                    && (at(text, place).is_ascii_digit() || hit(around(text, place)))
                    && let Some(candidate) = exact(text, place)
                {
                    return Some(candidate);
                }
            }
            let start = self.end.max(from);
            if start >= text.len() {
                return None;
            }
            self.fill(text, start);
        }
    }

    /// Goes on to the next block with a place that may be one, or to the end of the text.
    fn fill(&mut self, text: &[u8], start: usize) {
        let found = match self.path {
            #[cfg(all(feature = "std", target_arch = "x86_64"))]
            Path::Avx512 => simd::avx512(text, start),
            #[cfg(all(feature = "std", target_arch = "x86_64"))]
            Path::Avx2 => simd::avx2(text, start),
            _ => portable(text, start),
        };
        (self.block, self.places, self.end) = found.unwrap_or_else(|from| edge(text, from));
    }
}

/// What a search of blocks comes to: where a block begins, its places, where the next one begins; or from where on a block
/// would reach beyond the text.
type Filled = Result<(usize, Places, usize), usize>;

/// How many lines end in a text that `next` follows: at line feeds, and at carriage returns without one behind.
#[cfg(feature = "std")]
pub(crate) fn count_line_ends(text: &[u8], next: u8) -> u64 {
    #[cfg(target_arch = "x86_64")]
    let (count, rest) = simd::count_line_ends(text);
    #[cfg(not(target_arch = "x86_64"))]
    let (count, rest) = (0, text);
    let ends = |byte: u8, next: u8| u8::from(byte == b'\n') | u8::from(byte == b'\r') & u8::from(next != b'\n');
    let Some((last, _)) = rest.split_last() else { return count };
    // Sums in a byte each, so that the compiler makes vector instructions of it.
    let blocks = rest.chunks(128).zip(rest.get(1..).unwrap_or(&[]).chunks(128));
    let inner: u64 = blocks
        .map(|(bytes, next)| u64::from(bytes.iter().zip(next).fold(0u8, |sum, (byte, next)| sum + ends(*byte, *next))))
        .sum();
    count + inner + u64::from(ends(*last, next))
}

/// The bytes that [`hit`] wants to see.
#[inline]
fn around(text: &[u8], place: usize) -> [u8; 6] {
    let back = place.checked_sub(2).map_or(0, |place| at(text, place));
    [back, before(text, place), at(text, place), at(text, place + 1), at(text, place + 2), at(text, place + 3)]
}

/// At the beginning and the end of a text, where a block would reach out: some places, one by one.
fn edge(text: &[u8], start: usize) -> (usize, Places, usize) {
    let end = if start < BEHIND { BEHIND } else { start.saturating_add(Places::BITS as usize) }.min(text.len());
    let places =
        (start..end).enumerate().fold(0, |places, (bit, place)| places | Places::from(hit(around(text, place))) << bit);
    (start, places, end)
}

/// The next block with a hit.
fn portable(text: &[u8], start: usize) -> Filled {
    let mut place = start;
    while let Some(block) = block(text, place) {
        let hits = hits(block);
        if hits.iter().fold(false, |any, hit| any | hit) {
            let count = BLOCK.min(Places::BITS as usize);
            let places = hits.iter().take(count).rev().fold(0, |places, &hit| places << 1 | Places::from(hit));
            return Ok((place, places, place + count));
        }
        place += BLOCK;
    }
    Err(place)
}

/// The bytes needed to test the places `place..place + BLOCK`.
fn block(text: &[u8], place: usize) -> Option<&[u8; BEHIND + BLOCK + AHEAD]> {
    let start = place.checked_sub(BEHIND)?;
    text.get(start..)?.first_chunk()
}

/// The hits in a block. All places are tested before any is looked at, so that the compiler makes vector instructions of
/// the tests: most blocks of a log have no hit.
#[inline]
fn hits(block: &[u8; BEHIND + BLOCK + AHEAD]) -> [bool; BLOCK] {
    let mut hits = [false; BLOCK];
    for (found, window) in hits.iter_mut().zip(block.windows(BEHIND + 1 + AHEAD)) {
        if let &[a, b, c, d, e, f] = window {
            *found = hit([a, b, c, d, e, f]);
        }
    }
    hits
}

#[cfg(test)]
mod tests {
    use super::{Path, Search, around};
    use crate::candidate::{Candidate, exact, hit};
    use crate::find;
    use proptest::prelude::*;
    use std::vec::Vec;

    /// Every place by itself.
    fn one_by_one(text: &[u8]) -> Vec<Candidate> {
        (0..text.len()).filter(|&place| hit(around(text, place))).filter_map(|place| exact(text, place)).collect()
    }

    fn on(path: Path, text: &[u8]) -> Vec<Candidate> {
        let mut search = Search::new(path);
        let mut from = 0;
        core::iter::from_fn(|| {
            let candidate = search.next(text, from)?;
            from = candidate.place() + 1;
            Some(candidate)
        })
        .collect()
    }

    fn same_on_all_paths(text: &[u8]) {
        let candidates = one_by_one(text);
        let mut thorough = find(text, None);
        thorough.thorough = true;
        let replies: Vec<_> = thorough.collect();
        for &path in Path::available() {
            assert_eq!(on(path, text), candidates, "{path:?}");
            assert!(find(text, None).with_path(path).eq(replies.iter().copied()), "{path:?}");
        }
    }

    /// Bytes of which candidates are made, and those that rule them out.
    const BYTES: &[u8] = b"0123456789555552244....    --,,::nrm[{(\\\n\r\"asc\x1b\x81\xe3F/%&)]";

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn arbitrary_bytes(text in proptest::collection::vec(any::<u8>(), 0..300)) {
            same_on_all_paths(&text);
        }

        #[test]
        fn bytes_that_matter(text in proptest::collection::vec(proptest::sample::select(BYTES), 0..300)) {
            same_on_all_paths(&text);
        }

        #[test]
        fn pieces_of_logs(pieces in proptest::collection::vec(proptest::sample::select(crate::pieces::PIECES), 0..60)) {
            same_on_all_paths(pieces.concat().as_bytes());
        }

        #[test]
        fn one_candidate_wherever_it_stands(
            before in 0usize..200,
            after in 0usize..200,
            reply in proptest::sample::select(&[
                "550 ", "\\n550-", "\x1b[31m550 ", " 5.7.1 ", " 2.0.999.", "{ s", "{\n", "{\"c", "[53,", " 550.", "é550 ",
            ][..]),
        ) {
            let text = [&b" ".repeat(before)[..], reply.as_bytes(), &b" ".repeat(after)].concat();
            assert_eq!(one_by_one(&text).len(), 1);
            same_on_all_paths(&text);
        }
    }

    #[test]
    fn the_corpus_of_a_generated_log() {
        let mut generator = log_generator::Generator::new(2);
        let mut log = Vec::new();
        generator.fill(&mut log, 300_000);
        same_on_all_paths(&log);
    }

    proptest! {
        #[test]
        #[cfg(feature = "std")]
        fn line_ends_are_counted_in_blocks(
            text in proptest::collection::vec(proptest::sample::select(&b"\r\r\n\nab"[..]), 0..700),
            next in proptest::sample::select(&b"\r\na\0"[..]),
        ) {
            let all = [&text[..], &[next]].concat();
            let ends = |pair: &&[u8]| pair[0] == b'\n' || pair[0] == b'\r' && pair[1] != b'\n';
            let count = all.windows(2).filter(ends).count() as u64;
            prop_assert_eq!(super::count_line_ends(&text, next), count);
        }
    }

    #[test]
    fn a_search_may_jump_ahead() {
        let text = b"550 550 550 550 ".repeat(20);
        for &path in Path::available() {
            let mut search = Search::new(path);
            for from in [0, 1, 5, 63, 65, 200, 318] {
                let next = search.next(&text, from).map(|candidate| candidate.place());
                assert_eq!(next, Some(from.next_multiple_of(4)).filter(|place| *place < text.len()), "{path:?} {from}");
            }
        }
    }
}
