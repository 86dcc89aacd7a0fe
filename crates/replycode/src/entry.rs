//! One thing the catalogue has texts for.

use core::fmt;

use crate::id_enum::id_enum;
use crate::tables::{EntryRow, Pool, Section, Span, TextKind};
use crate::{Catalog, Command, Enhanced, Lang, Status, Verdict};

id_enum! {
    /// What an [`Entry`] describes.
    ///
    /// ```
    /// use replycode::EntryKind;
    /// assert_eq!(EntryKind::Severity.id(), "severity");
    /// ```
    pub enum EntryKind as "entry kind" {
        /// A meaning of a reply code, defined or named by an RFC.
        Sense = 1 => "sense",
        /// A meaning seen on the wire that no RFC defines so.
        Field = 2 => "field",
        /// What a first digit says.
        Severity = 3 => "severity",
        /// What a second digit says.
        Category = 4 => "category",
        /// A number that is no reply of a server.
        NotReply = 5 => "not_reply",
        /// The class of an enhanced status code.
        EnhancedClass = 6 => "enhanced_class",
        /// The subject of an enhanced status code.
        EnhancedSubject = 7 => "enhanced_subject",
        /// A registered detail of an enhanced status code.
        EnhancedDetail = 8 => "enhanced_detail",
        /// What really went wrong.
        Cause = 9 => "cause",
        /// A way in which a server's reply deviates from the RFC.
        Note = 10 => "note",
        /// A reason for which bytes are no reply.
        Malformed = 11 => "malformed",
    }
}

/// One thing the catalogue has texts for: a sense of a reply code, a severity, an enhanced detail, ...
///
/// A small handle, copied freely; the texts live in the catalogue for ever. A text that does not exist, was left out
/// of the build, or is asked for in a language that the catalogue lacks is empty.
///
/// ```
/// # #[cfg(feature = "tables")] {
/// use replycode::{lookup, Lang, Protocol};
///
/// let busy = lookup(Protocol::Ftp, 425).unwrap().entry();
/// assert_eq!(busy.id(), "data_connection_failed");
/// assert_eq!(busy.phrase(), "Can't open data connection.");
/// assert_eq!(busy.source().to_string(), "RFC 959, section 4.2.2");
/// assert!(busy.title(Lang::JA).contains("データ接続"));
/// # }
/// ```
#[derive(Clone, Copy)]
pub struct Entry {
    catalog: &'static Catalog,
    key: Key,
}

/// An entry in a catalogue that the context tells: its kind, and its number within its section.
///
/// What decides something goes by keys, with the catalogue as `self` only. A reference to the catalogue inside values
/// would keep firmware from doing without the struct that it refers to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Key {
    pub(crate) kind: EntryKind,
    pub(crate) number: u16,
}

impl Key {
    #[inline]
    fn section(self) -> Section {
        match self.kind {
            EntryKind::EnhancedClass | EntryKind::EnhancedSubject | EntryKind::EnhancedDetail => Section::Enhanced,
            EntryKind::Cause => Section::Causes,
            _ => Section::Main,
        }
    }
}

impl Catalog {
    #[inline]
    pub(crate) fn entry(&'static self, key: Key) -> Entry {
        Entry { catalog: self, key }
    }

    /// The rows of a key's section.
    #[inline]
    fn rows(&self, key: Key) -> &'static [EntryRow] {
        #[cfg(feature = "site")]
        if let (Section::Causes, Some(causes)) = (key.section(), self.causes) {
            return causes.rows;
        }
        (self.tables.entries)(key.section())
    }

    #[inline]
    pub(crate) fn row(&self, key: Key) -> &'static EntryRow {
        const NOTHING: EntryRow = EntryRow {
            rfc: 0,
            since: 0,
            status: Status::Current,
            verdict: None,
            senses: 0,
            field: 0,
            commands: Span { start: 0, len: 0 },
            enhanced: Span { start: 0, len: 0 },
            codes: Span { start: 0, len: 0 },
        };
        self.rows(key).get(usize::from(key.number)).unwrap_or(&NOTHING)
    }

    /// The entry with this [handle](Entry::handle).
    #[doc(hidden)]
    #[inline]
    pub fn entry_of_handle(&'static self, handle: u16) -> Option<Entry> {
        let kind = EntryKind::from_number((handle >> Entry::NUMBER_BITS) as u8)?;
        let entry = self.entry(Key { kind, number: handle & Entry::NUMBER_MAX });
        if entry.exists() { Some(entry) } else { None }
    }
}

