//! From a text with replies in it to what went wrong.

use core::ffi::{c_char, c_int, c_uchar};

use crate::engine;
use crate::memory::{bytes, give};
use crate::types::rc_incident;

/// Neither protocol is known.
pub const RC_PROTOCOL_UNKNOWN: c_uchar = 255;

/// The server.
pub const RC_SPEAKER_SERVER: c_uchar = 1;
/// The program that talked to the server, in its own words.
pub const RC_SPEAKER_CLIENT: c_uchar = 2;
/// A web server or a mail service's HTTP interface.
pub const RC_SPEAKER_HTTP: c_uchar = 3;
/// The operating system: a socket error, a name that does not resolve.
pub const RC_SPEAKER_SYSTEM: c_uchar = 4;
/// Windows sockets: 10004 to 11004.
pub const RC_SPEAKER_WINSOCK: c_uchar = 5;
/// The TLS layer: handshake, certificate.
pub const RC_SPEAKER_TLS: c_uchar = 6;

/// The reply begins a line.
pub const RC_FORM_BARE: c_uchar = 1;
/// After a mark that says who spoke: `<`, `S:`, `Response:`, `SERVER -> CLIENT:`.
pub const RC_FORM_DIALOG: c_uchar = 2;
/// After words that end in a colon or an arrow: `said: 550 ...`, `error_perm: 550 ...`.
pub const RC_FORM_LABELLED: c_uchar = 3;
/// The code alone as the value of a field: `code: 550`, `"responseCode": 535`, `error = 550`.
pub const RC_FORM_FIELD: c_uchar = 4;
/// In quotation marks or brackets of its own: `"550 ..."`, `status=sent (250 ...)`.
pub const RC_FORM_QUOTED: c_uchar = 5;
/// Code and text as two members: `(535, b'5.7.8 ...')`.
pub const RC_FORM_TUPLE: c_uchar = 6;
/// The code in brackets behind or before its text: `Login failed[530]`, `(550) File unavailable`.
pub const RC_FORM_BRACKETED: c_uchar = 7;
/// In the middle of a sentence: `Reason 530 ...`, `failed with 550 5.7.1 ...`.
pub const RC_FORM_EMBEDDED: c_uchar = 8;
/// Blanks replaced: `Remote_host_said:_550_5.1.1_...`, `550+5.1.1+...`.
pub const RC_FORM_ESCAPED: c_uchar = 9;
/// A column of a server's access log: `"STOR a.jpg" 550 -`, IIS W3C.
pub const RC_FORM_COLUMN: c_uchar = 10;
/// The bytes as decimal numbers: `[53, 51, 48, 32, ...]`.
pub const RC_FORM_BYTES: c_uchar = 11;
/// The digits as words: `severity: PermanentNegativeCompletion, category: Unspecified3, detail: Four`.
pub const RC_FORM_SPELLED: c_uchar = 12;
/// An enhanced status code without a reply code: `5.7.1 Relaying denied`.
pub const RC_FORM_ENHANCED: c_uchar = 13;
/// A delivery status without a reply: `dsn=5.1.1`, `Status: 5.1.1`.
pub const RC_FORM_STATUS: c_uchar = 14;

/// What went wrong, from a text as people paste it or programs log it: a transcript, a part of a log, an exception, a
/// bounce. Finds the replies of servers in it and the one that decides, fills *out and returns 1; returns 0 for a NULL
/// out, and in a library without the feature `incident`, which leaves *out as it was. text: len bytes in any encoding
/// that keeps ASCII digits; NULL is an empty text. protocol: the one that is known, or RC_PROTOCOL_UNKNOWN; what the
/// text itself says for certain prevails.
///
/// This function is in libreplycode.a only, not in replycode.c. It needs some 4 KB of stack; its time is in proportion
/// to len.
///
///     static const char log[] = "> PASV\n< 227 Entering Passive Mode (192,0,2,1,221,181)\n"
///                               "> STOR snap.jpg\n< 553 Could not create file.\n> QUIT\n< 221 Goodbye.\n";
///     rc_incident answer;
///     assert(rc_explain_incident(log, sizeof(log) - 1, RC_PROTOCOL_UNKNOWN, &answer) == 1);
///     assert(answer.replies == 3 && answer.diagnosis.code == 553 && answer.diagnosis.protocol == RC_FTP);
///     assert(rc_cause_number(answer.diagnosis.cause) == RC_CAUSE_FTP_PERMISSION_DENIED);
///     assert(answer.command == RC_COMMAND_FTP_STOR && answer.speaker == RC_SPEAKER_SERVER);
///     printf("%.*s\n", (int)answer.length, log + answer.offset);
///
/// # Safety
/// `text` is null or points to `len` bytes; `out` is null or points to memory for the structure.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rc_explain_incident(
    text: *const c_char,
    len: usize,
    protocol: c_uchar,
    out: *mut rc_incident,
) -> c_int {
    // SAFETY: the caller's promise.
    let text = unsafe { bytes(text, len) }.unwrap_or_default();
    match engine::incident(text, protocol) {
        // SAFETY: the caller's promise.
        Some(answer) => unsafe { give(out, answer) },
        None => 0,
    }
}

/// The id of who spoke, one of RC_SPEAKER_.
///
///     assert(strcmp(rc_speaker_id(RC_SPEAKER_WINSOCK), "winsock") == 0);
#[unsafe(no_mangle)]
pub extern "C" fn rc_speaker_id(speaker: c_uchar) -> *const c_char {
    engine::speaker_id(speaker)
}

/// The id of how a reply is written down, one of RC_FORM_.
///
///     assert(strcmp(rc_form_id(RC_FORM_DIALOG), "dialog") == 0);
#[unsafe(no_mangle)]
pub extern "C" fn rc_form_id(form: c_uchar) -> *const c_char {
    engine::form_id(form)
}
