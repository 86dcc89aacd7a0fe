//! The path name of a 257 reply.

use core::fmt;

use super::lines::Lossy;

/// A text between quotes, in which a quote is written twice.
///
/// ```
/// use replycode::{Protocol, parse};
///
/// let path = parse(Protocol::Ftp, b"257 \"a\"\"b\"\r\n")?.pathname().unwrap();
/// assert_eq!(path.to_string(), "a\"b");
/// assert_eq!(path.as_bytes(), None);
/// # Ok::<(), replycode::Malformed>(())
/// ```
#[derive(Clone, Copy)]
pub struct Quoted<'a>(&'a [u8]);

impl<'a> Quoted<'a> {
    pub(super) fn find(line: &'a [u8]) -> Option<Self> {
        let open = line.iter().position(|byte| *byte == b'"')?;
        let inside = line.get(open..)?.strip_prefix(b"\"")?;
        let mut len = 0;
        loop {
            match inside.get(len..)? {
                [b'"', b'"', ..] => len += 2,
                [b'"', ..] => return inside.get(..len).map(Quoted),
                [_, ..] => len += 1,
                [] => return None,
            }
        }
    }

    /// The bytes in one piece, if there is no quote among them.
    ///
    /// ```
    /// # use replycode::{Protocol, parse};
    /// let path = parse(Protocol::Ftp, b"257 \"/pub\"\r\n")?.pathname().unwrap();
    /// assert_eq!(path.as_bytes(), Some(&b"/pub"[..]));
    /// # Ok::<(), replycode::Malformed>(())
    /// ```
    pub fn as_bytes(&self) -> Option<&'a [u8]> {
        if self.0.contains(&b'"') { None } else { Some(self.0) }
    }

    /// The bytes, one by one.
    ///
    /// ```
    /// # use replycode::{Protocol, parse};
    /// let path = parse(Protocol::Ftp, b"257 \"a\"\"b\"\r\n")?.pathname().unwrap();
    /// assert!(path.bytes().eq(*b"a\"b"));
    /// # Ok::<(), replycode::Malformed>(())
    /// ```
    pub fn bytes(&self) -> impl Iterator<Item = u8> + Clone + use<'a> {
        self.pieces().flatten().copied()
    }

    /// Copies as much as fits, and returns the length of the whole.
    ///
    /// ```
    /// # use replycode::{Protocol, parse};
    /// let path = parse(Protocol::Ftp, b"257 \"a\"\"b\"\r\n")?.pathname().unwrap();
    /// let mut buffer = [0; 2];
    /// assert_eq!((path.copy_to(&mut buffer), &buffer), (3, b"a\""));
    /// # Ok::<(), replycode::Malformed>(())
    /// ```
    pub fn copy_to(&self, buffer: &mut [u8]) -> usize {
        for (to, from) in buffer.iter_mut().zip(self.bytes()) {
            *to = from;
        }
        self.bytes().count()
    }

    /// What lies between the doubled quotes, and one quote for each.
    fn pieces(&self) -> impl Iterator<Item = &'a [u8]> + Clone + use<'a> {
        // Split at each quote, every second piece is the nothing between the two of a pair.
        self.0.split(|byte| *byte == b'"').enumerate().map(|(i, piece)| if i & 1 == 1 { &b"\""[..] } else { piece })
    }
}

impl PartialEq<[u8]> for Quoted<'_> {
    fn eq(&self, other: &[u8]) -> bool {
        self.bytes().eq(other.iter().copied())
    }
}

impl PartialEq<str> for Quoted<'_> {
    fn eq(&self, other: &str) -> bool {
        *self == *other.as_bytes()
    }
}

impl PartialEq<&str> for Quoted<'_> {
    fn eq(&self, other: &&str) -> bool {
        *self == *other.as_bytes()
    }
}

/// Bytes that are not UTF-8 are shown as U+FFFD.
impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.pieces().try_for_each(|piece| fmt::Display::fmt(&Lossy(piece), f))
    }
}

impl fmt::Debug for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&Lossy(self.0), f)
    }
}
