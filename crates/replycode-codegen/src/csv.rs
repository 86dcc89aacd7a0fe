//! `catalog.csv`: one row an entry and language, for spreadsheets and data frames. See `docs/catalog-json.md`.

use replycode::{EntryKind, Party, Protocol};
use replycode_catalog::{At, DiagnosisRule};

use crate::layout::{Layout, Row, place};
use crate::text::{digits, first_digit, second_digit};

/// The columns. The first is kept for the mark of generated files; it and the last two speak of the file as a whole
/// and are filled in the first row only.
const COLUMNS: [&str; 21] = [
    "generated",
    "kind",
    "protocol",
    "code",
    "id",
    "status",
    "verdict",
    "party",
    "cause",
    "rfc",
    "place",
    "commands",
    "enhanced",
    "lang",
    "phrase",
    "title",
    "meaning",
    "action",
    "note",
    "version",
    "digest",
];

/// Excel takes a file without this for the code page of the machine, which garbles Japanese.
const BYTE_ORDER_MARK: char = '\u{feff}';

pub(crate) fn emit(layout: &Layout<'_>) -> String {
    let mut out = format!("{BYTE_ORDER_MARK}{}\n", COLUMNS.join(","));
    let (version, digest) = (layout.model.version(), layout.model.digest());
    let mut whole = [version, digest];
    for line in lines(layout) {
        for language in layout.model.languages() {
            let cells = line.cells(&language.id).map(|text| cell(&text));
            out.push_str(&format!(",{},{}\n", cells.join(","), whole.join(",")));
            whole = [""; 2];
        }
    }
    for rule in &layout.model.diagnosis().rules {
        let cells = rule_cells(rule).map(|text| cell(&text));
        out.push_str(&format!(",{},,\n", cells.join(",")));
    }
    out
}

/// An entry and where it stands.
struct Line<'a> {
    kind: EntryKind,
    protocol: Option<Protocol>,
    /// A code as it is, digits as RFCs write them: `2yz`, `x5z`, `5.X.X`, `X.7.X`, `X.7.8`.
    code: String,
    row: &'a Row<'a>,
    /// Of a cause.
    party: Option<Party>,
}

/// Every entry: by protocol its severities, categories and codes; enhanced status codes; numbers that are no reply;
/// words of the parser, which have no code; causes.
fn lines<'a>(layout: &'a Layout<'a>) -> Vec<Line<'a>> {
    let mut lines = Vec::new();
    let mut push = |kind, protocol, code, row| lines.push(Line { kind, protocol, code, row, party: None });
    for rows in layout.model.protocols() {
        let protocol = *rows.id;
        for severity in &rows.severities {
            let row = severity.digits.first().and_then(|digit| layout.severity(protocol, **digit));
            let code = digits(&severity.digits, first_digit, " ");
            row.into_iter().for_each(|row| push(EntryKind::Severity, Some(protocol), code.clone(), row));
        }
        for category in &rows.categories {
            let row = category.digits.first().and_then(|digit| layout.category(protocol, **digit));
            let code = digits(&category.digits, second_digit, " ");
            row.into_iter().for_each(|row| push(EntryKind::Category, Some(protocol), code.clone(), row));
        }
        for reply in layout.replies.iter().filter(|reply| reply.protocol == protocol) {
            let (senses, field) = layout.entries(reply);
            let code = reply.code.to_string();
            senses.iter().for_each(|row| push(EntryKind::Sense, Some(protocol), code.clone(), row));
            field.iter().for_each(|row| push(EntryKind::Field, Some(protocol), code.clone(), row));
        }
    }
    for (class, row) in layout.class_rows() {
        push(EntryKind::EnhancedClass, None, format!("{class}.X.X"), row);
    }
    for (subject, row) in layout.subject_rows() {
        push(EntryKind::EnhancedSubject, None, format!("X.{subject}.X"), row);
    }
    for (subject, detail, row) in layout.detail_rows() {
        push(EntryKind::EnhancedDetail, None, format!("X.{subject}.{detail}"), row);
    }
    for (number, entry) in &layout.not_replies {
        push(EntryKind::NotReply, None, number.to_string(), &layout.main[*entry]);
    }
    layout.note_rows().for_each(|row| push(EntryKind::Note, None, String::new(), row));
    layout.malformed_rows().for_each(|row| push(EntryKind::Malformed, None, String::new(), row));
    for (cause, row) in layout.model.diagnosis().causes.iter().zip(&layout.causes) {
        let code = cause.number.to_string();
        lines.push(Line { kind: EntryKind::Cause, protocol: None, code, row, party: Some(*cause.party) });
    }
    lines
}

