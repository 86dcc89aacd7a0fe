//! Every fact cites where it comes from, and its status fits the source.

use replycode::{EntryKind, Status};

use super::Context;
use crate::item::Item;
use crate::model::Citation;
use crate::node::Findings;
use crate::report::{Finding, Rule};

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    for item in &context.items {
        check_citation(&item.entry.source, findings);
        check_kind(item, findings);
        check_status(item, findings);
        check_since(item, findings);
    }
    let commands = context.draft.protocols.iter().flat_map(|rows| &rows.commands);
    for flow in commands.flat_map(|command| &command.replies) {
        check_citation(&flow.source, findings);
    }
}

fn source(citation: &Citation, message: &str, remedy: &str, findings: &mut Findings) {
    findings.push(Finding::new(Rule::Source, citation.span.clone(), message, remedy));
}

/// What holds of every citation. One that is not there at all has been reported by the schema.
fn check_citation(citation: &Citation, findings: &mut Findings) {
    if citation.span == Default::default() {
        return;
    }
    let is_official = citation.rfc.is_some() || citation.iana.is_some();
    match (is_official, &citation.field) {
        (false, None) => source(
            citation,
            "this source names neither an RFC, nor a registry, nor where it was seen",
            "write `{rfc: 5321, section: \"4.2.3\"}`, `{iana: \"...\"}` or `{field: \"server and version\"}`",
            findings,
        ),
        (true, Some(_)) => source(
            citation,
            "this source is both official and of the field",
            "leave out `field`; or leave out the other, and name related RFCs under `see`",
            findings,
        ),
        _ => {}
    }
    if let (None, Some(section)) = (&citation.rfc, &citation.section) {
        findings.push(Finding::new(
            Rule::Source,
            section.span.clone(),
            "a section without its RFC",
            "add `rfc: N`, or remove `section`",
        ));
    }
}

fn is_of_the_field(citation: &Citation) -> bool {
    citation.field.is_some() && citation.rfc.is_none() && citation.iana.is_none()
}

/// Senses are an RFC's, to the section; field entries are not.
fn check_kind(item: &Item<'_>, findings: &mut Findings) {
    let citation = &item.entry.source;
    if item.kind == EntryKind::Sense
        && citation.field.is_none()
        && (citation.rfc.is_none() || citation.section.is_none())
    {
        let missing = if citation.rfc.is_none() { "RFC" } else { "section" };
        let message = format!("the source of {} names no {missing}", item.name());
        source(citation, &message, "write `{rfc: 5321, section: \"4.2.3\"}`", findings);
    }
    if item.kind == EntryKind::Sense && is_of_the_field(citation) {
        let message = format!("{} was seen in the field only", item.name());
        source(citation, &message, "move it to the protocol's list `field`, or cite the RFC that defines it", findings);
    }
    if item.kind == EntryKind::Field && citation.field.is_none() && citation.span != Default::default() {
        let message = format!("{} stands in the list `field` but does not say where it was seen", item.name());
        source(
            citation,
            &message,
            "write `{field: \"server and version\"}`, or move it to `replies` if an RFC defines it",
            findings,
        );
    }
}

fn check_status(item: &Item<'_>, findings: &mut Findings) {
    let entry = item.entry;
    let needs_status = item.is_sense() || item.kind == EntryKind::EnhancedDetail;
    let Some(status) = &entry.status else {
        if needs_status {
            findings.push(Finding::new(
                Rule::Status,
                entry.id.span.clone(),
                format!("{} has no `status`", item.name()),
                if item.kind == EntryKind::Field {
                    "add `status: field`"
                } else {
                    "add `status: current`, `obsolete`, `experimental` or `mentioned`"
                },
            ));
        }
        return;
    };
    let is_field = is_of_the_field(&entry.source);
    let (message, remedy) = match (**status, is_field) {
        (Status::Field, false) => (
            "the status is `field`, but the source does not say where it was seen".to_owned(),
            "say so, `source: {field: ...}`, or correct the status",
        ),
        (status, true) if status != Status::Field => (
            format!("the status is `{status}`, but the source is `field`"),
            "write `status: field`, or cite an RFC in `source`",
        ),
        _ => return,
    };
    findings.push(Finding::new(Rule::Status, status.span.clone(), message, remedy));
}

/// RFC 5248 made a registry of older codes, so there alone "since" may be the later number.
fn check_since(item: &Item<'_>, findings: &mut Findings) {
    let Some(since) = &item.entry.since else { return };
    let (message, remedy) = match &item.entry.source.rfc {
        None => (
            format!("`since: {}` without an RFC in the source", **since),
            "remove it, or cite the RFC in force in `source`",
        ),
        Some(rfc) if **rfc == **since => (
            format!("RFC {} is the source already", **since),
            "remove `since`: it names an older RFC, if one had it first",
        ),
        Some(rfc) if **rfc < **since && **rfc != 5248 => (
            format!("RFC {} is younger than the source, RFC {}", **since, **rfc),
            "name the first RFC that had it in `since`, the one in force in `source`",
        ),
        Some(_) => return,
    };
    findings.push(Finding::new(Rule::Source, since.span.clone(), message, remedy));
}
