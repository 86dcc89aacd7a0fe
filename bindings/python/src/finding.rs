//! `Finding`: a reply in a log.

use std::borrow::Cow;

use pyo3::exceptions::PyLookupError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString, PyTuple};
use replycode::{DiagnosisBasis, Protocol, ReplyCode, Severity, Verdict};
use replycode_scan::{Form, Speaker};

use crate::argument::{self, member};
use crate::arrow_out::{Cell, Kind, Layout};
use crate::diagnosis::{Cause, cause_object};
use crate::enhanced::Enhanced;
use crate::incident::{form, speaker};
use crate::rules::Rules;
use crate::vocabulary::Vocabulary;

/// A reply found in a log, from `scan`, with what is known of it.
///
/// >>> import replycode
/// >>> log = b"2026-03-01T10:11:12Z > STOR a.jpg\n2026-03-01T10:11:13Z < 553 Could not create file.\n"
/// >>> finding, = replycode.scan(log)
/// >>> finding
/// <Finding <bytes>:2 ftp 553 ftp_permission_denied: 'Could not create file.'>
/// >>> finding.line, finding.offset, finding.time, finding.command, finding.problem
/// (2, 57, '2026-03-01T10:11:13Z', 'STOR', True)
///
/// The fields have the names that they have in the command's JSON, and in the columns of a table. Frozen, hashable,
/// picklable; two that say the same are equal.
#[pyclass(module = "replycode", frozen, eq)]
#[derive(Clone, PartialEq)]
pub(crate) struct Finding {
    source: String,
    line: u64,
    offset: u64,
    time: Option<String>,
    ms: Option<i64>,
    protocol: Option<Protocol>,
    code: Option<ReplyCode>,
    enhanced: Option<replycode::Enhanced>,
    command: Option<Cow<'static, str>>,
    severity: Severity,
    problem: bool,
    cause: replycode::Cause,
    verdict: Verdict,
    rule: Option<Cow<'static, str>>,
    basis: DiagnosisBasis,
    text: String,
    peer: Option<String>,
    session: Option<String>,
    form: Form,
    speaker: Speaker,
    record: String,
}

/// The columns of findings in a table.
pub(crate) const LAYOUT: &Layout = &[
    ("source", Kind::Text),
    ("line", Kind::Number),
    ("offset", Kind::Number),
    ("time", Kind::Text),
    ("timestamp", Kind::Time),
    ("protocol", Kind::Text),
    ("code", Kind::Code),
    ("enhanced", Kind::Text),
    ("command", Kind::Text),
    ("severity", Kind::Text),
    ("problem", Kind::Flag),
    ("cause", Kind::Text),
    ("verdict", Kind::Text),
    ("party", Kind::Text),
    ("rule", Kind::Text),
    ("basis", Kind::Text),
    ("text", Kind::Text),
    ("peer", Kind::Text),
    ("session", Kind::Text),
    ("form", Kind::Text),
    ("speaker", Kind::Text),
    ("record", Kind::Text),
];

/// A finding as a row of [`LAYOUT`].
pub(crate) fn with_cells<T>(finding: &replycode_scan::Finding<'_>, take: impl FnOnce(&[Cell<'_>]) -> T) -> T {
    let time = finding.time.map(|time| time.to_string());
    let enhanced = finding.enhanced.map(|code| code.to_string());
    let (text, record, peer, session) = (finding.text(), finding.record(), finding.peer(), finding.session());
    take(&[
        Cell::Text(Some(finding.source)),
        Cell::Number(finding.line),
        Cell::Number(finding.offset),
        Cell::Text(time.as_deref()),
        Cell::Time(finding.time.and_then(replycode_scan::Time::unix_ms)),
        Cell::Text(finding.protocol.map(Protocol::id)),
        Cell::Code(finding.code.map(ReplyCode::get)),
        Cell::Text(enhanced.as_deref()),
        Cell::Text(finding.command),
        Cell::Text(Some(finding.severity().id())),
        Cell::Flag(finding.problem),
        Cell::Text(Some(finding.cause().id())),
        Cell::Text(Some(finding.verdict().id())),
        Cell::Text(Some(finding.party().id())),
        Cell::Text(finding.rule()),
        Cell::Text(Some(finding.basis().id())),
        Cell::Text(Some(&text)),
        Cell::Text(peer.as_deref()),
        Cell::Text(session.as_deref()),
        Cell::Text(Some(finding.form.id())),
        Cell::Text(Some(finding.speaker.id())),
        Cell::Text(Some(&record)),
    ])
}

