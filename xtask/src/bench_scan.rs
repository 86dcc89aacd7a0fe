//! `cargo xtask bench scan`: scanning a whole log beside tools that only count or extract; and the soak of the tests.

use std::path::PathBuf;
use std::process::Command;

use anyhow::Context;

use crate::step::{cargo, need, run, show, step};
use crate::{python, repo};

/// How long the log is that is measured with.
const BYTES: u64 = 1_000_000_000;
/// How long the log is that the tests soak the scan in.
const SOAK: u64 = 5_000_000_000;

/// The bench.
pub fn run_bench(mut arguments: lexopt::Parser) -> anyhow::Result<()> {
    let mut generate = None;
    let mut bytes = BYTES;
    while let Some(argument) = arguments.next()? {
        match argument {
            lexopt::Arg::Long("generate") => generate = Some(PathBuf::from(arguments.value()?)),
            lexopt::Arg::Long("bytes") => {
                let value = arguments.value()?.to_string_lossy().replace('_', "");
                bytes = value.parse().with_context(|| format!("--bytes: `{value}` is no number"))?;
            }
            other => return Err(other.unexpected().into()),
        }
    }
    let bench = build()?;
    if let Some(file) = generate {
        return write_log(&bench, &file, bytes);
    }
    need("rg", "to measure beside it", "apt-get install ripgrep")?;
    need("mawk", "to measure beside it", "apt-get install mawk")?;
    need("pflogsumm", "to measure beside it", "apt-get install pflogsumm")?;
    let python = python::env_of(&repo::target().join("bench-scan-venv"), "benches/scan/requirements.txt")?;
    let log = repo::target().join("bench-scan.log");
    write_log(&bench, &log, bytes)?;
    show(Command::new(&bench).arg("compare").arg(&log).arg("--python").arg(python))?;
    println!();
    show(Command::new(&bench).arg("memory"))?;
    std::fs::remove_file(&log).with_context(|| format!("cannot remove {}", log.display()))
}

/// A long log that is scanned while it is generated: counts must be exact, and the memory small.
pub fn soak() -> anyhow::Result<()> {
    show(Command::new(build()?).arg("soak").arg(SOAK.to_string()))
}

fn write_log(bench: &PathBuf, file: &PathBuf, bytes: u64) -> anyhow::Result<()> {
    step(&format!("writing {}", file.display()), || {
        run(Command::new(bench).arg("generate").arg(file).arg(bytes.to_string())).map(drop)
    })
}

/// Builds the bench and returns its path.
fn build() -> anyhow::Result<PathBuf> {
    let manifest = repo::root().join("benches/scan/Cargo.toml");
    let target = repo::target().join("bench");
    step("building benches/scan", || {
        let mut build = cargo(&["build", "--release", "--quiet", "--manifest-path"]);
        run(build.arg(manifest).env("CARGO_TARGET_DIR", &target)).map(drop)
    })?;
    Ok(target.join("release").join(format!("bench-scan{}", std::env::consts::EXE_SUFFIX)))
}