impl Entry {
    #[inline]
    fn row(self) -> &'static EntryRow {
        self.catalog.row(self.key)
    }

    /// The pool with a kind of text, and this entry's number in it: for bindings that hand out bytes.
    #[doc(hidden)]
    #[inline]
    pub fn pool(self, kind: TextKind, lang: Lang) -> (Pool, u16) {
        #[cfg(feature = "site")]
        if let (Section::Causes, Some(causes)) = (self.key.section(), self.catalog.causes) {
            return (causes.pool(kind, lang), self.key.number);
        }
        ((self.catalog.tables.texts)(self.key.section(), kind, lang), self.key.number)
    }

    #[inline]
    fn text(self, kind: TextKind, lang: Lang) -> &'static str {
        let (pool, number) = self.pool(kind, lang);
        pool.get(number)
    }

    /// What this entry describes.
    pub const fn kind(self) -> EntryKind {
        self.key.kind
    }

    /// The number of the entry within its section, for bindings. Not stable: use [`id`](Self::id).
    #[doc(hidden)]
    pub const fn number(self) -> u16 {
        self.key.number
    }

    /// How many bits of a handle are the number; the others are the kind.
    pub(crate) const NUMBER_BITS: u32 = 12;
    /// The largest number that a handle holds; the generator makes no larger one.
    pub(crate) const NUMBER_MAX: u16 = (1 << Self::NUMBER_BITS) - 1;

    /// The entry as one number for bindings, 0 for an entry that the catalogue lacks. Not stable, like the number.
    #[doc(hidden)]
    #[inline]
    pub fn handle(self) -> u16 {
        if self.exists() { (self.key.kind as u16) << Self::NUMBER_BITS | self.key.number } else { 0 }
    }

    /// Whether the catalogue has it: it may lack, say, the entry of a severity.
    #[inline]
    fn exists(self) -> bool {
        usize::from(self.key.number) < self.catalog.rows(self.key).len()
    }

    /// The stable id, for instance `mailbox_unavailable`. Unique within the protocol, or within the enhanced codes.
    pub fn id(self) -> &'static str {
        self.text(TextKind::Id, Lang::ANY)
    }

    /// The RFC's canonical words, exactly; for a field entry the server's. Empty where no RFC prints any.
    pub fn phrase(self) -> &'static str {
        self.text(TextKind::Phrase, Lang::ANY)
    }

    /// Other words for the same thing: further RFC texts, names that customers know from elsewhere.
    pub fn aliases(self) -> impl Iterator<Item = &'static str> + Clone {
        self.text(TextKind::Aliases, Lang::ANY).split('\n').filter(|alias| !alias.is_empty())
    }

    /// One line for a status page, at most 32 columns (a Japanese character takes two).
    pub fn title(self, lang: Lang) -> &'static str {
        self.text(TextKind::Title, lang)
    }

    /// What it means, in one or two sentences.
    pub fn meaning(self, lang: Lang) -> &'static str {
        self.text(TextKind::Meaning, lang)
    }

    /// What a technician should check or change, the likeliest first. Empty for a category.
    pub fn action(self, lang: Lang) -> &'static str {
        self.text(TextKind::Action, lang)
    }

    /// Background worth knowing: history, servers that use it differently. Often empty.
    pub fn note(self, lang: Lang) -> &'static str {
        self.text(TextKind::Note, lang)
    }

    /// Where the fact comes from.
    pub fn source(self) -> Source {
        Source { rfc: self.row().rfc, place: self.text(TextKind::Source, Lang::ANY) }
    }

    /// The RFC that first had it, where an older one did.
    ///
    /// ```
    /// # #[cfg(feature = "tables")] {
    /// # use replycode::{lookup, Protocol};
    /// assert_eq!(lookup(Protocol::Smtp, 535).unwrap().entry().since(), Some(2554));
    /// # }
    /// ```
    pub fn since(self) -> Option<u16> {
        Some(self.row().since).filter(|&rfc| rfc != 0)
    }

    /// How current it is.
    pub fn status(self) -> Status {
        self.row().status
    }

    /// What to do with the same attempt; `None` for a category or a subject, which say nothing about that.
    pub fn verdict(self) -> Option<Verdict> {
        self.row().verdict
    }

    /// The verbs this sense answers, upper case; empty means any.
    ///
    /// ```
    /// # #[cfg(feature = "tables")] {
    /// # use replycode::{lookup, Protocol};
    /// let reply = lookup(Protocol::Smtp, 454).unwrap();
    /// let verbs: Vec<_> = reply.senses().flat_map(|sense| sense.commands()).collect();
    /// assert_eq!(verbs, ["STARTTLS", "AUTH"]);
    /// # }
    /// ```
    pub fn commands(self) -> impl Iterator<Item = &'static str> + Clone {
        self.answered().map(Command::verb)
    }

    /// [`commands`](Self::commands) as handles.
    #[doc(hidden)]
    pub fn answered(self) -> impl ExactSizeIterator<Item = Command> + Clone {
        let catalog = self.catalog;
        // A span of places in the list of commands, so that a command needs no protocol to be found.
        let places = self.row().commands.of(catalog.tables.entry_commands);
        places.iter().map(move |&place| Command { catalog, place })
    }

    /// The enhanced status codes that belong to this sense.
    ///
    /// ```
    /// # #[cfg(feature = "tables")] {
    /// # use replycode::{lookup, Protocol};
    /// let credentials = lookup(Protocol::Smtp, 535).unwrap().entry();
    /// assert_eq!(credentials.enhanced()[0].to_string(), "5.7.8");
    /// # }
    /// ```
    pub fn enhanced(self) -> &'static [Enhanced] {
        self.row().enhanced.of(self.catalog.tables.entry_enhanced)
    }

    /// The basic reply codes that the registry associates with this enhanced detail.
    pub fn codes(self) -> &'static [u16] {
        self.row().codes.of(self.catalog.tables.entry_codes)
    }
}

impl PartialEq for Entry {
    fn eq(&self, other: &Entry) -> bool {
        core::ptr::eq(self.catalog, other.catalog) && self.key == other.key
    }
}

impl Eq for Entry {}

impl fmt::Debug for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Entry({} {})", self.kind(), self.id())
    }
}

/// Where a fact comes from: an RFC and its section, or where it was seen.
///
/// ```
/// # #[cfg(feature = "tables")] {
/// use replycode::{lookup, Protocol};
/// let source = lookup(Protocol::Smtp, 421).unwrap().entry().source();
/// assert_eq!((source.rfc(), source.place()), (Some(5321), "4.2.3"));
/// # }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Source {
    rfc: u16,
    place: &'static str,
}

impl Source {
    /// The number of the RFC, if one defines it.
    pub const fn rfc(self) -> Option<u16> {
        if self.rfc == 0 { None } else { Some(self.rfc) }
    }

    /// The section of the RFC, or where it was seen.
    pub const fn place(self) -> &'static str {
        self.place
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.rfc, self.place) {
            (0, place) => f.write_str(place),
            (rfc, "") => write!(f, "RFC {rfc}"),
            (rfc, section) => write!(f, "RFC {rfc}, section {section}"),
        }
    }
}
