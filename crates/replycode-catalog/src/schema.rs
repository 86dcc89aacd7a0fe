//! From the tree to rows: the shape of `catalog.yaml`, field by field.

use std::str::FromStr;

use replycode::{Enhanced, Protocol, Status};

use crate::diagnosis::{self, DiagnosisRows};
use crate::model::*;
use crate::node::{Fields, Findings, Node, Value};
use crate::report::{Finding, Rule};
use crate::source::At;

/// The fields of entries that state facts; what is said of them in languages is not among these.
pub(crate) const FACTS: &[&str] = &[
    "id",
    "code",
    "subject",
    "detail",
    "class",
    "number",
    "verb",
    "digits",
    "commands",
    "phrase",
    "source",
    "since",
    "status",
    "verdict",
    "enhanced",
    "codes",
    "deprecated",
];

/// Reads the root of a catalogue. What cannot be read is reported and left out.
pub(crate) fn draft(root: &Node, findings: &mut Findings) -> Draft {
    let Some(mut fields) = root.fields("catalogue", findings) else { return Draft::default() };
    let draft = Draft {
        version: text(&mut fields, "version", findings).unwrap_or_default(),
        languages: rows(&mut fields, "languages", findings, language),
        protocols: rows(&mut fields, "protocols", findings, protocol),
        enhanced: fields.optional("enhanced").and_then(|node| enhanced(node, findings)).unwrap_or_default(),
        not_replies: optional_rows(&mut fields, "not_replies", findings, not_reply),
        diagnosis: DiagnosisRows {
            causes: optional_rows(&mut fields, "causes", findings, diagnosis::cause),
            rules: optional_rows(&mut fields, "rules", findings, diagnosis::rule),
        },
        notes: optional_rows(&mut fields, "notes", findings, vocabulary_member),
        malformed: optional_rows(&mut fields, "malformed", findings, vocabulary_member),
        complete: only_word(&mut fields, "complete", "true", findings),
        reviews: only_word(&mut fields, "reviews", "required", findings),
    };
    fields.finish(findings);
    draft
}

/// A setting that is either left out or has its one word.
fn only_word(fields: &mut Fields<'_>, name: &'static str, word: &str, findings: &mut Findings) -> bool {
    let Some(text) = fields.optional(name).and_then(|node| node.text(findings)) else { return false };
    if *text != word {
        let message = format!("`{name}` is never `{}`", *text);
        let remedy = format!("write `{name}: {word}`, or leave the line out");
        findings.push(Finding::new(Rule::Word, text.span, message, remedy));
    }
    true
}

pub(crate) fn text(fields: &mut Fields<'_>, name: &'static str, findings: &mut Findings) -> Option<At<String>> {
    fields.required(name, findings)?.text(findings)
}

pub(crate) fn rows<T>(
    fields: &mut Fields<'_>,
    name: &'static str,
    findings: &mut Findings,
    row: fn(&Node, &mut Findings) -> Option<T>,
) -> Vec<T> {
    fields.required(name, findings).map_or_else(Vec::new, |node| node.list(findings, row))
}

pub(crate) fn optional_rows<T>(
    fields: &mut Fields<'_>,
    name: &'static str,
    findings: &mut Findings,
    row: fn(&Node, &mut Findings) -> Option<T>,
) -> Vec<T> {
    fields.optional(name).map_or_else(Vec::new, |node| node.list(findings, row))
}

/// A required word of one of the core's vocabularies; the remedy lists nothing, since the parser's error does.
pub(crate) fn member<T>(fields: &mut Fields<'_>, name: &'static str, findings: &mut Findings) -> Option<At<T>>
where
    T: FromStr,
    T::Err: std::fmt::Display,
{
    fields.required(name, findings)?.word("write one of these", findings)
}

pub(crate) fn code(node: &Node, findings: &mut Findings) -> Option<At<u16>> {
    node.number("a reply code", 100..=999, findings)
}

fn rfc(node: &Node, findings: &mut Findings) -> Option<At<u16>> {
    node.number("the number of an RFC", 1..=u16::MAX, findings)
}

fn digit(node: &Node, findings: &mut Findings) -> Option<At<u16>> {
    node.number("a digit", 0..=9, findings)
}

pub(crate) fn string(node: &Node, findings: &mut Findings) -> Option<At<String>> {
    node.text(findings)
}

fn enhanced_code(node: &Node, findings: &mut Findings) -> Option<At<Enhanced>> {
    node.word("write it as in RFC 3463, for instance 5.7.1", findings)
}

fn language(node: &Node, findings: &mut Findings) -> Option<Language> {
    let mut fields = node.fields("language", findings)?;
    let id = text(&mut fields, "id", findings);
    let number =
        fields.required("number", findings).and_then(|node| node.number("the number of a language", 0..=15, findings));
    let name = text(&mut fields, "name", findings);
    fields.finish(findings);
    Some(Language { id: id?, number: number?, name: name? })
}

