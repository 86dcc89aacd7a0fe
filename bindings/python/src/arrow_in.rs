//! Columns of other libraries, through the Arrow PyCapsule interface. With `gil.rs` the only file of this crate with `unsafe`.

#![allow(unsafe_code)]
#![deny(clippy::undocumented_unsafe_blocks)]

use std::ffi::CStr;

use arrow_array::ffi::{FFI_ArrowArray, FFI_ArrowSchema, from_ffi};
use arrow_array::ffi_stream::{ArrayStreamReader, FFI_ArrowArrayStream};
use arrow_array::{ArrayRef, make_array};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyTuple};

/// A column in one or several pieces.
pub(crate) enum Pieces {
    /// All of it.
    Whole(Option<ArrayRef>),
    /// One piece after the other.
    Stream(Box<ArrayStreamReader>),
}

impl Iterator for Pieces {
    type Item = PyResult<ArrayRef>;

    fn next(&mut self) -> Option<Self::Item> {
        match self {
            Pieces::Whole(array) => array.take().map(Ok),
            Pieces::Stream(stream) => stream.next().map(|piece| piece.map_err(refused)),
        }
    }
}

/// The pieces of anything that has `__arrow_c_array__` or `__arrow_c_stream__`.
pub(crate) fn pieces(column: &Bound<'_, PyAny>) -> PyResult<Pieces> {
    let class = column.get_type();
    if class.hasattr("__arrow_c_array__")? {
        let pair = column.call_method0("__arrow_c_array__")?.cast_into::<PyTuple>()?;
        let (schema, array) = (pair.get_item(0)?, pair.get_item(1)?);
        let (schema, array) = (capsule(&schema)?, capsule(&array)?);
        let schema = schema.pointer_checked(Some(c"arrow_schema"))?.cast::<FFI_ArrowSchema>();
        let array = array.pointer_checked(Some(c"arrow_array"))?.cast::<FFI_ArrowArray>();
        // SAFETY: a capsule of this name holds a pointer to such a structure, which is ours to take: what is left behind
        // is marked as released, as the interface demands.
        let (schema, array) =
            unsafe { (FFI_ArrowSchema::from_raw(schema.as_ptr()), FFI_ArrowArray::from_raw(array.as_ptr())) };
        if array.is_released() || schema.release().is_none() {
            return Err(PyValueError::new_err("the Arrow array was released; its capsule may be taken only once"));
        }
        // SAFETY: both are of one producer, which vouches that they belong together.
        let data = unsafe { from_ffi(array, &schema) }.map_err(refused)?;
        return Ok(Pieces::Whole(Some(make_array(data))));
    }
    if class.hasattr("__arrow_c_stream__")? {
        let stream = column.call_method0("__arrow_c_stream__")?;
        let stream = capsule(&stream)?.pointer_checked(Some(STREAM))?.cast::<FFI_ArrowArrayStream>();
        // SAFETY: as above.
        let reader = unsafe { ArrayStreamReader::from_raw(stream.as_ptr()) };
        return Ok(Pieces::Stream(Box::new(reader.map_err(refused)?)));
    }
    Err(PyTypeError::new_err(format!(
        "a column is an object with __arrow_c_array__ or __arrow_c_stream__ (a pyarrow array, a polars or pandas \
         series), not {}",
        class.name()?
    )))
}

const STREAM: &CStr = c"arrow_array_stream";

fn capsule<'a, 'py>(object: &'a Bound<'py, PyAny>) -> PyResult<&'a Bound<'py, PyCapsule>> {
    Ok(object.cast::<PyCapsule>()?)
}

/// What Arrow has to say about a column, as a Python exception.
pub(crate) fn refused(error: arrow_schema::ArrowError) -> PyErr {
    PyValueError::new_err(format!("the Arrow data cannot be read: {error}"))
}
