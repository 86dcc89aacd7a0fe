//! What an entry says.

use core::ffi::{c_char, c_int, c_uchar, c_ushort};

use replycode::tables::TextKind;
use replycode::{CATALOG, Command, Entry};

use crate::enhanced::parts_of;
use crate::memory::{EMPTY, give, text};
use crate::texts::pool;
use crate::types::{rc_command, rc_enhanced, rc_entry};

#[inline]
fn find(entry: rc_entry) -> Option<Entry> {
    CATALOG.entry_of_handle(entry)
}

#[inline]
fn text_of(entry: rc_entry, kind: TextKind, lang: c_uchar) -> *const c_char {
    find(entry).map_or(EMPTY, |entry| text(pool(entry, kind, lang)))
}

/// The stable id, for instance "mailbox_unavailable": unique within a protocol, or within the enhanced status codes.
///
///     assert(strcmp(rc_id(rc_lookup(RC_SMTP, 550)), "mailbox_unavailable") == 0);
#[unsafe(no_mangle)]
pub extern "C" fn rc_id(entry: rc_entry) -> *const c_char {
    text_of(entry, TextKind::Id, 0)
}

/// The RFC's words, exactly; for an entry of kind RC_KIND_FIELD the server's. "" where no RFC prints any.
///
///     assert(strcmp(rc_phrase(rc_lookup(RC_FTP, 425)), "Can't open data connection.") == 0);
#[unsafe(no_mangle)]
pub extern "C" fn rc_phrase(entry: rc_entry) -> *const c_char {
    text_of(entry, TextKind::Phrase, 0)
}

/// Other words for the same, each but the last with a line feed behind it: further texts of RFCs, names that customers
/// know from elsewhere. Often "".
///
///     const char *aliases = rc_aliases(rc_severity_entry(RC_SMTP, RC_SEVERITY_PERMANENT));
///     assert(aliases[0] != '\0' && strchr(aliases, '\n') == NULL);
#[unsafe(no_mangle)]
pub extern "C" fn rc_aliases(entry: rc_entry) -> *const c_char {
    text_of(entry, TextKind::Aliases, 0)
}

/// One line for a status page, at most 32 columns (a Japanese character takes two).
///
///     assert(strcmp(rc_title(rc_lookup(RC_SMTP, 214), RC_LANG_EN), "Help text") == 0);
#[unsafe(no_mangle)]
pub extern "C" fn rc_title(entry: rc_entry, lang: c_uchar) -> *const c_char {
    text_of(entry, TextKind::Title, lang)
}

/// What it means, in one or two sentences.
///
///     assert(rc_meaning(rc_lookup(RC_FTP, 530), RC_LANG_JA)[0] != '\0');
#[unsafe(no_mangle)]
pub extern "C" fn rc_meaning(entry: rc_entry, lang: c_uchar) -> *const c_char {
    text_of(entry, TextKind::Meaning, lang)
}

/// What a technician should check or change, the likeliest first. "" for a category.
///
///     assert(rc_action(rc_lookup(RC_FTP, 530), RC_LANG_JA)[0] != '\0');
#[unsafe(no_mangle)]
pub extern "C" fn rc_action(entry: rc_entry, lang: c_uchar) -> *const c_char {
    text_of(entry, TextKind::Action, lang)
}

/// Background: history, servers that use it differently. Often "".
///
///     const char *note = rc_note(rc_lookup(RC_SMTP, 550), RC_LANG_EN);
///     if (note[0] != '\0') {
///         printf("%s\n", note);
///     }
#[unsafe(no_mangle)]
pub extern "C" fn rc_note(entry: rc_entry, lang: c_uchar) -> *const c_char {
    text_of(entry, TextKind::Note, lang)
}

/// The RFC that defines it, 0 if none does.
///
///     assert(rc_source_rfc(rc_lookup(RC_SMTP, 550)) == 5321);
#[unsafe(no_mangle)]
pub extern "C" fn rc_source_rfc(entry: rc_entry) -> c_ushort {
    find(entry).and_then(|entry| entry.source().rfc()).unwrap_or(0)
}

