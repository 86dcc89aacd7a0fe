//! The state machine of the parser: which byte belongs to which part of which line.

use super::framing::{Framing, Line};
use super::head::{End, Fault};
use super::keep::{Keep, saturated};
use super::{plain, scan};
use crate::copy::copy_what_fits;
use crate::{Malformed, MalformedReason, Note, Protocol, Reply, Rules};

/// Where a parser stands.
///
/// ```
/// use replycode::{Parser, Protocol, State};
///
/// let mut parser = Parser::new(Protocol::Smtp);
/// assert_eq!(parser.feed(b""), (0, State::Idle));
/// assert_eq!(parser.feed(b"250-mail.example.com\r\n"), (22, State::NeedMore));
/// // The reply ends after 12 of these bytes; the rest belongs to the next one.
/// assert_eq!(parser.feed(b"250 STARTTLS\r\n220 Go"), (14, State::Complete));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Between replies: the stream may end here.
    Idle,
    /// Inside a reply.
    NeedMore,
    /// A reply has been read. The next bytes begin a new one.
    Complete,
    /// What was read is no reply. The next bytes up to the end of the line are dropped, then a new reply begins:
    /// nothing in the middle of a bad line is taken for a code.
    Malformed(Malformed),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
enum Phase {
    /// At the start of a reply.
    Idle,
    /// In the code of a line.
    Head,
    /// In the text of a line.
    Text,
    /// After a CR in the text of a line.
    TextCr,
    /// In the rest of a malformed line.
    Skip,
    Complete,
    Malformed,
    /// Malformed, and the line has ended.
    MalformedLine,
}

/// What a part of the input has led to.
enum Step {
    /// Go on.
    Go,
    LineEnd,
    /// A malformed line has been skipped.
    Skipped,
    Malformed(MalformedReason, u32),
}

/// The parser without a text buffer of its own: what a binding wraps, or whoever shares one buffer among parsers.
///
/// It has at most 64 bytes on every CPU, whatever the length of a reply. All other things are as in
/// [`Parser`](crate::Parser); the text buffer must be the same in all calls that belong to one reply. The text is the
/// lines without their codes, joined by LF; what does not fit is counted and checked, but not kept.
///
/// ```
/// use replycode::{Protocol, RawParser, State};
///
/// let mut text = [0; 8];
/// let mut parser = RawParser::new(Protocol::Smtp);
/// let (consumed, state) = parser.feed(b"550 5.1.1 no such user\r\n", &mut text);
/// assert_eq!((consumed, state), (24, State::Complete));
///
/// let reply = parser.reply(&text).unwrap();
/// assert_eq!(reply.code(), 550);
/// assert_eq!(reply.enhanced(), "5.1.1".parse().ok());
/// assert!(reply.text() == "no such ");
/// assert!(reply.is_truncated());
/// assert!(size_of::<RawParser>() <= 64);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawParser {
    framing: Framing,
    phase: Phase,
    /// Why, while the phase is `Malformed`.
    reason: MalformedReason,
    held_len: u8,
    /// The first bytes of a line that a feed has cut before it could be told what they are.
    held: [u8; Line::MORE + 1],
    /// Bytes of the reply before the present feed; while the phase is `Malformed`, where.
    offset: u32,
    /// Bytes of the line before the present feed.
    line_len: u32,
    /// Bytes of text, kept or not.
    text_len: u32,
}

const _: () = assert!(size_of::<RawParser>() <= 64);

impl RawParser {
    /// A parser with the default rules of a protocol.
    ///
    /// ```
    /// # use replycode::{Protocol, RawParser, Rules};
    /// assert_eq!(RawParser::new(Protocol::Ftp), RawParser::with_rules(Rules::new(Protocol::Ftp)));
    /// ```
    pub const fn new(protocol: Protocol) -> Self {
        Self::with_rules(Rules::new(protocol))
    }

    /// A parser with rules.
    ///
    /// ```
    /// # use replycode::{Mode, Protocol, RawParser, Rules};
    /// static START: RawParser = RawParser::with_rules(Rules::new(Protocol::Ftp).with_mode(Mode::Strict));
    /// assert_eq!(START.rules().mode(), Mode::Strict);
    /// ```
    pub const fn with_rules(rules: Rules) -> Self {
        RawParser {
            framing: Framing::new(rules),
            phase: Phase::Idle,
            reason: MalformedReason::Empty,
            held_len: 0,
            held: [0; Line::MORE + 1],
            offset: 0,
            line_len: 0,
            text_len: 0,
        }
    }

