//! Programs in C89, linked with the static library.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context;

use crate::repo;
use crate::step::{need, run};

/// As strict as old firmware compilers and new ones together.
const FLAGS: [&str; 6] = ["-std=c89", "-pedantic", "-Wall", "-Wextra", "-Werror", "-O2"];

/// The C compiler: `CC`, or `cc`.
pub fn compiler() -> anyhow::Result<String> {
    let compiler = std::env::var("CC").unwrap_or_else(|_| "cc".to_owned());
    need(&compiler, "to link Rust programs and to build those in C", "apt-get install gcc")?;
    Ok(compiler)
}

/// Compiles source files and links them; returns the program, which is named after the first.
pub fn program(sources: &[PathBuf], library: &Path) -> anyhow::Result<PathBuf> {
    let compiler = compiler()?;
    let folder = repo::target().join("c-programs");
    std::fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let program = folder.join(sources.first().and_then(|source| source.file_stem()).unwrap_or_default());
    let header = repo::root().join("bindings/c/generated");
    run(Command::new(compiler).args(FLAGS).arg("-I").arg(header).args(sources).arg(library).arg("-o").arg(&program))?;
    Ok(program)
}
