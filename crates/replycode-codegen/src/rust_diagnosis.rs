//! The core's diagnosis: the causes with their texts, the rules, and the trie of their phrases.

use std::fmt::Write as _;

use replycode::tables::{DiagnosisRules, NO_CAUSE, RuleRow};
use replycode_catalog::{Cause, FALLBACK_CAUSES, constant};

use crate::layout::Layout;
use crate::rust_tables::{Home, Spans, Text, entries, section_texts, table, visible_pool};
use crate::text::wrapped;

pub(crate) fn emit(layout: &Layout<'_>) -> String {
    let mut out = String::from("use crate::tables::{EntryRow, Pool, Span};\nuse crate::{Status, Verdict};\n\n");
    out += &tables(layout, Home::Core);
    for Text { name, texts, .. } in section_texts(layout, "Causes", &layout.causes) {
        out += &visible_pool("pub(super) ", &name, texts.into_iter());
    }
    out += &causes(layout, Home::Core, "super::super::CATALOG");
    out
}

/// For a user's own catalogue; empty if it has no causes.
pub(crate) fn module(layout: &Layout<'_>) -> String {
    if layout.causes.is_empty() {
        return String::new();
    }
    tables(layout, Home::User) + &causes(layout, Home::User, "super::CATALOG")
}

/// Constants for the causes; `catalog` is the path of the catalogue from inside their module.
fn causes(layout: &Layout<'_>, home: Home, catalog: &str) -> String {
    let core = home.core();
    let mut out = format!(
        "\n/// The causes by name.\n///\n/// ```\n/// use replycode::{{CATALOG, cause}};\n/// assert_eq!(CATALOG.cause(\"relay_denied\"), Some(cause::RELAY_DENIED));\n/// ```\npub mod cause {{\n    use {core}::Cause;\n"
    );
    for (place, cause) in layout.model.diagnosis().causes.iter().enumerate() {
        let (name, title) = (constant(&cause.id), cause.title.get("en"));
        let _ = write!(
            out,
            "\n    /// {}: {title}.\n    pub const {name}: Cause = Cause::at(&{catalog}, {place});\n",
            *cause.number
        );
    }
    out.push_str("}\n");
    out
}

/// The causes' and rules' tables, without the texts.
fn tables(layout: &Layout<'_>, home: Home) -> String {
    let core = home.core();
    let rows = layout.model.diagnosis();
    let rules = layout.model.compiled_rules().rules();
    let place = |id: &str| rows.causes.iter().position(|cause| *cause.id == id).unwrap_or(usize::from(NO_CAUSE));
    let [positive, unexplained] = FALLBACK_CAUSES.map(place);
    let mut out = format!(
        "use {core}::Party;
use {core}::tables::{{CauseRow, DiagnosisRules, DiagnosisTables, RuleRow}};

/// Causes and rules.
pub(super) const DIAGNOSIS: DiagnosisTables = DiagnosisTables {{
    causes: &CAUSE_ROWS,
    positive: {positive},
    unexplained: {unexplained},
    rules: DiagnosisRules {{
        roots: &ROOTS,
        phrases: PHRASES,
        rows: &RULES,
        conditions: &CONDITIONS,
        plain: [&PLAIN_SMTP, &PLAIN_FTP],
        enhanced: &ASK_ENHANCED,
        commands: &ASK_COMMANDS,
    }},
    rule_ids: Pool {{ text: RULE_IDS, starts: &RULE_IDS_STARTS }},
}};
"
    );
    out += &entries("pub(super) static CAUSES", &layout.causes, &mut Spans::default());
    out += &table("CAUSE_ROWS", "CauseRow", rows.causes.len(), rows.causes.iter().map(cause_row));
    let lines = rules.rows.iter().zip(&rows.rules).map(|(row, rule)| rule_row(row, &rule.id));
    out += &table("RULES", "RuleRow", rules.rows.len(), lines);
    out += &numbers("CONDITIONS", "u16", rules.conditions.iter());
    let [smtp, ftp] = rules.plain;
    for (name, words) in
        [("PLAIN_SMTP", smtp), ("PLAIN_FTP", ftp), ("ASK_ENHANCED", rules.enhanced), ("ASK_COMMANDS", rules.commands)]
    {
        out += &numbers(name, "u32", words.iter());
    }
    out += &visible_pool("", "RULE_IDS", rows.rules.iter().map(|rule| rule.id.to_string()));
    out += &phrases(&rules);
    out
}

fn cause_row(cause: &Cause) -> String {
    format!(
        "    CauseRow {{ number: {}, party: Party::{:?}, verdict: Verdict::{:?} }}, // {}\n",
        *cause.number, *cause.party, *cause.verdict, *cause.id
    )
}

fn rule_row(row: &RuleRow, id: &str) -> String {
    let RuleRow { cause, scope, severities, codes, enhanced, commands, start } = row;
    format!(
        "    RuleRow {{ cause: {cause}, scope: {scope}, severities: {severities}, codes: {codes}, enhanced: {enhanced}, commands: {commands}, start: {start} }}, // {id}\n"
    )
}

fn numbers<T: ToString>(name: &str, item: &str, numbers: impl ExactSizeIterator<Item = T>) -> String {
    let len = numbers.len();
    format!("\nstatic {name}: [{item}; {len}] = [\n{}];\n", wrapped(numbers.map(|number| number.to_string()), "    "))
}

/// The trie, written so that the phrases can be read in it.
fn phrases(rules: &DiagnosisRules<'_>) -> String {
    let roots = numbers("ROOTS", "u16", rules.roots.iter());
    let mut lines = String::new();
    let mut column = 0;
    for &byte in rules.phrases {
        let text = match byte {
            // A blank at the start of a line would be swallowed.
            b' ' if column > 0 => " ".to_owned(),
            b'"' | b'\\' => format!("\\{}", char::from(byte)),
            b'!'..=b'~' => char::from(byte).to_string(),
            _ => format!("\\x{byte:02x}"),
        };
        if column + text.len() > 118 {
            lines.push_str("\\\n");
            column = 0;
        }
        // The first byte of a line may now be a blank.
        let text = if column == 0 && byte == b' ' { "\\x20".to_owned() } else { text };
        column += text.len();
        lines.push_str(&text);
    }
    format!("{roots}\nconst PHRASES: &[u8] = b\"\\\n{lines}\";\n")
}