fn protocol(node: &Node, findings: &mut Findings) -> Option<ProtocolRows> {
    let mut fields = node.fields("protocol", findings)?;
    let id = member::<Protocol>(&mut fields, "id", findings);
    let name = text(&mut fields, "name", findings);
    let severities = rows(&mut fields, "severities", findings, severity);
    let categories = rows(&mut fields, "categories", findings, category);
    let replies = rows(&mut fields, "replies", findings, reply);
    let field = optional_rows(&mut fields, "field", findings, reply);
    let commands = optional_rows(&mut fields, "commands", findings, command);
    fields.finish(findings);
    Some(ProtocolRows { id: id?, name: name?, severities, categories, replies, field, commands })
}

fn severity(node: &Node, findings: &mut Findings) -> Option<SeverityRow> {
    let mut fields = node.fields("severity", findings)?;
    let digits = rows(&mut fields, "digits", findings, digit);
    let severity = member(&mut fields, "id", findings);
    let verdict = member(&mut fields, "verdict", findings);
    let entry = words(&mut fields, findings);
    fields.finish(findings);
    Some(SeverityRow { digits, severity: severity?, verdict: verdict?, entry: entry? })
}

fn category(node: &Node, findings: &mut Findings) -> Option<CategoryRow> {
    let mut fields = node.fields("category", findings)?;
    let digits = rows(&mut fields, "digits", findings, digit);
    let category = member(&mut fields, "id", findings);
    let entry = words(&mut fields, findings);
    fields.finish(findings);
    Some(CategoryRow { digits, category: category?, entry: entry? })
}

fn reply(node: &Node, findings: &mut Findings) -> Option<ReplyRows> {
    let mut fields = node.fields("reply", findings)?;
    let code = fields.required("code", findings).and_then(|node| code(node, findings));
    let senses = rows(&mut fields, "senses", findings, sense);
    fields.finish(findings);
    Some(ReplyRows { code: code?, senses })
}

fn sense(node: &Node, findings: &mut Findings) -> Option<Entry> {
    let mut fields = node.fields("sense", findings)?;
    let entry = words(&mut fields, findings);
    let commands = optional_rows(&mut fields, "commands", findings, string);
    let verdict = fields.optional("verdict").and_then(|node| verdict(node, findings));
    let enhanced = optional_rows(&mut fields, "enhanced", findings, enhanced_code);
    fields.finish(findings);
    Some(Entry { commands, verdict, enhanced, ..entry? })
}

pub(crate) fn verdict(node: &Node, findings: &mut Findings) -> Option<Override> {
    let mut fields = node.fields("verdict", findings)?;
    let is = member(&mut fields, "is", findings);
    let reason = text(&mut fields, "reason", findings);
    fields.finish(findings);
    Some(Override { is: is?, reason: reason? })
}

/// The fields that all entries share.
fn words(fields: &mut Fields<'_>, findings: &mut Findings) -> Option<Entry> {
    let id = text(fields, "id", findings);
    let entry = Entry {
        id: At::default(),
        commands: Vec::new(),
        phrase: fields.optional("phrase").and_then(|node| node.text(findings)),
        source: fields.required("source", findings).and_then(|node| citation(node, findings)).unwrap_or_default(),
        since: fields.optional("since").and_then(|node| rfc(node, findings)),
        status: fields.optional("status").and_then(|node| node.word::<Status>("write one of these", findings)),
        verdict: None,
        enhanced: Vec::new(),
        aliases: optional_rows(fields, "aliases", findings, string),
        title: fields.required("title", findings).map(|node| texts(node, findings)).unwrap_or_default(),
        meaning: fields.required("meaning", findings).map(|node| texts(node, findings)).unwrap_or_default(),
        action: fields.optional("action").map(|node| texts(node, findings)).unwrap_or_default(),
        note: fields.optional("note").map(|node| texts(node, findings)).unwrap_or_default(),
        reviewed: fields.optional("reviewed").map(|node| texts(node, findings).rows).unwrap_or_default(),
        deprecated: fields.optional("deprecated").and_then(|node| deprecation(node, findings)),
    };
    Some(Entry { id: id?, ..entry })
}

pub(crate) fn texts(node: &Node, findings: &mut Findings) -> Texts {
    let entries = node.entries("a text in each language, `{en: ..., ja: ...}`", findings);
    // A language without a text is one that is missing, not a fault of its own.
    let given = entries.iter().filter(|(_, node)| !matches!(node.value, Value::Null));
    let rows = given.filter_map(|(language, node)| Some((language.clone(), node.text(findings)?))).collect();
    Texts { rows, span: node.span.clone() }
}

fn citation(node: &Node, findings: &mut Findings) -> Option<Citation> {
    let mut fields = node.fields("source", findings)?;
    let citation = Citation {
        rfc: fields.optional("rfc").and_then(|node| rfc(node, findings)),
        section: fields.optional("section").and_then(|node| node.text(findings)),
        iana: fields.optional("iana").and_then(|node| node.text(findings)),
        field: fields.optional("field").and_then(|node| node.text(findings)),
        see: optional_rows(&mut fields, "see", findings, rfc),
        span: node.span.clone(),
    };
    fields.finish(findings);
    Some(citation)
}

