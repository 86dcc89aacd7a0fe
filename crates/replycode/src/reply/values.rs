//! What machines read in a reply's text (RFC 5321 section 4.2: 220, 221, 251, 421, 551; RFC 959, RFC 1123, RFC 2428
//! and RFC 3659: 213, 227, 229, 257).

use core::net::{Ipv4Addr, SocketAddrV4};

use super::lines::Lines;
use super::quoted::Quoted;
use super::{Body, Reply};
use crate::Protocol;

impl<'a> Reply<'a> {
    /// FTP 227: where the server awaits the data connection. Six numbers with commas, wherever they stand and with or
    /// without parentheses (RFC 1123 section 4.1.2.6).
    ///
    /// The host is what the server believes its address to be; behind address translation it may be wrong.
    ///
    /// ```
    /// # use replycode::{Protocol, parse};
    /// let reply = parse(Protocol::Ftp, b"227 Entering Passive Mode (192,0,2,7,19,137).\r\n")?;
    /// assert_eq!(reply.passive_address(), Some("192.0.2.7:5001".parse().unwrap()));
    /// # Ok::<(), replycode::Malformed>(())
    /// ```
    pub fn passive_address(&self) -> Option<SocketAddrV4> {
        self.whole_lines(Protocol::Ftp, &[227])?.find_map(|line| {
            let starts = (0..line.len()).filter_map(|at| line.get(at..));
            starts
                .scan(false, after_digit)
                .find_map(|(inside_number, rest)| if inside_number { None } else { six(rest) })
        })
    }

    /// FTP 229: the port on which the server awaits the data connection, 1..=65535 (RFC 2428 section 3).
    ///
    /// ```
    /// # use replycode::{Protocol, parse};
    /// let reply = parse(Protocol::Ftp, b"229 Entering Extended Passive Mode (|||6446|)\r\n")?;
    /// assert_eq!(reply.extended_passive_port(), Some(6446));
    /// # Ok::<(), replycode::Malformed>(())
    /// ```
    pub fn extended_passive_port(&self) -> Option<u16> {
        self.whole_lines(Protocol::Ftp, &[229])?
            .find_map(|line| line.split(|byte| *byte == b'(').skip(1).find_map(port_between_delimiters))
    }

