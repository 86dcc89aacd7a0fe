//! `Listing`, the members of `Smtp` and `Ftp`, and `Listings`, the mapping from numbers to them.

use pyo3::basic::CompareOp;
use pyo3::exceptions::{PyKeyError, PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyInt, PyIterator, PyString, PyTuple, PyType};
use replycode::{CATALOG, Protocol};

use crate::argument::{self, member};
use crate::entry::{Entry, Source, Text, object};
use crate::html::Table;
use crate::vocabulary::Vocabulary;

/// What the catalogue knows of one reply code: the members of Smtp and Ftp are listings.
///
/// >>> import replycode
/// >>> code = replycode.Smtp.TLS_UNAVAILABLE
/// >>> code
/// <Smtp.TLS_UNAVAILABLE: 454 'TLS not available now'>
/// >>> code.phrase
/// 'TLS not available due to temporary reason'
/// >>> code.severity, code.category, code.verdict
/// (<Severity.TRANSIENT: 'transient'>, <Category.MAIL_SYSTEM: 'mail_system'>, <Verdict.RETRY_LATER: 'retry_later'>)
/// >>> [sense.id for sense in replycode.smtp[454].senses]
/// ['tls_unavailable', 'auth_temporary_failure']
/// >>> replycode.ftp[430].senses, replycode.ftp[430].field[0].status
/// ((), <Status.FIELD: 'field'>)
///
/// A listing counts as its number: it equals the int, hashes, sorts and formats as it. It is no int, since attributes
/// of an int's subclass are read three times slower; where an int itself is needed (JSON, say), use `value`. Listings
/// of different protocols are never equal: 550 means one thing in SMTP and another in FTP.
///
/// `phrase`, `status`, `source` and the texts are those of `entry`, the base sense. Frozen, hashable, picklable.
#[pyclass(module = "replycode", frozen, subclass)]
pub(crate) struct Listing {
    core: replycode::Listing,
    code: u16,
    /// The number as an int; the enum's `value`.
    #[pyo3(get, name = "code")]
    number: Py<PyInt>,
    /// The Protocol.
    #[pyo3(get)]
    protocol: Py<PyAny>,
    /// What the first digit says: a Severity.
    #[pyo3(get)]
    severity: Py<PyAny>,
    /// What the second digit says: a Category.
    #[pyo3(get)]
    category: Py<PyAny>,
    /// The Entry to show when nothing but the code is known: the base sense, or, for a code that no RFC has, what was
    /// seen in the field.
    #[pyo3(get)]
    entry: Py<Entry>,
    /// The meanings that RFCs give the code, the base one first; empty for a code that only the field uses.
    #[pyo3(get)]
    senses: Py<PyTuple>,
    /// What servers use the code for beside or against the RFCs.
    #[pyo3(get)]
    field: Py<PyTuple>,
    /// The RFC's canonical words for the base sense, exactly; for a field entry the server's.
    #[pyo3(get)]
    phrase: Py<PyString>,
    /// How current the base sense is: a Status.
    #[pyo3(get)]
    status: Py<PyAny>,
    /// What to do with the same attempt when nothing but the code is known: a Verdict.
    #[pyo3(get)]
    verdict: Py<PyAny>,
}

#[pymethods]
impl Listing {
    #[new]
    #[classmethod]
    fn new(class: &Bound<'_, PyType>, protocol: &str, code: &Bound<'_, PyAny>) -> PyResult<Self> {
        let py = class.py();
        if class.is(py.get_type::<Self>()) {
            return Err(PyTypeError::new_err("listings are the members of Smtp and Ftp: use lookup(protocol, code)"));
        }
        let (protocol, code) = (member::<Protocol>(protocol)?, argument::code(code)?);
        let core = CATALOG
            .lookup(protocol, code)
            .ok_or_else(|| PyValueError::new_err(format!("the catalogue does not list {protocol} {code}")))?;
        let entry = object(py, core.entry())?;
        let objects = |entries: &mut dyn Iterator<Item = replycode::Entry>| -> PyResult<Py<PyTuple>> {
            let objects: Vec<_> = entries.map(|entry| object(py, entry)).collect::<PyResult<_>>()?;
            PyTuple::new(py, objects).map(Bound::unbind)
        };
        let own = entry.get();
        Ok(Listing {
            core,
            code,
            number: code.into_pyobject(py)?.unbind(),
            protocol: protocol.member(py)?,
            severity: core.severity().member(py)?,
            category: core.category().member(py)?,
            senses: objects(&mut core.senses())?,
            field: objects(&mut core.field())?,
            phrase: own.phrase.clone_ref(py),
            status: own.status.clone_ref(py),
            verdict: own.verdict.clone_ref(py),
            entry,
        })
    }

    /// One line for a status page, at most 32 columns (a Japanese character takes two).
    ///
    /// >>> import replycode
    /// >>> replycode.Ftp.NEED_PASSWORD.title("ja")
    /// 'パスワードの要求'
    /// >>> replycode.Ftp.NEED_PASSWORD.title("fr")
    /// Traceback (most recent call last):
    /// ValueError: unknown language "fr": the catalogue has 'en', 'ja'
    #[pyo3(signature = (lang = "en"))]
    fn title(&self, py: Python<'_>, lang: &str) -> PyResult<Py<PyString>> {
        self.entry.get().text(py, Text::Title, lang)
    }

