//! `replycode scan`: what went wrong in whole logs.

mod chart;
mod failing;
mod follow;
mod html;
mod json;
mod progress;
mod report;
mod rows;
mod text;
mod words;

use std::fs::File;
use std::io::{self, BufWriter};
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::Arc;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum, ValueHint};
use replycode::{Catalog, Cause, Lang, Protocol, Severity};
use replycode_scan::{Encoding, Filter, Input, Options, Outcome, Progress, Time, scan, summarize};

use crate::{Failure, Host, Status, common, locale};
use failing::FailOn;
use report::Report;
use rows::{Rows, Style};

/// Sources of at most so many bytes are also taken as one attempt each: a transcript, an exception, a bounce.
const ATTEMPT: u64 = 64 << 10;

/// Say what went wrong in logs: which failures, how often, since when, why, and what to do.
///
/// Reads files, directories with everything below them, and the standard input; compressed or not (gzip, bzip2,
/// Zstandard), in any encoding, of any program and any size. Rotated parts of a log are read in their order.
#[derive(Debug, Args)]
#[command(after_long_help = AFTER)]
pub(crate) struct Arguments {
    /// Files and directories; `-` is the standard input.
    #[arg(required = true, value_name = "PATH", value_hint = ValueHint::AnyPath)]
    paths: Vec<PathBuf>,
    /// The language of the answer; by default the one that LC_ALL, LC_MESSAGES or LANG names, if it is one of these.
    #[arg(long, value_name = "LANG", value_parser = common::languages())]
    lang: Option<Lang>,
    /// How to answer.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Write to this file, not to the standard output.
    #[arg(long, short, value_name = "FILE", value_hint = ValueHint::FilePath)]
    output: Option<PathBuf>,
    /// Only replies of this protocol; it also decides where a log does not tell the protocol.
    #[arg(long, value_parser = common::protocols())]
    protocol: Option<Protocol>,
    /// Only replies of these severities, separated by commas.
    #[arg(long, value_name = "SEVERITY", value_delimiter = ',', value_parser = severities())]
    severity: Vec<Severity>,
    /// Only replies with these causes, separated by commas: ids such as relay_denied.
    #[arg(long, value_name = "CAUSE", value_delimiter = ',')]
    cause: Vec<String>,
    /// Only problems: of the lines of jsonl and csv, the others are left out.
    #[arg(long)]
    problems: bool,
    /// Only replies at this time or later: 2026-03-01, 2026-03-01T10:00, 2026-03-01T10:00:00+09:00.
    #[arg(long, value_name = "TIME")]
    since: Option<Time>,
    /// Only replies before this time.
    #[arg(long, value_name = "TIME")]
    until: Option<Time>,
    /// The year of time stamps that have none, as in syslog; by default the latest that fits the file's date.
    #[arg(long, value_parser = clap::value_parser!(i32).range(1970..=9999))]
    year: Option<i32>,
    /// The encoding of the logs: a name such as shift_jis or windows-1251; by default each line is looked at.
    #[arg(long, value_name = "NAME", default_value = "auto", hide_default_value = true)]
    encoding: Encoding,
    /// How many threads search; by default one for each processor. The answer is the same for any number.
    #[arg(long, short, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    jobs: Option<u16>,
    /// A YAML file with causes and rules of your own, which are tried before the built-in ones.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    rules: Option<PathBuf>,
    /// Of how many causes the text tells everything; of the others it has one line. 0 is all.
    #[arg(long, value_name = "N", default_value_t = 10)]
    top: usize,
    /// End with status 1 if there is any of these, separated by commas: problem (any), unknown (codes that the catalogue
    /// does not have), or ids of causes.
    #[arg(long, value_name = "WHAT", value_delimiter = ',', num_args = 0..=1, require_equals = true,
        default_missing_value = "problem", conflicts_with = "follow")]
    fail_on: Vec<String>,
    /// Go on as the logs are written, and give each finding when it comes (text, jsonl, csv). Ends with Ctrl-C.
    #[arg(long, short)]
    follow: bool,
    /// With --follow: write down in this file how far the logs were read, and go on from there the next time.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, requires = "follow")]
    state: Option<PathBuf>,
    /// With --follow: only what is written from now on.
    #[arg(long, requires = "follow")]
    from_end: bool,
}

const AFTER: &str = "\
Exit status:
  0  answered, whatever was found
  1  answered, and there is what --fail-on names
  2  wrong usage, or a file of rules with faults
  3  something could not be read (it is named; the answer is about the rest), or not be written

