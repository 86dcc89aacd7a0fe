//! Reads causes and rules from the tree.

use replycode::{Party, Protocol, Severity, Verdict};

use super::rows::{Cause, DiagnosisRule, Pattern, When};
use crate::model::{Entry, Texts};
use crate::node::{Findings, Node};
use crate::schema::{code, member, optional_rows, rows, string, text, texts, verdict};

pub(crate) fn cause(node: &Node, findings: &mut Findings) -> Option<Cause> {
    let mut fields = node.fields("cause", findings)?;
    let id = text(&mut fields, "id", findings);
    let number =
        fields.required("number", findings).and_then(|node| node.number("the number of a cause", 1..=254, findings));
    let verdict = member::<Verdict>(&mut fields, "verdict", findings);
    let party = member::<Party>(&mut fields, "party", findings);
    let title = fields.required("title", findings).map(|node| texts(node, findings)).unwrap_or_default();
    let meaning = fields.required("meaning", findings).map(|node| texts(node, findings)).unwrap_or_default();
    let steps = rows(&mut fields, "action", findings, |node, findings| Some(texts(node, findings)));
    let reviewed = fields.optional("reviewed").map(|node| texts(node, findings).rows).unwrap_or_default();
    fields.finish(findings);
    let id = id?;
    let entry = Entry {
        id: id.clone(),
        title: title.clone(),
        meaning: meaning.clone(),
        action: joined(&steps),
        reviewed,
        ..Entry::default()
    };
    Some(Cause { id, number: number?, verdict: verdict?, party: party?, title, meaning, steps, entry })
}

/// Steps as one text a language, separated by line feeds.
pub(crate) fn joined(steps: &[Texts]) -> Texts {
    let mut all = steps.first().cloned().unwrap_or_default();
    for step in steps.iter().skip(1) {
        for (language, text) in &mut all.rows {
            if let Some(next) = step.at(language) {
                text.value = format!("{}\n{}", text.value, next.value);
                text.span.end = next.span.end;
            }
        }
    }
    all
}

pub(crate) fn rule(node: &Node, findings: &mut Findings) -> Option<DiagnosisRule> {
    let mut fields = node.fields("rule", findings)?;
    let id = text(&mut fields, "id", findings);
    let cause = text(&mut fields, "cause", findings);
    let when = fields.required("when", findings).and_then(|node| when(node, findings));
    let verdict = fields.optional("verdict").and_then(|node| verdict(node, findings));
    let source = text(&mut fields, "source", findings);
    let yes = rows(&mut fields, "yes", findings, string);
    let no = rows(&mut fields, "no", findings, string);
    fields.finish(findings);
    Some(DiagnosisRule { id: id?, cause: cause?, when: when?, verdict, source: source?, yes, no })
}

fn when(node: &Node, findings: &mut Findings) -> Option<When> {
    let mut fields = node.fields("condition of a rule", findings)?;
    let when = When {
        protocol: fields
            .optional("protocol")
            .and_then(|node| node.word::<Protocol>("write one of these, or leave it out for both", findings)),
        severity: optional_rows(&mut fields, "severity", findings, |node, findings| {
            node.word::<Severity>("write one of these", findings)
        }),
        codes: optional_rows(&mut fields, "codes", findings, code),
        enhanced: optional_rows(&mut fields, "enhanced", findings, |node, findings| {
            node.word::<Pattern>("write 5.7.1, 5.7.* for any detail, X.7.1 for any class, or X.7.*", findings)
        }),
        commands: optional_rows(&mut fields, "commands", findings, string),
        phrases: optional_rows(&mut fields, "phrases", findings, string),
        also: optional_rows(&mut fields, "also", findings, string),
        without: optional_rows(&mut fields, "without", findings, string),
        span: node.span.clone(),
    };
    fields.finish(findings);
    Some(when)
}
