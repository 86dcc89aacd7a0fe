//! What is to be read, and in which order.

use std::fmt;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// Something to scan.
///
/// ```
/// use replycode_scan::{Input, Options, summarize};
///
/// let pasted = Input::bytes("pasted", &b"ftplib.error_perm: 550 No such file"[..]);
/// let stream = Input::reader("stream", std::io::Cursor::new("S: 421 Too many connections\r\n"));
/// let outcome = summarize([pasted, stream, Input::path("/no/such/file")], &Options::default());
/// assert_eq!(outcome.summary.problems, 2);
/// assert_eq!(outcome.errors.len(), 1);
/// assert!(outcome.errors[0].to_string().starts_with("/no/such/file: "));
/// ```
pub struct Input(pub(crate) Kind);

pub(crate) enum Kind {
    Path(PathBuf),
    Reader { name: String, reader: Box<dyn Read + Send> },
    Bytes { name: String, bytes: Vec<u8> },
}

impl Input {
    /// A file, or a directory with everything below it. Files are recognised as compressed (gzip, bzip2, Zstandard) by
    /// their content, whatever their names; several compressed one behind the other are read as one.
    ///
    /// In a directory symbolic links, devices and the like are passed over.
    pub fn path(path: impl Into<PathBuf>) -> Self {
        Input(Kind::Path(path.into()))
    }

    /// The standard input, compressed or not. Findings call it `-`.
    pub fn stdin() -> Self {
        Self::reader("-", io::stdin())
    }

    /// A stream, compressed or not.
    pub fn reader(name: impl Into<String>, reader: impl Read + Send + 'static) -> Self {
        Input(Kind::Reader { name: name.into(), reader: Box::new(reader) })
    }

    /// Bytes in memory, compressed or not.
    pub fn bytes(name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Input(Kind::Bytes { name: name.into(), bytes: bytes.into() })
    }
}

impl fmt::Debug for Input {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Kind::Path(path) => f.debug_tuple("Path").field(path).finish(),
            Kind::Reader { name, .. } => f.debug_tuple("Reader").field(name).finish(),
            Kind::Bytes { name, bytes } => f.debug_tuple("Bytes").field(name).field(&bytes.len()).finish(),
        }
    }
}

/// A source that could not be read, or not to its end. What was read of it is counted, and the other sources are read.
#[derive(Debug)]
#[non_exhaustive]
pub struct ScanError {
    /// The source's name.
    pub source: String,
    /// What is wrong.
    pub error: io::Error,
}

impl fmt::Display for ScanError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.source, self.error)
    }
}

impl std::error::Error for ScanError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.error)
    }
}

/// The files that the inputs stand for, in order: directories by name, and of a log that was rotated the oldest part
/// first.
pub(crate) fn expand(inputs: impl IntoIterator<Item = Input>, errors: &mut Vec<ScanError>) -> Vec<Input> {
    let mut all = Vec::new();
    for input in inputs {
        match input.0 {
            Kind::Path(path) if path.is_dir() => walk(&path, &mut all, errors),
            kind => all.push(Input(kind)),
        }
    }
    rotate(all)
}

/// The files below a directory.
fn walk(directory: &Path, all: &mut Vec<Input>, errors: &mut Vec<ScanError>) {
    let mut pending = vec![directory.to_owned()];
    while let Some(next) = pending.pop() {
        let mut failed = |error| errors.push(ScanError { source: next.display().to_string(), error });
        let mut entries = Vec::new();
        match fs::read_dir(&next) {
            Err(error) => failed(error),
            Ok(found) => {
                for entry in found {
                    match entry.and_then(|entry| Ok((entry.path(), entry.file_type()?))) {
                        Ok(entry) => entries.push(entry),
                        Err(error) => failed(error),
                    }
                }
            }
        }
        entries.sort_by(|(one, _), (other, _)| one.cmp(other));
        all.extend(entries.iter().filter(|(_, kind)| kind.is_file()).map(|(path, _)| Input::path(path)));
        pending.extend(entries.into_iter().rev().filter(|(_, kind)| kind.is_dir()).map(|(path, _)| path));
    }
}

/// The parts of the log that a path belongs to, as far as they are there, the oldest first.
pub(crate) fn parts(path: &Path) -> io::Result<Vec<PathBuf>> {
    let name = |path: &Path| path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let own = name(path);
    let log = part_of(&own).0;
    let directory = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut found = Vec::new();
    for entry in fs::read_dir(directory)? {
        let entry = entry?.path();
        let (other, age) = (name(&entry), part_of(&name(&entry)).1);
        if part_of(&other).0 == log && entry.is_file() {
            // As the caller writes it.
            found.push((age, path.with_file_name(other)));
        }
    }
    found.sort();
    Ok(found.into_iter().map(|(_, path)| path).collect())
}

