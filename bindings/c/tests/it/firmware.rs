//! The status page of `examples/firmware`, built as its Makefile and its CMake file say, in both forms of the library.

use std::path::Path;

use replycode::{CATALOG, Lang, Protocol, lookup};

use crate::tools::{archive, include, printed, program, root, run};

fn example() -> std::path::PathBuf {
    root().join("bindings/c/examples/firmware")
}

fn with_make(folder: &Path, more: &[String]) -> String {
    let mut make = program("make", "apt-get install make");
    make.arg("-C").arg(example()).arg(format!("OUT={}", folder.display()));
    run(make.arg(format!("INCLUDE={}", include().display())).args(more));
    printed::<&str>(&folder.join("status_page"), &[])
}

fn with_cmake(folder: &Path, more: &[String]) -> String {
    let mut cmake = program("cmake", "apt-get install cmake");
    run(cmake.arg("-S").arg(example()).arg("-B").arg(folder).args(more));
    run(program("cmake", "apt-get install cmake").arg("--build").arg(folder));
    printed::<&str>(&folder.join("status_page"), &[])
}

#[test]
fn four_ways_to_build_one_status_page() {
    let folder = tempfile::tempdir().unwrap();
    let place = |name: &str| {
        let path = folder.path().join(name);
        std::fs::create_dir(&path).unwrap();
        path
    };
    let prefix = place("prefix");
    xtask::install::install(&prefix).unwrap();
    let page = with_make(&place("make-archive"), &[format!("LIBRARY={}", archive().display())]);
    assert_eq!(with_make(&place("make-source"), &[]), page);
    let installed = ["-DREPLYCODE=installed".to_owned(), format!("-DCMAKE_PREFIX_PATH={}", prefix.display())];
    assert_eq!(with_cmake(&place("cmake-installed"), &installed), page);
    assert_eq!(with_cmake(&place("cmake-source"), &["-DREPLYCODE=source".to_owned()]), page);

    // Not only equal but right: a title, the cause, the first step, and whether to retry.
    let relay = CATALOG.cause("relay_denied").unwrap();
    let title = lookup(Protocol::Smtp, 554).unwrap().entry().title(Lang::JA);
    let step = relay.entry().action(Lang::JA).lines().next().unwrap();
    let expected =
        [format!("554 {title}"), format!("  原因: {}", relay.entry().title(Lang::JA)), format!("  対処: 1. {step}")];
    assert_eq!(page.lines().take(3).collect::<Vec<_>>(), expected);
    // Greylisting and a full disk are worth another try, and nothing else here is (RFC 5321 section 4.2.1).
    assert_eq!(page.matches("  再試行: 1800秒後\n").count(), 2);
    assert_eq!(page.matches("  再試行: しない（設定の変更が必要です）\n").count(), 6);
    // What is no reply at all.
    assert!(page.ends_with("応答を読み取れません\n"));
}
