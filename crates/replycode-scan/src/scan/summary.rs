//! What a scan found, in numbers.

use std::collections::BTreeMap;

use replycode::{CATALOG, Cause, Enhanced, Protocol, ReplyCode, Verdict, lookup};

use super::{Finding, Time, Timeline};

/// How many bytes of a line are kept as an example.
const EXAMPLE: usize = 400;

/// What a scan found, in numbers.
///
/// A summary takes a few kilobytes, however much was read. Those of two parts can be [merged](Self::merge), in any
/// order: the result is that of both parts together.
///
/// ```
/// use replycode::cause;
/// use replycode_scan::{Input, Options, summarize};
///
/// let log = b"\
/// Mar  1 10:00:00 mx postfix/smtpd[7]: NOQUEUE: reject: RCPT from unknown[192.0.2.1]: 554 5.7.1 <bob@example.net>: Relay access denied; from=<a@example.com>\n\
/// Mar  1 10:00:09 mx postfix/smtp[8]: 4F25B: to=<c@example.net>, dsn=2.0.0, status=sent (250 2.0.0 Ok: queued as 7C1)\n";
/// let summary = summarize([Input::bytes("mail.log", &log[..])], &Options::default().year(2026)).summary;
/// assert_eq!((summary.replies, summary.problems), (2, 1));
/// let relay = &summary.causes()[0];
/// assert_eq!((relay.cause, relay.count), (cause::RELAY_DENIED, 1));
/// assert_eq!(relay.first.unwrap().to_string(), "2026-03-01T10:00:00");
/// assert_eq!((relay.example.line, summary.share(relay.count)), (1, 1.0));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Summary {
    /// How many bytes were read, after decompression.
    pub bytes: u64,
    /// How many lines: line feeds, and carriage returns without one.
    pub lines: u64,
    /// How many files or other sources were read, at least in part.
    pub sources: u64,
    /// How many replies were found that pass the [filter](super::Filter).
    pub replies: u64,
    /// How many of them are [problems](Finding::problem).
    pub problems: u64,
    /// The earliest time stamp of a reply, dated ones before others.
    pub first: Option<Time>,
    /// The latest.
    pub last: Option<Time>,
    causes: BTreeMap<u8, CauseCount>,
    codes: BTreeMap<Code, CodeCount>,
    timeline: Timeline,
}

/// A reply code as counted: the code, or where none is written the enhanced status code, as far as the catalogue has it
/// (else its class: `5.0.0`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub struct Code {
    /// Whose code it is, as far as is known.
    pub protocol: Option<Protocol>,
    /// The reply code.
    pub code: Option<ReplyCode>,
    /// The enhanced status code, only without a reply code.
    pub enhanced: Option<Enhanced>,
}

/// A line to show.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Example {
    /// The source's name.
    pub source: String,
    /// The line, counted from 1.
    pub line: u64,
    /// Where the reply begins in the source: bytes, after decompression.
    pub offset: u64,
    /// The line as text, cut after 400 bytes. Whatever a server or client wrote is in it: control characters, markup.
    pub text: String,
    /// Which source, and which part of it, the line number counts from.
    pub(crate) part: (u32, u32),
}

/// A cause of problems, with what is known of them.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CauseCount {
    /// The cause.
    pub cause: Cause,
    /// How many problems.
    pub count: u64,
    /// The earliest time stamp.
    pub first: Option<Time>,
    /// The latest.
    pub last: Option<Time>,
    /// The first of these problems, in the order of sources and places.
    pub example: Example,
    codes: BTreeMap<Code, u64>,
    verdicts: BTreeMap<Verdict, u64>,
}

/// A reply code, with how often it was found.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CodeCount {
    /// The code.
    pub code: Code,
    /// How often, in problems and other replies.
    pub count: u64,
    /// The earliest time stamp.
    pub first: Option<Time>,
    /// The latest.
    pub last: Option<Time>,
    /// The first reply with it.
    pub example: Example,
}

impl Code {
    pub(crate) fn of(finding: &Finding<'_>) -> Self {
        let enhanced = if finding.code.is_some() { None } else { finding.enhanced };
        let enhanced = enhanced.map(|enhanced| {
            let known = CATALOG.explain_enhanced(enhanced).detail().is_some();
            if known { enhanced } else { Enhanced::new(enhanced.class(), 0, 0).unwrap_or(enhanced) }
        });
        Code { protocol: finding.protocol, code: finding.code, enhanced }
    }

    /// Whether the catalogue has the code: for its protocol, or for either if that is not known.
    pub fn is_known(&self) -> bool {
        let Some(code) = self.code else { return true };
        let has = |protocol| lookup(protocol, code.get()).is_some();
        self.protocol.map_or_else(|| has(Protocol::Smtp) || has(Protocol::Ftp), has)
    }
}

impl Example {
    fn of(finding: &Finding<'_>) -> Self {
        let mut text = finding.record().into_owned();
        if text.len() > EXAMPLE {
            text.truncate(text.floor_char_boundary(EXAMPLE));
        }
        Example {
            source: finding.source.to_owned(),
            line: finding.line,
            offset: finding.offset,
            text,
            part: finding.part,
        }
    }

    fn place(&self) -> (u32, u64) {
        (self.part.0, self.offset)
    }
}

impl CauseCount {
    /// The codes of the problems, the most frequent first.
    pub fn codes(&self) -> Vec<(Code, u64)> {
        by_count(self.codes.iter().map(|(code, count)| (*code, *count)))
    }

