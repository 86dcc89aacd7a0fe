//! The members of Python's enums, spelled out so that editors and type checkers see them.

use std::fmt::Write as _;

use crate::layout::Layout;
use replycode_catalog::constant;

pub(crate) fn emit(layout: &Layout<'_>) -> String {
    let mut out = String::from("from replycode._enums import ReplyEnum\n");
    for protocol in layout.model.protocols() {
        let id = *protocol.id;
        let mut class = id.id().to_owned();
        class[..1].make_ascii_uppercase();
        let _ = write!(
            out,
            "\n\nclass {class}(ReplyEnum, protocol=\"{id}\"):\n    \"\"\"The reply codes of {} by name; a code with two senses has two names.\"\"\"\n\n",
            *protocol.name
        );
        for reply in layout.replies.iter().filter(|reply| reply.protocol == id) {
            for entry in reply.senses.iter().chain(reply.field) {
                let _ = writeln!(out, "    {} = {}", constant(&entry.id), reply.code);
            }
        }
    }
    out
}
