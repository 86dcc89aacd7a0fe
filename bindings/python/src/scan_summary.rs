//! The numbers of a scan, as Python has them: the keys are those of the command's JSON.

use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList};
use replycode::{Catalog, Protocol};
use replycode_scan::{CauseCount, Code, CodeCount, Example, Summary, Time};

pub(crate) fn summary<'py>(
    py: Python<'py>,
    summary: &Summary,
    catalog: &'static Catalog,
) -> PyResult<Bound<'py, PyDict>> {
    let dict = PyDict::new(py);
    dict.set_item("sources", summary.sources)?;
    dict.set_item("bytes", summary.bytes)?;
    dict.set_item("lines", summary.lines)?;
    dict.set_item("replies", summary.replies)?;
    dict.set_item("problems", summary.problems)?;
    span(&dict, summary.first, summary.last)?;
    let causes = summary.causes().into_iter().map(|count| cause(py, count, summary));
    dict.set_item("causes", PyList::new(py, causes.collect::<PyResult<Vec<_>>>()?)?)?;
    let codes = summary.codes().map(|count| code_count(py, count));
    dict.set_item("codes", PyList::new(py, codes.collect::<PyResult<Vec<_>>>()?)?)?;
    dict.set_item("timeline", timeline(py, summary, catalog)?)?;
    Ok(dict)
}

fn cause<'py>(py: Python<'py>, count: &CauseCount, summary: &Summary) -> PyResult<Bound<'py, PyDict>> {
    let dict = PyDict::new(py);
    dict.set_item("cause", count.cause.id())?;
    dict.set_item("party", count.cause.party().id())?;
    dict.set_item("verdict", count.verdict().id())?;
    dict.set_item("count", count.count)?;
    dict.set_item("share", summary.share(count.count))?;
    span(&dict, count.first, count.last)?;
    let codes = count.codes().into_iter().map(|(of, count)| code(py, of, count));
    dict.set_item("codes", PyList::new(py, codes.collect::<PyResult<Vec<_>>>()?)?)?;
    dict.set_item("example", example(py, &count.example)?)?;
    Ok(dict)
}

fn code(py: Python<'_>, code: Code, count: u64) -> PyResult<Bound<'_, PyDict>> {
    let dict = PyDict::new(py);
    dict.set_item("protocol", code.protocol.map(Protocol::id))?;
    dict.set_item("code", code.code.map(|code| code.get()))?;
    dict.set_item("enhanced", code.enhanced.map(|code| code.to_string()))?;
    dict.set_item("count", count)?;
    Ok(dict)
}

fn code_count<'py>(py: Python<'py>, count: &CodeCount) -> PyResult<Bound<'py, PyDict>> {
    let dict = code(py, count.code, count.count)?;
    dict.set_item("known", count.code.is_known())?;
    span(&dict, count.first, count.last)?;
    dict.set_item("example", example(py, &count.example)?)?;
    Ok(dict)
}

fn example<'py>(py: Python<'py>, example: &Example) -> PyResult<Bound<'py, PyDict>> {
    let dict = PyDict::new(py);
    dict.set_item("source", &example.source)?;
    dict.set_item("line", example.line)?;
    dict.set_item("offset", example.offset)?;
    dict.set_item("record", &example.text)?;
    Ok(dict)
}

fn timeline<'py>(py: Python<'py>, summary: &Summary, catalog: &'static Catalog) -> PyResult<Bound<'py, PyDict>> {
    let timeline = summary.timeline();
    // Logs without an offset are in a time of their own.
    let utc = summary.first.is_some_and(|time| time.offset().is_some());
    let bars = PyList::empty(py);
    for bar in timeline.bars() {
        let causes = PyDict::new(py);
        for (number, count) in bar.causes() {
            if let Some(cause) = catalog.cause_of_number(number) {
                causes.set_item(cause.id(), count)?;
            }
        }
        let start = Time::unix(bar.start_ms.div_euclid(1000), 0).map(|time| time.to_string());
        let start = start.map(|start| if utc { start } else { start.trim_end_matches('Z').to_owned() });
        let dict = PyDict::new(py);
        dict.set_item("start", start)?;
        dict.set_item("count", bar.count)?;
        dict.set_item("causes", causes)?;
        bars.append(dict)?;
    }
    let dict = PyDict::new(py);
    dict.set_item("seconds", timeline.width_ms() / 1000)?;
    dict.set_item("bars", bars)?;
    Ok(dict)
}

fn span(dict: &Bound<'_, PyDict>, first: Option<Time>, last: Option<Time>) -> PyResult<()> {
    dict.set_item("first", first.map(|time| time.to_string()))?;
    dict.set_item("last", last.map(|time| time.to_string()))
}
