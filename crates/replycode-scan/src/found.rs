//! What is found.

use core::fmt;

use replycode::tables::Pool;
use replycode::{CATALOG, Context, Enhanced, Protocol, ReplyCode, Severity};

use crate::words::Words;

/// A part of a text: the bytes from `start` to before `end`.
///
/// ```
/// use replycode_scan::Span;
/// assert_eq!(Span { start: 4, end: 7 }.of(b"S: 550 no"), b"50 ");
/// assert_eq!(Span { start: 4, end: 70 }.of(b"S: 550 no"), b"50 no");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
}

impl Span {
    /// These bytes of a text, as far as it has them.
    pub fn of(self, text: &[u8]) -> &[u8] {
        crate::bytes::slice(text, self.start, self.end)
    }

    /// Whether there is nothing.
    ///
    /// ```
    /// assert!(replycode_scan::Span::default().is_empty());
    /// ```
    pub const fn is_empty(self) -> bool {
        self.start >= self.end
    }
}

macro_rules! named {
    ($(#[$doc:meta])* pub enum $name:ident { $($(#[$member_doc:meta])* $member:ident = $number:literal => $id:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[repr(u8)]
        #[non_exhaustive]
        pub enum $name { $($(#[$member_doc])* $member = $number,)* }

        impl $name {
            /// Every member, in the order of their numbers.
            pub const ALL: &'static [Self] = &[$(Self::$member,)*];

            /// The stable number, the same in Rust, C and Python.
            pub const fn number(self) -> u8 {
                self as u8
            }

            /// The member with this number.
            pub const fn from_number(number: u8) -> Option<Self> {
                match number {
                    $($number => Some(Self::$member),)*
                    _ => None,
                }
            }

            /// The stable id, for logs and JSON.
            pub const fn id(self) -> &'static str {
                match self { $(Self::$member => $id,)* }
            }

            /// The pool with the ids, and this one's number in it: for bindings that hand out bytes.
            #[doc(hidden)]
            pub fn pool(self) -> (Pool, u16) {
                const IDS: &str = concat!($($id, "\0",)*);
                static STARTS: [u16; $name::ALL.len() + 1] = replycode::tables::starts(IDS);
                const { Pool { text: IDS, starts: &STARTS }.check() };
                (Pool { text: IDS, starts: &STARTS }, u16::from(self.number()) - 1)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.id())
            }
        }
    };
}

named! {
    /// Who says what stands there.
    ///
    /// ```
    /// use replycode_scan::{Speaker, incident};
    /// // The words of BSD's ftp program when the server hangs up: no server sent them.
    /// let text = b"421 Service not available, remote server has closed connection";
    /// assert_eq!(incident(text, None).speaker, Some(Speaker::Client));
    /// assert_eq!(incident(b"connect: Connection refused", None).speaker, Some(Speaker::System));
    /// ```
    pub enum Speaker {
        /// The server.
        Server = 1 => "server",
        /// The program that talked to the server, in its own words.
        Client = 2 => "client",
        /// A web server or a mail service's HTTP interface.
        Http = 3 => "http",
        /// The operating system: a socket error, a name that does not resolve.
        System = 4 => "system",
        /// Windows sockets: 10004 to 11004.
        Winsock = 5 => "winsock",
        /// The TLS layer: handshake, certificate.
        Tls = 6 => "tls",
    }
}

named! {
    /// How the reply is written down: what made it recognisable.
    ///
    /// ```
    /// use replycode_scan::{Form, find};
    /// let form = |text: &[u8]| find(text, None).next().unwrap().form;
    /// assert_eq!(form(b"550 5.1.1 User unknown"), Form::Bare);
    /// assert_eq!(form(b"<--- 530 Login incorrect."), Form::Dialog);
    /// assert_eq!(form(b"error_perm: 530 Login incorrect."), Form::Labelled);
    /// assert_eq!(form(b"(535, b'5.7.8 Error: authentication failed')"), Form::Tuple);
    /// ```
    pub enum Form {
        /// The reply begins a line.
        Bare = 1 => "bare",
        /// After a mark that says who spoke: `<`, `S:`, `Response:`, `SERVER -> CLIENT:`.
        Dialog = 2 => "dialog",
        /// After words that end in a colon or an arrow: `said: 550 ...`, `error_perm: 550 ...`.
        Labelled = 3 => "labelled",
        /// The code alone as the value of a field: `code: 550`, `"responseCode": 535`, `error = 550`.
        Field = 4 => "field",
        /// In quotation marks or brackets of its own: `"550 ..."`, `status=sent (250 ...)`.
        Quoted = 5 => "quoted",
        /// Code and text as two members: `(535, b'5.7.8 ...')`.
        Tuple = 6 => "tuple",
        /// The code in brackets behind or before its text: `Login failed[530]`, `(550) File unavailable`.
        Bracketed = 7 => "bracketed",
        /// In the middle of a sentence: `Reason 530 ...`, `failed with 550 5.7.1 ...`.
        Embedded = 8 => "embedded",
        /// Blanks replaced: `Remote_host_said:_550_5.1.1_...`, `550+5.1.1+...`.
        Escaped = 9 => "escaped",
        /// A column of a server's access log: `"STOR a.jpg" 550 -`, IIS W3C.
        Column = 10 => "column",
        /// The bytes as decimal numbers: `[53, 51, 48, 32, ...]`.
        Bytes = 11 => "bytes",
        /// The digits as words: `severity: PermanentNegativeCompletion, category: Unspecified3, detail: Four`.
        Spelled = 12 => "spelled",
        /// An enhanced status code without a reply code: `5.7.1 Relaying denied`.
        Enhanced = 13 => "enhanced",
        /// A delivery status without a reply: `dsn=5.1.1`, `Status: 5.1.1`.
        Status = 14 => "status",
    }
}

/// A reply found in a text.
///
/// Places are byte offsets into the text given to [`find`](crate::find).
///
/// ```
/// use replycode_scan::find;
///
/// let log = b"status=bounced (host mx.example.net[192.0.2.1] said: 550 5.1.1 <bob@example.net>: User unknown (in reply to RCPT TO command))";
/// let found = find(log, None).next().unwrap();
/// assert_eq!(found.code.unwrap(), 550);
/// assert_eq!(found.enhanced.unwrap().to_string(), "5.1.1");
/// assert_eq!(found.protocol, Some(replycode::Protocol::Smtp));
/// assert_eq!(found.text.of(log), b"<bob@example.net>: User unknown");
/// assert_eq!(found.bytes(log), b"550 5.1.1 <bob@example.net>: User unknown");
/// assert_eq!(found.command, Some("RCPT"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Found {
    /// Where the reply begins: its first digit, or its text where that comes first.
    pub offset: usize,
    /// How many bytes it takes, all its lines with what stands between them.
    pub len: usize,
    /// The protocol, as far as the form, the words around or the hint tell.
    pub protocol: Option<Protocol>,
    /// The reply code; none where only an enhanced status code is written.
    pub code: Option<ReplyCode>,
    /// The enhanced status code (RFC 3463).
    pub enhanced: Option<Enhanced>,
    /// The words of the reply; [`words`](Self::words) gives them without the codes of further lines.
    pub text: Span,
    /// The verb of the command that it answers, upper case, where the text shows it: `RCPT`, `STOR`; `connect` and
    /// `data-end` as in the catalogue.
    pub command: Option<&'static str>,
    /// Who says it.
    pub speaker: Speaker,
    /// How it is written down.
    pub form: Form,
}

impl Found {
    /// The bytes of the reply.
    pub fn bytes<'t>(&self, text: &'t [u8]) -> &'t [u8] {
        crate::bytes::slice(text, self.offset, self.offset.saturating_add(self.len))
    }

    /// What the first digit says; the class of the enhanced status code where there is no reply code.
    ///
    /// ```
    /// use replycode::Severity;
    /// let found = replycode_scan::find(b"dsn=4.4.1, stat=Deferred", None).next().unwrap();
    /// assert_eq!(found.severity(), Severity::Transient);
    /// ```
    pub fn severity(&self) -> Severity {
        match (self.code, self.enhanced) {
            (Some(code), _) => Severity::of(self.protocol.unwrap_or(Protocol::Ftp), code),
            (None, Some(enhanced)) => enhanced.severity(),
            (None, None) => Severity::Unassigned,
        }
    }

    /// Whether the server refused: transient or permanent.
    ///
    /// ```
    /// assert!(replycode_scan::find(b"550 5.1.1 User unknown", None).next().unwrap().is_negative());
    /// ```
    pub fn is_negative(&self) -> bool {
        matches!(self.severity(), Severity::Transient | Severity::Permanent)
    }

    /// What the catalogue needs to choose among the senses of the code.
    ///
    /// ```
    /// use replycode::explain_in;
    /// let text = b"AUTH LOGIN\n454 4.7.0 Temporary authentication failure\n";
    /// let found = replycode_scan::find(text, None).next().unwrap();
    /// let answer = explain_in(found.protocol.unwrap(), found.code.unwrap().get(), found.context());
    /// assert_eq!(answer.entry().id(), "auth_temporary_failure");
    /// ```
    pub fn context(&self) -> Context {
        let command = self.protocol.zip(self.command).and_then(|(protocol, verb)| CATALOG.command(protocol, verb));
        Context { command, enhanced: self.enhanced }
    }

    /// The words of the reply, piece by piece: without line ends, marks, and the codes of further lines.
    ///
    /// ```
    /// let text = b"S: 550-5.7.1 Mail from this host\r\nS: 550 5.7.1 is not wanted\r\n";
    /// let found = replycode_scan::find(text, None).next().unwrap();
    /// let words: Vec<&[u8]> = found.words(text).collect();
    /// assert_eq!(words, [&b"Mail from this host"[..], b"is not wanted"]);
    /// ```
    pub fn words<'t>(&self, text: &'t [u8]) -> Words<'t> {
        Words::new(text, self.text, self.code, self.enhanced)
    }

    /// The words joined by blanks in a buffer of yours, cut where it is full. What [`words`](Self::words) gives, for
    /// those who need it in one piece; blanks that were written as underscores are blanks again.
    ///
    /// ```
    /// let text = b"550-Requested action not taken\r\n550 Try again later\r\n";
    /// let found = replycode_scan::find(text, None).next().unwrap();
    /// assert_eq!(found.copy_words(text, &mut [0; 64]), b"Requested action not taken Try again later");
    /// assert_eq!(found.copy_words(text, &mut [0; 9]), b"Requested");
    /// ```
    pub fn copy_words<'b>(&self, text: &[u8], buffer: &'b mut [u8]) -> &'b [u8] {
        let mut len = 0;
        for piece in self.words(text) {
            let blank = if len > 0 { &b" "[..] } else { b"" };
            for (place, &byte) in buffer.iter_mut().skip(len).zip(blank.iter().chain(piece)) {
                *place = if self.form == Form::Escaped && matches!(byte, b'_' | b'+') { b' ' } else { byte };
                len += 1;
            }
        }
        buffer.get(..len).unwrap_or(&[])
    }
}
