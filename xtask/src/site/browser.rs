//! The tests of the site in a browser: `site/tests`, run by pytest with Playwright and Debian's Chromium.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context;

use super::{Options, Sources, build, module};
use crate::step::{cargo, need, run, show, step};
use crate::{python, repo};

/// Makes the site with and without its WebAssembly module and looks at both in Chromium.
///
/// # Errors
///
/// A program that is missing, with how to get it; a module that cannot be built; a test that fails.
pub fn site_test() -> anyhow::Result<()> {
    need("chromium", "to look at the site", "apt-get install chromium fonts-noto-cjk")?;
    need("npm", "to get axe-core, which checks accessibility", "apt-get install npm")?;
    let root = repo::root();
    let here = repo::target().join("site-test");
    let python = python::env_of(&here.join("venv"), "site/tests/requirements.txt")?;
    let axe = axe(&root, &here.join("node"))?;
    let sources = Sources::read(&root)?;
    let module = step("building the WebAssembly module", || module::build(&root))?;
    let make = |name: &str, module| -> anyhow::Result<PathBuf> {
        let folder = here.join(name);
        build(&sources, &Options { module, ..Options::default() })?.write(&folder)?;
        Ok(folder)
    };
    let mut pytest = Command::new(python);
    pytest.args(["-m", "pytest", "--quiet", "-p", "no:cacheprovider"]).arg(root.join("site/tests"));
    pytest.env("SITE", make("site", Some(module))?).env("SITE_BARE", make("bare", None)?).env("AXE", axe);
    pytest.env("REPLYCODE", command()?);
    pytest.env("SITE_SHOTS", repo::target().join("site-shots")).env("PYTHONDONTWRITEBYTECODE", "1");
    show(&mut pytest)
}

/// The command line tool, with which the page is compared.
fn command() -> anyhow::Result<PathBuf> {
    step("building the command line tool", || run(&mut cargo(&["build", "--quiet", "--package", "replycode-cli"])))?;
    Ok(repo::target().join("debug").join(format!("replycode{}", std::env::consts::EXE_SUFFIX)))
}

/// axe-core's script, in the version that `site/tests/package-lock.json` pins.
fn axe(root: &Path, folder: &Path) -> anyhow::Result<PathBuf> {
    let script = folder.join("node_modules/axe-core/axe.min.js");
    let mut changed = !script.exists();
    std::fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    for name in ["package.json", "package-lock.json"] {
        let (from, to) = (root.join("site/tests").join(name), folder.join(name));
        let wanted = std::fs::read(&from).with_context(|| format!("cannot read {}", from.display()))?;
        if std::fs::read(&to).is_ok_and(|found| found == wanted) {
            continue;
        }
        std::fs::write(&to, wanted).with_context(|| format!("cannot write {}", to.display()))?;
        changed = true;
    }
    if changed {
        step("installing axe-core", || {
            run(Command::new("npm").args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]).current_dir(folder))
                .context("npm needs its registry once: check the network, then run the command again")
        })?;
    }
    Ok(script)
}
