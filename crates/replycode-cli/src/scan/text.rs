//! The summary for people.

use std::fmt::Write;

use replycode::Cause;
use replycode_scan::{CauseCount, Example, Time};

use super::report::{self, Report, bytes, number, percent, time};
use super::words::ScanWords;
use crate::explain::steps;
use crate::paper::{BOLD, DIM, Paper, color_of, shortened};
use crate::words::{Words, fill};
use crate::{Host, escape};

/// How many columns of a line of a log are shown.
const LINE: usize = 400;
/// How many bars the timeline has at most, and how wide they are.
const BARS: usize = 16;
const BAR: usize = 30;
/// How many codes of a cause, codes that the catalogue does not have, and sources taken as a whole are listed.
const CODES: usize = 8;
const LISTED: usize = 20;

struct Page<'a> {
    paper: Paper,
    report: &'a Report<'a>,
    words: &'static Words,
    own: &'static ScanWords,
}

/// The summary; of the first `top` causes everything.
pub(crate) fn show(report: &Report<'_>, top: usize, host: &Host<'_>) -> String {
    let (words, own) = (Words::of(report.lang), ScanWords::of(report.lang));
    let mut page = Page { paper: Paper::of(host), report, words, own };
    page.all(if top == 0 { usize::MAX } else { top });
    page.paper.out
}

