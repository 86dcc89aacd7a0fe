//! The tables of the C89 amalgamation. The xtask puts the functions that read them around; these are written by hand in
//! `bindings/c/c89`.
//!
//! Entries lie in blocks, so that a macro can leave out a protocol, and so that an array stays within the 32,767 bytes
//! that C89 promises. An entry keeps its number, whatever is left out.

mod diagnosis;
mod texts;
mod write;

use std::fmt::Write as _;
use std::ops::Range;

use replycode::{Basis, Category, DiagnosisBasis, EntryKind, Expectation, Party, Protocol, Severity, Status, Verdict};
use replycode_catalog::constant;

use crate::layout::{Layout, Reply, Row};
use write::{array, list, narrowest, words};

/// Entries that are kept or left out together.
pub(crate) struct Block<'a> {
    /// As it stands in names.
    name: &'static str,
    /// What must not be defined for the block to be there; empty for the one that always is.
    without: &'static str,
    rows: &'a [Row<'a>],
}

pub(crate) fn emit(layout: &Layout<'_>) -> String {
    let blocks = blocks(layout);
    let mut out = format!(
        "/* Version and digest of the catalogue. */\nstatic const char rc_version[] = \"{}\";\nstatic const char rc_digest[] = \"{}\";\n",
        layout.model.version(),
        layout.model.digest()
    );
    out += &ends(layout, &blocks);
    out += &vocabularies(layout);
    for protocol in [Protocol::Smtp, Protocol::Ftp] {
        out += &unless(&format!("RC_NO_{}", constant(protocol.id())), &protocol_tables(layout, protocol));
    }
    out += &not_replies(layout);
    out += &unless("RC_NO_PARSER", &by_number(layout));
    out += &unless("RC_NO_ENHANCED", &enhanced(layout));
    out += &unless("RC_NO_DIAGNOSIS", &diagnosis::tables(layout));
    out += &facts(&blocks);
    out += &texts::languages(layout);
    out += &texts::texts(layout, &blocks);
    out
}

/// C that is there only while a macro is not defined.
fn unless(macro_name: &str, body: &str) -> String {
    format!("\n#ifndef {macro_name}\n{}\n#endif\n", body.trim_matches('\n'))
}

fn blocks<'a>(layout: &'a Layout<'a>) -> [Block<'a>; 6] {
    let [smtp, ftp] = [Protocol::Smtp, Protocol::Ftp].map(|protocol| range(layout, protocol));
    let block = |name, without, rows| Block { name, without, rows };
    [
        block("base", "", &layout.main[..smtp.start]),
        block("smtp", "RC_NO_SMTP", &layout.main[smtp.clone()]),
        block("ftp", "RC_NO_FTP", &layout.main[ftp.clone()]),
        block("words", "RC_NO_PARSER", &layout.main[ftp.end..]),
        block("enhanced", "RC_NO_ENHANCED", &layout.enhanced),
        block("causes", "RC_NO_DIAGNOSIS", &layout.causes),
    ]
}

/// The entries of a protocol's codes, which lie together.
fn range(layout: &Layout<'_>, protocol: Protocol) -> Range<usize> {
    let end = |reply: &Reply<'_>| reply.first + reply.senses.len() + reply.field.len();
    let replies = || layout.replies.iter().filter(|reply| reply.protocol == protocol);
    let before = layout.replies.iter().filter(|reply| reply.protocol < protocol).map(end).max();
    let start = replies().map(|reply| reply.first).min().or(before).unwrap_or(layout.main.len());
    start..replies().map(end).max().unwrap_or(start)
}

fn ends(layout: &Layout<'_>, blocks: &[Block<'_>; 6]) -> String {
    let mut end = 0;
    let mut ends: Vec<usize> = Vec::new();
    for block in &blocks[..4] {
        end += block.rows.len();
        ends.push(end);
    }
    assert_eq!(end, layout.main.len(), "the blocks are all of the main section, in its order");
    ends.extend([layout.enhanced.len(), layout.causes.len()]);
    format!("\n/* Where the blocks end in the numbers of entries. */\n{}", array("unsigned short", "rc_ends", ends))
}

