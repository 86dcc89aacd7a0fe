//! `cargo xtask install`, and projects that use what it installed.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::tools::{GCC, STRICT, printed, program, root, run};

/// An installation, moved away from where it was made.
fn installed(folder: &Path) -> PathBuf {
    let (made, moved) = (folder.join("made"), folder.join("moved"));
    let paths = xtask::install::install(&made).unwrap();
    let relative: Vec<_> = paths.iter().map(|path| path.strip_prefix(&made).unwrap().to_str().unwrap()).collect();
    assert_eq!(
        relative,
        [
            "include/replycode.h",
            "lib/libreplycode.a",
            "lib/pkgconfig/replycode.pc",
            "lib/cmake/replycode/replycode-config.cmake",
            "lib/cmake/replycode/replycode-config-version.cmake",
            "share/doc/replycode/LICENSE-APACHE",
            "share/doc/replycode/LICENSE-MIT",
        ]
    );
    std::fs::rename(made, &moved).unwrap();
    moved
}

fn explains(program: &Path) {
    assert!(printed(program, &["ftp", "530"]).ends_with("\npermanent, authentication, fix_first\n"));
}

#[test]
fn with_pkg_config() {
    let folder = tempfile::tempdir().unwrap();
    let prefix = installed(folder.path());
    let ask = |what: &str| {
        let mut pkg_config = program("pkg-config", "apt-get install pkg-config");
        pkg_config.env("PKG_CONFIG_PATH", prefix.join("lib/pkgconfig")).args([what, "replycode"]);
        String::from_utf8(run(&mut pkg_config).stdout).unwrap().trim().to_owned()
    };
    assert_eq!(ask("--modversion"), env!("CARGO_PKG_VERSION"));
    let explain = folder.path().join("explain");
    let mut gcc = GCC.command();
    gcc.arg("-std=c89").args(STRICT).args(ask("--cflags").split_whitespace());
    gcc.arg(root().join("bindings/c/examples/explain.c")).args(ask("--libs").split_whitespace());
    run(gcc.arg("-o").arg(&explain));
    explains(&explain);
}

/// Configures a project that asks for a version; what cmake said, if it refused.
fn configure(folder: &Path, prefix: &Path, version: &str) -> Result<PathBuf, String> {
    let (project, build) = (folder.join(format!("project-{version}")), folder.join(format!("build-{version}")));
    std::fs::create_dir_all(&project).unwrap();
    let explain = root().join("bindings/c/examples/explain.c");
    let text = format!(
        "cmake_minimum_required(VERSION 3.10)
project(camera C)
find_package(replycode {version} CONFIG REQUIRED)
# Twice, as when two parts of a project need it.
find_package(replycode CONFIG REQUIRED)
add_executable(explain {explain:?})
target_link_libraries(explain PRIVATE replycode::replycode)
"
    );
    std::fs::write(project.join("CMakeLists.txt"), text).unwrap();
    let mut cmake = program("cmake", "apt-get install cmake");
    cmake.arg("-S").arg(&project).arg("-B").arg(&build);
    let output = cmake.arg(format!("-DCMAKE_PREFIX_PATH={}", prefix.display())).output().unwrap();
    if output.status.success() { Ok(build) } else { Err(String::from_utf8_lossy(&output.stderr).into_owned()) }
}

#[test]
fn with_cmake() {
    let folder = tempfile::tempdir().unwrap();
    let prefix = installed(folder.path());
    let build = configure(folder.path(), &prefix, env!("CARGO_PKG_VERSION")).unwrap();
    run(program("cmake", "apt-get install cmake").arg("--build").arg(&build));
    explains(&build.join("explain"));
    for version in ["99.0.0", "0.99", "1.0"] {
        let refusal = configure(folder.path(), &prefix, version).unwrap_err();
        assert!(refusal.contains("considered but not accepted"), "{refusal}");
    }
}

#[test]
fn needs_a_prefix() {
    let mut xtask = Command::new(env!("CARGO"));
    xtask.args(["run", "--quiet", "--package", "xtask", "--", "install"]).current_dir(root());
    let output = xtask.output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let message = String::from_utf8(output.stderr).unwrap();
    assert!(message.ends_with("error: say where to: `cargo xtask install --prefix DIR`, for instance /usr/local\n"));
}
