//! `Reply`: what was read.

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedStr;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyBytes, PyString, PyTuple};
use replycode::{CATALOG, Category, Note, Notes, Protocol, ReplyCode, ReplyParts, Rules, Severity};

use crate::argument;
use crate::bytes::text;
use crate::diagnosis::{Diagnosis, known};
use crate::enhanced::Enhanced;
use crate::error;
use crate::explain::{Explanation, answer};
use crate::file_time::FileTime;
use crate::html::Table;
use crate::listing::listed;
use crate::parser::wire;
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
    facts: Facts,
    /// The bytes as they came, or the lines joined by LF.
    bytes: Py<PyBytes>,
    text: PyOnceLock<Py<PyString>>,
    lines: PyOnceLock<Py<PyTuple>>,
}

/// The core's [`ReplyParts`] without the bytes.
#[derive(Clone, Copy)]
pub(crate) struct Facts {
    rules: Rules,
    code: ReplyCode,
    first_code: ReplyCode,
    enhanced: Option<replycode::Enhanced>,
    notes: Notes,
    line_count: u32,
    is_raw: bool,
    is_truncated: bool,
}

impl Facts {
    pub(crate) fn of(parts: ReplyParts<'_>) -> Self {
        let ReplyParts { rules, code, first_code, enhanced, notes, line_count, bytes: _, is_raw, is_truncated } = parts;
        Facts { rules, code, first_code, enhanced, notes, line_count, is_raw, is_truncated }
    }

    fn with(self, bytes: &[u8]) -> ReplyParts<'_> {
        let Facts { rules, code, first_code, enhanced, notes, line_count, is_raw, is_truncated } = self;
        ReplyParts { rules, code, first_code, enhanced, notes, line_count, bytes, is_raw, is_truncated }
    }
}

impl Reply {
    pub(crate) fn new(facts: Facts, bytes: Bound<'_, PyBytes>) -> Self {
        Reply { facts, bytes: bytes.unbind(), text: PyOnceLock::new(), lines: PyOnceLock::new() }
    }

    /// The core's reply, which has the lines and what they say.
    fn core<'a>(&'a self, py: Python<'a>) -> replycode::Reply<'a> {
        replycode::Reply::from_parts(self.facts.with(self.bytes.as_bytes(py)))
    }

    fn protocol_of(&self) -> Protocol {
        self.facts.rules.protocol()
    }

    fn severity_of(&self) -> Severity {
        Severity::of(self.protocol_of(), self.facts.code)
    }

