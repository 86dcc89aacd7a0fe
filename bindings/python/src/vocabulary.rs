//! From a word of the core's closed vocabularies to the member of its Python enum.

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use replycode::{
    Basis, CATALOG, Category, DiagnosisBasis, EntryKind, Expectation, MalformedReason, Mode, Note, Party, Protocol,
    Severity, Status, Verdict,
};

use crate::argument::member as parsed;
use crate::entry::{Entry, object};

/// A closed vocabulary and its Python enum in `replycode.generated.vocabulary`.
pub(crate) trait Vocabulary: Copy + 'static {
    /// The member of the enum.
    fn member(self, py: Python<'_>) -> PyResult<Py<PyAny>>;
}

macro_rules! vocabularies {
    ($($name:ident),+) => {$(
        impl Vocabulary for $name {
            fn member(self, py: Python<'_>) -> PyResult<Py<PyAny>> {
                // By number; the numbers are small and begin at 0 or 1.
                static MEMBERS: PyOnceLock<Vec<Option<Py<PyAny>>>> = PyOnceLock::new();
                let members = MEMBERS.get_or_try_init(py, || {
                    let class = py.import("replycode.generated.vocabulary")?.getattr(stringify!($name))?;
                    (0..=u8::MAX)
                        .map(|number| match $name::from_number(number) {
                            Some(word) => class.call1((word.id(),)).map(|member| Some(member.unbind())),
                            None => Ok(None),
                        })
                        .collect::<PyResult<Vec<_>>>()
                })?;
                match members.get(usize::from(self.number())) {
                    Some(Some(member)) => Ok(member.clone_ref(py)),
                    _ => Ok(py.None()),
                }
            }
        }
    )+};
}

macro_rules! numbers {
    ($($name:ident),+) => {
        /// The stable number of a word: of the vocabulary's class, and the id.
        #[pyfunction]
        pub(crate) fn number(vocabulary: &str, id: &str) -> PyResult<u8> {
            if let Some(number) = crate::incident::number(vocabulary, id) {
                return number;
            }
            match vocabulary {
                $(stringify!($name) => parsed::<$name>(id).map($name::number),)+
                _ => Err(PyValueError::new_err(format!("no vocabulary {vocabulary:?}"))),
            }
        }
    };
}

vocabularies!(
    Basis,
    Category,
    DiagnosisBasis,
    EntryKind,
    Expectation,
    MalformedReason,
    Mode,
    Note,
    Party,
    Protocol,
    Severity,
    Status,
    Verdict
);
numbers!(
    Basis,
    Category,
    DiagnosisBasis,
    EntryKind,
    Expectation,
    MalformedReason,
    Mode,
    Note,
    Party,
    Protocol,
    Severity,
    Status,
    Verdict
);

/// Whether the same attempt, unchanged, has a fair chance later.
#[pyfunction]
pub(crate) fn should_retry(verdict: &str) -> PyResult<bool> {
    parsed::<Verdict>(verdict).map(Verdict::should_retry)
}

/// The verdict where nothing but the severity is known.
#[pyfunction]
pub(crate) fn severity_verdict(py: Python<'_>, severity: &str) -> PyResult<Py<PyAny>> {
    parsed::<Severity>(severity)?.verdict().member(py)
}

/// 1yz, 2yz or 3yz.
#[pyfunction]
pub(crate) fn is_positive(severity: &str) -> PyResult<bool> {
    parsed::<Severity>(severity).map(Severity::is_positive)
}

/// 4yz or 5yz.
#[pyfunction]
pub(crate) fn is_negative(severity: &str) -> PyResult<bool> {
    parsed::<Severity>(severity).map(Severity::is_negative)
}

/// The entry of a word that the catalogue has texts for: of the vocabulary's class, and the id.
#[pyfunction]
pub(crate) fn word_entry(py: Python<'_>, vocabulary: &str, id: &str) -> PyResult<Py<Entry>> {
    match vocabulary {
        "Note" => object(py, CATALOG.note(parsed(id)?)),
        "MalformedReason" => object(py, CATALOG.malformed(parsed(id)?)),
        _ => Err(PyValueError::new_err(format!("no vocabulary with texts {vocabulary:?}"))),
    }
}