    /// The rules.
    ///
    /// ```
    /// # use replycode::{Protocol, RawParser};
    /// assert_eq!(RawParser::new(Protocol::Ftp).rules().protocol(), Protocol::Ftp);
    /// ```
    pub const fn rules(&self) -> Rules {
        self.framing.rules
    }

    /// Forgets what was read: the next byte begins a reply.
    ///
    /// ```
    /// # use replycode::{Protocol, RawParser, State};
    /// let mut parser = RawParser::new(Protocol::Smtp);
    /// parser.feed(b"250-half a rep", &mut []);
    /// parser.reset();
    /// assert_eq!(parser, RawParser::new(Protocol::Smtp));
    /// ```
    pub const fn reset(&mut self) {
        *self = Self::with_rules(self.framing.rules);
    }

    /// Where the parser stands.
    ///
    /// ```
    /// # use replycode::{Protocol, RawParser, State};
    /// let mut parser = RawParser::new(Protocol::Smtp);
    /// parser.feed(b"25", &mut []);
    /// assert_eq!(parser.state(), State::NeedMore);
    /// ```
    pub const fn state(&self) -> State {
        match self.phase {
            Phase::Idle | Phase::Skip => State::Idle,
            Phase::Head | Phase::Text | Phase::TextCr => State::NeedMore,
            Phase::Complete => State::Complete,
            Phase::Malformed | Phase::MalformedLine => State::Malformed(Malformed::new(self.reason, self.offset)),
        }
    }

    /// Reads bytes up to the end of a reply at most; returns how many were read and where the parser stands. While it
    /// is not `Complete` or `Malformed`, all were read.
    ///
    /// ```
    /// # use replycode::{Protocol, RawParser, State};
    /// let mut parser = RawParser::new(Protocol::Ftp);
    /// assert_eq!(parser.feed(b"331 password?\r\n530 no\r\n", &mut []), (15, State::Complete));
    /// ```
    #[inline]
    pub fn feed(&mut self, input: &[u8], text: &mut [u8]) -> (usize, State) {
        if matches!(self.phase, Phase::Idle | Phase::Complete)
            && let Some(plain) = plain::reply(self.framing.rules, input, text)
        {
            self.phase = Phase::Complete;
            self.framing = plain.framing;
            self.text_len = plain.text_len;
            return (plain.len, State::Complete);
        }
        let consumed = self.run(input, text);
        (consumed, self.state())
    }

    /// The stream has ended. What was read of a reply is `Complete` with [`Note::NoEol`] or [`Note::CutOff`], or
    /// `Malformed`; between replies the state is `Idle`, also when the last call has returned a reply.
    ///
    /// ```
    /// # use replycode::{Note, Protocol, RawParser, State};
    /// let mut parser = RawParser::new(Protocol::Smtp);
    /// parser.feed(b"421 closing", &mut []);
    /// assert_eq!(parser.finish(&mut []), State::Complete);
    /// assert!(parser.reply(&[]).unwrap().notes().contains(Note::NoEol));
    /// assert_eq!(parser.finish(&mut []), State::Idle);
    /// ```
    pub fn finish(&mut self, text: &mut [u8]) -> State {
        self.end(text);
        self.state()
    }

