//! What a server sent, on a terminal: it may hold anything, and must not command the terminal.

use std::fmt::Write;

/// Bytes of unknown encoding as one line of text: UTF-8 as it is, other bytes as `\x83`, and whatever a terminal would
/// obey or not show as `\u{1b}`.
pub(crate) fn line(bytes: &[u8]) -> String {
    let mut text = String::new();
    for chunk in bytes.utf8_chunks() {
        chunk.valid().chars().for_each(|character| push(&mut text, character));
        for byte in chunk.invalid() {
            let _ = write!(text, "\\x{byte:02x}");
        }
    }
    text
}

/// Text of several lines, whose line ends stay.
pub(crate) fn lines(text: &str) -> String {
    let mut escaped = String::new();
    for character in text.chars() {
        if character == '\n' { escaped.push('\n') } else { push(&mut escaped, character) }
    }
    escaped
}

/// JSON in which such characters are escaped; they stand in strings only.
pub(crate) fn json(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        if character == '\n' || !is_hostile(character) {
            escaped.push(character);
        } else {
            for unit in character.encode_utf16(&mut [0; 2]) {
                let _ = write!(escaped, "\\u{unit:04x}");
            }
        }
    }
    escaped
}

fn push(text: &mut String, character: char) {
    match character {
        '\t' => text.push(' '),
        character if is_hostile(character) => {
            let _ = write!(text, "{}", character.escape_unicode());
        }
        character => text.push(character),
    }
}

/// Control characters (C0, DEL, C1), those that turn the direction of what follows, and those that show nothing.
fn is_hostile(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}'
            | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{3164}'
            | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}' | '\u{E0000}'..='\u{E0FFF}')
}

#[cfg(test)]
mod tests {
    use super::{json, line, lines};

    #[test]
    fn nothing_commands_the_terminal() {
        assert_eq!(line(b"550 \x1b[2J\x07no\x7f\r\n"), "550 \\u{1b}[2J\\u{7}no\\u{7f}\\u{d}\\u{a}");
        assert_eq!(
            line("a\u{9b}31mb\u{202e}c\u{2066}d\u{200b}".as_bytes()),
            "a\\u{9b}31mb\\u{202e}c\\u{2066}d\\u{200b}"
        );
        assert_eq!(line("パスワード\tエラー".as_bytes()), "パスワード エラー");
        // Shift_JIS, and UTF-8 that is cut off.
        assert_eq!(line(b"530 \x83\x8d\x83O ok \xe3\x83"), "530 \\x83\\x8d\\x83O ok \\xe3\\x83");
        // C1 as a byte of its own is no UTF-8.
        assert_eq!(line(b"\x9b31m"), "\\x9b31m");
        assert_eq!(lines("a\n\x1b]0;b\n"), "a\n\\u{1b}]0;b\n");
    }

    #[test]
    fn json_has_no_such_characters() {
        let text = serde_json::to_string_pretty(&["a\u{1b}\u{85}\u{202e}\u{e0001}\n日本"]).unwrap();
        let safe = json(&text);
        assert_eq!(safe, "[\n  \"a\\u001b\\u0085\\u202e\\udb40\\udc01\\n日本\"\n]");
        assert_eq!(serde_json::from_str::<Vec<String>>(&safe).unwrap(), ["a\u{1b}\u{85}\u{202e}\u{e0001}\n日本"]);
    }
}
