//! `diagnose` and its answer; causes and rules.

use pyo3::exceptions::PyLookupError;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyString, PyTuple};
use replycode::{CATALOG, Catalog, Context, Protocol, ReplyCode};

use crate::argument::{self, language, member};
use crate::bytes::bytes;
use crate::entry::{Entry, Text, object};
use crate::html::Table;
use crate::rules::Rules;
use crate::vocabulary::Vocabulary;

/// What really went wrong: a login that the server refuses, a blocked data connection, a full mailbox.
///
/// >>> import replycode
/// >>> cause = replycode.cause("app_password_required")
/// >>> cause
/// <Cause app_password_required: 'App password needed'>
/// >>> cause.party, cause.verdict
/// (<Party.ACCOUNT: 'account'>, <Verdict.FIX_FIRST: 'fix_first'>)
/// >>> for number, step in enumerate(cause.action(), 1):
/// ...     print(f"{number}. {step}")
/// 1. ...
///
/// There is one object a cause, so `is`, `==` and `hash` agree; a pickled cause comes back as that object.
#[pyclass(module = "replycode", frozen)]
pub(crate) struct Cause {
    pub(crate) core: replycode::Cause,
    /// The Entry that has its texts.
    #[pyo3(get)]
    entry: Py<Entry>,
    /// The stable id, for instance "relay_denied".
    #[pyo3(get)]
    id: Py<PyString>,
    /// Who must act: a Party.
    #[pyo3(get)]
    party: Py<PyAny>,
    /// What to do as a rule: a Verdict. What to do after a given reply, whose first digit counts as well, is the
    /// `verdict` of its Diagnosis.
    #[pyo3(get)]
    verdict: Py<PyAny>,
    /// By language.
    steps: Box<[PyOnceLock<Py<PyTuple>>]>,
}

impl Cause {
    fn new(py: Python<'_>, core: replycode::Cause) -> PyResult<Self> {
        let entry = object(py, core.entry())?;
        Ok(Cause {
            core,
            id: entry.get().id.clone_ref(py),
            entry,
            party: core.party().member(py)?,
            verdict: core.verdict().member(py)?,
            steps: CATALOG.languages().map(|_| PyOnceLock::new()).collect(),
        })
    }

    pub(crate) fn text(&self, py: Python<'_>, kind: Text, lang: &str) -> PyResult<Py<PyString>> {
        self.entry.get().text(py, kind, lang)
    }

    pub(crate) fn steps(&self, py: Python<'_>, lang: &str) -> PyResult<Py<PyTuple>> {
        let lang = language(lang)?;
        let make = || PyTuple::new(py, self.core.steps(lang).collect::<Vec<_>>()).map(Bound::unbind);
        match self.steps.get(usize::from(lang.number())) {
            Some(steps) => Ok(steps.get_or_try_init(py, make)?.clone_ref(py)),
            None => make(),
        }
    }

    pub(crate) fn title_repr(&self, py: Python<'_>) -> PyResult<String> {
        self.entry.get().title_repr(py)
    }
}

#[pymethods]
impl Cause {
    /// The stable number, the same in Rust and C.
    #[getter]
    fn number(&self) -> u8 {
        self.core.number()
    }

    /// One line for a status page, at most 32 columns (a Japanese character takes two).
    ///
    /// >>> import replycode
    /// >>> replycode.cause("relay_denied").title()
    /// 'Server will not forward mail'
    #[pyo3(signature = (lang = "en"))]
    fn title(&self, py: Python<'_>, lang: &str) -> PyResult<Py<PyString>> {
        self.text(py, Text::Title, lang)
    }

    /// What has happened, in one or two sentences.
    ///
    /// >>> import replycode
    /// >>> replycode.cause("greylisted").meaning("ja") != ""
    /// True
    #[pyo3(signature = (lang = "en"))]
    fn meaning(&self, py: Python<'_>, lang: &str) -> PyResult<Py<PyString>> {
        self.text(py, Text::Meaning, lang)
    }

    /// What to check or change, as a tuple of steps in the order of likelihood, the device's own setting first.
    ///
    /// >>> import replycode
    /// >>> len(replycode.cause("ftp_passive_blocked").action("ja")) > 1
    /// True
    #[pyo3(signature = (lang = "en"))]
    fn action(&self, py: Python<'_>, lang: &str) -> PyResult<Py<PyTuple>> {
        self.steps(py, lang)
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        Ok(format!("<Cause {}: {}>", self.core.id(), self.title_repr(py)?))
    }

