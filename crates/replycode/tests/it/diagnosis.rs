//! The diagnosis is total, and says the same whatever the case, the white space and the line breaks.

use proptest::prelude::*;
use replycode::{
    CATALOG, Context, Diagnosis, DiagnosisBasis, Enhanced, Protocol, ReplyCode, Severity, Verdict, diagnose,
};

/// Words that rules look for, words that they refuse, and what stands between words.
const PIECES: &[&[u8]] = &[
    b"relay",
    b"access",
    b"denied",
    b"quota",
    b"exceeded",
    b"mailbox",
    b"full",
    b"user",
    b"unknown",
    b"spam",
    b"blocked",
    b"try again later",
    b"no such file",
    b"permission",
    b"data connection",
    b"login",
    b"password",
    b"greylisted",
    b"tls",
    b"certificate",
    b"550-5.7.1 ",
    b"550 ",
    b" ",
    b" ",
    b" ",
    b"\r\n",
    b"\t",
    b"\\r\\n",
    b"-",
    b".",
    b":",
    b"<",
    b"\xff",
    b"\0",
    "認証".as_bytes(),
    "空き容量".as_bytes(),
    "密码".as_bytes(),
    b"\xc3\xdc\xc2\xeb",
];

fn text() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        20 => proptest::sample::select(PIECES).prop_map(<[u8]>::to_vec),
        1 => any::<u8>().prop_map(|byte| vec![byte]),
        1 => (any::<u8>(), 0..300usize).prop_map(|(byte, len)| vec![byte; len]),
    ];
    proptest::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

/// A reply's code, and what is known besides it.
fn known() -> impl Strategy<Value = (Protocol, Option<ReplyCode>, Context)> {
    let enhanced = proptest::option::of((proptest::sample::select(&[2u8, 4, 5][..]), 0..9u16, 0..40u16));
    let command = proptest::option::of(proptest::sample::select(&["MAIL", "RCPT", "DATA", "STOR", "CWD", "PASS"][..]));
    let protocol = proptest::sample::select(Protocol::ALL);
    (protocol, proptest::option::of(100..=659u16), enhanced, command).prop_map(|(protocol, code, enhanced, command)| {
        let enhanced = enhanced.and_then(|(class, subject, detail)| Enhanced::new(class, subject, detail));
        let command = command.and_then(|verb| CATALOG.command(protocol, verb));
        (protocol, code.and_then(ReplyCode::new), Context { command, enhanced })
    })
}

/// Everything that holds for any diagnosis.
fn check(answer: Diagnosis, severity: Option<Severity>) {
    assert!(CATALOG.causes().any(|cause| cause == answer.cause()), "{answer:?}");
    assert_eq!(answer.rule().is_none(), answer.basis() == DiagnosisBasis::Severity, "{answer:?}");
    let others: Vec<_> = answer.alternatives().collect();
    for (place, other) in others.iter().enumerate() {
        assert!(*other != answer.cause() && !others[..place].contains(other), "{answer:?}: {others:?}");
    }
    // A success stays one, whatever its words.
    if let Some(severity) = severity.filter(|severity| severity.is_positive()) {
        assert_eq!(answer.verdict(), severity.verdict(), "{answer:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_reply_has_a_diagnosis((protocol, code, context) in known(), text in text()) {
        let severity = code.map(|code| Severity::of(protocol, code)).or(context.enhanced.map(Enhanced::severity));
        check(diagnose(protocol, code, &text, context), severity);
    }

    #[test]
    fn case_and_white_space_do_not_count((protocol, code, context) in known(), text in text()) {
        let answer = diagnose(protocol, code, &text, context);
        let other = diagnose(protocol, code, &text.to_ascii_uppercase(), context);
        // `\n` in two characters is a line end, `\N` is not.
        if !text.contains(&b'\\') {
            prop_assert_eq!(answer, other);
        }
        let wide: Vec<u8> = text.iter().flat_map(|&byte| match byte {
            b' ' => b" \t\r\n ".to_vec(),
            byte => vec![byte],
        }).collect();
        // A code is one at the start of a word only, so more white space makes no new one.
        prop_assert_eq!(answer, diagnose(protocol, code, &wide, context));
        let around = [b"\r\n ", &text[..], b" \t"].concat();
        if code.is_none() {
            prop_assert_eq!(answer, diagnose(protocol, code, &around, context));
        }
    }
}

#[test]
fn retrying_follows_the_severity_unless_a_rule_says_why_not() {
    let ask = |code, text: &str| diagnose(Protocol::Smtp, ReplyCode::new(code), text.as_bytes(), Context::default());
    // The cause asks for a correction; a transient code allows to retry all the same.
    let (for_good, for_now) = (ask(550, "TLS handshake failed."), ask(403, "TLS handshake failed."));
    assert_eq!(for_good.cause(), for_now.cause());
    assert_eq!([for_good.verdict(), for_now.verdict()], [Verdict::FixFirst, Verdict::RetryLater]);
    // The rule has a reason: no server lets a client relay after a while.
    assert_eq!(ask(450, "Relay access denied").verdict(), Verdict::FixFirst);
    // Nothing is known of the severity: the cause's own verdict.
    let unknown = diagnose(Protocol::Smtp, None, b"Relay access denied", Context::default());
    assert_eq!(unknown.verdict(), unknown.cause().verdict());
    // A success has no cause of failure.
    let success = ask(250, "Ok: queued, relay access denied to nobody");
    assert_eq!((success.cause().id(), success.verdict()), ("no_error", Verdict::Done));
}

#[test]
fn the_lines_of_a_reply_are_one_text() {
    let text = b"The user you are trying to contact is receiving\n550-5.2.1 mail too quickly. Please resend later: mailbox is\n550 5.2.1 full";
    let one = b"The user you are trying to contact is receiving mail too quickly. Please resend later: mailbox is full";
    let ask = |text| diagnose(Protocol::Smtp, ReplyCode::new(550), text, Context::default());
    assert_eq!(ask(&text[..]), ask(&one[..]));
    assert_eq!(ask(&one[..]).basis(), DiagnosisBasis::Phrase);
}

#[test]
fn a_command_of_the_other_protocol_says_nothing() {
    let other = Context { command: CATALOG.command(Protocol::Smtp, "RCPT"), ..Context::default() };
    let ask = |context| diagnose(Protocol::Ftp, ReplyCode::new(550), b"", context);
    assert_eq!(ask(other), ask(Context::default()));
    let stor = Context { command: CATALOG.command(Protocol::Ftp, "STOR"), ..Context::default() };
    assert_ne!(ask(stor), ask(Context::default()));
}

#[test]
fn the_causes_are_numbered_and_say_what_to_do() {
    let mut last = 0;
    for cause in CATALOG.causes() {
        assert!(cause.number() > last, "{cause:?}");
        last = cause.number();
        for lang in CATALOG.languages().map(|language| language.lang) {
            assert!(!cause.title(lang).is_empty() && !cause.meaning(lang).is_empty(), "{cause:?}");
            assert!((2..=5).contains(&cause.steps(lang).count()), "{cause:?}");
        }
        assert_eq!(CATALOG.cause(cause.id()), Some(cause));
    }
}
