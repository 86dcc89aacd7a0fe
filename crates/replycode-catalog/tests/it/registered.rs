//! Catalogues that call themselves complete.

use expect_test::expect;
use replycode::Protocol;
use replycode_catalog::registry;

use crate::catalog::{BASE, Catalog, base, of};
use crate::parser_words::parser_words;

pub(crate) const WORDS: &str = "title: {en: x, ja: x}, meaning: {en: x, ja: です。}, action: {en: x, ja: です。}";

/// The base with every registered code that it lacks.
pub(crate) fn complete() -> Catalog {
    let mut yaml = BASE.replace("version: 2026.11.0\n", "version: 2026.11.0\ncomplete: true\n");
    for (protocol, name, end) in [(Protocol::Smtp, "SMTP", "    field:\n"), (Protocol::Ftp, "FTP", "\nenhanced:\n")] {
        let registered = registry::codes(protocol).map(|row| {
            let (code, rfc, status) = (row.code, row.rfc, row.status);
            let source = format!("source: {{rfc: {rfc}, section: x}}, status: {status}");
            let row = format!("      - code: {code}\n        senses: [{{id: {}, {source}, {WORDS}}}]\n", letters(code));
            (code, row)
        });
        yaml = fill(&yaml, &[&format!("    name: {name}\n"), "    replies:\n"], end, "      - code: ", registered);
    }
    let registered = registry::enhanced().map(|row| {
        let (subject, detail) = (row.subject, row.detail);
        let codes: Vec<_> = row.codes.iter().map(|c| if *c < 10 { format!("{c}XX") } else { c.to_string() }).collect();
        let codes = if row.codes == [2, 4, 5] { "any".to_owned() } else { format!("[{}]", codes.join(", ")) };
        let words = WORDS.replace("}, ", "}\n      ");
        let row = format!(
            "    - subject: {subject}
      detail: {detail}
      id: {}_{}
      codes: {codes}
      source: {{rfc: 3463}}
      status: current
      {words}
",
            letters(subject),
            letters(detail)
        );
        (subject * 1000 + detail, row)
    });
    let yaml = fill(&yaml, &["  details:\n"], "\nnot_replies:\n", "    - subject: ", registered);
    of(yaml + &parser_words())
}

/// The complete catalogue without what stands from one line to before another.
fn without(from: &str, to: &str) -> Catalog {
    complete().cut(from, to)
}

/// Adds rows to a list that begins behind some lines and ends before another: those whose number it lacks, in order.
fn fill(yaml: &str, heads: &[&str], end: &str, marker: &str, new: impl Iterator<Item = (u16, String)>) -> String {
    let start = heads.iter().fold(0, |at, head| at + yaml[at..].find(head).unwrap() + head.len());
    let len = yaml[start..].find(end).unwrap();
    let number = |row: &str| -> u16 {
        let numbers = row.split(|c: char| !c.is_ascii_digit()).filter(|digits| !digits.is_empty());
        let numbers: Vec<u16> = numbers.take(2).map(|digits| digits.parse().unwrap()).collect();
        if marker.contains("subject") { numbers[0] * 1000 + numbers[1] } else { numbers[0] }
    };
    let rows = yaml[start..start + len].split(marker).skip(1);
    let mut rows: Vec<(u16, String)> = rows.map(|row| (number(row), format!("{marker}{row}"))).collect();
    for (key, row) in new {
        if !rows.iter().any(|(other, _)| *other == key) {
            rows.push((key, row));
        }
    }
    rows.sort_by_key(|(key, _)| *key);
    let rows: String = rows.into_iter().map(|(_, row)| row).collect();
    format!("{}{rows}{}", &yaml[..start], &yaml[start + len..])
}

/// A number in letters, since an id has no words of digits.
fn letters(number: u16) -> String {
    number.to_string().bytes().map(|digit| char::from(digit - b'0' + b'a')).collect()
}

