//! `Reply`: what was read.

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyBytes, PyString, PyTuple};
use replycode::{CATALOG, Category, Note, Notes, Protocol, ReplyCode, Rules, Severity};

use crate::bytes::{bytes, text};
use crate::enhanced::Enhanced;
use crate::error;
use crate::explain::{Explanation, answer};
use crate::file_time::FileTime;
use crate::html::Table;
use crate::listing::listed;
use crate::parser::{Kept, wire};
use crate::vocabulary::Vocabulary;

/// A reply of a server, from `parse`, a Parser, or an exception.
///
/// >>> import replycode
/// >>> reply = replycode.parse(b"250-2.0.0 queued\r\n250 2.0.0 as 4711\r\n")
/// >>> reply
/// <Reply smtp 250 2.0.0: 'queued\nas 4711'>
/// >>> reply.code, reply.listing, reply.severity
/// (250, <Smtp.ACTION_COMPLETED: 250 '...'>, <Severity.COMPLETION: 'completion'>)
/// >>> reply.lines, reply.notes
/// ((b'queued', b'as 4711'), ())
/// >>> reply.is_positive, reply.matches(25), reply.explain().title()
/// (True, True, '...')
///
/// Replies are equal if they say the same: protocol, code, enhanced code, and lines of text. How they were written
/// (`notes`, `raw`) does not count. Frozen, hashable, picklable; what takes time to make is made when first asked for.
#[pyclass(module = "replycode", frozen)]
pub(crate) struct Reply {
    protocol: Protocol,
    code: ReplyCode,
    first_code: ReplyCode,
    enhanced: Option<replycode::Enhanced>,
    notes: Notes,
    line_count: u32,
    body: Body,
    text: PyOnceLock<Py<PyString>>,
    lines: PyOnceLock<Py<PyTuple>>,
}

/// The bytes behind a reply.
enum Body {
    /// As they came, and the rules by which they were read.
    Wire { raw: Py<PyBytes>, rules: Rules },
    /// The lines joined by LF, maybe cut.
    Text { text: Py<PyBytes>, truncated: bool },
}

impl Reply {
    fn new(reply: replycode::Reply<'_>, body: Body) -> Self {
        Reply {
            protocol: reply.protocol(),
            code: reply.code(),
            first_code: reply.first_code(),
            enhanced: reply.enhanced(),
            notes: reply.notes(),
            line_count: reply.line_count(),
            body,
            text: PyOnceLock::new(),
            lines: PyOnceLock::new(),
        }
    }

    /// A reply that was read from these bytes.
    pub(crate) fn of_wire(rules: Rules, reply: replycode::Reply<'_>, bytes: &Bound<'_, PyBytes>) -> Self {
        let raw = match reply.raw() {
            Some(raw) if raw.len() < bytes.as_bytes().len() => PyBytes::new(bytes.py(), raw).unbind(),
            _ => bytes.clone().unbind(),
        };
        Reply::new(reply, Body::Wire { raw, rules })
    }

    /// A reply that a stream's parser holds.
    pub(crate) fn of_stream(py: Python<'_>, kept: Kept) -> Option<Self> {
        let reply = kept.parser.reply(&kept.text)?;
        let text = PyBytes::new(py, &kept.text).unbind();
        Some(Reply::new(reply, Body::Text { text, truncated: reply.is_truncated() }))
    }

    /// The core's reply, which has the lines and what they say.
    fn core<'a>(&'a self, py: Python<'a>) -> replycode::Reply<'a> {
        let made = |text| replycode::Reply::new(self.protocol, self.code, text).with_enhanced(self.enhanced);
        match &self.body {
            // It was read once, by the same rules.
            Body::Wire { raw, rules } => replycode::parse(*rules, raw.as_bytes(py)).unwrap_or_else(|_| made(b"")),
            Body::Text { text, truncated: false } => made(text.as_bytes(py)),
            Body::Text { text, truncated: true } => made(text.as_bytes(py)).cut(),
        }
    }

    fn joined<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        let raw = match &self.body {
            Body::Text { text, .. } => return text.bind(py).clone(),
            Body::Wire { raw, .. } => raw.as_bytes(py),
        };
        let text = self.core(py).text();
        match text.as_bytes() {
            Some(bytes) => PyBytes::new(py, bytes),
            None => {
                let mut joined = vec![0; raw.len()];
                let len = text.copy_to(&mut joined);
                joined.truncate(len);
                PyBytes::new(py, &joined)
            }
        }
    }

    fn enhanced_text(&self) -> String {
        self.enhanced.map_or_else(String::new, |enhanced| format!(" {enhanced}"))
    }
}

