//! Writing lists of numbers and texts in lines of readable length.

use replycode_catalog::At;

/// Items separated by commas, wrapped at 120 columns, each line indented.
pub(crate) fn wrapped(items: impl IntoIterator<Item = String>, indent: &str) -> String {
    let mut out = String::new();
    let mut line = String::new();
    for item in items {
        if !line.is_empty() && indent.len() + line.len() + item.len() + 2 > 120 {
            out.push_str(&format!("{indent}{line}\n"));
            line.clear();
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(&item);
        line.push(',');
    }
    if !line.is_empty() {
        out.push_str(&format!("{indent}{line}\n"));
    }
    out
}

/// Digits in the notation of the RFCs: `2yz` for a first, `x5z` for a second digit.
pub(crate) fn digits(digits: &[At<u16>], form: fn(u16) -> String, between: &str) -> String {
    digits.iter().map(|digit| form(**digit)).collect::<Vec<_>>().join(between)
}

/// The form of a first digit.
pub(crate) fn first_digit(digit: u16) -> String {
    format!("{digit}yz")
}

/// The form of a second digit.
pub(crate) fn second_digit(digit: u16) -> String {
    format!("x{digit}z")
}

/// A Rust string literal's inside.
pub(crate) fn escape_rust(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (place, character) in text.chars().enumerate() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            // A blank after a line continuation would be swallowed.
            ' ' if place == 0 => out.push_str("\\x20"),
            _ => out.push(character),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{escape_rust, wrapped};

    #[test]
    fn lists_are_wrapped_at_120_columns() {
        let text = wrapped((0..100).map(|number| format!("{number:03}")), "    ");
        assert!(text.lines().all(|line| line.len() <= 120 && line.starts_with("    ") && line.ends_with(',')));
        assert_eq!(text.matches(',').count(), 100);
    }

    #[test]
    fn literals_are_escaped() {
        assert_eq!(escape_rust(" a \"b\" \\ \n"), r#"\x20a \"b\" \\ \n"#);
    }
}
