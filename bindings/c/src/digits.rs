//! What the digits of a code say, whether the catalogue lists it or not.

use core::ffi::{c_int, c_uchar, c_ushort};

use replycode::{CATALOG, Category, Entry, Protocol, ReplyCode, Severity, Verdict};

use crate::types::rc_entry;

/// What the first digit says: one of RC_SEVERITY_. RC_SEVERITY_UNASSIGNED for a number that is no reply code, and for
/// an unknown protocol.
///
///     assert(rc_severity(RC_SMTP, 450) == RC_SEVERITY_TRANSIENT);
///     assert(rc_severity(RC_FTP, 599) == RC_SEVERITY_PERMANENT);
#[unsafe(no_mangle)]
pub extern "C" fn rc_severity(protocol: c_uchar, code: c_ushort) -> c_uchar {
    match (Protocol::from_number(protocol), ReplyCode::new(code)) {
        (Some(protocol), Some(code)) => Severity::of(protocol, code),
        _ => Severity::Unassigned,
    }
    .number()
}

/// What the second digit says: one of RC_CATEGORY_. RC_CATEGORY_UNASSIGNED for a number that is no reply code, and
/// for an unknown protocol.
///
///     assert(rc_category(RC_SMTP, 550) == RC_CATEGORY_MAIL_SYSTEM);
///     assert(rc_category(RC_FTP, 550) == RC_CATEGORY_FILE_SYSTEM);
#[unsafe(no_mangle)]
pub extern "C" fn rc_category(protocol: c_uchar, code: c_ushort) -> c_uchar {
    match (Protocol::from_number(protocol), ReplyCode::new(code)) {
        (Some(protocol), Some(code)) => Category::of(protocol, code),
        _ => Category::Unassigned,
    }
    .number()
}

/// The entry of a severity; a severity that the protocol lacks gives that of RC_SEVERITY_UNASSIGNED. 0 for an unknown
/// protocol or severity.
///
///     assert(strcmp(rc_title(rc_severity_entry(RC_FTP, RC_SEVERITY_PRELIMINARY), RC_LANG_EN),
///                   "Positive preliminary") == 0);
#[unsafe(no_mangle)]
pub extern "C" fn rc_severity_entry(protocol: c_uchar, severity: c_uchar) -> rc_entry {
    let entry = |protocol| Some(CATALOG.severity(protocol, Severity::from_number(severity)?));
    Protocol::from_number(protocol).and_then(entry).map_or(0, Entry::handle)
}

/// The entry of a category; a category that the protocol lacks gives that of RC_CATEGORY_UNASSIGNED. 0 for an unknown
/// protocol or category.
///
///     assert(strcmp(rc_phrase(rc_category_entry(RC_SMTP, RC_CATEGORY_MAIL_SYSTEM)), "Mail system") == 0);
#[unsafe(no_mangle)]
pub extern "C" fn rc_category_entry(protocol: c_uchar, category: c_uchar) -> rc_entry {
    let entry = |protocol| Some(CATALOG.category(protocol, Category::from_number(category)?));
    Protocol::from_number(protocol).and_then(entry).map_or(0, Entry::handle)
}

/// 1 if a verdict (one of RC_VERDICT_) says that the same attempt, unchanged, has a fair chance later; else 0.
///
///     assert(rc_should_retry(RC_VERDICT_RETRY_LATER));
///     assert(!rc_should_retry(RC_VERDICT_FIX_FIRST));
#[unsafe(no_mangle)]
pub extern "C" fn rc_should_retry(verdict: c_uchar) -> c_int {
    c_int::from(Verdict::from_number(verdict).is_some_and(Verdict::should_retry))
}
