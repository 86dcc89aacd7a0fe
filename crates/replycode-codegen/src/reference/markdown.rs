//! Writing Markdown (CommonMark with the tables of GitHub) in which texts say exactly what they say in the catalogue.

use std::fmt::Write as _;

/// A text as Markdown that renders as this text, in a paragraph, a heading, a link or a table cell.
///
/// What could become HTML, and the bar that ends a table cell, turn into character references: every renderer knows
/// them, while some do not let a backslash protect these. A line break becomes a blank, since a cell has none.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at_start = true;
    let mut digits = 0;
    for (place, character) in text.char_indices() {
        match character {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '|' => out.push_str("&#124;"),
            // Struck through; mathematics.
            '~' => out.push_str("&#126;"),
            '$' => out.push_str("&#36;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '{' | '}' | '#' => {
                out.push('\\');
                out.push(character);
            }
            // A list, or a line that makes a heading of the one before.
            '+' | '-' | '=' if at_start => {
                let _ = write!(out, "&#{};", u32::from(character));
            }
            // A numbered list.
            '.' | ')'
                if digits > 0 && digits == place && !text[place + 1..].starts_with(|c: char| !c.is_whitespace()) =>
            {
                out.push('\\');
                out.push(character);
            }
            // Addresses would turn into links.
            ':' if text[place..].starts_with("://") => out.push_str("&#58;"),
            '@' if is_within_word(text, place) => out.push_str("&#64;"),
            '\n' | '\r' | '\t' => out.push(' '),
            _ => out.push(character),
        }
        at_start = at_start && character.is_whitespace();
        digits += usize::from(character.is_ascii_digit());
    }
    out
}

/// Whether an ASCII character stands between letters or digits.
fn is_within_word(text: &str, place: usize) -> bool {
    let before = text[..place].chars().next_back();
    let after = text[place + 1..].chars().next();
    before.zip(after).is_some_and(|(before, after)| before.is_alphanumeric() && after.is_alphanumeric())
}

/// A name as code, for ids and verbs.
pub(super) fn code(name: &str) -> String {
    // A name with one of these cannot stand in a code span in every place.
    if name.contains(['`', '|', '\n']) { escape(name) } else { format!("`{name}`") }
}

/// A link; the text is Markdown already.
pub(super) fn link(text: &str, target: &str) -> String {
    format!("[{text}]({target})")
}

/// Anchors on a line of their own, to stand before a heading.
pub(super) fn anchors(ids: &[String]) -> String {
    ids.iter().map(|id| format!("<a id=\"{id}\"></a>")).collect()
}

/// An id or a verb as part of an anchor: small letters, digits and hyphens.
pub(super) fn slug(name: &str) -> String {
    name.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' }).collect()
}

/// A table; the cells are Markdown already.
pub(super) fn table(header: &[String], rows: impl Iterator<Item = Vec<String>>) -> String {
    let mut out = format!("| {} |\n|{}\n", header.join(" | "), " --- |".repeat(header.len()));
    for row in rows {
        let _ = writeln!(out, "| {} |", row.join(" | "));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{code, escape, slug, table};

    /// What a renderer makes of Markdown: the text alone, and whether there was anything but text in one paragraph.
    fn rendered(markdown: &str) -> (String, bool) {
        use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
        let (mut text, mut plain) = (String::new(), true);
        // Everything that a renderer may do, but for nicer quotes and dashes.
        let options = Options::all() - Options::ENABLE_SMART_PUNCTUATION;
        for event in Parser::new_ext(markdown, options) {
            match event {
                Event::Text(part) => text.push_str(&part),
                Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph) => {}
                _ => plain = false,
            }
        }
        (text, plain)
    }

    #[test]
    fn every_text_renders_as_itself() {
        for text in [
            "<domain> Service ready",
            "Start mail input; end with <CRLF>.<CRLF>",
            "<b>bold</b> <!-- gone --> <script>alert(1)</script> &lt; &amp; &#60; &nbsp; & co",
            "(h1,h2,h3,h4,p1,p2)",
            "a | b || c",
            "*emphasis* **strong** _emphasis_ __strong__ ~~struck~~ snake_case_word",
            "`code` ``more``",
            "[base64] [link](target) ![image](x.png) [^1] [x]: y",
            "\\ backslash \\* \\< \\",
            "# heading",
            "heading #",
            "- item",
            "+ item",
            "* item",
            "1. item",
            "250) item",
            "2.1.0 simply accepts it",
            "= underline",
            "===",
            "---",
            "> quote",
            "$x$ and $$y$$, x^2^, H~2~O, ==mark==",
            "| a | b |",
            "Term\n: definition",
            ":smile: {#id} {.class}",
            "bob@example.net https://example.net www.example.net",
            "サーバー<domain>に接続できました。*強調*ではない",
            "",
        ] {
            assert_eq!(rendered(&escape(text)), (text.replace('\n', " "), true), "{text:?} as {:?}", escape(text));
        }
    }

    #[test]
    fn what_could_be_html_is_a_character_reference() {
        assert_eq!(escape("<a> & b|c"), "&lt;a&gt; &amp; b&#124;c");
        assert_eq!(escape("two\r\nlines"), "two  lines");
    }

    #[test]
    fn cells_stay_cells() {
        use pulldown_cmark::{Event, Options, Parser, Tag};
        let header = ["a".to_owned(), "b".to_owned()];
        let cells = vec![escape("x | y"), code("z|`")];
        let markdown = table(&header, std::iter::once(cells));
        let events: Vec<_> = Parser::new_ext(&markdown, Options::ENABLE_TABLES).collect();
        assert_eq!(events.iter().filter(|event| matches!(event, Event::Start(Tag::TableCell))).count(), 4);
        let text: String =
            events.iter().filter_map(|event| if let Event::Text(t) = event { Some(&**t) } else { None }).collect();
        assert_eq!(text, "abx | yz|`");
    }

    #[test]
    fn slugs_are_small_letters_digits_and_hyphens() {
        assert_eq!(slug("mailbox_unavailable"), "mailbox-unavailable");
        assert_eq!(slug("STARTTLS"), "starttls");
    }
}
