//! Prints the canonical dump of `docs/dump.md`: everything that the catalogue answers, one row a fact.

use std::io::{self, BufWriter, Write};

use replycode::{
    Basis, CATALOG, CATALOG_DIGEST, CATALOG_VERSION, Category, Command, Context, DiagnosisBasis, Enhanced, Entry,
    EntryKind, Expectation, Listing, MalformedReason, Note, Party, Protocol, ReplyCode, Severity, Status, Verdict,
    diagnose, expected, explain, explain_in,
};

/// Codes that the catalogue does not list, one a severity.
const UNLISTED: [u16; 4] = [299, 399, 499, 599];
const CLASSES: [u8; 3] = [2, 4, 5];

fn main() -> io::Result<()> {
    let mut out = BufWriter::new(io::stdout().lock());
    writeln!(out, "catalog {CATALOG_VERSION} {CATALOG_DIGEST}")?;
    for language in CATALOG.languages() {
        writeln!(out, "language {} {} {}", language.lang.number(), language.id, escaped(language.name))?;
    }
    vocabularies(&mut out)?;
    for &protocol in Protocol::ALL {
        codes(&mut out, protocol)?;
    }
    entries(&mut out)?;
    statuses(&mut out)?;
    for &protocol in Protocol::ALL {
        expectations(&mut out, protocol)?;
    }
    for &protocol in Protocol::ALL {
        explanations(&mut out, protocol)?;
    }
    causes(&mut out)?;
    for &protocol in Protocol::ALL {
        diagnoses(&mut out, protocol)?;
    }
    out.flush()
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('\n', "\\n")
}

/// A word, `-` if there is none.
fn word<T: ToString>(word: Option<T>) -> String {
    word.map(|word| word.to_string()).filter(|word| !word.is_empty()).unwrap_or_else(|| "-".to_owned())
}

fn vocabularies(out: &mut impl Write) -> io::Result<()> {
    macro_rules! members {
        ($($name:literal: $type:ident,)+) => {
            $(for member in $type::ALL {
                writeln!(out, "vocabulary {} {} {}", $name, member.number(), member.id())?;
            })+
        };
    }
    members! {
        "protocol": Protocol,
        "severity": Severity,
        "category": Category,
        "verdict": Verdict,
        "basis": Basis,
        "kind": EntryKind,
        "status": Status,
        "expectation": Expectation,
        "party": Party,
        "diagnosis_basis": DiagnosisBasis,
    }
    Ok(())
}

fn codes(out: &mut impl Write, protocol: Protocol) -> io::Result<()> {
    for number in 0..=u16::MAX {
        let answer = explain(protocol, number);
        let (severity, category, basis) = (answer.severity(), answer.category(), answer.basis());
        let (id, verdict) = (answer.entry().id(), answer.verdict());
        writeln!(out, "code {protocol} {number} {severity} {category} {basis} {id} {verdict}")?;
    }
    Ok(())
}

/// All entries of a code, in the order of their numbers.
fn entries_of(reply: Listing) -> impl Iterator<Item = Entry> {
    reply.senses().chain(reply.field())
}

fn entries(out: &mut impl Write) -> io::Result<()> {
    for &protocol in Protocol::ALL {
        for reply in CATALOG.listings(protocol) {
            for (n, of_code) in entries_of(reply).enumerate() {
                entry(out, &format!("{protocol}/{}/{n}", reply.code()), of_code)?;
            }
        }
        for &severity in Severity::ALL {
            entry(out, &format!("{protocol}/severity/{severity}"), CATALOG.severity(protocol, severity))?;
        }
        for &category in Category::ALL {
            entry(out, &format!("{protocol}/category/{category}"), CATALOG.category(protocol, category))?;
        }
    }
    for (number, not_reply) in CATALOG.not_replies() {
        entry(out, &format!("number/{number}"), not_reply)?;
    }
    for class in CLASSES {
        if let Some(code) = Enhanced::new(class, 0, 0) {
            entry(out, &format!("enhanced/class/{class}"), CATALOG.explain_enhanced(code).class())?;
        }
    }
    for subject in 0..=999 {
        let answer = Enhanced::new(5, subject, 0).map(|code| CATALOG.explain_enhanced(code));
        if let Some(of_subject) = answer.and_then(|answer| answer.subject()) {
            entry(out, &format!("enhanced/subject/{subject}"), of_subject)?;
        }
    }
    for (subject, detail, of_detail) in CATALOG.enhanced_details() {
        entry(out, &format!("enhanced/detail/{subject}.{detail}"), of_detail)?;
    }
    for &note in Note::ALL {
        entry(out, &format!("note/{}", note.number()), CATALOG.note(note))?;
    }
    for &reason in MalformedReason::ALL {
        entry(out, &format!("malformed/{}", reason.number()), CATALOG.malformed(reason))?;
    }
    for cause in CATALOG.causes() {
        entry(out, &format!("cause/{}", cause.number()), cause.entry())?;
    }
    Ok(())
}

