//! Every text in every language, and in no other.

use replycode::EntryKind;

use super::{Context, listed};
use crate::item::Item;
use crate::model::Language;
use crate::node::Findings;
use crate::report::{Finding, Rule};
use crate::source::{At, Span};

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    for item in &context.items {
        check_languages(context, item, findings);
        check_action(item, findings);
        for language in &context.draft.languages {
            check_complete(item, language, findings);
        }
    }
}

/// Every text in languages that there are, and at least in one.
pub(super) fn check_named(context: &Context<'_>, findings: &mut Findings) {
    for item in &context.items {
        check_languages(context, item, findings);
        for (field, texts) in item.texts().iter().filter(|(_, texts)| texts.is_empty()) {
            let message = format!("{} has no `{field}` in any language", item.name());
            let remedy = "write the text in one language or in each";
            findings.push(Finding::new(Rule::MissingTranslation, texts.span.clone(), message, remedy));
        }
    }
}

fn check_languages(context: &Context<'_>, item: &Item<'_>, findings: &mut Findings) {
    let known = |tag: &At<String>| context.draft.languages.iter().any(|language| *language.id == **tag);
    let texts = item.texts();
    let reviewed = item.entry.reviewed.iter().map(|(language, _)| language);
    let named = texts.iter().flat_map(|(_, texts)| texts.rows.iter().map(|(language, _)| language)).chain(reviewed);
    for language in named.filter(|language| !known(language)) {
        let tags: Vec<&str> = context.draft.languages.iter().map(|language| language.id.as_str()).collect();
        let remedy = match language.as_str() {
            "no" => "write `nb` for Norwegian Bokmål or `nn` for Nynorsk, and add it under `languages:`".to_owned(),
            _ => format!("the languages are {}; correct this one, or add it under `languages:`", listed(&tags)),
        };
        let message = format!("the catalogue lists no language `{}`", **language);
        findings.push(Finding::new(Rule::UnknownLanguage, language.span.clone(), message, remedy));
    }
}

/// A category says nothing about what to do; everything else does.
fn check_action(item: &Item<'_>, findings: &mut Findings) {
    if item.kind != EntryKind::Category && item.entry.action.is_empty() {
        findings.push(Finding::new(
            Rule::MissingField,
            item.entry.id.span.clone(),
            format!("{} has no `action`", item.name()),
            "add `action: {...}` with what a technician should check or change, the likeliest first",
        ));
    }
}

fn check_complete(item: &Item<'_>, language: &Language, findings: &mut Findings) {
    let texts = item.texts();
    // A field that is not there at all is either optional or reported as such.
    let missing: Vec<_> =
        texts.iter().filter(|(_, texts)| !texts.is_empty() && texts.at(&language.id).is_none()).collect();
    let Some((_, first)) = missing.first() else { return };
    let mut fields: Vec<&str> = missing.iter().map(|(field, _)| *field).collect();
    // The steps of a cause are of one field.
    fields.dedup();
    let message = format!("{} has no {} in `{}`", item.name(), listed(&fields), *language.id);
    // A language that an overlay adds to an entry of the base is missing in the overlay.
    let finding = if language.id.span.file <= item.entry.id.span.file {
        let remedy =
            format!("add `{}: ...` to {}", *language.id, if missing.len() == 1 { "it" } else { "each of them" });
        Finding::new(Rule::MissingTranslation, place(first.rows.first(), &first.span), message, remedy)
    } else {
        let begun = texts.iter().find_map(|(_, texts)| texts.at(&language.id));
        let remedy = format!("add `{}: ...` for it in the overlay", *language.id);
        Finding::new(Rule::MissingTranslation, begun.unwrap_or(&language.id).span.clone(), message, remedy)
            .beside(place(first.rows.first(), &first.span), "the text to translate")
    };
    findings.push(finding);
}

/// The text beside which the missing one belongs.
fn place(neighbour: Option<&(At<String>, At<String>)>, mapping: &Span) -> Span {
    neighbour.map_or(mapping, |(_, text)| &text.span).clone()
}
