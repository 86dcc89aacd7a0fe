//! A reply taken apart and put together again, for bindings whose users hold a plain structure.

use super::{Body, Reply};
use crate::parser::framing::Framing;
use crate::{Enhanced, Notes, ReplyCode, Rules};

/// What a reply consists of.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct ReplyParts<'a> {
    /// How it was read.
    pub rules: Rules,
    /// [`Reply::code`].
    pub code: ReplyCode,
    /// [`Reply::first_code`].
    pub first_code: ReplyCode,
    /// [`Reply::enhanced`].
    pub enhanced: Option<Enhanced>,
    /// [`Reply::notes`].
    pub notes: Notes,
    /// [`Reply::line_count`].
    pub line_count: u32,
    /// Its bytes as they came, or its lines without codes joined by LF.
    pub bytes: &'a [u8],
    /// Whether the bytes are those that came.
    pub is_raw: bool,
    /// Whether the lines did not fit.
    pub is_truncated: bool,
}

impl<'a> Reply<'a> {
    /// The parts of the reply; `bytes` is empty for a text that is not kept.
    #[doc(hidden)]
    #[inline]
    pub fn parts(&self) -> ReplyParts<'a> {
        let (bytes, is_raw, is_truncated) = match self.body {
            Body::Wire(raw) => (raw, true, false),
            Body::Text { text, truncated } => (text, false, truncated),
        };
        ReplyParts {
            rules: self.framing.rules,
            code: self.code,
            first_code: self.first_code,
            enhanced: self.enhanced(),
            notes: self.notes(),
            line_count: self.line_count(),
            bytes,
            is_raw,
            is_truncated,
        }
    }

    /// The reply that consists of these parts. Whatever they are, everything that is asked of it has an answer.
    #[doc(hidden)]
    #[inline]
    pub fn from_parts(parts: ReplyParts<'a>) -> Self {
        let mut framing = Framing::new(parts.rules);
        framing.enhanced = parts.enhanced;
        framing.notes = parts.notes;
        framing.lines = parts.line_count;
        let body = if parts.is_raw {
            Body::Wire(parts.bytes)
        } else {
            Body::Text { text: parts.bytes, truncated: parts.is_truncated }
        };
        Reply { framing, code: parts.code, first_code: parts.first_code, body }
    }
}

#[cfg(test)]
mod tests {
    use std::format;

    use crate::{Mode, Parser, Protocol, Reply, Rules, parse};

    #[test]
    fn a_reply_is_put_together_again() {
        let rules = Rules::new(Protocol::Smtp).with_mode(Mode::Log);
        let bytes = b" 250-a\n521-5.7.1 b\r\n c\r\n521 5.7.1 d\r\n";
        let raw = parse(rules, bytes).unwrap();
        let mut parser = Parser::<4>::with_rules(rules);
        parser.feed(bytes);
        for reply in [raw, parser.reply().unwrap()] {
            let again = Reply::from_parts(reply.parts());
            assert_eq!(again, reply);
            assert_eq!(format!("{again:?}"), format!("{reply:?}"));
            assert_eq!(again.raw(), reply.raw());
        }
        assert!(parser.reply().unwrap().parts().is_truncated);
    }
}
