//! Processor time, and what a program takes of time and memory.

use std::io;
use std::process::{Command, Stdio};
use std::time::Instant;

/// The processor time of this thread, in seconds.
pub fn cpu_time() -> f64 {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: the pointer is to a `timespec` of this function's.
    unsafe { libc::clock_gettime(libc::CLOCK_THREAD_CPUTIME_ID, &mut time) };
    time.tv_sec as f64 + time.tv_nsec as f64 * 1e-9
}

/// What a program took.
#[derive(Clone, Copy, Debug)]
pub struct Taken {
    /// Seconds by the clock.
    pub wall: f64,
    /// Seconds of all processors.
    pub cpu: f64,
    /// The most memory it held, in MiB.
    pub memory: f64,
}

/// Runs a program to its end. Its output is read: grep stops at the first match if nobody wants to see it.
pub fn run(program: &mut Command) -> io::Result<Taken> {
    let start = Instant::now();
    #[allow(clippy::zombie_processes)]
    let mut child = program.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
    let output = child.stdout.take();
    let reader = std::thread::spawn(move || output.map(|mut output| io::copy(&mut output, &mut io::sink())));
    let (status, usage) = wait(child.id())?;
    let wall = start.elapsed().as_secs_f64();
    let _ = reader.join();
    // 1: a search that finds nothing.
    if !(libc::WIFEXITED(status) && libc::WEXITSTATUS(status) <= 1) {
        let mut said = String::new();
        if let Some(mut errors) = child.stderr {
            io::Read::read_to_string(&mut errors, &mut said)?;
        }
        return Err(io::Error::other(said.lines().last().unwrap_or("it failed").to_owned()));
    }
    let seconds = |time: libc::timeval| time.tv_sec as f64 + time.tv_usec as f64 * 1e-6;
    let cpu = seconds(usage.ru_utime) + seconds(usage.ru_stime);
    Ok(Taken { wall, cpu, memory: usage.ru_maxrss as f64 / 1024.0 })
}

/// Waits for a child and returns its status and what it used.
pub fn wait(id: u32) -> io::Result<(i32, libc::rusage)> {
    let mut status = 0;
    // SAFETY: all zeros is a valid `rusage`, and both pointers are to values of this function's.
    unsafe {
        let mut usage: libc::rusage = std::mem::zeroed();
        if libc::wait4(id as i32, &mut status, 0, &mut usage) < 0 {
            return Err(io::Error::last_os_error());
        }
        Ok((status, usage))
    }
}
