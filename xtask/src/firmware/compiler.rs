//! A Rust compiler with a core library for a machine: the installed one, or Debian's.
//!
//! Rust's own installer has no core library for most of the processors in cameras. Debian's rustc-web is new enough to
//! compile one from the sources that Debian has beside it. It is unpacked into a folder below target/ and not
//! installed: nothing of the machine changes.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, anyhow, bail};

use crate::repo;
use crate::step::{self, need};

/// What to say to cargo so that it compiles for a machine.
pub(crate) struct Compiler {
    /// The variables of the environment.
    pub(crate) environment: Vec<(&'static str, String)>,
    /// The flags of rustc.
    pub(crate) flags: Vec<String>,
    /// Which compiler it is, for people.
    pub(crate) name: String,
}

/// No tables for unwinding: nothing unwinds, and on ARM they need `__aeabi_unwind_cpp_pr0`.
const NO_UNWINDING: &str = "-Cforce-unwind-tables=no";

/// Or the choice between four texts becomes a table of their addresses, which takes RAM in position-independent code. It
/// costs nothing: the library for Cortex-M3 gets smaller by 0.1 %.
const NO_TABLES_OF_ADDRESSES: &str = "-Cllvm-args=-switch-to-lookup=false";

/// A compiler for this machine; says what it does if it must fetch or build one.
pub(crate) fn compiler(triple: &str) -> anyhow::Result<Compiler> {
    let mut flags = vec![NO_UNWINDING.to_owned(), NO_TABLES_OF_ADDRESSES.to_owned()];
    if installed(triple)? {
        return Ok(Compiler { environment: Vec::new(), flags, name: version(&mut Command::new(rustc()))? });
    }
    let private = RustcWeb::get()?;
    private.build_core(triple)?;
    flags.push(format!("--sysroot={}", private.sysroot().display()));
    Ok(Compiler { environment: private.environment(), flags, name: version(&mut private.rustc())? })
}

fn rustc() -> String {
    std::env::var("RUSTC").unwrap_or_else(|_| "rustc".to_owned())
}

fn version(rustc: &mut Command) -> anyhow::Result<String> {
    Ok(String::from_utf8_lossy(&step::run(rustc.arg("--version"))?).trim().to_owned())
}

/// Whether the installed compiler has a core library for the machine.
fn installed(triple: &str) -> anyhow::Result<bool> {
    let folder = step::run(Command::new(rustc()).args(["--print", "target-libdir", "--target", triple]));
    // It fails for machines that it does not know at all.
    let Ok(folder) = folder else { return Ok(false) };
    let Ok(files) = std::fs::read_dir(String::from_utf8(folder)?.trim()) else { return Ok(false) };
    Ok(files.flatten().any(|file| file.file_name().to_string_lossy().starts_with("libcore-")))
}

/// Debian's compiler, unpacked.
struct RustcWeb {
    folder: PathBuf,
}

impl RustcWeb {
    /// The unpacked compiler; fetches it the first time.
    fn get() -> anyhow::Result<RustcWeb> {
        let private = RustcWeb { folder: repo::target().join("rustc-web") };
        if !private.folder.join("library/core/src/lib.rs").exists() {
            let version = candidate()?;
            let words = "the installed Rust has no core library for this machine: fetch Debian's rustc-web";
            step::step(&format!("{words} {version} into {}", private.folder.display()), || {
                // In a folder beside, so that half of it is never taken for all.
                let beside = private.folder.with_extension(format!("{}.new", std::process::id()));
                fetch(&version, &beside)?;
                match std::fs::rename(&beside, &private.folder) {
                    // Another process was faster.
                    Err(_) if private.folder.exists() => std::fs::remove_dir_all(&beside),
                    renamed => renamed,
                }
                .with_context(|| format!("cannot put {} in place", private.folder.display()))
            })?;
        }
        Ok(private)
    }

    fn sysroot(&self) -> PathBuf {
        self.folder.join("sysroot")
    }

