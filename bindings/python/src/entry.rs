//! `Entry` and `Source`: one thing the catalogue has texts for, and where it comes from.

use std::collections::HashMap;

use pyo3::exceptions::PyLookupError;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyString, PyTuple};
use replycode::{CATALOG, Category, EntryKind, Lang, MalformedReason, Note, Protocol, Severity};

use crate::argument::{language, member};
use crate::diagnosis::cause_object;
use crate::enhanced::Enhanced;
use crate::html::Table;
use crate::rules;
use crate::vocabulary::Vocabulary;

/// One thing the catalogue has texts for: a sense of a reply code, a severity, an enhanced detail, ...
///
/// >>> import replycode
/// >>> busy = replycode.lookup("ftp", 425).entry
/// >>> busy
/// <Entry sense data_connection_failed: 'Data connection failed'>
/// >>> busy.phrase, str(busy.source), busy.status
/// ("Can't open data connection.", 'RFC 959, section 4.2.2', <Status.CURRENT: 'current'>)
/// >>> busy.verdict.should_retry
/// True
/// >>> replycode.lookup("smtp", 454).entry.commands
/// ('STARTTLS',)
///
/// There is one object an entry, so `is`, `==` and `hash` agree; a pickled entry comes back as that object. A text that
/// does not exist is empty. Its texts are made once: the same `str` object is returned each time.
#[pyclass(module = "replycode", frozen)]
pub(crate) struct Entry {
    pub(crate) core: replycode::Entry,
    /// The protocol it belongs to; none for enhanced codes and numbers that are no reply.
    protocol: Option<Protocol>,
    /// What it describes: an EntryKind.
    #[pyo3(get)]
    kind: Py<PyAny>,
    /// The stable id, unique within the kind and protocol.
    #[pyo3(get)]
    pub(crate) id: Py<PyString>,
    /// The RFC's canonical words, exactly; for a field entry the server's. Empty where no RFC prints any.
    #[pyo3(get)]
    pub(crate) phrase: Py<PyString>,
    /// How current it is: a Status.
    #[pyo3(get)]
    pub(crate) status: Py<PyAny>,
    /// What to do with the same attempt: a Verdict; None for a category or a subject, which say nothing about that.
    #[pyo3(get)]
    pub(crate) verdict: Py<PyAny>,
    source: PyOnceLock<Py<Source>>,
    aliases: PyOnceLock<Py<PyTuple>>,
    commands: PyOnceLock<Py<PyTuple>>,
    enhanced: PyOnceLock<Py<PyTuple>>,
    codes: PyOnceLock<Py<PyTuple>>,
    /// By kind and language: titles, meanings, actions, notes.
    texts: Box<[PyOnceLock<Py<PyString>>]>,
}

/// The texts that have languages, by their place in [`Entry::texts`].
#[derive(Clone, Copy)]
pub(crate) enum Text {
    Title,
    Meaning,
    Action,
    Note,
}

impl Text {
    pub(crate) const ALL: [(Text, &'static str); 4] =
        [(Text::Title, "title"), (Text::Meaning, "meaning"), (Text::Action, "action"), (Text::Note, "note")];

    pub(crate) fn of(self, entry: replycode::Entry, lang: Lang) -> &'static str {
        match self {
            Text::Title => entry.title(lang),
            Text::Meaning => entry.meaning(lang),
            Text::Action => entry.action(lang),
            Text::Note => entry.note(lang),
        }
    }
}

impl Entry {
    fn new(py: Python<'_>, core: replycode::Entry, protocol: Option<Protocol>) -> PyResult<Self> {
        let languages = CATALOG.languages().len();
        let verdict = core.verdict().map(|verdict| verdict.member(py)).transpose()?;
        Ok(Entry {
            core,
            protocol,
            kind: core.kind().member(py)?,
            id: PyString::intern(py, core.id()).unbind(),
            phrase: PyString::new(py, core.phrase()).unbind(),
            status: core.status().member(py)?,
            verdict: verdict.unwrap_or_else(|| py.None()),
            source: PyOnceLock::new(),
            aliases: PyOnceLock::new(),
            commands: PyOnceLock::new(),
            enhanced: PyOnceLock::new(),
            codes: PyOnceLock::new(),
            texts: (0..Text::ALL.len() * languages).map(|_| PyOnceLock::new()).collect(),
        })
    }

