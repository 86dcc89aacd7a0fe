//! The Python package: its tools, its wheel, its tests.
//!
//! The pinned tools live in `target/venv`, made when it is missing or `bindings/python/requirements-dev.txt` has
//! changed; wheels go to `target/wheels`. Everything but the first making of `target/venv` works offline.

use std::ffi::OsStr;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, bail};

use crate::repo;
use crate::step::{run as quiet, show, step};

/// Where the package is, from the root of the repository.
const PACKAGE: &str = "bindings/python";

/// `cargo xtask python-test`: [`test`], [`servers`] or [`cluster`].
pub fn run(mut arguments: lexopt::Parser) -> anyhow::Result<()> {
    match arguments.next()? {
        None => test(),
        Some(lexopt::Arg::Value(what)) if what == "servers" => servers(),
        Some(lexopt::Arg::Value(what)) if what == "cluster" => cluster(),
        Some(other) => Err(other.unexpected().into()),
    }
}

/// The environment with the pinned tools; returns its interpreter.
pub fn venv() -> anyhow::Result<PathBuf> {
    env_of(&repo::target().join("venv"), &format!("{PACKAGE}/requirements-dev.txt"))
}

/// An environment with the packages of a list, which is named from the root of the repository; returns its
/// interpreter. Made when missing or when the list or the interpreter has changed.
pub fn env_of(folder: &Path, list: &str) -> anyhow::Result<PathBuf> {
    let base = interpreter()?;
    let requirements = repo::root().join(list);
    let pinned =
        std::fs::read_to_string(&requirements).with_context(|| format!("cannot read {}", requirements.display()))?;
    let (python, stamp) = (python_in(folder), folder.join("made-from.txt"));
    let wanted = format!("{}\n{pinned}", base.version);
    if std::fs::read_to_string(&stamp).is_ok_and(|found| found == wanted) && works(&python) {
        return Ok(python);
    }
    step(&format!("Python: making {}", folder.display()), || {
        quiet(Command::new(&base.path).args(["-m", "venv", "--clear"]).arg(folder)).map(drop)
    })?;
    step(&format!("Python: installing {list}"), || {
        quiet(pip(&python).args(["install", "--requirement"]).arg(&requirements)).context(
            "cannot install the tools with which this part is built and tested; pip needs a package index once: check \
             the network, then run the command again",
        )
    })?;
    std::fs::write(&stamp, wanted).with_context(|| format!("cannot write {}", stamp.display()))?;
    Ok(python)
}

/// Builds the wheel and returns its path. Nothing is compiled when no source has changed.
pub fn wheel() -> anyhow::Result<PathBuf> {
    let python = venv()?;
    let folder = repo::target().join("wheels");
    for old in wheels(&folder)? {
        std::fs::remove_file(&old).with_context(|| format!("cannot remove {}", old.display()))?;
    }
    let mut build = Command::new(&python);
    build.args(["-m", "maturin", "build", "--release", "--interpreter"]).arg(&python).arg("--out").arg(&folder);
    build.arg("--manifest-path").arg(repo::root().join(PACKAGE).join("Cargo.toml"));
    // The same sources give the same wheel to the byte: without a date, the list of its parts is written as of now.
    if std::env::var_os("SOURCE_DATE_EPOCH").is_none() {
        build.env("SOURCE_DATE_EPOCH", "315532800"); // 1980, where a zip file's time begins
    }
    step("Python: building the wheel", || quiet(&mut build))?;
    match wheels(&folder)?.as_slice() {
        [wheel] => Ok(wheel.clone()),
        found => bail!("expected one wheel in {}, found {}", folder.display(), found.len()),
    }
}

/// An environment with nothing in it but the wheel, installed offline and without dependencies; returns its
/// interpreter. Kept while the wheel is the same to the byte.
pub fn fresh_env(wheel: &Path) -> anyhow::Result<PathBuf> {
    let tools = venv()?;
    let folder = repo::target().join("fresh-env");
    let (python, stamp) = (python_in(&folder), folder.join("wheel.txt"));
    let wanted = fingerprint(wheel)?;
    if std::fs::read_to_string(&stamp).is_ok_and(|found| found == wanted) && works(&python) {
        return Ok(python);
    }
    step(&format!("Python: installing the wheel into a fresh environment, {}", folder.display()), || {
        // Without pip: the tools' pip installs into it, and there is nothing else in it.
        quiet(Command::new(&tools).args(["-m", "venv", "--clear", "--without-pip"]).arg(&folder))?;
        quiet(pip(&tools).arg("--python").arg(&python).args(["install", "--no-index", "--no-deps"]).arg(wheel))
    })?;
    std::fs::write(&stamp, wanted).with_context(|| format!("cannot write {}", stamp.display()))?;
    Ok(python)
}

/// The environment with the tools and the current wheel; returns its interpreter.
pub fn installed() -> anyhow::Result<PathBuf> {
    let (python, wheel) = (venv()?, wheel()?);
    let stamp = repo::target().join("venv").join("wheel.txt");
    let wanted = fingerprint(&wheel)?;
    if !std::fs::read_to_string(&stamp).is_ok_and(|found| found == wanted) {
        step("Python: installing the wheel beside the tools", || {
            quiet(pip(&python).args(["install", "--no-index", "--no-deps", "--force-reinstall"]).arg(&wheel))
        })?;
        std::fs::write(&stamp, wanted).with_context(|| format!("cannot write {}", stamp.display()))?;
    }
    Ok(python)
}

