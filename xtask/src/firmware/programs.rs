//! The same C programs on every machine, with the archive and with the C89 file: what they print must be equal.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, bail};

use super::targets::{self, System, Target};
use crate::step::{self, need};
use crate::{archive, questions, repo};

/// As strict as the oldest compiler that a camera maker may have.
pub(crate) const STRICT: &[&str] = &["-std=c89", "-pedantic", "-Wall", "-Wextra", "-Werror"];

/// A program that is run everywhere.
struct Program {
    name: &'static str,
    sources: &'static [&'static str],
    macros: &'static [&'static str],
    /// A file that it reads, from the root of the repository.
    file: Option<&'static str>,
    /// Whether it asks what only the static library answers.
    archive_only: bool,
}

const DUMP: Program =
    Program { name: "dump", sources: &["bindings/c/tests/dump.c"], macros: &[], file: None, archive_only: false };

const PROGRAMS: &[Program] = &[
    Program {
        name: "status_page",
        sources: &["bindings/c/examples/firmware/main.c", "bindings/c/examples/firmware/status_page.c"],
        ..DUMP
    },
    DUMP,
    Program {
        name: "corpus",
        sources: &["bindings/c/tests/corpus.c"],
        file: Some("crates/replycode/tests/data/replies.txt"),
        ..DUMP
    },
    Program {
        name: "diagnosis",
        sources: &["bindings/c/tests/diagnosis.c"],
        macros: &["-DNO_INCIDENT"],
        file: Some(QUESTIONS),
        ..DUMP
    },
    Program {
        name: "incidents",
        sources: &["bindings/c/tests/diagnosis.c"],
        file: Some(QUESTIONS),
        archive_only: true,
        ..DUMP
    },
];

/// Stands for the file of `docs/dump.md`, which is made anew.
const QUESTIONS: &str = "questions";

impl Program {
    fn arguments(&self) -> anyhow::Result<Vec<String>> {
        let path = match self.file {
            None => return Ok(Vec::new()),
            Some(QUESTIONS) => questions::write()?.display().to_string(),
            Some(path) => path.to_owned(),
        };
        Ok(vec![path])
    }
}

/// What the programs print on this machine with its archive.
pub(crate) struct Expected(Vec<Vec<u8>>);

impl Expected {
    /// Builds and runs them here.
    pub(crate) fn new() -> anyhow::Result<Expected> {
        let (host, library) = (&targets::TARGETS[0], Library::Archive(archive::build()?));
        let answers = PROGRAMS.iter().map(|program| answer(host, program, &library));
        Ok(Expected(answers.collect::<anyhow::Result<_>>()?))
    }
}

/// The two forms of the library.
pub(crate) enum Library {
    Archive(PathBuf),
    /// The C89 file, compiled.
    Amalgamation(PathBuf),
}

impl Library {
    pub(crate) fn path(&self) -> &Path {
        match self {
            Library::Archive(path) | Library::Amalgamation(path) => path,
        }
    }

    fn name(&self) -> &'static str {
        match self {
            Library::Archive(_) => "archive",
            Library::Amalgamation(_) => "C89 file",
        }
    }
}

/// Builds and runs all programs on a machine, with the archive, unless it has none, and with the C89 file.
pub(crate) fn check(target: &Target, archive: Option<&Path>, expected: &Expected) -> anyhow::Result<()> {
    target.need_tools()?;
    let archive = archive.map(|path| Ok(Library::Archive(path.to_owned())));
    for library in archive.into_iter().chain([amalgamation(target)]) {
        let library = library?;
        for (program, expected) in PROGRAMS.iter().zip(&expected.0) {
            if program.archive_only && matches!(library, Library::Amalgamation(_)) {
                continue;
            }
            let what = format!("{} with the {} on {}", program.name, library.name(), target.triple);
            let found = step::step(&what, || answer(target, program, &library))?;
            compare(&what, &found, expected)?;
        }
    }
    Ok(())
}

