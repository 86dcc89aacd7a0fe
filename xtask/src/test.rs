//! `cargo xtask test`: every check there is, in the order in which they find mistakes soonest.

use anyhow::bail;

use crate::demo::{self, Answer};
use crate::step::{cargo, run, show, step};
use crate::{archive, c_compiler, python, regen, repo};

/// A check: its name and what it does.
type Check = (&'static str, fn() -> anyhow::Result<()>);

const CHECKS: &[Check] = &[
    ("generated files are fresh", fresh),
    ("formatting", || show(&mut cargo(&["fmt", "--all", "--check"]))),
    ("lints", lints),
    ("Rust and C tests", || show(&mut cargo(&["test", "--workspace", "--exclude", "replycode-python"]))),
    ("the core without tables", || features(&["--no-default-features"])),
    ("the core with serde", || features(&["--features", "serde"])),
    ("Python tests", python::test),
    ("Rust, C and Python say the same", equal_dumps),
    ("the demo's three programs agree", || demo::equal(&demo::answers(&repo::root())?)),
];

/// The subcommand.
pub fn run_test(mut arguments: lexopt::Parser) -> anyhow::Result<()> {
    if let Some(argument) = arguments.next()? {
        return Err(argument.unexpected().into());
    }
    let mut failed = Vec::new();
    for (name, check) in CHECKS {
        println!("==== {name} ====");
        if let Err(error) = check() {
            println!("{name}: FAILED\n{error:#}");
            failed.push(*name);
        }
    }
    println!("\nchecks: {} passed, {} failed", CHECKS.len() - failed.len(), failed.len());
    if failed.is_empty() { Ok(()) } else { bail!("failed: {}", failed.join(", ")) }
}

fn fresh() -> anyhow::Result<()> {
    let root = repo::root();
    regen::compare(&root, &regen::artefacts(&root)?)
}

fn lints() -> anyhow::Result<()> {
    show(&mut cargo(&["clippy", "--workspace", "--all-targets", "--quiet", "--", "--deny", "warnings"]))
}

fn features(flags: &[&str]) -> anyhow::Result<()> {
    show(cargo(&["test", "--package", "replycode", "--quiet"]).args(flags))
}

/// The canonical dump (docs/dump.md) from each language.
fn equal_dumps() -> anyhow::Result<()> {
    let root = repo::root();
    let rust = step("dump from Rust", || {
        run(&mut cargo(&["run", "--quiet", "--release", "--package", "replycode", "--example", "dump"]))
    })?;
    let library = archive::build()?;
    let c = step("dump from C", || {
        run(&mut std::process::Command::new(c_compiler::program(&[root.join("bindings/c/tests/dump.c")], &library)?))
    })?;
    let interpreter = python::fresh_env(&python::wheel()?)?;
    let python = step("dump from Python", || {
        run(std::process::Command::new(interpreter).arg(root.join("bindings/python/tests/dump.py")))
    })?;
    let answers = [
        Answer { language: "Rust", text: rust },
        Answer { language: "C", text: c },
        Answer { language: "Python", text: python },
    ];
    for answer in &answers {
        println!("{:<6} {}  {} bytes", answer.language, repo::sha256(&answer.text), answer.text.len());
    }
    demo::equal(&answers)
}
