//! What callers may pass, and what they are told when they pass something else.

use std::str::FromStr;

use pyo3::exceptions::{PyOverflowError, PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedStr;
use replycode::{CATALOG, Lang};

use crate::catalog::Command;
use crate::enhanced::Enhanced;

/// A number 0..=65535: an `int`, a member of `Smtp` or `Ftp`, anything with `__index__`.
pub(crate) struct Code(pub(crate) u16);

impl<'a, 'py> FromPyObject<'a, 'py> for Code {
    type Error = PyErr;

    fn extract(value: Borrowed<'a, 'py, PyAny>) -> PyResult<Self> {
        match value.extract::<u16>() {
            Ok(number) => Ok(Code(number)),
            Err(error) if error.is_instance_of::<PyOverflowError>(value.py()) => Err(PyValueError::new_err(format!(
                "{} is out of range: a code is a number from 0 to 65535, a reply code one from 100 to 999",
                value.str()?
            ))),
            Err(_) => Err(PyTypeError::new_err(format!(
                "a code is an int, not {}: pass int(...) of the reply's first three digits",
                value.get_type().name()?
            ))),
        }
    }
}

/// A verb, as a `str` in any case or as a `Command`.
pub(crate) struct Verb(pub(crate) PyBackedStr);

impl<'a, 'py> FromPyObject<'a, 'py> for Verb {
    type Error = PyErr;

    fn extract(value: Borrowed<'a, 'py, PyAny>) -> PyResult<Self> {
        if let Ok(command) = value.cast::<Command>() {
            return Ok(Verb(PyBackedStr::try_from(command.get().verb.bind(value.py()).clone())?));
        }
        value.extract().map(Verb).map_err(|_| wrong_type(&value, "a command", "a verb as str, or a Command"))
    }
}

/// An enhanced status code, as an `Enhanced` or as its `str`.
pub(crate) struct EnhancedCode(pub(crate) replycode::Enhanced);

impl<'a, 'py> FromPyObject<'a, 'py> for EnhancedCode {
    type Error = PyErr;

    fn extract(value: Borrowed<'a, 'py, PyAny>) -> PyResult<Self> {
        if let Ok(code) = value.cast::<Enhanced>() {
            return Ok(EnhancedCode(code.get().code));
        }
        match value.extract::<&str>() {
            Ok(text) => member(text).map(EnhancedCode),
            Err(_) => Err(wrong_type(&value, "an enhanced status code", "an Enhanced, or a str such as '5.7.1'")),
        }
    }
}

fn wrong_type(value: &Bound<'_, PyAny>, what: &str, allowed: &str) -> PyErr {
    match value.get_type().name() {
        Ok(name) => PyTypeError::new_err(format!("{what} is {allowed}, not {name}")),
        Err(error) => error,
    }
}

/// A word of one of the core's vocabularies, or an enhanced status code; `ValueError` with the core's own words.
pub(crate) fn member<T>(text: &str) -> PyResult<T>
where
    T: FromStr<Err: std::fmt::Display>,
{
    text.parse().map_err(|error| PyValueError::new_err(format!("{text:?}: {error}")))
}

/// A language by its tag; `ValueError` names the known ones.
pub(crate) fn language(id: &str) -> PyResult<Lang> {
    CATALOG.lang(id).ok_or_else(|| {
        let known: Vec<_> = CATALOG.languages().map(|language| format!("'{}'", language.id)).collect();
        PyValueError::new_err(format!("unknown language {id:?}: the catalogue has {}", known.join(", ")))
    })
}
