//! Ids: their form, and each once among its kind.

use std::collections::HashMap;
use std::hash::Hash;

use super::Context;
use crate::node::Findings;
use crate::report::{Finding, Rule};
use crate::source::{At, Span};

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    let draft = context.draft;
    // A word of the parser is the core's, or it has been refused.
    for item in context.items.iter().filter(|item| !item.is_parser_word()) {
        check_form(&item.entry.id, findings);
    }

    let entries = context.items.iter().map(|item| ((item.namespace(), item.entry.id.as_str()), &item.entry.id.span));
    once(
        entries,
        |(namespace, id)| format!("the id `{id}` is used twice among {namespace}"),
        "give one of them another id; ids that have been published stay",
        findings,
    );
    let protocols = draft.protocols.iter().map(|rows| (*rows.id, &rows.id.span));
    once(protocols, |id| format!("the protocol `{id}` is listed twice"), "merge the two", findings);
    let languages = draft.languages.iter().map(|language| (language.id.as_str(), &language.id.span));
    once(languages, |id| format!("the language `{id}` is listed twice"), "remove one of the two", findings);
    let commands = draft
        .protocols
        .iter()
        .flat_map(|rows| rows.commands.iter().map(|command| ((*rows.id, command.verb.as_str()), &command.verb.span)));
    once(
        commands,
        |(protocol, verb)| format!("the {} command `{verb}` is listed twice", protocol.id().to_uppercase()),
        "move its replies to the first, and remove this row",
        findings,
    );
}

/// Reports each key that stood before.
fn once<'a, K: Hash + Eq + Copy>(
    rows: impl Iterator<Item = (K, &'a Span)>,
    message: impl Fn(K) -> String,
    remedy: &str,
    findings: &mut Findings,
) {
    let mut seen: HashMap<K, &Span> = HashMap::new();
    for (key, span) in rows {
        match seen.get(&key) {
            Some(first) => findings.push(
                Finding::new(Rule::DuplicateId, span.clone(), message(key), remedy)
                    .beside((*first).clone(), "the first"),
            ),
            None => {
                seen.insert(key, span);
            }
        }
    }
}

fn check_form(id: &At<String>, findings: &mut Findings) {
    let remedy = if id.is_empty() {
        "write what happened in snake_case, for instance `mailbox_full`".to_owned()
    } else if !id.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'_')) {
        "use the letters a to z, digits and underscores, for instance `mailbox_full`".to_owned()
    } else if !id.starts_with(|c: char| c.is_ascii_lowercase()) {
        "begin with a letter: the id becomes the name of a constant".to_owned()
    } else if id.split('_').any(str::is_empty) {
        "put single underscores between words only: names with two in a row belong to C compilers".to_owned()
    } else if let Some(digits) = id.split('_').find(|word| word.bytes().all(|b| b.is_ascii_digit())) {
        format!("say in words what `{digits}` stands for: the number of a code is no name")
    } else {
        return;
    };
    findings.push(Finding::new(Rule::IdForm, id.span.clone(), format!("`{}` is no id", **id), remedy));
}
