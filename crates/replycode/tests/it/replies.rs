//! Every case of the corpus, whole and cut at each place.

use std::collections::BTreeSet;

use replycode::{MalformedReason, Mode, Note, Notes, Parser, Protocol, RawParser, Rules, State, parse};

use crate::check::{Event, Seen, all_rules, check, check_splits};
use crate::corpus::{Case, cases, unescape};

/// The event that the case expects; `None` for none.
fn expected(case: &Case) -> Option<Event> {
    let [code, first, enhanced, notes, lines, text] = case.result[..] else { unreachable!() };
    let result = match case.event {
        "idle" => return None,
        "complete" | "end" => Ok(Seen {
            code: code.parse().expect("a code"),
            first: first.parse().expect("a code"),
            enhanced: (enhanced != "-").then(|| enhanced.parse().expect("an enhanced code")),
            notes: match notes {
                "-" => Notes::EMPTY,
                ids => ids.split(',').map(|id| id.parse::<Note>().expect("the id of a note")).collect(),
            },
            lines: lines.parse().expect("a number"),
            text: unescape(text.strip_prefix('"').and_then(|text| text.strip_suffix('"')).expect("quotes")),
        }),
        "malformed" | "end-malformed" => Err((code.parse().expect("a reason"), first.parse().expect("an offset"))),
        event => panic!("line {}: unknown event {event}", case.line),
    };
    Some(Event { consumed: case.consumed, at_end: case.event.starts_with("end"), result })
}

#[test]
fn every_case_is_read_as_the_rfc_says() {
    for case in cases() {
        for rules in &case.rules {
            let events = check(*rules, &case.input);
            let place = format!("line {}, {:?}, {rules:?}", case.line, case.name);
            assert_eq!(events.first(), expected(&case).as_ref(), "{place}");
        }
    }
}

/// Every place; of the few inputs of more than 2000 bytes, which repeat themselves, the ends and every 997th.
fn places(len: usize) -> impl Iterator<Item = usize> {
    (0..=len).filter(move |place| len <= 2000 || *place <= 64 || len - *place <= 64 || place % 997 == 0)
}

/// For all rules, also those that the case says nothing of.
#[test]
fn every_input_cut_at_every_place_is_read_the_same() {
    let inputs: BTreeSet<Vec<u8>> = cases().into_iter().map(|case| case.input).collect();
    for input in inputs {
        for rules in all_rules() {
            let events = check(rules, &input);
            check_splits(rules, &input, places(input.len()), &events);
        }
    }
}

/// An endless reply: the code, the notes and the count are right, and the memory is that of the parser.
#[test]
fn a_hundred_thousand_lines() {
    for protocol in [Protocol::Smtp, Protocol::Ftp] {
        let mut parser = Parser::<7>::with_rules(Rules::new(protocol));
        for _ in 0..100_000 {
            assert_eq!(parser.feed(b"250-abc\r\n"), (9, State::NeedMore));
        }
        assert_eq!(parser.feed(b"250 \xff\n"), (6, State::Complete));
        let reply = parser.reply().unwrap();
        assert_eq!((reply.code().get(), reply.line_count(), reply.is_truncated()), (250, 100_001, true));
        assert!(reply.text() == "abc\nabc");
        assert!(reply.notes().iter().eq([Note::BareLf, Note::EightBit]));
    }
}

#[test]
fn an_endless_line() {
    let mut parser = RawParser::new(Protocol::Smtp);
    let mut text = [0; 3];
    parser.feed(b"421 4.3.2 ", &mut text);
    for _ in 0..1000 {
        assert_eq!(parser.feed(&[b'x'; 1000], &mut text), (1000, State::NeedMore));
    }
    assert_eq!(parser.feed(b"\r\n250 ok\r\n", &mut text), (2, State::Complete));
    let reply = parser.reply(&text).unwrap();
    assert_eq!((reply.code().get(), reply.line_count(), &text), (421, 1, b"xxx"));
    assert_eq!(reply.enhanced(), "4.3.2".parse().ok());
    assert!(reply.notes().iter().eq([Note::LongLine]));
}

/// What the docs say of the sizes.
#[test]
fn sizes() {
    assert!(size_of::<RawParser>() <= 64);
    assert_eq!(size_of::<Parser>(), size_of::<RawParser>() + 512);
    assert_eq!(size_of::<Parser<0>>(), size_of::<RawParser>());
}

/// After a malformed line the rest of that line is never taken for a reply.
#[test]
fn a_malformed_line_is_dropped_to_its_end() {
    let bytes = b"2200 OK 550 x\r\n22\r\n+22 221 y\n354 go\r\n250";
    let events = check(Rules::new(Protocol::Smtp), bytes);
    let told: Vec<_> =
        events.iter().map(|event| (event.consumed, event.result.as_ref().map(|seen| seen.code))).collect();
    let reason = |reason: MalformedReason, offset| Err((reason, offset));
    let told: Vec<_> = told.into_iter().map(|(consumed, result)| (consumed, result.map_err(|error| *error))).collect();
    assert_eq!(
        told,
        [
            (4, reason(MalformedReason::BadSeparator, 3)),
            (18, reason(MalformedReason::TooShort, 2)),
            (20, reason(MalformedReason::BadCode, 0)),
            (37, Ok(354)),
            (40, Ok(250)),
        ]
    );
}

#[test]
fn parse_wants_one_reply() {
    let told = |rules: Rules, bytes: &[u8]| {
        parse(rules, bytes).map(|reply| reply.code().get()).map_err(|error| (error.reason().id(), error.offset()))
    };
    for protocol in [Protocol::Smtp, Protocol::Ftp] {
        let rules = Rules::new(protocol);
        assert_eq!(told(rules, b""), Err(("empty", 0)));
        assert_eq!(told(rules, b"250 a\r\n250 b\r\n"), Err(("trailing-data", 7)));
        assert_eq!(told(rules, b"250 a\r\n\r\n"), Err(("trailing-data", 7)));
        assert_eq!(told(rules.with_mode(Mode::Log), b" 250 a\r\n\r\n "), Ok(250));
        assert_eq!(told(rules.with_mode(Mode::Log), b" 250 a\r\n\r\nx"), Err(("trailing-data", 8)));
        assert_eq!(told(rules.with_mode(Mode::Log), b" \r\n"), Err(("empty", 0)));
    }
}

/// `Parser` adds the buffer to `RawParser` and nothing else.
#[test]
fn a_parser_is_used_again() {
    let mut parser = Parser::<8>::with_rules(Rules::new(Protocol::Ftp));
    assert_eq!((parser.state(), parser.rules()), (State::Idle, Rules::new(Protocol::Ftp)));
    assert_eq!(parser.feed(b"220-Hello\r\n220 world\r\n"), (22, State::Complete));
    assert!(parser.reply().unwrap().text() == "Hello\nwo");
    assert_eq!(parser.feed(b"331 x"), (5, State::NeedMore));
    assert!(parser.reply().is_none());
    assert_eq!(parser.finish(), State::Complete);
    assert!(parser.reply().unwrap().text() == "x");
    parser.feed(b"garbage");
    assert!(matches!(parser.state(), State::Malformed(_)));
    parser.reset();
    assert_eq!(parser.feed(b"230 y\r\n"), (7, State::Complete));
    assert_eq!(parser.reply().unwrap().notes(), Notes::EMPTY);
}
