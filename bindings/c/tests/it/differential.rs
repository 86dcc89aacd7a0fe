//! The C89 amalgamation reads, asks and writes replies as the archive does: `differential.c`, linked with each.

use std::path::{Path, PathBuf};

use crate::tools::{GCC, STRICT, archive, build, include, printed, root, run};

/// Instrumented: it would see what is written or read beyond a buffer, and what C leaves undefined.
const CHECKED: [&str; 4] = ["-O1", "-g", "-fsanitize=address,undefined", "-fno-sanitize-recover=all"];

fn source() -> PathBuf {
    root().join("bindings/c/tests/differential.c")
}

/// The same program with the amalgamation.
fn build_amalgamated(folder: &Path) -> PathBuf {
    let program = folder.join("amalgamated");
    let mut command = GCC.command();
    command.arg("-std=c89").args(STRICT).args(CHECKED).arg("-I").arg(include()).arg(source());
    run(command.arg(include().join("replycode.c")).arg("-o").arg(&program));
    program
}

#[test]
fn the_amalgamation_is_the_archive() {
    let (folder, archived) = build(&source(), &CHECKED);
    let amalgamated = build_amalgamated(folder.path());
    let (left, right) = (printed::<&str>(&archived, &[]), printed::<&str>(&amalgamated, &[]));
    assert!(left.lines().count() > 1600, "{} blocks of inputs are too few", left.lines().count());
    let Some(row) = left.lines().zip(right.lines()).find(|(left, right)| left != right).map(|(left, _)| left) else {
        assert_eq!(left.len(), right.len(), "one ends before the other");
        return;
    };
    let block = row.split(' ').next().unwrap();
    let (left, right) = (printed(&archived, &[block]), printed(&amalgamated, &[block]));
    let same = left.lines().zip(right.lines()).take_while(|(left, right)| left == right).count();
    let from = left.lines().take(same).enumerate().filter(|(_, row)| row.starts_with("input ")).last();
    let from = from.map_or(0, |(number, _)| number);
    let rows = |text: &str| text.lines().skip(from).take(same + 3 - from).collect::<Vec<_>>().join("\n");
    panic!("block {block}: {} says\n{}\nthe amalgamation\n{}", archive().display(), rows(&left), rows(&right));
}