/// The section of that RFC; where it was seen, if no RFC defines it.
///
///     assert(strcmp(rc_source_place(rc_lookup(RC_SMTP, 421)), "4.2.3") == 0);
#[unsafe(no_mangle)]
pub extern "C" fn rc_source_place(entry: rc_entry) -> *const c_char {
    text_of(entry, TextKind::Source, 0)
}

/// The RFC that first had it, 0 where no older one did.
///
///     assert(rc_since(rc_lookup(RC_SMTP, 535)) == 2554);
#[unsafe(no_mangle)]
pub extern "C" fn rc_since(entry: rc_entry) -> c_ushort {
    find(entry).and_then(Entry::since).unwrap_or(0)
}

/// What the entry describes: one of RC_KIND_; 0 for no entry.
///
///     assert(rc_kind(rc_lookup(RC_FTP, 550)) == RC_KIND_SENSE);
#[unsafe(no_mangle)]
pub extern "C" fn rc_kind(entry: rc_entry) -> c_uchar {
    find(entry).map_or(0, |entry| entry.kind().number())
}

/// How current it is: one of RC_STATUS_; 0 for no entry.
///
///     assert(rc_status(rc_lookup(RC_SMTP, 550)) == RC_STATUS_CURRENT);
#[unsafe(no_mangle)]
pub extern "C" fn rc_status(entry: rc_entry) -> c_uchar {
    find(entry).map_or(0, |entry| entry.status().number())
}

/// What to do with the same attempt: one of RC_VERDICT_; 0 where the entry says nothing about that, as a category.
///
///     assert(rc_verdict(rc_lookup(RC_SMTP, 450)) == RC_VERDICT_RETRY_LATER);
#[unsafe(no_mangle)]
pub extern "C" fn rc_verdict(entry: rc_entry) -> c_uchar {
    find(entry).and_then(Entry::verdict).map_or(0, |verdict| verdict.number())
}

/// The n-th command, from 0, that this meaning of a code answers; 0 past the end. None at all means any command.
///
///     rc_entry tls = rc_code_entry(RC_SMTP, 454, 0);
///     assert(rc_entry_command(tls, 0) == RC_COMMAND_SMTP_STARTTLS);
///     assert(rc_entry_command(tls, 1) == 0);
#[unsafe(no_mangle)]
pub extern "C" fn rc_entry_command(entry: rc_entry, n: c_ushort) -> rc_command {
    find(entry).and_then(|entry| entry.answered().nth(usize::from(n))).map_or(0, Command::handle)
}

/// The n-th enhanced status code, from 0, that belongs to this meaning of a code: fills *out and returns 1; 0 past the
/// end, and for a NULL out.
///
///     rc_enhanced code;
///     assert(rc_entry_enhanced(rc_lookup(RC_SMTP, 535), 0, &code) == 1);
///     assert(code.klass == 5 && code.subject == 7 && code.detail == 8);
///
/// # Safety
/// `out` is null or points to memory for the structure.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rc_entry_enhanced(entry: rc_entry, n: c_ushort, out: *mut rc_enhanced) -> c_int {
    match find(entry).and_then(|entry| entry.enhanced().get(usize::from(n))) {
        // SAFETY: the caller's promise.
        Some(&code) => unsafe { give(out, parts_of(code)) },
        None => 0,
    }
}

/// The n-th reply code, from 0, that the registry associates with this detail of enhanced status codes; 0 past the
/// end. A single digit, such as 5, stands for every code that begins with it.
///
///     rc_enhanced code;
///     rc_enhanced_parse("5.7.8", 5, &code);
///     assert(rc_entry_code(rc_enhanced_entry(&code, 0), 0) == 535);
#[unsafe(no_mangle)]
pub extern "C" fn rc_entry_code(entry: rc_entry, n: c_ushort) -> c_ushort {
    find(entry).and_then(|entry| entry.codes().get(usize::from(n)).copied()).unwrap_or(0)
}
