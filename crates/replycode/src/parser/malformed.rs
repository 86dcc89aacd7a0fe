//! What was read is no reply: why, and where.

use core::fmt;

use crate::id_enum::id_enum;

id_enum! {
    /// Why bytes are no reply.
    ///
    /// ```
    /// use replycode::{MalformedReason, Protocol, parse};
    /// let malformed = parse(Protocol::Smtp, b"22\r\n").unwrap_err();
    /// assert_eq!(malformed.reason(), MalformedReason::TooShort);
    /// assert_eq!(malformed.reason().id(), "too-short");
    /// ```
    pub enum MalformedReason as "malformed reason" {
        /// There is nothing to read.
        Empty = 1 => "empty",
        /// The line ends before three digits.
        TooShort = 2 => "too-short",
        /// The line does not begin with three ASCII digits, 100 to 999.
        BadCode = 3 => "bad-code",
        /// Neither a space nor a hyphen nor the end of the line follows the code.
        BadSeparator = 4 => "bad-separator",
        /// In strict mode: the line ends with LF alone.
        BareLf = 5 => "bare-lf",
        /// In strict mode: a CR without LF.
        BareCr = 6 => "bare-cr",
        /// In strict mode, SMTP: the line has another code than the one before it.
        CodeMismatch = 7 => "code-mismatch",
        /// In strict mode: the stream ends inside the reply.
        CutOff = 8 => "cut-off",
        /// Bytes follow the end of the reply, where it was to be the only one.
        TrailingData = 9 => "trailing-data",
    }
}

/// What is wrong, and what to do.
const fn text(reason: MalformedReason) -> &'static str {
    use MalformedReason as R;
    match reason {
        R::Empty => "expected a reply, found nothing",
        R::TooShort => "the line ends before its three-digit code; check that this is the start of a reply",
        R::BadCode => "expected three ASCII digits, 100 to 999; check that this is the start of a reply",
        R::BadSeparator => "expected a space, a hyphen or the end of the line after the code",
        R::BareLf => "the line ends with LF without CR; lenient mode accepts that",
        R::BareCr => "CR without LF; lenient mode accepts that",
        R::CodeMismatch => "the line has another code than the line before it; lenient mode accepts that",
        R::CutOff => "the stream ends inside the reply; lenient mode accepts that",
        R::TrailingData => "the reply has ended, but bytes follow; read one reply after the other with parse_prefix",
    }
}

/// What was read is no reply: the reason, and the offset of the byte that shows it.
///
/// ```
/// use replycode::{Malformed, MalformedReason, Protocol, parse};
///
/// let malformed: Malformed = parse(Protocol::Ftp, b"220OK\r\n").unwrap_err();
/// assert_eq!((malformed.reason(), malformed.offset()), (MalformedReason::BadSeparator, 3));
/// assert_eq!(
///     malformed.to_string(),
///     "malformed reply at byte 3: expected a space, a hyphen or the end of the line after the code",
/// );
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Malformed {
    reason: MalformedReason,
    offset: u32,
}

impl Malformed {
    pub(crate) const fn new(reason: MalformedReason, offset: u32) -> Self {
        Malformed { reason, offset }
    }

    /// What is wrong.
    ///
    /// ```
    /// # use replycode::{MalformedReason, Protocol, parse};
    /// assert_eq!(parse(Protocol::Smtp, b"+22 OK\r\n").unwrap_err().reason(), MalformedReason::BadCode);
    /// ```
    pub const fn reason(self) -> MalformedReason {
        self.reason
    }

    /// Where: bytes from the start of the reply (from the start of the input for [`parse`](crate::parse)); it stays at
    /// `u32::MAX` beyond that.
    ///
    /// ```
    /// # use replycode::{Protocol, parse};
    /// assert_eq!(parse(Protocol::Smtp, b"250-a\r\n2x0 b\r\n").unwrap_err().offset(), 8);
    /// ```
    pub const fn offset(self) -> u32 {
        self.offset
    }
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "malformed reply at byte {}: {}", self.offset, text(self.reason))
    }
}

impl core::error::Error for Malformed {}
