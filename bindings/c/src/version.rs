//! Which library and which catalogue this is.

use core::ffi::{c_char, c_int, c_uint};

use replycode::{CATALOG_DIGEST, CATALOG_VERSION};

/// The version of this interface: changes when a function or a structure does.
pub const RC_ABI_VERSION: c_uint = 1;

/// The text with a NUL behind it.
const fn terminated<const N: usize>(text: &str) -> [u8; N] {
    let mut bytes = [0; N];
    let mut place = 0;
    while place < text.len() {
        bytes[place] = text.as_bytes()[place];
        place += 1;
    }
    bytes
}

static VERSION: [u8; CATALOG_VERSION.len() + 1] = terminated(CATALOG_VERSION);
static DIGEST: [u8; CATALOG_DIGEST.len() + 1] = terminated(CATALOG_DIGEST);

/// The version of the interface that the library was built with; compare with RC_ABI_VERSION, or use RC_CHECK().
///
///     assert(rc_abi_version() == RC_ABI_VERSION);
#[unsafe(no_mangle)]
pub extern "C" fn rc_abi_version() -> c_uint {
    RC_ABI_VERSION
}

/// The version of the catalogue in the library, for instance "2026.11.0".
///
///     printf("reply codes of %s\n", rc_catalog_version());
#[unsafe(no_mangle)]
pub extern "C" fn rc_catalog_version() -> *const c_char {
    VERSION.as_ptr().cast()
}

/// SHA-256 of everything that the catalogue in the library says: 64 hexadecimal digits.
///
///     assert(strlen(rc_catalog_digest()) == 64);
#[unsafe(no_mangle)]
pub extern "C" fn rc_catalog_digest() -> *const c_char {
    DIGEST.as_ptr().cast()
}

/// 1 if the library has this interface and this catalogue, else 0; RC_CHECK() asks for those of the header.
/// digest: NUL-terminated; NULL gives 0.
///
///     assert(rc_matches(RC_ABI_VERSION, RC_CATALOG_DIGEST));
///     assert(RC_CHECK());
///
/// # Safety
/// `digest` is null or ends with a NUL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rc_matches(abi_version: c_uint, digest: *const c_char) -> c_int {
    if abi_version != RC_ABI_VERSION || digest.is_null() {
        return 0;
    }
    // Not by way of CStr, which would call strlen.
    for (place, own) in DIGEST.iter().enumerate() {
        // SAFETY: not null; every byte before this one was equal to one that is not NUL, so it lies within the text.
        if unsafe { *digest.cast::<u8>().add(place) } != *own {
            return 0;
        }
    }
    1
}
