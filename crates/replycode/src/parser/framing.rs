//! What a line means for its reply: the multi-line rules of SMTP and FTP. Line by line, without the bytes in between;
//! the parser and the lines iterator of a parsed reply both go through here, so that they cannot disagree.

use super::enhanced::{self, Match, Stop};
use super::head::{self, End, Fault, NoHead, Separator};
use crate::{Category, Enhanced, MalformedReason, Note, Notes, Protocol, ReplyCode, Rules, Severity};

/// RFC 5321 section 4.5.3.1.5, with the line end.
pub(crate) const LONGEST_SMTP_LINE: usize = 512;

/// What the lines read so far say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Framing {
    pub(crate) rules: Rules,
    /// The line being read ends the reply.
    pub(crate) last: bool,
    /// A line of the present code had no enhanced code.
    plain: bool,
    /// The code: that of the last line with a code (SMTP) or of the first line (FTP).
    pub(crate) code: Option<ReplyCode>,
    /// The code of the first line.
    pub(crate) first: Option<ReplyCode>,
    /// FTP: the line being read is a refusal with another code, which is text by the RFC.
    refusal: Option<ReplyCode>,
    pub(crate) enhanced: Option<Enhanced>,
    pub(crate) notes: Notes,
    /// How many lines have begun.
    pub(crate) lines: u32,
}

/// What the first bytes of a line say.
pub(crate) enum Line {
    /// Not enough yet. At most [`Line::MORE`] bytes do not suffice.
    More,
    /// The text of the line begins after this many bytes.
    Text(usize),
    Malformed(Fault),
}

impl Line {
    /// `220-#5.999.999` CR: one byte more tells.
    pub(crate) const MORE: usize = 15;
}

impl Framing {
    pub(crate) const fn new(rules: Rules) -> Self {
        Framing {
            rules,
            last: false,
            plain: false,
            code: None,
            first: None,
            refusal: None,
            enhanced: None,
            notes: Notes::EMPTY,
            lines: 0,
        }
    }

    /// What the lines of a reply say that is as the RFC wants it.
    pub(crate) const fn of_plain(rules: Rules, code: ReplyCode, enhanced: Option<Enhanced>, lines: u32) -> Self {
        let (code, plain) = (Some(code), enhanced.is_none());
        Framing { last: true, plain, code, first: code, enhanced, lines, ..Framing::new(rules) }
    }

    /// Whether a first line has been read.
    pub(crate) const fn open(&self) -> bool {
        self.first.is_some()
    }

    /// How many bytes to drop before the first line.
    pub(crate) fn blanks(&mut self, input: &[u8]) -> usize {
        if !self.rules.log() || self.open() {
            return 0;
        }
        let blanks = input.iter().take_while(|byte| b" \t\r\n".contains(byte)).count();
        if blanks > 0 {
            self.notes.insert(Note::LeadingBlank);
        }
        blanks
    }

    /// Takes in the start of a line. `More` changes nothing: call again with more of the same line.
    pub(crate) fn line(&mut self, line: &[u8], end: End) -> Line {
        match self.rules.protocol() {
            Protocol::Smtp => self.smtp(line, end),
            Protocol::Ftp => self.ftp(line, end),
        }
    }

    /// Takes in the length of a line, with its line end.
    pub(crate) fn line_len(&mut self, len: usize) {
        if len > LONGEST_SMTP_LINE && self.rules.protocol() == Protocol::Smtp {
            self.notes.insert(Note::LongLine);
        }
    }

    /// RFC 5321 section 4.2.1: each line begins with the code, a hyphen on all but the last.
    fn smtp(&mut self, line: &[u8], end: End) -> Line {
        let head = match head::read(line, end) {
            Ok(head) => head,
            Err(NoHead::More) => return Line::More,
            Err(NoHead::Other(_)) if self.rules.log() && self.open() => {
                return self.text_line(Note::UncodedContinuation);
            }
            Err(NoHead::Other(fault)) => return Line::Malformed(fault),
        };
        let same = self.code == Some(head.code);
        if self.rules.strict() {
            if head.separator == Separator::Tab {
                return Line::Malformed(fault(MalformedReason::BadSeparator, 3, line));
            }
            if self.open() && !same {
                return Line::Malformed(fault(MalformedReason::CodeMismatch, 0, line));
            }
        }
        let esc = match head.digits {
            // RFC 2034 section 4: on 2yz, 4yz and 5yz. On 3yz it is looked for to be noted.
            [2..=5, _] if head.separator != Separator::LineEnd => {
                match enhanced::read(line.get(head.len..).unwrap_or_default(), end) {
                    Ok(esc) => Some(esc),
                    Err(Stop::Other) => None,
                    Err(Stop::More) => return Line::More,
                }
            }
            _ => None,
        };
        if !same {
            if self.open() {
                self.notes.insert(Note::CodeMismatch);
            }
            self.set_code(head.code, head.digits);
        }
        self.coded_line(head.separator);
        Line::Text(head.len + self.take_enhanced(head.digits, esc))
    }