fn deprecation(node: &Node, findings: &mut Findings) -> Option<Deprecation> {
    let mut fields = node.fields("deprecation", findings)?;
    let reason = text(&mut fields, "reason", findings);
    let renamed_to = fields.optional("renamed_to").and_then(|node| node.text(findings));
    let note = fields.optional("note").and_then(|node| node.text(findings));
    fields.finish(findings);
    Some(Deprecation { reason: reason?, renamed_to, note })
}

fn command(node: &Node, findings: &mut Findings) -> Option<CommandRows> {
    let mut fields = node.fields("command", findings)?;
    let verb = text(&mut fields, "verb", findings);
    let number =
        fields.required("number", findings).and_then(|node| node.number("the number of a command", 0..=254, findings));
    let replies = rows(&mut fields, "replies", findings, flow);
    fields.finish(findings);
    Some(CommandRows { verb: verb?, number: number?, replies })
}

fn flow(node: &Node, findings: &mut Findings) -> Option<Flow> {
    let mut fields = node.fields("reply to a command", findings)?;
    let code = fields.required("code", findings).and_then(|node| code(node, findings));
    let source = fields.required("source", findings).and_then(|node| citation(node, findings));
    let note = fields.optional("note").and_then(|node| node.text(findings));
    fields.finish(findings);
    Some(Flow { code: code?, source: source?, note })
}

fn enhanced(node: &Node, findings: &mut Findings) -> Option<EnhancedRows> {
    let mut fields = node.fields("section of enhanced status codes", findings)?;
    let rows = EnhancedRows {
        classes: rows(&mut fields, "classes", findings, class),
        subjects: rows(&mut fields, "subjects", findings, subject),
        details: rows(&mut fields, "details", findings, detail),
    };
    fields.finish(findings);
    Some(rows)
}

fn class(node: &Node, findings: &mut Findings) -> Option<ClassRow> {
    let mut fields = node.fields("class", findings)?;
    let class = fields.required("class", findings).and_then(|node| {
        let class = node.number("a class", 2..=5, findings)?;
        if *class == 3 {
            findings.push(Finding::new(
                Rule::Number,
                node.span.clone(),
                "there is no class 3",
                "RFC 3463 section 2 has the classes 2, 4 and 5",
            ));
            return None;
        }
        Some(class)
    });
    let entry = words(&mut fields, findings);
    fields.finish(findings);
    Some(ClassRow { class: class?, entry: entry? })
}

fn subject(node: &Node, findings: &mut Findings) -> Option<SubjectRow> {
    let mut fields = node.fields("subject", findings)?;
    let subject = subject_number(&mut fields, findings);
    let entry = words(&mut fields, findings);
    fields.finish(findings);
    Some(SubjectRow { subject: subject?, entry: entry? })
}

fn subject_number(fields: &mut Fields<'_>, findings: &mut Findings) -> Option<At<u16>> {
    fields.required("subject", findings)?.number("a subject", 0..=7, findings)
}

fn detail(node: &Node, findings: &mut Findings) -> Option<DetailRow> {
    let mut fields = node.fields("detail", findings)?;
    let subject = subject_number(&mut fields, findings);
    let detail = fields.required("detail", findings).and_then(|node| node.number("a detail", 0..=999, findings));
    let codes = fields.required("codes", findings).map(|node| associated(node, findings));
    let entry = words(&mut fields, findings);
    fields.finish(findings);
    Some(DetailRow { subject: subject?, detail: detail?, codes: codes?, entry: entry? })
}

/// Associated basic codes: codes, whole classes (`4XX`), or the word `any`.
fn associated(node: &Node, findings: &mut Findings) -> Vec<At<u16>> {
    if matches!(&node.value, Value::Scalar(word) if word == "any") {
        return [2, 4, 5].map(|digit| At::new(digit, node.span.clone())).into();
    }
    node.list(findings, |item, findings| match &item.value {
        Value::Scalar(word) if word == "4XX" => Some(At::new(4, item.span.clone())),
        Value::Scalar(word) if word == "5XX" => Some(At::new(5, item.span.clone())),
        _ => code(item, findings),
    })
}

fn not_reply(node: &Node, findings: &mut Findings) -> Option<NotReply> {
    let mut fields = node.fields("number that is no reply", findings)?;
    let number = fields
        .required("number", findings)
        .and_then(|node| node.number("a number that is no reply", 0..=u16::MAX, findings));
    let verdict = member(&mut fields, "verdict", findings);
    let entry = words(&mut fields, findings);
    fields.finish(findings);
    Some(NotReply { number: number?, verdict: verdict?, entry: entry? })
}

/// A note or a reason of the reply parser.
fn vocabulary_member<T>(node: &Node, findings: &mut Findings) -> Option<MemberRow<T>>
where
    T: FromStr,
    T::Err: std::fmt::Display,
{
    let mut fields = node.fields("word of the reply parser", findings)?;
    let member = member(&mut fields, "id", findings);
    let number = fields
        .required("number", findings)
        .and_then(|node| node.number("the number of a word of the reply parser", 1..=u8::MAX.into(), findings));
    let entry = words(&mut fields, findings);
    fields.finish(findings);
    Some(MemberRow { member: member?, number: number?, entry: entry? })
}
