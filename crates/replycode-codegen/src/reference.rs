//! `docs/reference/generated/`: the reference in Markdown, a folder a language with one page a protocol and one each for
//! the enhanced status codes, the causes, and the notes of the reply parser, and an index over all.
//!
//! Anchors are made of protocol, code and id, never of texts, so links from elsewhere hold.

use replycode::Enhanced;
use replycode_catalog::{Language, Model};

use crate::layout::Layout;

mod causes;
mod enhanced;
mod markdown;
mod notes;
mod page;
mod protocol;
mod words;

use markdown::{escape, link, table};
use words::Words;

pub(crate) fn emit(layout: &Layout<'_>) -> Vec<(String, String)> {
    let mut files = vec![("README.md".to_owned(), index(layout.model))];
    for language in layout.model.languages() {
        let book = Book { layout, language, words: Words::of(&language.id) };
        for protocol in layout.model.protocols() {
            files.push((format!("{}/{}.md", *language.id, *protocol.id), protocol::page(&book, protocol)));
        }
        if has_enhanced(layout.model) {
            files.push((format!("{}/{ENHANCED}.md", *language.id), enhanced::page(&book)));
        }
        if has_causes(layout.model) {
            files.push((format!("{}/{CAUSES}.md", *language.id), causes::page(&book)));
        }
        if has_notes(layout.model) {
            files.push((format!("{}/{NOTES}.md", *language.id), notes::page(&book)));
        }
    }
    files
}

/// The name of the page of enhanced status codes, and the first word of its anchors.
const ENHANCED: &str = "enhanced";

/// The name of the page of causes, and the anchor of its part that has them all.
const CAUSES: &str = "causes";

/// The name of the page of notes, and the first word of its anchors.
const NOTES: &str = "notes";

/// The pages of one language.
#[derive(Clone, Copy)]
struct Book<'a> {
    layout: &'a Layout<'a>,
    language: &'a Language,
    words: &'static Words,
}

/// A catalogue may be narrowed to FTP, which has none.
fn has_enhanced(model: &Model) -> bool {
    !model.enhanced().classes.is_empty()
}

/// A catalogue may go no further than the codes.
fn has_causes(model: &Model) -> bool {
    !model.diagnosis().causes.is_empty()
}

/// A catalogue may say nothing of the reply parser.
fn has_notes(model: &Model) -> bool {
    !model.notes().is_empty() || !model.malformed().is_empty()
}

impl Book<'_> {
    /// The pages of this language, and this page in the other languages; `name` is the page they stand on.
    fn navigation(&self, name: &str) -> String {
        let model = self.layout.model;
        let mut pages = vec![link(self.words.index, "../README.md")];
        let mut add = |title: String, page: &str| {
            pages.push(if page == name { title } else { link(&title, &format!("{page}.md")) });
        };
        for protocol in model.protocols() {
            add(escape(&protocol.name), protocol.id.id());
        }
        if has_enhanced(model) {
            add(self.words.enhanced_codes.to_owned(), ENHANCED);
        }
        if has_causes(model) {
            add(self.words.causes_page.to_owned(), CAUSES);
        }
        if has_notes(model) {
            add(self.words.notes_page.to_owned(), NOTES);
        }
        let others = model.languages().iter().filter(|language| *language.id != *self.language.id);
        pages.extend(others.map(|other| link(&escape(&other.name), &format!("../{}/{name}.md", *other.id))));
        pages.join(" | ")
    }

    /// An enhanced status code with a link to the detail, or the subject where the detail is not registered.
    fn enhanced_link(&self, code: Enhanced) -> String {
        let rows = self.layout.model.enhanced();
        let anchor = if rows.details.iter().any(|row| (*row.subject, *row.detail) == (code.subject(), code.detail())) {
            enhanced::detail_anchor(code.subject(), code.detail())
        } else if rows.subjects.iter().any(|row| *row.subject == code.subject()) {
            enhanced::subject_anchor(code.subject())
        } else {
            return code.to_string();
        };
        link(&code.to_string(), &format!("{ENHANCED}.md#{anchor}"))
    }
}

fn index(model: &Model) -> String {
    let mut header = vec!["Language".to_owned()];
    header.extend(model.protocols().iter().map(|protocol| escape(&protocol.name)));
    if has_enhanced(model) {
        header.push(Words::of("en").enhanced_codes.to_owned());
    }
    if has_causes(model) {
        header.push(Words::of("en").causes_page.to_owned());
    }
    if has_notes(model) {
        header.push(Words::of("en").notes_page.to_owned());
    }
    let rows = model.languages().iter().map(|language| {
        let page = |title: String, name: &str| link(&title, &format!("{}/{name}.md", *language.id));
        let words = Words::of(&language.id);
        let mut row = vec![escape(&language.name)];
        row.extend(model.protocols().iter().map(|protocol| page(escape(&protocol.name), protocol.id.id())));
        if has_enhanced(model) {
            row.push(page(words.enhanced_codes.to_owned(), ENHANCED));
        }
        if has_causes(model) {
            row.push(page(words.causes_page.to_owned(), CAUSES));
        }
        if has_notes(model) {
            row.push(page(words.notes_page.to_owned(), NOTES));
        }
        row
    });
    let mut languages = table(&header, rows);
    languages.push('\n');
    let example = model.protocols().iter().find_map(|protocol| {
        let reply = protocol.replies.last()?;
        let code = protocol::code_anchor(*protocol.id, *reply.code);
        let sense = page::sub_anchor(&code, &reply.senses.first()?.id);
        Some(format!(
            "Anchors are made of protocol, code and id and stay the same: `{0}.md#{code}` is a code, \
             `{0}.md#{sense}` one of its senses.\n\n",
            *protocol.id
        ))
    });
    format!(
        "# Reference of reply codes

What each reply code means, whether to try the same again, and what to check. Catalogue version {}.

{languages}{}The same for programs: [catalog.json and catalog.csv](../../catalog-json.md).
",
        escape(model.version()),
        example.unwrap_or_default(),
    )
}
