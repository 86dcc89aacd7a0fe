//! The command `replycode`, as the Rust program has it.

use std::ffi::OsString;

use pyo3::prelude::*;

/// Runs the command with the process's own streams, and returns the exit status. The first argument is the name of the
/// program.
#[pyfunction]
pub(crate) fn run_command(py: Python<'_>, arguments: Vec<OsString>) -> u8 {
    py.detach(|| replycode_cli::main(arguments))
}
