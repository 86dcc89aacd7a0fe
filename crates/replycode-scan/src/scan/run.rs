//! Reading the sources, searching them with several threads, and delivering what is found in order.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read};
use std::ops::ControlFlow;
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use super::cell::{BEHIND, Cell, WARM, Window};
use super::encoding::Wide;
use super::examine::{Examined, Item, Part, attempt, examine};
use super::input::{Input, Kind, ScanError};
use super::source::{Opened, Source, name, open, read_at};
use super::stamp::Year;
use super::{Attempt, Finding, Options, Outcome, Summary};

/// Who gets the findings.
type Sink<'s> = dyn FnMut(&Finding<'_>) -> ControlFlow<()> + 's;

/// What is the same for all cells of a source.
#[derive(Debug)]
struct Origin {
    name: String,
    number: u32,
    wide: Option<Wide>,
    year: Year,
}

/// A cell to be searched.
struct Task {
    origin: Arc<Origin>,
    number: u32,
    window: Window,
    /// The file that the window is still to be read from, and its length.
    file: Option<(Arc<File>, u64)>,
}

/// A cell that was searched.
struct Done {
    origin: Arc<Origin>,
    number: u32,
    cell: Cell,
    lines: u64,
    items: Vec<Item>,
    attempt: Option<Attempt>,
    error: Option<io::Error>,
}

/// Buffers that were used before: memory that is touched for the first time costs as much as searching it.
#[derive(Default)]
struct Used {
    bytes: Vec<u8>,
    items: Vec<Item>,
}

/// Reads the inputs one after the other and hands out their cells.
struct Feeder<'o> {
    options: &'o Options,
    inputs: std::vec::IntoIter<Input>,
    current: Option<Current>,
    opened: u32,
    errors: Vec<ScanError>,
}

struct Current {
    origin: Arc<Origin>,
    number: u32,
    reading: Reading,
}

enum Reading {
    File(Arc<File>, u64),
    Stream { reader: Box<dyn Read + Send>, held: Vec<u8>, start: u64, ended: bool },
}

impl<'o> Feeder<'o> {
    fn next(&mut self, used: &mut Vec<u8>) -> Option<Task> {
        loop {
            if self.current.is_none() {
                let input = self.inputs.next()?;
                self.begin(input.0);
                continue;
            }
            let size = self.options.cell;
            let current = self.current.as_mut()?;
            let number = current.number;
            let task = |window, file| Task { origin: Arc::clone(&current.origin), number, window, file };
            let start = u64::from(number).saturating_mul(size);
            let task = match &mut current.reading {
                Reading::File(file, length) => (start < *length).then(|| {
                    let window = Window { bytes: std::mem::take(used), ..Window::default() };
                    task(window, Some((Arc::clone(file), *length)))
                }),
                Reading::Stream { reader, held, start: from, ended } => {
                    let until = start + size + BEHIND as u64;
                    let wanted = usize::try_from(until - *from).unwrap_or(usize::MAX);
                    if let Err(error) = fill(reader, held, wanted, ended) {
                        self.errors.push(ScanError { source: current.origin.name.clone(), error });
                        *ended = true;
                    }
                    let more = *from + held.len() as u64 > start;
                    more.then(|| {
                        let last = *ended;
                        let mut bytes = std::mem::take(used);
                        bytes.clear();
                        bytes.extend_from_slice(held);
                        let window = Window { bytes, start: *from, last };
                        let next = (start + size).saturating_sub(WARM as u64);
                        let gone = usize::try_from(next.saturating_sub(*from)).unwrap_or(usize::MAX).min(held.len());
                        held.drain(..gone);
                        *from += gone as u64;
                        task(window, None)
                    })
                }
            };
            match task {
                Some(task) => {
                    current.number += 1;
                    return Some(task);
                }
                None => self.current = None,
            }
        }
    }

    fn begin(&mut self, kind: Kind) {
        let name = name(&kind);
        match open(kind, &self.options.progress) {
            Err(error) => self.errors.push(ScanError { source: name, error }),
            Ok(Source { name, opened, head, day }) => {
                let year = self.options.year.map_or(Year::Before(day), Year::Fixed);
                let wide = self.options.encoding.wide(&head);
                let origin = Arc::new(Origin { name, number: self.opened, wide, year });
                self.opened += 1;
                let reading = match opened {
                    Opened::File(file, length) => Reading::File(file, length),
                    Opened::Stream(reader) => Reading::Stream { reader, held: Vec::new(), start: 0, ended: false },
                };
                self.current = Some(Current { origin, number: 0, reading });
            }
        }
    }
}

