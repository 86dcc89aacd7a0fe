//! The scan, as the command does it.

use std::collections::BTreeMap;
use std::io;

use log_generator::{Generator, Protocol, Truth};
use replycode_scan::{Input, Options, Path, Summary, candidates, find, summarize};

use crate::measure::cpu_time;

pub fn scan(file: &str, jobs: usize) -> io::Result<Summary> {
    let input = if file == "-" { Input::stdin() } else { Input::path(file) };
    let outcome = summarize([input], &Options::default().jobs(jobs));
    match outcome.errors.first() {
        Some(error) => Err(io::Error::other(error.to_string())),
        None => Ok(outcome.summary),
    }
}

/// What a scan says of the things that the truth tells.
pub fn figures(summary: &Summary) -> Truth {
    let mut codes = BTreeMap::new();
    let mut negative = 0;
    for count in summary.codes() {
        let protocol = match count.code.protocol {
            Some(replycode::Protocol::Smtp) => Protocol::Smtp,
            _ => Protocol::Ftp,
        };
        *codes.entry((protocol, count.code.code.map_or(0, |code| code.get()))).or_insert(0) += count.count;
        let class = count.code.code.map(|code| code.first()).or(count.code.enhanced.map(|code| code.class()));
        negative += if matches!(class, Some(4 | 5)) { count.count } else { 0 };
    }
    Truth {
        bytes: summary.bytes,
        lines: summary.lines,
        reply_lines: 0,
        replies: summary.replies,
        negative,
        probes: negative - summary.problems,
        codes,
        causes: summary.causes().iter().map(|cause| (cause.cause.id(), cause.count)).collect(),
    }
}

pub fn print(file: &str, jobs: usize) -> io::Result<()> {
    print!("{}", figures(&scan(file, jobs)?));
    Ok(())
}

/// One stage several times over the same text, and the least processor time that it took.
pub fn count(stage: &str, file: &str) -> io::Result<()> {
    let text = std::fs::read(file)?;
    let mut stages: Vec<(String, Box<dyn Fn() -> usize>)> = Vec::new();
    match stage {
        "candidates" => {
            for &path in Path::available() {
                let text = &text;
                stages.push((format!("candidates, {path:?}"), Box::new(move || candidates(text, path).count())));
            }
        }
        "find" => stages.push(("find".into(), Box::new(|| find(&text, None).count()))),
        "scan" => {
            stages.push(("scan".into(), Box::new(|| scan(file, 1).map_or(0, |summary| summary.replies as usize))))
        }
        other => return Err(io::Error::other(format!("no stage `{other}`"))),
    }
    for (name, run) in stages {
        let mut best = f64::MAX;
        let mut count = 0;
        for _ in 0..7 {
            let start = cpu_time();
            count = run();
            best = best.min(cpu_time() - start);
        }
        println!("{name}: {count}, {:.2} GB/s", text.len() as f64 / best / 1e9);
    }
    Ok(())
}

/// Every reply with all that is known of it, to compare two builds.
pub fn list(file: &str) -> io::Result<()> {
    let text = std::fs::read(file)?;
    for found in find(&text, None) {
        println!("{found:?}\t{}", String::from_utf8_lossy(found.bytes(&text)).escape_debug());
    }
    Ok(())
}

/// The records of a generated log of which something else is found than was put into them.
pub fn check(bytes: u64, seed: u64) -> io::Result<()> {
    let mut generator = Generator::new(seed);
    let mut log = Vec::new();
    let mut wrong = 0;
    let mut records = Vec::new();
    while (log.len() as u64) < bytes {
        let start = log.len();
        let replies = generator.record(&mut log);
        records.push((start, replies));
    }
    let mut found = find(&log, None).peekable();
    for (number, (start, replies)) in records.iter().enumerate() {
        let end = records.get(number + 1).map_or(log.len(), |(next, _)| *next);
        let of = |protocol: Option<replycode::Protocol>| protocol.map(|protocol| protocol.id().to_owned());
        let got: Vec<_> = std::iter::from_fn(|| found.next_if(|found| found.offset < end))
            .map(|found| (of(found.protocol), found.code.map_or(0, |code| code.get())))
            .collect();
        let wanted: Vec<_> = replies.iter().map(|reply| (Some(reply.protocol.to_string()), reply.code)).collect();
        if got != wanted {
            wrong += 1;
            println!("at {start}: wanted {wanted:?}, got {got:?}\n{}", String::from_utf8_lossy(&log[*start..end]));
        }
    }
    println!("{} records, {wrong} wrong", records.len());
    if wrong == 0 { Ok(()) } else { Err(io::Error::other("the truth and what is found differ")) }
}
