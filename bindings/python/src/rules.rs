//! A site's own causes and rules, read at run time.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{LazyLock, Mutex, PoisonError};

use pyo3::exceptions::PyOSError;
use pyo3::prelude::*;
use pyo3::types::{PyString, PyTuple};
use replycode::{CATALOG, Catalog};
use replycode_catalog::{Report, Source, with_rules, with_rules_bytes};

use crate::diagnosis::{Cause, Diagnosis, Rule, cause_in, cause_object, diagnose_by};
use crate::error::raised;
use crate::incident::Incident;

/// Causes and rules of a site's own, which are tried before the built-in ones.
///
/// >>> import replycode
/// >>> rules = replycode.Rules.from_string('''
/// ... rules:
/// ...   - id: acme-maintenance
/// ...     cause: server_unavailable
/// ...     when: {protocol: smtp, phrases: [mail is closed for maintenance]}
/// ...     source: The relay of Acme
/// ...     yes: ["550 Mail is closed for maintenance"]
/// ...     no: ["550 Mail is closed"]
/// ... ''')
/// >>> rules
/// <Rules '<string>': catalogue ...+rules>
/// >>> answer = rules.diagnose("smtp", 550, "Mail is closed for maintenance until 06:00")
/// >>> answer.cause.id, answer.rule
/// ('server_unavailable', 'acme-maintenance')
/// >>> rules.explain_incident("S: 550 Mail is closed for maintenance").cause.id
/// 'server_unavailable'
///
/// The file has the lists `causes:` and `rules:` of catalog.yaml, or one of them. A rule with the id of a built-in one
/// takes its place; so does what is said of a built-in cause, and the rest of its row may be left out. A cause of the
/// site's own has a number from 200 to 254, and its texts in one language at least.
///
/// Frozen, hashable, picklable; rules from the same text are equal. They are kept for as long as the process runs, once
/// for each text.
#[pyclass(module = "replycode", frozen, eq)]
#[derive(Clone)]
pub(crate) struct Rules {
    catalog: &'static Catalog,
    path: String,
    text: String,
}

impl PartialEq for Rules {
    fn eq(&self, other: &Rules) -> bool {
        std::ptr::eq(self.catalog, other.catalog)
    }
}

/// The rules that a catalogue was made with, by its address.
static MADE: LazyLock<Mutex<HashMap<usize, Rules>>> = LazyLock::new(Mutex::default);

/// The one object for each of their causes, by the catalogue's address and the cause's place.
static CAUSES: LazyLock<Mutex<CauseObjects>> = LazyLock::new(Mutex::default);

type CauseObjects = HashMap<(usize, u8), Py<Cause>>;

fn address(catalog: &'static Catalog) -> usize {
    std::ptr::from_ref(catalog) as usize
}

impl Rules {
    fn new(py: Python<'_>, path: &str, made: Result<&'static Catalog, Report>, text: &str) -> PyResult<Rules> {
        match made {
            Ok(catalog) => {
                let rules = Rules { catalog, path: path.to_owned(), text: text.to_owned() };
                let mut made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
                Ok(made.entry(address(catalog)).or_insert(rules).clone())
            }
            Err(report) => Err(Rules::refused(py, path, &report)),
        }
    }

    /// `InvalidRules`, with the place of each fault.
    fn refused(py: Python<'_>, path: &str, report: &Report) -> PyErr {
        let faults: Vec<_> = report
            .findings()
            .iter()
            .map(|finding| {
                let (line, column) = report.line_column(&finding.span);
                (line, column, finding.rule.id(), finding.message.clone(), finding.remedy.clone())
            })
            .collect();
        match PyTuple::new(py, faults) {
            Ok(faults) => raised(py, "InvalidRules", (report.to_string(), path, faults)),
            Err(error) => error,
        }
    }

    /// The rules that a catalogue was made with; none for the built-in one.
    pub(crate) fn of(catalog: &'static Catalog) -> Option<Rules> {
        if std::ptr::eq(catalog, &CATALOG) {
            return None;
        }
        MADE.lock().unwrap_or_else(PoisonError::into_inner).get(&address(catalog)).cloned()
    }

    /// The catalogue with these rules, or the built-in one.
    pub(crate) fn catalog(rules: Option<&Bound<'_, Rules>>) -> &'static Catalog {
        rules.map_or(&CATALOG, |rules| rules.get().catalog)
    }

    /// The one object for a cause of a catalogue with rules.
    pub(crate) fn cause_object(
        py: Python<'_>,
        core: replycode::Cause,
        make: impl FnOnce() -> PyResult<Py<Cause>>,
    ) -> PyResult<Py<Cause>> {
        let key = (address(core.catalog()), core.place());
        let known = || CAUSES.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(cause) = known().get(&key) {
            return Ok(cause.clone_ref(py));
        }
        // Made without the lock, since making calls Python; whoever comes first has made the one that stays.
        let made = make()?;
        Ok(known().entry(key).or_insert(made).clone_ref(py))
    }
}

/// The cause that an entry describes, if a site's rules have it.
pub(crate) fn cause_of(entry: replycode::Entry) -> Option<replycode::Cause> {
    if entry.kind() != replycode::EntryKind::Cause {
        return None;
    }
    let made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
    made.values().find_map(|rules| rules.catalog.causes().find(|cause| cause.entry() == entry))
}

#[pymethods]
impl Rules {
    /// The rules in a YAML file, given by its path.
    ///
    /// >>> import pathlib, replycode, tempfile
    /// >>> with tempfile.TemporaryDirectory() as folder:
    /// ...     path = pathlib.Path(folder, "rules.yaml")
    /// ...     _ = path.write_text("causes: [{id: relay_denied, title: {en: Not our mail}}]")
    /// ...     rules = replycode.Rules.load(path)
    /// >>> rules.diagnose("smtp", 550, "Relaying denied").title()
    /// 'Not our mail'
    ///
    /// InvalidRules tells every fault with its place and what to do; OSError that the file cannot be read.
    #[staticmethod]
    fn load(py: Python<'_>, path: PathBuf) -> PyResult<Rules> {
        let name = path.to_string_lossy().into_owned();
        let bytes = std::fs::read(&path).map_err(|error| match error.raw_os_error() {
            Some(number) => PyOSError::new_err((number, error.to_string(), name.clone())),
            None => PyErr::from(error),
        })?;
        let made = py.detach(|| with_rules_bytes(&CATALOG, &name, &bytes));
        // Bytes that are no UTF-8 have been refused.
        Rules::new(py, &name, made, &String::from_utf8_lossy(&bytes))
    }

