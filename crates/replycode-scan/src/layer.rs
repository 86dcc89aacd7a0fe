//! Who speaks where no reply is found.

use crate::bytes::{at, contains};
use crate::found::Speaker;
use crate::lexicon::{HTTP_WORDS, SYSTEM_WORDS, TLS_WORDS};
use crate::list::List;

/// How much of a text is read for it.
pub(crate) const REACH: usize = 16 * 1024;

/// The layer that a text without any reply speaks of.
pub(crate) fn speaker(text: &[u8]) -> Option<Speaker> {
    let text = text.get(..text.len().min(REACH)).unwrap_or(text);
    if text.iter().all(|byte| !byte.is_ascii_graphic() && *byte < 0x80) {
        return None;
    }
    let any = |words: List| words.iter().any(|words| contains(text, words));
    Some(if winsock(text) {
        Speaker::Winsock
    } else if any(TLS_WORDS) {
        Speaker::Tls
    } else if any(SYSTEM_WORDS) {
        Speaker::System
    } else if any(HTTP_WORDS) {
        Speaker::Http
    } else {
        Speaker::Client
    })
}

/// Whether a number of Windows sockets stands in a text: 10004 to 11004.
fn winsock(text: &[u8]) -> bool {
    text.windows(5).enumerate().any(|(place, digits)| {
        let value = digits
            .iter()
            .try_fold(0u32, |value, byte| byte.is_ascii_digit().then(|| value * 10 + u32::from(byte - b'0')));
        let part = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b':' | b',');
        let alone = !part(crate::bytes::before(text, place)) && !at(text, place + 5).is_ascii_alphanumeric();
        alone && value.is_some_and(|value| matches!(value, 10004..=10071 | 10091..=10093 | 11001..=11004))
    })
}

#[cfg(test)]
mod tests {
    use super::speaker;
    use crate::found::Speaker;

    #[test]
    fn layers_are_named() {
        for (text, layer) in [
            ("WSAGetLastError: 10060", Some(Speaker::Winsock)),
            ("Error 10061: no connection", Some(Speaker::Winsock)),
            ("connect ECONNREFUSED 192.0.2.1:10025", Some(Speaker::System)),
            ("ssl.SSLError: [SSL: WRONG_VERSION_NUMBER] wrong version number", Some(Speaker::Tls)),
            ("BotoServerError: 400 Bad Request", Some(Speaker::Http)),
            ("SMTP AUTH extension not supported by server!", Some(Speaker::Client)),
            ("", None),
        ] {
            assert_eq!(speaker(text.as_bytes()), layer, "{text}");
        }
    }
}
