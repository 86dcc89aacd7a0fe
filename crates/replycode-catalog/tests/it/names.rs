//! Codes, ids, languages, and what is made from them.

use expect_test::expect;

use crate::catalog::{Catalog, base};

faults! {
    norwegian_without_a_form: LanguageTag,
        base().with("{id: ja,", "{id: no,").everywhere("ja: ", "no: "),
        expect![[r#"
            error[language-tag]: `no` is taken for false by many YAML readers, and names two written languages at once
             --> catalog.yaml:5:10
              |
            5 |   - {id: no, number: 1, name: 日本語}
              |          ^^
              |
              = help: write `nb` for Norwegian Bokmål or `nn` for Nynorsk

            1 fault
        "#]];

    a_language_tag_with_an_underscore: LanguageTag,
        base().with("{id: ja,", "{id: ja_JP,").everywhere("ja: ", "ja_JP: "),
        expect![[r#"
            error[language-tag]: `ja_JP` is no language tag
             --> catalog.yaml:5:10
              |
            5 |   - {id: ja_JP, number: 1, name: 日本語}
              |          ^^^^^
              |
              = help: write it as BCP 47 does: `ja`, `pt-BR`, `zh-Hans`, `zh-Hant-TW`

            1 fault
        "#]];

    a_gap_between_languages: Numbering,
        base().with("{id: ja, number: 1,", "{id: ja, number: 2,"),
        expect![[r#"
            error[numbering]: the number 2 leaves a gap: 2 languages have the numbers 0 to 1
             --> catalog.yaml:5:22
              |
            5 |   - {id: ja, number: 2, name: 日本語}
              |                      ^
              |
              = help: give it the lowest free number

            1 fault
        "#]];

    two_languages_with_a_number: Numbering,
        base().with("{id: ja, number: 1,", "{id: ja, number: 0,"),
        expect![[r#"
            error[numbering]: two languages have the number 0
             --> catalog.yaml:5:22
              |
            5 |   - {id: ja, number: 0, name: 日本語}
              |                      ^
              |
             ::: catalog.yaml:4:22
              |
            4 |   - {id: en, number: 0, name: English}
              |                      - the other
              |
              = help: give the newer one the next free number; numbers are for ever, since programs are compiled with them

            1 fault
        "#]];

    two_commands_with_a_number: Numbering,
        base().with("number: 13", "number: 12"),
        expect![[r#"
            error[numbering]: two SMTP commands have the number 12
               --> catalog.yaml:167:17
                |
            167 |         number: 12
                |                 ^^
                |
               ::: catalog.yaml:163:17
                |
            163 |         number: 12
                |                 -- the other
                |
                = help: give the newer one the next free number; numbers are for ever, since programs are compiled with them

            1 fault
        "#]];

    any_with_another_number: Numbering,
        base().with("- verb: any\n        number: 0", "- verb: any\n        number: 9"),
        expect![[r#"
            error[numbering]: `any` has the number 9
               --> catalog.yaml:150:17
                |
            150 |         number: 9
                |                 ^
                |
                = help: give it 0, the number of a command that is not known

            1 fault
        "#]];

    two_equal_codes: DuplicateCode,
        base().with("      - code: 530\n", "      - code: 150\n"),
        expect![[r#"
            error[duplicate-code]: FTP 150 in `replies` is listed twice
               --> catalog.yaml:200:15
                |
            200 |       - code: 150
                |               ^^^
                |
               ::: catalog.yaml:190:15
                |
            190 |       - code: 150
                |               --- the first
                |
                = help: move its senses to the first, and remove this row

            1 fault
        "#]];

    two_equal_details: DuplicateCode,
        base().with("subject: 2\n      detail: 2", "subject: 1\n      detail: 1"),
        expect![[r#"
            error[duplicate-code]: the detail X.1.1 is listed twice
               --> catalog.yaml:230:15
                |
            230 |       detail: 1
                |               ^
                |
               ::: catalog.yaml:220:15
                |
            220 |       detail: 1
                |               - the first
                |
                = help: remove one of the two, or correct its number

            1 fault
        "#]];

    codes_out_of_order: CodeOrder,
        base().with("      - code: 530\n", "      - code: 125\n"),
        expect![[r#"
            error[code-order]: FTP 125 in `replies` stands behind a greater number
               --> catalog.yaml:200:15
                |
            200 |       - code: 125
                |               ^^^
                |
               ::: catalog.yaml:190:15
                |
            190 |       - code: 150
                |               --- it belongs before this one
                |
                = help: move the row to its place, in ascending order

            1 fault
        "#]];

    no_row_for_any_other_number: CodeOrder,
        base().with("- number: 0\n", "- number: 111\n"),
        expect![[r#"
            error[code-order]: the numbers that are no reply do not begin with 0
               --> catalog.yaml:241:13
                |
            241 |   - number: 111
                |             ^^^
                |
                = help: put a row `number: 0` first: it stands for any number that is not listed

            1 fault
        "#]];

    a_code_that_no_index_has: CodeRange,
        base().with("- code: 432", "- code: 700").with("            enhanced: [4.3.2]\n", ""),
        expect![[r#"
            error[code-range]: 700 has no place in the index of codes, which ends at 659
               --> catalog.yaml:137:15
                |
            137 |       - code: 700
                |               ^^^
                |
                = help: leave it out; a program explains it by its first digit

            1 fault
        "#]];

    a_first_digit_without_meaning: CodeRange,
        base().with("      - code: 220\n", "      - code: 120\n").with("- {code: 220,", "- {code: 120,"),
        expect![[r#"
            error[code-range]: SMTP assigns no meaning to replies that begin with 1
              --> catalog.yaml:59:15
               |
            59 |       - code: 120
               |               ^^^
               |
               = help: correct the code, or move it to `field` if servers really send it

            1 fault
        "#]];

    an_id_of_a_field_entry_used_twice: DuplicateId,
        base().with("id: thread_limit_exceeded", "id: mailbox_unavailable"),
        expect![[r#"
            error[duplicate-id]: the id `mailbox_unavailable` is used twice among the senses of SMTP, those of the field included
               --> catalog.yaml:139:17
                |
            139 |           - id: mailbox_unavailable
                |                 ^^^^^^^^^^^^^^^^^^^
                |
               ::: catalog.yaml:105:17
                |
            105 |           - id: mailbox_unavailable
                |                 ------------------- the first
                |
                = help: give one of them another id; ids that have been published stay

            1 fault
        "#]];

    an_enhanced_id_used_twice: DuplicateId,
        base().with("id: mailbox_full", "id: mailbox"),
        expect![[r#"
            error[duplicate-id]: the id `mailbox` is used twice among the enhanced status codes
               --> catalog.yaml:231:11
                |
            231 |       id: mailbox
                |           ^^^^^^^
                |
               ::: catalog.yaml:217:24
                |
            217 |     - {subject: 2, id: mailbox, source: {rfc: 3463, section: "3.3"}, title: {en: Mailbox, ja: メールボックス}, meaning: {en: About ...
                |                        ------- the first
                |
                = help: give one of them another id; ids that have been published stay

            1 fault
        "#]];

    a_language_listed_twice: DuplicateId,
        base()
            .with(
                "  - {id: ja, number: 1, name: 日本語}\n",
                "  - {id: ja, number: 1, name: 日本語}\n  - {id: ja, number: 2, name: 日本語}\n",
            ),
        expect![[r#"
            error[duplicate-id]: the language `ja` is listed twice
             --> catalog.yaml:6:10
              |
            6 |   - {id: ja, number: 2, name: 日本語}
              |          ^^
              |
             ::: catalog.yaml:5:10
              |
            5 |   - {id: ja, number: 1, name: 日本語}
              |          -- the first
              |
              = help: remove one of the two

            1 fault
        "#]];

    a_verb_listed_twice: DuplicateId,
        base().with(
            "      - verb: AUTH\n",
            "      - verb: AUTH\n        number: 14\n        replies:\n          - {code: 454, source: {rfc: 3207, section: \"4\"}}\n      - verb: AUTH\n",
        ),
        expect![[r#"
            error[duplicate-id]: the SMTP command `AUTH` is listed twice
               --> catalog.yaml:170:15
                |
            170 |       - verb: AUTH
                |               ^^^^
                |
               ::: catalog.yaml:166:15
                |
            166 |       - verb: AUTH
                |               ---- the first
                |
                = help: move its replies to the first, and remove this row

            1 fault
        "#]];

    an_id_that_begins_with_a_digit: IdForm,
        base().with("id: tls_unavailable", "id: 7bit_unavailable"),
        expect![[r#"
            error[id-form]: `7bit_unavailable` is no id
              --> catalog.yaml:83:17
               |
            83 |           - id: 7bit_unavailable
               |                 ^^^^^^^^^^^^^^^^
               |
               = help: begin with a letter: the id becomes the name of a constant

            1 fault
        "#]];

    an_id_with_a_number_for_a_word: IdForm,
        base().with("id: tls_unavailable", "id: code_454"),
        expect![[r#"
            error[id-form]: `code_454` is no id
              --> catalog.yaml:83:17
               |
            83 |           - id: code_454
               |                 ^^^^^^^^
               |
               = help: say in words what `454` stands for: the number of a code is no name

            1 fault
        "#]];

    an_id_with_two_underscores: IdForm,
        base().with("id: tls_unavailable", "id: tls__unavailable"),
        expect![[r#"
            error[id-form]: `tls__unavailable` is no id
              --> catalog.yaml:83:17
               |
            83 |           - id: tls__unavailable
               |                 ^^^^^^^^^^^^^^^^
               |
               = help: put single underscores between words only: names with two in a row belong to C compilers

            1 fault
        "#]];

    an_id_in_japanese: IdForm,
        base().with("id: tls_unavailable", "id: 利用不可"),
        expect![[r#"
            error[id-form]: `利用不可` is no id
              --> catalog.yaml:83:17
               |
            83 |           - id: 利用不可
               |                 ^^^^^^^^
               |
               = help: use the letters a to z, digits and underscores, for instance `mailbox_full`

            1 fault
        "#]];

    a_constant_too_long_for_c: ConstantName,
        base().with("id: tls_unavailable", "id: tls_temporarily_unavailable"),
        expect![[r#"
            error[constant-name]: `RC_SMTP_TLS_TEMPORARILY_UNAVAILABLE` has 35 characters; C tells names apart by the first 31
              --> catalog.yaml:83:17
               |
            83 |           - id: tls_temporarily_unavailable
               |                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^
               |
               = help: shorten the id to 23 characters

            1 fault
        "#]];

    a_reserved_constant: ConstantName,
        base().with("id: tls_unavailable", "id: count"),
        expect![[r#"
            error[constant-name]: `count` is reserved: the libraries use the name for a list, a number or a function
              --> catalog.yaml:83:17
               |
            83 |           - id: count
               |                 ^^^^^
               |
               = help: choose another id

            1 fault
        "#]];

    a_constant_of_a_command: ConstantName,
        base().with("id: tls_unavailable", "id: cmd_rcpt"),
        expect![[r#"
            error[constant-name]: `RCPT` and `cmd_rcpt` both give the constant `RC_SMTP_CMD_RCPT`
               --> catalog.yaml:83:17
                |
             83 |           - id: cmd_rcpt
                |                 ^^^^^^^^
                |
               ::: catalog.yaml:157:15
                |
            157 |       - verb: RCPT
                |               ---- the other
                |
                = help: change one of the two

            1 fault
        "#]];

    more_codes_than_the_index_has_room_for: TooMany,
        with_codes(256),
        expect![[r#"
            error[too-many]: with this row there are more than 255 codes of all protocols
               --> catalog.yaml:668:15
                |
            668 |       - code: 447
                |               ^^^
                |
                = help: leave out what is needed least: the generated tables count these in one byte

            1 fault
        "#]];

    a_pool_of_texts_too_large: TooMany,
        base().with("en: In FTP it is about files.", &format!("en: {}", "x".repeat(LARGEST_NOTE + 1))),
        expect![[r#"
            error[too-many]: with this row there are more than 65535 bytes of notes in `en` of replies
               --> catalog.yaml:249:9
                |
            249 |     id: winsock_timed_out
                |         ^^^^^^^^^^^^^^^^^
                |
                = help: shorten the longest of them: the generated tables find these by 16 bits

            1 fault
        "#]];
}

#[test]
fn two_ids_that_give_one_constant() {
    let catalog = base().with("id: tls_unavailable", "id: service-ready");
    expect![[r#"
        error[id-form]: `service-ready` is no id
          --> catalog.yaml:83:17
           |
        83 |           - id: service-ready
           |                 ^^^^^^^^^^^^^
           |
           = help: use the letters a to z, digits and underscores, for instance `mailbox_full`

        error[constant-name]: `service_ready` and `service-ready` both give the constant `RC_SMTP_SERVICE_READY`
          --> catalog.yaml:83:17
           |
        83 |           - id: service-ready
           |                 ^^^^^^^^^^^^^
           |
          ::: catalog.yaml:61:17
           |
        61 |           - id: service_ready
           |                 ------------- the other
           |
           = help: change one of the two

        2 faults
    "#]]
    .assert_eq(&format!("{}\n", catalog.report()));
}

#[test]
fn keywords_of_c_rust_and_python_are_ids_like_any_other() {
    for keyword in ["continue", "default", "yield", "type", "match", "pass"] {
        base().with("id: tls_unavailable", &format!("id: {keyword}")).assert_valid();
    }
}

/// A pool has 65,535 bytes. Each of the 37 entries that are not of enhanced status codes has a NUL in it, and there are
/// two other notes, of 33 and 26 bytes.
const LARGEST_NOTE: usize = 65_535 - 37 - 33 - 26;

#[test]
fn as_much_text_as_a_pool_has_room_for() {
    base().with("en: In FTP it is about files.", &format!("en: {}", "x".repeat(LARGEST_NOTE))).assert_valid();
}

/// The base with codes for FTP's list `field` until all protocols together have so many.
fn with_codes(total: u16) -> Catalog {
    // The base has 6 of SMTP and 2 of FTP.
    let rows: String = (200..200 + total - 8)
        .map(|code| {
            let id: String = code.to_string().bytes().map(|digit| char::from(digit - b'0' + b'a')).collect();
            let facts = format!("id: {id}, source: {{field: x}}, status: field");
            let words = "title: {en: x, ja: x}, meaning: {en: x, ja: です。}, action: {en: x, ja: です。}";
            format!("      - code: {code}\n        senses: [{{{facts}, {words}}}]\n")
        })
        .collect();
    base().behind("  - id: ftp\n    name: FTP\n", &format!("    field:\n{rows}"))
}

#[test]
fn as_many_codes_as_the_index_has_room_for() {
    with_codes(255).assert_valid();
}
