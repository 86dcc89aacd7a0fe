//! From a reply to what went wrong: cause, verdict, who must act.

mod phrases;
mod rule;
mod rules;

use core::fmt;

pub use rule::Rule;
pub use rules::Evidence;
use rules::Search;

use crate::entry::Key;
use crate::id_enum::id_enum;
use crate::tables::{CauseRow, NO_CAUSE, NONE};
use crate::{Catalog, Command, Context, Entry, EntryKind, Lang, Party, Protocol, Reply, ReplyCode, Severity, Verdict};

id_enum! {
    /// What a diagnosis rests on, the most telling of what the deciding rule asks for.
    ///
    /// ```
    /// # #[cfg(feature = "tables")] {
    /// use replycode::{Context, DiagnosisBasis, Protocol, ReplyCode, diagnose};
    ///
    /// let ask = |code, text: &str| diagnose(Protocol::Smtp, ReplyCode::new(code), text.as_bytes(), Context::default());
    /// assert_eq!(ask(550, "No such user here").basis(), DiagnosisBasis::Phrase);
    /// assert_eq!(ask(535, "").basis(), DiagnosisBasis::Code);
    /// assert_eq!(ask(599, "").basis(), DiagnosisBasis::Severity);
    /// # }
    /// ```
    pub enum DiagnosisBasis as "basis of a diagnosis" {
        /// The server's words.
        Phrase = 1 => "phrase",
        /// The enhanced status code.
        Enhanced = 2 => "enhanced",
        /// The command that was answered, beside the code.
        Command = 3 => "command",
        /// The code.
        Code = 4 => "code",
        /// No rule holds: the first digit speaks.
        Severity = 5 => "severity",
    }
}

/// What really went wrong: a login that the server refuses, a blocked data connection, a full mailbox.
///
/// A small handle, copied freely; texts that a catalogue does not have are empty.
///
/// ```
/// # #[cfg(feature = "tables")] {
/// use replycode::{CATALOG, Lang, Party, Verdict};
///
/// let cause = CATALOG.cause("app_password_required").unwrap();
/// assert_eq!((cause.party(), cause.verdict()), (Party::Account, Verdict::FixFirst));
/// for (place, step) in cause.steps(Lang::EN).enumerate() {
///     println!("{}. {step}", place + 1);
/// }
/// assert!(cause.steps(Lang::JA).count() >= 2);
/// # }
/// ```
#[derive(Clone, Copy)]
pub struct Cause {
    catalog: &'static Catalog,
    /// The place in the list of causes.
    place: u8,
}

impl Cause {
    /// The cause at a place in a catalogue's list, for generated constants.
    #[doc(hidden)]
    pub const fn at(catalog: &'static Catalog, place: u8) -> Self {
        Cause { catalog, place }
    }

    /// The place in the list of causes, for what must do without a reference to the catalogue.
    #[doc(hidden)]
    pub const fn place(self) -> u8 {
        self.place
    }

    /// The catalogue that it is of, for bindings.
    #[doc(hidden)]
    pub const fn catalog(self) -> &'static Catalog {
        self.catalog
    }

    /// The texts.
    #[inline]
    pub fn entry(self) -> Entry {
        self.catalog.entry(Key { kind: EntryKind::Cause, number: u16::from(self.place) })
    }

    /// The stable id, for instance `relay_denied`.
    pub fn id(self) -> &'static str {
        self.entry().id()
    }

    /// The stable number, the same in Rust, C and Python; 0 for a cause that the catalogue does not have.
    pub fn number(self) -> u8 {
        self.catalog.cause_row(self.place).number
    }

    /// Who must act.
    pub fn party(self) -> Party {
        self.catalog.cause_row(self.place).party
    }

    /// What to do as a rule. What to do after a given reply, whose severity counts as well, is
    /// [`Diagnosis::verdict`].
    pub fn verdict(self) -> Verdict {
        self.catalog.cause_row(self.place).verdict
    }

    /// One line for a status page, at most 32 columns (a Japanese character takes two).
    pub fn title(self, lang: Lang) -> &'static str {
        self.entry().title(lang)
    }

    /// What has happened, in one or two sentences.
    pub fn meaning(self, lang: Lang) -> &'static str {
        self.entry().meaning(lang)
    }

    /// What to check or change, in the order of likelihood, the device's own setting first.
    pub fn steps(self, lang: Lang) -> impl Iterator<Item = &'static str> + Clone {
        self.entry().action(lang).split('\n').filter(|step| !step.is_empty())
    }
}

