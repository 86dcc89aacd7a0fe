//! `--fail-on`: what the exit status is to tell.

use replycode::{Catalog, Cause};
use replycode_scan::Summary;

use super::cause;
use crate::Failure;

/// Of what the user wants to be told by the exit status.
#[derive(Debug, Default)]
pub(crate) struct FailOn {
    problem: bool,
    unknown: bool,
    causes: Vec<Cause>,
}

impl FailOn {
    pub(crate) fn new(words: &[String], catalog: &'static Catalog) -> Result<Self, Failure> {
        let mut all = FailOn::default();
        for word in words {
            match word.as_str() {
                "problem" => all.problem = true,
                "unknown" => all.unknown = true,
                id => all.causes.push(cause(catalog, id, &["problem", "unknown"])?),
            }
        }
        Ok(all)
    }

    pub(crate) fn found(&self, summary: &Summary) -> bool {
        let cause = |cause: &Cause| summary.causes().iter().any(|count| count.cause == *cause);
        self.problem && summary.problems > 0
            || self.unknown && summary.unknown_codes().next().is_some()
            || self.causes.iter().any(cause)
    }
}
