//! How a reply that was found in a text deviates from the RFC.

use replycode::{Notes, Protocol, parse};
use replycode_scan::{Form, Found};

/// What the parser notes of a reply whose lines the text has as the server sent them, which it does not have of one that
/// a program has taken apart. Line ends are the text's, not the server's, and say nothing. Where the protocol is not
/// known, what holds in both.
pub(crate) fn of(text: &[u8], found: &Found) -> Notes {
    let mut lines: Vec<&[u8]> = found.bytes(text).split(|&byte| byte == b'\n').map(<[u8]>::trim_ascii_end).collect();
    lines.retain(|line| !line.is_empty());
    let as_sent = match found.form {
        Form::Bare => true,
        Form::Dialog | Form::Labelled | Form::Quoted => lines.len() == 1,
        _ => false,
    };
    if !as_sent {
        return Notes::EMPTY;
    }
    let mut reply = lines.join(&b"\r\n"[..]);
    reply.extend(b"\r\n");
    let notes = |protocol| parse(protocol, &reply).map(|reply| reply.notes()).unwrap_or_default();
    match found.protocol {
        Some(protocol) => notes(protocol),
        None => Notes::from_bits(notes(Protocol::Smtp).bits() & notes(Protocol::Ftp).bits()),
    }
}

#[cfg(test)]
mod tests {
    use replycode::Protocol;

    fn notes(text: &str, protocol: Option<Protocol>) -> String {
        let found = replycode_scan::find(text.as_bytes(), protocol).next().unwrap();
        super::of(text.as_bytes(), &found).to_string()
    }

    #[test]
    fn of_a_reply_as_it_was_sent() {
        let smtp = Some(Protocol::Smtp);
        assert_eq!(notes("550 5.1.1 User unknown", smtp), "");
        assert_eq!(notes("550 4.1.1 User unknown\n", smtp), "esc-class-mismatch");
        assert_eq!(notes("550-No\n550 5.1.1 User unknown\n", smtp), "esc-varies");
        assert_eq!(notes("S: 550 #5.1.1 User unknown\nC: QUIT\n", smtp), "esc-prefix");
        assert_eq!(notes("530 ログイン失敗", None), "eight-bit");
        assert_eq!(notes("(550, b'4.1.1 User unknown')", smtp), "");
    }
}
