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
    pub(crate) command: &'static [&'static str],
    /// The packages, with the C library that the machine's programs are linked with.
    pub(crate) package: &'static str,
}

/// What takes the place of a C library, in `bindings/c/firmware`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Start {
    /// Start-up code and how bytes come out.
    pub(crate) sources: &'static [&'static str],
    /// The linker script.
    pub(crate) script: Option<&'static str>,
    /// What the compiler must be told.
    pub(crate) flags: &'static [&'static str],
    /// What the linker must be told.
    pub(crate) link: &'static [&'static str],
}

/// How Rust reaches a machine.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Rust {
    /// With the archive.
    Archive {
        /// Symbols that the machine's linker itself defines.
        from_linker: &'static [&'static str],
        /// What rustc must be told.
        flags: &'static [&'static str],
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
    pub(crate) triple: &'static str,
    /// The processor in words.
    pub(crate) cpu: &'static str,
    /// Whether the most significant byte comes first.
    pub(crate) big_endian: bool,
    /// What is there when a program starts.
    pub(crate) system: System,
    /// Whether the archive can be had.
    pub(crate) rust: Rust,
    /// The C compiler.
    pub(crate) cc: Tool,
    /// Where there is no C library: how a program starts.
    pub(crate) start: Start,
    /// What runs its programs; no word for this machine.
    pub(crate) emulator: Tool,
    /// 1: in every test run; 2: in `cargo xtask test --all`.
    pub(crate) tier: u8,
}

const ARCHIVE: Rust = Rust::Archive { from_linker: &[], flags: &[] };
const NONE: Tool = Tool { command: &[], package: "" };

const fn user(command: &'static [&'static str]) -> Tool {
    Tool { command, package: "qemu-user" }
}

const fn cc(command: &'static [&'static str], package: &'static str) -> Tool {
    Tool { command, package }
}

const HOSTED: Start = Start { sources: &[], script: None, flags: &[], link: &[] };

/// Cortex-M with so much flash and RAM.
const fn cortex_m(link: &'static [&'static str]) -> Start {
    Start { sources: &["cortex_m.c", "semihosting.c"], script: Some("cortex_m.ld"), flags: GCC, link }
}

/// What QEMU's MPS2 boards have where the linker script says.
const MPS2: Start = cortex_m(&["-Wl,--defsym=FLASH_SIZE=0x400000,--defsym=RAM_SIZE=0x400000", "-lgcc"]);
/// More than a micro:bit has, which has no room for the texts of two languages; the emulator gives as much as it is told.
const MICROBIT: Start = cortex_m(&["-Wl,--defsym=FLASH_SIZE=0x100000,--defsym=RAM_SIZE=0x100000", "-lgcc"]);

/// Or gcc makes calls of memcpy of the loop in memcpy.
const GCC: &[&str] = &["-fno-tree-loop-distribute-patterns"];

/// A machine with Linux and a C library.
const fn linux(
    triple: &'static str,
    cpu: &'static str,
    big_endian: bool,
    cc: Tool,
    emulator: Tool,
    tier: u8,
) -> Target {
    Target { triple, cpu, big_endian, system: System::Linux, rust: ARCHIVE, cc, start: HOSTED, emulator, tier }
}

