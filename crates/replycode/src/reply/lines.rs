//! The text of a reply, line by line or joined.

use core::fmt;

use crate::Rules;
use crate::copy::copy_what_fits;
use crate::parser::framing::{Framing, Line};
use crate::parser::head::End;
use crate::parser::scan;

/// The lines of a reply's text, from [`Reply::lines`](crate::Reply::lines): bytes without code and line end.
///
/// ```
/// use replycode::{Protocol, parse};
///
/// let reply = parse(Protocol::Smtp, b"550-5.7.1 Go\r\n550 5.7.1 away\r\n")?;
/// let mut lines = reply.lines();
/// assert_eq!(lines.next(), Some(&b"Go"[..]));
/// assert_eq!(lines.next(), Some(&b"away"[..]));
/// assert_eq!(lines.next(), None);
/// # Ok::<(), replycode::Malformed>(())
/// ```
#[derive(Clone)]
pub struct Lines<'a>(Kind<'a>);

#[derive(Clone)]
enum Kind<'a> {
    /// Lines as they came, read again by the same rules.
    Wire { framing: Framing, rest: &'a [u8] },
    /// Lines joined by LF; `None` after the last one.
    Text(Option<&'a [u8]>),
}

impl<'a> Lines<'a> {
    pub(crate) const fn of_wire(rules: Rules, raw: &'a [u8]) -> Self {
        Lines(Kind::Wire { framing: Framing::new(rules), rest: raw })
    }

    pub(crate) const fn of_text(text: &'a [u8]) -> Self {
        Lines(Kind::Text(Some(text)))
    }
}

impl<'a> Lines<'a> {
    /// Everything from the first line's text on, with the line ends and codes of further lines.
    pub(crate) fn wire_text(&self) -> &'a [u8] {
        match &self.0 {
            Kind::Wire { framing, rest } => {
                let mut framing = *framing;
                let line = rest.get(framing.blanks(rest)..).unwrap_or_default();
                match framing.line(line, End::Stream) {
                    Line::Text(at) => line.get(at..).unwrap_or_default(),
                    _ => &[],
                }
            }
            Kind::Text(text) => text.unwrap_or_default(),
        }
    }
}

/// The bytes before the first LF, and those after it if there is one.
fn split_line(bytes: &[u8]) -> (&[u8], Option<&[u8]>) {
    let (line, rest) = bytes.split_at_checked(scan::before_lf(bytes)).unwrap_or((bytes, &[]));
    (line, rest.split_first().map(|(_, after)| after))
}

impl<'a> Iterator for Lines<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        match &mut self.0 {
            Kind::Wire { framing, rest } => {
                let blanks = framing.blanks(rest);
                let line = rest.get(blanks..).filter(|line| !line.is_empty())?;
                let Line::Text(at) = framing.line(line, End::Stream) else {
                    // The rest of a line that the end of the stream has cut inside its code.
                    *rest = &[];
                    return None;
                };
                let (text, after) = split_line(line.get(at..)?);
                *rest = after.unwrap_or_default();
                Some(text.strip_suffix(b"\r").unwrap_or(text))
            }
            Kind::Text(rest) => {
                let (line, after) = split_line((*rest)?);
                *rest = after;
                Some(line)
            }
        }
    }
}

impl fmt::Debug for Lines<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.clone().map(Lossy)).finish()
    }
}

/// The text of a reply: its lines joined by LF, from [`Reply::text`](crate::Reply::text).
///
/// It is compared with `str`, `[u8]`, shown as UTF-8 with U+FFFD for what is not, and copied, all without allocation.
///
/// ```
/// use replycode::{Protocol, parse};
///
/// let reply = parse(Protocol::Ftp, b"220-Hello\r\n220 world\r\n")?;
/// assert!(reply.text() == "Hello\nworld");
/// assert_eq!(reply.text().to_string(), "Hello\nworld");
/// # Ok::<(), replycode::Malformed>(())
/// ```
#[derive(Clone)]
pub struct Text<'a>(Lines<'a>);

impl<'a> Text<'a> {
    pub(crate) const fn new(lines: Lines<'a>) -> Self {
        Text(lines)
    }

