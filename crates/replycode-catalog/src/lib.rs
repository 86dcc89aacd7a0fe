//! Reads a replycode catalogue from YAML and checks it.
//!
//! ```
//! use replycode_catalog::{Source, check};
//!
//! let broken = "version: 2026.11.0\nlanguages: []\nprotocol: []\n";
//! let report = check(&[Source { path: "catalog.yaml", text: broken }]).unwrap_err();
//! let shown = report.to_string();
//! assert!(shown.contains("error[unknown-field]: a catalogue has no field `protocol`"));
//! assert!(shown.contains("catalog.yaml:3:1"));
//! ```
//!
//! The way in is [`check`]: text in, [`Model`] out, or a [`Report`] of every broken rule with its place and remedy.
//! The steps: `load` turns YAML into a tree with places, `schema` reads rows from the tree, `rules` looks at the rows.
//! Nothing here reads or writes a file.

mod diagnosis;
mod load;
mod model;
mod node;
mod report;
mod rules;
mod schema;
mod source;

pub use diagnosis::{Cause, CompiledRules, DiagnosisRows, DiagnosisRule, Pattern, When};
pub use model::{
    CategoryRow, Citation, ClassRow, CommandRows, Deprecation, DetailRow, EnhancedRows, Entry, Flow, Language, Model,
    NotReply, Override, ProtocolRows, ReplyRows, SeverityRow, SubjectRow, Texts,
};
pub use report::{Finding, Report, Rule};
pub use source::{At, Source, Span};

/// Reads and checks a catalogue.
///
/// # Errors
///
/// Every broken rule, each with its place and what to do.
pub fn check(sources: &[Source<'_>]) -> Result<Model, Report> {
    let mut findings = Vec::new();
    let mut draft = model::Draft::default();
    // TODO overlays: more than one source.
    for (file, source) in sources.iter().enumerate() {
        match load::load(file, *source) {
            Ok(root) => draft = schema::draft(&root, &mut findings),
            Err(finding) => findings.push(finding),
        }
    }
    let mut rules = None;
    if findings.iter().all(|finding| !matches!(finding.rule, Rule::Yaml | Rule::DuplicateKey)) {
        rules::check(&mut draft, &mut findings);
        rules = diagnosis::check(&draft.diagnosis, &draft.commands(), &mut findings);
    }
    match rules {
        Some(rules) if findings.is_empty() => Ok(Model::new(draft, rules)),
        _ => Err(Report::new(sources, findings)),
    }
}
