//! Doing what a document says.

use std::ffi::OsStr;
use std::fmt;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, bail, ensure};

use super::block::Block;
use super::output;
use super::place::Placed;
use crate::step::{cargo, run};
use crate::{archive, c_compiler, repo};

/// The command that runs these very blocks, among others: it is not run within itself.
const ITSELF: &str = "cargo xtask test";

/// A document's reader: does one block after the other.
pub(super) struct Reader<'a> {
    root: &'a Path,
    document: &'a str,
    placed: &'a Placed,
    /// Python with the tools and the package.
    python: &'a Path,
    /// What the last block printed.
    printed: Option<String>,
    /// The blocks with `>>>`.
    session: String,
    tally: Tally,
}

/// What was done.
#[derive(Default)]
pub(super) struct Tally {
    run: usize,
    compared: usize,
    written: usize,
    elsewhere: usize,
}

impl Tally {
    /// So many blocks, and nothing to be done.
    pub(super) fn elsewhere(count: usize) -> Self {
        Tally { elsewhere: count, ..Tally::default() }
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Tally { run, compared, written, elsewhere } = self;
        write!(f, "{run} blocks run, {compared} compared, {written} written to files, {elsewhere} tested elsewhere")
    }
}

impl<'a> Reader<'a> {
    pub(super) fn new(root: &'a Path, document: &'a str, placed: &'a Placed, python: &'a Path) -> Self {
        let (printed, session, tally) = (None, String::new(), Tally::default());
        Reader { root, document, placed, python, printed, session, tally }
    }

    /// Does what a block says.
    pub(super) fn take(&mut self, block: &Block) -> anyhow::Result<()> {
        if let Some(test) = block.get("skip") {
            super::named(self.root, test)?;
            self.tally.elsewhere += 1;
            return Ok(());
        }
        if let Some(file) = block.get("file") {
            self.tally.written += 1;
            return self.write(file, block);
        }
        if let Some(file) = block.get("from") {
            self.tally.compared += 1;
            let whole = super::read(&super::named(self.root, file)?)?;
            return output::excerpt(&block.text, &whole).with_context(|| format!("compared with {file}"));
        }
        let printed = match block.language.as_str() {
            "sh" => self.shell(&block.text)?,
            "python" if block.text.starts_with(">>>") => {
                self.session.push_str(&block.text);
                self.session.push('\n');
                None
            }
            "python" => Some(run(self.command(self.python).arg("-c").arg(&block.text))?),
            "console" => {
                self.console(&block.text)?;
                self.tally.compared += 1;
                None
            }
            "c" => Some(self.compile(&block.text)?),
            "rust" => {
                let tested = super::is_doctest(self.root, self.document)?;
                ensure!(tested, "rustdoc does not test this document: take it in in {}", super::DOCTESTS);
                self.tally.elsewhere += 1;
                return Ok(());
            }
            "text" if block.get("output").is_some() => {
                let printed = self.printed.take().context("no block before it has printed anything")?;
                self.tally.compared += 1;
                return output::compare(&block.text, &printed);
            }
            other => bail!("nobody would run this: `{other}` without file=, from= or skip="),
        };
        self.printed = printed.map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        self.tally.run += 1;
        Ok(())
    }

    /// What is left at the end: the Python session.
    pub(super) fn finish(self) -> anyhow::Result<Tally> {
        if !self.session.is_empty() {
            let folder = tempfile::tempdir().context("cannot make a folder")?;
            let file = folder.path().join("session.txt");
            std::fs::write(&file, &self.session)?;
            run(self.command(self.python).args(["-m", "doctest"]).arg(file))?;
        }
        Ok(self.tally)
    }

    /// A program where the reader is; it needs no network.
    fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        command.current_dir(&self.placed.here).env("PYTHONDONTWRITEBYTECODE", "1");
        command.env("CARGO_TARGET_DIR", &self.placed.target).env("CARGO_NET_OFFLINE", "true");
        if !self.placed.in_repository {
            // `python` has the tools with which `pip install` builds the package; the variable means its opposite. In
            // the repository the usual Python makes this very environment.
            command
                .env("PIP_NO_BUILD_ISOLATION", "0")
                .env("PIP_NO_INDEX", "1")
                .env("PIP_DISABLE_PIP_VERSION_CHECK", "1");
            let usual = std::env::var_os("PATH").unwrap_or_default();
            let path = self.python.parent().map(Path::to_owned).into_iter().chain(std::env::split_paths(&usual));
            command.env("PATH", std::env::join_paths(path).unwrap_or(usual.clone()));
        }
        command
    }

    fn shell(&self, text: &str) -> anyhow::Result<Option<Vec<u8>>> {
        let others: Vec<&str> = text.lines().filter(|line| !line.starts_with(ITSELF)).collect();
        let mut bash = self.command("bash");
        Ok(Some(run(bash.args(["-euo", "pipefail", "-c"]).arg(others.join("\n")))?))
    }

    /// Lines with `$ ` are commands, what follows is what each prints, errors as well; it may fail. `replycode` is there.
    fn console(&self, text: &str) -> anyhow::Result<()> {
        run(cargo(&["build", "--quiet", "--package", "replycode-cli"]).env("CARGO_TARGET_DIR", repo::target()))?;
        let programs = repo::target().join("debug");
        let mut rest = text;
        while let Some(command) = rest.strip_prefix("$ ") {
            let end = command.find("\n$ ").map_or(command.len(), |at| at + 1);
            let (own, others) = command.split_at(end);
            let (line, shown) = own.split_once('\n').unwrap_or((own, ""));
            let mut bash = self.command("bash");
            let usual = std::env::var_os("PATH").unwrap_or_default();
            let path = std::iter::once(programs.clone()).chain(std::env::split_paths(&usual));
            bash.env("PATH", std::env::join_paths(path)?).env("LC_ALL", "C");
            let printed = bash.args(["-c", &format!("{{ {line}\n}} 2>&1")]).output().context("cannot start bash")?;
            output::compare(shown, &String::from_utf8_lossy(&printed.stdout)).with_context(|| format!("`{line}`"))?;
            rest = others;
        }
        ensure!(rest.is_empty(), "a block of the language console begins with `$ `");
        Ok(())
    }

    fn write(&self, file: &str, block: &Block) -> anyhow::Result<()> {
        ensure!(self.placed.here != self.root, "it would be written into the repository");
        let path = self.placed.here.join(file);
        if block.language == "diff" {
            let text = super::read(&path)?;
            return std::fs::write(&path, output::patch(&block.text, &text)?).context("cannot write");
        }
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
        }
        std::fs::write(&path, &block.text).with_context(|| format!("cannot write {}", path.display()))
    }

    /// Compiles and runs a program, or the body of one.
    fn compile(&self, text: &str) -> anyhow::Result<Vec<u8>> {
        let folder = tempfile::tempdir().context("cannot make a folder")?;
        let source = folder.path().join("snippet.c");
        let program = if text.contains("int main(") { text.to_owned() } else { body(text) };
        std::fs::write(&source, program)?;
        run(&mut self.command(c_compiler::program(&[source], &archive::build()?)?))
    }
}

/// A program around statements.
fn body(text: &str) -> String {
    let (includes, rest): (Vec<&str>, Vec<&str>) = text.lines().partition(|line| line.starts_with("#include"));
    format!(
        "#include <stdio.h>\n#include <string.h>\n#include \"replycode.h\"\n{}\nint main(void)\n{{\n{}\nreturn 0;\n}}\n",
        includes.join("\n"),
        rest.join("\n")
    )
}
