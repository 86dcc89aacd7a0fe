//! The page of a protocol.

use replycode::{Protocol, ReplyCode};
use replycode_catalog::{Entry, ProtocolRows};

use super::Book;
use super::markdown::{code, escape, link, slug};
use super::page::{Facts, Page, Part, VERDICTS, sub_anchor, verdicts, write};
use super::words::fill;
use crate::layout::{Reply, Row};
use crate::text::{digits, first_digit, second_digit};

pub(super) fn page(book: &Book<'_>, rows: &ProtocolRows) -> String {
    let (words, protocol) = (book.words, *rows.id);
    let anchor = |part: &str| format!("{protocol}-{part}");
    let mut parts: Vec<Part<&ProtocolRows>> = vec![
        (anchor("severities"), words.severities, severities),
        (anchor("categories"), words.categories, categories),
        (VERDICTS.to_owned(), words.verdicts, verdicts),
        (anchor("overview"), words.overview, overview),
        (anchor("codes"), words.codes, codes),
    ];
    if !rows.commands.is_empty() {
        parts.push((anchor("commands"), words.commands, commands));
    }
    if !book.layout.not_replies.is_empty() {
        parts.push(("numbers".to_owned(), words.not_replies, not_replies));
    }
    write(book, protocol.id(), [&fill(words.reply_codes, &rows.name), words.intro], rows, &parts)
}

pub(super) fn code_anchor(protocol: Protocol, code: u16) -> String {
    format!("{protocol}-{code}")
}

pub(super) fn severity_anchor(protocol: Protocol, entry: &Entry) -> String {
    format!("{protocol}-severity-{}", slug(&entry.id))
}

fn category_anchor(protocol: Protocol, entry: &Entry) -> String {
    format!("{protocol}-category-{}", slug(&entry.id))
}

fn command_anchor(protocol: Protocol, verb: &str) -> String {
    format!("{protocol}-command-{}", slug(verb))
}

fn severities(page: &mut Page<'_>, rows: &ProtocolRows) {
    for severity in &rows.severities {
        let row = severity.digits.first().and_then(|digit| page.book.layout.severity(*rows.id, **digit));
        let digits = digits(&severity.digits, first_digit, ", ");
        digit_section(page, &digits, row, |entry| severity_anchor(*rows.id, entry));
    }
}

fn categories(page: &mut Page<'_>, rows: &ProtocolRows) {
    for category in &rows.categories {
        let row = category.digits.first().and_then(|digit| page.book.layout.category(*rows.id, **digit));
        let digits = digits(&category.digits, second_digit, ", ");
        digit_section(page, &digits, row, |entry| category_anchor(*rows.id, entry));
    }
}

fn digit_section(page: &mut Page<'_>, digits: &str, row: Option<&Row<'_>>, anchor: impl Fn(&Entry) -> String) {
    if let Some(row) = row {
        let title = format!("{digits} {}", page.title(row.entry));
        page.heading(3, &[anchor(row.entry)], &title);
        page.entry(row, Facts::new());
    }
}

fn replies<'a>(page: &Page<'a>, protocol: Protocol) -> impl Iterator<Item = &'a Reply<'a>> + use<'a> {
    page.book.layout.replies.iter().filter(move |reply| reply.protocol == protocol)
}

fn overview(page: &mut Page<'_>, rows: &ProtocolRows) {
    let (words, protocol) = (page.book.words, *rows.id);
    let mut lines = Vec::new();
    for reply in replies(page, protocol) {
        let anchor = code_anchor(protocol, reply.code);
        let (senses, field) = page.book.layout.entries(reply);
        for row in senses.iter().chain(field) {
            lines.push(vec![
                link(&reply.code.to_string(), &format!("#{anchor}")),
                link(&page.title(row.entry), &format!("#{}", sub_anchor(&anchor, &row.entry.id))),
                row.verdict.map(|verdict| words.verdict_name(verdict).0).unwrap_or_default().to_owned(),
                words.status_name(row.status()).to_owned(),
            ]);
        }
    }
    page.table(&[words.code, words.title, words.verdict, words.status], lines.into_iter());
}

fn codes(page: &mut Page<'_>, rows: &ProtocolRows) {
    for reply in replies(page, *rows.id) {
        section(page, reply);
    }
}