impl From<&replycode_scan::Finding<'_>> for Finding {
    fn from(finding: &replycode_scan::Finding<'_>) -> Self {
        Finding {
            source: finding.source.to_owned(),
            line: finding.line,
            offset: finding.offset,
            time: finding.time.map(|time| time.to_string()),
            ms: finding.time.and_then(replycode_scan::Time::unix_ms),
            protocol: finding.protocol,
            code: finding.code,
            enhanced: finding.enhanced,
            command: finding.command.map(Cow::Borrowed),
            severity: finding.severity(),
            problem: finding.problem,
            cause: finding.cause(),
            verdict: finding.verdict(),
            rule: finding.rule().map(Cow::Borrowed),
            basis: finding.basis(),
            text: finding.text().into_owned(),
            peer: finding.peer().map(Cow::into_owned),
            session: finding.session().map(Cow::into_owned),
            form: finding.form,
            speaker: finding.speaker,
            record: finding.record().into_owned(),
        }
    }
}

#[pymethods]
impl Finding {
    /// The name of the source: the path as given or found; "<bytes>", "<lines>" or the name of the file for others.
    #[getter]
    fn source(&self) -> &str {
        &self.source
    }

    /// The line in which the reply begins, counted from 1.
    #[getter]
    fn line(&self) -> u64 {
        self.line
    }

    /// How many bytes of the source stand before the reply, after decompression.
    #[getter]
    fn offset(&self) -> u64 {
        self.offset
    }

    /// The time stamp of its line, or of the last line before that has one: ISO 8601 as far as it goes (a date with a
    /// time, with or without an offset; a time of day; "+12.345s" since a device was switched on), or None.
    #[getter]
    fn time(&self) -> Option<&str> {
        self.time.as_deref()
    }

