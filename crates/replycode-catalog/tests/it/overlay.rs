//! What an overlay may change, and what comes out.

use expect_test::expect;
use replycode::{Protocol, Verdict};
use replycode_catalog::{Model, Rule, Source, check, mark_reviewed};

use crate::catalog::{Catalog, base};

/// An overlay of a camera vendor with everything that an overlay can hold.
pub(crate) const VENDOR: &str = include_str!("vendor.yaml");

fn vendor() -> Catalog {
    base().overlay(VENDOR)
}

/// The base under an overlay that holds only what is given.
fn under(text: &str) -> Catalog {
    base().overlay(&format!("overlay: true\nversion: 2026.11.0+acme.1\n{text}"))
}

/// The base under an overlay of SMTP.
fn smtp(lists: &str) -> Catalog {
    under(&format!("protocols:\n  - id: smtp\n{lists}"))
}

/// The base under an overlay of one sense of SMTP 550.
fn mailbox(fields: &str) -> Catalog {
    smtp(&format!("    replies:\n      - code: 550\n        senses:\n          - id: mailbox_unavailable\n{fields}"))
}

/// A vendor's own code.
fn blocked(id: &str, title: &str) -> String {
    format!(
        "    field:
      - code: 571
        senses:
          - id: {id}
            source: {{field: Acme relay}}
            status: field
            title: {title}
            meaning: {{en: Blocked., ja: 拒否されました。}}
            action: {{en: Ask., ja: 確認してください。}}
"
    )
}

