//! The report for a browser: one file, which loads nothing and works from a disk.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, Error, UndefinedBehavior};
use replycode::{CATALOG_VERSION, Cause, Lang, Severity};
use replycode_scan::{CauseCount, Example, Finding, Time};
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::chart::Chart;
use super::report::{self, Report, bytes, number, percent, time};
use super::words::ScanWords;
use crate::explain::steps;
use crate::words::{Words, fill};
use crate::{escape, words};

const TEMPLATE: &str = include_str!("report/report.html");
const STYLE: &str = include_str!("report/report.css");
const SCRIPT: &str = include_str!("report/report.js");

/// How many problems of each cause stand in the table.
const ROWS: u64 = 100;
/// How many columns a text of the table has at most, in characters.
const TEXT: usize = 400;
const BARS: usize = 60;
/// How many sources that tell something as a whole, or could not be read, are listed.
const LISTED: usize = 200;

/// The problems that stand in the table: the first ones of each cause.
#[derive(Debug, Default)]
pub(crate) struct Samples {
    rows: Vec<Row>,
    counts: BTreeMap<u8, u64>,
}

#[derive(Debug, Serialize)]
struct Row {
    time: String,
    place: String,
    code: String,
    severity: &'static str,
    cause: &'static str,
    text: String,
    record: String,
}

impl Samples {
    pub(crate) fn take(&mut self, finding: &Finding<'_>) -> ControlFlow<()> {
        let cause = finding.cause();
        if !finding.problem {
            return ControlFlow::Continue(());
        }
        let count = self.counts.entry(cause.number()).or_default();
        *count += 1;
        if *count <= ROWS {
            self.rows.push(Row::of(finding));
        }
        ControlFlow::Continue(())
    }
}

impl Row {
    fn of(finding: &Finding<'_>) -> Self {
        let protocol = finding.protocol.map(words::name).map(str::to_owned);
        let code = finding.code.map(|code| code.to_string());
        let enhanced = finding.enhanced.map(|enhanced| enhanced.to_string());
        let (text, record) = (shown(finding.text().trim()), shown(finding.record().trim()));
        Row {
            time: finding.time.map(time).unwrap_or_default(),
            place: shown(&format!("{}:{}", finding.source, finding.line)),
            code: [protocol, code, enhanced].into_iter().flatten().collect::<Vec<_>>().join(" "),
            severity: if finding.severity() == Severity::Transient { "transient" } else { "permanent" },
            cause: finding.cause().id(),
            // Where the server said nothing but its code, the line says more.
            text: if text.is_empty() { record.clone() } else { text },
            record,
        }
    }
}

/// What a log says, to be shown: nothing in it commands, hides, or turns the direction of writing, and it has an end.
/// What means something in HTML is the template's business.
fn shown(text: &str) -> String {
    let text = escape::line(text.as_bytes());
    match text.char_indices().nth(TEXT) {
        Some((end, _)) => format!("{}...", text.get(..end).unwrap_or(&text)),
        None => text,
    }
}

/// A text in the languages of the report.
#[derive(Debug, Serialize)]
struct Both<T> {
    en: T,
    ja: T,
}

impl<T> Both<T> {
    fn of(text: impl Fn(Lang) -> T) -> Self {
        Both { en: text(Lang::EN), ja: text(Lang::JA) }
    }
}

#[derive(Serialize)]
struct Told {
    id: &'static str,
    title: Both<&'static str>,
    meaning: Both<&'static str>,
    steps: Both<Vec<&'static str>>,
    verdict: Both<String>,
    verdict_id: &'static str,
    party: Both<&'static str>,
}

impl Told {
    fn of(cause: Cause, verdict: replycode::Verdict) -> Self {
        Told {
            id: cause.id(),
            title: Both::of(|lang| cause.title(lang)),
            meaning: Both::of(|lang| cause.meaning(lang)),
            steps: Both::of(|lang| steps(cause.entry(), lang).collect()),
            verdict: Both::of(|lang| Words::of(lang).of_verdict(verdict).0),
            verdict_id: verdict.id(),
            party: Both::of(|lang| Words::of(lang).of_party(cause.party())),
        }
    }
}

#[derive(Serialize)]
struct Counted {
    told: Told,
    count: String,
    share: String,
    span: Option<Both<String>>,
    codes: String,
    place: Both<String>,
    record: String,
    bars: Vec<Bar>,
}

#[derive(Serialize)]
struct Unknown {
    code: String,
    count: String,
    place: Both<String>,
    record: String,
}

#[derive(Serialize)]
struct Whole {
    source: String,
    told: Told,
}

#[derive(Serialize)]
struct Graph {
    bars: Vec<Bar>,
    highest: Both<String>,
    first: String,
    middle: String,
    last: String,
    zone: Option<Both<String>>,
}

/// A bar of a chart that is 600 wide and 100 high.
#[derive(Serialize)]
struct Bar {
    x: String,
    width: String,
    y: String,
    height: String,
    label: String,
    count: String,
}

/// What the template has.
#[derive(Serialize)]
struct Page<'a> {
    lang: &'static str,
    words: Both<&'static ScanWords>,
    style: &'static str,
    script: &'static str,
    style_hash: String,
    script_hash: String,
    sources: String,
    size: String,
    lines: String,
    replies: String,
    problems: String,
    any_reply: bool,
    any_problem: bool,
    span: Option<Both<String>>,
    bounded: Option<Both<String>>,
    made: Both<String>,
    causes: Vec<Counted>,
    graph: Option<Graph>,
    unknown: Vec<Unknown>,
    wholes: Vec<Whole>,
    errors: Vec<String>,
    rows: &'a [Row],
}