    fn _repr_html_(&self) -> String {
        let mut table = Table::new(&["cause", self.core.id()]);
        table.fact("verdict", self.core.verdict().id());
        table.fact("party", self.core.party().id());
        table.texts(self.core.entry());
        table.finish()
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, Bound<'py, PyTuple>)> {
        match Rules::of(self.core.catalog()) {
            Some(rules) => {
                let find = py.import("operator")?.getattr("methodcaller")?.call1(("cause", self.core.id()))?;
                Ok((find, (rules,).into_pyobject(py)?))
            }
            None => Ok((py.import("replycode._replycode")?.getattr("cause")?, (self.core.id(),).into_pyobject(py)?)),
        }
    }
}

/// Every cause's one object, in the order of their numbers.
fn all(py: Python<'_>) -> PyResult<&'static [Py<Cause>]> {
    static CAUSES: PyOnceLock<Vec<Py<Cause>>> = PyOnceLock::new();
    let make = || CATALOG.causes().map(|core| Py::new(py, Cause::new(py, core)?)).collect::<PyResult<Vec<_>>>();
    CAUSES.get_or_try_init(py, make).map(Vec::as_slice)
}

/// The one object for a cause.
pub(crate) fn cause_object(py: Python<'_>, core: replycode::Cause) -> PyResult<Py<Cause>> {
    match all(py)?.get(usize::from(core.place())) {
        Some(cause) if cause.get().core == core => Ok(cause.clone_ref(py)),
        _ => Rules::cause_object(py, core, || Py::new(py, Cause::new(py, core)?)),
    }
}

/// Every Cause, in the order of their numbers.
///
/// >>> import replycode
/// >>> [cause.id for cause in replycode.causes() if cause.party == "recipient"]
/// ['mailbox_full']
#[pyfunction]
pub(crate) fn causes(py: Python<'_>) -> PyResult<Bound<'_, PyTuple>> {
    PyTuple::new(py, all(py)?)
}

/// The Cause with this id, or with this number.
///
/// >>> import replycode
/// >>> replycode.cause("relay_denied") is replycode.cause(7)
/// True
/// >>> replycode.cause("bad_weather")
/// Traceback (most recent call last):
/// LookupError: catalogue ... has no cause 'bad_weather'; causes() lists those that it has
#[pyfunction]
pub(crate) fn cause(py: Python<'_>, id: &Bound<'_, PyAny>) -> PyResult<Py<Cause>> {
    cause_in(py, &CATALOG, id)
}

/// The cause of a catalogue with this id, or with this number.
pub(crate) fn cause_in(py: Python<'_>, catalog: &'static Catalog, id: &Bound<'_, PyAny>) -> PyResult<Py<Cause>> {
    let found = match id.cast::<PyString>() {
        Ok(text) => catalog.cause(text.to_str()?),
        Err(_) => u8::try_from(argument::code(id)?).ok().and_then(|number| catalog.cause_of_number(number)),
    };
    let missing = || {
        let version = catalog.version();
        match id.repr() {
            Ok(id) => PyLookupError::new_err(format!(
                "catalogue {version} has no cause {id}; causes() lists those that it has"
            )),
            Err(error) => error,
        }
    };
    cause_object(py, found.ok_or_else(missing)?)
}

/// A rule that leads from a reply to its cause. What it asks for is in catalog.yaml, with its source and examples.
///
/// >>> import replycode
/// >>> rule = next(rule for rule in replycode.rules() if rule.id == "ftp-532")
/// >>> rule
/// <Rule ftp-532: ftp_account_required>
/// >>> rule.basis, rule.verdict
/// (<DiagnosisBasis.CODE: 'code'>, None)
///
/// Frozen and hashable; a pickled rule is found again by its id.
#[pyclass(module = "replycode", frozen, eq)]
pub(crate) struct Rule {
    core: replycode::Rule,
    /// The stable id.
    #[pyo3(get)]
    id: Py<PyString>,
    /// The Cause that it gives.
    #[pyo3(get)]
    cause: Py<Cause>,
    /// The Verdict that it gives whatever the first digit says; None for most, which leave retrying to the digit.
    #[pyo3(get)]
    verdict: Py<PyAny>,
    /// What it rests on: a DiagnosisBasis.
    #[pyo3(get)]
    basis: Py<PyAny>,
}

impl PartialEq for Rule {
    fn eq(&self, other: &Rule) -> bool {
        self.core == other.core
    }
}

impl Rule {
    pub(crate) fn new(py: Python<'_>, core: replycode::Rule) -> PyResult<Self> {
        Ok(Rule {
            core,
            id: PyString::intern(py, core.id()).unbind(),
            cause: cause_object(py, core.cause())?,
            verdict: core.verdict().map(|verdict| verdict.member(py)).transpose()?.unwrap_or_else(|| py.None()),
            basis: core.basis().member(py)?,
        })
    }
}

#[pymethods]
impl Rule {
    fn __repr__(&self) -> String {
        format!("<Rule {}: {}>", self.core.id(), self.core.cause().id())
    }

    fn __hash__(&self, py: Python<'_>) -> PyResult<isize> {
        self.id.bind(py).hash()
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, Bound<'py, PyTuple>)> {
        let all = (self.core.id(), Rules::of(self.core.cause().catalog()));
        Ok((py.import("replycode._replycode")?.getattr("rule")?, all.into_pyobject(py)?))
    }
}

/// Every Rule, in the order in which they are tried: the first one that holds decides.
///
/// >>> import replycode
/// >>> len(replycode.rules()) > 100
/// True
#[pyfunction]
pub(crate) fn rules(py: Python<'_>) -> PyResult<Bound<'_, PyTuple>> {
    let rules: Vec<_> = CATALOG.rules().map(|core| Rule::new(py, core)).collect::<PyResult<_>>()?;
    PyTuple::new(py, rules)
}

/// The rule with this id: what pickles are made of.
#[pyfunction]
#[pyo3(signature = (id, rules = None))]
pub(crate) fn rule(py: Python<'_>, id: &str, rules: Option<Bound<'_, Rules>>) -> PyResult<Rule> {
    let catalog = Rules::catalog(rules.as_ref());
    let found = catalog.rules().find(|rule| rule.id() == id);
    let missing = || PyLookupError::new_err(format!("catalogue {} has no rule {id:?}", catalog.version()));
    Rule::new(py, found.ok_or_else(missing)?)
}

/// An answer to "what went wrong?".
///
/// >>> import replycode
/// >>> answer = replycode.diagnose("ftp", 530, "Maximum number of users reached, try again later.")
/// >>> answer
/// <Diagnosis ftp 530 too_many_connections by phrase: 'Too many connections'>
/// >>> answer.cause.id, answer.party, answer.rule
/// ('too_many_connections', <Party.SERVER: 'server'>, '...')
/// >>> answer.verdict.should_retry  # The code says "not logged in", for good; the words say that it passes.
/// True
///
/// Frozen and hashable; answers that say the same are equal. A pickled answer holds none of the server's words.
#[pyclass(module = "replycode", frozen, eq)]
#[derive(Clone, PartialEq)]
pub(crate) struct Diagnosis {
    core: Answer,
}

/// What a diagnosis says.
#[derive(Clone, PartialEq)]
pub(crate) struct Answer {
    pub(crate) protocol: Option<Protocol>,
    pub(crate) code: Option<ReplyCode>,
    pub(crate) cause: replycode::Cause,
    pub(crate) verdict: replycode::Verdict,
    pub(crate) basis: replycode::DiagnosisBasis,
    pub(crate) rule: Option<replycode::Rule>,
    pub(crate) alternatives: Vec<replycode::Cause>,
}

impl Diagnosis {
    pub(crate) fn of(protocol: Option<Protocol>, code: Option<ReplyCode>, answer: replycode::Diagnosis) -> Self {
        Diagnosis {
            core: Answer {
                protocol,
                code,
                cause: answer.cause(),
                verdict: answer.verdict(),
                basis: answer.basis(),
                rule: answer.rule_place().and_then(|place| answer.cause().catalog().rule_at(place)),
                alternatives: answer.alternatives().collect(),
            },
        }
    }

    fn rule_id(&self) -> Option<&'static str> {
        self.core.rule.map(replycode::Rule::id)
    }
}

#[pymethods]
impl Diagnosis {
    /// The Protocol asked about; None for an incident whose text does not tell.
    #[getter]
    fn protocol(&self, py: Python<'_>) -> PyResult<Option<Py<PyAny>>> {
        self.core.protocol.map(|protocol| protocol.member(py)).transpose()
    }

    /// The code asked about, or None if there was none.
    #[getter]
    fn code(&self) -> Option<u16> {
        self.core.code.map(ReplyCode::get)
    }

    /// What went wrong: a Cause.
    #[getter]
    fn cause(&self, py: Python<'_>) -> PyResult<Py<Cause>> {
        cause_object(py, self.core.cause)
    }

    /// What to do with the same attempt: a Verdict. The first digit decides whether to retry, unless the deciding rule
    /// gives a reason why not.
    #[getter]
    fn verdict(&self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        self.core.verdict.member(py)
    }

    /// Who must act: a Party.
    #[getter]
    fn party(&self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        self.core.cause.party().member(py)
    }

    /// What the answer rests on: a DiagnosisBasis.
    #[getter]
    fn basis(&self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        self.core.basis.member(py)
    }

    /// The id of the rule that decided, or None if the first digit alone spoke.
    #[getter]
    fn rule<'py>(&self, py: Python<'py>) -> Option<Bound<'py, PyString>> {
        self.rule_id().map(|id| PyString::intern(py, id))
    }

    /// Other causes that the same evidence allows, the likelier first: a tuple of three Cause at most.
    #[getter]
    fn alternatives<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let causes: Vec<_> =
            self.core.alternatives.iter().map(|&cause| cause_object(py, cause)).collect::<PyResult<_>>()?;
        PyTuple::new(py, causes)
    }

    /// The title of the cause: one line for a status page.
    ///
    /// >>> import replycode
    /// >>> replycode.diagnose("smtp", 535).title()
    /// 'User name or password rejected'
    #[pyo3(signature = (lang = "en"))]
    fn title(&self, py: Python<'_>, lang: &str) -> PyResult<Py<PyString>> {
        cause_object(py, self.core.cause)?.get().text(py, Text::Title, lang)
    }

    /// What has happened, in one or two sentences.
    ///
    /// >>> import replycode
    /// >>> "ログイン" in replycode.diagnose("smtp", 535).meaning("ja")
    /// True
    #[pyo3(signature = (lang = "en"))]
    fn meaning(&self, py: Python<'_>, lang: &str) -> PyResult<Py<PyString>> {
        cause_object(py, self.core.cause)?.get().text(py, Text::Meaning, lang)
    }

    /// What to check or change, as a tuple of steps.
    ///
    /// >>> import replycode
    /// >>> replycode.diagnose("smtp", 535).action() == replycode.cause("auth_failed").action()
    /// True
    #[pyo3(signature = (lang = "en"))]
    fn action(&self, py: Python<'_>, lang: &str) -> PyResult<Py<PyTuple>> {
        cause_object(py, self.core.cause)?.get().steps(py, lang)
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let Answer { protocol, code, cause, basis, .. } = &self.core;
        let protocol = protocol.map_or_else(String::new, |protocol| format!("{protocol} "));
        let code = code.map_or_else(String::new, |code| format!("{code} "));
        let title = cause_object(py, *cause)?.get().title_repr(py)?;
        Ok(format!("<Diagnosis {protocol}{code}{} by {basis}: {title}>", cause.id()))
    }

    fn _repr_html_(&self) -> String {
        let Answer { protocol, code, cause, verdict, basis, alternatives, .. } = &self.core;
        let code = code.map_or_else(String::new, |code| code.to_string());
        let mut table = Table::new(&[protocol.map_or("diagnosis", Protocol::id), &code]);
        table.fact("cause", cause.id());
        table.fact("verdict", verdict.id());
        table.fact("party", cause.party().id());
        table.fact("basis", basis.id());
        table.fact("rule", self.rule_id().unwrap_or(""));
        table.fact("alternatives", &alternatives.iter().map(|cause| cause.id()).collect::<Vec<_>>().join(", "));
        table.texts(cause.entry());
        table.finish()
    }

    fn __hash__(&self, py: Python<'_>) -> PyResult<isize> {
        let Answer { protocol, cause, verdict, .. } = &self.core;
        (protocol.map(Protocol::number), self.code(), cause.number(), verdict.number()).into_pyobject(py)?.hash()
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, Bound<'py, PyTuple>)> {
        let Answer { protocol, cause, verdict, basis, alternatives, .. } = &self.core;
        let alternatives: Vec<_> = alternatives.iter().map(|cause| cause.id()).collect();
        let facts = (
            protocol.map(Protocol::id),
            self.code(),
            cause.id(),
            verdict.id(),
            basis.id(),
            self.rule_id(),
            alternatives,
            Rules::of(cause.catalog()),
        );
        Ok((py.import("replycode._replycode")?.getattr("diagnosis_again")?, facts.into_pyobject(py)?))
    }
}