Examples:
  replycode scan /var/log/mail.log*
  replycode scan --lang ja --format html --output report.html logs/
  replycode scan --since 2026-03-01 --severity permanent --format csv mail.log > failures.csv
  zcat old/*.gz | replycode scan -
  replycode scan --follow --problems --format jsonl --state mail.state /var/log/mail.log";

/// How to answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A summary, for people.
    Text,
    /// The summary for programs; docs/scan.md tells the fields.
    Json,
    /// Each finding as one line of JSON.
    Jsonl,
    /// Each finding as one row, for spreadsheets.
    Csv,
    /// A report in one file, in all languages, for a browser.
    Html,
}

fn severities() -> impl TypedValueParser<Value = Severity> {
    let ids = Severity::ALL.iter().map(|severity| severity.id());
    PossibleValuesParser::new(ids).try_map(|id| id.parse::<Severity>())
}

impl Arguments {
    fn options(&self, catalog: &'static Catalog) -> Result<Options, Failure> {
        let causes: Result<Vec<Cause>, Failure> = self.cause.iter().map(|id| cause(catalog, id, &[])).collect();
        let filter = Filter {
            protocol: self.protocol,
            severities: self.severity.clone(),
            causes: causes?,
            since: self.since,
            until: self.until,
            // Text is for people, who want to know what goes wrong.
            problems: self.problems || self.follow && self.format == Format::Text,
        };
        Ok(Options::default()
            .catalog(catalog)
            .protocol(self.protocol)
            .encoding(self.encoding)
            .year(self.year)
            .jobs(self.jobs.map_or(0, usize::from))
            // What a source tells as a whole has no time and no single severity.
            .attempts(if self.filters() { 0 } else { ATTEMPT })
            .filter(filter))
    }

    fn filters(&self) -> bool {
        self.protocol.is_some()
            || !self.severity.is_empty()
            || !self.cause.is_empty()
            || self.since.is_some()
            || self.until.is_some()
    }

    fn inputs(&self, host: &mut Host<'_>) -> Result<Vec<Input>, Failure> {
        let is_stdin = |path: &PathBuf| path.as_os_str() == "-";
        if self.paths.iter().filter(|path| is_stdin(path)).count() > 1 {
            return Err(Failure::Usage("error: `-`, the standard input, can be given only once".to_owned()));
        }
        self.paths.iter().map(|path| if is_stdin(path) { host.input() } else { Ok(Input::path(path)) }).collect()
    }
}

/// A cause by its id; `others` are what else may be written there.
fn cause(catalog: &'static Catalog, id: &str, others: &[&str]) -> Result<Cause, Failure> {
    catalog.cause(id).ok_or_else(|| {
        let ids: Vec<&str> = catalog.causes().map(Cause::id).collect();
        let ids = [others, &ids].concat();
        Failure::Usage(format!("error: no cause `{id}`\n\nthe causes are:\n  {}", ids.join(" ")))
    })
}

pub(crate) fn run(arguments: &Arguments, host: &mut Host<'_>) -> Result<Status, Failure> {
    let task = Task::new(arguments, host)?;
    let Some(path) = &arguments.output else { return task.run(host) };
    let unwritable = |error: io::Error| Failure::Unreadable(format!("error: cannot write {}: {error}", path.display()));
    let mut file = File::create(path).map_err(unwritable)?;
    let status = task.run(&mut host.redirected(&mut file)).map_err(|failure| match failure {
        Failure::Output(error) => unwritable(error),
        other => other,
    })?;
    Ok(status)
}

/// What is to be done.
struct Task<'a> {
    arguments: &'a Arguments,
    options: Options,
    fail_on: FailOn,
    lang: Lang,
}

impl<'a> Task<'a> {
    fn new(arguments: &'a Arguments, host: &Host<'_>) -> Result<Self, Failure> {
        let catalog = common::catalog(arguments.rules.as_deref())?;
        let options = arguments.options(catalog)?;
        let fail_on = FailOn::new(&arguments.fail_on, catalog)?;
        let lang = arguments.lang.unwrap_or_else(|| locale::lang(catalog, host.locale.as_deref()));
        Ok(Task { arguments, options, fail_on, lang })
    }

    fn run(self, host: &mut Host<'_>) -> Result<Status, Failure> {
        if self.arguments.follow {
            return follow::run(self.arguments, self.options, self.lang, host);
        }
        let inputs = self.arguments.inputs(host)?;
        let progress = Arc::new(Progress::default());
        let options = self.options.clone().progress(Arc::clone(&progress));
        let bar = host.watched.then(|| progress::Bar::start(progress));
        let format = self.arguments.format;
        let mut samples = html::Samples::default();
        let outcome = match format {
            Format::Jsonl => self.rows(Style::Json, inputs, &options, host)?,
            Format::Csv => self.rows(Style::Csv, inputs, &options, host)?,
            Format::Html => scan(inputs, &options, |finding| samples.take(finding)),
            Format::Text | Format::Json => summarize(inputs, &options),
        };
        drop(bar);
        let report = Report { outcome: &outcome, lang: self.lang };
        match format {
            Format::Text => host.write(&text::show(&report, self.arguments.top, host))?,
            Format::Json => host.write(&json::show(&report))?,
            Format::Html => host.write(&html::show(&report, &samples))?,
            Format::Jsonl | Format::Csv => {}
        }
        host.flush()?;
        for error in &outcome.errors {
            host.complain(&format!("error: cannot read {error}"), 3);
        }
        Ok(match () {
            () if !outcome.errors.is_empty() => Status::Partial,
            () if self.fail_on.found(&outcome.summary) => Status::Nothing,
            () => Status::Answered,
        })
    }

    /// Gives the findings as they are found.
    fn rows(&self, style: Style, inputs: Vec<Input>, options: &Options, host: &mut Host<'_>) -> io::Result<Outcome> {
        let mut rows = Rows::new(style, BufWriter::with_capacity(1 << 16, host.output()), self.lang, true)?;
        let mut failed = None;
        let outcome = scan(inputs, options, |finding| match rows.write(finding) {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => {
                failed = Some(error);
                ControlFlow::Break(())
            }
        });
        failed.map_or_else(|| rows.flush(), Err)?;
        Ok(outcome)
    }
}