/// Builds and installs the wheel, then runs pytest, `mypy --strict` and `stubtest`.
pub fn test() -> anyhow::Result<()> {
    let python = installed()?;
    let cache = repo::target().join("mypy");
    let examples = repo::root().join("examples");
    let module = |name: &str| {
        let mut command = Command::new(&python);
        command.args(["-m", name]).current_dir(repo::root().join(PACKAGE)).env("MYPY_CACHE_DIR", &cache);
        command
    };
    show(&mut module("pytest"))?;
    step("Python: mypy --strict", || {
        quiet(module("mypy").args(["--strict", "--package", "replycode"]))?;
        quiet(module("mypy").args(["--strict", "tests", "bench"]).arg(&examples))
    })?;
    // It takes no folder for its cache, and reads nothing from where it stands.
    step("Python: stubtest", || quiet(module("mypy.stubtest").arg("replycode").current_dir(repo::target()))).map(drop)
}

/// Builds and installs the wheel, then talks to real servers of mail and files on the loopback interface.
pub fn servers() -> anyhow::Result<()> {
    let python = installed()?;
    show(Command::new(python).args(["-m", "pytest", "tests/servers"]).current_dir(repo::root().join(PACKAGE)))
}

/// Builds the wheel and runs it under a local Spark and Dask, in an environment of their own.
pub fn cluster() -> anyhow::Result<()> {
    if !Command::new("java").arg("-version").output().is_ok_and(|output| output.status.success()) {
        bail!(
            "there is no java, which Spark runs on: install it, on Debian with `apt-get install default-jre-headless`"
        );
    }
    let wheel = wheel()?;
    let python = env_of(&repo::target().join("venv-cluster"), &format!("{PACKAGE}/tests/cluster/requirements.txt"))?;
    step("Python: installing the wheel beside Spark", || {
        quiet(pip(&python).args(["install", "--no-index", "--no-deps", "--force-reinstall"]).arg(&wheel))
    })?;
    show(Command::new(python).args(["-m", "pytest", "tests/cluster"]).current_dir(repo::root().join(PACKAGE)))
}

/// Builds and installs the wheel, then prints what finding a reply costs in Python.
pub fn bench() -> anyhow::Result<()> {
    bench_of("lookup")
}

/// Builds and installs the wheel, then prints what reading a reply costs in Python.
pub fn bench_parse() -> anyhow::Result<()> {
    bench_of("parse")
}

fn bench_of(what: &str) -> anyhow::Result<()> {
    let python = installed()?;
    show(Command::new(python).arg(repo::root().join(PACKAGE).join("bench").join(what).with_extension("py")))
}

/// A Python to make environments with.
struct Interpreter {
    path: PathBuf,
    /// Its version and where it is, on one line.
    version: String,
}

/// The first of `$PYTHON`, `python3` and `python` that there is; it must be recent and complete.
fn interpreter() -> anyhow::Result<Interpreter> {
    const ASK: &str = "import importlib.util as u, sys
print(sys.version_info >= (3, 10), bool(u.find_spec('venv') and u.find_spec('ensurepip')))
print(sys.version.split()[0], sys.executable)";
    let candidates = std::env::var_os("PYTHON").into_iter().chain(["python3".into(), "python".into()]);
    let found = candidates.map(PathBuf::from).find_map(|path| {
        let output = Command::new(&path).args(["-c", ASK]).output().ok().filter(|output| output.status.success())?;
        Some((path, String::from_utf8_lossy(&output.stdout).into_owned()))
    });
    let Some((path, answer)) = found else {
        bail!(
            "there is no python3, with which the Python package is built and tested (3.10 or later): install it, on \
             Debian with `apt-get install python3 python3-venv`, or name it in the environment variable PYTHON"
        );
    };
    let (facts, version) = answer.split_once('\n').unwrap_or_default();
    let version = version.trim().to_owned();
    match facts.trim() {
        "True True" => Ok(Interpreter { path, version }),
        "True False" => bail!(
            "python3 ({version}) lacks the modules venv and ensurepip, with which the environment of the pinned tools \
             is made: install them, on Debian with `apt-get install python3-venv`"
        ),
        _ => bail!(
            "python3 ({version}) is too old, the Python package needs 3.10 or later: install a newer one, or name it \
             in the environment variable PYTHON"
        ),
    }
}

fn python_in(folder: &Path) -> PathBuf {
    folder.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" })
}

fn works(python: &Path) -> bool {
    Command::new(python).args(["-c", ""]).output().is_ok_and(|output| output.status.success())
}

fn pip(python: &Path) -> Command {
    let mut command = Command::new(python);
    command.args(["-m", "pip", "--quiet", "--disable-pip-version-check", "--no-input"]);
    command
}

fn wheels(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Ok(Vec::new()) };
    let mut found = Vec::new();
    for entry in entries {
        let path = entry?.path();
        if path.extension() == Some(OsStr::new("whl")) {
            found.push(path);
        }
    }
    Ok(found)
}

/// Tells one wheel from another; not a digest for others to check.
fn fingerprint(wheel: &Path) -> anyhow::Result<String> {
    let bytes = std::fs::read(wheel).with_context(|| format!("cannot read {}", wheel.display()))?;
    let mut hasher = DefaultHasher::new();
    bytes.hash(&mut hasher);
    Ok(format!("{} {:016x}", bytes.len(), hasher.finish()))
}
