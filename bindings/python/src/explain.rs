//! `explain` and `explain_enhanced`, and their answers.

use pyo3::prelude::*;
use pyo3::types::PyString;
use replycode::{CATALOG, Context, Protocol};

use crate::argument::{self, member};
use crate::enhanced::Enhanced;
use crate::entry::{Entry, Text, object};
use crate::html::Table;
use crate::vocabulary::Vocabulary;

/// An answer to "what does this code mean?".
///
/// >>> import replycode
/// >>> answer = replycode.explain("smtp", 599)
/// >>> answer
/// <Explanation smtp 599 by severity: 'Permanent negative completion'>
/// >>> answer.code, answer.basis, answer.severity
/// (599, <Basis.SEVERITY: 'severity'>, <Severity.PERMANENT: 'permanent'>)
/// >>> answer.verdict.should_retry, answer.entry.id
/// (False, 'permanent')
///
/// `phrase` and the texts are those of `entry`, the one that speaks. Frozen and hashable; answers that say the same of
/// the same code are equal. A pickled answer is the question: it is answered again where it is read.
#[pyclass(module = "replycode", frozen, eq)]
pub(crate) struct Explanation {
    core: replycode::Explanation,
    /// The Protocol asked about.
    #[pyo3(get)]
    protocol: Py<PyAny>,
    /// What the answer rests on: a Basis.
    #[pyo3(get)]
    basis: Py<PyAny>,
    /// What the first digit says: a Severity.
    #[pyo3(get)]
    severity: Py<PyAny>,
    /// What the second digit says: a Category.
    #[pyo3(get)]
    category: Py<PyAny>,
    /// What to do with the same attempt: a Verdict.
    #[pyo3(get)]
    verdict: Py<PyAny>,
    /// The Entry that speaks.
    #[pyo3(get)]
    entry: Py<Entry>,
    /// The EnhancedExplanation of the enhanced status code, or None if there was none.
    #[pyo3(get)]
    enhanced: Py<PyAny>,
    /// The RFC's canonical words, exactly; for a field entry the server's.
    #[pyo3(get)]
    phrase: Py<PyString>,
    /// The verb of the command that the question named, if the catalogue lists it, or None.
    #[pyo3(get)]
    command: Py<PyAny>,
}

impl PartialEq for Explanation {
    fn eq(&self, other: &Explanation) -> bool {
        self.core == other.core
    }
}

#[pymethods]
impl Explanation {
    /// The number asked about, unchanged.
    #[getter]
    fn code(&self) -> u16 {
        self.core.code()
    }

    /// One line for a status page, at most 32 columns (a Japanese character takes two).
    ///
    /// >>> import replycode
    /// >>> replycode.explain("ftp", 331).title("ja")
    /// 'パスワードの要求'
    #[pyo3(signature = (lang = "en"))]
    fn title(&self, py: Python<'_>, lang: &str) -> PyResult<Py<PyString>> {
        self.entry.get().text(py, Text::Title, lang)
    }

    /// What it means, in one or two sentences.
    ///
    /// >>> import replycode
    /// >>> print(replycode.explain("smtp", 220, command="connect").meaning())
    /// The server <domain> has accepted the connection and waits for commands.
    #[pyo3(signature = (lang = "en"))]
    fn meaning(&self, py: Python<'_>, lang: &str) -> PyResult<Py<PyString>> {
        self.entry.get().text(py, Text::Meaning, lang)
    }

    /// What a technician should check or change, the likeliest first.
    ///
    /// >>> import replycode
    /// >>> replycode.explain("smtp", 214).action()
    /// 'Nothing to do.'
    #[pyo3(signature = (lang = "en"))]
    fn action(&self, py: Python<'_>, lang: &str) -> PyResult<Py<PyString>> {
        self.entry.get().text(py, Text::Action, lang)
    }

    /// Background worth knowing: history, servers that use it differently. Often empty.
    ///
    /// >>> import replycode
    /// >>> "RFC 6647" in replycode.explain("smtp", 421).note()
    /// True
    #[pyo3(signature = (lang = "en"))]
    fn note(&self, py: Python<'_>, lang: &str) -> PyResult<Py<PyString>> {
        self.entry.get().text(py, Text::Note, lang)
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let (core, title) = (self.core, self.entry.get().title_repr(py)?);
        let enhanced = core.enhanced().map_or(String::new(), |answer| format!(" {}", answer.code()));
        Ok(format!("<Explanation {} {}{enhanced} by {}: {title}>", core.protocol(), core.code(), core.basis()))
    }

    fn _repr_html_(&self) -> String {
        let core = self.core;
        let mut table = Table::new(&[core.protocol().id(), &core.code().to_string()]);
        table.fact("basis", core.basis().id());
        table.fact("severity", core.severity().id());
        table.fact("category", core.category().id());
        table.fact("id", core.entry().id());
        table.facts(core.entry());
        table.texts(core.entry());
        table.finish()
    }

