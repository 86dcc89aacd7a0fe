//! The C interface on one page, read from the header.

use std::fmt::Write as _;

use replycode_catalog::Model;
use replycode_codegen::{Artefact, mark};

/// Where it goes, beside the header.
const PATH: &str = "bindings/c/generated/API.md";
/// Constants that are too many for a page; the header has them.
const MANY: [&str; 4] = ["RC_SMTP_", "RC_FTP_", "RC_COMMAND_", "RC_CAUSE_"];

/// The page as it should be.
pub(crate) fn artefact(model: &Model, header: &Artefact) -> Artefact {
    let mark = mark(&model.digest()[..16], file!());
    let (mut functions, mut types, mut constants) = (String::new(), String::new(), String::new());
    for part in header.text.split("\n\n") {
        if let Some((comment, code)) = documented(part) {
            let code = joined(code);
            match code.strip_prefix("typedef ") {
                Some(code) => describe_type(&mut types, &comment, code),
                None if code.contains("rc_") => {
                    let _ = writeln!(functions, "| `{code}` | {} |", first_sentence(&comment));
                }
                None => {}
            }
        } else {
            part.lines().filter_map(constant).for_each(|row| constants += &row);
        }
    }
    let text = format!(
        "<!-- {mark} -->\n\n{INTRODUCTION}\n## Functions\n\n| function | what it does |\n| --- | --- |\n{functions}\n\
         ## Types\n\n{types}\n## Constants\n\n{MANY_WORDS}\n\n| constant | value | meaning |\n| --- | ---: | --- |\n{constants}"
    );
    Artefact { path: PATH.to_owned(), text }
}

const INTRODUCTION: &str = "\
# The C interface on one page

`#include \"replycode.h\"`, link `libreplycode.a` or compile `replycode.c`. The header's comments say more, with an example \
for each function; `docs/firmware.md` is the guide.

- No function fails, and none allocates or has state. What is unknown gives 0, or `\"\"` for a text; a text is never NULL.
- `protocol` is `RC_SMTP` or `RC_FTP`, `lang` one of `RC_LANG_`, `code` any number. An `rc_entry` is a number that stands \
for something with texts; 0 is none.
";

const MANY_WORDS: &str = "\
Besides these: `RC_SMTP_` and `RC_FTP_` for every reply code, `RC_COMMAND_` for every command, `RC_CAUSE_` for every cause; \
`RC_SMTP_CODES(X)` and `RC_FTP_CODES(X)` call a macro for each code.";

/// A comment and the declaration below it.
fn documented(part: &str) -> Option<(String, &str)> {
    let part = part.trim_start();
    let (comment, code) = match part.strip_prefix("/**\n") {
        Some(part) => part.split_once("\n */\n")?,
        None => part.strip_prefix("/** ")?.split_once(" */\n")?,
    };
    if code.trim_start().starts_with('#') {
        return None;
    }
    let lines = comment.lines().map(|line| line.trim_start_matches(" *").strip_prefix(' ').unwrap_or("").trim_end());
    // Up to the example, which is indented.
    let text: Vec<_> = lines.take_while(|line| !line.starts_with("    ")).filter(|line| !line.is_empty()).collect();
    let text = if text.is_empty() { comment.to_owned() } else { text.join(" ") };
    Some((text, code))
}

/// A declaration on one line.
fn joined(code: &str) -> String {
    code.split_whitespace().collect::<Vec<_>>().join(" ").replace("( ", "(").trim_end_matches(';').to_owned()
}

fn first_sentence(comment: &str) -> String {
    let end = comment.find(". ").map_or(comment.len(), |end| end + 1);
    comment[..end].replace('|', "\\|")
}

/// A type and, of a structure, its members.
fn describe_type(out: &mut String, comment: &str, code: &str) {
    let Some((_, members)) = code.split_once('{') else {
        let _ = writeln!(out, "- `{code}`: {}", first_sentence(comment));
        return;
    };
    let (members, name) = members.rsplit_once('}').unwrap_or((members, ""));
    let mut bare = String::new();
    let mut rest = members;
    while let Some((before, after)) = rest.split_once("/*") {
        bare += before;
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    let members = format!("{bare}{rest}");
    let members: Vec<_> = members.split(';').map(str::trim).filter(|member| !member.is_empty()).collect();
    let _ = writeln!(out, "- `{}`: {} Members: `{}`.", name.trim(), first_sentence(comment), members.join("`, `"));
}

/// The row of a constant.
fn constant(line: &str) -> Option<String> {
    let (name, rest) = line.strip_prefix("#define ")?.split_once(' ')?;
    let (value, meaning) = rest.split_once(" /**< ")?;
    if MANY.iter().any(|many| name.starts_with(many)) {
        return None;
    }
    Some(format!("| `{name}` | {value} | {} |\n", meaning.trim_end_matches(" */").replace('|', "\\|")))
}

#[cfg(test)]
mod tests {
    use super::{constant, documented, first_sentence, joined};

    #[test]
    fn a_function_is_one_row() {
        let part = "/**\n * What the first digit says. More.\n *\n *     assert(1);\n */\nunsigned char rc_severity(unsigned char protocol,\n                          unsigned short code);";
        let (comment, code) = documented(part).unwrap();
        assert_eq!(first_sentence(&comment), "What the first digit says.");
        assert_eq!(joined(code), "unsigned char rc_severity(unsigned char protocol, unsigned short code)");
    }

    #[test]
    fn codes_are_left_to_the_header() {
        assert_eq!(constant("#define RC_FTP_DISK_FULL 552 /**< Disk full. */"), None);
        let row = constant("#define RC_FTP 2 /**< FTP. */").unwrap();
        assert_eq!(row, "| `RC_FTP` | 2 | FTP. |\n");
    }
}
