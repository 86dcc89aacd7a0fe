//! `cargo xtask docs`: runs every command and snippet of the documentation, as readers do.
//!
//! What a fenced block is, its first line says: the language, then what is to be done with it.
//!
//! | block | what is done |
//! | --- | --- |
//! | `sh` | run by bash; any command that fails is a failure |
//! | `console` | lines with `$ ` are run, the others compared with what they print; `replycode` is there |
//! | `python` | run; with `>>>`, all such blocks of the document are one session, compared as doctest does |
//! | `c` | compiled as C89 without a warning, linked with the static library, run |
//! | `rust` | nothing here: the document must be among those that rustdoc tests ([`DOCTESTS`]) |
//! | `text output` | compared with what the block before it printed; `...` stands for anything, alone on a line for lines |
//! | any `file=NAME` | written to that file, for the blocks after it |
//! | any `from=FILE` | compared with that file of the repository: its lines must be there, `...` stands for lines left out |
//! | `diff file=NAME` | applied to that file: the lines kept and removed must be there once |
//! | any `skip=FILE` | left alone: that file of the repository tests it |
//!
//! Anything else is an error, so that no block is overlooked; a block without a language is a picture made of letters.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail, ensure};

use crate::{python, repo};

mod block;
mod output;
mod place;
mod run;

use place::Place;

/// The documents with blocks, and where their readers are.
const DOCUMENTS: &[(&str, Place)] = &[
    ("README.md", Place::Repository),
    ("bindings/c/README.md", Place::Repository),
    ("bindings/python/README.md", Place::Repository),
    ("crates/replycode/README.md", Place::Repository),
    ("docs/catalog-json.md", Place::Repository),
    ("docs/cli.md", Place::By("crates/replycode-cli/tests/it/docs.rs")),
    ("docs/cluster.md", Place::Repository),
    ("docs/firmware.md", Place::Repository),
    ("docs/overlays.md", Place::Repository),
    ("docs/python-scan.md", Place::Repository),
    ("docs/scan.md", Place::By("crates/replycode-cli/tests/it/docs.rs")),
    ("docs/site.md", Place::Repository),
    ("docs/tutorials/add-a-code.md", Place::Copy),
    ("docs/tutorials/explain-a-code.md", Place::Beside),
    ("docs/tutorials/own-catalogue.md", Place::Beside),
    ("docs/tutorials/put-it-into-firmware.md", Place::Beside),
    ("docs/tutorials/triage-a-log.md", Place::Beside),
];

/// Where documents are taken in for rustdoc.
const DOCTESTS: &str = "tests/lib.rs";

/// The subcommand: all documents, or those named.
pub fn run(mut arguments: lexopt::Parser) -> anyhow::Result<()> {
    let mut names = Vec::new();
    while let Some(argument) = arguments.next()? {
        match argument {
            lexopt::Arg::Value(name) => names.push(name.to_string_lossy().into_owned()),
            other => return Err(other.unexpected().into()),
        }
    }
    if let Some(unknown) = names.iter().find(|name| DOCUMENTS.iter().all(|(document, _)| document != name)) {
        let known: Vec<_> = DOCUMENTS.iter().map(|(document, _)| *document).collect();
        bail!("`{unknown}` is not one of {}", known.join(", "));
    }
    check_those(|document| names.is_empty() || names.iter().any(|name| name == document))
}

/// Runs the blocks of all documents.
///
/// # Errors
///
/// A block that fails, says something else than the document promises, or that nobody would run.
pub fn check() -> anyhow::Result<()> {
    check_those(|_| true)
}

fn check_those(wanted: impl Fn(&str) -> bool) -> anyhow::Result<()> {
    let root = repo::root();
    complete(&root)?;
    let python = python::installed()?;
    let mut failures = Vec::new();
    for (document, place) in DOCUMENTS.iter().filter(|(document, _)| wanted(document)) {
        let start = std::time::Instant::now();
        match check_document(&root, document, *place, &python) {
            Ok(tally) => println!("{document}: {tally} ({:.1} s)", start.elapsed().as_secs_f32()),
            Err(error) => {
                println!("{document}: FAILED\n{error:#}\n");
                failures.push(*document);
            }
        }
    }
    ensure!(failures.is_empty(), "these documents do not hold what they promise: {}", failures.join(", "));
    Ok(())
}

/// Every document with a block is listed, and every one that is listed exists.
fn complete(root: &Path) -> anyhow::Result<()> {
    let mut found = BTreeSet::new();
    search(root, Path::new(""), &mut found)?;
    let listed: BTreeSet<String> = DOCUMENTS.iter().map(|(document, _)| (*document).to_owned()).collect();
    let unlisted: Vec<_> = found.difference(&listed).cloned().collect();
    ensure!(
        unlisted.is_empty(),
        "{} has blocks that nobody runs: list it in DOCUMENTS of xtask/src/docs.rs",
        unlisted.join(", ")
    );
    let gone: Vec<_> = listed.difference(&found).cloned().collect();
    ensure!(gone.is_empty(), "{} in DOCUMENTS of xtask/src/docs.rs has no block, or is gone", gone.join(", "));
    Ok(())
}

/// Folders with Markdown that is not ours, or that is made from the catalogue.
const ELSEWHERE: &[&str] = &["target", "generated", "node_modules", "fuzz", ".git", ".venv"];

fn search(root: &Path, folder: &Path, found: &mut BTreeSet<String>) -> anyhow::Result<()> {
    let here = root.join(folder);
    for entry in std::fs::read_dir(&here).with_context(|| format!("cannot read {}", here.display()))? {
        let entry = entry?;
        let (name, kind) = (entry.file_name().to_string_lossy().into_owned(), entry.file_type()?);
        let path = folder.join(&name);
        if kind.is_dir() && !ELSEWHERE.contains(&name.as_str()) && !name.starts_with('.') {
            search(root, &path, found)?;
        } else if kind.is_file() && name.ends_with(".md") {
            let name = path.to_string_lossy().replace('\\', "/");
            if !block::read(&read(&root.join(&path))?).with_context(|| name.clone())?.is_empty() {
                found.insert(name);
            }
        }
    }
    Ok(())
}

fn read(path: &Path) -> anyhow::Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

fn check_document(root: &Path, document: &str, place: Place, python: &Path) -> anyhow::Result<run::Tally> {
    let blocks = block::read(&read(&root.join(document))?).with_context(|| document.to_owned())?;
    if let Place::By(test) = place {
        let named = read(&named(root, test)?)?.contains(document);
        ensure!(named, "{test} does not name {document}: does it run its blocks?");
        return Ok(run::Tally::elsewhere(blocks.len()));
    }
    let placed = place.make(root)?;
    let mut reader = run::Reader::new(root, document, &placed, python);
    for block in &blocks {
        reader.take(block).with_context(|| format!("{document}:{}: the block `{}`", block.line, block.head()))?;
    }
    reader.finish().with_context(|| format!("{document}: the Python session"))
}

/// Whether rustdoc runs a document's Rust.
fn is_doctest(root: &Path, document: &str) -> anyhow::Result<bool> {
    let name = format!("include_str!(\"../{document}\")");
    Ok(read(&root.join(DOCTESTS))?.contains(&name))
}

/// A path of the repository that a block names.
fn named(root: &Path, path: &str) -> anyhow::Result<PathBuf> {
    let full = root.join(path);
    ensure!(full.is_file(), "names {path}, which is no file of the repository");
    Ok(full)
}
