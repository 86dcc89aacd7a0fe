//! Commands: their form, their numbers, and the codes that answer them.

use std::collections::HashMap;

use replycode::EntryKind;

use super::Context;
use super::languages::NEXT_NUMBER;
use crate::item::Item;
use crate::model::{Citation, ProtocolRows};
use crate::node::Findings;
use crate::report::{Finding, Rule};
use crate::source::{At, Span};

/// Moments that a server answers without a command, or at any; written in lower case so that no verb can be meant.
const PSEUDO: [&str; 3] = ["any", "connect", "data-end"];

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    for item in context.items.iter().filter(|item| item.is_sense()) {
        let rows = item.protocol.and_then(|protocol| context.draft.protocol(protocol));
        for command in &item.entry.commands {
            if command.as_str() == "any" {
                findings.push(Finding::new(
                    Rule::CommandForm,
                    command.span.clone(),
                    "a sense cannot name `any` among its commands",
                    "remove `commands`: a sense without them answers any",
                ));
            } else if check_form(command, findings) {
                rows.iter().for_each(|rows| check_known(context, rows, command, findings));
                rows.iter().for_each(|rows| check_listed(item, rows, command, findings));
            }
        }
    }
    for rows in &context.draft.protocols {
        for command in &rows.commands {
            check_form(&command.verb, findings);
        }
        check_numbers(rows, findings);
        check_flows(context, rows, findings);
    }
}

/// Whether it is a command.
fn check_form(verb: &At<String>, findings: &mut Findings) -> bool {
    let upper = !verb.is_empty() && verb.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    let is_command = upper || PSEUDO.contains(&verb.as_str());
    if !is_command {
        let wanted = [verb.to_ascii_uppercase(), verb.to_ascii_lowercase()];
        let pseudo = wanted.iter().find(|wanted| PSEUDO.contains(&wanted.as_str()));
        let remedy = match pseudo {
            Some(pseudo) => format!("write `{pseudo}`"),
            None => "write the verb alone, in upper case; what is no verb is `any`, `connect` or `data-end`".to_owned(),
        };
        findings.push(Finding::new(
            Rule::CommandForm,
            verb.span.clone(),
            format!("`{}` is no command", **verb),
            remedy,
        ));
    }
    is_command
}

/// A catalogue that lists no commands at all leaves them to its user.
fn check_known(context: &Context<'_>, rows: &ProtocolRows, command: &At<String>, findings: &mut Findings) {
    let known = rows.commands.iter().any(|row| *row.verb == **command);
    if !known && !rows.commands.is_empty() && !context.partial {
        findings.push(Finding::new(
            Rule::UnknownCommand,
            command.span.clone(),
            format!("{} lists no command `{}`", rows.id.id().to_uppercase(), **command),
            format!("correct it, or add `- verb: {}` under the protocol's `commands:`", **command),
        ));
    }
}

/// Otherwise the catalogue would call a code unusual for a command that one of its senses names.
fn check_listed(item: &Item<'_>, rows: &ProtocolRows, command: &At<String>, findings: &mut Findings) {
    let Some(row) = rows.commands.iter().find(|row| *row.verb == **command) else { return };
    let code = item.number;
    if item.kind == EntryKind::Sense && !row.replies.iter().any(|flow| *flow.code == code) {
        findings.push(
            Finding::new(
                Rule::SenseFlow,
                command.span.clone(),
                format!("{code} is no listed answer to `{}`, which this sense names", **command),
                format!(
                    "add `- {{code: {code}, source: ...}}` to the replies of `{}`, or correct the sense",
                    **command
                ),
            )
            .beside(row.verb.span.clone(), "the command"),
        );
    }
}

fn check_numbers(rows: &ProtocolRows, findings: &mut Findings) {
    let mut seen: HashMap<u16, &At<u16>> = HashMap::new();
    for command in &rows.commands {
        let (verb, number) = (command.verb.as_str(), &command.number);
        if (verb == "any") != (**number == 0) {
            let (message, remedy) = match verb {
                "any" => (
                    format!("`any` has the number {}", **number),
                    "give it 0, the number of a command that is not known",
                ),
                _ => (format!("`{verb}` has the number 0, which belongs to `any`"), "give it the next free number"),
            };
            findings.push(Finding::new(Rule::Numbering, number.span.clone(), message, remedy));
        } else if let Some(first) = seen.insert(**number, number) {
            findings.push(
                Finding::new(
                    Rule::Numbering,
                    number.span.clone(),
                    format!("two {} commands have the number {}", rows.id.id().to_uppercase(), **number),
                    NEXT_NUMBER,
                )
                .beside(first.span.clone(), "the other"),
            );
        }
    }
}

fn check_flows(context: &Context<'_>, rows: &ProtocolRows, findings: &mut Findings) {
    let name = rows.id.id().to_uppercase();
    for command in &rows.commands {
        let mut seen: HashMap<(u16, Cited<'_>), &Span> = HashMap::new();
        for flow in &command.replies {
            let code = *flow.code;
            let known = rows.replies.iter().chain(&rows.field).any(|reply| *reply.code == code);
            if !known && !context.partial {
                findings.push(Finding::new(
                    Rule::FlowCode,
                    flow.code.span.clone(),
                    format!("`{}` is answered by {code}, which {name} does not list", *command.verb),
                    "correct the code, or add it under `replies:`",
                ));
            }
            if let Some(first) = seen.insert((code, cited(&flow.source)), &flow.code.span) {
                findings.push(
                    Finding::new(
                        Rule::DuplicateFlow,
                        flow.code.span.clone(),
                        format!("{code} answers `{}` twice by the same source", *command.verb),
                        "remove one of the two; what they say of it goes into one note",
                    )
                    .beside(first.clone(), "the first"),
                );
            }
        }
    }
}

/// Who says so.
type Cited<'a> = (Option<u16>, Option<&'a str>);

fn cited(citation: &Citation) -> Cited<'_> {
    let place = [&citation.section, &citation.iana, &citation.field].into_iter().flatten().next();
    (citation.rfc.as_ref().map(|rfc| **rfc), place.map(|place| place.as_str()))
}
