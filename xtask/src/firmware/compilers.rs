//! `cargo xtask firmware --compilers`: the C89 file and the header under every compiler that there is, from the strictest
//! warnings of new ones to those for 8 bits; and what the programs for 8 bits print.

use std::fmt::Write as _;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, ensure};

use crate::repo;
use crate::step::{need, run, step};

/// A check, and the tier that demands it: 1 every run, 2 the extended one.
struct Check {
    name: &'static str,
    tier: u8,
    /// Programs that it needs, each with the package that has it.
    programs: &'static [(&'static str, &'static str)],
    check: fn(&Place) -> anyhow::Result<()>,
}

const CHECKS: &[Check] = &[
    Check {
        name: "gcc, every warning an error",
        tier: 1,
        programs: &[("gcc", "gcc")],
        // Optimising, it sees more.
        check: |place| place.compile_all("gcc", &[C89, STRICT, &["-O2"]].concat(), FEW_KNOBS),
    },
    Check {
        name: "clang -Weverything",
        tier: 1,
        programs: &[("clang", "clang")],
        check: |place| place.compile_all("clang", &[C89, EVERYTHING, EXCEPTIONS].concat(), FEW_KNOBS),
    },
    Check {
        name: "gcc and clang, every set of knobs",
        tier: 2,
        programs: &[("gcc", "gcc"), ("clang", "clang")],
        check: |place| {
            place.compile_all("gcc", &[C89, STRICT].concat(), KNOBS)?;
            place.compile_all("clang", &[C89, EVERYTHING, EXCEPTIONS].concat(), KNOBS)
        },
    },
    Check {
        name: "tcc",
        tier: 1,
        programs: &[("tcc", "tcc")],
        check: |place| place.compile_all("tcc", &["-Wall", "-Werror"], &[&[], CODES]),
    },
    Check {
        name: "g++, the header and a program of C++98",
        tier: 1,
        programs: &[("g++", "g++")],
        check: header_in_cpp,
    },
    Check { name: "cppcheck", tier: 1, programs: &[("cppcheck", "cppcheck")], check: cppcheck },
    Check {
        name: "sdcc, 8051: codes, in its simulator",
        tier: 2,
        programs: &[("sdcc", "sdcc"), ("s51", "sdcc-ucsim")],
        check: |place| place.sdcc("mcs51", &["--model-large"], &["s51", "-t", "52", "-I", "if=xram[0xfffe]"]),
    },
    Check {
        name: "sdcc, Z80: codes, in its simulator",
        tier: 2,
        programs: &[("sdcc", "sdcc"), ("sz80", "sdcc-ucsim")],
        check: |place| place.sdcc("z80", &[], &["sz80", "-I", "if=outputs[0x10]"]),
    },
    Check {
        name: "sdcc, parser and diagnosis without texts",
        tier: 2,
        programs: &[("sdcc", "sdcc")],
        check: |place| {
            for target in ["mcs51", "z80"] {
                place.compile("sdcc", &[&format!("-m{target}"), "--std-c89", "--Werror"], TEXTLESS)?;
            }
            Ok(())
        },
    },
    Check {
        name: "avr-gcc: codes, in its simulator",
        tier: 2,
        programs: &[("avr-gcc", "gcc-avr avr-libc"), ("simavr", "simavr")],
        check: avr,
    },
];

const C89: &[&str] = &["-std=c89", "-pedantic"];
const STRICT: &[&str] = &["-Wall", "-Wextra", "-Wconversion", "-Wshadow", "-Werror"];

const EVERYTHING: &[&str] = &["-Werror", "-Weverything"];
/// What is no fault: padding in structures, and a backslash in an example of the header.
const EXCEPTIONS: &[&str] = &["-Wno-padded", "-Wno-documentation-unknown-command"];

const CODES: &[&str] = &["RC_CODES_ONLY"];
/// All logic, no words.
const TEXTLESS: &[&str] = &["RC_NO_IDS", "RC_NO_PHRASES", "RC_NO_SOURCES", "RC_NO_EN", "RC_NO_JA"];

/// What every run compiles.
const FEW_KNOBS: &[&[&str]] = &[&[], CODES, TEXTLESS];

