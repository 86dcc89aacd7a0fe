//! How many problems when.

use std::collections::BTreeMap;

use super::Time;

/// Widths of a bar in milliseconds. Each divides the next: bars can be put together.
const WIDTHS: &[i64] = &[
    60_000,
    10 * 60_000,
    60 * 60_000,
    6 * 60 * 60_000,
    24 * 60 * 60_000,
    7 * 24 * 60 * 60_000,
    28 * 24 * 60 * 60_000,
    364 * 24 * 60 * 60_000,
    3640 * 24 * 60 * 60_000,
];

/// How many bars there are at most.
const BARS: usize = 1024;

/// How many problems when: bars of equal width, from a minute to weeks, as fine as 1024 bars allow.
///
/// Bars without a problem are left out.
///
/// ```
/// use replycode::cause;
/// use replycode_scan::{Input, Options, summarize};
///
/// let log = b"2026-03-01 10:11:12 S: 550 5.1.1 User unknown\n2026-03-01 10:13:00 S: 550 5.1.1 User unknown\n";
/// let summary = summarize([Input::bytes("log", &log[..])], &Options::default()).summary;
/// let timeline = summary.timeline();
/// assert_eq!(timeline.width_ms(), 60_000);
/// let bars: Vec<_> = timeline.bars().map(|bar| (bar.start().to_string(), bar.count)).collect();
/// assert_eq!(bars, [("2026-03-01T10:11:00".to_owned(), 1), ("2026-03-01T10:13:00".to_owned(), 1)]);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Timeline {
    /// Which of the widths.
    level: usize,
    /// Whether some time stamp had an offset from UTC.
    zoned: bool,
    /// By the number of the bar, counted from 1970: problems by the number of the cause.
    bars: BTreeMap<i64, BTreeMap<u8, u64>>,
}

/// The problems of one stretch of time.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Bar<'a> {
    /// Where it begins: milliseconds since 1970-01-01.
    pub start_ms: i64,
    /// How many problems.
    pub count: u64,
    zoned: bool,
    causes: &'a BTreeMap<u8, u64>,
}

impl<'a> Bar<'a> {
    /// Where it begins: in UTC if some time stamp has an offset, else in the time that the logs are written in.
    pub fn start(&self) -> Time {
        Time::instant(self.start_ms, self.zoned)
    }

    /// Problems by [`Cause::number`](replycode::Cause::number).
    pub fn causes(&self) -> impl Iterator<Item = (u8, u64)> + 'a {
        self.causes.iter().map(|(cause, count)| (*cause, *count))
    }
}

impl Timeline {
    /// How many milliseconds a bar is wide.
    pub fn width_ms(&self) -> i64 {
        WIDTHS.get(self.level).copied().unwrap_or(i64::MAX)
    }

    /// The bars that are not empty, the earliest first.
    pub fn bars(&self) -> impl ExactSizeIterator<Item = Bar<'_>> {
        let width = self.width_ms();
        self.bars.iter().map(move |(number, causes)| Bar {
            start_ms: number.saturating_mul(width),
            count: causes.values().sum(),
            zoned: self.zoned,
            causes,
        })
    }

    /// Whether no problem has a date.
    pub fn is_empty(&self) -> bool {
        self.bars.is_empty()
    }

    pub(crate) fn add(&mut self, time: Time, cause: u8) {
        let Some(ms) = time.unix_ms() else { return };
        self.zoned |= time.offset().is_some();
        let bar = self.bars.entry(ms.div_euclid(self.width_ms())).or_default();
        *bar.entry(cause).or_default() += 1;
        self.fit();
    }

    /// Makes the bars as wide as needed. The width that comes out is the least one at which all problems fit, in
    /// whatever order they come.
    fn fit(&mut self) {
        while self.bars.len() > BARS && self.level + 1 < WIDTHS.len() {
            self.widen(self.level + 1);
        }
    }

    fn widen(&mut self, level: usize) {
        let narrow = std::mem::take(&mut self.bars);
        let width = self.width_ms();
        self.level = level;
        for (number, causes) in narrow {
            let bar = self.bars.entry((number * width).div_euclid(self.width_ms())).or_default();
            for (cause, count) in causes {
                *bar.entry(cause).or_default() += count;
            }
        }
    }

    pub(crate) fn merge(&mut self, other: &Timeline) {
        if self.level < other.level {
            self.widen(other.level);
        }
        self.zoned |= other.zoned;
        let width = other.width_ms();
        for (number, causes) in &other.bars {
            let bar = self.bars.entry((number * width).div_euclid(self.width_ms())).or_default();
            for (cause, count) in causes {
                *bar.entry(*cause).or_default() += count;
            }
        }
        self.fit();
    }
}

#[cfg(test)]
mod tests {
    use super::{BARS, Timeline};
    use crate::scan::Time;

    #[test]
    fn bars_grow_as_needed_in_any_order() {
        // One problem every hour for four years.
        let times: Vec<_> = (0..4 * 365 * 24).map(|hour| Time::unix(1_700_000_000 + hour * 3600, 0).unwrap()).collect();
        let mut whole = Timeline::default();
        times.iter().for_each(|time| whole.add(*time, (time.unix_ms().unwrap() % 3) as u8));
        assert!(whole.bars().len() <= BARS);
        assert_eq!(whole.width_ms(), 7 * 86_400_000);
        assert_eq!(whole.bars().map(|bar| bar.count).sum::<u64>(), 4 * 365 * 24);

        let mut pieces: Vec<Timeline> = times
            .chunks(700)
            .map(|times| {
                let mut piece = Timeline::default();
                times.iter().rev().for_each(|time| piece.add(*time, (time.unix_ms().unwrap() % 3) as u8));
                piece
            })
            .collect();
        while pieces.len() > 1 {
            let last = pieces.pop().unwrap();
            pieces[0].merge(&last);
        }
        assert_eq!(pieces[0], whole);
    }

    #[test]
    fn undated_times_have_no_bar() {
        let mut timeline = Timeline::default();
        timeline.add(Time::uptime(5), 1);
        timeline.add(Time::clock(1, 2, 3, 0).unwrap(), 1);
        assert!(timeline.is_empty());
    }
}
