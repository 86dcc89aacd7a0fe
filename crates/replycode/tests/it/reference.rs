//! The same rules written again, the simple way: whole lines, vectors, no state machine. Slow, and hard to get wrong.

use std::iter::Peekable;

use replycode::{Enhanced, MalformedReason, Mode, Note, Notes, Protocol, Rules};

use crate::check::{Event, Seen};

/// A line: its bytes without the line end, and what the line end is.
#[derive(Clone, Copy)]
struct Line<'a> {
    start: usize,
    bytes: &'a [u8],
    /// LF or CR LF; none at the end of the stream.
    end: &'a [u8],
}

fn lines(bytes: &[u8]) -> impl Iterator<Item = Line<'_>> {
    let mut start = 0;
    bytes.split_inclusive(|byte| *byte == b'\n').map(move |whole| {
        let end = [&b"\r\n"[..], b"\n", b"\r"].into_iter().find(|end| whole.ends_with(end)).unwrap_or(b"");
        let line = Line { start, bytes: &whole[..whole.len() - end.len()], end };
        start += whole.len();
        line
    })
}

struct Code {
    number: u16,
    separator: Option<u8>,
    text: usize,
}

/// The code, or the reason why there is none, the byte that shows it, and how many bytes it takes to tell.
fn code(line: Line<'_>) -> Result<Code, (MalformedReason, usize, usize)> {
    use MalformedReason as R;
    for (at, first) in [(0, b'1'), (1, b'0'), (2, b'0')] {
        match line.bytes.get(at) {
            None | Some(b'\r') => return Err((R::TooShort, at, at + 1)),
            Some(byte) if (first..=b'9').contains(byte) => {}
            Some(_) => return Err((R::BadCode, at, at + 1)),
        }
    }
    let number = std::str::from_utf8(&line.bytes[..3]).unwrap().parse().unwrap();
    match line.bytes.get(3) {
        None => Ok(Code { number, separator: None, text: 3 }),
        Some(separator @ (b' ' | b'-' | b'\t')) => Ok(Code { number, separator: Some(*separator), text: 4 }),
        Some(b'\r') => Err((R::BadSeparator, 3, 5)),
        Some(_) => Err((R::BadSeparator, 3, 4)),
    }
}

/// An enhanced code at the start of a text: its parts, its length with the space, its notes.
fn enhanced(text: &[u8]) -> Option<([u16; 3], usize, Notes)> {
    let word = text.split(|byte| *byte == b' ').next()?;
    let mut notes = Notes::EMPTY;
    let bare = word.strip_prefix(b"#").unwrap_or(word);
    if bare.len() < word.len() {
        notes = notes.with(Note::EscPrefix);
    }
    let parts: Vec<&str> = std::str::from_utf8(bare).ok()?.split('.').collect();
    let [class @ ("2" | "3" | "4" | "5"), subject, detail] = parts[..] else { return None };
    for part in [subject, detail] {
        if !(1..=3).contains(&part.len()) || !part.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        if part.len() > 1 && part.starts_with('0') {
            notes = notes.with(Note::EscLeadingZero);
        }
    }
    let number = |part: &str| part.parse().unwrap();
    Some(([number(class), number(subject), number(detail)], (word.len() + 1).min(text.len()), notes))
}

/// What each line has been found to be.
struct Read {
    code: Option<u16>,
    enhanced: Option<Enhanced>,
    text: Vec<u8>,
}

/// The first event of a stream; `None` for none.
pub fn first_event(rules: Rules, bytes: &[u8]) -> Option<Event> {
    let blank = |byte: &&u8| b" \t\r\n".contains(byte);
    let skipped = if rules.mode() == Mode::Log { bytes.iter().take_while(blank).count() } else { 0 };
    if skipped == bytes.len() {
        return None;
    }
    let lines = lines(&bytes[skipped..]).map(|line| Line { start: line.start + skipped, ..line });
    let mut event = reply(rules, bytes, lines.peekable());
    if let Ok(seen) = &mut event.result
        && skipped > 0
    {
        seen.notes = seen.notes.with(Note::LeadingBlank);
        // The first line is as long as it was, blanks included.
        let first =
            bytes.iter().skip(skipped).position(|byte| *byte == b'\n').map_or(bytes.len(), |lf| skipped + lf + 1);
        if first > 512 && rules.protocol() == Protocol::Smtp {
            seen.notes = seen.notes.with(Note::LongLine);
        }
    }
    Some(event)
}

