//! Causes and rules that are read at run time.

use expect_test::{Expect, expect};
use replycode::{
    CATALOG, Catalog, Context, Diagnosis, DiagnosisBasis, Lang, Party, Protocol, ReplyCode, Verdict, cause,
};
use replycode_catalog::{Rule, Source, with_rules, with_rules_bytes};

const SITE: &str = include_str!("../../../../examples/rules.yaml");

fn made(text: &str) -> &'static Catalog {
    with_rules(&CATALOG, Source { path: "rules.yaml", text }).unwrap_or_else(|report| panic!("{report}"))
}

fn ask(catalog: &'static Catalog, protocol: Protocol, code: u16, text: &str) -> Diagnosis {
    catalog.diagnose(protocol, ReplyCode::new(code), text.as_bytes(), Context::default())
}

#[test]
fn rules_of_a_site_come_first() {
    let site = made(SITE);
    let refused = ask(site, Protocol::Smtp, 554, "<a@b.example>: Sender address rejected: Contract expired");
    assert_eq!((refused.cause().id(), refused.cause().number()), ("acme_contract_expired", 200));
    assert_eq!((refused.rule(), refused.basis()), (Some("acme-contract"), DiagnosisBasis::Phrase));
    assert_eq!((refused.verdict(), refused.party()), (Verdict::FixFirst, Party::Account));
    assert_eq!(refused.title(Lang::EN), "Camera contract expired");
    assert_eq!(refused.title(Lang::JA), "カメラ契約の期限切れ");
    assert_eq!(refused.steps(Lang::JA).count(), 2);
    // What the built-in rules say of the same words is the next best.
    let known = ask(&CATALOG, Protocol::Smtp, 554, "<a@b.example>: Sender address rejected: Contract expired");
    assert_eq!(refused.alternatives().next().unwrap().id(), known.cause().id());

    let busy = ask(site, Protocol::Ftp, 550, "cam1.jpg: RAID rebuild in progress");
    assert_eq!((busy.cause().id(), busy.verdict()), ("server_unavailable", Verdict::RetryLater));
    // A rule for one protocol says nothing of the other.
    assert_eq!(ask(site, Protocol::Smtp, 550, "RAID rebuild in progress").rule(), None);
}

#[test]
fn words_for_a_known_cause_take_the_place_of_its_own() {
    let relay = made(SITE).cause("relay_denied").unwrap();
    assert!(relay.steps(Lang::EN).next().unwrap().contains("relay.example.net"));
    assert_eq!(relay.steps(Lang::JA).count(), 2);
    let known = cause::RELAY_DENIED;
    assert_eq!(relay.title(Lang::JA), known.title(Lang::JA));
    assert_eq!((relay.number(), relay.party(), relay.verdict()), (known.number(), known.party(), known.verdict()));
}

/// Everything else is as before: each rule decides what it decided, and each cause says what it said.
#[test]
fn what_the_file_does_not_name_stays() {
    let site = made(SITE);
    assert_eq!(site.causes().len(), CATALOG.causes().len() + 1);
    assert!(site.causes().zip(site.causes().skip(1)).all(|(one, next)| one.number() < next.number()));
    for known in CATALOG.causes().filter(|cause| cause.id() != "relay_denied") {
        let cause = site.cause(known.id()).unwrap();
        assert_eq!((cause.number(), cause.party(), cause.verdict()), (known.number(), known.party(), known.verdict()));
        for lang in [Lang::EN, Lang::JA] {
            assert_eq!((cause.title(lang), cause.meaning(lang)), (known.title(lang), known.meaning(lang)));
            assert!(cause.steps(lang).eq(known.steps(lang)));
        }
    }
    let rules = include_str!("../../../../catalog.yaml").split_once("\nrules:\n").unwrap().1;
    let mut examples = 0;
    for line in rules.lines().filter_map(|line| line.trim().strip_prefix("- \"")) {
        let line = line.trim_end_matches('"');
        let (code, words) = line.split_once([' ', '-']).unwrap_or((line, ""));
        let Ok(code) = code.parse() else { continue };
        for &protocol in Protocol::ALL {
            let (known, answer) = (ask(&CATALOG, protocol, code, words), ask(site, protocol, code, words));
            assert_eq!((answer.cause().id(), answer.rule()), (known.cause().id(), known.rule()), "{line}");
            assert_eq!((answer.verdict(), answer.basis()), (known.verdict(), known.basis()), "{line}");
            assert!(answer.alternatives().map(|c| c.id()).eq(known.alternatives().map(|c| c.id())), "{line}");
            examples += 1;
        }
    }
    assert!(examples > 400, "{examples}");
    let note = |catalog: &'static Catalog| catalog.note(replycode::Note::BareLf).title(Lang::EN);
    assert_eq!(
        (site.lookup(Protocol::Smtp, 550).unwrap().entry().id(), note(site)),
        ("mailbox_unavailable", note(&CATALOG))
    );
}

