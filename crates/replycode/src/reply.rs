//! A parsed reply: what a client asks of it.

mod format;
mod lines;
mod parts;
mod quoted;
mod values;

pub use format::BufferTooSmall;
pub use lines::{Lines, Text};
#[doc(hidden)]
pub use parts::ReplyParts;
pub use quoted::Quoted;
pub use values::FileTime;

use core::fmt;

use crate::parser::framing::Framing;
use crate::{Category, Enhanced, Notes, Protocol, ReplyCode, Rules, Severity};

/// A reply: a view of the caller's bytes, which it borrows.
///
/// It comes from [`parse`](crate::parse), [`parse_prefix`](crate::parse_prefix) or [`Parser::reply`](crate::Parser),
/// or is made to be written ([`Reply::new`]). Two replies are equal if they say the same: protocol, code, enhanced
/// code, and lines of text. How they were written (notes, raw bytes) does not count.
///
/// ```
/// use replycode::{Protocol, Reply, Severity, parse};
///
/// let reply = parse(Protocol::Smtp, b"250-2.0.0 queued\r\n250 2.0.0 as 4711\r\n")?;
/// assert_eq!(reply.severity(), Severity::Completion);
/// assert!(reply.matches(250) && reply.matches(25) && reply.matches(2));
/// assert!(reply.lines().eq([&b"queued"[..], b"as 4711"]));
/// assert_eq!(reply.to_string(), "250 2.0.0 queued\nas 4711");
///
/// let same = Reply::new(Protocol::Smtp, reply.code(), b"queued\nas 4711").with_enhanced(reply.enhanced());
/// assert_eq!(reply, same);
/// # Ok::<(), replycode::Malformed>(())
/// ```
#[derive(Clone, Copy)]
pub struct Reply<'a> {
    framing: Framing,
    code: ReplyCode,
    first_code: ReplyCode,
    body: Body<'a>,
}

