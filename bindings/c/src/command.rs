//! The commands that replies answer.

use core::ffi::{c_char, c_uchar, c_ushort};

use replycode::{CATALOG, Command, Protocol, expected};

use crate::memory::{EMPTY, bytes, text};
use crate::types::rc_command;

/// The command with this verb, in any case; 0 if the protocol has none. verb: len bytes; they need no NUL. Two verbs
/// are moments that a server answers, too: "connect" and, in SMTP, "data-end".
///
///     assert(rc_command_find(RC_SMTP, "starttls", 8) == RC_COMMAND_SMTP_STARTTLS);
///     assert(rc_command_find(RC_FTP, "STARTTLS", 8) == 0);
///
/// # Safety
/// `verb` is null or points to `len` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rc_command_find(protocol: c_uchar, verb: *const c_char, len: usize) -> rc_command {
    let Some(protocol) = Protocol::from_number(protocol) else {
        return 0;
    };
    // SAFETY: the caller's promise.
    let verb = unsafe { bytes(verb, len) };
    verb.and_then(|verb| CATALOG.command_of_bytes(protocol, verb)).map_or(0, Command::handle)
}

/// The n-th command of a protocol, from 0; 0 past the end, and for an unknown protocol.
///
///     unsigned short n;
///     for (n = 0; rc_command_at(RC_FTP, n) != 0; n++) {
///         printf("%s\n", rc_command_verb(rc_command_at(RC_FTP, n)));
///     }
///     assert(n > 0);
#[unsafe(no_mangle)]
pub extern "C" fn rc_command_at(protocol: c_uchar, n: c_ushort) -> rc_command {
    let command = |protocol| CATALOG.commands(protocol).nth(usize::from(n));
    Protocol::from_number(protocol).and_then(command).map_or(0, Command::handle)
}

/// The verb, as the RFC writes it.
///
///     assert(strcmp(rc_command_verb(RC_COMMAND_FTP_RETR), "RETR") == 0);
#[unsafe(no_mangle)]
pub extern "C" fn rc_command_verb(command: rc_command) -> *const c_char {
    CATALOG.command_of_handle(command).map_or(EMPTY, |command| text(command.pool()))
}

/// Whether a code is a proper answer to a command: one of RC_EXPECTATION_; 0 for an unknown command.
///
///     assert(rc_expected(RC_COMMAND_SMTP_RCPT, 550) == RC_EXPECTATION_EXPECTED);
///     assert(rc_expected(RC_COMMAND_SMTP_RCPT, 354) == RC_EXPECTATION_UNEXPECTED);
#[unsafe(no_mangle)]
pub extern "C" fn rc_expected(command: rc_command, code: c_ushort) -> c_uchar {
    CATALOG.command_of_handle(command).map_or(0, |command| expected(command, code).number())
}