impl PartialEq for Cause {
    fn eq(&self, other: &Cause) -> bool {
        core::ptr::eq(self.catalog, other.catalog) && self.place == other.place
    }
}

impl Eq for Cause {}

impl fmt::Debug for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Cause({})", self.id())
    }
}

/// How many further causes a [`Diagnosis`] names at most.
const ALTERNATIVES: usize = 3;

/// An answer to "what went wrong?".
///
/// ```
/// # #[cfg(feature = "tables")] {
/// use replycode::{Context, Party, Protocol, ReplyCode, Verdict, diagnose};
///
/// let full = diagnose(Protocol::Ftp, ReplyCode::new(530), b"Maximum number of users reached, try again later.",
///     Context::default());
/// assert_eq!(full.cause().id(), "too_many_connections");
/// // The code says "not logged in", for good; the words say that it passes.
/// assert_eq!(full.verdict(), Verdict::RetryLater);
/// assert_eq!(full.party(), Party::Server);
/// # }
/// ```
#[derive(Clone, Copy)]
pub struct Diagnosis {
    catalog: &'static Catalog,
    decision: Decision,
}

/// A diagnosis in a catalogue that the context tells: without a reference to it, as a [`Key`] is an entry.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decision {
    /// The cause: its place in the list.
    cause: u8,
    verdict: Verdict,
    basis: DiagnosisBasis,
    /// The rule: its place in the list, or [`NONE`].
    rule: u16,
    /// Places of causes, then [`NO_CAUSE`].
    alternatives: [u8; ALTERNATIVES],
}

impl Decision {
    /// The place of the cause in the list of causes.
    pub const fn cause(self) -> u8 {
        self.cause
    }

    /// [`Diagnosis::verdict`].
    pub const fn verdict(self) -> Verdict {
        self.verdict
    }

    /// [`Diagnosis::basis`].
    pub const fn basis(self) -> DiagnosisBasis {
        self.basis
    }
}

impl Diagnosis {
    /// The diagnosis that a decision of this catalogue is.
    #[doc(hidden)]
    #[inline]
    pub const fn of(catalog: &'static Catalog, decision: Decision) -> Self {
        Diagnosis { catalog, decision }
    }

    /// What went wrong.
    pub const fn cause(self) -> Cause {
        Cause::at(self.catalog, self.decision.cause)
    }

    /// What to do with the same attempt. The first digit decides whether to retry, unless the deciding rule gives a
    /// reason why not (an FTP data connection that a firewall blocks will not heal, though 425 is a transient code).
    pub const fn verdict(self) -> Verdict {
        self.decision.verdict
    }

    /// Who must act.
    pub fn party(self) -> Party {
        self.cause().party()
    }

    /// What the answer rests on.
    pub const fn basis(self) -> DiagnosisBasis {
        self.decision.basis
    }

    /// The id of the rule that decided; `None` if the first digit alone spoke.
    ///
    /// ```
    /// # #[cfg(feature = "tables")] {
    /// # use replycode::{Context, Protocol, ReplyCode, diagnose};
    /// let ask = |code| diagnose(Protocol::Ftp, ReplyCode::new(code), b"", Context::default());
    /// assert_eq!(ask(532).rule(), Some("ftp-532"));
    /// assert_eq!(ask(599).rule(), None);
    /// # }
    /// ```
    pub fn rule(self) -> Option<&'static str> {
        Some(self.catalog.tables.diagnosis.rule_ids.get(self.decision.rule)).filter(|id| !id.is_empty())
    }

    /// The place of that rule among [`Catalog::rules`], for bindings. Not stable.
    #[doc(hidden)]
    #[inline]
    pub const fn rule_place(self) -> Option<u16> {
        if self.decision.rule == NONE { None } else { Some(self.decision.rule) }
    }

    /// Other causes that the same evidence allows, the likelier first; at most three.
    ///
    /// ```
    /// # #[cfg(feature = "tables")] {
    /// # use replycode::{Context, Protocol, ReplyCode, diagnose};
    /// let text = b"Data connection failed: connection timed out, port command";
    /// let answer = diagnose(Protocol::Ftp, ReplyCode::new(425), text, Context::default());
    /// assert!(answer.alternatives().all(|cause| cause != answer.cause()));
    /// # }
    /// ```
    pub fn alternatives(self) -> impl Iterator<Item = Cause> + Clone {
        let places = self.decision.alternatives.into_iter().filter(|&place| place != NO_CAUSE);
        places.map(move |place| Cause::at(self.catalog, place))
    }

    /// [`Cause::title`] of the cause.
    pub fn title(self, lang: Lang) -> &'static str {
        self.cause().title(lang)
    }

    /// [`Cause::meaning`] of the cause.
    pub fn meaning(self, lang: Lang) -> &'static str {
        self.cause().meaning(lang)
    }

    /// [`Cause::steps`] of the cause.
    pub fn steps(self, lang: Lang) -> impl Iterator<Item = &'static str> + Clone {
        self.cause().steps(lang)
    }
}