    /// Takes in what a line has for an enhanced code; returns how many bytes of its text that code is.
    fn take_enhanced(&mut self, [severity, _]: [u8; 2], found: Option<Match>) -> usize {
        let found = match found {
            Some(_) if severity == 3 => {
                self.notes.insert(Note::EscOn3yz);
                None
            }
            Some(Match { code: Some(code), notes, len }) => {
                self.notes.add(notes);
                // Strict: what RFC 3463 does not write is not a code.
                if self.rules.strict() && !notes.is_empty() { None } else { Some((code, len)) }
            }
            _ => None,
        };
        match (found, self.enhanced) {
            (None, None) => {
                self.plain = true;
                0
            }
            (Some((code, len)), None) => {
                if code.class() != severity {
                    self.notes.insert(Note::EscClassMismatch);
                }
                if self.plain {
                    self.notes.insert(Note::EscVaries);
                }
                self.enhanced = Some(code);
                len
            }
            (Some((code, len)), Some(before)) if code == before => len,
            (_, Some(_)) => {
                self.notes.insert(Note::EscVaries);
                0
            }
        }
    }

    /// RFC 959 section 4.2: the first line has the code and a hyphen, the last one the same code and a space; what
    /// comes between is text.
    fn ftp(&mut self, line: &[u8], end: End) -> Line {
        let head = match head::read(line, end) {
            Ok(head) => head,
            Err(NoHead::More) => return Line::More,
            Err(NoHead::Other(_)) if self.open() => return self.text_line(None),
            Err(NoHead::Other(fault)) => return Line::Malformed(fault),
        };
        let proper = matches!(head.separator, Separator::Space | Separator::Hyphen);
        let strict = self.rules.strict();
        match self.code {
            None if strict && !proper => return Line::Malformed(fault(MalformedReason::BadSeparator, 3, line)),
            None => self.set_code(head.code, head.digits),
            Some(code) if code == head.code => {
                if strict && !proper {
                    return self.text_line(Note::UnpaddedCode);
                }
            }
            Some(_) if self.rules.ends_at_any_code() && head.separator == Separator::Space => {
                self.notes.insert(Note::CodeMismatch);
                self.set_code(head.code, head.digits);
            }
            Some(_) => {
                let text = self.text_line(Note::UnpaddedCode);
                if head.separator == Separator::Space && matches!(head.digits, [4 | 5, _]) {
                    self.refusal = Some(head.code);
                }
                return text;
            }
        }
        self.coded_line(head.separator);
        Line::Text(head.len)
    }

    fn set_code(&mut self, code: ReplyCode, digits: [u8; 2]) {
        self.notes = self.notes.without(Note::SeverityUnassigned).without(Note::CategoryUnassigned);
        // Both protocols assign these.
        if !matches!(digits, [2..=5, 0..=5]) {
            self.notes.add(unassigned(self.rules.protocol(), digits));
        }
        self.code = Some(code);
        self.first = self.first.or(self.code);
        // An enhanced code belongs to the code it came with.
        self.enhanced = None;
        self.plain = false;
    }

    /// A line that begins with its code.
    fn coded_line(&mut self, separator: Separator) {
        match separator {
            Separator::Space | Separator::Hyphen => {}
            Separator::Tab => self.notes.insert(Note::TabSeparator),
            Separator::LineEnd => self.notes.insert(Note::NoSpace),
        }
        self.last = separator != Separator::Hyphen;
        self.refusal = None;
        self.lines = self.lines.saturating_add(1);
    }

    /// A line that is text from its first byte.
    fn text_line(&mut self, note: impl Into<Option<Note>>) -> Line {
        if let Some(note) = note.into() {
            self.notes.insert(note);
        }
        self.refusal = None;
        self.lines = self.lines.saturating_add(1);
        Line::Text(0)
    }

    /// The stream has ended after the present line.
    pub(crate) fn end_of_stream(&mut self) {
        if self.last {
            return;
        }
        self.notes.insert(Note::CutOff);
        // A server that breaks off says why in its last words: "220-Welcome", "421 Timeout", and no more.
        if let Some(code) = self.refusal {
            self.notes.insert(Note::CodeMismatch);
            self.set_code(code, [code.first(), code.second()]);
        }
    }
}

/// The notes for digits without a meaning.
#[cold]
fn unassigned(protocol: Protocol, [first, second]: [u8; 2]) -> Notes {
    let mut notes = Notes::EMPTY;
    if Severity::of_digit(protocol, first) == Severity::Unassigned {
        notes.insert(Note::SeverityUnassigned);
    }
    if Category::of_digit(protocol, second) == Category::Unassigned {
        notes.insert(Note::CategoryUnassigned);
    }
    notes
}

/// A fault of a line whose code has been read, told by the byte after the separator at the latest.
fn fault(reason: MalformedReason, at: usize, line: &[u8]) -> Fault {
    let need = if line.get(3) == Some(&b'\r') { 5 } else { 4 };
    Fault { reason, at, need }
}