/// The bytes behind a reply.
#[derive(Clone, Copy)]
enum Body<'a> {
    /// As they came.
    Wire(&'a [u8]),
    /// The lines without their codes, joined by LF.
    Text { text: &'a [u8], truncated: bool },
}

impl<'a> Reply<'a> {
    /// A reply to write: lines of text separated by LF, without codes.
    ///
    /// ```
    /// # use replycode::{Protocol, Reply, ReplyCode};
    /// let reply = Reply::new(Protocol::Ftp, ReplyCode::new(220).unwrap(), b"Welcome.\nPlease log in.");
    /// assert_eq!(reply.line_count(), 2);
    /// assert_eq!(reply.wire().to_string(), "220-Welcome.\r\n220 Please log in.\r\n");
    /// ```
    pub fn new(protocol: Protocol, code: ReplyCode, text: &'a [u8]) -> Self {
        let mut framing = Framing::new(Rules::new(protocol));
        framing.lines = text.iter().fold(1, |lines: u32, byte| lines.saturating_add(u32::from(*byte == b'\n')));
        Reply { framing, code, first_code: code, body: Body::Text { text, truncated: false } }
    }

    /// The reply with another enhanced code, or without.
    ///
    /// ```
    /// # use replycode::{Protocol, Reply, ReplyCode};
    /// let code = ReplyCode::new(550).unwrap();
    /// let reply = Reply::new(Protocol::Smtp, code, b"no such user").with_enhanced("5.1.1".parse().ok());
    /// assert_eq!(reply.wire().to_string(), "550 5.1.1 no such user\r\n");
    /// ```
    #[must_use]
    pub const fn with_enhanced(mut self, enhanced: Option<Enhanced>) -> Self {
        self.framing.enhanced = enhanced;
        self
    }

    #[inline]
    pub(crate) fn of_wire(framing: Framing, raw: &'a [u8]) -> Option<Self> {
        Some(Reply { framing, code: framing.code?, first_code: framing.first?, body: Body::Wire(raw) })
    }

    #[inline]
    pub(crate) fn of_text(framing: Framing, text: &'a [u8], truncated: bool) -> Option<Self> {
        let body = Body::Text { text, truncated };
        Some(Reply { framing, code: framing.code?, first_code: framing.first?, body })
    }

    /// The protocol.
    ///
    /// ```
    /// # use replycode::{Protocol, parse};
    /// assert_eq!(parse(Protocol::Ftp, b"200 ok\r\n")?.protocol(), Protocol::Ftp);
    /// # Ok::<(), replycode::Malformed>(())
    /// ```
    pub const fn protocol(&self) -> Protocol {
        self.framing.rules.protocol()
    }

    /// The code: the one of the last line, if the lines differ.
    ///
    /// ```
    /// # use replycode::{Note, Protocol, parse};
    /// let reply = parse(Protocol::Smtp, b"220-hello\r\n521 5.7.1 blocked\r\n")?;
    /// assert_eq!((reply.code().get(), reply.first_code().get()), (521, 220));
    /// assert!(reply.notes().contains(Note::CodeMismatch));
    /// # Ok::<(), replycode::Malformed>(())
    /// ```
    pub const fn code(&self) -> ReplyCode {
        self.code
    }

    /// The code of the first line; the same as [`code`](Reply::code), unless there is a
    /// [`Note::CodeMismatch`](crate::Note::CodeMismatch).
    ///
    /// ```
    /// # use replycode::{Protocol, parse};
    /// assert_eq!(parse(Protocol::Smtp, b"220-hello\r\n220 world\r\n")?.first_code(), 220);
    /// # Ok::<(), replycode::Malformed>(())
    /// ```
    pub const fn first_code(&self) -> ReplyCode {
        self.first_code
    }

    /// The enhanced status code (SMTP; RFC 2034).
    ///
    /// ```
    /// # use replycode::{Protocol, parse};
    /// let enhanced = parse(Protocol::Smtp, b"550 5.7.606 banned\r\n")?.enhanced().unwrap();
    /// assert_eq!((enhanced.class(), enhanced.subject(), enhanced.detail()), (5, 7, 606));
    /// assert_eq!(parse(Protocol::Smtp, b"550 5.6.7.8 is blocked\r\n")?.enhanced(), None);
    /// # Ok::<(), replycode::Malformed>(())
    /// ```
    pub const fn enhanced(&self) -> Option<Enhanced> {
        self.framing.enhanced
    }

    /// How the reply deviates from the RFC.
    ///
    /// ```
    /// # use replycode::{Note, Notes, Protocol, parse};
    /// assert_eq!(parse(Protocol::Ftp, b"334\r\n")?.notes(), Notes::EMPTY.with(Note::NoSpace));
    /// # Ok::<(), replycode::Malformed>(())
    /// ```
    pub const fn notes(&self) -> Notes {
        self.framing.notes
    }

    /// What the first digit says.
    ///
    /// ```
    /// # use replycode::{Protocol, Severity, parse};
    /// assert_eq!(parse(Protocol::Ftp, b"631 AAAA\r\n")?.severity(), Severity::Protected);
    /// # Ok::<(), replycode::Malformed>(())
    /// ```
    pub const fn severity(&self) -> Severity {
        Severity::of(self.protocol(), self.code)
    }

    /// What the second digit says.
    ///
    /// ```
    /// # use replycode::{Category, Protocol, parse};
    /// assert_eq!(parse(Protocol::Ftp, b"530 no\r\n")?.category(), Category::Authentication);
    /// # Ok::<(), replycode::Malformed>(())
    /// ```
    pub const fn category(&self) -> Category {
        Category::of(self.protocol(), self.code)
    }

    /// 1yz, Positive Preliminary reply: another reply follows (FTP; SMTP has none).
    ///
    /// ```
    /// # use replycode::{Protocol, parse};
    /// assert!(parse(Protocol::Ftp, b"150 opening\r\n")?.is_preliminary());
    /// assert!(!parse(Protocol::Smtp, b"150 opening\r\n")?.is_preliminary());
    /// # Ok::<(), replycode::Malformed>(())
    /// ```
    pub const fn is_preliminary(&self) -> bool {
        matches!(self.severity(), Severity::Preliminary)
    }

    /// 2yz, Positive Completion reply.
    ///
    /// ```
    /// # use replycode::{Protocol, parse};
    /// assert!(parse(Protocol::Smtp, b"250 ok\r\n")?.is_completion());
    /// # Ok::<(), replycode::Malformed>(())
    /// ```
    pub const fn is_completion(&self) -> bool {
        matches!(self.severity(), Severity::Completion)
    }

    /// 3yz, Positive Intermediate reply: the client must send more.
    ///
    /// ```
    /// # use replycode::{Protocol, parse};
    /// assert!(parse(Protocol::Smtp, b"354 go\r\n")?.is_intermediate());
    /// # Ok::<(), replycode::Malformed>(())
    /// ```
    pub const fn is_intermediate(&self) -> bool {
        matches!(self.severity(), Severity::Intermediate)
    }

    /// 4yz, Transient Negative Completion reply.
    ///
    /// ```
    /// # use replycode::{Protocol, parse};
    /// assert!(parse(Protocol::Smtp, b"450 busy\r\n")?.is_transient());
    /// # Ok::<(), replycode::Malformed>(())
    /// ```
    pub const fn is_transient(&self) -> bool {
        matches!(self.severity(), Severity::Transient)
    }

    /// 5yz, Permanent Negative Completion reply.
    ///
    /// ```
    /// # use replycode::{Protocol, parse};
    /// assert!(parse(Protocol::Smtp, b"550 no\r\n")?.is_permanent());
    /// # Ok::<(), replycode::Malformed>(())
    /// ```
    pub const fn is_permanent(&self) -> bool {
        matches!(self.severity(), Severity::Permanent)
    }

    /// 1yz, 2yz or 3yz: the server has accepted what was sent.
    ///
    /// ```
    /// # use replycode::{Protocol, parse};
    /// assert!(parse(Protocol::Smtp, b"354 go\r\n")?.is_positive());
    /// # Ok::<(), replycode::Malformed>(())
    /// ```
    pub const fn is_positive(&self) -> bool {
        self.severity().is_positive()
    }

    /// 4yz or 5yz: the server has refused.
    ///
    /// ```
    /// # use replycode::{Protocol, parse};
    /// assert!(parse(Protocol::Ftp, b"530 no\r\n")?.is_negative());
    /// # Ok::<(), replycode::Malformed>(())
    /// ```
    pub const fn is_negative(&self) -> bool {
        self.severity().is_negative()
    }

    /// Whether the code begins with these digits: 2 stands for 200..=299, 25 for 250..=259, 250 for itself.
    ///
    /// ```
    /// # use replycode::{Protocol, parse};
    /// let reply = parse(Protocol::Smtp, b"354 go\r\n")?;
    /// assert!(reply.matches(3) && reply.matches(35) && reply.matches(354));
    /// assert!(!reply.matches(2) && !reply.matches(4) && !reply.matches(350) && !reply.matches(0));
    /// # Ok::<(), replycode::Malformed>(())
    /// ```
    pub const fn matches(&self, prefix: u16) -> bool {
        let (first, second) = (self.code.first() as u16, self.code.second() as u16);
        prefix == first || prefix == first * 10 + second || prefix == self.code.get()
    }

    /// How many lines the reply has, 1 at least; it stays at `u32::MAX` beyond that.
    ///
    /// ```
    /// # use replycode::{Protocol, parse};
    /// assert_eq!(parse(Protocol::Ftp, b"211-Features:\r\n MDTM\r\n211 End\r\n")?.line_count(), 3);
    /// # Ok::<(), replycode::Malformed>(())
    /// ```
    pub const fn line_count(&self) -> u32 {
        self.framing.lines
    }

    /// The lines of text, without codes and line ends. An enhanced code is removed where it equals that of the reply.
    /// Lines of an FTP reply that have no code are whole, blanks included.
    ///
    /// ```
    /// # use replycode::{Protocol, parse};
    /// let reply = parse(Protocol::Ftp, b"211-Features:\r\n MDTM\r\n211 End\r\n")?;
    /// assert!(reply.lines().eq([&b"Features:"[..], b" MDTM", b"End"]));
    /// # Ok::<(), replycode::Malformed>(())
    /// ```
    #[inline]
    pub fn lines(&self) -> Lines<'a> {
        match self.body {
            Body::Wire(raw) => Lines::of_wire(self.framing.rules, raw),
            Body::Text { text, .. } => Lines::of_text(text),
        }
    }

    /// The lines of text, joined by LF. Text is bytes: neither protocol tells its encoding.
    ///
    /// ```
    /// # use replycode::{Protocol, parse};
    /// let reply = parse(Protocol::Smtp, b"535 \x83G\x83\x89\x81[\r\n")?; // Shift_JIS
    /// assert!(reply.text() == b"\x83G\x83\x89\x81["[..]);
    /// # Ok::<(), replycode::Malformed>(())
    /// ```
    #[inline]
    pub fn text(&self) -> Text<'a> {
        Text::new(self.lines())
    }

    /// The words for a diagnosis: the text, with the codes of further lines where they are in memory.
    #[doc(hidden)]
    #[inline]
    pub fn words(&self) -> &'a [u8] {
        self.lines().wire_text()
    }

    /// What went wrong: [`Catalog::diagnose_reply`](crate::Catalog::diagnose_reply) of [`CATALOG`](crate::CATALOG).
    /// `command` is the one that was answered, if that is known.
    ///
    /// ```
    /// use replycode::{CATALOG, Protocol, Verdict, parse};
    ///
    /// let reply = parse(Protocol::Smtp, b"552 Too many recipients\r\n")?;
    /// let answer = reply.diagnose(CATALOG.command(Protocol::Smtp, "RCPT"));
    /// // RFC 5321 section 4.5.3.1.10: permanent by its digit, yet the rest of the recipients may be tried again.
    /// assert_eq!((answer.cause().id(), answer.verdict()), ("too_many_recipients", Verdict::RetrySoon));
    /// # Ok::<(), replycode::Malformed>(())
    /// ```
    #[cfg(all(feature = "tables", feature = "diagnosis"))]
    pub fn diagnose(&self, command: Option<crate::Command>) -> crate::Diagnosis {
        crate::CATALOG.diagnose_reply(self, command)
    }

    /// Whether the parser's buffer was too small for the whole text. Never so for [`parse`](crate::parse).
    ///
    /// ```
    /// # use replycode::{Parser, Protocol, Rules};
    /// let mut parser = Parser::<5>::with_rules(Rules::new(Protocol::Ftp));
    /// parser.feed(b"220 hello\r\n");
    /// assert!(!parser.reply().unwrap().is_truncated());
    /// parser.feed(b"220 hello!\r\n");
    /// assert!(parser.reply().unwrap().is_truncated());
    /// ```
    pub const fn is_truncated(&self) -> bool {
        matches!(self.body, Body::Text { truncated: true, .. })
    }

    /// The bytes of the reply as they came, with codes and line ends, of a reply that was parsed without copying;
    /// `None` for one from a stream, where they are gone.
    ///
    /// ```
    /// # use replycode::{Protocol, parse};
    /// let bytes = b"220-a\r\n220 b\r\n";
    /// assert_eq!(parse(Protocol::Smtp, bytes)?.raw(), Some(&bytes[..]));
    /// # Ok::<(), replycode::Malformed>(())
    /// ```
    pub const fn raw(&self) -> Option<&'a [u8]> {
        match self.body {
            Body::Wire(raw) => Some(raw),
            Body::Text { .. } => None,
        }
    }
}

impl PartialEq for Reply<'_> {
    fn eq(&self, other: &Reply<'_>) -> bool {
        self.protocol() == other.protocol()
            && self.code == other.code
            && self.enhanced() == other.enhanced()
            && self.lines().eq(other.lines())
    }
}

impl Eq for Reply<'_> {}

/// The code, the enhanced code, and the text; bytes that are not UTF-8 are shown as U+FFFD.
impl fmt::Display for Reply<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.code)?;
        if let Some(enhanced) = self.enhanced() {
            write!(f, " {enhanced}")?;
        }
        if self.text().is_empty() { Ok(()) } else { write!(f, " {}", self.text()) }
    }
}

impl fmt::Debug for Reply<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reply")
            .field("protocol", &self.protocol())
            .field("code", &self.code)
            .field("first_code", &self.first_code)
            .field("enhanced", &self.enhanced())
            .field("notes", &self.notes())
            .field("line_count", &self.line_count())
            .field("truncated", &self.is_truncated())
            .field("text", &self.text())
            .finish()
    }
}
