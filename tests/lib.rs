//! What must hold across the parts. There is nothing here but tests: see `it/`, and the READMEs' own examples:
//!
#![doc = include_str!("../README.md")]
#![doc = include_str!("../crates/replycode/README.md")]