impl Page<'_> {
    fn all(&mut self, top: usize) {
        let summary = &self.report.outcome.summary;
        let causes = summary.causes();
        self.figures();
        self.timeline();
        if causes.len() > 1 {
            self.overview(&causes);
        }
        for (place, count) in (1..).zip(causes.iter().take(top)) {
            self.cause(place, count);
        }
        if causes.len() > top {
            let more = fill(self.own.others, &[&number((causes.len() - top) as u64)]);
            self.paper.paragraph(&format!("\n{more}"), "", "");
        }
        self.unknown();
        self.wholes();
    }

    fn figures(&mut self) {
        let (summary, own) = (&self.report.outcome.summary, self.own);
        let problems = self.paper.painted(BOLD, &number(summary.problems));
        let mut facts = vec![
            (own.sources, number(summary.sources)),
            (own.size, bytes(summary.bytes)),
            (own.lines, number(summary.lines)),
            (own.replies, number(summary.replies)),
            (own.problems, problems),
        ];
        facts.extend(self.span(summary.first, summary.last).map(|span| (own.period, span)));
        self.paper.facts(&facts, "");
        let told = match (summary.replies, summary.problems) {
            (0, _) => own.no_reply,
            (_, 0) => own.no_problem,
            _ => return,
        };
        self.paper.paragraph(&format!("\n{told}"), "", "");
    }

    fn timeline(&mut self) {
        let Some(chart) = self.report.chart(BARS) else { return };
        if chart.counts.len() < 2 {
            return;
        }
        self.heading(self.own.timeline);
        let widest = chart.counts.iter().map(|count| number(*count).len()).max().unwrap_or_default();
        for (bar, count) in chart.counts.iter().enumerate() {
            let stroke = "#".repeat((*count as usize * BAR).div_ceil(chart.highest().max(1) as usize));
            let row = format!("  {}  {:>widest$}  {stroke}", chart.label(bar), number(*count));
            let _ = writeln!(self.paper.out, "{}", row.trim_end());
        }
        if let Some(zone) = chart.zone() {
            let zone = self.paper.painted(DIM, &fill(self.own.zone, &[&zone]));
            let _ = writeln!(self.paper.out, "  {zone}");
        }
    }

    /// All causes, one line each.
    fn overview(&mut self, causes: &[&CauseCount]) {
        self.heading(self.own.causes);
        let widest = causes.iter().map(|count| number(count.count).len()).max().unwrap_or_default();
        for count in causes {
            let share = percent(self.report.outcome.summary.share(count.count));
            let title = self.title(count.cause);
            let _ = writeln!(self.paper.out, "  {:>widest$}  {share:>7}  {title}", number(count.count));
        }
    }

    fn title(&self, cause: Cause) -> String {
        let id = self.paper.painted(DIM, &format!("({})", cause.id()));
        format!("{}  {id}", self.paper.painted(BOLD, cause.title(self.report.lang)))
    }

    fn cause(&mut self, place: usize, count: &CauseCount) {
        let (words, own, lang) = (self.words, self.own, self.report.lang);
        let title = self.title(count.cause);
        let _ = writeln!(self.paper.out, "\n{place}. {title}");
        self.paper.paragraph(count.cause.meaning(lang), "   ", "   ");
        self.paper.out.push('\n');
        let share = percent(self.report.outcome.summary.share(count.count));
        let mut facts = vec![(own.count, format!("{} ({share})", number(count.count)))];
        facts.extend(self.span(count.first, count.last).map(|span| (own.seen, span)));
        facts.push((own.codes, self.codes(count)));
        facts.push((own.example, self.place(&count.example)));
        let (verdict, _) = words.of_verdict(count.verdict());
        facts.push((words.verdict, self.paper.painted(color_of(count.verdict()), &verdict)));
        facts.push((words.party, words.of_party(count.cause.party()).to_owned()));
        self.paper.facts(&facts, "   ");
        let steps: Vec<_> = steps(count.cause.entry(), lang).collect();
        let (label, record) = (self.paper.painted(BOLD, words.to_do), self.record(&count.example));
        let _ = writeln!(self.paper.out, "\n{record}\n\n   {label}");
        for (number, step) in (1..).zip(steps) {
            self.paper.paragraph(step, &format!("   {number}. "), "      ");
        }
    }

    fn codes(&self, count: &CauseCount) -> String {
        let codes = count.codes();
        let mut parts: Vec<_> = codes
            .iter()
            .take(CODES)
            .map(|(code, count)| format!("{} ({})", report::code(*code), number(*count)))
            .collect();
        if codes.len() > CODES {
            parts.push(fill(self.words.more, &[&number((codes.len() - CODES) as u64)]));
        }
        parts.join(self.words.comma)
    }

    fn place(&self, example: &Example) -> String {
        escape::line(fill(self.own.place, &[&example.source, &number(example.line)]).as_bytes())
    }

    /// The line of an example, in lines that fit.
    fn record(&self, example: &Example) -> String {
        let text = shortened(&escape::line(example.text.trim().as_bytes()), LINE);
        let options = textwrap::Options::new(self.paper.width).initial_indent("   | ").subsequent_indent("   | ");
        let lines: Vec<_> = textwrap::wrap(&text, options).iter().map(|line| self.paper.painted(DIM, line)).collect();
        lines.join("\n")
    }

    fn unknown(&mut self) {
        let codes: Vec<_> = self.report.outcome.summary.unknown_codes().collect();
        if codes.is_empty() {
            return;
        }
        self.heading(self.own.unknown);
        for count in codes.iter().take(LISTED) {
            let head = format!("{} ({})", report::code(count.code), number(count.count));
            let place = self.place(&count.example);
            let row = format!("  {}  {place}", self.paper.painted(BOLD, &head));
            let _ = writeln!(self.paper.out, "{row}\n{}", self.record(&count.example));
        }
        self.more(codes.len());
    }

    fn wholes(&mut self) {
        let wholes: Vec<_> = self.report.wholes().collect();
        if wholes.is_empty() {
            return;
        }
        self.heading(self.own.wholes);
        for attempt in wholes.iter().take(LISTED) {
            let source = escape::line(attempt.source.as_bytes());
            let _ = writeln!(self.paper.out, "  {source}{}{}", self.words.colon, self.title(attempt.cause));
            for (number, step) in (1..).zip(steps(attempt.cause.entry(), self.report.lang)) {
                self.paper.paragraph(step, &format!("   {number}. "), "      ");
            }
        }
        self.more(wholes.len());
    }

    fn more(&mut self, all: usize) {
        if all > LISTED {
            let more = fill(self.words.more, &[&number((all - LISTED) as u64)]);
            let _ = writeln!(self.paper.out, "  {more}");
        }
    }

    fn heading(&mut self, text: &str) {
        let text = self.paper.painted(BOLD, text);
        let _ = writeln!(self.paper.out, "\n{text}");
    }

    fn span(&self, first: Option<Time>, last: Option<Time>) -> Option<String> {
        let (first, last) = (first?, last?);
        Some(if first == last { time(first) } else { fill(self.own.span, &[&time(first), &time(last)]) })
    }
}
