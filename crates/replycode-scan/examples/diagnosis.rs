//! Prints what went wrong, for each question of a file, as `docs/dump.md` says: `diagnosis PATH`.

use std::io::{self, BufWriter, Write};

use replycode::{CATALOG, Context, Enhanced, Protocol, ReplyCode, diagnose};
use replycode_scan::explain_incident;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args_os().nth(1).ok_or("usage: diagnosis PATH")?;
    let file = std::fs::read_to_string(path)?;
    let mut out = BufWriter::new(io::stdout().lock());
    for (at, line) in file.lines().enumerate() {
        let number = at + 1;
        let wrong = || format!("line {number}: expected `reply` or `incident`, its words and bytes");
        match line.split(' ').next() {
            Some("reply") => reply(&mut out, number, line).ok_or_else(wrong)??,
            Some("incident") => incident(&mut out, number, line).ok_or_else(wrong)??,
            _ => return Err(wrong().into()),
        }
    }
    Ok(out.flush()?)
}

/// `reply PROTOCOL CODE STATUS COMMAND BYTES`.
fn reply(out: &mut impl Write, number: usize, line: &str) -> Option<io::Result<()>> {
    let [_, protocol, code, status, verb, text] = line.splitn(6, ' ').collect::<Vec<_>>()[..] else { return None };
    let protocol: Protocol = protocol.parse().ok()?;
    let enhanced: Option<Enhanced> = if status == "-" { None } else { Some(status.parse().ok()?) };
    let context = Context { command: CATALOG.command(protocol, verb), enhanced };
    let answer = diagnose(protocol, ReplyCode::new(code.parse().ok()?), &unescape(text)?, context);
    let alternatives: Vec<_> = answer.alternatives().map(|cause| cause.id()).collect();
    Some(writeln!(
        out,
        "reply {number} {} {} {} {} {} {}",
        answer.cause().id(),
        answer.verdict(),
        answer.party(),
        answer.basis(),
        answer.rule().unwrap_or("-"),
        if alternatives.is_empty() { "-".to_owned() } else { alternatives.join(",") },
    ))
}

/// `incident PROTOCOL BYTES`.
fn incident(out: &mut impl Write, number: usize, line: &str) -> Option<io::Result<()>> {
    let [_, protocol, text] = line.splitn(3, ' ').collect::<Vec<_>>()[..] else { return None };
    let hint: Option<Protocol> = if protocol == "-" { None } else { Some(protocol.parse().ok()?) };
    let answer = explain_incident(&unescape(text)?, hint);
    let found = answer.incident.deciding;
    let place = match found {
        Some(found) => format!("{} {}", found.offset, found.len),
        None => "- -".to_owned(),
    };
    // A verb that the catalogue does not list has no number, and so none in C.
    let listed = found.and_then(|found| found.context().command);
    Some(writeln!(
        out,
        "incident {number} {} {place} {} {} {} {} {} {} {} {} {} {} {}",
        answer.incident.replies,
        found.and_then(|found| found.protocol).map_or("-", |protocol| protocol.id()),
        found.and_then(|found| found.code).map_or("-".to_owned(), |code| code.to_string()),
        found.and_then(|found| found.enhanced).map_or("-".to_owned(), |status| status.to_string()),
        listed.map_or("-", |command| command.verb()),
        answer.incident.speaker.map_or("-", |speaker| speaker.id()),
        found.map_or("-", |found| found.form.id()),
        answer.cause.id(),
        answer.verdict,
        answer.party(),
        answer.diagnosis.map_or("-", |diagnosis| diagnosis.basis().id()),
        answer.diagnosis.and_then(|diagnosis| diagnosis.rule()).unwrap_or("-"),
    ))
}

/// Bytes as the file writes them; `None` for a wrong escape.
fn unescape(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [byte, tail @ ..] = rest {
        rest = tail;
        bytes.push(match (byte, tail) {
            (b'\\', [b'x', high, low, tail @ ..]) => {
                rest = tail;
                let digit = |byte: &u8| char::from(*byte).to_digit(16);
                u8::try_from(digit(high)? * 16 + digit(low)?).ok()?
            }
            (b'\\', _) => return None,
            _ => *byte,
        });
    }
    Some(bytes)
}
