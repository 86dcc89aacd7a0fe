//! `cargo xtask size`: what the library takes on a Cortex-M3, by what is left in. Writes `docs/firmware-size.md`; its
//! budgets are held by `cargo xtask test`.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, anyhow, bail};
use object::{Object, ObjectSection, ObjectSymbol, SectionFlags, SectionKind};

use super::programs::{self, STRICT};
use super::stack::Stacks;
use super::{library, targets};
use crate::step::{self, need};
use crate::{archive, repo};

/// Where the table goes.
const PAGE: &str = "docs/firmware-size.md";
/// The machine that is measured.
const TRIPLE: &str = "thumbv7m-none-eabi";
/// Its compiler: that of tier 1, which compiles for Cortex-M3 as the one for bare metal does.
const CC: &[&str] = &["arm-linux-gnueabi-gcc", "-mcpu=cortex-m3", "-mthumb", "-fno-pic", "-ffreestanding", "-Os"];
const PACKAGE: &str = "gcc-arm-linux-gnueabi";

/// How much a parser may hold beside the caller's text.
const PARSER: u64 = 64;

/// How much stack the C89 file may take.
const STACK_BUDGET: u64 = 512;

/// What a firmware may want.
struct Set {
    name: &'static str,
    /// What it calls; the linker drops the rest. Empty: everything.
    calls: &'static [&'static str],
    /// What is left out of the C89 file, in groups.
    knobs: &'static [&'static [&'static str]],
    /// How many bytes of flash the C89 file may take; none for what only the static library does.
    c89: Option<u64>,
    /// How many the static library may take; none for sets that it cannot have, as it has the texts of all languages.
    archive: Option<u64>,
}

const DIGITS: &[&str] = &["rc_severity", "rc_category", "rc_should_retry"];
const CODES: &[&str] = &["rc_lookup", "rc_severity", "rc_category", "rc_should_retry"];
const EXPLAINING: &[&str] = &["rc_explain_in", "rc_kind", "rc_verdict", "rc_should_retry"];
const TITLES: &[&str] = &["rc_lookup", "rc_severity", "rc_category", "rc_should_retry", "rc_explain", "rc_title"];
const PARSING: &[&str] =
    &["rc_parser_init", "rc_parser_feed", "rc_parser_finish", "rc_parser_reply", "rc_parse", "rc_reply_text_copy"];
const CAUSES: &[&str] = &["rc_diagnose", "rc_cause_number", "rc_party", "rc_should_retry"];
/// What examples/firmware calls.
const PAGE_CALLS: &[&str] = &[
    "rc_matches",
    "rc_parser_init",
    "rc_parser_feed",
    "rc_parser_reply",
    "rc_explain_in",
    "rc_reply_diagnose",
    "rc_title",
    "rc_step",
];

const NO_TEXTS: &[&str] =
    &["RC_NO_TITLES", "RC_NO_MEANINGS", "RC_NO_ACTIONS", "RC_NO_NOTES", "RC_NO_IDS", "RC_NO_PHRASES", "RC_NO_SOURCES"];
const TITLES_ONLY: &[&str] = &[
    "RC_NO_EN",
    "RC_NO_MEANINGS",
    "RC_NO_ACTIONS",
    "RC_NO_NOTES",
    "RC_NO_IDS",
    "RC_NO_PHRASES",
    "RC_NO_SOURCES",
    "RC_NO_COMMANDS",
    "RC_NO_ENHANCED",
    "RC_NO_DIAGNOSIS",
    "RC_NO_PARSER",
];

const KB: u64 = 1024;

