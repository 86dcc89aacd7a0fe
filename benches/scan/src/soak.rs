//! Long logs: nothing is lost or counted twice, and the memory does not grow.

use std::io::{self, Read, Write};
use std::process::{Command, Stdio};

use log_generator::Generator;

use crate::measure::wait;

/// No scan may hold more, in MiB.
const MOST: f64 = 64.0;

/// Scans a log while it is generated, and compares everything that is counted with the truth.
pub fn soak(bytes: u64) -> io::Result<()> {
    let start = std::time::Instant::now();
    let mut child = Command::new(std::env::current_exe()?)
        .args(["scan", "-", "2"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    let mut generator = Generator::new(5);
    {
        let mut stdin = child.stdin.take().ok_or_else(|| io::Error::other("the scan has no input"))?;
        crate::write(&mut generator, bytes, &mut stdin)?;
        stdin.flush()?;
    }
    let mut said = String::new();
    child.stdout.take().map(|mut out| out.read_to_string(&mut said)).transpose()?;
    let (status, usage) = wait(child.id())?;
    if status != 0 {
        return Err(io::Error::other("the scan failed"));
    }
    let memory = usage.ru_maxrss as f64 / 1024.0;
    let mut truth = generator.truth().clone();
    // Which lines are part of a reply is not counted.
    truth.reply_lines = 0;
    let truth = truth.to_string();
    let differences: Vec<String> = truth
        .lines()
        .filter(|line| !said.lines().any(|said| said == *line))
        .map(|line| format!("  - {line}"))
        .chain(said.lines().filter(|said| !truth.lines().any(|line| line == *said)).map(|line| format!("  + {line}")))
        .collect();
    println!(
        "soak: {:.2} GB in {:.1} s, {} replies, {memory:.0} MiB at most",
        generator.truth().bytes as f64 / 1e9,
        start.elapsed().as_secs_f64(),
        generator.truth().replies
    );
    if !differences.is_empty() {
        return Err(io::Error::other(format!("the truth (-) and the scan (+) differ:\n{}", differences.join("\n"))));
    }
    if memory > MOST {
        return Err(io::Error::other(format!("the scan held {memory:.0} MiB, more than {MOST}")));
    }
    Ok(())
}

/// The memory of scans of growing length.
pub fn memory() -> io::Result<()> {
    println!("{:>8} {:>8} {:>12}", "GB", "MiB", "GB/s a core");
    for bytes in [1_000_000, 30_000_000, 1_000_000_000, 4_000_000_000] {
        let mut child = Command::new(std::env::current_exe()?)
            .args(["scan", "-", "1"])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()?;
        if let Some(mut stdin) = child.stdin.take() {
            crate::write(&mut Generator::new(5), bytes, &mut stdin)?;
        }
        let (_, usage) = wait(child.id())?;
        let seconds = usage.ru_utime.tv_sec as f64 + usage.ru_utime.tv_usec as f64 * 1e-6;
        println!(
            "{:>8.3} {:>8.1} {:>12.3}",
            bytes as f64 / 1e9,
            usage.ru_maxrss as f64 / 1024.0,
            bytes as f64 / seconds / 1e9
        );
    }
    Ok(())
}
