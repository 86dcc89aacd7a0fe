//! From a reply to what went wrong.

use core::ffi::{c_char, c_int, c_uchar, c_ushort};

use replycode::{Protocol, ReplyCode, Verdict};

use crate::engine;
use crate::enhanced::code_of;
use crate::memory::{bytes, give};
use crate::reading::reply_of;
use crate::types::{rc_command, rc_diagnosis, rc_enhanced, rc_reply};

/// What went wrong, from everything that is known of a reply: fills *out and returns 1. Whatever is unknown may be
/// missing: code 0, a NULL text, command 0, a NULL enhanced. text: the server's words, len bytes in any encoding; the
/// lines of a longer reply are one text. Returns 0 for an unknown protocol, with out->cause 0, and for a NULL out.
///
/// A reply that no rule knows has the cause RC_CAUSE_UNSPECIFIED, a positive one RC_CAUSE_NO_ERROR, and the verdict of
/// its first digit. The time is in proportion to len. In a library without the feature `diagnosis` the cause is 0, and
/// the verdict that of the first digit.
///
///     rc_diagnosis answer;
///     rc_diagnose(RC_FTP, 530, "Maximum number of users reached", 31, 0, NULL, &answer);
///     assert(rc_cause_number(answer.cause) == RC_CAUSE_TOO_MANY_CONNECTIONS);
///     assert(answer.basis == RC_DIAGNOSIS_BASIS_PHRASE && answer.party == RC_PARTY_SERVER);
///     assert(rc_should_retry(answer.verdict));
///     printf("%s\n", rc_title(answer.cause, RC_LANG_EN));
///
/// # Safety
/// `text` is null or points to `len` bytes, `enhanced` to a structure or is null; `out` is null or points to memory for
/// one.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rc_diagnose(
    protocol: c_uchar,
    code: c_ushort,
    text: *const c_char,
    len: usize,
    command: rc_command,
    enhanced: *const rc_enhanced,
    out: *mut rc_diagnosis,
) -> c_int {
    let Some(known) = Protocol::from_number(protocol) else {
        // SAFETY: the caller's promise.
        unsafe { give(out, nothing(protocol, code)) };
        return 0;
    };
    // SAFETY: the caller's promise.
    let (text, enhanced) = unsafe { (bytes(text, len).unwrap_or_default(), code_of(enhanced)) };
    let answer = engine::diagnose(known, ReplyCode::new(code), text, command, enhanced);
    // SAFETY: the caller's promise.
    unsafe { give(out, rc_diagnosis { code, ..answer }) }
}

/// What went wrong, from a reply as it was read, with its code, enhanced status code and text, and the command that it
/// answers (0: not known): fills *out and returns 1. Returns 0, with out->cause 0, where there is no reply, and for a
/// NULL out.
///
///     rc_diagnosis answer;
///     rc_reply reply;
///     rc_parse(RC_SMTP, 0, "550-5.7.1 Relaying\r\n550 5.7.1 denied.\r\n", 39, &reply);
///     assert(rc_reply_diagnose(&reply, RC_COMMAND_SMTP_RCPT, &answer) == 1);
///     assert(rc_cause_number(answer.cause) == RC_CAUSE_RELAY_DENIED);
///     assert(answer.verdict == RC_VERDICT_FIX_FIRST);
///
/// # Safety
/// `reply` is null or points to a structure whose bytes are there; `out` is null or points to memory for one.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rc_reply_diagnose(
    reply: *const rc_reply,
    command: rc_command,
    out: *mut rc_diagnosis,
) -> c_int {
    // SAFETY: the caller's promise.
    let Some(known) = (unsafe { reply_of(reply) }) else {
        // SAFETY: the caller's promise.
        unsafe { give(out, nothing(reply.as_ref().map_or(c_uchar::MAX, |reply| reply.protocol), 0)) };
        return 0;
    };
    let (protocol, code) = (known.protocol(), Some(known.code()));
    let answer = engine::diagnose(protocol, code, known.words(), command, known.enhanced());
    // SAFETY: the caller's promise.
    unsafe { give(out, answer) }
}

/// No answer.
fn nothing(protocol: c_uchar, code: c_ushort) -> rc_diagnosis {
    rc_diagnosis {
        cause: 0,
        alternatives: [0; 3],
        rule: 0,
        code,
        protocol,
        verdict: Verdict::GiveUp.number(),
        party: 0,
        basis: 0,
        reserved: [0; 8],
    }
}
