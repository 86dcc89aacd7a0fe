//! Reading replies: from bytes that are all there, and from a stream.

use core::ffi::{c_char, c_int, c_uchar, c_uint};

use replycode::{Mode, Protocol, RawParser, Rules, State, parse, parse_prefix};

use crate::memory::{bytes, bytes_mut, give};
use crate::reading::{filled, refused};
use crate::types::{rc_parser, rc_reply};

/// The parser is not initialised, or an argument makes no sense.
pub const RC_STATE_NONE: c_uchar = 0;
/// Between replies: the stream may end here.
pub const RC_STATE_IDLE: c_uchar = 1;
/// Inside a reply: more bytes are needed.
pub const RC_STATE_NEED_MORE: c_uchar = 2;
/// A reply has been read.
pub const RC_STATE_COMPLETE: c_uchar = 3;
/// What was read is no reply.
pub const RC_STATE_MALFORMED: c_uchar = 4;

/// Added to a mode: in FTP any line with a code and a space ends a reply of several lines, not only one with its code.
pub const RC_ANY_CODE_ENDS: c_uchar = 16;

/// In the first word of a parser that rc_parser_init() has been called for.
const INITIALISED: c_uint = 0x7263_7031;

/// What an rc_parser holds.
#[repr(C)]
struct Streaming {
    initialised: c_uint,
    raw: RawParser,
}

const _: () = assert!(
    size_of::<Streaming>() <= size_of::<rc_parser>() && align_of::<Streaming>() <= align_of::<rc_parser>(),
    "types::rc_parser has no room for the core's parser"
);

/// The rules that a protocol and a number stand for; none for unknown ones.
pub(crate) fn rules_of(protocol: c_uchar, rules: c_uchar) -> Option<Rules> {
    let base = Rules::new(Protocol::from_number(protocol)?);
    let base = if rules & RC_ANY_CODE_ENDS == 0 { base } else { base.end_at_any_code() };
    match rules & !RC_ANY_CODE_ENDS {
        0 => Some(base),
        mode => Some(base.with_mode(Mode::from_number(mode)?)),
    }
}

/// The number for rules.
pub(crate) fn number_of(rules: Rules) -> c_uchar {
    rules.mode().number() | if rules.ends_at_any_code() { RC_ANY_CODE_ENDS } else { 0 }
}

/// The core's parser in the caller's memory; none for a null pointer and for memory that has not been initialised.
///
/// # Safety
/// `parser` is null or points to a structure that nobody else uses during `'a`.
unsafe fn raw<'a>(parser: *mut rc_parser) -> Option<&'a mut RawParser> {
    let parser = parser.cast::<Streaming>();
    // SAFETY: not null, and the caller vouches for the rest; a number is read, whatever the memory holds.
    if parser.is_null() || unsafe { (&raw const (*parser).initialised).read() } != INITIALISED {
        return None;
    }
    // SAFETY: rc_parser_init() has written a parser here, since nothing else writes its mark.
    Some(unsafe { &mut (*parser).raw })
}

fn number(state: State) -> c_uchar {
    match state {
        State::Idle => RC_STATE_IDLE,
        State::NeedMore => RC_STATE_NEED_MORE,
        State::Complete => RC_STATE_COMPLETE,
        State::Malformed(_) => RC_STATE_MALFORMED,
    }
}

/// Makes a parser ready for a stream: 1, or 0 for a NULL parser, an unknown protocol or unknown rules. rules: one of
/// RC_MODE_, or 0 for RC_MODE_LENIENT; for FTP perhaps with RC_ANY_CODE_ENDS added. A parser that is not needed any
/// more is simply forgotten.
///
///     rc_parser parser;
///     assert(rc_parser_init(&parser, RC_FTP, RC_MODE_LENIENT | RC_ANY_CODE_ENDS) == 1);
///     assert(rc_parser_init(&parser, RC_SMTP, 0) == 1);
///
/// # Safety
/// `parser` is null or points to memory for the structure.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rc_parser_init(parser: *mut rc_parser, protocol: c_uchar, rules: c_uchar) -> c_int {
    let Some(rules) = rules_of(protocol, rules) else {
        return 0;
    };
    let new = Streaming { initialised: INITIALISED, raw: RawParser::with_rules(rules) };
    // SAFETY: the caller's promise; the assertion above says that it fits.
    unsafe { give(parser.cast::<Streaming>(), new) }
}

