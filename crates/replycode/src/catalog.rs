//! A catalogue, and finding a reply in it.

use core::fmt;

use crate::tables::{CommandRow, INDEX_LEN, Language, ReplyRow, Tables};
use crate::{Category, Entry, EntryKind, Protocol, ReplyCode, Severity};

/// A catalogue: what every reply code means.
///
/// The crate's own is [`CATALOG`](crate::CATALOG); `replycode-macros` makes one from a YAML file of yours. Both are
/// statics, and everything that a catalogue returns is a small handle into it.
///
/// ```
/// # #[cfg(feature = "tables")] {
/// use replycode::{CATALOG, Lang, Protocol};
///
/// let reply = CATALOG.lookup(Protocol::Smtp, 550).unwrap();
/// assert_eq!(reply.entry().id(), "mailbox_unavailable");
/// assert_eq!(CATALOG.lang("ja"), Some(Lang::JA));
/// # }
/// ```
#[derive(Debug)]
pub struct Catalog {
    pub(crate) tables: Tables,
}

/// A language of a catalogue, by its number there. Numbers are stable: 0 is English in the crate's own catalogue.
///
/// ```
/// # #[cfg(feature = "tables")] {
/// use replycode::{CATALOG, Lang};
/// let names: Vec<_> = CATALOG.languages().map(|language| (language.id, language.name)).collect();
/// assert_eq!(names, [("en", "English"), ("ja", "日本語")]);
/// assert_eq!(Lang::JA.number(), 1);
/// # }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Lang(u8);

impl Lang {
    /// For texts that have no language.
    pub(crate) const ANY: Lang = Lang(0);

    /// The language with this number. A number that a catalogue does not have gives empty texts.
    ///
    /// ```
    /// assert_eq!(replycode::Lang::new(1).number(), 1);
    /// ```
    pub const fn new(number: u8) -> Self {
        Lang(number)
    }

    /// Its number.
    pub const fn number(self) -> u8 {
        self.0
    }
}

/// A command of a protocol, as the catalogue knows it.
///
/// ```
/// # #[cfg(feature = "tables")] {
/// use replycode::{CATALOG, Protocol};
/// let command = CATALOG.command(Protocol::Smtp, "starttls").unwrap();
/// assert_eq!(command.verb(), "STARTTLS");
/// assert_eq!(CATALOG.command(Protocol::Ftp, "STARTTLS"), None);
/// # }
/// ```
#[derive(Clone, Copy)]
pub struct Command {
    catalog: &'static Catalog,
    /// The place in the list of commands.
    pub(crate) place: u8,
}

impl Command {
    fn row(self) -> CommandRow {
        const NOTHING: CommandRow = CommandRow { protocol: u8::MAX, number: u8::MAX };
        self.catalog.tables.commands.get(usize::from(self.place)).copied().unwrap_or(NOTHING)
    }

    /// The verb, upper case; `connect` and `data-end` are no verbs but moments that a server answers, too.
    pub fn verb(self) -> &'static str {
        self.catalog.tables.verbs.get(u16::from(self.place))
    }

    /// Its stable number within the protocol.
    pub fn number(self) -> u8 {
        self.row().number
    }

    pub(crate) fn protocol(self) -> u8 {
        self.row().protocol
    }
}

impl PartialEq for Command {
    fn eq(&self, other: &Command) -> bool {
        core::ptr::eq(self.catalog, other.catalog) && self.place == other.place
    }
}

impl Eq for Command {}

impl fmt::Debug for Command {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Command({})", self.verb())
    }
}

impl Catalog {
    /// A catalogue over generated tables.
    #[doc(hidden)]
    pub const fn new(tables: Tables) -> Self {
        Catalog { tables }
    }

