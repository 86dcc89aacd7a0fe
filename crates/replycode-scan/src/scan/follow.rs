//! Logs that are being written.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::cell::{BEHIND, Cell, WARM, Window, border, count_lines, last_line_end, mark};
use super::examine::{Item, Part, examine, line_start};
use super::input::{Input, Kind, ScanError, expand, is_current, parts};
use super::source::{HEAD, compression, day, read_at};
use super::stamp::Year;
use super::state::{Identity, Position, State, trace};
use super::{Finding, Options, Outcome, Summary, run};

/// For how many polls a part that was put away is still looked at.
const LINGERS: u32 = 60;
/// A reply that ends so near to what was written last may go on.
const NEAR: usize = 1500;

/// Follows logs that are being written: what is new in them, whenever it is asked.
///
/// Each [`poll`](Self::poll) reads what was written since the one before. A line that is not complete, and a reply to
/// which more may belong, wait for the next poll; if nothing was written by then, they are given as they are.
///
/// A log that was rotated (renamed, and a new one begun) is read until nothing more is written to it, then the new one;
/// parts in between are found by their names. The old one is still looked at for a while: programs go on writing to it
/// until they are told. One that became shorter is read from its beginning, as is one whose content before the place
/// that was reached has changed.
///
/// What was reached can be [saved](Self::save) and [resumed](Self::resume), also after the program was killed: nothing
/// that was written is left out. What was found after the last save is found again.
///
/// ```
/// use std::io::Write;
/// use std::ops::ControlFlow;
/// use replycode_scan::{Follower, Options};
///
/// # fn main() -> std::io::Result<()> {
/// let directory = tempfile::tempdir()?;
/// let path = directory.path().join("mail.log");
/// let mut log = std::fs::File::create(&path)?;
/// let mut follower = Follower::new([&path], Options::default());
/// let mut texts = Vec::new();
/// let mut poll = || {
///     follower.poll(|finding| {
///         texts.push(finding.text().into_owned());
///         ControlFlow::Continue(())
///     });
/// };
/// writeln!(log, "S: 550 5.1.1 User unknown")?;
/// poll();
/// write!(log, "S: 451 4.7.1 Grey")?;
/// poll();
/// writeln!(log, "listed")?;
/// poll();
/// poll();
/// assert_eq!(texts, ["User unknown", "Greylisted"]);
/// assert_eq!(follower.summary().problems, 2);
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Follower {
    roots: Vec<PathBuf>,
    options: Options,
    logs: BTreeMap<PathBuf, Log>,
    saved: State,
    from_end: bool,
    polled: bool,
    summary: Summary,
    used: (Vec<u8>, Vec<Item>),
}

/// A log that is followed.
#[derive(Debug, Default)]
struct Log {
    open: Option<Open>,
    /// Parts that were put away, and for how many polls they are still looked at.
    old: Vec<(Open, u32)>,
    /// What was told last, not to tell it again and again.
    error: Option<String>,
}

/// A file that is read.
#[derive(Debug)]
struct Open {
    file: File,
    name: String,
    identity: Identity,
    /// Up to where everything was given.
    done: u64,
    /// How many lines are before.
    lines: u64,
    /// How long it was at the last poll.
    length: u64,
    /// What is before the place that was reached.
    trace: u64,
    /// When it was written at the last poll.
    written: Option<SystemTime>,
    number: u32,
}

/// What a poll did.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct Polled {
    /// How many bytes were read for the first time. With 0 it is worth waiting before the next poll.
    pub bytes: u64,
    /// What could not be read. A log that is not there yet is told once.
    pub errors: Vec<ScanError>,
    /// Whether the caller ended it.
    pub stopped: bool,
}

type Sink<'s> = dyn FnMut(&Finding<'_>) -> ControlFlow<()> + 's;

