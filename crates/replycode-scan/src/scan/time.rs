//! A point in time, as a log writes it down.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

/// When something was logged.
///
/// Most logs write a date and a time, with or without the offset from UTC; some write only the time of day, and devices
/// count from when they were switched on. Dated times are compared as instants; those without an offset are taken to
/// be UTC, which is right as long as all of them have the same.
///
/// ```
/// use replycode_scan::Time;
///
/// let here: Time = "2026-03-01T10:11:12+09:00".parse().unwrap();
/// let there: Time = "2026-03-01 01:11:12Z".parse().unwrap();
/// assert_eq!(here.unix_ms(), there.unix_ms());
/// assert_eq!(here.to_string(), "2026-03-01T10:11:12+09:00");
/// // A date alone is its first moment.
/// assert!("2026-03-01".parse::<Time>().unwrap() < here);
/// assert_eq!(Time::clock(23, 59, 59, 0).unwrap().unix_ms(), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Time {
    kind: Kind,
    /// Milliseconds: since 1970-01-01 as written, since midnight, since the start.
    ms: i64,
}

/// What a time counts from, the most telling first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Kind {
    /// A date and a time; minutes east of UTC where they are written.
    Dated(Option<i16>),
    /// A time of day.
    Clock,
    /// Since the device was switched on.
    Uptime,
}

const SECOND: i64 = 1000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// Days from 1970-01-01 to a date of the Gregorian calendar.
pub(crate) fn days(year: i32, month: u8, day: u8) -> i64 {
    // Years begin in March, so that the leap day is the last.
    let (year, month) = (i64::from(year) - i64::from(month <= 2), i64::from(month));
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + i64::from(day) - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// The date that is so many days from 1970-01-01.
pub(crate) fn date(days: i64) -> (i32, u8, u8) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = (of_year - (153 * month + 2) / 5 + 1) as u8;
    let month = if month < 10 { month + 3 } else { month - 9 } as u8;
    ((year + era * 400) as i32 + i32::from(month <= 2), month, day)
}

/// How many days a month has.
fn month_length(year: i32, month: u8) -> u8 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

impl Time {
    /// A date (years 0 to 9999), a time of day with milliseconds, and minutes east of UTC if they are known. None if
    /// there is no such time. A leap second is the second before it.
    ///
    /// ```
    /// use replycode_scan::Time;
    /// assert_eq!(Time::dated((1970, 1, 2), (0, 0, 1, 5), Some(0)).unwrap().unix_ms(), Some(86_401_005));
    /// assert_eq!(Time::dated((2026, 2, 29), (0, 0, 0, 0), None), None);
    /// ```
    pub fn dated(
        (year, month, day): (i32, u8, u8),
        (hour, minute, second, ms): (u8, u8, u8, u16),
        offset: Option<i16>,
    ) -> Option<Self> {
        let date = (0..=9999).contains(&year) && (1..=12).contains(&month) && day >= 1;
        if !date || day > month_length(year, month) || offset.is_some_and(|offset| offset.unsigned_abs() > 24 * 60) {
            return None;
        }
        let clock = Time::clock(hour, minute, second, ms)?;
        Some(Time { kind: Kind::Dated(offset), ms: days(year, month, day) * DAY + clock.ms })
    }

    /// A time of day.
    pub fn clock(hour: u8, minute: u8, second: u8, ms: u16) -> Option<Self> {
        let fits = hour < 24 && minute < 60 && second <= 60 && ms < 1000;
        let ms =
            i64::from(hour) * HOUR + i64::from(minute) * MINUTE + i64::from(second.min(59)) * SECOND + i64::from(ms);
        fits.then_some(Time { kind: Kind::Clock, ms })
    }

    /// Milliseconds since a device was switched on.
    ///
    /// ```
    /// assert_eq!(replycode_scan::Time::uptime(12_345).to_string(), "+12.345s");
    /// ```
    pub fn uptime(ms: u32) -> Self {
        Time { kind: Kind::Uptime, ms: i64::from(ms) }
    }

    /// Seconds since 1970-01-01 UTC, as some logs have them. None beyond the year 9999.
    pub fn unix(seconds: i64, ms: u16) -> Option<Self> {
        let (ms, end) = (i64::from(ms), days(9999, 12, 31) * DAY / SECOND);
        ((0..end).contains(&seconds) && ms < SECOND)
            .then(|| Time { kind: Kind::Dated(Some(0)), ms: seconds * SECOND + ms })
    }

    /// An instant; shown as UTC only if the offset is known.
    pub(crate) fn instant(ms: i64, utc: bool) -> Self {
        Time { kind: Kind::Dated(utc.then_some(0)), ms }
    }

    /// Milliseconds since 1970-01-01 UTC, where a date is known. Without an offset the time is taken to be UTC.
    pub fn unix_ms(self) -> Option<i64> {
        match self.kind {
            Kind::Dated(offset) => Some(self.ms - i64::from(offset.unwrap_or(0)) * MINUTE),
            Kind::Clock | Kind::Uptime => None,
        }
    }

    /// Minutes east of UTC, where they are known.
    pub fn offset(self) -> Option<i16> {
        match self.kind {
            Kind::Dated(offset) => offset,
            Kind::Clock | Kind::Uptime => None,
        }
    }

