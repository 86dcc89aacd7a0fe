//! Reply parsers side by side, in one run: replycode (streaming and zero-copy), lettre, smtp-proto.
//!
//! `cargo run --release` prints nanoseconds per reply, MB/s, and how many times faster replycode is.
//! `cargo run --release -- once PARSER KIND` parses the replies of one kind once, for callgrind.

mod replies;

use std::hint::black_box;
use std::time::{Duration, Instant};

use replies::{KINDS, Replies};
use replycode::{Parser, Protocol, State, parse_prefix};

const COUNT: usize = 100_000;
const ROUNDS: usize = 15;
/// What a client reads from a socket at a time.
const PIECE: usize = 16 * 1024;

/// Parses all replies and returns the sum of their codes, so that nothing is optimised away and all agree.
type Run = fn(&Replies) -> u64;

const PARSERS: [(&str, Run); 5] = [
    ("replycode-stream", stream),
    ("replycode-zero-copy", zero_copy),
    ("lettre", lettre),
    ("smtp-proto", smtp_proto),
    ("line-ends", line_ends),
];

/// In pieces that cut replies anywhere, with the text kept.
fn stream(replies: &Replies) -> u64 {
    let mut parser = Parser::new(Protocol::Smtp);
    let mut sum = 0;
    for piece in replies.bytes.chunks(PIECE) {
        let mut rest = piece;
        while !rest.is_empty() {
            let (consumed, state) = parser.feed(rest);
            rest = &rest[consumed..];
            if state == State::Complete {
                let reply = parser.reply().unwrap();
                sum += u64::from(reply.code().get());
                black_box((reply.enhanced(), reply.notes(), reply.text().as_bytes()));
            }
        }
    }
    sum
}

fn zero_copy(replies: &Replies) -> u64 {
    let mut rest = &replies.bytes[..];
    let mut sum = 0;
    while let Ok(Some((reply, consumed))) = parse_prefix(Protocol::Smtp, rest) {
        rest = &rest[consumed..];
        sum += u64::from(reply.code().get());
        black_box((reply.enhanced(), reply.notes(), reply.raw()));
    }
    sum
}

/// It is given each reply by itself, since its public form cannot find the end of one.
fn lettre(replies: &Replies) -> u64 {
    let mut sum = 0;
    for reply in replies.each() {
        let text = str::from_utf8(reply).unwrap();
        let response: lettre::transport::smtp::response::Response = text.parse().unwrap();
        sum += u64::from(u16::from(response.code()));
        black_box(&response);
    }
    sum
}

fn smtp_proto(replies: &Replies) -> u64 {
    let mut bytes = replies.bytes.iter();
    let mut sum = 0;
    let mut receiver = smtp_proto::response::parser::ResponseReceiver::default();
    while !bytes.as_slice().is_empty() {
        let response = receiver.parse(&mut bytes).unwrap();
        receiver.reset();
        sum += u64::from(response.code);
        black_box(&response);
    }
    sum
}

/// The floor: finding the line ends, and nothing else.
fn line_ends(replies: &Replies) -> u64 {
    let mut rest = &replies.bytes[..];
    let mut sum = 0;
    while let Some(lf) = rest.iter().position(|byte| *byte == b'\n') {
        sum += black_box(lf) as u64;
        rest = &rest[lf + 1..];
    }
    sum
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => compare(),
        ["once", parser, kind] => {
            let (_, run) = PARSERS.iter().find(|(name, _)| *name == parser).expect("a parser by its name");
            let kind = KINDS.iter().find(|known| known.name == kind).expect("a kind of replies by its name");
            println!("{}", run(&Replies::new(kind, COUNT)));
        }
        _ => panic!("expected no argument, or: once PARSER KIND"),
    }
}

fn compare() {
    for kind in KINDS {
        let replies = Replies::new(kind, COUNT);
        let mut best = [Duration::MAX; PARSERS.len()];
        for _ in 0..ROUNDS {
            for ((_, run), best) in PARSERS.iter().zip(&mut best) {
                let start = Instant::now();
                black_box(run(black_box(&replies)));
                *best = start.elapsed().min(*best);
            }
        }
        let sums: Vec<u64> = PARSERS[..4].iter().map(|(_, run)| run(&replies)).collect();
        assert!(sums.iter().all(|sum| *sum == sums[0]), "the parsers disagree on {}: {sums:?}", kind.name);

        let length = replies.bytes.len() as f64;
        println!("{}: {COUNT} replies, {:.1} bytes each", kind.name, length / COUNT as f64);
        println!("  {:<20} {:>9} {:>8} {:>10} {:>14}", "parser", "ns/reply", "MB/s", "x lettre", "x smtp-proto");
        for ((name, _), time) in PARSERS.iter().zip(best) {
            let times = |peer: usize| best[peer].as_secs_f64() / time.as_secs_f64();
            println!(
                "  {:<20} {:>9.1} {:>8.0} {:>10.1} {:>14.1}",
                name,
                time.as_secs_f64() * 1e9 / COUNT as f64,
                length / time.as_secs_f64() / 1e6,
                times(2),
                times(3),
            );
        }
    }
}