fn reply<'a>(rules: Rules, all: &[u8], mut lines: Peekable<impl Iterator<Item = Line<'a>>>) -> Event {
    let (smtp, strict, log) =
        (rules.protocol() == Protocol::Smtp, rules.mode() == Mode::Strict, rules.mode() == Mode::Log);
    let malformed = |reason, at: usize, need: usize| Event {
        consumed: need.min(all.len()),
        at_end: need > all.len(),
        result: Err((reason, at as u32)),
    };
    let mut notes = Notes::EMPTY;
    let mut read: Vec<Read> = Vec::new();
    let mut current = None;
    let mut refusal = None;
    while let Some(line) = lines.next() {
        let last_of_stream = lines.peek().is_none() && !line.end.ends_with(b"\n");
        let code = code(line);
        let first = read.is_empty();
        let same = code.as_ref().is_ok_and(|code| current == Some(code.number));
        let proper = code.as_ref().is_ok_and(|code| matches!(code.separator, Some(b' ' | b'-')));
        let told = line.start + if line.bytes.len() == 3 && line.end.starts_with(b"\r") { 5 } else { 4 };
        refusal = None;
        // Is the line one with a code, or text?
        let coded = match &code {
            Err((reason, at, need)) if first || (smtp && !log) => {
                if last_of_stream
                    && !first
                    && *reason == MalformedReason::TooShort
                    && *at == line.bytes.len()
                    && line.end.is_empty()
                {
                    // The rest of a line.
                    notes = notes.with(Note::NoEol);
                    break;
                }
                return malformed(*reason, line.start + at, line.start + need);
            }
            Err(_) => {
                if smtp {
                    notes = notes.with(Note::UncodedContinuation);
                }
                None
            }
            Ok(code) if smtp => {
                if strict && code.separator == Some(b'\t') {
                    return malformed(MalformedReason::BadSeparator, line.start + 3, told);
                }
                if !first && !same {
                    if strict {
                        return malformed(MalformedReason::CodeMismatch, line.start, told);
                    }
                    notes = notes.with(Note::CodeMismatch);
                }
                Some(code)
            }
            Ok(code) if first => {
                if strict && !proper {
                    return malformed(MalformedReason::BadSeparator, line.start + 3, told);
                }
                Some(code)
            }
            Ok(code) if same && (proper || !strict) => Some(code),
            Ok(code) if !same && rules.ends_at_any_code() && code.separator == Some(b' ') => {
                notes = notes.with(Note::CodeMismatch);
                Some(code)
            }
            Ok(code) => {
                notes = notes.with(Note::UnpaddedCode);
                if !same && code.separator == Some(b' ') && (400..600).contains(&code.number) {
                    refusal = Some(code.number);
                }
                None
            }
        };
        // The line's text and its bytes.
        let mut text = line.bytes;
        let mut found = None;
        if let Some(code) = coded {
            current = Some(code.number);
            text = &line.bytes[code.text..];
            notes = match code.separator {
                None => notes.with(Note::NoSpace),
                Some(b'\t') => notes.with(Note::TabSeparator),
                _ => notes,
            };
            if smtp && (200..600).contains(&code.number) && code.separator.is_some() {
                found = enhanced(text);
            }
        }
        let mut own = None;
        if let Some(([class, subject, detail], len, faults)) = found {
            let number = current.unwrap_or_default();
            if (300..400).contains(&number) {
                notes = notes.with(Note::EscOn3yz);
            } else if let Some(code) = Enhanced::new(class as u8, subject, detail) {
                notes = faults.iter().fold(notes, Notes::with);
                if !strict || faults.is_empty() {
                    own = Some((code, len));
                }
            }
        }
        if let Some(code) = coded {
            // The lines before with the same code, back to where it began.
            let before: Vec<&Read> = read
                .iter()
                .filter(|line| line.code.is_some())
                .rev()
                .take_while(|line| line.code == Some(code.number))
                .collect();
            let others = before.iter().rev().find_map(|line| line.enhanced);
            match (own, others) {
                (Some((code, len)), None) => {
                    if u16::from(code.class()) != current.unwrap_or_default() / 100 {
                        notes = notes.with(Note::EscClassMismatch);
                    }
                    if !before.is_empty() {
                        notes = notes.with(Note::EscVaries);
                    }
                    text = &text[len..];
                }
                (Some((code, len)), Some(other)) if code == other => text = &text[len..],
                (_, Some(_)) => notes = notes.with(Note::EscVaries),
                (None, None) => {}
            }
            let kept = own.map(|(code, _)| code).filter(|code| others.is_none_or(|other| other == *code));
            read.push(Read { code: Some(code.number), enhanced: kept, text: text.to_vec() });
        } else {
            read.push(Read { code: None, enhanced: None, text: text.to_vec() });
        }
        // The bytes of the text, in their order: strict stops at the first that it does not allow.
        let text_at = line.start + line.bytes.len() - text.len();
        if let Some(cr) = text.iter().position(|byte| *byte == b'\r') {
            if strict {
                return malformed(MalformedReason::BareCr, text_at + cr, text_at + cr + 2);
            }
            notes = notes.with(Note::BareCr);
        }
        if line.end == b"\n" {
            let lf = line.start + line.bytes.len();
            if strict {
                return malformed(MalformedReason::BareLf, lf, lf + 1);
            }
            notes = notes.with(Note::BareLf);
        }
        if text.iter().any(|byte| byte.is_ascii_control() && !b"\t\r".contains(byte)) {
            notes = notes.with(Note::ControlChar);
        }
        if !text.is_ascii() {
            notes = notes.with(Note::EightBit);
        }
        if smtp && line.bytes.len() + line.end.len() > 512 {
            notes = notes.with(Note::LongLine);
        }
        if last_of_stream {
            notes = notes.with(Note::NoEol);
        }
        if coded.is_some_and(|code| code.separator != Some(b'-')) {
            let end = line.start + line.bytes.len() + line.end.len();
            return done(rules, all, Found { notes, read, current, refusal: None }, (!last_of_stream).then_some(end));
        }
    }
    done(rules, all, Found { notes: notes.with(Note::CutOff), read, current, refusal }, None)
}

