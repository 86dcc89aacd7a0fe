//! `Enhanced`: the enhanced status code of RFC 3463.

use pyo3::exceptions::{PyOverflowError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyType;

use crate::argument::member;
use crate::vocabulary::Vocabulary;

/// An enhanced status code, class.subject.detail (RFC 3463 section 2): class 2, 4 or 5, the others 0 to 999.
///
/// >>> import replycode
/// >>> code = replycode.Enhanced(5, 7, 606)
/// >>> code.class_, code.subject, code.detail
/// (5, 7, 606)
/// >>> str(code), code.severity
/// ('5.7.606', <Severity.PERMANENT: 'permanent'>)
/// >>> replycode.Enhanced.parse("4.2.2") < code
/// True
///
/// Frozen, hashable, ordered by class, subject and detail. Parts out of range are a ValueError.
#[pyclass(module = "replycode", frozen, eq, ord, hash)]
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Enhanced {
    pub(crate) code: replycode::Enhanced,
}

#[pymethods]
impl Enhanced {
    #[new]
    fn new(class_: &Bound<'_, PyAny>, subject: &Bound<'_, PyAny>, detail: &Bound<'_, PyAny>) -> PyResult<Self> {
        let parts = (part(class_)?, part(subject)?, part(detail)?);
        let code = match parts {
            (Some(class), Some(subject), Some(detail)) => {
                u8::try_from(class).ok().and_then(|class| replycode::Enhanced::new(class, subject, detail))
            }
            _ => None,
        };
        let code = code.ok_or_else(|| {
            PyValueError::new_err(format!(
                "{class_}.{subject}.{detail} is no enhanced status code: the class is 2, 4 or 5, subject and detail 0 to 999"
            ))
        })?;
        Ok(Enhanced { code })
    }

    /// The code written as text, "class.subject.detail" without leading zeros; anything else is a ValueError.
    ///
    /// >>> import replycode
    /// >>> replycode.Enhanced.parse("5.1.1")
    /// Enhanced(5, 1, 1)
    /// >>> replycode.Enhanced.parse("5.01.1")
    /// Traceback (most recent call last):
    /// ValueError: "5.01.1": not an enhanced status code: expected CLASS.SUBJECT.DETAIL, class 2, 4 or 5, the others 0 to 999 without leading zeros
    #[classmethod]
    fn parse(_class: &Bound<'_, PyType>, text: &str) -> PyResult<Self> {
        member(text).map(|code| Enhanced { code })
    }

    /// 2 success, 4 persistent transient failure, 5 permanent failure (RFC 3463 section 2).
    #[getter]
    fn class_(&self) -> u8 {
        self.code.class()
    }

    /// What it is about, 0 to 999; 0 to 7 are assigned (RFC 3463 section 3).
    #[getter]
    fn subject(&self) -> u16 {
        self.code.subject()
    }

    /// The precise condition within the subject, 0 to 999.
    #[getter]
    fn detail(&self) -> u16 {
        self.code.detail()
    }

    /// The Severity that the class stands for; servers do send 552 with 4.2.2.
    #[getter]
    fn severity(&self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        self.code.severity().member(py)
    }

    fn __str__(&self) -> String {
        self.code.to_string()
    }

    fn __repr__(&self) -> String {
        format!("Enhanced({}, {}, {})", self.code.class(), self.code.subject(), self.code.detail())
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> (Bound<'py, PyType>, (u8, u16, u16)) {
        (py.get_type::<Self>(), (self.code.class(), self.code.subject(), self.code.detail()))
    }
}

/// An int; `None` if it is far out of range.
fn part(value: &Bound<'_, PyAny>) -> PyResult<Option<u16>> {
    match value.extract::<u16>() {
        Ok(number) => Ok(Some(number)),
        Err(error) if error.is_instance_of::<PyOverflowError>(value.py()) => Ok(None),
        Err(error) => Err(error),
    }
}
