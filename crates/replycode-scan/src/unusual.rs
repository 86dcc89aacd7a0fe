//! Codes that are not written as three digits.

use replycode::{Enhanced, ReplyCode};

use crate::bytes::{at, is_blank, slice, starts_with};

/// First digits as Rust's lettre names them.
const SEVERITIES: &[(&str, u8)] = &[
    ("PositiveCompletion", 2),
    ("PositiveIntermediate", 3),
    ("TransientNegativeCompletion", 4),
    ("PermanentNegativeCompletion", 5),
];

/// Second digits.
const CATEGORIES: &[(&str, u8)] = &[
    ("Syntax", 0),
    ("Information", 1),
    ("Connections", 2),
    ("Unspecified3", 3),
    ("Unspecified4", 4),
    ("MailSystem", 5),
];

/// Third digits.
const DETAILS: &[(&str, u8)] = &[
    ("Zero", 0),
    ("One", 1),
    ("Two", 2),
    ("Three", 3),
    ("Four", 4),
    ("Five", 5),
    ("Six", 6),
    ("Seven", 7),
    ("Eight", 8),
    ("Nine", 9),
];

/// `{ severity: PermanentNegativeCompletion, category: Unspecified3, detail: Four }`: the code, and where it ends.
pub(crate) fn spelled(text: &[u8], brace: usize) -> Option<(ReplyCode, usize)> {
    let mut place = brace + 1;
    let mut digits = [0; 3];
    let fields = [("severity:", SEVERITIES), ("category:", CATEGORIES), ("detail:", DETAILS)];
    for (digit, (field, words)) in digits.iter_mut().zip(fields) {
        place = blanks(text, place);
        if !starts_with(text, place, field) {
            return None;
        }
        place = blanks(text, place + field.len());
        let end = place + slice(text, place, place + 40).iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        let word = slice(text, place, end);
        let (_, value) = words.iter().find(|(name, _)| name.as_bytes() == word)?;
        *digit = b'0' + value;
        place = end + usize::from(at(text, end) == b',');
    }
    Some((ReplyCode::from_digits(digits)?, place))
}

/// `{ class: 5, subject: 1, detail: 1 }`: the enhanced status code, and where it ends.
pub(crate) fn named(text: &[u8], brace: usize) -> Option<(Enhanced, usize)> {
    let mut place = brace + 1;
    let mut values = [0u16; 3];
    for (value, field) in values.iter_mut().zip(["class", "subject", "detail"]) {
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
