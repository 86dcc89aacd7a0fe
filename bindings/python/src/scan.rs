//! `Scan`: the findings of logs, one by one, as a table, or in numbers.

use std::io::{self, Cursor, Read};
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use arrow_array::{RecordBatch, RecordBatchReader};
use arrow_schema::{ArrowError, Schema, SchemaRef};
use pyo3::exceptions::{PyRuntimeError, PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use pyo3::types::{PyBytes, PyCapsule, PyDict, PyList, PyString, PyTuple};
use replycode::{Catalog, Protocol};
use replycode_scan::{Filter, Input, Options, Outcome, Progress, Time, scan, summarize};

use crate::argument::member;
use crate::arrow_out::{Table, fields, stream_capsule};
use crate::finding::{Finding, LAYOUT, with_cells};
use crate::gil;
use crate::rules::Rules;
use crate::scan_summary::summary;

/// How many findings are handed over together: few at first, since somebody may be waiting.
const BATCH: usize = 512;
/// How many rows a table's batch has.
const ROWS: usize = 8192;
/// How many batches wait.
const AHEAD: usize = 2;
/// How much is asked for from a file object.
const READ: usize = 1 << 18;
/// How long to wait before looking whether the user has had enough.
const PATIENCE: Duration = Duration::from_millis(50);

/// Where a scan reads.
enum Source {
    Paths(Vec<PathBuf>),
    Bytes(PyBackedBytes),
    /// A file object, until it is read.
    Reader(Option<Py<PyAny>>),
}

/// The replies in logs, from `scan`. Iterating over it gives every Finding, in order.
///
/// >>> import replycode
/// >>> log = b"S: 550 5.1.1 User unknown\nS: 451 4.7.1 Greylisted, come back later\nS: 250 Ok\n"
/// >>> scan = replycode.scan(log)
/// >>> [(finding.code, finding.cause.id) for finding in scan if finding.problem]
/// [(550, 'recipient_unknown'), (451, 'greylisted')]
/// >>> scan.summary()["problems"]
/// 2
///
/// Nothing is read before it is asked for, and nothing is kept: each time that it is iterated over, or taken as a table,
/// the logs are read, by threads of their own that read a little ahead. A stream can be read only once. The object
/// speaks the Arrow PyCapsule interface: `pyarrow.table(scan)`, `polars.DataFrame(scan)`, and DuckDB, take it as it is.
#[pyclass(module = "replycode", frozen)]
pub(crate) struct Scan {
    source: Mutex<Source>,
    name: String,
    options: Options,
    catalog: &'static Catalog,
    /// What came of the last pass that went to the end.
    kept: Arc<Mutex<Option<Outcome>>>,
}

/// A lock that no panic of another thread's can spoil: what it guards is replaced as a whole.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The exception that a file object has raised.
type Raised = Arc<Mutex<Option<PyErr>>>;

/// A Python object with `read`, read by a thread without the GIL.
struct Reader {
    object: Py<PyAny>,
    piece: Cursor<Vec<u8>>,
    raised: Raised,
}

impl Read for Reader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let read = self.piece.read(buffer)?;
            if read > 0 || buffer.is_empty() {
                return Ok(read);
            }
            let piece = Python::try_attach(|py| read_piece(self.object.bind(py)));
            match piece {
                Some(Ok(piece)) if piece.is_empty() => return Ok(0),
                Some(Ok(piece)) => self.piece = Cursor::new(piece),
                Some(Err(error)) => {
                    let told = io::Error::other(error.to_string());
                    *locked(&self.raised) = Some(error);
                    return Err(told);
                }
                None => return Err(io::Error::other("Python has ended")),
            }
        }
    }
}

fn read_piece(object: &Bound<'_, PyAny>) -> PyResult<Vec<u8>> {
    let piece = object.call_method1("read", (READ,))?;
    if let Ok(text) = piece.cast::<PyString>() {
        return Ok(crate::bytes::bytes(text)?.as_bytes().to_vec());
    }
    match piece.cast::<PyBytes>() {
        Ok(bytes) => Ok(bytes.as_bytes().to_vec()),
        Err(_) => {
            let class = piece.get_type().name()?.to_string();
            Err(PyTypeError::new_err(format!("read() of a log gives bytes or str, not {class}")))
        }
    }
}