/// Reads bytes up to the end of a reply at most: returns how many were read, and in *state (unless NULL) where the
/// parser stands, one of RC_STATE_. While that is neither RC_STATE_COMPLETE nor RC_STATE_MALFORMED, all were read.
/// After either, call again with the rest; of a malformed line the rest is dropped.
///
/// text: a buffer of cap bytes, the same in all calls for one reply, for the beginning of its text: the lines without
/// their codes, with a line feed between two, no NUL behind them. It may be NULL with cap 0, and must not overlap
/// input. Longer texts are counted and checked, but not kept. input: n bytes; NULL stands for none.
///
///     const char *input = "220 hello\r\n535 5.7.8 wr";
///     char text[64];
///     unsigned char state;
///     rc_parser parser;
///     rc_parser_init(&parser, RC_SMTP, 0);
///     assert(rc_parser_feed(&parser, input, strlen(input), text, sizeof(text), &state) == 11);
///     assert(state == RC_STATE_COMPLETE && memcmp(text, "hello", 5) == 0);
///     assert(rc_parser_feed(&parser, input + 11, 12, text, sizeof(text), &state) == 12);
///     assert(state == RC_STATE_NEED_MORE);
///
/// # Safety
/// `parser` is null or points to a structure, `input` to `n` bytes or is null, `text` to `cap` bytes or is null,
/// `state` to memory for a number or is null; none overlap.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rc_parser_feed(
    parser: *mut rc_parser,
    input: *const c_char,
    n: usize,
    text: *mut c_char,
    cap: usize,
    state: *mut c_uchar,
) -> usize {
    // SAFETY: the caller's promise, here and below.
    let Some(raw) = (unsafe { raw(parser) }) else {
        unsafe { give(state, RC_STATE_NONE) };
        return 0;
    };
    let input = unsafe { bytes(input, n) }.unwrap_or_default();
    let (consumed, now) = raw.feed(input, unsafe { bytes_mut(text, cap) });
    unsafe { give(state, number(now)) };
    consumed
}

/// The stream has ended: what was read of a reply is complete (with a note) or malformed. Returns RC_STATE_COMPLETE,
/// RC_STATE_MALFORMED, or RC_STATE_IDLE if there was nothing. text, cap: as for rc_parser_feed().
///
///     char text[64];
///     rc_reply reply;
///     rc_parser parser;
///     rc_parser_init(&parser, RC_FTP, 0);
///     rc_parser_feed(&parser, "220-Welcome\r\n", 13, text, sizeof(text), NULL);
///     assert(rc_parser_finish(&parser, text, sizeof(text)) == RC_STATE_COMPLETE);
///     assert(rc_parser_reply(&parser, text, sizeof(text), &reply) == RC_STATE_COMPLETE);
///     assert(reply.notes & (1UL << RC_NOTE_CUT_OFF));
///
/// # Safety
/// `parser` is null or points to a structure, `text` to `cap` bytes or is null.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rc_parser_finish(parser: *mut rc_parser, text: *mut c_char, cap: usize) -> c_uchar {
    // SAFETY: the caller's promise, here and below.
    let Some(raw) = (unsafe { raw(parser) }) else {
        return RC_STATE_NONE;
    };
    number(raw.finish(unsafe { bytes_mut(text, cap) }))
}

/// Forgets what was read: the next byte begins a reply. For a new connection; between replies it is not needed.
/// Returns 1, or 0 for a NULL or uninitialised parser.
///
///     rc_parser parser;
///     unsigned char state;
///     rc_parser_init(&parser, RC_SMTP, 0);
///     rc_parser_feed(&parser, "220-half a greeting", 19, NULL, 0, NULL);
///     assert(rc_parser_reset(&parser) == 1);
///     rc_parser_feed(&parser, "220 hello\r\n", 11, NULL, 0, &state);
///     assert(state == RC_STATE_COMPLETE);
///
/// # Safety
/// `parser` is null or points to a structure.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rc_parser_reset(parser: *mut rc_parser) -> c_int {
    // SAFETY: the caller's promise.
    match unsafe { raw(parser) } {
        Some(raw) => {
            raw.reset();
            1
        }
        None => 0,
    }
}

