//! The core's diagnosis: the causes with their texts, the rules, and the trie of their phrases.

use std::fmt::Write as _;

use replycode::tables::{DiagnosisRules, RuleRow};
use replycode_catalog::{At, Cause, Entry, Language, Texts};

use crate::layout::{Layout, Row};
use crate::rust_codes::constant;
use crate::rust_tables::{pool, table, texts};
use crate::text::wrapped;

/// The causes of replies that no rule knows: of positive ones, and of all others.
const FALLBACKS: [&str; 2] = ["no_error", "unspecified"];

/// What the core's own module imports; a user's catalogue has these names from its other tables.
const IMPORTS: &str = "use crate::tables::{EntryRow, Pool, Section, Span, TextKind};
use crate::{Lang, Status, Verdict};";

pub(crate) fn emit(layout: &Layout<'_>) -> String {
    format!("{}\n{}", format!("{IMPORTS}\n{}", tables(layout, "crate")), causes(layout, "crate", "super::super::CATALOG"))
}

/// For a user's own catalogue; empty if it has no causes.
pub(crate) fn module(layout: &Layout<'_>, core: &str) -> String {
    if layout.model.diagnosis().causes.is_empty() {
        return String::new();
    }
    format!("{}\n{}", tables(layout, core), causes(layout, core, "super::CATALOG"))
}

/// Constants for the causes; `catalog` is the path of the catalogue from inside their module.
fn causes(layout: &Layout<'_>, core: &str, catalog: &str) -> String {
    let mut out = format!(
        "/// The causes by name.\n///\n/// ```\n/// use replycode::{{CATALOG, cause}};\n/// assert_eq!(CATALOG.cause(\"relay_denied\"), Some(cause::RELAY_DENIED));\n/// ```\npub mod cause {{\n    use {core}::Cause;\n"
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

/// The static and everything that it refers to.
fn tables(layout: &Layout<'_>, core: &str) -> String {
    let rows = layout.model.diagnosis();
    let rules = layout.model.compiled_rules().rules();
    let place = |id: &str| rows.causes.iter().position(|cause| *cause.id == id).unwrap_or(usize::from(u8::MAX));
    let [positive, unexplained] = FALLBACKS.map(place);
    let mut out = format!(
        "use {core}::Party;
use {core}::tables::{{CauseRow, DiagnosisRules, DiagnosisTables, RuleRow}};

/// Causes and rules.
pub(crate) static DIAGNOSIS: DiagnosisTables = DiagnosisTables {{
    causes: Section {{ entries: &CAUSES, texts: causes_texts }},
    rows: &CAUSE_ROWS,
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
    let entries: Vec<Entry> = rows.causes.iter().map(|cause| entry(cause, layout.model.languages())).collect();
    let entries: Vec<Row<'_>> = rows
        .causes
        .iter()
        .zip(&entries)
        .map(|(cause, entry)| Row::new(entry, format!("cause {}", *cause.number), Some(*cause.verdict)))
        .collect();
    out += &table("CAUSES", "EntryRow", entries.len(), entries.iter().map(entry_row));
    out += &texts(layout, "causes", &entries);
    out += &table("CAUSE_ROWS", "CauseRow", rows.causes.len(), rows.causes.iter().map(cause_row));
    let lines = rules.rows.iter().zip(&rows.rules).map(|(row, rule)| rule_row(row, &rule.id));
    out += &table("RULES", "RuleRow", rules.rows.len(), lines);
    out += &numbers("CONDITIONS", "u16", rules.conditions.iter());
    let [smtp, ftp] = rules.plain;
    out += &numbers("PLAIN_SMTP", "u32", smtp.iter());
    out += &numbers("PLAIN_FTP", "u32", ftp.iter());
    out += &numbers("ASK_ENHANCED", "u32", rules.enhanced.iter());
    out += &numbers("ASK_COMMANDS", "u32", rules.commands.iter());
    out += &pool("RULE_IDS", rows.rules.iter().map(|rule| rule.id.to_string()));
    out += &phrases(&rules);
    out
}

/// A cause as an entry: its steps are separated by line feeds.
fn entry(cause: &Cause, languages: &[Language]) -> Entry {
    let steps = |language: &Language| {
        let steps: Vec<&str> = cause.action.iter().map(|step| step.get(&language.id)).collect();
        (language.id.clone(), At::new(steps.join("\n"), cause.id.span.clone()))
    };
    Entry {
        id: cause.id.clone(),
        title: cause.title.clone(),
        meaning: cause.meaning.clone(),
        action: Texts { rows: languages.iter().map(steps).collect(), span: cause.id.span.clone() },
        ..Entry::default()
    }
}

fn entry_row(row: &Row<'_>) -> String {
    let verdict = row.verdict.map_or("None".to_owned(), |verdict| format!("Some(Verdict::{verdict:?})"));
    const NOTHING: &str = "Span { start: 0, len: 0 }";
    format!(
        "    // {} {}\n    EntryRow {{ rfc: 0, since: 0, status: Status::Current, verdict: {verdict}, commands: {NOTHING}, enhanced: {NOTHING}, codes: {NOTHING} }},\n",
        row.label, *row.entry.id
    )
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
