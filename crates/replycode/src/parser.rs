//! The reply parser: bytes in, replies out. One state machine ([`RawParser`]) serves the streaming and the zero-copy
//! form; `head` and `enhanced` read the start of a line, `framing` says what a line means, `scan` finds its end, `keep` is
//! where its text goes, and `plain` is a shortcut through all of them.

mod enhanced;
pub(crate) mod framing;
pub(crate) mod head;
mod keep;
mod malformed;
mod plain;
mod raw;
mod rules;
pub(crate) mod scan;

pub use malformed::{Malformed, MalformedReason};
pub use raw::{RawParser, State};
pub use rules::{Mode, Rules};

use crate::{Protocol, Reply};

/// Whether to take shortcuts for what nearly every reply is like. They double the speed and the size of the code, for
/// which a small CPU has no room.
const SHORTCUTS: bool = usize::BITS >= 64;

/// Reads replies from a stream, in pieces of any size, and keeps the first `N` bytes of each reply's text.
///
/// The memory is 64 bytes at most and `N` for the text, whatever a server sends: of an endless reply it keeps the
/// code, the enhanced code, the notes, the number of lines, and the first `N` bytes. [`Parser::new`] keeps 512, one
/// line of SMTP (RFC 5321 section 4.5.3.1.5); for another `N` write `Parser::<N>::with_rules`. The result does not
/// depend on how the stream is cut into pieces. It costs the same as one look at each byte, and a copy of the text.
///
/// The default is [`Mode::Lenient`]: what real servers send is read, and [`Reply::notes`] tells what is wrong with it.
///
/// ```
/// use replycode::{Note, Parser, Protocol, State};
///
/// let mut parser = Parser::new(Protocol::Smtp);
/// let mut input: &[u8] = b"220 mx ESMTP\r\n535-5.7.8 wrong\n535 5.7.8 password\n";
/// let mut codes = Vec::new();
/// while !input.is_empty() {
///     let (consumed, state) = parser.feed(input);
///     input = &input[consumed..];
///     match state {
///         State::Complete => codes.push(parser.reply().unwrap().code().get()),
///         State::Malformed(malformed) => panic!("{malformed}"),
///         State::Idle | State::NeedMore => break, // read more from the stream
///     }
/// }
/// assert_eq!(codes, [220, 535]);
///
/// let reply = parser.reply().unwrap();
/// assert!(reply.text() == "wrong\npassword");
/// assert!(reply.notes().contains(Note::BareLf));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parser<const N: usize = 512> {
    raw: RawParser,
    text: [u8; N],
}

impl Parser {
    /// A parser with the default rules of a protocol, which keeps 512 bytes of text.
    ///
    /// ```
    /// # use replycode::{Parser, Protocol};
    /// let mut parser = Parser::new(Protocol::Ftp);
    /// parser.feed(b"230 Logged in.\r\n");
    /// assert!(parser.reply().unwrap().is_positive());
    /// ```
    pub const fn new(protocol: Protocol) -> Self {
        Parser::with_rules(Rules::new(protocol))
    }
}

impl<const N: usize> Parser<N> {
    /// A parser with rules, which keeps `N` bytes of text.
    ///
    /// ```
    /// # use replycode::{Mode, Parser, Protocol, Rules};
    /// let mut parser = Parser::<4>::with_rules(Rules::new(Protocol::Smtp).with_mode(Mode::Log));
    /// parser.feed(b" 550 no such user\n");
    /// let reply = parser.reply().unwrap();
    /// assert_eq!((reply.code().get(), reply.is_truncated()), (550, true));
    /// assert!(reply.text() == "no s");
    /// ```
    pub const fn with_rules(rules: Rules) -> Self {
        Parser { raw: RawParser::with_rules(rules), text: [0; N] }
    }

    /// Reads bytes up to the end of a reply at most; returns how many were read and where the parser stands. While it
    /// is not `Complete` or `Malformed`, all were read. After either, the next call goes on with what follows.
    ///
    /// ```
    /// # use replycode::{MalformedReason, Parser, Protocol, State};
    /// let mut parser = Parser::new(Protocol::Smtp);
    /// let input = b"2200 OK\r\n250 fine\r\n";
    /// let (consumed, state) = parser.feed(input);
    /// let State::Malformed(malformed) = state else { panic!() };
    /// assert_eq!((consumed, malformed.reason()), (4, MalformedReason::BadSeparator));
    /// // The rest of the bad line is dropped.
    /// assert_eq!(parser.feed(&input[4..]), (15, State::Complete));
    /// assert_eq!(parser.reply().unwrap().code(), 250);
    /// ```
    #[inline]
    pub fn feed(&mut self, input: &[u8]) -> (usize, State) {
        self.raw.feed(input, &mut self.text)
    }

    /// The stream has ended: what was read of a reply is `Complete` (with a note) or `Malformed`; `Idle` if there is
    /// nothing.
    ///
    /// ```
    /// # use replycode::{Note, Parser, Protocol, State};
    /// let mut parser = Parser::new(Protocol::Ftp);
    /// parser.feed(b"220-Welcome\r\n");
    /// assert_eq!(parser.finish(), State::Complete);
    /// let reply = parser.reply().unwrap();
    /// assert_eq!(reply.code(), 220);
    /// assert!(reply.notes().contains(Note::CutOff));
    /// ```
    pub fn finish(&mut self) -> State {
        self.raw.finish(&mut self.text)
    }

