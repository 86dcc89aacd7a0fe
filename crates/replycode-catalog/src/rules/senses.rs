//! The senses of a code are told apart by the command that they answer.

use std::collections::HashMap;

use super::{Context, listed};
use crate::item::in_use;
use crate::model::{Entry, ReplyRows};
use crate::node::Findings;
use crate::report::{Finding, Rule};
use crate::source::At;

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    // Field entries are not chosen by their command alone: several servers may answer the same one in their own ways.
    for reply in context.draft.protocols.iter().flat_map(|rows| &rows.replies) {
        check_commands(reply, findings);
        check_base(reply, findings);
        check_conflict(reply, findings);
    }
}

fn check_commands(reply: &ReplyRows, findings: &mut Findings) {
    let mut seen: HashMap<&str, (&Entry, &At<String>)> = HashMap::new();
    for sense in in_use(reply) {
        for command in &sense.commands {
            let Some((first, at)) = seen.insert(command, (sense, command)) else { continue };
            let (message, remedy) = if first.id.value == sense.id.value {
                (format!("`{}` names the command `{}` twice", *sense.id, **command), "remove one of the two")
            } else {
                (
                    format!("two senses of {} answer `{}`, so that none can be chosen", *reply.code, **command),
                    "name the command in one of the two; tell of the other in a note or an alias",
                )
            };
            let finding = Finding::new(Rule::SenseCommands, command.span.clone(), message, remedy);
            findings.push(finding.beside(at.span.clone(), format!("in `{}`", *first.id)));
        }
    }
}

/// Senses for any command: one is the base, each further one says what it is.
fn check_base(reply: &ReplyRows, findings: &mut Findings) {
    let mut any = in_use(reply).filter(|sense| sense.commands.is_empty());
    let Some(base) = any.next() else { return };
    for sense in any.filter(|sense| sense.note.is_empty()) {
        findings.push(
            Finding::new(
                Rule::AmbiguousBase,
                sense.id.span.clone(),
                format!("{} and {} of {} both answer any command", quoted(base), quoted(sense), *reply.code),
                "add `commands: [...]` to one of them, or a note that tells this one from the other",
            )
            .beside(base.id.span.clone(), "the base sense"),
        );
    }
}

/// Where one RFC's sense answers any command and another RFC's answers some of them, a reader needs to know why.
fn check_conflict(reply: &ReplyRows, findings: &mut Findings) {
    let any = in_use(reply).filter(|sense| sense.commands.is_empty());
    for base in any {
        for sense in in_use(reply).filter(|sense| !sense.commands.is_empty()) {
            let same = rfc(base) == rfc(sense) || rfc(base).is_none() || rfc(sense).is_none();
            if same || !base.note.is_empty() || !sense.note.is_empty() {
                continue;
            }
            let commands: Vec<&str> = sense.commands.iter().map(|command| command.as_str()).collect();
            findings.push(
                Finding::new(
                    Rule::SourceConflict,
                    sense.id.span.clone(),
                    format!(
                        "{} to {} means one thing in RFC {} and another in RFC {}",
                        *reply.code,
                        listed(&commands),
                        rfc(base).unwrap_or_default(),
                        rfc(sense).unwrap_or_default(),
                    ),
                    "add a note to one of the two that tells which is meant when",
                )
                .beside(base.id.span.clone(), "the sense for any command"),
            );
        }
    }
}

fn rfc(entry: &Entry) -> Option<u16> {
    entry.source.rfc.as_ref().map(|rfc| **rfc)
}

fn quoted(entry: &Entry) -> String {
    format!("`{}`", *entry.id)
}
