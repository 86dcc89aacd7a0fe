//! What has changed between two catalogues, and whether it may.

use expect_test::{Expect, expect};
use replycode_catalog::{Changes, diff};

use crate::catalog::{Catalog, base};

fn changes(old: &Catalog, new: &Catalog) -> Changes {
    let model = |catalog: &Catalog| catalog.check().unwrap_or_else(|report| panic!("{report}"));
    diff(&model(old), &model(new))
}

fn shows(new: Catalog, allowed: bool, expected: Expect) {
    let changes = changes(&base(), &new);
    expected.assert_eq(&changes.to_string());
    assert_eq!(changes.is_allowed(), allowed);
}

#[test]
fn nothing() {
    shows(
        base(),
        true,
        expect![[r#"
        ## Unreleased

        No code, sense or text has changed.
    "#]],
    );
    assert!(changes(&base(), &base()).is_empty());
    // A note on a command's answer, blanks and comments say nothing to programs.
    assert!(changes(&base(), &base().with("note: checked by another server", "note: asked elsewhere")).is_empty());
}

#[test]
fn a_release_with_something_of_everything() {
    let new = base()
        .with("version: 2026.11.0", "version: 2026.12.0")
        .with(
            "title: {en: Mailbox not available, ja: 利用できないメールボックス}",
            "title: {en: No such mailbox, ja: 存在しないメールボックス}",
        )
        .with("phrase: Temporary authentication failure", "phrase: Temporary failure")
        .with("source: {rfc: 4954, section: \"6\"}\n            since: 2554", "source: {rfc: 4954, section: \"4.7\"}")
        .with("is: retry_later,", "is: retry_soon,")
        .with("enhanced: [5.1.1]", "enhanced: [5.1.1, 5.2.2]")
        .with("            note: {en: In FTP it is about files., ja: FTPではファイルに関する応答です。}\n", "")
        .behind(
            "ja: RFC 5321では452です。}\n",
            "            deprecated: {reason: RFC 5321 has 452, renamed_to: storage_exceeded}\n",
        )
        .with("codes: [451, 550]", "codes: [550]")
        .behind(
            "          - {code: 552, source: {rfc: 5321, section: \"4.3.2\"}}\n",
            "          - {code: 421, source: {rfc: 5321, section: \"4.3.2\"}}\n",
        )
        .with("          - {code: 550, source: {rfc: 5321, section: \"4.3.2\"}}\n", "")
        .behind(
            "    field:\n",
            r#"
      - code: 431
        senses:
          - id: disk_full
            source: {field: x}
            status: field
            title: {en: Disk full, ja: 容量不足}
            meaning: {en: x, ja: です。}
            action: {en: x, ja: です。}
"#,
        )
        .behind(
            "note: checked by another server}\n",
            "      - {verb: QUIT, number: 14, replies: [{code: 421, source: {rfc: 5321, section: \"4.3.2\"}}]}\n",
        );
    shows(
        new,
        true,
        expect![[r#"
        ## 2026.12.0

        ### Added

        - SMTP 431 `disk_full`: Disk full
        - SMTP command `QUIT`: answered by 421

        ### Changed

        - SMTP 454 `auth_temporary_failure`: phrase; source RFC 4954 6 -> RFC 4954 4.7; no since
        - SMTP 550 `mailbox_unavailable`: enhanced 5.1.1 -> 5.1.1, 5.2.2; title (`en`, `ja`); note (`en`, `ja`)
        - SMTP 552 `too_many_recipients`: verdict retry_later -> retry_soon
        - X.1.1 `recipient_unknown`: codes 451, 550 -> 550
        - SMTP command `RCPT`: also answered by 421; no longer answered by 550

        ### Deprecated

        - SMTP 552 `too_many_recipients`: RFC 5321 has 452; use `storage_exceeded`
    "#]],
    );
}

#[test]
fn a_language_and_a_code_from_an_overlay() {
    // The overlay is narrowed to SMTP, so what it leaves out counts as removed.
    let vendor = base().overlay(&crate::overlay::VENDOR.replace("only: [smtp]\n", ""));
    assert!(vendor.check().is_err());
    let changes = changes(&base(), &base().overlay(crate::overlay::VENDOR));
    assert_eq!(changes.version, "2026.11.0+acme.1");
    let added: Vec<_> = changes.added.iter().map(|change| format!("{}: {}", change.what, change.how)).collect();
    assert_eq!(
        added,
        ["language `de`: Deutsch", "SMTP 571 `camera_blocked`: Camera blocked", "SMTP command `XCAM`: answered by 571"]
    );
    let removed: Vec<_> = changes.removed.iter().map(|change| change.what.as_str()).collect();
    assert_eq!(removed, ["protocol `ftp`"]);
}

#[test]
fn an_entry_removed() {
    let new = base().cut("          - id: auth_temporary_failure\n", "      - code: 550\n");
    shows(
        new,
        false,
        expect![[r#"
        ## Unreleased

        ### Removed, which is not allowed

        - SMTP 454 `auth_temporary_failure`: put it back with `deprecated: {reason: ...}`
    "#]],
    );
}

#[test]
fn an_entry_renamed_without_a_trace() {
    shows(
        base().with("id: not_logged_in", "id: login_refused"),
        false,
        expect![[r#"
        ## Unreleased

        ### Added

        - FTP 530 `login_refused`: Login refused

        ### Removed, which is not allowed

        - FTP 530 `not_logged_in`: put it back with `deprecated: {reason: ..., renamed_to: login_refused}`
    "#]],
    );
}

#[test]
fn an_id_used_again_for_another_code() {
    let new = base().with("- code: 432", "- code: 433");
    shows(
        new,
        false,
        expect![[r#"
        ## Unreleased

        ### Used for something else, which is not allowed

        - SMTP 432 `thread_limit_exceeded`: the id belongs to SMTP 433 now; give that one an id of its own, and put this one back
    "#]],
    );
}

#[test]
fn a_field_entry_that_an_rfc_has_taken_up() {
    let new = base().cut("    field:\n", "    commands:\n      - verb: any").with(
        "      - code: 454\n",
        r#"
      - code: 432
        senses:
          - id: thread_limit_exceeded
            phrase: thread limit exceeded
            source: {rfc: 9999, section: "1"}
            status: current
            enhanced: [4.3.2]
            title: {en: Too many connections, ja: 同時接続数の上限超過}
            meaning: {en: The server limits the connections., ja: サーバーが接続数を制限しています。}
            action: {en: Send fewer mails at once., ja: 同時に送るメールを減らしてください。}
      - code: 454
"#,
    );
    shows(
        new,
        true,
        expect![[r#"
            ## Unreleased

            ### Changed

            - SMTP 432 `thread_limit_exceeded`: source; status field -> current; kind field -> sense; no commands
        "#]],
    );
}

#[test]
fn numbers_that_mean_something_else() {
    let new = base()
        .with(
            "{id: en, number: 0, name: English}\n  - {id: ja, number: 1, name: 日本語}",
            "{id: en, number: 1, name: English}\n  - {id: ja, number: 0, name: 日本語}",
        )
        .with("number: 13", "number: 14")
        .with("- verb: STARTTLS", "- verb: BDAT")
        .with("commands: [STARTTLS]", "commands: [BDAT]");
    shows(
        new,
        false,
        expect![[r#"
        ## Unreleased

        ### Added

        - SMTP command `BDAT`: answered by 454

        ### Changed

        - SMTP 454 `tls_unavailable`: commands STARTTLS -> BDAT

        ### Removed, which is not allowed

        - SMTP command `STARTTLS`: put it back: programs name it by its number

        ### Used for something else, which is not allowed

        - language `en`: its number was 0 and is 1 now; put 0 back: programs are compiled with it
        - language `ja`: its number was 1 and is 0 now; put 1 back: programs are compiled with it
        - SMTP command `AUTH`: its number was 13 and is 14 now; put 13 back: programs are compiled with it
    "#]],
    );
}