    /// A text in a language; the same object each time.
    pub(crate) fn text(&self, py: Python<'_>, kind: Text, lang: &str) -> PyResult<Py<PyString>> {
        let lang = language(lang)?;
        let make = || PyString::new(py, kind.of(self.core, lang)).unbind();
        let place = kind as usize * CATALOG.languages().len() + usize::from(lang.number());
        match self.texts.get(place) {
            Some(text) => Ok(text.get_or_init(py, make).clone_ref(py)),
            None => Ok(make()),
        }
    }

    /// `sense mailbox_unavailable: 'Mailbox unavailable'`, for the `repr` of whatever shows an entry.
    pub(crate) fn title_repr(&self, py: Python<'_>) -> PyResult<String> {
        Ok(self.text(py, Text::Title, "en")?.bind(py).repr()?.to_string())
    }
}

/// A tuple that is made when first asked for.
fn tuple<'py, T: IntoPyObject<'py>>(
    py: Python<'py>,
    cell: &PyOnceLock<Py<PyTuple>>,
    items: impl Iterator<Item = T>,
) -> PyResult<Py<PyTuple>> {
    let made = cell.get_or_try_init(py, || PyTuple::new(py, items.collect::<Vec<_>>()).map(Bound::unbind))?;
    Ok(made.clone_ref(py))
}

#[pymethods]
impl Entry {
    /// One line for a status page, at most 32 columns (a Japanese character takes two).
    ///
    /// >>> import replycode
    /// >>> replycode.lookup("ftp", 331).entry.title("ja")
    /// 'パスワードの要求'
    #[pyo3(signature = (lang = "en"))]
    fn title(&self, py: Python<'_>, lang: &str) -> PyResult<Py<PyString>> {
        self.text(py, Text::Title, lang)
    }

    /// What it means, in one or two sentences.
    ///
    /// >>> import replycode
    /// >>> print(replycode.lookup("ftp", 331).entry.meaning())
    /// The server has taken the user name and asks for the password.
    #[pyo3(signature = (lang = "en"))]
    fn meaning(&self, py: Python<'_>, lang: &str) -> PyResult<Py<PyString>> {
        self.text(py, Text::Meaning, lang)
    }

    /// What a technician should check or change, the likeliest first. Empty for a category.
    ///
    /// >>> import replycode
    /// >>> print(replycode.lookup("smtp", 220).entry.action())
    /// Nothing to do. The client goes on with EHLO.
    #[pyo3(signature = (lang = "en"))]
    fn action(&self, py: Python<'_>, lang: &str) -> PyResult<Py<PyString>> {
        self.text(py, Text::Action, lang)
    }

    /// Background worth knowing: history, servers that use it differently. Often empty.
    ///
    /// >>> import replycode
    /// >>> "RFC 6647" in replycode.lookup("smtp", 421).entry.note()
    /// True
    #[pyo3(signature = (lang = "en"))]
    fn note(&self, py: Python<'_>, lang: &str) -> PyResult<Py<PyString>> {
        self.text(py, Text::Note, lang)
    }

    /// Other words for the same thing: further RFC texts, names that customers know from elsewhere.
    #[getter]
    fn aliases(&self, py: Python<'_>) -> PyResult<Py<PyTuple>> {
        tuple(py, &self.aliases, self.core.aliases())
    }

    /// Where the fact comes from: a Source.
    #[getter]
    pub(crate) fn source(&self, py: Python<'_>) -> PyResult<Py<Source>> {
        self.source.get_or_try_init(py, || Source::new(py, self.core)).map(|source| source.clone_ref(py))
    }

