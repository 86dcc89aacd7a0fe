//! What a subcommand reads from and writes to.

use std::fmt;
use std::io::{self, IsTerminal, Read, Write};

use anstream::{AutoStream, ColorChoice};
use replycode_scan::Input;

use crate::{Failure, escape, locale};

/// The streams of a run, and what is known of who reads them.
pub struct Host<'a> {
    input: &'a mut dyn Read,
    output: &'a mut dyn Write,
    errors: &'a mut dyn Write,
    /// Whether these are the streams of the process, so that another thread may read the input.
    direct: bool,
    /// Whether somebody watches the errors.
    pub(crate) watched: bool,
    /// Whether somebody types the input.
    pub(crate) typed: bool,
    pub(crate) color: bool,
    /// The columns of the terminal.
    pub(crate) columns: Option<usize>,
    /// The user's language, as the system tells it.
    pub(crate) locale: Option<String>,
}

impl<'a> Host<'a> {
    /// Streams that are no terminal, of a user whose language is not known.
    pub fn new(input: &'a mut dyn Read, output: &'a mut dyn Write, errors: &'a mut dyn Write) -> Self {
        Host {
            input,
            output,
            errors,
            direct: false,
            watched: false,
            typed: false,
            color: false,
            columns: None,
            locale: None,
        }
    }

    /// With the user's language, for instance `ja_JP.UTF-8`.
    #[must_use]
    pub fn with_locale(self, locale: &str) -> Self {
        Host { locale: Some(locale.to_owned()), ..self }
    }

    /// With a terminal of so many columns as output, in colour.
    #[must_use]
    pub fn with_terminal(self, columns: usize) -> Self {
        Host { color: true, columns: Some(columns), ..self }
    }

    /// The same, with the output to something that is no terminal.
    pub(crate) fn redirected<'b>(&'b mut self, output: &'b mut dyn Write) -> Host<'b> {
        Host {
            input: self.input,
            output,
            errors: self.errors,
            color: false,
            columns: None,
            locale: self.locale.clone(),
            ..*self
        }
    }

    /// The streams of the process.
    pub(crate) fn process<T>(run: impl FnOnce(Host<'_>) -> T) -> T {
        // Output alone is locked: a scan reads the input, and tells of its progress, from threads of its own.
        let (mut stdin, stdout, mut stderr) = (io::stdin(), io::stdout(), io::stderr());
        let terminal = stdout.is_terminal();
        run(Host {
            direct: true,
            watched: stderr.is_terminal(),
            typed: stdin.is_terminal(),
            // `NO_COLOR`, `CLICOLOR`, `TERM=dumb` and the like are in there.
            color: terminal && AutoStream::choice(&stdout) != ColorChoice::Never,
            columns: terminal_size::terminal_size_of(&stdout).map(|(width, _)| usize::from(width.0)),
            locale: locale::of_user(),
            input: &mut stdin,
            output: &mut stdout.lock(),
            errors: &mut stderr,
        })
    }

    /// Everything that there is to read.
    pub(crate) fn read(&mut self) -> Result<Vec<u8>, Failure> {
        if self.typed {
            let _ = writeln!(self.errors, "Paste the text; end with Ctrl-D (on Windows Ctrl-Z, Enter).");
        }
        let mut bytes = Vec::new();
        match self.input.read_to_end(&mut bytes) {
            Ok(_) => Ok(bytes),
            Err(error) => Err(Failure::Unreadable(format!("error: cannot read the standard input: {error}"))),
        }
    }

    /// The standard input, to be scanned.
    pub(crate) fn input(&mut self) -> Result<Input, Failure> {
        if self.direct && !self.typed { Ok(Input::stdin()) } else { Ok(Input::bytes("-", self.read()?)) }
    }

    pub(crate) fn output(&mut self) -> &mut dyn Write {
        self.output
    }

    pub(crate) fn write(&mut self, text: &str) -> Result<(), Failure> {
        self.write_bytes(text.as_bytes())
    }

    pub(crate) fn write_bytes(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        Ok(self.output.write_all(bytes)?)
    }

    pub(crate) fn flush(&mut self) -> Result<(), Failure> {
        Ok(self.output.flush()?)
    }

    /// Says what is wrong. What the user gave may stand in it, and may hold anything.
    pub(crate) fn complain(&mut self, message: &str, status: u8) -> u8 {
        // There is nobody to tell if this fails.
        let _ = writeln!(self.errors, "{}", escape::lines(message.trim_end()));
        status
    }
}

impl fmt::Debug for Host<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Host").field("columns", &self.columns).field("locale", &self.locale).finish_non_exhaustive()
    }
}
