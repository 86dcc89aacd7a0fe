//! From a text to what went wrong.

use replycode::{
    CATALOG, Catalog, Cause, Decision, Diagnosis, DiagnosisBasis, Evidence, Party, Protocol, Verdict, cause,
};

use crate::bytes::{contains, is_line_end, slice};
use crate::found::{Found, Speaker};
use crate::incident::{self, Incident};
use crate::list::{List, list};
use crate::{find, layer, protocol};

/// How many bytes of a reply's words count.
const WORDS: usize = 1024;

/// What a text tells of one attempt, and what went wrong.
///
/// ```
/// use replycode::{Party, Verdict, cause};
/// use replycode_scan::explain_incident;
///
/// let log = b"> PASV\n< 227 Entering Passive Mode (192,0,2,1,221,181)\n> STOR snap.jpg\n< 553 Could not create file.\n";
/// let answer = explain_incident(log, None);
/// assert_eq!(answer.cause, cause::FTP_PERMISSION_DENIED);
/// assert_eq!((answer.verdict, answer.party()), (Verdict::FixFirst, Party::Server));
/// assert_eq!(answer.incident.deciding.unwrap().code.unwrap(), 553);
/// ```
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Explained {
    /// The deciding reply, and who spoke.
    pub incident: Incident,
    /// What went wrong.
    pub cause: Cause,
    /// What to do with the same attempt.
    pub verdict: Verdict,
    /// What is said of the deciding reply, or of the words if there is none. None where no words of a server decide:
    /// there are none, or a server that did not answer tells enough.
    pub diagnosis: Option<Diagnosis>,
}

impl Explained {
    /// Who must act.
    pub fn party(&self) -> Party {
        self.cause.party()
    }
}

/// What went wrong, from a text as people paste it or programs log it: [`incident`](crate::incident), and what
/// [`diagnose`](replycode::diagnose) says of the deciding reply.
///
/// Where no reply is found the words alone may tell; else the cause is `not_a_reply`, for instance of an error of the
/// network that no server has reported.
///
/// ```
/// use replycode::cause;
/// use replycode_scan::{Speaker, explain_incident};
///
/// let exception = b"smtplib.SMTPRecipientsRefused: {'bob@example.net': (554, b'5.7.1 Relay access denied')}";
/// assert_eq!(explain_incident(exception, None).cause, cause::RELAY_DENIED);
/// let refused = explain_incident(b"connect ECONNREFUSED 192.0.2.1:25", None);
/// assert_eq!((refused.cause, refused.incident.speaker), (cause::NOT_A_REPLY, Some(Speaker::System)));
/// ```
pub fn explain_incident(text: &[u8], hint: Option<Protocol>) -> Explained {
    Explainer::new(&CATALOG).with_protocol(hint).incident(text)
}

/// [`explain_incident`] by a catalogue of yours, and with what you know besides the text.
///
/// ```
/// use replycode::{CATALOG, Protocol, cause};
/// use replycode_scan::Explainer;
///
/// let ask = Explainer::new(&CATALOG).with_protocol(Some(Protocol::Smtp));
/// let text = b"452 4.3.1 Insufficient system storage";
/// assert_eq!(ask.incident(text).cause, cause::SERVER_STORAGE_LOW);
///
/// // To RCPT the code alone says that there are too many recipients (RFC 5321 section 4.5.3.1.10).
/// let text = b"452";
/// assert_eq!(ask.with_command(Some("RCPT")).incident(text).cause, cause::TOO_MANY_RECIPIENTS);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Explainer<'a> {
    catalog: &'static Catalog,
    protocol: Option<Protocol>,
    command: Option<&'a str>,
}

impl<'a> Explainer<'a> {
    /// Answers by this catalogue, knowing nothing but the text.
    pub const fn new(catalog: &'static Catalog) -> Self {
        Explainer { catalog, protocol: None, command: None }
    }

    /// The protocol, if it is known; what the text says for certain prevails.
    pub const fn with_protocol(self, protocol: Option<Protocol>) -> Self {
        Explainer { protocol, ..self }
    }

    /// The verb that is answered, if it is known; where the text shows one, that one counts.
    pub const fn with_command(self, command: Option<&'a str>) -> Self {
        Explainer { command, ..self }
    }

    /// What went wrong.
    #[inline]
    pub fn incident(self, text: &[u8]) -> Explained {
        let DecidedIncident { incident, cause, verdict, decision } =
            outcome(self.catalog, self.protocol, self.command, text);
        let diagnosis = decision.map(|decision| Diagnosis::of(self.catalog, decision));
        Explained { incident, cause: Cause::at(self.catalog, cause), verdict, diagnosis }
    }

    /// What is said of one reply that was [found](crate::find) in a text, whether it decides or not.
    ///
    /// ```
    /// use replycode::{CATALOG, cause};
    /// use replycode_scan::{Explainer, find};
    ///
    /// let log = b"> USER cam\n< 331 Password required\n> PASS ****\n< 530 Login incorrect.\n";
    /// let causes = find(log, None).map(|found| Explainer::new(&CATALOG).reply(log, &found).cause());
    /// assert!(causes.eq([cause::NO_ERROR, cause::FTP_LOGIN_FAILED]));
    /// ```
    #[inline]
    pub fn reply(self, text: &[u8], found: &Found) -> Diagnosis {
        Diagnosis::of(self.catalog, of_reply(self.catalog, self.protocol, self.command, text, found))
    }
}

/// [`Explained`] without references to the catalogue, as `docs/architecture.md` says on keys. For the same reason the
/// catalogue goes through the functions below as a value of its own: the optimiser sees that it is always the same.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct DecidedIncident {
    pub incident: Incident,
    /// The place of the cause in the list of causes.
    pub cause: u8,
    pub verdict: Verdict,
    pub decision: Option<Decision>,
}

