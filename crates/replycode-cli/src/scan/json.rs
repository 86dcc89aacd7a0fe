//! The summary as JSON; `docs/scan.md` tells the shape.

use replycode::{CATALOG_DIGEST, CATALOG_VERSION, Cause, Lang};
use replycode_scan::{Attempt, CauseCount, Code, CodeCount, Example, Time};
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::report::{Report, protocol};
use crate::escape;
use crate::explain::steps;

#[derive(Serialize)]
struct Whole<'a> {
    version: &'static str,
    catalogue: Catalogue,
    sources: u64,
    bytes: u64,
    lines: u64,
    replies: u64,
    problems: u64,
    first: Option<String>,
    last: Option<String>,
    causes: Vec<Value>,
    codes: Vec<Value>,
    timeline: Value,
    wholes: Vec<Value>,
    unreadable: Vec<Unreadable<'a>>,
}

#[derive(Serialize)]
struct Catalogue {
    version: &'static str,
    digest: &'static str,
}

#[derive(Serialize)]
struct Unreadable<'a> {
    source: &'a str,
    error: String,
}

pub(crate) fn show(report: &Report<'_>) -> String {
    let summary = &report.outcome.summary;
    let whole = Whole {
        version: env!("CARGO_PKG_VERSION"),
        catalogue: Catalogue { version: CATALOG_VERSION, digest: CATALOG_DIGEST },
        sources: summary.sources,
        bytes: summary.bytes,
        lines: summary.lines,
        replies: summary.replies,
        problems: summary.problems,
        first: written(summary.first),
        last: written(summary.last),
        causes: summary.causes().into_iter().map(|count| cause(count, report)).collect(),
        codes: summary.codes().map(code).collect(),
        timeline: timeline(report),
        wholes: report.wholes().map(|attempt| attempted(attempt, report.lang)).collect(),
        unreadable: report
            .outcome
            .errors
            .iter()
            .map(|error| Unreadable { source: &error.source, error: error.error.to_string() })
            .collect(),
    };
    escape::json(&serde_json::to_string_pretty(&whole).expect("plain data")) + "\n"
}

fn cause(count: &CauseCount, report: &Report<'_>) -> Value {
    let mut object = told(count.cause, report.lang);
    // Rounded, so that it reads well; the counts are exact.
    let share = (report.outcome.summary.share(count.count) * 1e6).round() / 1e6;
    let codes: Vec<_> = count.codes().into_iter().map(|(code, count)| with_count(code, count)).collect();
    let verdict = count.verdict().id();
    let rest = json!({
        "count": count.count, "share": share, "first": written(count.first), "last": written(count.last),
        "verdict": verdict, "codes": codes, "example": example(&count.example),
    });
    object.extend(rest.as_object().cloned().unwrap_or_default());
    Value::Object(object)
}

fn told(cause: Cause, lang: Lang) -> Map<String, Value> {
    let action: Vec<_> = steps(cause.entry(), lang).collect();
    let told = json!({
        "cause": cause.id(), "title": cause.title(lang), "meaning": cause.meaning(lang), "action": action,
        "party": cause.party().id(),
    });
    told.as_object().cloned().unwrap_or_default()
}

fn with_count(code: Code, count: u64) -> Value {
    json!({
        "protocol": protocol(code.protocol), "code": code.code.map(|code| code.get()),
        "enhanced": code.enhanced.map(|enhanced| enhanced.to_string()), "count": count,
    })
}

fn code(count: &CodeCount) -> Value {
    let mut value = with_count(count.code, count.count);
    value["known"] = count.code.is_known().into();
    value["first"] = written(count.first).into();
    value["last"] = written(count.last).into();
    value["example"] = example(&count.example);
    value
}

fn example(example: &Example) -> Value {
    json!({ "source": example.source, "line": example.line, "offset": example.offset, "record": example.text })
}

fn timeline(report: &Report<'_>) -> Value {
    let timeline = report.outcome.summary.timeline();
    let utc = report.outcome.summary.first.is_some_and(|time| time.offset().is_some());
    let bars = timeline.bars().map(|bar| {
        let causes: Map<String, Value> = bar
            .causes()
            .filter_map(|(number, count)| report.cause_of(number).map(|cause| (cause.id().to_owned(), count.into())))
            .collect();
        let start = Time::unix(bar.start_ms.div_euclid(1000), 0).map(|time| time.to_string());
        // Logs without an offset are in a time of their own.
        let start = start.map(|start| if utc { start } else { start.trim_end_matches('Z').to_owned() });
        json!({ "start": start, "count": bar.count, "causes": causes })
    });
    json!({ "seconds": timeline.width_ms() / 1000, "bars": bars.collect::<Vec<_>>() })
}

fn attempted(attempt: &Attempt, lang: Lang) -> Value {
    let mut object = Map::new();
    object.insert("source".to_owned(), attempt.source.as_str().into());
    object.extend(told(attempt.cause, lang));
    object.insert("verdict".to_owned(), attempt.verdict.id().into());
    Value::Object(object)
}

fn written(time: Option<Time>) -> Option<String> {
    time.map(|time| time.to_string())
}
