//! Tables for notebooks: what `_repr_html_` returns.

use replycode::CATALOG;

use crate::entry::Text;

/// A table that grows row by row; whatever goes in is escaped.
pub(crate) struct Table {
    html: String,
}

impl Table {
    /// A table with these words as its caption.
    pub(crate) fn new(caption: &[&str]) -> Self {
        Table { html: format!("<table><caption>{}</caption>", escape(&caption.join(" "))) }
    }

    /// A row: a name, and a text in a language (BCP 47).
    fn row(&mut self, name: &str, lang: &str, text: &str) {
        if !text.is_empty() {
            let (name, lang, text) = (escape(name), escape(lang), escape(text));
            self.html += &format!("<tr><th scope=\"row\">{name}</th><td lang=\"{lang}\">{text}</td></tr>");
        }
    }

    /// A row with words that programs read.
    pub(crate) fn fact(&mut self, name: &str, text: &str) {
        self.row(name, "en", text);
    }

    /// What is known of an entry besides its texts.
    pub(crate) fn facts(&mut self, entry: replycode::Entry) {
        self.fact("phrase", entry.phrase());
        self.fact("verdict", entry.verdict().map_or("", |verdict| verdict.id()));
        self.fact("status", entry.status().id());
        self.fact("source", &entry.source().to_string());
    }

    /// An entry's texts in every language.
    pub(crate) fn texts(&mut self, entry: replycode::Entry) {
        for (kind, name) in Text::ALL {
            for language in CATALOG.languages() {
                self.row(name, language.id, kind.of(entry, language.lang));
            }
        }
    }

    /// An entry's title in every language, one column each.
    pub(crate) fn titles(&mut self, name: &str, entry: replycode::Entry) {
        self.html += &format!("<tr><th scope=\"row\">{}</th>", escape(name));
        for language in CATALOG.languages() {
            let (lang, title) = (escape(language.id), escape(entry.title(language.lang)));
            self.html += &format!("<td lang=\"{lang}\">{title}</td>");
        }
        self.html += "</tr>";
    }

    /// The finished table.
    pub(crate) fn finish(mut self) -> String {
        self.html += "</table>";
        self.html
    }
}

/// Text that is text in an element and in an attribute.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#x27;"),
            _ => out.push(character),
        }
    }
    out
}
