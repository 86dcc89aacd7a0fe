//! The time stamp of a line.
//!
//! Recognised by its own shape, wherever it stands near the beginning of the line: every program has another order of
//! host, process and time, but the ways to write a time are few.

use super::time::{Time, date};
use crate::bytes::{at, before, is_blank, skip_blanks, slice, starts_with};

/// How much of a line is looked at.
const REACH: usize = 160;

/// What is needed to complete a time stamp that does not tell everything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Year {
    /// The year of every stamp without one.
    Fixed(i32),
    /// The latest year that does not put the stamp more than a day behind this day (days since 1970): syslog writes no
    /// year, and nothing is logged in the future.
    Before(i64),
}

impl Year {
    fn of(self, month: u8, day: u8) -> i32 {
        match self {
            Year::Fixed(year) => year,
            Year::Before(today) => {
                let (year, now_month, now_day) = date(today + 1);
                if (month, day) > (now_month, now_day) { year - 1 } else { year }
            }
        }
    }
}

/// The time stamp of a line, of which it must stand before a place, the reply; in a line of JSON it may stand behind.
pub(crate) fn stamp(line: &[u8], reply: usize, year: Year) -> Option<Time> {
    let head = slice(line, 0, REACH.min(reply));
    let found = in_head(head, year);
    let json = at(line, skip_blanks(line, 0)) == b'{';
    if json && !found.is_some_and(Time::is_dated) { member(line).or(found) } else { found }
}

fn in_head(head: &[u8], year: Year) -> Option<Time> {
    let mut clock = None;
    let mut place = 0;
    while place < head.len() {
        let byte = at(head, place);
        let begins = !before(head, place).is_ascii_alphanumeric();
        let dated = match byte {
            b'0'..=b'9' if begins => numeric(head, place),
            b'A'..=b'Z' | b'a'..=b'z' if begins => month_first(head, place, year),
            b'@' if begins => tai64n(head, place),
            _ => None,
        };
        if dated.is_some() {
            return dated;
        }
        if clock.is_none() && byte.is_ascii_digit() && begins && !matches!(before(head, place), b':' | b'.') {
            clock = time_of_day(head, place).filter(|(_, end)| !at(head, *end).is_ascii_alphanumeric());
        }
        place += 1;
        if begins && byte.is_ascii_alphanumeric() {
            // On to the end of the word.
            while at(head, place).is_ascii_alphanumeric() {
                place += 1;
            }
        }
    }
    let clock = clock.and_then(|((hour, minute, second, ms), _)| Time::clock(hour, minute, second, ms));
    clock.or_else(|| uptime(head))
}

/// The time in an object of JSON: text, or a number of seconds, milliseconds or microseconds since 1970.
fn member(line: &[u8]) -> Option<Time> {
    const NAMES: &[&str] = &["time", "timestamp", "@timestamp", "ts", "date", "datetime", "@t", "__realtime_timestamp"];
    let mut place = 0;
    while place < line.len() {
        if at(line, place) != b'"' {
            place += 1;
            continue;
        }
        let start = place + 1;
        let end = start + slice(line, start, line.len()).iter().position(|&byte| byte == b'"')?;
        place = end + 1;
        let colon = skip_blanks(line, end + 1);
        let name = slice(line, start, end);
        if at(line, colon) != b':' || !NAMES.iter().any(|known| name.eq_ignore_ascii_case(known.as_bytes())) {
            continue;
        }
        let value = skip_blanks(line, colon + 1);
        let value = value + usize::from(at(line, value) == b'"');
        if let Some((time, _)) = iso(line, value) {
            return Some(time);
        }
        if let Some(time) = since_1970(line, value) {
            return Some(time);
        }
    }
    None
}

