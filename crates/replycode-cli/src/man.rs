//! `replycode man`: the manual page.

use clap::{Args, CommandFactory};
use clap_mangen::Man;

use crate::command::Cli;
use crate::{Failure, Host, Status};

/// Print the manual page, for man.
///
/// For instance: replycode man explain > replycode-explain.1
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The subcommand that the page is for; without it, the page of the command.
    subcommand: Option<String>,
}

pub(crate) fn run(arguments: &Arguments, host: &mut Host<'_>) -> Result<Status, Failure> {
    // The digest of the catalogue is nothing for a page header.
    let mut command = Cli::command().version(env!("CARGO_PKG_VERSION"));
    command.build();
    let (page, name) = match &arguments.subcommand {
        None => (&command, "replycode".to_owned()),
        Some(name) => match command.find_subcommand(name).filter(|found| found.get_name() != "help") {
            Some(found) => (found, format!("replycode-{}", found.get_name())),
            None => {
                let names: Vec<_> = command.get_subcommands().map(clap::Command::get_name).collect();
                let message = format!("error: no subcommand `{name}`; there are {}", names.join(", "));
                return Err(Failure::Usage(message));
            }
        },
    };
    let mut text = Vec::new();
    let source = format!("replycode {}", env!("CARGO_PKG_VERSION"));
    Man::new(page.clone()).title(name.to_uppercase()).source(source).render(&mut text)?;
    host.write_bytes(&text)?;
    Ok(Status::Answered)
}
