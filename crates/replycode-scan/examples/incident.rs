//! Prints the replies in a file, the one that decides, and what went wrong: `incident FILE [smtp|ftp]`; `-` reads standard input.

use std::io::Read;

use replycode::Protocol;
use replycode_scan::{Found, explain_incident, find};

fn main() {
    let mut arguments = std::env::args().skip(1);
    let Some(path) = arguments.next() else { fail("usage: incident FILE [smtp|ftp]") };
    let hint: Option<Protocol> =
        arguments.next().map(|id| id.parse().unwrap_or_else(|error| fail(&format!("{error}"))));
    let mut text = Vec::new();
    let read = match path.as_str() {
        "-" => std::io::stdin().lock().read_to_end(&mut text),
        _ => std::fs::File::open(&path).and_then(|mut file| file.read_to_end(&mut text)),
    };
    if let Err(error) = read {
        fail(&format!("cannot read {path}: {error}"));
    }
    for found in find(&text, hint) {
        print(&text, &found);
    }
    let answer = explain_incident(&text, hint);
    let incident = answer.incident;
    println!("replies: {}", incident.replies);
    println!("speaker: {}", incident.speaker.map_or("nobody", |speaker| speaker.id()));
    match &incident.deciding {
        Some(found) => {
            print!("deciding: ");
            print(&text, found);
        }
        None => println!("deciding: none"),
    }
    let rule = answer.diagnosis.and_then(|diagnosis| diagnosis.rule()).unwrap_or("-");
    println!("cause: {} ({}, rule {rule})", answer.cause.id(), answer.verdict.id());
}

fn print(text: &[u8], found: &Found) {
    let mut buffer = [0; 400];
    println!(
        "{:>7}+{:<4} {:5} {} {:9} {:10} {:9} {:8} {}",
        found.offset,
        found.len,
        found.protocol.map_or("?", |protocol| protocol.id()),
        found.code.map_or("---".into(), |code| code.to_string()),
        found.enhanced.map_or("-".into(), |code| code.to_string()),
        found.form.id(),
        found.command.unwrap_or("-"),
        found.speaker.id(),
        String::from_utf8_lossy(found.copy_words(text, &mut buffer)),
    );
}

fn fail(message: &str) -> ! {
    eprintln!("{message}");
    std::process::exit(2)
}
