//! The layout of a catalogue's tables: what the generator and [`replycode-macros`](https://docs.rs/replycode-macros)
//! fill in, and nothing else constructs. It changes with every version of the generator; the stable way to read a
//! catalogue is [`Catalog`](crate::Catalog) and what it returns.
//!
//! Two rules shape it. Text lies in one byte pool a section, kind and language, found by a `u16` offset: no pointer
//! table, so firmware needs neither relocations nor RAM, and a linker can drop the kinds that nobody calls. And a
//! reply is found by one load from an index, whatever the code.
//!
//! [`Tables`] itself is made of references, but where the whole program is optimised together none is left: each
//! becomes the address that it holds. For the same reason a choice between tables is a function: the optimiser looks
//! through a `match`, but would turn a choice between two fields into arithmetic on their addresses.

use crate::{Enhanced, Lang, Status, Verdict};

mod diagnosis;
#[cfg(feature = "site")]
mod site;

pub use diagnosis::{
    ANY_DETAIL, CauseRow, DiagnosisRules, DiagnosisTables, GROUPS, NO_CAUSE, RuleMask, RuleRow, op, pattern, scope,
};
#[cfg(feature = "site")]
pub use site::CauseTexts;

/// The length of the index: 0..=659, every code that either protocol's grammar allows. The first 100 places are never
/// used; they save a subtraction in each lookup.
pub const INDEX_LEN: usize = 660;

/// Everything a catalogue says, as data.
#[derive(Debug)]
pub struct Tables {
    /// The catalogue's version, as written in the YAML.
    pub version: &'static str,
    /// SHA-256 of the canonical model, 64 hexadecimal digits.
    pub digest: &'static str,
    /// The languages, by number.
    pub languages: &'static [Lang],
    /// The tags of `languages`, in the same order.
    pub language_ids: Pool,
    /// The names of `languages`, in the same order.
    pub language_names: Pool,
    /// By code and protocol number: the code's first entry in [`Section::Main`], or 0, which is no reply's. There its senses
    /// begin, the base one first, then what was seen in the field; [`EntryRow`] says how many there are.
    pub index: &'static [[u16; 2]; INDEX_LEN],
    /// By protocol number and first digit: the entry in [`Section::Main`].
    pub severities: &'static [[u16; 10]; 2],
    /// By protocol number and second digit: the entry in [`Section::Main`].
    pub categories: &'static [[u16; 10]; 2],
    /// Numbers that are no reply, ascending; the first, number 0, stands for any other.
    pub not_replies: &'static [NotReplyRow],
    /// By number of a [`Note`](crate::Note): the entry in [`Section::Main`], or [`NONE`]; empty if there are none.
    pub notes: &'static [u16],
    /// By number of a [`MalformedReason`](crate::MalformedReason): as in `notes`.
    pub malformed: &'static [u16],
    /// What is known of each entry of a section besides its texts.
    pub entries: fn(Section) -> &'static [EntryRow],
    /// The pool of a kind of text, in a language where the kind has one.
    pub texts: fn(Section, TextKind, Lang) -> Pool,
    /// Classes, by class digit 2, 4, 5: the entry in [`Section::Enhanced`], or [`NONE`].
    pub classes: &'static [u16; 3],
    /// Subjects, by number 0..=7: the entry in [`Section::Enhanced`], or [`NONE`].
    pub subjects: &'static [u16; 8],
    /// Registered details, ascending by subject and detail.
    pub details: &'static [DetailRow],
    /// Commands, ascending by protocol and number.
    pub commands: &'static [CommandRow],
    /// The verbs of `commands`, in the same order.
    pub verbs: Pool,
    /// Which codes answer which command, ascending by protocol, command and code.
    pub flows: &'static [FlowRow],
    /// The commands named by entries, found by [`EntryRow::commands`].
    pub entry_commands: &'static [u8],
    /// The enhanced codes named by senses, found by [`EntryRow::enhanced`].
    pub entry_enhanced: &'static [Enhanced],
    /// The basic codes named by enhanced details, found by [`EntryRow::codes`].
    pub entry_codes: &'static [u16],
    /// Causes and the rules that lead to them; empty where the catalogue has none or the build left them out.
    pub diagnosis: DiagnosisTables,
}

/// "No such entry" in a table of entry numbers.
pub const NONE: u16 = u16::MAX;

/// A language of a catalogue.
#[derive(Clone, Copy, Debug)]
pub struct Language {
    /// Its handle.
    pub lang: Lang,
    /// Its tag (BCP 47), for instance `ja`.
    pub id: &'static str,
    /// Its name in itself, for instance `日本語`.
    pub name: &'static str,
}

/// A number that is no reply.
#[derive(Clone, Copy, Debug)]
pub struct NotReplyRow {
    /// The number.
    pub number: u16,
    /// Its entry in [`Section::Main`].
    pub entry: u16,
}

/// A registered enhanced detail.
#[derive(Clone, Copy, Debug)]
pub struct DetailRow {
    /// The subject.
    pub subject: u16,
    /// The detail.
    pub detail: u16,
    /// Its entry in [`Section::Enhanced`].
    pub entry: u16,
}

/// A command.
#[derive(Clone, Copy, Debug)]
pub struct CommandRow {
    /// The protocol's number.
    pub protocol: u8,
    /// The command's number within the protocol.
    pub number: u8,
}

/// One code that a command may be answered with.
#[derive(Clone, Copy, Debug)]
pub struct FlowRow {
    /// The protocol's number.
    pub protocol: u8,
    /// The command's number.
    pub command: u8,
    /// The code.
    pub code: u16,
}

