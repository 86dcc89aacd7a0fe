//! A sense has a verdict of its own only where it differs from its severity's, and says why.

use replycode::{EntryKind, ReplyCode, Severity};

use super::Context;
use crate::item::Item;
use crate::model::Override;
use crate::node::Findings;
use crate::report::{Finding, Rule};

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    for item in &context.items {
        let severity =
            item.protocol.zip(ReplyCode::new(item.number)).map(|(protocol, code)| Severity::of(protocol, code));
        if let (Some(own), Some(severity)) = (&item.entry.verdict, severity) {
            check_verdict(item, own, severity, findings);
            check_reason(item, own, findings);
        }
    }
}

fn check_verdict(item: &Item<'_>, own: &Override, severity: Severity, findings: &mut Findings) {
    let (message, remedy) = match (severity, *own.is) {
        (_, verdict) if verdict == severity.verdict() => (
            format!("`{verdict}` is what `{severity}` says anyway"),
            "remove `verdict`: only a sense that differs from its severity has one",
        ),
        // Neither ends the exchange, so no verdict on its outcome is possible yet.
        (Severity::Preliminary, verdict) => (
            format!("{item} is a preliminary reply and cannot be `{verdict}`"),
            "remove `verdict`: the reply that follows decides",
        ),
        (Severity::Protected, verdict) => (
            format!("{item} is a protected reply and cannot be `{verdict}`"),
            "remove `verdict`: the reply inside decides",
        ),
        _ => return,
    };
    findings.push(Finding::new(Rule::VerdictOverride, own.is.span.clone(), message, remedy));
}

/// The source of a field entry, which saw what servers mean, is that of its verdict, too; and an overlay has reasons of
/// its own.
fn check_reason(item: &Item<'_>, own: &Override, findings: &mut Findings) {
    let of_overlay = own.reason.span.file != item.entry.id.span.file;
    if item.kind == EntryKind::Sense && !of_overlay && !cites_rfc(&own.reason) {
        findings.push(Finding::new(
            Rule::VerdictOverride,
            own.reason.span.clone(),
            "the reason cites no RFC",
            "begin with the RFC and its section, for instance `RFC 5321 4.5.3.1.10: treat a 552 to RCPT as 452`",
        ));
    }
}

fn cites_rfc(reason: &str) -> bool {
    reason.split("RFC ").skip(1).any(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}
