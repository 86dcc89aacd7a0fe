//! Lists that go by number: each number once, ascending, and where the index has a place for it.

use replycode::{Protocol, ReplyCode, Severity};

use super::Context;
use crate::model::ReplyRows;
use crate::node::Findings;
use crate::report::{Finding, Rule};
use crate::source::{At, Span};

/// The last code that either protocol's grammar allows (FTP's 6yz, second digit 5), with which the index of the generated
/// tables ends.
const LAST: u16 = 659;

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    for rows in &context.draft.protocols {
        let name = rows.id.id().to_uppercase();
        for (list, replies) in [("replies", &rows.replies), ("field", &rows.field)] {
            let codes = replies.iter().map(|reply| (*reply.code, &reply.code.span));
            let merge = "move its senses to the first, and remove this row";
            in_order(codes, |code| format!("{name} {code} in `{list}`"), merge, findings);
            for reply in replies {
                check_range(*rows.id, list, &reply.code, findings);
                check_senses(reply, findings);
            }
        }
    }

    let enhanced = &context.draft.enhanced;
    let once = "remove one of the two, or correct its number";
    let classes = enhanced.classes.iter().map(|row| (*row.class, &row.class.span));
    in_order(classes, |class| format!("the class {class}.X.X"), once, findings);
    let subjects = enhanced.subjects.iter().map(|row| (*row.subject, &row.subject.span));
    in_order(subjects, |subject| format!("the subject X.{subject}.X"), once, findings);
    let details = enhanced.details.iter().map(|row| ((*row.subject, *row.detail), &row.detail.span));
    in_order(details, |(subject, detail)| format!("the detail X.{subject}.{detail}"), once, findings);

    let not_replies = &context.draft.not_replies;
    in_order(
        not_replies.iter().map(|row| (*row.number, &row.number.span)),
        |n| format!("the number {n}"),
        once,
        findings,
    );
    match not_replies.first() {
        Some(first) if *first.number != 0 && !context.partial => findings.push(Finding::new(
            Rule::CodeOrder,
            first.number.span.clone(),
            "the numbers that are no reply do not begin with 0",
            "put a row `number: 0` first: it stands for any number that is not listed",
        )),
        _ => {}
    }
}

/// Reports numbers that stand twice, and numbers behind a greater one.
fn in_order<'a, K: Ord + Copy>(
    rows: impl Iterator<Item = (K, &'a Span)>,
    name: impl Fn(K) -> String,
    once: &str,
    findings: &mut Findings,
) {
    let mut seen: Vec<(K, &Span)> = Vec::new();
    for (key, span) in rows {
        // Ascending so far, so the place is found by halving.
        match seen.binary_search_by(|(earlier, _)| earlier.cmp(&key)) {
            Ok(place) => findings.push(
                Finding::new(Rule::DuplicateCode, span.clone(), format!("{} is listed twice", name(key)), once)
                    .beside(seen[place].1.clone(), "the first"),
            ),
            Err(place) if place < seen.len() => {
                findings.push(
                    Finding::new(
                        Rule::CodeOrder,
                        span.clone(),
                        format!("{} stands behind a greater number", name(key)),
                        "move the row to its place, in ascending order",
                    )
                    .beside(seen[place].1.clone(), "it belongs before this one"),
                );
                seen.insert(place, (key, span));
            }
            Err(_) => seen.push((key, span)),
        }
    }
}

fn check_range(protocol: Protocol, list: &str, code: &At<u16>, findings: &mut Findings) {
    if **code > LAST {
        findings.push(Finding::new(
            Rule::CodeRange,
            code.span.clone(),
            format!("{} has no place in the index of codes, which ends at {LAST}", **code),
            "leave it out; a program explains it by its first digit",
        ));
        return;
    }
    let first = ReplyCode::new(**code).map_or(0, ReplyCode::first);
    if list == "replies" && Severity::of_digit(protocol, first) == Severity::Unassigned {
        findings.push(Finding::new(
            Rule::CodeRange,
            code.span.clone(),
            format!("{} assigns no meaning to replies that begin with {first}", protocol.id().to_uppercase()),
            "correct the code, or move it to `field` if servers really send it",
        ));
    }
}

fn check_senses(reply: &ReplyRows, findings: &mut Findings) {
    if reply.senses.is_empty() {
        findings.push(Finding::new(
            Rule::MissingField,
            reply.code.span.clone(),
            format!("{} has no sense", *reply.code),
            "add one under `senses:`, or remove the code",
        ));
    }
}
