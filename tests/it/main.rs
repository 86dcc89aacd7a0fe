//! See `tests/README.md`.

mod core;
mod generated;
mod incident;
mod macros;
