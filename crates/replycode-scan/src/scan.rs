//! Whole logs: reading, finding, diagnosing, counting.

mod attempt;
mod cell;
mod encoding;
mod examine;
mod finding;
mod findings;
mod follow;
mod input;
mod origin;
mod run;
mod source;
mod stamp;
mod state;
mod summary;
mod time;
mod timeline;

use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use replycode::{CATALOG, Catalog, Cause, Protocol, Severity};

pub use attempt::Attempt;
pub use encoding::{Encoding, UnknownEncoding};
pub use finding::{Finding, OwnedFinding};
pub use findings::Findings;
pub use follow::{Follower, Polled};
pub use input::{Input, ScanError};
pub use summary::{CauseCount, Code, CodeCount, Example, Summary};
pub use time::{ParseTimeError, Time};
pub use timeline::{Bar, Timeline};

/// How a scan is done. [`Options::default`] suits most logs.
///
/// ```
/// use replycode::Protocol;
/// use replycode_scan::{Filter, Options};
///
/// let options = Options::default()
///     .protocol(Protocol::Smtp)
///     .encoding("cp932".parse().unwrap())
///     .jobs(2)
///     .filter(Filter { since: "2026-03-01".parse().ok(), ..Filter::default() });
/// ```
#[derive(Clone, Debug)]
pub struct Options {
    protocol: Option<Protocol>,
    encoding: Encoding,
    year: Option<i32>,
    jobs: Option<NonZeroUsize>,
    cell: u64,
    catalog: &'static Catalog,
    filter: Filter,
    attempts: u64,
    progress: Arc<Progress>,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            protocol: None,
            encoding: Encoding::AUTO,
            year: None,
            jobs: None,
            cell: cell::CELL,
            catalog: &CATALOG,
            filter: Filter::default(),
            attempts: 0,
            progress: Arc::default(),
        }
    }
}

impl Options {
    /// The protocol of the logs, if it is known. What a log says for certain prevails.
    pub fn protocol(self, protocol: impl Into<Option<Protocol>>) -> Self {
        Options { protocol: protocol.into(), ..self }
    }

    /// The encoding of the logs; without it each line is looked at by itself.
    pub fn encoding(self, encoding: Encoding) -> Self {
        Options { encoding, ..self }
    }

    /// The year of time stamps that have none, as in syslog's. Without it the latest year that puts the stamp not more
    /// than a day behind the day on which the file was last changed; for streams today.
    pub fn year(self, year: impl Into<Option<i32>>) -> Self {
        Options { year: year.into(), ..self }
    }

    /// How many threads search at the same time; without it, or with 0, as many as the machine runs at once, but not more
    /// than 16. The result is the same for any number.
    pub fn jobs(self, jobs: usize) -> Self {
        Options { jobs: NonZeroUsize::new(jobs), ..self }
    }

    /// The catalogue whose rules say what went wrong, for rules of one's own.
    pub fn catalog(self, catalog: &'static Catalog) -> Self {
        Options { catalog, ..self }
    }

    /// Which replies are of interest; the others are neither counted nor given to the caller.
    pub fn filter(self, filter: Filter) -> Self {
        Options { filter, ..self }
    }

    /// Takes each source of at most so many bytes (up to a megabyte) as one attempt as well: a transcript, an exception,
    /// a bounce. What they tell as a whole is in [`Outcome::attempts`].
    pub fn attempts(self, bytes: u64) -> Self {
        Options { attempts: bytes, ..self }
    }

    /// Where the scan tells how far it is, and can be told to stop.
    pub fn progress(self, progress: Arc<Progress>) -> Self {
        Options { progress, ..self }
    }

    /// How much is searched at once, for tests.
    #[doc(hidden)]
    pub fn cell(self, bytes: u64) -> Self {
        Options { cell: bytes.next_multiple_of(2).max(2), ..self }
    }

    fn threads(&self) -> usize {
        let all = || std::thread::available_parallelism().map_or(1, |all| all.get().min(16));
        self.jobs.map_or_else(all, NonZeroUsize::get)
    }
}

/// Which replies are of interest. A reply must meet every condition that is set.
///
/// ```
/// use replycode::{Protocol, Severity, cause};
/// use replycode_scan::{Filter, Input, Options, summarize};
///
/// let log = b"S: 550 5.1.1 User unknown\nS: 451 4.7.1 Greylisted\nS: 554 5.7.1 Relay access denied\n";
/// let count = |filter| summarize([Input::bytes("log", &log[..])], &Options::default().filter(filter)).summary.replies;
/// assert_eq!(count(Filter::default()), 3);
/// assert_eq!(count(Filter { severities: vec![Severity::Permanent], ..Filter::default() }), 2);
/// assert_eq!(count(Filter { causes: vec![cause::GREYLISTED], ..Filter::default() }), 1);
/// assert_eq!(count(Filter { protocol: Some(Protocol::Ftp), ..Filter::default() }), 0);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Only replies of this protocol.
    pub protocol: Option<Protocol>,
    /// Only replies of one of these severities; any if empty.
    pub severities: Vec<Severity>,
    /// Only replies with one of these causes; any if empty.
    pub causes: Vec<Cause>,
    /// Only replies with a date at this time or later.
    pub since: Option<Time>,
    /// Only replies with a date before this time.
    pub until: Option<Time>,
    /// Only [problems](Finding::problem).
    pub problems: bool,
}

