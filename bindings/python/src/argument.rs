//! What callers may pass, and what they are told when they pass something else.

use std::str::FromStr;

use pyo3::exceptions::{PyOverflowError, PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedStr;
use replycode::{CATALOG, Lang};

use crate::catalog::Command;
use crate::enhanced::Enhanced;

/// A number 0..=65535: an `int`, a member of `Smtp` or `Ftp`, anything with `__index__`.
pub(crate) fn code(value: &Bound<'_, PyAny>) -> PyResult<u16> {
    value.extract().map_err(|error: PyErr| {
        if error.is_instance_of::<PyOverflowError>(value.py()) {
            PyValueError::new_err(format!(
                "{value} is out of range: a code is a number from 0 to 65535, a reply code one from 100 to 999"
            ))
        } else {
            wrong_type(value, "a code is an int", ": pass int(...) of the reply's first three digits")
        }
    })
}

/// A verb, as a `str` in any case or as a `Command`.
pub(crate) fn verb(value: &Bound<'_, PyAny>) -> PyResult<PyBackedStr> {
    match value.cast::<Command>() {
        Ok(command) => PyBackedStr::try_from(command.get().verb.bind(value.py()).clone()),
        Err(_) => value.extract().map_err(|_| wrong_type(value, "a command is a verb as str, or a Command", "")),
    }
}

/// An enhanced status code, as an `Enhanced` or as its `str`.
pub(crate) fn enhanced(value: &Bound<'_, PyAny>) -> PyResult<replycode::Enhanced> {
    match (value.cast::<Enhanced>(), value.extract()) {
        (Ok(code), _) => Ok(code.get().code),
        (_, Ok(text)) => member(text),
        _ => Err(wrong_type(value, "an enhanced status code is an Enhanced, or a str such as '5.7.1'", "")),
    }
}

fn wrong_type(value: &Bound<'_, PyAny>, allowed: &str, remedy: &str) -> PyErr {
    match value.get_type().name() {
        Ok(name) => PyTypeError::new_err(format!("{allowed}, not {name}{remedy}")),
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