/// Whether a name is that of a log that is being written, not of a part that was put away.
pub(crate) fn is_current(path: &Path) -> bool {
    path.file_name().is_none_or(|name| {
        let name = name.to_string_lossy();
        part_of(&name) == (&name, Age::Current)
    })
}

/// How old a part of a rotated log is. The least comes first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Age {
    /// `mail.log.3`: the higher the older.
    Number(std::cmp::Reverse<u64>),
    /// `mail.log-20260301`: the smaller the older.
    Date(String),
    /// The log that is being written.
    Current,
}

/// The name of a log without what rotation has added to it, and its age.
fn part_of(name: &str) -> (&str, Age) {
    let plain =
        [".gz", ".bz2", ".zst", ".xz", ".Z"].iter().find_map(|ending| name.strip_suffix(ending)).unwrap_or(name);
    if let Some((log, number)) = plain.rsplit_once('.')
        && (1..=4).contains(&number.len())
        && let Ok(number) = number.parse()
    {
        return (log, Age::Number(std::cmp::Reverse(number)));
    }
    if let Some(place) = plain.rfind(['-', '.', '_']).filter(|place| *place > 0)
        && let Some(mut date) = plain.get(place + 1..)
    {
        // `-2026-03-01`
        let mut log = plain.get(..place).unwrap_or(plain);
        if date.len() == 2
            && let Some(start) = plain.len().checked_sub(11)
            && let (Some(head), Some(dashed)) = (plain.get(..start), plain.get(start + 1..))
        {
            (log, date) = (head, dashed);
        }
        let digits: String = date.chars().filter(char::is_ascii_digit).collect();
        let marks = date.len() - digits.len();
        if digits.len() >= 8 && digits.len() <= 14 && digits.starts_with("20") && marks <= 2 && !log.is_empty() {
            return (log, Age::Date(digits));
        }
    }
    (plain, Age::Current)
}

/// Puts the parts of each rotated log together where its first part stands, the oldest first.
fn rotate(inputs: Vec<Input>) -> Vec<Input> {
    let mut sets: Vec<Vec<(Age, Input)>> = Vec::with_capacity(inputs.len());
    let mut places = std::collections::HashMap::new();
    for input in inputs {
        let Kind::Path(path) = &input.0 else {
            sets.push(vec![(Age::Current, input)]);
            continue;
        };
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let (log, age) = part_of(&name);
        let log = path.with_file_name(log);
        let place = *places.entry(log).or_insert(sets.len());
        match sets.get_mut(place) {
            Some(parts) => parts.push((age, input)),
            None => sets.push(vec![(age, input)]),
        }
    }
    for parts in &mut sets {
        parts.sort_by(|(one, _), (other, _)| one.cmp(other));
    }
    sets.into_iter().flatten().map(|(_, input)| input).collect()
}

#[cfg(test)]
mod tests {
    use super::{Input, Kind, rotate};

    fn order(names: &[&str]) -> Vec<String> {
        let inputs = names.iter().map(|name| Input::path(*name)).collect();
        let name = |input: Input| match input.0 {
            Kind::Path(path) => path.display().to_string(),
            _ => String::new(),
        };
        rotate(inputs).into_iter().map(name).collect()
    }

    #[test]
    fn rotated_logs_oldest_first() {
        assert_eq!(
            order(&["mail.log", "mail.log.1", "mail.log.10.gz", "mail.log.2.gz"]),
            ["mail.log.10.gz", "mail.log.2.gz", "mail.log.1", "mail.log"]
        );
        assert_eq!(
            order(&["a/maillog", "b/other", "a/maillog-20260301.gz", "a/maillog-20251231.bz2"]),
            ["a/maillog-20251231.bz2", "a/maillog-20260301.gz", "a/maillog", "b/other"]
        );
        assert_eq!(order(&["log.2026-03-02", "log.2026-03-01", "log"]), ["log.2026-03-01", "log.2026-03-02", "log"]);
        assert_eq!(order(&["b.log", "a.log"]), ["b.log", "a.log"]);
        // The same names in two directories are two logs.
        assert_eq!(order(&["x/log.1", "y/log.1", "x/log"]), ["x/log.1", "x/log", "y/log.1"]);
    }
}
