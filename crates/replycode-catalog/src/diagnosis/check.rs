//! The rules that causes and diagnosis rules must keep.

use std::collections::HashMap;

use unicode_normalization::is_nfc;

use super::compile::{Commands, CompiledRules, Limit, Under};
use super::example::Example;
use super::rows::{Cause, DiagnosisRows, DiagnosisRule};
use super::shadow::{Reach, contains};
use crate::node::Findings;
use crate::report::{Finding, Rule};
use crate::source::Span;

/// The causes that a reply gets that no rule knows: a positive one, and any other.
pub const FALLBACK_CAUSES: [&str; 2] = ["no_error", "unspecified"];

/// Checks everything, and gives the rules compiled if they can be.
pub(crate) fn check(rows: &DiagnosisRows, commands: &Commands, findings: &mut Findings) -> Option<CompiledRules> {
    let before = findings.len();
    causes(&rows.causes, findings);
    ids(&rows.rules, findings);
    for rule in &rows.rules {
        names(rule, &rows.causes, commands, findings);
        phrases(rule, findings);
    }
    // What follows looks at rules against each other, so a fault in one would show in others.
    if findings.len() > before {
        return None;
    }
    shadows(&rows.rules, findings);
    match CompiledRules::new(&rows.rules, &rows.causes, commands) {
        Ok(compiled) if findings.len() == before => {
            examples(&rows.rules, &compiled, commands, &[], findings);
            Some(compiled)
        }
        Ok(_) => None,
        Err(limit) => {
            let at = rows.rules.first().map(|rule| rule.id.span.clone()).unwrap_or_default();
            findings.push(too_many(limit, at));
            None
        }
    }
}

/// Checks rules that are tried before compiled ones, whose ids are given: what they take from those is meant.
pub(crate) fn check_over(
    rules: &[DiagnosisRule],
    causes: &[Cause],
    commands: &Commands,
    under: &Under<'_>,
    ids_under: &[&str],
    findings: &mut Findings,
) -> Option<CompiledRules> {
    let before = findings.len();
    ids(rules, findings);
    for rule in rules {
        names(rule, causes, commands, findings);
        phrases(rule, findings);
    }
    if findings.len() > before {
        return None;
    }
    shadows(rules, findings);
    match CompiledRules::over(rules, causes, commands, under) {
        Ok(compiled) => {
            examples(rules, &compiled, commands, ids_under, findings);
            Some(compiled)
        }
        Err(limit) => {
            let at = rules.last().map(|rule| rule.id.span.clone()).unwrap_or_default();
            findings.push(too_many(limit, at));
            None
        }
    }
}

fn too_many(limit: Limit, at: Span) -> Finding {
    let (message, remedy) = match limit {
        Limit::Groups => ("the rules have more than 512 groups of phrases", "merge rules that have the same cause"),
        Limit::Bytes => ("the phrases or the conditions take more than 64 KiB", "shorten phrases to what tells"),
    };
    Finding::new(Rule::TooMany, at, message, remedy)
}

/// Ids of rules are no constants, so their words are joined by hyphens.
fn ids(rules: &[DiagnosisRule], findings: &mut Findings) {
    let mut seen: HashMap<&str, &Span> = HashMap::new();
    for DiagnosisRule { id, .. } in rules {
        if let Some(first) = seen.insert(id, &id.span) {
            let message = format!("the id `{}` is used twice among the rules", **id);
            let remedy = "give one of them another id; ids that have been published stay";
            let finding = Finding::new(Rule::DuplicateId, id.span.clone(), message, remedy);
            findings.push(finding.beside(first.clone(), "the first"));
        }
        let letters = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if !id.starts_with(|c: char| c.is_ascii_lowercase()) || !id.chars().all(letters) || id.len() > 31 {
            let message = format!("`{}` is no id of a rule", **id);
            let remedy = "use the letters a to z, digits and hyphens, at most 31, for instance `relay-denied`";
            findings.push(Finding::new(Rule::IdForm, id.span.clone(), message, remedy));
        }
    }
}

