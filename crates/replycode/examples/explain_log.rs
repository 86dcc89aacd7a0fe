//! Explains a camera's error log: `explain_log LOG LANG [LANG...]`.
//!
//! A line is date, time, protocol, and the server's reply: `2026-11-02 08:15:03 smtp 550 5.7.1 Relaying denied`. For
//! each line and language it prints what the reply means and what to do. `bindings/c/examples/statuspage.c` and
//! `examples/explain_log.py` print the same, to the byte.

use std::io::Write;

use replycode::{CATALOG, Context, Explanation, Lang, Protocol, ReplyCode, explain_in};

fn main() {
    let mut arguments = std::env::args().skip(1);
    let (Some(path), languages) = (arguments.next(), arguments.collect::<Vec<_>>()) else {
        fail("usage: explain_log LOG LANG [LANG...]");
    };
    let languages: Vec<Lang> = languages
        .iter()
        .map(|id| CATALOG.lang(id).unwrap_or_else(|| fail(&format!("the catalogue has no language `{id}`"))))
        .collect();
    let log = std::fs::read(&path).unwrap_or_else(|error| fail(&format!("cannot read {path}: {error}")));
    let mut out = std::io::stdout().lock();
    for line in log.split(|&byte| byte == b'\n').filter(|line| !line.is_empty()) {
        for &lang in &languages {
            let _ = out.write_all(line).and_then(|()| out.write_all(block(line, lang).as_bytes()));
        }
    }
}

fn fail(message: &str) -> ! {
    eprintln!("{message}");
    std::process::exit(2)
}

/// What is printed under a line.
fn block(line: &[u8], lang: Lang) -> String {
    let Some(answer) = answer(line) else {
        let words = if lang == Lang::JA {
            "この行に応答コードはありません"
        } else {
            "no reply code in this line"
        };
        return format!("\n  {words}\n");
    };
    let verdict = answer.verdict();
    format!(
        "\n  {} {}/{} {}\n  {}\n  {}\n  retry: {} ({verdict})\n",
        answer.code(),
        answer.severity(),
        answer.category(),
        answer.title(lang),
        answer.meaning(lang),
        answer.action(lang),
        if verdict.should_retry() { "yes" } else { "no" },
    )
}

/// The third word is the protocol, the fourth begins with the code; the fifth may be an enhanced status code.
fn answer(line: &[u8]) -> Option<Explanation> {
    let mut words = line.split(|&byte| byte == b' ').filter(|word| !word.is_empty()).skip(2);
    let word = |bytes| std::str::from_utf8(bytes).ok();
    let protocol: Protocol = word(words.next()?)?.parse().ok()?;
    let code = ReplyCode::from_digits(words.next()?.get(..3)?.try_into().ok()?)?;
    let enhanced = words.next().and_then(word).and_then(|word| word.parse().ok());
    let context = Context { enhanced: enhanced.filter(|_| protocol == Protocol::Smtp), ..Context::default() };
    Some(explain_in(protocol, code.get(), context))
}
