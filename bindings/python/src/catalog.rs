//! The catalogue as a whole: its languages, commands, and the words of its digits.

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyString, PyTuple};
use replycode::{CATALOG, Protocol, ReplyCode};

use crate::argument::{self, member};
use crate::entry::{Entry, object};
use crate::vocabulary::Vocabulary;

/// A language of the catalogue.
///
/// >>> import replycode
/// >>> [(language.id, language.name, language.number) for language in replycode.languages()]
/// [('en', 'English', 0), ('ja', '日本語', 1)]
#[pyclass(module = "replycode", frozen, eq, hash)]
#[derive(PartialEq, Eq, Hash)]
pub(crate) struct Language {
    number: u8,
    id: &'static str,
    name: &'static str,
}

#[pymethods]
impl Language {
    /// Its tag (BCP 47), for instance "ja": what `title` and its like take.
    #[getter]
    fn id<'py>(&self, py: Python<'py>) -> Bound<'py, PyString> {
        PyString::intern(py, self.id)
    }

    /// Its name in itself.
    #[getter]
    fn name<'py>(&self, py: Python<'py>) -> Bound<'py, PyString> {
        PyString::intern(py, self.name)
    }

    /// Its stable number, the same in Rust and C.
    #[getter]
    fn number(&self) -> u8 {
        self.number
    }

    fn __str__(&self) -> &'static str {
        self.id
    }

    fn __repr__(&self) -> String {
        format!("<Language {}: {}>", self.id, self.name)
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, (&'static str,))> {
        Ok((py.import("replycode._replycode")?.getattr("language")?, (self.id,)))
    }
}

/// The languages of the catalogue, in the order of their numbers.
///
/// >>> import replycode
/// >>> replycode.languages()
/// (<Language en: English>, <Language ja: 日本語>)
#[pyfunction]
pub(crate) fn languages(py: Python<'_>) -> PyResult<Bound<'_, PyTuple>> {
    PyTuple::new(py, CATALOG.languages().map(made))
}

fn made(language: replycode::tables::Language) -> Language {
    Language { number: language.lang.number(), id: language.id, name: language.name }
}

/// The language with this tag: what pickles are made of.
#[pyfunction]
pub(crate) fn language(id: &str) -> PyResult<Language> {
    let lang = argument::language(id)?;
    let found = CATALOG.languages().find(|language| language.lang == lang);
    found.map(made).ok_or_else(|| PyValueError::new_err("unknown language"))
}

/// A command of a protocol, as the catalogue knows it.
///
/// >>> import replycode
/// >>> command = replycode.commands("smtp")[-1]
/// >>> command.protocol, isinstance(command.verb, str)
/// (<Protocol.SMTP: 'smtp'>, True)
///
/// Wherever a command is asked for, its verb as a str in any case will do as well.
#[pyclass(module = "replycode", frozen, eq)]
pub(crate) struct Command {
    core: replycode::Command,
    of: Protocol,
    /// The Protocol.
    #[pyo3(get)]
    protocol: Py<PyAny>,
    /// The verb, upper case; "connect" and "data-end" are no verbs but moments that a server answers, too.
    #[pyo3(get)]
    pub(crate) verb: Py<PyString>,
}

impl PartialEq for Command {
    fn eq(&self, other: &Command) -> bool {
        self.core == other.core
    }
}

impl Command {
    fn new(py: Python<'_>, of: Protocol, core: replycode::Command) -> PyResult<Self> {
        let verb = PyString::intern(py, core.verb()).unbind();
        Ok(Command { core, of, protocol: of.member(py)?, verb })
    }
}

#[pymethods]
impl Command {
    /// Its stable number within the protocol, the same in Rust and C.
    #[getter]
    fn number(&self) -> u8 {
        self.core.number()
    }

    fn __str__(&self, py: Python<'_>) -> Py<PyString> {
        self.verb.clone_ref(py)
    }

    fn __repr__(&self) -> String {
        format!("<Command {} {}>", self.of, self.core.verb())
    }

    fn __hash__(&self) -> isize {
        isize::from(self.of.number()) << 8 | isize::from(self.core.number())
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, (&'static str, &'static str))> {
        Ok((py.import("replycode._replycode")?.getattr("command")?, (self.of.id(), self.core.verb())))
    }
}

/// The commands of a protocol ("smtp" or "ftp") that the catalogue lists, in the order of their numbers.
///
/// >>> import replycode
/// >>> "STARTTLS" in [command.verb for command in replycode.commands("smtp")]
/// True
#[pyfunction]
pub(crate) fn commands<'py>(py: Python<'py>, protocol: &str) -> PyResult<Bound<'py, PyTuple>> {
    let protocol: Protocol = member(protocol)?;
    let commands: Vec<_> =
        CATALOG.commands(protocol).map(|command| Command::new(py, protocol, command)).collect::<PyResult<_>>()?;
    PyTuple::new(py, commands)
}

fn find(protocol: Protocol, verb: &str) -> PyResult<replycode::Command> {
    CATALOG.command(protocol, verb).ok_or_else(|| {
        let known: Vec<_> = CATALOG.commands(protocol).map(|command| command.verb()).collect();
        PyValueError::new_err(format!("the catalogue has no {protocol} command {verb:?}; it has {}", known.join(", ")))
    })
}