/// Seconds with a fraction, milliseconds or microseconds since 1970, told apart by their size.
fn since_1970(line: &[u8], place: usize) -> Option<Time> {
    let count = slice(line, place, place + 20).iter().take_while(|byte| byte.is_ascii_digit()).count();
    let number = slice(line, place, place + count)
        .iter()
        .try_fold(0i64, |number, byte| number.checked_mul(10)?.checked_add(i64::from(byte - b'0')))?;
    match count {
        10 => Time::unix(number, fraction(line, place + count).0),
        13 => Time::unix(number / 1000, (number % 1000) as u16),
        16 => Time::unix(number / 1_000_000, (number / 1000 % 1000) as u16),
        _ => None,
    }
}

/// A date that begins with a number.
fn numeric(head: &[u8], place: usize) -> Option<Time> {
    let (first, end) = digits(head, place)?;
    match end - place {
        4 => iso(head, place).map(|(time, _)| time).or_else(|| japanese(head, place)),
        8 => compact(head, place),
        10 if place < 32 => epoch(head, place),
        1 | 2 => {
            let first = u8::try_from(first).ok()?;
            match at(head, end) {
                b'/' | b'-' | b'.' if at(head, end + 1).is_ascii_digit() => day_month_year(head, first, end),
                b'/' | b'-' | b' ' if at(head, end + 1).is_ascii_alphabetic() => named_month(head, first, end + 1),
                _ => None,
            }
        }
        _ => None,
    }
}

/// `2026-03-01T10:11:12.345+09:00`, also with blanks, slashes, a comma; where it ends.
pub(crate) fn iso(head: &[u8], place: usize) -> Option<(Time, usize)> {
    let (ymd, end) = year_month_day(head, place)?;
    let gap = match at(head, end) {
        b'T' | b't' | b'_' => 1,
        b',' | b' ' | b'\t' => skip_blanks(head, end + usize::from(at(head, end) == b',')) - end,
        // `2026-03-01-10:11:12`
        b'-' | b':' => 1,
        _ => return None,
    };
    let ((hms, end), minutes_only) = match time_of_day(head, end + gap) {
        Some(found) => (found, false),
        None => (hour_minute(head, end + gap)?, true),
    };
    let (offset, end) =
        if minutes_only && at(head, end).is_ascii_alphanumeric() { return None } else { offset(head, end) };
    Time::dated(ymd, hms, offset).map(|time| (time, end))
}

/// A date and nothing else.
pub(crate) fn iso_date(text: &[u8]) -> Option<Time> {
    let (ymd, end) = year_month_day(text, 0)?;
    if end == text.len() { Time::dated(ymd, (0, 0, 0, 0), None) } else { None }
}

fn year_month_day(head: &[u8], place: usize) -> Option<((i32, u8, u8), usize)> {
    let year = fixed(head, place, 4)?;
    let separator = at(head, place + 4);
    if !matches!(separator, b'-' | b'/' | b'.') {
        return None;
    }
    let (month, end) = one_or_two(head, place + 5)?;
    if at(head, end) != separator {
        return None;
    }
    let (day, end) = one_or_two(head, end + 1)?;
    Some(((year as i32, month, day), end))
}

/// `2026年3月1日 10:11:12`, `2026年3月1日 10時11分12秒`, in UTF-8, CP932 or EUC-JP.
fn japanese(head: &[u8], place: usize) -> Option<Time> {
    const MARKS: [[&[u8]; 6]; 3] = [
        [b"\xE5\xB9\xB4", b"\xE6\x9C\x88", b"\xE6\x97\xA5", b"\xE6\x99\x82", b"\xE5\x88\x86", b"\xE7\xA7\x92"],
        [b"\x94\x4E", b"\x8C\x8E", b"\x93\xFA", b"\x8E\x9E", b"\x95\xAA", b"\x95\x62"],
        [b"\xC7\xAF", b"\xB7\xEE", b"\xC6\xFC", b"\xBB\xFE", b"\xCA\xAC", b"\xC9\xC3"],
    ];
    let year = fixed(head, place, 4)?;
    let marked =
        |place: usize, mark: &[u8]| (slice(head, place, place + mark.len()) == mark).then_some(place + mark.len());
    let [y, m, d, h, min, s] = MARKS.into_iter().find(|[year, ..]| marked(place + 4, year).is_some())?;
    let (month, end) = one_or_two(head, marked(place + 4, y)?)?;
    let (day, end) = one_or_two(head, marked(end, m)?)?;
    let start = skip_blanks(head, marked(end, d)?);
    if let Some((hms, _)) = time_of_day(head, start) {
        return Time::dated((year as i32, month, day), hms, None);
    }
    let (hour, end) = one_or_two(head, start)?;
    let (minute, end) = one_or_two(head, marked(end, h)?)?;
    let second = marked(end, min).and_then(|end| one_or_two(head, end)).filter(|(_, end)| marked(*end, s).is_some());
    Time::dated((year as i32, month, day), (hour, minute, second.map_or(0, |(second, _)| second), 0), None)
}

