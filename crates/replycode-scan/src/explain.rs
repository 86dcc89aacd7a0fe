//! From a text to what went wrong.

use replycode::{CATALOG, Catalog, Cause, Diagnosis, DiagnosisBasis, Party, Protocol, Verdict, cause, diagnose};

use crate::bytes::{contains, is_line_end, slice};
use crate::found::{Found, Speaker};
use crate::incident::{self, Incident};
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

    fn of(incident: Incident, diagnosis: Diagnosis) -> Self {
        Explained { incident, cause: diagnosis.cause(), verdict: diagnosis.verdict(), diagnosis: Some(diagnosis) }
    }

    fn without_words(incident: Incident, cause: Cause) -> Self {
        Explained { incident, cause, verdict: cause.verdict(), diagnosis: None }
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
    let incident = incident::incident(text, hint);
    let Some(found) = incident.deciding else { return without_reply(text, hint, incident) };
    let end = found.offset.saturating_add(found.len);
    let passive = found.code.is_some_and(|code| matches!(code.get(), 227..=229));
    if passive && slice(text, end, text.len()).iter().any(u8::is_ascii_alphabetic) {
        // The server named an address, and nothing came of it.
        return Explained::without_words(incident, cause::FTP_PASSIVE_BLOCKED);
    }
    if !found.is_negative() && incident::malformed(text, &found) {
        return Explained::without_words(incident, cause::PROTOCOL_ERROR);
    }
    Explained::of(incident, diagnosis(&CATALOG, text, &found, hint))
}

/// What is said of a reply and of what stands behind it on its line.
pub(crate) fn diagnosis(catalog: &'static Catalog, text: &[u8], found: &Found, hint: Option<Protocol>) -> Diagnosis {
    let mut buffer = [0; WORDS];
    let words = found.copy_words(text, &mut buffer);
    let answer = of_reply(catalog, found, words, hint);
    // No rule of a server's words is about success.
    if answer.basis() == DiagnosisBasis::Phrase || !found.is_negative() {
        return answer;
    }
    // A server that passes on what another one said may have put it behind its own reply.
    let end = found.offset.saturating_add(found.len);
    let behind = slice(text, end, end.saturating_add(WORDS));
    let line = behind.split(|byte| is_line_end(*byte)).next().unwrap_or(&[]);
    let more = of_reply(catalog, found, line, hint);
    if more.basis() == DiagnosisBasis::Phrase { more } else { answer }
}

/// What is said of a reply. Where nothing tells the protocol, the words do.
fn of_reply(catalog: &'static Catalog, found: &Found, words: &[u8], hint: Option<Protocol>) -> Diagnosis {
    let ask = |protocol| catalog.diagnose(protocol, found.code, words, found.context_in(catalog));
    by_words(found.protocol.or(hint), ask)
}

fn by_words(protocol: Option<Protocol>, ask: impl Fn(Protocol) -> Diagnosis) -> Diagnosis {
    let answer = ask(protocol.unwrap_or(Protocol::Smtp));
    if protocol.is_some() || answer.basis() == DiagnosisBasis::Phrase {
        return answer;
    }
    let other = ask(Protocol::Ftp);
    if other.basis() == DiagnosisBasis::Phrase { other } else { answer }
}

fn without_reply(text: &[u8], hint: Option<Protocol>, incident: Incident) -> Explained {
    if incident.replies > 0 {
        return unanswered(text, hint, incident);
    }
    if matches!(incident.speaker, Some(Speaker::Server | Speaker::Client)) {
        let words = text.get(..text.len().min(layer::REACH)).unwrap_or(text);
        // No code tells the protocol; what the program calls itself may: `ftp_login(): Login incorrect`.
        let told = protocol::of_score(protocol::score(words, 0, words.len()));
        let answer = by_words(hint.or(told), |protocol| diagnose(protocol, None, words, Default::default()));
        if answer.basis() == DiagnosisBasis::Phrase {
            return Explained::of(incident, answer);
        }
    }
    Explained::without_words(incident, cause::NOT_A_REPLY)
}

/// The server has answered, but not the last command.
fn unanswered(text: &[u8], hint: Option<Protocol>, incident: Incident) -> Explained {
    let last = find(text, hint).last();
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
    Explained::without_words(incident, cause)
}
