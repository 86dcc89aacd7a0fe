//! The references of the programming interfaces: rustdoc of the crates, pdoc of the Python package, the C header.
//!
//! They are made by the tools of their languages and taken into the site as they are, in English.

use std::ffi::OsStr;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, ensure};
use serde_json::{Value, json};

use crate::step::{cargo, run, step};
use crate::{header, python, repo};

/// The crates that people use.
const CRATES: &[&str] = &["replycode", "replycode-scan", "replycode-catalog", "replycode-macros"];

/// Files by their path from the root of the site.
pub type Reference = Vec<(String, Vec<u8>)>;

/// What the page of documents lists: name in words, path.
const LISTED: &[(&str, &str)] = &[
    ("Rust: replycode", "api/rust/replycode/index.html"),
    ("Rust: replycode-scan", "api/rust/replycode_scan/index.html"),
    ("Rust: replycode-catalog", "api/rust/replycode_catalog/index.html"),
    ("Rust: replycode-macros", "api/rust/replycode_macros/index.html"),
    ("C: replycode.h", "api/c/replycode.h"),
    ("Python: replycode", "api/python/replycode.html"),
];

/// The list for the page of documents.
pub(super) fn listed() -> Value {
    LISTED.iter().map(|(name, path)| json!({ "name": name, "path": path })).collect()
}

/// Makes all of them.
///
/// # Errors
///
/// Documentation with a link to nowhere, a tool that is missing, a page that did not come out.
pub fn build(root: &Path) -> anyhow::Result<Reference> {
    let mut files = Vec::new();
    let rust = step("Rust reference", rust)?;
    collect(&rust, &rust, "api/rust", &mut files)?;
    let python = python()?;
    collect(&python, &python, "api/python", &mut files)?;
    let header = std::fs::read(root.join(header::PATH)).with_context(|| format!("cannot read {}", header::PATH))?;
    files.push(("api/c/replycode.h".to_owned(), header));
    for (name, path) in LISTED {
        ensure!(files.iter().any(|(file, _)| file == path), "the reference of {name} has no {path}");
    }
    Ok(files)
}

/// Makes them and a site with them, and looks whether every public name of the Python package is there. That every
/// link of a Rust page leads somewhere, rustdoc sees to.
///
/// # Errors
///
/// As [`build`]; a name without documentation on the page; a link to nowhere.
pub fn check() -> anyhow::Result<()> {
    let root = repo::root();
    let api = build(&root)?;
    let page = api.iter().find(|(path, _)| path == "api/python/replycode.html").context("no Python reference")?;
    let page = String::from_utf8(page.1.clone()).context("the Python reference is not UTF-8")?;
    let tools = repo::target().join("site-api/venv");
    let python = python::env_of(&tools, "site/api-requirements.txt")?;
    let names = run(Command::new(python).args(["-c", "import replycode; print(*replycode.__all__)"]))?;
    let names = String::from_utf8(names).context("names that are not UTF-8")?;
    let missing: Vec<&str> =
        names.split_whitespace().filter(|name| !page.contains(&format!("<section id=\"{name}\">"))).collect();
    ensure!(missing.is_empty(), "the Python reference lacks {}", missing.join(", "));
    let options = super::Options { api: Some(api), ..super::Options::default() };
    let site = super::build(&super::Sources::read(&root)?, &options)?;
    println!("{} names of the Python package; {} files", names.split_whitespace().count(), site.iter().count());
    Ok(())
}

fn rust() -> anyhow::Result<std::path::PathBuf> {
    let out = repo::target().join("doc");
    // What an earlier version has left is no part of it.
    if out.exists() {
        std::fs::remove_dir_all(&out).with_context(|| format!("cannot empty {}", out.display()))?;
    }
    let mut doc = cargo(&["doc", "--no-deps", "--quiet"]);
    doc.args(CRATES.iter().flat_map(|name| ["--package", name]));
    // A link to nowhere is a mistake.
    run(doc.env("RUSTDOCFLAGS", "--deny warnings"))?;
    Ok(out)
}

fn python() -> anyhow::Result<std::path::PathBuf> {
    let here = repo::target().join("site-api");
    let (tools, wheel) = (python::env_of(&here.join("venv"), "site/api-requirements.txt")?, python::wheel()?);
    let out = here.join("python");
    if out.exists() {
        std::fs::remove_dir_all(&out).with_context(|| format!("cannot empty {}", out.display()))?;
    }
    step("Python reference", || {
        let mut install = Command::new(&tools);
        install.args(["-m", "pip", "--quiet", "--disable-pip-version-check", "--no-input", "install"]);
        run(install.args(["--no-index", "--no-deps", "--force-reinstall"]).arg(&wheel))?;
        run(Command::new(&tools)
            .args(["-m", "pdoc", "--no-show-source", "--output-directory"])
            .arg(&out)
            .arg("replycode"))
    })?;
    Ok(out)
}

/// Takes in what browsers need of a folder.
fn collect(top: &Path, folder: &Path, to: &str, files: &mut Reference) -> anyhow::Result<()> {
    let entries = std::fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() {
            collect(top, &path, to, files)?;
        } else if path.file_name() != Some(OsStr::new(".lock")) {
            let inside = path.strip_prefix(top).unwrap_or(&path).to_string_lossy().replace('\\', "/");
            let bytes = std::fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
            files.push((format!("{to}/{inside}"), bytes));
        }
    }
    Ok(())
}