/// What pickles of diagnoses are made of.
#[pyfunction]
#[allow(clippy::too_many_arguments, reason = "what a diagnosis says")]
pub(crate) fn diagnosis_again(
    protocol: Option<&str>,
    code: Option<u16>,
    cause: &str,
    verdict: &str,
    basis: &str,
    rule: Option<&str>,
    alternatives: Vec<String>,
    rules: Option<Bound<'_, Rules>>,
) -> PyResult<Diagnosis> {
    let catalog = Rules::catalog(rules.as_ref());
    let missing = |what: &str, id: &str| {
        let version = catalog.version();
        PyLookupError::new_err(format!(
            "catalogue {version} has no {what} {id:?}; was it pickled by a newer replycode?"
        ))
    };
    let find = |id: &str| catalog.cause(id).ok_or_else(|| missing("cause", id));
    Ok(Diagnosis {
        core: Answer {
            protocol: protocol.map(member).transpose()?,
            code: code.and_then(ReplyCode::new),
            cause: find(cause)?,
            verdict: member(verdict)?,
            basis: member(basis)?,
            rule: match rule {
                Some(id) => Some(catalog.rules().find(|rule| rule.id() == id).ok_or_else(|| missing("rule", id))?),
                None => None,
            },
            alternatives: alternatives.iter().map(|id| find(id)).collect::<PyResult<_>>()?,
        },
    })
}

