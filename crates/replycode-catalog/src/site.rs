//! Causes and rules read at run time: a site's own, tried before those of a catalogue that is compiled in.

mod cause;
mod tables;

use std::collections::HashMap;
use std::sync::{LazyLock, Mutex, PoisonError};

use replycode::{Catalog, Protocol};

use crate::diagnosis::{self, Cause, Commands, CompiledRules, DiagnosisRows, DiagnosisRule, Under};
use crate::model::{Draft, Language};
use crate::node::{Findings, Node, Value};
use crate::report::{Finding, Report, Rule};
use crate::source::{At, Source, Span};
use crate::{load, rules, utf8};

/// A catalogue with causes and rules of a site's own, which are tried before those that it has.
///
/// The file has the lists `causes:` and `rules:` of a catalogue, or one of them, and nothing else. A rule with the id
/// of a rule that the catalogue has takes its place; so does what is said of a cause that the catalogue has, in the
/// languages that the file names, and the rest of its row may be left out. A cause of the site's own needs all of its
/// fields, but its texts only in one language, which then stands in for the others; the numbers 200 to 254 are left to
/// sites.
///
/// Everything else keeps its ids, numbers and texts. What a catalogue hands out lives as long as the program, so the
/// new one does, too: it is never freed, and the same file over the same catalogue gives the same one again.
///
/// # Errors
///
/// Every broken rule, each with its place and what to do.
///
/// ```
/// use replycode::{CATALOG, Context, Lang, Protocol, ReplyCode};
/// use replycode_catalog::{Source, with_rules};
///
/// let text = r#"
/// rules:
///   - id: acme-maintenance
///     cause: server_unavailable
///     when: {protocol: smtp, phrases: [mail is closed for maintenance]}
///     source: The relay of Acme
///     yes: ["550 Mail is closed for maintenance"]
///     no: ["550 Mail is closed"]
/// "#;
/// let catalog = with_rules(&CATALOG, Source { path: "rules.yaml", text })?;
/// let reply = b"Mail is closed for maintenance until 06:00";
/// let answer = catalog.diagnose(Protocol::Smtp, ReplyCode::new(550), reply, Context::default());
/// assert_eq!((answer.cause().id(), answer.rule()), ("server_unavailable", Some("acme-maintenance")));
///
/// let text = text.replace("server_unavailable", "server_sleeping");
/// let report = with_rules(&CATALOG, Source { path: "rules.yaml", text: &text }).unwrap_err();
/// assert!(report.to_string().contains("rules.yaml:4:12"));
/// # Ok::<(), replycode_catalog::Report>(())
/// ```
pub fn with_rules(base: &'static Catalog, source: Source<'_>) -> Result<&'static Catalog, Report> {
    type Made = HashMap<(usize, String), &'static Catalog>;
    static MADE: LazyLock<Mutex<Made>> = LazyLock::new(Mutex::default);
    let mut made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
    let key = (std::ptr::from_ref(base) as usize, source.text.to_owned());
    if let Some(catalog) = made.get(&key) {
        return Ok(catalog);
    }
    let mut findings = Vec::new();
    let catalog = read(base, source, &mut findings).filter(|_| findings.is_empty());
    let catalog: &'static Catalog = match catalog {
        Some(catalog) => Box::leak(Box::new(catalog)),
        None => return Err(Report::new(&[source], findings)),
    };
    made.insert(key, catalog);
    Ok(catalog)
}

