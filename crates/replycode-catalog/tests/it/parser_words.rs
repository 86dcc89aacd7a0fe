//! Notes and reasons of malformed replies: the reply parser's, all of them.

use expect_test::expect;
use replycode::{MalformedReason, Note};

use crate::catalog::{BASE, Catalog, of};
use crate::registered::{WORDS, complete};

/// Every word of the reply parser.
pub(crate) fn parser_words() -> String {
    let row = |number: u8, id: &str| {
        format!("  - {{id: {id}, number: {number}, source: {{rfc: 5321, section: x}}, {WORDS}}}\n")
    };
    let notes: String = Note::ALL.iter().map(|note| row(note.number(), note.id())).collect();
    let malformed: String = MalformedReason::ALL.iter().map(|reason| row(reason.number(), reason.id())).collect();
    format!("notes:\n{notes}malformed:\n{malformed}")
}

/// The base with every word of the reply parser.
fn with_parser_words() -> Catalog {
    of(format!("{BASE}{}", parser_words()))
}

/// What a row of a word looks like from its id on.
fn word(id: &str, number: u8) -> String {
    format!("  - {{id: {id}, number: {number}, ")
}

faults! {
    a_note_that_is_left_out: ParserWords,
        with_parser_words().cut("  - {id: bare-cr, number: 2", "  - {id: no-space"),
        expect![[r#"
            error[parser-words]: the note `bare-cr` of the reply parser is not listed
               --> catalog.yaml:258:10
                |
            258 |   - {id: no-space, number: 3, source: {rfc: 5321, section: x}, title: {en: x, ja: x}, meaning: {en: x, ja: です。}, action: {en: x,...
                |          ^^^^^^^^
                |
                = help: add `- id: bare-cr` with `number: 2` before this row

            1 fault
        "#]];

    the_last_reason_left_out: ParserWords,
        with_parser_words().with(&format!("{}source: {{rfc: 5321, section: x}}, {WORDS}}}\n", word("trailing-data", 9)), ""),
        expect![[r#"
            error[parser-words]: the reason `trailing-data` of the reply parser is not listed
               --> catalog.yaml:285:10
                |
            285 |   - {id: cut-off, number: 8, source: {rfc: 5321, section: x}, title: {en: x, ja: x}, meaning: {en: x, ja: です。}, action: {en: x, ...
                |          ^^^^^^^
                |
                = help: add `- id: trailing-data` with `number: 9` behind this row

            1 fault
        "#]];

    notes_that_are_left_out_of_a_complete_catalogue: ParserWords,
        complete().cut("notes:\n", "malformed:\n"),
        expect![[r#"
            error[parser-words]: a complete catalogue lists the reply parser's notes
             --> catalog.yaml:2:10
              |
            2 | version: 2026.11.0
              |          ^^^^^^^^^
              |
              = help: add `notes:` with these ids and numbers: bare-lf 1, bare-cr 2, no-space 3, tab-separator 4, no-eol 5, cut-off 6, code-mismatch 7, uncoded-continuation 8, unpadded-code 9, leading-blank 10, long-line 11, control-char 12, eight-bit 13, severity-unassigned 14, category-unassigned 15, esc-class-mismatch 16, esc-leading-zero 17, esc-prefix 18, esc-on-3yz 19, esc-varies 20

            1 fault
        "#]];

    a_note_that_the_parser_has_not: Word,
        with_parser_words().with(&word("bare-cr", 2), &word("bare_cr", 2)),
        expect![[r#"
            error[word]: `bare_cr`: unknown note: expected one of bare-lf, bare-cr, no-space, tab-separator, no-eol, cut-off, code-mismatch, uncoded-continuation, unpadded-code, leading-blank, long-line, control-char, eight-bit, severity-unassigned, category-unassigned, esc-class-mismatch, esc-leading-zero, esc-prefix, esc-on-3yz, esc-varies
               --> catalog.yaml:258:10
                |
            258 |   - {id: bare_cr, number: 2, source: {rfc: 5321, section: x}, title: {en: x, ja: x}, meaning: {en: x, ja: です。}, action: {en: x, ...
                |          ^^^^^^^
                |
                = help: write one of these

            1 fault
        "#]];

    a_reason_with_another_number: ParserWords,
        with_parser_words().with(&word("bad-code", 3), &word("bad-code", 13)),
        expect![[r#"
            error[parser-words]: the reason `bad-code` has the number 3, not 13
               --> catalog.yaml:280:28
                |
            280 |   - {id: bad-code, number: 13, source: {rfc: 5321, section: x}, title: {en: x, ja: x}, meaning: {en: x, ja: です。}, action: {en: x...
                |                            ^^
                |
                = help: write `number: 3`: the reply parser has it so, in every language

            1 fault
        "#]];

    notes_out_of_order: ParserWords,
        with_parser_words()
            .with(&word("bare-cr", 2), &word("x", 2))
            .with(&word("no-space", 3), &word("bare-cr", 2))
            .with(&word("x", 2), &word("no-space", 3)),
        expect![[r#"
            error[parser-words]: the note `bare-cr` stands behind one with a greater number
               --> catalog.yaml:259:10
                |
            259 |   - {id: bare-cr, number: 2, source: {rfc: 5321, section: x}, title: {en: x, ja: x}, meaning: {en: x, ja: です。}, action: {en: x, ...
                |          ^^^^^^^
                |
               ::: catalog.yaml:258:10
                |
            258 |   - {id: no-space, number: 3, source: {rfc: 5321, section: x}, title: {en: x, ja: x}, meaning: {en: x, ja: です。}, action: {en: x,...
                |          -------- it belongs before this one
                |
                = help: move the row to its place, in ascending order

            1 fault
        "#]];

    a_note_that_stands_twice: DuplicateId,
        with_parser_words().behind("notes:\n", &format!("{}source: {{rfc: 5321}}, {WORDS}}}\n", word("bare-lf", 1))),
        expect![[r#"
            error[duplicate-id]: the id `bare-lf` is used twice among the notes
               --> catalog.yaml:258:10
                |
            258 |   - {id: bare-lf, number: 1, source: {rfc: 5321, section: x}, title: {en: x, ja: x}, meaning: {en: x, ja: です。}, action: {en: x, ...
                |          ^^^^^^^
                |
               ::: catalog.yaml:257:10
                |
            257 |   - {id: bare-lf, number: 1, source: {rfc: 5321}, title: {en: x, ja: x}, meaning: {en: x, ja: です。}, action: {en: x, ja: です。}}
                |          ------- the first
                |
                = help: give one of them another id; ids that have been published stay

            1 fault
        "#]];

    an_overlay_with_a_note_of_its_own: Overlay,
        with_parser_words().overlay(
            "overlay: true\nversion: 2026.11.0+acme.1\nnotes:\n  - {id: bare-fish, title: {en: y, ja: y}}\n",
        ),
        expect![[r#"
            error[overlay]: the catalogue under the overlay has no note `bare-fish`
             --> vendor.yaml:4:10
              |
            4 |   - {id: bare-fish, title: {en: y, ja: y}}
              |          ^^^^^^^^^
              |
              = help: correct it; an overlay changes the words of what there is

            1 fault
        "#]];
}

#[test]
fn an_overlay_gives_a_note_other_words() {
    let overlay = "overlay: true\nversion: 2026.11.0+acme.1\nnotes:\n  - {id: bare-cr, title: {en: y, ja: y}}\n";
    let model = with_parser_words().overlay(overlay).check().unwrap();
    assert_eq!(model.notes()[1].member.value, Note::BareCr);
    assert_eq!((model.notes()[1].entry.title.get("en"), model.notes()[0].entry.title.get("en")), ("y", "x"));
    assert_eq!(model.malformed().len(), MalformedReason::ALL.len());
    with_parser_words().assert_valid();
}
