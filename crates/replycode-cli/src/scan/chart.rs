//! The timeline in as many bars as there is room for.

use std::collections::BTreeMap;

use replycode_scan::{Time, Timeline};

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// Widths that people read easily.
const WIDTHS: &[i64] = &[
    MINUTE,
    2 * MINUTE,
    5 * MINUTE,
    10 * MINUTE,
    30 * MINUTE,
    HOUR,
    2 * HOUR,
    3 * HOUR,
    6 * HOUR,
    12 * HOUR,
    DAY,
    2 * DAY,
    7 * DAY,
    14 * DAY,
    28 * DAY,
    84 * DAY,
    364 * DAY,
    3640 * DAY,
    36_400 * DAY,
    364_000 * DAY,
];

/// Bars of equal width, one behind the other, empty ones as well.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Chart {
    first: i64,
    width: i64,
    /// Minutes east of UTC of the times, where they are known.
    pub(crate) offset: Option<i16>,
    pub(crate) counts: Vec<u64>,
    /// The same for each cause, by its number.
    pub(crate) causes: BTreeMap<u8, Vec<u64>>,
}

impl Chart {
    /// At most so many bars; none if nothing has a date. Times are at an offset, as the logs have them, if the bars of the
    /// timeline allow it, else in UTC.
    pub(crate) fn of(timeline: &Timeline, most: usize, offset: Option<i16>) -> Option<Self> {
        let base = timeline.width_ms();
        let shift = |offset: i16| i64::from(offset) * MINUTE;
        let offset = offset.map(|offset| if shift(offset) % base == 0 { offset } else { 0 });
        let shift = shift(offset.unwrap_or(0));
        let first = timeline.bars().next()?.start_ms + shift;
        let last = timeline.bars().last()?.start_ms + shift;
        let bars = |width: i64| (last.div_euclid(width) - first.div_euclid(width)) as usize + 1;
        let fits = |width: &&i64| **width % base == 0 && bars(**width) <= most;
        let width = WIDTHS.iter().find(fits).copied().unwrap_or(last - first + base);
        let first = first.div_euclid(width);
        let mut chart = Chart { first, width, offset, counts: vec![0; bars(width)], causes: BTreeMap::new() };
        for bar in timeline.bars() {
            let place = ((bar.start_ms + shift).div_euclid(width) - first) as usize;
            chart.counts[place] += bar.count;
            for (cause, count) in bar.causes() {
                chart.causes.entry(cause).or_insert_with(|| vec![0; chart.counts.len()])[place] += count;
            }
        }
        Some(chart)
    }

    /// When a bar begins, as far as its width makes it telling: a date, or a date and a time.
    pub(crate) fn label(&self, bar: usize) -> String {
        let ms = (self.first + bar as i64) * self.width;
        let time = Time::unix(ms.div_euclid(1000), 0).map(|time| time.to_string()).unwrap_or_default();
        let (date, clock) = time.split_once('T').unwrap_or_default();
        if self.width >= DAY { date.to_owned() } else { format!("{date} {}", clock.get(..5).unwrap_or_default()) }
    }

    /// `UTC+09:00`; none where the logs do not tell.
    pub(crate) fn zone(&self) -> Option<String> {
        let offset = self.offset?;
        let (sign, minutes) = (if offset < 0 { '-' } else { '+' }, offset.unsigned_abs());
        Some(if offset == 0 { "UTC".to_owned() } else { format!("UTC{sign}{:02}:{:02}", minutes / 60, minutes % 60) })
    }

    pub(crate) fn highest(&self) -> u64 {
        self.counts.iter().copied().max().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use replycode_scan::{Input, Options, summarize};

    use super::Chart;

    fn chart(times: &[&str], most: usize) -> (Vec<u64>, String) {
        chart_at(times, most, None)
    }

    fn chart_at(times: &[&str], most: usize, offset: Option<i16>) -> (Vec<u64>, String) {
        let log: String = times.iter().map(|time| format!("{time} S: 550 5.1.1 User unknown\n")).collect();
        let summary = summarize([Input::bytes("log", log)], &Options::default()).summary;
        let chart = Chart::of(summary.timeline(), most, offset).unwrap();
        assert_eq!(chart.causes.len(), 1);
        assert_eq!(chart.causes.values().next().unwrap(), &chart.counts);
        let label = chart.label(0);
        (chart.counts, label)
    }

    #[test]
    fn days_are_those_of_the_logs() {
        let times = ["2026-03-01T23:00:00+09:00", "2026-03-02T01:00:00+09:00", "2026-03-03T10:00:00+09:00"];
        assert_eq!(chart_at(&times, 3, Some(540)), (vec![1, 1, 1], "2026-03-01".to_owned()));
        assert_eq!(chart_at(&times, 3, Some(0)), (vec![2, 0, 1], "2026-03-01".to_owned()));
    }

    #[test]
    fn bars_are_as_narrow_as_there_is_room() {
        let times = ["2026-03-01 10:11:12", "2026-03-01 10:11:59", "2026-03-01 10:14:00"];
        assert_eq!(chart(&times, 4), (vec![2, 0, 0, 1], "2026-03-01 10:11".to_owned()));
        assert_eq!(chart(&times, 3), (vec![2, 0, 1], "2026-03-01 10:10".to_owned()));
        assert_eq!(chart(&times, 1), (vec![3], "2026-03-01 10:10".to_owned()));
        let times = ["2026-03-01 23:00:00", "2026-03-02 01:00:00", "2026-03-04 10:00:00"];
        assert_eq!(chart(&times, 4), (vec![1, 1, 0, 1], "2026-03-01".to_owned()));
        let times = ["0100-03-01 23:00:00", "2026-03-02 01:00:00", "9999-12-31 23:59:59"];
        assert_eq!(chart(&times, 2).0.iter().sum::<u64>(), 3);
    }
}