/// The words of the small vocabularies and what the digits of a code say: the core's own.
fn vocabularies(layout: &Layout<'_>) -> String {
    let mut out = String::from("\n/* The ids of the small vocabularies, by number. */\n");
    let mut ids = String::new();
    macro_rules! vocabulary {
        ($($type:ident: $name:literal, $first:literal;)+) => {
            $(
                let numbers = $type::ALL.iter().map(|member| usize::from(member.number()));
                assert!(numbers.eq($first..$first + $type::ALL.len()), "the numbers of {} have no gap", $name);
                let _ = writeln!(out, "#define RC_COUNT_{} {}", $name.to_uppercase(), $type::ALL.len());
                let all = words(concat!("rc_", $name, "_ids"), $type::ALL.iter().map(|member| member.id()));
                // Without the name of its protocol nobody can ask for a code.
                if $name == "protocol" { out += &all } else { ids += &all }
            )+
        };
    }
    vocabulary! {
        Protocol: "protocol", 0;
        Severity: "severity", 1;
        Category: "category", 0;
        Verdict: "verdict", 1;
        Basis: "basis", 1;
        EntryKind: "kind", 1;
        Status: "status", 1;
        Expectation: "expectation", 1;
        Party: "party", 1;
        DiagnosisBasis: "diagnosis_basis", 1;
    }
    out += &unless("RC_NO_IDS", &ids);
    let verdicts = (0..=Severity::ALL.len()).map(|number| {
        let severity = u8::try_from(number).ok().and_then(Severity::from_number);
        severity.map_or(0, |severity| usize::from(severity.verdict().number()))
    });
    out += "\n/* What to do by severity, where nothing else is known. */\n";
    out += &array("unsigned char", "rc_verdicts_of_severity", verdicts);
    for protocol in Protocol::ALL {
        let (number, id) = (usize::from(protocol.number()), protocol.id());
        let digit = |value: fn(Protocol, u8) -> u8| (0..10).map(move |digit| usize::from(value(*protocol, digit)));
        let tables = String::from("/* By first digit: severity, its entry; by second digit: category, its entry. */\n")
            + &array("unsigned char", &format!("rc_{id}_severities"), digit(|p, d| Severity::of_digit(p, d).number()))
            + &list(&format!("rc_{id}_severity_entries"), layout.severities[number].map(entry_number))
            + &array("unsigned char", &format!("rc_{id}_categories"), digit(|p, d| Category::of_digit(p, d).number()))
            + &list(&format!("rc_{id}_category_entries"), layout.categories[number].map(entry_number));
        out += &unless(&format!("RC_NO_{}", constant(id)), &tables);
    }
    out
}

/// The number of an entry; one that none has, if there is none.
fn entry_number(entry: Option<usize>) -> usize {
    entry.unwrap_or(usize::from(u16::MAX))
}

/// The tables of two protocols that functions choose between have one type: the narrower one that holds both.
fn common(layout: &Layout<'_>, values: fn(&Layout<'_>, Protocol) -> Vec<usize>) -> &'static str {
    let all = Protocol::ALL.iter().flat_map(|protocol| values(layout, *protocol)).collect::<Vec<_>>();
    narrowest(&all)
}

