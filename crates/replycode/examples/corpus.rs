//! Prints what the reply parser makes of the corpus file, as `docs/dump.md` says: `corpus PATH`.

use std::io::{self, BufWriter, Write};

use replycode::{Malformed, Mode, Notes, RawParser, Reply, Rules, State, parse};

/// How many bytes of a text are printed.
const SHOWN: usize = 512;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args_os().nth(1).ok_or("usage: corpus PATH")?;
    let file = std::fs::read_to_string(path)?;
    let mut out = BufWriter::new(io::stdout().lock());
    for (at, line) in file.lines().enumerate().filter(|(_, line)| !line.is_empty() && !line.starts_with('#')) {
        let line_number = at + 1;
        let wrong = |what: &str| format!("line {line_number}: {what}");
        let [_, protocol, rules, input, ..] = line.split('\t').collect::<Vec<_>>()[..] else {
            return Err(wrong("expected columns separated by tabs").into());
        };
        let base = Rules::new(protocol.parse().map_err(|_| wrong("unknown protocol"))?);
        let input = unescape(input.as_bytes()).ok_or_else(|| wrong("the input has a wrong escape"))?;
        for word in rules.split(',') {
            let rules = match word {
                "any-code" => base.end_at_any_code(),
                _ => base.with_mode(word.parse::<Mode>().map_err(|_| wrong("unknown rules"))?),
            };
            writeln!(out, "case {line_number} {protocol} {word}")?;
            stream(&mut out, "whole", rules, &input, input.len().max(1))?;
            stream(&mut out, "bytes", rules, &input, 1)?;
            whole(&mut out, rules, &input)?;
        }
    }
    Ok(out.flush()?)
}

/// Bytes as the corpus file writes them; `None` for a wrong escape.
fn unescape(mut text: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    loop {
        text = match text {
            [] => return Some(bytes),
            [b'\\', b'x', high, low, rest @ ..] => {
                let digit = |byte: &u8| char::from(*byte).to_digit(16);
                bytes.push(u8::try_from(digit(high)? * 16 + digit(low)?).ok()?);
                rest
            }
            [b'\\', escape, rest @ ..] => {
                bytes.push(match escape {
                    b'r' => b'\r',
                    b'n' => b'\n',
                    b't' => b'\t',
                    b'\\' | b'{' | b'}' => *escape,
                    _ => return None,
                });
                rest
            }
            [b'{', rest @ ..] => {
                let end = rest.iter().position(|byte| *byte == b'}')?;
                let star = rest[..end].iter().position(|byte| *byte == b'*')?;
                let times: usize = std::str::from_utf8(&rest[..star]).ok()?.parse().ok()?;
                bytes.extend(unescape(&rest[star + 1..end])?.repeat(times));
                &rest[end + 1..]
            }
            [byte, rest @ ..] => {
                bytes.push(*byte);
                rest
            }
        };
    }
}

/// What a streaming parser tells of the input in pieces of a size.
fn stream(out: &mut impl Write, form: &str, rules: Rules, input: &[u8], size: usize) -> io::Result<()> {
    let (mut parser, mut text, mut consumed) = (RawParser::with_rules(rules), [0; SHOWN], 0);
    for piece in input.chunks(size) {
        let mut rest = piece;
        while !rest.is_empty() {
            let (read, state) = parser.feed(rest, &mut text);
            (consumed, rest) = (consumed + read, &rest[read..]);
            event(out, &format!("{form} {consumed} inside"), state, parser.reply(&text))?;
        }
    }
    let state = parser.finish(&mut text);
    event(out, &format!("{form} {consumed} end"), state, parser.reply(&text))
}

fn event(out: &mut impl Write, start: &str, state: State, reply: Option<Reply<'_>>) -> io::Result<()> {
    match (state, reply) {
        (State::Malformed(malformed), _) => row(out, start, Err(malformed)),
        (_, Some(reply)) => row(out, start, Ok(reply)),
        _ => Ok(()),
    }
}

fn row(out: &mut impl Write, start: &str, result: Result<Reply<'_>, Malformed>) -> io::Result<()> {
    match result {
        Ok(reply) => {
            let enhanced = reply.enhanced().map_or_else(|| "-".to_owned(), |code| code.to_string());
            let (code, first, notes, lines) =
                (reply.code(), reply.first_code(), ids(reply.notes()), reply.line_count());
            write!(out, "{start} reply {code} {first} {enhanced} {notes} {lines} ")?;
            bytes(out, reply.text().bytes())
        }
        Err(malformed) => writeln!(out, "{start} malformed {} {}", malformed.reason(), malformed.offset()),
    }
}

fn ids(notes: Notes) -> String {
    let ids: Vec<_> = notes.iter().map(|note| note.id()).collect();
    if ids.is_empty() { "-".to_owned() } else { ids.join(",") }
}

/// The end of a row.
fn bytes(out: &mut impl Write, bytes: impl IntoIterator<Item = u8>) -> io::Result<()> {
    for byte in bytes.into_iter().take(SHOWN) {
        match byte {
            b' '..=b'[' | b']'..=b'~' => out.write_all(&[byte])?,
            _ => write!(out, "\\x{byte:02x}")?,
        }
    }
    writeln!(out)
}

/// What the input is as one reply.
fn whole(out: &mut impl Write, rules: Rules, input: &[u8]) -> io::Result<()> {
    let result = parse(rules, input);
    row(out, "parse", result)?;
    let Ok(reply) = result else { return Ok(()) };
    if let Some(address) = reply.passive_address() {
        writeln!(out, "value passive {} {}", address.ip(), address.port())?;
    }
    if let Some(port) = reply.extended_passive_port() {
        writeln!(out, "value port {port}")?;
    }
    if let Some(path) = reply.pathname() {
        write!(out, "value pathname ")?;
        bytes(out, path.bytes())?;
    }
    if let Some(size) = reply.file_size() {
        writeln!(out, "value size {size}")?;
    }
    if let Some(time) = reply.modification_time() {
        let fraction = if time.fraction.is_empty() { "-" } else { time.fraction };
        let (year, month, day) = (time.year, time.month, time.day);
        writeln!(out, "value time {year} {month} {day} {} {} {} {fraction}", time.hour, time.minute, time.second)?;
    }
    for (name, text) in [("domain", reply.domain()), ("path", reply.forward_path())] {
        if let Some(text) = text {
            write!(out, "value {name} ")?;
            bytes(out, text.bytes())?;
        }
    }
    let text: Vec<u8> = reply.text().bytes().collect();
    let mut wire = Vec::new();
    let new = Reply::new(reply.protocol(), reply.code(), &text).with_enhanced(reply.enhanced());
    new.write_to(|piece| wire.write_all(piece))?;
    write!(out, "wire {} ", wire.len())?;
    bytes(out, wire)
}