impl Line<'_> {
    /// The cells between the mark and what speaks of the whole file.
    fn cells(&self, language: &str) -> [String; 18] {
        let entry = self.row.entry;
        let number = |number: u16| if number == 0 { String::new() } else { number.to_string() };
        let words = |words: &mut dyn Iterator<Item = String>| words.collect::<Vec<_>>().join(" ");
        [
            self.kind.to_string(),
            self.protocol.map(|protocol| protocol.to_string()).unwrap_or_default(),
            self.code.clone(),
            entry.id.to_string(),
            self.row.status().to_string(),
            self.row.verdict.map(|verdict| verdict.to_string()).unwrap_or_default(),
            self.party.map(|party| party.to_string()).unwrap_or_default(),
            if self.kind == EntryKind::Cause { entry.id.to_string() } else { String::new() },
            number(self.row.rfc()),
            place(entry),
            words(&mut entry.commands.iter().map(|verb| verb.to_string())),
            words(&mut entry.enhanced.iter().map(|code| code.to_string())),
            language.to_owned(),
            entry.phrase.as_deref().cloned().unwrap_or_default(),
            entry.title.get(language).to_owned(),
            entry.meaning.get(language).to_owned(),
            entry.action.get(language).to_owned(),
            entry.note.get(language).to_owned(),
        ]
    }
}

/// The cells of a rule, which is no entry and has no texts: what it asks for.
fn rule_cells(rule: &DiagnosisRule) -> [String; 18] {
    let when = &rule.when;
    let words = |words: &mut dyn Iterator<Item = String>| words.collect::<Vec<_>>().join(" ");
    let phrases = |phrases: &[At<String>]| phrases.iter().map(|phrase| phrase.as_str()).collect::<Vec<_>>().join(" | ");
    let none = String::new;
    [
        "rule".to_owned(),
        when.protocol.as_ref().map(|protocol| protocol.to_string()).unwrap_or_default(),
        words(&mut when.codes.iter().map(|code| code.to_string())),
        rule.id.to_string(),
        none(),
        rule.verdict.as_ref().map(|own| own.is.to_string()).unwrap_or_default(),
        none(),
        rule.cause.to_string(),
        none(),
        rule.source.to_string(),
        words(&mut when.commands.iter().map(|verb| verb.to_string())),
        words(&mut when.enhanced.iter().map(|pattern| pattern.to_string())),
        none(),
        phrases(&when.phrases),
        none(),
        none(),
        none(),
        none(),
    ]
}

/// What makes spreadsheets take a cell for a formula when it comes first. Some take the full-width forms as well.
const FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// A cell: in quotes where RFC 4180 asks for it, and behind an apostrophe where a spreadsheet would calculate.
pub(crate) fn cell(text: &str) -> String {
    let guard = if text.starts_with(FORMULA) { "'" } else { "" };
    if text.contains([',', '"', '\n', '\r']) {
        format!("\"{guard}{}\"", text.replace('"', "\"\""))
    } else {
        format!("{guard}{text}")
    }
}

#[cfg(test)]
mod tests {
    use super::cell;

    #[test]
    fn cells_are_quoted_as_rfc_4180_asks() {
        assert_eq!(cell("plain text; 'single' | quotes"), "plain text; 'single' | quotes");
        assert_eq!(cell(""), "");
        assert_eq!(cell("a, b"), r#""a, b""#);
        assert_eq!(cell(r#"say "no""#), r#""say ""no""""#);
        assert_eq!(cell("two\nlines"), "\"two\nlines\"");
    }

    #[test]
    fn no_cell_is_a_formula() {
        for text in ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "＝1", "＋1", "－1", "＠x"] {
            assert_eq!(cell(text), format!("'{text}"));
        }
        assert_eq!(cell("=HYPERLINK(\"http://example.net\",1)"), "\"'=HYPERLINK(\"\"http://example.net\"\",1)\"");
        assert_eq!(cell("1-1=0"), "1-1=0");
    }
}
