//! `scan_column`: a column of texts to a column of answers.

use arrow_array::{Array, ArrayRef, RecordBatch, RecordBatchIterator, StructArray, cast::AsArray};
use arrow_schema::DataType;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::PyCapsule;
use replycode::{Protocol, ReplyCode};
use replycode_scan::Explainer;

use crate::argument::member;
use crate::arrow_in::{pieces, refused};
use crate::arrow_out::{Cell, Kind, Layout, Table, array_capsules, schema_capsule, stream_capsule};
use crate::rules::Rules;

/// The fields of an answer.
const LAYOUT: &Layout = &[
    ("protocol", Kind::Text),
    ("code", Kind::Code),
    ("enhanced", Kind::Text),
    ("command", Kind::Text),
    ("severity", Kind::Text),
    ("cause", Kind::Text),
    ("verdict", Kind::Text),
    ("party", Kind::Text),
    ("rule", Kind::Text),
    ("basis", Kind::Text),
    ("text", Kind::Text),
    ("form", Kind::Text),
    ("speaker", Kind::Text),
];

/// The answers to a column of texts, from `scan_column`: an Arrow struct array, which polars, pandas, pyarrow and others
/// take.
///
/// >>> import pyarrow, replycode
/// >>> answers = replycode.scan_column(pyarrow.array(["S: 550 5.1.1 User unknown", None]))
/// >>> answers
/// <ScannedColumn: 2 rows>
/// >>> pyarrow.array(answers).field("cause").to_pylist()
/// ['recipient_unknown', None]
#[pyclass(module = "replycode", frozen)]
pub(crate) struct ScannedColumn {
    array: StructArray,
}

#[pymethods]
impl ScannedColumn {
    fn __len__(&self) -> usize {
        self.array.len()
    }

    fn __repr__(&self) -> String {
        format!("<ScannedColumn: {} rows>", self.array.len())
    }

    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        schema_capsule(py, self.array.data_type())
    }

    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_array__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<(Bound<'py, PyCapsule>, Bound<'py, PyCapsule>)> {
        // What cannot be offered may be ignored, says the interface.
        let _ = requested_schema;
        array_capsules(py, &self.array)
    }

    /// As a table with a column for each field, for those that want one: rows without a text have no value in any.
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        let _ = requested_schema;
        let (fields, columns, _) = self.array.clone().into_parts();
        let schema = std::sync::Arc::new(arrow_schema::Schema::new(fields));
        let batch = RecordBatch::try_new(std::sync::Arc::clone(&schema), columns).map_err(refused)?;
        stream_capsule(py, RecordBatchIterator::new([Ok(batch)], schema))
    }
}

/// What went wrong in each text of a column: as `explain_incident`, for columns of any length.
///
/// >>> import polars, replycode
/// >>> log = polars.DataFrame({"line": ["< 530 Login incorrect.", "all is well"]})
/// >>> answers = polars.Series("answer", replycode.scan_column(log["line"])).struct.unnest()
/// >>> answers.select("code", "cause").rows()
/// [(530, 'ftp_login_failed'), (None, 'not_a_reply')]
///
/// `column` is anything of text or bytes that speaks the Arrow PyCapsule interface: an array or chunked array of pyarrow, a
/// series of polars or pandas. The answer has a row for each of its rows, null where it has null, with the fields
/// protocol, code, enhanced, command, severity, text, form and speaker of the reply that decides (null where none does)
/// and cause, verdict, party, rule and basis of the diagnosis. Take it with `pyarrow.array(answer)`,
/// `polars.Series(answer)` or `pyarrow.table(answer)`. The GIL is released while it works.
#[pyfunction]
#[pyo3(signature = (column, *, protocol = None, rules = None))]
pub(crate) fn scan_column(
    py: Python<'_>,
    column: &Bound<'_, PyAny>,
    protocol: Option<&str>,
    rules: Option<Bound<'_, Rules>>,
) -> PyResult<ScannedColumn> {
    let hint: Option<Protocol> = protocol.map(member).transpose()?;
    let explainer = Explainer::new(Rules::catalog(rules.as_ref())).with_protocol(hint);
    let mut table = Table::new(LAYOUT);
    let mut pieces = pieces(column)?;
    // A stream may call Python, so it is asked with the GIL held only by itself.
    while let Some(piece) = py.detach(|| pieces.next()) {
        let piece = piece?;
        py.detach(|| scan_piece(&piece, explainer, hint, &mut table))?;
        py.check_signals()?;
    }
    Ok(ScannedColumn { array: table.finish().map_err(refused)? })
}

fn scan_piece(piece: &ArrayRef, explainer: Explainer<'_>, hint: Option<Protocol>, table: &mut Table) -> PyResult<()> {
    let mut push = |text: Option<&[u8]>| match text {
        Some(text) => push(text, explainer, hint, table),
        None => table.push_null(),
    };
    match piece.data_type() {
        DataType::Utf8 => piece.as_string::<i32>().iter().for_each(|text| push(text.map(str::as_bytes))),
        DataType::LargeUtf8 => piece.as_string::<i64>().iter().for_each(|text| push(text.map(str::as_bytes))),
        DataType::Utf8View => piece.as_string_view().iter().for_each(|text| push(text.map(str::as_bytes))),
        DataType::Binary => piece.as_binary::<i32>().iter().for_each(push),
        DataType::LargeBinary => piece.as_binary::<i64>().iter().for_each(push),
        DataType::BinaryView => piece.as_binary_view().iter().for_each(push),
        DataType::Null => (0..piece.len()).for_each(|_| push(None)),
        other => {
            return Err(PyTypeError::new_err(format!(
                "the column holds {other}: scan_column takes text or bytes; cast it to a string, or choose one column \
                 of a table"
            )));
        }
    }
    Ok(())
}

fn push(text: &[u8], explainer: Explainer<'_>, hint: Option<Protocol>, table: &mut Table) {
    let answer = explainer.incident(text);
    let found = answer.incident.deciding;
    let enhanced = found.and_then(|found| found.enhanced).map(|code| code.to_string());
    let words = found.map(|found| {
        let mut words = vec![0; found.text.end.saturating_sub(found.text.start) + 1];
        let length = found.copy_words(text, &mut words).len();
        words.truncate(length);
        String::from_utf8_lossy(&words).into_owned()
    });
    let diagnosis = answer.diagnosis;
    table.push(&[
        Cell::Text(found.and_then(|found| found.protocol.or(hint)).map(Protocol::id)),
        Cell::Code(found.and_then(|found| found.code).map(ReplyCode::get)),
        Cell::Text(enhanced.as_deref()),
        Cell::Text(found.and_then(|found| found.command)),
        Cell::Text(found.map(|found| found.severity().id())),
        Cell::Text(Some(answer.cause.id())),
        Cell::Text(Some(answer.verdict.id())),
        Cell::Text(Some(answer.cause.party().id())),
        Cell::Text(diagnosis.and_then(|diagnosis| diagnosis.rule())),
        Cell::Text(diagnosis.map(|diagnosis| diagnosis.basis().id())),
        Cell::Text(words.as_deref()),
        Cell::Text(found.map(|found| found.form.id())),
        Cell::Text(answer.incident.speaker.map(|speaker| speaker.id())),
    ]);
}
