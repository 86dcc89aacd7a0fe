//! Opening a source: what it is compressed with, and how it is read.

use std::fs::File;
use std::io::{self, BufReader, Cursor, Read};
use std::path::Path;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use super::Progress;
use super::input::Kind;

/// How much is read to find out what a source is.
pub(crate) const HEAD: usize = 4096;

/// A source, ready to be read.
pub(crate) enum Opened {
    /// A file of a known length that several threads may read at any place.
    File(Arc<File>, u64),
    /// Anything else: from the beginning to the end.
    Stream(Box<dyn Read + Send>),
}

/// What is known of a source once it is open.
pub(crate) struct Source {
    pub(crate) name: String,
    pub(crate) opened: Opened,
    /// The first bytes, decompressed.
    pub(crate) head: Vec<u8>,
    /// The day up to which it was written: days since 1970.
    pub(crate) day: i64,
}

pub(crate) fn name(kind: &Kind) -> String {
    match kind {
        Kind::Path(path) => path.display().to_string(),
        Kind::Reader { name, .. } | Kind::Bytes { name, .. } => name.clone(),
    }
}

/// How many bytes there are to read, as far as that is known.
pub(crate) fn size(kind: &Kind) -> u64 {
    match kind {
        Kind::Path(path) => path.metadata().ok().filter(|found| found.is_file()).map_or(0, |found| found.len()),
        Kind::Bytes { bytes, .. } => bytes.len() as u64,
        Kind::Reader { .. } => 0,
    }
}

pub(crate) fn open(kind: Kind, progress: &Arc<Progress>) -> io::Result<Source> {
    let name = name(&kind);
    match kind {
        Kind::Path(path) => open_file(&path, name, progress),
        Kind::Bytes { bytes, .. } => Ok(open_stream(Cursor::new(bytes), name, now(), progress)),
        Kind::Reader { reader, .. } => Ok(open_stream(reader, name, now(), progress)),
    }
}

fn open_file(path: &Path, name: String, progress: &Arc<Progress>) -> io::Result<Source> {
    let file = File::open(path)?;
    let metadata = file.metadata()?;
    let day = metadata.modified().map_or_else(|_| now(), day);
    // The kernel's files say that they are empty.
    if !metadata.is_file() || metadata.len() == 0 {
        return Ok(open_stream(file, name, day, progress));
    }
    let mut head = vec![0; HEAD];
    let read = read_at(&file, &mut head, 0)?;
    head.truncate(read);
    if compression(&head).is_some() {
        return Ok(open_stream(file, name, day, progress));
    }
    Ok(Source { name, opened: Opened::File(Arc::new(file), metadata.len()), head, day })
}

fn open_stream(reader: impl Read + Send + 'static, name: String, day: i64, progress: &Arc<Progress>) -> Source {
    let counting = Counting { reader, progress: Arc::clone(progress) };
    let (raw, whole) = peek(counting);
    let kind = compression(&raw);
    let decoded: Box<dyn Read + Send> = match kind {
        None => Box::new(whole),
        Some(Compression::Gzip) => Box::new(flate2::read::MultiGzDecoder::new(whole)),
        Some(Compression::Bzip2) => Box::new(bzip2::read::MultiBzDecoder::new(whole)),
        Some(Compression::Zstandard) => Box::new(Zstandard::new(whole)),
    };
    let (head, whole) = peek(decoded);
    Source { name, opened: Opened::Stream(Box::new(whole)), head, day }
}

/// The first bytes of a stream, and the stream with them. An error that comes so early comes again when the stream is
/// read.
fn peek<R: Read + Send + 'static>(mut reader: R) -> (Vec<u8>, impl Read + Send + 'static) {
    let mut head = Vec::with_capacity(HEAD);
    let failed = Read::by_ref(&mut reader).take(HEAD as u64).read_to_end(&mut head).err();
    let whole = Cursor::new(head.clone()).chain(Failed(failed)).chain(reader);
    (head, whole)
}

/// Gives an error once, if there is one.
struct Failed(Option<io::Error>);

