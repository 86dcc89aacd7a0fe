//! What a reply says: lines, text, notes; and writing one.

use core::ffi::{c_char, c_int, c_uchar, c_ulong, c_ushort};

use replycode::{CATALOG, Entry, Malformed, MalformedReason, Note, Notes, Protocol, Reply, ReplyCode, ReplyParts};

use crate::enhanced::{code_of, parts_of};
use crate::memory::{bytes, bytes_mut, give};
use crate::parser::{number_of, rules_of};
use crate::types::{rc_enhanced, rc_entry, rc_reply};

pub(crate) const NO_ENHANCED: rc_enhanced = rc_enhanced { klass: 0, reserved: 0, subject: 0, detail: 0 };

/// A reply for C.
pub(crate) fn filled(reply: &Reply<'_>) -> rc_reply {
    let parts = reply.parts();
    rc_reply {
        bytes: parts.bytes.as_ptr().cast(),
        length: parts.bytes.len(),
        notes: parts.notes.bits().into(),
        line_count: parts.line_count.into(),
        code: parts.code.get(),
        first_code: parts.first_code.get(),
        enhanced: parts.enhanced.map_or(NO_ENHANCED, parts_of),
        raw: c_uchar::from(parts.is_raw),
        truncated: c_uchar::from(parts.is_truncated),
        ..refused(parts.rules.protocol().number(), number_of(parts.rules), None)
    }
}

/// No reply, and why.
pub(crate) fn refused(protocol: c_uchar, rules: c_uchar, malformed: Option<Malformed>) -> rc_reply {
    rc_reply {
        bytes: core::ptr::null(),
        length: 0,
        notes: 0,
        line_count: 0,
        offset: malformed.map_or(0, |malformed| malformed.offset().into()),
        code: 0,
        first_code: 0,
        enhanced: NO_ENHANCED,
        protocol,
        rules,
        malformed: malformed.map_or(0, |malformed| malformed.reason().number()),
        raw: 0,
        truncated: 0,
        reserved: [0; 5],
    }
}

/// The core's reply; none for a null pointer and for a structure that holds no reply.
///
/// # Safety
/// `reply` is null or points to a structure whose `bytes` are null or `length` bytes that nobody changes during `'a`.
pub(crate) unsafe fn reply_of<'a>(reply: *const rc_reply) -> Option<Reply<'a>> {
    if reply.is_null() {
        return None;
    }
    // SAFETY: not null, and the caller vouches for the rest.
    let reply = unsafe { reply.read() };
    Some(Reply::from_parts(ReplyParts {
        rules: rules_of(reply.protocol, reply.rules)?,
        code: ReplyCode::new(reply.code)?,
        first_code: ReplyCode::new(reply.first_code)?,
        // SAFETY: the caller's promise.
        enhanced: unsafe { code_of(&reply.enhanced) },
        notes: Notes::from_bits(reply.notes as u32),
        line_count: u32::try_from(reply.line_count).unwrap_or(u32::MAX),
        // SAFETY: the caller's promise.
        bytes: unsafe { bytes(reply.bytes, reply.length) }.unwrap_or_default(),
        is_raw: reply.raw != 0,
        is_truncated: reply.truncated != 0,
    }))
}

/// Gives bytes as pointer and length: 1, or 0 if there are none.
///
/// # Safety
/// Both are null or point to memory for one.
pub(crate) unsafe fn give_bytes(found: Option<&[u8]>, start: *mut *const c_char, length: *mut usize) -> c_int {
    let Some(found) = found else {
        return 0;
    };
    // SAFETY: the caller's promise.
    unsafe {
        give(start, found.as_ptr().cast());
        give(length, found.len());
    }
    1
}

/// The n-th line of the text, from 0, without code, enhanced status code and line end: gives *line and *length (either
/// may be NULL) and returns 1. Past the end, and where there is no reply, returns 0 and leaves both as they were. The
/// line lies in the caller's bytes and ends with its length, not with a NUL. Each call counts from the first line.
///
///     unsigned long n;
///     const char *line;
///     size_t length;
///     rc_reply reply;
///     rc_parse(RC_FTP, 0, "211-Features:\r\n MDTM\r\n211 End\r\n", 31, &reply);
///     for (n = 0; rc_reply_line(&reply, n, &line, &length); n++) {
///         assert(n != 1 || (length == 5 && memcmp(line, " MDTM", 5) == 0));
///     }
///     assert(n == 3);
///
/// # Safety
/// `reply` is null or points to a structure whose bytes are there; `line` and `length` are null or point to memory for
/// one.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rc_reply_line(
    reply: *const rc_reply,
    n: c_ulong,
    line: *mut *const c_char,
    length: *mut usize,
) -> c_int {
    // SAFETY: the caller's promise.
    let found = unsafe { reply_of(reply) }.and_then(|reply| reply.lines().nth(usize::try_from(n).ok()?));
    // SAFETY: the caller's promise.
    unsafe { give_bytes(found, line, length) }
}

