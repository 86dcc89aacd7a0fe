//! What all pages have in common: headings with anchors, and the block that tells all of one entry.

use std::fmt::Write as _;

use replycode::{Status, Verdict};
use replycode_catalog::{Citation, Entry};

use super::Book;
use super::markdown::{anchors, code, escape, link, slug, table};
use super::words::fill;
use crate::layout::Row;

/// The anchor of the part that explains the verdicts.
pub(super) const VERDICTS: &str = "verdicts";

/// A page as it grows.
pub(super) struct Page<'a> {
    pub(super) book: &'a Book<'a>,
    out: String,
}

/// A part of a page: its anchor, its heading, and what writes the rest of it, given what the page is about.
pub(super) type Part<About> = (String, &'static str, fn(&mut Page<'_>, About));

/// A page: title, links to the other pages, introduction, contents, parts.
pub(super) fn write<About: Copy>(
    book: &Book<'_>,
    name: &str,
    [title, intro]: [&str; 2],
    about: About,
    parts: &[Part<About>],
) -> String {
    let mut page = Page { book, out: format!("# {}\n", escape(title)) };
    page.paragraph(&book.navigation(name));
    page.paragraph(&escape(&fill(intro, book.layout.model.version())));
    page.out.push('\n');
    for (anchor, heading, _) in parts {
        let _ = writeln!(page.out, "- {}", link(heading, &format!("#{anchor}")));
    }
    for (anchor, heading, write) in parts {
        page.heading(2, std::slice::from_ref(anchor), heading);
        write(&mut page, about);
    }
    page.out
}

/// The part that explains the verdicts.
pub(super) fn verdicts<About>(page: &mut Page<'_>, _: About) {
    let words = page.book.words;
    let rows = Verdict::ALL.iter().map(|verdict| {
        let (name, about) = words.verdict_name(*verdict);
        vec![name.to_owned(), code(verdict.id()), about.to_owned()]
    });
    page.table(&[words.verdict, words.id, words.meaning], rows);
}