pub(crate) fn show(report: &Report<'_>, samples: &Samples) -> String {
    let summary = &report.outcome.summary;
    let chart = report.chart(BARS);
    let causes: Vec<_> = summary.causes().into_iter().map(|count| counted(report, count, chart.as_ref())).collect();
    let graph = chart.as_ref().map(|chart| Graph {
        bars: bars(chart, &chart.counts),
        highest: Both::of(|lang| fill(ScanWords::of(lang).highest, &[&number(chart.highest())])),
        first: chart.label(0),
        middle: chart.label(chart.counts.len() / 2),
        last: chart.label(chart.counts.len() - 1),
        zone: chart.zone().map(|zone| Both::of(|lang| fill(ScanWords::of(lang).zone, &[&zone]))),
    });
    let unknown: Vec<_> = summary
        .unknown_codes()
        .map(|count| Unknown {
            code: report::code(count.code),
            count: number(count.count),
            place: place(&count.example),
            record: shown(count.example.text.trim()),
        })
        .collect();
    let wholes = report
        .wholes()
        .map(|attempt| Whole { source: shown(&attempt.source), told: Told::of(attempt.cause, attempt.verdict) });
    let wholes: Vec<_> = wholes.take(LISTED).collect();
    let errors = report.outcome.errors.iter().take(LISTED).map(|error| shown(&error.to_string()));
    let rows = samples.rows.len() as u64;
    let bounded = [number(rows), number(summary.problems), number(ROWS)];
    let made = [env!("CARGO_PKG_VERSION"), CATALOG_VERSION];
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    // The default escapes `/` as well, of which logs are full.
    environment.set_formatter(|out, state, value| match value.as_str() {
        Some(text) if !value.is_safe() => out.write_str(&escaped(text)).map_err(Error::from),
        _ => minijinja::escape_formatter(out, state, value),
    });
    let blocks = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build();
    environment.set_syntax(blocks.expect("the usual syntax"));
    let page = environment.template_from_named_str("report.html", TEMPLATE).and_then(|template| {
        template.render(Serde(Page {
            lang: if report.lang == Lang::JA { "ja" } else { "en" },
            words: Both::of(ScanWords::of),
            style: STYLE,
            script: SCRIPT,
            style_hash: hash(STYLE),
            script_hash: hash(SCRIPT),
            sources: number(summary.sources),
            size: bytes(summary.bytes),
            lines: number(summary.lines),
            replies: number(summary.replies),
            problems: number(summary.problems),
            any_reply: summary.replies > 0,
            any_problem: summary.problems > 0,
            span: span(summary.first, summary.last),
            bounded: (rows < summary.problems)
                .then(|| Both::of(|lang| fill(ScanWords::of(lang).bounded, &bounded.each_ref().map(String::as_str)))),
            made: Both::of(|lang| fill(ScanWords::of(lang).made, &made)),
            causes,
            graph,
            unknown,
            wholes,
            errors: errors.collect(),
            rows: &samples.rows,
        }))
    });
    page.expect("a template of ours")
}

/// Text for elements, and for attributes in quotes.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            character => safe.push(character),
        }
    }
    safe
}

fn counted(report: &Report<'_>, count: &CauseCount, chart: Option<&Chart>) -> Counted {
    let codes = count.codes().into_iter().map(|(code, count)| format!("{} ({})", report::code(code), number(count)));
    let bars = chart.and_then(|chart| chart.causes.get(&count.cause.number()).map(|counts| bars(chart, counts)));
    Counted {
        told: Told::of(count.cause, count.verdict()),
        count: number(count.count),
        share: percent(report.outcome.summary.share(count.count)),
        span: span(count.first, count.last),
        codes: codes.collect::<Vec<_>>().join(", "),
        place: place(&count.example),
        record: shown(count.example.text.trim()),
        bars: bars.unwrap_or_default(),
    }
}

fn bars(chart: &Chart, counts: &[u64]) -> Vec<Bar> {
    let highest = counts.iter().copied().max().unwrap_or(0).max(1) as f64;
    let step = 600.0 / counts.len() as f64;
    let bar = |(place, count): (usize, &u64)| {
        // A single problem among thousands is to be seen.
        let height = (*count as f64 / highest * 100.0).max(2.0);
        Bar {
            x: format!("{:.1}", place as f64 * step),
            width: format!("{:.1}", (step * 0.85).min(40.0)),
            y: format!("{:.1}", 100.0 - height),
            height: format!("{height:.1}"),
            label: chart.label(place),
            count: number(*count),
        }
    };
    counts.iter().enumerate().filter(|(_, count)| **count > 0).map(bar).collect()
}

fn span(first: Option<Time>, last: Option<Time>) -> Option<Both<String>> {
    let (first, last) = (first?, last?);
    Some(Both::of(|lang| {
        if first == last { time(first) } else { fill(ScanWords::of(lang).span, &[&time(first), &time(last)]) }
    }))
}

fn place(example: &Example) -> Both<String> {
    Both::of(|lang| shown(&fill(ScanWords::of(lang).place, &[&example.source, &number(example.line)])))
}

/// The hash by which the page's policy allows what stands in it, and nothing else.
fn hash(text: &str) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut encoded = String::new();
    for part in Sha256::digest(text).chunks(3) {
        let bits = part.iter().fold(0u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - part.len()));
        for place in 0..=part.len() {
            encoded.push(DIGITS[(bits >> (18 - 6 * place) & 63) as usize].into());
        }
        encoded.push_str(["", "==", "="][part.len() % 3]);
    }
    encoded
}

#[cfg(test)]
mod tests {
    #[test]
    fn hashes_as_the_policy_has_them() {
        assert_eq!(super::hash(""), "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
        assert_eq!(super::hash("abc"), "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
    }
}
