//! The command, in this process and as a program.

mod docs;
mod errors;
mod follow;
mod hostile;
mod json;
mod people;
mod program;
mod scan;
mod scan_rows;

use replycode_cli::Host;

/// What a run gave.
#[derive(Debug, PartialEq, Eq)]
struct Run {
    status: u8,
    output: String,
    errors: String,
}

/// Runs `replycode` in this process, for somebody whose language is English.
fn run(arguments: &[&str], input: &[u8]) -> Run {
    run_with(arguments, input, |host| host)
}

fn run_with(arguments: &[&str], mut input: &[u8], change: impl FnOnce(Host<'_>) -> Host<'_>) -> Run {
    let (mut output, mut errors) = (Vec::new(), Vec::new());
    let host = change(Host::new(&mut input, &mut output, &mut errors));
    let status = replycode_cli::run(["replycode"].iter().chain(arguments).copied(), host);
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    Run { status, output: text(output), errors: text(errors) }
}

/// The answer of a run that has one.
fn explain(arguments: &[&str]) -> String {
    let arguments: Vec<&str> = ["explain"].iter().chain(arguments).copied().collect();
    let Run { status, output, errors } = run(&arguments, b"");
    assert_eq!((status, errors.as_str()), (0, ""), "{arguments:?}");
    output
}

/// A file of the repository.
fn path(name: &str) -> String {
    format!("{}/../../{name}", env!("CARGO_MANIFEST_DIR"))
}