/// The command with this verb: what pickles are made of.
#[pyfunction]
pub(crate) fn command(py: Python<'_>, protocol: &str, verb: &Bound<'_, PyAny>) -> PyResult<Command> {
    let protocol = member(protocol)?;
    Command::new(py, protocol, find(protocol, &argument::verb(verb)?)?)
}

/// Whether a code is a proper answer to a command: an Expectation (RFC 5321 section 4.3.2, RFC 959 section 5.4, and the
/// extensions' own lists).
///
/// >>> import replycode
/// >>> replycode.expected("smtp", "RCPT", 550)
/// <Expectation.EXPECTED: 'expected'>
/// >>> replycode.expected("smtp", "RCPT", 354)
/// <Expectation.UNEXPECTED: 'unexpected'>
///
/// The command is a verb as a str in any case, or a Command; one that the catalogue does not list is a ValueError that
/// names the known ones. A code outside 0..65535 is a ValueError, one that is no reply code is unexpected.
#[pyfunction]
pub(crate) fn expected(
    py: Python<'_>,
    protocol: &str,
    command: &Bound<'_, PyAny>,
    code: &Bound<'_, PyAny>,
) -> PyResult<Py<PyAny>> {
    let command = find(member(protocol)?, &argument::verb(command)?)?;
    CATALOG.expected(command, argument::code(code)?).member(py)
}

/// What the first digit of a code says: a Severity; UNASSIGNED for a number that is no reply code.
///
/// >>> import replycode
/// >>> replycode.severity("ftp", 150), replycode.severity("smtp", 150)
/// (<Severity.PRELIMINARY: 'preliminary'>, <Severity.UNASSIGNED: 'unassigned'>)
#[pyfunction]
pub(crate) fn severity(py: Python<'_>, protocol: &str, code: &Bound<'_, PyAny>) -> PyResult<Py<PyAny>> {
    let (protocol, code) = (member(protocol)?, argument::code(code)?);
    let severity =
        ReplyCode::new(code).map_or(replycode::Severity::Unassigned, |code| replycode::Severity::of(protocol, code));
    severity.member(py)
}

/// What the second digit of a code says: a Category; UNASSIGNED for a number that is no reply code.
///
/// >>> import replycode
/// >>> replycode.category("ftp", 550), replycode.category("smtp", 550)
/// (<Category.FILE_SYSTEM: 'file_system'>, <Category.MAIL_SYSTEM: 'mail_system'>)
#[pyfunction]
pub(crate) fn category(py: Python<'_>, protocol: &str, code: &Bound<'_, PyAny>) -> PyResult<Py<PyAny>> {
    let (protocol, code) = (member(protocol)?, argument::code(code)?);
    let category =
        ReplyCode::new(code).map_or(replycode::Category::Unassigned, |code| replycode::Category::of(protocol, code));
    category.member(py)
}

/// The Entry for a severity: what is said of a code that the catalogue does not list.
///
/// >>> import replycode
/// >>> replycode.severity_entry("smtp", replycode.Severity.TRANSIENT).title("ja")
/// '一時的な否定的完了応答'
#[pyfunction]
pub(crate) fn severity_entry(py: Python<'_>, protocol: &str, severity: &str) -> PyResult<Py<Entry>> {
    object(py, CATALOG.severity(member(protocol)?, member(severity)?))
}

/// The Entry for a category.
///
/// >>> import replycode
/// >>> replycode.category_entry("ftp", "authentication").phrase
/// 'Authentication and accounting'
#[pyfunction]
pub(crate) fn category_entry(py: Python<'_>, protocol: &str, category: &str) -> PyResult<Py<Entry>> {
    object(py, CATALOG.category(member(protocol)?, member(category)?))
}

/// Every registered enhanced detail, ascending, as (subject, detail, Entry).
///
/// >>> import replycode
/// >>> subject, detail, entry = replycode.enhanced_details()[-1]
/// >>> subject, detail, entry.phrase
/// (7, 30, 'REQUIRETLS support required')
#[pyfunction]
pub(crate) fn enhanced_details(py: Python<'_>) -> PyResult<Bound<'_, PyTuple>> {
    let details: Vec<_> = CATALOG
        .enhanced_details()
        .map(|(subject, detail, entry)| Ok((subject, detail, object(py, entry)?)))
        .collect::<PyResult<_>>()?;
    PyTuple::new(py, details)
}

/// Every number that the catalogue knows to be no reply, as (number, Entry); 0 stands for any other number.
///
/// >>> import replycode
/// >>> dict(replycode.not_replies())[10060].phrase
/// 'WSAETIMEDOUT'
#[pyfunction]
pub(crate) fn not_replies(py: Python<'_>) -> PyResult<Bound<'_, PyTuple>> {
    let rows: Vec<_> =
        CATALOG.not_replies().map(|(number, entry)| Ok((number, object(py, entry)?))).collect::<PyResult<_>>()?;
    PyTuple::new(py, rows)
}