/// While the state is RC_STATE_COMPLETE: fills *out with the reply and returns RC_STATE_COMPLETE; out->bytes points
/// into text. While it is RC_STATE_MALFORMED: fills out->malformed and out->offset and returns that. Else returns the
/// state and sets out->code to 0. text, cap: as for rc_parser_feed().
///
///     char text[8];
///     rc_reply reply;
///     rc_parser parser;
///     rc_parser_init(&parser, RC_SMTP, 0);
///     rc_parser_feed(&parser, "550 5.1.1 no such user\n", 23, text, sizeof(text), NULL);
///     assert(rc_parser_reply(&parser, text, sizeof(text), &reply) == RC_STATE_COMPLETE);
///     assert(reply.code == 550 && reply.enhanced.klass == 5 && reply.truncated);
///
/// # Safety
/// `parser` is null or points to a structure, `text` to `cap` bytes or is null, `out` to memory for a structure or is
/// null.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rc_parser_reply(
    parser: *mut rc_parser,
    text: *const c_char,
    cap: usize,
    out: *mut rc_reply,
) -> c_uchar {
    // SAFETY: the caller's promise, here and below.
    let Some(raw) = (unsafe { raw(parser) }) else {
        unsafe { give(out, refused(0, 0, None)) };
        return RC_STATE_NONE;
    };
    let (protocol, rules) = (raw.rules().protocol().number(), number_of(raw.rules()));
    let state = raw.state();
    let text = unsafe { bytes(text, cap) }.unwrap_or_default();
    let reply = match (raw.reply(text), state) {
        (Some(reply), _) => filled(&reply),
        (None, State::Malformed(malformed)) => refused(protocol, rules, Some(malformed)),
        (None, _) => refused(protocol, rules, None),
    };
    unsafe { give(out, reply) };
    number(state)
}

/// Reads bytes that are one whole reply, without copying: fills *out, unless NULL, and returns RC_STATE_COMPLETE or
/// RC_STATE_MALFORMED (more than one reply is malformed as well). The end of the bytes is the end of the stream, so a
/// last line without line end is read, too. Returns RC_STATE_NONE for an unknown protocol or unknown rules. rules: as
/// for rc_parser_init(). input: n bytes; NULL stands for none.
///
///     rc_reply reply;
///     const char *input = "550 5.1.1 no such user\r\n";
///     assert(rc_parse(RC_SMTP, 0, input, strlen(input), &reply) == RC_STATE_COMPLETE);
///     assert(reply.code == RC_SMTP_MAILBOX_UNAVAILABLE && reply.enhanced.detail == 1 && reply.notes == 0);
///     assert(rc_parse(RC_SMTP, 0, "+22 hello", 9, &reply) == RC_STATE_MALFORMED);
///     assert(reply.malformed == RC_MALFORMED_BAD_CODE && reply.offset == 0);
///
/// # Safety
/// `input` is null or points to `n` bytes, `out` to memory for a structure or is null.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rc_parse(
    protocol: c_uchar,
    rules: c_uchar,
    input: *const c_char,
    n: usize,
    out: *mut rc_reply,
) -> c_uchar {
    // SAFETY: the caller's promise, here and below.
    let Some(known) = rules_of(protocol, rules) else {
        unsafe { give(out, refused(protocol, rules, None)) };
        return RC_STATE_NONE;
    };
    let (state, reply) = match parse(known, unsafe { bytes(input, n) }.unwrap_or_default()) {
        Ok(reply) => (RC_STATE_COMPLETE, filled(&reply)),
        Err(malformed) => (RC_STATE_MALFORMED, refused(protocol, number_of(known), Some(malformed))),
    };
    unsafe { give(out, reply) };
    state
}

/// Reads the reply that the bytes begin with, without copying: as rc_parse(), but more may follow. *consumed, unless
/// NULL, tells how many bytes the reply takes; 0 if there is none. Returns RC_STATE_NEED_MORE if it is incomplete.
///
///     const char *input = "250-one\r\n250 reply\r\n354 next";
///     size_t consumed;
///     rc_reply reply;
///     assert(rc_parse_prefix(RC_SMTP, 0, input, strlen(input), &reply, &consumed) == RC_STATE_COMPLETE);
///     assert(consumed == 20 && reply.line_count == 2);
///     assert(rc_parse_prefix(RC_SMTP, 0, input + 20, 8, &reply, &consumed) == RC_STATE_NEED_MORE && consumed == 0);
///
/// # Safety
/// `input` is null or points to `n` bytes, `out` and `consumed` to memory for one each or are null.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rc_parse_prefix(
    protocol: c_uchar,
    rules: c_uchar,
    input: *const c_char,
    n: usize,
    out: *mut rc_reply,
    consumed: *mut usize,
) -> c_uchar {
    // SAFETY: the caller's promise, here and below.
    unsafe { give(consumed, 0) };
    let Some(known) = rules_of(protocol, rules) else {
        unsafe { give(out, refused(protocol, rules, None)) };
        return RC_STATE_NONE;
    };
    let rules = number_of(known);
    let (state, reply) = match parse_prefix(known, unsafe { bytes(input, n) }.unwrap_or_default()) {
        Ok(Some((reply, taken))) => {
            unsafe { give(consumed, taken) };
            (RC_STATE_COMPLETE, filled(&reply))
        }
        Ok(None) => (RC_STATE_NEED_MORE, refused(protocol, rules, None)),
        Err(malformed) => (RC_STATE_MALFORMED, refused(protocol, rules, Some(malformed))),
    };
    unsafe { give(out, reply) };
    state
}
