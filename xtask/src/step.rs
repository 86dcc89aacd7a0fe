//! Running other programs: what is being done, how long it took, and plain words when something is missing.

use std::io::{IsTerminal, Write};
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context, bail};

/// Does a piece of work that may take long, and says so.
pub fn step<T>(what: &str, work: impl FnOnce() -> anyhow::Result<T>) -> anyhow::Result<T> {
    let start = Instant::now();
    let mut err = std::io::stderr();
    if err.is_terminal() {
        let _ = write!(err, "{what} ...");
        let _ = err.flush();
    }
    let result = work();
    let seconds = start.elapsed().as_secs_f32();
    let end = if result.is_ok() { "done" } else { "FAILED" };
    let back = if err.is_terminal() { "\r" } else { "" };
    let _ = writeln!(err, "{back}{what} ... {end} ({seconds:.1} s)");
    result
}

/// Runs a program to its end; what it printed is shown only if it fails.
pub fn run(command: &mut Command) -> anyhow::Result<Vec<u8>> {
    let shown = shown(command);
    let output = command.stdin(Stdio::null()).output().with_context(|| format!("cannot start `{shown}`"))?;
    if !output.status.success() {
        let printed = [output.stdout, output.stderr].map(|text| String::from_utf8_lossy(&text).into_owned()).concat();
        bail!("`{shown}` failed ({})\n{printed}", output.status);
    }
    Ok(output.stdout)
}

/// Runs a program to its end with its output on the terminal.
pub fn show(command: &mut Command) -> anyhow::Result<()> {
    let shown = shown(command);
    let status = command.stdin(Stdio::null()).status().with_context(|| format!("cannot start `{shown}`"))?;
    if status.success() { Ok(()) } else { bail!("`{shown}` failed ({status})") }
}

fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

/// Checks that a program can be started; if not, says what it is for and how to get it.
pub fn need(program: &str, why: &str, install: &str) -> anyhow::Result<()> {
    let found = Command::new(program).arg("--version").stdin(Stdio::null()).output().is_ok();
    if found { Ok(()) } else { bail!("`{program}` is missing: it is needed {why}; install it with `{install}`") }
}

/// Cargo, in the root of the repository.
pub fn cargo(arguments: &[&str]) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(arguments).current_dir(crate::repo::root());
    command
}
