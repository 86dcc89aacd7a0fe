//! How far followed logs were read, written down.

use std::collections::BTreeMap;
use std::fs::{self, File, Metadata};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::source::read_at;

/// The first line of a state file.
const TITLE: &str = "replycode follow 1";
/// How many bytes before a place are remembered, to know it again.
const TRACE: u64 = 256;

/// What tells files apart whatever their names are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Identity {
    /// The device; 0 where there is no such number.
    device: u64,
    /// The inode; the time of creation where there is no such number.
    file: u64,
}

impl Identity {
    #[cfg(unix)]
    pub(crate) fn of(metadata: &Metadata) -> Self {
        use std::os::unix::fs::MetadataExt;
        Identity { device: metadata.dev(), file: metadata.ino() }
    }

    #[cfg(windows)]
    pub(crate) fn of(metadata: &Metadata) -> Self {
        use std::os::windows::fs::MetadataExt;
        Identity { device: 0, file: metadata.creation_time() }
    }
}

/// A place in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Position {
    pub(crate) identity: Identity,
    pub(crate) offset: u64,
    pub(crate) lines: u64,
    /// A hash of the bytes before: inodes are given to new files when the old ones are gone.
    pub(crate) trace: u64,
}

impl Position {
    /// Whether a file is the one that the place is in.
    pub(crate) fn is_in(&self, file: &File) -> bool {
        let same = file
            .metadata()
            .is_ok_and(|metadata| Identity::of(&metadata) == self.identity && metadata.len() >= self.offset);
        same && trace(file, self.offset).is_ok_and(|found| found == self.trace)
    }
}

/// FNV-1a of the bytes before a place.
pub(crate) fn trace(file: &File, offset: u64) -> io::Result<u64> {
    let start = offset.saturating_sub(TRACE);
    let mut bytes = vec![0; usize::try_from(offset - start).unwrap_or(0)];
    let read = read_at(file, &mut bytes, start)?;
    let hash = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01B3);
    Ok(bytes.get(..read).unwrap_or(&[]).iter().fold(0xCBF2_9CE4_8422_2325, hash))
}

/// The places of all logs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct State(BTreeMap<PathBuf, Position>);

impl State {
    pub(crate) fn set(&mut self, path: PathBuf, position: Position) {
        self.0.insert(path, position);
    }

    pub(crate) fn remove(&mut self, path: &Path) -> Option<Position> {
        self.0.remove(path)
    }

    pub(crate) fn read(path: &Path) -> io::Result<Self> {
        let text = match fs::read(path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(State::default()),
            Err(error) => return Err(error),
        };
        Self::parse(&text).ok_or_else(|| {
            let what = format!("{} is no state of a scan that follows logs; delete it to begin anew", path.display());
            io::Error::new(io::ErrorKind::InvalidData, what)
        })
    }

    /// Device, inode, offset, lines, hash and path of each log, on a line each; the path with `%` and line ends escaped.
    fn parse(text: &[u8]) -> Option<Self> {
        let mut lines = text.split(|&byte| byte == b'\n');
        if lines.next()? != TITLE.as_bytes() {
            return None;
        }
        let mut state = State::default();
        for line in lines.filter(|line| !line.is_empty()) {
            let mut fields = line.splitn(6, |&byte| byte == b' ');
            let mut number = || std::str::from_utf8(fields.next()?).ok()?.parse().ok();
            let identity = Identity { device: number()?, file: number()? };
            let (offset, lines, trace) = (number()?, number()?, number()?);
            state.set(unescaped(fields.next()?)?, Position { identity, offset, lines, trace });
        }
        Some(state)
    }

    pub(crate) fn write(&self, path: &Path) -> io::Result<()> {
        let mut text = format!("{TITLE}\n").into_bytes();
        for (log, Position { identity, offset, lines, trace }) in &self.0 {
            write!(text, "{} {} {offset} {lines} {trace} ", identity.device, identity.file)?;
            text.extend(escaped(log));
            text.push(b'\n');
        }
        let mut name = path.file_name().unwrap_or_default().to_owned();
        name.push(".new");
        let new = path.with_file_name(name);
        let mut file = File::create(&new)?;
        file.write_all(&text)?;
        file.sync_data()?;
        fs::rename(&new, path)
    }
}

#[cfg(unix)]
fn escaped(path: &Path) -> Vec<u8> {
    use std::os::unix::ffi::OsStrExt;
    escape(path.as_os_str().as_bytes())
}

#[cfg(unix)]
fn unescaped(text: &[u8]) -> Option<PathBuf> {
    use std::os::unix::ffi::OsStringExt;
    Some(PathBuf::from(std::ffi::OsString::from_vec(unescape(text)?)))
}

#[cfg(windows)]
fn escaped(path: &Path) -> Vec<u8> {
    escape(path.to_string_lossy().as_bytes())
}

#[cfg(windows)]
fn unescaped(text: &[u8]) -> Option<PathBuf> {
    String::from_utf8(unescape(text)?).ok().map(PathBuf::from)
}

fn escape(bytes: &[u8]) -> Vec<u8> {
    let mut text = Vec::with_capacity(bytes.len());
    for byte in bytes {
        match byte {
            b'%' | b'\n' | b'\r' => text.extend(format!("%{byte:02X}").bytes()),
            _ => text.push(*byte),
        }
    }
    text
}

fn unescape(text: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let [byte, tail @ ..] = rest {
        rest = tail;
        if *byte != b'%' {
            bytes.push(*byte);
            continue;
        }
        let (digits, tail) = rest.split_at_checked(2)?;
        bytes.push(u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?);
        rest = tail;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::{Identity, Position, State};
    use std::path::PathBuf;

    #[test]
    fn what_is_written_is_read_again() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("state");
        assert_eq!(State::read(&path).unwrap(), State::default());
        let mut state = State::default();
        for name in ["/var/log/mail.log", "a b%20\nc", "ログ"] {
            let identity = Identity { device: 5, file: u64::MAX };
            state.set(PathBuf::from(name), Position { identity, offset: 1 << 40, lines: 7, trace: 9 });
        }
        state.write(&path).unwrap();
        assert_eq!(State::read(&path).unwrap(), state);
        for text in ["", "something else\n", "replycode follow 1\n1 2 3\n", "replycode follow 1\n1 2 3 4 x /a\n"] {
            std::fs::write(&path, text).unwrap();
            let error = State::read(&path).unwrap_err();
            assert!(error.to_string().contains("delete it to begin anew"), "{text:?}: {error}");
        }
    }
}
