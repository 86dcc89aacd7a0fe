//! The command `replycode`, as a library: `main` of the binary and of the Python package.
//!
//! ```
//! use replycode_cli::{Host, run};
//!
//! let (mut input, mut output, mut errors) = (std::io::empty(), Vec::new(), Vec::new());
//! let host = Host::new(&mut input, &mut output, &mut errors);
//! let status = run(["replycode", "explain", "--protocol", "ftp", "425"], host);
//! assert_eq!(status, 0);
//! assert!(String::from_utf8_lossy(&output).starts_with("FTP 425  Data connection failed\n"));
//! ```
//!
//! One file is one subcommand: its arguments and what it does. What they share is the [`Host`], through which a
//! subcommand reads and writes, so that tests and Python run the same code as the binary.
//!
//! | exit status | meaning |
//! | --- | --- |
//! | 0 | answered |
//! | 1 | answered, but there is no reply in what was given; of `scan`, what `--fail-on` names was found |
//! | 2 | wrong usage, or a file of rules with faults |
//! | 3 | a file or the input could not be read; of `scan`, the rest was |

mod command;
mod common;
mod completions;
mod escape;
mod explain;
mod host;
mod locale;
mod man;
mod paper;
mod scan;
mod words;

use std::ffi::OsString;
use std::io::{self, ErrorKind};

use clap::Parser;

pub use host::Host;

use command::{Cli, Command};

/// How a subcommand ends when it has done its work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Status {
    /// There was something to say.
    Answered = 0,
    /// There is no reply in what was given, or there is what the user asked to be told of by the status.
    Nothing = 1,
    /// Something could not be read; the answer is about the rest.
    Partial = 3,
}

/// Why a subcommand could not do its work.
#[derive(Debug)]
enum Failure {
    /// What the user wrote is wrong.
    Usage(String),
    /// Something could not be read.
    Unreadable(String),
    /// Nothing can be written.
    Output(io::Error),
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Failure::Output(error)
    }
}

/// Runs the command with the process's streams, and gives the exit status. The first argument is the program's name.
pub fn main(arguments: impl IntoIterator<Item = impl Into<OsString> + Clone>) -> u8 {
    Host::process(|host| run(arguments, host))
}

/// Runs the command, and gives the exit status. The first argument is the program's name.
pub fn run(arguments: impl IntoIterator<Item = impl Into<OsString> + Clone>, mut host: Host<'_>) -> u8 {
    let done = match Cli::try_parse_from(arguments) {
        Ok(Cli { command: Command::Explain(arguments) }) => explain::run(&arguments, &mut host),
        Ok(Cli { command: Command::Scan(arguments) }) => scan::run(&arguments, &mut host),
        Ok(Cli { command: Command::Completions(arguments) }) => completions::run(&arguments, &mut host),
        Ok(Cli { command: Command::Man(arguments) }) => man::run(&arguments, &mut host),
        // Help and version come this way, too.
        Err(error) if !error.use_stderr() => host.write(&painted(&error, host.color)).map(|()| Status::Answered),
        Err(error) => Err(Failure::Usage(error.render().to_string())),
    };
    match done.and_then(|status| host.flush().map(|()| status)) {
        Ok(status) => status as u8,
        Err(Failure::Usage(message)) => host.complain(&message, 2),
        Err(Failure::Unreadable(message)) => host.complain(&message, 3),
        // Whoever reads has seen enough: `replycode ... | head`.
        Err(Failure::Output(error)) if error.kind() == ErrorKind::BrokenPipe => 0,
        Err(Failure::Output(error)) => host.complain(&format!("error: cannot write: {error}"), 3),
    }
}

fn painted(error: &clap::Error, color: bool) -> String {
    let text = error.render();
    if color { text.ansi().to_string() } else { text.to_string() }
}