/// Reads until a buffer holds so much or the stream ends.
fn fill(reader: &mut dyn Read, held: &mut Vec<u8>, wanted: usize, ended: &mut bool) -> io::Result<()> {
    let missing = wanted.saturating_sub(held.len());
    if missing == 0 || *ended {
        return Ok(());
    }
    let read = reader.take(missing as u64).read_to_end(held)?;
    *ended = read < missing;
    Ok(())
}

/// Searches a cell.
fn work(task: Task, options: &Options, mut items: Vec<Item>, keep: bool, summary: &mut Summary) -> Done {
    let Task { origin, number, mut window, file } = task;
    let mut error = None;
    if let Some((file, length)) = file {
        let place = u64::from(number).saturating_mul(options.cell);
        let start = place.saturating_sub(WARM as u64);
        let end = length.min(place + options.cell + BEHIND as u64);
        window.start = start;
        window.last = end == length;
        window.bytes.resize(usize::try_from(end - start).unwrap_or(0), 0);
        match read_at(&file, &mut window.bytes, start) {
            Ok(read) => window.bytes.truncate(read),
            Err(failed) => {
                window.bytes.clear();
                error = Some(failed);
            }
        }
        // A file that has become shorter ends here.
        window.last |= (window.bytes.len() as u64) < end - start;
        options.progress.add(options.cell.min(length - place));
    }
    let cell = Cell::cut(window, u64::from(number), options.cell, origin.wide, options.encoding);
    items.clear();
    let part = Part { name: &origin.name, source: origin.number, number, lines: 0 };
    let Examined { lines, .. } = examine(&cell, options, origin.year, |item| {
        summary.add(&item.view(&cell, part));
        if keep {
            items.push(item);
        }
    });
    summary.bytes += cell.size;
    summary.lines += lines;
    let whole = number == 0 && cell.window.last && (1..=options.attempts).contains(&cell.size);
    let attempt = whole.then(|| attempt(&cell, options, origin.year, part));
    Done { origin, number, cell, lines, items, attempt, error }
}

/// Puts together what comes out of the cells, in their order.
struct Delivery<'s> {
    sink: Option<&'s mut Sink<'s>>,
    errors: Vec<ScanError>,
    attempts: Vec<Attempt>,
    /// How many lines are before each cell, by source.
    lines: Vec<Vec<u64>>,
}

impl Delivery<'_> {
    fn deliver(&mut self, done: Done) -> (Used, ControlFlow<()>) {
        let source = done.origin.number as usize;
        if self.lines.len() <= source {
            self.lines.resize_with(source + 1, || vec![0]);
        }
        let mut before = 0;
        if let Some(counts) = self.lines.get_mut(source) {
            before = counts.last().copied().unwrap_or(0);
            counts.push(before + done.lines);
        }
        self.attempts.extend(done.attempt);
        if let Some(error) = done.error {
            self.errors.push(ScanError { source: done.origin.name.clone(), error });
        }
        let part = Part { name: &done.origin.name, source: done.origin.number, number: done.number, lines: before };
        let mut flow = ControlFlow::Continue(());
        if let Some(sink) = &mut self.sink {
            flow = done.items.iter().try_for_each(|item| sink(&item.view(&done.cell, part)));
        }
        (Used { bytes: done.cell.window.bytes, items: done.items }, flow)
    }

    fn finish(self, mut summary: Summary, feeder: Feeder<'_>) -> Outcome {
        summary.sources = u64::from(feeder.opened);
        for example in summary.examples() {
            let (source, number) = std::mem::take(&mut example.part);
            let counts = self.lines.get(source as usize);
            example.line += counts.and_then(|counts| counts.get(number as usize)).copied().unwrap_or(0);
            example.part.0 = source;
        }
        let mut errors = feeder.errors;
        errors.extend(self.errors);
        Outcome { summary, errors, attempts: self.attempts }
    }
}

