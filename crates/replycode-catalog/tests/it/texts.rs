//! Texts: in every language, well written, and readable where they are shown.

use expect_test::expect;

use crate::catalog::base;

faults! {
    a_text_in_a_language_that_is_not_listed: UnknownLanguage,
        base().with("ja: サーバーの準備完了}", "ja: サーバーの準備完了, de: Server bereit}"),
        expect![[r#"
            error[unknown-language]: the catalogue lists no language `de`
              --> catalog.yaml:67:54
               |
            67 |             title: {en: Server ready, ja: サーバーの準備完了, de: Server bereit}
               |                                                               ^^
               |
               = help: the languages are `en` and `ja`; correct this one, or add it under `languages:`

            1 fault
        "#]];

    a_text_in_norwegian_without_a_form: UnknownLanguage,
        base().with("ja: サーバーの準備完了}", "ja: サーバーの準備完了, no: Klar}"),
        expect![[r#"
            error[unknown-language]: the catalogue lists no language `no`
              --> catalog.yaml:67:54
               |
            67 |             title: {en: Server ready, ja: サーバーの準備完了, no: Klar}
               |                                                               ^^
               |
               = help: write `nb` for Norwegian Bokmål or `nn` for Nynorsk, and add it under `languages:`

            1 fault
        "#]];

    a_title_without_japanese: MissingTranslation,
        base().with("title: {en: TLS not available now, ja: TLSの一時的な利用不可}", "title: {en: TLS not available now}"),
        expect![[r#"
            error[missing-translation]: SMTP 454 `tls_unavailable` has no `title` in `ja`
              --> catalog.yaml:89:25
               |
            89 |             title: {en: TLS not available now}
               |                         ^^^^^^^^^^^^^^^^^^^^^
               |
               = help: add `ja: ...` to it

            1 fault
        "#]];

    a_language_without_its_text: MissingTranslation,
        base().with("ja: TLSの一時的な利用不可}", "ja: }"),
        expect![[r#"
            error[missing-translation]: SMTP 454 `tls_unavailable` has no `title` in `ja`
              --> catalog.yaml:89:25
               |
            89 |             title: {en: TLS not available now, ja: }
               |                         ^^^^^^^^^^^^^^^^^^^^^
               |
               = help: add `ja: ...` to it

            1 fault
        "#]];

    two_texts_without_english: MissingTranslation,
        base()
            .with("meaning: {en: The server cannot start the encryption., ja", "meaning: {ja")
            .with("note: {en: The same number answers STARTTLS., ja", "note: {ja"),
        expect![[r#"
            error[missing-translation]: SMTP 454 `tls_unavailable` has no `meaning` in `en`
              --> catalog.yaml:90:27
               |
            90 |             meaning: {ja: サーバーは暗号化を開始できません。}
               |                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
               |
               = help: add `en: ...` to it

            error[missing-translation]: SMTP 454 `auth_temporary_failure` has no `note` in `en`
               --> catalog.yaml:102:24
                |
            102 |             note: {ja: 同じ番号がSTARTTLSへの応答にもなります。}
                |                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
                |
                = help: add `en: ...` to it

            2 faults
        "#]];

    a_title_too_wide: TitleWidth,
        base().with("ja: TLSの一時的な利用不可}", "ja: サーバーによるTLSの一時的な利用不可}"),
        expect![[r#"
            error[title-width]: this title takes 35 columns, 3 too many
              --> catalog.yaml:89:52
               |
            89 |             title: {en: TLS not available now, ja: サーバーによるTLSの一時的な利用不可}
               |                                                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
               |
               = help: shorten it to 32 columns, the line of a status page; a full-width character takes two

            1 fault
        "#]];

    an_english_title_too_wide: TitleWidth,
        base().with("en: TLS not available now,", "en: \"TLS is not available on this server\","),
        expect![[r#"
            error[title-width]: this title takes 35 columns, 3 too many
              --> catalog.yaml:89:25
               |
            89 |             title: {en: "TLS is not available on this server", ja: TLSの一時的な利用不可}
               |                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
               |
               = help: shorten it to 32 columns, the line of a status page

            1 fault
        "#]];

    an_empty_text: TextForm,
        base().with("ja: サーバーは暗号化を開始できません。", "ja: \"\""),
        expect![[r#"
            error[text-form]: this text is empty
              --> catalog.yaml:90:72
               |
            90 |             meaning: {en: The server cannot start the encryption., ja: ""}
               |                                                                        ^^
               |
               = help: write it, or leave out its line

            1 fault
        "#]];

    a_control_character: TextForm,
        base().with("phrase: Not logged in.", "phrase: \"Not logged\\tin.\""),
        expect![[r#"
            error[text-form]: the text has the control or invisible character U+0009
               --> catalog.yaml:203:21
                |
            203 |             phrase: "Not logged\tin."
                |                     ^^^^^^^^^^^^^^^^^
                |
                = help: remove it; a text is one line, and whoever shows it breaks it where needed

            1 fault
        "#]];

    an_invisible_character_after_japanese: TextForm,
        base().with("ja: サーバーは暗号化を開始できません。", "ja: サーバーは\u{A0}暗号化を開始できません。"),
        expect![[r#"
            error[text-form]: the text has the control or invisible character U+00A0
              --> catalog.yaml:90:77
               |
            90 |             meaning: {en: The server cannot start the encryption., ja: サーバーは 暗号化を開始できません。}
               |                                                                                  ^
               |
               = help: remove it; a text is one line, and whoever shows it breaks it where needed

            1 fault
        "#]];

    a_blank_at_the_end: TextForm,
        base().with("en: Check user name and password.", "en: \"Check user name and password. \""),
        expect![[r#"
            error[text-form]: the text ends with a blank
               --> catalog.yaml:209:56
                |
            209 |             action: {en: "Check user name and password. ", ja: ユーザー名とパスワードを確認してください。}
                |                                                        ^
                |
                = help: remove it

            1 fault
        "#]];

    two_blanks: TextForm,
        base().with("en: Check user name and password.", "en: Check user  name and password."),
        expect![[r#"
            error[text-form]: two blanks follow each other
               --> catalog.yaml:209:36
                |
            209 |             action: {en: Check user  name and password., ja: ユーザー名とパスワードを確認してください。}
                |                                    ^^
                |
                = help: remove one

            1 fault
        "#]];

    a_decomposed_character: TextForm,
        base().with("ja: パスワードは変更しないでください。", "ja: ハ\u{309A}スワードは変更しないでください。"),
        expect![[r#"
            error[text-form]: `パ` is not in Unicode's normal form C
               --> catalog.yaml:101:59
                |
            101 |             action: {en: Do not change the password., ja: パスワードは変更しないでください。}
                |                                                           ^^
                |
                = help: write it as `パ`, composed into one character

            1 fault
        "#]];

    a_curly_quote_in_english: TextForm,
        base().with("en: In FTP it is about files.", "en: In FTP it’s about files."),
        expect![[r#"
            error[text-form]: the English text has `’` (U+2019), which is not ASCII
               --> catalog.yaml:114:33
                |
            114 |             note: {en: In FTP it’s about files., ja: FTPではファイルに関する応答です。}
                |                                 ^
                |
                = help: write `'`

            1 fault
        "#]];

    a_character_that_jis_does_not_have: Encodable,
        base().with("ja: サーバーは暗号化を開始できません。", "ja: サーバーは①暗号化を開始できません。"),
        expect![[r#"
            error[encodable]: `①` (U+2460) is not in JIS X 0208, so it does not survive CP932 and EUC-JP
              --> catalog.yaml:90:77
               |
            90 |             meaning: {en: The server cannot start the encryption., ja: サーバーは①暗号化を開始できません。}
               |                                                                                  ^
               |
               = help: say it with kana, common kanji or ASCII; katakana are full-width

            1 fault
        "#]];

    a_wave_dash: Encodable,
        base().with("ja: FTPではファイルに関する応答です。", "ja: FTPの550～553はファイルに関する応答です。"),
        expect![[r#"
            error[encodable]: `～` (U+FF5E) changes on its way through CP932 or EUC-JP: converters disagree on it
               --> catalog.yaml:114:62
                |
            114 |             note: {en: In FTP it is about files., ja: FTPの550～553はファイルに関する応答です。}
                |                                                               ^^
                |
                = help: write `から` or `-` for a range

            1 fault
        "#]];

    a_backslash_in_japanese: Encodable,
        base().with("ja: FTPではファイルに関する応答です。", "ja: FTPではC:\\などに関する応答です。"),
        expect![[r#"
            error[encodable]: `\` (U+005C) changes on its way through CP932 or EUC-JP: converters disagree on it
               --> catalog.yaml:114:62
                |
            114 |             note: {en: In FTP it is about files., ja: FTPではC:\などに関する応答です。}
                |                                                                ^
                |
                = help: write `/` in a path, and `円` for the currency

            1 fault
        "#]];

    a_term_that_the_glossary_refuses: Glossary,
        base().with("ja: 宛先が存在しません。}\n            action", "ja: ユーザーのサーバに受信者が存在しません。}\n            action"),
        expect![[r#"
            error[glossary]: the glossary has another word for `サーバ`
               --> catalog.yaml:112:67
                |
            112 |             meaning: {en: The recipient does not exist., ja: ユーザーのサーバに受信者が存在しません。}
                |                                                                        ^^^^^^
                |
                = help: write `サーバー`

            error[glossary]: the glossary has another word for `受信者`
               --> catalog.yaml:112:71
                |
            112 |             meaning: {en: The recipient does not exist., ja: ユーザーのサーバに受信者が存在しません。}
                |                                                                                ^^^^^^
                |
                = help: write `宛先`

            2 faults
        "#]];

    a_title_that_is_a_sentence: JapaneseStyle,
        base().with("ja: TLSの一時的な利用不可}", "ja: TLSを利用できません。}"),
        expect![[r#"
            error[japanese-style]: the title is a sentence that ends with `ません`
              --> catalog.yaml:89:60
               |
            89 |             title: {en: TLS not available now, ja: TLSを利用できません。}
               |                                                                 ^^^^^^
               |
               = help: make it a noun phrase, for instance `パスワードの誤り`

            error[japanese-style]: the title ends with `。`
              --> catalog.yaml:89:63
               |
            89 |             title: {en: TLS not available now, ja: TLSを利用できません。}
               |                                                                       ^^
               |
               = help: remove it: a title is a noun phrase

            2 faults
        "#]];

    a_sentence_in_the_plain_form: JapaneseStyle,
        base().with("ja: FTPではファイルに関する応答です。", "ja: FTPではファイルに関する応答である。詳細は別です（RFC 959）。"),
        expect![[r#"
            error[japanese-style]: the sentence does not end in the polite form
               --> catalog.yaml:114:72
                |
            114 |             note: {en: In FTP it is about files., ja: FTPではファイルに関する応答である。詳細は別です（RFC 959）。}
                |                                                                                      ^^
                |
                = help: end it with ます, です, ません, ました or ください

            1 fault
        "#]];

    a_sentence_without_its_end: JapaneseStyle,
        base().with("ja: FTPではファイルに関する応答です。", "ja: FTPではファイルに関する応答です"),
        expect![[r#"
            error[japanese-style]: the sentence does not end with `。`
               --> catalog.yaml:114:71
                |
            114 |             note: {en: In FTP it is about files., ja: FTPではファイルに関する応答です}
                |                                                                                    ^^
                |
                = help: add `。`

            1 fault
        "#]];

    full_width_digits_and_blanks: JapaneseStyle,
        base().with("ja: RFC 5321では452です。", "ja: RFC 5321では ４52です。"),
        expect![[r#"
            error[japanese-style]: there is a blank beside Japanese
               --> catalog.yaml:135:66
                |
            135 |             note: {en: RFC 5321 has 452 for this., ja: RFC 5321では ４52です。}
                |                                                                    ^
                |
                = help: remove it: Japanese and ASCII stand side by side

            error[japanese-style]: `４` (U+FF14) is full-width
               --> catalog.yaml:135:67
                |
            135 |             note: {en: RFC 5321 has 452 for this., ja: RFC 5321では ４52です。}
                |                                                                     ^^
                |
                = help: write letters and digits in ASCII

            2 faults
        "#]];

    a_placeholder_lost_in_translation: Placeholder,
        base().with("ja: サーバー<domain>に接続できました。", "ja: サーバーに接続できました。"),
        expect![[r#"
            error[placeholder]: `<domain>` of the `en` text is missing here
              --> catalog.yaml:68:81
               |
            68 |             meaning: {en: The server <domain> has accepted the connection., ja: サーバーに接続できました。}
               |                                                                                 ^^^^^^^^^^^^^^^^^^^^^^^^^^
               |
              ::: catalog.yaml:68:27
               |
            68 |             meaning: {en: The server <domain> has accepted the connection., ja: サーバーに接続できました。}
               |                           ------------------------------------------------ the `en` text
               |
               = help: write the same placeholders in both; programs and readers look for them

            1 fault
        "#]];

    a_placeholder_under_another_name: Placeholder,
        base().with("ja: サーバー<domain>に接続できました。", "ja: サーバー<host>に接続できました。"),
        expect![[r#"
            error[placeholder]: the `en` text has `<domain>` where this has `<host>`
              --> catalog.yaml:68:81
               |
            68 |             meaning: {en: The server <domain> has accepted the connection., ja: サーバー<host>に接続できました。}
               |                                                                                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
               |
              ::: catalog.yaml:68:27
               |
            68 |             meaning: {en: The server <domain> has accepted the connection., ja: サーバー<host>に接続できました。}
               |                           ------------------------------------------------ the `en` text
               |
               = help: write the same placeholders in both; programs and readers look for them

            1 fault
        "#]];

    a_review_of_an_older_text: StaleTranslation,
        base().behind("ja: TLSの一時的な利用不可}\n", "            reviewed: {ja: 0123abcd}\n"),
        expect![[r#"
            error[stale-translation]: the `en` texts of SMTP 454 `tls_unavailable` have changed since the `ja` ones were reviewed
              --> catalog.yaml:90:28
               |
            90 |             reviewed: {ja: 0123abcd}
               |                            ^^^^^^^^
               |
               = help: read the `ja` texts beside them, correct what has to be, then write `ja: 3c51145b`

            1 fault
        "#]];

    a_review_in_an_unknown_language: UnknownLanguage,
        base().behind("ja: TLSの一時的な利用不可}\n", "            reviewed: {de: 0123abcd}\n"),
        expect![[r#"
            error[unknown-language]: the catalogue lists no language `de`
              --> catalog.yaml:90:24
               |
            90 |             reviewed: {de: 0123abcd}
               |                        ^^
               |
               = help: the languages are `en` and `ja`; correct this one, or add it under `languages:`

            1 fault
        "#]];
}

#[test]
fn reviews_are_asked_for_where_the_catalogue_requires_them() {
    let catalog = base().behind("version: 2026.11.0\n", "reviews: required\n");
    let report = catalog.report();
    assert!(report.findings().iter().all(|finding| finding.rule == replycode_catalog::Rule::Unreviewed));
    // Every entry of the base: 12 severities, 13 categories, 8 senses of SMTP with those of the field, 2 of FTP, 6
    // enhanced, 2 numbers that are no reply.
    assert_eq!(report.findings().len(), 12 + 13 + 8 + 2 + 6 + 2);
    let first = report.to_string().split("\n\n").next().unwrap().to_owned();
    expect![[r#"
        error[unreviewed]: nobody has reviewed the `ja` texts of SMTP severity `completion`
          --> catalog.yaml:12:13
           |
        12 |       - id: completion
           |             ^^^^^^^^^^
           |
           = help: read them beside the `en` ones, then add `reviewed: {ja: dd5a8f91}`"#]]
    .assert_eq(&first);
}

#[test]
fn a_review_fits_until_the_original_changes() {
    let text = |language: &str, old: &str, new: &str| {
        let mark = base().check().unwrap();
        let entry = &mark.protocols()[0].replies[2].senses[0];
        assert_eq!(*entry.id, "tls_unavailable");
        let reviewed = format!("            reviewed: {{ja: {}}}\n", entry.review_mark("en"));
        let reviewed = base().behind("ja: TLSの一時的な利用不可}\n", &reviewed);
        reviewed.assert_valid();
        let changed = reviewed.with(&format!("{language}: {old}"), &format!("{language}: {new}"));
        changed.check().map(|_| ()).map_err(|report| report.findings().iter().map(|f| f.rule).collect::<Vec<_>>())
    };
    assert_eq!(text("ja", "サーバーは暗号化を開始できません。", "サーバーは暗号化できません。"), Ok(()));
    assert_eq!(
        text("en", "The server cannot start the encryption.", "The server cannot encrypt."),
        Err(vec![replycode_catalog::Rule::StaleTranslation])
    );
}

#[test]
fn the_mark_of_a_review_is_the_beginning_of_a_digest() {
    let model = base().check().unwrap();
    // The first 8 digits of: printf "TLS not available now\nThe server cannot start the encryption.\nTry again
    // later.\n" piped through sha256sum. The note is empty, so the last line feed joins nothing to it.
    let entry = &model.protocols()[0].replies[2].senses[0];
    assert_eq!(entry.review_mark("en"), "3c51145b");
}

#[test]
fn aliases_are_left_as_others_write_them() {
    base().with("aliases: [永久否定的応答]", "aliases: [永久否定的応答, サーバダウン]").assert_valid();
}

/// With a mark for every entry, in block and in flow style, and another language beside.
#[test]
fn marks_of_reviews_are_written_into_the_text() {
    use replycode_catalog::{Source, mark_reviewed};
    let marked = |text: &str, ids: &[&str]| mark_reviewed(Source { path: "catalog.yaml", text }, ids).unwrap();
    let required = crate::catalog::BASE.replace("version: 2026.11.0\n", "version: 2026.11.0\nreviews: required\n");
    let all = marked(&required, &[]);
    crate::catalog::of(all.as_str()).assert_valid();
    assert_eq!(all.matches("reviewed: ").count(), 43);
    assert_eq!(marked(&all, &[]), all, "a second time changes nothing");

    let one = marked(crate::catalog::BASE, &["tls_unavailable"]);
    let added: Vec<_> = one.lines().filter(|line| !crate::catalog::BASE.contains(line)).collect();
    assert_eq!(added, ["            reviewed: {ja: 3c51145b}"]);
    let stale = one.replace("The server cannot start the encryption.", "The server cannot encrypt.");
    assert!(crate::catalog::of(stale.as_str()).check().is_err());
    crate::catalog::of(marked(&stale, &["tls_unavailable"])).assert_valid();

    // A catalogue with other faults is not touched.
    let broken = crate::catalog::BASE.replace("- code: 421", "- code: 0421");
    assert!(mark_reviewed(Source { path: "catalog.yaml", text: &broken }, &[]).is_err());
}