    /// The text in one piece, if it is one in memory: that of a reply from a stream, or of a single line.
    ///
    /// ```
    /// # use replycode::{Protocol, parse};
    /// assert_eq!(parse(Protocol::Smtp, b"220 hello\r\n")?.text().as_bytes(), Some(&b"hello"[..]));
    /// assert_eq!(parse(Protocol::Smtp, b"220-a\r\n220 b\r\n")?.text().as_bytes(), None);
    /// # Ok::<(), replycode::Malformed>(())
    /// ```
    #[inline]
    pub fn as_bytes(&self) -> Option<&'a [u8]> {
        if let Kind::Text(text) = self.0.0 {
            return text;
        }
        let mut lines = self.0.clone();
        let first = lines.next().unwrap_or_default();
        if lines.next().is_none() { Some(first) } else { None }
    }

    /// The bytes, one by one.
    ///
    /// ```
    /// # use replycode::{Protocol, parse};
    /// assert!(parse(Protocol::Smtp, b"220-a\r\n220 b\r\n")?.text().bytes().eq(*b"a\nb"));
    /// # Ok::<(), replycode::Malformed>(())
    /// ```
    pub fn bytes(&self) -> impl Iterator<Item = u8> + Clone + use<'a> {
        self.pieces().flatten().copied()
    }

    /// The number of bytes.
    ///
    /// ```
    /// # use replycode::{Protocol, parse};
    /// assert_eq!(parse(Protocol::Smtp, b"220-a\r\n220 b\r\n")?.text().len(), 3);
    /// # Ok::<(), replycode::Malformed>(())
    /// ```
    pub fn len(&self) -> usize {
        self.pieces().map(<[u8]>::len).sum()
    }

    /// Whether there is no byte.
    ///
    /// ```
    /// # use replycode::{Protocol, parse};
    /// assert!(parse(Protocol::Smtp, b"220\r\n")?.text().is_empty());
    /// # Ok::<(), replycode::Malformed>(())
    /// ```
    pub fn is_empty(&self) -> bool {
        self.pieces().all(<[u8]>::is_empty)
    }

    /// Copies as much as fits, and returns the length of the whole text.
    ///
    /// ```
    /// # use replycode::{Protocol, parse};
    /// let mut buffer = [0; 4];
    /// assert_eq!(parse(Protocol::Smtp, b"220-ab\r\n220 cd\r\n")?.text().copy_to(&mut buffer), 5);
    /// assert_eq!(&buffer, b"ab\nc");
    /// # Ok::<(), replycode::Malformed>(())
    /// ```
    pub fn copy_to(&self, buffer: &mut [u8]) -> usize {
        let mut len = 0;
        for piece in self.pieces() {
            copy_what_fits(buffer, len, piece);
            len += piece.len();
        }
        len
    }

    /// The lines and the LFs between them.
    fn pieces(&self) -> impl Iterator<Item = &'a [u8]> + Clone + use<'a> {
        let lines = self.0.clone().enumerate();
        lines.flat_map(|(i, line)| [if i == 0 { &b""[..] } else { b"\n" }, line])
    }
}

impl PartialEq<[u8]> for Text<'_> {
    fn eq(&self, other: &[u8]) -> bool {
        self.bytes().eq(other.iter().copied())
    }
}

impl PartialEq<&[u8]> for Text<'_> {
    fn eq(&self, other: &&[u8]) -> bool {
        *self == **other
    }
}

impl PartialEq<str> for Text<'_> {
    fn eq(&self, other: &str) -> bool {
        *self == *other.as_bytes()
    }
}

impl PartialEq<&str> for Text<'_> {
    fn eq(&self, other: &&str) -> bool {
        *self == *other.as_bytes()
    }
}

impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.pieces().try_for_each(|piece| fmt::Display::fmt(&Lossy(piece), f))
    }
}

impl fmt::Debug for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("\"")?;
        self.pieces().try_for_each(|piece| write!(f, "{}", piece.escape_ascii()))?;
        f.write_str("\"")
    }
}

/// Bytes as UTF-8, with U+FFFD for what is not.
pub(crate) struct Lossy<'a>(pub(crate) &'a [u8]);

impl fmt::Display for Lossy<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for chunk in self.0.utf8_chunks() {
            f.write_str(chunk.valid())?;
            if !chunk.invalid().is_empty() {
                f.write_str("\u{FFFD}")?;
            }
        }
        Ok(())
    }
}

impl fmt::Debug for Lossy<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{}\"", self.0.escape_ascii())
    }
}
