//! Writing C89: arrays of numbers, lists of words, and functions that choose among the arrays of blocks.

use super::Block;
use crate::layout::Row;
use crate::text::wrapped;

/// The type for numbers.
pub(super) fn narrowest(values: &[usize]) -> &'static str {
    if values.iter().all(|value| *value <= usize::from(u8::MAX)) { "unsigned char" } else { "unsigned short" }
}

/// An array of numbers in the narrowest type.
pub(super) fn list(name: &str, values: impl IntoIterator<Item = usize>) -> String {
    let values: Vec<usize> = values.into_iter().collect();
    array(narrowest(&values), name, values)
}

/// An array of numbers. C89 has no empty ones: nothing reads the element of those.
pub(super) fn array(kind: &str, name: &str, values: impl IntoIterator<Item = usize>) -> String {
    let mut values: Vec<usize> = values.into_iter().collect();
    let most = if kind == "unsigned char" { usize::from(u8::MAX) } else { usize::from(u16::MAX) };
    assert!(values.iter().all(|value| *value <= most), "{name}: a number does not fit into {kind}");
    if values.is_empty() {
        values.push(0);
    }
    format!("static const {kind} {name}[] = {{\n{}}};\n", numbers(&values))
}

/// Numbers in lines, without a comma behind the last, which some old compilers refuse.
fn numbers(values: &[usize]) -> String {
    let text = wrapped(values.iter().map(usize::to_string), "    ");
    text.strip_suffix(",\n").map_or(text.clone(), |text| format!("{text}\n"))
}

/// Words in ASCII with a NUL behind each, as a literal within the 509 characters that C89 promises.
pub(super) fn words<'a>(name: &str, words: impl Iterator<Item = &'a str>) -> String {
    const LONGEST: usize = 509;
    let mut text = String::new();
    let mut length = 0;
    let mut line = String::new();
    for word in words {
        assert!(word.bytes().all(|byte| byte.is_ascii_alphanumeric() || b" -_".contains(&byte)), "{name}: {word:?}");
        length += word.len() + 1;
        // Three digits, as a digit may follow.
        let word = format!("{word}\\000");
        if line.len() + word.len() > 110 {
            text += &format!("\n    \"{line}\"");
            line.clear();
        }
        line += &word;
    }
    assert!(length <= LONGEST, "{name}: {length} characters are too many for a literal");
    format!("static const char {name}[] ={text}\n    \"{line}\";\n")
}

/// A function from block and place to a number, with an array a block that has any.
pub(super) fn facts(
    name: &str,
    about: &str,
    kind: &str,
    without: &str,
    blocks: &[Block<'_>],
    fact: impl Fn(&Row<'_>) -> usize,
) -> String {
    let mut arrays = String::new();
    let mut cases = String::new();
    for block in blocks {
        let values: Vec<usize> = block.rows.iter().map(&fact).collect();
        if values.iter().all(|value| *value == 0) {
            continue;
        }
        let array_name = format!("{}_{}", name.trim_end_matches("_of"), block.name);
        let kind = if kind == "unsigned char" { kind } else { narrowest(&values) };
        arrays += &guarded(&[block.without], &array(kind, &array_name, values));
        cases += &guarded(&[block.without], &case(block, &format!("{array_name}[place]")));
    }
    let arrays = guarded(&[without], &arrays);
    let choice = guarded(&[without], &format!("    switch (block) {{\n{cases}    default:\n        break;\n    }}\n"));
    format!(
        "\n/* {about} */\n{arrays}static {kind} {name}(unsigned char block, unsigned short place)\n{{\n{choice}    (void)block;\n    (void)place;\n    return 0;\n}}\n"
    )
}

/// A case of a choice among blocks.
pub(super) fn case(block: &Block<'_>, answer: &str) -> String {
    format!("    case RC_BLOCK_{}:\n        return {answer};\n", block.name.to_uppercase())
}

/// C that is there only while none of some macros is defined; no macro is an empty one.
pub(super) fn guarded(without: &[&str], body: &str) -> String {
    let conditions: Vec<_> = without.iter().filter(|name| !name.is_empty()).collect();
    match conditions.as_slice() {
        [] => body.to_owned(),
        [one] => format!("#ifndef {one}\n{body}#endif\n"),
        several => {
            let all: Vec<_> = several.iter().map(|name| format!("!defined({name})")).collect();
            format!("#if {}\n{body}#endif\n", all.join(" && "))
        }
    }
}
