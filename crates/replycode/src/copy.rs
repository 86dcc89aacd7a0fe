//! Copying into a buffer that may be too small.

/// Copies as much of `from` as fits, to the place `at` of the buffer.
#[inline]
pub(crate) fn copy_what_fits(buffer: &mut [u8], at: usize, from: &[u8]) {
    let space = buffer.get_mut(at..).unwrap_or_default();
    let fits = from.len().min(space.len());
    let (Some(space), Some(from)) = (space.get_mut(..fits), from.get(..fits)) else { return };
    // The static library must need nothing from outside, and this is a call of memcpy: there a loop, which is slower.
    if cfg!(replycode_freestanding) {
        space.iter_mut().zip(from).for_each(|(to, from)| *to = *from);
    } else {
        space.copy_from_slice(from);
    }
}

#[cfg(test)]
mod tests {
    use super::copy_what_fits;

    #[test]
    fn nothing_is_written_beyond_the_buffer() {
        for (at, from, expected) in
            [(0, "ab", b"ab.."), (2, "abc", b"..ab"), (3, "", b"...."), (4, "a", b"...."), (9, "a", b"....")]
        {
            let mut buffer = *b"....";
            copy_what_fits(&mut buffer, at, from.as_bytes());
            assert_eq!(&buffer, expected, "{at} {from}");
        }
    }
}
