//! Where the readers of a document are when they type its commands.

use std::path::{Path, PathBuf};

use anyhow::Context;
use tempfile::TempDir;

use crate::repo;

/// Where readers are.
#[derive(Clone, Copy, Debug)]
pub(super) enum Place {
    /// In the repository; nothing outside `target/` may be written.
    Repository,
    /// In a folder of their own, with the repository beside it as `replycode`.
    Beside,
    /// In a copy of the repository, which they may change.
    Copy,
    /// Nowhere: the program in this file runs all the document's blocks. It must name the document.
    By(&'static str),
}

/// A place that was made, and is gone when dropped.
pub(super) struct Placed {
    /// Where commands are run.
    pub(super) here: PathBuf,
    /// Where cargo builds.
    pub(super) target: PathBuf,
    /// Whether that is in the repository, or a copy of it.
    pub(super) in_repository: bool,
    _folder: Option<TempDir>,
}

impl Place {
    /// Makes the place.
    pub(super) fn make(self, root: &Path) -> anyhow::Result<Placed> {
        let target = repo::target();
        if let Place::Repository = self {
            return Ok(Placed { here: root.to_owned(), target, in_repository: true, _folder: None });
        }
        let folder = tempfile::tempdir().context("cannot make a folder for what a document does")?;
        let repository = folder.path().join("replycode");
        let in_repository = matches!(self, Place::Copy);
        let (here, target) = match self {
            Place::Copy => {
                copy(root, &repository)?;
                // Not cargo's usual folder: there the copy's xtask, which believes in the copy's root, would pass for ours.
                (repository, target.join("bootstrap"))
            }
            _ => {
                link(root, &repository)?;
                let here = folder.path().join("work");
                std::fs::create_dir(&here)?;
                // The versions that were tried, and no others.
                std::fs::copy(root.join("Cargo.lock"), here.join("Cargo.lock"))?;
                (here, target)
            }
        };
        Ok(Placed { here, target, in_repository, _folder: Some(folder) })
    }
}

#[cfg(unix)]
fn link(to: &Path, at: &Path) -> anyhow::Result<()> {
    std::os::unix::fs::symlink(to, at).with_context(|| format!("cannot link {}", at.display()))
}

#[cfg(not(unix))]
fn link(to: &Path, at: &Path) -> anyhow::Result<()> {
    copy(to, at)
}

/// Copies what belongs to the repository.
fn copy(from: &Path, to: &Path) -> anyhow::Result<()> {
    const ELSEWHERE: &[&str] = &["target", ".git", ".venv", "node_modules", "__pycache__"];
    std::fs::create_dir_all(to).with_context(|| format!("cannot make {}", to.display()))?;
    for entry in std::fs::read_dir(from).with_context(|| format!("cannot read {}", from.display()))? {
        let (entry, name) = entry.map(|entry| (entry.path(), entry.file_name()))?;
        if !entry.is_dir() {
            std::fs::copy(&entry, to.join(&name)).with_context(|| format!("cannot copy {}", entry.display()))?;
        } else if !ELSEWHERE.iter().any(|elsewhere| name == *elsewhere) {
            copy(&entry, &to.join(&name))?;
        }
    }
    Ok(())
}