    fn __hash__(&self, py: Python<'_>) -> PyResult<isize> {
        (self.core.protocol().number(), self.core.code(), &self.entry).into_pyobject(py)?.hash()
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Recipe<'py>> {
        let make = py.import("replycode._replycode")?.getattr("explain_again")?;
        let enhanced = self.core.enhanced().map(|answer| Enhanced { code: answer.code() });
        Ok((make, (self.core.protocol().id(), self.core.code(), self.command.clone_ref(py), enhanced)))
    }
}

/// What `pickle` makes an explanation from again: a function and its arguments.
type Recipe<'py> = (Bound<'py, PyAny>, (&'static str, u16, Py<PyAny>, Option<Enhanced>));

/// What a code means, in any case: a sense of the code, or what was seen in the field, or what its first digit says.
///
/// >>> import replycode
/// >>> replycode.explain("smtp", 220).title()
/// 'Server ready'
/// >>> replycode.explain("smtp", 454, command="AUTH").entry.id
/// 'auth_temporary_failure'
/// >>> replycode.explain("ftp", 10061).basis
/// <Basis.NOT_REPLY: 'not_reply'>
/// >>> replycode.explain("smtp", 65536)
/// Traceback (most recent call last):
/// ValueError: 65536 is out of range: a code is a number from 0 to 65535, a reply code one from 100 to 999
///
/// The command is the verb that the reply answers (a str in any case, or a Command), or "connect" or "data-end"; the
/// enhanced status code (an Enhanced, or a str) is the one that came with the reply. Both choose among the senses of
/// the code; a command that the catalogue does not list says nothing, and is no error. The protocol is "smtp" or "ftp".
#[pyfunction]
#[pyo3(signature = (protocol, code, *, command = None, enhanced = None))]
pub(crate) fn explain(
    py: Python<'_>,
    protocol: &str,
    code: &Bound<'_, PyAny>,
    command: Option<&Bound<'_, PyAny>>,
    enhanced: Option<&Bound<'_, PyAny>>,
) -> PyResult<Explanation> {
    let enhanced = enhanced.map(argument::enhanced).transpose()?;
    answer(py, member(protocol)?, argument::code(code)?, command, enhanced)
}

/// The answer, for whoever has the core's values.
pub(crate) fn answer(
    py: Python<'_>,
    protocol: Protocol,
    code: u16,
    command: Option<&Bound<'_, PyAny>>,
    enhanced: Option<replycode::Enhanced>,
) -> PyResult<Explanation> {
    let verb = command.map(argument::verb).transpose()?;
    let command = verb.and_then(|verb| CATALOG.command(protocol, &verb));
    let core = CATALOG.explain_in(protocol, code, Context { command, enhanced });
    let entry = object(py, core.entry())?;
    let enhanced = match core.enhanced() {
        Some(answer) => Py::new(py, EnhancedExplanation::new(py, answer)?)?.into_any(),
        None => py.None(),
    };
    Ok(Explanation {
        core,
        protocol: protocol.member(py)?,
        basis: core.basis().member(py)?,
        severity: core.severity().member(py)?,
        category: core.category().member(py)?,
        verdict: core.verdict().member(py)?,
        phrase: entry.get().phrase.clone_ref(py),
        entry,
        enhanced,
        command: command.map_or_else(|| py.None(), |command| PyString::intern(py, command.verb()).into_any().unbind()),
    })
}

/// `explain` with positional arguments, which is all that a pickle can call.
#[pyfunction]
pub(crate) fn explain_again(
    py: Python<'_>,
    protocol: &str,
    code: &Bound<'_, PyAny>,
    command: Option<&Bound<'_, PyAny>>,
    enhanced: Option<&Bound<'_, PyAny>>,
) -> PyResult<Explanation> {
    explain(py, protocol, code, command, enhanced)
}

/// An answer to "what does this enhanced status code mean?": the detail if it is registered, else the subject, else the
/// class.
///
/// >>> import replycode
/// >>> replycode.explain_enhanced("5.7.8")
/// <EnhancedExplanation 5.7.8 by enhanced_detail: '...'>
/// >>> answer = replycode.explain_enhanced("5.7.606")
/// >>> answer.detail is None, answer.entry is answer.subject, answer.subject.phrase
/// (True, True, 'Security or Policy Status')
/// >>> answer.class_.title("ja")
/// '恒久的な失敗'
///
/// `phrase` and the texts are those of `entry`, whose kind says which it is. Frozen, hashable, picklable.
#[pyclass(module = "replycode", frozen, eq)]
pub(crate) struct EnhancedExplanation {
    core: replycode::EnhancedExplanation,
    /// The Enhanced asked about.
    #[pyo3(get)]
    code: Py<Enhanced>,
    /// The most specific Entry there is.
    #[pyo3(get)]
    entry: Py<Entry>,
    /// The Entry of the registered detail, or None.
    #[pyo3(get)]
    detail: Py<PyAny>,
    /// The Entry of the subject, or None beyond 7.
    #[pyo3(get)]
    subject: Py<PyAny>,
    /// The Entry of the class.
    #[pyo3(get)]
    class_: Py<Entry>,
    /// The registry's words.
    #[pyo3(get)]
    phrase: Py<PyString>,
}

impl PartialEq for EnhancedExplanation {
    fn eq(&self, other: &EnhancedExplanation) -> bool {
        self.core == other.core
    }
}

impl EnhancedExplanation {
    fn new(py: Python<'_>, core: replycode::EnhancedExplanation) -> PyResult<Self> {
        let optional = |entry: Option<replycode::Entry>| match entry {
            Some(entry) => object(py, entry).map(Py::into_any),
            None => Ok(py.None()),
        };
        let entry = object(py, core.entry())?;
        Ok(EnhancedExplanation {
            core,
            code: Py::new(py, Enhanced { code: core.code() })?,
            detail: optional(core.detail())?,
            subject: optional(core.subject())?,
            class_: object(py, core.class())?,
            phrase: entry.get().phrase.clone_ref(py),
            entry,
        })
    }
}

#[pymethods]
impl EnhancedExplanation {
    /// One line for a status page, at most 32 columns (a Japanese character takes two).
    ///
    /// >>> import replycode
    /// >>> replycode.explain_enhanced("5.7.606").title()
    /// 'Security or policy'
    #[pyo3(signature = (lang = "en"))]
    fn title(&self, py: Python<'_>, lang: &str) -> PyResult<Py<PyString>> {
        self.entry.get().text(py, Text::Title, lang)
    }

    /// What it means, in one or two sentences.
    ///
    /// >>> import replycode
    /// >>> "メールボックス" in replycode.explain_enhanced("4.2.2").meaning("ja")
    /// True
    #[pyo3(signature = (lang = "en"))]
    fn meaning(&self, py: Python<'_>, lang: &str) -> PyResult<Py<PyString>> {
        self.entry.get().text(py, Text::Meaning, lang)
    }

    /// What a technician should check or change, the likeliest first.
    ///
    /// >>> import replycode
    /// >>> replycode.explain_enhanced("2.0.0").action() != ""
    /// True
    #[pyo3(signature = (lang = "en"))]
    fn action(&self, py: Python<'_>, lang: &str) -> PyResult<Py<PyString>> {
        self.entry.get().text(py, Text::Action, lang)
    }

    /// Background worth knowing. Often empty.
    ///
    /// >>> import replycode
    /// >>> isinstance(replycode.explain_enhanced("4.2.2").note(), str)
    /// True
    #[pyo3(signature = (lang = "en"))]
    fn note(&self, py: Python<'_>, lang: &str) -> PyResult<Py<PyString>> {
        self.entry.get().text(py, Text::Note, lang)
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let (code, kind) = (self.core.code(), self.core.entry().kind());
        Ok(format!("<EnhancedExplanation {code} by {kind}: {}>", self.entry.get().title_repr(py)?))
    }

    fn _repr_html_(&self) -> String {
        let mut table = Table::new(&[&self.core.code().to_string()]);
        for entry in [self.core.detail(), self.core.subject(), Some(self.core.class())].into_iter().flatten() {
            table.fact(entry.kind().id(), entry.id());
            table.facts(entry);
            table.texts(entry);
        }
        table.finish()
    }

    fn __hash__(&self, py: Python<'_>) -> PyResult<isize> {
        self.code.bind(py).hash()
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, (Py<Enhanced>,))> {
        let make = py.import("replycode._replycode")?.getattr("explain_enhanced")?;
        Ok((make, (self.code.clone_ref(py),)))
    }
}

/// What an enhanced status code means (an Enhanced, or a str such as "5.7.1").
///
/// >>> import replycode
/// >>> replycode.explain_enhanced("5.1.1").phrase
/// 'Bad destination mailbox address'
/// >>> replycode.explain_enhanced("5.1")
/// Traceback (most recent call last):
/// ValueError: "5.1": not an enhanced status code: expected CLASS.SUBJECT.DETAIL, class 2, 4 or 5, the others 0 to 999 without leading zeros
#[pyfunction]
pub(crate) fn explain_enhanced(py: Python<'_>, code: &Bound<'_, PyAny>) -> PyResult<EnhancedExplanation> {
    EnhancedExplanation::new(py, CATALOG.explain_enhanced(argument::enhanced(code)?))
}