/// What went wrong, from everything that is known of a reply: a Diagnosis.
///
/// >>> import replycode
/// >>> answer = replycode.diagnose("smtp", 554, "<bob@example.net>: Relay access denied", enhanced="5.7.1")
/// >>> answer.cause.id, answer.basis, answer.verdict
/// ('relay_denied', <DiagnosisBasis.PHRASE: 'phrase'>, <Verdict.FIX_FIRST: 'fix_first'>)
/// >>> replycode.diagnose("smtp", 552, command="RCPT").verdict  # RFC 5321 section 4.5.3.1.10
/// <Verdict.RETRY_SOON: 'retry_soon'>
/// >>> replycode.diagnose("ftp", 599).basis
/// <DiagnosisBasis.SEVERITY: 'severity'>
///
/// Whatever is unknown may be missing. The text is what the server says without the code, bytes in any encoding or a
/// str; the lines of a longer reply are one text. The command is the verb that the reply answers (a str in any case, or
/// a Command), or "connect" or "data-end"; the enhanced status code an Enhanced, or a str. A reply that no rule knows
/// has the cause "unspecified", a positive one "no_error", and the verdict of its first digit; a number that is no
/// reply code counts as none.
#[pyfunction]
#[pyo3(signature = (protocol, code = None, text = None, *, command = None, enhanced = None))]
pub(crate) fn diagnose(
    protocol: &str,
    code: Option<&Bound<'_, PyAny>>,
    text: Option<&Bound<'_, PyAny>>,
    command: Option<&Bound<'_, PyAny>>,
    enhanced: Option<&Bound<'_, PyAny>>,
) -> PyResult<Diagnosis> {
    diagnose_by(&CATALOG, protocol, code, text, command, enhanced)
}

