//! Facts: what RFCs assign, who says so, and how things refer to each other.

use expect_test::expect;

use crate::catalog::base;

faults! {
    a_severity_with_the_wrong_digit: SeverityDigits,
        base()
            .with("digits: [5]\n        verdict: fix_first", "digits: [5, 6]\n        verdict: fix_first")
            .with("digits: [0, 1, 6, 7, 8, 9]", "digits: [0, 1, 7, 8, 9]"),
        expect![[r#"
            error[severity-digits]: SMTP has the first digit 6 under `unassigned`, not `permanent`
              --> catalog.yaml:36:21
               |
            36 |         digits: [5, 6]
               |                     ^
               |
               = help: move 6 to the digits of `unassigned`

            1 fault
        "#]];

    a_first_digit_of_nobody: SeverityDigits,
        base().with("digits: [0, 1, 6, 7, 8, 9]", "digits: [0, 1, 7, 8, 9]"),
        expect![[r#"
            error[severity-digits]: no row has the first digit 6, which SMTP has under `unassigned`
              --> catalog.yaml:44:13
               |
            44 |       - id: unassigned
               |             ^^^^^^^^^^
               |
               = help: add 6 to the digits of `unassigned`

            1 fault
        "#]];

    a_severity_that_the_protocol_does_not_have: SeverityDigits,
        base()
            .with(
                "  - id: ftp\n    name: FTP\n    severities:\n      - {id: preliminary, digits: [1],",
                "  - id: ftp\n    name: FTP\n    severities:\n      - {id: preliminary, digits: [7],",
            ),
        expect![[r#"
            error[severity-digits]: no row has the first digit 1, which FTP has under `preliminary`
               --> catalog.yaml:174:14
                |
            174 |       - {id: preliminary, digits: [7], verdict: continue, source: {rfc: 959, section: "4.2"}, title: {en: Positive preliminary, ja:...
                |              ^^^^^^^^^^^
                |
                = help: add 1 to the digits of `preliminary`

            error[severity-digits]: FTP has the first digit 7 under `unassigned`, not `preliminary`
               --> catalog.yaml:174:36
                |
            174 |       - {id: preliminary, digits: [7], verdict: continue, source: {rfc: 959, section: "4.2"}, title: {en: Positive preliminary, ja:...
                |                                    ^
                |
                = help: move 7 to the digits of `unassigned`

            error[severity-digits]: the first digit 7 stands a second time, under `unassigned`
               --> catalog.yaml:180:38
                |
            180 |       - {id: unassigned, digits: [0, 7, 8, 9], verdict: give_up, source: {rfc: 959, section: "4.2"}, title: {en: Unassigned reply c...
                |                                      ^
                |
                = help: leave it with `unassigned` only

            3 faults
        "#]];

    a_category_digit_listed_twice: CategoryDigits,
        base().with("{id: unspecified, digits: [3, 4],", "{id: unspecified, digits: [3, 4, 4],"),
        expect![[r#"
            error[category-digits]: the second digit 4 stands a second time, under `unspecified`
              --> catalog.yaml:55:42
               |
            55 |       - {id: unspecified, digits: [3, 4, 4], source: {rfc: 5321, section: "4.2.1"}, title: {en: Unspecified, ja: 指定なし}, meaning:...
               |                                          ^
               |
               = help: leave it with `unspecified` only

            1 fault
        "#]];

    a_second_digit_of_the_other_protocol: CategoryDigits,
        base().with("{id: authentication, digits: [3],", "{id: mail_system, digits: [3],"),
        expect![[r#"
            error[category-digits]: FTP has the second digit 3 under `authentication`, not `mail_system`
               --> catalog.yaml:185:36
                |
            185 |       - {id: mail_system, digits: [3], source: {rfc: 959, section: "4.2"}, title: {en: Login, ja: 認証}, meaning: {en: About the lo...
                |                                    ^
                |
                = help: move 3 to the digits of `authentication`

            1 fault
        "#]];

    a_severity_with_another_verdict: SeverityVerdict,
        base().with("verdict: fix_first\n        phrase", "verdict: give_up\n        phrase"),
        expect![[r#"
            error[severity-verdict]: the verdict of `permanent` is `fix_first`, not `give_up`
              --> catalog.yaml:37:18
               |
            37 |         verdict: give_up
               |                  ^^^^^^^
               |
               = help: write `fix_first`; senses that differ have a `verdict` of their own

            1 fault
        "#]];

    a_verdict_that_the_severity_has_anyway: VerdictOverride,
        base().with("verdict: {is: retry_later,", "verdict: {is: fix_first,"),
        expect![[r#"
            error[verdict-override]: `fix_first` is what `permanent` says anyway
               --> catalog.yaml:131:27
                |
            131 |             verdict: {is: fix_first, reason: "RFC 5321 4.5.3.1.10: treat a 552 to RCPT as 452"}
                |                           ^^^^^^^^^
                |
                = help: remove `verdict`: only a sense that differs from its severity has one

            1 fault
        "#]];

    a_verdict_without_an_rfc: VerdictOverride,
        base().with("reason: \"RFC 5321 4.5.3.1.10: treat a 552 to RCPT as 452\"", "reason: servers mean it so"),
        expect![[r#"
            error[verdict-override]: the reason cites no RFC
               --> catalog.yaml:131:48
                |
            131 |             verdict: {is: retry_later, reason: servers mean it so}
                |                                                ^^^^^^^^^^^^^^^^^^
                |
                = help: begin with the RFC and its section, for instance `RFC 5321 4.5.3.1.10: treat a 552 to RCPT as 452`

            1 fault
        "#]];

    a_verdict_on_a_preliminary_reply: VerdictOverride,
        base()
            .behind(
                "phrase: File status okay; about to open data connection.\n",
                "            verdict: {is: done, reason: RFC 959}\n",
            ),
        expect![[r#"
            error[verdict-override]: FTP 150 is a preliminary reply and cannot be `done`
               --> catalog.yaml:194:27
                |
            194 |             verdict: {is: done, reason: RFC 959}
                |                           ^^^^
                |
                = help: remove `verdict`: the reply that follows decides

            1 fault
        "#]];

    a_source_that_names_nothing: Source,
        base().with("source: {field: Windows Sockets}", "source: {see: [5321]}"),
        expect![[r#"
            error[source]: this source names neither an RFC, nor a registry, nor where it was seen
               --> catalog.yaml:252:13
                |
            252 |     source: {see: [5321]}
                |             ^^^^^^^^^^^^^
                |
                = help: write `{rfc: 5321, section: "4.2.3"}`, `{iana: "..."}` or `{field: "server and version"}`

            1 fault
        "#]];

    a_source_of_both_kinds: Source,
        base()
            .with("source: {rfc: 821, section: \"4.5.3\"}", "source: {rfc: 821, section: \"4.5.3\", field: sendmail}"),
        expect![[r#"
            error[source]: this source is both official and of the field
               --> catalog.yaml:129:21
                |
            129 |             source: {rfc: 821, section: "4.5.3", field: sendmail}
                |                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
                |
                = help: leave out `field`; or leave out the other, and name related RFCs under `see`

            1 fault
        "#]];

    a_section_without_its_rfc: Source,
        base()
            .with(
                "{class: 4, id: transient, source: {rfc: 3463, section: \"2\"}",
                "{class: 4, id: transient, source: {iana: SMTP Enhanced Status Codes, section: \"2\"}",
            ),
        expect![[r#"
            error[source]: a section without its RFC
               --> catalog.yaml:213:85
                |
            213 |     - {class: 4, id: transient, source: {iana: SMTP Enhanced Status Codes, section: "2"}, title: {en: Temporary failure, ja: 一時...
                |                                                                                     ^^^
                |
                = help: add `rfc: N`, or remove `section`

            1 fault
        "#]];

    a_sense_without_a_section: Source,
        base().with("source: {rfc: 821, section: \"4.5.3\"}", "source: {rfc: 821}"),
        expect![[r#"
            error[source]: the source of SMTP 552 `too_many_recipients` names no section
               --> catalog.yaml:129:21
                |
            129 |             source: {rfc: 821}
                |                     ^^^^^^^^^^
                |
                = help: write `{rfc: 5321, section: "4.2.3"}`

            1 fault
        "#]];

    a_field_entry_with_an_rfc: Source,
        base()
            .with(
                "source: {field: Exchange Online}\n            status: field",
                "source: {rfc: 4954, section: \"6\"}\n            status: current",
            ),
        expect![[r#"
            error[source]: SMTP 432 `thread_limit_exceeded` stands in the list `field` but does not say where it was seen
               --> catalog.yaml:142:21
                |
            142 |             source: {rfc: 4954, section: "6"}
                |                     ^^^^^^^^^^^^^^^^^^^^^^^^^
                |
                = help: write `{field: "server and version"}`, or move it to `replies` if an RFC defines it

            1 fault
        "#]];

    an_older_rfc_that_is_younger: Source,
        base().with("since: 2487", "since: 8314"),
        expect![[r#"
            error[source]: RFC 8314 is younger than the source, RFC 3207
              --> catalog.yaml:87:20
               |
            87 |             since: 8314
               |                    ^^^^
               |
               = help: name the first RFC that had it in `since`, the one in force in `source`

            1 fault
        "#]];

    an_older_rfc_that_is_the_same: Source,
        base().with("since: 2487", "since: 3207"),
        expect![[r#"
            error[source]: RFC 3207 is the source already
              --> catalog.yaml:87:20
               |
            87 |             since: 3207
               |                    ^^^^
               |
               = help: remove `since`: it names an older RFC, if one had it first

            1 fault
        "#]];

    a_sense_without_a_status: Status,
        base().with("            status: obsolete\n", ""),
        expect![[r#"
            error[status]: SMTP 552 `too_many_recipients` has no `status`
               --> catalog.yaml:126:17
                |
            126 |           - id: too_many_recipients
                |                 ^^^^^^^^^^^^^^^^^^^
                |
                = help: add `status: current`, `obsolete`, `experimental` or `mentioned`

            1 fault
        "#]];

    a_detail_without_a_status: Status,
        base().with("      status: current\n      title: {en: Mailbox full", "      title: {en: Mailbox full"),
        expect![[r#"
            error[status]: X.2.2 `mailbox_full` has no `status`
               --> catalog.yaml:231:11
                |
            231 |       id: mailbox_full
                |           ^^^^^^^^^^^^
                |
                = help: add `status: current`, `obsolete`, `experimental` or `mentioned`

            1 fault
        "#]];

    a_status_of_the_field_with_an_rfc: Status,
        base().with("status: obsolete", "status: field"),
        expect![[r#"
            error[status]: the status is `field`, but the source does not say where it was seen
               --> catalog.yaml:130:21
                |
            130 |             status: field
                |                     ^^^^^
                |
                = help: say so, `source: {field: ...}`, or correct the status

            1 fault
        "#]];

    a_source_of_the_field_with_another_status: Status,
        base().with("status: field", "status: current"),
        expect![[r#"
            error[status]: the status is `current`, but the source is `field`
               --> catalog.yaml:143:21
                |
            143 |             status: current
                |                     ^^^^^^^
                |
                = help: write `status: field`, or cite an RFC in `source`

            1 fault
        "#]];

    a_command_in_lower_case: CommandForm,
        base().with("commands: [AUTH]", "commands: [auth]"),
        expect![[r#"
            error[command-form]: `auth` is no command
              --> catalog.yaml:93:24
               |
            93 |             commands: [auth]
               |                        ^^^^
               |
               = help: write the verb alone, in upper case; what is no verb is `any`, `connect` or `data-end`

            1 fault
        "#]];

    a_pseudo_command_in_upper_case: CommandForm,
        base().with("commands: [AUTH]", "commands: [DATA-END]"),
        expect![[r#"
            error[command-form]: `DATA-END` is no command
              --> catalog.yaml:93:24
               |
            93 |             commands: [DATA-END]
               |                        ^^^^^^^^
               |
               = help: write `data-end`

            1 fault
        "#]];

    a_sense_of_any_command: CommandForm,
        base().with("commands: [AUTH]", "commands: [any]"),
        expect![[r#"
            error[command-form]: a sense cannot name `any` among its commands
              --> catalog.yaml:93:24
               |
            93 |             commands: [any]
               |                        ^^^
               |
               = help: remove `commands`: a sense without them answers any

            1 fault
        "#]];

    a_command_that_the_protocol_does_not_list: UnknownCommand,
        base().with("commands: [AUTH]", "commands: [ATRN]"),
        expect![[r#"
            error[unknown-command]: SMTP lists no command `ATRN`
              --> catalog.yaml:93:24
               |
            93 |             commands: [ATRN]
               |                        ^^^^
               |
               = help: correct it, or add `- verb: ATRN` under the protocol's `commands:`

            1 fault
        "#]];

    a_code_that_its_command_does_not_list: SenseFlow,
        base().with("commands: [AUTH]", "commands: [AUTH, RCPT]"),
        expect![[r#"
            error[sense-flow]: 454 is no listed answer to `RCPT`, which this sense names
               --> catalog.yaml:93:30
                |
             93 |             commands: [AUTH, RCPT]
                |                              ^^^^
                |
               ::: catalog.yaml:157:15
                |
            157 |       - verb: RCPT
                |               ---- the command
                |
                = help: add `- {code: 454, source: ...}` to the replies of `RCPT`, or correct the sense

            1 fault
        "#]];

    two_senses_of_one_command: SenseCommands,
        base().with("commands: [AUTH]", "commands: [AUTH, STARTTLS]"),
        expect![[r#"
            error[sense-commands]: two senses of 454 answer `STARTTLS`, so that none can be chosen
              --> catalog.yaml:93:30
               |
            93 |             commands: [AUTH, STARTTLS]
               |                              ^^^^^^^^
               |
              ::: catalog.yaml:84:24
               |
            84 |             commands: [STARTTLS]
               |                        -------- in `tls_unavailable`
               |
               = help: name the command in one of the two; tell of the other in a note or an alias

            1 fault
        "#]];

    a_command_named_twice: SenseCommands,
        base().with("commands: [AUTH]", "commands: [AUTH, AUTH]"),
        expect![[r#"
            error[sense-commands]: `auth_temporary_failure` names the command `AUTH` twice
              --> catalog.yaml:93:30
               |
            93 |             commands: [AUTH, AUTH]
               |                              ^^^^
               |
              ::: catalog.yaml:93:24
               |
            93 |             commands: [AUTH, AUTH]
               |                        ---- in `auth_temporary_failure`
               |
               = help: remove one of the two

            1 fault
        "#]];

    two_senses_for_any_command: AmbiguousBase,
        base()
            .with("            commands: [STARTTLS]\n", "")
            .with("            commands: [AUTH]\n", "")
            .with("            note: {en: The same number answers STARTTLS., ja: 同じ番号がSTARTTLSへの応答にもなります。}\n", ""),
        expect![[r#"
            error[ambiguous-base]: `tls_unavailable` and `auth_temporary_failure` of 454 both answer any command
              --> catalog.yaml:91:17
               |
            91 |           - id: auth_temporary_failure
               |                 ^^^^^^^^^^^^^^^^^^^^^^
               |
              ::: catalog.yaml:83:17
               |
            83 |           - id: tls_unavailable
               |                 --------------- the base sense
               |
               = help: add `commands: [...]` to one of them, or a note that tells this one from the other

            1 fault
        "#]];

    a_sense_of_another_rfc_without_a_note: SourceConflict,
        base().with("            note: {en: RFC 5321 has 452 for this., ja: RFC 5321では452です。}\n", ""),
        expect![[r#"
            error[source-conflict]: 552 to `RCPT` means one thing in RFC 5321 and another in RFC 821
               --> catalog.yaml:126:17
                |
            126 |           - id: too_many_recipients
                |                 ^^^^^^^^^^^^^^^^^^^
                |
               ::: catalog.yaml:117:17
                |
            117 |           - id: storage_exceeded
                |                 ---------------- the sense for any command
                |
                = help: add a note to one of the two that tells which is meant when

            1 fault
        "#]];

    an_answer_that_is_not_listed: FlowCode,
        base()
            .with(
                "- {code: 550, source: {rfc: 5321, section: \"4.3.2\"}}",
                "- {code: 553, source: {rfc: 5321, section: \"4.3.2\"}}",
            ),
        expect![[r#"
            error[flow-code]: `RCPT` is answered by 553, which SMTP does not list
               --> catalog.yaml:160:20
                |
            160 |           - {code: 553, source: {rfc: 5321, section: "4.3.2"}}
                |                    ^^^
                |
                = help: correct the code, or add it under `replies:`

            1 fault
        "#]];

    an_answer_given_twice: DuplicateFlow,
        base()
            .with(
                "- {code: 550, source: {rfc: 5321, section: \"4.3.2\"}}",
                "- {code: 552, source: {rfc: 5321, section: \"4.3.2\"}}",
            ),
        expect![[r#"
            error[duplicate-flow]: 552 answers `RCPT` twice by the same source
               --> catalog.yaml:161:20
                |
            161 |           - {code: 552, source: {rfc: 5321, section: "4.3.2"}}
                |                    ^^^
                |
               ::: catalog.yaml:160:20
                |
            160 |           - {code: 552, source: {rfc: 5321, section: "4.3.2"}}
                |                    --- the first
                |
                = help: remove one of the two; what they say of it goes into one note

            1 fault
        "#]];

    an_enhanced_code_that_is_not_registered: UnknownEnhanced,
        base().with("enhanced: [5.1.1]", "enhanced: [5.1.1, 5.7.606]"),
        expect![[r#"
            error[unknown-enhanced]: 5.7.606 is not registered
               --> catalog.yaml:110:31
                |
            110 |             enhanced: [5.1.1, 5.7.606]
                |                               ^^^^^^^
                |
                = help: correct it; what servers send beside the registry goes under `field`

            1 fault
        "#]];

    an_enhanced_code_in_ftp: UnknownEnhanced,
        base().behind("phrase: Not logged in.\n", "            enhanced: [5.7.8]\n"),
        expect![[r#"
            error[unknown-enhanced]: FTP 530 `not_logged_in` names an enhanced status code, which FTP does not have
               --> catalog.yaml:204:24
                |
            204 |             enhanced: [5.7.8]
                |                        ^^^^^
                |
                = help: remove it: RFC 3463 is about mail

            1 fault
        "#]];

    an_enhanced_code_of_another_class: EnhancedClass,
        base().with("enhanced: [5.2.2]", "enhanced: [4.2.2]"),
        expect![[r#"
            error[enhanced-class]: 4.2.2 has the class 4, but 552 begins with 5
               --> catalog.yaml:122:24
                |
            122 |             enhanced: [4.2.2]
                |                        ^^^^^
                |
                = help: RFC 2034 section 4 wants the two equal: correct one, or tell in a note why they differ

            1 fault
        "#]];

    a_new_name_that_does_not_exist: Deprecated,
        base()
            .behind(
                "ja: RFC 5321では452です。}\n",
                "            deprecated: {reason: RFC 5321 has 452, renamed_to: recipients_exceeded}\n",
            ),
        expect![[r#"
            error[deprecated]: there is no `recipients_exceeded` among the senses of SMTP, those of the field included
               --> catalog.yaml:136:64
                |
            136 |             deprecated: {reason: RFC 5321 has 452, renamed_to: recipients_exceeded}
                |                                                                ^^^^^^^^^^^^^^^^^^^
                |
                = help: name an entry that exists, or leave out `renamed_to`

            1 fault
        "#]];

    a_new_name_that_is_deprecated: Deprecated,
        base()
            .behind(
                "ja: RFC 5321では452です。}\n",
                "            deprecated: {reason: RFC 5321 has 452, renamed_to: too_many_recipients}\n",
            ),
        expect![[r#"
            error[deprecated]: `too_many_recipients` is deprecated as well
               --> catalog.yaml:136:64
                |
            136 |             deprecated: {reason: RFC 5321 has 452, renamed_to: too_many_recipients}
                |                                                                ^^^^^^^^^^^^^^^^^^^
                |
                = help: name the entry that is in use now

            1 fault
        "#]];

    a_deprecated_sense_before_one_in_use: Deprecated,
        base()
            .with(
                "            commands: [STARTTLS]\n",
                "            commands: [STARTTLS]\n            deprecated: {reason: too vague, renamed_to: auth_temporary_failure}\n",
            ),
        expect![[r#"
            error[deprecated]: `tls_unavailable` is deprecated but stands before a sense in use
              --> catalog.yaml:83:17
               |
            83 |           - id: tls_unavailable
               |                 ^^^^^^^^^^^^^^^
               |
              ::: catalog.yaml:93:17
               |
            93 |           - id: auth_temporary_failure
               |                 ---------------------- in use
               |
               = help: move it to the end: the first sense is the one to show when the command is unknown

            1 fault
        "#]];
}

#[test]
fn a_deprecated_sense_shares_its_command_with_the_one_in_use() {
    let deprecated = "            deprecated: {reason: too vague, renamed_to: tls_unavailable}\n";
    let catalog =
        base().with("            commands: [AUTH]\n", &format!("            commands: [STARTTLS]\n{deprecated}"));
    catalog.assert_valid();
}

#[test]
fn a_note_explains_a_class_and_a_second_sense_for_any_command() {
    let class =
        base().with("enhanced: [4.4.2]", "enhanced: [5.4.2]\n            note: {en: Seen so., ja: 実例があります。}");
    class.assert_valid();
    let any = base().with("            commands: [STARTTLS]\n", "").with("            commands: [AUTH]\n", "");
    any.assert_valid();
}

#[test]
fn nothing_is_called_missing_when_a_row_could_not_be_read() {
    // The code cannot be read, so that it is no longer listed; the answers to RCPT are not blamed for that.
    let catalog = base().with("- code: 550\n", "- code: 55O\n");
    assert_eq!(catalog.faults(), [replycode_catalog::Rule::Number]);
}
