//! From a code to what the catalogue says of it.

use core::ffi::{c_char, c_int, c_uchar, c_ushort};

use replycode::tables::TextKind;
use replycode::{CATALOG, Category, Context, Entry, Explanation, Protocol, Severity, explain, explain_in, lookup};

use crate::enhanced::code_of;
use crate::entry::rc_title;
use crate::memory::{EMPTY, give, text};
use crate::texts::pool;
use crate::types::{rc_command, rc_enhanced, rc_entry, rc_explanation};

/// What a code means when nothing else is known: its first meaning in an RFC, or, for a code that no RFC has, what
/// was seen in the field. 0 for a code that the catalogue does not list; rc_explain() answers for those as well.
///
///     assert(strcmp(rc_phrase(rc_lookup(RC_FTP, RC_FTP_NOT_LOGGED_IN)), "Not logged in.") == 0);
///     assert(rc_lookup(RC_SMTP, 599) == 0);
#[unsafe(no_mangle)]
pub extern "C" fn rc_lookup(protocol: c_uchar, code: c_ushort) -> rc_entry {
    let listing = Protocol::from_number(protocol).and_then(|protocol| lookup(protocol, code));
    listing.map_or(0, |listing| listing.entry().handle())
}

/// The n-th entry of a code, from 0: first the meanings that RFCs give it, then what was seen in the field (rc_kind()
/// tells which). 0 past the end.
///
///     unsigned short n;
///     rc_entry entry;
///     for (n = 0; (entry = rc_code_entry(RC_SMTP, 454, n)) != 0; n++) {
///         printf("%s: %s\n", rc_id(entry), rc_title(entry, RC_LANG_EN));
///     }
///     assert(n >= 2);
#[unsafe(no_mangle)]
pub extern "C" fn rc_code_entry(protocol: c_uchar, code: c_ushort, n: c_ushort) -> rc_entry {
    let Some(listing) = Protocol::from_number(protocol).and_then(|protocol| lookup(protocol, code)) else {
        return 0;
    };
    listing.nth(n).map_or(0, Entry::handle)
}

/// The title of a code in one call, at most 32 columns: of its first meaning, or of its class if the catalogue does
/// not list it. "" for an unknown protocol or language.
///
///     assert(strcmp(rc_title_of(RC_SMTP, 421, RC_LANG_EN), "Unavailable, connection closing") == 0);
///     assert(strcmp(rc_title_of(RC_SMTP, 499, RC_LANG_EN), "Transient negative completion") == 0);
#[unsafe(no_mangle)]
pub extern "C" fn rc_title_of(protocol: c_uchar, code: c_ushort, lang: c_uchar) -> *const c_char {
    let Some(protocol) = Protocol::from_number(protocol) else {
        return EMPTY;
    };
    match lookup(protocol, code) {
        Some(listing) => text(pool(listing.entry(), TextKind::Title, lang)),
        None => title_of_unlisted(protocol, code, lang),
    }
}

/// Apart, so that the usual path needs no stack.
#[cold]
#[inline(never)]
fn title_of_unlisted(protocol: Protocol, code: u16, lang: c_uchar) -> *const c_char {
    // By way of the handle, so that the optimiser sees that titles alone are asked for.
    rc_title(explain(protocol, code).entry().handle(), lang)
}

/// What a code means, whatever the code: fills *out and returns 1. Returns 0 for an unknown protocol, with out->entry
/// 0, and for a NULL out.
///
///     rc_explanation answer;
///     rc_explain(RC_SMTP, 550, &answer);
///     assert(answer.listed && answer.verdict == RC_VERDICT_FIX_FIRST);
///     printf("%s\n%s\n", rc_meaning(answer.entry, RC_LANG_EN), rc_action(answer.entry, RC_LANG_EN));
///
/// # Safety
/// `out` is null or points to memory for the structure.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rc_explain(protocol: c_uchar, code: c_ushort, out: *mut rc_explanation) -> c_int {
    // SAFETY: the caller's promise; a null pointer stands for no enhanced status code.
    unsafe { rc_explain_in(protocol, code, 0, core::ptr::null(), out) }
}

/// As rc_explain(), with what else is known, to choose among the meanings of the code: the command that it answers (0:
/// not known, and so is a command of the other protocol) and the enhanced status code that came with it (NULL: none).
///
///     rc_enhanced enhanced;
///     rc_explanation answer;
///     rc_enhanced_parse("5.7.8", 5, &enhanced);
///     rc_explain_in(RC_SMTP, 535, RC_COMMAND_SMTP_AUTH, &enhanced, &answer);
///     assert(answer.basis == RC_BASIS_SENSE && answer.enhanced != 0);
///
/// # Safety
/// `enhanced` is null or points to a structure; `out` is null or points to memory for one.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rc_explain_in(
    protocol: c_uchar,
    code: c_ushort,
    command: rc_command,
    enhanced: *const rc_enhanced,
    out: *mut rc_explanation,
) -> c_int {
    let Some(known) = Protocol::from_number(protocol) else {
        // SAFETY: the caller's promise.
        unsafe { give(out, unknown_protocol(protocol, code)) };
        return 0;
    };
    // SAFETY: the caller's promise.
    let context = Context { command: CATALOG.command_of_handle(command), enhanced: unsafe { code_of(enhanced) } };
    let answer = explain_in(known, code, context);
    // SAFETY: the caller's promise.
    unsafe { give(out, filled(answer)) }
}

fn filled(answer: Explanation) -> rc_explanation {
    rc_explanation {
        code: answer.code(),
        entry: answer.entry().handle(),
        enhanced: answer.enhanced().map_or(0, |enhanced| enhanced.entry().handle()),
        protocol: answer.protocol().number(),
        severity: answer.severity().number(),
        category: answer.category().number(),
        verdict: answer.verdict().number(),
        basis: answer.basis().number(),
        listed: c_uchar::from(answer.is_listed()),
        reserved: [0; 4],
    }
}

fn unknown_protocol(protocol: c_uchar, code: c_ushort) -> rc_explanation {
    rc_explanation {
        code,
        entry: 0,
        enhanced: 0,
        protocol,
        severity: Severity::Unassigned.number(),
        category: Category::Unassigned.number(),
        verdict: Severity::Unassigned.verdict().number(),
        basis: 0,
        listed: 0,
        reserved: [0; 4],
    }
}

/// The n-th number, from 0, that is no reply of a server although people meet it where one is expected (10060, say,
/// of Winsock): its entry, and the number in *number unless that is NULL. The first is 0, which stands for any number
/// that is not listed. 0 past the end, with *number unchanged.
///
///     unsigned short number;
///     assert(rc_not_reply(1, &number) != 0 && number != 0);
///
/// # Safety
/// `number` is null or points to memory for one.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rc_not_reply(n: c_ushort, number: *mut c_ushort) -> rc_entry {
    match CATALOG.not_replies().nth(usize::from(n)) {
        Some((which, entry)) => {
            // SAFETY: the caller's promise.
            unsafe { give(number, which) };
            entry.handle()
        }
        None => 0,
    }
}