/// A part of a reply's text as a `str`.
fn part<'py>(py: Python<'py>, bytes: &[u8]) -> PyResult<Bound<'py, PyString>> {
    text(&PyBytes::new(py, bytes))
}

/// The longest text that `repr` shows whole, in characters.
const SHOWN: usize = 80;

#[pymethods]
impl Reply {
    /// The Protocol.
    #[getter]
    fn protocol(&self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        self.protocol.member(py)
    }

    /// The code as an int, 100 to 999: the one of the last line, if the lines differ.
    #[getter]
    fn code(&self) -> u16 {
        self.code.get()
    }

    /// The code of the first line; the same as `code`, unless `notes` has a CODE_MISMATCH.
    #[getter]
    fn first_code(&self) -> u16 {
        self.first_code.get()
    }

    /// What the catalogue knows of the code: a member of Smtp or Ftp, or None for a code that it does not list.
    #[getter]
    fn listing(&self, py: Python<'_>) -> PyResult<Option<Py<PyAny>>> {
        listed(py, self.protocol, self.code.get())
    }

    /// The enhanced status code (SMTP; RFC 2034): an Enhanced, or None.
    #[getter]
    fn enhanced(&self) -> Option<Enhanced> {
        self.enhanced.map(|code| Enhanced { code })
    }

    /// What the first digit says: a Severity.
    #[getter]
    fn severity(&self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        Severity::of(self.protocol, self.code).member(py)
    }

    /// What the second digit says: a Category.
    #[getter]
    fn category(&self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        Category::of(self.protocol, self.code).member(py)
    }

