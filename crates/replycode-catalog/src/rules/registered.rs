//! A catalogue with `complete: true` lists what is registered: all of it, and nothing else as an RFC's.

use std::collections::BTreeMap;

use replycode::Protocol;

use super::Context;
use crate::model::ProtocolRows;
use crate::node::Findings;
use crate::registry::{self, Code, Detail};
use crate::report::{Finding, Rule};
use crate::source::Span;

/// Where the lists of registered codes are kept.
const REGISTRY: &str = "crates/replycode-catalog/registry";

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    if !context.draft.complete {
        return;
    }
    for rows in &context.draft.protocols {
        let registered: Vec<Code> = registry::codes(*rows.id).collect();
        check_replies(context, rows, &registered, findings);
        if *rows.id == Protocol::Smtp {
            check_details(context, &rows.id.span, findings);
        }
    }
}

fn check_replies(context: &Context<'_>, rows: &ProtocolRows, registered: &[Code], findings: &mut Findings) {
    let name = rows.id.id().to_uppercase();
    for reply in &rows.replies {
        let code = *reply.code;
        if !registered.iter().any(|row| row.code == code) {
            findings.push(Finding::new(
                Rule::Unregistered,
                reply.code.span.clone(),
                format!("no RFC defines or names {name} {code}"),
                format!("move it to `field:`; or, if a newer RFC has it, add it to {REGISTRY}/{}.tsv", rows.id.id()),
            ));
        }
        for sense in &reply.senses {
            let (Some(rfc), Some(status)) = (&sense.source.rfc, &sense.status) else { continue };
            let row = registered.iter().find(|row| row.code == code && row.rfc == **rfc);
            if let Some(row) = row.filter(|row| row.status != **status) {
                findings.push(Finding::new(
                    Rule::RegistryDiffers,
                    status.span.clone(),
                    format!("{name} {code} of RFC {} is `{}`, not `{}`", row.rfc, row.status, **status),
                    format!("write `{}`, or correct {REGISTRY}/{}.tsv", row.status, rows.id.id()),
                ));
            }
        }
    }
    if context.partial {
        return;
    }
    let mut rfcs: BTreeMap<u16, u16> = BTreeMap::new();
    registered.iter().for_each(|row| {
        rfcs.entry(row.code).or_insert(row.rfc);
    });
    for (code, rfc) in rfcs.iter().filter(|(code, _)| !rows.replies.iter().any(|reply| *reply.code == **code)) {
        let next = rows.replies.iter().find(|reply| *reply.code > *code).map(|reply| &reply.code.span);
        let last = rows.replies.last().map(|reply| &reply.code.span);
        let (span, place) = place(next, last, &rows.id.span);
        findings.push(Finding::new(
            Rule::Unlisted,
            span.clone(),
            format!("{name} {code} (RFC {rfc}) is not listed"),
            format!("add `- code: {code}` {place}; a catalogue without `complete: true` may leave it out"),
        ));
    }
}

fn check_details(context: &Context<'_>, smtp: &Span, findings: &mut Findings) {
    let listed = &context.draft.enhanced.details;
    let registered: Vec<Detail> = registry::enhanced().collect();
    for row in listed {
        let (subject, detail) = (*row.subject, *row.detail);
        let known = registered.iter().find(|known| (known.subject, known.detail) == (subject, detail));
        let mut codes: Vec<u16> = row.codes.iter().map(|code| **code).collect();
        codes.sort_unstable();
        match known {
            None if row.entry.source.field.is_none() => findings.push(Finding::new(
                Rule::Unregistered,
                row.detail.span.clone(),
                format!("X.{subject}.{detail} is not registered"),
                format!("cite where it was seen, `source: {{field: ...}}`; or add it to {REGISTRY}/enhanced.tsv"),
            )),
            Some(known) if known.codes != codes => findings.push(Finding::new(
                Rule::RegistryDiffers,
                row.codes.first().map_or(&row.detail.span, |code| &code.span).clone(),
                format!("X.{subject}.{detail} is registered with other basic codes"),
                format!("write `codes: {}`, or correct {REGISTRY}/enhanced.tsv", written(&known.codes)),
            )),
            _ => {}
        }
    }
    if context.partial {
        return;
    }
    for row in registered {
        let at = (row.subject, row.detail);
        if listed.iter().any(|detail| (*detail.subject, *detail.detail) == at) {
            continue;
        }
        let next = listed.iter().find(|detail| (*detail.subject, *detail.detail) > at).map(|row| &row.subject.span);
        let last = listed.last().map(|row| &row.subject.span);
        let (span, place) = self::place(next, last, smtp);
        findings.push(Finding::new(
            Rule::Unlisted,
            span.clone(),
            format!("X.{}.{} ({}) is not listed", row.subject, row.detail, reference(row.reference)),
            format!("add `- subject: {}` with `detail: {}` {place}", row.subject, row.detail),
        ));
    }
}

/// Where a row belongs: before the next, behind the last, or somewhere in what has no rows at all.
fn place<'a>(next: Option<&'a Span>, last: Option<&'a Span>, whole: &'a Span) -> (&'a Span, &'static str) {
    match (next, last) {
        (Some(next), _) => (next, "before this row"),
        (None, Some(last)) => (last, "behind this row"),
        (None, None) => (whole, "here"),
    }
}

/// Codes as the YAML has them.
fn written(codes: &[u16]) -> String {
    if codes == [2, 4, 5] {
        return "any".to_owned();
    }
    let codes: Vec<String> =
        codes.iter().map(|code| if *code < 10 { format!("{code}XX") } else { code.to_string() }).collect();
    format!("[{}]", codes.join(", "))
}

fn reference(text: &str) -> String {
    if text.starts_with(|c: char| c.is_ascii_digit()) { format!("RFC {text}") } else { text.to_owned() }
}
