//! From bytes to rows.

use expect_test::expect;

use crate::catalog::{base, of};

faults! {
    bytes_of_another_encoding: Utf8,
        of(encoding_rs::SHIFT_JIS.encode("version: 2026.11.0\nname: サーバーの準備完了\n").0),
        expect![[r#"
            error[utf8]: the byte 0x83 is not UTF-8
             --> catalog.yaml:2:7
              |
            2 | name: �T�[�o�[�̏�������
              |       ^
              |
              = help: save the file as UTF-8; it reads well as CP932, so `iconv -f CP932 -t UTF-8` will convert it

            1 fault
        "#]];

    bytes_cut_off_within_a_character: Utf8,
        of(b"version: 2026.11.0\nname: \xE3\x82".as_slice()),
        expect![[r#"
            error[utf8]: the byte 0xE3 is not UTF-8
             --> catalog.yaml:2:7
              |
            2 | name: �
              |       ^
              |
              = help: the file ends within a character: save it again

            1 fault
        "#]];

    an_open_bracket: Yaml,
        base().with("{id: en, number: 0, name: English}", "{id: en, number: 0, name: English"),
        expect![[r#"
            error[yaml]: "-" is only valid inside a block
             --> catalog.yaml:8:3
              |
            8 |   - id: smtp
              |   ^
              |
              = help: repair the YAML here or in the lines before, for instance a bracket left open or a wrong indentation; nothing behind this place was looked at

            1 fault
        "#]];

    a_tab: Yaml,
        base().with("    name: SMTP\n", "\tname: SMTP\n"),
        expect![[r#"
            error[yaml]: while scanning a plain scalar, found a tab
             --> catalog.yaml:9:1
              |
            9 |     name: SMTP
              | ^^^^
              |
              = help: repair the YAML here or in the lines before, for instance a bracket left open or a wrong indentation; nothing behind this place was looked at

            1 fault
        "#]];

    an_equal_key_after_japanese: DuplicateKey,
        base().with("ja: サーバーの準備完了}", "ja: サーバーの準備完了, ja: サーバーの準備}"),
        expect![[r#"
            error[duplicate-key]: the key `ja` stands here a second time
              --> catalog.yaml:67:54
               |
            67 |             title: {en: Server ready, ja: サーバーの準備完了, ja: サーバーの準備}
               |                                                               ^^
               |
              ::: catalog.yaml:67:39
               |
            67 |             title: {en: Server ready, ja: サーバーの準備完了, ja: サーバーの準備}
               |                                       -- the first
               |
               = help: remove one of the two, or merge them

            1 fault
        "#]];

    a_list_where_a_text_belongs: WrongType,
        base().with("phrase: TLS not available due to temporary reason", "phrase: [TLS not available]"),
        expect![[r#"
            error[wrong-type]: expected a text, found a list
              --> catalog.yaml:85:21
               |
            85 |             phrase: [TLS not available]
               |                     ^^^^^^^^^^^^^^^^^^^
               |
               = help: write a text here

            1 fault
        "#]];

    a_text_where_texts_belong: WrongType,
        base().with("title: {en: TLS not available now, ja: TLSの一時的な利用不可}", "title: TLS not available now"),
        expect![[r#"
            error[wrong-type]: expected a text in each language, `{en: ..., ja: ...}`, found a scalar
              --> catalog.yaml:89:20
               |
            89 |             title: TLS not available now
               |                    ^^^^^^^^^^^^^^^^^^^^^
               |
               = help: write a text in each language, `{en: ..., ja: ...}` here

            1 fault
        "#]];

    no_meaning: MissingField,
        base().with("            meaning: {en: The recipient does not exist., ja: 宛先が存在しません。}\n", ""),
        expect![[r#"
            error[missing-field]: this sense has no `meaning`
               --> catalog.yaml:105:13
                |
            105 |           - id: mailbox_unavailable
                |             ^^
                |
                = help: add `meaning: ...`

            1 fault
        "#]];

    no_action: MissingField,
        base().with("            action: {en: Do not change the password., ja: パスワードは変更しないでください。}\n", ""),
        expect![[r#"
            error[missing-field]: SMTP 454 `auth_temporary_failure` has no `action`
              --> catalog.yaml:92:17
               |
            92 |           - id: auth_temporary_failure
               |                 ^^^^^^^^^^^^^^^^^^^^^^
               |
               = help: add `action: {...}` with what a technician should check or change, the likeliest first

            1 fault
        "#]];

    no_sense: MissingField,
        base().behind("    field:\n", "      - code: 431\n        senses: []\n"),
        expect![[r#"
            error[missing-field]: 431 has no sense
               --> catalog.yaml:137:15
                |
            137 |       - code: 431
                |               ^^^
                |
                = help: add one under `senses:`, or remove the code

            1 fault
        "#]];

    a_misspelt_field: UnknownField,
        base().with("aliases: [永久否定的応答]", "alias: [永久否定的応答]"),
        expect![[r#"
            error[unknown-field]: a severity has no field `alias`
              --> catalog.yaml:40:9
               |
            40 |         alias: [永久否定的応答]
               |         ^^^^^
               |
               = help: write `aliases`, if that is what was meant

            1 fault
        "#]];

    a_code_with_a_leading_zero: Number,
        base().with("- code: 421", "- code: 0421"),
        expect![[r#"
            error[number]: `0421` is not a reply code
              --> catalog.yaml:70:15
               |
            70 |       - code: 0421
               |               ^^^^
               |
               = help: write a decimal number from 100 to 999, without leading zeros

            1 fault
        "#]];

    a_code_below_the_range: Number,
        base().with("- code: 421", "- code: 99"),
        expect![[r#"
            error[number]: `99` is not a reply code
              --> catalog.yaml:70:15
               |
            70 |       - code: 99
               |               ^^
               |
               = help: write a decimal number from 100 to 999, without leading zeros

            1 fault
        "#]];

    a_code_above_the_range: Number,
        base().with("- code: 421", "- code: 1000"),
        expect![[r#"
            error[number]: `1000` is not a reply code
              --> catalog.yaml:70:15
               |
            70 |       - code: 1000
               |               ^^^^
               |
               = help: write a decimal number from 100 to 999, without leading zeros

            1 fault
        "#]];

    a_class_that_does_not_exist: Number,
        base().with("{class: 4, id: transient", "{class: 3, id: transient"),
        expect![[r#"
            error[number]: there is no class 3
               --> catalog.yaml:213:15
                |
            213 |     - {class: 3, id: transient, source: {rfc: 3463, section: "2"}, title: {en: Temporary failure, ja: 一時的な失敗}, meaning: {en: ...
                |               ^
                |
                = help: RFC 3463 section 2 has the classes 2, 4 and 5

            1 fault
        "#]];

    an_unknown_verdict: Word,
        base().with("verdict: {is: retry_later,", "verdict: {is: retry,"),
        expect![[r#"
            error[word]: `retry`: unknown verdict: expected one of done, continue, retry_soon, retry_later, fix_first, give_up
               --> catalog.yaml:131:27
                |
            131 |             verdict: {is: retry, reason: "RFC 5321 4.5.3.1.10: treat a 552 to RCPT as 452"}
                |                           ^^^^^
                |
                = help: write one of these

            1 fault
        "#]];

    an_enhanced_code_without_detail: Word,
        base().with("enhanced: [5.1.1]", "enhanced: [5.1]"),
        expect![[r#"
            error[word]: `5.1`: not an enhanced status code: expected CLASS.SUBJECT.DETAIL, class 2, 4 or 5, the others 0 to 999 without leading zeros
               --> catalog.yaml:110:24
                |
            110 |             enhanced: [5.1]
                |                        ^^^
                |
                = help: write it as in RFC 3463, for instance 5.7.1

            1 fault
        "#]];

    a_setting_with_another_value: Word,
        base().behind("version: 2026.11.0\n", "complete: yes\n"),
        expect![[r#"
            error[word]: `complete` is never `yes`
             --> catalog.yaml:3:11
              |
            3 | complete: yes
              |           ^^^
              |
              = help: write `complete: true`, or leave the line out

            1 fault
        "#]];

    a_version_of_two_numbers: Version,
        base().with("version: 2026.11.0", "version: 2026.11"),
        expect![[r#"
            error[version]: `2026.11` is no version
             --> catalog.yaml:2:10
              |
            2 | version: 2026.11
              |          ^^^^^^^
              |
              = help: write year, month and a count, for instance `2026.11.0`, for an overlay `2026.11.0+acme.1`

            1 fault
        "#]];
}

#[test]
fn all_faults_show_in_one_run() {
    let catalog = base()
        .with("- code: 421", "- code: 0421")
        .with("aliases: [永久否定的応答]", "alias: [永久否定的応答]")
        .with("- code: 552", "- code: 550")
        .with(
            "ja: 宛先の容量制限の超過}\n            meaning",
            "ja: 宛先のメールボックスの容量制限の超過}\n            meaning",
        )
        .with(
            "en: The server cannot start the encryption., ja: サーバーは暗号化を開始できません。",
            "en: The server cannot start the encryption.",
        )
        .with("id: not_logged_in", "id: file_status_okay")
        .with("ja: 転送の開始}", "ja: 転送の開始, ja: 転送}");
    expect![[r#"
        error[unknown-field]: a severity has no field `alias`
          --> catalog.yaml:40:9
           |
        40 |         alias: [永久否定的応答]
           |         ^^^^^
           |
           = help: write `aliases`, if that is what was meant

        error[number]: `0421` is not a reply code
          --> catalog.yaml:70:15
           |
        70 |       - code: 0421
           |               ^^^^
           |
           = help: write a decimal number from 100 to 999, without leading zeros

        error[missing-translation]: SMTP 454 `tls_unavailable` has no `meaning` in `ja`
          --> catalog.yaml:90:27
           |
        90 |             meaning: {en: The server cannot start the encryption.}
           |                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
           |
           = help: add `ja: ...` to it

        error[duplicate-code]: SMTP 550 in `replies` is listed twice
           --> catalog.yaml:115:15
            |
        115 |       - code: 550
            |               ^^^
            |
           ::: catalog.yaml:103:15
            |
        103 |       - code: 550
            |               --- the first
            |
            = help: move its senses to the first, and remove this row

        error[title-width]: this title takes 36 columns, 4 too many
           --> catalog.yaml:123:43
            |
        123 |             title: {en: Mailbox full, ja: 宛先のメールボックスの容量制限の超過}
            |                                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
            |
            = help: shorten it to 32 columns, the line of a status page; a full-width character takes two

        error[duplicate-key]: the key `ja` stands here a second time
           --> catalog.yaml:197:55
            |
        197 |             title: {en: Transfer starting, ja: 転送の開始, ja: 転送}
            |                                                            ^^
            |
           ::: catalog.yaml:197:44
            |
        197 |             title: {en: Transfer starting, ja: 転送の開始, ja: 転送}
            |                                            -- the first
            |
            = help: remove one of the two, or merge them

        error[duplicate-id]: the id `file_status_okay` is used twice among the senses of FTP, those of the field included
           --> catalog.yaml:202:17
            |
        202 |           - id: file_status_okay
            |                 ^^^^^^^^^^^^^^^^
            |
           ::: catalog.yaml:192:17
            |
        192 |           - id: file_status_okay
            |                 ---------------- the first
            |
            = help: give one of them another id; ids that have been published stay

        7 faults
    "#]]
    .assert_eq(&format!("{}\n", catalog.report()));
}

#[test]
fn no_file_is_a_fault() {
    let report = replycode_catalog::check(&[]).unwrap_err();
    assert_eq!(report.findings().len(), 1);
    assert!(report.to_string().starts_with("error[yaml]: no file was given\n"));
}

#[test]
fn line_ends_and_a_byte_order_mark_change_nothing() {
    let digest = |text: String| of(text).check().unwrap().digest().to_owned();
    let plain = digest(crate::catalog::BASE.to_owned());
    assert_eq!(digest(crate::catalog::BASE.replace('\n', "\r\n")), plain);
    assert_eq!(digest(format!("\u{FEFF}{}", crate::catalog::BASE)), plain);
}

#[test]
fn places_are_right_with_other_line_ends_and_a_byte_order_mark() {
    let broken = crate::catalog::BASE.replace("ja: サーバーの準備完了}", "ja: サーバの準備完了}").replace('\n', "\r\n");
    for text in [broken.clone(), format!("\u{FEFF}{broken}")] {
        let report = of(text.clone()).check().unwrap_err();
        let [finding] = report.findings() else { panic!("{report}") };
        assert_eq!(&text[finding.span.start..finding.span.end], "サーバ");
    }
}

#[test]
fn whatever_is_missing_or_mangled_is_reported_in_its_place() {
    // Every 9th line left out, and every 9th cut in half.
    let lines: Vec<&str> = crate::catalog::BASE.lines().collect();
    for (place, line) in lines.iter().enumerate().step_by(9) {
        for stand_in in [None, line.char_indices().nth(line.chars().count() / 2).map(|(at, _)| &line[..at])] {
            let mangled: Vec<&str> =
                lines[..place].iter().copied().chain(stand_in).chain(lines[place + 1..].iter().copied()).collect();
            let text = mangled.join("\n");
            let Err(report) = of(text.as_str()).check() else { continue };
            for finding in report.findings() {
                let (start, end) = (finding.span.start, finding.span.end);
                assert!(text.get(start..end).is_some(), "{finding:?}");
            }
            assert!(report.to_string().ends_with("fault") || report.to_string().ends_with("faults"));
        }
    }
}