    /// The version written in the YAML, for instance `2026.11.0`.
    ///
    /// ```
    /// # #[cfg(feature = "tables")]
    /// assert_eq!(replycode::CATALOG.version(), replycode::CATALOG_VERSION);
    /// ```
    pub const fn version(&self) -> &'static str {
        self.tables.version
    }

    /// SHA-256 of everything that the catalogue says, 64 hexadecimal digits: two builds with equal digests say the
    /// same.
    ///
    /// ```
    /// # #[cfg(feature = "tables")]
    /// assert_eq!(replycode::CATALOG.digest().len(), 64);
    /// ```
    pub const fn digest(&self) -> &'static str {
        self.tables.digest
    }

    /// The languages, in the order of their numbers.
    pub fn languages(&self) -> impl ExactSizeIterator<Item = Language> + Clone {
        self.tables.languages.iter().copied()
    }

    /// The language with this tag.
    ///
    /// ```
    /// # #[cfg(feature = "tables")]
    /// assert_eq!(replycode::CATALOG.lang("tlh"), None);
    /// ```
    pub fn lang(&self, id: &str) -> Option<Lang> {
        self.tables.languages.iter().find(|language| language.id == id).map(|language| language.lang)
    }

    /// What the catalogue knows of a code: one load from an index, no search.
    ///
    /// `None` for a code that it does not list, and for a number that is no reply code.
    /// [`explain`](Self::explain) answers those as well.
    ///
    /// ```
    /// # #[cfg(feature = "tables")] {
    /// use replycode::{CATALOG, Protocol};
    /// assert_eq!(CATALOG.lookup(Protocol::Ftp, 530).unwrap().entry().phrase(), "Not logged in.");
    /// assert!(CATALOG.lookup(Protocol::Ftp, 599).is_none());
    /// # }
    /// ```
    #[inline]
    pub const fn lookup(&'static self, protocol: Protocol, code: u16) -> Option<Listing> {
        if code as usize >= INDEX_LEN {
            return None;
        }
        match self.tables.index[protocol as usize][code as usize] {
            0 => None,
            slot => Some(Listing { catalog: self, protocol, place: slot - 1 }),
        }
    }

    /// Every code of a protocol, ascending.
    ///
    /// ```
    /// # #[cfg(feature = "tables")] {
    /// use replycode::{CATALOG, Protocol};
    /// let first = CATALOG.listings(Protocol::Ftp).next().unwrap();
    /// assert_eq!(first.code(), 110);
    /// # }
    /// ```
    pub fn listings(&'static self, protocol: Protocol) -> impl Iterator<Item = Listing> + Clone {
        (0..INDEX_LEN as u16).filter_map(move |code| self.lookup(protocol, code))
    }

    /// The entry for a severity: what is said of a code that the catalogue does not list.
    ///
    /// ```
    /// # #[cfg(feature = "tables")] {
    /// use replycode::{CATALOG, Lang, Protocol, Severity};
    /// let entry = CATALOG.severity(Protocol::Smtp, Severity::Transient);
    /// assert_eq!(entry.phrase(), "Transient Negative Completion reply");
    /// assert_eq!(entry.title(Lang::JA), "一時的な否定的完了応答");
    /// # }
    /// ```
    pub fn severity(&'static self, protocol: Protocol, severity: Severity) -> Entry {
        // The first digit that has this severity, or a digit that none has.
        let digit = (0..10).find(|&digit| Severity::of_digit(protocol, digit) == severity).unwrap_or(0);
        self.severity_of_digit(protocol, digit)
    }

    pub(crate) fn severity_of_digit(&'static self, protocol: Protocol, digit: u8) -> Entry {
        let number = self.tables.severities[protocol as usize].get(usize::from(digit)).copied();
        Entry { catalog: self, kind: EntryKind::Severity, number: number.unwrap_or(crate::tables::NONE) }
    }

    /// The entry for a category.
    ///
    /// ```
    /// # #[cfg(feature = "tables")] {
    /// use replycode::{CATALOG, Category, Protocol};
    /// let entry = CATALOG.category(Protocol::Ftp, Category::Authentication);
    /// assert_eq!(entry.phrase(), "Authentication and accounting");
    /// # }
    /// ```
    pub fn category(&'static self, protocol: Protocol, category: Category) -> Entry {
        let digit = (0..10).find(|&digit| Category::of_digit(protocol, digit) == category).unwrap_or(9);
        let number = self.tables.categories[protocol as usize][usize::from(digit)];
        Entry { catalog: self, kind: EntryKind::Category, number }
    }

    /// A command by its verb, in any case; `None` if the catalogue does not list it.
    ///
    /// ```
    /// # #[cfg(feature = "tables")] {
    /// use replycode::{CATALOG, Protocol};
    /// assert_eq!(CATALOG.command(Protocol::Ftp, "stor").unwrap().verb(), "STOR");
    /// # }
    /// ```
    pub fn command(&'static self, protocol: Protocol, verb: &str) -> Option<Command> {
        self.commands(protocol).find(|command| command.verb().eq_ignore_ascii_case(verb))
    }

    /// The commands of a protocol.
    ///
    /// ```
    /// # #[cfg(feature = "tables")] {
    /// use replycode::{CATALOG, Protocol};
    /// assert!(CATALOG.commands(Protocol::Smtp).any(|command| command.verb() == "RCPT"));
    /// # }
    /// ```
    pub fn commands(&'static self, protocol: Protocol) -> impl Iterator<Item = Command> + Clone {
        let places = 0..self.tables.commands.len().min(usize::from(u8::MAX)) as u8;
        places
            .map(move |place| Command { catalog: self, place })
            .filter(move |command| command.protocol() == protocol.number())
    }
}