/// `20260301T101112Z`, `20260301 10:11:12`.
fn compact(head: &[u8], place: usize) -> Option<Time> {
    let ymd = (fixed(head, place, 4)? as i32, fixed(head, place + 4, 2)? as u8, fixed(head, place + 6, 2)? as u8);
    let start = match at(head, place + 8) {
        b'T' | b' ' | b'-' | b'_' => place + 9,
        _ => return None,
    };
    if let Some((hms, end)) = time_of_day(head, start) {
        return Time::dated(ymd, hms, offset(head, end).0);
    }
    let (_, end) = digits(head, start).filter(|(_, end)| *end == start + 6)?;
    let two = |place| fixed(head, place, 2).map(|number| number as u8);
    Time::dated(ymd, (two(start)?, two(start + 2)?, two(start + 4)?, 0), offset(head, end).0)
}

/// Seconds since 1970: `1772323872.123`. Such a number could be anything, so it must begin the line.
fn epoch(head: &[u8], place: usize) -> Option<Time> {
    let lead = slice(head, 0, place);
    if !lead.iter().all(|&byte| is_blank(byte) || matches!(byte, b'[' | b'<' | b'"')) {
        return None;
    }
    let (seconds, end) = digits(head, place)?;
    // Between 2001 and 2033.
    let plausible = (1_000_000_000..2_000_000_000).contains(&seconds);
    let (ms, end) = fraction(head, end);
    let ends = is_blank(at(head, end)) || matches!(at(head, end), b']' | b'>' | b'"' | b':' | b',');
    if plausible && ends { Time::unix(i64::from(seconds), ms) } else { None }
}

/// `12/3/2025 10:11:12`: the month first, unless it cannot be one; `01.03.2026 10:11:12`, `01-03-2026`: the day first.
fn day_month_year(head: &[u8], first: u8, end: usize) -> Option<Time> {
    let separator = at(head, end);
    let (second, end) = one_or_two(head, end + 1)?;
    if at(head, end) != separator {
        return None;
    }
    let (year, end) = year_of(head, end + 1)?;
    let (day, month) = if separator == b'/' && first <= 12 { (second, first) } else { (first, second) };
    let start = skip_blanks(head, end + usize::from(matches!(at(head, end), b',' | b'T' | b'-' | b':')));
    let (hms, end) = time_of_day(head, start).or_else(|| hour_minute(head, start))?;
    Time::dated((year, month, day), half_day(head, end, hms)?, None)
}

/// `01/Mar/2026:10:11:12 +0900`, `1 Mar 2026 10:11:12 +0900`, `01-Mar-2026 10:11:12`.
fn named_month(head: &[u8], day: u8, place: usize) -> Option<Time> {
    let month = month(head, place)?;
    let (year, end) = year_of(head, place + 4)?;
    if !matches!(at(head, place + 3), b'/' | b'-' | b' ') {
        return None;
    }
    let start = skip_blanks(head, end + usize::from(matches!(at(head, end), b':' | b',')));
    let (hms, end) = time_of_day(head, start)?;
    Time::dated((year, month, day), hms, offset(head, end).0)
}