/// Copies the text, its lines with a line feed between two, as far as it fits into cap bytes, and returns the length of
/// the whole; 0 where there is no reply. Text is bytes, in an encoding that the protocol does not tell, and may hold a
/// NUL; none is put behind it. buffer may be NULL with cap 0, and must not overlap the reply's bytes.
///
///     char text[64];
///     size_t length;
///     rc_reply reply;
///     rc_parse(RC_SMTP, 0, "550-5.7.1 Go\r\n550 5.7.1 away\r\n", 30, &reply);
///     length = rc_reply_text_copy(&reply, text, sizeof(text));
///     assert(length == 7 && memcmp(text, "Go\naway", 7) == 0);
///
/// # Safety
/// `reply` is null or points to a structure whose bytes are there; `buffer` is null or points to `cap` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rc_reply_text_copy(reply: *const rc_reply, buffer: *mut c_char, cap: usize) -> usize {
    // SAFETY: the caller's promise.
    let Some(reply) = (unsafe { reply_of(reply) }) else {
        return 0;
    };
    // SAFETY: the caller's promise.
    reply.text().copy_to(unsafe { bytes_mut(buffer, cap) })
}

/// 1 if the code begins with these digits: 2 stands for 200 to 299, 25 for 250 to 259, 250 for itself. Else 0.
///
///     rc_reply reply;
///     rc_parse(RC_SMTP, 0, "354 go on\r\n", 11, &reply);
///     assert(rc_reply_matches(&reply, 3) && rc_reply_matches(&reply, 35) && rc_reply_matches(&reply, 354));
///     assert(!rc_reply_matches(&reply, 2) && !rc_reply_matches(&reply, 0));
///
/// # Safety
/// `reply` is null or points to a structure whose bytes are there.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rc_reply_matches(reply: *const rc_reply, digits: c_ushort) -> c_int {
    // SAFETY: the caller's promise.
    c_int::from(unsafe { reply_of(reply) }.is_some_and(|reply| reply.matches(digits)))
}

/// The entry of a note, one of RC_NOTE_: what the server does wrong, and what to do about it. 0 for an unknown number.
///
///     unsigned char note;
///     rc_reply reply;
///     rc_parse(RC_SMTP, 0, "220 ready\n", 10, &reply);
///     for (note = 1; note < 32; note++) {
///         if (reply.notes & (1UL << note)) {
///             printf("%s: %s\n", rc_id(rc_note_entry(note)), rc_title(rc_note_entry(note), RC_LANG_EN));
///         }
///     }
///     assert(reply.notes == 1UL << RC_NOTE_BARE_LF);
#[unsafe(no_mangle)]
pub extern "C" fn rc_note_entry(note: c_uchar) -> rc_entry {
    Note::from_number(note).map_or(0, |note| Entry::handle(CATALOG.note(note)))
}

/// The entry of a reason for which bytes are no reply, one of RC_MALFORMED_. 0 for an unknown number.
///
///     assert(strcmp(rc_id(rc_malformed_entry(RC_MALFORMED_BAD_CODE)), "bad-code") == 0);
#[unsafe(no_mangle)]
pub extern "C" fn rc_malformed_entry(reason: c_uchar) -> rc_entry {
    MalformedReason::from_number(reason).map_or(0, |reason| Entry::handle(CATALOG.malformed(reason)))
}

/// Writes a reply as it goes over the wire, as far as it fits into cap bytes, and returns the length of the whole, with
/// no NUL behind it: the code on each line, the enhanced status code on each line (SMTP; NULL: none), CR LF. Line feeds
/// and carriage returns in the text begin new lines. Returns 0 for an unknown protocol and a number that is no reply
/// code. out may be NULL with cap 0, and must not overlap text. text: n bytes; NULL stands for none.
///
///     char wire[64];
///     size_t length = rc_format(RC_FTP, 220, NULL, "Welcome.\nPlease log in.", 23, wire, sizeof(wire));
///     assert(length == 34 && memcmp(wire, "220-Welcome.\r\n220 Please log in.\r\n", length) == 0);
///
/// # Safety
/// `enhanced` is null or points to a structure, `text` to `n` bytes or is null, `out` to `cap` bytes or is null.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rc_format(
    protocol: c_uchar,
    code: c_ushort,
    enhanced: *const rc_enhanced,
    text: *const c_char,
    n: usize,
    out: *mut c_char,
    cap: usize,
) -> usize {
    let (Some(protocol), Some(code)) = (Protocol::from_number(protocol), ReplyCode::new(code)) else {
        return 0;
    };
    // SAFETY: the caller's promise.
    let text = unsafe { bytes(text, n) }.unwrap_or_default();
    // SAFETY: the caller's promise.
    let reply = Reply::new(protocol, code, text).with_enhanced(unsafe { code_of(enhanced) });
    // SAFETY: the caller's promise.
    match reply.write_into(unsafe { bytes_mut(out, cap) }) {
        Ok(written) => written.len(),
        Err(error) => error.needed(),
    }
}
