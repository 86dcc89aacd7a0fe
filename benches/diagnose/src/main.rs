//! Nanoseconds for a diagnosis. `cargo run --release` in this folder.
//!
//! Each reply is diagnosed over and over; the best of several rounds counts, since whatever disturbs the machine only
//! makes it slower.

use std::hint::black_box;
use std::time::Instant;

use replycode::{Context, Diagnosis, Protocol, ReplyCode, diagnose};

/// What is diagnosed: a name, and the reply.
const REPLIES: &[(&str, Protocol, u16, &str)] = &[
    ("no text", Protocol::Ftp, 426, ""),
    ("short", Protocol::Ftp, 550, "Failed to change directory."),
    (
        "120 bytes, English",
        Protocol::Smtp,
        554,
        "5.7.1 <somebody.else@subdomain.example.net>: Recipient address rejected: we only accept mail from our own subscribers.",
    ),
    (
        "120 bytes, many phrases begin",
        Protocol::Smtp,
        550,
        "Your access to this mail system has been denied because the message was not accepted for the mailbox in this session now",
    ),
    (
        "120 bytes, no phrase",
        Protocol::Ftp,
        599,
        "xkcd qwrt zzyx vbnm plok mijn uhby gvtf crdx eszw aqwe rtyu iopl kjhg fdsa zxcv bnmq wert yuio plkj hgfd sazx cvbn mqwe",
    ),
    (
        "120 bytes, Japanese",
        Protocol::Ftp,
        550,
        "指定されたフォルダーにはアクセスできません。管理者に問い合わせてください。",
    ),
];

fn ask(protocol: Protocol, code: Option<ReplyCode>, text: &str) -> Diagnosis {
    diagnose(black_box(protocol), black_box(code), black_box(text.as_bytes()), Context::default())
}

fn main() {
    const ROUNDS: u32 = 20;
    const TIMES: u32 = 50_000;
    for &(name, protocol, code, text) in REPLIES {
        let code = ReplyCode::new(code);
        let mut best = f64::MAX;
        for _ in 0..ROUNDS {
            let start = Instant::now();
            for _ in 0..TIMES {
                black_box(ask(protocol, code, text));
            }
            best = best.min(start.elapsed().as_secs_f64());
        }
        let nanoseconds = best * 1e9 / f64::from(TIMES);
        let answer = ask(protocol, code, text);
        println!("{nanoseconds:7.1} ns  {name} ({} bytes): {}", text.len(), answer.cause().id());
    }
}
