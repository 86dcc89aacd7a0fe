//! The texts of entries that the features have kept.

use core::ffi::c_uchar;

use replycode::tables::{Pool, TextKind};
use replycode::{Entry, Lang};

use crate::abi::{RC_LANG_EN, RC_LANG_JA};

/// Where a text of an entry is. One that was left out is nowhere, and the optimiser sees that its pool has no reader.
#[inline(always)]
pub(crate) fn pool(entry: Entry, kind: TextKind, lang: c_uchar) -> (Pool, u16) {
    if has_kind(kind) && has_language(kind, lang) { entry.pool(kind, Lang::new(lang)) } else { (Pool::EMPTY, 0) }
}

#[inline(always)]
const fn has_kind(kind: TextKind) -> bool {
    match kind {
        TextKind::Id => cfg!(feature = "ids"),
        TextKind::Phrase | TextKind::Aliases => cfg!(feature = "phrases"),
        TextKind::Source => cfg!(feature = "sources"),
        TextKind::Title => cfg!(feature = "titles"),
        TextKind::Meaning => cfg!(feature = "meanings"),
        TextKind::Action => cfg!(feature = "actions"),
        TextKind::Note => cfg!(feature = "notes"),
    }
}

/// A language that has no feature is always there.
#[inline(always)]
const fn has_language(kind: TextKind, lang: c_uchar) -> bool {
    match (kind, lang) {
        (TextKind::Id | TextKind::Phrase | TextKind::Aliases | TextKind::Source, _) => true,
        (_, RC_LANG_EN) => cfg!(feature = "en"),
        (_, RC_LANG_JA) => cfg!(feature = "ja"),
        _ => true,
    }
}