/// `Mar  1 10:11:12`, and with the year behind: `Sun Mar  1 10:11:12 2026`, or before the time: `Mar 1 2026 10:11:12`,
/// `Mar 1, 2026 10:11:12 AM`.
fn month_first(head: &[u8], place: usize, rule: Year) -> Option<Time> {
    if !is_blank(at(head, place + 3)) {
        return None;
    }
    let month = month(head, place)?;
    let (day, end) = one_or_two(head, skip_blanks(head, place + 3))?;
    let start = skip_blanks(head, end + usize::from(at(head, end) == b','));
    if let Some((year, end)) = year_of(head, start).filter(|(_, end)| *end == start + 4) {
        let (hms, end) = time_of_day(head, skip_blanks(head, end + usize::from(at(head, end) == b',')))?;
        return Time::dated((year, month, day), half_day(head, end, hms)?, None);
    }
    let (hms, end) = time_of_day(head, start)?;
    // `Sun Mar  1 10:11:12 JST 2026`
    let mut behind = skip_blanks(head, end);
    let zone = slice(head, behind, behind + 4).iter().take_while(|byte| byte.is_ascii_uppercase()).count();
    if matches!(zone, 3 | 4) && is_blank(at(head, behind + zone)) {
        behind = skip_blanks(head, behind + zone);
    }
    let year = year_of(head, behind).filter(|(year, end)| *end == behind + 4 && (1980..2100).contains(year));
    let alone = |end: usize| !at(head, end).is_ascii_alphanumeric() && at(head, end) != b'.';
    let year = year.filter(|(_, end)| alone(*end)).map_or_else(|| rule.of(month, day), |(year, _)| year);
    Time::dated((year, month, day), hms, None)
}

/// `@4000000069a3f0e012345678`, as qmail's multilog has it: TAI64N, ten seconds ahead of 1970 UTC as all programs take
/// it.
fn tai64n(head: &[u8], place: usize) -> Option<Time> {
    let label = slice(head, place + 1, place + 25);
    if label.len() < 24 || at(head, place + 25).is_ascii_alphanumeric() {
        return None;
    }
    let hex = |digits: &[u8]| {
        digits.iter().try_fold(0u64, |value, &byte| Some(value << 4 | u64::from((byte as char).to_digit(16)?)))
    };
    let (seconds, nanoseconds) = (hex(label.get(..16)?)?, hex(label.get(16..)?)?);
    let seconds = i64::try_from(seconds.checked_sub(1 << 62)?).ok()?.checked_sub(10)?;
    Time::unix(seconds, u16::try_from(nanoseconds / 1_000_000).ok()?)
}

/// Milliseconds or seconds since a device was switched on: `I (12345) mail: ...` of an ESP32, `[   12.345678] ...`.
fn uptime(head: &[u8]) -> Option<Time> {
    let mut start = 0;
    // A colour: `ESC[0;31m`.
    if at(head, 0) == 0x1b {
        start = head.iter().take(12).position(|&byte| byte == b'm')? + 1;
    }
    match (at(head, start), at(head, start + 1), at(head, start + 2)) {
        (b'E' | b'W' | b'I' | b'D' | b'V', b' ', b'(') => {
            let (ms, end) = digits(head, start + 3)?;
            (at(head, end) == b')' && at(head, end + 1) == b' ').then(|| Time::uptime(ms))
        }
        (b'[', ..) => {
            let place = skip_blanks(head, start + 1);
            let (seconds, end) = digits(head, place)?;
            let (ms, close) = fraction(head, end);
            let fits = at(head, end) == b'.' && at(head, close) == b']';
            fits.then(|| seconds.checked_mul(1000)?.checked_add(u32::from(ms)).map(Time::uptime)).flatten()
        }
        _ => None,
    }
}

type Clock = (u8, u8, u8, u16);

/// `10:11:12`, with a fraction after a dot or comma; where it ends.
fn time_of_day(head: &[u8], place: usize) -> Option<(Clock, usize)> {
    let ((hour, minute, ..), end) = hour_minute(head, place)?;
    if at(head, end) != b':' {
        return None;
    }
    let second = fixed(head, end + 1, 2).filter(|_| !at(head, end + 3).is_ascii_digit())?;
    let (ms, end) = fraction(head, end + 3);
    (second <= 60).then_some(((hour, minute, second as u8, ms), end))
}

