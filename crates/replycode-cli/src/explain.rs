//! `replycode explain`: what one code, one reply, or a pasted text says.

mod answer;
mod json;
mod notes;
mod question;
mod text;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, ValueEnum, ValueHint};
use replycode::{Catalog, Lang, Protocol};
use replycode_scan::Explainer;

use crate::{Failure, Host, Status, common, locale, words};
pub(crate) use answer::steps;
use question::Question;

/// Explain a reply code, a reply, or a text with replies.
///
/// The input is a reply code (550), an enhanced status code (5.7.1), both, a reply (550 5.1.1 User unknown), or any
/// text with replies in it: a transcript, a part of a log, an exception, a bounce. Of a text, the reply that decided the
/// outcome is explained.
#[derive(Debug, Args)]
#[command(after_long_help = AFTER)]
pub(crate) struct Arguments {
    /// What to explain; several words need no quotes. Without it, or if it is `-`, the standard input is read.
    input: Vec<OsString>,
    /// The language of the answer; by default the one that LC_ALL, LC_MESSAGES or LANG names, if it is one of these.
    #[arg(long, value_name = "LANG", value_parser = common::languages())]
    lang: Option<Lang>,
    /// The protocol, where the input does not tell it.
    #[arg(long, value_parser = common::protocols())]
    protocol: Option<Protocol>,
    /// The command that was answered, where the input does not tell it: a verb, `connect`, or `data-end`.
    #[arg(long, value_name = "VERB")]
    command: Option<String>,
    /// How to answer.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// A YAML file with causes and rules of your own, which are tried before the built-in ones.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    rules: Option<PathBuf>,
}

const AFTER: &str = "\
Exit status:
  0  answered
  1  answered, but there is no reply in the input
  2  wrong usage, or a file of rules with faults
  3  a file or the standard input could not be read

Examples:
  replycode explain 550 5.1.1
  replycode explain --protocol ftp --command STOR 550
  replycode explain \"553 Could not create file.\" --lang ja
  replycode explain --format json < camera.log";

/// How to answer.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// For people.
    Text,
    /// For programs; docs/cli.md tells the fields.
    Json,
}

pub(crate) fn run(arguments: &Arguments, host: &mut Host<'_>) -> Result<Status, Failure> {
    let catalog = common::catalog(arguments.rules.as_deref())?;
    let protocol = match &arguments.command {
        Some(verb) => protocol_of(catalog, verb, arguments.protocol)?,
        None => arguments.protocol,
    };
    let input = match arguments.input.as_slice() {
        [] => host.read()?,
        [one] if one == "-" => host.read()?,
        words => words.join(" ".as_ref()).into_encoded_bytes(),
    };
    let explainer = Explainer::new(catalog).with_protocol(protocol).with_command(arguments.command.as_deref());
    let asked = answer::Asked { catalog, protocol, command: arguments.command.as_deref(), explainer };
    let explained = asked.explain(&input, Question::of(&input));
    let lang = arguments.lang.unwrap_or_else(|| locale::lang(catalog, host.locale.as_deref()));
    let shown = match arguments.format {
        Format::Text => text::show(&explained, &input, lang, catalog, host),
        Format::Json => json::show(&explained, lang),
    };
    host.write(&shown)?;
    Ok(if explained.is_reply { Status::Answered } else { Status::Nothing })
}

/// The protocol to which a command belongs, if it was not named and only one has such a command.
fn protocol_of(catalog: &'static Catalog, verb: &str, named: Option<Protocol>) -> Result<Option<Protocol>, Failure> {
    let has = |protocol: Protocol| catalog.command(protocol, verb).is_some();
    let asked = named.as_ref().map_or(Protocol::ALL, std::slice::from_ref);
    let fitting: Vec<Protocol> = asked.iter().copied().filter(|&protocol| has(protocol)).collect();
    match fitting[..] {
        [] => {
            let verbs = asked.iter().map(|&protocol| {
                let verbs: Vec<_> = catalog.commands(protocol).map(|command| command.verb()).collect();
                format!("{}: {}", words::name(protocol), verbs.join(" "))
            });
            let verbs: Vec<_> = verbs.collect();
            let message = format!("error: no command `{verb}`\n\nthe commands are:\n  {}", verbs.join("\n  "));
            Err(Failure::Usage(message))
        }
        [one] => Ok(Some(one)),
        _ => Ok(None),
    }
}
