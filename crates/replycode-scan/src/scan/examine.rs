//! Searching one cell.

use replycode::{Diagnosis, Protocol};

use super::cell::{Cell, count_lines};
use super::finding::{LINE, View};
use super::stamp::{Year, stamp};
use super::{Attempt, Filter, Finding, Options, Time};
use crate::bytes::{is_line_end, slice};
use crate::found::Found;
use crate::{Explainer, find, incident};

/// How far back the time stamp of an earlier line is looked for.
const STAMP: usize = 8 << 10;

/// A finding without what it borrows.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Item {
    found: Found,
    /// The line within the cell, counted from 0.
    line: u64,
    offset: u64,
    time: Option<Time>,
    diagnosis: Diagnosis,
    problem: bool,
}

/// Which part of which source a cell is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Part<'a> {
    pub(crate) name: &'a str,
    pub(crate) source: u32,
    pub(crate) number: u32,
    /// How many lines are before it, as far as is known.
    pub(crate) lines: u64,
}

impl Item {
    /// Where in the text it begins.
    pub(crate) fn place(&self) -> usize {
        self.found.offset
    }

    /// Where in the source it begins.
    pub(crate) fn offset(&self) -> u64 {
        self.offset
    }

    /// How many lines of the cell are before it.
    pub(crate) fn line(&self) -> u64 {
        self.line
    }

    pub(crate) fn view<'a>(&self, cell: &'a Cell, part: Part<'a>) -> Finding<'a> {
        let found = self.found;
        Finding {
            source: part.name,
            line: part.lines + self.line + 1,
            offset: self.offset,
            time: self.time,
            protocol: found.protocol,
            code: found.code,
            enhanced: found.enhanced,
            command: found.command,
            form: found.form,
            speaker: found.speaker,
            diagnosis: self.diagnosis,
            problem: self.problem,
            part: (part.source, part.number),
            view: View { text: cell.text(), found, encoding: cell.encoding() },
        }
    }
}

/// What a cell is, beside what was found in it.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Examined {
    /// How many lines end in it.
    pub(crate) lines: u64,
    /// Where in the text the last reply begins and ends.
    pub(crate) last: Option<(usize, usize)>,
}

/// Finds the replies that begin in a cell and pass the filter.
pub(crate) fn examine(cell: &Cell, options: &Options, year: Year, mut each: impl FnMut(Item)) -> Examined {
    let text = cell.text();
    let mut line = 0;
    let mut last = None;
    let mut counted = cell.begin;
    let mut place = cell.start();
    let mut clock = Clock::new(year);
    let explainer = Explainer::new(options.catalog).with_protocol(options.protocol);
    for found in find(text, options.protocol) {
        if found.offset < cell.begin {
            continue;
        }
        if found.offset >= cell.end {
            break;
        }
        last = Some((found.offset, found.offset.saturating_add(found.len)));
        let time = clock.time(text, found.offset);
        if !of_interest(&options.filter, &found, time) {
            continue;
        }
        let diagnosis = explainer.reply(text, &found);
        let problem = is_problem(text, &found);
        if !passes(&options.filter, &diagnosis, problem) {
            continue;
        }
        line += count_lines(text, counted, found.offset);
        counted = found.offset;
        let offset = cell.place(found.offset, &mut place);
        each(Item { found, line, offset, time, diagnosis, problem });
    }
    Examined { lines: line + count_lines(text, counted, cell.end), last }
}

/// Takes a cell as one attempt.
pub(crate) fn attempt(cell: &Cell, options: &Options, year: Year, part: Part<'_>) -> Attempt {
    let text = cell.text();
    let explainer = Explainer::new(options.catalog).with_protocol(options.protocol);
    let explained = explainer.incident(text);
    let deciding = explained.incident.deciding.map(|found| {
        let item = Item {
            found,
            line: count_lines(text, cell.begin, found.offset),
            offset: cell.place(found.offset, &mut cell.start()),
            time: Clock::new(year).time(text, found.offset),
            diagnosis: explainer.reply(text, &found),
            problem: is_problem(text, &found),
        };
        item.view(cell, part).to_owned()
    });
    Attempt::new(part.name, &explained, deciding)
}

fn is_problem(text: &[u8], found: &Found) -> bool {
    found.is_negative() && !incident::is_harmless(text, found)
}

/// What can be said before a reply is diagnosed.
fn of_interest(filter: &Filter, found: &Found, time: Option<Time>) -> bool {
    let protocol = |wanted: Protocol| found.protocol == Some(wanted);
    let since = filter.since.is_none_or(|since| time.is_some_and(|time| time.is_dated() && time >= since));
    let until = filter.until.is_none_or(|until| time.is_some_and(|time| time.is_dated() && time < until));
    filter.protocol.is_none_or(protocol)
        && since
        && until
        && (filter.severities.is_empty() || filter.severities.contains(&found.severity()))
}

fn passes(filter: &Filter, diagnosis: &Diagnosis, problem: bool) -> bool {
    (problem || !filter.problems) && (filter.causes.is_empty() || filter.causes.contains(&diagnosis.cause()))
}

/// Time stamps of lines, each looked for once.
struct Clock {
    year: Year,
    /// Up to where all lines were looked at, and the last stamp there with its place.
    seen: usize,
    last: Option<(usize, Time)>,
}

impl Clock {
    fn new(year: Year) -> Self {
        Clock { year, seen: 0, last: None }
    }

    /// The time stamp of the line of a place, or of the last one before.
    fn time(&mut self, text: &[u8], place: usize) -> Option<Time> {
        let floor = place.saturating_sub(STAMP);
        let mut start = line_start(text, place, place.saturating_sub(LINE));
        if let Some(time) = stamp(line_of(text, start, place), place - start, self.year) {
            self.last = Some((start, time));
            self.seen = start;
            return Some(time);
        }
        let lowest = self.seen.max(floor);
        self.seen = start;
        while start > lowest {
            let end = start - 1;
            start = line_start(text, end, lowest.max(end.saturating_sub(LINE)));
            if let Some(time) = stamp(slice(text, start, end), usize::MAX, self.year) {
                self.last = Some((start, time));
                return Some(time);
            }
        }
        self.last.filter(|(place, _)| *place >= floor).map(|(_, time)| time)
    }
}

/// The line of a place from its beginning, as far as it is of interest.
fn line_of(text: &[u8], start: usize, place: usize) -> &[u8] {
    let line = slice(text, start, place.saturating_add(LINE));
    let behind = slice(line, place - start, line.len());
    let end = behind.iter().position(|byte| is_line_end(*byte)).unwrap_or(behind.len());
    slice(line, 0, place - start + end)
}

/// Where the line of a place begins, or a lower limit.
pub(crate) fn line_start(text: &[u8], place: usize, floor: usize) -> usize {
    let head = slice(text, floor, place);
    floor + head.iter().rposition(|byte| is_line_end(*byte)).map_or(0, |place| place + 1)
}
