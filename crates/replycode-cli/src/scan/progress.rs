//! How far a scan is, for somebody who watches a terminal.

use std::sync::Arc;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use replycode_scan::Progress;

/// Short scans need no bar.
const PATIENCE: Duration = Duration::from_millis(400);
const PACE: Duration = Duration::from_millis(100);

/// With the sizes of all files known: bar, bytes, rate, and when it will be done.
const MEASURED: &str = "[{bar:30}] {decimal_bytes}/{decimal_total_bytes}  {decimal_bytes_per_sec}  {eta}";
/// A stream has no size.
const STREAM: &str = "{spinner} {decimal_bytes}  {decimal_bytes_per_sec}  {elapsed}";

/// A bar on the standard error, until it is dropped.
pub(crate) struct Bar {
    end: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Bar {
    pub(crate) fn start(progress: Arc<Progress>) -> Self {
        Self::on(ProgressDrawTarget::stderr(), progress, PATIENCE)
    }

    fn on(target: ProgressDrawTarget, progress: Arc<Progress>, patience: Duration) -> Self {
        let (end, ended) = channel();
        let thread = thread::spawn(move || {
            if ended.recv_timeout(patience) != Err(RecvTimeoutError::Timeout) {
                return;
            }
            let bar = ProgressBar::with_draw_target(None, target);
            bar.set_style(style(STREAM));
            loop {
                let total = progress.total();
                if total > 0 && bar.length() != Some(total) {
                    bar.set_length(total);
                    bar.set_style(style(MEASURED));
                }
                bar.set_position(progress.done());
                if ended.recv_timeout(PACE) != Err(RecvTimeoutError::Timeout) {
                    break;
                }
            }
            bar.finish_and_clear();
        });
        Bar { end: Some(end), thread: Some(thread) }
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        drop(self.end.take());
        if let Some(thread) = self.thread.take() {
            // What it could not draw is no loss.
            drop(thread.join());
        }
    }
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).expect("a template of ours").progress_chars("=> ")
}

#[cfg(test)]
mod tests {
    use std::ops::ControlFlow;

    use indicatif::{InMemoryTerm, TermLike};
    use replycode_scan::{Input, Options, scan};

    use super::*;

    /// What stands on the terminal during a scan and after it.
    fn watched(input: Input, patience: Duration) -> (String, String) {
        let terminal = InMemoryTerm::new(4, 100);
        let progress = Arc::new(Progress::default());
        let options = Options::default().jobs(1).progress(Arc::clone(&progress));
        let mut during = String::new();
        let bar = {
            let target = ProgressDrawTarget::term_like(Box::new(terminal.clone()));
            Bar::on(target, progress, patience)
        };
        scan([input], &options, |_| {
            while patience.is_zero() && !terminal.contents().contains("26 B") {
                thread::sleep(Duration::from_millis(5));
            }
            during = terminal.contents();
            ControlFlow::Continue(())
        });
        drop(bar);
        assert_eq!(terminal.width(), 100);
        (during, terminal.contents())
    }

    #[test]
    fn a_bar_while_there_is_something_to_wait_for() {
        let log = "S: 550 5.1.1 User unknown\n";
        let (during, after) = watched(Input::bytes("log", log), Duration::ZERO);
        assert!(during.contains("26 B") && during.starts_with('['), "{during}");
        assert_eq!(after, "");
        let stream = Input::reader("-", std::io::Cursor::new(log));
        let (during, after) = watched(stream, Duration::ZERO);
        assert!(during.contains("26 B") && !during.contains('['), "{during}");
        assert_eq!(after, "");
        assert_eq!(watched(Input::bytes("log", log), Duration::from_secs(3600)), (String::new(), String::new()));
    }
}
