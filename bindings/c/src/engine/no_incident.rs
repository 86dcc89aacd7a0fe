//! What is left without the feature `incident`.

use core::ffi::c_char;

use crate::memory::EMPTY;
use crate::types::rc_incident;

pub(crate) fn incident(_: &[u8], _: u8) -> Option<rc_incident> {
    None
}

pub(crate) fn speaker_id(_: u8) -> *const c_char {
    EMPTY
}

pub(crate) fn form_id(_: u8) -> *const c_char {
    EMPTY
}
