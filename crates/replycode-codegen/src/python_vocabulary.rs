//! Python's enums of the core's closed vocabularies: the same ids as in Rust and C.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use replycode::{
    Basis, Category, DiagnosisBasis, EntryKind, Expectation, MalformedReason, Mode, Note, Party, Protocol, Severity,
    Status, Verdict,
};

use crate::layout::Layout;
use replycode_catalog::constant;

/// One vocabulary.
struct Vocabulary {
    /// The name of the class.
    name: &'static str,
    /// The class of `_enums.py` that it extends.
    base: &'static str,
    /// What it is, for people.
    about: &'static str,
    /// The ids.
    words: Vec<&'static str>,
}

macro_rules! vocabulary {
    ($name:ident extends $base:literal: $about:literal) => {
        Vocabulary {
            name: stringify!($name),
            base: $base,
            about: $about,
            words: $name::ALL.iter().map(|word| word.id()).collect(),
        }
    };
}

fn vocabularies() -> [Vocabulary; 13] {
    [
        vocabulary!(Protocol extends "Vocabulary": "The protocol that a reply belongs to. The key of everything is (protocol, code)."),
        vocabulary!(Severity extends "SeverityVocabulary": "What the first digit says (RFC 5321 section 4.2.1, RFC 959 section 4.2, RFC 2228 section 5)."),
        vocabulary!(Category extends "Vocabulary": "What the second digit says (RFC 5321 section 4.2.1, RFC 959 section 4.2)."),
        vocabulary!(Verdict extends "VerdictVocabulary": "What to do with the same attempt."),
        vocabulary!(Status extends "Vocabulary": "How current a meaning is."),
        vocabulary!(EntryKind extends "Vocabulary": "What an Entry describes."),
        vocabulary!(Basis extends "Vocabulary": "What an explanation rests on, from the most to the least specific."),
        vocabulary!(Expectation extends "Vocabulary": "Whether a code is a proper answer to a command."),
        vocabulary!(Mode extends "Vocabulary": "How much of what the RFC forbids a parser accepts. What is as the RFC wants it, all modes read alike."),
        vocabulary!(Note extends "DescribedVocabulary": "One way in which a server's reply deviates from the RFC; the reply is read all the same."),
        vocabulary!(MalformedReason extends "DescribedVocabulary": "Why bytes are no reply."),
        vocabulary!(Party extends "Vocabulary": "Who must act so that the same attempt succeeds."),
        vocabulary!(DiagnosisBasis extends "Vocabulary": "What a diagnosis rests on, the most telling of what the deciding rule asks for."),
    ]
}

pub(crate) fn emit(_: &Layout<'_>) -> String {
    let vocabularies = vocabularies();
    let bases: BTreeSet<_> = vocabularies.iter().map(|vocabulary| vocabulary.base).collect();
    let mut out = String::from("from replycode._enums import (\n");
    for base in bases {
        let _ = writeln!(out, "    {base},");
    }
    out += "    frozen,\n)\n";
    for Vocabulary { name, base, about, words } in vocabularies {
        let Some(id) = words.first() else { continue };
        let _ = write!(
            out,
            r#"

@frozen
class {name}({base}):
    """{about}

    >>> from replycode import {name}
    >>> {name}("{id}"), {name}.{constant} == "{id}"
    (<{name}.{constant}: '{id}'>, True)
    """

    __module__ = "replycode"

"#,
            constant = constant(id)
        );
        for id in words {
            let _ = writeln!(out, "    {} = \"{id}\"", constant(id));
        }
    }
    out
}
