//! A catalogue, and finding a reply in it.

use core::fmt;

use crate::entry::Key;
use crate::tables::{CommandRow, INDEX_LEN, Language, NONE, Pool, Tables};
use crate::{Category, Entry, EntryKind, MalformedReason, Note, Protocol, ReplyCode, Severity};

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
    /// Causes that take the place of those in the tables.
    #[cfg(feature = "site")]
    pub(crate) causes: Option<&'static crate::tables::CauseTexts>,
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
    pub(crate) catalog: &'static Catalog,
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

    /// The pool with the verbs, and this one's number in it: for bindings that hand out bytes.
    #[doc(hidden)]
    pub fn pool(self) -> (Pool, u16) {
        (self.catalog.tables.verbs, u16::from(self.place))
    }

    /// Its stable number within the protocol.
    pub fn number(self) -> u8 {
        self.row().number
    }

    /// The command as one number, never 0, for bindings: stable, as its parts are.
    #[doc(hidden)]
    pub fn handle(self) -> u16 {
        self.row().handle()
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
        Catalog {
            tables,
            #[cfg(feature = "site")]
            causes: None,
        }
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
        let Tables { languages, language_ids: ids, language_names: names, .. } = &self.tables;
        languages.iter().enumerate().map(|(place, &lang)| {
            let place = place as u16;
            Language { lang, id: ids.get(place), name: names.get(place) }
        })
    }

    /// The pool with the tags and the pool with the names of the languages, and a language's number in both: for
    /// bindings that hand out bytes.
    #[doc(hidden)]
    pub fn language_pools(&self, lang: Lang) -> (Pool, Pool, u16) {
        let Tables { languages, language_ids, language_names, .. } = &self.tables;
        let place = languages.iter().take_while(|&&other| other != lang).count();
        (*language_ids, *language_names, place as u16)
    }

    /// The language with this tag.
    ///
    /// ```
    /// # #[cfg(feature = "tables")]
    /// assert_eq!(replycode::CATALOG.lang("tlh"), None);
    /// ```
    pub fn lang(&self, id: &str) -> Option<Lang> {
        self.languages().find(|language| language.id == id).map(|language| language.lang)
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
        match self.first(protocol, code) {
            Some(first) => Some(Listing { catalog: self, protocol, code, first }),
            None => None,
        }
    }

    /// The number of a code's first entry.
    #[inline]
    const fn first(&self, protocol: Protocol, code: u16) -> Option<u16> {
        if code as usize >= INDEX_LEN {
            return None;
        }
        match self.tables.index[code as usize][protocol as usize] {
            0 => None,
            first => Some(first),
        }
    }

    /// The entries of a code.
    #[inline]
    pub(crate) fn run(&self, protocol: Protocol, code: u16) -> Option<Run> {
        self.first(protocol, code).map(|first| self.run_from(first))
    }

    #[inline]
    fn run_from(&self, first: u16) -> Run {
        let row = self.row(Key { kind: EntryKind::Sense, number: first });
        Run { first, senses: row.senses, field: row.field }
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
        self.entry(self.severity_of_digit(protocol, digit))
    }

    pub(crate) fn severity_of_digit(&self, protocol: Protocol, digit: u8) -> Key {
        let number = self.tables.severities[protocol as usize].get(usize::from(digit));
        Key { kind: EntryKind::Severity, number: number.copied().unwrap_or(NONE) }
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
        self.entry(Key { kind: EntryKind::Category, number })
    }

    /// The entry for a note on a reply: what the server does wrong, and what to do about it. Its texts are empty in a
    /// catalogue that lists no notes.
    ///
    /// ```
    /// # #[cfg(feature = "tables")] {
    /// use replycode::{CATALOG, Lang, Note, Protocol, parse};
    /// let reply = parse(Protocol::Smtp, b"220 ready\n")?;
    /// let titles: Vec<_> = reply.notes().iter().map(|note| CATALOG.note(note).title(Lang::EN)).collect();
    /// assert_eq!(titles, ["Lines end with bare line feeds"]);
    /// assert_eq!(CATALOG.note(Note::BareLf).id(), Note::BareLf.id());
    /// # }
    /// # Ok::<(), replycode::Malformed>(())
    /// ```
    pub fn note(&'static self, note: Note) -> Entry {
        self.entry(Key { kind: EntryKind::Note, number: member(self.tables.notes, note.number()) })
    }

    /// The entry for a reason for which bytes are no reply. Its texts are empty in a catalogue that lists no reasons.
    ///
    /// ```
    /// # #[cfg(feature = "tables")] {
    /// use replycode::{CATALOG, Lang, MalformedReason, Protocol, parse};
    /// let malformed = parse(Protocol::Ftp, b"220OK\r\n").unwrap_err();
    /// let entry = CATALOG.malformed(malformed.reason());
    /// assert_eq!(entry.title(Lang::EN), "No space after the reply code");
    /// assert_eq!(entry.id(), MalformedReason::BadSeparator.id());
    /// # }
    /// ```
    pub fn malformed(&'static self, reason: MalformedReason) -> Entry {
        self.entry(Key { kind: EntryKind::Malformed, number: member(self.tables.malformed, reason.number()) })
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
        self.command_of_bytes(protocol, verb.as_bytes())
    }

    /// [`command`](Self::command) for bindings that hold bytes.
    #[doc(hidden)]
    #[inline]
    pub fn command_of_bytes(&'static self, protocol: Protocol, verb: &[u8]) -> Option<Command> {
        self.place_of_verb(protocol, verb).map(|place| Command { catalog: self, place })
    }

    /// The place of a command in the list of commands, for what must do without a reference to the catalogue.
    #[doc(hidden)]
    pub fn place_of_verb(&self, protocol: Protocol, verb: &[u8]) -> Option<u8> {
        for (place, row) in (0..u8::MAX).zip(self.tables.commands) {
            let own = self.tables.verbs.get(u16::from(place));
            if row.protocol == protocol.number() && own.as_bytes().eq_ignore_ascii_case(verb) {
                return Some(place);
            }
        }
        None
    }

    /// The [handle](Command::handle) of the command at a place in the list of commands, 0 past the end.
    #[doc(hidden)]
    #[inline]
    pub fn handle_of_place(&self, place: u8) -> u16 {
        self.tables.commands.get(usize::from(place)).map_or(0, |row| row.handle())
    }

    /// The command with this [handle](Command::handle).
    #[doc(hidden)]
    #[inline]
    pub fn command_of_handle(&'static self, handle: u16) -> Option<Command> {
        if handle == 0 {
            return None;
        }
        let mut rows = (0..u8::MAX).zip(self.tables.commands);
        let (place, _) = rows.find(|(_, row)| row.handle() == handle)?;
        Some(Command { catalog: self, place })
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

/// The entry of a member of a vocabulary.
fn member(entries: &[u16], number: u8) -> u16 {
    entries.get(usize::from(number)).copied().unwrap_or(NONE)
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
    code: u16,
    /// The number of its first entry.
    first: u16,
}

impl Listing {
    #[inline]
    fn run(self) -> Run {
        self.catalog.run_from(self.first)
    }

    fn entries(self, kind: EntryKind, first: u16, len: u8) -> impl ExactSizeIterator<Item = Entry> + Clone {
        let catalog = self.catalog;
        (0..u16::from(len)).map(move |i| catalog.entry(Key { kind, number: first + i }))
    }

    /// The n-th of all entries, senses before field entries, for bindings.
    #[doc(hidden)]
    #[inline]
    pub fn nth(self, n: u16) -> Option<Entry> {
        self.run().key(n).map(|key| self.catalog.entry(key))
    }

    /// The protocol.
    pub const fn protocol(self) -> Protocol {
        self.protocol
    }

    /// The code.
    pub fn code(self) -> ReplyCode {
        ReplyCode::new(self.code).unwrap_or(ReplyCode::MAX)
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
        self.catalog.entry(self.run().base())
    }

    /// The meanings that RFCs give the code, the base one first; empty for a code that only the field uses.
    pub fn senses(self) -> impl ExactSizeIterator<Item = Entry> + Clone {
        let run = self.run();
        self.entries(EntryKind::Sense, run.first, run.senses)
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
        let run = self.run();
        self.entries(EntryKind::Field, run.first + u16::from(run.senses), run.field)
    }
}

impl fmt::Debug for Listing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Listing({} {})", self.protocol, self.code())
    }
}

impl PartialEq for Listing {
    fn eq(&self, other: &Listing) -> bool {
        core::ptr::eq(self.catalog, other.catalog) && self.protocol == other.protocol && self.code == other.code
    }
}

impl Eq for Listing {}

/// The entries of one code: its senses, the base one first, then what was seen in the field.
#[derive(Clone, Copy)]
pub(crate) struct Run {
    first: u16,
    senses: u8,
    field: u8,
}

impl Run {
    /// The entry to show when nothing but the code is known.
    #[inline]
    pub(crate) fn base(self) -> Key {
        let kind = if self.senses > 0 { EntryKind::Sense } else { EntryKind::Field };
        Key { kind, number: self.first }
    }

    /// The n-th entry, senses before field entries.
    #[inline]
    pub(crate) fn key(self, n: u16) -> Option<Key> {
        let senses = u16::from(self.senses);
        let kind = if n < senses { EntryKind::Sense } else { EntryKind::Field };
        if n < senses + u16::from(self.field) { Some(Key { kind, number: self.first + n }) } else { None }
    }
}

impl CommandRow {
    #[inline]
    fn handle(&self) -> u16 {
        (u16::from(self.protocol) + 1) << 8 | u16::from(self.number)
    }
}
