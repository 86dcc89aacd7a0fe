//! The C89 amalgamation: it answers as the static library does, to the byte.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use tempfile::TempDir;

use crate::abi::FUNCTIONS;
use crate::tools::{GCC, STRICT, build, include, printed, root, run};

/// Undefined behaviour and accesses beyond an object end the program.
const SANITIZERS: &[&str] = &["-O1", "-g", "-fsanitize=address,undefined", "-fno-sanitize-recover=all"];

fn source() -> PathBuf {
    include().join("replycode.c")
}

/// Builds a program of `bindings/c/tests` with the amalgamation, which is compiled once.
pub(crate) fn with_amalgamation(folder: &Path, name: &str) -> PathBuf {
    static OBJECT: OnceLock<(TempDir, PathBuf)> = OnceLock::new();
    let compiler = || {
        let mut command = GCC.command();
        command.arg("-std=c89").args(STRICT).args(SANITIZERS).arg("-I").arg(include());
        command
    };
    let (_, object) = OBJECT.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let object = folder.path().join("replycode.o");
        run(compiler().arg("-c").arg(source()).arg("-o").arg(&object));
        (folder, object)
    });
    let program = folder.join(name);
    run(compiler().arg(test_program(name)).arg(object).arg("-o").arg(&program));
    program
}

pub(crate) fn test_program(name: &str) -> PathBuf {
    root().join(format!("bindings/c/tests/{name}.c"))
}

/// Fails with the first row in which a program linked with the amalgamation differs from itself linked with the
/// archive.
fn compare(name: &str, arguments: &[PathBuf]) {
    let folder = tempfile::tempdir().unwrap();
    let ours = printed(&with_amalgamation(folder.path(), name), arguments);
    let (_folder, program) = build(&test_program(name), &["-O2"]);
    let theirs = printed(&program, arguments);
    for (number, (ours, theirs)) in ours.lines().zip(theirs.lines()).enumerate() {
        assert_eq!(ours, theirs, "row {} of {name}: amalgamation left, archive right", number + 1);
    }
    assert!(ours == theirs, "{name}: one ends before the other");
    assert!(ours.len() > 1000, "{name} has printed nearly nothing: {ours}");
}

#[test]
fn the_dump_is_equal() {
    compare("dump", &[]);
}

#[test]
fn the_corpus_is_read_alike() {
    compare("corpus", &[root().join("crates/replycode/tests/data/replies.txt")]);
}

#[test]
fn the_words_of_servers_are_diagnosed_alike() {
    let data = root().join("tests/data");
    let files = ["wordings.tsv", "phrases.tsv", "cases.jsonl", "forms.jsonl"].map(|name| data.join(name));
    compare("diagnoses", &files);
}

#[test]
fn every_function_is_total() {
    let folder = tempfile::tempdir().unwrap();
    let program = with_amalgamation(folder.path(), "total");
    assert_eq!(printed::<&str>(&program, &[]), "0 failures\n");
}

/// Whether a text is UTF-8 matters for so few texts that no corpus would show a mistake.
#[test]
fn what_is_utf_8_is_known_as_rust_knows_it() {
    const EDGES: [u8; 14] = [0, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc2, 0xe0, 0xed, 0xf4, 0xff];
    let edges: Vec<_> = EDGES.iter().map(u8::to_string).collect();
    let program = format!(
        "#include <stdio.h>
        #include \"replycode.c\"
        int main(void)
        {{
            static const unsigned char edges[] = {{{}}};
            unsigned char text[4];
            unsigned a, b, c, d, len;
            for (a = 0; a < 256; a++)
                for (b = 0; b < 256; b++)
                    for (c = 0; c < sizeof(edges); c++)
                        for (d = 0; d < sizeof(edges); d++)
                            for (len = 0; len <= 4; len++) {{
                                text[0] = (unsigned char)a;
                                text[1] = (unsigned char)b;
                                text[2] = edges[c];
                                text[3] = edges[d];
                                putchar('0' + rc_is_utf_8(text, len));
                            }}
            return 0;
        }}",
        edges.join(", ")
    );
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("utf_8.c");
    std::fs::write(&path, program).unwrap();
    let program = folder.path().join("utf_8");
    run(GCC.command().args(["-std=c89", "-O1", "-I"]).arg(include()).arg(path).arg("-o").arg(&program));
    let found = printed::<&str>(&program, &[]);
    let mut found = found.bytes();
    for (a, b) in (0..=u8::MAX).flat_map(|a| (0..=u8::MAX).map(move |b| (a, b))) {
        for text in EDGES.iter().flat_map(|&c| EDGES.map(|d| [a, b, c, d])) {
            for len in 0..=4 {
                let expected = std::str::from_utf8(&text[..len]).is_ok();
                assert_eq!(found.next(), Some(b'0' + u8::from(expected)), "{:x?}", &text[..len]);
            }
        }
    }
    assert_eq!(found.next(), None);
}

/// As the linker sees it: the interface and nothing else, nothing needed, nothing in RAM.
#[test]
fn exports_the_interface_and_needs_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let object = folder.path().join("replycode.o");
    let mut command = GCC.command();
    command.args(["-std=c89", "-Os", "-ffreestanding", "-c", "-I"]).arg(include());
    run(command.arg(source()).arg("-o").arg(&object));
    let text = String::from_utf8(run(Command::new("nm").args(["--plugin", "", "-g"]).arg(&object)).stdout).unwrap();
    let mut found = BTreeSet::new();
    for line in text.lines() {
        // The kind, before which an undefined symbol has no address.
        let [.., kind, name] = line.split_whitespace().collect::<Vec<_>>()[..] else { panic!("nm: {line}") };
        assert_eq!(kind, "T", "neither a function nor our own: {name}");
        found.insert(name);
    }
    let expected: BTreeSet<&str> = FUNCTIONS.iter().copied().filter(|name| !ARCHIVE_ONLY.contains(name)).collect();
    assert_eq!(found, expected);
}

/// Functions that the finder of replies in logs is needed for.
const ARCHIVE_ONLY: &[&str] = &["rc_explain_incident", "rc_form_id", "rc_speaker_id"];

#[test]
fn the_source_is_what_old_compilers_read() {
    let text = std::fs::read_to_string(source()).unwrap();
    assert!(text.bytes().all(|byte| byte == b'\n' || (b' '..=b'~').contains(&byte)), "printable ASCII alone");
    assert!(!text.contains("??"), "no trigraph");
    for (number, line) in text.lines().enumerate() {
        assert!(line.len() <= 160, "line {} is {} long", number + 1, line.len());
        assert!(!line.contains("//"), "line {}", number + 1);
    }
    // C89 promises objects of 32,767 bytes and no more.
    let folder = tempfile::tempdir().unwrap();
    let object = folder.path().join("replycode.o");
    run(GCC.command().args(["-O0", "-c", "-I"]).arg(include()).arg(source()).arg("-o").arg(&object));
    let sizes = run(Command::new("nm").args(["--plugin", "", "-S", "--size-sort"]).arg(&object)).stdout;
    let sizes = String::from_utf8(sizes).unwrap();
    let largest = sizes.lines().last().unwrap();
    let size = u32::from_str_radix(largest.split(' ').nth(1).unwrap(), 16).unwrap();
    assert!(size <= 32_767, "{largest}");
}