#[test]
fn a_rule_with_the_id_of_a_known_one_takes_its_place() {
    let text = r#"
rules:
  - id: ftp-553
    cause: ftp_permission_denied
    when: {protocol: ftp, codes: [553]}
    source: Our server says 553 for folders without write permission
    yes: ["553 Error"]
    no: ["552 Error"]
"#;
    let site = made(text);
    let answer = ask(site, Protocol::Ftp, 553, "");
    assert_eq!((answer.cause().id(), answer.rule()), ("ftp_permission_denied", Some("ftp-553")));
    assert!(answer.alternatives().all(|cause| cause.id() != "ftp_name_rejected"));
    assert_eq!(ask(&CATALOG, Protocol::Ftp, 553, "").cause(), cause::FTP_NAME_REJECTED);
}

#[test]
fn a_text_in_one_language_stands_in_for_the_other() {
    let text = SITE.replace("{en: Camera contract expired, ja: カメラ契約の期限切れ}", "{ja: 契約の期限切れ}");
    let cause = made(&text).cause("acme_contract_expired").unwrap();
    assert_eq!((cause.title(Lang::EN), cause.title(Lang::JA)), ("契約の期限切れ", "契約の期限切れ"));
    assert_eq!(cause.steps(Lang::EN).count(), 2);
}

#[test]
fn the_same_file_gives_the_same_catalogue() {
    assert!(std::ptr::eq(made(SITE), made(SITE)));
    let other = SITE.replace("Camera contract expired", "Contract expired");
    let (site, other) = (made(SITE), made(&other));
    assert_eq!(site.version(), format!("{}+rules", CATALOG.version()));
    assert_eq!((site.digest().len(), other.digest().len()), (64, 64));
    assert_ne!(site.digest(), CATALOG.digest());
    assert_ne!(site.digest(), other.digest());
    // Rules over rules.
    let twice = with_rules(site, Source { path: "more.yaml", text: "causes: [{id: relay_denied, title: {en: Ours}}]" });
    let twice = twice.unwrap();
    assert_eq!(twice.cause("relay_denied").unwrap().title(Lang::EN), "Ours");
    assert_eq!(ask(twice, Protocol::Smtp, 450, "Contract has ended").rule(), Some("acme-contract"));
}

#[test]
fn causes_of_the_catalogue_leave_numbers_to_sites() {
    assert!(CATALOG.causes().all(|cause| cause.number() < 200));
}

/// A file and the report of what is wrong with it.
fn refused(rule: Rule, text: &str, report: Expect) {
    let found = with_rules(&CATALOG, Source { path: "rules.yaml", text }).expect_err("a fault");
    report.assert_eq(&found.to_string());
    assert!(found.findings().iter().any(|finding| finding.rule == rule));
}

