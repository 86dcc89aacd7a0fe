//! What every format tells, and how numbers, times and codes are written.

use replycode::{Cause, Lang, Protocol};
use replycode_scan::{Attempt, Code, Outcome, Time};

use super::chart::Chart;
use crate::words;

/// What came of a scan, for a reader.
pub(crate) struct Report<'a> {
    pub(crate) outcome: &'a Outcome,
    pub(crate) lang: Lang,
}

impl Report<'_> {
    /// The sources that tell of a failure only as a whole: no reply in them is a problem.
    pub(crate) fn wholes(&self) -> impl Iterator<Item = &Attempt> {
        let nothing = [replycode::cause::NO_ERROR.id(), replycode::cause::NOT_A_REPLY.id()];
        self.outcome.attempts.iter().filter(move |attempt| {
            !nothing.contains(&attempt.cause.id()) && attempt.deciding.as_ref().is_none_or(|reply| !reply.problem)
        })
    }

    /// The timeline in bars, at the offset of the logs' times if all have the same.
    pub(crate) fn chart(&self, most: usize) -> Option<Chart> {
        let summary = &self.outcome.summary;
        let (first, last) = (summary.first?.offset(), summary.last?.offset());
        let same = if first == last { first } else { Some(0) };
        Chart::of(summary.timeline(), most, same)
    }

    pub(crate) fn cause_of(&self, number: u8) -> Option<Cause> {
        self.outcome.summary.causes().iter().map(|count| count.cause).find(|cause| cause.number() == number)
    }
}

/// A number with its thousands apart: `1,234,567`.
pub(crate) fn number(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A number of bytes: `999 B`, `1.2 kB`, `20.0 GB`.
pub(crate) fn bytes(bytes: u64) -> String {
    let units = ["kB", "MB", "GB", "TB", "PB", "EB"];
    let mut size = bytes as f64;
    let mut unit = "B";
    for next in units {
        // What would be rounded to 1000 is one of the next.
        if size < 999.95 {
            break;
        }
        size /= 1000.0;
        unit = next;
    }
    if unit == "B" { format!("{bytes} B") } else { format!("{size:.1} {unit}") }
}

/// A share of 0.0 to 1.0: `12.5 %`.
pub(crate) fn percent(share: f64) -> String {
    format!("{:.1} %", 100.0 * share)
}

/// A time as people write it.
pub(crate) fn time(time: Time) -> String {
    time.to_string().replacen('T', " ", 1)
}

/// A code with its protocol: `SMTP 550`, `5.1.1`.
pub(crate) fn code(code: Code) -> String {
    let protocol = code.protocol.map(words::name);
    let number = code.code.map(|code| code.to_string());
    let enhanced = code.enhanced.map(|enhanced| enhanced.to_string());
    [protocol.map(str::to_owned), number, enhanced].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// The id of a protocol that is known.
pub(crate) fn protocol(protocol: Option<Protocol>) -> Option<&'static str> {
    protocol.map(Protocol::id)
}

#[cfg(test)]
mod tests {
    #[test]
    fn numbers() {
        let numbers = [0, 999, 1000, 1_234_567].map(super::number);
        assert_eq!(numbers, ["0", "999", "1,000", "1,234,567"]);
        let sizes = [0, 999, 1000, 1234, 999_949, 999_950, 20_000_000_000, u64::MAX].map(super::bytes);
        assert_eq!(sizes, ["0 B", "999 B", "1.0 kB", "1.2 kB", "999.9 kB", "1.0 MB", "20.0 GB", "18.4 EB"]);
        assert_eq!([0.0, 1.0, 0.125, 2.0 / 3.0].map(super::percent), ["0.0 %", "100.0 %", "12.5 %", "66.7 %"]);
    }
}
