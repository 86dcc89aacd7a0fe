#!/usr/bin/env bash
# build.sh OUT.wasm: builds the module that explains pasted texts on the first page.
#
# With the installed Rust if it has the target wasm32-unknown-unknown (`rustup target add`). Otherwise with Debian's
# rustc-web, which is unpacked below target/ and not installed: its compiler, its LLVM and the sources of `core`.
# That takes some 100 MB of download and half a minute, once.
set -euo pipefail

target=wasm32-unknown-unknown
here=$(cd "$(dirname "$0")" && pwd)
work=$(realpath -m "${CARGO_TARGET_DIR:-$here/../../target}")/wasm
private=$work/rustc-web
out=$(realpath -m "${1:?usage: build.sh OUT.wasm}")

fail() { printf 'error: %s\n' "$*" >&2; exit 1; }
need() { command -v "$1" >/dev/null || fail "$1 is missing; $2"; }

# The installed compiler's folder for the target, if there is a core in it.
has_target() {
    local libraries
    libraries=$(rustc --print target-libdir --target "$target" 2>/dev/null) || return 1
    compgen -G "$libraries/libcore-*.rlib" >/dev/null
}

version_of() { apt-cache policy "$1" | sed -n 's/^  Candidate: //p'; }

unpack_rustc_web() {
    [ -x "$private/root/usr/bin/rustc" ] && [ -d "$private/library/core" ] && return
    need apt-get "add the target with \`rustup target add $target\`, or build on Debian 12"
    need dpkg-deb "it comes with Debian"
    local version runtime llvm
    version=$(version_of rustc-web)
    # On a machine whose lists of packages were never fetched.
    case $version in '' | '(none)') apt-get update -q >&2 && version=$(version_of rustc-web) ;; esac
    case $version in '' | '(none)') fail "apt knows no rustc-web; run \`apt-get update\`, or \`rustup target add $target\`" ;; esac
    runtime=$(apt-cache show "libstd-rust-web-dev=$version" | sed -n 's/^Depends: \(libstd-rust-web-[0-9.]*\).*/\1/p' | head -n 1)
    llvm=$(apt-cache show "$runtime=$version" | grep -o 'libllvm[0-9]*' | head -n 1)
    rm -rf "$private"
    mkdir -p "$private/debs" "$private/root"
    (cd "$private/debs" && apt-get download -q "rustc-web=$version" "$runtime=$version" "$llvm" "rust-web-src=$version" >&2) ||
        fail "cannot download rustc-web $version; run \`apt-get update\` and try again"
    local package
    for package in "$private"/debs/{rustc-web_,libstd-rust-web-,libllvm}*.deb; do
        dpkg-deb -x "$package" "$private/root"
    done
    dpkg-deb --fsys-tarfile "$private"/debs/rust-web-src_*.deb | tar -x -C "$private/root" --wildcards \
        './usr/src/rustc-*/library/core/*' './usr/src/rustc-*/library/stdarch/*' './usr/src/rustc-*/library/portable-simd/*'
    mv "$private"/root/usr/src/rustc-*/library "$private/library"
    rm -rf "$private/debs"
}

# Straight with rustc: a whole standard library is not needed, and cargo would fetch its dependencies.
build_core() {
    local libraries=$private/sysroot/lib/rustlib/$target/lib
    [ -f "$libraries/libcompiler_builtins.rlib" ] && return
    mkdir -p "$libraries"
    local common=(--target "$target" -Cpanic=abort -Zforce-unstable-if-unmarked --cap-lints allow)
    "$RUSTC" --edition 2024 --crate-name core --crate-type rlib "${common[@]}" -Copt-level=1 -Cembed-bitcode=yes \
        -Ccodegen-units=2 "$private/library/core/src/lib.rs" -o "$libraries/libcore.rlib"
    # An empty one: the module brings the only function that the compiler calls, memcmp.
    echo '#![feature(compiler_builtins, no_core)] #![compiler_builtins] #![no_core] #![allow(internal_features)]' > "$private/builtins.rs"
    "$RUSTC" --edition 2021 --crate-name compiler_builtins --crate-type rlib "${common[@]}" \
        --sysroot "$private/sysroot" "$private/builtins.rs" -o "$libraries/libcompiler_builtins.rlib"
}

find_linker() {
    local rust_lld
    rust_lld=$(rustc --print sysroot)/lib/rustlib/$(rustc --print host-tuple)/bin/rust-lld
    if [ -x "$rust_lld" ]; then echo "$rust_lld"; else command -v wasm-ld-19 || fail "no linker for WebAssembly; \`apt-get install lld-19\`"; fi
}

# The page has all words, so the module has none. Little stack, as nothing recurses; the linker puts it first, so that an overflow traps.
flags=(--cfg replycode_without_texts -Clink-arg=-zstack-size=131072)
if ! has_target; then
    linker=$(find_linker)
    unpack_rustc_web
    export RUSTC=$private/root/usr/bin/rustc RUSTC_BOOTSTRAP=1
    export LD_LIBRARY_PATH=$private/root/usr/lib/x86_64-linux-gnu
    build_core
    flags+=(--sysroot "$private/sysroot" "-Clinker=$linker" -Clinker-flavor=wasm-ld)
fi
RUSTFLAGS="${flags[*]}" CARGO_TARGET_DIR=$work \
    cargo rustc --quiet --locked --release --lib --crate-type cdylib --target "$target" --manifest-path "$here/Cargo.toml"
cp "$work/$target/release/replycode_wasm.wasm" "$out"
