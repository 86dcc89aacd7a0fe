//! Where the text of a reply goes.

use crate::copy::copy_what_fits;

/// A place for text.
pub(crate) trait Keep {
    /// Keeps bytes that come after `len` others.
    fn push(&mut self, len: u32, bytes: &[u8]);
}

/// Keeps nothing.
pub(crate) struct Nowhere;

impl Keep for Nowhere {
    #[inline(always)]
    fn push(&mut self, _: u32, _: &[u8]) {}
}

/// Keeps what fits.
impl Keep for [u8] {
    #[inline]
    fn push(&mut self, len: u32, bytes: &[u8]) {
        copy_what_fits(self, usize::try_from(len).unwrap_or(usize::MAX), bytes);
    }
}

/// A length in the 32 bits that lengths are counted in; it stays at the largest.
pub(crate) fn saturated(len: usize) -> u32 {
    u32::try_from(len).unwrap_or(u32::MAX)
}
