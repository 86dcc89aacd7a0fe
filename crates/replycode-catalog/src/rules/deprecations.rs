//! Entries are never removed, only deprecated.

use super::Context;
use crate::node::Findings;
use crate::report::{Finding, Rule};

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    for item in &context.items {
        let Some(target) = item.entry.deprecated.as_ref().and_then(|why| why.renamed_to.as_ref()) else { continue };
        let mut same = context.items.iter().filter(|other| other.namespace() == item.namespace());
        let (message, remedy) = match same.find(|other| *other.entry.id == **target) {
            None if context.partial => continue,
            None => (
                format!("there is no `{}` among {}", **target, item.namespace()),
                "name an entry that exists, or leave out `renamed_to`",
            ),
            Some(other) if other.entry.deprecated.is_some() => {
                (format!("`{}` is deprecated as well", **target), "name the entry that is in use now")
            }
            Some(_) => continue,
        };
        findings.push(Finding::new(Rule::Deprecated, target.span.clone(), message, remedy));
    }
    for reply in context.draft.protocols.iter().flat_map(|rows| rows.replies.iter().chain(&rows.field)) {
        let mut senses = reply.senses.iter();
        let Some(deprecated) = senses.by_ref().find(|sense| sense.deprecated.is_some()) else { continue };
        if let Some(in_use) = senses.find(|sense| sense.deprecated.is_none()) {
            findings.push(
                Finding::new(
                    Rule::Deprecated,
                    deprecated.id.span.clone(),
                    format!("`{}` is deprecated but stands before a sense in use", *deprecated.id),
                    "move it to the end: the first sense is the one to show when the command is unknown",
                )
                .beside(in_use.id.span.clone(), "in use"),
            );
        }
    }
}
