//! `replycode completions`: a script with which a shell completes the command.

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use crate::command::Cli;
use crate::{Failure, Host, Status};

/// Print a script for the shell's completion.
///
/// For instance: replycode completions bash > ~/.local/share/bash-completion/completions/replycode
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The shell.
    shell: Shell,
}

pub(crate) fn run(arguments: &Arguments, host: &mut Host<'_>) -> Result<Status, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut Cli::command(), "replycode", &mut script);
    host.write_bytes(&script)?;
    Ok(Status::Answered)
}
