//! What compilers call for copies and comparisons too large to be written out. Firmware may lack these functions, so the
//! archive brings its own; `cargo xtask archive` gives them names of ours, so that they take nobody's place.
//!
//! The loops stay loops: the archive is built with the flags that keep the compiler from making calls of them.

use core::ffi::{c_int, c_void};

// What follows is inlined and not called: of a call of `memcpy` the compiler makes one of `__aeabi_memcpy`, which would
// then call itself.

/// # Safety
/// Both have `length` bytes, and they do not overlap.
#[inline(always)]
unsafe fn copy(to: *mut c_void, from: *const c_void, length: usize) {
    for place in 0..length {
        // SAFETY: the caller's promise.
        unsafe { to.cast::<u8>().add(place).write(from.cast::<u8>().add(place).read()) };
    }
}

/// # Safety
/// Both have `length` bytes.
#[inline(always)]
unsafe fn shift(to: *mut c_void, from: *const c_void, length: usize) {
    let (target, source) = (to.cast::<u8>(), from.cast::<u8>());
    // What is not copied yet must not be written to.
    let upwards = (target as usize).wrapping_sub(source as usize) >= length;
    for count in 0..length {
        let place = if upwards { count } else { length - 1 - count };
        // SAFETY: the caller's promise.
        unsafe { target.add(place).write(source.add(place).read()) };
    }
}

/// # Safety
/// `to` has `length` bytes.
#[inline(always)]
unsafe fn fill(to: *mut c_void, value: c_int, length: usize) {
    for place in 0..length {
        // SAFETY: the caller's promise.
        unsafe { to.cast::<u8>().add(place).write(value as u8) };
    }
}

/// # Safety
/// As in C: both have `length` bytes, and they do not overlap.
#[unsafe(no_mangle)]
unsafe extern "C" fn memcpy(to: *mut c_void, from: *const c_void, length: usize) -> *mut c_void {
    // SAFETY: the caller's promise.
    unsafe { copy(to, from, length) };
    to
}

/// # Safety
/// As in C: both have `length` bytes.
#[unsafe(no_mangle)]
unsafe extern "C" fn memmove(to: *mut c_void, from: *const c_void, length: usize) -> *mut c_void {
    // SAFETY: the caller's promise.
    unsafe { shift(to, from, length) };
    to
}

/// # Safety
/// As in C: `to` has `length` bytes.
#[unsafe(no_mangle)]
unsafe extern "C" fn memset(to: *mut c_void, value: c_int, length: usize) -> *mut c_void {
    // SAFETY: the caller's promise.
    unsafe { fill(to, value, length) };
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

/// The names that the run-time interface of Arm has for the same (Run-time ABI for the Arm Architecture, section 5.3.4).
#[cfg(target_arch = "arm")]
mod arm {
    use core::ffi::{c_int, c_void};

    macro_rules! copies {
        ($($name:ident: $plain:ident,)+) => {$(
            /// # Safety
            /// As the plain function.
            #[unsafe(no_mangle)]
            unsafe extern "C" fn $name(to: *mut c_void, from: *const c_void, length: usize) {
                // SAFETY: the caller's promise.
                unsafe { super::$plain(to, from, length) };
            }
        )+};
    }

    macro_rules! fills {
        ($($set:ident $clear:ident,)+) => {$(
            /// # Safety
            /// As `memset`; the value comes last.
            #[unsafe(no_mangle)]
            unsafe extern "C" fn $set(to: *mut c_void, length: usize, value: c_int) {
                // SAFETY: the caller's promise.
                unsafe { super::fill(to, value, length) };
            }

            /// # Safety
            /// As `memset` with 0.
            #[unsafe(no_mangle)]
            unsafe extern "C" fn $clear(to: *mut c_void, length: usize) {
                // SAFETY: the caller's promise.
                unsafe { super::fill(to, 0, length) };
            }
        )+};
    }

    copies! {
        __aeabi_memcpy: copy,
        __aeabi_memcpy4: copy,
        __aeabi_memcpy8: copy,
        __aeabi_memmove: shift,
        __aeabi_memmove4: shift,
        __aeabi_memmove8: shift,
    }

    fills! {
        __aeabi_memset __aeabi_memclr,
        __aeabi_memset4 __aeabi_memclr4,
        __aeabi_memset8 __aeabi_memclr8,
    }
}