/// `10:11`.
fn hour_minute(head: &[u8], place: usize) -> Option<(Clock, usize)> {
    let (hour, end) = one_or_two(head, place)?;
    let minute = fixed(head, end + 1, 2).filter(|minute| at(head, end) == b':' && *minute < 60)?;
    let alone = !at(head, end + 3).is_ascii_digit();
    (alone && hour < 24).then_some(((hour, minute as u8, 0, 0), end + 3))
}

/// `.345`, `,345`, `.345678`: milliseconds.
fn fraction(head: &[u8], place: usize) -> (u16, usize) {
    if !matches!(at(head, place), b'.' | b',') || !at(head, place + 1).is_ascii_digit() {
        return (0, place);
    }
    let digits = slice(head, place + 1, place + 13).iter().take_while(|byte| byte.is_ascii_digit());
    let mut ms = 0;
    let mut count = 0;
    for (digit, weight) in digits.zip([100, 10, 1].into_iter().chain(std::iter::repeat(0))) {
        ms += u16::from(digit - b'0') * weight;
        count += 1;
    }
    (ms, place + 1 + count)
}

/// `Z`, `+09:00`, ` +0900`, ` UTC`: minutes east of UTC; where it ends.
fn offset(head: &[u8], place: usize) -> (Option<i16>, usize) {
    let start = if at(head, place) == b' ' { place + 1 } else { place };
    let ends = |end: usize| !at(head, end).is_ascii_alphanumeric();
    match at(head, start) {
        b'Z' | b'z' if ends(start + 1) => (Some(0), start + 1),
        b'U' | b'G' if (starts_with(head, start, "UTC") || starts_with(head, start, "GMT")) && ends(start + 3) => {
            (Some(0), start + 3)
        }
        sign @ (b'+' | b'-') => {
            let colon = usize::from(at(head, start + 3) == b':');
            let (hours, minutes) = (fixed(head, start + 1, 2), fixed(head, start + 3 + colon, 2));
            match (hours, minutes) {
                (Some(hours @ 0..15), Some(minutes @ 0..60)) if ends(start + 5 + colon) => {
                    let offset = (hours * 60 + minutes) as i16;
                    (Some(if sign == b'-' { -offset } else { offset }), start + 5 + colon)
                }
                _ => (None, place),
            }
        }
        _ => (None, place),
    }
}

/// `AM` or `PM` behind a time.
fn half_day(head: &[u8], end: usize, (hour, minute, second, ms): Clock) -> Option<Clock> {
    let start = skip_blanks(head, end);
    let alone = !at(head, start + 2).is_ascii_alphanumeric();
    let hour = match hour {
        12 if alone && starts_with(head, start, "am") => 0,
        1..=11 if alone && starts_with(head, start, "pm") => hour + 12,
        hour => hour,
    };
    Some((hour, minute, second, ms))
}

/// The number of an English month's short name.
fn month(head: &[u8], place: usize) -> Option<u8> {
    const MONTHS: [&[u8; 3]; 12] =
        [b"jan", b"feb", b"mar", b"apr", b"may", b"jun", b"jul", b"aug", b"sep", b"oct", b"nov", b"dec"];
    let name = head.get(place..)?.first_chunk::<3>()?.map(|letter| letter.to_ascii_lowercase());
    let month = MONTHS.iter().position(|month| **month == name)?;
    Some(month as u8 + 1)
}

/// Four digits, or two: 1970 to 2069.
fn year_of(head: &[u8], place: usize) -> Option<(i32, usize)> {
    let (year, end) = digits(head, place)?;
    let year = year as i32;
    match end - place {
        4 => Some((year, end)),
        2 => Some((if year < 70 { 2000 + year } else { 1900 + year }, end)),
        _ => None,
    }
}

