//! What is in a log.

use std::collections::BTreeMap;
use std::fmt;

use crate::sources::{Protocol, Reply};

/// What is in a log, by how it was made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Truth {
    pub bytes: u64,
    /// How many lines it has, and how many of them are part of a reply.
    pub lines: u64,
    pub reply_lines: u64,
    /// How many replies it has: one of several lines is one, one that a report shows several times is one.
    pub replies: u64,
    /// Replies that refuse, for now or for good.
    pub negative: u64,
    /// Refusals that stop nothing, such as of `FEAT`; [`negative`](Self::negative) counts them, too.
    pub probes: u64,
    /// Replies by protocol and code; 0 for those of which only an enhanced status code is written.
    pub codes: BTreeMap<(Protocol, u16), u64>,
    /// Refusals that are no probes, by what went wrong: the ids of the catalogue's causes.
    pub causes: BTreeMap<&'static str, u64>,
}

impl Truth {
    pub(crate) fn add(&mut self, reply: &'static Reply) {
        self.replies += 1;
        *self.codes.entry((reply.protocol, reply.code)).or_default() += 1;
        if reply.cause == "probe" {
            self.negative += 1;
            self.probes += 1;
        } else if !reply.cause.is_empty() {
            self.negative += 1;
            *self.causes.entry(reply.cause).or_default() += 1;
        }
    }
}

/// One fact a line, names and figures separated by tabs.
impl fmt::Display for Truth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, count) in [
            ("bytes", self.bytes),
            ("lines", self.lines),
            ("reply lines", self.reply_lines),
            ("replies", self.replies),
            ("negative", self.negative),
            ("probes", self.probes),
        ] {
            writeln!(f, "{name}\t{count}")?;
        }
        for ((protocol, code), count) in &self.codes {
            writeln!(f, "code\t{protocol}\t{code}\t{count}")?;
        }
        for (cause, count) in &self.causes {
            writeln!(f, "cause\t{cause}\t{count}")?;
        }
        Ok(())
    }
}
