//! Random bytes, made of what the protocol is made of.

use std::io::Write;

use proptest::prelude::*;
use replycode::{Enhanced, Protocol, Reply, ReplyCode, Rules, parse_prefix};

use crate::alphabet::PIECES;
use crate::check::{all_rules, check, check_splits};
use crate::reference::first_event;

/// The smallest pieces; with those of the alphabet, anything can be put together.
const BITS: &[&[u8]] = &[
    b"220", b"250", b"550", b" ", b" ", b" ", b"-", b"-", b"-", b"\t", b"\r\n", b"\r\n", b"\r\n", b"\r\n", b"\n",
    b"\r", b"5.1.1", b"2.0.0", b"#", b"5.", b".", b"1", b"0", b"text", b"\0", b"\x7f", b"\xff",
];

fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        20 => proptest::sample::select(BITS).prop_map(<[u8]>::to_vec),
        10 => proptest::sample::select(&PIECES[..]).prop_map(<[u8]>::to_vec),
        1 => any::<u8>().prop_map(|byte| vec![byte]),
        1 => (any::<u8>(), 0..600usize).prop_map(|(byte, len)| vec![byte; len]),
    ];
    proptest::collection::vec(piece, 0..16).prop_map(|pieces| pieces.concat())
}

/// Lines of a text, as a reply may have them: neither CR nor LF.
fn text() -> impl Strategy<Value = Vec<u8>> {
    let line = proptest::collection::vec(proptest::sample::select(BITS), 0..6).prop_map(|pieces| pieces.concat());
    proptest::collection::vec(line, 1..5).prop_map(|lines| {
        let mut text = lines.join(&b'\n');
        text.retain(|byte| *byte != b'\r');
        text
    })
}

fn enhanced() -> impl Strategy<Value = Option<Enhanced>> {
    let class = proptest::sample::select(&[2, 4, 5][..]);
    proptest::option::of((class, 0..=999u16, 0..=999u16).prop_filter_map("a code", |(c, s, d)| Enhanced::new(c, s, d)))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 800, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read_as_the_reference_reads_them(bytes in bytes()) {
        for rules in all_rules() {
            let events = check(rules, &bytes);
            prop_assert_eq!(events.first().cloned(), first_event(rules, &bytes), "{:?}", rules);
        }
    }

    #[test]
    fn cut_anywhere(bytes in bytes(), places in proptest::collection::vec(any::<proptest::sample::Index>(), 4)) {
        for rules in all_rules() {
            let events = check(rules, &bytes);
            check_splits(rules, &bytes, places.iter().map(|place| place.index(bytes.len() + 1)), &events);
        }
    }

    /// What is written is read as what was written.
    #[test]
    fn writing_and_reading(code in 100..=999u16, enhanced in enhanced(), text in text()) {
        let code = ReplyCode::new(code).unwrap();
        for protocol in [Protocol::Smtp, Protocol::Ftp] {
            let has_enhanced = protocol == Protocol::Smtp && matches!(code.first(), 2 | 4 | 5);
            let enhanced = enhanced.filter(|_| has_enhanced);
            let reply = Reply::new(protocol, code, &text).with_enhanced(enhanced);
            let mut wire = Vec::new();
            reply.write_to(|piece| wire.write_all(piece)).unwrap();
            let (again, consumed) = parse_prefix(Rules::new(protocol), &wire).unwrap().unwrap();
            prop_assert_eq!(consumed, wire.len());
            prop_assert_eq!(again.code(), code);
            prop_assert_eq!(again.line_count(), reply.line_count());
            // A text that begins with an enhanced code, in a reply without one, is read as what it looks like.
            if enhanced.is_some() || again.enhanced().is_none() {
                prop_assert_eq!(again, reply);
            }
        }
    }
}
