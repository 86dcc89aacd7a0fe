//! The page of the enhanced status codes.

use super::markdown::link;
use super::page::{Facts, Page, Part, VERDICTS, sub_anchor, verdicts, write};
use super::protocol::basic_codes;
use super::{Book, ENHANCED};
use crate::layout::Row;

pub(super) fn page(book: &Book<'_>) -> String {
    let words = book.words;
    let anchor = |part: &str| format!("{ENHANCED}-{part}");
    let parts: [Part<()>; 4] = [
        (anchor("classes"), words.classes, classes),
        (VERDICTS.to_owned(), words.verdicts, verdicts),
        (anchor("overview"), words.overview, overview),
        (anchor("codes"), words.subjects, subjects),
    ];
    write(book, ENHANCED, [words.enhanced_codes, words.enhanced_intro], (), &parts)
}

fn class_anchor(class: u16) -> String {
    format!("{ENHANCED}-class-{class}")
}

pub(super) fn subject_anchor(subject: u16) -> String {
    format!("{ENHANCED}-subject-{subject}")
}

pub(super) fn detail_anchor(subject: u16, detail: u16) -> String {
    format!("{ENHANCED}-{subject}-{detail}")
}

fn classes(page: &mut Page<'_>, (): ()) {
    for (class, row) in page.book.layout.class_rows() {
        section(page, 3, &class_anchor(class), &format!("{class}.X.X"), row);
    }
}

fn overview(page: &mut Page<'_>, (): ()) {
    let (words, layout) = (page.book.words, page.book.layout);
    let mut lines = Vec::new();
    let mut add = |code: &str, anchor: &str, row: &Row<'_>| {
        lines.push(vec![link(code, &format!("#{anchor}")), page.title(row.entry), basic_codes(page.book, &row.codes)]);
    };
    for (subject, row) in layout.subject_rows() {
        add(&format!("X.{subject}.X"), &subject_anchor(subject), row);
        for (_, detail, row) in layout.detail_rows().filter(|(of, ..)| *of == subject) {
            add(&format!("X.{subject}.{detail}"), &detail_anchor(subject, detail), row);
        }
    }
    page.table(&[words.code, words.title, words.basic_codes], lines.into_iter());
}

/// The subjects, each with its details.
fn subjects(page: &mut Page<'_>, (): ()) {
    let layout = page.book.layout;
    for (subject, row) in layout.subject_rows() {
        section(page, 3, &subject_anchor(subject), &format!("X.{subject}.X"), row);
        for (_, detail, row) in layout.detail_rows().filter(|(of, ..)| *of == subject) {
            section(page, 4, &detail_anchor(subject, detail), &format!("X.{subject}.{detail}"), row);
        }
    }
}

fn section(page: &mut Page<'_>, level: usize, anchor: &str, code: &str, row: &Row<'_>) {
    let title = format!("{code} {}", page.title(row.entry));
    page.heading(level, &[anchor.to_owned(), sub_anchor(anchor, &row.entry.id)], &title);
    let codes = basic_codes(page.book, &row.codes);
    let facts = if codes.is_empty() { Facts::new() } else { vec![(page.book.words.basic_codes, codes)] };
    page.entry(row, facts);
}