impl Follower {
    /// Follows files, and the logs in directories: those that are there, and those that come. What is in them already
    /// is read first. Compressed files are no logs that are written; in directories they are passed over.
    pub fn new(paths: impl IntoIterator<Item = impl Into<PathBuf>>, options: Options) -> Self {
        Follower {
            roots: paths.into_iter().map(Into::into).collect(),
            options,
            logs: BTreeMap::new(),
            saved: State::default(),
            from_end: false,
            polled: false,
            summary: Summary::default(),
            used: Default::default(),
        }
    }

    /// Begins at the end of the logs that are there: only what is written from now on is read.
    pub fn from_end(self) -> Self {
        Follower { from_end: true, ..self }
    }

    /// Goes on where [`save`](Self::save) has written down that an earlier run was. A file that is not there is the
    /// beginning.
    ///
    /// # Errors
    ///
    /// If the file cannot be read, or was not written by `save`.
    pub fn resume(mut self, state: &Path) -> io::Result<Self> {
        self.saved = State::read(state)?;
        Ok(self)
    }

    /// Writes down how far each log was read. The file is replaced as a whole, so that it is never half written. To be
    /// called when what the last poll gave is safe.
    ///
    /// # Errors
    ///
    /// If the file cannot be written.
    pub fn save(&self, state: &Path) -> io::Result<()> {
        let mut now = self.saved.clone();
        for (path, log) in &self.logs {
            if let Some(open) = &log.open {
                now.set(
                    path.clone(),
                    Position { identity: open.identity, offset: open.done, lines: open.lines, trace: open.trace },
                );
            }
        }
        now.write(state)
    }

    /// What was found so far, in numbers.
    pub fn summary(&self) -> &Summary {
        &self.summary
    }

