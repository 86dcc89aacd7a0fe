//! The inputs on which a fuzzer or a property once found something, and those that a fuzzer found worth keeping.

use std::fs;
use std::path::Path;

use crate::alphabet::decode;
use crate::check::{check, check_splits};
use crate::reference::first_event;

#[test]
fn every_input_that_a_fuzzer_kept() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/regressions");
    let mut count = 0;
    for entry in fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
        let path = entry.expect("an entry").path();
        let (rules, bytes) = decode(&fs::read(&path).expect("an input"));
        let events = check(rules, &bytes);
        assert_eq!(events.first().cloned(), first_event(rules, &bytes), "{}: {rules:?}", path.display());
        check_splits(rules, &bytes, 0..=bytes.len(), &events);
        count += 1;
    }
    assert!(count >= 3, "{count} inputs in {}", folder.display());
}
