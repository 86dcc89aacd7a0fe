//! The amalgamation reads, asks and writes replies of all kinds as the archive does: `differential.c`, linked with each.

use crate::amalgamation::{test_program, with_amalgamation};
use crate::tools::{build, printed};

#[test]
fn replies_of_all_kinds_are_read_alike() {
    let (folder, archived) = build(&test_program("differential"), &["-O2"]);
    let amalgamated = with_amalgamation(folder.path(), "differential");
    let (left, right) = (printed::<&str>(&amalgamated, &[]), printed::<&str>(&archived, &[]));
    let blocks = left.lines().count();
    assert!(blocks > 1600, "{blocks} blocks of inputs are too few");
    let Some((row, _)) = left.lines().zip(right.lines()).find(|(left, right)| left != right) else {
        assert_eq!(blocks, right.lines().count(), "one ends before the other");
        return;
    };
    // Everything that was seen in the first block that differs: from the input on that differs.
    let block = row.split(' ').next().unwrap();
    let (left, right) = (printed(&amalgamated, &[block]), printed(&archived, &[block]));
    let same = left.lines().zip(right.lines()).take_while(|(left, right)| left == right).count();
    let inputs = left.lines().take(same).enumerate().filter(|(_, row)| row.starts_with("input "));
    let from = inputs.last().map_or(0, |(number, _)| number);
    let rows = |text: &str| text.lines().skip(from).take(same + 3 - from).collect::<Vec<_>>().join("\n");
    panic!("block {block}: the amalgamation says\n{}\nand the archive\n{}", rows(&left), rows(&right));
}