    /// What it means, in one or two sentences.
    ///
    /// >>> import replycode
    /// >>> print(replycode.Smtp.SERVICE_READY.meaning())
    /// The server <domain> has accepted the connection and waits for commands.
    #[pyo3(signature = (lang = "en"))]
    fn meaning(&self, py: Python<'_>, lang: &str) -> PyResult<Py<PyString>> {
        self.entry.get().text(py, Text::Meaning, lang)
    }

    /// What a technician should check or change, the likeliest first.
    ///
    /// >>> import replycode
    /// >>> replycode.Smtp.HELP_MESSAGE.action("ja")
    /// '対処は不要です。'
    #[pyo3(signature = (lang = "en"))]
    fn action(&self, py: Python<'_>, lang: &str) -> PyResult<Py<PyString>> {
        self.entry.get().text(py, Text::Action, lang)
    }

    /// Background worth knowing: history, servers that use it differently. Often empty.
    ///
    /// >>> import replycode
    /// >>> replycode.Smtp.HELP_MESSAGE.note()
    /// ''
    #[pyo3(signature = (lang = "en"))]
    fn note(&self, py: Python<'_>, lang: &str) -> PyResult<Py<PyString>> {
        self.entry.get().text(py, Text::Note, lang)
    }

    /// Where the base sense comes from: a Source.
    #[getter]
    fn source(&self, py: Python<'_>) -> PyResult<Py<Source>> {
        self.entry.get().source(py)
    }

    fn __int__(&self) -> u16 {
        self.code
    }

    fn __index__(&self) -> u16 {
        self.code
    }

    fn __hash__(&self, py: Python<'_>) -> PyResult<isize> {
        self.number.bind(py).hash()
    }

    fn __richcmp__(&self, py: Python<'_>, other: &Bound<'_, PyAny>, op: CompareOp) -> PyResult<Py<PyAny>> {
        let number = self.number.bind(py);
        let answer = match other.cast::<Listing>() {
            Ok(other) if other.get().core.protocol() == self.core.protocol() => {
                number.rich_compare(other.get().number.bind(py), op)?
            }
            Err(_) if other.is_instance_of::<PyInt>() => number.rich_compare(other, op)?,
            // Python then says that they are neither equal nor in an order.
            _ => return Ok(py.NotImplemented()),
        };
        Ok(answer.unbind())
    }

    fn _repr_html_(&self) -> String {
        let (protocol, code) = (self.core.protocol(), self.core.code());
        let mut table = Table::new(&[protocol.id(), &code.to_string()]);
        table.fact("severity", self.core.severity().id());
        table.fact("category", self.core.category().id());
        for entry in self.core.senses().chain(self.core.field()) {
            table.fact(entry.kind().id(), entry.id());
            table.facts(entry);
            table.texts(entry);
        }
        table.finish()
    }
}

/// The codes of one protocol: a read-only mapping from numbers to the members of Smtp or Ftp.
///
/// >>> import replycode
/// >>> replycode.smtp[550] is replycode.Smtp.MAILBOX_UNAVAILABLE
/// True
/// >>> 599 in replycode.smtp, replycode.smtp.get(599)
/// (False, None)
/// >>> list(replycode.ftp)[:3]
/// [110, 119, 120]
/// >>> replycode.smtp[599]
/// Traceback (most recent call last):
/// KeyError: "the catalogue does not list smtp 599; explain('smtp', 599) answers for every number"
#[pyclass(module = "replycode", frozen, mapping)]
pub(crate) struct Listings {
    protocol: Protocol,
    /// By code, for whoever knows it.
    by_code: Vec<Option<Py<PyAny>>>,
    /// The same, for whoever wants to see them all.
    members: Py<PyDict>,
}

impl Listings {
    fn find(&self, code: u16) -> Option<&Py<PyAny>> {
        self.by_code.get(usize::from(code))?.as_ref()
    }
}