    /// The same as an aware `datetime.datetime` in UTC, or None without a date. A time without an offset is taken to be
    /// UTC.
    #[getter]
    fn timestamp<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        let Some(ms) = self.ms else { return Ok(None) };
        let module = py.import("datetime")?;
        let parts = PyDict::new(py);
        parts.set_item("milliseconds", ms)?;
        let since = module.getattr("timedelta")?.call((), Some(&parts))?;
        let utc = module.getattr("timezone")?.getattr("utc")?;
        let start = module.getattr("datetime")?.call1((1970, 1, 1, 0, 0, 0, 0, utc))?;
        // Year 0, which Python has not, is None.
        Ok(start.add(since).ok())
    }

    /// The Protocol, as far as the form, the words around or the caller tell, or None.
    #[getter]
    fn protocol(&self, py: Python<'_>) -> PyResult<Option<Py<PyAny>>> {
        self.protocol.map(|protocol| protocol.member(py)).transpose()
    }

    /// The reply code, or None where only an enhanced status code is written.
    #[getter]
    fn code(&self) -> Option<u16> {
        self.code.map(ReplyCode::get)
    }

    /// The enhanced status code: an Enhanced, or None.
    #[getter]
    fn enhanced(&self) -> Option<Enhanced> {
        self.enhanced.map(|code| Enhanced { code })
    }

    /// The verb of the command that it answers, upper case, where the log shows it, or None.
    #[getter]
    fn command(&self) -> Option<&str> {
        self.command.as_deref()
    }

    /// What the first digit says: a Severity.
    #[getter]
    fn severity(&self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        self.severity.member(py)
    }

    /// Whether it counts as a problem: the server refused, for now or for good, and it was no mere probe of what the
    /// server can.
    #[getter]
    fn problem(&self) -> bool {
        self.problem
    }

    /// What went wrong: a Cause.
    #[getter]
    fn cause(&self, py: Python<'_>) -> PyResult<Py<Cause>> {
        cause_object(py, self.cause)
    }

    /// What to do with the same attempt: a Verdict.
    #[getter]
    fn verdict(&self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        self.verdict.member(py)
    }

    /// Who must act: a Party.
    #[getter]
    fn party(&self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        self.cause.party().member(py)
    }

    /// The id of the rule that decided, or None if the first digit alone spoke.
    #[getter]
    fn rule(&self) -> Option<&str> {
        self.rule.as_deref()
    }

    /// What the cause rests on: a DiagnosisBasis.
    #[getter]
    fn basis(&self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        self.basis.member(py)
    }

    /// The server's words, without codes, all lines of a reply in one.
    #[getter]
    fn text(&self) -> &str {
        &self.text
    }

    /// The other side of the connection as the log names it: a host, an address, or both; or None.
    #[getter]
    fn peer(&self) -> Option<&str> {
        self.peer.as_deref()
    }

    /// What tells the sessions of a log apart: a queue id, or the number of a process or connection; or None.
    #[getter]
    fn session(&self) -> Option<&str> {
        self.session.as_deref()
    }

    /// How it is written down: a Form.
    #[getter]
    fn form(&self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        self.form.member(py)
    }

    /// Who says it: a Speaker.
    #[getter]
    fn speaker(&self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        self.speaker.member(py)
    }

    /// The line in which the reply begins; of a very long one what is around the reply. Whatever a server or client wrote
    /// is in it: control characters, markup.
    #[getter]
    fn record(&self) -> &str {
        &self.record
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let codes = [
            self.protocol.map(|protocol| protocol.id().to_owned()),
            self.code.map(|code| code.to_string()),
            self.enhanced.map(|code| code.to_string()),
        ];
        let codes: Vec<String> = codes.into_iter().flatten().collect();
        let words: String = self.text.chars().take(80).collect();
        let more = if words.len() < self.text.len() { "..." } else { "" };
        let words = PyString::new(py, &words).repr()?;
        let place = PyString::new(py, &self.source).repr()?.to_string();
        let place = place.trim_matches(['\'', '"']);
        Ok(format!("<Finding {place}:{} {} {}: {words}{more}>", self.line, codes.join(" "), self.cause.id()))
    }

    fn __hash__(&self, py: Python<'_>) -> PyResult<isize> {
        (self.source.as_str(), self.line, self.offset, self.code(), self.text.as_str()).into_pyobject(py)?.hash()
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, Bound<'py, PyTuple>)> {
        let place = (self.source.as_str(), self.line, self.offset, self.time.as_deref(), self.ms);
        let codes = (self.protocol.map(Protocol::id), self.code(), self.enhanced(), self.command());
        let said = (self.severity.id(), self.problem, self.cause.id(), self.verdict.id(), self.rule(), self.basis.id());
        let shown = (self.text(), self.peer(), self.session(), self.form.id(), self.speaker.id(), self.record());
        let all = (place, codes, said, shown, Rules::of(self.cause.catalog()));
        Ok((py.import("replycode._replycode")?.getattr("finding_again")?, all.into_pyobject(py)?))
    }
}

type Place = (String, u64, u64, Option<String>, Option<i64>);
type Codes<'py> = (Option<String>, Option<u16>, Option<Bound<'py, PyAny>>, Option<String>);
type Said = (String, bool, String, String, Option<String>, String);
type Shown = (String, Option<String>, Option<String>, String, String, String);

/// What pickles of findings are made of.
#[pyfunction]
pub(crate) fn finding_again(
    place: Place,
    codes: Codes<'_>,
    said: Said,
    shown: Shown,
    rules: Option<Bound<'_, Rules>>,
) -> PyResult<Finding> {
    let (source, line, offset, time, ms) = place;
    let (severity, problem, cause, verdict, rule, basis) = said;
    let (text, peer, session, how, who, record) = shown;
    let catalog = Rules::catalog(rules.as_ref());
    let missing = || {
        let version = catalog.version();
        PyLookupError::new_err(format!(
            "catalogue {version} has no cause {cause:?}; was it pickled by a newer replycode?"
        ))
    };
    Ok(Finding {
        source,
        line,
        offset,
        time,
        ms,
        protocol: codes.0.as_deref().map(member).transpose()?,
        code: codes.1.and_then(ReplyCode::new),
        enhanced: codes.2.as_ref().map(argument::enhanced).transpose()?,
        command: codes.3.map(Cow::Owned),
        severity: member(&severity)?,
        problem,
        cause: catalog.cause(&cause).ok_or_else(missing)?,
        verdict: member(&verdict)?,
        rule: rule.map(Cow::Owned),
        basis: member(&basis)?,
        text,
        peer,
        session,
        form: form(&how)?,
        speaker: speaker(&who)?,
        record,
    })
}
