//! What is asked.

use replycode::Enhanced;

/// What an input asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Question {
    /// A number alone, or with an enhanced status code.
    Code(u16, Option<Enhanced>),
    /// An enhanced status code alone.
    Enhanced(Enhanced),
    /// Anything else.
    Text,
}

impl Question {
    pub(crate) fn of(input: &[u8]) -> Question {
        let Ok(text) = str::from_utf8(input) else { return Question::Text };
        let mut words = text.split_ascii_whitespace();
        let question = match (words.next(), words.next()) {
            (Some(one), None) => {
                number(one).map(|code| Question::Code(code, None)).or_else(|| one.parse().ok().map(Question::Enhanced))
            }
            (Some(one), Some(other)) => {
                number(one).zip(other.parse().ok()).map(|(code, enhanced)| Question::Code(code, Some(enhanced)))
            }
            _ => None,
        };
        question.filter(|_| words.next().is_none()).unwrap_or(Question::Text)
    }
}

/// A number as people write one: a reply code, or what they take for one.
fn number(word: &str) -> Option<u16> {
    let plain = word.bytes().all(|byte| byte.is_ascii_digit()) && (word == "0" || !word.starts_with('0'));
    if plain { word.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::Question::{self, Code, Text};

    #[test]
    fn codes_stand_alone() {
        let enhanced = |text: &str| text.parse().unwrap();
        for (input, question) in [
            ("550", Code(550, None)),
            (" 550\r\n", Code(550, None)),
            ("550 5.1.1", Code(550, Some(enhanced("5.1.1")))),
            ("5.7.606", Question::Enhanced(enhanced("5.7.606"))),
            ("10060", Code(10060, None)),
            ("0", Code(0, None)),
            ("0550", Text),
            ("70000", Text),
            ("+550", Text),
            ("550 No", Text),
            ("550 5.1.1 No", Text),
            ("5.1.1 550", Text),
            ("3.1.1", Text),
            ("550-5.1.1", Text),
            ("", Text),
        ] {
            assert_eq!(Question::of(input.as_bytes()), question, "{input}");
        }
        assert_eq!(Question::of(b"550 \x83"), Text);
    }
}