/// What a catalogue knows of one code.
///
/// ```
/// # #[cfg(feature = "tables")] {
/// use replycode::{Category, Protocol, Severity, lookup};
///
/// let reply = lookup(Protocol::Smtp, 454).unwrap();
/// assert_eq!((reply.severity(), reply.category()), (Severity::Transient, Category::MailSystem));
/// let ids: Vec<_> = reply.senses().map(|sense| sense.id()).collect();
/// assert_eq!(ids, ["tls_unavailable", "auth_temporary_failure"]);
/// # }
/// ```
#[derive(Clone, Copy)]
pub struct Listing {
    catalog: &'static Catalog,
    protocol: Protocol,
    place: u8,
}

impl Listing {
    fn row(self) -> &'static ReplyRow {
        const NOTHING: ReplyRow = ReplyRow { code: 0, first: 0, senses: 0, field: 0 };
        self.catalog.tables.replies.get(usize::from(self.place)).unwrap_or(&NOTHING)
    }

    fn entries(self, kind: EntryKind, first: u16, len: u8) -> impl ExactSizeIterator<Item = Entry> + Clone {
        let catalog = self.catalog;
        (0..u16::from(len)).map(move |i| Entry { catalog, kind, number: first + i })
    }

    /// The protocol.
    pub const fn protocol(self) -> Protocol {
        self.protocol
    }

    /// The code.
    pub fn code(self) -> ReplyCode {
        ReplyCode::new(self.row().code).unwrap_or(ReplyCode::MAX)
    }

    /// What the first digit says.
    pub fn severity(self) -> Severity {
        Severity::of(self.protocol, self.code())
    }

    /// What the second digit says.
    pub fn category(self) -> Category {
        Category::of(self.protocol, self.code())
    }

    /// The entry to show when nothing but the code is known: the base sense, or, for a code that no RFC has, what was
    /// seen in the field.
    #[inline]
    pub fn entry(self) -> Entry {
        let row = self.row();
        let kind = if row.senses > 0 { EntryKind::Sense } else { EntryKind::Field };
        Entry { catalog: self.catalog, kind, number: row.first }
    }

    /// The meanings that RFCs give the code, the base one first; empty for a code that only the field uses.
    pub fn senses(self) -> impl ExactSizeIterator<Item = Entry> + Clone {
        let row = self.row();
        self.entries(EntryKind::Sense, row.first, row.senses)
    }

    /// What servers use the code for beside or against the RFCs.
    ///
    /// ```
    /// # #[cfg(feature = "tables")] {
    /// use replycode::{Lang, Protocol, Status, lookup};
    /// // Hobby servers refuse a password with 430, which no RFC in force defines.
    /// let reply = lookup(Protocol::Ftp, 430).unwrap();
    /// assert_eq!(reply.senses().len(), 0);
    /// assert_eq!(reply.field().next().unwrap().status(), Status::Field);
    /// # }
    /// ```
    pub fn field(self) -> impl ExactSizeIterator<Item = Entry> + Clone {
        let row = self.row();
        self.entries(EntryKind::Field, row.first + u16::from(row.senses), row.field)
    }
}

impl fmt::Debug for Listing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Listing({} {})", self.protocol, self.code())
    }
}

impl PartialEq for Listing {
    fn eq(&self, other: &Listing) -> bool {
        core::ptr::eq(self.catalog, other.catalog) && self.protocol == other.protocol && self.place == other.place
    }
}

impl Eq for Listing {}
