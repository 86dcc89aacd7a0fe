//! Tables of ours as Arrow arrays, for other libraries.

use std::sync::Arc;

use arrow_array::builder::{BooleanBuilder, Int16Builder, Int64Builder, StringBuilder, TimestampMicrosecondBuilder};
use arrow_array::ffi::{FFI_ArrowArray, FFI_ArrowSchema};
use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::{Array, ArrayRef, RecordBatchReader, StructArray};
use arrow_schema::{ArrowError, DataType, Field, Fields, TimeUnit};
use pyo3::prelude::*;
use pyo3::types::PyCapsule;

use crate::arrow_in::refused;

/// What a column holds. Numbers are signed, as Spark has no others; times are instants.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Kind {
    Text,
    Code,
    Number,
    Flag,
    Time,
}

/// The value of a column in one row.
pub(crate) enum Cell<'a> {
    Text(Option<&'a str>),
    Code(Option<u16>),
    Number(u64),
    Flag(bool),
    /// Milliseconds since 1970, UTC.
    Time(Option<i64>),
}

enum Column {
    Text(StringBuilder),
    Code(Int16Builder),
    Number(Int64Builder),
    Flag(BooleanBuilder),
    Time(TimestampMicrosecondBuilder),
}

impl Column {
    fn new(kind: Kind) -> Self {
        match kind {
            Kind::Text => Column::Text(StringBuilder::new()),
            Kind::Code => Column::Code(Int16Builder::new()),
            Kind::Number => Column::Number(Int64Builder::new()),
            Kind::Flag => Column::Flag(BooleanBuilder::new()),
            Kind::Time => Column::Time(TimestampMicrosecondBuilder::new().with_timezone("UTC")),
        }
    }

    fn push(&mut self, cell: &Cell<'_>) {
        match (self, cell) {
            (Column::Text(column), Cell::Text(text)) => column.append_option(*text),
            (Column::Code(column), Cell::Code(code)) => {
                column.append_option(code.and_then(|code| i16::try_from(code).ok()));
            }
            (Column::Number(column), Cell::Number(number)) => {
                column.append_option(i64::try_from(*number).ok());
            }
            (Column::Flag(column), Cell::Flag(flag)) => column.append_value(*flag),
            (Column::Time(column), Cell::Time(ms)) => column.append_option(ms.map(|ms| ms.saturating_mul(1000))),
            (column, _) => column.push_null(),
        }
    }

    fn push_null(&mut self) {
        match self {
            Column::Text(column) => column.append_null(),
            Column::Code(column) => column.append_null(),
            Column::Number(column) => column.append_null(),
            Column::Flag(column) => column.append_null(),
            Column::Time(column) => column.append_null(),
        }
    }

    fn finish(&mut self) -> ArrayRef {
        match self {
            Column::Text(column) => Arc::new(column.finish()),
            Column::Code(column) => Arc::new(column.finish()),
            Column::Number(column) => Arc::new(column.finish()),
            Column::Flag(column) => Arc::new(column.finish()),
            Column::Time(column) => Arc::new(column.finish()),
        }
    }
}

/// The columns of a table, in their order.
pub(crate) type Layout = [(&'static str, Kind)];

/// The same for Arrow.
pub(crate) fn fields(layout: &Layout) -> Fields {
    let field = |(name, kind): &(&str, Kind)| {
        let of = match kind {
            Kind::Text => DataType::Utf8,
            Kind::Code => DataType::Int16,
            Kind::Number => DataType::Int64,
            Kind::Flag => DataType::Boolean,
            Kind::Time => DataType::Timestamp(TimeUnit::Microsecond, Some("UTC".into())),
        };
        Field::new(*name, of, true)
    };
    layout.iter().map(field).collect()
}

/// A table that grows row by row.
pub(crate) struct Table {
    layout: &'static Layout,
    columns: Vec<Column>,
    present: Vec<bool>,
}

impl Table {
    pub(crate) fn new(layout: &'static Layout) -> Self {
        let columns = layout.iter().map(|(_, kind)| Column::new(*kind)).collect();
        Table { layout, columns, present: Vec::new() }
    }

    pub(crate) fn len(&self) -> usize {
        self.present.len()
    }

    /// A row with a value for each column.
    pub(crate) fn push(&mut self, cells: &[Cell<'_>]) {
        debug_assert_eq!(cells.len(), self.columns.len());
        self.columns.iter_mut().zip(cells).for_each(|(column, cell)| column.push(cell));
        self.present.push(true);
    }

    /// A row that is not there.
    pub(crate) fn push_null(&mut self) {
        self.columns.iter_mut().for_each(Column::push_null);
        self.present.push(false);
    }

    pub(crate) fn finish(&mut self) -> Result<StructArray, ArrowError> {
        let columns = self.columns.iter_mut().map(Column::finish).collect();
        let present = std::mem::take(&mut self.present);
        let nulls = present.contains(&false).then(|| present.into());
        StructArray::try_new(fields(self.layout), columns, nulls)
    }
}

/// The capsules of `__arrow_c_array__`.
pub(crate) fn array_capsules<'py>(
    py: Python<'py>,
    array: &StructArray,
) -> PyResult<(Bound<'py, PyCapsule>, Bound<'py, PyCapsule>)> {
    let schema = schema_capsule(py, array.data_type())?;
    let array = FFI_ArrowArray::new(&array.to_data());
    Ok((schema, PyCapsule::new_with_value(py, array, c"arrow_array")?))
}

/// The capsule of `__arrow_c_schema__`.
pub(crate) fn schema_capsule<'py>(py: Python<'py>, of: &DataType) -> PyResult<Bound<'py, PyCapsule>> {
    PyCapsule::new_with_value(py, FFI_ArrowSchema::try_from(of).map_err(refused)?, c"arrow_schema")
}

/// The capsule of `__arrow_c_stream__`.
pub(crate) fn stream_capsule(
    py: Python<'_>,
    reader: impl RecordBatchReader + Send + 'static,
) -> PyResult<Bound<'_, PyCapsule>> {
    PyCapsule::new_with_value(py, FFI_ArrowArrayStream::new(Box::new(reader)), c"arrow_array_stream")
}
