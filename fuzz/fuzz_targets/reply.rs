//! Any bytes, under any rules, in pieces of any size: the same events, and those of the reference.
//!
//! `cargo +nightly fuzz run reply regressions` starts from what earlier runs kept. A failing input goes to
//! `regressions/`, where `cargo test` runs it from then on.
#![no_main]

#[path = "../../crates/replycode/tests/it/alphabet.rs"]
mod alphabet;
#[path = "../../crates/replycode/tests/it/check.rs"]
mod check;
#[path = "../../crates/replycode/tests/it/reference.rs"]
mod reference;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    let (rules, bytes) = alphabet::decode(input);
    let events = check::check(rules, &bytes);
    assert_eq!(events.first().cloned(), reference::first_event(rules, &bytes));
    check::check_splits(rules, &bytes, (0..=bytes.len()).step_by(1 + bytes.len() / 64), &events);
});
