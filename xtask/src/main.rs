//! The project's own commands: `cargo xtask COMMAND`. Run `cargo xtask help` for the list.

use std::process::ExitCode;

use xtask::{archive, bench, catalog, demo, docs, firmware, install, python, regen, site, test};

/// A subcommand: its name, its arguments, what it does, and the function.
struct Command {
    name: &'static str,
    arguments: &'static str,
    about: &'static str,
    run: fn(lexopt::Parser) -> anyhow::Result<()>,
}

const COMMANDS: &[Command] = &[
    Command {
        name: "demo",
        arguments: "",
        about: "explain one camera log from Rust, C and Python, and compare the answers",
        run: demo::run_demo,
    },
    Command {
        name: "test",
        arguments: "[--all]",
        about: "every check; --all: the slow ones, and further processors, as well",
        run: test::run_test,
    },
    Command {
        name: "regen",
        arguments: "[--check | --list] [--overlay FILE --out DIR]",
        about: "make every generated file from catalog.yaml; --check: only compare; --list: name them",
        run: regen::run,
    },
    Command {
        name: "bench",
        arguments: "lookup | parse | diagnose | scan [--generate FILE] [--bytes N]",
        about: "measure against the peers, side by side; --generate: only write the log that `scan` measures with",
        run: bench::run_bench,
    },
    Command {
        name: "site",
        arguments: "[--out DIR] [--base URL] [--wasm FILE | none] [--no-api] | --test | --test-api",
        about: "make the reference web site in target/site, or DIR; URL: where it will be; --no-api: without the \
                references of Rust and Python; --test: look at it in a browser; --test-api: check the references",
        run: site::run,
    },
    Command {
        name: "docs",
        arguments: "[DOCUMENT...]",
        about: "run every command and snippet of the documentation, and compare what they print with what it shows",
        run: docs::run,
    },
    Command {
        name: "review",
        arguments: "[ID...]",
        about: "mark translations as read beside the English as it now stands",
        run: catalog::review,
    },
    Command {
        name: "diff",
        arguments: "OLD NEW",
        about: "what has changed between two catalogues (files or git revisions), as a change log",
        run: catalog::compare,
    },
    Command {
        name: "firmware",
        arguments: "[--target TRIPLE]... [--tier N | --all] [--run | --packages] | --list | --compilers",
        about: "build the static library for cameras' processors; --run: and run programs with it; --packages: what Debian \
                packages that takes; --compilers: the C89 file under every compiler",
        run: firmware::run,
    },
    Command {
        name: "size",
        arguments: "",
        about: "measure the library on a Cortex-M3: flash by what is left in, stack, instructions; write docs/firmware-size.md",
        run: firmware::size::run,
    },
    Command { name: "archive", arguments: "", about: "build the static library for C", run: archive::run },
    Command {
        name: "install",
        arguments: "--prefix DIR",
        about: "install header, static library, pkg-config and CMake files for C",
        run: install::run,
    },
    Command {
        name: "python-test",
        arguments: "[servers]",
        about: "build the Python wheel, install it into target/venv, run pytest, mypy --strict and stubtest; servers: \
                talk to real servers instead",
        run: python::run,
    },
];

fn help() {
    xtask::say!("usage: cargo xtask COMMAND\n\ncommands:");
    for command in COMMANDS {
        xtask::say!("  {} {}\n      {}", command.name, command.arguments, command.about);
    }
}

fn main() -> ExitCode {
    let mut parser = lexopt::Parser::from_env();
    let name = match parser.next() {
        Ok(Some(lexopt::Arg::Value(name))) => name.to_string_lossy().into_owned(),
        Ok(None | Some(lexopt::Arg::Short('h') | lexopt::Arg::Long("help"))) => "help".to_owned(),
        Ok(Some(other)) => {
            eprintln!("error: {}", other.unexpected());
            return ExitCode::from(2);
        }
        Err(error) => {
            eprintln!("error: {error}");
            return ExitCode::from(2);
        }
    };
    if name == "help" {
        help();
        return ExitCode::SUCCESS;
    }
    let Some(command) = COMMANDS.iter().find(|command| command.name == name) else {
        eprintln!("error: no command `{name}`; `cargo xtask help` lists them");
        return ExitCode::from(2);
    };
    match (command.run)(parser) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
