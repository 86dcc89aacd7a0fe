//! What the core has with its feature `diagnosis`, in plain numbers; and what is left without it.

#[cfg(feature = "diagnosis")]
pub(crate) use with::{basis_id, cause, cause_at, diagnose, number_and_party, rule};
#[cfg(not(feature = "diagnosis"))]
pub(crate) use without::{basis_id, cause, cause_at, diagnose, number_and_party, rule};

#[cfg(feature = "diagnosis")]
mod with {
    use core::ffi::c_char;

    use replycode::{CATALOG, Cause, Context, DiagnosisBasis, Enhanced, Protocol, ReplyCode, Rule};

    use crate::memory::{EMPTY, text};
    use crate::types::{rc_command, rc_diagnosis, rc_entry};

    fn handle(cause: Cause) -> rc_entry {
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
        let answer = CATALOG.diagnose(protocol, code, words, context);
        let mut alternatives = [0; 3];
        for (place, cause) in alternatives.iter_mut().zip(answer.alternatives()) {
            *place = handle(cause);
        }
        rc_diagnosis {
            cause: handle(answer.cause()),
            alternatives,
            rule: answer.rule_place().map_or(0, |place| place.saturating_add(1)),
            code: code.map_or(0, ReplyCode::get),
            protocol: protocol.number(),
            verdict: answer.verdict().number(),
            party: answer.party().number(),
            basis: answer.basis().number(),
            reserved: [0; 8],
        }
    }
}

/// The first digit alone speaks.
#[cfg(not(feature = "diagnosis"))]
mod without {
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
}
