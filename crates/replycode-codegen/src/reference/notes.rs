//! The page of what the reply parser says of servers: notes, and reasons for which bytes are no reply.

use super::markdown::{code, link, slug};
use super::page::{Facts, Page, Part, write};
use super::{Book, NOTES};
use crate::layout::Row;

pub(super) fn page(book: &Book<'_>) -> String {
    let words = book.words;
    let parts: [Part<()>; 2] =
        [(NOTES.to_owned(), words.notes, notes), (MALFORMED.to_owned(), words.malformed, malformed)];
    write(book, NOTES, [words.notes_page, words.notes_intro], (), &parts)
}

/// The first word of the anchors of reasons.
const MALFORMED: &str = "malformed";

fn notes(page: &mut Page<'_>, (): ()) {
    let rows: Vec<_> = page.book.layout.note_rows().collect();
    sections(page, "note", &rows);
}

fn malformed(page: &mut Page<'_>, (): ()) {
    let rows: Vec<_> = page.book.layout.malformed_rows().collect();
    sections(page, MALFORMED, &rows);
}

/// An overview, and a section each.
fn sections(page: &mut Page<'_>, kind: &str, rows: &[&Row<'_>]) {
    let words = page.book.words;
    let anchor = |row: &Row<'_>| format!("{kind}-{}", slug(&row.entry.id));
    let lines: Vec<_> = rows
        .iter()
        .map(|row| vec![code(&row.entry.id), link(&page.title(row.entry), &format!("#{}", anchor(row)))])
        .collect();
    page.table(&[words.id, words.title], lines.into_iter());
    for row in rows {
        let title = page.title(row.entry);
        page.heading(3, &[anchor(row)], &title);
        page.entry(row, Facts::new());
    }
}
