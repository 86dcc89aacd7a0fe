//! The core's tables: one static `CATALOG` over byte pools.

use std::fmt::Write as _;

use crate::layout::{KINDS, Kind, Layout, Row};
use crate::text::{escape_rust, wrapped};

pub(crate) fn emit(layout: &Layout<'_>) -> String {
    let version = layout.model.version();
    let digest = layout.model.digest();
    let mut out = tables(layout, Home::Core);
    let _ = write!(
        out,
        "
/// The version of the catalogue that [`CATALOG`] was made from.
///
/// ```
/// assert_eq!(replycode::CATALOG_VERSION, {version:?});
/// ```
pub const CATALOG_VERSION: &str = {version:?};

/// SHA-256 of everything that [`CATALOG`] says, 64 hexadecimal digits; equal in every artefact of one catalogue.
///
/// ```
/// assert!(replycode::CATALOG_DIGEST.starts_with({:?}));
/// ```
pub const CATALOG_DIGEST: &str = {digest:?};
",
        &digest[..8]
    );
    out
}

/// Where the tables will stand.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Home {
    /// In the core crate, causes and rules in a file of their own, which a feature switches off.
    Core,
    /// In a user's crate, in one file.
    User,
}

impl Home {
    /// The path of the core crate from there.
    pub(crate) fn core(self) -> &'static str {
        match self {
            Home::Core => "crate",
            Home::User => "::replycode",
        }
    }
}

/// The static and everything that it refers to.
pub(crate) fn tables(layout: &Layout<'_>, home: Home) -> String {
    let core = home.core();
    let mut out = format!(
        "use {core}::tables::{{\n    CommandRow, DetailRow, EntryRow, FlowRow, INDEX_LEN, NotReplyRow, Pool, Section, Span, Tables,\n    TextKind,\n}};\nuse {core}::{{Catalog, Enhanced, Lang, Status, Verdict}};\n\n"
    );
    if home == Home::Core {
        out.push_str("#[cfg(feature = \"diagnosis\")]\nuse super::diagnosis;\n\n");
    }
    out.push_str(&catalog(layout, home));
    out.push_str(&index(layout));
    out.push_str(&digits(layout, core));
    out.push_str(&lists(layout));
    out.push_str(&by_number("NOTES", &layout.notes, core));
    out.push_str(&by_number("MALFORMED", &layout.malformed, core));
    let mut spans = Spans::default();
    out.push_str(&entries("static MAIN", &layout.main, &mut spans));
    out.push_str(&entries("static ENHANCED", &layout.enhanced, &mut spans));
    out.push_str(&spans.emit());
    out.push_str(&texts(layout, home));
    out.push_str(&pool("VERBS", layout.commands.iter().map(|command| command.verb.to_owned())));
    let languages = layout.model.languages().iter();
    out.push_str(&pool("LANGUAGE_IDS", languages.clone().map(|language| language.id.to_string())));
    out.push_str(&pool("LANGUAGE_NAMES", languages.map(|language| language.name.to_string())));
    out
}

/// The number of an entry, or the mark for none.
fn number(core: &str, entry: &Option<usize>) -> String {
    entry.map_or_else(|| format!("{core}::tables::NONE"), |number| number.to_string())
}

