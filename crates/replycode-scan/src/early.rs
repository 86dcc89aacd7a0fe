//! Numbers that are no reply whatever stands before them: told by the number itself and the bytes next to it.
//!
//! Nothing is decided here that [`judge`](crate::judge) would decide otherwise; it only takes longer.

use replycode::ReplyCode;

use crate::bytes::{at, before, is_line_end, skip_blanks_back, slice};
use crate::left::{DIALOG, listens, word};
use crate::lexicon::has;
use crate::list::list;
use crate::protocol::known;
use crate::right::{Head, Separator, plain};

/// Whether a number that continues no reply is none, by the number and one or two bytes.
pub(crate) fn stray(text: &[u8], place: usize, code: ReplyCode) -> bool {
    !matches!(code.get(), 100..=599 | 631..=633) || !known(code) && plain(text, place) && !marked(text, place)
}

/// The same by all that is known without a look to the left. `tail`: it stands within the words of the last reply.
pub(crate) fn hopeless(text: &[u8], place: usize, code: ReplyCode, head: &Head, tail: bool) -> bool {
    if head.enhanced.is_some() {
        return false;
    }
    process(text, place, head) && !tail || !(known(code) || listed(text, head) || marked(text, place))
}

/// `smtpd[550]: connect`
fn process(text: &[u8], place: usize, head: &Head) -> bool {
    let name = place.checked_sub(2).is_some_and(|place| at(text, place).is_ascii_alphanumeric());
    name && before(text, place) == b'['
        && at(text, place + 3) == b']'
        && at(text, place + 4) == b':'
        && at(text, place + 5) == b' '
        && head.start == place + 6
        && at(text, place + 6).is_ascii_alphabetic()
}

/// Whether the number may be the status column of a table: another number follows.
fn listed(text: &[u8], head: &Head) -> bool {
    head.separator == Separator::Blank && at(text, head.start).is_ascii_digit()
}

/// Whether what stands before the number may be a mark that the server speaks. A code that the catalogue does not know
/// needs one.
fn marked(text: &[u8], place: usize) -> bool {
    let floor = place.saturating_sub(64);
    let end = skip_blanks_back(text, floor, place);
    if end == floor {
        return true;
    }
    let (second, last) = (end.checked_sub(2).map_or(0, |place| at(text, place)), before(text, end));
    let spaced = end < place;
    match last {
        // `S 299`; the ends of colours and of escaped blanks and lines.
        b'S' | b'm' | b't' | b'n' | b'r' => true,
        b'p' | b'P' if spaced => after_protocol(text, floor, end),
        b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' => false,
        b'(' | b'[' | b'{' | b'\n' | b'\r' | b'|' | b'#' => false,
        b'"' | b'\'' | b'`' | b'/' | b'.' | b'!' | b'?' | b'%' => !spaced,
        b'_' => !second.is_ascii_alphanumeric(),
        b'=' => !second.is_ascii_alphanumeric(),
        b',' => matches!(second, b'<' | b'>'),
        b':' => {
            let name = word(text, 0, end - 1);
            let word = name.of(text);
            // Behind `\\n` the name begins a line.
            let escaped = before(text, name.start) == b'\\';
            let digits = word.iter().all(|byte| byte.is_ascii_digit());
            !second.is_ascii_alphanumeric() || escaped || !digits && (DIALOG.has(word) || listens(text, name.start))
        }
        _ => true,
    }
}

/// Whether the word that ends at a place is the name of a protocol behind a time of day, or at the beginning of a line:
/// `2026-11-02 11:05:29 smtp 599 ...`, as devices keep their history.
pub(crate) fn after_protocol(text: &[u8], floor: usize, end: usize) -> bool {
    let name = word(text, floor, end);
    let start = skip_blanks_back(text, floor, name.start);
    let time = slice(text, start.saturating_sub(3), start);
    let behind = matches!(time, [b':', tens, ones] if tens.is_ascii_digit() && ones.is_ascii_digit());
    has(list!["smtp", "ftp"], name.of(text)) && (behind || is_line_end(before(text, start)) || start == 0)
}