    /// FTP 257: the path name in quotes (RFC 959 section 4.2.2 and Appendix II).
    ///
    /// ```
    /// # use replycode::{Protocol, parse};
    /// let reply = parse(Protocol::Ftp, b"257 \"/say \"\"hi\"\"\" created\r\n")?;
    /// assert!(reply.pathname().unwrap() == "/say \"hi\"");
    /// # Ok::<(), replycode::Malformed>(())
    /// ```
    pub fn pathname(&self) -> Option<Quoted<'a>> {
        self.whole_lines(Protocol::Ftp, &[257])?.find_map(Quoted::find)
    }

    /// FTP 213 to SIZE: the number of bytes, as decimal digits for whatever integer is wide enough (RFC 3659
    /// section 4). A time is made of digits as well: ask for what the command was.
    ///
    /// ```
    /// # use replycode::{Protocol, parse};
    /// let reply = parse(Protocol::Ftp, b"213 68719476736\r\n")?;
    /// assert_eq!(reply.file_size().unwrap().parse(), Ok(1u64 << 36));
    /// # Ok::<(), replycode::Malformed>(())
    /// ```
    pub fn file_size(&self) -> Option<&'a str> {
        let line = self.only_line(213)?;
        if line.is_empty() || !line.iter().all(u8::is_ascii_digit) {
            return None;
        }
        core::str::from_utf8(line).ok()
    }

    /// FTP 213 to MDTM: the modification time (RFC 3659 section 3).
    ///
    /// ```
    /// # use replycode::{Protocol, parse};
    /// let time = parse(Protocol::Ftp, b"213 19980615100045.014\r\n")?.modification_time().unwrap();
    /// assert_eq!((time.year, time.month, time.day), (1998, 6, 15));
    /// assert_eq!((time.hour, time.minute, time.second, time.fraction), (10, 0, 45, "014"));
    /// # Ok::<(), replycode::Malformed>(())
    /// ```
    pub fn modification_time(&self) -> Option<FileTime<'a>> {
        FileTime::read(self.only_line(213)?)
    }

    /// SMTP 220, 221 and 421: the server's name, the first word of the text (RFC 5321 section 4.2): a domain with a
    /// full stop in it, or an address in brackets. `None` for any other word, since many servers leave the name out.
    ///
    /// ```
    /// # use replycode::{Protocol, parse};
    /// let reply = parse(Protocol::Smtp, b"421 4.4.2 mx.example.com Error: timeout exceeded\r\n")?;
    /// assert_eq!(reply.domain(), Some("mx.example.com"));
    /// assert_eq!(parse(Protocol::Smtp, b"221 2.0.0 Bye\r\n")?.domain(), None);
    /// # Ok::<(), replycode::Malformed>(())
    /// ```
    pub fn domain(&self) -> Option<&'a str> {
        let word = self.whole_lines(Protocol::Smtp, &[220, 221, 421])?.next()?.split(|byte| *byte == b' ').next()?;
        let name = match word {
            [b'[', literal @ .., b']'] => !literal.is_empty() && literal.iter().all(u8::is_ascii_graphic),
            _ => word.contains(&b'.') && word.split(|byte| *byte == b'.').all(is_label),
        };
        if name { core::str::from_utf8(word).ok() } else { None }
    }

    /// SMTP 251 and 551: the address to use instead, without its angle brackets (RFC 5321 sections 3.4 and 4.2).
    ///
    /// ```
    /// # use replycode::{Protocol, parse};
    /// let reply = parse(Protocol::Smtp, b"551 User not local; please try <bob@example.net>\r\n")?;
    /// assert_eq!(reply.forward_path(), Some("bob@example.net"));
    /// # Ok::<(), replycode::Malformed>(())
    /// ```
    pub fn forward_path(&self) -> Option<&'a str> {
        self.whole_lines(Protocol::Smtp, &[251, 551])?.find_map(|line| {
            let path = line.split(|byte| *byte == b'<').skip(1).find_map(|rest| {
                let end = rest.iter().position(|byte| *byte == b'>')?;
                rest.get(..end).filter(|path| path.contains(&b'@'))
            })?;
            core::str::from_utf8(path).ok()
        })
    }

    /// The lines, if the reply is one of these; without the last where the buffer has cut it.
    fn whole_lines(&self, protocol: Protocol, codes: &[u16]) -> Option<Lines<'a>> {
        if self.protocol() != protocol || !codes.contains(&self.code.get()) {
            return None;
        }
        match self.body {
            Body::Text { text, truncated: true } => {
                let whole = text.iter().rposition(|byte| *byte == b'\n')?;
                text.get(..whole).map(Lines::of_text)
            }
            _ => Some(self.lines()),
        }
    }

    /// The line of an FTP reply that has one.
    fn only_line(&self, code: u16) -> Option<&'a [u8]> {
        let mut lines = self.whole_lines(Protocol::Ftp, &[code])?;
        if self.line_count() == 1 { lines.next() } else { None }
    }
}

/// Pairs a place in a line with whether a digit stands before it.
fn after_digit<'a>(digit_before: &mut bool, rest: &'a [u8]) -> Option<(bool, &'a [u8])> {
    let digit = rest.first().is_some_and(u8::is_ascii_digit);
    Some((core::mem::replace(digit_before, digit), rest))
}

/// Up to five digits, at most 65535, and what follows them.
fn number(bytes: &[u8]) -> Option<(u16, &[u8])> {
    let len = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (digits, rest) = bytes.split_at_checked(len)?;
    let number = digits.iter().try_fold(0u16, |n, digit| n.checked_mul(10)?.checked_add(u16::from(digit - b'0')))?;
    if len == 0 { None } else { Some((number, rest)) }
}

/// `h1,h2,h3,h4,p1,p2`; a blank after a comma is let through.
fn six(bytes: &[u8]) -> Option<SocketAddrV4> {
    let mut parts = [0u8; 6];
    let mut rest = bytes;
    for (i, part) in parts.iter_mut().enumerate() {
        if i > 0 {
            rest = rest.strip_prefix(b",")?;
            rest = rest.strip_prefix(b" ").unwrap_or(rest);
        }
        let (value, after) = number(rest)?;
        *part = u8::try_from(value).ok()?;
        rest = after;
    }
    let [a, b, c, d, high, low] = parts;
    Some(SocketAddrV4::new(Ipv4Addr::new(a, b, c, d), u16::from_be_bytes([high, low])))
}