/// A number of up to ten digits that fits; where it ends.
fn digits(head: &[u8], place: usize) -> Option<(u32, usize)> {
    let count = slice(head, place, place + 11).iter().take_while(|byte| byte.is_ascii_digit()).count();
    fixed(head, place, count).map(|number| (number, place + count))
}

fn one_or_two(head: &[u8], place: usize) -> Option<(u8, usize)> {
    let (number, end) = digits(head, place).filter(|(_, end)| *end <= place + 2)?;
    Some((number as u8, end))
}

/// Exactly so many digits, and whatever behind them.
fn fixed(head: &[u8], place: usize, count: usize) -> Option<u32> {
    let digits = slice(head, place, place + count);
    if digits.len() != count || count == 0 {
        return None;
    }
    digits.iter().try_fold(0u32, |number, byte| {
        let digit = byte.checked_sub(b'0').filter(|digit| *digit < 10)?;
        number.checked_mul(10)?.checked_add(u32::from(digit))
    })
}

#[cfg(test)]
mod tests {
    use super::{Year, stamp};
    use crate::scan::time::days;

    fn read(line: &str) -> String {
        stamp(line.as_bytes(), line.len(), Year::Before(days(2026, 3, 1)))
            .map_or_else(String::new, |time| time.to_string())
    }

