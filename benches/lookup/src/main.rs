//! Finding a reply by its code, against the ways that peers have: `cargo xtask bench lookup`.
//!
//! Every case answers the same 4096 codes, a mix of listed and unknown ones in an order that a branch predictor cannot
//! learn. The figure is the median of 41 rounds, and the ratios come from one run.

use std::collections::HashMap;
use std::hint::black_box;
use std::time::Instant;

use replycode::{Lang, Protocol, lookup};

const ROUNDS: usize = 41;

/// Nanoseconds a code: the median over the rounds.
fn measure(codes: &[u16], mut answer: impl FnMut(u16) -> usize) -> f64 {
    let mut rounds: Vec<f64> = (0..ROUNDS)
        .map(|_| {
            let start = Instant::now();
            for &code in codes {
                black_box(answer(black_box(code)));
            }
            start.elapsed().as_nanos() as f64 / codes.len() as f64
        })
        .collect();
    rounds.sort_by(f64::total_cmp);
    rounds[ROUNDS / 2]
}

/// A text by `match`, as lettre and suppaftp have it.
fn by_match(code: u16) -> Option<&'static str> {
    Some(match code {
        211 => "a", 214 => "b", 220 => "c", 221 => "d", 235 => "e", 250 => "f", 251 => "g", 252 => "h", 334 => "i",
        354 => "j", 421 => "k", 432 => "l", 450 => "m", 451 => "n", 452 => "o", 454 => "p", 455 => "q", 500 => "r",
        501 => "s", 502 => "t", 503 => "u", 504 => "v", 521 => "w", 530 => "x", 534 => "y", 535 => "z", 538 => "aa",
        550 => "bb", 551 => "cc", 552 => "dd", 553 => "ee", 554 => "ff", 555 => "gg", 556 => "hh",
        _ => return None,
    })
}

static BY_PHF: phf::Map<u16, &'static str> = phf::phf_map! {
    211u16 => "a", 214u16 => "b", 220u16 => "c", 221u16 => "d", 235u16 => "e", 250u16 => "f", 251u16 => "g",
    252u16 => "h", 334u16 => "i", 354u16 => "j", 421u16 => "k", 432u16 => "l", 450u16 => "m", 451u16 => "n",
    452u16 => "o", 454u16 => "p", 455u16 => "q", 500u16 => "r", 501u16 => "s", 502u16 => "t", 503u16 => "u",
    504u16 => "v", 521u16 => "w", 530u16 => "x", 534u16 => "y", 535u16 => "z", 538u16 => "aa", 550u16 => "bb",
    551u16 => "cc", 552u16 => "dd", 553u16 => "ee", 554u16 => "ff", 555u16 => "gg", 556u16 => "hh",
};

fn main() {
    // A linear congruential generator: the same codes in every run.
    let mut state = 1u32;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 16) as usize
    };
    let listed: Vec<u16> = replycode::CATALOG.listings(Protocol::Smtp).map(|listing| listing.code().get()).collect();
    let codes: Vec<u16> = (0..4096)
        .map(|_| if next() % 8 == 0 { 200 + (next() % 400) as u16 } else { listed[next() % listed.len()] })
        .collect();

    let mut array = [0usize; 1000];
    let mut map = HashMap::new();
    for &code in &listed {
        array[usize::from(code)] = usize::from(code);
        map.insert(code, usize::from(code));
    }
    let array = black_box(array);

    let bare = measure(&codes, |code| array.get(usize::from(code)).copied().unwrap_or(0));
    let cases: [(&str, f64); 8] = [
        ("bare array index", bare),
        ("replycode::lookup", measure(&codes, |code| usize::from(lookup(Protocol::Smtp, code).is_some()))),
        ("replycode title, Japanese", measure(&codes, |code| {
            lookup(Protocol::Smtp, code).map_or(0, |listing| listing.entry().title(Lang::JA).len())
        })),
        ("replycode::explain + title", measure(&codes, |code| {
            replycode::explain(Protocol::Smtp, code).title(Lang::EN).len()
        })),
        ("match", measure(&codes, |code| by_match(code).map_or(0, str::len))),
        ("phf", measure(&codes, |code| BY_PHF.get(&code).map_or(0, |text| text.len()))),
        ("std HashMap", measure(&codes, |code| map.get(&code).copied().unwrap_or(0))),
        ("http::StatusCode reason", measure(&codes, |code| {
            http::StatusCode::from_u16(code).ok().and_then(|status| status.canonical_reason()).map_or(0, str::len)
        })),
    ];
    println!("{:<28} {:>8} {:>8}", "Rust, by code", "ns", "ratio");
    for (name, nanoseconds) in cases {
        println!("{name:<28} {nanoseconds:>8.2} {:>8.2}", nanoseconds / bare);
    }
}