/// How far a scan is. Shared with the scan by [`Options::progress`]; each scan begins anew.
///
/// ```
/// use std::sync::Arc;
/// use replycode_scan::{Input, Options, Progress, summarize};
///
/// let progress = Arc::new(Progress::default());
/// let options = Options::default().progress(Arc::clone(&progress));
/// summarize([Input::bytes("log", vec![b'x'; 1000])], &options);
/// assert_eq!((progress.done(), progress.total()), (1000, 1000));
/// ```
#[derive(Debug, Default)]
pub struct Progress {
    total: AtomicU64,
    done: AtomicU64,
    stopped: AtomicBool,
}

impl Progress {
    /// How many bytes there are to read, as far as that is known: the sizes of all files.
    pub fn total(&self) -> u64 {
        self.total.load(Ordering::Relaxed)
    }

    /// How many bytes were read. Of compressed files the compressed bytes count.
    pub fn done(&self) -> u64 {
        self.done.load(Ordering::Relaxed)
    }

    /// Tells the scan to stop soon. What was read up to then is counted.
    pub fn stop(&self) {
        self.stopped.store(true, Ordering::Relaxed);
    }

    /// Whether the scan was told to stop.
    pub fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::Relaxed)
    }

    fn begin(&self, total: u64) {
        self.total.store(total, Ordering::Relaxed);
        self.done.store(0, Ordering::Relaxed);
        self.stopped.store(false, Ordering::Relaxed);
    }

    fn add(&self, bytes: u64) {
        self.done.fetch_add(bytes, Ordering::Relaxed);
    }
}

/// What came of a scan.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct Outcome {
    /// What was found, in numbers.
    pub summary: Summary,
    /// What could not be read. Everything else was.
    pub errors: Vec<ScanError>,
    /// What short sources tell as a whole, in their order, if the [options](Options::attempts) ask for it.
    pub attempts: Vec<Attempt>,
}

/// Finds the replies in logs, says what went wrong, and counts.
///
/// The findings are given to `each` in order: by source, and by place within a source. It may end the scan early.
/// Nothing is kept of them, so logs of any size are scanned in bounded memory: some megabytes a thread.
///
/// A reply of several lines, and one that the log shows twice or in pieces, is one finding. A source is searched in
/// parts of a megabyte, with 16 KiB of what is before and behind; a reply that is further away from the dialogue that
/// it belongs to is judged without it. How many threads search does not matter.
///
/// ```
/// use std::ops::ControlFlow;
/// use replycode_scan::{Input, Options, scan};
///
/// let log = b"2026-03-01 10:11:12 > STOR a.jpg\n2026-03-01 10:11:13 < 553 Could not create file.\n";
/// let mut lines = Vec::new();
/// let outcome = scan([Input::bytes("camera.log", &log[..])], &Options::default(), |finding| {
///     lines.push(format!("{}:{} {} {}", finding.source, finding.line, finding.cause().id(), finding.text()));
///     ControlFlow::Continue(())
/// });
/// assert_eq!(lines, ["camera.log:2 ftp_permission_denied Could not create file."]);
/// assert!(outcome.errors.is_empty());
/// assert_eq!(outcome.summary.problems, 1);
/// ```
pub fn scan(
    inputs: impl IntoIterator<Item = Input>,
    options: &Options,
    mut each: impl FnMut(&Finding<'_>) -> ControlFlow<()>,
) -> Outcome {
    run::run(inputs, options, Some(&mut each))
}

/// [`scan`] for those who want only the numbers.
///
/// ```
/// use replycode_scan::{Input, Options, summarize};
/// let outcome = summarize([Input::bytes("log", &b"S: 421 Too many connections\r\n"[..])], &Options::default());
/// assert_eq!((outcome.summary.lines, outcome.summary.problems), (1, 1));
/// ```
pub fn summarize(inputs: impl IntoIterator<Item = Input>, options: &Options) -> Outcome {
    run::run(inputs, options, None)
}

/// [`scan`] as an iterator, for those who want the findings one by one when it suits them.
///
/// A thread reads ahead a little; dropping the iterator ends it. [`Findings::outcome`] waits for the end and gives the
/// summary.
///
/// ```
/// use replycode_scan::{Input, Options, findings};
///
/// let log = b"S: 550 5.1.1 User unknown\nS: 451 4.7.1 Greylisted\n";
/// let mut findings = findings([Input::bytes("log", &log[..])], Options::default());
/// assert_eq!(findings.next().unwrap().text, "User unknown");
/// assert_eq!(findings.next().unwrap().cause(), replycode::cause::GREYLISTED);
/// assert_eq!(findings.next(), None);
/// assert_eq!(findings.outcome().summary.problems, 2);
/// ```
pub fn findings(inputs: impl IntoIterator<Item = Input>, options: Options) -> Findings {
    Findings::start(inputs.into_iter().collect(), options)
}