    fn joined<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        if !self.facts.is_raw {
            return self.bytes.bind(py).clone();
        }
        let text = self.core(py).text();
        match text.as_bytes() {
            Some(bytes) => PyBytes::new(py, bytes),
            None => {
                let mut joined = vec![0; self.bytes.as_bytes(py).len()];
                let len = text.copy_to(&mut joined);
                joined.truncate(len);
                PyBytes::new(py, &joined)
            }
        }
    }

    fn enhanced_text(&self) -> String {
        self.facts.enhanced.map_or_else(String::new, |enhanced| format!(" {enhanced}"))
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
        self.protocol_of().member(py)
    }

    /// The code as an int, 100 to 999: the one of the last line, if the lines differ.
    #[getter]
    fn code(&self) -> u16 {
        self.facts.code.get()
    }

    /// The code of the first line; the same as `code`, unless `notes` has a CODE_MISMATCH.
    #[getter]
    fn first_code(&self) -> u16 {
        self.facts.first_code.get()
    }

    /// What the catalogue knows of the code: a member of Smtp or Ftp, or None for a code that it does not list.
    #[getter]
    fn listing(&self, py: Python<'_>) -> PyResult<Option<Py<PyAny>>> {
        listed(py, self.protocol_of(), self.facts.code.get())
    }

    /// The enhanced status code (SMTP; RFC 2034): an Enhanced, or None.
    #[getter]
    fn enhanced(&self) -> Option<Enhanced> {
        self.facts.enhanced.map(|code| Enhanced { code })
    }

    /// What the first digit says: a Severity.
    #[getter]
    fn severity(&self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        self.severity_of().member(py)
    }

    /// What the second digit says: a Category.
    #[getter]
    fn category(&self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        Category::of(self.protocol_of(), self.facts.code).member(py)
    }

    /// How the reply deviates from the RFC: a tuple of Note, by number; empty for a reply as the RFC wants it.
    #[getter]
    fn notes<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let notes: Vec<_> = self.facts.notes.iter().map(|note: Note| note.member(py)).collect::<PyResult<_>>()?;
        PyTuple::new(py, notes)
    }

    /// How many lines the reply has, 1 at least.
    #[getter]
    fn line_count(&self) -> u32 {
        self.facts.line_count
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
        self.facts.is_raw.then(|| self.bytes.clone_ref(py))
    }

    /// Whether a Parser's `text_limit` has cut the text.
    #[getter]
    fn is_truncated(&self) -> bool {
        self.facts.is_truncated
    }

    /// 1yz, Positive Preliminary reply: another reply follows (FTP; SMTP has none).
    #[getter]
    fn is_preliminary(&self) -> bool {
        self.severity_of() == Severity::Preliminary
    }

    /// 2yz, Positive Completion reply.
    #[getter]
    fn is_completion(&self) -> bool {
        self.severity_of() == Severity::Completion
    }

    /// 3yz, Positive Intermediate reply: the client must send more.
    #[getter]
    fn is_intermediate(&self) -> bool {
        self.severity_of() == Severity::Intermediate
    }

    /// 4yz, Transient Negative Completion reply.
    #[getter]
    fn is_transient(&self) -> bool {
        self.severity_of() == Severity::Transient
    }

    /// 5yz, Permanent Negative Completion reply.
    #[getter]
    fn is_permanent(&self) -> bool {
        self.severity_of() == Severity::Permanent
    }

    /// 1yz, 2yz or 3yz: the server has accepted what was sent.
    #[getter]
    fn is_positive(&self) -> bool {
        self.severity_of().is_positive()
    }

    /// 4yz or 5yz: the server has refused.
    #[getter]
    fn is_negative(&self) -> bool {
        self.severity_of().is_negative()
    }

    /// Whether the code begins with these digits: 2 stands for 200 to 299, 25 for 250 to 259, 250 for itself.
    ///
    /// >>> import replycode
    /// >>> reply = replycode.parse(b"354 go\r\n")
    /// >>> [reply.matches(prefix) for prefix in (3, 35, 354, 2, 350)]
    /// [True, True, True, False, False]
    fn matches(&self, py: Python<'_>, prefix: &Bound<'_, PyAny>) -> PyResult<bool> {
        Ok(self.core(py).matches(argument::code(prefix)?))
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
        answer(py, self.protocol_of(), self.facts.code.get(), command, self.facts.enhanced)
    }

    /// What went wrong, by the reply's code, enhanced code and words, and the command that it answers (a verb as a str in
    /// any case, or a Command): a Diagnosis.
    ///
    /// >>> import replycode
    /// >>> reply = replycode.parse(b"550-5.7.1 Relaying\r\n550 5.7.1 denied.\r\n")
    /// >>> reply.diagnose().cause
    /// <Cause relay_denied: 'Server will not forward mail'>
    #[pyo3(signature = (command = None))]
    fn diagnose(&self, py: Python<'_>, command: Option<&Bound<'_, PyAny>>) -> PyResult<Diagnosis> {
        let core = self.core(py);
        let answer = core.diagnose(known(&CATALOG, core.protocol(), command)?);
        Ok(Diagnosis::of(Some(core.protocol()), Some(core.code()), answer))
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
        let class = match slf.get().severity_of() {
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
        let Facts { code, notes, .. } = self.facts;
        let notes = if notes.is_empty() { String::new() } else { format!(" ({notes})") };
        Ok(format!("<Reply {} {code}{}: {shown}{more}{notes}>", self.protocol_of(), self.enhanced_text()))
    }

    fn _repr_html_(&self, py: Python<'_>) -> String {
        let core = self.core(py);
        let mut table = Table::new(&[core.protocol().id(), &format!("{}{}", core.code(), self.enhanced_text())]);
        table.fact("text", &core.text().to_string().replace(|c: char| c.is_control() && c != '\n', "\u{FFFD}"));
        table.fact("notes", &core.notes().to_string());
        table.fact("severity", core.severity().id());
        table.fact("category", core.category().id());
        let context = replycode::Context { command: None, enhanced: core.enhanced() };
        let entry = CATALOG.explain_in(core.protocol(), core.code().get(), context).entry();
        table.facts(entry);
        table.texts(entry);
        table.finish()
    }

    fn __eq__(&self, py: Python<'_>, other: &Reply) -> bool {
        self.core(py) == other.core(py)
    }

    fn __hash__(&self, py: Python<'_>) -> PyResult<isize> {
        (self.protocol_of().number(), self.code(), self.enhanced_text(), self.joined(py)).into_pyobject(py)?.hash()
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, Bound<'py, PyTuple>)> {
        let Facts { rules, code, first_code, notes, line_count, is_raw, is_truncated, .. } = self.facts;
        let rules = (rules.protocol().id(), rules.mode().id(), rules.ends_at_any_code());
        let (codes, body) = ((code.get(), first_code.get()), (&self.bytes, is_raw, is_truncated));
        let facts = (rules, codes, self.enhanced(), notes.bits(), line_count, body);
        Ok((py.import("replycode._replycode")?.getattr("reply_again")?, facts.into_pyobject(py)?))
    }
}

/// What pickles of replies are made of.
#[pyfunction]
pub(crate) fn reply_again(
    rules: (PyBackedStr, PyBackedStr, bool),
    codes: (u16, u16),
    enhanced: Option<&Bound<'_, PyAny>>,
    notes: u32,
    line_count: u32,
    body: (Bound<'_, PyBytes>, bool, bool),
) -> PyResult<Reply> {
    let code =
        |number: u16| ReplyCode::new(number).ok_or_else(|| PyValueError::new_err(format!("{number} is no reply code")));
    let (bytes, is_raw, is_truncated) = body;
    let facts = Facts {
        rules: crate::parser::rules(&rules.0, &rules.1, rules.2)?,
        code: code(codes.0)?,
        first_code: code(codes.1)?,
        enhanced: enhanced.map(argument::enhanced).transpose()?,
        notes: Notes::from_bits(notes),
        line_count,
        is_raw,
        is_truncated,
    };
    Ok(Reply::new(facts, bytes))
}
