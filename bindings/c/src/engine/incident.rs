//! The finder's answer in plain numbers.

use core::ffi::c_char;

use replycode::{CATALOG, Cause, Diagnosis, Protocol};
use replycode_scan::{DecidedIncident, Form, Speaker, outcome};

use super::diagnosis::{filled, handle};
use crate::enhanced::parts_of;
use crate::incident::RC_PROTOCOL_UNKNOWN;
use crate::memory::{EMPTY, text as address};
use crate::reading::NO_ENHANCED;
use crate::types::{rc_diagnosis, rc_incident};

pub(crate) fn incident(text: &[u8], protocol: u8) -> Option<rc_incident> {
    let DecidedIncident { incident, cause, verdict, decision } =
        outcome(&CATALOG, Protocol::from_number(protocol), None, text);
    let found = incident.deciding;
    let protocol = found.and_then(|found| found.protocol);
    let number = protocol.map_or(RC_PROTOCOL_UNKNOWN, Protocol::number);
    let code = found.and_then(|found| found.code);
    let diagnosis = match decision {
        Some(decision) => filled(number, code, Diagnosis::of(&CATALOG, decision)),
        None => {
            let cause = Cause::at(&CATALOG, cause);
            rc_diagnosis {
                cause: handle(cause),
                alternatives: [0; 3],
                rule: 0,
                code: code.map_or(0, |code| code.get()),
                protocol: number,
                verdict: verdict.number(),
                party: cause.party().number(),
                basis: 0,
                reserved: [0; 8],
            }
        }
    };
    let verb = found.and_then(|found| found.command);
    let place = protocol.zip(verb).and_then(|(protocol, verb)| CATALOG.place_of_verb(protocol, verb.as_bytes()));
    Some(rc_incident {
        offset: found.map_or(0, |found| found.offset),
        length: found.map_or(0, |found| found.len),
        words_offset: found.map_or(0, |found| found.text.start),
        words_length: found.map_or(0, |found| found.text.end.saturating_sub(found.text.start)),
        replies: incident.replies.try_into().unwrap_or(core::ffi::c_ulong::MAX),
        diagnosis,
        enhanced: found.and_then(|found| found.enhanced).map_or(NO_ENHANCED, parts_of),
        command: place.map_or(0, |place| CATALOG.handle_of_place(place)),
        speaker: incident.speaker.map_or(0, Speaker::number),
        form: found.map_or(0, |found| found.form.number()),
        reserved: [0; 6],
    })
}

pub(crate) fn speaker_id(speaker: u8) -> *const c_char {
    Speaker::from_number(speaker).map_or(EMPTY, |speaker| address(speaker.pool()))
}

pub(crate) fn form_id(form: u8) -> *const c_char {
    Form::from_number(form).map_or(EMPTY, |form| address(form.pool()))
}
