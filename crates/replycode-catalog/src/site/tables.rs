//! Causes and rules as the core has them.

use replycode::tables::{CauseRow, CauseTexts, DiagnosisTables, EntryRow, Pool, Span as Part};
use replycode::{Catalog, Status};

use super::cause::place;
use crate::diagnosis::{Cause, CompiledRules, DiagnosisRule, FALLBACK_CAUSES};
use crate::model::Texts;
use crate::node::Findings;
use crate::report::{Finding, Rule};
use crate::source::Span;

/// The numbers of the catalogue's rules that none of a site's takes the place of.
pub(super) fn kept(base: &'static Catalog, rules: &[DiagnosisRule]) -> Vec<u16> {
    let tables = &base.tables().diagnosis;
    let numbers = 0..u16::try_from(tables.rules.rows.len()).unwrap_or(u16::MAX);
    numbers.filter(|&number| rules.iter().all(|rule| *rule.id != tables.rule_ids.get(number))).collect()
}

/// The catalogue; `None` if its texts do not fit.
pub(super) fn catalog(
    base: &'static Catalog,
    digest: String,
    causes: &[Cause],
    rules: &[DiagnosisRule],
    compiled: CompiledRules,
    findings: &mut Findings,
) -> Option<Catalog> {
    let under = kept(base, rules).into_iter().map(|number| base.tables().diagnosis.rule_ids.get(number));
    let rule_ids = pool(rules.iter().map(|rule| rule.id.as_str()).chain(under));
    let Some((rule_ids, texts)) = rule_ids.zip(texts(base, causes)) else {
        let message = "the texts of all causes, or the ids of all rules, take more than 64 KiB in a language";
        findings.push(Finding::new(Rule::TooMany, Span::default(), message, "shorten them"));
        return None;
    };
    let row = |cause: &Cause| CauseRow {
        number: (*cause.number).try_into().unwrap_or(0),
        party: *cause.party,
        verdict: *cause.verdict,
    };
    let diagnosis = DiagnosisTables {
        causes: causes.iter().map(row).collect::<Vec<_>>().leak(),
        unexplained: u16::from_le_bytes(FALLBACK_CAUSES.map(|id| place(causes, id))),
        rules: compiled.leak(),
        rule_ids,
    };
    let (version, joint) = (base.version(), if base.version().contains('+') { '.' } else { '+' });
    let version = format!("{version}{joint}rules");
    Some(base.with_causes(version.leak(), digest.leak(), diagnosis, Box::leak(Box::new(texts))))
}

fn texts(base: &'static Catalog, causes: &[Cause]) -> Option<CauseTexts> {
    let in_language = |language: replycode::tables::Language| {
        let of = |texts: for<'c> fn(&'c Cause) -> &'c Texts| {
            pool(causes.iter().map(move |cause| texts(cause).get(language.id)))
        };
        Some([of(|cause| &cause.title)?, of(|cause| &cause.meaning)?, of(|cause| &cause.entry.action)?])
    };
    Some(CauseTexts {
        rows: causes.iter().map(entry_row).collect::<Vec<_>>().leak(),
        ids: pool(causes.iter().map(|cause| cause.id.as_str()))?,
        texts: base.languages().map(in_language).collect::<Option<Vec<_>>>()?.leak(),
    })
}

fn entry_row(cause: &Cause) -> EntryRow {
    const NONE: Part = Part { start: 0, len: 0 };
    EntryRow {
        rfc: 0,
        since: 0,
        status: Status::Current,
        verdict: Some(*cause.verdict),
        senses: 0,
        field: 0,
        commands: NONE,
        enhanced: NONE,
        codes: NONE,
    }
}

/// Texts in one piece; `None` if they are too long.
fn pool<'a>(texts: impl Iterator<Item = &'a str>) -> Option<Pool> {
    let mut all = String::new();
    let mut starts = vec![0];
    for text in texts {
        all.push_str(text);
        all.push('\0');
        starts.push(u16::try_from(all.len()).ok()?);
    }
    let pool = Pool { text: all.leak(), starts: starts.leak() };
    pool.check();
    Some(pool)
}
