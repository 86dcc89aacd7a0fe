//! `cargo xtask regen`: every generated file from `catalog.yaml`, all of them or none.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, bail};
use replycode_catalog::Model;
use replycode_codegen::{Artefact, emit, figures};

use crate::{amalgamation, c_reference, catalog, header, repo};

/// What to do with the artefacts.
enum Mode {
    Write,
    Check,
    List,
}

/// The subcommand.
pub fn run(mut arguments: lexopt::Parser) -> anyhow::Result<()> {
    let mut mode = Mode::Write;
    let mut overlays = Vec::new();
    let mut out = None;
    while let Some(argument) = arguments.next()? {
        match argument {
            lexopt::Arg::Long("check") => mode = Mode::Check,
            lexopt::Arg::Long("list") => mode = Mode::List,
            lexopt::Arg::Long("overlay") => overlays.push(PathBuf::from(arguments.value()?)),
            lexopt::Arg::Long("out") => out = Some(PathBuf::from(arguments.value()?)),
            other => return Err(other.unexpected().into()),
        }
    }
    let root = repo::root();
    if !overlays.is_empty() && out.as_ref().is_none_or(|out| out.canonicalize().is_ok_and(|out| out == root)) {
        bail!("with --overlay, say --out DIR: the files here are those of catalog.yaml alone");
    }
    let start = Instant::now();
    let model = catalog::read(&root, &overlays)?;
    let artefacts = emitted(&root, &model)?;
    let out = out.unwrap_or(root);
    match mode {
        Mode::List => {
            for artefact in &artefacts {
                crate::say!("{}", artefact.path);
            }
        }
        Mode::Check => compare(&out, &artefacts)?,
        Mode::Write => {
            write(&out, &artefacts)?;
            crate::say!("{}made in {} ms", figures(&model), start.elapsed().as_millis());
        }
    }
    Ok(())
}

/// What the emitters make of a catalogue, and for C the header, which is read from the Rust source of the C face, and
/// the amalgamation, which has parts written by hand.
pub fn emitted(root: &Path, model: &Model) -> anyhow::Result<Vec<Artefact>> {
    let mut artefacts = emit(model);
    let header = header::artefact(root, model, &artefacts)?;
    artefacts.push(c_reference::artefact(model, &header));
    artefacts.push(header);
    artefacts.push(amalgamation::artefact(root, model)?);
    Ok(artefacts)
}

/// Every generated file as it should be.
pub fn artefacts(root: &Path) -> anyhow::Result<Vec<Artefact>> {
    emitted(root, &catalog::read(root, &[])?)
}

/// Writes all files or none, and removes orphans.
pub fn write(root: &Path, artefacts: &[Artefact]) -> anyhow::Result<()> {
    // First everything beside its place, then the renames: a full disk leaves the old files as they were.
    let mut staged = Vec::new();
    for artefact in artefacts {
        let path = root.join(&artefact.path);
        if std::fs::read_to_string(&path).is_ok_and(|text| text == artefact.text) {
            continue;
        }
        let folder = path.parent().unwrap_or(root);
        std::fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
        // Appended, not exchanged: `catalog.json` and `catalog.csv` must not share one.
        let beside = path.with_added_extension("regen");
        std::fs::write(&beside, &artefact.text).with_context(|| format!("cannot write {}", beside.display()))?;
        staged.push((beside, path));
    }
    let changed = staged.len();
    for (beside, path) in staged {
        std::fs::rename(&beside, &path).with_context(|| format!("cannot replace {}", path.display()))?;
    }
    let orphans = orphans(root, artefacts)?;
    for orphan in &orphans {
        std::fs::remove_file(root.join(orphan)).with_context(|| format!("cannot remove {orphan}"))?;
        crate::say!("removed {orphan}: no emitter makes it any more");
    }
    crate::say!("{} generated files, {changed} changed", artefacts.len());
    Ok(())
}

/// Fails with the differences if a file is stale or an orphan.
pub fn compare(root: &Path, artefacts: &[Artefact]) -> anyhow::Result<()> {
    let mut stale = 0;
    for artefact in artefacts {
        let found = std::fs::read_to_string(root.join(&artefact.path)).unwrap_or_default();
        if found != artefact.text {
            stale += 1;
            let diff = similar::TextDiff::from_lines(&found, &artefact.text);
            let header = (format!("{} (found)", artefact.path), format!("{} (from catalog.yaml)", artefact.path));
            crate::say::print(format_args!("{}", diff.unified_diff().context_radius(1).header(&header.0, &header.1)));
        }
    }
    let orphans = orphans(root, artefacts)?;
    for orphan in &orphans {
        crate::say!("{orphan}: no emitter makes it");
    }
    if stale + orphans.len() > 0 {
        bail!("{stale} generated files are stale, {} are orphans; repair them with `cargo xtask regen`", orphans.len());
    }
    crate::say!("{} generated files are fresh", artefacts.len());
    Ok(())
}

/// Files in folders named `generated` that no emitter makes.
pub fn orphans(root: &Path, artefacts: &[Artefact]) -> anyhow::Result<Vec<String>> {
    let made: BTreeSet<&str> = artefacts.iter().map(|artefact| artefact.path.as_str()).collect();
    let mut found = Vec::new();
    visit(root, root, false, &mut found)?;
    found.retain(|path| !made.contains(path.as_str()));
    Ok(found)
}

fn visit(root: &Path, folder: &Path, generated: bool, found: &mut Vec<String>) -> anyhow::Result<()> {
    const ELSEWHERE: &[&str] = &["target", ".git", ".venv", "__pycache__", "node_modules"];
    let mut entries: Vec<PathBuf> =
        std::fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<std::io::Result<_>>()?;
    entries.sort();
    for path in entries {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if path.is_dir() {
            if !ELSEWHERE.contains(&name.as_ref()) {
                visit(root, &path, generated || name == "generated", found)?;
            }
        } else if generated {
            let relative = path.strip_prefix(root)?.components();
            let parts: Vec<_> = relative.map(|part| part.as_os_str().to_string_lossy()).collect();
            found.push(parts.join("/"));
        }
    }
    Ok(())
}
