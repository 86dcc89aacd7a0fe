//! `parse`, `Parser` and `format_reply`: bytes to replies and back.

use std::sync::{Mutex, MutexGuard, PoisonError};

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyBytes;
use replycode::{Malformed, Protocol, RawParser, ReplyCode, Rules, State};

use crate::argument::{self, member};
use crate::bytes::bytes;
use crate::error;
use crate::reply::{Facts, Reply};
use crate::vocabulary::Vocabulary;

/// The rules that a caller has asked for.
pub(crate) fn rules(protocol: &str, mode: &str, end_at_any_code: bool) -> PyResult<Rules> {
    let rules = Rules::new(member(protocol)?).with_mode(member(mode)?);
    Ok(if end_at_any_code { rules.end_at_any_code() } else { rules })
}

/// Reads bytes that are one whole reply: a Reply, or MalformedReply (a ValueError) if they are none, or more than one.
///
/// >>> import replycode
/// >>> reply = replycode.parse(b"550 5.1.1 <bob@example.net>: no such user\r\n")
/// >>> reply.code, str(reply.enhanced), reply.text
/// (550, '5.1.1', '<bob@example.net>: no such user')
/// >>> replycode.parse("331 Password?", "ftp").notes
/// (<Note.NO_EOL: 'no-eol'>,)
/// >>> replycode.parse(b"+22 OK\r\n")
/// Traceback (most recent call last):
/// replycode.MalformedReply: malformed reply at byte 0: expected three ASCII digits, 100 to 999; check that this is the start of a reply
///
/// The data is bytes, bytearray, memoryview, or a str, which is read as its UTF-8. The protocol is "smtp" or "ftp". The
/// mode is a Mode or its id: "lenient" (whatever has one clear reading is read, and `notes` tell what is wrong with
/// it), "strict" (the line format of the RFC and nothing else), or "log" (also what logs and people make of a reply:
/// blanks before the code, lines without one). With `end_at_any_code` any code ends a multi-line reply of FTP, not only
/// that of its first line as RFC 959 section 4.2 wants it.
#[pyfunction]
#[pyo3(signature = (data, protocol = "smtp", *, mode = "lenient", end_at_any_code = false))]
pub(crate) fn parse(data: &Bound<'_, PyAny>, protocol: &str, mode: &str, end_at_any_code: bool) -> PyResult<Reply> {
    let (rules, raw) = (rules(protocol, mode, end_at_any_code)?, bytes(data)?);
    let read = replycode::parse(rules, raw.as_bytes());
    match read {
        Ok(reply) => {
            let parts = reply.parts();
            let whole = parts.bytes.len() == raw.as_bytes().len();
            let bytes = if whole { raw.clone() } else { PyBytes::new(raw.py(), parts.bytes) };
            Ok(Reply::new(Facts::of(parts), bytes))
        }
        Err(malformed) => Err(error::malformed(data.py(), malformed, Vec::new(), b"")),
    }
}

/// Writes a reply as it goes over the wire: the code on each line, the enhanced code on each line (SMTP; RFC 2034
/// section 4), CR LF. Each line end in the text, LF, CR LF or CR, begins a new line.
///
/// >>> import replycode
/// >>> replycode.format_reply(550, "no such user\nsee our site", "5.1.1")
/// b'550-5.1.1 no such user\r\n550 5.1.1 see our site\r\n'
/// >>> replycode.format_reply(211, "Features:\n MDTM\nEnd", protocol="ftp")
/// b'211-Features:\r\n MDTM\r\n211 End\r\n'
///
/// The text is a str or bytes; the enhanced code an Enhanced or a str such as "5.1.1", which FTP does not have
/// (ValueError). A code outside 100 to 999 is a ValueError.
#[pyfunction]
#[pyo3(signature = (code, text, enhanced = None, *, protocol = "smtp"))]
pub(crate) fn format_reply<'py>(
    code: &Bound<'py, PyAny>,
    text: &Bound<'py, PyAny>,
    enhanced: Option<&Bound<'py, PyAny>>,
    protocol: &str,
) -> PyResult<Bound<'py, PyBytes>> {
    let (protocol, number) = (member(protocol)?, argument::code(code)?);
    let code = ReplyCode::new(number).ok_or_else(|| {
        PyValueError::new_err(format!("{number} is no reply code, which is a number from 100 to 999"))
    })?;
    let enhanced = enhanced.map(argument::enhanced).transpose()?;
    if let (Protocol::Ftp, Some(enhanced)) = (protocol, enhanced) {
        return Err(PyValueError::new_err(format!(
            "FTP has no enhanced status codes, which are of SMTP (RFC 2034): leave out {enhanced}, or put it into the text"
        )));
    }
    let text = bytes(text)?;
    wire(text.py(), replycode::Reply::new(protocol, code, text.as_bytes()).with_enhanced(enhanced))
}

