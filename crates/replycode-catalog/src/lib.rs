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
//! [`check_bytes`] does the same for the bytes of files. The steps: `load` turns YAML into a tree with places,
//! `overlay` lays further trees over the first, `schema` reads rows from the tree, `rules` looks at the rows.
//! Nothing here reads or writes a file.

mod diff;
mod item;
mod load;
mod model;
mod node;
mod overlay;
pub mod registry;
mod report;
mod rules;
mod schema;
mod source;
mod utf8;

pub use diff::{Change, Changes, diff};
pub use model::{
    CategoryRow, Citation, ClassRow, CommandRows, Deprecation, DetailRow, EnhancedRows, Entry, Flow, Language, Model,
    NotReply, Override, ProtocolRows, ReplyRows, SeverityRow, SubjectRow, Texts,
};
pub use report::{Finding, Report, Rule};
pub use rules::constant;
pub use source::{At, Source, Span};

/// Reads and checks a catalogue.
///
/// # Errors
///
/// Every broken rule, each with its place and what to do.
pub fn check(sources: &[Source<'_>]) -> Result<Model, Report> {
    let mut findings = Vec::new();
    let draft = read(sources, &mut findings);
    match draft {
        Some(draft) if findings.is_empty() => Ok(Model::new(draft)),
        _ => Err(Report::new(sources, findings)),
    }
}

/// Reads the base, lays the overlays over it, and looks at what comes out; `None` if there is no base to be read.
fn read(sources: &[Source<'_>], findings: &mut Vec<Finding>) -> Option<model::Draft> {
    if sources.is_empty() {
        findings.push(Finding::new(Rule::Yaml, Span::default(), "no file was given", "give a catalogue"));
    }
    let roots: Vec<_> =
        sources.iter().enumerate().map(|(file, source)| load::load(file, *source, findings)).collect();
    let mut roots = roots.into_iter();
    let mut base = roots.next().flatten()?;
    if overlay::is_overlay(&base) {
        let (message, remedy) = ("this file is an overlay", "give the catalogue that it lies over before it");
        findings.push(Finding::new(Rule::Overlay, base.span, message, remedy));
        return None;
    }
    let overlays: Vec<_> = roots.flatten().collect();
    for overlay in &overlays {
        if overlay::is_overlay(overlay) {
            overlay::lay(&mut base, overlay.clone(), findings);
        } else {
            let message = "this file is a second catalogue, or an overlay without its mark";
            let remedy = "write `overlay: true` at its head; it then holds only what differs from the catalogue under it";
            findings.push(Finding::new(Rule::Overlay, overlay.span.clone(), message, remedy));
        }
    }
    let mut draft = schema::draft(&base, findings);
    for overlay in &overlays {
        if let Some(only) = overlay::only(overlay, findings) {
            overlay::narrow(&mut draft, &only, overlay, findings);
        }
    }
    let partial = findings.iter().any(|finding| finding.rule.leaves_out());
    rules::check(&draft, sources, partial, findings);
    Some(draft)
}

/// Reads and checks a catalogue from the bytes of files, given with their paths.
///
/// # Errors
///
/// Every broken rule, each with its place and what to do; a file that is not UTF-8 is one of them.
///
/// ```
/// let report = replycode_catalog::check_bytes(&[("catalog.yaml", b"version: \x83T")]).unwrap_err();
/// assert!(report.to_string().contains("catalog.yaml:1:10"));
/// ```
pub fn check_bytes(files: &[(&str, &[u8])]) -> Result<Model, Report> {
    let decoded: Vec<_> = files.iter().enumerate().map(|(file, (_, bytes))| utf8::decode(file, bytes)).collect();
    let findings: Vec<_> = decoded.iter().filter_map(|text| text.as_ref().err().map(|(finding, _)| finding.clone())).collect();
    let sources: Vec<_> = files
        .iter()
        .zip(&decoded)
        .map(|(&(path, _), text)| match text {
            Ok(text) => Source { path, text },
            Err((_, shown)) => Source { path, text: shown },
        })
        .collect();
    if findings.is_empty() { check(&sources) } else { Err(Report::new(&sources, findings)) }
}
