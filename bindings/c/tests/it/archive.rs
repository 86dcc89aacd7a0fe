//! The static library, read as a linker reads it.

use std::collections::BTreeSet;

use object::read::archive::ArchiveFile;
use object::{Object, ObjectSection, ObjectSymbol, RelocationKind, SectionFlags, SymbolScope};
use replycode::{Lang, Protocol, lookup};

use crate::abi::FUNCTIONS;
use crate::tools::{archive, build_text, printed, run};

/// Runs a check on the only object of the archive.
fn with_object(check: impl FnOnce(object::File<'_>)) {
    let bytes = std::fs::read(archive()).unwrap();
    let file = ArchiveFile::parse(&*bytes).unwrap();
    let members: Vec<_> = file.members().map(Result::unwrap).collect();
    assert_eq!(members.len(), 1);
    assert_eq!(members[0].name(), b"replycode.o");
    // No time stamp, no user, no path: equal builds are equal bytes.
    assert_eq!((members[0].date(), members[0].uid(), members[0].gid()), (Some(0), Some(0), Some(0)));
    check(object::File::parse(members[0].data(&*bytes).unwrap()).unwrap());
}

#[test]
fn exports_exactly_the_interface() {
    with_object(|object| {
        let (own, global): (Vec<_>, Vec<_>) = object
            .symbols()
            .filter(|symbol| symbol.is_definition() && symbol.is_global())
            .partition(|symbol| symbol.name().unwrap().starts_with("rc_own_"));
        // What the object has for itself alone, under names of ours.
        assert!(own.iter().all(|symbol| symbol.scope() == SymbolScope::Linkage));
        let exported: BTreeSet<String> = global
            .iter()
            .map(|symbol| {
                assert_ne!(symbol.scope(), SymbolScope::Compilation);
                symbol.name().unwrap().to_owned()
            })
            .collect();
        let expected: BTreeSet<String> = FUNCTIONS.iter().map(|&name| name.to_owned()).collect();
        assert_eq!(exported, expected);
    });
}

#[test]
fn needs_nothing() {
    with_object(|object| {
        let undefined = object.symbols().filter(|symbol| symbol.is_undefined());
        let names: Vec<_> = undefined.map(|symbol| symbol.name().unwrap().to_owned()).collect();
        assert_eq!(names.into_iter().filter(|name| !name.is_empty()).collect::<Vec<_>>(), Vec::<String>::new());
    });
}

#[test]
fn takes_no_ram() {
    const WRITABLE: u64 = object::elf::SHF_WRITE as u64;
    with_object(|object| {
        for section in object.sections().filter(|section| section.size() > 0) {
            let SectionFlags::Elf { sh_flags } = section.flags() else { panic!("an ELF object") };
            let name = section.name().unwrap();
            assert_eq!(sh_flags & WRITABLE, 0, "{name} is writable");
            assert!(!name.starts_with(".data") && !name.starts_with(".bss"), "{name}");
            // A pointer in a table would be an absolute relocation. Jumps within a function are relative.
            if !name.starts_with(".text") {
                for (_, relocation) in section.relocations() {
                    assert_ne!(relocation.kind(), RelocationKind::Absolute, "{name} holds a pointer");
                }
            }
        }
    });
}

#[test]
fn has_no_panic_path() {
    with_object(|object| {
        for symbol in object.symbols() {
            let name = symbol.name().unwrap_or_default();
            assert!(!name.contains("panic"), "{name}");
        }
    });
    let text = std::fs::read(archive()).unwrap();
    for words in ["index out of bounds", "called `Option::unwrap()`", "attempt to ", "/src/"] {
        assert!(!contains(&text, words.as_bytes()), "{words:?} is in the archive");
    }
}

fn contains(text: &[u8], words: &[u8]) -> bool {
    text.windows(words.len()).any(|window| window == words)
}

#[test]
fn links_as_a_whole_without_a_c_library() {
    let source = "
        #include \"replycode.h\"
        void start(void);
        void start(void) { for (;;) rc_should_retry(RC_VERDICT_DONE); }
    ";
    // Every function is linked in, and nothing else is there to help.
    build_text(source, &["-nostdlib", "-static", "-Wl,-e,start", "-Wl,--whole-archive"]);
}

#[test]
fn links_into_a_position_independent_program_and_a_fixed_one() {
    let source = "#include \"replycode.h\"\nint main(void) { return !RC_CHECK(); }\n";
    for flags in [["-fPIE", "-pie"], ["-fno-PIE", "-no-pie"]] {
        let (_folder, program) = build_text(source, &flags);
        run(&mut std::process::Command::new(program));
    }
}

#[test]
fn a_linker_drops_what_nobody_calls() {
    let entry = lookup(Protocol::Ftp, 425).unwrap().entry();
    let texts = [
        ("phrase", entry.phrase()),
        ("title", entry.title(Lang::JA)),
        ("meaning", entry.meaning(Lang::JA)),
        ("action", entry.action(Lang::JA)),
    ];
    for (call, kept) in [
        ("rc_phrase(rc_lookup(RC_FTP, 425))", "phrase"),
        ("rc_title(rc_lookup(RC_FTP, 425), RC_LANG_JA)", "title"),
        ("rc_title_of(RC_FTP, 425, RC_LANG_JA)", "title"),
        ("rc_meaning(rc_lookup(RC_FTP, 425), RC_LANG_JA)", "meaning"),
        ("rc_action(rc_lookup(RC_FTP, 425), RC_LANG_JA)", "action"),
        ("rc_severity_id(rc_severity(RC_FTP, 425))", "none"),
    ] {
        let source =
            format!("#include <stdio.h>\n#include \"replycode.h\"\nint main(void) {{ puts({call}); return 0; }}\n");
        let (_folder, program) = build_text(&source, &["-Wl,--gc-sections"]);
        let linked = std::fs::read(&program).unwrap();
        let answer = printed::<&str>(&program, &[]);
        let expected = texts.iter().find(|(kind, _)| *kind == kept).map_or("transient", |(_, text)| text);
        assert_eq!(answer.trim_end(), expected, "{call}");
        for (kind, text) in texts {
            assert_eq!(contains(&linked, text.as_bytes()), kind == kept, "{call}: is the {kind} linked in?");
        }
    }
}

#[test]
fn two_builds_are_equal() {
    let elsewhere = tempfile::tempdir().unwrap();
    let again = xtask::archive::build_in(Some(elsewhere.path())).unwrap();
    assert!(std::fs::read(archive()).unwrap() == std::fs::read(again).unwrap());
}
