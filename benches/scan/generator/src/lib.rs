//! A realistic mixed log of any length, and the truth about it: which replies it has, and what went wrong.
//!
//! The log is what a support engineer is sent: pieces of the logs of mail and file servers, of clients in several
//! languages, of cameras and microcontrollers, one after the other. One line in twenty has a reply. The truth comes
//! from the tables in [`sources`], that is from how each line is made; nothing here reads the log.
//!
//! ```
//! use log_generator::Generator;
//!
//! let mut generator = Generator::new(1);
//! let mut log = Vec::new();
//! generator.fill(&mut log, 1_000_000);
//! let truth = generator.truth();
//! assert_eq!(truth.bytes, log.len() as u64);
//! assert!(truth.replies > 0 && (18..=22).contains(&(truth.lines / truth.reply_lines)));
//! ```

mod clock;
mod pattern;
mod random;
mod sources;
mod truth;

pub use sources::{Protocol, Reply};
pub use truth::Truth;

use pattern::{Compiled, State};
use sources::SOURCES;

/// One reply line in this many lines.
const SHARE: u64 = 20;

/// A log begins with this many bytes without a reply: what came before it in the file is another program's.
const QUIET: u64 = 5000;

/// Writes a log piece by piece.
pub struct Generator {
    sources: Vec<Source>,
    state: State,
    truth: Truth,
    /// The source that writes now, and how many records it still writes.
    current: usize,
    left: u32,
    /// Where in the log its replies begin.
    loud: u64,
}

/// A program that writes a log.
struct Source {
    plain: Vec<Record>,
    replies: Vec<Record>,
    weights: u32,
    records: (u32, u32),
}

struct Record {
    text: Compiled,
    lines: u64,
    reply_lines: u64,
    replies: &'static [Reply],
}

impl Generator {
    /// A log of its own for each seed.
    pub fn new(seed: u64) -> Self {
        let record = |text: &str, replies: &'static [Reply], cp932| Record {
            text: Compiled::new(text, cp932),
            lines: text.bytes().filter(|&byte| byte == b'\n').count() as u64,
            reply_lines: replies.iter().map(|reply| u64::from(reply.lines)).sum(),
            replies,
        };
        let sources = SOURCES
            .iter()
            .map(|source| Source {
                plain: source.plain.iter().map(|text| record(text, &[], source.cp932)).collect(),
                replies: source.replies.iter().map(|(text, replies)| record(text, replies, source.cp932)).collect(),
                weights: source.weight,
                records: source.records,
            })
            .collect();
        let state = State::new(seed);
        Generator { sources, state, truth: Truth::default(), current: 0, left: 0, loud: 0 }
    }

    /// Appends whole records until the log has grown by at least `bytes`.
    pub fn fill(&mut self, log: &mut Vec<u8>, bytes: usize) {
        let end = log.len() + bytes;
        while log.len() < end {
            self.record(log);
        }
    }

    /// What the log has so far.
    pub fn truth(&self) -> &Truth {
        &self.truth
    }

    /// Appends one record, and says which replies it has.
    pub fn record(&mut self, log: &mut Vec<u8>) -> &'static [Reply] {
        let start = log.len();
        if self.left == 0 {
            self.current = self.choose();
            let (least, most) = self.sources[self.current].records;
            self.left = least + self.state.random.below(most - least + 1);
            self.loud = self.truth.bytes + QUIET;
        }
        self.left -= 1;
        let source = &self.sources[self.current];
        // Behind the share replies come more often than not; ahead of it, never.
        let due = self.truth.reply_lines * SHARE <= self.truth.lines && self.truth.bytes >= self.loud;
        let records = if due && !source.replies.is_empty() && self.state.random.below(4) != 0 {
            &source.replies
        } else {
            &source.plain
        };
        let record = &records[self.state.random.below(records.len() as u32) as usize];
        record.text.write(log, &mut self.state);
        self.truth.bytes += (log.len() - start) as u64;
        self.truth.lines += record.lines;
        self.truth.reply_lines += record.reply_lines;
        for reply in record.replies {
            self.truth.add(reply);
        }
        record.replies
    }

    fn choose(&mut self) -> usize {
        let all = self.sources.iter().map(|source| source.weights).sum();
        let mut draw = self.state.random.below(all);
        self.sources
            .iter()
            .position(|source| match draw.checked_sub(source.weights) {
                Some(rest) => {
                    draw = rest;
                    false
                }
                None => true,
            })
            .unwrap_or(0)
    }
}
