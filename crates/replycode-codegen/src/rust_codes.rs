//! The core's constants: one a code and sense, one a language.

use std::fmt::Write as _;

use replycode_catalog::constant;

use crate::layout::Layout;

pub(crate) fn emit(layout: &Layout<'_>) -> String {
    let mut out = codes(layout, "crate");
    let _ = write!(out, "\nimpl crate::Lang {{\n{}}}\n", languages(layout, "crate"));
    out
}

/// The modules of a user's own catalogue: `lang`, and the codes.
pub(crate) fn module(layout: &Layout<'_>, core: &str) -> String {
    let languages = languages(layout, core);
    format!("/// The languages.\npub mod lang {{\n{languages}}}\n{}", codes(layout, core))
}

fn languages(layout: &Layout<'_>, core: &str) -> String {
    let mut out = String::new();
    for language in layout.model.languages() {
        let (name, number) = (constant(&language.id), *language.number);
        let _ = writeln!(
            out,
            "    /// {}.\n    pub const {name}: {core}::Lang = {core}::Lang::new({number});",
            *language.name
        );
    }
    out
}

/// A module of constants a protocol; `core` is the path of the core crate from where it will stand.
fn codes(layout: &Layout<'_>, core: &str) -> String {
    let mut out = String::new();
    for protocol in layout.model.protocols() {
        let (id, name) = (*protocol.id, &*protocol.name);
        let _ = write!(
            out,
            "
/// The reply codes of {name} by name: one constant a sense, so a code with two senses has two names.
pub mod {id} {{
    use {core}::ReplyCode;

    const fn code(number: u16) -> ReplyCode {{
        ReplyCode::new(number).unwrap()
    }}
"
        );
        for reply in layout.replies.iter().filter(|reply| reply.protocol == id) {
            for entry in reply.senses.iter().chain(reply.field) {
                let words = entry.phrase.as_deref().map_or_else(|| entry.title.get("en").to_owned(), String::clone);
                let _ = write!(
                    out,
                    "\n    /// {}: `{}` ({})\n    pub const {}: ReplyCode = code({});\n",
                    reply.code,
                    words.replace('`', "'"),
                    citation(entry),
                    constant(&entry.id),
                    reply.code
                );
            }
        }
        out.push_str("}\n");
    }
    out
}

fn citation(entry: &replycode_catalog::Entry) -> String {
    let source = &entry.source;
    match (&source.rfc, &source.section, source.iana.as_ref().or(source.field.as_ref())) {
        (Some(rfc), Some(section), _) => format!("RFC {}, section {}", **rfc, **section),
        (Some(rfc), None, _) => format!("RFC {}", **rfc),
        (None, _, Some(place)) => place.to_string(),
        (None, _, None) => "no source".to_owned(),
    }
}
