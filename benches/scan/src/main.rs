//! Scanning whole logs, measured.
//!
//! - `bench-scan generate FILE BYTES [SEED]`: a log, and the truth about it in `FILE.truth`
//! - `bench-scan compare FILE [--python PYTHON]`: the search of candidates, the scan, and the peers, side by side
//! - `bench-scan stages FILE`: the search of candidates and of replies alone, in memory
//! - `bench-scan memory`: how much memory the scan takes from 1 MB to 4 GB
//! - `bench-scan soak BYTES`: a log that is scanned while it is generated; counts and memory must be exact and small
//! - `bench-scan scan FILE|- JOBS`: one scan, and its figures
//! - `bench-scan check BYTES SEED`: the records of a generated log in which something else is found
//! - `bench-scan list FILE`: every reply with all that is known of it, to compare two builds
//! - `bench-scan count candidates|find|scan FILE`: one stage again and again, for profilers

mod measure;
mod peers;
mod scan;
mod soak;

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

use log_generator::Generator;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let result = match arguments[..] {
        ["generate", file, bytes] => generate(file, bytes, "1"),
        ["generate", file, bytes, seed] => generate(file, bytes, seed),
        ["compare", file] => peers::compare(file, "python3"),
        ["compare", file, "--python", python] => peers::compare(file, python),
        ["stages", file] => peers::stages(file),
        ["memory"] => soak::memory(),
        ["soak", bytes] => number(bytes).and_then(soak::soak),
        ["scan", file, jobs] => number(jobs).and_then(|jobs| scan::print(file, jobs as usize)),
        ["check", bytes, seed] => number(bytes).and_then(|bytes| scan::check(bytes, number(seed)?)),
        ["list", file] => scan::list(file),
        ["count", stage, file] => scan::count(stage, file),
        _ => Err(io::Error::other(
            "expected: generate, compare, memory, soak, scan, check, list or count; see the first lines of the source",
        )),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn number(text: &str) -> io::Result<u64> {
    text.replace('_', "").parse().map_err(|_| io::Error::other(format!("`{text}` is no number")))
}

fn generate(file: &str, bytes: &str, seed: &str) -> io::Result<()> {
    let mut generator = Generator::new(number(seed)?);
    let mut out = BufWriter::new(File::create(file)?);
    write(&mut generator, number(bytes)?, &mut out)?;
    out.flush()?;
    std::fs::write(format!("{file}.truth"), generator.truth().to_string())
}

/// Writes a log of at least so many bytes.
fn write(generator: &mut Generator, bytes: u64, out: &mut dyn Write) -> io::Result<()> {
    let mut log = Vec::new();
    while generator.truth().bytes < bytes {
        log.clear();
        let left = bytes - generator.truth().bytes;
        generator.fill(&mut log, left.min(1 << 20) as usize);
        out.write_all(&log)?;
    }
    Ok(())
}
