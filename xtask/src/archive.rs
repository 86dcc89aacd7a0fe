//! `cargo xtask archive`: the static library of `bindings/c`, as firmware wants it.
//!
//! Cargo's own archive holds hundreds of objects, most of them runtime support that nothing here calls. Ours holds one:
//! the object that link-time optimisation made of the core and the C face. It must need nothing from outside and hold
//! nothing that is written to, or it is not published.

use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, anyhow, bail};
use ar_archive_writer::{ArchiveKind, DEFAULT_OBJECT_READER, NewArchiveMember, write_archive_to_stream};
use object::read::archive::ArchiveFile;
use object::{Object, ObjectSection, ObjectSymbol, SectionKind};

use crate::step;

/// Without this the compiler makes calls of memcpy and memset of loops that copy and fill, and firmware may lack both.
const LOOPS_STAY_LOOPS: &str = "-Cllvm-args=-disable-loop-idiom-memcpy -Cllvm-args=-disable-loop-idiom-memset";

/// The subcommand.
pub fn run(mut arguments: lexopt::Parser) -> anyhow::Result<()> {
    if let Some(argument) = arguments.next()? {
        return Err(argument.unexpected().into());
    }
    let path = build()?;
    let archive = std::fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let sizes = Sizes::of(&object_of(&archive)?)?;
    println!("{}: {} bytes of code, {} of read-only data", path.display(), sizes.code, sizes.data);
    Ok(())
}

/// Builds the archive and returns its path.
pub fn build() -> anyhow::Result<PathBuf> {
    build_in(None)
}

/// The same with a target folder other than cargo's usual one.
pub fn build_in(target: Option<&Path>) -> anyhow::Result<PathBuf> {
    let made = step::step("build the static library", || {
        let mut cargo = step::cargo(&["rustc", "--package", "replycode-c", "--lib", "--crate-type", "staticlib"]);
        cargo.args(["--profile", "firmware", "--message-format", "json-render-diagnostics"]);
        if let Some(folder) = target {
            cargo.arg("--target-dir").arg(folder);
        }
        // For the core as well, so not behind `--`.
        let flags = std::env::var("RUSTFLAGS").unwrap_or_default();
        cargo.env("RUSTFLAGS", format!("{flags} --cfg replycode_freestanding {LOOPS_STAY_LOOPS}"));
        let messages = step::run(&mut cargo)?;
        made(&messages).ok_or_else(|| anyhow!("cargo did not say where it put the archive of replycode-c"))
    })?;
    let archive = std::fs::read(&made).with_context(|| format!("cannot read {}", made.display()))?;
    let object = without_debug_information(&object_of(&archive)?)?;
    check(&object)?;
    let path = made.with_file_name("libreplycode.a");
    publish(&path, &repack(&object)?)?;
    Ok(path)
}

/// The archive named by cargo's messages.
fn made(messages: &[u8]) -> Option<PathBuf> {
    let messages = messages.split(|&byte| byte == b'\n');
    let mut files =
        messages.filter_map(|line| serde_json::from_slice::<serde_json::Value>(line).ok()).flat_map(|message| {
            let files = message.get("filenames").and_then(|files| files.as_array()).cloned();
            files.unwrap_or_default()
        });
    files.find_map(|file| file.as_str().filter(|file| file.ends_with("replycode_c.a")).map(PathBuf::from))
}

/// The object that defines the interface.
fn object_of(archive: &[u8]) -> anyhow::Result<Vec<u8>> {
    let file = ArchiveFile::parse(archive).context("cargo's archive cannot be read")?;
    for member in file.members() {
        let data = member?.data(archive)?;
        let Ok(object) = object::File::parse(data) else { continue };
        if object.symbols().any(|symbol| symbol.is_definition() && symbol.name() == Ok("rc_abi_version")) {
            return Ok(data.to_vec());
        }
    }
    bail!("no object in the archive defines rc_abi_version")
}

/// What compilers call for large copies and comparisons: the object has its own (bindings/c/src/mem.rs), which must not
/// take the place of anybody else's.
const OWN_COPIES: [&str; 5] = ["memcpy", "memmove", "memset", "memcmp", "bcmp"];

/// The object without what debuggers read: parts of Rust's own core library bring some, with paths of files.
fn without_debug_information(object: &[u8]) -> anyhow::Result<Vec<u8>> {
    step::need("objcopy", "to build the static library", "apt-get install binutils")?;
    let folder = tempfile::tempdir().context("cannot make a temporary folder")?;
    let path = folder.path().join("replycode.o");
    std::fs::write(&path, object).with_context(|| format!("cannot write {}", path.display()))?;
    let mut objcopy = Command::new("objcopy");
    objcopy.arg("--strip-debug").args(OWN_COPIES.map(|name| format!("--localize-symbol={name}")));
    step::run(objcopy.arg(&path))?;
    std::fs::read(&path).with_context(|| format!("cannot read {}", path.display()))
}

