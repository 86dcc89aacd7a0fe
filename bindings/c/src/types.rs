//! What the functions take and give.

#![allow(non_camel_case_types)]

use core::ffi::{c_char, c_uchar, c_ulong, c_ushort};

/// One thing that the catalogue has texts for: a meaning of a code, a severity, an enhanced status code, ...
///
/// A number given out by this library; 0 is none. Valid while the program runs, and in it alone: to store or send
/// what it stands for, use rc_id(). Numbers that the library did not give out are harmless.
pub type rc_entry = c_ushort;

/// A command of a protocol: one of the RC_COMMAND_ constants, which are stable; 0 is none.
pub type rc_command = c_ushort;

/// An enhanced status code (RFC 3463): klass.subject.detail, for instance 5.7.1.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct rc_enhanced {
    /// Success 2, persistent transient failure 4, permanent failure 5; any other value is no enhanced status code.
    pub klass: c_uchar,
    /// Always written as 0, never read.
    pub reserved: c_uchar,
    /// What the failure is about, 0 to 999.
    pub subject: c_ushort,
    /// The precise condition within the subject, 0 to 999.
    pub detail: c_ushort,
}

/// What a code means.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct rc_explanation {
    /// The number asked about, unchanged.
    pub code: c_ushort,
    /// The entry that speaks: rc_title(), rc_meaning(), rc_action() give its words.
    pub entry: rc_entry,
    /// The most specific entry of the enhanced status code, 0 if there was none.
    pub enhanced: rc_entry,
    /// The protocol asked about.
    pub protocol: c_uchar,
    /// What the first digit says: one of RC_SEVERITY_.
    pub severity: c_uchar,
    /// What the second digit says: one of RC_CATEGORY_.
    pub category: c_uchar,
    /// What to do with the same attempt: one of RC_VERDICT_.
    pub verdict: c_uchar,
    /// What the answer rests on: one of RC_BASIS_, 0 for an unknown protocol.
    pub basis: c_uchar,
    /// 1 if the catalogue lists the code, 0 if its enhanced status code or its first digit speaks for it.
    pub listed: c_uchar,
    /// Always 0.
    pub reserved: [c_uchar; 4],
}

/// What went wrong, and what to do about it.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct rc_diagnosis {
    /// The cause: rc_title(), rc_meaning() and rc_step() give its words, rc_cause_number() its constant.
    pub cause: rc_entry,
    /// Other causes that the same evidence allows, the likelier first, then 0.
    pub alternatives: [rc_entry; 3],
    /// The rule that decided, for rc_rule_id(); 0 if the first digit alone spoke.
    pub rule: c_ushort,
    /// The number asked about, unchanged.
    pub code: c_ushort,
    /// The protocol asked about.
    pub protocol: c_uchar,
    /// What to do with the same attempt: one of RC_VERDICT_. The first digit decides whether to retry, unless the rule
    /// gives a reason why not.
    pub verdict: c_uchar,
    /// Who must act: one of RC_PARTY_.
    pub party: c_uchar,
    /// What the answer rests on: one of RC_DIAGNOSIS_BASIS_, 0 for an unknown protocol.
    pub basis: c_uchar,
    /// Always 0.
    pub reserved: [c_uchar; 8],
}

/// What a text tells of one attempt, and what went wrong.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct rc_incident {
    /// Where the deciding reply begins, counted in bytes from the start of the text.
    pub offset: usize,
    /// How many bytes it takes, all its lines with what stands between them; 0 if no reply decides.
    pub length: usize,
    /// Where its words begin, counted from the start of the text.
    pub words_offset: usize,
    /// How many bytes they take.
    pub words_length: usize,
    /// How many replies the text has; the largest number stands for that many and more.
    pub replies: c_ulong,
    /// What went wrong. Its code is the reply's, 0 where only an enhanced status code is written; its protocol is
    /// RC_PROTOCOL_UNKNOWN where nothing tells. Its basis is 0 where no words of a server decide: there are none, or a
    /// server that did not answer tells enough.
    pub diagnosis: rc_diagnosis,
    /// The enhanced status code of the deciding reply; klass is 0 if there is none.
    pub enhanced: rc_enhanced,
    /// The command that it answers, where the text shows it; else 0.
    pub command: rc_command,
    /// Who spoke: of the deciding reply, or else of what the text complains about. One of RC_SPEAKER_, 0 for an empty
    /// text.
    pub speaker: c_uchar,
    /// How the deciding reply is written down: one of RC_FORM_, 0 if there is none.
    pub form: c_uchar,
    /// Always 0.
    pub reserved: [c_uchar; 6],
}

/// Reads replies from a stream: 64 bytes, whatever a server sends. For rc_parser_init(); what is inside is the library's
/// own. A parser may be copied as a whole.
#[repr(C)]
#[derive(Clone, Copy)]
pub union rc_parser {
    /// Private.
    pub reserved: [c_uchar; 64],
    /// Private: for the alignment.
    pub reserved_long: c_ulong,
}

/// A reply as it was read, or why there is none. It points into the caller's bytes and is valid as long as these are.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct rc_reply {
    /// Of rc_parse() and rc_parse_prefix(), the reply as it came, with codes and line ends; of a parser, the caller's
    /// text buffer. NULL if there is no reply.
    pub bytes: *const c_char,
    /// How many bytes.
    pub length: usize,
    /// How the reply deviates from the RFC: bit n, that is 1UL << n, for each note n of RC_NOTE_.
    pub notes: c_ulong,
    /// How many lines the reply has; the largest number of 32 bits stands for that many and more.
    pub line_count: c_ulong,
    /// If malformed: which byte shows it, counted from the start of the reply.
    pub offset: c_ulong,
    /// The code: that of the last line, if the lines differ. 0 if there is no reply.
    pub code: c_ushort,
    /// The code of the first line.
    pub first_code: c_ushort,
    /// The enhanced status code; klass is 0 if there is none.
    pub enhanced: rc_enhanced,
    /// The protocol.
    pub protocol: c_uchar,
    /// How it was read: one of RC_MODE_, perhaps with RC_ANY_CODE_ENDS added.
    pub rules: c_uchar,
    /// If malformed: why, one of RC_MALFORMED_; else 0.
    pub malformed: c_uchar,
    /// 1 if bytes are those that came, 0 if they are the lines without codes with a line feed between two.
    pub raw: c_uchar,
    /// 1 if the text buffer was too small for the whole text.
    pub truncated: c_uchar,
    /// Always 0.
    pub reserved: [c_uchar; 5],
}

/// Where an FTP server awaits a data connection.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct rc_address {
    /// The address (IPv4), the first number first.
    pub host: [c_uchar; 4],
    /// The port.
    pub port: c_ushort,
}

/// A point in time, UTC, as an FTP server tells it.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct rc_file_time {
    /// The digits after the decimal point of the seconds; they end with the length, not with a NUL.
    pub fraction: *const c_char,
    /// How many digits; 0 if there are none.
    pub fraction_length: usize,
    /// 0 to 9999.
    pub year: c_ushort,
    /// 1 to 12.
    pub month: c_uchar,
    /// 1 to 31.
    pub day: c_uchar,
    /// 0 to 23.
    pub hour: c_uchar,
    /// 0 to 59.
    pub minute: c_uchar,
    /// 0 to 60.
    pub second: c_uchar,
    /// Always 0.
    pub reserved: c_uchar,
}