/// Fails with the first row that differs.
fn compare(what: &str, found: &[u8], expected: &[u8]) -> anyhow::Result<()> {
    if found == expected {
        println!("{}  {} bytes  {what}", repo::sha256(found), found.len());
        return Ok(());
    }
    let (found, wanted) = (String::from_utf8_lossy(found), String::from_utf8_lossy(expected));
    let same = found.lines().zip(wanted.lines()).take_while(|(a, b)| a == b).count();
    let row = |text: &str| text.lines().nth(same).unwrap_or("(the end)").to_owned();
    bail!("{what}: row {} differs\n  there: {}\n  here:  {}", same + 1, row(&found), row(&wanted))
}

fn answer(target: &Target, program: &Program, library: &Library) -> anyhow::Result<Vec<u8>> {
    let arguments = program.arguments()?;
    let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
    run(target, &build(target, program, library)?, &arguments, &[])
}

/// Where programs of a machine are built.
fn folder(target: &Target) -> anyhow::Result<PathBuf> {
    let folder = repo::target().join("firmware-programs").join(target.triple);
    std::fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    Ok(folder)
}

/// What gcc and clang call of their own accord, freestanding too, and expect every system to have.
pub(crate) const FROM_COMPILER: &[&str] = &["memcpy", "memmove", "memset", "memcmp"];

/// Compiles the C89 file for a machine.
pub(crate) fn amalgamation(target: &Target) -> anyhow::Result<Library> {
    let object = folder(target)?.join("replycode.o");
    step::step(&format!("compile replycode.c for {}", target.triple), || {
        let mut cc = target.compiler();
        cc.arg("-c").arg(repo::root().join("bindings/c/generated/replycode.c")).arg("-o").arg(&object);
        step::run(&mut cc)
    })?;
    let bytes = std::fs::read(&object).with_context(|| format!("cannot read {}", object.display()))?;
    let elsewhere: Vec<_> = target.linker_symbols().iter().chain(FROM_COMPILER).copied().collect();
    archive::check(&bytes, &elsewhere).with_context(|| format!("replycode.c, compiled for {}", target.triple))?;
    Ok(Library::Amalgamation(object))
}

fn build(target: &Target, program: &Program, library: &Library) -> anyhow::Result<PathBuf> {
    let form = match library {
        Library::Archive(_) => "archive",
        Library::Amalgamation(_) => "c89",
    };
    let sources: Vec<_> = program.sources.iter().map(|source| repo::root().join(source)).collect();
    link(target, &format!("{}-{form}", program.name), program.macros, &sources, library.path())
}

/// Builds a program of a machine.
pub(crate) fn link(
    target: &Target,
    name: &str,
    macros: &[&str],
    sources: &[PathBuf],
    library: &Path,
) -> anyhow::Result<PathBuf> {
    let root = repo::root();
    let own = root.join("bindings/c/firmware");
    let out = folder(target)?.join(name);
    let mut cc = target.compiler();
    cc.args(macros).arg("-I").arg(root.join("bindings/c/generated")).args(sources).arg(library).arg("-o").arg(&out);
    match target.system {
        System::Host => {}
        System::Linux => {
            cc.arg("-static");
        }
        System::LinuxAlone | System::Bare => {
            cc.args(["-nostdlib", "-static", "-Wl,-z,noexecstack"]);
            cc.arg("-isystem").arg(own.join("libc"));
            cc.args(["libc/memory.c", "libc/stdio.c"].iter().chain(target.start.sources).map(|name| own.join(name)));
            if let Some(script) = target.start.script {
                cc.arg("-T").arg(own.join(script));
            }
            // Behind the sources, as it has libraries.
            cc.args(target.start.link);
        }
    }
    step::run(&mut cc)?;
    Ok(out)
}

/// Runs a program of a machine here: what it prints.
pub(crate) fn run(target: &Target, program: &Path, arguments: &[&str], emulator: &[&str]) -> anyhow::Result<Vec<u8>> {
    let mut words = target.emulator.command.iter();
    let mut command = match words.next() {
        Some(emulator) => Command::new(emulator),
        None => Command::new(program),
    };
    command.args(words).args(emulator).current_dir(repo::root());
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
    /// The C compiler with what it is told for every source.
    fn compiler(&self) -> Command {
        let mut words = self.cc.command.iter();
        let mut command = Command::new(words.next().unwrap_or(&"cc"));
        command.args(words).args(STRICT).arg("-O2");
        if matches!(self.system, System::LinuxAlone | System::Bare) {
            command.arg("-ffreestanding").args(self.start.flags);
        }
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