#[pymethods]
impl Listings {
    fn __getitem__<'py>(&self, py: Python<'py>, code: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        // A number needs no hash; anything else is looked up as in any mapping.
        let found = code.extract().ok().and_then(|code| self.find(code)).map(|member| member.bind(py).clone());
        match found.map_or_else(|| self.members.bind(py).get_item(code), |member| Ok(Some(member)))? {
            Some(member) => Ok(member),
            None => {
                let (protocol, code) = (self.protocol, code.repr()?);
                Err(PyKeyError::new_err(format!(
                    "the catalogue does not list {protocol} {code}; explain('{protocol}', {code}) answers for every number"
                )))
            }
        }
    }

    fn __len__(&self, py: Python<'_>) -> usize {
        self.members.bind(py).len()
    }

    fn __contains__(&self, py: Python<'_>, code: &Bound<'_, PyAny>) -> PyResult<bool> {
        self.members.bind(py).contains(code)
    }

    fn __iter__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyIterator>> {
        self.members.bind(py).try_iter()
    }

    fn __reversed__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.members.bind(py).call_method0("__reversed__")
    }

    /// The member for a code, or the default.
    ///
    /// >>> import replycode
    /// >>> replycode.ftp.get(331)
    /// <Ftp.NEED_PASSWORD: 331 'Password needed'>
    /// >>> replycode.ftp.get(599, "unlisted")
    /// 'unlisted'
    #[pyo3(signature = (code, default = None, /))]
    fn get<'py>(
        &self,
        py: Python<'py>,
        code: &Bound<'py, PyAny>,
        default: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Option<Bound<'py, PyAny>>> {
        Ok(self.members.bind(py).get_item(code)?.or(default))
    }

    /// The codes, ascending.
    ///
    /// >>> import replycode
    /// >>> 550 in replycode.smtp.keys()
    /// True
    fn keys<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.members.bind(py).call_method0("keys")
    }

    /// The members, by code.
    ///
    /// >>> import replycode
    /// >>> [code for code in replycode.ftp.values() if code.severity is replycode.Severity.INTERMEDIATE][0]
    /// <Ftp.NEED_PASSWORD: 331 'Password needed'>
    fn values<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.members.bind(py).call_method0("values")
    }

    /// The codes with their members.
    ///
    /// >>> import replycode
    /// >>> dict(replycode.ftp.items()) == dict(replycode.ftp)
    /// True
    fn items<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.members.bind(py).call_method0("items")
    }

    fn __eq__(&self, py: Python<'_>, other: &Bound<'_, PyAny>) -> PyResult<Py<PyAny>> {
        let members = self.members.bind(py);
        let answer = match other.cast::<Listings>() {
            Ok(other) => members.rich_compare(other.get().members.bind(py), CompareOp::Eq)?,
            Err(_) if other.is_instance_of::<PyDict>() => members.rich_compare(other, CompareOp::Eq)?,
            Err(_) => return Ok(py.NotImplemented()),
        };
        Ok(answer.unbind())
    }

    fn __hash__(&self) -> isize {
        // There is one a protocol.
        isize::from(self.protocol.number())
    }

    fn __repr__(&self, py: Python<'_>) -> String {
        format!("<Listings {}: {} codes>", self.protocol, self.__len__(py))
    }

    fn _repr_html_(&self) -> String {
        let mut table = Table::new(&[self.protocol.id()]);
        for listing in CATALOG.listings(self.protocol) {
            table.titles(&listing.code().to_string(), listing.entry());
        }
        table.finish()
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, (&'static str,))> {
        Ok((py.import("replycode._replycode")?.getattr("listings")?, (self.protocol.id(),)))
    }
}

fn listings_of(py: Python<'_>, protocol: Protocol) -> PyResult<&'static Py<Listings>> {
    static LISTINGS: [PyOnceLock<Py<Listings>>; Protocol::ALL.len()] =
        [const { PyOnceLock::new() }; Protocol::ALL.len()];
    LISTINGS[usize::from(protocol.number())].get_or_try_init(py, || {
        // The enum is named as the core names the protocol.
        let class = py.import("replycode.generated.codes")?.getattr(format!("{protocol:?}"))?;
        let (mut by_code, members) = (Vec::new(), PyDict::new(py));
        for member in class.try_iter()? {
            let member = member?;
            let code = member.cast::<Listing>()?.get().code;
            by_code.resize_with(by_code.len().max(usize::from(code) + 1), || None);
            by_code[usize::from(code)] = Some(member.clone().unbind());
            members.set_item(code, member)?;
        }
        Py::new(py, Listings { protocol, by_code, members: members.unbind() })
    })
}

/// The codes of a protocol ("smtp" or "ftp"), as a read-only mapping; `replycode.smtp` and `replycode.ftp` are these.
///
/// >>> import replycode
/// >>> replycode.listings("ftp") is replycode.ftp
/// True
#[pyfunction]
pub(crate) fn listings(py: Python<'_>, protocol: &str) -> PyResult<Py<Listings>> {
    listings_of(py, member(protocol)?).map(|listings| listings.clone_ref(py))
}

/// What the catalogue knows of a code: a member of Smtp or Ftp, or None for a code that it does not list.
///
/// >>> import replycode
/// >>> replycode.lookup("smtp", 220)
/// <Smtp.SERVICE_READY: 220 'Server ready'>
/// >>> replycode.lookup("smtp", 599) is None
/// True
///
/// The protocol is "smtp" or "ftp"; a code outside 0..65535 is a ValueError.
#[pyfunction]
pub(crate) fn lookup(py: Python<'_>, protocol: &str, code: &Bound<'_, PyAny>) -> PyResult<Option<Py<PyAny>>> {
    listed(py, member(protocol)?, argument::code(code)?)
}

/// The member of Smtp or Ftp.
pub(crate) fn listed(py: Python<'_>, protocol: Protocol, code: u16) -> PyResult<Option<Py<PyAny>>> {
    Ok(listings_of(py, protocol)?.get().find(code).map(|member| member.clone_ref(py)))
}
