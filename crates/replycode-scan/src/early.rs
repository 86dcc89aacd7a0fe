//! Numbers that are no reply whatever stands before them: told by the number itself and the bytes next to it.
//!
//! Nothing is decided here that [`judge`](crate::judge) would decide otherwise; it only takes longer.

use replycode::ReplyCode;

use crate::bytes::{at, before, is_blank, skip_blanks_back};
use crate::protocol::known;
use crate::right::{Head, Separator};

/// Whether a number that continues no reply is none. `tail`: it stands within the words of the last reply.
pub(crate) fn hopeless(text: &[u8], place: usize, code: ReplyCode, head: &Head, tail: bool) -> bool {
    if !matches!(code.get(), 100..=599 | 631..=633) {
        return true;
    }
    if head.enhanced.is_some() {
        return false;
    }
    process(text, place) && !tail || !known(code) && !(listed(text, head) || marked(text, place))
}

/// `smtpd[550]: connect`
fn process(text: &[u8], place: usize) -> bool {
    let name = place.checked_sub(2).is_some_and(|place| at(text, place).is_ascii_alphanumeric());
    name && before(text, place) == b'['
        && at(text, place + 3) == b']'
        && at(text, place + 4) == b':'
        && at(text, place + 5) == b' '
        && at(text, place + 6).is_ascii_alphabetic()
}

/// Whether the number may be the status column of a table: another number follows.
fn listed(text: &[u8], head: &Head) -> bool {
    head.separator == Separator::Blank && at(text, head.start).is_ascii_digit()
}

/// Whether what stands before the number may be a mark that the server speaks. A code that the catalogue does not know
/// needs one. Of letters and digits, only few are part of a mark: `S 299`, `\t299`, a colour.
fn marked(text: &[u8], place: usize) -> bool {
    let end = skip_blanks_back(text, place.saturating_sub(64), place);
    let last = before(text, end);
    let inside = last.is_ascii_alphanumeric() && !matches!(last, b'S' | b'm' | b't' | b'n' | b'r');
    !(inside && end + 64 > place || matches!(last, b'/' | b'.' | b'!' | b'?' | b'%') && is_blank(before(text, place)))
}