fn protocol_tables(layout: &Layout<'_>, protocol: Protocol) -> String {
    let id = protocol.id();
    let name = |what: &str| format!("rc_{id}_{what}");
    let name_of = constant(id);
    let (first, _) = codes(layout, protocol);
    let mut out = format!(
        "/* The number of the first entry of a code. */\n#define RC_START_{name_of} {}\n/* The listing of a code, from the lowest on; 0 for none. */\n#define RC_LOWEST_{name_of} {first}\n#define RC_RANGE_{name_of} {}\n",
        range(layout, protocol).start,
        index(layout, protocol).len()
    );
    let mut table = |what: &str, comment: &str, values: fn(&Layout<'_>, Protocol) -> Vec<usize>| {
        out += comment;
        out += &array(common(layout, values), &name(what), values(layout, protocol));
    };
    table("index", "", index);
    table(
        "listings_at",
        "/* By listing: where its entries begin in the block, and how many are senses. */\n",
        listings_at,
    );
    table("senses", "", senses);
    let commands = layout.commands.iter().filter(|command| command.protocol == protocol);
    let mut lists = String::from("/* The commands: numbers, verbs; and in the same order what entries answer. */\n");
    lists += &array("unsigned char", &name("commands"), commands.clone().map(|command| usize::from(command.number)));
    lists += &words(&name("verbs"), commands.clone().map(|command| command.verb));
    lists += &array(common(layout, commands_at), &name("commands_at"), commands_at(layout, protocol));
    lists += &array("unsigned char", &name("entry_commands"), entry_commands(layout, protocol));
    lists += "/* The codes that answer a command, behind its number, 0 for any; a number below 100 is a command. */\n";
    lists += &array("unsigned short", &name("flows"), flows(layout, protocol));
    for (what, count) in [("COMMANDS", commands.count()), ("FLOWS", flows(layout, protocol).len())] {
        let _ = writeln!(lists, "#define RC_COUNT_{name_of}_{what} {count}");
    }
    out += &unless("RC_NO_COMMANDS", &lists);
    let mut lists = String::from("/* The enhanced status codes of entries, packed. */\n");
    lists += &array(common(layout, enhanced_at), &name("enhanced_at"), enhanced_at(layout, protocol));
    lists += &array("unsigned short", &name("entry_enhanced"), entry_enhanced(layout, protocol));
    out += &unless("RC_NO_ENHANCED", &lists);
    out
}

fn replies<'a>(layout: &'a Layout<'a>, protocol: Protocol) -> impl Iterator<Item = &'a Reply<'a>> {
    layout.replies.iter().filter(move |reply| reply.protocol == protocol)
}

/// The lowest and the highest code.
fn codes(layout: &Layout<'_>, protocol: Protocol) -> (u16, u16) {
    let codes = || replies(layout, protocol).map(|reply| reply.code);
    (codes().min().unwrap_or(0), codes().max().unwrap_or(0))
}

fn index(layout: &Layout<'_>, protocol: Protocol) -> Vec<usize> {
    let (first, last) = codes(layout, protocol);
    let listing = |code| replies(layout, protocol).position(|reply| reply.code == code).map_or(0, |place| place + 1);
    (first..=last).map(listing).collect()
}

fn listings_at(layout: &Layout<'_>, protocol: Protocol) -> Vec<usize> {
    let range = range(layout, protocol);
    replies(layout, protocol).map(|reply| reply.first - range.start).chain([range.len()]).collect()
}

fn senses(layout: &Layout<'_>, protocol: Protocol) -> Vec<usize> {
    replies(layout, protocol).map(|reply| reply.senses.len()).collect()
}

/// The entries of a protocol's codes.
fn rows<'a>(layout: &'a Layout<'a>, protocol: Protocol) -> &'a [Row<'a>] {
    &layout.main[range(layout, protocol)]
}

/// Where each list begins when all lie one behind the other, and the end of the last.
fn starts(lengths: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut starts = vec![0];
    for length in lengths {
        starts.push(starts[starts.len() - 1] + length);
    }
    starts
}

fn commands_at(layout: &Layout<'_>, protocol: Protocol) -> Vec<usize> {
    starts(rows(layout, protocol).iter().map(|row| row.commands.len()))
}

fn entry_commands(layout: &Layout<'_>, protocol: Protocol) -> Vec<usize> {
    let places = rows(layout, protocol).iter().flat_map(|row| &row.commands);
    places.map(|place| usize::from(layout.commands[usize::from(*place)].number)).collect()
}

fn enhanced_at(layout: &Layout<'_>, protocol: Protocol) -> Vec<usize> {
    starts(rows(layout, protocol).iter().map(|row| row.enhanced.len()))
}