faults! {
    an_overlay_alone: Overlay,
        crate::catalog::of("overlay: true\nversion: 2026.11.0+acme.1\n"),
        expect![[r#"
            error[overlay]: this file is an overlay
             --> catalog.yaml:1:1
              |
            1 | overlay: true
              | ^^^^^^^^^^^^^
              |
              = help: give the catalogue that it lies over before it

            1 fault
        "#]];

    a_second_catalogue: Overlay,
        base().overlay("version: 2026.11.1\nlanguages: []\nprotocols: []\n"),
        expect![[r#"
            error[overlay]: this file is a second catalogue, or an overlay without its mark
             --> vendor.yaml:1:1
              |
            1 | version: 2026.11.1
              | ^^^^^^^^^^^^^^^^^^
              |
              = help: write `overlay: true` at its head; it then holds only what differs from the catalogue under it

            1 fault
        "#]];

    an_overlay_with_another_mark: Word,
        base().overlay("overlay: acme\nversion: 2026.11.0+acme.1\n"),
        expect![[r#"
            error[word]: `overlay` has another value than `true`
             --> vendor.yaml:1:10
              |
            1 | overlay: acme
              |          ^^^^
              |
              = help: write `overlay: true`

            1 fault
        "#]];

    an_overlay_without_a_version: MissingField,
        base().overlay("overlay: true\nprotocols: []\n"),
        expect![[r#"
            error[missing-field]: this overlay has no `version`
             --> vendor.yaml:1:1
              |
            1 | overlay: true
              | ^^^^^^^
              |
              = help: add `version: ...`, the base's with a suffix of yours, for instance `2026.11.0+acme.1`

            1 fault
        "#]];

    an_overlay_with_the_version_of_its_base: Overlay,
        base().overlay("overlay: true\nversion: 2026.11.0\n"),
        expect![[r#"
            error[overlay]: the overlay has the version of the catalogue under it
             --> vendor.yaml:2:10
              |
            2 | version: 2026.11.0
              |          ^^^^^^^^^
              |
             ::: catalog.yaml:2:10
              |
            2 | version: 2026.11.0
              |          --------- the version under it
              |
              = help: add a suffix of yours, for instance `+acme.1`, so that the two can be told apart

            1 fault
        "#]];

    a_phrase_that_an_overlay_changes: Overlay,
        mailbox("            phrase: No such user here\n"),
        expect![[r#"
            error[overlay]: an overlay cannot change `phrase` of sense `mailbox_unavailable` of SMTP 550
             --> vendor.yaml:9:13
              |
            9 |             phrase: No such user here
              |             ^^^^^^
              |
              = help: remove it; what is not a matter of words stays as the catalogue under the overlay has it

            1 fault
        "#]];

    a_source_that_an_overlay_changes: Overlay,
        mailbox("            source: {field: our cameras}\n"),
        expect![[r#"
            error[overlay]: an overlay cannot change `source` of sense `mailbox_unavailable` of SMTP 550
             --> vendor.yaml:9:13
              |
            9 |             source: {field: our cameras}
              |             ^^^^^^
              |
              = help: remove it; what is not a matter of words stays as the catalogue under the overlay has it

            1 fault
        "#]];

    an_id_that_an_overlay_changes: Overlay,
        under("enhanced:\n  details:\n    - {subject: 1, detail: 1, id: no_such_recipient}\n"),
        expect![[r#"
            error[overlay]: an overlay cannot change `id` of enhanced detail `1.1`
             --> vendor.yaml:5:31
              |
            5 |     - {subject: 1, detail: 1, id: no_such_recipient}
              |                               ^^
              |
              = help: remove it; what is not a matter of words stays as the catalogue under the overlay has it

            1 fault
        "#]];

    a_setting_that_an_overlay_changes: Overlay,
        under("complete: true\n"),
        expect![[r#"
            error[overlay]: an overlay cannot change `complete` of the catalogue
             --> vendor.yaml:3:1
              |
            3 | complete: true
              | ^^^^^^^^
              |
              = help: remove it; what is not a matter of words stays as the catalogue under the overlay has it

            1 fault
        "#]];

    a_sense_that_an_overlay_adds_to_an_rfc: Overlay,
        smtp(
            r#"
    replies:
      - code: 550
        senses:
          - id: camera_blocked
            title: {en: Camera blocked}
"#,
        ),
        expect![[r#"
            error[overlay]: the catalogue under the overlay has no sense `camera_blocked` of SMTP 550
             --> vendor.yaml:9:17
              |
            9 |           - id: camera_blocked
              |                 ^^^^^^^^^^^^^^
              |
              = help: correct it; a code or sense of your own goes under the protocol's `field:`

            1 fault
        "#]];

    a_code_that_an_overlay_adds_to_an_rfc: Overlay,
        smtp("    replies:\n      - code: 551\n        senses: []\n"),
        expect![[r#"
            error[overlay]: the catalogue under the overlay has no SMTP 551
             --> vendor.yaml:6:15
              |
            6 |       - code: 551
              |               ^^^
              |
              = help: correct it; a code or sense of your own goes under the protocol's `field:`

            1 fault
        "#]];

    a_protocol_that_an_overlay_adds: Overlay,
        under("protocols:\n  - id: smtp\n  - id: http\n"),
        expect![[r#"
            error[overlay]: the catalogue under the overlay has no protocol `http`
             --> vendor.yaml:5:9
              |
            5 |   - id: http
              |         ^^^^
              |
              = help: correct it; an overlay changes the words of what there is

            1 fault
        "#]];

    a_misspelt_field_of_an_overlay: UnknownField,
        mailbox("            titel: {en: No such mailbox}\n"),
        expect![[r#"
            error[unknown-field]: a sense has no field `titel`
             --> vendor.yaml:9:13
              |
            9 |             titel: {en: No such mailbox}
              |             ^^^^^
              |
              = help: write `title`, if that is what was meant

            1 fault
        "#]];

    a_row_that_stands_twice_in_an_overlay: DuplicateCode,
        smtp(
            r#"
    field:
      - {code: 432, senses: [{id: thread_limit_exceeded, aliases: [x]}]}
      - {code: 432, senses: [{id: thread_limit_exceeded, aliases: [y]}]}
"#,
        ),
        expect![[r#"
            error[duplicate-code]: SMTP 432 stands twice in this overlay
             --> vendor.yaml:8:16
              |
            8 |       - {code: 432, senses: [{id: thread_limit_exceeded, aliases: [y]}]}
              |                ^^^
              |
             ::: vendor.yaml:7:16
              |
            7 |       - {code: 432, senses: [{id: thread_limit_exceeded, aliases: [x]}]}
              |                --- the first
              |
              = help: merge the two

            1 fault
        "#]];

    a_sense_that_stands_twice_in_an_overlay: DuplicateId,
        mailbox("            aliases: [x]\n          - id: mailbox_unavailable\n            aliases: [y]\n"),
        expect![[r#"
            error[duplicate-id]: sense `mailbox_unavailable` of SMTP 550 stands twice in this overlay
              --> vendor.yaml:10:17
               |
            10 |           - id: mailbox_unavailable
               |                 ^^^^^^^^^^^^^^^^^^^
               |
              ::: vendor.yaml:8:17
               |
             8 |           - id: mailbox_unavailable
               |                 ------------------- the first
               |
               = help: merge the two

            1 fault
        "#]];

    a_title_of_an_overlay_too_wide: TitleWidth,
        mailbox("            title: {ja: カメラから利用できないメールボックス}\n"),
        expect![[r#"
            error[title-width]: this title takes 36 columns, 4 too many
             --> vendor.yaml:9:25
              |
            9 |             title: {ja: カメラから利用できないメールボックス}
              |                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
              |
              = help: shorten it to 32 columns, the line of a status page; a full-width character takes two

            1 fault
        "#]];

    a_language_of_an_overlay_without_a_text: MissingTranslation,
        vendor().with("            title: {de: Postfach nicht erreichbar}\n", ""),
        expect![[r#"
            error[missing-translation]: SMTP 550 `mailbox_unavailable` has no `title` in `de`
               --> vendor.yaml:38:27
                |
             38 |             meaning: {de: Den Empfänger gibt es nicht.}
                |                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
                |
               ::: catalog.yaml:111:25
                |
            111 |             title: {en: Mailbox not available, ja: 利用できないメールボックス}
                |                         --------------------- the text to translate
                |
                = help: add `de: ...` for it in the overlay

            1 fault
        "#]];

    an_entry_of_an_overlay_without_japanese: MissingTranslation,
        smtp(&blocked("sender_blocked", "{en: Sender blocked}")),
        expect![[r#"
            error[missing-translation]: SMTP 571 `sender_blocked` has no `title` in `ja`
              --> vendor.yaml:11:25
               |
            11 |             title: {en: Sender blocked}
               |                         ^^^^^^^^^^^^^^
               |
               = help: add `ja: ...` to it

            1 fault
        "#]];

    an_id_of_the_base_that_an_overlay_uses_again: DuplicateId,
        smtp(&blocked("mailbox_unavailable", "{en: Sender blocked, ja: 差出人の拒否}")),
        expect![[r#"
            error[duplicate-id]: the id `mailbox_unavailable` is used twice among the senses of SMTP, those of the field included
               --> vendor.yaml:8:17
                |
              8 |           - id: mailbox_unavailable
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

    an_original_changed_without_its_translation: StaleTranslation,
        reviewed().overlay(
            r#"
overlay: true
version: 2026.11.0+acme.1
protocols:
  - id: smtp
    replies:
      - code: 454
        senses:
          - id: tls_unavailable
            action: {en: Try again at night.}
"#,
        ),
        expect![[r#"
            error[stale-translation]: the `en` texts of SMTP 454 `tls_unavailable` have changed since the `ja` ones were reviewed
              --> vendor.yaml:10:26
               |
            10 |             action: {en: Try again at night.}
               |                          ^^^^^^^^^^^^^^^^^^^
               |
              ::: catalog.yaml:90:28
               |
            90 |             reviewed: {ja: 3c51145b}
               |                            -------- the review
               |
               = help: give the `ja` texts here as well

            1 fault
        "#]];

    no_protocol_kept: Overlay,
        under("only: []\n"),
        expect![[r#"
            error[overlay]: `only` keeps no protocol
             --> vendor.yaml:3:7
              |
            3 | only: []
              |       ^^
              |
              = help: name the protocols to keep, for instance `only: [smtp]`, or leave the line out

            1 fault
        "#]];

    an_unknown_protocol_kept: Word,
        under("only: [http]\n"),
        expect![[r#"
            error[word]: `http`: unknown protocol: expected one of smtp, ftp
             --> vendor.yaml:3:8
              |
            3 | only: [http]
              |        ^^^^
              |
              = help: write one of these

            1 fault
        "#]];

    words_for_what_is_left_out: Overlay,
        under(
            r#"
only: [ftp]
protocols:
  - id: smtp
    severities:
      - {id: completion, aliases: [x]}
enhanced:
  subjects:
    - {subject: 1, aliases: [x]}
"#,
        ),
        expect![[r#"
            error[overlay]: `only` leaves out `smtp`, and this with it
             --> vendor.yaml:6:9
              |
            6 |   - id: smtp
              |         ^^^^
              |
              = help: remove one of the two

            error[overlay]: `only` leaves out `smtp`, to which the enhanced status codes belong, and this with it
              --> vendor.yaml:10:3
               |
            10 |   subjects:
               |   ^^^^^^^^^
               |
               = help: remove one of the two

            2 faults
        "#]];
}

/// The base with a review of one entry's Japanese.
fn reviewed() -> Catalog {
    base().behind("ja: TLSの一時的な利用不可}\n", "            reviewed: {ja: 3c51145b}\n")
}

fn model(catalog: &Catalog) -> Model {
    catalog.check().unwrap_or_else(|report| panic!("{report}"))
}

#[test]
fn words_are_overridden_and_the_rest_stays() {
    let plain = model(&base());
    let catalog = mailbox(
        r#"
            title: {en: No such mailbox}
            aliases: [Unknown user]
            verdict: {is: give_up, reason: an alarm goes to one address only}
"#,
    );
    let vendor = model(&catalog);
    let (before, after) = (&plain.protocols()[0].replies[3].senses[0], &vendor.protocols()[0].replies[3].senses[0]);
    assert_eq!([before.title.get("en"), after.title.get("en")], ["Mailbox not available", "No such mailbox"]);
    assert_eq!(before.title.get("ja"), after.title.get("ja"));
    assert_eq!(before.meaning.get("en"), after.meaning.get("en"));
    assert_eq!(*after.aliases[0], "Unknown user");
    assert_eq!(*after.verdict.as_ref().unwrap().is, Verdict::GiveUp);
    assert_eq!(vendor.version(), "2026.11.0+acme.1");
    assert_ne!(vendor.digest(), plain.digest());
}

#[test]
fn a_language_and_codes_of_a_vendor_are_added_in_order() {
    let model = model(&vendor());
    let languages: Vec<_> = model.languages().iter().map(|language| (language.id.as_str(), *language.number)).collect();
    assert_eq!(languages, [("en", 0), ("ja", 1), ("de", 2)]);
    let smtp = &model.protocols()[0];
    let codes: Vec<u16> = smtp.field.iter().map(|reply| *reply.code).collect();
    assert_eq!(codes, [432, 571]);
    assert_eq!(smtp.field[1].senses[0].title.get("de"), "Kamera gesperrt");
    // In the order of the languages' numbers, whatever the order in the files.
    let order: Vec<_> = smtp.field[1].senses[0].title.rows.iter().map(|(language, _)| language.as_str()).collect();
    assert_eq!(order, ["en", "ja", "de"]);
    let verbs: Vec<_> = smtp.commands.iter().map(|command| (command.verb.as_str(), command.replies.len())).collect();
    assert_eq!(verbs.last(), Some(&("XCAM", 1)));
}

#[test]
fn a_catalogue_is_narrowed_to_one_protocol() {
    let narrowed = |only: &str| {
        let model = model(&under(&format!("only: [{only}]\n")));
        let protocols: Vec<Protocol> = model.protocols().iter().map(|rows| *rows.id).collect();
        (protocols, model.enhanced().details.len())
    };
    assert_eq!(narrowed("smtp"), (vec![Protocol::Smtp], 2));
    assert_eq!(narrowed("ftp"), (vec![Protocol::Ftp], 0));
    assert_eq!(narrowed("ftp, smtp"), (vec![Protocol::Smtp, Protocol::Ftp], 2));
}

#[test]
fn a_new_language_need_not_reach_what_is_left_out() {
    // The vendor's overlay is narrowed to SMTP and has no German for FTP.
    assert!(!VENDOR.contains("id: ftp"));
    vendor().assert_valid();
    let faults = vendor().with("only: [smtp]\n", "").faults();
    assert!(faults.len() > 10 && faults.iter().all(|fault| *fault == Rule::MissingTranslation));
}

#[test]
fn overlays_lie_one_over_the_other() {
    let second = r#"
overlay: true
version: 2026.11.0+acme.2
protocols:
  - id: smtp
    field:
      - {code: 571, senses: [{id: camera_blocked, title: {en: Camera not allowed}}]}
"#;
    let model = model(&vendor().overlay(second));
    let title = &model.protocols()[0].field[1].senses[0].title;
    assert_eq!([title.get("en"), title.get("de")], ["Camera not allowed", "Kamera gesperrt"]);
    assert_eq!(model.version(), "2026.11.0+acme.2");
}

#[test]
fn every_file_is_looked_at() {
    let catalog = base().with("- code: 421", "- code: 0421").overlay("overlay: true\nversion: [\n");
    assert_eq!(catalog.faults(), [Rule::Number, Rule::Yaml]);
    let shown = catalog.report().to_string();
    assert!(shown.contains("catalog.yaml:70:15") && shown.contains("vendor.yaml:"), "{shown}");
}

#[test]
fn an_overlay_brings_its_translations_and_needs_no_mark_for_them() {
    let base = format!("reviews: required\n{}", include_str!("base.yaml"));
    let base = mark_reviewed(Source { path: "catalog.yaml", text: &base }, &[]).unwrap();
    let overlay = r#"
overlay: true
version: 2026.11.0+acme.1
protocols:
  - id: smtp
    replies:
      - code: 550
        senses:
          - id: mailbox_unavailable
            action: {en: "Check the recipient under Alarm, Mail.", ja: アラーム設定の宛先アドレスを確認してください。}
"#;
    let rules = |overlay: &str| -> Vec<Rule> {
        let sources = [Source { path: "catalog.yaml", text: &base }, Source { path: "vendor.yaml", text: overlay }];
        check(&sources).err().iter().flat_map(|report| report.findings()).map(|finding| finding.rule).collect()
    };
    assert_eq!(rules(overlay), []);
    // Without the Japanese, the old one stands beside an English that it does not translate.
    let english = overlay.replace(", ja: アラーム設定の宛先アドレスを確認してください。", "");
    assert_eq!(rules(&english), [Rule::StaleTranslation]);
}