/// `|||6446|)`, with any delimiter that is printable and no digit.
fn port_between_delimiters(bytes: &[u8]) -> Option<u16> {
    let [d1, d2, d3, rest @ ..] = bytes else { return None };
    if d1 != d2 || d2 != d3 || !d1.is_ascii_graphic() || d1.is_ascii_digit() {
        return None;
    }
    match number(rest)? {
        (port @ 1.., [d4, b')', ..]) if d4 == d1 => Some(port),
        _ => None,
    }
}

/// A part of a domain between full stops; bytes outside ASCII are letters (RFC 6531).
fn is_label(label: &[u8]) -> bool {
    let alphanumeric = |byte: &u8| byte.is_ascii_alphanumeric() || !byte.is_ascii();
    label.iter().all(|byte| alphanumeric(byte) || *byte == b'-')
        && label.first().is_some_and(alphanumeric)
        && label.last().is_some_and(alphanumeric)
}

/// A point in time, UTC, as a server writes it: `YYYYMMDDhhmmss` and digits of a fraction of a second (RFC 3659
/// section 2.3).
///
/// ```
/// use replycode::{Protocol, parse};
///
/// let time = parse(Protocol::Ftp, b"213 20240229235960\r\n")?.modification_time().unwrap();
/// assert_eq!((time.second, time.fraction), (60, ""));
/// # Ok::<(), replycode::Malformed>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileTime<'a> {
    /// 0..=9999.
    pub year: u16,
    /// 1..=12.
    pub month: u8,
    /// 1..=31.
    pub day: u8,
    /// 0..=23.
    pub hour: u8,
    /// 0..=59.
    pub minute: u8,
    /// 0..=60.
    pub second: u8,
    /// The digits after the decimal point, if any.
    pub fraction: &'a str,
}

impl<'a> FileTime<'a> {
    fn read(text: &'a [u8]) -> Option<Self> {
        let (pairs, fraction) = text.split_first_chunk::<14>()?;
        let fraction = match fraction {
            [] => fraction,
            [b'.', digits @ ..] if !digits.is_empty() && digits.iter().all(u8::is_ascii_digit) => digits,
            _ => return None,
        };
        let mut values = [0u8; 7];
        for (value, pair) in values.iter_mut().zip(pairs.as_chunks::<2>().0) {
            *value = match pair {
                [tens @ b'0'..=b'9', ones @ b'0'..=b'9'] => (tens - b'0') * 10 + (ones - b'0'),
                _ => return None,
            };
        }
        let [century, year, month @ 1..=12, day @ 1..=31, hour @ 0..=23, minute @ 0..=59, second @ 0..=60] = values
        else {
            return None;
        };
        let year = u16::from(century) * 100 + u16::from(year);
        Some(FileTime { year, month, day, hour, minute, second, fraction: core::str::from_utf8(fraction).ok()? })
    }
}

#[cfg(test)]
mod tests {
    use std::format;
    use std::string::ToString;
    use std::vec::Vec;

    use crate::{Parser, Protocol, Reply, ReplyCode, Rules};

