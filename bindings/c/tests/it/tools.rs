//! Compilers and what is built with them.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

/// A compiler and the standards that it is asked for.
pub(crate) struct Compiler {
    pub(crate) program: &'static str,
    pub(crate) standards: &'static [&'static str],
    /// How the language's files end.
    pub(crate) suffix: &'static str,
    install: &'static str,
}

const C: &[&str] = &["c89", "c99", "c11", "c2x"];
const CPP: &[&str] = &["c++98", "c++11", "c++17", "c++20"];

pub(crate) const GCC: Compiler = Compiler { program: "gcc", standards: C, suffix: "c", install: "apt-get install gcc" };
pub(crate) const COMPILERS: &[Compiler] = &[
    GCC,
    Compiler { program: "clang", standards: C, suffix: "c", install: "apt-get install clang" },
    Compiler { program: "g++", standards: CPP, suffix: "cpp", install: "apt-get install g++" },
    Compiler { program: "clang++", standards: CPP, suffix: "cpp", install: "apt-get install clang" },
];

/// Warnings that must not occur.
pub(crate) const STRICT: &[&str] = &["-pedantic", "-Wall", "-Wextra", "-Werror", "-Wconversion", "-Wshadow"];

impl Compiler {
    pub(crate) fn command(&self) -> Command {
        program(self.program, self.install)
    }
}

/// A program that the tests need; without it they fail and say what to do.
pub(crate) fn program(name: &str, install: &str) -> Command {
    if Command::new(name).arg("--version").output().is_err() {
        panic!("`{name}` is missing: install it with `{install}`");
    }
    Command::new(name)
}

/// Whether a program is there, for one that the tests can do without.
pub(crate) fn has(name: &str) -> bool {
    Command::new(name).arg("-v").output().is_ok()
}

pub(crate) fn root() -> PathBuf {
    xtask::repo::root()
}

/// The folder with the header.
pub(crate) fn include() -> PathBuf {
    root().join("bindings/c/generated")
}

pub(crate) fn header() -> String {
    std::fs::read_to_string(include().join("replycode.h")).unwrap()
}

/// The static library, built once.
pub(crate) fn archive() -> &'static Path {
    static ARCHIVE: OnceLock<PathBuf> = OnceLock::new();
    ARCHIVE.get_or_init(|| xtask::archive::build().unwrap())
}

/// Runs to the end; fails with everything that was printed.
pub(crate) fn run(command: &mut Command) -> Output {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    assert!(
        output.status.success(),
        "{command:?}: {}\n{}{}",
        output.status,
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    output
}

/// Builds a C89 program with the library; returns the folder that it lives in, and its path.
pub(crate) fn build(source: &Path, more: &[&str]) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("program");
    let mut command = GCC.command();
    command.arg("-std=c89").args(STRICT).args(more).arg("-I").arg(include());
    run(command.arg(source).arg(archive()).arg("-o").arg(&program));
    (folder, program)
}

/// The same from text.
pub(crate) fn build_text(source: &str, more: &[&str]) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("program.c");
    std::fs::write(&path, source).unwrap();
    build(&path, more)
}

/// What a program prints.
pub(crate) fn printed<A: AsRef<OsStr>>(program: &Path, arguments: &[A]) -> String {
    String::from_utf8(run(Command::new(program).args(arguments)).stdout).unwrap()
}