/// A reply as it goes over the wire.
pub(crate) fn wire<'py>(py: Python<'py>, reply: replycode::Reply<'_>) -> PyResult<Bound<'py, PyBytes>> {
    let mut wire = Vec::new();
    reply.write_to(|piece| {
        wire.extend_from_slice(piece);
        PyResult::Ok(())
    })?;
    Ok(PyBytes::new(py, &wire))
}

/// Reads replies from a stream, in pieces of any size. The result does not depend on how the stream is cut.
///
/// >>> import replycode
/// >>> parser = replycode.Parser("smtp")
/// >>> parser.feed(b"220 mx.example.com ESMTP\r\n250-mx.exam")
/// [<Reply smtp 220: 'mx.example.com ESMTP'>]
/// >>> parser.state
/// 'need-more'
/// >>> parser.feed(b"ple.com\r\n250 STARTTLS\r\n")[0].lines
/// (b'mx.example.com', b'STARTTLS')
///
/// Of each reply the first `text_limit` bytes of text are kept; the code, the enhanced code, the notes and the number
/// of lines are right however long it is, in bounded memory. The other arguments are those of `parse`. A parser may be
/// shared by threads, one call at a time.
#[pyclass(module = "replycode", frozen)]
pub(crate) struct Parser {
    /// Held only while the core works, never while Python does.
    stream: Mutex<Stream>,
    rules: Rules,
    /// How many bytes of a reply's text are kept.
    #[pyo3(get)]
    text_limit: usize,
}

/// The core's parser and its buffer, which grows with the reply up to the limit.
struct Stream {
    parser: RawParser,
    text: Vec<u8>,
    text_limit: usize,
    /// Bytes read since the last reply ended: its text is not longer.
    read: usize,
}

impl Parser {
    fn stream(&self) -> MutexGuard<'_, Stream> {
        self.stream.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A reply, or why there is none.
type Read = Result<Option<Kept>, Malformed>;

/// A reply before it is a Python object.
struct Kept {
    facts: Facts,
    text: Vec<u8>,
}

impl Kept {
    fn reply(self, py: Python<'_>) -> Reply {
        Reply::new(self.facts, PyBytes::new(py, &self.text))
    }
}

impl Stream {
    /// Up to the end of a reply: how many bytes, and what was read.
    fn feed(&mut self, data: &[u8]) -> (usize, Read) {
        let room = self.read.saturating_add(data.len()).min(self.text_limit);
        self.text.resize(room.max(self.text.len()), 0);
        let (consumed, state) = self.parser.feed(data, &mut self.text);
        self.read = match state {
            State::NeedMore => self.read.saturating_add(consumed),
            State::Idle | State::Complete | State::Malformed(_) => 0,
        };
        (consumed, self.told(state))
    }

    fn finish(&mut self) -> Read {
        let state = self.parser.finish(&mut self.text);
        self.read = 0;
        self.told(state)
    }

    fn told(&self, state: State) -> Read {
        if let State::Malformed(malformed) = state {
            return Err(malformed);
        }
        let parts = self.parser.reply(&self.text).map(|reply| reply.parts());
        Ok(parts.map(|parts| Kept { facts: Facts::of(parts), text: parts.bytes.to_vec() }))
    }
}

#[pymethods]
impl Parser {
    #[new]
    #[pyo3(signature = (protocol = "smtp", *, mode = "lenient", end_at_any_code = false, text_limit = 65536))]
    fn new(protocol: &str, mode: &str, end_at_any_code: bool, text_limit: usize) -> PyResult<Self> {
        let rules = rules(protocol, mode, end_at_any_code)?;
        let stream = Stream { parser: RawParser::with_rules(rules), text: Vec::new(), text_limit, read: 0 };
        Ok(Parser { stream: Mutex::new(stream), rules, text_limit })
    }