impl Read for Failed {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

pub(crate) fn day(time: SystemTime) -> i64 {
    time.duration_since(UNIX_EPOCH).map_or(0, |since| (since.as_secs() / 86_400) as i64)
}

fn now() -> i64 {
    day(SystemTime::now())
}

/// Reads from a place until a buffer is full or the file ends; how much was read.
pub(crate) fn read_at(file: &File, buffer: &mut [u8], mut place: u64) -> io::Result<usize> {
    let mut filled = 0;
    while let Some(rest) = buffer.get_mut(filled..).filter(|rest| !rest.is_empty()) {
        match read_some(file, rest, place) {
            Ok(0) => break,
            Ok(read) => {
                filled += read;
                place += read as u64;
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

#[cfg(unix)]
fn read_some(file: &File, buffer: &mut [u8], place: u64) -> io::Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, buffer, place)
}

#[cfg(windows)]
fn read_some(file: &File, buffer: &mut [u8], place: u64) -> io::Result<usize> {
    std::os::windows::fs::FileExt::seek_read(file, buffer, place)
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Compression {
    Gzip,
    Bzip2,
    Zstandard,
}

/// What a source is compressed with, by its first bytes.
pub(crate) fn compression(head: &[u8]) -> Option<Compression> {
    match head {
        [0x1F, 0x8B, 8, ..] => Some(Compression::Gzip),
        [b'B', b'Z', b'h', b'1'..=b'9', 0x31, 0x41, 0x59, 0x26, 0x53, 0x59, ..]
        // Empty.
        | [b'B', b'Z', b'h', b'1'..=b'9', 0x17, 0x72, 0x45, 0x38, 0x50, 0x90, ..] => Some(Compression::Bzip2),
        [0x28, 0xB5, 0x2F, 0xFD, ..] | [0x50..=0x5F, 0x2A, 0x4D, 0x18, ..] => Some(Compression::Zstandard),
        _ => None,
    }
}

/// Tells how much was read.
struct Counting<R> {
    reader: R,
    progress: Arc<Progress>,
}

impl<R: Read> Read for Counting<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.reader.read(buffer)?;
        self.progress.add(read as u64);
        Ok(read)
    }
}

/// The frames of a Zstandard file one after the other; the decoder knows only single ones.
struct Zstandard<R: Read> {
    source: BufReader<R>,
    frame: ruzstd::decoding::FrameDecoder,
    within: bool,
}

impl<R: Read> Zstandard<R> {
    fn new(reader: R) -> Self {
        Zstandard {
            source: BufReader::with_capacity(1 << 16, reader),
            frame: ruzstd::decoding::FrameDecoder::new(),
            within: false,
        }
    }

    /// Begins the next frame; false if there is none.
    fn begin(&mut self) -> io::Result<bool> {
        use io::BufRead;
        use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
        loop {
            if self.source.fill_buf()?.is_empty() {
                return Ok(false);
            }
            match self.frame.reset(&mut self.source) {
                Ok(()) => return Ok(true),
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame { length, .. })) => {
                    io::copy(&mut (&mut self.source).take(u64::from(length)), &mut io::sink())?;
                }
                Err(error) => return Err(invalid(error)),
            }
        }
    }
}

fn invalid(error: impl std::error::Error + Send + Sync + 'static) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, error)
}

impl<R: Read> Read for Zstandard<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        use ruzstd::decoding::BlockDecodingStrategy;
        if buffer.is_empty() {
            return Ok(0);
        }
        loop {
            if !self.within {
                self.within = self.begin()?;
                if !self.within {
                    return Ok(0);
                }
            }
            while self.frame.can_collect() == 0 && !self.frame.is_finished() {
                let some = BlockDecodingStrategy::UptoBytes(1 << 17);
                self.frame.decode_blocks(&mut self.source, some).map_err(invalid)?;
            }
            let read = self.frame.read(buffer)?;
            if read > 0 {
                return Ok(read);
            }
            self.within = false;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Zstandard;
    use std::io::Read;

    #[test]
    fn zstandard_frames_follow_each_other() {
        let frame = |text: &[u8]| ruzstd::encoding::compress_to_vec(text, ruzstd::encoding::CompressionLevel::Fastest);
        let mut all = frame(b"one ");
        // A frame that is to be skipped.
        all.extend([0x51, 0x2A, 0x4D, 0x18, 3, 0, 0, 0, 1, 2, 3]);
        all.extend(frame(b""));
        all.extend(frame(&b"two".repeat(100_000)));
        let mut text = Vec::new();
        Zstandard::new(&all[..]).read_to_end(&mut text).unwrap();
        assert_eq!(text.len(), 4 + 300_000);
        assert!(text.starts_with(b"one twotwo"));
        all.truncate(all.len() - 5);
        assert!(Zstandard::new(&all[..]).read_to_end(&mut text).is_err());
    }
}
