//! What must hold across the parts. There is nothing here but tests: see `it/`, and the README's own example:
//!
#![doc = include_str!("../README.md")]
