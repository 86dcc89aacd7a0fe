//! A translation is read again when its original has changed: see `review`.

use super::Context;
use crate::item::Item;
use crate::model::Texts;
use crate::node::Findings;
use crate::report::{Finding, Rule};
use crate::source::At;

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    let Some(reference) = context.draft.reference() else { return };
    for item in &context.items {
        let mark = item.entry.review_mark(reference);
        for language in context.draft.languages.iter().filter(|language| language.id.as_str() != reference) {
            if brought_along(item, reference, &language.id) {
                continue;
            }
            match item.entry.reviewed.iter().find(|(tag, _)| **tag == *language.id) {
                Some((_, found)) if **found == mark => {}
                Some((_, found)) => stale(item, reference, &language.id, found, &mark, findings),
                None if context.draft.reviews => unreviewed(item, reference, &language.id, &mark, findings),
                None => {}
            }
        }
    }
}

/// Whether an overlay wrote the original anew and brought the translation of each text that it wrote. Its words are its
/// author's to review, not the catalogue's.
fn brought_along(item: &Item<'_>, reference: &str, language: &str) -> bool {
    let overlaid = |texts: &Texts, tag: &str| texts.at(tag).is_some_and(|text| text.span.file > 0);
    let texts = item.entry.texts();
    let mut written = texts.iter().filter(|(_, texts)| overlaid(texts, reference)).peekable();
    written.peek().is_some() && written.all(|(_, texts)| overlaid(texts, language))
}

fn stale(item: &Item<'_>, reference: &str, language: &str, found: &At<String>, mark: &str, findings: &mut Findings) {
    let message =
        format!("the `{reference}` texts of {} have changed since the `{language}` ones were reviewed", item.name());
    let remedy =
        format!("read the `{language}` texts beside them, correct what has to be, then write `{language}: {mark}`");
    // An overlay that changes the original must bring the translation, so it is the place to look at.
    let changed = item.entry.texts().into_iter().filter_map(|(_, texts)| texts.at(reference));
    let finding = match changed.into_iter().find(|text| text.span.file > found.span.file) {
        Some(text) => {
            let remedy = format!("give the `{language}` texts here as well");
            Finding::new(Rule::StaleTranslation, text.span.clone(), message, remedy)
                .beside(found.span.clone(), "the review")
        }
        None => Finding::new(Rule::StaleTranslation, found.span.clone(), message, remedy),
    };
    findings.push(finding);
}

fn unreviewed(item: &Item<'_>, reference: &str, language: &str, mark: &str, findings: &mut Findings) {
    // What does not exist cannot be read; that it is missing is another rule's.
    let translated = |(_, texts): (&str, &Texts)| texts.at(language).is_some();
    if item.entry.texts().into_iter().any(translated) {
        findings.push(Finding::new(
            Rule::Unreviewed,
            item.entry.id.span.clone(),
            format!("nobody has reviewed the `{language}` texts of {}", item.name()),
            format!("read them beside the `{reference}` ones, then add `reviewed: {{{language}: {mark}}}`"),
        ));
    }
}
