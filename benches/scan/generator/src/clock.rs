//! The time that the log tells: it goes on by some milliseconds a record, from Sunday, 1 November 2026 on.

pub(crate) struct Clock {
    millis: u64,
    /// The day of the month counted on from 1 November, its date, and the second at which it ends.
    pub(crate) day: u64,
    pub(crate) date: (u32, usize, u32),
    midnight: u64,
}

pub(crate) const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
pub(crate) const DAYS: [&str; 7] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

impl Default for Clock {
    fn default() -> Self {
        Clock { millis: 0, day: 0, date: (2026, 10, 1), midnight: 86_400 }
    }
}

impl Clock {
    pub(crate) fn advance(&mut self, millis: u32) {
        self.millis += u64::from(millis);
        while self.millis / 1000 >= self.midnight {
            self.midnight += 86_400;
            self.day += 1;
            let (year, month, day) = self.date;
            let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
            let last = [31, if leap { 29 } else { 28 }, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month];
            self.date = match (month, day) {
                (11, 31) => (year + 1, 0, 1),
                (month, day) if day == last => (year, month + 1, 1),
                (month, day) => (year, month, day + 1),
            };
        }
    }

    pub(crate) fn uptime(&self) -> u64 {
        self.millis
    }

    pub(crate) fn millis(&self) -> u32 {
        (self.millis % 1000) as u32
    }

    /// Hour, minute, second.
    pub(crate) fn time(&self) -> (u32, u32, u32) {
        let second = (self.millis / 1000 % 86_400) as u32;
        (second / 3600, second / 60 % 60, second % 60)
    }
}
