//! See `tests/README.md`.

mod commands;
mod core;
mod generated;
mod macros;
mod overlay;
