//! `cargo xtask bench lookup | parse | diagnose | scan`: the figures in the README, each beside its peers, from one run on this machine.

use std::process::Command;
use std::time::Instant;

use anyhow::bail;

use crate::step::{cargo, run, show, step};
use crate::{archive, bench_scan, c_compiler, python, repo};

/// The subcommand.
pub fn run_bench(mut arguments: lexopt::Parser) -> anyhow::Result<()> {
    let what = match arguments.next()? {
        Some(lexopt::Arg::Value(what)) => what.to_string_lossy().into_owned(),
        _ => bail!("say what to measure: `cargo xtask bench lookup`, `parse`, `diagnose` or `scan`"),
    };
    match what.as_str() {
        "lookup" => lookup(),
        "parse" => parse(),
        "diagnose" => bench_crate("diagnose"),
        "scan" => bench_scan::run_bench(arguments),
        other => bail!("there is no bench `{other}`; there are `lookup`, `parse`, `diagnose` and `scan`"),
    }
}

/// A crate under `benches/`, which pins its peers and is built by nobody else.
fn bench_crate(name: &str) -> anyhow::Result<()> {
    let manifest = repo::root().join("benches").join(name).join("Cargo.toml");
    let mut command = cargo(&["run", "--release", "--quiet", "--manifest-path"]);
    show(command.arg(manifest).env("CARGO_TARGET_DIR", repo::target().join("bench")))
}

fn lookup() -> anyhow::Result<()> {
    bench_crate("lookup")?;
    println!();
    let library = archive::build()?;
    let sources = ["lookup.c", "peers.c"].map(|file| repo::root().join("bindings/c/bench").join(file));
    let program = c_compiler::program(&sources, &library)?;
    show(&mut Command::new(program))?;
    println!();
    python::bench()?;
    println!();
    let file = std::fs::metadata(&library)?;
    println!("static library: {} bytes", file.len());
    let target = repo::target().join("bench-clean");
    let clean = || cargo(&["build", "--quiet", "--release", "--package", "replycode"]);
    if target.exists() {
        std::fs::remove_dir_all(&target)?;
    }
    let start = Instant::now();
    step("build the core from nothing", || run(clean().env("CARGO_TARGET_DIR", &target)))?;
    println!("build of the core from nothing, release: {:.2} s", start.elapsed().as_secs_f32());
    let mut times: Vec<f32> = (0..7)
        .map(|_| {
            let start = Instant::now();
            run(&mut cargo(&["xtask", "regen", "--check"])).map(|_| start.elapsed().as_secs_f32())
        })
        .collect::<anyhow::Result<_>>()?;
    times.sort_by(f32::total_cmp);
    println!("cargo xtask regen --check, warm, whole process: {:.2} s (median of 7)", times[3]);
    Ok(())
}

fn parse() -> anyhow::Result<()> {
    bench_crate("parse")?;
    println!();
    python::bench_parse()
}