    /// The rules in a text; `path` is how reports name it.
    ///
    /// >>> import replycode
    /// >>> rules = replycode.Rules.from_string("causes: [{id: relay_denied, title: {en: Not our mail}}]")
    /// >>> rules.diagnose("smtp", 550, "Relaying denied").title()
    /// 'Not our mail'
    #[staticmethod]
    #[pyo3(signature = (text, path = "<string>"))]
    fn from_string(py: Python<'_>, text: &str, path: &str) -> PyResult<Rules> {
        let made = py.detach(|| with_rules(&CATALOG, Source { path, text }));
        Rules::new(py, path, made, text)
    }

    /// How reports name the file.
    #[getter]
    fn path(&self) -> &str {
        &self.path
    }

    /// The version of the catalogue with these rules.
    #[getter]
    fn catalog_version(&self) -> &'static str {
        self.catalog.version()
    }

    /// SHA-256 of everything that the catalogue with these rules says.
    #[getter]
    fn catalog_digest(&self) -> &'static str {
        self.catalog.digest()
    }

    /// `replycode.diagnose`, with these rules before the built-in ones.
    ///
    /// >>> import replycode
    /// >>> rules = replycode.Rules.from_string("causes: [{id: relay_denied, title: {en: Not our mail}}]")
    /// >>> rules.diagnose("smtp", 550, "Relaying denied", command="RCPT").title()
    /// 'Not our mail'
    #[pyo3(signature = (protocol, code = None, text = None, *, command = None, enhanced = None))]
    fn diagnose(
        &self,
        protocol: &str,
        code: Option<&Bound<'_, PyAny>>,
        text: Option<&Bound<'_, PyAny>>,
        command: Option<&Bound<'_, PyAny>>,
        enhanced: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Diagnosis> {
        diagnose_by(self.catalog, protocol, code, text, command, enhanced)
    }

    /// `replycode.explain_incident`, with these rules before the built-in ones.
    ///
    /// >>> import replycode
    /// >>> rules = replycode.Rules.from_string("causes: [{id: relay_denied, title: {en: Not our mail}}]")
    /// >>> rules.explain_incident("smtplib.SMTPDataError: (554, b'5.7.1 Relaying denied')").title()
    /// 'Not our mail'
    #[pyo3(signature = (text, protocol = None, *, command = None))]
    fn explain_incident<'py>(
        slf: &Bound<'py, Self>,
        text: &Bound<'py, PyAny>,
        protocol: Option<&str>,
        command: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, Incident>> {
        let explain = slf.py().import("replycode._errors")?.getattr("explain_by")?;
        Ok(explain.call1((slf, text, protocol, command))?.cast_into()?)
    }

    /// Every Cause, in the order of their numbers.
    ///
    /// >>> import replycode
    /// >>> rules = replycode.Rules.from_string("causes: [{id: relay_denied, title: {en: Not our mail}}]")
    /// >>> len(rules.causes()) == len(replycode.causes())
    /// True
    fn causes<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let causes: Vec<_> = self.catalog.causes().map(|cause| cause_object(py, cause)).collect::<PyResult<_>>()?;
        PyTuple::new(py, causes)
    }

    /// The Cause with this id, or with this number.
    ///
    /// >>> import replycode
    /// >>> rules = replycode.Rules.from_string("causes: [{id: relay_denied, title: {en: Not our mail}}]")
    /// >>> rules.cause("relay_denied")
    /// <Cause relay_denied: 'Not our mail'>
    fn cause(&self, py: Python<'_>, id: &Bound<'_, PyAny>) -> PyResult<Py<Cause>> {
        cause_in(py, self.catalog, id)
    }

    /// Every Rule, in the order in which they are tried.
    ///
    /// >>> import replycode
    /// >>> rules = replycode.Rules.from_string("causes: [{id: relay_denied, title: {en: Not our mail}}]")
    /// >>> [rule.id for rule in rules.rules()] == [rule.id for rule in replycode.rules()]
    /// True
    fn rules<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let rules: Vec<_> = self.catalog.rules().map(|rule| Rule::new(py, rule)).collect::<PyResult<_>>()?;
        PyTuple::new(py, rules)
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        Ok(format!("<Rules {}: catalogue {}>", PyString::new(py, &self.path).repr()?, self.catalog.version()))
    }

    fn __hash__(&self, py: Python<'_>) -> PyResult<isize> {
        PyString::new(py, self.catalog.digest()).hash()
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, (String, String))> {
        Ok((py.import("replycode._replycode")?.getattr("rules_again")?, (self.text.clone(), self.path.clone())))
    }
}

/// What pickles of rules are made of.
#[pyfunction]
pub(crate) fn rules_again(py: Python<'_>, text: &str, path: &str) -> PyResult<Rules> {
    Rules::from_string(py, text, path)
}
