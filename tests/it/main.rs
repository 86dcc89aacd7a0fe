//! See `tests/README.md`.

mod cli;
mod commands;
mod core;
mod diagnosis;
mod generated;
mod incident;
mod macros;
mod overlay;
mod scan;
