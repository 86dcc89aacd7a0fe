//! Bytes and text: what a caller passes as the bytes of a server, and how such bytes become a `str`.

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyByteArray, PyBytes, PyMemoryView, PyString};

/// How bytes that are not UTF-8 stand in a `str`, and come back from it: PEP 383.
const ERRORS: &std::ffi::CStr = c"surrogateescape";

/// The bytes of a `bytes` (itself), `bytearray` or `memoryview` (a copy), or `str`.
pub(crate) fn bytes<'py>(data: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyBytes>> {
    if let Ok(bytes) = data.cast::<PyBytes>() {
        return Ok(bytes.clone());
    }
    if let Ok(text) = data.cast::<PyString>() {
        // A `str` without surrogates needs no codec.
        return match text.to_str() {
            Ok(text) => Ok(PyBytes::new(data.py(), text.as_bytes())),
            Err(_) => Ok(data.call_method1("encode", ("utf-8", "surrogateescape"))?.cast_into()?),
        };
    }
    if data.is_instance_of::<PyByteArray>() || data.is_instance_of::<PyMemoryView>() {
        return Ok(data.py().get_type::<PyBytes>().call1((data,))?.cast_into()?);
    }
    let name = data.get_type().name()?;
    Err(PyTypeError::new_err(format!("a reply is bytes, bytearray, memoryview or str, not {name}")))
}

/// Bytes as a `str`: UTF-8, and what is not as lone surrogates.
pub(crate) fn text<'py>(bytes: &Bound<'py, PyBytes>) -> PyResult<Bound<'py, PyString>> {
    match std::str::from_utf8(bytes.as_bytes()) {
        Ok(text) => Ok(PyString::new(bytes.py(), text)),
        Err(_) => PyString::from_encoded_object(bytes.as_any(), Some(c"utf-8"), Some(ERRORS)),
    }
}
