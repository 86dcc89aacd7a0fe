//! One reply of a log, with everything that is known of it.

use std::borrow::Cow;

use replycode::{Cause, Diagnosis, DiagnosisBasis, Enhanced, Party, Protocol, ReplyCode, Severity, Verdict};

use super::encoding::Encoding;
use super::{Time, origin};
use crate::bytes::{is_line_end, slice};
use crate::found::{Form, Found, Speaker};

/// How many bytes before and behind a reply belong to its line; more is cut off.
pub(crate) const LINE: usize = 2048;

/// A reply found in a log, and what is known of it.
///
/// It borrows from the part of the log that is in memory; [`to_owned`](Self::to_owned) keeps it. What takes time to find
/// out, and decoding, is done when it is asked for.
///
/// ```
/// use replycode::{Party, Verdict, cause};
/// use replycode_scan::{Form, Input, Options, scan};
///
/// let log = b"\
/// Mar  1 10:11:12 mx postfix/smtp[550]: 4F25B1234: to=<bob@example.net>, relay=mx.example.net[192.0.2.1]:25, dsn=5.1.1, \
/// status=bounced (host mx.example.net[192.0.2.1] said: 550 5.1.1 <bob@example.net>: User unknown (in reply to RCPT TO command))\n";
/// let mut seen = 0;
/// scan([Input::bytes("mail.log", &log[..])], &Options::default().year(2026), |finding| {
///     assert_eq!((finding.source, finding.line, finding.offset), ("mail.log", 1, 171));
///     assert_eq!(finding.time.unwrap().to_string(), "2026-03-01T10:11:12");
///     assert_eq!((finding.code.unwrap().get(), finding.command, finding.form), (550, Some("RCPT"), Form::Labelled));
///     assert_eq!(finding.text(), "<bob@example.net>: User unknown");
///     assert_eq!(finding.peer().unwrap(), "mx.example.net[192.0.2.1]");
///     assert_eq!(finding.session().unwrap(), "4F25B1234");
///     assert_eq!((finding.cause(), finding.verdict()), (cause::RECIPIENT_UNKNOWN, Verdict::FixFirst));
///     assert!(finding.problem);
///     seen += 1;
///     std::ops::ControlFlow::Continue(())
/// });
/// assert_eq!(seen, 1);
/// ```
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Finding<'a> {
    /// The name of the source: the path as given or found, `-` for the standard input.
    pub source: &'a str,
    /// The line in which the reply begins, counted from 1.
    pub line: u64,
    /// Where the reply begins: how many bytes of the source stand before it, after decompression.
    pub offset: u64,
    /// The time stamp of its line, or of the last line before that has one.
    pub time: Option<Time>,
    /// The protocol, as far as the form, the words around or the options tell.
    pub protocol: Option<Protocol>,
    /// The reply code; none where only an enhanced status code is written.
    pub code: Option<ReplyCode>,
    /// The enhanced status code.
    pub enhanced: Option<Enhanced>,
    /// The verb of the command that it answers, where the log shows it, as in [`Found::command`].
    pub command: Option<&'static str>,
    /// How it is written down.
    pub form: Form,
    /// Who says it.
    pub speaker: Speaker,
    /// What went wrong.
    pub diagnosis: Diagnosis,
    /// Whether it counts as a problem: the server refused, for now or for good, and it was no mere probe.
    ///
    /// Clients try out what a server can (`EPSV`, `FEAT`, `OPTS`, `MLSD`, `AUTH` with one mechanism after the other,
    /// `EHLO` before `HELO`) and go on without it; they make directories that may be there, and set what need not be
    /// set. Such refusals are no problems. Each reply counts by itself, also one that is followed by a successful
    /// attempt: the log shows that something failed.
    pub problem: bool,
    pub(crate) part: (u32, u32),
    pub(crate) view: View<'a>,
}

/// Where the bytes of a finding are.
#[derive(Clone, Copy, Debug)]
pub(crate) struct View<'a> {
    pub(crate) text: &'a [u8],
    pub(crate) found: Found,
    pub(crate) encoding: Encoding,
}