    /// How the reply deviates from the RFC: a tuple of Note, by number; empty for a reply as the RFC wants it.
    #[getter]
    fn notes<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let notes: Vec<_> = self.notes.iter().map(|note: Note| note.member(py)).collect::<PyResult<_>>()?;
        PyTuple::new(py, notes)
    }

    /// How many lines the reply has, 1 at least.
    #[getter]
    fn line_count(&self) -> u32 {
        self.line_count
    }

    /// The lines of text, a tuple of bytes, without codes and line ends. An enhanced code is removed where it equals
    /// that of the reply. Lines of an FTP reply that have no code are whole, blanks included.
    #[getter]
    fn lines(&self, py: Python<'_>) -> PyResult<Py<PyTuple>> {
        let lines = self.lines.get_or_try_init(py, || {
            let lines: Vec<_> = self.core(py).lines().map(|line| PyBytes::new(py, line)).collect();
            PyTuple::new(py, lines).map(Bound::unbind)
        })?;
        Ok(lines.clone_ref(py))
    }

    /// The lines joined by LF, as a str: UTF-8, and bytes that are not UTF-8 as lone surrogates (PEP 383), so that
    /// `text.encode("utf-8", "surrogateescape")` gives `text_bytes`. Neither protocol tells the encoding of a text.
    #[getter]
    fn text(&self, py: Python<'_>) -> PyResult<Py<PyString>> {
        Ok(self.text.get_or_try_init(py, || text(&self.joined(py)).map(Bound::unbind))?.clone_ref(py))
    }

    /// The lines joined by LF, as bytes.
    #[getter]
    fn text_bytes<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        self.joined(py)
    }

    /// The bytes of the reply as they came, with codes and line ends; None for a reply from a stream.
    #[getter]
    fn raw(&self, py: Python<'_>) -> Option<Py<PyBytes>> {
        match &self.body {
            Body::Wire { raw, .. } => Some(raw.clone_ref(py)),
            Body::Text { .. } => None,
        }
    }

    /// Whether a Parser's `text_limit` has cut the text.
    #[getter]
    fn is_truncated(&self) -> bool {
        matches!(self.body, Body::Text { truncated: true, .. })
    }

    /// 1yz, Positive Preliminary reply: another reply follows (FTP; SMTP has none).
    #[getter]
    fn is_preliminary(&self) -> bool {
        Severity::of(self.protocol, self.code) == Severity::Preliminary
    }

    /// 2yz, Positive Completion reply.
    #[getter]
    fn is_completion(&self) -> bool {
        Severity::of(self.protocol, self.code) == Severity::Completion
    }

    /// 3yz, Positive Intermediate reply: the client must send more.
    #[getter]
    fn is_intermediate(&self) -> bool {
        Severity::of(self.protocol, self.code) == Severity::Intermediate
    }

    /// 4yz, Transient Negative Completion reply.
    #[getter]
    fn is_transient(&self) -> bool {
        Severity::of(self.protocol, self.code) == Severity::Transient
    }

    /// 5yz, Permanent Negative Completion reply.
    #[getter]
    fn is_permanent(&self) -> bool {
        Severity::of(self.protocol, self.code) == Severity::Permanent
    }

    /// 1yz, 2yz or 3yz: the server has accepted what was sent.
    #[getter]
    fn is_positive(&self) -> bool {
        Severity::of(self.protocol, self.code).is_positive()
    }

    /// 4yz or 5yz: the server has refused.
    #[getter]
    fn is_negative(&self) -> bool {
        Severity::of(self.protocol, self.code).is_negative()
    }

    /// Whether the code begins with these digits: 2 stands for 200 to 299, 25 for 250 to 259, 250 for itself.
    ///
    /// >>> import replycode
    /// >>> reply = replycode.parse(b"354 go\r\n")
    /// >>> [reply.matches(prefix) for prefix in (3, 35, 354, 2, 350)]
    /// [True, True, True, False, False]
    fn matches(&self, py: Python<'_>, prefix: &Bound<'_, PyAny>) -> PyResult<bool> {
        Ok(self.core(py).matches(crate::argument::code(prefix)?))
    }

    /// What the code means, with the enhanced code and the command that the reply answers (a verb as a str in any case,
    /// or a Command): an Explanation.
    ///
    /// >>> import replycode
    /// >>> reply = replycode.parse(b"454 4.7.0 Temporary authentication failure\r\n")
    /// >>> reply.explain("AUTH").entry.id
    /// 'auth_temporary_failure'
    #[pyo3(signature = (command = None))]
    fn explain(&self, py: Python<'_>, command: Option<&Bound<'_, PyAny>>) -> PyResult<Explanation> {
        answer(py, self.protocol, self.code.get(), command, self.enhanced)
    }

    /// The reply itself if the server has accepted (1yz, 2yz, 3yz). Otherwise raises TransientReplyError (4yz: later
    /// it may work), PermanentReplyError (5yz), UnassignedReplyError (a first digit without a meaning), or, for 6yz
    /// of FTP, whose meaning is inside, ReplyError, of which the others are subclasses.
    ///
    /// >>> import replycode
    /// >>> replycode.parse(b"250 ok\r\n").raise_for_status().code
    /// 250
    /// >>> replycode.parse(b"550 5.1.1 no such user\r\n").raise_for_status()
    /// Traceback (most recent call last):
    /// replycode.PermanentReplyError: 550 5.1.1 no such user
    fn raise_for_status<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, Self>> {
        let reply = slf.get();
        let class = match Severity::of(reply.protocol, reply.code) {
            Severity::Preliminary | Severity::Completion | Severity::Intermediate => return Ok(slf.clone()),
            Severity::Transient => "TransientReplyError",
            Severity::Permanent => "PermanentReplyError",
            Severity::Protected => "ReplyError",
            Severity::Unassigned => "UnassignedReplyError",
        };
        Err(error::raised(slf.py(), class, (slf,)))
    }

    /// FTP 227: where the server awaits the data connection, as (host, port), or None. The host is what the server
    /// believes its address to be; behind address translation it may be wrong.
    #[getter]
    fn passive_address(&self, py: Python<'_>) -> Option<(String, u16)> {
        let address = self.core(py).passive_address()?;
        Some((address.ip().to_string(), address.port()))
    }

    /// FTP 229: the port on which the server awaits the data connection (RFC 2428 section 3), or None.
    #[getter]
    fn extended_passive_port(&self, py: Python<'_>) -> Option<u16> {
        self.core(py).extended_passive_port()
    }

    /// FTP 257: the path name in quotes (RFC 959 section 4.2.2 and Appendix II) as a str like `text`, or None.
    #[getter]
    fn pathname<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyString>>> {
        let path = self.core(py).pathname();
        path.map(|path| part(py, &path.bytes().collect::<Vec<_>>())).transpose()
    }

    /// FTP 213 to SIZE: the number of bytes (RFC 3659 section 4), or None, also for a number beyond 128 bits. A time is
    /// made of digits as well: ask for what the command was.
    #[getter]
    fn file_size(&self, py: Python<'_>) -> Option<u128> {
        self.core(py).file_size()?.parse().ok()
    }

    /// FTP 213 to MDTM: the modification time, a FileTime (RFC 3659 section 3), or None.
    #[getter]
    fn modification_time(&self, py: Python<'_>) -> Option<FileTime> {
        self.core(py).modification_time().map(FileTime::from)
    }

    /// SMTP 220, 221 and 421: the server's name, the first word of the text (RFC 5321 section 4.2): a domain with a
    /// full stop in it, or an address in brackets; None for any other word.
    #[getter]
    fn domain<'py>(&self, py: Python<'py>) -> Option<Bound<'py, PyString>> {
        self.core(py).domain().map(|domain| PyString::new(py, domain))
    }

    /// SMTP 251 and 551: the address to use instead, without its angle brackets (RFC 5321 sections 3.4 and 4.2), or
    /// None.
    #[getter]
    fn forward_path<'py>(&self, py: Python<'py>) -> Option<Bound<'py, PyString>> {
        self.core(py).forward_path().map(|path| PyString::new(py, path))
    }

    /// The reply written as the RFC wants it, as bytes: see `format_reply`.
    ///
    /// >>> import replycode
    /// >>> replycode.parse(b"220-mx ready\n220\n").wire()
    /// b'220-mx ready\r\n220 \r\n'
    fn wire<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyBytes>> {
        wire(py, self.core(py))
    }

    /// The code, the enhanced code, and the text; bytes that are not UTF-8 are shown as U+FFFD.
    fn __str__(&self, py: Python<'_>) -> String {
        self.core(py).to_string()
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let text = self.core(py).text().to_string();
        let short: String = text.chars().take(SHOWN).collect();
        let more = if short.len() < text.len() || self.is_truncated() { "..." } else { "" };
        let shown = PyString::new(py, &short).repr()?;
        let notes = if self.notes.is_empty() { String::new() } else { format!(" ({})", self.notes) };
        Ok(format!("<Reply {} {}{}: {shown}{more}{notes}>", self.protocol, self.code, self.enhanced_text()))
    }

    fn _repr_html_(&self, py: Python<'_>) -> String {
        let core = self.core(py);
        let mut table = Table::new(&[self.protocol.id(), &format!("{}{}", self.code, self.enhanced_text())]);
        table.fact("text", &core.text().to_string().replace(|c: char| c.is_control() && c != '\n', "\u{FFFD}"));
        table.fact("notes", &self.notes.to_string());
        table.fact("severity", core.severity().id());
        table.fact("category", core.category().id());
        let context = replycode::Context { command: None, enhanced: self.enhanced };
        let entry = CATALOG.explain_in(self.protocol, self.code.get(), context).entry();
        table.facts(entry);
        table.texts(entry);
        table.finish()
    }

    fn __eq__(&self, py: Python<'_>, other: &Reply) -> bool {
        self.core(py) == other.core(py)
    }

    fn __hash__(&self, py: Python<'_>) -> PyResult<isize> {
        (self.protocol.number(), self.code.get(), self.enhanced_text(), self.joined(py)).into_pyobject(py)?.hash()
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, Bound<'py, PyTuple>)> {
        let module = py.import("replycode._replycode")?;
        let protocol = self.protocol.id();
        match &self.body {
            Body::Wire { raw, rules } => {
                let how = (raw, protocol, rules.mode().id(), rules.ends_at_any_code());
                Ok((module.getattr("parse_again")?, how.into_pyobject(py)?))
            }
            Body::Text { text, truncated } => {
                let (codes, enhanced) = ((self.code.get(), self.first_code.get()), self.enhanced());
                let facts = (protocol, codes, enhanced, self.notes.bits(), self.line_count, text, *truncated);
                Ok((module.getattr("reply_again")?, facts.into_pyobject(py)?))
            }
        }
    }
}

/// A reply from a stream: what its pickle is made from again.
#[pyfunction]
pub(crate) fn reply_again(
    protocol: &str,
    codes: (u16, u16),
    enhanced: Option<&Bound<'_, PyAny>>,
    notes: u32,
    line_count: u32,
    text: &Bound<'_, PyAny>,
    truncated: bool,
) -> PyResult<Reply> {
    let code =
        |number: u16| ReplyCode::new(number).ok_or_else(|| PyValueError::new_err(format!("{number} is no reply code")));
    let protocol = crate::argument::member(protocol)?;
    let text = bytes(text)?;
    let enhanced = enhanced.map(crate::argument::enhanced).transpose()?;
    let core = replycode::Reply::new(protocol, code(codes.0)?, text.as_bytes()).with_enhanced(enhanced);
    let mut reply = Reply::new(core, Body::Text { text: text.clone().unbind(), truncated });
    reply.first_code = code(codes.1)?;
    reply.notes = Notes::from_bits(notes);
    reply.line_count = line_count;
    Ok(reply)
}