    fn ftp(code: u16, text: &str) -> Reply<'_> {
        Reply::new(Protocol::Ftp, ReplyCode::new(code).unwrap(), text.as_bytes())
    }

    fn smtp(code: u16, text: &str) -> Reply<'_> {
        Reply::new(Protocol::Smtp, ReplyCode::new(code).unwrap(), text.as_bytes())
    }

    #[test]
    fn passive_addresses() {
        let wanted = Some("10.1.2.3:1026".parse().unwrap());
        for text in [
            "Entering Passive Mode (10,1,2,3,4,2)", // RFC 959
            "Entering Passive Mode 10,1,2,3,4,2",   // RFC 1123 section 4.1.2.6: no parentheses
            "=10,1,2,3,4,2",
            "10,1,2,3,4,2.",
            "At 3 o'clock, port 21: 10, 1, 2, 3, 4, 2",
            "see\n(10,1,2,3,4,2)",
        ] {
            assert_eq!(ftp(227, text).passive_address(), wanted, "{text}");
        }
        for text in
            ["", "10,1,2,3,4", "10,1,2,3,4,256", "10,1,2,3,4,", "1000,1,2,3,4,2", "10.1.2.3:1026", "10,,1,2,3,4"]
        {
            assert_eq!(ftp(227, text).passive_address(), None, "{text}");
        }
        assert_eq!(ftp(226, "10,1,2,3,4,2").passive_address(), None);
        assert_eq!(smtp(227, "10,1,2,3,4,2").passive_address(), None);
    }

    #[test]
    fn extended_passive_ports() {
        for text in ["Extended Passive Mode OK (|||6446|)", "(!!!6446!)", "(a) b (|||6446|)."] {
            assert_eq!(ftp(229, text).extended_passive_port(), Some(6446), "{text}");
        }
        for text in
            ["(|||65536|)", "(|||0|)", "(||6446|)", "(|||6446)", "|||6446|", "(|||6446!)", "(|||644", "(1116446 1)"]
        {
            assert_eq!(ftp(229, text).extended_passive_port(), None, "{text}");
        }
    }

    #[test]
    fn path_names() {
        for (text, path) in [
            ("\"/\" is the current directory", "/"),
            ("\"\" x", ""),
            ("\"/a\"\"b\"\"\" created", "/a\"b\""), // RFC 959 Appendix II
            ("\"\"\"\"", "\""),
            ("created \"x y\"", "x y"),
        ] {
            assert_eq!(ftp(257, text).pathname().unwrap().to_string(), path, "{text}");
        }
        for text in ["", "/home", "\"", "\"abc", "\"abc\"\""] {
            assert!(ftp(257, text).pathname().is_none(), "{text}");
        }
    }

    #[test]
    fn sizes_and_times() {
        assert_eq!(ftp(213, "0").file_size(), Some("0"));
        for text in ["", "-1", "12 bytes", "12\n13"] {
            assert_eq!(ftp(213, text).file_size(), None, "{text}");
        }
        let time = |text| ftp(213, text).modification_time().map(|t| (t.year, t.month, t.second));
        assert_eq!(time("19990929003355"), Some((1999, 9, 55))); // RFC 3659 section 3.3
        assert_eq!(time("19990929003355.237"), Some((1999, 9, 55)));
        for text in [
            "",
            "1999092900335",
            "199909290033555",
            "19991329003355",
            "19990900003355",
            "19990929243355",
            "19990929003361",
        ] {
            assert_eq!(time(text), None, "{text}");
        }
        assert_eq!([time("19990929003355."), time("19990929003355.x"), time("1999092900335x")], [None; 3]);
    }

    #[test]
    fn names_and_addresses() {
        for (text, name) in [
            ("mx.example.com ESMTP", Some("mx.example.com")),
            ("mx.example.com", Some("mx.example.com")),
            ("[192.0.2.1] ESMTP", Some("[192.0.2.1]")),
            ("[IPv6:2001:db8::1]", Some("[IPv6:2001:db8::1]")),
            ("Service ready", None),
            ("mx..example.com", None),
            ("-x.example.com", None),
            ("[] x", None),
            ("", None),
        ] {
            assert_eq!(smtp(220, text).domain(), name, "{text}");
        }
        assert_eq!(smtp(250, "mx.example.com").domain(), None);
        assert_eq!(smtp(251, "a <b> will forward to <c@d>").forward_path(), Some("c@d"));
        assert_eq!(smtp(551, "please try c@d").forward_path(), None);
        assert_eq!(ftp(551, "<c@d>").forward_path(), None);
    }

    /// A number that the buffer has cut is no number.
    #[test]
    fn nothing_is_read_from_a_line_that_was_cut() {
        let bytes = b"213 123456\r\n227-ok\r\n227 10,1,2,3,4,20\r\n";
        let size = |reply: Reply<'_>| reply.file_size().map(|size| size.to_string());
        let mut cut = Parser::<5>::with_rules(Rules::new(Protocol::Ftp));
        let (consumed, _) = cut.feed(bytes);
        assert_eq!(size(cut.reply().unwrap()), None);
        let mut whole = Parser::<6>::with_rules(Rules::new(Protocol::Ftp));
        whole.feed(bytes);
        assert_eq!(size(whole.reply().unwrap()).as_deref(), Some("123456"));
        let ports: Vec<_> = [15, 16]
            .map(|len| {
                let mut text = std::vec![0; len];
                let mut parser = crate::RawParser::new(Protocol::Ftp);
                parser.feed(&bytes[consumed..], &mut text);
                parser.reply(&text).unwrap().passive_address().map(|address| format!("{address}"))
            })
            .into();
        assert_eq!(ports, [None, Some("10.1.2.3:1044".to_string())]);
    }
}