    /// Reads all of the data, and returns the list of the replies that end in it.
    ///
    /// >>> import replycode
    /// >>> parser = replycode.Parser("ftp")
    /// >>> [reply.code for reply in parser.feed(b"331 Password?\r\n230 Logged in.\r\n")]
    /// [331, 230]
    ///
    /// Raises MalformedReply at a line that is no reply. Nothing is lost then: the exception has the `replies` before
    /// it and the `rest` of the data, which may be fed again.
    ///
    /// >>> try:
    /// ...     parser.feed(b"200 ok\r\nHTTP/1.0 400\r\n226 done\r\n")
    /// ... except replycode.MalformedReply as error:
    /// ...     error.replies, error.reason, parser.feed(error.rest)
    /// ((<Reply ftp 200: 'ok'>,), <MalformedReason.BAD_CODE: 'bad-code'>, [<Reply ftp 226: 'done'>])
    fn feed(&self, data: &Bound<'_, PyAny>) -> PyResult<Vec<Reply>> {
        let py = data.py();
        let data = bytes(data)?;
        let (mut rest, mut kept) = (data.as_bytes(), Vec::new());
        let ended = {
            let mut stream = self.stream();
            loop {
                if rest.is_empty() {
                    break Ok(());
                }
                let (consumed, read) = stream.feed(rest);
                rest = rest.get(consumed..).unwrap_or_default();
                match read {
                    Ok(reply) => kept.extend(reply),
                    Err(malformed) => break Err(malformed),
                }
            }
        };
        let replies = kept.into_iter().map(|kept| kept.reply(py)).collect();
        match ended {
            Ok(()) => Ok(replies),
            Err(malformed) => Err(error::malformed(py, malformed, replies, rest)),
        }
    }

    /// Reads up to the end of one reply: how many bytes of the data were read, and the Reply or None. What follows is
    /// the caller's to feed again; after the answer to STARTTLS, for instance, nothing may follow.
    ///
    /// >>> import replycode
    /// >>> data = b"220 Go ahead\r\n250 injected\r\n"
    /// >>> replycode.Parser("smtp").feed_one(data)
    /// (14, <Reply smtp 220: 'Go ahead'>)
    ///
    /// Raises MalformedReply like `feed`, with the `rest` that was not read.
    fn feed_one(&self, data: &Bound<'_, PyAny>) -> PyResult<(usize, Option<Reply>)> {
        let py = data.py();
        let data = bytes(data)?;
        let (consumed, read) = self.stream().feed(data.as_bytes());
        match read {
            Ok(kept) => Ok((consumed, kept.map(|kept| kept.reply(py)))),
            Err(malformed) => {
                let rest = data.as_bytes().get(consumed..).unwrap_or_default();
                Err(error::malformed(py, malformed, Vec::new(), rest))
            }
        }
    }

    /// The stream has ended: what was read of a reply, with a note, or None between replies. Raises MalformedReply if
    /// what was read is no reply.
    ///
    /// >>> import replycode
    /// >>> parser = replycode.Parser("ftp")
    /// >>> parser.feed(b"220-Welcome\r\n421 Too many")
    /// []
    /// >>> reply = parser.finish()
    /// >>> reply.code, reply.first_code, [str(note) for note in reply.notes]
    /// (421, 220, ['no-eol', 'cut-off', 'code-mismatch', 'unpadded-code'])
    fn finish(&self, py: Python<'_>) -> PyResult<Option<Reply>> {
        let read = self.stream().finish();
        match read {
            Ok(kept) => Ok(kept.map(|kept| kept.reply(py))),
            Err(malformed) => Err(error::malformed(py, malformed, Vec::new(), b"")),
        }
    }

    /// Forgets what was read: the next byte begins a reply. For a new connection.
    ///
    /// >>> import replycode
    /// >>> parser = replycode.Parser()
    /// >>> parser.feed(b"220-half a gree")
    /// []
    /// >>> parser.reset()
    /// >>> parser.feed(b"220 hello\r\n")
    /// [<Reply smtp 220: 'hello'>]
    fn reset(&self) {
        let mut stream = self.stream();
        stream.parser.reset();
        stream.read = 0;
    }

    /// Where the parser stands: "idle" between replies, "need-more" inside one.
    #[getter]
    fn state(&self) -> &'static str {
        if self.stream().parser.state() == State::NeedMore { "need-more" } else { "idle" }
    }

    /// The Protocol.
    #[getter]
    fn protocol(&self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        self.rules.protocol().member(py)
    }

    /// The Mode.
    #[getter]
    fn mode(&self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        self.rules.mode().member(py)
    }

    /// Whether any code ends a multi-line reply of FTP.
    #[getter]
    fn end_at_any_code(&self) -> bool {
        self.rules.ends_at_any_code()
    }

    fn __repr__(&self) -> String {
        format!("<Parser {} {}: {}>", self.rules.protocol(), self.rules.mode(), self.state())
    }
}
