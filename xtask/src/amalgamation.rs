//! The C89 amalgamation: the generated tables among the functions written by hand in `bindings/c/c89`.

use std::path::Path;

use anyhow::Context;
use replycode_catalog::Model;
use replycode_codegen::{Artefact, c_tables, mark};

/// Where it goes, beside the header.
pub const PATH: &str = "bindings/c/generated/replycode.c";
/// What stands before the tables and what behind them, in this order.
const BEFORE: &[&str] = &["head"];
const BEHIND: &[&str] = &["lookup", "entry", "enhanced", "command"];
/// What a macro leaves out with all its functions.
const PARSER: &[&str] = &["framing", "parser", "reply", "values", "format"];
const LAST: &[&str] = &["diagnose"];

/// The amalgamation as it should be.
pub(crate) fn artefact(root: &Path, model: &Model) -> anyhow::Result<Artefact> {
    let mark = mark(&model.digest()[..16], file!());
    let part = |name: &&str| -> anyhow::Result<String> {
        let path = root.join(format!("bindings/c/c89/{name}.c"));
        std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))
    };
    let parts = |names: &[&str]| -> anyhow::Result<String> {
        Ok(names.iter().map(part).collect::<anyhow::Result<Vec<_>>>()?.join("\n"))
    };
    let text = [
        format!("/* {mark} */\n\n{INTRODUCTION}"),
        parts(BEFORE)?,
        c_tables(model),
        parts(BEHIND)?,
        format!("#ifndef RC_NO_PARSER\n{}#endif\n", parts(PARSER)?),
        parts(LAST)?,
    ];
    Ok(Artefact { path: PATH.to_owned(), text: text.join("\n") })
}

const INTRODUCTION: &str = "\
/* replycode in one file: the interface of replycode.h in C89, for compilers and CPUs that the static library does not
 * reach. Compile it with your program; it answers as the library does.
 */
";
