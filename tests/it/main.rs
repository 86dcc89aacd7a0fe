//! See `tests/README.md`.

mod commands;
mod core;
mod generated;
mod incident;
mod macros;
mod overlay;
