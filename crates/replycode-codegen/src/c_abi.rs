//! The constants of the C interface, as literals that cbindgen can read.

use std::fmt::Write as _;

use crate::layout::Layout;
use replycode_catalog::constant;

pub(crate) fn emit(layout: &Layout<'_>) -> String {
    let mut out = String::new();
    let mut define = |doc: &str, name: String, kind: &str, value: String| {
        let _ = write!(out, "/// {doc}\npub const {name}: {kind} = {value};\n");
    };
    for protocol in layout.model.protocols() {
        let name = constant(protocol.id.id());
        define(
            &format!("Protocol: {}.", *protocol.name),
            format!("RC_{name}"),
            "c_uchar",
            protocol.id.number().to_string(),
        );
    }
    for language in layout.model.languages() {
        define(
            &format!("Language: {}.", *language.id),
            format!("RC_LANG_{}", constant(&language.id)),
            "c_uchar",
            language.number.to_string(),
        );
    }
    for reply in &layout.replies {
        let protocol = constant(reply.protocol.id());
        for entry in reply.senses.iter().chain(reply.field) {
            let words = entry.title.get("en");
            define(
                &format!("{words}."),
                format!("RC_{protocol}_{}", constant(&entry.id)),
                "c_ushort",
                reply.code.to_string(),
            );
        }
    }
    format!("use core::ffi::{{c_uchar, c_ushort}};\n\n{out}")
}