    /// The number of the RFC that defines it, or None: `source.rfc`.
    #[getter]
    fn rfc(&self) -> Option<u16> {
        self.core.source().rfc()
    }

    /// The number of the RFC that first had it, where an older one did, or None.
    #[getter]
    fn since(&self) -> Option<u16> {
        self.core.since()
    }

    /// The verbs this sense answers, upper case; empty means any.
    #[getter]
    fn commands(&self, py: Python<'_>) -> PyResult<Py<PyTuple>> {
        tuple(py, &self.commands, self.core.commands())
    }

    /// The enhanced status codes that belong to this sense, as a tuple of Enhanced.
    #[getter]
    fn enhanced(&self, py: Python<'_>) -> PyResult<Py<PyTuple>> {
        tuple(py, &self.enhanced, self.core.enhanced().iter().map(|&code| Enhanced { code }))
    }

    /// The basic reply codes that the registry associates with this enhanced detail; a single digit stands for every
    /// code that begins with it.
    #[getter]
    fn codes(&self, py: Python<'_>) -> PyResult<Py<PyTuple>> {
        tuple(py, &self.codes, self.core.codes().iter().copied())
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        Ok(format!("<Entry {} {}: {}>", self.core.kind(), self.core.id(), self.title_repr(py)?))
    }