impl PartialEq for Diagnosis {
    fn eq(&self, other: &Diagnosis) -> bool {
        core::ptr::eq(self.catalog, other.catalog) && self.decision == other.decision
    }
}

impl Eq for Diagnosis {}

impl fmt::Debug for Diagnosis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Diagnosis")
            .field("cause", &self.cause())
            .field("verdict", &self.verdict())
            .field("basis", &self.basis())
            .field("rule", &self.rule())
            .finish_non_exhaustive()
    }
}

impl Catalog {
    /// What went wrong, from everything that is known of a reply: its code, its words (without the code; the lines of
    /// a longer reply as one text), and in the context the command and the enhanced status code. Whatever is unknown
    /// may be missing.
    ///
    /// Never fails. Bytes that are no ASCII are compared as they are, in whatever encoding. A reply that no rule
    /// knows gets the cause `unspecified`, a positive one `no_error`, and the verdict of its severity; so does every
    /// reply if the catalogue has no causes, and the cause then has no id and no texts.
    ///
    /// ```
    /// # #[cfg(feature = "tables")] {
    /// use replycode::{CATALOG, Context, Protocol, ReplyCode};
    ///
    /// let context = Context { enhanced: "5.7.1".parse().ok(), ..Context::default() };
    /// let text = b"<bob@example.net>: Relay access denied";
    /// let answer = CATALOG.diagnose(Protocol::Smtp, ReplyCode::new(554), text, context);
    /// assert_eq!(answer.cause().id(), "relay_denied");
    /// # }
    /// ```
    #[inline]
    pub fn diagnose(
        &'static self,
        protocol: Protocol,
        code: Option<ReplyCode>,
        text: &[u8],
        context: Context,
    ) -> Diagnosis {
        // A command of another protocol or catalogue says nothing here.
        let own = |command: &Command| core::ptr::eq(command.catalog, self) && command.protocol() == protocol.number();
        let command = context.command.filter(own).map(|command| command.place);
        let evidence = Evidence { protocol, code, enhanced: context.enhanced, command, text };
        Diagnosis { catalog: self, decision: self.decide(evidence) }
    }

    /// [`diagnose`](Self::diagnose) of a reply as it was read, with the command that it answers.
    ///
    /// ```
    /// # #[cfg(feature = "tables")] {
    /// use replycode::{CATALOG, Protocol, parse};
    ///
    /// let reply = parse(Protocol::Smtp, b"550-5.7.1 Relaying\r\n550 5.7.1 denied.\r\n").unwrap();
    /// assert_eq!(CATALOG.diagnose_reply(&reply, None).cause().id(), "relay_denied");
    /// # }
    /// ```
    #[inline]
    pub fn diagnose_reply(&'static self, reply: &Reply<'_>, command: Option<Command>) -> Diagnosis {
        let context = Context { command, enhanced: reply.enhanced() };
        self.diagnose(reply.protocol(), Some(reply.code()), reply.words(), context)
    }