    /// Whether the date is known.
    pub fn is_dated(self) -> bool {
        matches!(self.kind, Kind::Dated(_))
    }

    fn rank(self) -> u8 {
        match self.kind {
            Kind::Dated(_) => 0,
            Kind::Clock => 1,
            Kind::Uptime => 2,
        }
    }

    fn key(self) -> (u8, i64, Option<i16>) {
        (self.rank(), self.unix_ms().unwrap_or(self.ms), self.offset())
    }

    /// The later one; of times that count from different things the more telling one.
    pub(crate) fn later(self, other: Self) -> Self {
        match self.rank().cmp(&other.rank()) {
            Ordering::Less => self,
            Ordering::Greater => other,
            Ordering::Equal => self.max(other),
        }
    }
}

impl Ord for Time {
    /// Dated times come first, then times of day, then those since the start of a device.
    fn cmp(&self, other: &Self) -> Ordering {
        self.key().cmp(&other.key())
    }
}

impl PartialOrd for Time {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Time {
    /// ISO 8601 as far as it goes: `2026-03-01T10:11:12.345+09:00`, `10:11:12`; `+12.345s` since the start.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.kind == Kind::Uptime {
            return write!(f, "+{}.{:03}s", self.ms / SECOND, self.ms % SECOND);
        }
        if let Kind::Dated(_) = self.kind {
            let (year, month, day) = date(self.ms.div_euclid(DAY));
            write!(f, "{year:04}-{month:02}-{day:02}T")?;
        }
        let clock = self.ms.rem_euclid(DAY);
        write!(f, "{:02}:{:02}:{:02}", clock / HOUR, clock / MINUTE % 60, clock / SECOND % 60)?;
        if clock % SECOND != 0 {
            write!(f, ".{:03}", clock % SECOND)?;
        }
        match self.offset() {
            None => Ok(()),
            Some(0) => f.write_str("Z"),
            Some(offset) => {
                let (sign, minutes) = (if offset < 0 { '-' } else { '+' }, offset.unsigned_abs());
                write!(f, "{sign}{:02}:{:02}", minutes / 60, minutes % 60)
            }
        }
    }
}

/// A text is no time that [`Time`] can read.
///
/// ```
/// use replycode_scan::Time;
/// let error = "yesterday".parse::<Time>().unwrap_err();
/// assert!(error.to_string().starts_with("\"yesterday\" is no time"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseTimeError(String);

impl fmt::Display for ParseTimeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let form = "write 2026-03-01, 2026-03-01T10:11, 2026-03-01T10:11:12.345 or 2026-03-01T10:11:12+09:00";
        write!(f, "{:?} is no time: {form}", self.0)
    }
}

impl std::error::Error for ParseTimeError {}

impl FromStr for Time {
    type Err = ParseTimeError;

    /// ISO 8601: a date, or a date and a time, with or without the offset.
    fn from_str(text: &str) -> Result<Self, ParseTimeError> {
        let trimmed = text.trim();
        let whole = super::stamp::iso(trimmed.as_bytes(), 0).filter(|(_, end)| *end == trimmed.len());
        let dated = whole.map(|(time, _)| time).or_else(|| super::stamp::iso_date(trimmed.as_bytes()));
        dated.ok_or_else(|| ParseTimeError(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::{Time, date, days};

    #[test]
    fn the_calendar() {
        for (days_since, written) in [
            (0, (1970, 1, 1)),
            (11_016, (2000, 2, 29)),
            (11_017, (2000, 3, 1)),
            (-1, (1969, 12, 31)),
            (20_513, (2026, 3, 1)),
        ] {
            assert_eq!(date(days_since), written);
            assert_eq!(days(written.0, written.1, written.2), days_since);
        }
        for day in -800_000..800_000 {
            let (y, m, d) = date(day);
            assert_eq!(days(y, m, d), day);
        }
    }

    #[test]
    fn order() {
        let time = |text: &str| text.parse::<Time>().unwrap();
        assert!(time("2026-03-01T10:00:00+09:00") < time("2026-03-01T02:00:00Z"));
        assert!(time("2026-03-01") < Time::clock(0, 0, 0, 0).unwrap());
        assert!(Time::clock(23, 0, 0, 0).unwrap() < Time::uptime(1));
        assert_eq!(time("2026-03-01").later(Time::uptime(1)), time("2026-03-01"));
        assert_eq!(time("2026-03-01").later(time("2026-03-02")), time("2026-03-02"));
    }

    #[test]
    fn what_is_written_is_read_again() {
        for text in
            ["2026-03-01T10:11:12", "2026-03-01T10:11:12.005-05:30", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999"]
        {
            assert_eq!(text.parse::<Time>().unwrap().to_string(), text);
        }
        for text in ["", "2026", "2026-13-01", "2026-02-30", "2026-03-01T25:00", "10:11:12", "2026-03-01x"] {
            assert!(text.parse::<Time>().is_err(), "{text}");
        }
        assert_eq!("2026-03-01T23:59:60Z".parse::<Time>().unwrap().to_string(), "2026-03-01T23:59:59Z");
    }
}
