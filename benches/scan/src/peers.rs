//! The scan beside tools that only count or extract.

use std::fs::File;
use std::io::{self, Read};
use std::process::Command;

use replycode_scan::{Path, candidates, find};

use crate::measure::{Taken, cpu_time, run};

/// How often each program runs; the fastest run counts.
const ROUNDS: usize = 3;

/// A code with a text or an enhanced status code behind it, in the syntax that all the tools know.
const REGEX: &str = r"(^|[^0-9A-Za-z.:/-])([2-5][0-5][0-9])[ -]([245]\.[0-9]+\.[0-9]+|[A-Z])";

const PYTHON_RE: &str = "
import mmap, re, sys
with open(sys.argv[1], 'rb') as file, mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ) as log:
    print(sum(1 for _ in re.finditer(sys.argv[2].encode(), log, re.MULTILINE)))
";

const GOOGLE_RE2: &str = "
import re2, sys
options = re2.Options()
options.encoding = re2.Options.Encoding.LATIN1
pattern = re2.compile(sys.argv[2].encode(), options)
count = 0
with open(sys.argv[1], 'rb') as file:
    while block := file.readlines(1 << 24):
        count += sum(1 for _ in pattern.finditer(b''.join(block)))
print(count)
";

const POLARS: &str = "
import sys, polars
# Lines in other encodings are replaced: there is no other way in.
total = 0
with open(sys.argv[1], encoding='utf-8', errors='replace') as file:
    while block := file.readlines(1 << 26):
        lines = polars.Series(block)
        total += lines.str.extract(sys.argv[2], 2).count()
print(total)
";

/// Measures all and prints a table.
pub fn compare(file: &str, python: &str) -> io::Result<()> {
    let bytes = std::fs::metadata(file)?.len() as f64;
    let own = std::env::current_exe()?;
    // By a process of its own: what this one holds counts as the memory of those that it starts.
    if !Command::new(&own).args(["stages", file]).status()?.success() {
        return Err(io::Error::other("the stages were not measured"));
    }
    println!("\n{file}: {:.2} GB; the fastest of {ROUNDS} runs; MiB: the most memory held", bytes / 1e9);
    println!("{:<34} {:>8} {:>12} {:>8}", "", "GB/s", "GB/s a core", "MiB");
    let program = |name: &str, arguments: &[&str]| {
        let mut command = Command::new(name);
        command.args(arguments).env("LC_ALL", "C");
        command
    };
    let awk = format!("/{}/ {{ n++ }} END {{ print n }}", REGEX.replace('/', r"\/"));
    let own = |jobs: &str| program(&own.to_string_lossy(), &["scan", file, jobs]);
    let mut rows: Vec<(&str, Command)> = vec![
        ("replycode scan, 1 job", own("1")),
        ("replycode scan, 2 jobs", own("2")),
        ("wc -l", program("wc", &["-l", file])),
        ("grep -c", program("grep", &["-cE", REGEX, file])),
        ("rg -c", program("rg", &["-ac", REGEX, file])),
        ("mawk", program("mawk", &[&awk, file])),
        ("Python re, bytes, mmap", program(python, &["-c", PYTHON_RE, file, REGEX])),
        ("google-re2 from Python", program(python, &["-c", GOOGLE_RE2, file, REGEX])),
        ("polars str.extract", program(python, &["-c", POLARS, file, REGEX])),
        ("pflogsumm", program("pflogsumm", &[file])),
    ];
    for (name, command) in &mut rows {
        let mut best: Option<Taken> = None;
        for _ in 0..ROUNDS {
            match run(command) {
                Ok(taken) => {
                    best = Some(best.filter(|best| best.wall <= taken.wall).unwrap_or(taken));
                    // Of a minute noise is little.
                    if taken.wall > 20.0 {
                        break;
                    }
                }
                Err(error) => {
                    println!("{name:<34} not measured: {error}");
                    break;
                }
            }
        }
        if let Some(Taken { wall, cpu, memory }) = best {
            let rate = |seconds: f64| bytes / seconds / 1e9;
            println!("{name:<34} {:>8.3} {:>12.3} {memory:>8.0}", rate(wall), rate(cpu));
        }
    }
    Ok(())
}

/// The stages of the scan in memory, by the processor time of one core.
pub fn stages(file: &str) -> io::Result<()> {
    let mut log = Vec::new();
    File::open(file)?.take(100_000_000).read_to_end(&mut log)?;
    let plain: Vec<u8> =
        log.iter().map(|byte| if matches!(byte, b'1'..=b'6' | b'{' | b'[') { b'.' } else { *byte }).collect();
    println!("in memory, one core, {} MB of the log; GB/s", log.len() / 1_000_000);
    let show = |name: String, run: &dyn Fn() -> usize| {
        let mut best = f64::MAX;
        for _ in 0..2 * ROUNDS {
            let start = cpu_time();
            std::hint::black_box(run());
            best = best.min(cpu_time() - start);
        }
        println!("{name:<50} {:>8.2}", log.len() as f64 / best / 1e9);
    };
    for &path in Path::available() {
        show(format!("search of candidates, {path:?}, none there"), &|| candidates(&plain, path).count());
        show(format!("search of candidates, {path:?}"), &|| candidates(&log, path).count());
        show(format!("find, {path:?}"), &|| find(&log, None).with_path(path).count());
    }
    Ok(())
}
