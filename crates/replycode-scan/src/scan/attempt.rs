//! What a short source tells as a whole.

use replycode::{Cause, Diagnosis, Party, Verdict};

use super::OwnedFinding;
use crate::Explained;
use crate::found::Speaker;

/// What one source tells if it is taken as one attempt, as [`explain_incident`](crate::explain_incident) takes it: which
/// reply decided the outcome, and what went wrong, also where no reply is found. See
/// [`Options::attempts`](super::Options::attempts).
///
/// ```
/// use replycode::cause;
/// use replycode_scan::{Input, Options, summarize};
///
/// let first = "> EPSV\n< 500 Unknown command\n> PASV\n< 227 Entering Passive Mode (192,0,2,1,4,1)\n> STOR a\n< 553 Could not create file.\n";
/// let second = "> PASV\n< 227 Entering Passive Mode (192,0,2,1,4,1)\nconnect timed out\n";
/// let inputs = [Input::bytes("monday", first), Input::bytes("tuesday", second)];
/// let attempts = summarize(inputs, &Options::default().attempts(65_536)).attempts;
/// let told: Vec<_> = attempts.iter().map(|attempt| (attempt.source.as_str(), attempt.cause)).collect();
/// assert_eq!(told, [("monday", cause::FTP_PERMISSION_DENIED), ("tuesday", cause::FTP_PASSIVE_BLOCKED)]);
/// assert_eq!(attempts[0].deciding.as_ref().unwrap().line, 6);
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Attempt {
    /// The source's name.
    pub source: String,
    /// What went wrong; `no_error` if nothing did.
    pub cause: Cause,
    /// What to do with the same attempt.
    pub verdict: Verdict,
    /// Who spoke: of the deciding reply, or else of what the source complains about. None for an empty source.
    pub speaker: Option<Speaker>,
    /// What is said of the deciding reply, or of the words if there is none.
    pub diagnosis: Option<Diagnosis>,
    /// The reply that decided.
    pub deciding: Option<OwnedFinding>,
}

impl Attempt {
    pub(crate) fn new(source: &str, explained: &Explained, deciding: Option<OwnedFinding>) -> Self {
        Attempt {
            source: source.to_owned(),
            cause: explained.cause,
            verdict: explained.verdict,
            speaker: explained.incident.speaker,
            diagnosis: explained.diagnosis,
            deciding,
        }
    }

    /// Who must act.
    pub fn party(&self) -> Party {
        self.cause.party()
    }
}