/// [`with_rules`] from the bytes of a file, given with its path.
///
/// # Errors
///
/// Every broken rule, each with its place and what to do; a file that is not UTF-8 is one of them.
///
/// ```
/// let report = replycode_catalog::with_rules_bytes(&replycode::CATALOG, "rules.yaml", b"rules: \x83T").unwrap_err();
/// assert!(report.to_string().contains("rules.yaml:1:8"));
/// ```
pub fn with_rules_bytes(base: &'static Catalog, path: &str, bytes: &[u8]) -> Result<&'static Catalog, Report> {
    let (text, finding) = utf8::decode(0, bytes);
    let source = Source { path, text: &text };
    match finding {
        Some(finding) => Err(Report::new(&[source], vec![finding])),
        None => with_rules(base, source),
    }
}

fn read(base: &'static Catalog, source: Source<'_>, findings: &mut Findings) -> Option<Catalog> {
    let root = load::load(0, source, findings)?;
    let rows = rows(base, &root, findings)?;
    let draft = Draft { languages: languages(base), diagnosis: rows, ..Draft::default() };
    rules::check_causes(&draft, &[source], findings);
    draft.diagnosis.causes.iter().for_each(|cause| diagnosis::steps(cause, findings));
    cause::numbers(base, &draft.diagnosis.causes, findings);
    if findings.iter().any(|finding| finding.rule.leaves_out()) {
        return None;
    }
    let digest = digest(base, &draft.diagnosis);
    let DiagnosisRows { causes: own, rules } = draft.diagnosis;
    let causes = cause::merged(base, own, &draft.languages);
    let compiled = compile(base, &rules, &causes, findings)?;
    tables::catalog(base, digest, &causes, &rules, compiled, findings)
}

/// The file's causes and rules; causes that the catalogue has are complete.
fn rows(base: &'static Catalog, root: &Node, findings: &mut Findings) -> Option<DiagnosisRows> {
    let empty = Node { value: Value::Map(Vec::new()), span: root.span.clone() };
    let root = if matches!(root.value, Value::Null) { &empty } else { root };
    let mut fields = root.fields("file of rules", findings)?;
    let (causes, rules) = (fields.optional("causes"), fields.optional("rules"));
    fields.finish(findings);
    if causes.is_none() && rules.is_none() {
        let remedy = "write them as in a catalogue, under `rules:` and, for causes of your own, `causes:`";
        findings.push(Finding::new(Rule::MissingField, root.span.clone(), "there are no rules in this file", remedy));
        return None;
    }
    let cause = |node: &Node, findings: &mut Findings| diagnosis::cause(&cause::whole(base, node, findings), findings);
    Some(DiagnosisRows {
        causes: causes.map_or_else(Vec::new, |node| node.list(findings, cause)),
        rules: rules.map_or_else(Vec::new, |node| node.list(findings, diagnosis::rule)),
    })
}

fn languages(base: &'static Catalog) -> Vec<Language> {
    let at = |text: &str| At::new(text.to_owned(), Span::default());
    let languages = base.languages();
    let language = |language: replycode::tables::Language| Language {
        id: at(language.id),
        number: At::new(language.lang.number().into(), Span::default()),
        name: at(language.name),
    };
    languages.map(language).collect()
}

/// The site's rules, and behind them those of the catalogue whose ids it does not use.
fn compile(
    base: &'static Catalog,
    rules: &[DiagnosisRule],
    causes: &[Cause],
    findings: &mut Findings,
) -> Option<CompiledRules> {
    let tables = &base.tables().diagnosis;
    let places: Vec<u8> = base.causes().map(|cause| cause::place(causes, cause.id())).collect();
    let kept = tables::kept(base, rules);
    let ids: Vec<&str> = kept.iter().map(|&number| tables.rule_ids.get(number)).collect();
    let place = |number: u16| places[usize::from(tables.rules.rows[usize::from(number)].cause)];
    let under = Under { rules: tables.rules, kept: kept.iter().map(|&number| (number, place(number))).collect() };
    diagnosis::check_over(rules, causes, &commands(base), &under, &ids, findings)
}

/// The commands in the order in which the tables have them.
fn commands(base: &'static Catalog) -> Commands {
    let rows = (0..).zip(base.tables().commands);
    rows.filter_map(|(place, row)| {
        Some((Protocol::from_number(row.protocol)?, base.tables().verbs.get(place).to_owned()))
    })
    .collect()
}

/// Everything that the new catalogue says, in one number.
fn digest(base: &'static Catalog, rows: &DiagnosisRows) -> String {
    let own = serde_json::to_string(rows).expect("rows are plain data");
    crate::model::sha256(format!("{}\n{own}", base.digest()).as_bytes())
}
