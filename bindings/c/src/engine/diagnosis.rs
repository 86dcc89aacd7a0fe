//! The core's diagnosis in plain numbers.

use core::ffi::c_char;

use replycode::{CATALOG, Cause, Context, Diagnosis, DiagnosisBasis, Enhanced, Protocol, ReplyCode, Rule};

use crate::memory::{EMPTY, text};
use crate::types::{rc_command, rc_diagnosis, rc_entry};

pub(super) fn handle(cause: Cause) -> rc_entry {
    cause.entry().handle()
}

pub(crate) fn cause(number: u8) -> rc_entry {
    CATALOG.cause_of_number(number).map_or(0, handle)
}

pub(crate) fn cause_at(n: u16) -> rc_entry {
    CATALOG.causes().nth(usize::from(n)).map_or(0, handle)
}

pub(crate) fn number_and_party(entry: rc_entry) -> (u8, u8) {
    let cause = CATALOG.entry_of_handle(entry).and_then(|entry| CATALOG.cause_of_entry(entry));
    cause.map_or((0, 0), |cause| (cause.number(), cause.party().number()))
}

pub(crate) fn rule(number: u16) -> (*const c_char, rc_entry) {
    let rule = number.checked_sub(1).and_then(|place| CATALOG.rule_at(place));
    rule.map_or((EMPTY, 0), |rule: Rule| (text(rule.pool()), handle(rule.cause())))
}

pub(crate) fn basis_id(basis: u8) -> *const c_char {
    DiagnosisBasis::from_number(basis).map_or(EMPTY, |basis| text(basis.pool()))
}

/// The command goes by its handle: a reference to the catalogue in a value would keep the optimiser from folding it
/// away (see `docs/architecture.md` on keys).
pub(crate) fn diagnose(
    protocol: Protocol,
    code: Option<ReplyCode>,
    words: &[u8],
    command: rc_command,
    enhanced: Option<Enhanced>,
) -> rc_diagnosis {
    let context = Context { command: CATALOG.command_of_handle(command), enhanced };
    filled(protocol.number(), code, CATALOG.diagnose(protocol, code, words, context))
}

/// A diagnosis for C.
#[inline(always)]
pub(super) fn filled(protocol: u8, code: Option<ReplyCode>, answer: Diagnosis) -> rc_diagnosis {
    let mut alternatives = [0; 3];
    for (place, cause) in alternatives.iter_mut().zip(answer.alternatives()) {
        *place = handle(cause);
    }
    rc_diagnosis {
        cause: handle(answer.cause()),
        alternatives,
        rule: answer.rule_place().map_or(0, |place| place.saturating_add(1)),
        code: code.map_or(0, ReplyCode::get),
        protocol,
        verdict: answer.verdict().number(),
        party: answer.party().number(),
        basis: answer.basis().number(),
        reserved: [0; 8],
    }
}
