//! The shortcut for what nearly every reply is like.

use super::SHORTCUTS;
use super::framing::Framing;
use super::keep::{Keep, saturated};
use crate::Rules;

/// A reply read by the shortcut.
pub(crate) struct Plain {
    pub(crate) framing: Framing,
    /// Its length in bytes.
    pub(crate) len: usize,
    pub(crate) text_len: u32,
}

/// The shortcut for nearly every reply: it is whole in the input, and all of its lines are plain. `None` leaves all
/// to the long way, which would come to the same.
#[inline]
pub(crate) fn reply<K: Keep + ?Sized>(rules: Rules, input: &[u8], keep: &mut K) -> Option<Plain> {
    if !SHORTCUTS {
        return None;
    }
    let mut framing = Framing::new(rules);
    // The first line apart from the loop: most replies have no other, and less can happen in it.
    let (text, mut rest) = framing.plain_line(input)?;
    keep.push(0, text);
    let mut text_len = saturated(text.len());
    while !framing.last {
        let (text, after) = framing.plain_line(rest)?;
        rest = after;
        keep.push(text_len, b"\n");
        text_len = text_len.saturating_add(1);
        keep.push(text_len, text);
        text_len = text_len.saturating_add(saturated(text.len()));
    }
    Some(Plain { framing, len: input.len() - rest.len(), text_len })
}
