//! Findings one by one, found by a thread that reads ahead.

use std::mem::take;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread::{self, JoinHandle};

use super::{Input, Options, Outcome, OwnedFinding, Progress, scan};

/// How many findings are handed over together.
const BATCH: usize = 64;
/// How many batches wait.
const AHEAD: usize = 4;

/// The findings of a scan, in order: see [`findings`](super::findings).
#[derive(Debug)]
pub struct Findings {
    batches: Option<Receiver<Vec<OwnedFinding>>>,
    batch: std::vec::IntoIter<OwnedFinding>,
    thread: Option<JoinHandle<Outcome>>,
    progress: Arc<Progress>,
}

impl Findings {
    pub(crate) fn start(inputs: Vec<Input>, options: Options) -> Self {
        let (give, batches) = sync_channel(AHEAD);
        let progress = Arc::clone(&options.progress);
        let thread = thread::spawn(move || {
            let mut batch = Vec::with_capacity(BATCH);
            let mut kept = true;
            let outcome = scan(inputs, &options, |finding| {
                batch.push(finding.to_owned());
                // The first ones at once: somebody may be waiting.
                if batch.len() >= BATCH || kept && batch.len() == 1 {
                    kept = false;
                    if give.send(take(&mut batch)).is_err() {
                        return ControlFlow::Break(());
                    }
                }
                ControlFlow::Continue(())
            });
            // Nobody listens any more if this fails.
            drop(give.send(batch));
            outcome
        });
        Findings { batches: Some(batches), batch: Vec::new().into_iter(), thread: Some(thread), progress }
    }

    /// What the scan found in numbers, and what it could not read. Findings that were not asked for are counted, but
    /// lost.
    ///
    /// # Panics
    ///
    /// If a reader that was given to the scan has panicked.
    pub fn outcome(mut self) -> Outcome {
        while self.next().is_some() {}
        self.join()
    }

    fn join(&mut self) -> Outcome {
        self.batches = None;
        let outcome = self.thread.take().map(JoinHandle::join);
        outcome
            .map_or_else(Outcome::default, |outcome| outcome.unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    }
}

impl Iterator for Findings {
    type Item = OwnedFinding;

    fn next(&mut self) -> Option<OwnedFinding> {
        loop {
            if let Some(finding) = self.batch.next() {
                return Some(finding);
            }
            self.batch = self.batches.as_ref()?.recv().ok()?.into_iter();
        }
    }
}

impl Drop for Findings {
    fn drop(&mut self) {
        // The thread ends by itself, but not before its next read is done, and that may take long.
        self.progress.stop();
    }
}
