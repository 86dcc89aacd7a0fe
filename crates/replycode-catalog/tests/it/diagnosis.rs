//! Causes, and the rules that lead to them.

use expect_test::expect;
use replycode::{Evidence, Protocol, ReplyCode};

use crate::catalog::{BASE, Catalog, of};

const DIAGNOSIS: &str = include_str!("diagnosis.yaml");

/// The small catalogue with three causes and two rules.
fn base() -> Catalog {
    of(format!("{BASE}{DIAGNOSIS}"))
}

faults! {
    causes_out_of_order: CauseNumber,
        base().with("number: 3\n    verdict: fix_first\n    party: server", "number: 1\n    verdict: fix_first\n    party: server"),
        expect![[r#"
            error[cause-number]: the number 1 does not come after 2
               --> catalog.yaml:276:13
                |
            276 |     number: 1
                |             ^
                |
               ::: catalog.yaml:267:13
                |
            267 |     number: 2
                |             - the cause before
                |
                = help: number causes in ascending order; a number is for ever, so a new cause gets the next one

            1 fault
        "#]];

    a_cause_with_one_step: CauseSteps,
        base().with("      - {en: Check the server name., ja: サーバー名を確認してください。}\n", ""),
        expect![[r#"
            error[cause-steps]: `relay_denied` does not have two to five steps but 1
               --> catalog.yaml:257:9
                |
            257 |   - id: relay_denied
                |         ^^^^^^^^^^^^
                |
                = help: write them in `action`, the likeliest first

            1 fault
        "#]];

    a_cause_that_replies_fall_back_on_is_missing: UnknownCause,
        base().with("id: unspecified\n    number: 3", "id: obscure\n    number: 3"),
        expect![[r#"
            error[unknown-cause]: there is no cause `unspecified`, which replies get that no rule knows
               --> catalog.yaml:257:9
                |
            257 |   - id: relay_denied
                |         ^^^^^^^^^^^^
                |
                = help: add a cause `unspecified`

            1 fault
        "#]];

    a_rule_for_a_cause_that_is_not_there: UnknownCause,
        base().with("id: relay-words\n    cause: relay_denied", "id: relay-words\n    cause: relay_refused"),
        expect![[r#"
            error[unknown-cause]: there is no cause `relay_refused`
               --> catalog.yaml:286:12
                |
            286 |     cause: relay_refused
                |            ^^^^^^^^^^^^^
                |
                = help: correct the id, or add the cause under `causes:`

            1 fault
        "#]];

    a_rule_for_a_command_that_is_not_there: UnknownCommand,
        base().with("codes: [550]\n      enhanced: [X.7.1]", "codes: [550]\n      enhanced: [X.7.1]\n      commands: [RCTP]"),
        expect![[r#"
            error[unknown-command]: the protocol has no command `RCTP`
               --> catalog.yaml:299:18
                |
            299 |       commands: [RCTP]
                |                  ^^^^
                |
                = help: write a verb from the protocol's `commands:`, upper case

            1 fault
        "#]];

    an_id_that_two_rules_have: DuplicateId,
        base().with("id: relay-code", "id: relay-words"),
        expect![[r#"
            error[duplicate-id]: the id `relay-words` is used twice among the rules
               --> catalog.yaml:293:9
                |
            293 |   - id: relay-words
                |         ^^^^^^^^^^^
                |
               ::: catalog.yaml:285:9
                |
            285 |   - id: relay-words
                |         ----------- the first
                |
                = help: give one of them another id; ids that have been published stay

            1 fault
        "#]];

    an_id_of_a_rule_with_an_underscore: IdForm,
        base().with("id: relay-code", "id: relay_code"),
        expect![[r#"
            error[id-form]: `relay_code` is no id of a rule
               --> catalog.yaml:293:9
                |
            293 |   - id: relay_code
                |         ^^^^^^^^^^
                |
                = help: use the letters a to z, digits and hyphens, at most 31, for instance `relay-denied`

            1 fault
        "#]];

    a_rule_that_asks_for_nothing: RuleAsksNothing,
        base().with("      phrases: [relaying denied, relay access]\n", "")
            .with("no: [\"554 5.7.1 Message rejected\"]", "no: [\"250 Ok\"]"),
        expect![[r#"
            error[rule-asks-nothing]: `relay-words` holds for every refusal
               --> catalog.yaml:288:7
                |
            288 |       protocol: smtp
                |       ^^^^^^^^^^^^^^
                |
                = help: ask for phrases, codes, an enhanced pattern or a severity

            1 fault
        "#]];

    a_phrase_in_upper_case: PhraseForm,
        base().with("[relaying denied, relay access]", "[Relaying denied, relay access]"),
        expect![[r#"
            error[phrase-form]: the phrase `Relaying denied` has upper-case letters
               --> catalog.yaml:289:17
                |
            289 |       phrases: [Relaying denied, relay access]
                |                 ^^^^^^^^^^^^^^^
                |
                = help: write it in lower case: replies are folded before they are compared

            1 fault
        "#]];

    a_phrase_with_two_blanks: PhraseForm,
        base().with("[relaying denied, relay access]", "[relaying  denied, relay access]"),
        expect![[r#"
            error[phrase-form]: the phrase `relaying  denied` has stray blanks
               --> catalog.yaml:289:17
                |
            289 |       phrases: [relaying  denied, relay access]
                |                 ^^^^^^^^^^^^^^^^
                |
                = help: write single blanks, none at either end: replies are folded likewise

            1 fault
        "#]];

    a_phrase_that_another_one_contains: IdlePhrase,
        base().with("[relaying denied, relay access]", "[relaying denied, relay access, relay access denied]"),
        expect![[r#"
            error[idle-phrase]: wherever `relay access denied` is found, `relay access` is found as well
               --> catalog.yaml:289:48
                |
            289 |       phrases: [relaying denied, relay access, relay access denied]
                |                                                ^^^^^^^^^^^^^^^^^^^
                |
               ::: catalog.yaml:289:34
                |
            289 |       phrases: [relaying denied, relay access, relay access denied]
                |                                  ------------ the shorter one
                |
                = help: remove the longer one

            1 fault
        "#]];

    a_phrase_that_an_earlier_rule_takes: IdlePhrase,
        base().with("      enhanced: [X.7.1]\n", "      phrases: [no relay access, go away]\n")
            .with("yes: [\"550 5.7.1 No\"]", "yes: [\"550 Go away\"]"),
        expect![[r#"
            error[idle-phrase]: this phrase never decides: `relay-words` takes every reply that has it
               --> catalog.yaml:298:17
                |
            298 |       phrases: [no relay access, go away]
                |                 ^^^^^^^^^^^^^^^
                |
               ::: catalog.yaml:285:9
                |
            285 |   - id: relay-words
                |         ----------- takes them first
                |
                = help: remove it, or move the rule before the other one

            1 fault
        "#]];

    a_rule_that_an_earlier_one_takes: UnreachableRule,
        base().with("      enhanced: [X.7.1]\n", "      phrases: [no relay access]\n")
            .with("yes: [\"550 5.7.1 No\"]", "yes: [\"550 no relay accessible\"]"),
        expect![[r#"
            error[unreachable-rule]: `relay-code` never decides: `relay-words` takes every reply for which it holds
               --> catalog.yaml:293:9
                |
            293 |   - id: relay-code
                |         ^^^^^^^^^^
                |
               ::: catalog.yaml:285:9
                |
            285 |   - id: relay-words
                |         ----------- takes them first
                |
                = help: move it before the other rule, or remove it

            1 fault
        "#]];

    an_example_that_another_rule_decides: RuleExample,
        base().with("yes: [\"550 5.7.1 No\"]", "yes: [\"550 5.7.1 Relaying denied\"]"),
        expect![[r#"
            error[rule-example]: `relay-code` should decide here (smtp), but `relay-words` decides
               --> catalog.yaml:301:11
                |
            301 |     yes: ["550 5.7.1 Relaying denied"]
                |           ^^^^^^^^^^^^^^^^^^^^^^^^^^^
                |
               ::: catalog.yaml:285:9
                |
            285 |   - id: relay-words
                |         ----------- decides
                |
                = help: correct the example or the condition, or move the rule

            1 fault
        "#]];

    a_counter_example_that_the_rule_decides: RuleExample,
        base().with("no: [\"554 5.7.1 Message rejected\"]", "no: [\"554 5.7.1 Relaying denied.\"]"),
        expect![[r#"
            error[rule-example]: `relay-words` should not decide here (smtp), but it does
               --> catalog.yaml:292:10
                |
            292 |     no: ["554 5.7.1 Relaying denied."]
                |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
                |
                = help: correct the example, or ask for more under `when`

            1 fault
        "#]];

    a_rule_without_examples: RuleExample,
        base().with("    no: [\"554 5.7.1 Message rejected\"]\n", "    no: []\n"),
        expect![[r#"
            error[rule-example]: `relay-words` has no example under `no`
               --> catalog.yaml:285:9
                |
            285 |   - id: relay-words
                |         ^^^^^^^^^^^
                |
                = help: write a reply as a server sends it, for instance `550 5.7.1 Relaying denied`

            1 fault
        "#]];

    an_enhanced_pattern_that_is_none: Word,
        base().with("[X.7.1]", "[5.X.1]"),
        expect![[r#"
            error[word]: `5.X.1`: not a pattern of enhanced status codes
               --> catalog.yaml:298:18
                |
            298 |       enhanced: [5.X.1]
                |                  ^^^^^
                |
                = help: write 5.7.1, 5.7.* for any detail, X.7.1 for any class, or X.7.*

            1 fault
        "#]];

    a_step_without_its_translation: MissingTranslation,
        base().with("{en: Log in., ja: ログインしてください。}", "{en: Log in.}"),
        expect![[r#"
            error[missing-translation]: cause 1 `relay_denied` has no `action` in `ja`
               --> catalog.yaml:264:14
                |
            264 |       - {en: Log in.}
                |              ^^^^^^^
                |
                = help: add `ja: ...` to it

            1 fault
        "#]];

    a_step_that_is_no_sentence: JapaneseStyle,
        base().with("ja: ログインしてください。}", "ja: ログインする}"),
        expect![[r#"
            error[japanese-style]: the sentence does not end with `。`
               --> catalog.yaml:264:32
                |
            264 |       - {en: Log in., ja: ログインする}
                |                                     ^^
                |
                = help: add `。`

            1 fault
        "#]];

    an_overlay_that_changes_a_rule: Overlay,
        base().overlay("overlay: true\nversion: 2026.11.0+acme.1\nrules:\n  - id: relay-words\n    cause: unspecified\n"),
        expect![[r#"
            error[overlay]: an overlay cannot change `cause` of rule `relay-words`
             --> vendor.yaml:5:5
              |
            5 |     cause: unspecified
              |     ^^^^^
              |
              = help: remove it; what is not a matter of words stays as the catalogue under the overlay has it

            1 fault
        "#]];
}

/// The id of the rule that decides.
fn decides(catalog: &Catalog, code: u16, text: &str) -> Option<String> {
    let model = catalog.check().unwrap();
    let evidence = Evidence {
        protocol: Protocol::Smtp,
        code: ReplyCode::new(code),
        enhanced: None,
        command: None,
        text: text.as_bytes(),
    };
    let number = model.compiled_rules().rules().deciding(evidence).next()?;
    Some(model.diagnosis().rules[usize::from(number)].id.value.clone())
}

#[test]
fn rules_of_an_overlay_come_first() {
    let text = "Relay access denied: camera not registered";
    assert_eq!(decides(&base(), 550, text).as_deref(), Some("relay-words"));
    let overlay = "overlay: true
version: 2026.11.0+acme.1
causes:
  - id: relay_denied
    action:
      - {en: Register the camera., ja: カメラを登録してください。}
      - {en: Ask us., ja: 当社に問い合わせてください。}
rules:
  - id: acme-first
    cause: unspecified
    when: {protocol: smtp, phrases: [nobody says this]}
    source: Acme relay
    yes: [\"550 Nobody says this\"]
    no: [\"550 No\"]
  - id: acme-registration
    cause: relay_denied
    when: {protocol: smtp, phrases: [camera not registered]}
    source: Acme relay
    yes: [\"550 Camera not registered\"]
    no: [\"550 No\"]
";
    let laid = base().overlay(overlay);
    assert_eq!(decides(&laid, 550, text).as_deref(), Some("acme-registration"));
    let model = laid.check().unwrap();
    let ids: Vec<_> = model.diagnosis().rules.iter().map(|rule| rule.id.as_str()).collect();
    assert_eq!(ids, ["acme-first", "acme-registration", "relay-words", "relay-code"]);
    assert_eq!(model.diagnosis().causes[0].steps[1].get("en"), "Ask us.");
}

#[test]
fn a_catalogue_narrowed_to_one_protocol_keeps_the_rules_of_that_protocol() {
    let laid = base().overlay("overlay: true\nversion: 2026.11.0+acme.1\nonly: [ftp]\n");
    let model = laid.check().unwrap();
    assert_eq!((model.diagnosis().rules.len(), model.diagnosis().causes.len()), (0, 3));
}
