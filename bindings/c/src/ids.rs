//! The ids of the small vocabularies: the words that catalog.yaml, JSON, Rust and Python use for the numbers.

use core::ffi::{c_char, c_int, c_uchar};

use replycode::{Basis, Category, EntryKind, Expectation, Party, Protocol, Severity, Status, Verdict};

use crate::engine;
use crate::memory::{EMPTY, bytes, equal, text};

/// The protocol with this id, "smtp" or "ftp"; -1 if there is none. id: len bytes; they need no NUL.
///
///     assert(rc_protocol("ftp", 3) == RC_FTP);
///
/// # Safety
/// `id` is null or points to `len` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rc_protocol(id: *const c_char, len: usize) -> c_int {
    // SAFETY: the caller's promise.
    let Some(id) = (unsafe { bytes(id, len) }) else {
        return -1;
    };
    let protocol = Protocol::ALL.iter().find(|protocol| equal(protocol.id().as_bytes(), id));
    protocol.map_or(-1, |protocol| c_int::from(protocol.number()))
}

/// The id of a protocol; "" for an unknown number, as with the functions below.
///
///     assert(strcmp(rc_protocol_id(RC_SMTP), "smtp") == 0);
#[unsafe(no_mangle)]
pub extern "C" fn rc_protocol_id(protocol: c_uchar) -> *const c_char {
    Protocol::from_number(protocol).map_or(EMPTY, |protocol| text(protocol.pool()))
}

/// The id of a severity, one of RC_SEVERITY_.
///
///     assert(strcmp(rc_severity_id(RC_SEVERITY_TRANSIENT), "transient") == 0);
#[unsafe(no_mangle)]
pub extern "C" fn rc_severity_id(severity: c_uchar) -> *const c_char {
    Severity::from_number(severity).map_or(EMPTY, |severity| text(severity.pool()))
}

/// The id of a category, one of RC_CATEGORY_.
///
///     assert(strcmp(rc_category_id(RC_CATEGORY_MAIL_SYSTEM), "mail_system") == 0);
#[unsafe(no_mangle)]
pub extern "C" fn rc_category_id(category: c_uchar) -> *const c_char {
    Category::from_number(category).map_or(EMPTY, |category| text(category.pool()))
}

/// The id of a verdict, one of RC_VERDICT_.
///
///     assert(strcmp(rc_verdict_id(RC_VERDICT_FIX_FIRST), "fix_first") == 0);
#[unsafe(no_mangle)]
pub extern "C" fn rc_verdict_id(verdict: c_uchar) -> *const c_char {
    Verdict::from_number(verdict).map_or(EMPTY, |verdict| text(verdict.pool()))
}

/// The id of a basis, one of RC_BASIS_.
///
///     assert(strcmp(rc_basis_id(RC_BASIS_SENSE), "sense") == 0);
#[unsafe(no_mangle)]
pub extern "C" fn rc_basis_id(basis: c_uchar) -> *const c_char {
    Basis::from_number(basis).map_or(EMPTY, |basis| text(basis.pool()))
}

/// The id of a kind of entry, one of RC_KIND_.
///
///     assert(strcmp(rc_kind_id(RC_KIND_ENHANCED_DETAIL), "enhanced_detail") == 0);
#[unsafe(no_mangle)]
pub extern "C" fn rc_kind_id(kind: c_uchar) -> *const c_char {
    EntryKind::from_number(kind).map_or(EMPTY, |kind| text(kind.pool()))
}

/// The id of a status, one of RC_STATUS_.
///
///     assert(strcmp(rc_status_id(RC_STATUS_CURRENT), "current") == 0);
#[unsafe(no_mangle)]
pub extern "C" fn rc_status_id(status: c_uchar) -> *const c_char {
    Status::from_number(status).map_or(EMPTY, |status| text(status.pool()))
}

/// The id of an expectation, one of RC_EXPECTATION_.
///
///     assert(strcmp(rc_expectation_id(RC_EXPECTATION_UNUSUAL), "unusual") == 0);
#[unsafe(no_mangle)]
pub extern "C" fn rc_expectation_id(expectation: c_uchar) -> *const c_char {
    Expectation::from_number(expectation).map_or(EMPTY, |expectation| text(expectation.pool()))
}

/// The id of a party, one of RC_PARTY_.
///
///     assert(strcmp(rc_party_id(RC_PARTY_DEVICE), "device") == 0);
#[unsafe(no_mangle)]
pub extern "C" fn rc_party_id(party: c_uchar) -> *const c_char {
    Party::from_number(party).map_or(EMPTY, |party| text(party.pool()))
}

/// The id of what a diagnosis rests on, one of RC_DIAGNOSIS_BASIS_.
///
///     assert(strcmp(rc_diagnosis_basis_id(RC_DIAGNOSIS_BASIS_PHRASE), "phrase") == 0);
#[unsafe(no_mangle)]
pub extern "C" fn rc_diagnosis_basis_id(basis: c_uchar) -> *const c_char {
    engine::basis_id(basis)
}
