//! `cargo xtask demo`: one camera log, explained from Rust, C and Python, to the same bytes.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, bail};

use crate::step::{need, run, step};
use crate::{archive, c_compiler, python, regen, repo};

/// What each program is given.
const LOG: &str = "examples/camera.log";
const LANGUAGES: [&str; 2] = ["en", "ja"];

/// A program and what it said.
pub struct Answer {
    /// The language it is written in.
    pub language: &'static str,
    /// Its output.
    pub text: Vec<u8>,
}

/// The subcommand.
pub fn run_demo(mut arguments: lexopt::Parser) -> anyhow::Result<()> {
    if let Some(argument) = arguments.next()? {
        return Err(argument.unexpected().into());
    }
    let root = repo::root();
    step("make the generated files", || regen::write(&root, &regen::artefacts(&root)?).map(drop))?;
    let answers = answers(&root)?;
    for answer in &answers {
        println!("---- {} ----", answer.language);
        println!("{}", String::from_utf8_lossy(&answer.text));
    }
    equal(&answers)?;
    let names: Vec<_> = answers.iter().map(|answer| answer.language).collect();
    println!("{} gave the same {} bytes", names.join(", "), answers[0].text.len());
    Ok(())
}

/// Builds the three programs and lets each explain the log.
pub fn answers(root: &Path) -> anyhow::Result<Vec<Answer>> {
    c_compiler::compiler()?;
    need("python3", "to build and run the Python module", "apt-get install python3 python3-venv")?;
    let log = root.join(LOG);

    let rust = step("build and run the Rust program", || {
        let mut cargo =
            crate::step::cargo(&["run", "--quiet", "--package", "replycode", "--example", "explain_log", "--"]);
        run(cargo.arg(&log).args(LANGUAGES))
    })?;

    let library = archive::build()?;
    let c = step("build and run the C program", || {
        let program = c_compiler::program(&[root.join("bindings/c/examples/statuspage.c")], &library)?;
        run(Command::new(program).arg(&log).args(LANGUAGES))
    })?;

    let wheel = python::wheel()?;
    let interpreter = python::fresh_env(&wheel)?;
    let python = step("run the Python program", || {
        run(Command::new(interpreter).arg(root.join("examples/explain_log.py")).arg(&log).args(LANGUAGES))
    })?;

    Ok(vec![
        Answer { language: "Rust", text: rust },
        Answer { language: "C", text: c },
        Answer { language: "Python", text: python },
    ])
}

/// Fails with the first differing line if the answers are not all equal.
pub fn equal(answers: &[Answer]) -> anyhow::Result<()> {
    let first = answers.first().context("nothing to compare")?;
    if first.text.is_empty() {
        bail!("{} said nothing", first.language);
    }
    for other in &answers[1..] {
        if other.text == first.text {
            continue;
        }
        let mut lines =
            first.text.split(|&byte| byte == b'\n').zip(other.text.split(|&byte| byte == b'\n')).enumerate();
        let difference = lines.find(|(_, (ours, theirs))| ours != theirs);
        match difference {
            Some((place, (ours, theirs))) => bail!(
                "{} and {} differ, first in line {}:\n  {}\n  {}",
                first.language,
                other.language,
                place + 1,
                String::from_utf8_lossy(ours),
                String::from_utf8_lossy(theirs)
            ),
            None => bail!(
                "{} and {} differ in length: {} and {} bytes",
                first.language,
                other.language,
                first.text.len(),
                other.text.len()
            ),
        }
    }
    Ok(())
}