fn catalog(layout: &Layout<'_>, home: Home) -> String {
    let core = home.core();
    let diagnosis = match home {
        Home::Core => {
            "#[cfg(feature = \"diagnosis\")]\n    diagnosis: diagnosis::DIAGNOSIS,\n    #[cfg(not(feature = \"diagnosis\"))]\n    diagnosis: crate::tables::DiagnosisTables::EMPTY,"
        }
        Home::User if layout.causes.is_empty() => "diagnosis: ::replycode::tables::DiagnosisTables::EMPTY,",
        Home::User => "diagnosis: DIAGNOSIS,",
    };
    let classes: Vec<_> = layout.classes.iter().map(|entry| number(core, entry)).collect();
    let subjects: Vec<_> = layout.subjects.iter().map(|entry| number(core, entry)).collect();
    let languages: Vec<_> =
        layout.model.languages().iter().map(|language| format!("Lang::new({})", *language.number)).collect();
    format!(
        "/// The catalogue.
pub static CATALOG: Catalog = Catalog::new(Tables {{
    version: {:?},
    digest: {:?},
    languages: &[{}],
    language_ids: Pool {{ text: LANGUAGE_IDS, starts: &LANGUAGE_IDS_STARTS }},
    language_names: Pool {{ text: LANGUAGE_NAMES, starts: &LANGUAGE_NAMES_STARTS }},
    index: &INDEX,
    severities: &SEVERITIES,
    categories: &CATEGORIES,
    not_replies: &NOT_REPLIES,
    notes: &NOTES,
    malformed: &MALFORMED,
    entries,
    texts,
    classes: &[{}],
    subjects: &[{}],
    details: &DETAILS,
    commands: &COMMANDS,
    verbs: Pool {{ text: VERBS, starts: &VERBS_STARTS }},
    flows: &FLOWS,
    entry_commands: &ENTRY_COMMANDS,
    entry_enhanced: &ENTRY_ENHANCED,
    entry_codes: &ENTRY_CODES,
    {diagnosis}
}});
",
        layout.model.version(),
        layout.model.digest(),
        languages.join(", "),
        classes.join(", "),
        subjects.join(", "),
    )
}

fn index(layout: &Layout<'_>) -> String {
    let mut rows = [[0usize; 2]; replycode::tables::INDEX_LEN];
    for reply in &layout.replies {
        rows[usize::from(reply.code)][usize::from(reply.protocol.number())] = reply.first;
    }
    let rows = rows.iter().map(|[smtp, ftp]| format!("[{smtp}, {ftp}]"));
    format!("\nstatic INDEX: [[u16; 2]; INDEX_LEN] = [\n{}];\n", wrapped(rows, "    "))
}

fn digits(layout: &Layout<'_>, core: &str) -> String {
    let table = |name: &str, rows: &[[Option<usize>; 10]; 2]| {
        let rows: String = rows
            .iter()
            .map(|row| {
                let items = row.iter().map(|entry| number(core, entry));
                format!("    [{}],\n", items.collect::<Vec<_>>().join(", "))
            })
            .collect();
        format!("\nstatic {name}: [[u16; 10]; 2] = [\n{rows}];\n")
    };
    table("SEVERITIES", &layout.severities) + &table("CATEGORIES", &layout.categories)
}

fn lists(layout: &Layout<'_>) -> String {
    let mut out = table(
        "NOT_REPLIES",
        "NotReplyRow",
        layout.not_replies.len(),
        layout
            .not_replies
            .iter()
            .map(|(number, entry)| format!("    NotReplyRow {{ number: {number}, entry: {entry} }},\n")),
    );
    out += &table(
        "DETAILS",
        "DetailRow",
        layout.details.len(),
        layout.details.iter().map(|(subject, detail, entry)| {
            format!("    DetailRow {{ subject: {subject}, detail: {detail}, entry: {entry} }},\n")
        }),
    );
    out += &table(
        "COMMANDS",
        "CommandRow",
        layout.commands.len(),
        layout.commands.iter().map(|command| {
            let (protocol, number, verb) = (command.protocol.number(), command.number, command.verb);
            format!("    CommandRow {{ protocol: {protocol}, number: {number} }}, // {verb}\n")
        }),
    );
    let flows = layout.flows.iter().map(|(protocol, command, code)| {
        format!("FlowRow {{ protocol: {protocol}, command: {command}, code: {code} }}")
    });
    out += &format!("\nstatic FLOWS: [FlowRow; {}] = [\n{}];\n", layout.flows.len(), wrapped(flows, "    "));
    out
}

pub(crate) fn table(name: &str, row: &str, len: usize, rows: impl Iterator<Item = String>) -> String {
    declared(&format!("static {name}"), row, len, rows)
}

