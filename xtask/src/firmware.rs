//! `cargo xtask firmware`: the library for cameras' processors, built and run.

mod compiler;
mod library;
mod programs;
mod targets;

use anyhow::{anyhow, bail};

use targets::{TARGETS, Target};

/// The subcommand.
pub fn run(mut arguments: lexopt::Parser) -> anyhow::Result<()> {
    let mut chosen: Vec<&Target> = Vec::new();
    let mut list = false;
    let mut and_run = false;
    while let Some(argument) = arguments.next()? {
        match argument {
            lexopt::Arg::Long("target") => chosen.push(named(&arguments.value()?.to_string_lossy())?),
            lexopt::Arg::Long("tier") => {
                let tier: u8 = arguments.value()?.to_string_lossy().parse()?;
                chosen.extend(TARGETS.iter().filter(|target| target.tier == tier));
            }
            lexopt::Arg::Long("all") => chosen.extend(TARGETS),
            lexopt::Arg::Long("list") => list = true,
            lexopt::Arg::Long("run") => and_run = true,
            other => return Err(other.unexpected().into()),
        }
    }
    if list {
        for target in TARGETS {
            println!("{}", target.row());
        }
        return Ok(());
    }
    if chosen.is_empty() {
        bail!("say for what: `--target TRIPLE`, `--tier 1`, or `--all`; `--list` names the targets");
    }
    for target in chosen {
        let made = library::make(target)?;
        if let Some(archive) = &made {
            println!("{archive}");
        }
        if and_run {
            programs::check(target, made.as_ref().map(|made| made.path.as_path()))?;
        }
    }
    Ok(())
}

fn named(triple: &str) -> anyhow::Result<&'static Target> {
    targets::find(triple).ok_or_else(|| anyhow!("no target `{triple}`; `cargo xtask firmware --list` names them"))
}
