//! The enhanced status codes that senses name.

use std::collections::HashSet;

use replycode::{EntryKind, Protocol};

use super::Context;
use crate::node::Findings;
use crate::registry;
use crate::report::{Finding, Rule};

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    let listed = context.draft.enhanced.details.iter().map(|row| (*row.subject, *row.detail));
    let known: HashSet<(u16, u16)> = listed.chain(registry::enhanced().map(|row| (row.subject, row.detail))).collect();
    for item in context.items.iter().filter(|item| item.is_sense()) {
        for code in &item.entry.enhanced {
            let mut report =
                |rule, message, remedy| findings.push(Finding::new(rule, code.span.clone(), message, remedy));
            if item.protocol == Some(Protocol::Ftp) {
                let message = format!("{} names an enhanced status code, which FTP does not have", item.name());
                report(Rule::UnknownEnhanced, message, "remove it: RFC 3463 is about mail");
                continue;
            }
            if item.kind == EntryKind::Sense && !known.contains(&(code.subject(), code.detail())) {
                let message = format!("{} is not registered", **code);
                report(
                    Rule::UnknownEnhanced,
                    message,
                    "correct it; what servers send beside the registry goes under `field`",
                );
            }
            let first = item.number / 100;
            if u16::from(code.class()) != first && item.entry.note.is_empty() {
                let message =
                    format!("{} has the class {}, but {} begins with {first}", **code, code.class(), item.number);
                report(
                    Rule::EnhancedClass,
                    message,
                    "RFC 2034 section 4 wants the two equal: correct one, or tell in a note why they differ",
                );
            }
        }
    }
}