const SETS: &[Set] = &[
    Set {
        name: "severities and categories of both protocols",
        calls: DIGITS,
        knobs: &[&["RC_CODES_ONLY"]],
        c89: Some(KB),
        archive: Some(KB),
    },
    Set {
        name: "the same and the codes of both protocols",
        calls: CODES,
        knobs: &[&["RC_CODES_ONLY"]],
        c89: Some(4 * KB),
        archive: Some(9 * KB),
    },
    Set {
        name: "the same and titles in Japanese",
        calls: TITLES,
        knobs: &[TITLES_ONLY],
        c89: Some(12 * KB),
        archive: None,
    },
    Set {
        name: "the same in Shift_JIS",
        calls: TITLES,
        knobs: &[TITLES_ONLY, &["RC_ENCODING=RC_SHIFT_JIS"]],
        c89: Some(12 * KB),
        archive: None,
    },
    Set {
        name: "explanations with verdicts, without a text",
        calls: EXPLAINING,
        knobs: &[NO_TEXTS],
        c89: Some(12 * KB),
        archive: Some(16 * KB),
    },
    Set {
        name: "the reply parser alone",
        calls: PARSING,
        knobs: &[NO_TEXTS],
        c89: Some(8 * KB),
        archive: Some(16 * KB),
    },
    Set {
        name: "diagnosis without a text",
        calls: CAUSES,
        knobs: &[NO_TEXTS],
        c89: Some(44 * KB),
        archive: Some(48 * KB),
    },
    Set {
        name: "the status page of examples/firmware: parser, diagnosis, titles, steps; English",
        calls: PAGE_CALLS,
        knobs: &[&["RC_NO_JA", "RC_NO_CODE_ACTIONS"]],
        c89: Some(96 * KB),
        archive: None,
    },
    Set {
        name: "the same in Japanese",
        calls: PAGE_CALLS,
        knobs: &[&["RC_NO_EN", "RC_NO_CODE_ACTIONS"]],
        c89: Some(96 * KB),
        archive: None,
    },
    Set {
        name: "the same in Japanese, Shift_JIS",
        calls: PAGE_CALLS,
        knobs: &[&["RC_NO_EN", "RC_NO_CODE_ACTIONS", "RC_ENCODING=RC_SHIFT_JIS"]],
        c89: Some(96 * KB),
        archive: None,
    },
    Set {
        name: "the same in both languages, and what to do about each code",
        calls: PAGE_CALLS,
        knobs: &[],
        c89: Some(208 * KB),
        archive: Some(232 * KB),
    },
    Set {
        name: "the reply that decides in a whole text, and its diagnosis, without a text",
        calls: &["rc_explain_incident", "rc_cause_number"],
        knobs: &[],
        c89: None,
        archive: Some(176 * KB),
    },
    Set { name: "everything in English", calls: &[], knobs: &[&["RC_NO_JA"]], c89: Some(208 * KB), archive: None },
    Set { name: "everything in Japanese", calls: &[], knobs: &[&["RC_NO_EN"]], c89: Some(256 * KB), archive: None },
    Set { name: "everything", calls: &[], knobs: &[], c89: Some(384 * KB), archive: Some(560 * KB) },
];

/// The subcommand.
pub fn run(mut arguments: lexopt::Parser) -> anyhow::Result<()> {
    if let Some(argument) = arguments.next()? {
        return Err(argument.unexpected().into());
    }
    let page = page()?;
    let path = repo::root().join(PAGE);
    fs::write(&path, &page).with_context(|| format!("cannot write {}", path.display()))?;
    print!("{page}");
    Ok(())
}

/// The check of `cargo xtask test`: the budgets of the C89 file, RAM, stack.
pub fn check() -> anyhow::Result<()> {
    let folder = tempfile::tempdir().context("cannot make a temporary folder")?;
    parser_fits(folder.path())?;
    for set in SETS {
        if let Some(flash) = c89(set, folder.path())? {
            println!("{flash:>7} bytes  {}", set.name);
        }
    }
    let (name, bytes) = stacks(folder.path())?.deepest()?;
    println!("{bytes:>7} bytes of stack at most, by {name}");
    if bytes > STACK_BUDGET {
        bail!("{name} takes {bytes} bytes of stack on Cortex-M3, more than the {STACK_BUDGET} of its budget");
    }
    Ok(())
}

/// The command of the compiler.
fn cc() -> anyhow::Result<Command> {
    need(CC[0], "to measure the library for Cortex-M3", &format!("apt-get install {PACKAGE}"))?;
    let mut command = Command::new(CC[0]);
    command.args(&CC[1..]).args(STRICT).args(["-ffunction-sections", "-fdata-sections", "-I"]);
    command.arg(repo::root().join("bindings/c/generated"));
    Ok(command)
}

/// Compiles the C89 file without something.
fn compile(knobs: &[&str], out: &Path, more: &[&str]) -> anyhow::Result<()> {
    let mut cc = cc()?;
    cc.args(knobs.iter().map(|knob| format!("-D{knob}"))).args(more);
    step::run(cc.arg("-c").arg(repo::root().join("bindings/c/generated/replycode.c")).arg("-o").arg(out))?;
    Ok(())
}

/// What the C89 file takes for a set; nothing for a set that it has not.
fn c89(set: &Set, folder: &Path) -> anyhow::Result<Option<u64>> {
    let Some(budget) = set.c89 else { return Ok(None) };
    let object = folder.join("replycode.o");
    compile(&set.knobs.concat(), &object, &[])?;
    within(set, "C89 file", flash(set, &object, folder)?, budget).map(Some)
}