fn causes(causes: &[Cause], findings: &mut Findings) {
    let mut last: Option<&Cause> = None;
    for cause in causes {
        if let Some(before) = last.filter(|before| *before.number >= *cause.number) {
            findings.push(
                Finding::new(
                    Rule::CauseNumber,
                    cause.number.span.clone(),
                    format!("the number {} does not come after {}", *cause.number, *before.number),
                    "number causes in ascending order; a number is for ever, so a new cause gets the next one",
                )
                .beside(before.number.span.clone(), "the cause before"),
            );
        }
        last = Some(cause);
        steps(cause, findings);
    }
    if let Some(first) = causes.first() {
        for fallback in FALLBACK_CAUSES.iter().filter(|id| causes.iter().all(|cause| *cause.id != **id)) {
            findings.push(Finding::new(
                Rule::UnknownCause,
                first.id.span.clone(),
                format!("there is no cause `{fallback}`, which replies get that no rule knows"),
                format!("add a cause `{fallback}`"),
            ));
        }
    }
}

pub(crate) fn steps(cause: &Cause, findings: &mut Findings) {
    if !(2..=5).contains(&cause.steps.len()) {
        findings.push(Finding::new(
            Rule::CauseSteps,
            cause.id.span.clone(),
            format!("`{}` does not have two to five steps but {}", *cause.id, cause.steps.len()),
            "write them in `action`, the likeliest first",
        ));
    }
}

/// What a rule names exists, and it asks for something.
fn names(rule: &DiagnosisRule, causes: &[Cause], commands: &Commands, findings: &mut Findings) {
    let when = &rule.when;
    if causes.iter().all(|cause| *cause.id != *rule.cause) {
        findings.push(Finding::new(
            Rule::UnknownCause,
            rule.cause.span.clone(),
            format!("there is no cause `{}`", *rule.cause),
            "correct the id, or add the cause under `causes:`",
        ));
    }
    for command in &when.commands {
        let listed = |protocol| commands.iter().any(|(of, verb)| *of == protocol && **command == *verb);
        if !when.protocols().iter().any(|&protocol| listed(protocol)) {
            findings.push(Finding::new(
                Rule::UnknownCommand,
                command.span.clone(),
                format!("the protocol has no command `{}`", **command),
                "write a verb from the protocol's `commands:`, upper case",
            ));
        }
    }
    let plain = [when.codes.len(), when.enhanced.len(), when.phrases.len(), when.severity.len()];
    if plain.iter().all(|&count| count == 0) {
        findings.push(Finding::new(
            Rule::RuleAsksNothing,
            when.span.clone(),
            format!("`{}` holds for every refusal", *rule.id),
            "ask for phrases, codes, an enhanced pattern or a severity",
        ));
    }
    if when.phrases.is_empty() && !(when.also.is_empty() && when.without.is_empty()) {
        findings.push(Finding::new(
            Rule::RuleAsksNothing,
            when.span.clone(),
            "`also` and `without` stand without `phrases`",
            "write the first group of words under `phrases`",
        ));
    }
    if let Some(verdict) = &rule.verdict
        && verdict.reason.trim().is_empty()
    {
        findings.push(Finding::new(
            Rule::VerdictOverride,
            verdict.reason.span.clone(),
            "the verdict has no reason",
            "say why the severity's verdict is wrong here, and who says so",
        ));
    }
}

/// Phrases have the form of a folded text, and none makes another one of its group superfluous.
fn phrases(rule: &DiagnosisRule, findings: &mut Findings) {
    for group in [&rule.when.phrases, &rule.when.also, &rule.when.without] {
        for phrase in group {
            if let Some((message, remedy)) = malformed(phrase) {
                findings.push(Finding::new(Rule::PhraseForm, phrase.span.clone(), message, remedy));
            }
            let shorter = group.iter().find(|other| {
                !std::ptr::eq(*other, phrase)
                    && contains(phrase, other)
                    && (***other != **phrase || other.span < phrase.span)
            });
            if let Some(shorter) = shorter {
                findings.push(
                    Finding::new(
                        Rule::IdlePhrase,
                        phrase.span.clone(),
                        format!("wherever `{}` is found, `{}` is found as well", **phrase, **shorter),
                        "remove the longer one",
                    )
                    .beside(shorter.span.clone(), "the shorter one"),
                );
            }
        }
    }
}

/// A phrase of a rule should be what tells, not a whole reply.
const LONGEST_PHRASE: usize = 80;