    fn environment(&self) -> Vec<(&'static str, String)> {
        let libraries = format!("root/usr/lib/{}-linux-gnu", std::env::consts::ARCH);
        vec![
            ("RUSTC", self.folder.join("root/usr/bin/rustc").display().to_string()),
            ("LD_LIBRARY_PATH", self.folder.join(libraries).display().to_string()),
            // For the flags that core itself is built with.
            ("RUSTC_BOOTSTRAP", "1".to_owned()),
        ]
    }

    fn rustc(&self) -> Command {
        let mut command = Command::new(self.folder.join("root/usr/bin/rustc"));
        command.envs(self.environment());
        command
    }

    /// Builds the core library for a machine straight with rustc, once; cargo would fetch what std depends on.
    fn build_core(&self, triple: &str) -> anyhow::Result<()> {
        let libraries = self.sysroot().join("lib/rustlib").join(triple).join("lib");
        if libraries.exists() {
            return Ok(());
        }
        step::step(&format!("build Rust's core library for {triple}"), || {
            let beside = self.folder.join(format!("{triple}.{}.new", std::process::id()));
            std::fs::create_dir_all(&beside).with_context(|| format!("cannot make {}", beside.display()))?;
            let core = beside.join("libcore.rlib");
            let library = |edition, name, flags: &[&str], source: &Path, out: &Path| {
                let mut rustc = self.rustc();
                rustc.args(["--crate-type", "rlib", "--target", triple, "--edition", edition, "--crate-name", name]);
                rustc.args(["-Cpanic=abort", NO_UNWINDING, "-Zforce-unstable-if-unmarked", "--cap-lints", "allow"]);
                step::run(rustc.args(flags).arg(source).arg("-o").arg(out))
            };
            // Optimised a little: without, core's own checks keep panic paths alive. The rest comes with the archive.
            let flags = ["-Copt-level=1", "-Cembed-bitcode=yes", "-Ccodegen-units=2"];
            library("2024", "core", &flags, &self.folder.join("library/core/src/lib.rs"), &core)?;
            // An empty one: the archive calls nothing of it, which its check shows.
            let source = beside.join("compiler_builtins.rs");
            let text = "#![feature(compiler_builtins, no_core)] #![compiler_builtins] #![no_core]";
            std::fs::write(&source, text).with_context(|| format!("cannot write {}", source.display()))?;
            library("2021", "compiler_builtins", &[], &source, &beside.join("libcompiler_builtins.rlib"))?;
            std::fs::create_dir_all(libraries.parent().unwrap_or(&libraries))?;
            match std::fs::rename(&beside, &libraries) {
                Err(_) if libraries.exists() => std::fs::remove_dir_all(&beside),
                renamed => renamed,
            }
            .with_context(|| format!("cannot put {} in place", libraries.display()))
        })
    }
}

/// The version that apt would install.
fn candidate() -> anyhow::Result<String> {
    let why = "to fetch a Rust compiler for this machine";
    let otherwise = "Debian 12 has it; elsewhere install the target, `rustup target add TARGET`";
    for program in ["apt-get", "apt-cache", "dpkg-deb"] {
        need(program, why, otherwise)?;
    }
    let policy =
        String::from_utf8(step::run(Command::new("apt-cache").args(["policy", "rustc-web"]).env("LC_ALL", "C"))?)?;
    let version = policy.lines().find_map(|line| line.trim().strip_prefix("Candidate: "));
    match version.filter(|version| *version != "(none)") {
        Some(version) => Ok(version.to_owned()),
        None => bail!("apt knows no package rustc-web, which is needed {why}: run `apt-get update`; {otherwise}"),
    }
}

/// A field of a package, as apt has it.
fn field(package: &str, version: &str, field: &str) -> anyhow::Result<String> {
    let exact = format!("{package}={version}");
    let shown = String::from_utf8(step::run(Command::new("apt-cache").args(["show", &exact]).env("LC_ALL", "C"))?)?;
    let prefix = format!("{field}: ");
    let found = shown.lines().find_map(|line| line.strip_prefix(&prefix));
    found.map(str::to_owned).ok_or_else(|| anyhow!("apt's record of {exact} has no {field}"))
}

/// The packages whose names begin so in a list of dependencies.
fn dependency(list: &str, beginning: &str) -> anyhow::Result<String> {
    let mut names = list.split([',', '|']).filter_map(|item| item.split_whitespace().next());
    let found = names.find(|name| name.starts_with(beginning));
    found.map(str::to_owned).ok_or_else(|| anyhow!("no package {beginning}... among `{list}`"))
}

/// Downloads the compiler, its LLVM and the sources of core, and unpacks them into a folder.
fn fetch(version: &str, folder: &Path) -> anyhow::Result<()> {
    let runtime = dependency(&field("libstd-rust-web-dev", version, "Depends")?, "libstd-rust-web-")?;
    let llvm = dependency(&field(&runtime, version, "Depends")?, "libllvm")?;
    let (packages, root) = (folder.join("packages"), folder.join("root"));
    for folder in [&packages, &root] {
        std::fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    }
    let exact = ["rustc-web", &runtime, "rust-web-src"].map(|package| format!("{package}={version}"));
    let mut apt = Command::new("apt-get");
    step::run(apt.args(["download", "-q"]).args(exact).arg(&llvm).current_dir(&packages))
        .context("cannot download Debian's Rust; run `apt-get update` and try again")?;
    let mut sources = None;
    for file in std::fs::read_dir(&packages)?.collect::<Result<Vec<_>, _>>()? {
        let path = file.path();
        if file.file_name().to_string_lossy().starts_with("rust-web-src_") {
            sources = Some(path);
        } else {
            step::run(Command::new("dpkg-deb").arg("-x").arg(&path).arg(&root))?;
        }
    }
    let sources = sources.ok_or_else(|| anyhow!("apt-get did not download rust-web-src"))?;
    unpack_core(&sources, &root)?;
    let versions = root.join("usr/src");
    let mut found = std::fs::read_dir(&versions).with_context(|| format!("cannot read {}", versions.display()))?;
    let version = found.next().ok_or_else(|| anyhow!("rust-web-src has no sources"))??;
    std::fs::rename(version.path().join("library"), folder.join("library"))?;
    std::fs::remove_dir_all(&packages).with_context(|| format!("cannot remove {}", packages.display()))
}

/// Of the sources only what core needs: all of them are half a gigabyte.
fn unpack_core(package: &Path, root: &Path) -> anyhow::Result<()> {
    let mut reader = Command::new("dpkg-deb").arg("--fsys-tarfile").arg(package).stdout(Stdio::piped()).spawn()?;
    let tar = reader.stdout.take().ok_or_else(|| anyhow!("dpkg-deb gives nothing"))?;
    let parts = ["core", "stdarch", "portable-simd"].map(|part| format!("./usr/src/rustc-*/library/{part}/*"));
    let unpacked = Command::new("tar").args(["-x", "--wildcards", "-C"]).arg(root).args(parts).stdin(tar).status();
    let read = reader.wait()?;
    if !unpacked.context("cannot start tar")?.success() || !read.success() {
        bail!("cannot unpack {}", package.display());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::dependency;

    #[test]
    fn a_package_is_found_among_the_dependencies() {
        let list = "libstd-rust-web-1.96 (= 1.96.0+dfsg1-1~deb12u2), libc6 (>= 2.34) | libllvm22 (>= 1:22)";
        assert_eq!(dependency(list, "libstd-rust-web-").unwrap(), "libstd-rust-web-1.96");
        assert_eq!(dependency(list, "libllvm").unwrap(), "libllvm22");
        assert!(dependency(list, "gcc").unwrap_err().to_string().starts_with("no package gcc..."));
    }
}