    /// [`diagnose`](Self::diagnose) without references to the catalogue.
    #[doc(hidden)]
    pub fn decide(&self, evidence: Evidence<'_>) -> Decision {
        let tables = &self.tables.diagnosis;
        let severity = evidence.severity();
        let mut search = Search::new(&tables.rules, evidence);
        let row = |number: u16| Some((number, tables.rules.rows.get(usize::from(number))?));
        let Some((number, first)) = search.next(&tables.rules).and_then(row) else {
            let positive = severity.is_some_and(Severity::is_positive);
            let [of_positive, of_other] = tables.unexplained.to_le_bytes();
            return Decision {
                cause: if positive { of_positive } else { of_other },
                verdict: severity.map_or(Verdict::FixFirst, Severity::verdict),
                basis: DiagnosisBasis::Severity,
                rule: NONE,
                alternatives: [NO_CAUSE; ALTERNATIVES],
            };
        };
        let mut alternatives = [NO_CAUSE; ALTERNATIVES];
        let mut given = 0;
        while let Some((_, row)) = search.next(&tables.rules).and_then(row) {
            let known = row.cause == first.cause || alternatives.contains(&row.cause);
            match alternatives.get_mut(given) {
                None => break,
                Some(slot) if !known => {
                    *slot = row.cause;
                    given += 1;
                }
                Some(_) => {}
            }
        }
        Decision {
            cause: first.cause,
            verdict: first.verdict().unwrap_or_else(|| within(severity, self.cause_row(first.cause).verdict)),
            basis: first.basis(),
            rule: number,
            alternatives,
        }
    }

    /// What is known of the cause at a place.
    #[doc(hidden)]
    #[inline]
    pub fn cause_row(&self, place: u8) -> CauseRow {
        const NOTHING: CauseRow = CauseRow { number: 0, party: Party::Nobody, verdict: Verdict::FixFirst };
        self.tables.diagnosis.causes.get(usize::from(place)).copied().unwrap_or(NOTHING)
    }

    /// The cause with this stable number.
    ///
    /// ```
    /// # #[cfg(feature = "tables")] {
    /// use replycode::{CATALOG, cause};
    /// assert_eq!(CATALOG.cause_of_number(cause::RELAY_DENIED.number()), Some(cause::RELAY_DENIED));
    /// assert_eq!(CATALOG.cause_of_number(0), None);
    /// # }
    /// ```
    pub fn cause_of_number(&'static self, number: u8) -> Option<Cause> {
        self.causes().find(|cause| cause.number() == number)
    }

    /// The place of the cause with this number.
    #[doc(hidden)]
    #[inline]
    pub fn place_of_cause(&self, number: u8) -> Option<u8> {
        let place = self.tables.diagnosis.causes.iter().position(|row| row.number == number)?;
        u8::try_from(place).ok()
    }

    /// The cause that an entry describes, for bindings.
    #[doc(hidden)]
    #[inline]
    pub fn cause_of_entry(&'static self, entry: Entry) -> Option<Cause> {
        match entry.kind() {
            EntryKind::Cause => u8::try_from(entry.number()).ok().map(|place| Cause::at(self, place)),
            _ => None,
        }
    }

    /// The cause with this id.
    ///
    /// ```
    /// # #[cfg(feature = "tables")]
    /// assert_eq!(replycode::CATALOG.cause("bad_weather"), None);
    /// ```
    pub fn cause(&'static self, id: &str) -> Option<Cause> {
        self.causes().find(|cause| cause.id() == id)
    }

    /// Every cause, in the order of their numbers.
    ///
    /// ```
    /// # #[cfg(feature = "tables")] {
    /// # use replycode::CATALOG;
    /// assert!(CATALOG.causes().any(|cause| cause.id() == "greylisted"));
    /// # }
    /// ```
    pub fn causes(&'static self) -> impl ExactSizeIterator<Item = Cause> + Clone {
        let count = self.tables.diagnosis.causes.len().min(usize::from(NO_CAUSE)) as u8;
        (0..count).map(move |place| Cause::at(self, place))
    }
}

/// A cause's verdict as far as the severity agrees on retrying.
fn within(severity: Option<Severity>, verdict: Verdict) -> Verdict {
    match severity {
        Some(severity) if !severity.is_negative() => severity.verdict(),
        Some(severity) if severity.verdict().should_retry() != verdict.should_retry() => severity.verdict(),
        _ => verdict,
    }
}
