//! What the page calls. The only unsafe code: memory that the page has filled, seen as bytes.

use core::arch::wasm32::{memory_grow, memory_size};

use replycode::Protocol;

use crate::answer;

/// Bytes for an answer: a thousand replies of some 90 bytes, and the rest.
const ANSWER: usize = 160 * 1024;

const PAGE: usize = 64 * 1024;

unsafe extern "C" {
    /// The first byte behind everything that the linker placed.
    static __heap_base: u8;
}

fn base() -> usize {
    (&raw const __heap_base) as usize
}

/// Makes room for a text of `length` bytes and says where to put it; 0 if there is no memory.
#[unsafe(no_mangle)]
pub extern "C" fn place(length: usize) -> usize {
    let wanted = base().saturating_add(length).saturating_add(ANSWER);
    let have = memory_size(0).saturating_mul(PAGE);
    if wanted > have && memory_grow(0, (wanted - have).div_ceil(PAGE)) == usize::MAX {
        return 0;
    }
    base()
}

/// Explains the text of `length` bytes at the place that `place` gave; `protocol` is the number of the protocol, or
/// another for none. The answer follows the text; the result is its length, 0 for none.
///
/// The page has called `place` with the same length, or more, before.
#[unsafe(no_mangle)]
pub extern "C" fn explain(length: usize, protocol: u32) -> usize {
    let hint = u8::try_from(protocol).ok().and_then(Protocol::from_number);
    let have = memory_size(0).saturating_mul(PAGE);
    if base().saturating_add(length).saturating_add(ANSWER) > have {
        return 0;
    }
    // SAFETY: both ranges lie behind everything that the linker placed and inside the memory there is (checked above),
    // they do not overlap, and nothing else in the module refers to memory behind `__heap_base`.
    let (text, out) = unsafe {
        let start = base() as *mut u8;
        (core::slice::from_raw_parts(start, length), core::slice::from_raw_parts_mut(start.add(length), ANSWER))
    };
    answer(text, hint, out)
}

#[cfg(not(test))]
#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    unsafe extern "C" {
        /// Nobody defines it: a panic path that is left would be an import, which the build refuses.
        fn replycode_panic_is_reachable() -> !;
    }
    // SAFETY: never linked.
    unsafe { replycode_panic_is_reachable() }
}

/// What the compiler calls to compare bytes; the empty `compiler_builtins` of a core built alone has none.
///
/// # Safety
///
/// Both pointers lead to `length` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn memcmp(left: *const u8, right: *const u8, length: usize) -> i32 {
    let mut at = 0;
    while at < length {
        // SAFETY: `at` is less than the length that the caller vouches for.
        let (a, b) = unsafe { (*left.add(at), *right.add(at)) };
        if a != b {
            return i32::from(a) - i32::from(b);
        }
        at += 1;
    }
    0
}

/// As `memcmp`, for equality alone.
///
/// # Safety
///
/// Both pointers lead to `length` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn bcmp(left: *const u8, right: *const u8, length: usize) -> i32 {
    // SAFETY: the same contract.
    unsafe { memcmp(left, right, length) }
}
