//! The head of a line: three digits and what separates them from the text.

use super::SHORTCUTS;
use crate::{MalformedReason, ReplyCode};

/// What the end of a slice is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    /// More bytes may follow.
    Open,
    /// The stream has ended: the same as the end of a line.
    Stream,
}

/// A byte of a line, or `None` where more bytes are needed.
#[inline(always)]
pub(crate) fn peek(bytes: &[u8], at: usize, end: End) -> Option<u8> {
    match bytes.get(at) {
        Some(byte) => Some(*byte),
        None if end == End::Stream => Some(b'\n'),
        None => None,
    }
}

/// What follows the code.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Separator {
    Space,
    Hyphen,
    Tab,
    /// The line ends: a bare code.
    LineEnd,
}

/// The code at the start of a line.
#[derive(Clone, Copy)]
pub(crate) struct Head {
    pub(crate) code: ReplyCode,
    /// The first two digits, 0..=9.
    pub(crate) digits: [u8; 2],
    pub(crate) separator: Separator,
    /// Where the text begins.
    pub(crate) len: usize,
}

/// Why there is no code.
#[derive(Clone, Copy)]
pub(crate) enum NoHead {
    /// More bytes are needed to tell.
    More,
    /// The line begins with something else.
    Other(Fault),
}

/// What makes a line malformed.
#[derive(Clone, Copy)]
pub(crate) struct Fault {
    pub(crate) reason: MalformedReason,
    /// The byte of the line that shows it.
    pub(crate) at: usize,
    /// How many bytes of the line it takes to tell.
    pub(crate) need: usize,
}

impl Fault {
    pub(crate) const fn new(reason: MalformedReason, at: usize) -> Self {
        Fault { reason, at, need: at + 1 }
    }
}

/// Reads the code at the start of a line.
#[inline(always)]
pub(crate) fn read(line: &[u8], end: End) -> Result<Head, NoHead> {
    if SHORTCUTS
        && let [a @ b'1'..=b'9', b @ b'0'..=b'9', c @ b'0'..=b'9', separator @ (b' ' | b'-'), ..] = line
        && let Some(code) = ReplyCode::from_digits([*a, *b, *c])
    {
        let separator = if *separator == b' ' { Separator::Space } else { Separator::Hyphen };
        return Ok(Head { code, digits: [a - b'0', b - b'0'], separator, len: 4 });
    }
    read_carefully(line, end)
}

/// The same for lines that are short, bare, or wrong.
#[inline(never)]
fn read_carefully(line: &[u8], end: End) -> Result<Head, NoHead> {
    let digit = |at, least| match peek(line, at, end) {
        None => Err(NoHead::More),
        Some(b'\r' | b'\n') => Err(NoHead::Other(Fault::new(MalformedReason::TooShort, at))),
        Some(byte) if (least..=b'9').contains(&byte) => Ok(byte),
        Some(_) => Err(NoHead::Other(Fault::new(MalformedReason::BadCode, at))),
    };
    let bad_separator = Fault::new(MalformedReason::BadSeparator, 3);
    let digits = [digit(0, b'1')?, digit(1, b'0')?, digit(2, b'0')?];
    let code = ReplyCode::from_digits(digits).ok_or(NoHead::Other(bad_separator))?;
    let (separator, len) = match peek(line, 3, end).ok_or(NoHead::More)? {
        b' ' => (Separator::Space, 4),
        b'-' => (Separator::Hyphen, 4),
        b'\t' => (Separator::Tab, 4),
        b'\n' => (Separator::LineEnd, 3),
        b'\r' => match peek(line, 4, end).ok_or(NoHead::More)? {
            b'\n' => (Separator::LineEnd, 3),
            _ => return Err(NoHead::Other(Fault { need: 5, ..bad_separator })),
        },
        _ => return Err(NoHead::Other(bad_separator)),
    };
    Ok(Head { code, digits: [digits[0] - b'0', digits[1] - b'0'], separator, len })
}
