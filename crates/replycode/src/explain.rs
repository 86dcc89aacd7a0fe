//! From a code to the words for it. Total: every number gets an answer, which says what it rests on.

use core::fmt;

use crate::catalog::Run;
use crate::entry::Key;
use crate::id_enum::id_enum;
use crate::tables::{FlowRow, NONE};
use crate::{Catalog, Category, Command, Enhanced, Entry, EntryKind, Lang, Protocol, ReplyCode, Severity, Verdict};

id_enum! {
    /// What an explanation rests on, from the most to the least specific.
    ///
    /// ```
    /// # #[cfg(feature = "tables")] {
    /// use replycode::{Basis, Protocol, explain};
    /// assert_eq!(explain(Protocol::Smtp, 550).basis(), Basis::Sense);
    /// assert_eq!(explain(Protocol::Smtp, 599).basis(), Basis::Severity);
    /// assert_eq!(explain(Protocol::Smtp, 10060).basis(), Basis::NotReply);
    /// # }
    /// ```
    pub enum Basis as "basis" {
        /// A sense of the code.
        Sense = 1 => "sense",
        /// What servers use the code for beside or against the RFCs.
        Field = 2 => "field",
        /// The code is not in the catalogue; the enhanced status code is.
        EnhancedDetail = 3 => "enhanced_detail",
        /// Neither is in the catalogue; the subject of the enhanced status code is.
        EnhancedSubject = 4 => "enhanced_subject",
        /// The code is not in the catalogue; its first digit speaks.
        Severity = 5 => "severity",
        /// The number is no reply code.
        NotReply = 6 => "not_reply",
    }
}

/// What is known besides the code, to choose among its senses.
///
/// ```
/// # #[cfg(feature = "tables")] {
/// use replycode::{CATALOG, Context, Protocol, explain_in};
///
/// let auth = Context { command: CATALOG.command(Protocol::Smtp, "AUTH"), ..Context::default() };
/// assert_eq!(explain_in(Protocol::Smtp, 454, auth).entry().id(), "auth_temporary_failure");
///
/// let throttled = Context { enhanced: "4.3.2".parse().ok(), ..Context::default() };
/// assert_eq!(explain_in(Protocol::Smtp, 432, throttled).entry().id(), "thread_limit_exceeded");
/// # }
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Context {
    /// The command that the reply answers.
    pub command: Option<Command>,
    /// The enhanced status code that came with the reply.
    pub enhanced: Option<Enhanced>,
}

/// An answer to "what does this code mean?".
///
/// ```
/// # #[cfg(feature = "tables")] {
/// use replycode::{Category, Lang, Protocol, Severity, Verdict, explain};
///
/// // 471 is in no RFC: the number is kept and the class speaks for it.
/// let answer = explain(Protocol::Smtp, 599);
/// assert_eq!(answer.code(), 599);
/// assert_eq!(answer.severity(), Severity::Permanent);
/// assert_eq!(answer.category(), Category::Unassigned);
/// assert_eq!(answer.verdict(), Verdict::FixFirst);
/// assert_eq!(answer.title(Lang::JA), "恒久的な否定的完了応答");
/// # }
/// ```
#[derive(Clone, Copy)]
pub struct Explanation {
    catalog: &'static Catalog,
    protocol: Protocol,
    code: u16,
    answer: Answer,
}

impl Explanation {
    /// The protocol asked about.
    pub const fn protocol(self) -> Protocol {
        self.protocol
    }

    /// The number asked about, unchanged.
    pub const fn code(self) -> u16 {
        self.code
    }

    /// What the answer rests on.
    pub const fn basis(self) -> Basis {
        self.answer.basis
    }

    /// The entry that speaks.
    #[inline]
    pub fn entry(self) -> Entry {
        self.catalog.entry(self.answer.key)
    }

    /// Whether the catalogue lists the code, so that the answer speaks of this very code.
    ///
    /// ```
    /// # #[cfg(feature = "tables")] {
    /// use replycode::{Protocol, explain};
    /// assert!(explain(Protocol::Smtp, 550).is_listed());
    /// assert!(!explain(Protocol::Smtp, 599).is_listed());
    /// # }
    /// ```
    pub const fn is_listed(self) -> bool {
        matches!(self.answer.basis, Basis::Sense | Basis::Field)
    }

    /// What the first digit says.
    pub const fn severity(self) -> Severity {
        match ReplyCode::new(self.code) {
            Some(code) => Severity::of(self.protocol, code),
            None => Severity::Unassigned,
        }
    }

    /// What the second digit says.
    pub const fn category(self) -> Category {
        match ReplyCode::new(self.code) {
            Some(code) => Category::of(self.protocol, code),
            None => Category::Unassigned,
        }
    }