/// Findings on their way from the thread that finds them.
struct Pass<T> {
    batches: Option<Mutex<Receiver<T>>>,
    progress: Arc<Progress>,
    raised: Raised,
    kept: Arc<Mutex<Option<Outcome>>>,
}

impl<T> Drop for Pass<T> {
    fn drop(&mut self) {
        self.progress.stop();
    }
}

impl<T: Send> Pass<T> {
    /// The next batch, or none at the end. To be called without the GIL.
    fn wait(&self) -> Result<Option<T>, RecvTimeoutError> {
        let Some(batches) = &self.batches else { return Ok(None) };
        match locked(batches).recv_timeout(PATIENCE) {
            Ok(batch) => Ok(Some(batch)),
            Err(RecvTimeoutError::Disconnected) => Ok(None),
            Err(timeout) => Err(timeout),
        }
    }

    fn next(&self, py: Python<'_>) -> PyResult<Option<T>> {
        loop {
            match py.detach(|| self.wait()) {
                Ok(Some(batch)) => return Ok(Some(batch)),
                Ok(None) => return self.end().map(|()| None),
                Err(_) => py.check_signals()?,
            }
        }
    }

    /// What a file object has raised is raised where the findings are asked for.
    fn end(&self) -> PyResult<()> {
        if let Some(error) = locked(&self.raised).take() {
            return Err(error);
        }
        if locked(&self.kept).is_none() {
            return Err(PyRuntimeError::new_err(
                "the scan ended early; this is a fault of replycode: please report it",
            ));
        }
        Ok(())
    }
}

impl Scan {
    fn inputs(&self, py: Python<'_>, raised: &Raised) -> PyResult<Vec<Input>> {
        match &mut *locked(&self.source) {
            Source::Paths(paths) => Ok(paths.iter().map(Input::path).collect()),
            Source::Bytes(bytes) => Ok(vec![Input::reader(&self.name, Cursor::new(bytes.clone_ref(py)))]),
            Source::Reader(reader) => {
                let object = reader.take().ok_or_else(|| {
                    PyRuntimeError::new_err(
                        "the stream has been read: keep list(scan) or scan.to_arrow(), or scan it again from its beginning",
                    )
                })?;
                let raised = Arc::clone(raised);
                Ok(vec![Input::reader(&self.name, Reader { object, piece: Cursor::default(), raised })])
            }
        }
    }

    /// Begins to read; `work` runs in a thread of its own, and gives no outcome if nobody listened to its end.
    fn begin<T: Send + 'static>(
        &self,
        py: Python<'_>,
        work: impl FnOnce(Vec<Input>, &Options, &SyncSender<T>) -> Option<Outcome> + Send + 'static,
    ) -> PyResult<Pass<T>> {
        let raised = Raised::default();
        let inputs = self.inputs(py, &raised)?;
        let progress = Arc::new(Progress::default());
        let options = self.options.clone().progress(Arc::clone(&progress));
        let (give, batches) = sync_channel(AHEAD);
        let (kept, stopped) = (Arc::clone(&self.kept), Arc::clone(&progress));
        *locked(&kept) = None;
        thread::Builder::new().name("replycode-scan".to_owned()).spawn(move || {
            let outcome = work(inputs, &options, &give);
            if !stopped.is_stopped() {
                *locked(&kept) = outcome;
            }
            // Only now, so that whoever sees the end sees the outcome.
            drop(give);
        })?;
        Ok(Pass { batches: Some(Mutex::new(batches)), progress, raised, kept: Arc::clone(&self.kept) })
    }

    fn table(&self, py: Python<'_>) -> PyResult<Batches> {
        let pass = self.begin(py, |inputs, options, give| {
            let mut table = Table::new(LAYOUT);
            let mut heard = true;
            let send = |table: &mut Table| give.send(table.finish().map(RecordBatch::from));
            let outcome = scan(inputs, options, |finding| {
                with_cells(finding, |cells| table.push(cells));
                heard = table.len() < ROWS || send(&mut table).is_ok();
                if heard { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
            });
            if heard && table.len() > 0 {
                heard = send(&mut table).is_ok();
            }
            heard.then_some(outcome)
        })?;
        Ok(Batches { pass, schema: Arc::new(Schema::new(fields(LAYOUT))) })
    }

    /// What came of the scan: of the last pass, or of one that only counts.
    fn outcome<T>(&self, py: Python<'_>, tell: impl FnOnce(&Outcome) -> PyResult<T>) -> PyResult<T> {
        if locked(&self.kept).is_none() {
            let pass = self.begin::<()>(py, |inputs, options, _| Some(summarize(inputs, options)))?;
            while pass.next(py)?.is_some() {}
        }
        match &*locked(&self.kept) {
            Some(outcome) => tell(outcome),
            None => Err(PyRuntimeError::new_err("another thread is reading the same scan")),
        }
    }
}