/// A machine with nothing but start-up code.
const fn bare(
    triple: &'static str,
    cpu: &'static str,
    cc_command: &'static [&'static str],
    start: Start,
    emulator: &'static [&'static str],
) -> Target {
    let cc = cc(cc_command, "gcc-arm-none-eabi");
    let emulator = Tool { command: emulator, package: "qemu-system-arm" };
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
        start: HOSTED,
        emulator: NONE,
        tier: 1,
    },
    linux(
        "armv5te-unknown-linux-gnueabi",
        "ARM926",
        LITTLE,
        cc(&["arm-linux-gnueabi-gcc", "-march=armv5te"], "gcc-arm-linux-gnueabi libc6-dev-armel-cross"),
        user(&["qemu-arm", "-cpu", "arm926"]),
        1,
    ),
    linux(
        "s390x-unknown-linux-gnu",
        "IBM Z",
        BIG,
        cc(&["s390x-linux-gnu-gcc"], "gcc-s390x-linux-gnu libc6-dev-s390x-cross"),
        user(&["qemu-s390x"]),
        1,
    ),
    linux(
        "armv7-unknown-linux-gnueabihf",
        "Cortex-A",
        LITTLE,
        cc(&["arm-linux-gnueabihf-gcc"], "gcc-arm-linux-gnueabihf libc6-dev-armhf-cross"),
        user(&["qemu-arm"]),
        2,
    ),
    Target {
        rust: MIPS,
        ..linux(
            "mipsel-unknown-linux-gnu",
            "MIPS32r2",
            LITTLE,
            cc(&["mipsel-linux-gnu-gcc"], "gcc-mipsel-linux-gnu libc6-dev-mipsel-cross"),
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
            cc(&["mips-linux-gnu-gcc"], "gcc-mips-linux-gnu libc6-dev-mips-cross"),
            user(&["qemu-mips"]),
            2,
        )
    },
    Target {
        // Position-independent code would find its texts through a writable table.
        rust: Rust::Archive { from_linker: &[], flags: &["-Crelocation-model=static"] },
        ..linux(
            "powerpc-unknown-linux-gnu",
            "PowerPC",
            BIG,
            cc(&["powerpc-linux-gnu-gcc", "-fno-pie", "-no-pie"], "gcc-powerpc-linux-gnu libc6-dev-powerpc-cross"),
            user(&["qemu-ppc"]),
            2,
        )
    },
    Target {
        rust: Rust::Archive { from_linker: &["_GLOBAL_OFFSET_TABLE_"], flags: &[] },
        ..linux(
            "i686-unknown-linux-gnu",
            "x86",
            LITTLE,
            cc(&["i686-linux-gnu-gcc"], "gcc-i686-linux-gnu libc6-dev-i386-cross"),
            user(&["qemu-i386"]),
            2,
        )
    },
    bare(
        "thumbv6m-none-eabi",
        "Cortex-M0",
        &["arm-none-eabi-gcc", "-mcpu=cortex-m0", "-mthumb"],
        MICROBIT,
        &[
            "qemu-system-arm",
            "-M",
            "microbit",
            "-global",
            "nrf51-soc.flash-size=0x100000",
            "-global",
            "nrf51-soc.sram-size=0x100000",
        ],
    ),
    bare(
        "thumbv7m-none-eabi",
        "Cortex-M3",
        &["arm-none-eabi-gcc", "-mcpu=cortex-m3", "-mthumb"],
        MPS2,
        &["qemu-system-arm", "-M", "mps2-an385"],
    ),
    bare(
        "thumbv7em-none-eabi",
        "Cortex-M4",
        &["arm-none-eabi-gcc", "-mcpu=cortex-m4", "-mthumb"],
        MPS2,
        &["qemu-system-arm", "-M", "mps2-an386"],
    ),
    bare(
        "armv5te-none-eabi",
        "ARM926",
        &["arm-none-eabi-gcc", "-mcpu=arm926ej-s", "-marm"],
        Start { sources: &["arm926.c", "semihosting.c"], script: Some("arm926.ld"), flags: GCC, link: &["-lgcc"] },
        &["qemu-system-arm", "-M", "versatilepb", "-audiodev", "none,id=none"],
    ),
    Target {
        triple: "riscv32imac-unknown-none-elf",
        cpu: "RISC-V",
        big_endian: LITTLE,
        system: System::LinuxAlone,
        rust: ARCHIVE,
        cc: cc(&["clang", "--target=riscv32-unknown-elf", "-march=rv32imac", "-mabi=ilp32"], "clang lld"),
        start: Start { sources: &["linux.c"], script: None, flags: &[], link: &["-fuse-ld=lld"] },
        emulator: user(&["qemu-riscv32"]),
        tier: 2,
    },
    Target {
        rust: Rust::No { why: "LLVM's m68k back end miscompiles the library: it builds and answers wrongly" },
        ..linux(
            "m68k-unknown-linux-gnu",
            "68020",
            BIG,
            cc(&["m68k-linux-gnu-gcc"], "gcc-m68k-linux-gnu libc6-dev-m68k-cross"),
            user(&["qemu-m68k"]),
            2,
        )
    },
    Target {
        triple: "sh4-unknown-linux-gnu",
        cpu: "SH-4",
        big_endian: LITTLE,
        // Debian 12's C library for SH-4 hangs before main().
        system: System::LinuxAlone,
        rust: Rust::No { why: "LLVM has no back end for SuperH" },
        cc: cc(&["sh4-linux-gnu-gcc"], "gcc-sh4-linux-gnu"),
        // Debian 12's gcc 12.2 for SH-4 drops comparisons when it optimises (its pass sh_treg_combine); the programs
        // show it by their output.
        start: Start { sources: &["linux.c"], script: None, flags: &["-O0"], link: &["-lgcc"] },
        emulator: user(&["qemu-sh4"]),
        tier: 2,
    },
];

/// The linker computes the distance to the table of addresses.
const MIPS: Rust = Rust::Archive { from_linker: &["_gp_disp"], flags: &[] };

/// The machine of a name.
pub(crate) fn find(triple: &str) -> Option<&'static Target> {
    TARGETS.iter().find(|target| target.triple == triple)
}

impl Target {
    /// Symbols that the machine's linker itself defines.
    pub(crate) fn linker_symbols(&self) -> &'static [&'static str] {
        match self.rust {
            Rust::Archive { from_linker, .. } => from_linker,
            Rust::No { .. } => &[],
        }
    }

    /// The Debian packages that its programs are built and run with.
    pub(crate) fn packages(&self) -> impl Iterator<Item = &'static str> {
        [self.cc, self.emulator].into_iter().flat_map(|tool| tool.package.split_whitespace())
    }

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