fn entry_enhanced(layout: &Layout<'_>, protocol: Protocol) -> Vec<usize> {
    let codes = rows(layout, protocol).iter().flat_map(|row| &row.enhanced);
    codes
        .map(|code| {
            assert!(code.subject() < 16, "{code}: a subject takes four bits in the packed form");
            let class = match code.class() {
                2 => 1,
                4 => 2,
                _ => 3,
            };
            class << 14 | usize::from(code.subject()) << 10 | usize::from(code.detail())
        })
        .collect()
}

fn flows(layout: &Layout<'_>, protocol: Protocol) -> Vec<usize> {
    let mut out = Vec::new();
    let mut of = None;
    for (_, command, code) in layout.flows.iter().filter(|(of, ..)| *of == protocol.number()) {
        if of != Some(command) {
            assert!(*command < 100, "command {command} cannot be told from a code");
            out.push(usize::from(*command));
            of = Some(command);
        }
        out.push(usize::from(*code));
    }
    out
}

fn not_replies(layout: &Layout<'_>) -> String {
    let mut out = String::from(
        "\n/* Numbers that are no reply, and their entries; the first stands for those that are not listed. */\n",
    );
    out +=
        &array("unsigned short", "rc_not_replies", layout.not_replies.iter().map(|(number, _)| usize::from(*number)));
    out += &list("rc_not_reply_entries", layout.not_replies.iter().map(|(_, entry)| *entry));
    let _ = writeln!(out, "#define RC_COUNT_NOT_REPLIES {}", layout.not_replies.len());
    out
}

fn by_number(layout: &Layout<'_>) -> String {
    let table = |name: &str, entries: &[Option<usize>]| {
        format!("#define RC_COUNT_{} {}\n", name.to_uppercase(), entries.len())
            + &list(&format!("rc_{name}_entries"), entries.iter().map(|entry| entry_number(*entry)))
    };
    String::from("/* The entries of the parser's notes and reasons, by number. */\n")
        + &table("note", &layout.notes)
        + &table("malformed", &layout.malformed)
}

fn enhanced(layout: &Layout<'_>) -> String {
    let mut out = String::from("/* The entries of classes 2, 4, 5 and of subjects. */\n");
    out += &list("rc_classes", layout.classes.map(entry_number));
    out += &list("rc_subjects", layout.subjects.map(entry_number));
    let _ = writeln!(out, "#define RC_COUNT_SUBJECTS {}", layout.subjects.len());
    out += "/* The details in ascending order: subject and detail packed, entry, the codes that belong to it. */\n";
    let packed = layout.details.iter().map(|(subject, detail, _)| {
        assert!(*subject < 64 && *detail < 1024, "X.{subject}.{detail} does not fit into 16 bits");
        usize::from(*subject) << 10 | usize::from(*detail)
    });
    out += &array("unsigned short", "rc_details", packed);
    out += &list("rc_detail_entries", layout.details.iter().map(|(.., entry)| *entry));
    let _ = writeln!(out, "#define RC_COUNT_DETAILS {}", layout.details.len());
    out += &list("rc_codes_at", starts(layout.enhanced.iter().map(|row| row.codes.len())));
    out += &array(
        "unsigned short",
        "rc_entry_codes",
        layout.enhanced.iter().flat_map(|row| &row.codes).map(|&code| code.into()),
    );
    out
}

/// What each entry says besides texts.
fn facts(blocks: &[Block<'_>]) -> String {
    let state = |row: &Row<'_>| {
        usize::from(row.status().number()) << 4 | row.verdict.map_or(0, |verdict| usize::from(verdict.number()))
    };
    write::facts("rc_state_of", "Status, and in the lower four bits the verdict.", "unsigned char", "", blocks, state)
        + &write::facts("rc_rfc_of", "The RFC.", "unsigned short", "RC_NO_SOURCES", blocks, |row| row.rfc().into())
        + &write::facts("rc_since_of", "The first RFC.", "unsigned short", "RC_NO_SOURCES", blocks, |row| {
            row.since().into()
        })
}
