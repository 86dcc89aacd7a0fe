//! Reading `catalog.yaml` and what people do with it besides `regen`: mark reviews, compare versions.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, anyhow, bail};
use replycode_catalog::{Model, Source, check_bytes, diff, mark_reviewed};

use crate::{repo, step};

/// The file that everything is made from.
const FILE: &str = "catalog.yaml";

/// The checked catalogue of a checkout, with overlays laid over it.
pub fn read(root: &Path, overlays: &[PathBuf]) -> anyhow::Result<Model> {
    let mut files = vec![(FILE.to_owned(), bytes(&root.join(FILE))?)];
    for overlay in overlays {
        files.push((overlay.display().to_string(), bytes(overlay)?));
    }
    let files: Vec<(&str, &[u8])> = files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice())).collect();
    check_bytes(&files).map_err(|report| anyhow!("the catalogue is not valid; nothing was written\n\n{report}"))
}

fn bytes(path: &Path) -> anyhow::Result<Vec<u8>> {
    std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))
}

/// `cargo xtask review [ID...]`: marks translations as read beside the English as it now stands; all of them, or those
/// of the entries named.
pub fn review(mut arguments: lexopt::Parser) -> anyhow::Result<()> {
    let mut ids = Vec::new();
    while let Some(argument) = arguments.next()? {
        match argument {
            lexopt::Arg::Value(id) => ids.push(id.to_string_lossy().into_owned()),
            other => return Err(other.unexpected().into()),
        }
    }
    let path = repo::root().join(FILE);
    let text = String::from_utf8(bytes(&path)?).with_context(|| format!("{FILE} is not UTF-8"))?;
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    let marked = mark_reviewed(Source { path: FILE, text: &text }, &ids)
        .map_err(|report| anyhow!("the catalogue is not valid; nothing was written\n\n{report}"))?;
    let changed = marked.lines().collect::<BTreeSet<_>>().difference(&text.lines().collect()).count();
    if marked == text {
        crate::say!("every translation asked for is marked already");
    } else {
        std::fs::write(&path, marked).with_context(|| format!("cannot write {}", path.display()))?;
        crate::say!("{FILE}: marks of reviews changed in {changed} different lines; now `cargo xtask regen`");
    }
    Ok(())
}

/// `cargo xtask diff OLD NEW`: what has changed between two catalogues, each a file or a git revision, as a section of
/// a change log. Fails if something was removed or an id used again.
pub fn compare(mut arguments: lexopt::Parser) -> anyhow::Result<()> {
    let mut sides = Vec::new();
    while let Some(argument) = arguments.next()? {
        match argument {
            lexopt::Arg::Value(side) => sides.push(side.to_string_lossy().into_owned()),
            other => return Err(other.unexpected().into()),
        }
    }
    let [old, new] = sides.as_slice() else {
        bail!("usage: cargo xtask diff OLD NEW, each a file or a git revision, for instance `HEAD~1 {FILE}`");
    };
    let changes = diff(&side(old)?, &side(new)?);
    if changes.is_empty() {
        crate::say!("nothing has changed");
    } else {
        crate::say::print(format_args!("{changes}"));
    }
    if changes.is_allowed() {
        Ok(())
    } else {
        bail!("entries are never removed and ids never used again: mark an entry `deprecated:` instead")
    }
}

/// A catalogue by file name or git revision.
fn side(name: &str) -> anyhow::Result<Model> {
    let text = if Path::new(name).is_file() {
        bytes(Path::new(name))?
    } else {
        let mut git = Command::new("git");
        git.args(["show", &format!("{name}:{FILE}")]).current_dir(repo::root());
        step::run(&mut git).with_context(|| format!("`{name}` is neither a file nor a revision with {FILE}"))?
    };
    check_bytes(&[(name, &text)]).map_err(|report| anyhow!("{name} is not valid\n\n{report}"))
}