/// [`diagnose`] by a catalogue.
pub(crate) fn diagnose_by(
    catalog: &'static Catalog,
    protocol: &str,
    code: Option<&Bound<'_, PyAny>>,
    text: Option<&Bound<'_, PyAny>>,
    command: Option<&Bound<'_, PyAny>>,
    enhanced: Option<&Bound<'_, PyAny>>,
) -> PyResult<Diagnosis> {
    let protocol = member(protocol)?;
    let code = code.map(argument::code).transpose()?.and_then(ReplyCode::new);
    let context = Context {
        command: known(catalog, protocol, command)?,
        enhanced: enhanced.map(argument::enhanced).transpose()?,
    };
    let text = text.map(bytes).transpose()?;
    let words = text.as_ref().map_or(&[][..], |text| text.as_bytes());
    Ok(Diagnosis::of(Some(protocol), code, catalog.diagnose(protocol, code, words, context)))
}

/// A command that a caller names; one that the catalogue does not list says nothing.
pub(crate) fn known(
    catalog: &'static Catalog,
    protocol: Protocol,
    command: Option<&Bound<'_, PyAny>>,
) -> PyResult<Option<replycode::Command>> {
    let verb = command.map(argument::verb).transpose()?;
    Ok(verb.and_then(|verb| catalog.command(protocol, &verb)))
}
