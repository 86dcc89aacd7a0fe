//! Who was at the other end, and in which session, from the line of a reply.

use crate::bytes::{at, before, is_blank, skip_blanks, slice, starts_with};

/// The peer that a line names: of what stands before the reply.
pub(crate) fn peer(line: &[u8], reply: usize) -> Option<&[u8]> {
    let head = slice(line, 0, reply);
    // What is nearest to the reply speaks of it: `host X said: 550`, `refused to talk to me`.
    for mark in ["host ", "from ", "relay=", "h=", "client \""] {
        if let Some(name) = last(head, mark).and_then(|place| named(line, place + mark.len())) {
            return Some(name);
        }
    }
    address(line, head)
}

/// A host's name, with or without its address.
fn named(line: &[u8], start: usize) -> Option<&[u8]> {
    let part = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_' | b':');
    let run = slice(line, start, start + slice(line, start, line.len()).iter().take_while(part).count());
    let address = run.strip_suffix(b":").filter(|run| is_address(run)).or(Some(run).filter(|run| is_address(run)));
    let name = run.split(|&byte| byte == b':').next().unwrap_or(&[]);
    let end = start + address.unwrap_or(name).len();
    // `mx.example.net [192.0.2.1]` of Exim, `mx.example.net. [192.0.2.1]` of sendmail, `mx.example.net[192.0.2.1]`.
    let open = skip_blanks(line, end);
    if at(line, open) == b'[' {
        let close = slice(line, open, open + 48).iter().position(|&byte| byte == b']');
        if let Some(close) = close
            && is_address(slice(line, open + 1, open + close))
        {
            return Some(slice(line, start, open + close + 1));
        }
    }
    let found = slice(line, start, end);
    let found = found.strip_suffix(b".").unwrap_or(found);
    let host = found.contains(&b'.') && found.iter().any(u8::is_ascii_alphanumeric);
    (host || is_address(found)).then_some(found)
}

/// The first address before the reply, in brackets or not.
fn address<'l>(line: &'l [u8], head: &[u8]) -> Option<&'l [u8]> {
    let mut place = 0;
    while place < head.len() {
        let byte = at(head, place);
        let part = |byte: u8| byte.is_ascii_hexdigit() || matches!(byte, b'.' | b':');
        if part(byte) && !before(head, place).is_ascii_alphanumeric() {
            let mut end = place;
            while part(at(head, end)) {
                end += 1;
            }
            let found = slice(line, place, end);
            let found = found.strip_suffix(b":").unwrap_or(found);
            if is_address(found) && !at(head, end).is_ascii_alphanumeric() {
                return Some(found);
            }
            place = end.max(place + 1);
            continue;
        }
        place += 1;
    }
    None
}

/// Whether these bytes are an IPv4 or IPv6 address.
fn is_address(text: &[u8]) -> bool {
    let text = if starts_with(text, 0, "ipv6:") { text.get(5..).unwrap_or(&[]) } else { text };
    let dots = text.iter().filter(|&&byte| byte == b'.').count();
    let colons = text.iter().filter(|&&byte| byte == b':').count();
    (dots == 3 || colons >= 2) && std::str::from_utf8(text).is_ok_and(|text| text.parse::<std::net::IpAddr>().is_ok())
}

/// The queue id, or else the process or connection, that a line names before the reply.
pub(crate) fn session(line: &[u8], reply: usize) -> Option<&[u8]> {
    let head = slice(line, 0, reply);
    exim(line, head).or_else(|| queue_id(line, head)).or_else(|| numbered(line, head))
}

/// Exim's message id: `1abcde-0001Xy-Ab`, since 4.97 `1abcde-00000001Xyz-AbCd`.
fn exim<'l>(line: &'l [u8], head: &[u8]) -> Option<&'l [u8]> {
    let mut words = head.split(|&byte| matches!(byte, b' ' | b'[' | b']')).scan(0, |start, word| {
        let place = *start;
        *start += word.len() + 1;
        Some((place, word))
    });
    let (place, word) = words.by_ref().take(8).find(|(_, word)| {
        let mut parts = word.split(|&byte| byte == b'-');
        let lengths = [parts.next(), parts.next(), parts.next()].map(|part| part.map_or(0, <[u8]>::len));
        let shape = matches!(lengths, [6, 6, 2] | [6, 11, 4]) && parts.next().is_none();
        shape && word.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-')
    })?;
    Some(slice(line, place, place + word.len()))
}

/// The id behind the name of a program and its process: `postfix/smtp[8]: 4F25B1234: to=`, of Postfix and sendmail.
fn queue_id<'l>(line: &'l [u8], head: &[u8]) -> Option<&'l [u8]> {
    let process = head.windows(3).position(|window| window == b"]: ")?;
    let start = process + 3;
    let id = slice(line, start, start + 32).iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
    let digits = slice(line, start, start + id).iter().filter(|byte| byte.is_ascii_digit()).count();
    let fits = (5..=20).contains(&id) && at(line, start + id) == b':' && digits > 0;
    fits.then(|| slice(line, start, start + id))
}