    /// The reply, while the state is `Complete`.
    ///
    /// ```
    /// # use replycode::{Parser, Protocol};
    /// let mut parser = Parser::new(Protocol::Ftp);
    /// parser.feed(b"230 Logged");
    /// assert!(parser.reply().is_none());
    /// parser.feed(b" in.\r\n");
    /// assert!(parser.reply().unwrap().text() == "Logged in.");
    /// ```
    #[inline]
    pub fn reply(&self) -> Option<Reply<'_>> {
        self.raw.reply(&self.text)
    }

    /// Where the parser stands.
    ///
    /// ```
    /// # use replycode::{Parser, Protocol, State};
    /// assert_eq!(Parser::new(Protocol::Ftp).state(), State::Idle);
    /// ```
    pub const fn state(&self) -> State {
        self.raw.state()
    }

    /// The rules.
    ///
    /// ```
    /// # use replycode::{Parser, Protocol};
    /// assert_eq!(Parser::new(Protocol::Ftp).rules().protocol(), Protocol::Ftp);
    /// ```
    pub const fn rules(&self) -> Rules {
        self.raw.rules()
    }

    /// Forgets what was read: the next byte begins a reply. For a new connection; between replies it is not needed.
    ///
    /// ```
    /// # use replycode::{Parser, Protocol, State};
    /// let mut parser = Parser::new(Protocol::Smtp);
    /// parser.feed(b"220-half a greeting");
    /// parser.reset();
    /// assert_eq!(parser.feed(b"220 hello\r\n"), (11, State::Complete));
    /// ```
    pub const fn reset(&mut self) {
        self.raw.reset();
    }
}

/// Reads bytes that are one whole reply, without copying. The end of the bytes is the end of the stream, so a last
/// line without line end is read too ([`Note::NoEol`](crate::Note::NoEol)).
///
/// # Errors
///
/// [`Malformed`] if the bytes are no reply, or more than one.
///
/// ```
/// use replycode::{MalformedReason, Protocol, parse};
///
/// let reply = parse(Protocol::Smtp, b"550 5.1.1 <bob@example.net>: no such user\r\n")?;
/// assert_eq!(reply.code(), 550);
/// assert_eq!(reply.enhanced().unwrap().to_string(), "5.1.1");
/// assert!(reply.text() == "<bob@example.net>: no such user");
///
/// let two = parse(Protocol::Smtp, b"250 one\r\n250 two\r\n").unwrap_err();
/// assert_eq!((two.reason(), two.offset()), (MalformedReason::TrailingData, 9));
/// # Ok::<(), replycode::Malformed>(())
/// ```
pub fn parse(rules: impl Into<Rules>, bytes: &[u8]) -> Result<Reply<'_>, Malformed> {
    let mut parser = RawParser::with_rules(rules.into());
    let consumed = parser.run(bytes, &mut keep::Nowhere);
    let (raw, rest) = bytes.split_at_checked(consumed).unwrap_or((bytes, &[]));
    match parser.state() {
        State::Idle | State::NeedMore => parser.end(&mut keep::Nowhere),
        State::Complete if !rest.is_empty() => {
            let blank = parser.rules().log() && rest.iter().all(u8::is_ascii_whitespace);
            if !blank {
                let offset = u32::try_from(consumed).unwrap_or(u32::MAX);
                return Err(Malformed::new(MalformedReason::TrailingData, offset));
            }
        }
        _ => {}
    }
    match parser.state() {
        State::Malformed(malformed) => Err(malformed),
        _ => parser.reply_in(raw).ok_or(Malformed::new(MalformedReason::Empty, 0)),
    }
}

/// Reads the reply that the bytes begin with, without copying, and tells how many bytes it takes; `None` if it is
/// incomplete.
///
/// # Errors
///
/// [`Malformed`] if the bytes do not begin with a reply.
///
/// ```
/// use replycode::{Protocol, parse_prefix};
///
/// let bytes = b"250-one\r\n250 reply\r\n354 next";
/// let (reply, consumed) = parse_prefix(Protocol::Smtp, bytes)?.unwrap();
/// assert_eq!((reply.line_count(), consumed), (2, 20));
/// assert!(parse_prefix(Protocol::Smtp, &bytes[consumed..])?.is_none());
/// # Ok::<(), replycode::Malformed>(())
/// ```
#[inline]
pub fn parse_prefix(rules: impl Into<Rules>, bytes: &[u8]) -> Result<Option<(Reply<'_>, usize)>, Malformed> {
    let rules = rules.into();
    if let Some(plain) = plain::reply(rules, bytes, &mut keep::Nowhere) {
        let (raw, _) = bytes.split_at_checked(plain.len).unwrap_or((bytes, &[]));
        return Ok(Reply::of_wire(plain.framing, raw).map(|reply| (reply, plain.len)));
    }
    let mut parser = RawParser::with_rules(rules);
    let consumed = parser.run(bytes, &mut keep::Nowhere);
    if let State::Malformed(malformed) = parser.state() {
        return Err(malformed);
    }
    let raw = bytes.get(..consumed).unwrap_or(bytes);
    Ok(parser.reply_in(raw).map(|reply| (reply, consumed)))
}
