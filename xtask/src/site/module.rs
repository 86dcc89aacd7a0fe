//! The WebAssembly module of the first page: `site/wasm`, built by the compiler that firmware has, carried by a script.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, bail};

use crate::firmware::compiler;
use crate::repo;
use crate::step::{cargo, need, run};

/// The machine of browsers.
const TRIPLE: &str = "wasm32-unknown-unknown";

/// The page has all words, so the module has none. Little stack, as nothing recurses; the linker puts it first, so that
/// an overflow traps.
const FLAGS: [&str; 3] = ["--cfg", "replycode_without_texts", "-Clink-arg=-zstack-size=131072"];

/// Builds the module.
///
/// # Errors
///
/// No compiler for the target and none to be had, or a module that would not run in a page.
pub(super) fn build(root: &Path) -> anyhow::Result<Vec<u8>> {
    let compiler = compiler::compiler(TRIPLE)?;
    let folder = repo::target().join("wasm");
    let mut flags: Vec<String> = FLAGS.map(str::to_owned).into();
    if !compiler.environment.is_empty() {
        // Debian's compiler comes without a linker.
        flags.extend([format!("-Clinker={}", linker()?), "-Clinker-flavor=wasm-ld".to_owned()]);
    }
    flags.extend(compiler.flags);
    let mut build = cargo(&["rustc", "--quiet", "--locked", "--release", "--lib", "--crate-type", "cdylib"]);
    build.args(["--target", TRIPLE, "--manifest-path"]).arg(root.join("site/wasm/Cargo.toml"));
    build.envs(compiler.environment).env("CARGO_ENCODED_RUSTFLAGS", flags.join("\x1f"));
    run(build.env_remove("RUSTFLAGS").env("CARGO_TARGET_DIR", &folder))?;
    read(&folder.join(TRIPLE).join("release/replycode_wasm.wasm"))
}

/// The linker that Rust brings, or else Debian's.
fn linker() -> anyhow::Result<String> {
    let print = |what: &str| -> anyhow::Result<String> {
        Ok(String::from_utf8(run(Command::new("rustc").args(["--print", what]))?)?.trim().to_owned())
    };
    let own = Path::new(&print("sysroot")?).join("lib/rustlib").join(print("host-tuple")?).join("bin/rust-lld");
    if own.exists() {
        return Ok(own.display().to_string());
    }
    need("wasm-ld-19", "to link the module that reads pasted logs", "apt-get install lld-19")?;
    Ok("wasm-ld-19".to_owned())
}

/// A module that was built before.
///
/// # Errors
///
/// There is none, or it would not run in a page.
pub(super) fn read(path: &Path) -> anyhow::Result<Vec<u8>> {
    let module = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    check(&module).with_context(|| path.display().to_string())?;
    Ok(module)
}

/// The script that carries a module: a page opened from a folder may load a script, but not a module.
pub(super) fn script(module: &[u8]) -> String {
    format!("\"use strict\";\nvar replycodeCore =\n  \"{}\";\n", base64(module))
}

/// How large a module may be, in bytes; readers load it when they paste their first text.
const BUDGET: usize = 200_000;

/// A module that imports nothing can do nothing but compute; and a panic path that is left would be an import.
fn check(module: &[u8]) -> anyhow::Result<()> {
    let Some(mut rest) = module.strip_prefix(b"\0asm\x01\0\0\0") else {
        bail!("the linker made no WebAssembly module")
    };
    if module.len() > BUDGET {
        bail!("the module has {} bytes, more than the {BUDGET} it may have", module.len());
    }
    while let [section, tail @ ..] = rest {
        if *section == 2 {
            bail!("the module imports something; it must stand alone");
        }
        let (length, tail) = leb128(tail).context("the module is cut short")?;
        rest = tail.get(length..).context("the module is cut short")?;
    }
    Ok(())
}

fn leb128(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let mut value = 0;
    for (place, byte) in bytes.iter().take(5).enumerate() {
        value |= usize::from(byte & 0x7f) << (7 * place);
        if byte & 0x80 == 0 {
            return Some((value, &bytes[place + 1..]));
        }
    }
    None
}

/// RFC 4648 section 4.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let all = [0, 1, 2].map(|place| u32::from(chunk.get(place).copied().unwrap_or(0)));
        let bits = all[0] << 16 | all[1] << 8 | all[2];
        for place in 0..4 {
            let letter = LETTERS[(bits >> (18 - 6 * place) & 63) as usize];
            out.push(if place <= chunk.len() { letter as char } else { '=' });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{base64, check, leb128};

    #[test]
    fn base64_as_rfc_4648_section_10_has_it() {
        for (text, coded) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(base64(text.as_bytes()), coded);
        }
    }

    #[test]
    fn a_module_with_imports_is_refused() {
        let alone = b"\0asm\x01\0\0\0\x01\x04\x01\x60\0\0";
        assert!(check(alone).is_ok());
        let error = check(b"\0asm\x01\0\0\0\x02\x01\0").unwrap_err().to_string();
        assert_eq!(error, "the module imports something; it must stand alone");
        let large = [&alone[..], &[0; super::BUDGET]].concat();
        assert_eq!(
            check(&large).unwrap_err().to_string(),
            "the module has 200014 bytes, more than the 200000 it may have"
        );
        assert!(check(b"\x7fELF").is_err() && check(&alone[..12]).is_err());
        assert_eq!(leb128(&[0xe5, 0x8e, 0x26, 7]), Some((624_485, &[7][..])));
    }
}
