//! Writing a reply as the RFC wants it.

use core::convert::Infallible;
use core::fmt;

use super::Reply;
use super::lines::Lossy;
use crate::Protocol;
use crate::copy::copy_what_fits;

impl Reply<'_> {
    /// Writes the reply as it goes over the wire, piece by piece: the code on each line, the enhanced code on each
    /// line (SMTP; RFC 2034 section 4), CR LF. A CR in the text begins a new line like an LF. Lines are as long as
    /// they are: SMTP allows 512 bytes (RFC 5321 section 4.5.3.1.5).
    ///
    /// In FTP a line between the first and the last that begins with a blank is written without a code, as RFC 2389
    /// section 3.2 and RFC 3659 section 7.2 want it for FEAT and MLST; no client takes it for a code.
    ///
    /// What is read from what was written is an equal reply: the same code, enhanced code, and lines. (A text that
    /// itself begins with an enhanced code, in a reply without, is read as what it looks like.)
    ///
    /// # Errors
    ///
    /// The first error of `sink`.
    ///
    /// ```
    /// use std::io::Write;
    /// use replycode::{Protocol, Reply, ReplyCode};
    ///
    /// let code = ReplyCode::new(211).unwrap();
    /// let mut wire = Vec::new();
    /// Reply::new(Protocol::Ftp, code, b"Features:\n MDTM\nEnd").write_to(|piece| wire.write_all(piece))?;
    /// assert_eq!(wire, b"211-Features:\r\n MDTM\r\n211 End\r\n");
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn write_to<E>(&self, mut sink: impl FnMut(&[u8]) -> Result<(), E>) -> Result<(), E> {
        let digits = [self.code.first(), self.code.second(), self.code.third()].map(|digit| b'0' + digit);
        let ftp = self.protocol() == Protocol::Ftp;
        let mut enhanced = Decimal::default();
        if let Some(code) = self.enhanced().filter(|_| !ftp) {
            enhanced.push(u16::from(code.class()));
            enhanced.push(code.subject());
            enhanced.push(code.detail());
        }
        let enhanced = enhanced.bytes();

        let mut lines = self.wire_lines().peekable();
        let mut first = true;
        while let Some(line) = lines.next() {
            let last = lines.peek().is_none();
            let bare = ftp && !first && !last && line.first() == Some(&b' ');
            if !bare {
                sink(&digits)?;
                sink(if last { b" " } else { b"-" })?;
                if !enhanced.is_empty() {
                    sink(enhanced)?;
                    if !line.is_empty() {
                        sink(b" ")?;
                    }
                }
            }
            sink(line)?;
            sink(b"\r\n")?;
            first = false;
        }
        Ok(())
    }

    /// Writes the reply into a buffer (see [`write_to`](Reply::write_to)) and returns what was written.
    ///
    /// # Errors
    ///
    /// [`BufferTooSmall`], which tells the size that is needed.
    ///
    /// ```
    /// # use replycode::{Protocol, Reply, ReplyCode};
    /// let reply = Reply::new(Protocol::Smtp, ReplyCode::new(250).unwrap(), b"ok");
    /// let mut buffer = [0; 16];
    /// assert_eq!(reply.write_into(&mut buffer), Ok(&b"250 ok\r\n"[..]));
    /// assert_eq!(reply.write_into(&mut buffer[..7]).unwrap_err().needed(), 8);
    /// ```
    pub fn write_into<'b>(&self, buffer: &'b mut [u8]) -> Result<&'b [u8], BufferTooSmall> {
        let mut needed = 0usize;
        let Ok(()) = self.write_to(|piece| {
            copy_what_fits(buffer, needed, piece);
            needed = needed.saturating_add(piece.len());
            Ok::<_, Infallible>(())
        });
        let buffer: &'b [u8] = buffer;
        buffer.get(..needed).ok_or(BufferTooSmall { needed })
    }

    /// The reply as it goes over the wire, for [`core::fmt::Write`]; bytes that are not UTF-8 become U+FFFD.
    ///
    /// ```
    /// # use replycode::{Protocol, Reply, ReplyCode};
    /// let reply = Reply::new(Protocol::Smtp, ReplyCode::new(250).unwrap(), b"ok");
    /// assert_eq!(format!("{}", reply.wire()), "250 ok\r\n");
    /// ```
    pub fn wire(&self) -> impl fmt::Display + use<'_> {
        fmt::from_fn(|f| self.write_to(|piece| fmt::Display::fmt(&Lossy(piece), f)))
    }

    /// The lines, cut at each CR as well. A CR before the LF between two lines is part of that line end.
    fn wire_lines(&self) -> impl Iterator<Item = &[u8]> {
        let mut lines = self.lines().peekable();
        core::iter::from_fn(move || {
            let line = lines.next()?;
            let line = if lines.peek().is_some() { line.strip_suffix(b"\r").unwrap_or(line) } else { line };
            Some(line.split(|byte| *byte == b'\r'))
        })
        .flatten()
    }
}

