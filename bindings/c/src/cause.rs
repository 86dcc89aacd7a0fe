//! Causes, and the rules that lead to them.

use core::ffi::{c_char, c_int, c_uchar, c_ushort};

use replycode::CATALOG;
use replycode::tables::TextKind;

use crate::engine;
use crate::reading::give_bytes;
use crate::texts::pool;
use crate::types::rc_entry;

/// The cause with this stable number, one of RC_CAUSE_; 0 if there is none.
///
///     rc_entry cause = rc_cause(RC_CAUSE_RELAY_DENIED);
///     assert(strcmp(rc_id(cause), "relay_denied") == 0 && rc_kind(cause) == RC_KIND_CAUSE);
///     assert(rc_verdict(cause) == RC_VERDICT_FIX_FIRST);
#[unsafe(no_mangle)]
pub extern "C" fn rc_cause(number: c_uchar) -> rc_entry {
    engine::cause(number)
}

/// The n-th cause, from 0, in the order of their numbers; 0 past the end.
///
///     unsigned short n;
///     for (n = 0; rc_cause_at(n) != 0; n++) {
///         printf("%s\n", rc_title(rc_cause_at(n), RC_LANG_JA));
///     }
///     assert(n >= 40);
#[unsafe(no_mangle)]
pub extern "C" fn rc_cause_at(n: c_ushort) -> rc_entry {
    engine::cause_at(n)
}

/// The stable number of a cause, one of RC_CAUSE_; 0 for an entry that is none.
///
///     assert(rc_cause_number(rc_cause(RC_CAUSE_GREYLISTED)) == RC_CAUSE_GREYLISTED);
///     assert(rc_cause_number(rc_lookup(RC_SMTP, 450)) == 0);
#[unsafe(no_mangle)]
pub extern "C" fn rc_cause_number(entry: rc_entry) -> c_uchar {
    engine::number_and_party(entry).0
}

/// Who must act where this is the cause, one of RC_PARTY_; 0 for an entry that is no cause.
///
///     assert(rc_party(rc_cause(RC_CAUSE_APP_PASSWORD_REQUIRED)) == RC_PARTY_ACCOUNT);
#[unsafe(no_mangle)]
pub extern "C" fn rc_party(entry: rc_entry) -> c_uchar {
    engine::number_and_party(entry).1
}

/// The n-th step, from 0, of what to check or change, the device's own setting first: gives *text and *length (either
/// may be NULL) and returns 1; past the end returns 0 and leaves both as they were. The text ends with its length, not
/// with a NUL: rc_action() has all steps of a cause, each but the last with a line feed behind it. What to do of any
/// other entry is one step.
///
///     unsigned short n;
///     const char *step;
///     size_t length;
///     for (n = 0; rc_step(rc_cause(RC_CAUSE_AUTH_FAILED), RC_LANG_EN, n, &step, &length); n++) {
///         printf("%u. %.*s\n", n + 1U, (int)length, step);
///     }
///     assert(n >= 2);
///
/// # Safety
/// `step` and `length` are null or point to memory for one.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rc_step(
    entry: rc_entry,
    lang: c_uchar,
    n: c_ushort,
    step: *mut *const c_char,
    length: *mut usize,
) -> c_int {
    let (pool, number) = match CATALOG.entry_of_handle(entry) {
        Some(entry) => pool(entry, TextKind::Action, lang),
        None => return 0,
    };
    let steps = pool.get(number).as_bytes().split(|byte| *byte == b'\n').filter(|step| !step.is_empty());
    // SAFETY: the caller's promise.
    unsafe { give_bytes(steps.into_iter().nth(usize::from(n)), step, length) }
}

/// The stable id of a rule, a number from 1 that a diagnosis gave; "" for 0 and past the end. The numbers belong to this
/// library alone. Rules are tried in the order of their numbers; catalog.yaml says what each asks for, and why.
///
///     rc_diagnosis answer;
///     rc_diagnose(RC_FTP, 532, NULL, 0, 0, NULL, &answer);
///     assert(strcmp(rc_rule_id(answer.rule), "ftp-532") == 0);
#[unsafe(no_mangle)]
pub extern "C" fn rc_rule_id(rule: c_ushort) -> *const c_char {
    engine::rule(rule).0
}

/// The cause that a rule gives; 0 for 0 and past the end.
///
///     rc_diagnosis answer;
///     rc_diagnose(RC_FTP, 532, NULL, 0, 0, NULL, &answer);
///     assert(rc_rule_cause(answer.rule) == answer.cause);
#[unsafe(no_mangle)]
pub extern "C" fn rc_rule_cause(rule: c_ushort) -> rc_entry {
    engine::rule(rule).1
}