const RULE: &str = "rules:
  - id: ours
    cause: greylisted
    when: {protocol: smtp, phrases: [come back]}
    source: Our relay
    yes: [\"450 Come back\"]
    no: [\"450 Go away\"]
";

#[test]
fn faults_are_told_with_their_places() {
    made(RULE);
    refused(
        Rule::UnknownCause,
        &RULE.replace("greylisted", "graylisted"),
        expect![[r#"
        error[unknown-cause]: there is no cause `graylisted`
         --> rules.yaml:3:12
          |
        3 |     cause: graylisted
          |            ^^^^^^^^^^
          |
          = help: correct the id, or add the cause under `causes:`

        1 fault"#]],
    );
    refused(
        Rule::RuleExample,
        &RULE.replace("450 Come", "450 Welcome"),
        expect![[r#"
        error[rule-example]: `ours` should decide here (smtp), but no rule decides
         --> rules.yaml:6:11
          |
        6 |     yes: ["450 Welcome back"]
          |           ^^^^^^^^^^^^^^^^^^
          |
          = help: correct the example or the condition, or move the rule

        1 fault"#]],
    );
    refused(
        Rule::RuleExample,
        &RULE.replace("[come back]", "[come back soon]").replace("450 Come back", "450 quota exceeded"),
        expect![[r#"
            error[rule-example]: `ours` should decide here (smtp), but `mailbox-full` decides
             --> rules.yaml:6:11
              |
            6 |     yes: ["450 quota exceeded"]
              |           ^^^^^^^^^^^^^^^^^^^^
              |
              = help: correct the example or the condition, or move the rule

            1 fault"#]],
    );
    refused(
        Rule::PhraseForm,
        &RULE.replace("come back", "Come back"),
        expect![[r#"
        error[phrase-form]: the phrase `Come back` has upper-case letters
         --> rules.yaml:4:38
          |
        4 |     when: {protocol: smtp, phrases: [Come back]}
          |                                      ^^^^^^^^^
          |
          = help: write it in lower case: replies are folded before they are compared

        1 fault"#]],
    );
    refused(
        Rule::UnknownField,
        &format!("version: 1\n{RULE}"),
        expect![[r#"
        error[unknown-field]: a file of rules has no field `version`
         --> rules.yaml:1:1
          |
        1 | version: 1
          | ^^^^^^^
          |
          = help: remove it or correct its name; the fields are: causes, rules

        1 fault"#]],
    );
    refused(
        Rule::MissingField,
        "# nothing yet\n",
        expect![[r#"
        error[missing-field]: there are no rules in this file
         --> rules.yaml:2:1
          |
        2 |
          | ^
          |
          = help: write them as in a catalogue, under `rules:` and, for causes of your own, `causes:`

        1 fault"#]],
    );
    refused(
        Rule::MissingField,
        &RULE.replace("    source: Our relay\n", ""),
        expect![[r#"
        error[missing-field]: this rule has no `source`
         --> rules.yaml:2:5
          |
        2 |   - id: ours
          |     ^^
          |
          = help: add `source: ...`

        1 fault"#]],
    );
    refused(
        Rule::Yaml,
        &RULE.replace("]}", "]"),
        expect![[r#"
        error[yaml]: while parsing a flow mapping, did not find expected ',' or '}'
         --> rules.yaml:5:5
          |
        5 |     source: Our relay
          |     ^
          |
          = help: repair the YAML here or in the lines before, for instance a bracket left open or a wrong indentation; nothing behind this place was looked at

        1 fault"#]],
    );
}

#[test]
fn faults_of_causes_are_told_with_their_places() {
    let cause = |text: &str| SITE.replace("number: 200", text);
    refused(
        Rule::CauseNumber,
        &cause("number: 7"),
        expect![[r#"
        error[cause-number]: the number 7 is that of the cause `relay_denied`
          --> rules.yaml:10:13
           |
        10 |     number: 7
           |             ^
           |
           = help: give it a number that no cause has; 200 to 254 are left to sites

        1 fault"#]],
    );
    refused(
        Rule::Overlay,
        "causes:\n  - {id: relay_denied, number: 201, party: server}\n",
        expect![[r#"
        error[overlay]: an overlay cannot change `number` of cause `relay_denied`
         --> rules.yaml:2:24
          |
        2 |   - {id: relay_denied, number: 201, party: server}
          |                        ^^^^^^
          |
          = help: remove it; what is not a matter of words stays as the catalogue under the overlay has it

        error[overlay]: an overlay cannot change `party` of cause `relay_denied`
         --> rules.yaml:2:37
          |
        2 |   - {id: relay_denied, number: 201, party: server}
          |                                     ^^^^^
          |
          = help: remove it; what is not a matter of words stays as the catalogue under the overlay has it

        2 faults"#]],
    );
    let one =
        "causes:\n  - {id: relay_denied, title: {fr: Relais}, meaning: {en: \"Tab\\there\"}, action: [{en: One}]}\n";
    refused(
        Rule::UnknownLanguage,
        one,
        expect![[r#"
        error[cause-steps]: `relay_denied` does not have two to five steps but 1
         --> rules.yaml:2:10
          |
        2 |   - {id: relay_denied, title: {fr: Relais}, meaning: {en: "Tab\there"}, action: [{en: One}]}
          |          ^^^^^^^^^^^^
          |
          = help: write them in `action`, the likeliest first

        error[unknown-language]: the catalogue lists no language `fr`
         --> rules.yaml:2:32
          |
        2 |   - {id: relay_denied, title: {fr: Relais}, meaning: {en: "Tab\there"}, action: [{en: One}]}
          |                                ^^
          |
          = help: the languages are `en` and `ja`; correct this one, or add it under `languages:`

        error[text-form]: the text has the control or invisible character U+0009
         --> rules.yaml:2:59
          |
        2 |   - {id: relay_denied, title: {fr: Relais}, meaning: {en: "Tab\there"}, action: [{en: One}]}
          |                                                           ^^^^^^^^^^^
          |
          = help: remove it; a text is one line, and whoever shows it breaks it where needed

        3 faults"#]],
    );
}

#[test]
fn a_file_in_another_encoding_is_told() {
    let (bytes, ..) = encoding_rs::SHIFT_JIS.encode(SITE);
    let report = with_rules_bytes(&CATALOG, "rules.yaml", &bytes).expect_err("a fault");
    assert_eq!(report.findings()[0].rule, Rule::Utf8);
    assert!(std::ptr::eq(with_rules_bytes(&CATALOG, "rules.yaml", SITE.as_bytes()).unwrap(), made(SITE)));
}