/// Scans the inputs.
pub(crate) fn run<'s>(
    inputs: impl IntoIterator<Item = Input>,
    options: &Options,
    sink: Option<&'s mut Sink<'s>>,
) -> Outcome {
    let mut errors = Vec::new();
    let inputs = super::input::expand(inputs, &mut errors);
    let total = inputs.iter().map(|input| super::source::size(&input.0)).sum();
    options.progress.begin(total);
    let feeder = Feeder { options, inputs: inputs.into_iter(), current: None, opened: 0, errors };
    let delivery = Delivery { sink, errors: Vec::new(), attempts: Vec::new(), lines: Vec::new() };
    match options.threads() {
        1 => alone(feeder, delivery, options),
        jobs => together(feeder, delivery, options, jobs),
    }
}

fn alone(mut feeder: Feeder<'_>, mut delivery: Delivery<'_>, options: &Options) -> Outcome {
    let mut summary = Summary::default();
    let mut used = Used::default();
    while !options.progress.is_stopped()
        && let Some(task) = feeder.next(&mut used.bytes)
    {
        let done = work(task, options, used.items, delivery.sink.is_some(), &mut summary);
        let flow;
        (used, flow) = delivery.deliver(done);
        if flow.is_break() {
            break;
        }
    }
    delivery.finish(summary, feeder)
}

fn together(mut feeder: Feeder<'_>, mut delivery: Delivery<'_>, options: &Options, jobs: usize) -> Outcome {
    let keep = delivery.sink.is_some();
    // Each buffer is with the feeder, a worker, or here. That there are only so many bounds the memory, and how far the
    // workers run ahead of what is delivered.
    let buffers = jobs + 2;
    let (give, take) = sync_channel::<Used>(buffers);
    (0..buffers).for_each(|_| drop(give.send(Used::default())));
    let (tasks, queue) = sync_channel::<(u64, Task, Vec<Item>)>(jobs);
    let queue = Mutex::new(queue);
    let (finished, results) = channel::<(u64, Done)>();
    let mut summary = Summary::default();
    let feeder = thread::scope(|scope| {
        let workers: Vec<_> = (0..jobs)
            .map(|_| {
                let (queue, finished) = (&queue, finished.clone());
                scope.spawn(move || worker(queue, &finished, options, keep))
            })
            .collect();
        drop(finished);
        let feeding = scope.spawn(move || {
            feed(&mut feeder, &take, &tasks, options);
            feeder
        });
        deliver_all(&results, &give, &mut delivery, options);
        drop(give);
        for worker in workers {
            match worker.join() {
                Ok(part) => summary.merge(&part),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        feeding.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    });
    delivery.finish(summary, feeder)
}

fn feed(
    feeder: &mut Feeder<'_>,
    buffers: &Receiver<Used>,
    tasks: &SyncSender<(u64, Task, Vec<Item>)>,
    options: &Options,
) {
    for order in 0.. {
        let Ok(mut used) = buffers.recv() else { return };
        if options.progress.is_stopped() {
            return;
        }
        let Some(task) = feeder.next(&mut used.bytes) else { return };
        if tasks.send((order, task, used.items)).is_err() {
            return;
        }
    }
}

fn worker(
    queue: &Mutex<Receiver<(u64, Task, Vec<Item>)>>,
    finished: &Sender<(u64, Done)>,
    options: &Options,
    keep: bool,
) -> Summary {
    let mut summary = Summary::default();
    loop {
        let next = queue.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok((order, task, items)) = next else { return summary };
        let done = work(task, options, items, keep, &mut summary);
        if finished.send((order, done)).is_err() {
            return summary;
        }
    }
}

fn deliver_all(
    results: &Receiver<(u64, Done)>,
    buffers: &SyncSender<Used>,
    delivery: &mut Delivery<'_>,
    options: &Options,
) {
    let mut waiting = BTreeMap::new();
    let mut next = 0;
    for (order, done) in results {
        waiting.insert(order, done);
        while let Some(done) = waiting.remove(&next) {
            next += 1;
            let (used, flow) = delivery.deliver(done);
            if flow.is_break() {
                options.progress.stop();
                delivery.sink = None;
            }
            // The feeder may have ended.
            drop(buffers.send(used));
        }
    }
}