fn malformed(phrase: &str) -> Option<(String, &'static str)> {
    let found = |what: &str| Some(format!("the phrase `{phrase}` {what}"));
    let (message, remedy) = if phrase.chars().count() < 2 {
        (found("is too short"), "write two characters or more")
    } else if phrase.chars().count() > LONGEST_PHRASE {
        (found("is too long"), "write what tells, at most 80 characters")
    } else if phrase.bytes().any(|byte| byte.is_ascii_uppercase()) {
        (found("has upper-case letters"), "write it in lower case: replies are folded before they are compared")
    } else if phrase.trim() != phrase || phrase.contains("  ") {
        (found("has stray blanks"), "write single blanks, none at either end: replies are folded likewise")
    } else if phrase.chars().any(|c| c.is_control() || c == '\\' || (c.is_whitespace() && c != ' ')) {
        (found("has a control character, a backslash or a special blank"), "leave it out; cut the phrase before it")
    } else if !is_nfc(phrase) {
        (found("is not in NFC"), "normalize it")
    } else {
        return None;
    };
    message.map(|message| (message, remedy))
}

/// Every rule, and every phrase of it, can decide.
fn shadows(rules: &[DiagnosisRule], findings: &mut Findings) {
    let reaches: Vec<Reach<'_>> = rules.iter().map(|rule| Reach::new(&rule.when)).collect();
    for (number, rule) in rules.iter().enumerate() {
        let earlier = |phrase: Option<&str>| {
            (0..number)
                .find(|&earlier| reaches[earlier].takes_all_of(&reaches[number], phrase))
                .map(|place| &rules[place])
        };
        let phrases = &rule.when.phrases;
        let idle: Vec<_> = phrases.iter().map(|phrase| (phrase, earlier(Some(phrase)))).collect();
        let whole = if phrases.is_empty() { earlier(None) } else { idle.iter().find_map(|(_, by)| *by) };
        match whole {
            Some(by) if phrases.is_empty() || idle.iter().all(|(_, by)| by.is_some()) => findings.push(
                Finding::new(
                    Rule::UnreachableRule,
                    rule.id.span.clone(),
                    format!("`{}` never decides: `{}` takes every reply for which it holds", *rule.id, *by.id),
                    "move it before the other rule, or remove it",
                )
                .beside(by.id.span.clone(), "takes them first"),
            ),
            _ => findings.extend(idle.iter().filter_map(|(phrase, by)| {
                let by = (*by)?;
                let message = format!("this phrase never decides: `{}` takes every reply that has it", *by.id);
                let remedy = "remove it, or move the rule before the other one";
                Some(
                    Finding::new(Rule::IdlePhrase, phrase.span.clone(), message, remedy)
                        .beside(by.id.span.clone(), "takes them first"),
                )
            })),
        }
    }
}

/// The examples come out as they should. `ids_under` are those of the compiled rules behind these.
fn examples(
    rules: &[DiagnosisRule],
    compiled: &CompiledRules,
    commands: &Commands,
    ids_under: &[&str],
    findings: &mut Findings,
) {
    for (number, rule) in rules.iter().enumerate() {
        for (list, name) in [(&rule.yes, "yes"), (&rule.no, "no")] {
            if list.is_empty() {
                findings.push(Finding::new(
                    Rule::RuleExample,
                    rule.id.span.clone(),
                    format!("`{}` has no example under `{name}`", *rule.id),
                    "write a reply as a server sends it, for instance `550 5.7.1 Relaying denied`",
                ));
            }
        }
        let decided = |line: &str, protocol| Example::new(line).decide(compiled, commands, protocol);
        for &protocol in rule.when.protocols() {
            for line in &rule.yes {
                let by = decided(line, protocol);
                if by != Some(number) {
                    let id = by.and_then(|by| match by.checked_sub(rules.len()) {
                        Some(under) => ids_under.get(under).copied(),
                        None => rules.get(by).map(|by| by.id.as_str()),
                    });
                    let by = by.and_then(|by| rules.get(by));
                    let who = id.map_or("no rule decides".to_owned(), |id| format!("`{id}` decides"));
                    let finding = Finding::new(
                        Rule::RuleExample,
                        line.span.clone(),
                        format!("`{}` should decide here ({protocol}), but {who}", *rule.id),
                        "correct the example or the condition, or move the rule",
                    );
                    findings.push(match by {
                        Some(by) => finding.beside(by.id.span.clone(), "decides"),
                        None => finding,
                    });
                }
            }
            for line in rule.no.iter().filter(|line| decided(line, protocol) == Some(number)) {
                findings.push(Finding::new(
                    Rule::RuleExample,
                    line.span.clone(),
                    format!("`{}` should not decide here ({protocol}), but it does", *rule.id),
                    "correct the example, or ask for more under `when`",
                ));
            }
        }
    }
}