/// Each knob by itself, and those that go together.
const KNOBS: &[&[&str]] = &[
    &[],
    CODES,
    TEXTLESS,
    &["RC_NO_SMTP"],
    &["RC_NO_FTP"],
    &["RC_NO_EN"],
    &["RC_NO_JA"],
    &["RC_NO_IDS"],
    &["RC_NO_PHRASES"],
    &["RC_NO_SOURCES"],
    &["RC_NO_TITLES"],
    &["RC_NO_MEANINGS"],
    &["RC_NO_ACTIONS"],
    &["RC_NO_CODE_ACTIONS"],
    &["RC_NO_NOTES"],
    &["RC_NO_COMMANDS"],
    &["RC_NO_ENHANCED"],
    &["RC_NO_DIAGNOSIS"],
    &["RC_NO_PARSER"],
    &["RC_NO_PARSER", "RC_NO_DIAGNOSIS"],
    &["RC_ENCODING=RC_SHIFT_JIS"],
    &["RC_ENCODING=RC_EUC_JP"],
    &["RC_CODES_ONLY", "RC_NO_SMTP"],
    &["RC_CODES_ONLY", "RC_NO_FTP"],
];

/// Runs the checks of a tier; fails with a line for each that failed.
pub fn run_checks(tier: u8) -> anyhow::Result<()> {
    let place = Place::new()?;
    let mut failed = String::new();
    let checks = CHECKS.iter().filter(|check| check.tier == tier);
    for check in checks {
        let result = step(check.name, || {
            for (program, package) in check.programs {
                need(program, "to compile or run the C89 file", &format!("apt-get install {package}"))?;
            }
            (check.check)(&place)
        });
        if let Err(error) = result {
            let _ = write!(failed, "\n{}: {error:#}", check.name);
        }
    }
    ensure!(failed.is_empty(), "the C89 file fails:{failed}");
    Ok(())
}

/// The Debian packages that the checks of a tier and those below it need.
pub(crate) fn packages(tier: u8) -> impl Iterator<Item = &'static str> {
    let checks = CHECKS.iter().filter(move |check| check.tier == tier);
    checks.flat_map(|check| check.programs).flat_map(|(_, packages)| packages.split_whitespace())
}

/// Where the sources are, and where what is built goes.
struct Place {
    generated: PathBuf,
    tests: PathBuf,
    built: PathBuf,
}

impl Place {
    fn new() -> anyhow::Result<Place> {
        let c = repo::root().join("bindings/c");
        let built = repo::target().join("compilers");
        std::fs::create_dir_all(&built).with_context(|| format!("cannot make {}", built.display()))?;
        Ok(Place { generated: c.join("generated"), tests: c.join("tests"), built })
    }

    fn amalgamation(&self) -> PathBuf {
        self.generated.join("replycode.c")
    }

    /// A compiler with the header's folder and macros.
    fn command(&self, program: &str, flags: &[&str], knobs: &[&str]) -> Command {
        let mut command = Command::new(program);
        command.args(flags).arg("-I").arg(&self.generated).args(knobs.iter().map(|knob| format!("-D{knob}")));
        // sdcc leaves files where it is.
        command.current_dir(&self.built);
        command
    }

    fn compile(&self, program: &str, flags: &[&str], knobs: &[&str]) -> anyhow::Result<()> {
        let object = self.built.join(format!("{program}.o"));
        run(self.command(program, flags, knobs).arg("-c").arg(self.amalgamation()).arg("-o").arg(object))?;
        Ok(())
    }

    fn compile_all(&self, program: &str, flags: &[&str], sets: &[&[&str]]) -> anyhow::Result<()> {
        sets.iter().try_for_each(|knobs| self.compile(program, flags, knobs))
    }

    /// What the program for 8 bits prints here.
    fn expected(&self) -> anyhow::Result<String> {
        let program = self.built.join("small");
        let sources = [self.tests.join("small.c"), self.amalgamation()];
        run(self.command("gcc", C89, CODES).args(sources).arg("-o").arg(&program))?;
        let printed = String::from_utf8(run(&mut Command::new(program))?)?;
        ensure!(printed.lines().count() > 90, "small.c prints too little: {printed}");
        Ok(printed)
    }

