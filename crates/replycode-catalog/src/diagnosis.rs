//! Causes, and the rules that lead from a reply to a cause: read, checked, and compiled to what the core evaluates.

mod check;
mod compile;
mod encodings;
mod example;
mod rows;
mod schema;
mod shadow;
mod trie;

pub use check::FALLBACK_CAUSES;
pub use compile::CompiledRules;
pub use rows::{Cause, DiagnosisRows, DiagnosisRule, Pattern, When};

pub(crate) use check::{check, check_over, steps};
pub(crate) use compile::{Commands, Under};
pub(crate) use schema::{cause, joined, rule};