/// Refuses an object that needs something or can be written to.
fn check(object: &[u8]) -> anyhow::Result<()> {
    let object = object::File::parse(object).context("the object cannot be read")?;
    for symbol in object.symbols().filter(|symbol| symbol.is_undefined()) {
        match symbol.name()? {
            "" => {}
            "rc_panic_is_reachable" => bail!(
                "a panic path is left in the static library; look for indexing, slicing, unwrap, expect and arithmetic \
                 that the compiler cannot prove sound"
            ),
            name => bail!(
                "the static library needs `{name}` from outside, which firmware may lack; look for what calls it (`==` \
                 of slices calls memcmp)"
            ),
        }
    }
    for section in object.sections().filter(|section| section.size() > 0) {
        let written = matches!(
            section.kind(),
            SectionKind::Data | SectionKind::UninitializedData | SectionKind::ReadOnlyDataWithRel | SectionKind::Tls
        );
        if written {
            bail!(
                "the static library has {} bytes in {}, which would take RAM; look for a static that is written to, or for \
                 a table of pointers (crates/replycode/src/tables.rs says how to do without)",
                section.size(),
                section.name()?
            );
        }
    }
    Ok(())
}

/// An archive of this one object; equal objects give equal bytes.
fn repack(object: &[u8]) -> anyhow::Result<Vec<u8>> {
    let member = NewArchiveMember::new(object, &DEFAULT_OBJECT_READER, "replycode.o".to_owned());
    let mut archive = Cursor::new(Vec::new());
    write_archive_to_stream(&mut archive, &[member], ArchiveKind::Gnu, false, None)?;
    Ok(archive.into_inner())
}

/// Puts a file in place as a whole, so that nobody reads half of it; leaves it alone if it is the same already.
fn publish(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    if std::fs::read(path).is_ok_and(|found| found == bytes) {
        return Ok(());
    }
    let beside = path.with_extension(format!("{}.new", std::process::id()));
    std::fs::write(&beside, bytes).with_context(|| format!("cannot write {}", beside.display()))?;
    std::fs::rename(&beside, path).with_context(|| format!("cannot replace {}", path.display()))
}

/// What the object takes in flash.
struct Sizes {
    code: u64,
    data: u64,
}

impl Sizes {
    fn of(object: &[u8]) -> anyhow::Result<Sizes> {
        let object = object::File::parse(object)?;
        let sum = |kinds: &[SectionKind]| {
            object.sections().filter(|section| kinds.contains(&section.kind())).map(|section| section.size()).sum()
        };
        let data = sum(&[SectionKind::ReadOnlyData, SectionKind::ReadOnlyString]);
        Ok(Sizes { code: sum(&[SectionKind::Text]), data })
    }
}

#[cfg(test)]
mod tests {
    use super::{Command, check};

    /// The object of a C source.
    fn object(source: &str) -> Vec<u8> {
        let folder = tempfile::tempdir().unwrap();
        let (from, to) = (folder.path().join("part.c"), folder.path().join("part.o"));
        std::fs::write(&from, source).unwrap();
        let status = Command::new("cc").args(["-O1", "-c", "-o"]).arg(&to).arg(&from).status();
        let status = status.expect("cc is missing: install it with `apt-get install gcc`");
        assert!(status.success(), "{source}");
        std::fs::read(to).unwrap()
    }

    #[test]
    fn an_object_that_needs_nothing_and_writes_nowhere_passes() {
        check(&object("const int table[2] = {1, 2}; int first(void) { return table[0]; }")).unwrap();
    }

    #[test]
    fn what_firmware_cannot_use_is_refused() {
        let cases = [
            ("void rc_panic_is_reachable(void); void f(void) { rc_panic_is_reachable(); }", "a panic path is left"),
            (
                "unsigned long strlen(const char *); unsigned long f(const char *t) { return strlen(t); }",
                "needs `strlen`",
            ),
            ("int state = 1;", "4 bytes in .data"),
            ("int state;", "4 bytes in .bss"),
            ("const char *const texts[] = {\"a\", \"b\"};", "bytes in .data.rel.ro"),
        ];
        for (source, expected) in cases {
            let error = check(&object(source)).unwrap_err().to_string();
            assert!(error.contains(expected), "{source}: {error}");
        }
    }
}