/// What all lines together say.
struct Found {
    notes: Notes,
    read: Vec<Read>,
    /// The code of the last line with one.
    current: Option<u16>,
    /// The code of the last line of the stream, if that is a refusal which FTP takes for text.
    refusal: Option<u16>,
}

/// The event of a reply that ends at a place, or with the stream.
fn done(rules: Rules, all: &[u8], found: Found, end: Option<usize>) -> Event {
    let Found { mut notes, read, current, refusal } = found;
    if rules.mode() == Mode::Strict && end.is_none() {
        let result = Err((MalformedReason::CutOff, all.len() as u32));
        return Event { consumed: all.len(), at_end: true, result };
    }
    if refusal.is_some() {
        notes = notes.with(Note::CodeMismatch);
    }
    let code = refusal.or(current).expect("a first line");
    let assigned = if rules.protocol() == Protocol::Smtp { 2..=5 } else { 1..=6 };
    if !assigned.contains(&(code / 100)) {
        notes = notes.with(Note::SeverityUnassigned);
    }
    if code / 10 % 10 > 5 {
        notes = notes.with(Note::CategoryUnassigned);
    }
    let coded = read.iter().rev().filter(|line| line.code.is_some());
    let seen = Seen {
        code,
        first: read.first().and_then(|line| line.code).expect("a first line"),
        enhanced: coded.take_while(|line| line.code == Some(code)).filter_map(|line| line.enhanced).last(),
        notes,
        lines: read.len() as u32,
        text: read.iter().map(|line| &line.text[..]).collect::<Vec<_>>().join(&b'\n'),
    };
    Event { consumed: end.unwrap_or(all.len()), at_end: end.is_none(), result: Ok(seen) }
}
