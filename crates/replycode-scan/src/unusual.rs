//! Codes that are not written as three digits.

use replycode::{Enhanced, ReplyCode};

use crate::bytes::{at, is_blank, slice, starts_with};
use crate::list::{List, list};

/// First digits as Rust's lettre names them, from 2 on.
const SEVERITIES: List =
    list!["PositiveCompletion", "PositiveIntermediate", "TransientNegativeCompletion", "PermanentNegativeCompletion"];

/// Second digits, from 0 on.
const CATEGORIES: List = list!["Syntax", "Information", "Connections", "Unspecified3", "Unspecified4", "MailSystem"];

/// Third digits, from 0 on.
const DETAILS: List = list!["Zero", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine"];

/// `{ severity: PermanentNegativeCompletion, category: Unspecified3, detail: Four }`: the code, and where it ends.
pub(crate) fn spelled(text: &[u8], brace: usize) -> Option<(ReplyCode, usize)> {
    let mut place = brace + 1;
    let mut digits = [0; 3];
    let fields = list!["severity:", "category:", "detail:"].iter();
    for (number, (digit, field)) in digits.iter_mut().zip(fields).enumerate() {
        let (words, first) = match number {
            0 => (SEVERITIES, b'2'),
            1 => (CATEGORIES, b'0'),
            _ => (DETAILS, b'0'),
        };
        place = blanks(text, place);
        if !starts_with(text, place, field) {
            return None;
        }
        place = blanks(text, place + field.len());
        let end = place + slice(text, place, place + 40).iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        let word = slice(text, place, end);
        let value = words.iter().position(|name| name.as_bytes() == word)?;
        *digit = first + value as u8;
        place = end + usize::from(at(text, end) == b',');
    }
    Some((ReplyCode::from_digits(digits)?, place))
}

/// `{ class: 5, subject: 1, detail: 1 }`: the enhanced status code, and where it ends.
pub(crate) fn named(text: &[u8], brace: usize) -> Option<(Enhanced, usize)> {
    let mut place = brace + 1;
    let mut values = [0u16; 3];
    for (value, field) in values.iter_mut().zip(list!["class", "subject", "detail"].iter()) {
        while matches!(at(text, place), b' ' | b'"' | b',' | b'\r' | b'\n') {
            place += 1;
        }
        if !starts_with(text, place, field) {
            return None;
        }
        place += field.len();
        while matches!(at(text, place), b' ' | b'"' | b':') {
            place += 1;
        }
        let digits = slice(text, place, place + 3).iter().take_while(|byte| byte.is_ascii_digit()).count();
        if digits == 0 {
            return None;
        }
        *value = slice(text, place, place + digits).iter().fold(0, |value, digit| value * 10 + u16::from(digit - b'0'));
        place += digits;
    }
    let [class, subject, detail] = values;
    Some((Enhanced::new(u8::try_from(class).ok()?, subject, detail)?, place))
}

fn blanks(text: &[u8], mut place: usize) -> usize {
    while is_blank(at(text, place)) || matches!(at(text, place), b'\r' | b'\n') {
        place += 1;
    }
    place
}

/// `[53, 51, 48, 32, ...]`: the code that these bytes write, and where the row ends.
pub(crate) fn bytes(text: &[u8], bracket: usize) -> Option<(ReplyCode, usize)> {
    let mut place = bracket + 1;
    let mut head = [0; 4];
    for byte in &mut head {
        let digits = slice(text, place, place + 3).iter().take_while(|byte| byte.is_ascii_digit()).count();
        *byte = slice(text, place, place + digits)
            .iter()
            .fold(0u8, |value, digit| value.wrapping_mul(10).wrapping_add(digit - b'0'));
        if digits == 0 || at(text, place + digits) != b',' {
            return None;
        }
        place = blanks(text, place + digits + 1);
    }
    let [a, b, c, separator] = head;
    if !matches!(separator, b' ' | b'-' | b'\r' | b'\n') {
        return None;
    }
    let code = ReplyCode::from_digits([a, b, c]).filter(|code| (1..=5).contains(&code.first()))?;
    let row = slice(text, place, place.saturating_add(8192));
    let end = row.iter().position(|byte| !(byte.is_ascii_digit() || matches!(byte, b',' | b' ' | b'\r' | b'\n')));
    Some((code, place + end.unwrap_or(row.len())))
}

#[cfg(test)]
mod tests {
    use super::{bytes, named, spelled};

    #[test]
    fn digits_as_words() {
        let of = |text: &str| spelled(text.as_bytes(), 0).map(|(code, _)| code.get());
        assert_eq!(of("{ severity: PermanentNegativeCompletion, category: Unspecified3, detail: Five }"), Some(535));
        assert_eq!(
            of("{\n severity: TransientNegativeCompletion,\n category: MailSystem,\n detail: Zero\n}"),
            Some(450)
        );
        assert_eq!(of("{ severity: High }"), None);
    }

    #[test]
    fn enhanced_status_codes_by_name() {
        for text in ["{ class: 5, subject: 1, detail: 1 }", "{\"class\":5,\"subject\":1,\"detail\":1}"] {
            assert_eq!(named(text.as_bytes(), 0).map(|(code, _)| code), "5.1.1".parse().ok(), "{text}");
        }
        assert_eq!(named(b"{ class: 3, subject: 1, detail: 1 }", 0), None);
        assert_eq!(named(b"{ code: 5 }", 0), None);
    }

    #[test]
    fn digits_as_bytes() {
        let of = |text: &str| bytes(text.as_bytes(), 0).map(|(code, end)| (code.get(), end));
        assert_eq!(of("[53, 51, 48, 32, 78, 111]"), Some((530, 24)));
        assert_eq!(of("[50, 50, 48, 45, 87]"), Some((220, 19)));
        assert_eq!(of("[53, 51, 48, 65, 78]"), None);
        assert_eq!(of("[54, 51, 48, 32, 78]"), None);
        assert_eq!(of("[53, 51"), None);
    }
}
