//! The command line as a whole. The subcommands' own arguments stand in their files.

use std::sync::LazyLock;

use clap::{Parser, Subcommand};
use replycode::{CATALOG_DIGEST, CATALOG_VERSION};

use crate::{completions, explain, man, scan};

/// What an SMTP or FTP server said, whether to try again, and what to change.
#[derive(Debug, Parser)]
#[command(name = "replycode", version = version(), arg_required_else_help = true, after_help = EXAMPLES)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Explain(explain::Arguments),
    Scan(scan::Arguments),
    Completions(completions::Arguments),
    Man(man::Arguments),
}

const EXAMPLES: &str = "\
Examples:
  replycode explain 550
  replycode explain --protocol ftp 530 Login incorrect.
  replycode explain < transcript.txt
  replycode scan /var/log/mail.log*";

/// Program and catalogue: two programs with the same digest answer alike.
fn version() -> &'static str {
    static VERSION: LazyLock<String> = LazyLock::new(|| {
        format!("{}\ncatalogue {CATALOG_VERSION}, SHA-256 {CATALOG_DIGEST}", env!("CARGO_PKG_VERSION"))
    });
    &VERSION
}
