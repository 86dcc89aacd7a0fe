//! The C header: what cbindgen reads from the sources of `bindings/c`, between macros and guards of our own.

use std::path::Path;

use anyhow::{Context, anyhow};
use replycode_catalog::Model;
use replycode_codegen::{Artefact, c_macros, mark};

/// Where the header goes.
pub const PATH: &str = "bindings/c/generated/replycode.h";
/// The constants, as Rust that cbindgen reads; an artefact as well, which on disk may be stale.
const CONSTANTS: &str = "bindings/c/src/generated/abi.rs";
/// The sources, in the order of the header.
const SOURCES: &[&str] = &[
    "types",
    "version",
    "digits",
    "reply",
    "entry",
    "enhanced",
    "command",
    "language",
    "ids",
    "parser",
    "reading",
    "values",
    "diagnosis",
    "cause",
    "incident",
];

/// The header as it should be, from the sources in `root` and the other artefacts.
pub(crate) fn artefact(root: &Path, model: &Model, others: &[Artefact]) -> anyhow::Result<Artefact> {
    let constants = others.iter().find(|artefact| artefact.path == CONSTANTS);
    let constants = constants.ok_or_else(|| anyhow!("no emitter writes {CONSTANTS}"))?;
    let declarations = tidy(&declarations(root, &constants.text)?);
    let mark = mark(&model.digest()[..16], file!());
    let macros = c_macros(model);
    let text = format!("/* {mark} */\n\n{INTRODUCTION}\n{OPENING}\n{macros}\n{declarations}\n{CLOSING}");
    Ok(Artefact { path: PATH.to_owned(), text })
}

const INTRODUCTION: &str = "\
/* replycode: what SMTP and FTP reply codes mean, whether to retry, and what to change.
 *
 * - Memory: every text is NUL-terminated, lives in read-only data and stays valid for ever; nothing is to be freed.
 *   Texts in a language are UTF-8, all others ASCII. The library allocates nothing.
 * - Failure: no function fails. What is unknown gives 0, or \"\" for a text; a text is never NULL. A NULL pointer may be
 *   passed everywhere; the functions say what it means.
 * - Threads: every function is re-entrant and may be called at any time, from an interrupt as well. The library has no
 *   state and writes nowhere but into the structure that a caller passes.
 * - Numbers: protocol is RC_SMTP or RC_FTP, lang one of RC_LANG_, code any number: 421, 599, 10060.
 *
 *     rc_explanation answer;
 *     rc_explain(RC_SMTP, 550, &answer);
 *     printf(\"%s\\n%s\\n\", rc_title(answer.entry, RC_LANG_EN), rc_action(answer.entry, RC_LANG_EN));
 *
 * C89 and later, C++98 and later. Link with libreplycode.a. */
";

const OPENING: &str = "\
#ifndef REPLYCODE_H
#define REPLYCODE_H

#include <stddef.h>

#ifdef __cplusplus
extern \"C\" {
#endif
";

const CLOSING: &str = "\
#ifdef __cplusplus
}
#endif

#endif /* REPLYCODE_H */
";

/// What cbindgen makes of the sources.
fn declarations(root: &Path, constants: &str) -> anyhow::Result<String> {
    let crate_folder = root.join("bindings/c");
    let config = cbindgen::Config::from_file(crate_folder.join("cbindgen.toml"))
        .map_err(|error| anyhow!("bindings/c/cbindgen.toml: {error}"))?;
    // cbindgen reads files only.
    let folder = tempfile::tempdir().context("cannot make a temporary folder")?;
    let staged = folder.path().join("abi.rs");
    std::fs::write(&staged, constants).with_context(|| format!("cannot write {}", staged.display()))?;
    let sources = SOURCES.iter().map(|name| crate_folder.join(format!("src/{name}.rs")));
    let builder = sources.fold(cbindgen::Builder::new().with_config(config).with_src(&staged), |builder, source| {
        builder.with_src(source)
    });
    let mut text = Vec::new();
    builder.generate().context("cbindgen cannot read bindings/c/src")?.write(&mut text);
    String::from_utf8(text).context("cbindgen wrote no UTF-8")
}

/// Makes cbindgen's output pleasant to read: the comment of a constant stands behind it, a comment of one line on one
/// line; the section `# Safety`, which speaks to Rust alone, is left out.
fn tidy(declarations: &str) -> String {
    let mut out = String::new();
    let mut family = "";
    let mut lines = declarations.lines().peekable();
    while let Some(line) = lines.next() {
        let indent = &line[..line.len() - line.trim_start().len()];
        if line.trim() != "/**" {
            out.push_str(line);
            out.push('\n');
            continue;
        }
        let comment = comment(&mut lines);
        match (comment.as_slice(), lines.peek()) {
            ([text], Some(constant)) if constant.starts_with("#define ") => {
                let name = constant.split(' ').nth(1).unwrap_or_default();
                // cbindgen has a blank line between items; constants of one family stand together.
                if family_of(name) == family {
                    out.pop();
                }
                family = family_of(name);
                out.push_str(&format!("{constant} /**< {text} */\n"));
                lines.next();
            }
            ([text], _) => out.push_str(&format!("{indent}/** {text} */\n")),
            (texts, _) => {
                out.push_str(&format!("{indent}/**\n"));
                for text in texts {
                    out.push_str(format!("{indent} * {text}").trim_end());
                    out.push('\n');
                }
                out.push_str(&format!("{indent} */\n"));
            }
        }
    }
    out
}

/// The text of a comment whose first line has been read, without the section `# Safety`.
fn comment<'a>(lines: &mut impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let inside = lines.map(str::trim_start).take_while(|line| *line != "*/");
    let texts = inside.map(|line| line.strip_prefix("* ").unwrap_or(line.trim_start_matches('*')));
    let mut texts: Vec<&str> = texts.collect();
    if let Some(safety) = texts.iter().position(|text| *text == "# Safety") {
        texts.truncate(safety);
    }
    while texts.last().is_some_and(|text| text.is_empty()) {
        texts.pop();
    }
    texts
}

/// The first two words of a constant's name: `RC_SEVERITY` of `RC_SEVERITY_TRANSIENT`.
fn family_of(name: &str) -> &str {
    let end = name.match_indices('_').nth(1).map_or("RC".len(), |(place, _)| place);
    &name[..end]
}

#[cfg(test)]
mod tests {
    use super::tidy;

    #[test]
    fn comments_are_tidied() {
        let from_cbindgen = "\
/**
 * Protocol: SMTP.
 */
#define RC_SMTP 0

/**
 * First.
 */
#define RC_LANG_EN 0

/**
 * Second.
 */
#define RC_LANG_JA 1

typedef struct rc_thing {
    /**
     * A member.
     */
    unsigned char member;
} rc_thing;

/**
 * Does it.
 *
 *     rc_do();
 *
 * # Safety
 * `x` is null.
 */
int rc_do(void);
";
        let expected = "\
#define RC_SMTP 0 /**< Protocol: SMTP. */

#define RC_LANG_EN 0 /**< First. */
#define RC_LANG_JA 1 /**< Second. */

typedef struct rc_thing {
    /** A member. */
    unsigned char member;
} rc_thing;

/**
 * Does it.
 *
 *     rc_do();
 */
int rc_do(void);
";
        assert_eq!(tidy(from_cbindgen), expected);
    }
}
