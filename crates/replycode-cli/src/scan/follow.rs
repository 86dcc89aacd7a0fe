//! `--follow`: logs that are being written.

use std::io::{self, BufWriter};
use std::ops::ControlFlow;
use std::thread;
use std::time::Duration;

use replycode::Lang;
use replycode_scan::{Follower, Options};

use super::rows::{Rows, Style};
use super::{Arguments, Format};
use crate::{Failure, Host, Status};

/// How long to wait where nothing was written.
const PAUSE: Duration = Duration::from_millis(250);

pub(crate) fn run(arguments: &Arguments, options: Options, lang: Lang, host: &mut Host<'_>) -> Result<Status, Failure> {
    let style = match arguments.format {
        Format::Text => Style::Line,
        Format::Jsonl => Style::Json,
        Format::Csv => Style::Csv,
        Format::Json | Format::Html => {
            let message = "error: --follow has no end, so it cannot give a summary; use --format text, jsonl or csv";
            return Err(Failure::Usage(message.to_owned()));
        }
    };
    if arguments.paths.iter().any(|path| path.as_os_str() == "-") {
        let message = "error: --follow cannot read the standard input; name the file that is written";
        return Err(Failure::Usage(message.to_owned()));
    }
    let mut follower = Follower::new(&arguments.paths, options);
    if arguments.from_end {
        follower = follower.from_end();
    }
    if let Some(state) = &arguments.state {
        follower = follower.resume(state).map_err(|error| Failure::Unreadable(format!("error: {error}")))?;
    }
    // What is appended to an earlier run's table needs no second head.
    let mut head = arguments.state.as_ref().is_none_or(|state| !state.exists());
    let mut moved = true;
    loop {
        let mut given = 0;
        let mut failed: Option<io::Error> = None;
        let mut rows = Rows::new(style, BufWriter::new(host.output()), lang, head)?;
        let polled = follower.poll(|finding| {
            given += 1;
            match rows.write(finding) {
                Ok(()) => ControlFlow::Continue(()),
                Err(error) => {
                    failed = Some(error);
                    ControlFlow::Break(())
                }
            }
        });
        failed.map_or_else(|| rows.flush(), Err)?;
        drop(rows);
        head = false;
        host.flush()?;
        for error in &polled.errors {
            host.complain(&format!("error: cannot read {error}"), 3);
        }
        let moves = polled.bytes > 0 || given > 0;
        // Only now: what was given is with the reader. A line that waited moves the place once more.
        if let Some(state) = arguments.state.as_ref().filter(|_| moves || moved) {
            let name = state.display();
            follower
                .save(state)
                .map_err(|error| Failure::Unreadable(format!("error: cannot write the state to {name}: {error}")))?;
        }
        moved = moves;
        if polled.bytes == 0 {
            thread::sleep(PAUSE);
        }
    }
}
