//! The reply that decides.

use replycode::{Protocol, ReplyCode, Severity};

use crate::bytes::contains;
use crate::command::{self, Step, step};
use crate::find;
use crate::found::{Form, Found, Speaker};
use crate::layer;

/// What a text tells of one attempt.
///
/// ```
/// use replycode_scan::{Speaker, incident};
///
/// let text = b"RCPT TO:<bob@example.net>\n504 5.5.2 <cam>: Helo command rejected\n421 4.7.0 too many errors\n";
/// let incident = incident(text, None);
/// assert_eq!(incident.replies, 2);
/// // The server hung up because of the 504.
/// assert_eq!(incident.deciding.unwrap().code.unwrap(), 504);
/// assert_eq!(incident.speaker, Some(Speaker::Server));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Incident {
    /// The reply that decided the outcome; none if there is no reply, or the server stayed silent.
    pub deciding: Option<Found>,
    /// How many replies the text has; [`find`](crate::find) gives them.
    pub replies: usize,
    /// Who spoke: of the deciding reply, or else of what the text complains about. None for an empty text.
    pub speaker: Option<Speaker>,
}

/// How much a refusal weighs: the attempt ends with the first one of the highest weight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Weight {
    /// A probe, or something that was there already.
    Harmless,
    /// The client's own words, or a status without a reply.
    Secondary,
    /// The step that was asked for failed.
    Fatal,
}

/// A refusal that may decide.
#[derive(Clone, Copy, Debug)]
struct Refusal {
    found: Found,
    weight: Weight,
    step: Option<Step>,
}

/// The reply that decides the outcome of what a text shows.
///
/// Refused probes (`EPSV`, `FEAT`, `OPTS`, `AUTH` and the like) are harmless; a later success of the same step makes a
/// refusal void; the first refusal that ends the attempt decides, and what follows from it (`421`, `221`) does not.
/// Without any refusal it is the last success that means something.
///
/// ```
/// use replycode_scan::incident;
///
/// let text = b"C: AUTH CRAM-MD5\nS: 504 5.7.4 Unrecognized authentication type\nC: AUTH PLAIN AGE=\nS: 235 2.7.0 Ok\n";
/// assert_eq!(incident(text, None).deciding.unwrap().code.unwrap(), 235);
/// assert_eq!(incident(b"Hello", None).deciding, None);
/// ```
pub fn incident(text: &[u8], hint: Option<Protocol>) -> Incident {
    let mut replies = 0;
    let mut refusal: Option<Refusal> = None;
    let mut success: Option<Found> = None;
    let mut broken = None;
    let mut done = false;
    let mut end = 0;
    for found in find(text, hint) {
        replies += 1;
        end = found.offset.saturating_add(found.len);
        let step = step_of(text, &found);
        if found.is_negative() {
            done = false;
            let weight = weigh(text, &found, step);
            // The same refusal again, this time with the server's words.
            let told = refusal.is_some_and(|refusal| {
                refusal.found.code == found.code && refusal.found.text.is_empty() && !found.text.is_empty()
            });
            if told || refusal.is_none_or(|refusal| weight > refusal.weight) {
                refusal = Some(Refusal { found, weight, step });
            }
            continue;
        }
        if malformed(text, &found) {
            broken = Some(found);
        }
        if refusal.is_some_and(|refusal| supersedes(&found, step, &refusal)) {
            refusal = None;
        }
        if !matches!(step, Some(Step::End)) || success.is_none() {
            success = Some(found);
            done = completes(&found, step);
        }
    }
    let deciding = match refusal {
        Some(refusal) if refusal.weight == Weight::Harmless && done => success,
        Some(refusal) => Some(refusal.found),
        None if unanswered(text, end) => None,
        None => broken.or(success),
    };
    let speaker = deciding.map(|found| found.speaker).or_else(|| layer::speaker(text));
    Incident { deciding, replies, speaker }
}

/// What a reply is about: by its command, or else by its code.
fn step_of(text: &[u8], found: &Found) -> Option<Step> {
    if let Some(step) = found.command.and_then(step) {
        // FTP's AUTH asks for TLS.
        let tls = step == Step::Login && found.command == Some("AUTH") && found.protocol == Some(Protocol::Ftp);
        return Some(if tls { Step::Probe } else { step });
    }
    let code = found.code?.get();
    match (code, found.protocol) {
        (220, _) => Some(Step::Connect),
        (221, _) => Some(Step::End),
        (235 | 334 | 534 | 535, Some(Protocol::Smtp)) => Some(Step::Login),
        (230 | 331 | 332 | 530 | 532, Some(Protocol::Ftp)) => Some(Step::Login),
        (354, _) => Some(Step::Data),
        (227..=229, _) => Some(Step::Channel),
        (125 | 150 | 226 | 425 | 426 | 451 | 452 | 552, Some(Protocol::Ftp)) => Some(Step::Transfer),
        (257, _) => Some(Step::Path),
        (500..=504, _) => named_probe(text, found).then_some(Step::Probe),
        _ => None,
    }
}