#[pymethods]
impl Scan {
    fn __iter__(&self, py: Python<'_>) -> PyResult<Findings> {
        let pass = self.begin(py, |inputs, options, give| {
            let mut batch = Vec::new();
            let (mut limit, mut heard) = (1, true);
            let outcome = scan(inputs, options, |finding| {
                batch.push(Finding::from(finding));
                if batch.len() >= limit {
                    limit = BATCH;
                    heard = give.send(std::mem::replace(&mut batch, Vec::with_capacity(BATCH))).is_ok();
                }
                if heard { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
            });
            heard &= give.send(batch).is_ok();
            heard.then_some(outcome)
        })?;
        Ok(Findings { state: Mutex::new((Some(pass), Vec::new().into_iter())) })
    }

    /// What was found, in numbers: a dict with the keys of the command's JSON. Reads the logs if they have not been read
    /// to their end.
    ///
    /// >>> import replycode
    /// >>> summary = replycode.scan(b"S: 550 5.1.1 User unknown\nS: 599 Hm\n").summary()
    /// >>> summary["replies"], summary["problems"], [code["code"] for code in summary["codes"] if not code["known"]]
    /// (2, 2, [599])
    /// >>> cause = summary["causes"][0]
    /// >>> cause["cause"], cause["count"], cause["share"], cause["verdict"], cause["example"]["line"]
    /// ('recipient_unknown', 1, 0.5, 'fix_first', 1)
    fn summary<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        self.outcome(py, |outcome| summary(py, &outcome.summary, self.catalog))
    }

    /// What could not be read, as a tuple of pairs: the source and what is wrong. Everything else was read. Reads the logs
    /// if they have not been read to their end.
    ///
    /// >>> import replycode
    /// >>> replycode.scan("/no/such/file").errors()
    /// (('/no/such/file', 'No such file or directory (os error 2)'),)
    fn errors<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        self.outcome(py, |outcome| {
            PyTuple::new(py, outcome.errors.iter().map(|error| (error.source.clone(), error.error.to_string())))
        })
    }

    /// The findings as a `pyarrow.Table`; pyarrow must be installed.
    ///
    /// >>> import replycode
    /// >>> table = replycode.scan(b"S: 550 5.1.1 User unknown\n").to_arrow()
    /// >>> table.select(["line", "code", "cause"]).to_pylist()
    /// [{'line': 1, 'code': 550, 'cause': 'recipient_unknown'}]
    fn to_arrow<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("pyarrow")?.call_method1("table", (slf,))
    }

    /// The findings as a `polars.DataFrame`; polars must be installed.
    ///
    /// >>> import replycode
    /// >>> replycode.scan(b"S: 550 5.1.1 User unknown\n").to_polars().select("line", "code", "cause").rows()
    /// [(1, 550, 'recipient_unknown')]
    fn to_polars<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("polars")?.call_method1("DataFrame", (slf,))
    }

    /// The findings as a `pandas.DataFrame`; pandas (2.2 or later) and pyarrow must be installed.
    ///
    /// >>> import replycode
    /// >>> replycode.scan(b"S: 550 5.1.1 User unknown\n").to_pandas()["cause"].tolist()
    /// ['recipient_unknown']
    fn to_pandas<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        Self::to_arrow(slf)?.call_method0("to_pandas")
    }

    /// The findings for whoever speaks the Arrow PyCapsule interface.
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        // What cannot be offered may be ignored, says the interface.
        let _ = requested_schema;
        stream_capsule(py, self.table(py)?)
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let of = match &*locked(&self.source) {
            Source::Paths(paths) if paths.len() != 1 => format!("{} paths", paths.len()),
            _ => PyString::new(py, &self.name).repr()?.to_string(),
        };
        Ok(format!("<Scan of {of}>"))
    }
}

