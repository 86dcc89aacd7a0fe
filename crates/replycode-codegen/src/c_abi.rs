//! The constants of the C interface, as literals that cbindgen can read.

use std::fmt::Write as _;

use replycode::{
    Basis, Category, DiagnosisBasis, EntryKind, Expectation, MalformedReason, Mode, Note, Party, Severity, Status,
    Verdict,
};

use crate::layout::Layout;
use replycode_catalog::constant;

pub(crate) fn emit(layout: &Layout<'_>) -> String {
    let mut constants = Constants { out: "use core::ffi::{c_uchar, c_ushort};\n\n".to_owned() };
    for protocol in layout.model.protocols() {
        let (name, number) = (constant(protocol.id.id()), protocol.id.number());
        constants.add(&format!("Protocol: {}.", *protocol.name), &name, "c_uchar", number);
    }
    for language in layout.model.languages() {
        let name = format!("LANG_{}", constant(&language.id));
        constants.add(&format!("Language: {}.", *language.id), &name, "c_uchar", *language.number);
    }
    macro_rules! vocabulary {
        ($($type:ident: $prefix:literal,)+) => {
            $(for member in $type::ALL {
                let name = format!("{}_{}", $prefix, constant(member.id()));
                constants.add(member.about(), &name, "c_uchar", member.number());
            })+
        };
    }
    vocabulary! {
        Severity: "SEVERITY",
        Category: "CATEGORY",
        Verdict: "VERDICT",
        Basis: "BASIS",
        EntryKind: "KIND",
        Status: "STATUS",
        Expectation: "EXPECTATION",
        Mode: "MODE",
        Note: "NOTE",
        MalformedReason: "MALFORMED",
        Party: "PARTY",
        DiagnosisBasis: "DIAGNOSIS_BASIS",
    }
    for cause in &layout.model.diagnosis().causes {
        let name = format!("CAUSE_{}", constant(&cause.id));
        constants.add(&format!("{}.", cause.title.get("en")), &name, "c_uchar", *cause.number);
    }
    for command in &layout.commands {
        let protocol = command.protocol;
        let name = format!("COMMAND_{}_{}", constant(protocol.id()), constant(command.verb));
        // The core's `Command::handle`.
        let handle = (u16::from(protocol.number()) + 1) << 8 | command.number;
        constants.add(&format!("Command: {}.", command.verb), &name, "c_ushort", handle);
    }
    for reply in &layout.replies {
        for entry in reply.senses.iter().chain(reply.field) {
            let name = format!("{}_{}", constant(reply.protocol.id()), constant(&entry.id));
            constants.add(&format!("{}.", entry.title.get("en")), &name, "c_ushort", reply.code);
        }
    }
    constants.out
}

struct Constants {
    out: String,
}

impl Constants {
    fn add(&mut self, doc: &str, name: &str, kind: &str, value: impl Into<u16>) {
        let (doc, value) = (comment(doc), value.into());
        let _ = write!(self.out, "/// {doc}\npub const RC_{name}: {kind} = {value};\n");
    }
}

/// Text that can stand in a C comment: it neither ends one nor looks like the beginning of one, nor ends a line with
/// a backslash or what C89 reads as one.
fn comment(text: &str) -> String {
    text.replace("*/", "* /").replace("/*", "/ *").replace('\\', "/").replace("??/", "? ?/")
}

#[cfg(test)]
mod tests {
    use super::comment;

    #[test]
    fn a_text_cannot_break_out_of_its_comment() {
        assert_eq!(comment("550 */*/ C:\\ what??/"), "550 * / * / C:/ what? ?/");
        assert_eq!(comment("/*"), "/ *");
    }
}