/// Whether the words of a reply name a command that is only a probe: `'EPSV': command not understood`.
fn named_probe(text: &[u8], found: &Found) -> bool {
    const PROBES: &[&str] = &[
        "'epsv'",
        "'feat'",
        "'opts'",
        "'auth'",
        "'mlsd'",
        "'mlst'",
        "'size'",
        "'mdtm'",
        "'lang'",
        "'clnt'",
        "'host'",
        "epsv",
        "feat",
        "opts",
        "mlsd",
        "mdtm",
        "utf8",
        "authentication type",
        "security scheme",
    ];
    PROBES.iter().any(|probe| contains(found.text.of(text), probe))
}

/// How much a refusal weighs.
fn weigh(text: &[u8], found: &Found, step: Option<Step>) -> Weight {
    let words = found.text.of(text);
    let Some(code) = found.code.map(|code| code.get()) else { return Weight::Secondary };
    let unknown = matches!(code, 500..=504);
    let probe = match step {
        Some(Step::Probe) => true,
        Some(Step::Setting | Step::Hello) => unknown && !(code == 504 || code == 501) || step == Some(Step::Setting),
        Some(Step::Login) if found.command == Some("AUTH") => matches!(code, 500 | 502 | 504),
        Some(Step::Channel) => unknown && matches!(found.command, Some("EPSV" | "EPRT" | "LPSV" | "LPRT")),
        Some(Step::Transfer) => unknown && found.command == Some("MLSD"),
        Some(Step::End) => !matches!(code, 421),
        _ => unknown && named_probe(text, found),
    };
    let there = contains(words, "already exist") || contains(words, "file exists") && found.command == Some("MKD");
    // Clearing what may not be there, making what may be there already.
    let denied = ["denied", "permission", "quota", "not allowed"].iter().any(|word| contains(words, word));
    let cleared = matches!(found.command, Some("DELE" | "RMD" | "MKD")) && code == 550 && !denied;
    if found.protocol == Some(Protocol::Ftp) && there && found.command != Some("RNTO") || probe {
        return Weight::Harmless;
    }
    if cleared || found.speaker != Speaker::Server || found.form == Form::Status {
        return Weight::Secondary;
    }
    Weight::Fatal
}

/// Whether a success makes an earlier refusal void.
fn supersedes(found: &Found, step: Option<Step>, refusal: &Refusal) -> bool {
    if found.severity() != Severity::Completion || step == Some(Step::End) {
        return false;
    }
    let refused = refusal.found;
    match (step, refusal.step) {
        // The connection that was cut is there again.
        (Some(Step::Connect), None) => refused.code.is_some_and(|code| code == 421),
        (Some(Step::Path), Some(Step::Path)) => found.command == refused.command,
        (Some(now), Some(then)) => now == then && !matches!(now, Step::Probe | Step::Setting | Step::Connect),
        _ => false,
    }
}

/// Whether the words of a success begin with its code once more, as in `211 211-Features`: clients then take one reply
/// for two and get out of step.
fn malformed(text: &[u8], found: &Found) -> bool {
    let words = found.text.of(text);
    let code = words.get(..3).and_then(|digits| digits.try_into().ok()).and_then(ReplyCode::from_digits);
    code.is_some() && code == found.code && words.get(3) == Some(&b'-')
}

/// Whether a success is what the whole attempt was for.
fn completes(found: &Found, step: Option<Step>) -> bool {
    let completion = found.severity() == Severity::Completion;
    completion
        && (matches!(step, Some(Step::Transfer))
            || found.command == Some("data-end")
            || matches!(step, Some(Step::Login)))
}

/// Whether the text ends with a command that nobody answered. A transfer without answer is told by the reply before it.
fn unanswered(text: &[u8], end: usize) -> bool {
    let mut last = None;
    command::lines_back(text, end.max(text.len().saturating_sub(4096)), text.len(), |sent| {
        last = sent.marked.then_some(sent.verb);
        last.is_none()
    });
    let step = last.and_then(step);
    step.is_some_and(|step| !matches!(step, Step::End | Step::Transfer | Step::Data | Step::Probe))
}
