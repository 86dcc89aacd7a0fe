//! What the functions take and give.

#![allow(non_camel_case_types)]

use core::ffi::{c_uchar, c_ushort};

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
