//! What the library says of texts, for the browser tests to compare with what the page says: reads texts in hexadecimal
//! digits, a line each, and prints an answer for each, a line of JSON.
//!
//! Straight from `explain_incident` and `find`, not by way of the module's own `answer`.

use std::io::{self, BufRead, Write};

use replycode_scan::{explain_incident, find};

fn main() -> io::Result<()> {
    let (input, mut output) = (io::stdin().lock(), io::stdout().lock());
    for line in input.lines() {
        let text = unhex(line?.trim())?;
        let told = explain_incident(&text, None);
        let causes = told.diagnosis.iter().flat_map(|diagnosis| diagnosis.alternatives());
        let causes: Vec<_> = causes.map(|cause| cause.number()).collect();
        let replies: Vec<_> = find(&text, None).collect();
        let places: Vec<_> = replies.iter().map(|found| [found.offset, found.len]).collect();
        let codes: Vec<_> = replies.iter().map(|found| found.code.map_or(0, |code| code.get())).collect();
        writeln!(
            output,
            "{{\"cause\":{},\"verdict\":\"{}\",\"party\":\"{}\",\"rule\":{},\"basis\":{},\"alternatives\":{causes:?},\
             \"speaker\":{},\"count\":{},\"deciding\":{},\"places\":{places:?},\"codes\":{codes:?}}}",
            told.cause.number(),
            told.verdict,
            told.party(),
            quoted(told.diagnosis.and_then(|diagnosis| diagnosis.rule())),
            quoted(told.diagnosis.map(|diagnosis| diagnosis.basis().id())),
            quoted(told.incident.speaker.map(|speaker| speaker.id())),
            told.incident.replies,
            told.incident.deciding.map_or("null".to_owned(), |found| found.offset.to_string()),
        )?;
    }
    Ok(())
}

fn quoted(id: Option<&str>) -> String {
    id.map_or("null".to_owned(), |id| format!("\"{id}\""))
}

/// Texts come as hexadecimal digits: they hold any bytes, line ends too.
fn unhex(digits: &str) -> io::Result<Vec<u8>> {
    let wrong = || io::Error::new(io::ErrorKind::InvalidData, "a line is not a text in hexadecimal digits");
    let pair = |at| digits.get(at..at + 2).and_then(|pair| u8::from_str_radix(pair, 16).ok()).ok_or_else(wrong);
    (0..digits.len()).step_by(2).map(pair).collect()
}
