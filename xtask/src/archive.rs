//! `cargo xtask archive`: the static library of `bindings/c`, as firmware wants it.
//!
//! Cargo's own archive holds hundreds of objects, most of them runtime support that nothing here calls. Ours holds one:
//! the object that link-time optimisation made of the core and the C face. It must need nothing from outside and hold
//! nothing that is written to, or it is not published.

mod own;

use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, anyhow, bail};
use ar_archive_writer::{ArchiveKind, DEFAULT_OBJECT_READER, NewArchiveMember, write_archive_to_stream};
use object::read::archive::ArchiveFile;
use object::{Object, ObjectSection, ObjectSymbol, SectionKind};

use crate::step;

/// Without these the compiler makes calls of memcpy and memset of loops that copy and fill and of structures that are
/// copied, and firmware may lack both. The longest structure, of 64 bytes, takes 16 stores on a 32-bit processor.
const NO_CALLS: &str = "-Cllvm-args=-disable-loop-idiom-memcpy -Cllvm-args=-disable-loop-idiom-memset \
                        -Cllvm-args=-max-store-memcpy=32 -Cllvm-args=-max-store-memset=32";

/// The subcommand.
pub fn run(mut arguments: lexopt::Parser) -> anyhow::Result<()> {
    if let Some(argument) = arguments.next()? {
        return Err(argument.unexpected().into());
    }
    let path = build()?;
    let archive = std::fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let sizes = Sizes::of(&archive)?;
    println!("{}: {} bytes of code, {} of read-only data", path.display(), sizes.code, sizes.data);
    Ok(())
}

/// For which machine an archive is made, and with what.
#[derive(Default)]
pub struct Plan<'a> {
    /// A folder other than cargo's usual one.
    pub folder: Option<&'a Path>,
    /// Another machine than this one, as rustc names it.
    pub triple: Option<&'a str>,
    /// Another compiler than the installed one: `RUSTC` and what else it needs in its environment.
    pub compiler: &'a [(&'a str, String)],
    /// What that compiler must be told.
    pub flags: &'a [String],
    /// Cargo features of replycode-c instead of the default ones.
    pub features: Option<&'a [&'a str]>,
    /// What the linker itself supplies on this machine.
    pub from_linker: &'a [&'a str],
}

/// Builds the archive and returns its path.
pub fn build() -> anyhow::Result<PathBuf> {
    build_in(None)
}

/// The same with a target folder other than cargo's usual one.
pub fn build_in(target: Option<&Path>) -> anyhow::Result<PathBuf> {
    step::step("build the static library", || make(&Plan { folder: target, ..Plan::default() }))
}

/// Builds an archive as planned and returns its path.
pub fn make(plan: &Plan<'_>) -> anyhow::Result<PathBuf> {
    let mut cargo = step::cargo(&["rustc", "--package", "replycode-c", "--lib", "--crate-type", "staticlib"]);
    cargo.args(["--profile", "firmware", "--message-format", "json-render-diagnostics"]);
    if let Some(folder) = plan.folder {
        cargo.arg("--target-dir").arg(folder);
    }
    if let Some(triple) = plan.triple {
        cargo.args(["--target", triple]);
    }
    if let Some(features) = plan.features {
        cargo.args(["--no-default-features", "--features", &features.join(",")]);
    }
    cargo.envs(plan.compiler.iter().map(|(name, value)| (name, value)));
    // For the core as well, so not behind `--`.
    let flags = std::env::var("RUSTFLAGS").unwrap_or_default();
    let more = plan.flags.join(" ");
    cargo.env("RUSTFLAGS", format!("{flags} --cfg replycode_freestanding {NO_CALLS} {more}"));
    let messages = step::run(&mut cargo)?;
    let made = made(&messages).ok_or_else(|| anyhow!("cargo did not say where it put the archive of replycode-c"))?;
    let archive = std::fs::read(&made).with_context(|| format!("cannot read {}", made.display()))?;
    let object = own::rename(without_debug_information(object_of(&archive)?)?)?;
    check(&object, plan.from_linker)?;
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
pub(crate) fn object_of(archive: &[u8]) -> anyhow::Result<Vec<u8>> {
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

/// The object without what debuggers read: parts of Rust's own core library bring some, with paths of files.
fn without_debug_information(object: Vec<u8>) -> anyhow::Result<Vec<u8>> {
    let has_some = |object: &object::File<'_>| {
        object.sections().any(|section| section.name().is_ok_and(|name| name.starts_with(".debug")))
    };
    if !has_some(&object::File::parse(&*object)?) {
        return Ok(object);
    }
    step::need("objcopy", "to build the static library", "apt-get install binutils")?;
    let folder = tempfile::tempdir().context("cannot make a temporary folder")?;
    let path = folder.path().join("replycode.o");
    std::fs::write(&path, object).with_context(|| format!("cannot write {}", path.display()))?;
    step::run(Command::new("objcopy").arg("--strip-debug").arg(&path))?;
    std::fs::read(&path).with_context(|| format!("cannot read {}", path.display()))
}

/// Refuses an object that needs something which the linker does not bring, or can be written to.
pub(crate) fn check(object: &[u8], from_linker: &[&str]) -> anyhow::Result<()> {
    let object = object::File::parse(object).context("the object cannot be read")?;
    for symbol in object.symbols().filter(|symbol| symbol.is_undefined()) {
        match symbol.name()? {
            "" => {}
            name if from_linker.contains(&name) => {}
            "rc_panic_is_reachable" => bail!(
                "a panic path is left in the library; look for indexing, slicing, unwrap, expect and arithmetic \
                 that the compiler cannot prove sound"
            ),
            name => bail!(
                "the library needs `{name}` from outside, which firmware may lack; look for what calls it (`==` \
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
                "the library has {} bytes in {}, which would take RAM; look for a static that is written to, or for \
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

/// What an archive takes in flash, in bytes.
#[derive(Clone, Copy)]
pub struct Sizes {
    /// Machine code.
    pub code: u64,
    /// Tables and texts.
    pub data: u64,
}

impl Sizes {
    /// Of the object in an archive.
    pub fn of(archive: &[u8]) -> anyhow::Result<Sizes> {
        let object = object_of(archive)?;
        let object = object::File::parse(&*object)?;
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
        check(&object("const int table[2] = {1, 2}; int first(void) { return table[0]; }"), &[]).unwrap();
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
            let error = check(&object(source), &[]).unwrap_err().to_string();
            assert!(error.contains(expected), "{source}: {error}");
        }
    }
}
