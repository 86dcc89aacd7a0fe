//! The languages of the texts.

use core::ffi::{c_char, c_int, c_uchar};

use replycode::{CATALOG, Lang};

use crate::memory::{bytes, equal, text};

/// How many languages there are; their numbers are 0 up to this, without it.
///
///     assert(rc_language_count() > RC_LANG_JA);
#[unsafe(no_mangle)]
pub extern "C" fn rc_language_count() -> c_uchar {
    CATALOG.languages().len() as c_uchar
}

/// The tag of a language (BCP 47), for instance "ja".
///
///     assert(strcmp(rc_language_id(RC_LANG_JA), "ja") == 0);
#[unsafe(no_mangle)]
pub extern "C" fn rc_language_id(lang: c_uchar) -> *const c_char {
    let (ids, _, place) = CATALOG.language_pools(Lang::new(lang));
    text((ids, place))
}

/// The name of a language in itself.
///
///     assert(strcmp(rc_language_name(RC_LANG_EN), "English") == 0);
#[unsafe(no_mangle)]
pub extern "C" fn rc_language_name(lang: c_uchar) -> *const c_char {
    let (_, names, place) = CATALOG.language_pools(Lang::new(lang));
    text((names, place))
}

/// The number of the language with this tag; -1 if there is none. id: len bytes; they need no NUL.
///
///     assert(rc_language("ja", 2) == RC_LANG_JA);
///     assert(rc_language("tlh", 3) == -1);
///
/// # Safety
/// `id` is null or points to `len` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rc_language(id: *const c_char, len: usize) -> c_int {
    // SAFETY: the caller's promise.
    let Some(id) = (unsafe { bytes(id, len) }) else {
        return -1;
    };
    let language = CATALOG.languages().find(|language| equal(language.id.as_bytes(), id));
    language.map_or(-1, |language| c_int::from(language.lang.number()))
}
