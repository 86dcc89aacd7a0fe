//! `cargo xtask install --prefix DIR`: header, static library, pkg-config and CMake files where C projects look.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use crate::{archive, header, repo};

/// The subcommand.
pub fn run(mut arguments: lexopt::Parser) -> anyhow::Result<()> {
    let mut prefix = None;
    while let Some(argument) = arguments.next()? {
        match argument {
            lexopt::Arg::Long("prefix") => prefix = Some(PathBuf::from(arguments.value()?)),
            other => return Err(other.unexpected().into()),
        }
    }
    let Some(prefix) = prefix else {
        bail!("say where to: `cargo xtask install --prefix DIR`, for instance /usr/local");
    };
    for path in install(&prefix)? {
        println!("{}", path.display());
    }
    Ok(())
}

/// Installs everything and returns the paths.
pub fn install(prefix: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let root = repo::root();
    let read = |path: &str| std::fs::read(root.join(path)).with_context(|| format!("cannot read {path}"));
    let filled = |path: &str| -> anyhow::Result<Vec<u8>> {
        let template = String::from_utf8(read(path)?).with_context(|| format!("{path} is not UTF-8"))?;
        Ok(template.replace("@VERSION@", env!("CARGO_PKG_VERSION")).into_bytes())
    };
    let built = archive::build()?;
    let library = std::fs::read(&built).with_context(|| format!("cannot read {}", built.display()))?;
    // Everything is read before anything is written.
    let files = [
        ("include/replycode.h", read(header::PATH)?),
        ("lib/libreplycode.a", library),
        ("lib/pkgconfig/replycode.pc", filled("bindings/c/package/replycode.pc.in")?),
        ("lib/cmake/replycode/replycode-config.cmake", read("bindings/c/package/replycode-config.cmake")?),
        (
            "lib/cmake/replycode/replycode-config-version.cmake",
            filled("bindings/c/package/replycode-config-version.cmake.in")?,
        ),
        ("share/doc/replycode/LICENSE-APACHE", read("LICENSE-APACHE")?),
        ("share/doc/replycode/LICENSE-MIT", read("LICENSE-MIT")?),
    ];
    let mut paths = Vec::new();
    for (place, bytes) in files {
        let path = prefix.join(place);
        let folder = path.parent().unwrap_or(prefix);
        std::fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
        std::fs::write(&path, bytes).with_context(|| format!("cannot write {}", path.display()))?;
        paths.push(path);
    }
    Ok(paths)
}
