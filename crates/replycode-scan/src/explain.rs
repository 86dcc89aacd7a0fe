//! From a text to what went wrong.

use replycode::{CATALOG, Catalog, Cause, Context, Diagnosis, DiagnosisBasis, Party, Protocol, Verdict, cause};

use crate::bytes::{contains, is_line_end, slice};
use crate::found::{Found, Speaker};
use crate::incident::{self, Incident};
use crate::{find, layer};

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

    fn of(incident: Incident, diagnosis: Diagnosis) -> Self {
        Explained { incident, cause: diagnosis.cause(), verdict: diagnosis.verdict(), diagnosis: Some(diagnosis) }
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
    pub fn incident(self, text: &[u8]) -> Explained {
        let incident = incident::incident(text, self.protocol);
        let Some(found) = incident.deciding else { return self.without_reply(text, incident) };
        let end = found.offset.saturating_add(found.len);
        let passive = found.code.is_some_and(|code| matches!(code.get(), 227..=229));
        if passive && slice(text, end, text.len()).iter().any(u8::is_ascii_alphabetic) {
            // The server named an address, and nothing came of it.
            return self.without_words(incident, cause::FTP_PASSIVE_BLOCKED);
        }
        if !found.is_negative() && incident::malformed(text, &found) {
            return self.without_words(incident, cause::PROTOCOL_ERROR);
        }
        Explained::of(incident, self.reply(text, &found))
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
    pub fn reply(self, text: &[u8], found: &Found) -> Diagnosis {
        let mut buffer = [0; WORDS];
        let words = found.copy_words(text, &mut buffer);
        let answer = self.of_words(found, words);
        if answer.basis() == DiagnosisBasis::Phrase {
            return answer;
        }
        // A server that passes on what another one said may have put it behind its own reply.
        let behind = slice(text, found.offset.saturating_add(found.len), text.len());
        let line = behind.split(|byte| is_line_end(*byte)).next().unwrap_or(&[]);
        let more = self.of_words(found, line);
        if more.basis() == DiagnosisBasis::Phrase { more } else { answer }
    }

    fn of_words(self, found: &Found, words: &[u8]) -> Diagnosis {
        let shown = found.protocol.and(found.command);
        self.by_words(found.protocol.or(self.protocol), |protocol| {
            let command = shown.or(self.command).and_then(|verb| self.catalog.command(protocol, verb));
            self.catalog.diagnose(protocol, found.code, words, Context { command, enhanced: found.enhanced })
        })
    }

    /// Where nothing tells the protocol, the words do.
    fn by_words(self, protocol: Option<Protocol>, ask: impl Fn(Protocol) -> Diagnosis) -> Diagnosis {
        let answer = ask(protocol.unwrap_or(Protocol::Smtp));
        if protocol.is_some() || answer.basis() == DiagnosisBasis::Phrase {
            return answer;
        }
        let other = ask(Protocol::Ftp);
        if other.basis() == DiagnosisBasis::Phrase { other } else { answer }
    }

    fn without_reply(self, text: &[u8], incident: Incident) -> Explained {
        if incident.replies > 0 {
            return self.unanswered(text, incident);
        }
        if matches!(incident.speaker, Some(Speaker::Server | Speaker::Client)) {
            let words = text.get(..text.len().min(layer::REACH)).unwrap_or(text);
            let ask = |protocol| self.catalog.diagnose(protocol, None, words, Context::default());
            let answer = self.by_words(self.protocol, ask);
            if answer.basis() == DiagnosisBasis::Phrase {
                return Explained::of(incident, answer);
            }
        }
        self.without_words(incident, cause::NOT_A_REPLY)
    }

    /// The server has answered, but not the last command.
    fn unanswered(self, text: &[u8], incident: Incident) -> Explained {
        let last = find(text, self.protocol).last();
        let end = last.map_or(0, |found| found.offset.saturating_add(found.len));
        let rest = slice(text, end, text.len());
        let any = |verbs: &[&str]| verbs.iter().any(|verb| contains(rest, verb));
        let cause = if any(&["pasv", "epsv"]) {
            cause::FTP_PASSIVE_BLOCKED
        } else if any(&["port ", "eprt "]) {
            cause::FTP_ACTIVE_BLOCKED
        } else {
            cause::UNSPECIFIED
        };
        self.without_words(incident, cause)
    }

    /// A cause of the crate's own catalogue, as the one asked has it.
    fn without_words(self, incident: Incident, cause: Cause) -> Explained {
        let cause = self.catalog.cause(cause.id()).unwrap_or(cause);
        Explained { incident, cause, verdict: cause.verdict(), diagnosis: None }
    }
}
