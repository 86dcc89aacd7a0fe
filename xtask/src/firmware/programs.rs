//! The same C programs on every machine, with the archive and with the C89 file: what they print must be equal.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, bail};

use super::targets::{System, Target};
use crate::step::{self, need};
use crate::{archive, repo};

/// As strict as the oldest compiler that a camera maker may have.
const STRICT: &[&str] = &["-std=c89", "-pedantic", "-Wall", "-Wextra", "-Werror"];

/// A program that is run everywhere.
struct Program {
    name: &'static str,
    source: &'static str,
    arguments: &'static [&'static str],
}

const PROGRAMS: &[Program] = &[
    Program { name: "dump", source: "bindings/c/tests/dump.c", arguments: &[] },
    Program {
        name: "corpus",
        source: "bindings/c/tests/corpus.c",
        arguments: &["crates/replycode/tests/data/replies.txt"],
    },
];

/// Builds and runs all programs on a machine and compares with what they print here.
pub(crate) fn check(target: &Target, archive: Option<&Path>) -> anyhow::Result<()> {
    target.need_tools()?;
    let here = archive::build()?;
    for program in PROGRAMS {
        let expected = Answer::of(&target_of_host(), program, &here)?;
        if let Some(archive) = archive {
            let what = format!("{} with the archive on {}", program.name, target.triple);
            let found = step::step(&what, || Answer::of(target, program, archive))?;
            found.must_be(&expected)?;
        }
    }
    Ok(())
}

fn target_of_host() -> Target {
    super::targets::TARGETS[0]
}

/// What a program printed.
struct Answer {
    what: String,
    text: Vec<u8>,
}

impl Answer {
    fn of(target: &Target, program: &Program, library: &Path) -> anyhow::Result<Answer> {
        let built = build(target, program, library)?;
        let text = run(target, &built, program.arguments)?;
        Ok(Answer { what: format!("{} on {}", program.name, target.triple), text })
    }

    fn must_be(&self, expected: &Answer) -> anyhow::Result<()> {
        if self.text == expected.text {
            println!("    {}: {}  {} bytes", self.what, repo::sha256(&self.text), self.text.len());
            return Ok(());
        }
        let lines =
            |answer: &Answer| String::from_utf8_lossy(&answer.text).lines().map(str::to_owned).collect::<Vec<_>>();
        let (found, wanted) = (lines(self), lines(expected));
        let row = found.iter().zip(&wanted).position(|(a, b)| a != b).unwrap_or(found.len().min(wanted.len()));
        let line = |lines: &[String]| lines.get(row).cloned().unwrap_or_else(|| "(the end)".to_owned());
        bail!("{}, row {}\n  there: {}\n  here:  {}", self.what, row + 1, line(&found), line(&wanted));
    }
}

fn build(target: &Target, program: &Program, library: &Path) -> anyhow::Result<PathBuf> {
    let root = repo::root();
    let own = root.join("bindings/c/firmware");
    let folder = repo::target().join("firmware-programs").join(target.triple);
    std::fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let out = folder.join(program.name);
    let mut cc = target.compiler();
    cc.args(STRICT).arg("-O2").arg("-I").arg(root.join("bindings/c/generated"));
    cc.arg(root.join(program.source)).arg(library).arg("-o").arg(&out);
    match target.system {
        System::Host => {}
        System::Linux => {
            cc.arg("-static");
        }
        System::LinuxAlone | System::Bare => {
            cc.args(["-ffreestanding", "-nostdlib", "-static"]).args(target.start.flags);
            cc.arg("-isystem").arg(own.join("libc"));
            cc.args(["libc/memory.c", "libc/stdio.c"].iter().chain(target.start.sources).map(|name| own.join(name)));
            if let Some(script) = target.start.script {
                cc.arg("-T").arg(own.join(script));
            }
            // What the test programs divide by.
            if !target.cc.command.contains(&"clang") {
                cc.arg("-lgcc");
            }
        }
    }
    step::run(&mut cc)?;
    Ok(out)
}

/// Runs a program of a machine here: what it prints.
fn run(target: &Target, program: &Path, arguments: &[&str]) -> anyhow::Result<Vec<u8>> {
    let mut words = target.emulator.command.iter();
    let mut command = match words.next() {
        Some(emulator) => Command::new(emulator),
        None => Command::new(program),
    };
    command.args(words).current_dir(repo::root());
    if target.system != System::Bare {
        if target.system != System::Host {
            command.arg(program);
        }
        return step::run(command.args(arguments));
    }
    let name = program.file_name().unwrap_or_default().to_string_lossy();
    let words = std::iter::once(&*name).chain(arguments.iter().copied());
    let words = words.fold(String::new(), |all, word| format!("{all},arg={word}"));
    command.args(["-display", "none", "-serial", "none", "-monitor", "none", "-semihosting-config"]);
    command.arg(format!("enable=on,target=native{words}")).arg("-kernel").arg(program);
    step::run(&mut command)
}

impl Target {
    /// The C compiler with what it is always told.
    fn compiler(&self) -> Command {
        let mut words = self.cc.command.iter();
        let mut command = Command::new(words.next().unwrap_or(&"cc"));
        command.args(words);
        command
    }

    /// Checks that compiler and emulator can be started.
    pub(crate) fn need_tools(&self) -> anyhow::Result<()> {
        for (tool, why) in [(self.cc, "to build programs"), (self.emulator, "to run programs")] {
            if let Some(program) = tool.command.first() {
                need(program, &format!("{why} for {}", self.triple), &format!("apt-get install {}", tool.package))?;
            }
        }
        Ok(())
    }
}
