//! The names of constants in C, made from ids: short enough, distinct, and none that the header defines itself.

use std::collections::HashMap;

use replycode::EntryKind;

use super::Context;
use crate::node::Findings;
use crate::report::{Finding, Rule};
use crate::source::At;

/// The length up to which every C89 compiler tells names of macros apart (ANSI X3.159-1989 section 2.2.4.1).
const LONGEST: usize = 31;

/// What stands before the constants of causes.
const CAUSE: &str = "RC_CAUSE_";

/// The names that headers and classes have for something else, whatever the protocol.
const RESERVED: [&str; 5] = ["all", "any", "codes", "commands", "count"];

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    let mut seen: HashMap<String, &At<String>> = HashMap::new();
    let ids = context.draft.languages.iter().map(|language| &language.id);
    for id in ids.chain(context.items.iter().map(|item| &item.entry.id)) {
        if RESERVED.contains(&id.to_ascii_lowercase().as_str()) {
            findings.push(Finding::new(
                Rule::ConstantName,
                id.span.clone(),
                format!("`{}` is reserved: the libraries use the name for a list, a number or a function", **id),
                "choose another id",
            ));
        }
    }
    for (prefix, id) in names(context) {
        let mut name = format!("{prefix}{}", constant(id));
        // The ids of causes stand in logs and JSON, where they must tell enough; it is enough that their beginnings
        // differ.
        if prefix == CAUSE {
            name.truncate(LONGEST);
        } else if name.len() > LONGEST {
            findings.push(Finding::new(
                Rule::ConstantName,
                id.span.clone(),
                format!("`{name}` has {} characters; C tells names apart by the first {LONGEST}", name.len()),
                format!("shorten the id to {} characters", LONGEST - prefix.len()),
            ));
        }
        match seen.get(&name) {
            // Equal ids are reported as such.
            Some(first) if first.value != id.value => findings.push(
                Finding::new(
                    Rule::ConstantName,
                    id.span.clone(),
                    format!("`{}` and `{}` both give the constant `{name}`", first.value, id.value),
                    "change one of the two",
                )
                .beside(first.span.clone(), "the other"),
            ),
            Some(_) => {}
            None => {
                seen.insert(name, id);
            }
        }
    }
}

/// An id as the name of a constant, the same in Rust, C and Python: upper case, underscores for hyphens.
///
/// ```
/// assert_eq!(replycode_catalog::constant("mailbox_full"), "MAILBOX_FULL");
/// assert_eq!(replycode_catalog::constant("pt-BR"), "PT_BR");
/// ```
pub fn constant(id: &str) -> String {
    id.to_ascii_uppercase().replace('-', "_")
}

/// Every id that becomes a constant, with what stands before it in C.
fn names<'a>(context: &Context<'a>) -> impl Iterator<Item = (String, &'a At<String>)> {
    let draft = context.draft;
    let languages = draft.languages.iter().map(|language| ("RC_LANG_".to_owned(), &language.id));
    let commands = draft.protocols.iter().flat_map(|rows| {
        rows.commands.iter().map(|command| (format!("RC_{}_CMD_", constant(rows.id.id())), &command.verb))
    });
    let entries = context.items.iter().filter_map(|item| {
        let prefix = match (item.kind, item.protocol) {
            (EntryKind::Sense | EntryKind::Field, Some(protocol)) => format!("RC_{}_", constant(protocol.id())),
            (EntryKind::EnhancedDetail, _) => "RC_ESC_".to_owned(),
            (EntryKind::Cause, _) => CAUSE.to_owned(),
            (EntryKind::Note, _) => "RC_NOTE_".to_owned(),
            (EntryKind::Malformed, _) => "RC_MALFORMED_".to_owned(),
            _ => return None,
        };
        Some((prefix, &item.entry.id))
    });
    languages.chain(commands).chain(entries)
}
