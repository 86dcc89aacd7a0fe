//! From a reply to what went wrong: cause, verdict, who must act.

mod phrases;
mod rules;

use core::fmt;

pub use rules::{Deciding, Evidence};

use crate::id_enum::id_enum;
use crate::tables::{CauseRow, NONE};
use crate::{Catalog, Context, Entry, EntryKind, Lang, Party, Protocol, ReplyCode, Severity, Verdict};

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
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Cause {
    entry: Entry,
}

impl Cause {
    /// The cause at a place in a catalogue's list, for generated constants.
    #[doc(hidden)]
    pub const fn at(catalog: &'static Catalog, place: u8) -> Self {
        Cause { entry: Entry { catalog, kind: EntryKind::Cause, number: place as u16 } }
    }

    fn row(self) -> CauseRow {
        const NOTHING: CauseRow = CauseRow { number: 0, party: Party::Nobody, verdict: Verdict::FixFirst };
        let rows = self.entry.catalog.tables.diagnosis.map_or(&[][..], |tables| tables.rows);
        rows.get(usize::from(self.entry.number)).copied().unwrap_or(NOTHING)
    }

    /// The texts.
    pub const fn entry(self) -> Entry {
        self.entry
    }

    /// The stable id, for instance `relay_denied`.
    pub fn id(self) -> &'static str {
        self.entry.id()
    }

    /// The stable number, the same in Rust, C and Python; 0 for a cause that the catalogue does not have.
    pub fn number(self) -> u8 {
        self.row().number
    }

    /// Who must act.
    pub fn party(self) -> Party {
        self.row().party
    }

    /// What to do as a rule. What to do after a given reply, whose severity counts as well, is
    /// [`Diagnosis::verdict`].
    pub fn verdict(self) -> Verdict {
        self.row().verdict
    }

    /// One line for a status page, at most 32 columns (a Japanese character takes two).
    pub fn title(self, lang: Lang) -> &'static str {
        self.entry.title(lang)
    }

    /// What has happened, in one or two sentences.
    pub fn meaning(self, lang: Lang) -> &'static str {
        self.entry.meaning(lang)
    }

    /// What to check or change, in the order of likelihood, the device's own setting first.
    pub fn steps(self, lang: Lang) -> impl Iterator<Item = &'static str> + Clone {
        self.entry.action(lang).split('\n').filter(|step| !step.is_empty())
    }
}

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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Diagnosis {
    cause: Cause,
    verdict: Verdict,
    basis: DiagnosisBasis,
    rule: u16,
    /// Places of causes, then [`NO_CAUSE`].
    alternatives: [u8; ALTERNATIVES],
}

/// A place where no cause is.
const NO_CAUSE: u8 = u8::MAX;

impl Diagnosis {
    /// What went wrong.
    pub const fn cause(self) -> Cause {
        self.cause
    }

    /// What to do with the same attempt. The first digit decides whether to retry, unless the deciding rule gives a
    /// reason why not (an FTP data connection that a firewall blocks will not heal, though 425 is a transient code).
    pub const fn verdict(self) -> Verdict {
        self.verdict
    }

    /// Who must act.
    pub fn party(self) -> Party {
        self.cause.party()
    }

    /// What the answer rests on.
    pub const fn basis(self) -> DiagnosisBasis {
        self.basis
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
        let tables = self.cause.entry.catalog.tables.diagnosis?;
        Some(tables.rule_ids.get(self.rule)).filter(|id| !id.is_empty())
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
        let catalog = self.cause.entry.catalog;
        self.alternatives
            .into_iter()
            .filter(|&place| place != NO_CAUSE)
            .map(move |place| Cause::at(catalog, place))
    }

    /// [`Cause::title`] of the cause.
    pub fn title(self, lang: Lang) -> &'static str {
        self.cause.title(lang)
    }

    /// [`Cause::meaning`] of the cause.
    pub fn meaning(self, lang: Lang) -> &'static str {
        self.cause.meaning(lang)
    }

    /// [`Cause::steps`] of the cause.
    pub fn steps(self, lang: Lang) -> impl Iterator<Item = &'static str> + Clone {
        self.cause.steps(lang)
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
    pub fn diagnose(
        &'static self,
        protocol: Protocol,
        code: Option<ReplyCode>,
        text: &[u8],
        context: Context,
    ) -> Diagnosis {
        let command = context.command.filter(|command| self.commands(protocol).any(|own| own == *command));
        let command = command.map(|command| command.place);
        let evidence = Evidence { protocol, code, enhanced: context.enhanced, command, text };
        let severity = evidence.severity();
        let mut answer = Diagnosis {
            cause: Cause::at(self, NO_CAUSE),
            verdict: severity.map_or(Verdict::FixFirst, Severity::verdict),
            basis: DiagnosisBasis::Severity,
            rule: NONE,
            alternatives: [NO_CAUSE; ALTERNATIVES],
        };
        let Some(tables) = self.tables.diagnosis else { return answer };
        let mut deciding = tables.rules.deciding(evidence);
        let row = |number: u16| tables.rules.rows.get(usize::from(number));
        let Some((number, first)) = deciding.next().and_then(|number| Some((number, row(number)?))) else {
            let positive = severity.is_some_and(Severity::is_positive);
            answer.cause = Cause::at(self, if positive { tables.positive } else { tables.unexplained });
            return answer;
        };
        answer.cause = Cause::at(self, first.cause);
        answer.rule = number;
        answer.basis = first.basis();
        answer.verdict = first.verdict().unwrap_or_else(|| within(severity, answer.cause.verdict()));
        let mut given = 0;
        for row in deciding.filter_map(row) {
            let known = row.cause == first.cause || answer.alternatives.contains(&row.cause);
            match answer.alternatives.get_mut(given) {
                None => break,
                Some(slot) if !known => {
                    *slot = row.cause;
                    given += 1;
                }
                Some(_) => {}
            }
        }
        answer
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
        let count = self.tables.diagnosis.map_or(0, |tables| tables.rows.len().min(usize::from(NO_CAUSE)) as u8);
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
