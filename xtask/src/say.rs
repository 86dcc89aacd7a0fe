//! What commands print.

use std::fmt::Arguments;
use std::io::{ErrorKind, Write};

/// Prints a line as `println!` does. Whoever reads may have gone away, as in `cargo xtask regen --list | head`: then
/// nobody misses the rest, and the command still does its work and says by its exit status how it went.
#[macro_export]
macro_rules! say {
    ($($text:tt)*) => { $crate::say::print(format_args!("{}\n", format_args!($($text)*))) };
}

/// Prints a text; see [`say!`].
///
/// # Panics
///
/// If it cannot be written, for another reason than that nobody reads any more.
pub fn print(text: Arguments<'_>) {
    let mut out = std::io::stdout().lock();
    match out.write_fmt(text).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => panic!("cannot write: {error}"),
        _ => {}
    }
}
