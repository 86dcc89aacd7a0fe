//! The machines: one row each. Whatever differs between them stands here and nowhere else.

/// What a program finds when it starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum System {
    /// This machine.
    Host,
    /// Linux with a C library.
    Linux,
    /// Linux, whose system calls `bindings/c/firmware` makes itself.
    LinuxAlone,
    /// Nothing: start-up code and semihosting of `bindings/c/firmware`.
    Bare,
}

/// A program and the Debian package that has it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tool {
    /// Its name and what it is always told.
    pub command: &'static [&'static str],
    /// The package.
    pub package: &'static str,
}

/// How Rust reaches a machine.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Rust {
    /// With the archive.
    Archive {
        /// Symbols that the machine's linker itself defines.
        from_linker: &'static [&'static str],
    },
    /// Not: the C89 file serves it.
    No {
        /// Why not.
        why: &'static str,
    },
}

/// A machine that the library is built for and run on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Target {
    /// As rustc names it, and `--target`.
    pub triple: &'static str,
    /// The processor in words.
    pub cpu: &'static str,
    /// Whether the most significant byte comes first.
    pub big_endian: bool,
    /// What is there when a program starts.
    pub system: System,
    /// Whether the archive can be had.
    pub rust: Rust,
    /// The C compiler.
    pub cc: Tool,
    /// What else a program is linked with: linker script, start-up code.
    pub start: &'static [&'static str],
    /// What runs its programs; no word for this machine.
    pub emulator: Tool,
    /// 1: in every test run; 2: in `cargo xtask test --all`.
    pub tier: u8,
}

const ARCHIVE: Rust = Rust::Archive { from_linker: &[] };
const NONE: Tool = Tool { command: &[], package: "" };

const fn user(command: &'static [&'static str]) -> Tool {
    Tool { command, package: "qemu-user" }
}

const fn system(command: &'static [&'static str]) -> Tool {
    Tool { command, package: "qemu-system-arm" }
}

const fn cc(command: &'static [&'static str], package: &'static str) -> Tool {
    Tool { command, package }
}

/// A machine with Linux and a C library.
const fn linux(
    triple: &'static str,
    cpu: &'static str,
    big_endian: bool,
    cc: Tool,
    emulator: Tool,
    tier: u8,
) -> Target {
    Target { triple, cpu, big_endian, system: System::Linux, rust: ARCHIVE, cc, start: &[], emulator, tier }
}

/// A machine with nothing but start-up code.
const fn bare(
    triple: &'static str,
    cpu: &'static str,
    cc: Tool,
    start: &'static [&'static str],
    emulator: Tool,
) -> Target {
    Target { triple, cpu, big_endian: false, system: System::Bare, rust: ARCHIVE, cc, start, emulator, tier: 2 }
}

/// Least significant byte first, and most significant byte first.
const LITTLE: bool = false;
const BIG: bool = true;

/// All of them.
pub(crate) const TARGETS: &[Target] = &[
    Target {
        triple: "x86_64-unknown-linux-gnu",
        cpu: "x86-64",
        big_endian: LITTLE,
        system: System::Host,
        rust: ARCHIVE,
        cc: cc(&["gcc"], "gcc"),
        start: &[],
        emulator: NONE,
        tier: 1,
    },
    linux(
        "armv5te-unknown-linux-gnueabi",
        "ARM926",
        LITTLE,
        cc(&["arm-linux-gnueabi-gcc", "-march=armv5te"], "gcc-arm-linux-gnueabi"),
        user(&["qemu-arm", "-cpu", "arm926"]),
        1,
    ),
    linux(
        "s390x-unknown-linux-gnu",
        "IBM Z",
        BIG,
        cc(&["s390x-linux-gnu-gcc"], "gcc-s390x-linux-gnu"),
        user(&["qemu-s390x"]),
        1,
    ),
    linux(
        "armv7-unknown-linux-gnueabihf",
        "Cortex-A",
        LITTLE,
        cc(&["arm-linux-gnueabihf-gcc"], "gcc-arm-linux-gnueabihf"),
        user(&["qemu-arm"]),
        2,
    ),
    Target {
        rust: MIPS,
        ..linux(
            "mipsel-unknown-linux-gnu",
            "MIPS32r2",
            LITTLE,
            cc(&["mipsel-linux-gnu-gcc"], "gcc-mipsel-linux-gnu"),
            user(&["qemu-mipsel"]),
            2,
        )
    },
    Target {
        rust: MIPS,
        ..linux(
            "mips-unknown-linux-gnu",
            "MIPS32r2",
            BIG,
            cc(&["mips-linux-gnu-gcc"], "gcc-mips-linux-gnu"),
            user(&["qemu-mips"]),
            2,
        )
    },
    linux(
        "powerpc-unknown-linux-gnu",
        "PowerPC",
        BIG,
        cc(&["powerpc-linux-gnu-gcc"], "gcc-powerpc-linux-gnu"),
        user(&["qemu-ppc"]),
        2,
    ),
    Target {
        rust: Rust::Archive { from_linker: &["_GLOBAL_OFFSET_TABLE_"] },
        ..linux(
            "i686-unknown-linux-gnu",
            "x86",
            LITTLE,
            cc(&["i686-linux-gnu-gcc"], "gcc-i686-linux-gnu"),
            user(&["qemu-i386"]),
            2,
        )
    },
];

/// The linker computes the distance to the table of addresses.
const MIPS: Rust = Rust::Archive { from_linker: &["_gp_disp"] };

/// The machine of a name.
pub(crate) fn find(triple: &str) -> Option<&'static Target> {
    TARGETS.iter().find(|target| target.triple == triple)
}

impl Target {
    /// The row of `--list`.
    pub(crate) fn row(&self) -> String {
        let order = if self.big_endian { "big" } else { "little" };
        let rust = match self.rust {
            Rust::Archive { .. } => "archive and C89",
            Rust::No { .. } => "C89",
        };
        let runs = self.emulator.command.first().unwrap_or(&"this machine");
        format!("{:<30} tier {}  {:<10} {order:<7} {rust:<16} {runs}", self.triple, self.tier, self.cpu)
    }
}