/// What a page says of an entry beyond the entry itself: labels and Markdown.
pub(super) type Facts = Vec<(&'static str, String)>;

/// The anchor of an entry below that of its code.
pub(super) fn sub_anchor(anchor: &str, id: &str) -> String {
    format!("{anchor}-{}", slug(id))
}

impl Page<'_> {
    /// A heading; the title is Markdown already.
    pub(super) fn heading(&mut self, level: usize, ids: &[String], title: &str) {
        if !ids.is_empty() {
            self.paragraph(&anchors(ids));
        }
        self.paragraph(&format!("{} {title}", "#".repeat(level)));
    }

    /// A block of its own.
    pub(super) fn paragraph(&mut self, markdown: &str) {
        let _ = writeln!(self.out, "\n{markdown}");
    }

    pub(super) fn table(&mut self, header: &[&str], rows: impl Iterator<Item = Vec<String>>) {
        let header: Vec<String> = header.iter().map(|title| (*title).to_owned()).collect();
        let table = table(&header, rows);
        let _ = write!(self.out, "\n{table}");
    }

    /// The entry's title in the page's language.
    pub(super) fn title(&self, entry: &Entry) -> String {
        escape(entry.title.get(&self.book.language.id))
    }

    /// A verdict by name and id, with a link to what it says.
    pub(super) fn verdict(&self, verdict: Verdict) -> String {
        let name = self.book.words.verdict_name(verdict).0;
        link(&named(name, verdict.id()), &format!("#{VERDICTS}"))
    }

    /// All of an entry but its title: phrase, texts, and what is known of it. `facts` come first in the list.
    pub(super) fn entry(&mut self, row: &Row<'_>, facts: Facts) {
        let (words, language) = (self.book.words, &self.book.language.id);
        let entry = row.entry;
        if let Some(phrase) = &entry.phrase {
            self.paragraph(&format!("> {}", escape(phrase)));
        }
        self.paragraph(&escape(entry.meaning.get(language)));
        for (label, texts) in [(words.action, &entry.action), (words.note, &entry.note)] {
            if !texts.is_empty() {
                self.paragraph(&format!("**{label}:** {}", escape(texts.get(language))));
            }
        }
        self.out.push('\n');
        for (label, text) in facts.into_iter().chain(self.facts(row)) {
            let _ = writeln!(self.out, "- {label}: {text}");
        }
    }

    fn facts(&self, row: &Row<'_>) -> Facts {
        let words = self.book.words;
        let entry = row.entry;
        let mut facts = Facts::new();
        if let Some(verdict) = row.verdict {
            let reason = entry.verdict.as_ref().map(|own| fill(words.reason, &escape(&own.reason)));
            facts.push((words.verdict, with(self.verdict(verdict), reason)));
        }
        if !row.entry.enhanced.is_empty() {
            let codes: Vec<_> = row.entry.enhanced.iter().map(|code| self.book.enhanced_link(**code)).collect();
            facts.push((words.enhanced_codes, codes.join(", ")));
        }
        facts.push((words.source, self.source(entry)));
        if let Some(status) = &entry.status {
            facts.push((words.status, self.status(**status)));
        }
        if !entry.aliases.is_empty() {
            let aliases: Vec<_> = entry.aliases.iter().map(|alias| format!("\"{}\"", escape(alias))).collect();
            facts.push((words.aliases, aliases.join(", ")));
        }
        facts.push((words.id, code(&entry.id)));
        if let Some(why) = &entry.deprecated {
            let instead = why.renamed_to.as_ref().map(|id| fill(words.use_instead, &code(id)));
            let note = why.note.as_ref().map(|note| escape(note));
            facts.push((words.deprecated, with(with(escape(&why.reason), instead), note)));
        }
        facts
    }

    /// A status by name and id.
    pub(super) fn status(&self, status: Status) -> String {
        named(self.book.words.status_name(status), status.id())
    }

    fn source(&self, entry: &Entry) -> String {
        let since = entry.since.as_ref().map(|since| fill(self.book.words.since, &rfc(**since)));
        with(self.citation(&entry.source), since)
    }

    /// Where a fact comes from, with links to the RFCs.
    pub(super) fn citation(&self, citation: &Citation) -> String {
        let words = self.book.words;
        let mut parts = Vec::new();
        if let Some(number) = &citation.rfc {
            let section = citation.section.as_deref().map_or("", String::as_str);
            let title = match section {
                "" => format!("RFC {}", **number),
                numbered if is_number(numbered) => fill(&fill(words.section, &number.to_string()), numbered),
                named => format!("RFC {}, {}", **number, escape(named)),
            };
            parts.push(link(&title, &rfc_address(**number, section)));
        }
        parts.extend(citation.iana.as_ref().map(|from| fill(words.iana, &escape(from))));
        parts.extend(citation.field.as_ref().map(|place| escape(place)));
        if !citation.see.is_empty() {
            let further: Vec<_> = citation.see.iter().map(|number| rfc(**number)).collect();
            parts.push(fill(words.see, &further.join(", ")));
        }
        parts.join("; ")
    }
}

/// A text, and behind it another.
fn with(text: String, more: Option<String>) -> String {
    match more {
        Some(more) => format!("{text}; {more}"),
        None => text,
    }
}

/// A name of one of the core's vocabularies; where the name is the id, once is enough.
fn named(name: &str, id: &str) -> String {
    if name.replace(' ', "_") == id { code(id) } else { format!("{name} ({})", code(id)) }
}

/// Whether a section has a number; others are called appendices, say, or have but a name.
fn is_number(section: &str) -> bool {
    section.starts_with(|c: char| c.is_ascii_digit()) && section.bytes().all(|b| b.is_ascii_digit() || b == b'.')
}

fn rfc(number: u16) -> String {
    link(&format!("RFC {number}"), &rfc_address(number, ""))
}

/// The RFC Editor's page; only numbered sections have anchors that can be known.
fn rfc_address(number: u16, section: &str) -> String {
    let anchor = if is_number(section) { format!("#section-{section}") } else { String::new() };
    format!("https://www.rfc-editor.org/rfc/rfc{number}{anchor}")
}

#[cfg(test)]
mod tests {
    use super::rfc_address;

    #[test]
    fn only_numbered_sections_have_anchors() {
        let of = |section| rfc_address(959, section);
        assert_eq!(of("4.2.2"), "https://www.rfc-editor.org/rfc/rfc959#section-4.2.2");
        for section in ["", "Appendix II", "numeric list (unnumbered)", "4 (a)"] {
            assert_eq!(of(section), "https://www.rfc-editor.org/rfc/rfc959");
        }
    }
}