    fn _repr_html_(&self) -> String {
        let mut table = Table::new(&[self.core.kind().id(), self.core.id()]);
        table.facts(self.core);
        table.texts(self.core);
        table.finish()
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, Bound<'py, PyTuple>)> {
        if let Some(cause) = rules::cause_of(self.core) {
            let entry = py.import("operator")?.getattr("attrgetter")?.call1(("entry",))?;
            return Ok((entry, (cause_object(py, cause)?,).into_pyobject(py)?));
        }
        let make = py.import("replycode._replycode")?.getattr("entry")?;
        Ok((make, (self.core.kind().id(), self.protocol.map(Protocol::id), self.core.id()).into_pyobject(py)?))
    }
}

/// Every entry's one object.
struct Entries {
    /// By section and number.
    by_number: HashMap<(u8, u16), Py<Entry>>,
}

/// The section and number of an entry: what tells it from the others of the catalogue.
fn key(entry: replycode::Entry) -> (u8, u16) {
    let section = match entry.kind() {
        EntryKind::EnhancedClass | EntryKind::EnhancedSubject | EntryKind::EnhancedDetail => 1,
        EntryKind::Cause => 2,
        _ => 0,
    };
    (section, entry.number())
}

/// Every entry of the catalogue with its protocol, some more than once.
fn all() -> Vec<(Option<Protocol>, replycode::Entry)> {
    let mut all = Vec::new();
    for &protocol in Protocol::ALL {
        let own = |entry| (Some(protocol), entry);
        for listing in CATALOG.listings(protocol) {
            all.extend(listing.senses().chain(listing.field()).map(own));
        }
        all.extend(Severity::ALL.iter().map(|&severity| own(CATALOG.severity(protocol, severity))));
        all.extend(Category::ALL.iter().map(|&category| own(CATALOG.category(protocol, category))));
    }
    all.extend(CATALOG.not_replies().map(|(_, entry)| (None, entry)));
    // Classes 2, 4 and 5, subjects 0 to 7 (RFC 3463 sections 2 and 3).
    for class in [2, 4, 5] {
        let codes = (0..=7).filter_map(|subject| replycode::Enhanced::new(class, subject, 0));
        for answer in codes.map(|code| CATALOG.explain_enhanced(code)) {
            all.extend([Some(answer.class()), answer.subject()].into_iter().flatten().map(|entry| (None, entry)));
        }
    }
    all.extend(CATALOG.enhanced_details().map(|(_, _, entry)| (None, entry)));
    all.extend(Note::ALL.iter().map(|&note| (None, CATALOG.note(note))));
    all.extend(CATALOG.causes().map(|cause| (None, cause.entry())));
    all.extend(MalformedReason::ALL.iter().map(|&reason| (None, CATALOG.malformed(reason))));
    all
}

fn entries(py: Python<'_>) -> PyResult<&'static Entries> {
    static ENTRIES: PyOnceLock<Entries> = PyOnceLock::new();
    ENTRIES.get_or_try_init(py, || {
        let mut by_number = HashMap::new();
        for (protocol, core) in all() {
            if let std::collections::hash_map::Entry::Vacant(place) = by_number.entry(key(core)) {
                place.insert(Py::new(py, Entry::new(py, core, protocol)?)?);
            }
        }
        Ok(Entries { by_number })
    })
}

/// The one object for an entry.
pub(crate) fn object(py: Python<'_>, core: replycode::Entry) -> PyResult<Py<Entry>> {
    match entries(py)?.by_number.get(&key(core)) {
        // A cause of a site's rules has the number of another one here.
        Some(entry) if entry.get().core == core => Ok(entry.clone_ref(py)),
        _ => Py::new(py, Entry::new(py, core, None)?),
    }
}

/// The entry with this kind, protocol and id: what pickles of entries are made of. Ids are for ever, so a pickle
/// outlives the catalogue that it was made with.
#[pyfunction]
pub(crate) fn entry(py: Python<'_>, kind: &str, protocol: Option<&str>, id: &str) -> PyResult<Py<Entry>> {
    let kind: EntryKind = member(kind)?;
    let protocol: Option<Protocol> = protocol.map(member).transpose()?;
    let found = entries(py)?.by_number.values().find(|entry| {
        let entry = entry.get();
        entry.core.kind() == kind && entry.protocol == protocol && entry.core.id() == id
    });
    found.map(|entry| entry.clone_ref(py)).ok_or_else(|| {
        PyLookupError::new_err(format!(
            "catalogue {} has no {kind} {id:?}; was it pickled by a newer replycode?",
            CATALOG.version()
        ))
    })
}

/// Where a fact comes from: an RFC and its section, or where it was seen.
///
/// >>> import replycode
/// >>> source = replycode.lookup("smtp", 421).entry.source
/// >>> source.rfc, source.place, str(source)
/// (5321, '4.2.3', 'RFC 5321, section 4.2.3')
/// >>> replycode.lookup("ftp", 430).entry.source.rfc is None
/// True
///
/// Frozen and hashable; two that say the same are equal.
#[pyclass(module = "replycode", frozen, eq)]
pub(crate) struct Source {
    /// Whose source it is.
    entry: replycode::Entry,
    /// The section of the RFC, or where it was seen.
    #[pyo3(get)]
    place: Py<PyString>,
}

impl PartialEq for Source {
    fn eq(&self, other: &Source) -> bool {
        self.entry.source() == other.entry.source()
    }
}

impl Source {
    fn new(py: Python<'_>, entry: replycode::Entry) -> PyResult<Py<Self>> {
        Py::new(py, Source { entry, place: PyString::intern(py, entry.source().place()).unbind() })
    }
}

#[pymethods]
impl Source {
    /// The number of the RFC, or None if none defines it.
    #[getter]
    fn rfc(&self) -> Option<u16> {
        self.entry.source().rfc()
    }

    fn __str__(&self) -> String {
        self.entry.source().to_string()
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        Ok(format!("<Source {}>", PyString::new(py, &self.__str__()).repr()?))
    }

    fn __hash__(&self, py: Python<'_>) -> PyResult<isize> {
        (self.rfc(), &self.place).into_pyobject(py)?.hash()
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Attribute<'py>> {
        Ok((py.import("builtins")?.getattr("getattr")?, (object(py, self.entry)?, "source")))
    }
}

/// What `pickle` makes a source from again: `getattr`, an entry, and the name of the attribute.
type Attribute<'py> = (Bound<'py, PyAny>, (Py<Entry>, &'static str));