    /// What to do after them: most often this. The first digit of a reply has a say in the verdict, so that the same
    /// cause may get several.
    pub fn verdict(&self) -> Verdict {
        let most = by_count(self.verdicts.iter().map(|(verdict, count)| (*verdict, *count)));
        most.first().map_or(self.cause.verdict(), |(verdict, _)| *verdict)
    }
}

/// The most frequent first, else in their own order.
fn by_count<T: Copy + Ord>(counts: impl Iterator<Item = (T, u64)>) -> Vec<(T, u64)> {
    let mut counts: Vec<_> = counts.collect();
    counts.sort_by_key(|(item, count)| (std::cmp::Reverse(*count), *item));
    counts
}

fn earlier(one: Option<Time>, other: Option<Time>) -> Option<Time> {
    one.into_iter().chain(other).min()
}

fn later(one: Option<Time>, other: Option<Time>) -> Option<Time> {
    one.into_iter().chain(other).reduce(Time::later)
}

impl Summary {
    /// The causes of the problems, the most frequent first.
    pub fn causes(&self) -> Vec<&CauseCount> {
        let mut causes: Vec<_> = self.causes.values().collect();
        causes.sort_by_key(|cause| std::cmp::Reverse(cause.count));
        causes
    }

    /// The codes of all replies, in their order: SMTP's, FTP's, those of unknown protocol before both.
    pub fn codes(&self) -> impl ExactSizeIterator<Item = &CodeCount> {
        self.codes.values()
    }

    /// The codes that the catalogue does not have.
    pub fn unknown_codes(&self) -> impl Iterator<Item = &CodeCount> {
        self.codes().filter(|count| !count.code.is_known())
    }

    /// How many problems when.
    pub fn timeline(&self) -> &Timeline {
        &self.timeline
    }

    /// The share that so many problems have of all: 0.0 to 1.0.
    pub fn share(&self, count: u64) -> f64 {
        if self.problems == 0 { 0.0 } else { count as f64 / self.problems as f64 }
    }

    /// Counts a finding.
    ///
    /// [`scan`](super::scan) does that itself; this is for those who count only some of the findings.
    pub fn add(&mut self, finding: &Finding<'_>) {
        self.replies += 1;
        self.first = earlier(self.first, finding.time);
        self.last = later(self.last, finding.time);
        let code = Code::of(finding);
        let count = self.codes.entry(code).or_insert_with(|| CodeCount {
            code,
            count: 0,
            first: None,
            last: None,
            example: Example::of(finding),
        });
        count.count += 1;
        count.first = earlier(count.first, finding.time);
        count.last = later(count.last, finding.time);
        if finding.place() < count.example.place() {
            count.example = Example::of(finding);
        }
        if !finding.problem {
            return;
        }
        self.problems += 1;
        let cause = finding.cause();
        if let Some(time) = finding.time {
            self.timeline.add(time, cause.number());
        }
        let count = self.causes.entry(cause.number()).or_insert_with(|| CauseCount {
            cause,
            count: 0,
            first: None,
            last: None,
            example: Example::of(finding),
            codes: BTreeMap::new(),
            verdicts: BTreeMap::new(),
        });
        count.count += 1;
        count.first = earlier(count.first, finding.time);
        count.last = later(count.last, finding.time);
        *count.codes.entry(code).or_default() += 1;
        *count.verdicts.entry(finding.verdict()).or_default() += 1;
        if finding.place() < count.example.place() {
            count.example = Example::of(finding);
        }
    }

    /// Adds what another part of the same scan found, or what another scan found.
    ///
    /// Which example is kept depends on the places of both: of several scans the example is that of either.
    pub fn merge(&mut self, other: &Summary) {
        self.bytes += other.bytes;
        self.lines += other.lines;
        self.sources += other.sources;
        self.replies += other.replies;
        self.problems += other.problems;
        self.first = earlier(self.first, other.first);
        self.last = later(self.last, other.last);
        self.timeline.merge(&other.timeline);
        for (key, theirs) in &other.codes {
            match self.codes.get_mut(key) {
                None => {
                    self.codes.insert(*key, theirs.clone());
                }
                Some(ours) => {
                    ours.count += theirs.count;
                    ours.first = earlier(ours.first, theirs.first);
                    ours.last = later(ours.last, theirs.last);
                    if theirs.example.place() < ours.example.place() {
                        ours.example = theirs.example.clone();
                    }
                }
            }
        }
        for (key, theirs) in &other.causes {
            match self.causes.get_mut(key) {
                None => {
                    self.causes.insert(*key, theirs.clone());
                }
                Some(ours) => {
                    ours.count += theirs.count;
                    ours.first = earlier(ours.first, theirs.first);
                    ours.last = later(ours.last, theirs.last);
                    for (code, count) in &theirs.codes {
                        *ours.codes.entry(*code).or_default() += count;
                    }
                    for (verdict, count) in &theirs.verdicts {
                        *ours.verdicts.entry(*verdict).or_default() += count;
                    }
                    if theirs.example.place() < ours.example.place() {
                        ours.example = theirs.example.clone();
                    }
                }
            }
        }
    }

    /// Every example, to complete its line number: the parts of a source are read at the same time, and none knows how
    /// many lines the others have.
    pub(crate) fn examples(&mut self) -> impl Iterator<Item = &mut Example> {
        let causes = self.causes.values_mut().map(|cause| &mut cause.example);
        causes.chain(self.codes.values_mut().map(|code| &mut code.example))
    }
}
