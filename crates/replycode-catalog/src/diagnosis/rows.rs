//! What a catalogue says of causes, as data with places.

use std::fmt;
use std::str::FromStr;

use replycode::tables::{ANY_DETAIL, pattern};
use replycode::{Enhanced, Party, Protocol, Severity, Verdict};

use crate::model::{Entry, Override, Texts};
use crate::source::{At, Span};

/// Causes and rules.
#[derive(Clone, Debug, Default, serde::Serialize)]
pub struct DiagnosisRows {
    /// The causes, by number.
    pub causes: Vec<Cause>,
    /// The rules, in the order in which they are tried.
    pub rules: Vec<DiagnosisRule>,
}

/// What really went wrong.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Cause {
    /// The stable id.
    pub id: At<String>,
    /// The stable number, from 1.
    pub number: At<u16>,
    /// What to do, as far as the severity of the reply allows.
    pub verdict: At<Verdict>,
    /// Who must act.
    pub party: At<Party>,
    /// One line.
    pub title: Texts,
    /// One or two sentences.
    pub meaning: Texts,
    /// What to check or change, step by step.
    #[serde(rename = "action")]
    pub steps: Vec<Texts>,
    /// The words as an entry, the steps joined by line feeds.
    #[serde(skip)]
    pub entry: Entry,
}

/// A rule: if a reply is like this, that is the cause.
#[derive(Clone, Debug, serde::Serialize)]
pub struct DiagnosisRule {
    /// The stable id.
    pub id: At<String>,
    /// The id of the cause.
    pub cause: At<String>,
    /// What the reply must be like.
    pub when: When,
    /// A verdict other than the severity's, and why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verdict: Option<Override>,
    /// The server whose words these are, or the document that says so.
    pub source: At<String>,
    /// Replies for which this rule decides.
    pub yes: Vec<At<String>>,
    /// Replies for which it does not.
    pub no: Vec<At<String>>,
}

/// What a reply must be like: everything that is asked for here, and of each list one item.
#[derive(Clone, Debug, Default, serde::Serialize)]
pub struct When {
    /// The protocol; without it, either.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub protocol: Option<At<Protocol>>,
    /// The severities. Without them and without codes: any but the positive ones.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub severity: Vec<At<Severity>>,
    /// The reply codes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub codes: Vec<At<u16>>,
    /// The enhanced status codes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub enhanced: Vec<At<Pattern>>,
    /// The commands that it answers.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub commands: Vec<At<String>>,
    /// Words that must be there.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub phrases: Vec<At<String>>,
    /// Words of which one must be there as well.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<At<String>>,
    /// Words that must not be there.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub without: Vec<At<String>>,
    /// Where it stands.
    #[serde(skip)]
    pub span: Span,
}

impl When {
    /// The protocols that it is for.
    pub(crate) fn protocols(&self) -> &[Protocol] {
        match self.protocol.as_deref() {
            Some(Protocol::Smtp) => &[Protocol::Smtp],
            Some(Protocol::Ftp) => &[Protocol::Ftp],
            None => Protocol::ALL,
        }
    }
}

/// A pattern for enhanced status codes: `5.7.1`, `5.7.*`, `X.7.1` or `X.7.*`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pattern {
    /// The class; none for any.
    pub class: Option<u8>,
    /// The subject.
    pub subject: u8,
    /// The detail; none for any.
    pub detail: Option<u16>,
}

impl Pattern {
    /// As the core has it in its tables.
    pub(crate) fn number(self) -> u16 {
        pattern(self.class.unwrap_or(0), self.subject, self.detail.unwrap_or(ANY_DETAIL))
    }

    /// Whether every code that fits the other fits this one.
    pub(crate) fn covers(self, other: Pattern) -> bool {
        self.subject == other.subject
            && (self.class.is_none() || self.class == other.class)
            && (self.detail.is_none() || self.detail == other.detail)
    }
}

impl FromStr for Pattern {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || "not a pattern of enhanced status codes".to_owned();
        let (class, rest) = text.split_once('.').ok_or_else(wrong)?;
        let (subject, detail) = rest.split_once('.').ok_or_else(wrong)?;
        // Whatever is not a wildcard must be as in a code.
        let plain =
            |part: &str, wildcard: &str, instead: &str| (if part == wildcard { instead } else { part }).to_owned();
        let code = format!("{}.{subject}.{}", plain(class, "X", "5"), plain(detail, "*", "0"));
        let code: Enhanced = code.parse().map_err(|_| wrong())?;
        Ok(Pattern {
            class: (class != "X").then_some(code.class()),
            subject: u8::try_from(code.subject()).ok().filter(|&subject| subject <= 15).ok_or_else(wrong)?,
            detail: (detail != "*").then_some(code.detail()),
        })
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.class {
            Some(class) => write!(f, "{class}.{}.", self.subject)?,
            None => write!(f, "X.{}.", self.subject)?,
        }
        match self.detail {
            Some(detail) => write!(f, "{detail}"),
            None => f.write_str("*"),
        }
    }
}

impl serde::Serialize for Pattern {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
