//! What compilers call for copies and comparisons too large to be written out. Firmware may lack these functions, so the
//! archive brings its own; `cargo xtask archive` hides them within it, so that they take nobody's place.
//!
//! The loops stay loops: the archive is built with the flags that keep the compiler from making calls of them.

use core::ffi::{c_int, c_void};

/// # Safety
/// As in C: both have `length` bytes, and they do not overlap.
#[unsafe(no_mangle)]
unsafe extern "C" fn memcpy(to: *mut c_void, from: *const c_void, length: usize) -> *mut c_void {
    for place in 0..length {
        // SAFETY: the caller's promise.
        unsafe { to.cast::<u8>().add(place).write(from.cast::<u8>().add(place).read()) };
    }
    to
}

/// # Safety
/// As in C: both have `length` bytes.
#[unsafe(no_mangle)]
unsafe extern "C" fn memmove(to: *mut c_void, from: *const c_void, length: usize) -> *mut c_void {
    let (target, source) = (to.cast::<u8>(), from.cast::<u8>());
    // What is not copied yet must not be written to.
    let upwards = (target as usize).wrapping_sub(source as usize) >= length;
    for count in 0..length {
        let place = if upwards { count } else { length - 1 - count };
        // SAFETY: the caller's promise.
        unsafe { target.add(place).write(source.add(place).read()) };
    }
    to
}

/// # Safety
/// As in C: `to` has `length` bytes.
#[unsafe(no_mangle)]
unsafe extern "C" fn memset(to: *mut c_void, value: c_int, length: usize) -> *mut c_void {
    for place in 0..length {
        // SAFETY: the caller's promise.
        unsafe { to.cast::<u8>().add(place).write(value as u8) };
    }
    to
}

/// # Safety
/// As in C: both have `length` bytes.
#[unsafe(no_mangle)]
unsafe extern "C" fn memcmp(one: *const c_void, other: *const c_void, length: usize) -> c_int {
    for place in 0..length {
        // SAFETY: the caller's promise.
        let (a, b) = unsafe { (one.cast::<u8>().add(place).read(), other.cast::<u8>().add(place).read()) };
        if a != b {
            return c_int::from(a) - c_int::from(b);
        }
    }
    0
}

/// # Safety
/// As `memcmp`.
#[unsafe(no_mangle)]
unsafe extern "C" fn bcmp(one: *const c_void, other: *const c_void, length: usize) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { memcmp(one, other, length) }
}