/// Fails beyond the budget.
fn within(set: &Set, form: &str, flash: u64, budget: u64) -> anyhow::Result<u64> {
    if flash > budget {
        let here = "xtask/src/firmware/size.rs";
        bail!(
            "{}: {flash} bytes of flash on Cortex-M3 in the {form}, more than the {budget} of its budget ({here})",
            set.name
        );
    }
    Ok(flash)
}

/// What is left of a library when a program with the calls of a set is linked, in bytes of flash. RAM must be none.
fn flash(set: &Set, library: &Path, folder: &Path) -> anyhow::Result<u64> {
    let (source, linked) = (folder.join("calls.c"), folder.join("calls.elf"));
    let all;
    let calls: &[&str] = if set.calls.is_empty() {
        all = functions(library)?;
        &all.iter().map(String::as_str).collect::<Vec<_>>()
    } else {
        set.calls
    };
    let list: String = calls.iter().map(|name| format!("    (function){name},\n")).collect();
    let text = format!(
        "#include \"replycode.h\"\ntypedef void (*function)(void);\nextern const function calls[];\n\
         const function calls[] = {{\n{list}    0\n}};\n"
    );
    fs::write(&source, text).with_context(|| format!("cannot write {}", source.display()))?;
    let mut cc = cc()?;
    // What the compiler calls of its own accord is the firmware's.
    let elsewhere = programs::FROM_COMPILER.iter().map(|name| format!("-Wl,--defsym={name}=0"));
    cc.args(["-nostdlib", "-static", "-Wl,--gc-sections,--entry=calls,-z,noexecstack", "-Wno-cast-function-type"]);
    step::run(cc.args(elsewhere).arg(&source).arg(library).arg("-o").arg(&linked))?;
    let bytes = fs::read(&linked).with_context(|| format!("cannot read {}", linked.display()))?;
    let pointers = 4 * (calls.len() as u64 + 1);
    Ok(occupied(&bytes).with_context(|| set.name.to_owned())? - pointers)
}

/// The bytes of a program that lie in flash; fails if it has others.
fn occupied(elf: &[u8]) -> anyhow::Result<u64> {
    let file = object::File::parse(elf)?;
    let mut flash = 0;
    for section in file.sections() {
        let SectionFlags::Elf { sh_flags } = section.flags() else { continue };
        if sh_flags & u64::from(object::elf::SHF_ALLOC) == 0 || section.kind() == SectionKind::Note {
            continue;
        }
        if sh_flags & u64::from(object::elf::SHF_WRITE) != 0 && section.size() > 0 {
            bail!("{} bytes of RAM, in {}", section.size(), section.name()?);
        }
        flash += section.size();
    }
    Ok(flash)
}

/// The functions of a library, an object or an archive of one; `rc_own_` are copies and comparisons of the archive itself.
fn functions(library: &Path) -> anyhow::Result<Vec<String>> {
    let bytes = fs::read(library).with_context(|| format!("cannot read {}", library.display()))?;
    let bytes =
        if library.extension().is_some_and(|extension| extension == "a") { archive::object_of(&bytes)? } else { bytes };
    let object = object::File::parse(&*bytes)?;
    let exported = object.symbols().filter(|symbol| symbol.is_definition() && symbol.is_global());
    Ok(exported
        .filter_map(|symbol| symbol.name().ok().map(str::to_owned))
        .filter(|name| name.starts_with("rc_") && !name.starts_with("rc_own_"))
        .collect())
}

/// What each function takes of the stack, with what it calls.
fn stacks(folder: &Path) -> anyhow::Result<Stacks> {
    let object = folder.join("stack.o");
    compile(&[], &object, &["-fcallgraph-info=su"])?;
    let graph = object.with_extension("ci");
    Stacks::parse(&fs::read_to_string(&graph).with_context(|| format!("cannot read {}", graph.display()))?)
}

/// The bytes of a parser, as the C compiler has it: the table of a program that cannot be compiled with more.
fn parser_fits(folder: &Path) -> anyhow::Result<()> {
    let source = folder.join("parser.c");
    let text = format!("#include \"replycode.h\"\nextern int fits[sizeof(rc_parser) <= {PARSER} ? 1 : -1];\n");
    fs::write(&source, text).with_context(|| format!("cannot write {}", source.display()))?;
    step::run(cc()?.arg("-c").arg(&source).arg("-o").arg(folder.join("parser.o")))
        .with_context(|| format!("an rc_parser has more than {PARSER} bytes"))?;
    Ok(())
}