/// A table with all that stands before its type: visibility, `static`, name.
fn declared(declaration: &str, row: &str, len: usize, rows: impl Iterator<Item = String>) -> String {
    format!("\n{declaration}: [{row}; {len}] = [\n{}];\n", rows.collect::<String>())
}

/// Entry numbers by number.
fn by_number(name: &str, entries: &[Option<usize>], core: &str) -> String {
    let items = entries.iter().map(|entry| number(core, entry));
    format!("\nstatic {name}: [u16; {}] = [\n{}];\n", entries.len(), wrapped(items, "    "))
}

/// The lists that entries point into.
#[derive(Default)]
pub(crate) struct Spans {
    commands: Vec<String>,
    enhanced: Vec<String>,
    codes: Vec<String>,
}

impl Spans {
    fn add(list: &mut Vec<String>, items: impl IntoIterator<Item = String>) -> String {
        let start = list.len();
        list.extend(items);
        let len = list.len() - start;
        // An empty span points at the start, so that adding one elsewhere does not change this line.
        format!("Span {{ start: {}, len: {len} }}", if len == 0 { 0 } else { start })
    }

    fn emit(&self) -> String {
        let list = |name: &str, item: &str, items: &[String]| {
            format!("\nstatic {name}: [{item}; {}] = [\n{}];\n", items.len(), wrapped(items.iter().cloned(), "    "))
        };
        let helper = if self.enhanced.is_empty() {
            ""
        } else {
            "\nconst fn esc(class: u8, subject: u16, detail: u16) -> Enhanced {\n    Enhanced::new(class, subject, detail).unwrap()\n}\n"
        };
        list("ENTRY_COMMANDS", "u8", &self.commands)
            + &list("ENTRY_ENHANCED", "Enhanced", &self.enhanced)
            + &list("ENTRY_CODES", "u16", &self.codes)
            + helper
    }
}

/// Bindings pack an entry into 16 bits, 4 of which say what kind it is.
const MOST_ENTRIES: usize = 1 << 12;

pub(crate) fn entries(declaration: &str, rows: &[Row<'_>], spans: &mut Spans) -> String {
    assert!(rows.len() <= MOST_ENTRIES, "{} entries are more than a handle can number", rows.len());
    let lines = rows.iter().map(|row| {
        let commands = Spans::add(&mut spans.commands, row.commands.iter().map(u8::to_string));
        let enhanced = Spans::add(
            &mut spans.enhanced,
            row.enhanced.iter().map(|code| format!("esc({}, {}, {})", code.class(), code.subject(), code.detail())),
        );
        let codes = Spans::add(&mut spans.codes, row.codes.iter().map(u16::to_string));
        let verdict = row.verdict.map_or("None".to_owned(), |verdict| format!("Some(Verdict::{verdict:?})"));
        format!(
            "    // {} {}\n    EntryRow {{ rfc: {}, since: {}, status: Status::{:?}, verdict: {verdict}, senses: {}, field: {}, commands: {commands}, enhanced: {enhanced}, codes: {codes} }},\n",
            row.label,
            *row.entry.id,
            row.rfc(),
            row.since(),
            row.status(),
            row.run.0,
            row.run.1,
        )
    });
    declared(declaration, "EntryRow", rows.len(), lines)
}

/// The functions that choose among sections and pools. They are inlined whatever their size, so that a caller that
/// names a kind refers to the pools of that kind alone and the linker can drop the others.
fn texts(layout: &Layout<'_>, home: Home) -> String {
    let mut pools = String::new();
    let mut arms = String::new();
    for (section, rows) in [("Main", &layout.main), ("Enhanced", &layout.enhanced)] {
        for Text { pattern, name, texts } in section_texts(layout, section, rows) {
            let _ = writeln!(arms, "        {pattern} => Pool {{ text: {name}, starts: &{name}_STARTS }},");
            pools.push_str(&pool(&name, texts.into_iter()));
        }
    }
    for Text { pattern, name, texts } in section_texts(layout, "Causes", &layout.causes) {
        match home {
            Home::Core => {
                let pool = format!("Pool {{ text: diagnosis::{name}, starts: &diagnosis::{name}_STARTS }}");
                let _ = writeln!(arms, "        #[cfg(feature = \"diagnosis\")]\n        {pattern} => {pool},");
            }
            Home::User => {
                let _ = writeln!(arms, "        {pattern} => Pool {{ text: {name}, starts: &{name}_STARTS }},");
                pools.push_str(&pool(&name, texts.into_iter()));
            }
        }
    }
    // A flag and not a feature: features add, and one crate must not take the words from another.
    let without = match home {
        Home::Core => "    if cfg!(replycode_without_texts) {\n        return Pool::EMPTY;\n    }\n",
        Home::User => "",
    };
    let causes = match home {
        Home::Core => {
            "#[cfg(feature = \"diagnosis\")]\n        Section::Causes => &diagnosis::CAUSES,\n        #[cfg(not(feature = \"diagnosis\"))]\n        Section::Causes => &[],"
        }
        Home::User if layout.causes.is_empty() => "Section::Causes => &[],",
        Home::User => "Section::Causes => &CAUSES,",
    };
    format!(
        "
#[inline(always)]
fn entries(section: Section) -> &'static [EntryRow] {{
    match section {{
        Section::Main => &MAIN,
        Section::Enhanced => &ENHANCED,
        {causes}
    }}
}}

#[inline(always)]
fn texts(section: Section, kind: TextKind, lang: Lang) -> Pool {{
{without}    match (section, kind, lang.number()) {{
{arms}        _ => Pool::EMPTY,
    }}
}}
{pools}"
    )
}

