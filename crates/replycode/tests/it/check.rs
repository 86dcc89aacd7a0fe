//! What must hold for any bytes whatever: however the bytes are cut, streamed or not, with any buffer, the same events.
//! The fuzz target includes this file.

use std::io::Write;

use replycode::{
    Enhanced, Malformed, MalformedReason, Mode, Notes, Protocol, RawParser, Reply, Rules, State, parse, parse_prefix,
};

/// A reply as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    pub code: u16,
    pub first: u16,
    pub enhanced: Option<Enhanced>,
    pub notes: Notes,
    pub lines: u32,
    pub text: Vec<u8>,
}

impl Seen {
    pub fn of(reply: &Reply<'_>) -> Self {
        Seen {
            code: reply.code().get(),
            first: reply.first_code().get(),
            enhanced: reply.enhanced(),
            notes: reply.notes(),
            lines: reply.line_count(),
            text: reply.text().bytes().collect(),
        }
    }
}

/// What a parser tells, and how many bytes of the stream it had read by then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    pub consumed: usize,
    pub at_end: bool,
    /// The reply, or the reason and the offset.
    pub result: Result<Seen, (MalformedReason, u32)>,
}

/// All rules there are.
pub fn all_rules() -> impl Iterator<Item = Rules> {
    Protocol::ALL.iter().flat_map(|protocol| {
        let modes = Mode::ALL.iter().map(|mode| Rules::new(*protocol).with_mode(*mode));
        modes.flat_map(|rules| [rules, rules.end_at_any_code()])
    })
}

/// The events of a stream that comes in pieces.
pub fn stream<'a>(rules: Rules, pieces: impl Iterator<Item = &'a [u8]>, text: &mut [u8]) -> Vec<Event> {
    let mut parser = RawParser::with_rules(rules);
    let (mut events, mut consumed) = (Vec::new(), 0);
    let mut note = |parser: &RawParser, text: &[u8], consumed, at_end| {
        let result = match parser.state() {
            State::Complete => Ok(Seen::of(&parser.reply(text).expect("complete"))),
            State::Malformed(malformed) => Err(parts(malformed)),
            State::Idle | State::NeedMore => return assert!(parser.reply(text).is_none()),
        };
        events.push(Event { consumed, at_end, result });
    };
    for piece in pieces {
        let mut rest = piece;
        while !rest.is_empty() {
            let (read, state) = parser.feed(rest, text);
            consumed += read;
            rest = &rest[read..];
            assert_eq!(state, parser.state());
            assert!(read > 0, "no progress");
            assert!(
                rest.is_empty() || matches!(state, State::Complete | State::Malformed(_)),
                "{state:?} with {rest:?} left"
            );
            note(&parser, text, consumed, false);
        }
    }
    let state = parser.finish(text);
    assert!(state != State::NeedMore);
    note(&parser, text, consumed, true);
    assert_eq!(parser.finish(text), State::Idle);
    events
}

/// The events of a stream that comes at once.
pub fn whole(rules: Rules, bytes: &[u8]) -> Vec<Event> {
    stream(rules, std::iter::once(bytes), &mut vec![0; bytes.len()])
}

/// Byte by byte, in pieces of other sizes, and without copying: the events are those of `whole`, which are returned.
pub fn check(rules: Rules, bytes: &[u8]) -> Vec<Event> {
    let events = whole(rules, bytes);
    for size in [1, 2, 3, 7, 16, 61] {
        assert_eq!(
            stream(rules, bytes.chunks(size), &mut vec![0; bytes.len()]),
            events,
            "in pieces of {size}: {rules:?}"
        );
    }
    check_zero_copy(rules, bytes, &events);
    check_small_buffer(rules, bytes, &events);
    for event in &events {
        if let Ok(seen) = &event.result {
            check_reply(rules, seen);
        }
    }
    events
}

/// Cut in two at each of these places.
pub fn check_splits(rules: Rules, bytes: &[u8], places: impl Iterator<Item = usize>, events: &[Event]) {
    let mut text = vec![0; bytes.len()];
    for place in places {
        let (head, tail) = bytes.split_at(place);
        assert_eq!(stream(rules, [head, tail].into_iter(), &mut text), events, "cut at {place}: {rules:?}");
    }
}

fn parts(malformed: Malformed) -> (MalformedReason, u32) {
    (malformed.reason(), malformed.offset())
}

fn parsed(rules: Rules, bytes: &[u8]) -> Result<Seen, (MalformedReason, u32)> {
    parse(rules, bytes).map(|reply| Seen::of(&reply)).map_err(parts)
}

fn check_zero_copy(rules: Rules, bytes: &[u8], events: &[Event]) {
    let mut start = 0;
    for event in events {
        let rest = &bytes[start..];
        match parse_prefix(rules, rest) {
            Ok(Some((reply, consumed))) => {
                assert_eq!(reply.raw(), Some(&rest[..consumed]));
                start += consumed;
                assert_eq!(event, &Event { consumed: start, at_end: false, result: Ok(Seen::of(&reply)) });
                assert_eq!(reply.text().len(), reply.text().bytes().count());
                // By itself it is the same reply.
                assert_eq!(parsed(rules, &rest[..consumed]), event.result);
            }
            Ok(None) => {
                assert!(event.at_end);
                assert_eq!(parsed(rules, rest), event.result);
            }
            Err(malformed) => {
                assert_eq!((event.at_end, &event.result), (false, &Err(parts(malformed))));
                assert_eq!(parsed(rules, rest), event.result);
                return;
            }
        }
    }
}

/// A buffer that is too small keeps a prefix of the text and changes nothing else.
fn check_small_buffer(rules: Rules, bytes: &[u8], events: &[Event]) {
    let mut text = [0; 4];
    let small = stream(rules, bytes.chunks(5), &mut text);
    assert_eq!(small.len(), events.len());
    for (small, event) in small.iter().zip(events) {
        let mut expected = event.clone();
        if let Ok(seen) = &mut expected.result {
            seen.text.truncate(text.len());
        }
        assert_eq!(*small, expected);
    }
}

/// What is written is read as an equal reply without notes on the framing; every part that machines read is asked for.
fn check_reply(rules: Rules, seen: &Seen) {
    let code = seen.code.try_into().expect("a code");
    let reply = Reply::new(rules.protocol(), code, &seen.text).with_enhanced(seen.enhanced);
    let values = (reply.passive_address(), reply.extended_passive_port(), reply.modification_time(), reply.domain());
    let pathname = reply.pathname().map(|path| path.to_string());
    std::hint::black_box((values, pathname, reply.file_size(), reply.forward_path(), reply.to_string()));

    let mut wire = Vec::new();
    reply.write_to(|piece| wire.write_all(piece)).expect("memory");
    assert_eq!(reply.write_into(&mut vec![0; wire.len()]), Ok(&wire[..]));
    let (again, consumed) = parse_prefix(rules, &wire).expect("well formed").expect("complete");
    assert_eq!(consumed, wire.len());
    let framing = again.notes().iter().map(|note| note.id()).filter(|id| {
        !matches!(*id, "long-line" | "control-char" | "eight-bit")
            && !id.starts_with("esc-")
            && !id.ends_with("-unassigned")
    });
    assert_eq!(framing.collect::<Vec<_>>(), [""; 0], "{wire:?}");
    // A CR begins a new line, and a text may begin with what is an enhanced code once it is written.
    let enhanced_appeared = seen.enhanced.is_none() && again.enhanced().is_some();
    if !seen.text.contains(&b'\r') && !enhanced_appeared {
        assert_eq!(again, reply);
    }
}