/// One code: all its senses, then what was seen in the field.
fn section(page: &mut Page<'_>, reply: &Reply<'_>) {
    let protocol = reply.protocol;
    let anchor = code_anchor(protocol, reply.code);
    let (senses, field) = page.book.layout.entries(reply);
    // A code with one meaning has it in its heading; others have a heading a meaning.
    if let [only] = senses {
        let ids = [anchor.clone(), sub_anchor(&anchor, &only.entry.id)];
        page.heading(3, &ids, &format!("{} {}", reply.code, page.title(only.entry)));
        digits_of(page, reply);
        page.entry(only, answers(page, protocol, only));
    } else {
        page.heading(3, std::slice::from_ref(&anchor), &reply.code.to_string());
        digits_of(page, reply);
        for row in senses {
            page.heading(4, &[sub_anchor(&anchor, &row.entry.id)], &page.title(row.entry));
            page.entry(row, answers(page, protocol, row));
        }
    }
    if !field.is_empty() {
        page.heading(4, &[], page.book.words.field);
        for row in field {
            page.heading(5, &[sub_anchor(&anchor, &row.entry.id)], &page.title(row.entry));
            page.entry(row, answers(page, protocol, row));
        }
    }
}

/// What the first two digits say.
fn digits_of(page: &mut Page<'_>, reply: &Reply<'_>) {
    let (protocol, layout) = (reply.protocol, page.book.layout);
    let Some(code) = ReplyCode::new(reply.code) else { return };
    let severity = layout
        .severity(protocol, code.first().into())
        .map(|row| link(&page.title(row.entry), &format!("#{}", severity_anchor(protocol, row.entry))));
    let category = layout
        .category(protocol, code.second().into())
        .map(|row| link(&page.title(row.entry), &format!("#{}", category_anchor(protocol, row.entry))));
    let both: Vec<String> = severity.into_iter().chain(category).collect();
    page.paragraph(&both.join(" / "));
}

fn answers(page: &Page<'_>, protocol: Protocol, row: &Row<'_>) -> Facts {
    let verbs = row.entry.commands.iter();
    let verbs: Vec<_> = verbs.map(|verb| link(&code(verb), &format!("#{}", command_anchor(protocol, verb)))).collect();
    if verbs.is_empty() { Facts::new() } else { vec![(page.book.words.answers, verbs.join(", "))] }
}

fn commands(page: &mut Page<'_>, rows: &ProtocolRows) {
    let (protocol, words) = (*rows.id, page.book.words);
    for command in &rows.commands {
        page.heading(3, &[command_anchor(protocol, &command.verb)], &code(&command.verb));
        if let Some((_, about)) = words.moments.iter().find(|(verb, _)| *verb == command.verb.as_str()) {
            page.paragraph(about);
        }
        let lines: Vec<_> = command
            .replies
            .iter()
            .map(|flow| {
                let known = replies(page, protocol).any(|reply| reply.code == *flow.code);
                let number = flow.code.to_string();
                let target = format!("#{}", code_anchor(protocol, *flow.code));
                let when = flow.note.as_ref().map(|note| escape(note)).unwrap_or_default();
                vec![if known { link(&number, &target) } else { number }, when, page.citation(&flow.source)]
            })
            .collect();
        page.table(&[words.code, words.condition, words.source], lines.into_iter());
    }
}

fn not_replies(page: &mut Page<'_>, _: &ProtocolRows) {
    let layout = page.book.layout;
    for (number, entry) in &layout.not_replies {
        let row = &layout.main[*entry];
        let title = page.title(row.entry);
        // 0 stands for any other number.
        let title = if *number == 0 { title } else { format!("{number} {title}") };
        let anchor = format!("number-{number}");
        page.heading(3, &[anchor.clone(), sub_anchor(&anchor, &row.entry.id)], &title);
        page.entry(row, Facts::new());
    }
}

/// The basic codes of an enhanced status code, from the page of those; a single digit stands for a whole class.
pub(super) fn basic_codes(book: &Book<'_>, codes: &[u16]) -> String {
    let of = |number: &u16| {
        let (protocol, layout) = (Protocol::Smtp, book.layout);
        let (text, anchor) = if *number < 10 {
            let row = layout.severity(protocol, *number);
            (format!("{number}yz"), row.map(|row| severity_anchor(protocol, row.entry)))
        } else {
            let known = layout.replies.iter().any(|reply| (reply.protocol, reply.code) == (protocol, *number));
            (number.to_string(), known.then(|| code_anchor(protocol, *number)))
        };
        anchor.map_or(text.clone(), |anchor| link(&text, &format!("{protocol}.md#{anchor}")))
    };
    codes.iter().map(of).collect::<Vec<_>>().join(", ")
}