/// The findings of a Scan, one by one: what `iter(scan)` gives.
///
/// >>> import replycode
/// >>> next(iter(replycode.scan(b"S: 550 5.1.1 User unknown\n"))).code
/// 550
#[pyclass(module = "replycode", frozen)]
pub(crate) struct Findings {
    state: Mutex<(Running, std::vec::IntoIter<Finding>)>,
}

#[pymethods]
impl Findings {
    fn __iter__(slf: Py<Self>) -> Py<Self> {
        slf
    }

    fn __next__(&self, py: Python<'_>) -> PyResult<Option<Finding>> {
        loop {
            let Ok(mut state) = self.state.try_lock() else {
                return Err(PyRuntimeError::new_err("another thread is waiting for the next finding"));
            };
            let (pass, batch) = &mut *state;
            if let Some(finding) = batch.next() {
                return Ok(Some(finding));
            }
            let Some(running) = pass else { return Ok(None) };
            match running.next(py) {
                Ok(Some(next)) => *batch = next.into_iter(),
                Ok(None) => *pass = None,
                Err(error) => {
                    *pass = None;
                    return Err(error);
                }
            }
        }
    }
}

/// The thread that finds, until it has come to its end.
type Running = Option<Pass<Vec<Finding>>>;

/// The findings as record batches.
struct Batches {
    pass: Pass<Result<RecordBatch, ArrowError>>,
    schema: SchemaRef,
}

impl Iterator for Batches {
    type Item = Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        // Whoever asks may hold the GIL, which a file object needs to be read.
        let waited = gil::released(|| {
            loop {
                if let Ok(batch) = self.pass.wait() {
                    return batch;
                }
            }
        });
        if waited.is_some() {
            return waited;
        }
        self.pass.batches = None;
        let told = gil::held(|| locked(&self.pass.raised).take().map(|error| error.to_string()));
        told.map(|told| Err(ArrowError::ExternalError(told.replace('\0', " ").into())))
    }
}

impl Drop for Batches {
    fn drop(&mut self) {
        // Whoever drops the stream may not hold the GIL, without which an exception must not be dropped.
        gil::held(|| *locked(&self.pass.raised) = None);
    }
}

impl RecordBatchReader for Batches {
    fn schema(&self) -> SchemaRef {
        Arc::clone(&self.schema)
    }
}

/// Begins a scan: of paths, of bytes, or of an object with `read`; `name` is what findings call the others.
#[pyfunction]
#[pyo3(signature = (source, name, protocol, encoding, jobs, since, until, rules))]
#[expect(clippy::too_many_arguments, reason = "called by replycode._scan.scan alone, which has keywords")]
pub(crate) fn begin_scan(
    source: &Bound<'_, PyAny>,
    name: &str,
    protocol: Option<&str>,
    encoding: Option<&str>,
    jobs: Option<usize>,
    since: Option<&str>,
    until: Option<&str>,
    rules: Option<Bound<'_, Rules>>,
) -> PyResult<Scan> {
    let time = |name: &str, text: &str| {
        text.parse::<Time>().map_err(|error| PyValueError::new_err(format!("{name}: {error}")))
    };
    let filter = Filter {
        since: since.map(|text| time("since", text)).transpose()?,
        until: until.map(|text| time("until", text)).transpose()?,
        ..Filter::default()
    };
    if jobs == Some(0) {
        return Err(PyValueError::new_err(
            "jobs is the number of threads that search: 1 or more, or None for all cores",
        ));
    }
    let encoding = encoding.unwrap_or("auto").parse();
    let encoding =
        encoding.map_err(|error: replycode_scan::UnknownEncoding| PyValueError::new_err(error.to_string()))?;
    let catalog = Rules::catalog(rules.as_ref());
    let options = Options::default()
        .protocol(protocol.map(member::<Protocol>).transpose()?)
        .encoding(encoding)
        .jobs(jobs.unwrap_or(0))
        .catalog(catalog)
        .filter(filter);
    let source = if let Ok(paths) = source.cast::<PyList>() {
        Source::Paths(paths.extract()?)
    } else if let Ok(bytes) = source.cast::<PyBytes>() {
        Source::Bytes(bytes.clone().into())
    } else {
        Source::Reader(Some(source.clone().unbind()))
    };
    Ok(Scan { source: Mutex::new(source), name: name.to_owned(), options, catalog, kept: Arc::default() })
}
