//! What is left without the feature `diagnosis`: the first digit alone speaks.

use core::ffi::c_char;

use replycode::{Enhanced, Protocol, ReplyCode, Severity, Verdict};

use crate::abi::RC_DIAGNOSIS_BASIS_SEVERITY;
use crate::memory::EMPTY;
use crate::types::{rc_command, rc_diagnosis, rc_entry};

pub(crate) fn cause(_: u8) -> rc_entry {
    0
}

pub(crate) fn cause_at(_: u16) -> rc_entry {
    0
}

pub(crate) fn number_and_party(_: rc_entry) -> (u8, u8) {
    (0, 0)
}

pub(crate) fn rule(_: u16) -> (*const c_char, rc_entry) {
    (EMPTY, 0)
}

pub(crate) fn basis_id(basis: u8) -> *const c_char {
    if basis == RC_DIAGNOSIS_BASIS_SEVERITY { c"severity".as_ptr() } else { EMPTY }
}

pub(crate) fn diagnose(
    protocol: Protocol,
    code: Option<ReplyCode>,
    _: &[u8],
    _: rc_command,
    enhanced: Option<Enhanced>,
) -> rc_diagnosis {
    let of_code = code.map(|code| Severity::of(protocol, code));
    let severity = of_code.or(enhanced.map(Enhanced::severity));
    rc_diagnosis {
        cause: 0,
        alternatives: [0; 3],
        rule: 0,
        code: code.map_or(0, ReplyCode::get),
        protocol: protocol.number(),
        verdict: severity.map_or(Verdict::FixFirst, Severity::verdict).number(),
        party: 0,
        basis: RC_DIAGNOSIS_BASIS_SEVERITY,
        reserved: [0; 8],
    }
}
