//! The reply that decides.

use replycode::{Protocol, ReplyCode, Severity};

use crate::bytes::contains;
use crate::command::{self, Step, step};
use crate::find;
use crate::found::{Form, Found, Speaker};
use crate::layer;
use crate::list::{List, list};

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
    let mut last = None;
    let mut done = false;
    let mut end = 0;
    for found in find(text, hint) {
        replies += 1;
        end = found.offset.saturating_add(found.len);
        let step = step_of(text, &found);
        if found.is_negative() {
            done = false;
            let weight = weigh(text, &found, step);
            // The same refusal again, this time with the server's words, or with more of them.
            let told = refusal.is_some_and(|refusal| {
                let fuller =
                    refusal.found.enhanced.is_none() && found.enhanced.is_some() && last == Some(refusal.found);
                let worded = refusal.found.text.is_empty() && !found.text.is_empty();
                refusal.found.code == found.code && (fuller || worded)
            });
            last = Some(found);
            if told || refusal.is_none_or(|refusal| weight > refusal.weight) {
                refusal = Some(Refusal { found, weight, step });
            }
            continue;
        }
        last = Some(found);
        if malformed(text, &found) {
            broken = Some(found);
        }
        if refusal.is_some_and(|refusal| supersedes(text, &found, step, &refusal)) {
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
    const PROBES: List = list![
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
    let there = || contains(words, "already exist") || contains(words, "file exists") && found.command == Some("MKD");
    if probe || found.protocol == Some(Protocol::Ftp) && found.command != Some("RNTO") && there() {
        return Weight::Harmless;
    }
    // Clearing what may not be there, making what may be there already.
    let denied = || list!["denied", "permission", "quota", "not allowed"].iter().any(|word| contains(words, word));
    let cleared = matches!(found.command, Some("DELE" | "RMD" | "MKD")) && code == 550 && !denied();
    if cleared || found.speaker != Speaker::Server || found.form == Form::Status {
        return Weight::Secondary;
    }
    Weight::Fatal
}

/// Whether a refusal is a mere probe, or tells of something that was there already.
#[cfg(feature = "std")]
pub(crate) fn is_harmless(text: &[u8], found: &Found) -> bool {
    weigh(text, found, step_of(text, found)) == Weight::Harmless
}

/// Whether a success makes an earlier refusal void.
fn supersedes(text: &[u8], found: &Found, step: Option<Step>, refusal: &Refusal) -> bool {
    if found.severity() != Severity::Completion || step == Some(Step::End) {
        return false;
    }
    let refused = refusal.found;
    match (step, refusal.step) {
        // The connection that was cut is there again.
        (Some(Step::Connect), None) => refused.code.is_some_and(|code| code == 421),
        (Some(now), Some(then)) if now == then => match now {
            Step::Setting | Step::Connect => false,
            // AUTH SSL was refused, AUTH TLS was not; OPTS before the login and after it.
            Step::Probe => {
                let again = found.command == Some("AUTH") || same_object(text, found, &refused);
                found.command.is_some() && found.command == refused.command && again
            }
            Step::Path => found.command == refused.command && same_object(text, found, &refused),
            // A recipient that was refused for good is not the one that was accepted later.
            Step::Rcpt => refused.severity() == Severity::Transient && same_object(text, found, &refused),
            Step::Transfer => same_object(text, found, &refused),
            _ => true,
        },
        _ => false,
    }
}

/// Whether the commands of two replies were about the same file or address, as far as the text shows them.
fn same_object(text: &[u8], one: &Found, other: &Found) -> bool {
    let argument = |found: &Found| found.command.and_then(|verb| command::argument(text, verb, found.offset));
    match (argument(one), argument(other)) {
        (Some(one), Some(other)) => one == other,
        _ => true,
    }
}

/// Whether the words of a success begin with its code once more, as in `211 211-Features`: clients then take one reply
/// for two and get out of step.
pub(crate) fn malformed(text: &[u8], found: &Found) -> bool {
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
        last = sent.prompted.then_some(sent.verb);
        last.is_none()
    });
    let step = last.and_then(step);
    step == Some(Step::Channel)
}

#[cfg(test)]
mod tests {
    use super::incident;
    use crate::found::Speaker;
    use replycode::Protocol;
    use std::string::ToString;

    fn deciding(text: &str) -> Option<u16> {
        incident(text.as_bytes(), None).deciding.and_then(|found| found.code).map(|code| code.get())
    }

    #[test]
    fn refused_probes_are_harmless() {
        for (text, code) in [
            (
                "> AUTH TLS\n< 500 AUTH not understood\n> USER a\n< 331 Password\n> PASS b\n< 530 Login incorrect.\n",
                530,
            ),
            ("> FEAT\n< 502 Not implemented\n> EPSV\n< 500 Unknown\n> PASV\n< 227 Ok\n> LIST\n< 550 Denied\n", 550),
            ("> OPTS UTF8 ON\n< 501 Bad\n> STOR a\n< 150 Ok\n< 226 Transfer complete\n", 226),
            ("> SIZE a\n< 550 No such file\n> STOR a\n< 553 Could not create file.\n", 553),
            ("> MKD pics\n< 550 Directory already exists\n> STOR a\n< 452 Disk full\n", 452),
            ("> DELE a\n< 550 No such file\n> STOR a\n< 552 Quota exceeded\n", 552),
            ("C: EHLO a\nS: 502 Unknown command\nC: HELO a\nS: 250 Hi\nC: MAIL FROM:<a@b>\nS: 530 Authenticate\n", 530),
            ("C: AUTH NTLM\nS: 504 Unrecognized\nC: AUTH PLAIN x\nS: 535 Authentication failed\n", 535),
            ("> AUTH SSL\n< 504 Unknown type\n> AUTH TLS\n< 234 Go\n", 234),
            (
                "> OPTS UTF8 ON\n< 530 Log in\n> PASS a\n< 230 Hi\n> OPTS UTF8 ON\n< 200 Ok\n> MKD a\n< 450 Exists\n",
                450,
            ),
            ("the probe answered 500 'EPSV': command not understood.\nftp: 553 Could not create file.\n", 553),
        ] {
            assert_eq!(deciding(text), Some(code), "{text}");
        }
    }

