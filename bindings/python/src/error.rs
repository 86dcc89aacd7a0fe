//! The package's exceptions, which are Python classes, raised from here.

use pyo3::call::PyCallArgs;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyTuple};
use replycode::Malformed;

use crate::reply::Reply;
use crate::vocabulary::Vocabulary;

/// An instance of a class of `_errors.py`, to be raised.
pub(crate) fn raised<'py>(py: Python<'py>, class: &str, arguments: impl PyCallArgs<'py>) -> PyErr {
    let made = py.import("replycode._errors").and_then(|module| module.getattr(class)?.call1(arguments));
    made.map_or_else(|error| error, PyErr::from_value)
}

/// `MalformedReply`, with the replies that were read before it and the bytes that were not read after it.
pub(crate) fn malformed(py: Python<'_>, malformed: Malformed, replies: Vec<Reply>, rest: &[u8]) -> PyErr {
    let arguments = malformed.reason().member(py).and_then(|reason| {
        Ok((malformed.to_string(), reason, malformed.offset(), PyTuple::new(py, replies)?, PyBytes::new(py, rest)))
    });
    arguments.map_or_else(|error| error, |arguments| raised(py, "MalformedReply", arguments))
}
