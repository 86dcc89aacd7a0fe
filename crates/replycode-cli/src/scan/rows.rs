//! Findings one by one: a line of JSON, a row of a spreadsheet, or a line for people.

use std::io::{self, Write};

use replycode::{Category, Lang, Protocol};
use replycode_scan::Finding;
use serde::Serialize;

use super::report::time;
use crate::{escape, words};

/// How a finding is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    Json,
    Csv,
    /// For people.
    Line,
}

/// A finding, as `docs/scan.md` describes it. The fields are those of [`Finding`].
#[derive(Debug, Serialize)]
struct Row {
    source: String,
    line: u64,
    offset: u64,
    time: Option<String>,
    protocol: Option<&'static str>,
    code: Option<u16>,
    enhanced: Option<String>,
    command: Option<&'static str>,
    severity: &'static str,
    category: Option<&'static str>,
    problem: bool,
    cause: &'static str,
    verdict: &'static str,
    party: &'static str,
    rule: Option<&'static str>,
    basis: &'static str,
    title: &'static str,
    text: String,
    peer: Option<String>,
    session: Option<String>,
    form: &'static str,
    speaker: &'static str,
    record: String,
}

impl Row {
    fn of(finding: &Finding<'_>, lang: Lang) -> Self {
        // Where the protocols differ, nothing is said.
        let category = finding.code.and_then(|code| {
            let of = |protocol: Protocol| Category::of(protocol, code).id();
            match finding.protocol {
                Some(protocol) => Some(of(protocol)),
                None => Some(of(Protocol::Smtp)).filter(|id| *id == of(Protocol::Ftp)),
            }
        });
        Row {
            source: finding.source.to_owned(),
            line: finding.line,
            offset: finding.offset,
            time: finding.time.map(|time| time.to_string()),
            protocol: finding.protocol.map(Protocol::id),
            code: finding.code.map(|code| code.get()),
            enhanced: finding.enhanced.map(|enhanced| enhanced.to_string()),
            command: finding.command,
            severity: finding.severity().id(),
            category,
            problem: finding.problem,
            cause: finding.cause().id(),
            verdict: finding.verdict().id(),
            party: finding.party().id(),
            rule: finding.rule(),
            basis: finding.basis().id(),
            title: finding.cause().title(lang),
            text: finding.text().into_owned(),
            peer: finding.peer().map(|peer| peer.into_owned()),
            session: finding.session().map(|session| session.into_owned()),
            form: finding.form.id(),
            speaker: finding.speaker.id(),
            record: finding.record().into_owned(),
        }
    }

    /// The same for a spreadsheet: nothing in it is a formula, or commands a terminal.
    fn inert(self) -> Self {
        Row {
            source: cell(&self.source),
            time: self.time.as_deref().map(cell),
            text: cell(&self.text),
            peer: self.peer.as_deref().map(cell),
            session: self.session.as_deref().map(cell),
            record: cell(&self.record),
            ..self
        }
    }
}

/// Writes findings.
pub(crate) struct Rows<W: Write> {
    style: Style,
    lang: Lang,
    output: Output<W>,
}

enum Output<W: Write> {
    Plain(W),
    Csv(Box<csv::Writer<W>>),
}

impl<W: Write> Rows<W> {
    /// With the head of a table, if it has one and it is not there yet.
    pub(crate) fn new(style: Style, output: W, lang: Lang, head: bool) -> io::Result<Self> {
        let output = match style {
            Style::Json | Style::Line => Output::Plain(output),
            Style::Csv => {
                let mut settings = csv::WriterBuilder::new();
                // RFC 4180. The head is there even if nothing is found.
                let mut writer = settings.terminator(csv::Terminator::CRLF).has_headers(false).from_writer(output);
                if head {
                    writer.write_record(COLUMNS)?;
                }
                Output::Csv(Box::new(writer))
            }
        };
        Ok(Rows { style, lang, output })
    }

    pub(crate) fn write(&mut self, finding: &Finding<'_>) -> io::Result<()> {
        match &mut self.output {
            Output::Plain(output) if self.style == Style::Line => writeln!(output, "{}", line(finding, self.lang)),
            Output::Plain(output) => {
                let json = serde_json::to_string(&Row::of(finding, self.lang))?;
                writeln!(output, "{}", escape::json(&json))
            }
            Output::Csv(writer) => Ok(writer.serialize(Row::of(finding, self.lang).inert())?),
        }
    }

    pub(crate) fn flush(&mut self) -> io::Result<()> {
        match &mut self.output {
            Output::Plain(output) => output.flush(),
            Output::Csv(writer) => writer.flush(),
        }
    }
}

/// The head of a spreadsheet: the fields of [`Row`], in their order.
pub(crate) const COLUMNS: [&str; 23] = [
    "source", "line", "offset", "time", "protocol", "code", "enhanced", "command", "severity", "category", "problem",
    "cause", "verdict", "party", "rule", "basis", "title", "text", "peer", "session", "form", "speaker", "record",
];

/// A finding in one line for people.
fn line(finding: &Finding<'_>, lang: Lang) -> String {
    let mut parts = vec![format!("{}:{}", finding.source, finding.line)];
    parts.extend(finding.time.map(time));
    parts.extend(finding.protocol.map(|protocol| words::name(protocol).to_owned()));
    parts.extend(finding.code.map(|code| code.to_string()));
    parts.extend(finding.enhanced.map(|enhanced| enhanced.to_string()));
    parts.push(finding.text().into_owned());
    let cause = finding.cause();
    format!("{}  [{}: {}]", escape::line(parts.join(" ").as_bytes()), cause.id(), cause.title(lang))
}

/// A cell that no spreadsheet takes for a formula: an apostrophe before what would begin one, at the start, and behind a
/// semicolon, at which some spreadsheets cut a cell whatever its quotes are.
fn cell(text: &str) -> String {
    let text = escape::line(text.as_bytes());
    // A mark alone is none; the standard input is called so.
    if text == "-" {
        return text;
    }
    let mut inert = String::with_capacity(text.len());
    let mut start = true;
    for character in text.chars() {
        if start && matches!(character, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠') {
            inert.push('\'');
        }
        start = character == ';' || start && matches!(character, ' ' | '"' | '\u{a0}' | '\u{3000}');
        inert.push(character);
    }
    inert
}

#[cfg(test)]
mod tests {
    use super::cell;

    #[test]
    fn no_cell_is_a_formula() {
        for (text, inert) in [
            ("=1+1", "'=1+1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("+12.345s", "'+12.345s"),
            (" \t-1", "  '-1"),
            ("＝１＋１", "'＝１＋１"),
            ("\u{200b}=1", "\\u{200b}=1"),
            ("\r=1", "\\u{d}=1"),
            ("a; =cmd|' /C calc'!A0", "a; '=cmd|' /C calc'!A0"),
            ("a;\"=1\"", "a;\"'=1\""),
            ("-", "-"),
            ("a=b -c", "a=b -c"),
            ("", ""),
        ] {
            assert_eq!(cell(text), inert, "{text:?}");
        }
    }
}
