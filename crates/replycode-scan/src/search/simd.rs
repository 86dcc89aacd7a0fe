//! The search of blocks with AVX2 and AVX-512. The only unsafe code of this crate.
//!
//! A window of 64 bytes is turned into sets of places, one bit a byte: digits, letters, dots and so on. The tests of
//! [`hit`](crate::candidate::hit) are then operations on these sets, shifted to where the byte stands that is tested.
//! Only places whose neighbours all lie in the window count: from the third byte to the sixth from its end. The next
//! window begins that much earlier.
//!
//! Lines are counted here as well, in blocks of 32 bytes.
//!
//! Why it is sound: the functions marked `target_feature` are called behind the check for this feature only, and the
//! loads read arrays of as many bytes.

use core::arch::x86_64::{
    __m256i, __m512i, _mm256_cmpeq_epi8, _mm256_loadu_si256, _mm256_min_epu8, _mm256_movemask_epi8, _mm256_or_si256,
    _mm256_set1_epi8, _mm256_sub_epi8, _mm512_cmpeq_epi8_mask, _mm512_cmplt_epu8_mask, _mm512_loadu_si512,
    _mm512_movepi8_mask, _mm512_or_si512, _mm512_set1_epi8, _mm512_sub_epi8,
};

use super::Filled;

/// How many bytes a window has.
const WINDOW: usize = 64;
/// How many of them come before the first place that is tested, and after the last.
const BEHIND: usize = 2;
const AHEAD: usize = 5;
/// How many places of a window are tested.
const STEP: usize = WINDOW - BEHIND - AHEAD;

pub(super) fn has_avx2() -> bool {
    std::arch::is_x86_feature_detected!("avx2") && std::arch::is_x86_feature_detected!("popcnt")
}

pub(super) fn has_avx512() -> bool {
    std::arch::is_x86_feature_detected!("avx512f") && std::arch::is_x86_feature_detected!("avx512bw")
}

/// The next window with a place that may be a candidate, with AVX2; without it, none is searched.
pub(super) fn avx2(text: &[u8], start: usize) -> Filled {
    if !has_avx2() {
        return super::portable(text, start);
    }
    // SAFETY: the processor has AVX2.
    unsafe { search_avx2(text, start) }
}

/// The same with AVX-512.
pub(super) fn avx512(text: &[u8], start: usize) -> Filled {
    if !has_avx512() {
        return super::portable(text, start);
    }
    // SAFETY: the processor has AVX-512 F and BW.
    unsafe { search_avx512(text, start) }
}

/// How many lines end in the beginning of a text, and the rest that is left to count. A carriage return ends a line if no
/// line feed follows.
pub(super) fn count_line_ends(text: &[u8]) -> (u64, &[u8]) {
    if !has_avx2() {
        return (0, text);
    }
    // SAFETY: the processor has AVX2 and POPCNT.
    unsafe { count_line_ends_avx2(text) }
}

#[target_feature(enable = "avx2,popcnt")]
fn count_line_ends_avx2(text: &[u8]) -> (u64, &[u8]) {
    let (lf, cr) = (_mm256_set1_epi8(b'\n' as i8), _mm256_set1_epi8(b'\r' as i8));
    let mut count = 0;
    let mut rest = text;
    // One byte more than is counted: the last one's follower.
    while let Some((block, tail)) = rest.split_first_chunk::<32>()
        && let Some(next) = tail.first()
    {
        // SAFETY: the block is 32 bytes; no alignment is asked for.
        let bytes = unsafe { _mm256_loadu_si256(block.as_ptr().cast::<__m256i>()) };
        let feeds = _mm256_movemask_epi8(_mm256_cmpeq_epi8(bytes, lf)) as u32;
        let returns = _mm256_movemask_epi8(_mm256_cmpeq_epi8(bytes, cr)) as u32;
        let followed = feeds >> 1 | u32::from(*next == b'\n') << 31;
        count += u64::from((feeds | returns & !followed).count_ones());
        rest = tail;
    }
    (count, rest)
}

/// Which bytes of a window are what.
struct Sets {
    digit: u64,
    /// `1` to `6`.
    first: u64,
    /// ASCII letters but `m`, with which a colour sequence ends.
    letter: u64,
    m: u64,
    dot: u64,
    backslash: u64,
    /// Beyond ASCII.
    wide: u64,
    brace: u64,
    bracket: u64,
}

