//! `cargo xtask test`: every check there is, in the order in which they find mistakes soonest.

use std::process::Command;

use anyhow::bail;

use crate::demo::{self, Answer};
use crate::step::{cargo, run, show, step};
use crate::{archive, bench_scan, c_compiler, docs, firmware, python, questions, regen, repo, site};

/// A check: its tier (1: in every run, 2: with `--all`), its name and what it does.
type Check = (u8, &'static str, fn() -> anyhow::Result<()>);

const CHECKS: &[Check] = &[
    (1, "generated files are fresh", fresh),
    (1, "formatting", || show(&mut cargo(&["fmt", "--all", "--check"]))),
    (1, "lints", lints),
    (1, "Rust and C tests", || show(&mut cargo(&["test", "--workspace", "--exclude", "replycode-python"]))),
    (1, "the core without tables", || features(&["--no-default-features"])),
    (1, "the core with serde", || features(&["--features", "serde"])),
    (1, "the finder without std", || show(&mut cargo(&["check", "--package", "replycode-scan", "--quiet"]))),
    (1, "Python tests", python::test),
    (1, "dialogues with real servers", python::servers),
    (2, "scans under Spark and Dask", python::cluster),
    (1, "Rust, C and Python say the same", || equal("replycode", "dump", &[])),
    (1, "Rust, C and Python read replies alike", || {
        equal("replycode", "corpus", &["crates/replycode/tests/data/replies.txt"])
    }),
    (1, "Rust, C and Python diagnose alike", || {
        equal("replycode-scan", "diagnosis", &[&questions::write()?.to_string_lossy()])
    }),
    (1, "the documentation's commands and snippets", docs::check),
    (2, "the site and the report in a browser", site::site_test),
    (2, "references of the programming interfaces", site::api::check),
    (1, "the demo's three programs agree", || demo::equal(&demo::answers(&repo::root())?)),
    (1, "the C89 file under every compiler", || firmware::compilers::run_checks(1)),
    (2, "the C89 file with every knob, and under compilers for 8 bits", || firmware::compilers::run_checks(2)),
    (1, "firmware: x86-64, ARM926 and s390x", || firmware::check(1)),
    (1, "firmware: size and stack", firmware::size::check),
    (2, "firmware: size of the static library", firmware::size::check_all),
    (2, "firmware: all other machines", || firmware::check(2)),
    (2, "scan: five gigabytes with known truth", bench_scan::soak),
];

/// The subcommand.
pub fn run_test(mut arguments: lexopt::Parser) -> anyhow::Result<()> {
    let mut tier = 1;
    while let Some(argument) = arguments.next()? {
        match argument {
            lexopt::Arg::Long("all") => tier = 2,
            other => return Err(other.unexpected().into()),
        }
    }
    let chosen: Vec<_> = CHECKS.iter().filter(|(of, ..)| *of <= tier).collect();
    let mut failed = Vec::new();
    for (_, name, check) in &chosen {
        println!("==== {name} ====");
        if let Err(error) = check() {
            println!("{name}: FAILED\n{error:#}");
            failed.push(*name);
        }
    }
    println!("\nchecks: {} passed, {} failed", chosen.len() - failed.len(), failed.len());
    if failed.is_empty() { Ok(()) } else { bail!("failed: {}", failed.join(", ")) }
}

fn fresh() -> anyhow::Result<()> {
    let root = repo::root();
    regen::compare(&root, &regen::artefacts(&root)?)
}

fn lints() -> anyhow::Result<()> {
    show(&mut cargo(&["clippy", "--workspace", "--all-targets", "--quiet", "--", "--deny", "warnings"]))
}

fn features(flags: &[&str]) -> anyhow::Result<()> {
    show(cargo(&["test", "--package", "replycode", "--quiet"]).args(flags))
}

/// What each language's program prints, which must be the same. The programs are named alike: `docs/dump.md`.
fn equal(package: &str, program: &str, arguments: &[&str]) -> anyhow::Result<()> {
    let root = repo::root();
    let rust = step(&format!("{program} from Rust"), || {
        let mut cargo = cargo(&["run", "--quiet", "--release", "--package", package, "--example", program, "--"]);
        run(cargo.args(arguments))
    })?;
    let library = archive::build()?;
    let c = step(&format!("{program} from C"), || {
        let source = root.join(format!("bindings/c/tests/{program}.c"));
        run(Command::new(c_compiler::program(&[source], &library)?).args(arguments).current_dir(&root))
    })?;
    let interpreter = python::fresh_env(&python::wheel()?)?;
    let python = step(&format!("{program} from Python"), || {
        let script = root.join(format!("bindings/python/tests/{program}.py"));
        run(Command::new(interpreter).arg(script).args(arguments).current_dir(&root))
    })?;
    let answers = [
        Answer { language: "Rust", text: rust },
        Answer { language: "C", text: c },
        Answer { language: "Python", text: python },
    ];
    for answer in &answers {
        println!("{:<6} {}  {} bytes", answer.language, repo::sha256(&answer.text), answer.text.len());
    }
    demo::equal(&answers)
}
