//! Any bytes as a log: nothing panics, and the same is found whatever the number of threads.
//!
//! `cargo +nightly fuzz run scan`
#![no_main]

use std::ops::ControlFlow;

use libfuzzer_sys::fuzz_target;
use replycode_scan::{Input, Options, OwnedFinding, Summary, scan};

fn read(bytes: &[u8], jobs: usize) -> (Vec<OwnedFinding>, Summary) {
    let mut found = Vec::new();
    // Many cells in a short input.
    let options = Options::default().jobs(jobs).cell(256).year(2026).attempts(1 << 20);
    let outcome = scan([Input::bytes("log", bytes)], &options, |finding| {
        found.push(finding.to_owned());
        ControlFlow::Continue(())
    });
    (found, outcome.summary)
}

fuzz_target!(|bytes: &[u8]| {
    let one = read(bytes, 1);
    assert_eq!(one, read(bytes, 2));
    assert!(one.0.is_sorted_by_key(|finding| finding.offset));
});
