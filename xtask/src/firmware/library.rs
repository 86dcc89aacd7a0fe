//! The static library for a machine.

use std::path::PathBuf;
use std::time::{Duration, Instant};
use std::{fmt, fs};

use anyhow::Context;

use super::compiler::{Compiler, compiler};
use super::targets::{Rust, System, Target};
use crate::archive::{self, Plan, Sizes};
use crate::step;

/// An archive, and what it took to make it.
pub(crate) struct Library {
    /// Where it is.
    pub(crate) path: PathBuf,
    triple: &'static str,
    sizes: Sizes,
    file: u64,
    time: Duration,
    compiler: String,
}

impl Library {
    /// The row of a table: target, processor, byte order, code, data, file.
    pub(crate) fn row(&self, target: &Target) -> String {
        let order = if target.big_endian { "big" } else { "little" };
        let Sizes { code, data } = self.sizes;
        format!("| `{}` | {} | {order} | {code} | {data} | {} |\n", self.triple, target.cpu, self.file)
    }
}

impl fmt::Display for Library {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Sizes { code, data } = self.sizes;
        writeln!(f, "{}: {}", self.triple, self.path.display())?;
        write!(
            f,
            "    {code} bytes of code, {data} of read-only data; file {} bytes; {:.1} s with {}",
            self.file,
            self.time.as_secs_f32(),
            self.compiler
        )
    }
}

/// Makes the archive for a machine; says why if it has none.
pub(crate) fn make(target: &Target) -> anyhow::Result<Option<Library>> {
    let (from_linker, more) = match target.rust {
        Rust::Archive { from_linker, flags } => (from_linker, flags),
        Rust::No { why } => {
            println!("{}: no archive: {why}", target.triple);
            return Ok(None);
        }
    };
    let Compiler { environment, mut flags, name } = compiler(target.triple)?;
    flags.extend(more.iter().map(|&flag| flag.to_owned()));
    let host = target.system == System::Host;
    let plan = Plan {
        triple: (!host).then_some(target.triple),
        compiler: &environment,
        // This machine's archive is the one that is published, which debuggers can unwind.
        flags: if host { &[] } else { &flags },
        from_linker,
        ..Plan::default()
    };
    let start = Instant::now();
    let path = step::step(&format!("build the static library for {}", target.triple), || archive::make(&plan))?;
    let time = start.elapsed();
    let bytes = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let sizes = Sizes::of(&bytes)?;
    Ok(Some(Library { path, triple: target.triple, sizes, file: bytes.len() as u64, time, compiler: name }))
}
