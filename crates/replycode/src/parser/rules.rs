//! What a parser accepts: the protocol, how strictly, and what ends a multi-line FTP reply.

use crate::Protocol;
use crate::id_enum::id_enum;

id_enum! {
    /// How much of what the RFC forbids a parser accepts. What is as the RFC wants it, all modes read alike.
    ///
    /// ```
    /// use replycode::{Mode, Note, Protocol, Rules, parse};
    ///
    /// let rules = Rules::new(Protocol::Smtp);
    /// assert_eq!(rules.mode(), Mode::Lenient);
    /// assert!(parse(rules.with_mode(Mode::Strict), b"220\tready\r\n").is_err());
    /// assert!(parse(rules, b"220\tready\r\n")?.notes().contains(Note::TabSeparator));
    /// assert_eq!(parse(rules.with_mode(Mode::Log), b"  220 ready")?.code(), 220);
    /// # Ok::<(), replycode::Malformed>(())
    /// ```
    pub enum Mode as "mode" {
        /// The line format of the RFC and nothing else: CR LF, a space or a hyphen after the code, one code a reply,
        /// every reply complete. For tests of servers.
        Strict = 1 => "strict",
        /// What a client must survive: whatever has one clear reading is read, with a note. The default, because a
        /// client that rejects a reply knows less than one that reads it, and RFC 5321 section 4.2 asks clients to
        /// act on the code alone.
        Lenient = 2 => "lenient",
        /// What logs and people make of a reply: also blanks and empty lines before the code, and in SMTP
        /// continuation lines without a code.
        Log = 3 => "log",
    }
}

/// What a parser accepts. A [`Protocol`] stands for its default rules wherever rules are wanted.
///
/// ```
/// use replycode::{Protocol, Rules, parse};
///
/// let rules = Rules::new(Protocol::Ftp).end_at_any_code();
/// assert_eq!(parse(rules, b"220-welcome\r\n421 too many users\r\n")?.code(), 421);
/// # Ok::<(), replycode::Malformed>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Rules {
    protocol: Protocol,
    mode: Mode,
    any_code_ends: bool,
}

impl Rules {
    /// The default rules of a protocol: [`Mode::Lenient`].
    ///
    /// ```
    /// # use replycode::{Protocol, Rules};
    /// assert_eq!(Rules::new(Protocol::Ftp), Protocol::Ftp.into());
    /// ```
    pub const fn new(protocol: Protocol) -> Self {
        Rules { protocol, mode: Mode::Lenient, any_code_ends: false }
    }

    /// The same rules in another mode.
    ///
    /// ```
    /// # use replycode::{Mode, Protocol, Rules};
    /// const STRICT: Rules = Rules::new(Protocol::Smtp).with_mode(Mode::Strict);
    /// assert_eq!(STRICT.mode(), Mode::Strict);
    /// ```
    #[must_use]
    pub const fn with_mode(self, mode: Mode) -> Self {
        Rules { mode, ..self }
    }

    /// FTP: let any line with a code and a space end a multi-line reply, not only one with the code of its first line.
    ///
    /// RFC 959 section 4.2 tells clients to wait for the same code, and servers rely on it: a listing in a reply may
    /// have lines that begin with other numbers. Some servers end a reply with another code all the same; a client
    /// that follows the RFC waits for ever there. SMTP ignores this: the last line always ends the reply.
    ///
    /// ```
    /// # use replycode::{Note, Protocol, Rules, parse};
    /// let reply = parse(Rules::new(Protocol::Ftp).end_at_any_code(), b"220-welcome\r\n530 go away\r\n")?;
    /// assert_eq!((reply.code().get(), reply.first_code().get()), (530, 220));
    /// assert!(reply.notes().contains(Note::CodeMismatch));
    /// # Ok::<(), replycode::Malformed>(())
    /// ```
    #[must_use]
    pub const fn end_at_any_code(self) -> Self {
        Rules { any_code_ends: true, ..self }
    }

    /// The protocol.
    ///
    /// ```
    /// # use replycode::{Protocol, Rules};
    /// assert_eq!(Rules::new(Protocol::Ftp).protocol(), Protocol::Ftp);
    /// ```
    pub const fn protocol(self) -> Protocol {
        self.protocol
    }

    /// How strictly.
    ///
    /// ```
    /// # use replycode::{Mode, Protocol, Rules};
    /// assert_eq!(Rules::new(Protocol::Ftp).mode(), Mode::Lenient);
    /// ```
    pub const fn mode(self) -> Mode {
        self.mode
    }

    /// Whether any code ends a multi-line FTP reply.
    ///
    /// ```
    /// # use replycode::{Protocol, Rules};
    /// assert!(!Rules::new(Protocol::Ftp).ends_at_any_code());
    /// ```
    pub const fn ends_at_any_code(self) -> bool {
        self.any_code_ends
    }

    pub(crate) const fn strict(self) -> bool {
        matches!(self.mode, Mode::Strict)
    }

    pub(crate) const fn log(self) -> bool {
        matches!(self.mode, Mode::Log)
    }
}

impl From<Protocol> for Rules {
    fn from(protocol: Protocol) -> Self {
        Rules::new(protocol)
    }
}
