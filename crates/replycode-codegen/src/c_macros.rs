//! What the C header has besides what cbindgen reads from Rust: strings and lists, which only macros can be.

use std::fmt::Write as _;

use replycode::Protocol;

use crate::layout::Layout;
use replycode_catalog::constant;

/// C89 promises no more for a line with its continuations.
const LONGEST_LINE: usize = 509;

pub(crate) fn emit(layout: &Layout<'_>) -> String {
    let mut out = format!(
        "/** The version of the catalogue that this header was made from. */
#define RC_CATALOG_VERSION \"{}\"

/** SHA-256 of everything that the catalogue says: equal digests, equal answers. */
#define RC_CATALOG_DIGEST \\
    \"{}\"

/** 1 if the linked library belongs to this header, 0 if not: call it once at start-up. */
#define RC_CHECK() rc_matches(RC_ABI_VERSION, RC_CATALOG_DIGEST)
",
        layout.model.version(),
        layout.model.digest()
    );
    for protocol in layout.model.protocols() {
        list(&mut out, layout, *protocol.id, &protocol.name);
    }
    out
}

/// X(NAME, code) for each sense, in several macros that keep within the longest line.
fn list(out: &mut String, layout: &Layout<'_>, protocol: Protocol, name: &str) {
    let prefix = format!("RC_{}_CODES", constant(protocol.id()));
    let _ = write!(
        out,
        "
/**
 * Every named code of {name}: X(NAME, code) for each, where RC_{}_NAME is the constant. A code with several meanings
 * comes several times.
 */
#define {prefix}(X)",
        constant(protocol.id())
    );
    let mut parts: Vec<String> = Vec::new();
    let replies = layout.replies.iter().filter(|reply| reply.protocol == protocol);
    let items = replies.flat_map(|reply| reply.senses.iter().chain(reply.field).map(|entry| (&entry.id, reply.code)));
    for (id, code) in items {
        let item = format!(" \\\n    X({}, {code})", constant(id));
        // The beginning of the line, `#define ..._12(X)`, counts as well.
        match parts.last_mut() {
            Some(part) if part.len() + item.len() + prefix.len() + 20 <= LONGEST_LINE => part.push_str(&item),
            _ => parts.push(item),
        }
    }
    for number in 1..=parts.len() {
        let _ = write!(out, " \\\n    {prefix}_{number}(X)");
    }
    out.push('\n');
    for (number, part) in (1..).zip(&parts) {
        let _ = writeln!(out, "#define {prefix}_{number}(X){part}");
    }
}
