//! `cargo xtask firmware`: the library for cameras' processors, built and run.

pub(crate) mod compiler;
pub mod compilers;
mod library;
mod programs;
pub mod size;
mod stack;
mod targets;

use std::collections::BTreeSet;

use anyhow::{anyhow, bail};

use programs::Expected;
use targets::{TARGETS, Target};

/// The subcommand.
pub fn run(mut arguments: lexopt::Parser) -> anyhow::Result<()> {
    let mut chosen: Vec<&Target> = Vec::new();
    let (mut list, mut packages, mut and_run) = (false, false, false);
    while let Some(argument) = arguments.next()? {
        match argument {
            lexopt::Arg::Long("target") => chosen.push(named(&arguments.value()?.to_string_lossy())?),
            lexopt::Arg::Long("tier") => {
                let tier: u8 = arguments.value()?.to_string_lossy().parse()?;
                chosen.extend(of_tier(tier));
            }
            lexopt::Arg::Long("all") => chosen.extend(TARGETS),
            lexopt::Arg::Long("list") => list = true,
            lexopt::Arg::Long("packages") => packages = true,
            lexopt::Arg::Long("compilers") => return [1, 2].into_iter().try_for_each(compilers::run_checks),
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
        bail!("say for what: `--target TRIPLE`, `--tier 1`, `--all` or `--compilers`; `--list` names the targets");
    }
    if packages {
        let tier = chosen.iter().map(|target| target.tier).max().unwrap_or(1);
        let names = chosen.iter().flat_map(|target| target.packages()).chain(compilers::packages(tier));
        let names: BTreeSet<_> = names.collect();
        println!("{}", names.into_iter().collect::<Vec<_>>().join(" "));
        return Ok(());
    }
    make(&chosen, and_run)
}

/// The check of `cargo xtask test`: everything of a tier, built and run.
pub fn check(tier: u8) -> anyhow::Result<()> {
    make(&of_tier(tier).collect::<Vec<_>>(), true)
}

/// Builds for all of the machines and then says which have failed.
fn make(targets: &[&Target], and_run: bool) -> anyhow::Result<()> {
    let expected = and_run.then(Expected::new).transpose()?;
    let mut failed = Vec::new();
    for target in targets {
        if let Err(error) = make_one(target, expected.as_ref()) {
            println!("{}: FAILED\n{error:#}", target.triple);
            failed.push(target.triple);
        }
    }
    if failed.is_empty() { Ok(()) } else { bail!("failed: {}", failed.join(", ")) }
}

fn make_one(target: &Target, expected: Option<&Expected>) -> anyhow::Result<()> {
    let made = library::make(target)?;
    if let Some(archive) = &made {
        println!("{archive}");
    }
    match expected {
        Some(expected) => programs::check(target, made.as_ref().map(|made| made.path.as_path()), expected),
        None => Ok(()),
    }
}

fn of_tier(tier: u8) -> impl Iterator<Item = &'static Target> {
    TARGETS.iter().filter(move |target| target.tier == tier)
}

fn named(triple: &str) -> anyhow::Result<&'static Target> {
    targets::find(triple).ok_or_else(|| anyhow!("no target `{triple}`; `cargo xtask firmware --list` names them"))
}