    /// What to do with the same attempt: the entry's verdict. Where an enhanced subject speaks, which has none, the
    /// severity's.
    pub fn verdict(self) -> Verdict {
        match self.entry().verdict() {
            Some(verdict) if self.basis() != Basis::EnhancedDetail => verdict,
            _ => self.severity().verdict(),
        }
    }

    /// The explanation of the enhanced status code, if the context had one.
    #[inline]
    pub fn enhanced(self) -> Option<EnhancedExplanation> {
        self.answer.levels.map(|levels| EnhancedExplanation { catalog: self.catalog, levels })
    }

    /// [`Entry::phrase`] of the entry that speaks.
    pub fn phrase(self) -> &'static str {
        self.entry().phrase()
    }

    /// [`Entry::title`] of the entry that speaks.
    pub fn title(self, lang: Lang) -> &'static str {
        self.entry().title(lang)
    }

    /// [`Entry::meaning`] of the entry that speaks.
    pub fn meaning(self, lang: Lang) -> &'static str {
        self.entry().meaning(lang)
    }

    /// [`Entry::action`] of the entry that speaks.
    pub fn action(self, lang: Lang) -> &'static str {
        self.entry().action(lang)
    }
}

impl PartialEq for Explanation {
    fn eq(&self, other: &Self) -> bool {
        let asked = (self.protocol, self.code) == (other.protocol, other.code);
        core::ptr::eq(self.catalog, other.catalog) && asked && self.answer == other.answer
    }
}

impl Eq for Explanation {}

impl fmt::Debug for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Explanation({} {} {:?})", self.protocol, self.code, self.entry())?;
        match self.enhanced() {
            Some(enhanced) => write!(f, " with {enhanced:?}"),
            None => Ok(()),
        }
    }
}

/// An answer to "what does this enhanced status code mean?": the detail if it is registered, else the subject, else
/// the class.
///
/// ```
/// # #[cfg(feature = "tables")] {
/// use replycode::{CATALOG, EntryKind};
///
/// let known = CATALOG.explain_enhanced("5.7.8".parse()?);
/// assert_eq!(known.entry().kind(), EntryKind::EnhancedDetail);
/// assert_eq!(known.entry().phrase(), "Authentication credentials invalid");
///
/// let unregistered = CATALOG.explain_enhanced("5.7.606".parse()?);
/// assert_eq!(unregistered.entry().kind(), EntryKind::EnhancedSubject);
/// assert_eq!(unregistered.entry().phrase(), "Security or Policy Status");
/// # }
/// # Ok::<(), replycode::InvalidEnhanced>(())
/// ```
#[derive(Clone, Copy)]
pub struct EnhancedExplanation {
    catalog: &'static Catalog,
    levels: Levels,
}

impl EnhancedExplanation {
    /// The code asked about.
    pub const fn code(self) -> Enhanced {
        self.levels.code
    }

    /// The most specific entry there is; its kind says which.
    #[inline]
    pub fn entry(self) -> Entry {
        let Levels { detail, subject, class, .. } = self.levels;
        self.catalog.entry(detail.or(subject).unwrap_or(class))
    }

    /// The entry of the registered detail.
    #[inline]
    pub fn detail(self) -> Option<Entry> {
        self.levels.detail.map(|key| self.catalog.entry(key))
    }

    /// The entry of the subject, 0 to 7.
    #[inline]
    pub fn subject(self) -> Option<Entry> {
        self.levels.subject.map(|key| self.catalog.entry(key))
    }

    /// The entry of the class.
    #[inline]
    pub fn class(self) -> Entry {
        self.catalog.entry(self.levels.class)
    }
}

impl PartialEq for EnhancedExplanation {
    fn eq(&self, other: &Self) -> bool {
        core::ptr::eq(self.catalog, other.catalog) && self.levels == other.levels
    }
}

impl Eq for EnhancedExplanation {}

impl fmt::Debug for EnhancedExplanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "EnhancedExplanation({} {:?})", self.code(), self.entry())
    }
}

id_enum! {
    /// Whether a code is a proper answer to a command (RFC 5321 section 4.3.2, RFC 959 section 5.4, and the
    /// extensions' own lists).
    ///
    /// ```
    /// # #[cfg(feature = "tables")] {
    /// use replycode::{CATALOG, Expectation, Protocol, expected};
    /// let rcpt = CATALOG.command(Protocol::Smtp, "RCPT").unwrap();
    /// assert_eq!(expected(rcpt, 550), Expectation::Expected);
    /// assert_eq!(expected(rcpt, 571), Expectation::Unusual);
    /// assert_eq!(expected(rcpt, 354), Expectation::Unexpected);
    /// # }
    /// ```
    pub enum Expectation as "expectation" {
        /// The code is listed for the command, or for any command.
        Expected = 1 => "expected",
        /// It is not listed, but a code of the same severity is: act by the severity.
        Unusual = 2 => "unusual",
        /// No code of this severity answers the command: client and server are out of step.
        Unexpected = 3 => "unexpected",
    }
}