/// `[pid 123]`, `smtpd[123]:`, `(000087)`, `Session 87`.
fn numbered<'l>(line: &'l [u8], head: &[u8]) -> Option<&'l [u8]> {
    let number = |start: usize| {
        let count = slice(head, start, start + 12).iter().take_while(|byte| byte.is_ascii_digit()).count();
        (count > 0).then_some((slice(line, start, start + count), start + count))
    };
    for mark in ["[pid ", "session ", "pid="] {
        if let Some((id, _)) = find(head, mark).and_then(|place| number(place + mark.len())) {
            return Some(id);
        }
    }
    if at(head, 0) == b'('
        && let Some((id, end)) = number(1)
        && at(head, end) == b')'
    {
        return Some(id);
    }
    // `name[123]:`
    let mut from = 0;
    while let Some(open) = slice(head, from, head.len()).iter().position(|&byte| byte == b'[').map(|place| from + place)
    {
        let attached = before(head, open).is_ascii_alphanumeric() || before(head, open) == b'-';
        if let Some((id, end)) = number(open + 1)
            && attached
            && at(head, end) == b']'
            && (at(head, end + 1) == b':' || is_blank(at(head, end + 1)))
        {
            return Some(id);
        }
        from = open + 1;
    }
    None
}

/// Where a mark stands first, in any case.
fn find(head: &[u8], mark: &str) -> Option<usize> {
    crate::bytes::position(head, mark)
}

/// Where a mark stands last, at the beginning of a word.
fn last(head: &[u8], mark: &str) -> Option<usize> {
    let mut place = head.len().checked_sub(mark.len())?;
    loop {
        if starts_with(head, place, mark) && !before(head, place).is_ascii_alphanumeric() {
            return Some(place);
        }
        place = place.checked_sub(1)?;
    }
}

#[cfg(test)]
mod tests {
    use super::{peer, session};

    #[test]
    fn peers_and_sessions_of_many_programs() {
        for (line, name, id) in [
            (
                "Mar  1 10:11:12 mx postfix/smtpd[77]: NOQUEUE: reject: RCPT from unknown[192.0.2.1]: ~554 5.7.1 x",
                "unknown[192.0.2.1]",
                "77",
            ),
            (
                "Mar  1 10:11:12 mx postfix/smtp[8]: 4F25B1234: to=<a@b>, relay=mx.example.net[192.0.2.1]:25, status=sent (~250 2.0.0 Ok)",
                "mx.example.net[192.0.2.1]",
                "4F25B1234",
            ),
            (
                "Mar  1 10:11:12 mx postfix/smtp[8]: 4F25B1234: host mx.example.net[2001:db8::1] said: ~450 4.7.1 x",
                "mx.example.net[2001:db8::1]",
                "4F25B1234",
            ),
            (
                "2026-03-01 10:11:12 1abcde-0001Xy-Ab ** a@b R=dns T=smtp H=mx.example.net [192.0.2.1]: SMTP error from remote mail server after RCPT TO:<a@b>: ~550 x",
                "mx.example.net [192.0.2.1]",
                "1abcde-0001Xy-Ab",
            ),
            (
                "Mar  1 10:11:12 mx sendmail[99]: k9ABC123: to=<a@b>, relay=mx.example.net. [192.0.2.1], dsn=~5.1.1, stat=User unknown",
                "mx.example.net. [192.0.2.1]",
                "k9ABC123",
            ),
            (
                "Sun Mar  1 10:11:12 2026 [pid 4711] [al] FTP response: Client \"192.0.2.5\", \"~530 Login incorrect.\"",
                "192.0.2.5",
                "4711",
            ),
            ("(000087)3/1/2026 10:11:12 - al (192.0.2.5)> ~550 x", "192.0.2.5", "87"),
            ("2026-03-01 10:11:12 192.0.2.5 - STOR a.jpg ~550 5 0", "192.0.2.5", ""),
            ("Mar  1 10:11:12 ftp proftpd[123] 192.0.2.9 (client.example.net[192.0.2.5]): ~530", "192.0.2.9", "123"),
            ("10:11:12 S: ~550 x", "", ""),
        ] {
            let reply = line.find('~').unwrap();
            let line = line.replace('~', "");
            let shown = |part: Option<&[u8]>| String::from_utf8(part.unwrap_or(&[]).to_vec()).unwrap();
            assert_eq!(shown(peer(line.as_bytes(), reply)), name, "{line}");
            let id = if id == "87" { "000087" } else { id };
            assert_eq!(shown(session(line.as_bytes(), reply)), id, "{line}");
        }
    }
}