faults! {
    a_code_that_is_left_out: Unlisted,
        without("      - code: 459\n", "      - code: 500\n"),
        expect![[r#"
            error[unlisted]: SMTP 459 (RFC 1985) is not listed
               --> catalog.yaml:144:15
                |
            144 |       - code: 500
                |               ^^^
                |
                = help: add `- code: 459` before this row; a catalogue without `complete: true` may leave it out

            1 fault
        "#]];

    the_last_code_left_out: Unlisted,
        without("      - code: 633\n", "\nenhanced:\n"),
        expect![[r#"
            error[unlisted]: FTP 633 (RFC 2228) is not listed
               --> catalog.yaml:413:15
                |
            413 |       - code: 632
                |               ^^^
                |
                = help: add `- code: 633` behind this row; a catalogue without `complete: true` may leave it out

            1 fault
        "#]];

    a_detail_that_is_left_out: Unlisted,
        without("    - subject: 7\n      detail: 30\n", "\nnot_replies:\n"),
        expect![[r#"
            error[unlisted]: X.7.30 (RFC 8689) is not listed
                --> catalog.yaml:1139:16
                 |
            1139 |     - subject: 7
                 |                ^
                 |
                 = help: add `- subject: 7` with `detail: 30` behind this row

            1 fault
        "#]];

    a_code_that_no_rfc_has: Unregistered,
        complete()
            .with(
                "      - code: 458\n",
                &format!("      - code: 457\n        senses: [{{id: x, source: {{rfc: 5321, section: x}}, status: current, {WORDS}}}]\n      - code: 458\n"),
            ),
        expect![[r#"
            error[unregistered]: no RFC defines or names SMTP 457
               --> catalog.yaml:142:15
                |
            142 |       - code: 457
                |               ^^^
                |
                = help: move it to `field:`; or, if a newer RFC has it, add it to crates/replycode-catalog/registry/smtp.tsv

            1 fault
        "#]];

    a_detail_that_is_not_registered: Unregistered,
        complete()
            .with(
                "\nnot_replies:\n",
                &format!("    - {{subject: 7, detail: 606, id: banned, codes: [550], source: {{iana: no such row}}, status: current, {WORDS}}}\n\nnot_replies:\n"),
            ),
        expect![[r#"
            error[unregistered]: X.7.606 is not registered
                --> catalog.yaml:1157:28
                 |
            1157 |     - {subject: 7, detail: 606, id: banned, codes: [550], source: {iana: no such row}, status: current, title: {en: x, ja: x}, mea...
                 |                            ^^^
                 |
                 = help: cite where it was seen, `source: {field: ...}`; or add it to crates/replycode-catalog/registry/enhanced.tsv

            1 fault
        "#]];

    a_code_of_another_status: RegistryDiffers,
        complete().with("{rfc: 4954, section: x}, status: obsolete", "{rfc: 4954, section: x}, status: current"),
        expect![[r#"
            error[registry-differs]: SMTP 538 of RFC 4954 is `obsolete`, not `current`
               --> catalog.yaml:173:69
                |
            173 | ...   senses: [{id: fdi, source: {rfc: 4954, section: x}, status: current, title: {en: x, ja: x}, meaning: {en: x, ja: です。}, act...
                |                                                                   ^^^^^^^
                |
                = help: write `obsolete`, or correct crates/replycode-catalog/registry/smtp.tsv

            1 fault
        "#]];

    a_detail_with_other_basic_codes: RegistryDiffers,
        complete().with("id: recipient_unknown\n      codes: [451, 550]", "id: recipient_unknown\n      codes: [550]"),
        expect![[r#"
            error[registry-differs]: X.1.1 is registered with other basic codes
               --> catalog.yaml:447:15
                |
            447 |       codes: [550]
                |               ^^^
                |
                = help: write `codes: [451, 550]`, or correct crates/replycode-catalog/registry/enhanced.tsv

            1 fault
        "#]];
}

#[test]
fn what_is_complete_breaks_no_rule() {
    complete().assert_valid();
    // Without the word, nothing need be complete.
    base().assert_valid();
}
