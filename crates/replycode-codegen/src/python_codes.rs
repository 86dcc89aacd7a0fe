//! The members of Python's enums of codes, spelled out so that editors and type checkers see them.

use std::fmt::Write as _;

use crate::layout::Layout;
use replycode_catalog::constant;

pub(crate) fn emit(layout: &Layout<'_>) -> String {
    let mut out = String::from("from replycode._enums import ReplyEnum, frozen\n");
    for protocol in layout.model.protocols() {
        let id = *protocol.id;
        let replies = layout.replies.iter().filter(|reply| reply.protocol == id);
        let members: Vec<(String, u16)> = replies
            .flat_map(|reply| reply.senses.iter().chain(reply.field).map(|entry| (constant(&entry.id), reply.code)))
            .collect();
        let Some((first, code)) = members.first() else { continue };
        let _ = write!(
            out,
            r#"

@frozen
class {id:?}(ReplyEnum):
    """The reply codes of {name} by name; a code with two senses has two names, the base sense's first.

    >>> from replycode import {id:?}
    >>> {id:?}({code}) is {id:?}.{first}, {id:?}.{first} == {code}
    (True, True)
    """

    __module__ = "replycode"
    __protocol__ = "{id}"

"#,
            name = *protocol.name,
        );
        for (name, code) in &members {
            let _ = writeln!(out, "    {name} = {code}");
        }
    }
    out
}