    /// Reads what is new, and gives the findings to `each`: by log in the order of their paths, and by place.
    pub fn poll(&mut self, mut each: impl FnMut(&Finding<'_>) -> ControlFlow<()>) -> Polled {
        let mut polled = Polled::default();
        for path in self.paths(&mut polled.errors) {
            let mut log = self.logs.remove(&path).unwrap_or_default();
            let flow = self.follow(&path, &mut log, &mut polled, &mut each);
            self.logs.insert(path, log);
            if flow.is_break() {
                polled.stopped = true;
                break;
            }
        }
        self.polled = true;
        polled
    }

    /// The logs: those that are there, and those that were.
    fn paths(&self, errors: &mut Vec<ScanError>) -> Vec<PathBuf> {
        let mut paths: Vec<PathBuf> = self.logs.keys().cloned().collect();
        for root in &self.roots {
            if !root.is_dir() {
                paths.push(root.clone());
                continue;
            }
            let found = expand([Input::path(root)], errors).into_iter().filter_map(|input| match input.0 {
                Kind::Path(path) => Some(path),
                _ => None,
            });
            let followed = |path: &PathBuf| is_current(path) && !self.logs.contains_key(path) && !is_compressed(path);
            paths.extend(found.filter(followed));
        }
        paths.sort();
        paths.dedup();
        paths
    }

    fn follow(&mut self, path: &Path, log: &mut Log, polled: &mut Polled, each: &mut Sink<'_>) -> ControlFlow<()> {
        // A log may have been rotated several times; each round reads one of its parts.
        for _ in 0..1000 {
            let result = self.part(path, log, polled, each);
            match result {
                Ok(Next::Wait) => log.error = None,
                Ok(Next::Again) => {
                    log.error = None;
                    continue;
                }
                Ok(Next::Stop) => return ControlFlow::Break(()),
                Err(error) => {
                    let text = error.to_string();
                    if log.error.as_ref() != Some(&text) {
                        polled.errors.push(ScanError { source: path.display().to_string(), error });
                        log.error = Some(text);
                    }
                }
            }
            break;
        }
        ControlFlow::Continue(())
    }

    /// Reads what is new in the part of a log that is open.
    fn part(&mut self, path: &Path, log: &mut Log, polled: &mut Polled, each: &mut Sink<'_>) -> io::Result<Next> {
        for (old, polls) in &mut log.old {
            if self.advance(old, polled, each)?.is_break() {
                return Ok(Next::Stop);
            }
            *polls -= 1;
        }
        log.old.retain(|(_, polls)| *polls > 0);
        if log.open.is_none() {
            log.open = Some(self.begin(path, polled)?);
        }
        let Some(open) = &mut log.open else { return Ok(Next::Wait) };
        let rotated = match fs::metadata(path) {
            Ok(metadata) => Identity::of(&metadata) != open.identity,
            Err(error) if error.kind() == io::ErrorKind::NotFound => false,
            Err(error) => return Err(error),
        };
        let before = open.length;
        if self.advance(open, polled, each)?.is_break() {
            return Ok(Next::Stop);
        }
        if !rotated || open.length != before {
            return Ok(Next::Wait);
        }
        // Parts that came and went since. Compressed ones are read as a whole.
        let all = parts(path)?;
        let own =
            all.iter().position(|part| fs::metadata(part).is_ok_and(|found| Identity::of(&found) == open.identity));
        let newer = all.into_iter().skip(own.map_or(usize::MAX, |own| own + 1));
        let mut next = path.to_owned();
        for part in newer {
            if !is_compressed(&part) {
                next = part;
                break;
            }
            let outcome = run::run([Input::path(part)], &self.options, Some(each));
            self.take(outcome, polled);
        }
        let next = self.open(&next, 0, 0)?;
        let old = log.open.replace(next);
        log.old.extend(old.map(|old| (old, LINGERS)));
        Ok(Next::Again)
    }

    fn take(&mut self, outcome: Outcome, polled: &mut Polled) {
        polled.bytes += outcome.summary.bytes;
        polled.errors.extend(outcome.errors);
        self.summary.merge(&outcome.summary);
    }

    /// Opens a log where it is to be read first.
    fn begin(&mut self, path: &Path, polled: &mut Polled) -> io::Result<Open> {
        let Some(position) = self.saved.remove(path) else {
            let mut open = self.open(path, 0, 0)?;
            if self.from_end && !self.polled {
                let mut head = vec![0; usize::try_from(open.file.metadata()?.len()).unwrap_or(usize::MAX).min(HEAD)];
                read_at(&open.file, &mut head, 0)?;
                open.done = open.file.metadata()?.len();
                open.done -= open.done % if self.options.encoding.wide(&head).is_some() { 2 } else { 1 };
                open.length = open.done;
                open.trace = trace(&open.file, open.done)?;
            }
            return Ok(open);
        };
        let candidates = std::iter::once(path.to_owned()).chain(parts(path).unwrap_or_default());
        for candidate in candidates {
            if let Ok(file) = File::open(&candidate)
                && position.is_in(&file)
            {
                return self.open(&candidate, position.offset, position.lines);
            }
        }
        let open = self.open(path, 0, 0)?;
        polled.errors.push(ScanError {
            source: path.display().to_string(),
            error: io::Error::new(
                io::ErrorKind::NotFound,
                format!(
                    "the file that was read up to byte {} is gone, and what may have been written to it since; \
                     reading this one from its beginning",
                    position.offset
                ),
            ),
        });
        Ok(open)
    }

    fn open(&mut self, path: &Path, done: u64, lines: u64) -> io::Result<Open> {
        let file = File::open(path)?;
        let metadata = file.metadata()?;
        let refused = |text| Err(io::Error::new(io::ErrorKind::InvalidInput, text));
        if !metadata.is_file() {
            return refused("only files can be followed; give a stream to a scan without following");
        }
        if is_compressed(path) {
            return refused("a compressed file cannot be followed; scan it without following");
        }
        let number = u32::try_from(self.summary.sources).unwrap_or(u32::MAX);
        self.summary.sources += 1;
        let name = path.display().to_string();
        let trace = trace(&file, done)?;
        Ok(Open {
            file,
            name,
            identity: Identity::of(&metadata),
            done,
            lines,
            length: done,
            trace,
            written: None,
            number,
        })
    }

    /// Gives what is new in a file.
    fn advance(&mut self, open: &mut Open, polled: &mut Polled, each: &mut Sink<'_>) -> io::Result<ControlFlow<()>> {
        let metadata = open.file.metadata()?;
        let length = metadata.len();
        let written = metadata.modified().ok();
        if length < open.done || written != open.written && trace(&open.file, open.done)? != open.trace {
            // Emptied, or written anew.
            (open.done, open.lines, open.length) = (0, 0, 0);
        }
        open.written = written;
        // What waited at the last poll, and is still the last that was written, has waited long enough.
        let settled = length == open.length;
        polled.bytes += length.saturating_sub(open.length);
        open.length = length;
        let mut head = vec![0; usize::try_from(length).unwrap_or(usize::MAX).min(HEAD)];
        read_at(&open.file, &mut head, 0)?;
        let wide = self.options.encoding.wide(&head);
        let today = metadata.modified().map_or(0, day);
        let year = self.options.year.map_or(Year::Before(today), Year::Fixed);
        while open.done < length {
            let start = open.done.saturating_sub(WARM as u64);
            let start = start - start % 2;
            let end = length.min(open.done + self.options.cell + BEHIND as u64);
            let mut window = Window { bytes: std::mem::take(&mut self.used.0), start, last: end == length };
            window.bytes.resize(usize::try_from(end - start).unwrap_or(0), 0);
            let read = read_at(&open.file, &mut window.bytes, start)?;
            window.bytes.truncate(read);
            let bytes = &window.bytes[..];
            let mut begin = usize::try_from(open.done - start).unwrap_or(usize::MAX).min(bytes.len());
            if open.done == 0 {
                begin = mark(bytes).min(bytes.len());
            }
            let inner = end < length;
            let stop = if inner {
                border(bytes, usize::try_from(open.done + self.options.cell - start).unwrap_or(bytes.len()), wide)
            } else if settled {
                bytes.len()
            } else {
                last_line_end(bytes, wide)
            };
            if stop <= begin {
                self.used.0 = window.bytes;
                break;
            }
            let mut cell = Cell::span(window, begin, stop, wide, self.options.encoding);
            let mut items = std::mem::take(&mut self.used.1);
            items.clear();
            let found = examine(&cell, &self.options, year, |item| items.push(item));
            let mut lines = found.lines;
            let mut done = start + stop as u64;
            if let Some((place, ends)) = found.last
                && !inner
                && !settled
                && ends + NEAR > cell.end
            {
                // Its line waits, with all that is in it.
                let hold = line_start(cell.text(), place, cell.begin);
                items.retain(|item| item.place() < hold);
                lines = count_lines(cell.text(), cell.begin, hold);
                done = cell.place(hold, &mut cell.start());
            }
            let part = Part { name: &open.name, source: open.number, number: 0, lines: open.lines };
            let mut given = items.iter();
            let flow = given.by_ref().try_for_each(|item| {
                let finding = item.view(&cell, part);
                self.summary.add(&finding);
                each(&finding)
            });
            if let Some(next) = given.next() {
                // What the caller did not want now is for the next poll.
                (done, lines) = (next.offset(), next.line());
            }
            self.summary.bytes += done - open.done;
            self.summary.lines += lines;
            let still = done == open.done;
            (open.done, open.lines) = (done, open.lines + lines);
            open.trace = trace(&open.file, done)?;
            self.used = (std::mem::take(&mut cell.window.bytes), items);
            if flow.is_break() || self.options.progress.is_stopped() {
                return Ok(ControlFlow::Break(()));
            }
            if still || !inner {
                break;
            }
        }
        Ok(ControlFlow::Continue(()))
    }
}

/// What is to be done after a part of a log.
enum Next {
    /// Wait until more is written.
    Wait,
    /// Read the next part.
    Again,
    /// The caller does not want more.
    Stop,
}

fn is_compressed(path: &Path) -> bool {
    let mut head = [0; HEAD];
    let read = File::open(path).and_then(|file| read_at(&file, &mut head, 0)).unwrap_or(0);
    head.get(..read).and_then(compression).is_some()
}