impl Catalog {
    /// What a code means, in any case: a sense of the code, or what was seen in the field, or what its first digit
    /// says. Never fails; the [`Basis`] tells which.
    ///
    /// Numbers outside 100..=999 are no reply codes; some of them (Winsock errors, say) are known all the same.
    ///
    /// ```
    /// # #[cfg(feature = "tables")] {
    /// use replycode::{CATALOG, Protocol};
    /// assert_eq!(CATALOG.explain(Protocol::Ftp, 425).phrase(), "Can't open data connection.");
    /// assert_eq!(CATALOG.explain(Protocol::Ftp, 10061).entry().id(), "winsock_refused");
    /// # }
    /// ```
    #[inline]
    pub fn explain(&'static self, protocol: Protocol, code: u16) -> Explanation {
        self.explain_in(protocol, code, Context::default())
    }

    /// What a code means, with the command that it answers and its enhanced status code to choose among the senses.
    ///
    /// The choice, in order: a field entry with this enhanced code; a sense with this enhanced code that names the
    /// command; a sense with this enhanced code; a sense that names the command; the base sense; a field entry; the
    /// enhanced detail; the enhanced subject; the severity.
    ///
    /// ```
    /// # #[cfg(feature = "tables")] {
    /// use replycode::{CATALOG, Context, Protocol};
    /// let retr = Context { command: CATALOG.command(Protocol::Ftp, "RETR"), ..Context::default() };
    /// assert_eq!(CATALOG.explain_in(Protocol::Ftp, 522, retr).entry().id(), "data_tls_failed");
    /// # }
    /// ```
    #[inline]
    pub fn explain_in(&'static self, protocol: Protocol, code: u16, context: Context) -> Explanation {
        // A command of another protocol or catalogue says nothing here.
        let own = |command: &Command| core::ptr::eq(command.catalog, self) && command.protocol() == protocol.number();
        let command = context.command.filter(own).map(|command| command.place);
        let answer = self.answer(protocol, code, command, context.enhanced);
        Explanation { catalog: self, protocol, code, answer }
    }

    fn answer(&self, protocol: Protocol, code: u16, command: Option<u8>, enhanced: Option<Enhanced>) -> Answer {
        let levels = enhanced.map(|code| self.levels(code));
        let (basis, key) = match (ReplyCode::new(code), self.run(protocol, code)) {
            (None, _) => (Basis::NotReply, self.not_reply(code)),
            (Some(_), Some(run)) => self.choose(run, command, enhanced),
            (Some(code), None) => match levels.map(|levels| (levels.detail, levels.subject)) {
                Some((Some(detail), _)) => (Basis::EnhancedDetail, detail),
                Some((None, Some(subject))) => (Basis::EnhancedSubject, subject),
                _ => (Basis::Severity, self.severity_of_digit(protocol, code.first())),
            },
        };
        Answer { basis, key, levels }
    }

    fn choose(&self, run: Run, command: Option<u8>, enhanced: Option<Enhanced>) -> (Basis, Key) {
        // The enhanced code is the server's own word on the cause, the command only ours on the moment: 452 4.2.2 to
        // RCPT is a full mailbox, though RCPT is where too many recipients are told as well.
        let (mut best, mut most) = (run.base(), 0);
        let told = command.is_some() || enhanced.is_some();
        let mut n = 0;
        while told && let Some(key) = run.key(n) {
            n += 1;
            let row = self.row(key);
            let has_enhanced = row.enhanced.of(self.tables.entry_enhanced).iter().any(|&own| Some(own) == enhanced);
            let has_command = row.commands.of(self.tables.entry_commands).iter().any(|&own| Some(own) == command);
            let rank = match (key.kind, has_enhanced, has_command) {
                (EntryKind::Field, true, _) => 4,
                (EntryKind::Field, false, _) => 0,
                (_, true, true) => 3,
                (_, true, false) => 2,
                (_, false, true) => 1,
                (_, false, false) => 0,
            };
            if rank > most {
                (best, most) = (key, rank);
            }
        }
        (if best.kind == EntryKind::Field { Basis::Field } else { Basis::Sense }, best)
    }

    /// What an enhanced status code means.
    ///
    /// ```
    /// # #[cfg(feature = "tables")] {
    /// use replycode::CATALOG;
    /// assert_eq!(CATALOG.explain_enhanced("4.2.2".parse()?).entry().phrase(), "Mailbox full");
    /// # }
    /// # Ok::<(), replycode::InvalidEnhanced>(())
    /// ```
    #[inline]
    pub fn explain_enhanced(&'static self, code: Enhanced) -> EnhancedExplanation {
        EnhancedExplanation { catalog: self, levels: self.levels(code) }
    }