    #[test]
    fn a_refused_probe_decides_where_nothing_else_does() {
        assert_eq!(deciding("> TYPE I\n< 200 Ok\n> OPTS UTF8 ON\n< 504 Unknown command\n"), Some(504));
        assert_eq!(
            deciding("> MKD a\n< 550 Permission denied\n> CWD a\n< 550 Not found\n> STOR x\n< 553 No\n"),
            Some(550)
        );
    }

    #[test]
    fn a_later_success_of_the_same_step_voids_a_refusal() {
        for (text, code) in [
            ("> STOR a\n< 425 No data connection\n> STOR a\n< 150 Ok\n< 226 Transfer complete\n", 226),
            ("> STOR a\n< 553 Denied\n> STOR b\n< 150 Ok\n< 226 Transfer complete\n", 553),
            ("> CWD x\n< 550 Not found\n> MKD x\n< 257 Made\n> CWD x\n< 250 Ok\n> STOR a\n< 452 Full\n", 452),
            ("C: AUTH LOGIN\nS: 535 Bad\nC: AUTH PLAIN x\nS: 235 Ok\nC: MAIL FROM:<a@b>\nS: 553 Not yours\n", 553),
            (
                "C: RCPT TO:<a@b>\nS: 450 Later\nC: RCPT TO:<a@b>\nS: 250 Ok\nC: DATA\nS: 354 Go\nC: .\nS: 250 Queued\n",
                250,
            ),
            (
                "C: RCPT TO:<a@b>\nS: 550 Unknown\nC: RCPT TO:<c@d>\nS: 250 Ok\nC: DATA\nS: 354 Go\nC: .\nS: 250 Queued\n",
                550,
            ),
            (
                "< 421 Too many connections\n< 220 Ready\n> USER a\n< 331 Password\n> PASS b\n< 530 Login incorrect.\n",
                530,
            ),
            ("C: RCPT TO:<a@b>\nS: 553 Not yours\nC: RSET\nS: 250 Ok\nC: QUIT\nS: 221 Bye\n", 553),
        ] {
            assert_eq!(deciding(text), Some(code), "{text}");
        }
    }

    #[test]
    fn consequences_do_not_decide() {
        for (text, code) in [
            (
                "C: RCPT TO:<a@b>\nS: 550 5.1.1 Unknown\nC: DATA\nS: 554 5.5.1 No valid recipients\nC: QUIT\nS: 221 Bye\n",
                550,
            ),
            ("S: 530 5.7.0 Authenticate\nS: 421 4.7.0 Too many errors\n", 530),
            (
                "MAIL FROM:<a@b>\nRCPT TO:<c@d>\nDATA\n250 2.1.0 Ok\n504 5.5.2 <x>: Helo rejected\n554 5.5.1 No recipients\n",
                504,
            ),
        ] {
            assert_eq!(deciding(text), Some(code), "{text}");
        }
    }

    #[test]
    fn without_refusal_the_last_success_that_means_something_decides() {
        for (text, code) in [
            ("< 220 Ready\n> USER a\n< 331 Password\n> PASS b\n< 230 Logged in\n> QUIT\n< 221 Goodbye\n", Some(230)),
            ("> PASV\n< 227 Entering Passive Mode (192,168,1,2,4,5)\n> LIST\nTimed out\n", Some(227)),
            ("< 211 211-Features:\n MDTM\n211 End\n> PWD\n< 257 \"/\"\n", Some(211)),
            // The server never answered.
            ("< 220 Ready\n> TYPE I\n< 200 Ok\n> PASV\n", None),
            ("", None),
        ] {
            assert_eq!(deciding(text), code, "{text}");
        }
    }

    #[test]
    fn servers_prevail_over_clients_and_codes_over_statuses() {
        let text = b"450 No recipients accepted\n<<< 450 4.1.8 <a@b>: Sender address rejected\n";
        let found = incident(text, None).deciding.unwrap();
        assert_eq!((found.speaker, found.enhanced.unwrap().to_string().as_str()), (Speaker::Server, "4.1.8"));
        let text = b"Mar 1 10:11:12 mx: dsn=4.4.1, status=deferred (timed out)\nMar 1 10:11:13 mx: host said: 550 5.1.1 Unknown\n";
        assert_eq!(incident(text, None).deciding.unwrap().code.unwrap(), 550);
        let text = b"dsn=5.1.1, stat=User unknown";
        let incident = incident(text, Some(Protocol::Smtp));
        assert_eq!((incident.replies, incident.deciding.unwrap().code), (1, None));
    }
}