/// A section of the entries, with entry numbers and pools of its own, which keeps the pools below 64 KiB.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    /// Replies: senses, severities, categories, numbers that are no reply; notes and reasons of the parser.
    Main,
    /// Enhanced status codes: classes, subjects, details.
    Enhanced,
    /// Causes. The steps of an action are separated by line feeds.
    Causes,
}

/// A kind of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextKind {
    /// The stable id; no language.
    Id,
    /// The RFC's canonical words, or the server's; no language.
    Phrase,
    /// The section of the RFC, or where it was seen; no language.
    Source,
    /// Other words for the same, separated by line feeds; no language.
    Aliases,
    /// One line, for a status page.
    Title,
    /// One or two sentences.
    Meaning,
    /// What to check or change.
    Action,
    /// Background: history, other uses of the number.
    Note,
}

/// What is known of an entry besides its texts.
#[derive(Clone, Copy, Debug)]
pub struct EntryRow {
    /// The RFC that defines it, 0 for none.
    pub rfc: u16,
    /// The RFC that first had it, 0 for none.
    pub since: u16,
    /// How current it is.
    pub status: Status,
    /// What to do; none for a category or a subject, which say nothing about that.
    pub verdict: Option<Verdict>,
    /// In the first entry of a reply code: how many senses the code has. Elsewhere 0.
    pub senses: u8,
    /// In the first entry of a reply code: how many field entries follow the senses. Elsewhere 0.
    pub field: u8,
    /// The commands it answers, in [`Tables::entry_commands`]; empty for any.
    pub commands: Span,
    /// Its enhanced codes, in [`Tables::entry_enhanced`].
    pub enhanced: Span,
    /// Its basic codes, in [`Tables::entry_codes`].
    pub codes: Span,
}

/// A part of a list.
#[derive(Clone, Copy, Debug)]
pub struct Span {
    /// Where it begins.
    pub start: u16,
    /// How long it is.
    pub len: u8,
}

impl Span {
    /// That part of the list; empty where it lies outside.
    pub(crate) fn of<T>(self, list: &'static [T]) -> &'static [T] {
        let start = usize::from(self.start);
        list.get(start..start + usize::from(self.len)).unwrap_or(&[])
    }
}

/// Texts one after the other, each with a NUL behind it (for C; it is no part of the text).
#[derive(Clone, Copy, Debug)]
pub struct Pool {
    /// The texts.
    pub text: &'static str,
    /// Where each text begins, and at the end where one more would begin: see [`check`](Self::check).
    pub starts: &'static [u16],
}

impl Pool {
    /// A pool without texts: what was left out of a build.
    pub const EMPTY: Pool = Pool { text: "", starts: &[] };

    /// Refuses places at which no text begins. For constants, where the panic stops the compiler; every generated pool
    /// has been through it.
    pub const fn check(self) {
        let (bytes, starts) = (self.text.as_bytes(), self.starts);
        assert!(!starts.is_empty() && starts[0] == 0 && starts[starts.len() - 1] as usize == bytes.len());
        let mut number = 1;
        while number < starts.len() {
            assert!(starts[number] > starts[number - 1] && bytes[starts[number] as usize - 1] == 0);
            number += 1;
        }
    }

    /// A text by number, empty where there is none.
    #[inline]
    pub fn get(self, number: u16) -> &'static str {
        let number = usize::from(number);
        let (Some(start), Some(next)) = (self.starts.get(number), self.starts.get(number + 1)) else {
            return "";
        };
        self.text.get(usize::from(*start)..usize::from(*next).wrapping_sub(1)).unwrap_or("")
    }

    /// Where a text by number lies, with a NUL behind it, for C; `None` where there is none.
    #[inline]
    pub fn address(self, number: u16) -> Option<*const u8> {
        let number = usize::from(number);
        // The last place is the end, where no text begins.
        self.starts.get(number + 1)?;
        let start = self.starts.get(number)?;
        // Within the text, as `check` has seen to; a comparison here would be a tenth of the time that a lookup takes.
        Some(self.text.as_ptr().wrapping_add(usize::from(*start)))
    }
}

/// Where the texts of a pool begin, and where one more would.
pub const fn starts<const N: usize>(text: &str) -> [u16; N] {
    let bytes = text.as_bytes();
    let mut starts = [0; N];
    let (mut place, mut number) = (0, 1);
    while place < bytes.len() {
        place += 1;
        if bytes[place - 1] == 0 {
            starts[number] = place as u16;
            number += 1;
        }
    }
    starts
}

#[cfg(test)]
mod tests {
    use super::Pool;

    #[test]
    fn a_pool_is_total() {
        const POOL: Pool = Pool { text: "one\0\0三\0", starts: &[0, 4, 5, 9] };
        const { POOL.check() };
        assert_eq!([0, 1, 2, 3, 4, u16::MAX].map(|i| POOL.get(i)), ["one", "", "三", "", "", ""]);
        let places =
            [0, 1, 2, 3, 4, u16::MAX].map(|i| POOL.address(i).map(|at| at as usize - POOL.text.as_ptr() as usize));
        assert_eq!(places, [Some(0), Some(4), Some(5), None, None, None]);
        assert_eq!((Pool::EMPTY.get(0), Pool::EMPTY.address(0)), ("", None));
    }

    #[test]
    fn places_where_no_text_begins_are_refused() {
        for starts in [&[][..], &[1, 4], &[0, 3, 4], &[0, 4, 4], &[0, 4, 5], &[4, 0]] {
            let pool = Pool { text: "one\0", starts };
            std::panic::catch_unwind(|| pool.check()).unwrap_err();
        }
        Pool { text: "one\0", starts: &[0, 4] }.check();
        Pool { text: "", starts: &[0] }.check();
    }
}