fn entry(out: &mut impl Write, owner: &str, entry: Entry) -> io::Result<()> {
    if entry.id().is_empty() {
        return Ok(());
    }
    let (kind, id, status, verdict) = (entry.kind(), entry.id(), entry.status(), word(entry.verdict()));
    let (rfc, since) = (entry.source().rfc().unwrap_or(0), entry.since().unwrap_or(0));
    writeln!(out, "entry {owner} {kind} {id} {status} {verdict} {rfc} {since}")?;
    list(out, "commands", owner, entry.commands())?;
    list(out, "enhanced", owner, entry.enhanced())?;
    list(out, "codes", owner, entry.codes())?;
    let aliases = entry.aliases().collect::<Vec<_>>().join("\n");
    for (field, text) in [("phrase", entry.phrase()), ("aliases", &aliases), ("place", entry.source().place())] {
        text_row(out, owner, field, "-", text)?;
    }
    for (field, text) in [
        ("title", Entry::title as fn(Entry, replycode::Lang) -> &'static str),
        ("meaning", Entry::meaning),
        ("action", Entry::action),
        ("note", Entry::note),
    ] {
        for language in CATALOG.languages() {
            text_row(out, owner, field, language.id, text(entry, language.lang))?;
        }
    }
    Ok(())
}

fn list<T: ToString>(
    out: &mut impl Write,
    row: &str,
    owner: &str,
    items: impl IntoIterator<Item = T>,
) -> io::Result<()> {
    let items: Vec<String> = items.into_iter().map(|item| item.to_string()).collect();
    if items.is_empty() { Ok(()) } else { writeln!(out, "{row} {owner} {}", items.join(" ")) }
}

fn text_row(out: &mut impl Write, owner: &str, field: &str, language: &str, text: &str) -> io::Result<()> {
    if text.is_empty() { Ok(()) } else { writeln!(out, "text {owner} {field} {language} {}", escaped(text)) }
}

fn statuses(out: &mut impl Write) -> io::Result<()> {
    for class in CLASSES {
        for subject in 0..=8 {
            for detail in 0..=999 {
                let Some(code) = Enhanced::new(class, subject, detail) else { continue };
                let entry = CATALOG.explain_enhanced(code).entry();
                writeln!(out, "status {code} {} {}", entry.kind(), entry.id())?;
            }
        }
    }
    Ok(())
}

fn expectations(out: &mut impl Write, protocol: Protocol) -> io::Result<()> {
    for command in CATALOG.commands(protocol) {
        for code in 100..=699 {
            writeln!(out, "expected {protocol} {} {code} {}", command.verb(), expected(command, code))?;
        }
    }
    Ok(())
}

fn explanations(out: &mut impl Write, protocol: Protocol) -> io::Result<()> {
    for reply in CATALOG.listings(protocol) {
        let own: Vec<Enhanced> = entries_of(reply).flat_map(|entry| entry.enhanced().iter().copied()).collect();
        for command in std::iter::once(None).chain(CATALOG.commands(protocol).map(Some)) {
            for enhanced in std::iter::once(None).chain(own.iter().copied().map(Some)) {
                explanation(out, protocol, reply.code().get(), command, enhanced)?;
            }
        }
    }
    for code in UNLISTED {
        for class in CLASSES {
            for (subject, detail, _) in CATALOG.enhanced_details() {
                explanation(out, protocol, code, None, Enhanced::new(class, subject, detail))?;
            }
        }
    }
    Ok(())
}

fn explanation(
    out: &mut impl Write,
    protocol: Protocol,
    code: u16,
    command: Option<Command>,
    enhanced: Option<Enhanced>,
) -> io::Result<()> {
    let answer = explain_in(protocol, code, Context { command, enhanced });
    writeln!(
        out,
        "explain {protocol} {code} {} {} {} {} {} {} {}",
        word(command.map(Command::verb)),
        word(enhanced),
        answer.severity(),
        answer.basis(),
        answer.entry().id(),
        answer.verdict(),
        word(answer.enhanced().map(|enhanced| enhanced.entry().id())),
    )
}

fn causes(out: &mut impl Write) -> io::Result<()> {
    for cause in CATALOG.causes() {
        writeln!(out, "cause {} {} {} {}", cause.number(), cause.id(), cause.verdict(), cause.party())?;
        for language in CATALOG.languages() {
            for (n, step) in cause.steps(language.lang).enumerate() {
                writeln!(out, "step {} {} {} {}", cause.number(), language.id, n, escaped(step))?;
            }
        }
    }
    for rule in CATALOG.rules() {
        writeln!(out, "rule {} {}", rule.id(), rule.cause().id())?;
    }
    Ok(())
}

/// Without words: with each code that the catalogue lists and each that it does not, with none, after each command.
fn diagnoses(out: &mut impl Write, protocol: Protocol) -> io::Result<()> {
    for code in (0..=999).filter(|code| [0, 100].contains(code) || CATALOG.lookup(protocol, *code).is_some()) {
        let statuses: Vec<Enhanced> = match CATALOG.lookup(protocol, code) {
            Some(reply) => entries_of(reply).flat_map(Entry::enhanced).copied().collect(),
            None => Vec::new(),
        };
        let commands = std::iter::once(None).chain(CATALOG.commands(protocol).map(Some));
        for command in commands {
            for enhanced in std::iter::once(None).chain(statuses.iter().copied().map(Some)) {
                diagnosis(out, protocol, code, Context { command, enhanced })?;
            }
        }
    }
    for code in UNLISTED.into_iter().chain([0]) {
        for class in CLASSES {
            for (subject, detail, _) in CATALOG.enhanced_details() {
                diagnosis(
                    out,
                    protocol,
                    code,
                    Context { command: None, enhanced: Enhanced::new(class, subject, detail) },
                )?;
            }
        }
    }
    Ok(())
}

fn diagnosis(out: &mut impl Write, protocol: Protocol, code: u16, context: Context) -> io::Result<()> {
    let answer = diagnose(protocol, ReplyCode::new(code), b"", context);
    let asked = format!("{protocol} {code} {} {}", word(context.command.map(Command::verb)), word(context.enhanced));
    let alternatives: Vec<_> = answer.alternatives().map(|cause| cause.id()).collect();
    writeln!(
        out,
        "diagnose {asked} {} {} {} {} {} {}",
        answer.cause().id(),
        answer.verdict(),
        answer.party(),
        answer.basis(),
        word(answer.rule()),
        word(Some(alternatives.join(","))),
    )
}