    /// Compiles for a CPU of 8 bits, and runs it.
    fn sdcc(&self, target: &str, flags: &[&str], simulator: &[&str]) -> anyhow::Result<()> {
        let machine = format!("-m{target}");
        let flags = [&[machine.as_str()], flags].concat();
        let name = |file: &str, suffix: &str| self.built.join(format!("{target}-{file}.{suffix}"));
        let sources = [("small", self.tests.join("small.c")), ("replycode", self.amalgamation())];
        for (file, source) in &sources {
            // The program speaks to the simulator in words of sdcc's own.
            let standard = if *file == "small" { "--std-sdcc89" } else { "--std-c89" };
            let mut command = self.command("sdcc", &flags, CODES);
            run(command.args([standard, "--Werror", "-c"]).arg(source).arg("-o").arg(name(file, "rel")))?;
        }
        let image = name("small", "ihx");
        let objects = sources.iter().map(|(file, _)| name(file, "rel"));
        run(Command::new("sdcc").args(&flags).args(objects).arg("-o").arg(&image).current_dir(&self.built))?;
        self.simulate(simulator, &["-g".as_ref(), image.as_os_str()])
    }

    /// Compares what a simulated program prints with what it prints here.
    fn simulate(&self, simulator: &[&str], arguments: &[&std::ffi::OsStr]) -> anyhow::Result<()> {
        let (output, input) = std::io::pipe()?;
        let mut command = Command::new("timeout");
        command.arg("60").args(simulator).args(arguments);
        // uCsim ends when its input does, so that stays open; simavr writes to one output, uCsim to the other.
        command.stdin(Stdio::piped()).stdout(input.try_clone()?).stderr(input);
        let mut child = command.spawn().context("cannot start `timeout`")?;
        drop(command);
        let mut printed = String::new();
        for line in BufReader::new(output).split(b'\n') {
            let line = line?;
            // simavr writes in colours, and a full stop for the end of a line.
            let text = String::from_utf8_lossy(&line).replace("\u{1b}[32m", "").replace("\u{1b}[0m", "");
            let word = text.trim().trim_end_matches('.');
            if word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_hexdigit()) || word == "end" {
                let _ = writeln!(printed, "{word}");
            }
            if word == "end" {
                break;
            }
        }
        child.kill()?;
        child.wait()?;
        let expected = self.expected()?;
        for (number, (here, there)) in expected.lines().zip(printed.lines()).enumerate() {
            ensure!(here == there, "row {} of small.c: {here} here, {there} in {}", number + 1, simulator[0]);
        }
        ensure!(expected == printed, "{} ended before the program: {printed}", simulator[0]);
        Ok(())
    }
}

fn header_in_cpp(place: &Place) -> anyhow::Result<()> {
    let source = place.built.join("header.cpp");
    let text = "#include \"replycode.h\"\n#include \"replycode.h\"\nint main() { return !RC_CHECK(); }\n";
    std::fs::write(&source, text).with_context(|| format!("cannot write {}", source.display()))?;
    let object = place.built.join("replycode-for-cpp.o");
    run(place.command("gcc", C89, &[]).arg("-c").arg(place.amalgamation()).arg("-o").arg(&object))?;
    let program = place.built.join("header");
    let flags = [&["-std=c++98", "-pedantic"], STRICT].concat();
    run(place.command("g++", &flags, &[]).args([&source, &object]).arg("-o").arg(&program))?;
    run(&mut Command::new(program))?;
    Ok(())
}

/// Without the texts, of which it would read every byte several times.
fn cppcheck(place: &Place) -> anyhow::Result<()> {
    for knobs in [TEXTLESS, CODES] {
        let mut command = place.command("cppcheck", &["--std=c89", "--quiet", "--max-configs=1"], knobs);
        // Questions of taste: C89 declares at the start of a block, and `continue` stands for an empty loop.
        command.args(["--suppress=variableScope", "--suppress=redundantContinue"]);
        command.arg("--enable=warning,portability,performance,style");
        command.args(["-D__INT_MAX__=2147483647", "--suppress=missingIncludeSystem", "--error-exitcode=1"]);
        run(command.arg(place.amalgamation()))?;
    }
    Ok(())
}

fn avr(place: &Place) -> anyhow::Result<()> {
    let machine = ["-mmcu=atmega2560", "-Os"];
    for knobs in [&[], TEXTLESS, CODES] {
        place.compile("avr-gcc", &[&machine, C89, STRICT].concat(), knobs)?;
    }
    let program: &Path = &place.built.join("small-avr.elf");
    let sources = [place.tests.join("small.c"), place.amalgamation()];
    let flags = [&machine, C89, STRICT].concat();
    run(place.command("avr-gcc", &flags, CODES).args(sources).arg("-o").arg(program))?;
    place.simulate(&["simavr", "-m", "atmega2560", "-f", "16000000"], &[program.as_os_str()])
}