/// Numbers with full stops between them: an enhanced code.
#[derive(Default)]
struct Decimal {
    bytes: [u8; 12],
    len: usize,
}

impl Decimal {
    fn byte(&mut self, byte: u8) {
        if let Some(place) = self.bytes.get_mut(self.len) {
            *place = byte;
            self.len += 1;
        }
    }

    /// Adds a number below 1000.
    fn push(&mut self, number: u16) {
        if self.len > 0 {
            self.byte(b'.');
        }
        let mut rest = number;
        let mut leading = true;
        // Subtractions, not a division: small CPUs have no divider.
        for unit in [100, 10, 1] {
            let mut digit = b'0';
            while rest >= unit {
                rest -= unit;
                digit += 1;
            }
            leading &= digit == b'0' && unit > 1;
            if !leading {
                self.byte(digit);
            }
        }
    }

    fn bytes(&self) -> &[u8] {
        self.bytes.get(..self.len).unwrap_or_default()
    }
}

/// The buffer cannot hold the reply.
///
/// ```
/// use replycode::{Protocol, Reply, ReplyCode};
/// let reply = Reply::new(Protocol::Smtp, ReplyCode::new(250).unwrap(), b"ok");
/// let error = reply.write_into(&mut []).unwrap_err();
/// assert_eq!(error.to_string(), "the buffer is too small for the reply: 8 bytes are needed");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BufferTooSmall {
    needed: usize,
}

impl BufferTooSmall {
    /// The size that is needed, in bytes.
    ///
    /// ```
    /// # use replycode::{Protocol, Reply, ReplyCode};
    /// let reply = Reply::new(Protocol::Smtp, ReplyCode::new(250).unwrap(), b"ok");
    /// assert_eq!(reply.write_into(&mut [0; 3]).unwrap_err().needed(), 8);
    /// ```
    pub const fn needed(self) -> usize {
        self.needed
    }
}

impl fmt::Display for BufferTooSmall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the buffer is too small for the reply: {} bytes are needed", self.needed)
    }
}

impl core::error::Error for BufferTooSmall {}

#[cfg(test)]
mod tests {
    use std::string::ToString;

    use crate::{Protocol, Reply, ReplyCode};

    fn wire(protocol: Protocol, code: u16, enhanced: &str, text: &str) -> std::string::String {
        let code = ReplyCode::new(code).unwrap();
        Reply::new(protocol, code, text.as_bytes()).with_enhanced(enhanced.parse().ok()).wire().to_string()
    }

    #[test]
    fn smtp_as_rfc_5321_and_rfc_2034_write_it() {
        let smtp = |code, enhanced, text| wire(Protocol::Smtp, code, enhanced, text);
        assert_eq!(smtp(250, "", "ok"), "250 ok\r\n");
        // RFC 5321 section 4.2.1: the space stays without a text.
        assert_eq!(smtp(250, "", ""), "250 \r\n");
        assert_eq!(smtp(550, "5.1.1", ""), "550 5.1.1\r\n");
        assert_eq!(smtp(550, "5.7.606", "a\nb"), "550-5.7.606 a\r\n550 5.7.606 b\r\n");
        assert_eq!(smtp(250, "2.0.100", "x"), "250 2.0.100 x\r\n");
        assert_eq!(smtp(250, "", "a\r\nb\rc\nd"), "250-a\r\n250-b\r\n250-c\r\n250 d\r\n");
        assert_eq!(smtp(250, "", "a\r\n"), "250-a\r\n250 \r\n");
        assert_eq!(smtp(250, "", "\r\r"), "250-\r\n250-\r\n250 \r\n");
    }

    #[test]
    fn ftp_as_rfc_959_and_rfc_2389_write_it() {
        let ftp = |text| wire(Protocol::Ftp, 211, "2.0.0", text);
        assert_eq!(ftp("a\n250 b\n c\n d"), "211-a\r\n211-250 b\r\n c\r\n211  d\r\n");
        assert_eq!(ftp(" a\n b\nc"), "211- a\r\n b\r\n211 c\r\n");
    }
}