    /// The reply, while the state is `Complete`; `text` is the buffer of the calls before.
    ///
    /// ```
    /// # use replycode::{Protocol, RawParser};
    /// let mut parser = RawParser::new(Protocol::Smtp);
    /// let mut text = [0; 64];
    /// assert!(parser.reply(&text).is_none());
    /// parser.feed(b"354 go on\r\n", &mut text);
    /// assert!(parser.reply(&text).unwrap().text() == "go on");
    /// ```
    #[inline]
    pub fn reply<'t>(&self, text: &'t [u8]) -> Option<Reply<'t>> {
        if self.phase != Phase::Complete {
            return None;
        }
        let len = usize::try_from(self.text_len).unwrap_or(usize::MAX);
        Reply::of_text(self.framing, text.get(..len).unwrap_or(text), len > text.len())
    }

    /// The reply whose bytes the parser has read from `raw`.
    #[inline]
    pub(crate) fn reply_in<'a>(&self, raw: &'a [u8]) -> Option<Reply<'a>> {
        if self.phase == Phase::Complete { Reply::of_wire(self.framing, raw) } else { None }
    }

    /// Reads input up to the end of a reply; returns how many bytes.
    pub(crate) fn run<K: Keep + ?Sized>(&mut self, input: &[u8], keep: &mut K) -> usize {
        match self.phase {
            Phase::Complete | Phase::MalformedLine => self.reset(),
            Phase::Malformed => {
                self.reset();
                self.phase = Phase::Skip;
            }
            _ => {}
        }
        let mut rest = input;
        while !rest.is_empty() {
            let (read, step) = match self.phase {
                Phase::Idle | Phase::Head if self.held_len == 0 => self.head(rest, keep),
                Phase::Idle | Phase::Head => self.held_head(rest, keep),
                Phase::Text | Phase::TextCr => self.text(rest, self.offset, keep),
                Phase::Skip => self.skip(rest),
                Phase::Complete | Phase::Malformed | Phase::MalformedLine => break,
            };
            self.offset = self.offset.saturating_add(saturated(read));
            self.line_len = self.line_len.saturating_add(saturated(read));
            match step {
                Step::Go => {}
                Step::LineEnd => self.end_line(),
                Step::Skipped => self.reset(),
                Step::Malformed(reason, offset) => {
                    let at_line_end = rest.get(read.wrapping_sub(1)) == Some(&b'\n');
                    self.malformed(reason, offset, at_line_end);
                }
            }
            rest = rest.get(read..).unwrap_or_default();
        }
        input.len() - rest.len()
    }

    /// A line from its first byte.
    fn head<K: Keep + ?Sized>(&mut self, rest: &[u8], keep: &mut K) -> (usize, Step) {
        let blanks = self.framing.blanks(rest);
        if blanks > 0 {
            return (blanks, Step::Go);
        }
        match self.framing.line(rest, End::Open) {
            Line::Text(at) => {
                self.begin_text(keep);
                (at, Step::Go)
            }
            Line::More => {
                copy_what_fits(&mut self.held, 0, rest);
                self.held_len = rest.len() as u8;
                self.phase = Phase::Head;
                (rest.len(), Step::Go)
            }
            Line::Malformed(fault) => (fault.need, self.fault(fault)),
        }
    }

    /// A line whose first bytes were held back: byte by byte, until they can be told.
    #[cold]
    fn held_head<K: Keep + ?Sized>(&mut self, rest: &[u8], keep: &mut K) -> (usize, Step) {
        if let (Some(to), Some(from)) = (self.held.get_mut(usize::from(self.held_len)), rest.first()) {
            *to = *from;
            self.held_len += 1;
        }
        let held = self.held;
        let held = held.get(..usize::from(self.held_len)).unwrap_or(&held);
        let step = match self.framing.line(held, End::Open) {
            Line::More => Step::Go,
            Line::Text(at) => {
                self.begin_text(keep);
                let offset = self.offset.saturating_add(1).saturating_sub(saturated(held.len().saturating_sub(at)));
                self.text(held.get(at..).unwrap_or_default(), offset, keep).1
            }
            Line::Malformed(fault) => self.fault(fault),
        };
        (1, step)
    }

    fn begin_text<K: Keep + ?Sized>(&mut self, keep: &mut K) {
        if self.framing.lines > 1 {
            self.keep(b"\n", keep);
        }
        self.held_len = 0;
        self.phase = Phase::Text;
    }

    fn keep<K: Keep + ?Sized>(&mut self, bytes: &[u8], keep: &mut K) {
        keep.push(self.text_len, bytes);
        self.text_len = self.text_len.saturating_add(saturated(bytes.len()));
    }

    /// The text of a line, from bytes at an offset of the reply.
    fn text<K: Keep + ?Sized>(&mut self, bytes: &[u8], offset: u32, keep: &mut K) -> (usize, Step) {
        let strict = self.framing.rules.strict();
        let mut at = 0;
        while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
            if self.phase == Phase::TextCr {
                self.phase = Phase::Text;
                if rest.first() == Some(&b'\n') {
                    return (at + 1, Step::LineEnd);
                }
                if strict {
                    let cr = offset.saturating_add(saturated(at)).saturating_sub(1);
                    return (at + 1, Step::Malformed(MalformedReason::BareCr, cr));
                }
                self.framing.notes.insert(Note::BareCr);
                self.keep(b"\r", keep);
            }
            let plain = if self.framing.notes.contains(Note::EightBit) {
                scan::uncontrolled(rest)
            } else {
                scan::printable(rest)
            };
            let (text, rest) = rest.split_at_checked(plain).unwrap_or_default();
            self.keep(text, keep);
            at += plain;
            match rest {
                [b'\r', b'\n', ..] => return (at + 2, Step::LineEnd),
                [b'\r', ..] => {
                    self.phase = Phase::TextCr;
                    at += 1;
                }
                [b'\n', ..] if strict => {
                    let lf = offset.saturating_add(saturated(at));
                    return (at + 1, Step::Malformed(MalformedReason::BareLf, lf));
                }
                [b'\n', ..] => {
                    self.framing.notes.insert(Note::BareLf);
                    return (at + 1, Step::LineEnd);
                }
                [0x80..=0xFF, ..] => self.framing.notes.insert(Note::EightBit),
                [byte, ..] => {
                    if *byte != b'\t' {
                        self.framing.notes.insert(Note::ControlChar);
                    }
                    self.keep(&[*byte], keep);
                    at += 1;
                }
                [] => {}
            }
        }
        (at, Step::Go)
    }

    fn skip(&mut self, rest: &[u8]) -> (usize, Step) {
        let dropped = scan::before_lf(rest);
        if dropped == rest.len() {
            return (dropped, Step::Go);
        }
        (dropped + 1, Step::Skipped)
    }

    fn end_line(&mut self) {
        self.framing.line_len(usize::try_from(self.line_len).unwrap_or(usize::MAX));
        self.line_len = 0;
        self.phase = self.after_line();
    }

    fn after_line(&self) -> Phase {
        if self.framing.last { Phase::Complete } else { Phase::Head }
    }

    /// The stream has ended.
    pub(crate) fn end<K: Keep + ?Sized>(&mut self, keep: &mut K) {
        let mut cut = false;
        match self.phase {
            Phase::Head if self.held_len == 0 => {}
            Phase::Head => {
                let held = self.held;
                let held = held.get(..usize::from(self.held_len)).unwrap_or(&held);
                match self.framing.line(held, End::Stream) {
                    Line::Text(at) => {
                        self.begin_text(keep);
                        self.text(held.get(at..).unwrap_or_default(), self.offset, keep);
                    }
                    // Too short to be a line of the reply that has begun: not one of its lines.
                    Line::Malformed(Fault { reason: MalformedReason::TooShort, .. }) if self.framing.open() => {}
                    Line::Malformed(fault) => {
                        let line = self.offset.saturating_sub(u32::from(self.held_len));
                        return self.malformed(fault.reason, line.saturating_add(saturated(fault.at)), true);
                    }
                    Line::More => {}
                }
                cut = true;
            }
            // A CR at the very end is half a line end.
            Phase::Text | Phase::TextCr => cut = true,
            _ => return self.reset(),
        }
        if self.framing.rules.strict() {
            return self.malformed(MalformedReason::CutOff, self.offset, true);
        }
        if cut {
            self.framing.notes.insert(Note::NoEol);
        }
        self.framing.end_of_stream();
        self.end_line();
        self.phase = Phase::Complete;
    }

    fn malformed(&mut self, reason: MalformedReason, offset: u32, at_line_end: bool) {
        self.reason = reason;
        self.offset = offset;
        self.phase = if at_line_end { Phase::MalformedLine } else { Phase::Malformed };
    }

    /// A fault at the start of a line; the offset of the line is that of the present input less what is held.
    fn fault(&self, fault: Fault) -> Step {
        // While bytes are held, the last of them is not counted in `offset` yet.
        let line = self.offset.saturating_sub(u32::from(self.held_len.saturating_sub(1)));
        Step::Malformed(fault.reason, line.saturating_add(saturated(fault.at)))
    }
}