impl Sets {
    /// The places that may be candidates: bit 0 is the first place that is tested.
    #[inline(always)]
    fn places(&self) -> usize {
        let Sets { digit, first, letter, m, dot, backslash, wide, brace, bracket } = *self;
        let alnum = digit | letter | m;
        let behind = !((digit | letter | dot) << 1) & (!(m << 1) | digit << 2) | (backslash | wide) << 2;
        // Three digits and no fourth character; a dot behind them only where a sentence ends.
        let code = first & digit >> 1 & digit >> 2 & !(alnum >> 3) & !(dot >> 3 & alnum >> 4);
        let enhanced = first & dot >> 1 & digit >> 2 & (dot >> 3 | digit >> 3 & (dot >> 4 | digit >> 4 & dot >> 5));
        let bytes = bracket & digit >> 1 & digit >> 2 & !(alnum >> 3);
        let places = (code | enhanced) & behind | brace | bytes;
        (places >> BEHIND & ((1 << STEP) - 1)) as usize
    }
}

/// The windows of a text in which the places from `start` on are tested, until one has any.
#[inline(always)]
fn windows(text: &[u8], start: usize, sets: impl Fn(&[u8; WINDOW]) -> Sets) -> Filled {
    let mut place = start;
    while let Some(window) =
        place.checked_sub(BEHIND).and_then(|begin| text.get(begin..)).and_then(|rest| rest.first_chunk())
    {
        let places = sets(window).places();
        if places != 0 {
            return Ok((place, places, place + STEP));
        }
        place += STEP;
    }
    Err(place)
}

#[target_feature(enable = "avx2")]
fn search_avx2(text: &[u8], start: usize) -> Filled {
    windows(text, start, |window| {
        let (low, high) = window.split_at(WINDOW / 2);
        // SAFETY: each half is 32 bytes; no alignment is asked for.
        let halves = unsafe {
            [_mm256_loadu_si256(low.as_ptr().cast::<__m256i>()), _mm256_loadu_si256(high.as_ptr().cast::<__m256i>())]
        };
        let bits = |low: __m256i, high: __m256i| {
            u64::from(_mm256_movemask_epi8(low) as u32) | u64::from(_mm256_movemask_epi8(high) as u32) << 32
        };
        let equal = |byte: u8| {
            let byte = _mm256_set1_epi8(byte as i8);
            bits(_mm256_cmpeq_epi8(halves[0], byte), _mm256_cmpeq_epi8(halves[1], byte))
        };
        // `byte - low < count` without sign: the smaller of it and the last is itself.
        let range = |bytes: [__m256i; 2], low: u8, count: u8| {
            let (low, last) = (_mm256_set1_epi8(low as i8), _mm256_set1_epi8((count - 1) as i8));
            let within = |bytes| {
                let from = _mm256_sub_epi8(bytes, low);
                _mm256_cmpeq_epi8(_mm256_min_epu8(from, last), from)
            };
            bits(within(bytes[0]), within(bytes[1]))
        };
        let small = halves.map(|half| _mm256_or_si256(half, _mm256_set1_epi8(0x20)));
        let m = equal(b'm');
        Sets {
            digit: range(halves, b'0', 10),
            first: range(halves, b'1', 6),
            letter: range(small, b'a', 26) & !m,
            m,
            dot: equal(b'.'),
            backslash: equal(b'\\'),
            wide: bits(halves[0], halves[1]),
            brace: equal(b'{'),
            bracket: equal(b'['),
        }
    })
}

#[target_feature(enable = "avx512f,avx512bw")]
fn search_avx512(text: &[u8], start: usize) -> Filled {
    windows(text, start, |window| {
        // SAFETY: the window is 64 bytes; no alignment is asked for.
        let bytes = unsafe { _mm512_loadu_si512(window.as_ptr().cast::<__m512i>()) };
        let equal = |byte: u8| _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8(byte as i8));
        let range = |bytes: __m512i, low: u8, count: u8| {
            let from = _mm512_sub_epi8(bytes, _mm512_set1_epi8(low as i8));
            _mm512_cmplt_epu8_mask(from, _mm512_set1_epi8(count as i8))
        };
        let m = equal(b'm');
        Sets {
            digit: range(bytes, b'0', 10),
            first: range(bytes, b'1', 6),
            letter: range(_mm512_or_si512(bytes, _mm512_set1_epi8(0x20)), b'a', 26) & !m,
            m,
            dot: equal(b'.'),
            backslash: equal(b'\\'),
            wide: _mm512_movepi8_mask(bytes),
            brace: equal(b'{'),
            bracket: equal(b'['),
        }
    })
}