impl<'a> Finding<'a> {
    /// The server's words: without codes, all lines of a reply in one.
    pub fn text(&self) -> Cow<'a, str> {
        let View { text, found, encoding } = self.view;
        let encoding = encoding.of(self.line_bytes());
        let mut pieces = found.words(text);
        let first = encoding.decode_part(pieces.next().unwrap_or(&[]));
        let escaped = found.form == Form::Escaped;
        let Some(second) = pieces.next() else {
            return if escaped { Cow::Owned(first.replace(['_', '+'], " ")) } else { first };
        };
        let mut words = first.into_owned();
        for piece in [second].into_iter().chain(pieces) {
            words.push(' ');
            words.push_str(&encoding.decode_part(piece));
        }
        Cow::Owned(if escaped { words.replace(['_', '+'], " ") } else { words })
    }

    /// The line in which the reply begins, without its end; of a very long one what is around the reply.
    pub fn record(&self) -> Cow<'a, str> {
        let line = self.line_bytes();
        self.view.encoding.of(line).decode_part(line)
    }

    /// The other side of the connection, as the log names it: a host, an address, or both, as in
    /// `mx.example.net[192.0.2.1]`.
    pub fn peer(&self) -> Option<Cow<'a, str>> {
        self.decode(origin::peer(self.line_bytes(), self.offset_in_line()))
    }

    /// What tells the sessions of a log apart: a mail server's queue id, or the number of the process or connection.
    pub fn session(&self) -> Option<Cow<'a, str>> {
        self.decode(origin::session(self.line_bytes(), self.offset_in_line()))
    }

    fn decode(&self, part: Option<&'a [u8]>) -> Option<Cow<'a, str>> {
        part.map(|part| self.view.encoding.of(self.line_bytes()).decode_part(part))
    }

    /// What went wrong.
    pub fn cause(&self) -> Cause {
        self.diagnosis.cause()
    }

    /// What to do with the same attempt.
    pub fn verdict(&self) -> Verdict {
        self.diagnosis.verdict()
    }

    /// Who must act.
    pub fn party(&self) -> Party {
        self.diagnosis.party()
    }

    /// The id of the rule that decided; none if the first digit alone spoke.
    pub fn rule(&self) -> Option<&'static str> {
        self.diagnosis.rule()
    }

    /// What the cause rests on.
    pub fn basis(&self) -> DiagnosisBasis {
        self.diagnosis.basis()
    }

    /// What the first digit says.
    pub fn severity(&self) -> Severity {
        self.view.found.severity()
    }

    /// Everything, to keep it.
    pub fn to_owned(&self) -> OwnedFinding {
        OwnedFinding {
            source: self.source.to_owned(),
            line: self.line,
            offset: self.offset,
            time: self.time,
            protocol: self.protocol,
            code: self.code,
            enhanced: self.enhanced,
            command: self.command,
            peer: self.peer().map(Cow::into_owned),
            session: self.session().map(Cow::into_owned),
            form: self.form,
            speaker: self.speaker,
            severity: self.severity(),
            text: self.text().into_owned(),
            record: self.record().into_owned(),
            diagnosis: self.diagnosis,
            problem: self.problem,
        }
    }

    /// The order of findings: by source and place.
    pub(crate) fn place(&self) -> (u32, u64) {
        (self.part.0, self.offset)
    }

    fn line_start(&self) -> usize {
        let View { text, found, .. } = self.view;
        let floor = found.offset.saturating_sub(LINE);
        let head = slice(text, floor, found.offset);
        floor + head.iter().rposition(|byte| is_line_end(*byte)).map_or(0, |place| place + 1)
    }

    fn offset_in_line(&self) -> usize {
        self.view.found.offset - self.line_start()
    }

    fn line_bytes(&self) -> &'a [u8] {
        let View { text, found, .. } = self.view;
        let tail = slice(text, found.offset, found.offset.saturating_add(LINE));
        let end = tail.iter().position(|byte| is_line_end(*byte)).unwrap_or(tail.len());
        slice(text, self.line_start(), found.offset + end)
    }
}

/// A [`Finding`] to keep: the same fields, nothing borrowed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
#[expect(missing_docs, reason = "each is described at Finding")]
pub struct OwnedFinding {
    pub source: String,
    pub line: u64,
    pub offset: u64,
    pub time: Option<Time>,
    pub protocol: Option<Protocol>,
    pub code: Option<ReplyCode>,
    pub enhanced: Option<Enhanced>,
    pub command: Option<&'static str>,
    pub peer: Option<String>,
    pub session: Option<String>,
    pub form: Form,
    pub speaker: Speaker,
    pub severity: Severity,
    pub text: String,
    pub record: String,
    pub diagnosis: Diagnosis,
    pub problem: bool,
}

impl OwnedFinding {
    /// What went wrong.
    pub fn cause(&self) -> Cause {
        self.diagnosis.cause()
    }

    /// What to do with the same attempt.
    pub fn verdict(&self) -> Verdict {
        self.diagnosis.verdict()
    }

    /// Who must act.
    pub fn party(&self) -> Party {
        self.diagnosis.party()
    }

    /// The id of the rule that decided; none if the first digit alone spoke.
    pub fn rule(&self) -> Option<&'static str> {
        self.diagnosis.rule()
    }

    /// What the cause rests on.
    pub fn basis(&self) -> DiagnosisBasis {
        self.diagnosis.basis()
    }
}