/// The texts of a kind, in one language where the kind has languages.
pub(crate) struct Text {
    /// What the choice among pools must match.
    pattern: String,
    pub(crate) name: String,
    pub(crate) texts: Vec<String>,
}

/// The texts of a section; a kind that nobody uses there has none.
pub(crate) fn section_texts(layout: &Layout<'_>, section: &str, rows: &[Row<'_>]) -> Vec<Text> {
    let mut all = Vec::new();
    let mut add = |kind: &Kind, lang: &str, name: String, texts: Vec<String>| {
        if texts.iter().any(|text| !text.is_empty()) {
            let pattern = format!("(Section::{section}, TextKind::{}, {lang})", kind.name);
            all.push(Text { pattern, name, texts });
        }
    };
    for kind in &KINDS {
        let name = format!("{section}_{}", kind.name).to_uppercase();
        match kind.translated {
            None => add(kind, "_", name, rows.iter().map(|row| (kind.plain)(row.entry)).collect()),
            Some(texts) => {
                for language in layout.model.languages() {
                    let name = format!("{name}_{}", language.id.to_uppercase().replace('-', "_"));
                    let texts = rows.iter().map(|row| texts(row.entry).get(&language.id).to_owned()).collect();
                    add(kind, &language.number.to_string(), name, texts);
                }
            }
        }
    }
    all
}

fn pool(name: &str, texts: impl Iterator<Item = String>) -> String {
    visible_pool("", name, texts)
}

/// A pool with a visibility, for instance `pub(super) `.
pub(crate) fn visible_pool(visibility: &str, name: &str, texts: impl Iterator<Item = String>) -> String {
    let mut starts = vec![0usize];
    let mut lines = String::new();
    for text in texts {
        starts.push(starts[starts.len() - 1] + text.len() + 1);
        let _ = writeln!(lines, "{}\\0\\", escape_rust(&text));
    }
    format!(
        "\n{visibility}const {name}: &str = \"\\\n{lines}\";\n{visibility}static {name}_STARTS: [u16; {}] = [\n{}];\nconst _: () = Pool {{ text: {name}, starts: &{name}_STARTS }}.check();\n",
        starts.len(),
        wrapped(starts.iter().map(usize::to_string), "    "),
    )
}
