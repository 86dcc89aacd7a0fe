//! The site as a set of files in memory, and putting it on the disk.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, bail};

/// Files by their path from the root of the site.
#[derive(Debug, Default)]
pub struct Files {
    files: BTreeMap<String, Vec<u8>>,
}

/// The file that marks a folder as made by this command, so that it may be cleaned.
const MARK: &str = ".replycode-site";

impl Files {
    /// Adds a file.
    ///
    /// # Errors
    ///
    /// There is one at that path: two pages have the same address.
    pub(super) fn add(&mut self, path: impl Into<String>, bytes: impl Into<Vec<u8>>) -> anyhow::Result<()> {
        let path = path.into();
        match self.files.insert(path.clone(), bytes.into()) {
            None => Ok(()),
            Some(_) => bail!("two pages have the address {path}"),
        }
    }

    /// The bytes of a file.
    pub fn get(&self, path: &str) -> Option<&[u8]> {
        self.files.get(path).map(Vec::as_slice)
    }

    /// Every file, by path.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice()))
    }

    /// Writes all files to a folder, and removes what an earlier run left there.
    ///
    /// # Errors
    ///
    /// The folder holds files, but not a site; or the disk refuses.
    pub(super) fn write(&self, out: &Path) -> anyhow::Result<()> {
        let empty = std::fs::read_dir(out).map_or(true, |mut entries| entries.next().is_none());
        if !empty && !out.join(MARK).exists() {
            bail!("{} is not empty and holds no site made by this command; empty it or name another", out.display());
        }
        if !empty {
            std::fs::remove_dir_all(out).with_context(|| format!("cannot empty {}", out.display()))?;
        }
        std::fs::create_dir_all(out).with_context(|| format!("cannot make {}", out.display()))?;
        std::fs::write(out.join(MARK), "made by `cargo xtask site`; its next run replaces this folder\n")
            .with_context(|| format!("cannot write to {}", out.display()))?;
        for (path, bytes) in self.iter() {
            let path = out.join(path);
            let folder = path.parent().unwrap_or(out);
            std::fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
            std::fs::write(&path, bytes).with_context(|| format!("cannot write {}", path.display()))?;
        }
        Ok(())
    }
}