impl DecidedIncident {
    fn of(incident: Incident, decision: Decision) -> Self {
        DecidedIncident { incident, cause: decision.cause(), verdict: decision.verdict(), decision: Some(decision) }
    }

    /// A cause of the crate's own catalogue, as the one asked has it.
    fn without_words(catalog: &'static Catalog, incident: Incident, cause: u8) -> Self {
        let place = catalog.place_of_cause(CATALOG.cause_row(cause).number).unwrap_or(cause);
        DecidedIncident { incident, cause: place, verdict: catalog.cause_row(place).verdict, decision: None }
    }
}

/// What went wrong, for [`Explainer::incident`] and for bindings.
#[doc(hidden)]
pub fn outcome(
    catalog: &'static Catalog,
    protocol: Option<Protocol>,
    command: Option<&str>,
    text: &[u8],
) -> DecidedIncident {
    let incident = incident::incident(text, protocol);
    let Some(found) = incident.deciding else { return without_reply(catalog, protocol, text, incident) };
    let end = found.offset.saturating_add(found.len);
    let passive = found.code.is_some_and(|code| matches!(code.get(), 227..=229));
    if passive && slice(text, end, text.len()).iter().any(u8::is_ascii_alphabetic) {
        // The server named an address, and nothing came of it.
        return DecidedIncident::without_words(catalog, incident, cause::FTP_PASSIVE_BLOCKED.place());
    }
    if !found.is_negative() && incident::malformed(text, &found) {
        return DecidedIncident::without_words(catalog, incident, cause::PROTOCOL_ERROR.place());
    }
    DecidedIncident::of(incident, of_reply(catalog, protocol, command, text, &found))
}

fn of_reply(
    catalog: &'static Catalog,
    protocol: Option<Protocol>,
    command: Option<&str>,
    text: &[u8],
    found: &Found,
) -> Decision {
    let mut buffer = [0; WORDS];
    let words = found.copy_words(text, &mut buffer);
    let protocol = found.protocol.or(protocol);
    // A command shown where nothing tells the protocol is a guess.
    let command = found.protocol.and(found.command).or(command);
    let answer = of_words(catalog, protocol, command, found, words);
    // No rule of a server's words is about success.
    if answer.basis() == DiagnosisBasis::Phrase || !found.is_negative() {
        return answer;
    }
    // A server that passes on what another one said may have put it behind its own reply.
    let end = found.offset.saturating_add(found.len);
    let behind = slice(text, end, end.saturating_add(WORDS));
    let line = behind.split(|byte| is_line_end(*byte)).next().unwrap_or(&[]);
    let more = of_words(catalog, protocol, command, found, line);
    if more.basis() == DiagnosisBasis::Phrase { more } else { answer }
}

fn of_words(
    catalog: &'static Catalog,
    protocol: Option<Protocol>,
    command: Option<&str>,
    found: &Found,
    text: &[u8],
) -> Decision {
    by_words(protocol, |protocol| {
        let command = command.and_then(|verb| catalog.place_of_verb(protocol, verb.as_bytes()));
        catalog.decide(Evidence { protocol, code: found.code, enhanced: found.enhanced, command, text })
    })
}

/// Where nothing tells the protocol, the words do.
fn by_words(protocol: Option<Protocol>, ask: impl Fn(Protocol) -> Decision) -> Decision {
    let answer = ask(protocol.unwrap_or(Protocol::Smtp));
    if protocol.is_some() || answer.basis() == DiagnosisBasis::Phrase {
        return answer;
    }
    let other = ask(Protocol::Ftp);
    if other.basis() == DiagnosisBasis::Phrase { other } else { answer }
}

fn without_reply(
    catalog: &'static Catalog,
    protocol: Option<Protocol>,
    text: &[u8],
    incident: Incident,
) -> DecidedIncident {
    if incident.replies > 0 {
        return unanswered(catalog, protocol, text, incident);
    }
    if matches!(incident.speaker, Some(Speaker::Server | Speaker::Client)) {
        let text = text.get(..text.len().min(layer::REACH)).unwrap_or(text);
        // No code tells the protocol; what the program calls itself may: `ftp_login(): Login incorrect`.
        let protocol = protocol.or_else(|| protocol::of_score(protocol::score(text, 0, text.len())));
        let evidence = |protocol| Evidence { protocol, code: None, enhanced: None, command: None, text };
        let answer = by_words(protocol, |protocol| catalog.decide(evidence(protocol)));
        if answer.basis() == DiagnosisBasis::Phrase {
            return DecidedIncident::of(incident, answer);
        }
    }
    DecidedIncident::without_words(catalog, incident, cause::NOT_A_REPLY.place())
}

/// The server has answered, but not the last command.
fn unanswered(
    catalog: &'static Catalog,
    protocol: Option<Protocol>,
    text: &[u8],
    incident: Incident,
) -> DecidedIncident {
    let last = find(text, protocol).last();
    let end = last.map_or(0, |found| found.offset.saturating_add(found.len));
    let rest = slice(text, end, text.len());
    let any = |verbs: List| verbs.iter().any(|verb| contains(rest, verb));
    let cause = if any(list!["pasv", "epsv"]) {
        cause::FTP_PASSIVE_BLOCKED.place()
    } else if any(list!["port ", "eprt "]) {
        cause::FTP_ACTIVE_BLOCKED.place()
    } else {
        cause::UNSPECIFIED.place()
    };
    DecidedIncident::without_words(catalog, incident, cause)
}
