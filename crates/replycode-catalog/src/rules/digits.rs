//! First and second digits are assigned as the category logic of the core has them.

use std::fmt::Display;

use replycode::{Category, Severity};

use super::Context;
use crate::node::Findings;
use crate::report::{Finding, Rule};
use crate::source::{At, Span};

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    for rows in &context.draft.protocols {
        let protocol = *rows.id;
        let mut list = Digits {
            rule: Rule::SeverityDigits,
            protocol: rows.id.id().to_uppercase(),
            which: "first",
            span: &rows.id.span,
            partial: context.partial,
            findings,
        };
        let severities: Vec<_> =
            rows.severities.iter().map(|row| (*row.severity, &row.digits, &row.severity.span)).collect();
        list.check(&severities, |digit| Severity::of_digit(protocol, digit));
        list.rule = Rule::CategoryDigits;
        list.which = "second";
        let categories: Vec<_> =
            rows.categories.iter().map(|row| (*row.category, &row.digits, &row.category.span)).collect();
        list.check(&categories, |digit| Category::of_digit(protocol, digit));

        for row in rows.severities.iter().filter(|row| *row.verdict != row.severity.verdict()) {
            let (severity, verdict) = (*row.severity, row.severity.verdict());
            findings.push(Finding::new(
                Rule::SeverityVerdict,
                row.verdict.span.clone(),
                format!("the verdict of `{severity}` is `{verdict}`, not `{}`", *row.verdict),
                format!("write `{verdict}`; senses that differ have a `verdict` of their own"),
            ));
        }
    }
}

/// What is said of one list of digits.
struct Digits<'a> {
    rule: Rule,
    protocol: String,
    which: &'static str,
    span: &'a Span,
    partial: bool,
    findings: &'a mut Findings,
}

impl Digits<'_> {
    fn check<T: PartialEq + Copy + Display>(&mut self, rows: &[(T, &Vec<At<u16>>, &Span)], of_digit: impl Fn(u8) -> T) {
        let which = self.which;
        for digit in 0..10u8 {
            let assigned = of_digit(digit);
            let mut claims = rows.iter().flat_map(|(id, digits, _)| {
                digits.iter().filter(move |claim| claim.value == u16::from(digit)).map(move |claim| (*id, claim))
            });
            let first = claims.next();
            match first {
                Some((id, claim)) if id != assigned => {
                    let message =
                        format!("{} has the {which} digit {digit} under `{assigned}`, not `{id}`", self.protocol);
                    self.report(&claim.span, message, format!("move {digit} to the digits of `{assigned}`"));
                }
                None if !self.partial => {
                    // The row that lacks the digit, or the protocol where there is no such row.
                    let row = rows.iter().find(|(id, ..)| *id == assigned);
                    let message =
                        format!("no row has the {which} digit {digit}, which {} has under `{assigned}`", self.protocol);
                    let (span, remedy) = match row {
                        Some((.., span)) => (*span, format!("add {digit} to the digits of `{assigned}`")),
                        None => (self.span, format!("add a row `{assigned}` with the digit {digit}")),
                    };
                    self.report(span, message, remedy);
                }
                _ => {}
            }
            for (id, claim) in claims {
                let message = format!("the {which} digit {digit} stands a second time, under `{id}`");
                self.report(&claim.span, message, format!("leave it with `{assigned}` only"));
            }
        }
    }

    fn report(&mut self, span: &Span, message: String, remedy: String) {
        self.findings.push(Finding::new(self.rule, span.clone(), message, remedy));
    }
}