/// The check of `cargo xtask test --all`: the budgets of the static library as well.
pub fn check_all() -> anyhow::Result<()> {
    page().map(drop)
}

/// The whole page.
fn page() -> anyhow::Result<String> {
    let folder = tempfile::tempdir().context("cannot make a temporary folder")?;
    let target = targets::find(TRIPLE).ok_or_else(|| anyhow!("no target {TRIPLE}"))?;
    let archive = library::make(target)?.ok_or_else(|| anyhow!("no archive for {TRIPLE}"))?.path;
    parser_fits(folder.path())?;
    let mut page = INTRODUCTION.to_owned();
    for set in SETS {
        let c89 = step::step(set.name, || c89(set, folder.path()))?;
        let archive = match set.archive {
            Some(budget) => Some(within(set, "static library", flash(set, &archive, folder.path())?, budget)?),
            None => None,
        };
        let cell = |bytes: Option<u64>| bytes.map_or("-".to_owned(), |bytes| bytes.to_string());
        let cells = [c89, set.c89, archive, set.archive].map(cell).join(" | ");
        writeln!(page, "| {} | {cells} |", set.name)?;
    }
    let stacks = stacks(folder.path())?;
    page += STACK;
    for (name, bytes) in stacks.of(&functions(&folder.path().join("stack.o"))?)?.into_iter().take(8) {
        writeln!(page, "| `{name}` | {bytes} |")?;
    }
    let archive = measure(target, &archive)?;
    let object = programs::amalgamation(target)?;
    let amalgamation = measure(target, object.path())?;
    page += MEASURED;
    for (c89, archive) in amalgamation.iter().zip(&archive) {
        let [c89_count, c89_stack, what] = &c89[..] else { bail!("measure.c prints something else: {c89:?}") };
        let [count, stack, _] = &archive[..] else { bail!("measure.c prints something else: {archive:?}") };
        writeln!(page, "| {what} | {c89_count} | {count} | {c89_stack} | {stack} |")?;
    }
    page += ARCHIVES;
    for target in targets::TARGETS {
        if let Some(made) = library::make(target)? {
            page += &made.row(target);
        }
    }
    Ok(page)
}

/// What measure.c prints: instructions, stack, what was asked.
fn measure(target: &targets::Target, library: &Path) -> anyhow::Result<Vec<Vec<String>>> {
    target.need_tools()?;
    let sources: [PathBuf; 1] = [repo::root().join("bindings/c/firmware/measure.c")];
    let name = if library.extension().is_some_and(|extension| extension == "a") { "archive" } else { "c89" };
    let program = programs::link(target, &format!("measure-{name}"), &[], &sources, library)?;
    let printed = String::from_utf8(programs::run(target, &program, &[], &["-icount", "shift=0"])?)?;
    Ok(printed.lines().map(|line| line.split('\t').map(str::to_owned).collect()).collect())
}

const INTRODUCTION: &str = "\
# Size

Made by `cargo xtask size`; `cargo xtask test` holds the budgets.

## Flash

Bytes on a Cortex-M3 that are left when the linker has dropped what is not called (`-Wl,--gc-sections`): code, tables \
and texts. No set takes RAM, and a parser holds 64 bytes beside the caller's text. The C89 file is compiled with gcc, \
`-Os`, and with the macros of the set (`xtask/src/firmware/size.rs` names them); the static library has both \
languages.

| what is left in | C89 file | budget | static library | budget |
| --- | ---: | ---: | ---: | ---: |
";

const STACK: &str = "
## Stack

The deepest functions of the C89 file, in bytes with everything that they call, as the compiler knows them \
(`-fcallgraph-info=su`): there is no recursion and no call through a pointer, so nothing goes deeper.

| function | bytes |
| --- | ---: |
";

const MEASURED: &str = "
## Instructions and stack

Measured on an emulated Cortex-M3 that counts instructions; both libraries built for speed (`-O2`). A cycle count of a \
real one is somewhat higher, by the wait states of its flash.

| what | instructions, C89 | static library | stack, C89 | static library |
| --- | ---: | ---: | ---: | ---: |
";

const ARCHIVES: &str = "
## The static library of each machine

With everything in it. Each is one object that needs nothing from outside and has no data or bss section; the machines \
without one are served by the C89 file.

| target | processor | byte order | code | tables and texts | `libreplycode.a` |
| --- | --- | --- | ---: | ---: | ---: |
";
