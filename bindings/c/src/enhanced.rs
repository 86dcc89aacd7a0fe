//! Enhanced status codes (RFC 3463).

use core::ffi::{c_char, c_int, c_uchar, c_ushort};

use replycode::{CATALOG, Enhanced, Entry};

use crate::abi::{RC_KIND_ENHANCED_CLASS, RC_KIND_ENHANCED_DETAIL, RC_KIND_ENHANCED_SUBJECT};
use crate::memory::{bytes, give};
use crate::types::{rc_enhanced, rc_entry};

/// The caller's enhanced status code; none for a null pointer or for numbers that are none.
///
/// # Safety
/// `code` is null or points to a structure.
pub(crate) unsafe fn code_of(code: *const rc_enhanced) -> Option<Enhanced> {
    if code.is_null() {
        return None;
    }
    // SAFETY: not null, and the caller vouches for the rest.
    let code = unsafe { code.read() };
    Enhanced::new(code.klass, code.subject, code.detail)
}

pub(crate) fn parts_of(code: Enhanced) -> rc_enhanced {
    rc_enhanced { klass: code.class(), reserved: 0, subject: code.subject(), detail: code.detail() }
}

/// Reads an enhanced status code: fills *out and returns 1 if the text is one and nothing else, such as "5.7.1". Else,
/// and for a NULL text or out, returns 0 and leaves *out as it was. text: len bytes; they need no NUL.
///
///     rc_enhanced code;
///     assert(rc_enhanced_parse("5.7.606", 7, &code) == 1 && code.detail == 606);
///     assert(rc_enhanced_parse("5.7", 3, &code) == 0);
///
/// # Safety
/// `text` is null or points to `len` bytes; `out` is null or points to memory for the structure.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rc_enhanced_parse(text: *const c_char, len: usize, out: *mut rc_enhanced) -> c_int {
    // SAFETY: the caller's promise.
    match unsafe { bytes(text, len) }.and_then(Enhanced::from_bytes) {
        // SAFETY: the caller's promise.
        Some(code) => unsafe { give(out, parts_of(code)) },
        None => 0,
    }
}

/// The entry of an enhanced status code on one level (RC_KIND_ENHANCED_DETAIL, _SUBJECT or _CLASS), 0 if that is not
/// registered; with level 0 the most specific one there is. 0 also for a NULL code and for one that is none.
///
///     rc_enhanced code;
///     rc_enhanced_parse("5.7.606", 7, &code);
///     assert(rc_kind(rc_enhanced_entry(&code, 0)) == RC_KIND_ENHANCED_SUBJECT);
///     assert(rc_enhanced_entry(&code, RC_KIND_ENHANCED_DETAIL) == 0);
///
/// # Safety
/// `code` is null or points to a structure.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rc_enhanced_entry(code: *const rc_enhanced, level: c_uchar) -> rc_entry {
    // SAFETY: the caller's promise.
    let Some(code) = (unsafe { code_of(code) }) else {
        return 0;
    };
    let answer = CATALOG.explain_enhanced(code);
    let entry = match level {
        0 => Some(answer.entry()),
        RC_KIND_ENHANCED_DETAIL => answer.detail(),
        RC_KIND_ENHANCED_SUBJECT => answer.subject(),
        RC_KIND_ENHANCED_CLASS => Some(answer.class()),
        _ => None,
    };
    entry.map_or(0, Entry::handle)
}

/// The n-th registered detail, from 0, in ascending order: its entry, and subject and detail in *out unless that is
/// NULL, with klass 0, since a detail belongs to no class. 0 past the end, with *out unchanged.
///
///     unsigned short n = 0;
///     rc_enhanced code;
///     while (rc_enhanced_detail(n, &code) != 0) {
///         n++;
///     }
///     assert(n > 0 && code.subject == 7);
///
/// # Safety
/// `out` is null or points to memory for the structure.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rc_enhanced_detail(n: c_ushort, out: *mut rc_enhanced) -> rc_entry {
    match CATALOG.enhanced_details().nth(usize::from(n)) {
        Some((subject, detail, entry)) => {
            // SAFETY: the caller's promise.
            unsafe { give(out, rc_enhanced { klass: 0, reserved: 0, subject, detail }) };
            entry.handle()
        }
        None => 0,
    }
}
