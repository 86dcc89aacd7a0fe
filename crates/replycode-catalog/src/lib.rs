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
//!
//! # Overlays
//!
//! Further sources are overlays, each laid over what lies under it. An overlay is a file of the same shape that holds
//! only what differs. It says `overlay: true` and has a `version` of its own; rows are found by `id`, `code`, `number`,
//! `verb`, `class`, `subject` and `detail`, and need no more fields than these and what is new. It can
//!
//! - give an entry other words, in the languages that it names: `title`, `meaning`, `action`, `note`, `aliases`, and
//!   `verdict` with its reason;
//! - add a language under `languages:`, with its texts at every entry (what is missing is reported);
//! - add codes of its own under a protocol's `field:`, commands and their answers under `commands:`, enhanced details
//!   with `status: field`, and numbers under `not_replies:`;
//! - give a cause other words (its steps all at once), and add causes under `causes:`;
//! - add rules under `rules:`, which are tried before those under them;
//! - narrow the catalogue to some protocols, `only: [smtp]`, and with them to their entries.
//!
//! What an RFC or a registry states stays as it is: phrases, sources, numbers, ids, and the list of senses under
//! `replies:`. What comes out has to keep every rule, and a report points into the file where the fault stands.
//!
//! ```
//! use replycode_catalog::{Source, check};
//!
//! # let base = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/base.yaml"));
//! let vendor = r#"
//! overlay: true
//! version: 2026.11.0+acme.1
//! only: [smtp]
//! protocols:
//!   - id: smtp
//!     replies:
//!       - code: 550
//!         senses:
//!           - id: mailbox_unavailable
//!             action: {en: "Check the recipient under Alarm, Mail.", ja: アラーム設定の宛先アドレスを確認してください。}
//!     field:
//!       - code: 571
//!         senses:
//!           - id: camera_blocked
//!             source: {field: Acme relay 3.1}
//!             status: field
//!             title: {en: Camera blocked, ja: カメラの利用停止}
//!             meaning: {en: The relay has blocked this camera., ja: このカメラからの中継が停止されています。}
//!             action: {en: Register the camera anew., ja: カメラを登録し直してください。}
//! "#;
//! let sources = [Source { path: "catalog.yaml", text: base }, Source { path: "vendor.yaml", text: vendor }];
//! let model = check(&sources)?;
//! assert_eq!(model.version(), "2026.11.0+acme.1");
//! assert_eq!(model.protocols().len(), 1);
//! assert!(model.protocols()[0].field.iter().any(|reply| *reply.code == 571));
//! # Ok::<(), replycode_catalog::Report>(())
//! ```

mod diagnosis;
mod diff;
mod item;
mod load;
mod model;
mod node;
mod overlay;
pub mod registry;
mod report;
mod review;
mod rules;
mod schema;
mod site;
mod source;
mod utf8;

pub use diagnosis::{Cause, CompiledRules, DiagnosisRows, DiagnosisRule, FALLBACK_CAUSES, Pattern, When};
pub use diff::{Change, Changes, diff};
pub use model::{
    CategoryRow, Citation, ClassRow, CommandRows, Deprecation, DetailRow, EnhancedRows, Entry, Flow, Language,
    MemberRow, Model, NotReply, Override, ProtocolRows, ReplyRows, SeverityRow, SubjectRow, Texts,
};
pub use report::{Finding, Report, Rule};
pub use review::mark_reviewed;
pub use rules::constant;
pub use site::{with_rules, with_rules_bytes};
pub use source::{At, Source, Span};

/// Reads and checks a catalogue: the first source, and over it the overlays that follow.
///
/// # Errors
///
/// Every broken rule, each with its place and what to do.
pub fn check(sources: &[Source<'_>]) -> Result<Model, Report> {
    let mut findings = Vec::new();
    let draft = read(sources, &mut findings);
    // Rules of which a part could not be read would be reported for what is missing.
    let whole = draft.filter(|_| !findings.iter().any(|finding| finding.rule.leaves_out()));
    match whole.and_then(|draft| Some((diagnosis::check(&draft.diagnosis, &draft.commands(), &mut findings)?, draft))) {
        Some((rules, draft)) if findings.is_empty() => Ok(Model::new(draft, rules)),
        _ => Err(Report::new(sources, findings)),
    }
}

/// Reads the base, lays the overlays over it, and looks at what comes out; `None` if there is no base to be read.
fn read(sources: &[Source<'_>], findings: &mut Vec<Finding>) -> Option<model::Draft> {
    if sources.is_empty() {
        findings.push(Finding::new(Rule::Yaml, Span::default(), "no file was given", "give a catalogue"));
    }
    let roots: Vec<_> = sources.iter().enumerate().map(|(file, source)| load::load(file, *source, findings)).collect();
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
            let remedy =
                "write `overlay: true` at its head; it then holds only what differs from the catalogue under it";
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

/// Reads and checks a catalogue from the bytes of files, given with their paths: the catalogue, then its overlays.
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
    let texts: Vec<_> = files.iter().enumerate().map(|(file, (_, bytes))| utf8::decode(file, bytes)).collect();
    let sources: Vec<_> = files.iter().zip(&texts).map(|(&(path, _), (text, _))| Source { path, text }).collect();
    let findings: Vec<_> = texts.iter().filter_map(|(_, finding)| finding.clone()).collect();
    if findings.is_empty() { check(&sources) } else { Err(Report::new(&sources, findings)) }
}