    fn levels(&self, code: Enhanced) -> Levels {
        let tables = &self.tables;
        let class = tables.classes[match code.class() {
            2 => 0,
            4 => 1,
            _ => 2,
        }];
        let subject = tables.subjects.get(usize::from(code.subject())).copied().filter(|&number| number != NONE);
        let detail = tables.details.iter().find(|row| (row.subject, row.detail) == (code.subject(), code.detail()));
        Levels {
            code,
            detail: detail.map(|row| Key { kind: EntryKind::EnhancedDetail, number: row.entry }),
            subject: subject.map(|number| Key { kind: EntryKind::EnhancedSubject, number }),
            class: Key { kind: EntryKind::EnhancedClass, number: class },
        }
    }

    /// Every registered enhanced detail, ascending, as subject, detail and entry.
    ///
    /// ```
    /// # #[cfg(feature = "tables")] {
    /// use replycode::CATALOG;
    /// let (subject, detail, entry) = CATALOG.enhanced_details().last().unwrap();
    /// assert_eq!((subject, detail, entry.phrase()), (7, 30, "REQUIRETLS support required"));
    /// # }
    /// ```
    pub fn enhanced_details(&'static self) -> impl ExactSizeIterator<Item = (u16, u16, Entry)> + Clone {
        self.tables.details.iter().map(move |row| {
            (row.subject, row.detail, self.entry(Key { kind: EntryKind::EnhancedDetail, number: row.entry }))
        })
    }

    /// Every number that the catalogue knows to be no reply, with its entry; 0 stands for any other number.
    ///
    /// ```
    /// # #[cfg(feature = "tables")] {
    /// use replycode::CATALOG;
    /// assert!(CATALOG.not_replies().any(|(number, entry)| number == 10060 && entry.phrase() == "WSAETIMEDOUT"));
    /// # }
    /// ```
    pub fn not_replies(&'static self) -> impl ExactSizeIterator<Item = (u16, Entry)> + Clone {
        let key = |number| Key { kind: EntryKind::NotReply, number };
        self.tables.not_replies.iter().map(move |row| (row.number, self.entry(key(row.entry))))
    }

    fn not_reply(&self, number: u16) -> Key {
        let rows = self.tables.not_replies;
        let row = rows.iter().find(|row| row.number == number).or(rows.first());
        Key { kind: EntryKind::NotReply, number: row.map_or(NONE, |row| row.entry) }
    }

    /// Whether a code is a proper answer to a command.
    ///
    /// ```
    /// # #[cfg(feature = "tables")] {
    /// use replycode::{CATALOG, Expectation, Protocol};
    /// let stor = CATALOG.command(Protocol::Ftp, "STOR").unwrap();
    /// assert_eq!(CATALOG.expected(stor, 553), Expectation::Expected);
    /// // A completion that RFC 959 does not list for STOR.
    /// assert_eq!(CATALOG.expected(stor, 200), Expectation::Unusual);
    /// assert_eq!(CATALOG.expected(stor, 331), Expectation::Unexpected);
    /// # }
    /// ```
    pub fn expected(&'static self, command: Command, code: u16) -> Expectation {
        let protocol = Protocol::from_number(command.protocol());
        let (Some(protocol), Some(code)) = (protocol, ReplyCode::new(code)) else {
            return Expectation::Unexpected;
        };
        let severity = Severity::of(protocol, code);
        let mut answer = Expectation::Unexpected;
        for row in self.tables.flows.iter().filter(|row| applies(row, protocol, command)) {
            match ReplyCode::new(row.code) {
                Some(listed) if listed == code => return Expectation::Expected,
                Some(listed) if Severity::of(protocol, listed) == severity => answer = Expectation::Unusual,
                _ => {}
            }
        }
        // Any command may fail either way (RFC 5321 section 4.2.1, RFC 959 section 4.2).
        if severity.is_negative() { Expectation::Unusual } else { answer }
    }
}

/// The number of the pseudo-command whose codes answer any command.
pub(crate) const ANY_COMMAND: u8 = 0;

fn applies(row: &FlowRow, protocol: Protocol, command: Command) -> bool {
    row.protocol == protocol.number() && (row.command == ANY_COMMAND || row.command == command.number())
}

/// What an [`Explanation`] says, in terms of keys.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Answer {
    basis: Basis,
    key: Key,
    levels: Option<Levels>,
}

/// What an [`EnhancedExplanation`] says, in terms of keys.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Levels {
    code: Enhanced,
    detail: Option<Key>,
    subject: Option<Key>,
    class: Key,
}
