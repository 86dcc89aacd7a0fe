//! Between C's memory and Rust's: the only place where pointers from outside are read.

use core::ffi::c_char;

use replycode::tables::Pool;

/// What stands for a text that does not exist: never a null pointer.
pub(crate) const EMPTY: *const c_char = c"".as_ptr();

/// A text of a pool, for C: it ends with the NUL that the pool has behind each text.
#[inline]
pub(crate) fn text((pool, number): (Pool, u16)) -> *const c_char {
    pool.address(number).map_or(EMPTY, <*const u8>::cast)
}

/// The caller's bytes; none for a null pointer.
///
/// # Safety
/// `start` is null or points to `len` bytes that nobody changes during `'a`.
pub(crate) unsafe fn bytes<'a>(start: *const c_char, len: usize) -> Option<&'a [u8]> {
    if start.is_null() {
        return None;
    }
    // SAFETY: not null, and the caller vouches for the rest.
    Some(unsafe { core::slice::from_raw_parts(start.cast(), len) })
}

/// The caller's buffer; none of it for a null pointer.
///
/// # Safety
/// `start` is null or points to `len` bytes that nobody else uses during `'a`. They need not be initialised: they are
/// only written to.
pub(crate) unsafe fn bytes_mut<'a>(start: *mut c_char, len: usize) -> &'a mut [u8] {
    if start.is_null() {
        return &mut [];
    }
    // SAFETY: not null, and the caller vouches for the rest.
    unsafe { core::slice::from_raw_parts_mut(start.cast(), len) }
}

/// Writes into the caller's structure: 1, or 0 for a null pointer.
///
/// # Safety
/// `out` is null or points to memory for a `T`.
pub(crate) unsafe fn give<T>(out: *mut T, value: T) -> core::ffi::c_int {
    if out.is_null() {
        return 0;
    }
    // SAFETY: not null, and the caller vouches for the rest.
    unsafe { out.write(value) };
    1
}

/// Whether two texts are equal, byte by byte. `==` would call `memcmp`, which firmware may lack.
pub(crate) fn equal(a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a == b)
}
