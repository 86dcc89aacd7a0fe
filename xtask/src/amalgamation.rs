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
 * reach. It answers as the library does, to the byte; rc_explain_incident() and what belongs to it are in the library
 * alone. Put both files beside your own and compile replycode.c with them; nothing else is needed, no C library either.
 *
 * Macros, defined for the compiler (-DRC_NO_JA), leave out what a program does not need. Numbers and structures stay as
 * they are. A text that was left out is \"\"; what else was left out is answered as if the catalogue did not have it.
 *
 *   RC_NO_SMTP       the protocol: its number is then an unknown one. Not both of these.
 *   RC_NO_FTP
 *   RC_NO_EN         texts in a language
 *   RC_NO_JA
 *   RC_NO_TITLES     rc_title(), rc_title_of()
 *   RC_NO_MEANINGS   rc_meaning()
 *   RC_NO_ACTIONS    rc_action(), rc_step()
 *   RC_NO_CODE_ACTIONS  of these all but what the causes of a diagnosis have
 *   RC_NO_NOTES      rc_note()
 *   RC_NO_PHRASES    rc_phrase(), rc_aliases()
 *   RC_NO_IDS        rc_id(), rc_rule_id() and the ids of severities, verdicts and the like
 *   RC_NO_SOURCES    rc_source_rfc(), rc_source_place(), rc_since()
 *   RC_NO_COMMANDS   the commands that replies answer: their verbs, rc_expected(), and what rc_explain_in() makes of them
 *   RC_NO_ENHANCED   the entries of enhanced status codes; they are still read
 *   RC_NO_DIAGNOSIS  causes and rules: rc_diagnose() has the first digit only
 *   RC_NO_PARSER     reading and writing replies: the functions are not there
 *   RC_CODES_ONLY    all of these but protocols and languages: some 4 KB with lookup, severities, categories, verdicts
 *
 * RC_ENCODING is the encoding of the texts in Japanese: RC_UTF_8 (the default), RC_SHIFT_JIS (code page 932) or
 * RC_EUC_JP.
 */
";
