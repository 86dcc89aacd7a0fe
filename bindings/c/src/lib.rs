//! The C interface of replycode.
//!
//! `cargo xtask archive` makes `libreplycode.a` of this crate, `cargo xtask regen` makes `generated/replycode.h`, and
//! `cargo xtask install --prefix DIR` puts both where C projects look. C programmers read the header.
//!
//! The crate holds no table and decides nothing: each function turns its arguments into the core's types, asks the
//! core, and turns the answer into numbers and pointers. Every function is total, re-entrant, allocates nothing and
//! writes nowhere but into the caller's structure.
//!
//! cbindgen reads this source for the header: constants are literals, types in signatures are those of `core::ffi`,
//! which give plain C types, and nothing here is made by a macro. The documentation of what is exported is written
//! for C, with examples in C.

#![cfg_attr(not(test), no_std)]
#![allow(unsafe_code)]

/// The constants, made by `cargo xtask regen`.
#[rustfmt::skip]
#[path = "generated/abi.rs"]
pub mod abi;
pub mod cause;
pub mod command;
pub mod diagnosis;
pub mod digits;
mod engine;
pub mod enhanced;
pub mod entry;
pub mod ids;
pub mod incident;
pub mod language;
#[cfg(all(replycode_freestanding, feature = "incident"))]
mod mem;
mod memory;
pub mod parser;
pub mod reading;
pub mod reply;
mod texts;
pub mod types;
pub mod values;
pub mod version;

/// A panic path that the compiler could not remove calls what nobody defines, so that the archive does not link.
#[cfg(all(feature = "panic-handler", panic = "abort", not(test)))]
#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    unsafe extern "C" {
        fn rc_panic_is_reachable() -> !;
    }
    // SAFETY: no program that links can get here, as the function does not exist.
    unsafe { rc_panic_is_reachable() }
}
