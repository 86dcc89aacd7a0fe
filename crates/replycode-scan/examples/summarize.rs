//! What went wrong in logs, how often, and since when: `summarize PATH...`.

use replycode::Lang;
use replycode_scan::{Input, Options, summarize};

fn main() {
    let inputs = std::env::args_os().skip(1).map(Input::path);
    let outcome = summarize(inputs, &Options::default());
    let summary = &outcome.summary;
    println!("{} lines, {} replies, {} problems", summary.lines, summary.replies, summary.problems);
    for count in summary.causes() {
        let time = |time: Option<replycode_scan::Time>| time.map_or_else(|| "?".to_owned(), |time| time.to_string());
        println!(
            "{:8} {:5.1} %  {}  {} to {}",
            count.count,
            100.0 * summary.share(count.count),
            count.cause.title(Lang::EN),
            time(count.first),
            time(count.last)
        );
        println!("         {}:{}: {}", count.example.source, count.example.line, count.example.text.escape_debug());
    }
    for code in summary.unknown_codes() {
        println!("{:8} not in the catalogue: {:?}", code.count, code.code);
    }
    for error in &outcome.errors {
        eprintln!("{error}");
    }
}
