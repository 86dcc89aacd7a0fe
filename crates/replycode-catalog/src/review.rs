//! Marks of reviews: which text somebody has read a translation beside.
//!
//! `reviewed: {ja: 1a2b3c4d}` is the beginning of a digest of an entry's texts in the reference language. When these
//! change, the mark no longer fits, and a rule asks for the translation to be read again.

use crate::item::{Item, items};
use crate::model::{Draft, Entry, sha256};
use crate::report::{Report, Rule};
use crate::source::{At, Source};

impl Entry {
    /// What `reviewed` must say of a translation that was read beside the texts of the reference language as they are
    /// now: the first 8 hexadecimal digits of the SHA-256 of title, meaning, action and note, joined by line feeds.
    pub fn review_mark(&self, reference: &str) -> String {
        let texts = self.texts().map(|(_, texts)| texts.get(reference));
        sha256(texts.join("\n").as_bytes()).chars().take(8).collect()
    }
}

/// The YAML of a catalogue with the marks of a review of every translation, or of those of some ids.
///
/// # Errors
///
/// Every broken rule other than those about reviews.
///
/// ```
/// use replycode_catalog::{Source, check, mark_reviewed};
///
/// # let base = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/base.yaml"));
/// let text = format!("reviews: required\n{base}");
/// assert!(check(&[Source { path: "catalog.yaml", text: &text }]).is_err());
/// let marked = mark_reviewed(Source { path: "catalog.yaml", text: &text }, &[])?;
/// assert!(check(&[Source { path: "catalog.yaml", text: &marked }]).is_ok());
/// # Ok::<(), replycode_catalog::Report>(())
/// ```
pub fn mark_reviewed(source: Source<'_>, ids: &[&str]) -> Result<String, Report> {
    let mut findings = Vec::new();
    let draft = crate::read(&[source], &mut findings);
    findings.retain(|finding| !matches!(finding.rule, Rule::Unreviewed | Rule::StaleTranslation));
    let Some(draft) = draft.filter(|_| findings.is_empty()) else { return Err(Report::new(&[source], findings)) };

    let mut edits: Vec<Edit> = Vec::new();
    for item in items(&draft).iter().filter(|item| ids.is_empty() || ids.contains(&item.entry.id.as_str())) {
        edits.extend(edit(&draft, item, source.text));
    }
    // From the end, so that the places before stay as they are.
    edits.sort_by_key(|edit| std::cmp::Reverse(edit.start));
    let mut text = source.text.to_owned();
    for Edit { start, end, insert } in edits {
        text.replace_range(start..end, &insert);
    }
    Ok(text)
}

/// A part of the text to be replaced.
struct Edit {
    start: usize,
    end: usize,
    insert: String,
}

fn edit(draft: &Draft, item: &Item<'_>, text: &str) -> Option<Edit> {
    let entry = item.entry;
    let reference = draft.reference()?;
    let mark = entry.review_mark(reference);
    let languages = draft.languages.iter().map(|language| language.id.as_str());
    let marks: Vec<String> =
        languages.filter(|language| *language != reference).map(|language| format!("{language}: {mark}")).collect();
    if marks.is_empty() {
        return None;
    }
    let marks = format!("reviewed: {{{}}}", marks.join(", "));
    match (entry.reviewed.first(), entry.reviewed.last()) {
        // The mapping, whichever way it is written, from its first language to its last mark.
        (Some((first, _)), Some((_, last))) => {
            let inside = marks.strip_prefix("reviewed: {")?.strip_suffix('}')?;
            Some(Edit { start: first.span.start, end: last.span.end, insert: inside.to_owned() })
        }
        _ => Some(new_field(entry, text, &marks)),
    }
}

/// A field behind the last text of an entry, or, within `{...}`, behind the id.
fn new_field(entry: &Entry, text: &str, field: &str) -> Edit {
    let At { span: id, .. } = &entry.id;
    if text[id.end..].trim_start_matches(['"', '\'']).trim_start().starts_with([',', '}']) {
        return Edit { start: id.end, end: id.end, insert: format!(", {field}") };
    }
    let line_start = |at: usize| text[..at].rfind('\n').map_or(0, |end| end + 1);
    let key = text[..id.start].rfind("id").unwrap_or(id.start);
    let indent = text[line_start(key)..key].chars().count();
    let last = entry.texts().iter().flat_map(|(_, texts)| &texts.rows).map(|(_, text)| text.span.end).max();
    let last = last.unwrap_or(id.end);
    let end = text[last..].find('\n').map_or(text.len(), |at| last + at);
    Edit { start: end, end, insert: format!("\n{}{field}", " ".repeat(indent)) }
}