    #[test]
    fn stamps_of_many_programs() {
        for (line, time) in [
            // syslog, with Postfix, sendmail, proftpd behind it.
            ("Mar  1 10:11:12 mx postfix/smtp[550]: 4F: to=<a@b>", "2026-03-01T10:11:12"),
            ("<22>Feb 28 10:11:12.345 mx x: y", "2026-02-28T10:11:12.345"),
            ("2026-03-01T10:11:12.345678+09:00 mx postfix/smtpd[1]: x", "2026-03-01T10:11:12.345+09:00"),
            ("2026-03-01T01:11:12Z x", "2026-03-01T01:11:12Z"),
            // Exim, Python logging, ProFTPD.
            ("2026-03-01 10:11:12 1abcde-0001Xy-Ab ** a@b", "2026-03-01T10:11:12"),
            ("2026-03-01 10:11:12.345 [123] x", "2026-03-01T10:11:12.345"),
            ("2026-03-01 10:11:12 +0900 x", "2026-03-01T10:11:12+09:00"),
            ("2026-03-01 10:11:12,345 ERROR ftp: x", "2026-03-01T10:11:12.345"),
            ("[2026-03-01 10:11:12] DEBUG [x] S: 550", "2026-03-01T10:11:12"),
            ("{\"level\":\"error\",\"time\":\"2026-03-01T10:11:12.005Z\"", "2026-03-01T10:11:12.005Z"),
            // JSON: logrus and Docker with the time behind, pino, zap, journald.
            (
                "{\"level\":\"error\",\"msg\":\"550 at 10:00:00\",\"time\":\"2026-03-01T10:11:12+09:00\"}",
                "2026-03-01T10:11:12+09:00",
            ),
            (
                "{\"log\":\"550 x\\n\",\"stream\":\"stdout\",\"time\":\"2026-03-01T01:11:12.123456789Z\"}",
                "2026-03-01T01:11:12.123Z",
            ),
            ("{\"level\":50,\"time\":1772323872123,\"msg\":\"550\"}", "2026-03-01T00:11:12.123Z"),
            ("{\"level\":\"error\",\"ts\":1772323872.5,\"msg\":\"550\"}", "2026-03-01T00:11:12.500Z"),
            ("{ \"__REALTIME_TIMESTAMP\" : \"1772323872123456\", \"MESSAGE\" : \"550\" }", "2026-03-01T00:11:12.123Z"),
            ("{\"msg\":\"550 x\",\"time\":\"soon\"}", ""),
            ("2026/03/01 10:11:12 smtp: x", "2026-03-01T10:11:12"),
            // IIS W3C.
            ("2026-03-01 10:11:12 192.0.2.5 - STOR a.jpg 550", "2026-03-01T10:11:12"),
            // vsftpd, xferlog.
            ("Sun Mar  1 10:11:12 2026 [pid 2] CONNECT: x", "2026-03-01T10:11:12"),
            ("Sun Mar  1 10:11:12 JST 2026 x", "2026-03-01T10:11:12"),
            ("Sun Mar  1 10:11:12 2026 1 192.0.2.5 550 /a.jpg b", "2026-03-01T10:11:12"),
            // Apache's form, as ProFTPD's ExtendedLog has it.
            ("192.0.2.5 UNKNOWN al [01/Mar/2026:10:11:12 +0900] \"STOR a\" 550 -", "2026-03-01T10:11:12+09:00"),
            // FileZilla Server.
            ("(000087)3/1/2026 10:11:12 - al (192.0.2.5)> 550 x", "2026-03-01T10:11:12"),
            ("<13/3/2025 22:11:12> FTP Session 87", "2025-03-13T22:11:12"),
            ("<01-03-2026 10:11:12> x", "2026-03-01T10:11:12"),
            ("3/1/2026 1:11:12 PM x", "2026-03-01T13:11:12"),
            ("01.03.2026 10:11:12 x", "2026-03-01T10:11:12"),
            // FileZilla, other clients: no date.
            ("10:11:12\tResponse:\t550 x", "10:11:12"),
            ("10:11:12.345 S: 550 x", "10:11:12.345"),
            // ESP32, kernel.
            ("E (12345) mail: 550 x", "+12.345s"),
            ("\u{1b}[0;31mE (12345) mail: 550 x", "+12.345s"),
            ("[   12.345678] x", "+12.345s"),
            // Mail headers, qmail, squid.
            ("Date: Sun, 1 Mar 2026 10:11:12 +0900", "2026-03-01T10:11:12+09:00"),
            ("@4000000069a3923a1dcd6500 delivery 1: failure", "2026-03-01T01:11:12.500Z"),
            ("1772323872.123 x", "2026-03-01T00:11:12.123Z"),
            ("20260301T101112Z x", "2026-03-01T10:11:12Z"),
            ("2026年3月1日 10時11分12秒 エラー", "2026-03-01T10:11:12"),
            ("2026年03月01日 10:11:12 エラー", "2026-03-01T10:11:12"),
            // None.
            ("550 5.1.1 No such user", ""),
            ("550 12.0.0.1 10:11", ""),
            ("May be 10:11", ""),
            ("192.168.10.250: x", ""),
            ("::1:2:3:44:55", ""),
            ("", ""),
        ] {
            assert_eq!(read(line), time, "{line}");
        }
        let cp932 = b"2026\x94\x4E3\x8C\x8E1\x93\xFA 10:11:12 x";
        assert_eq!(stamp(cp932, 99, Year::Fixed(1)).unwrap().to_string(), "2026-03-01T10:11:12");
    }

    #[test]
    fn the_year_of_syslog() {
        // The log was written up to 1 March 2026.
        for (line, year) in [
            ("Mar  1 00:00:00 x", "2026"),
            ("Mar  2 00:00:00 x", "2026"),
            ("Mar  3 00:00:00 x", "2025"),
            ("Dec 31 00:00:00 x", "2025"),
            ("Jan  1 00:00:00 x", "2026"),
        ] {
            assert_eq!(&read(line)[..4], year, "{line}");
        }
        let fixed = stamp(b"Dec 31 00:00:00 x", 99, Year::Fixed(2019)).unwrap();
        assert_eq!(fixed.to_string(), "2019-12-31T00:00:00");
        // Written shortly after midnight of the new year, with a clock that goes slow.
        assert_eq!(
            stamp(b"Dec 31 23:59:59 x", 99, Year::Before(days(2026, 1, 1))).unwrap().to_string(),
            "2025-12-31T23:59:59"
        );
        // And on 31 December by a clock that goes fast.
        assert_eq!(
            stamp(b"Jan  1 00:00:01 x", 99, Year::Before(days(2025, 12, 31))).unwrap().to_string(),
            "2026-01-01T00:00:01"
        );
    }
}
