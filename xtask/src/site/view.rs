//! What templates are given: the catalogue's rows in one language, with addresses and labels.

use anyhow::Result;
use replycode::{Enhanced, Protocol, Verdict};
use replycode_catalog::{Cause, Citation, Deprecation, Entry, Texts};
use serde::Serialize;

use super::address;
use super::book::{Book, Reply};
use super::words::Words;

/// Turns rows into views for one language.
#[derive(Clone, Copy)]
pub(super) struct View<'a> {
    pub(super) book: &'a Book<'a>,
    pub(super) words: &'a Words,
    pub(super) language: &'a str,
}

/// A word with a page of its own.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Link {
    pub(super) label: String,
    pub(super) path: String,
    pub(super) title: String,
}

/// One line of a list of replies.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Line {
    pub(super) protocol: &'static str,
    pub(super) protocol_name: String,
    pub(super) code: u16,
    pub(super) path: String,
    pub(super) title: String,
    pub(super) meaning: String,
    pub(super) verdict: &'static str,
    /// How many other meanings there are.
    pub(super) more: usize,
}

/// One line of a list of causes.
#[derive(Clone, Debug, Serialize)]
pub(super) struct CauseLine {
    id: String,
    path: String,
    pub(super) title: String,
    meaning: String,
    /// What to do first.
    first: String,
    verdict: &'static str,
    party: &'static str,
}

/// A source: its label, and the address of an RFC.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Cite {
    label: String,
    url: Option<String>,
}

/// What is said of one thing.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Telling {
    id: String,
    phrase: String,
    pub(super) title: String,
    pub(super) meaning: String,
    steps: Vec<String>,
    note: String,
    aliases: Vec<String>,
    sources: Vec<Cite>,
    since: Option<Cite>,
    status: Option<&'static str>,
    deprecated: Option<Deprecated>,
}

#[derive(Clone, Debug, Serialize)]
struct Deprecated {
    reason: String,
    renamed_to: Option<String>,
    note: Option<String>,
}

/// One meaning of a reply.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Sense {
    #[serde(flatten)]
    words: Telling,
    field: bool,
    verdict: &'static str,
    reason: Option<String>,
    commands: Vec<Link>,
    enhanced: Vec<Link>,
    names: Names,
}

/// What the constants are called.
#[derive(Clone, Debug, Serialize)]
struct Names {
    rust: String,
    c: String,
    python: String,
}

impl<'a> View<'a> {
    /// A text in the view's language.
    pub(super) fn text<'t>(&self, texts: &'t Texts) -> &'t str {
        texts.get(self.language)
    }

    /// The words of an entry.
    pub(super) fn entry(&self, entry: &Entry) -> Result<Telling> {
        let plain = |text: &Option<_>| text.as_ref().map(|text: &replycode_catalog::At<String>| text.value.clone());
        Ok(Telling {
            id: entry.id.value.clone(),
            phrase: plain(&entry.phrase).unwrap_or_default(),
            title: self.text(&entry.title).to_owned(),
            meaning: self.text(&entry.meaning).to_owned(),
            steps: sentences(self.text(&entry.action)),
            note: self.text(&entry.note).to_owned(),
            aliases: entry.aliases.iter().map(|alias| alias.value.clone()).collect(),
            sources: self.cite(&entry.source)?,
            since: entry.since.as_ref().map(|rfc| self.rfc(**rfc)),
            status: entry.status.as_ref().map(|status| status.id()),
            deprecated: entry.deprecated.as_ref().map(|Deprecation { reason, renamed_to, note }| Deprecated {
                reason: reason.value.clone(),
                renamed_to: plain(renamed_to),
                note: plain(note),
            }),
        })
    }

    /// One meaning of a reply.
    pub(super) fn sense(&self, reply: &Reply<'_>, entry: &Entry, field: bool) -> Result<Sense> {
        let protocol = reply.protocol;
        let constant = entry.id.to_uppercase();
        let class = reply.rows.name.as_str();
        Ok(Sense {
            words: self.entry(entry)?,
            field,
            verdict: reply.verdict(entry).id(),
            reason: entry.verdict.as_ref().map(|own| own.reason.value.clone()),
            commands: entry.commands.iter().map(|verb| self.command(protocol, verb)).collect::<Result<_>>()?,
            enhanced: entry.enhanced.iter().map(|code| self.enhanced(**code)).collect(),
            names: Names {
                rust: format!("replycode::{protocol}::{constant}"),
                c: format!("RC_{}_{constant}", protocol.id().to_uppercase()),
                python: format!("replycode.{}{}.{constant}", &class[..1], class[1..].to_lowercase()),
            },
        })
    }

    /// One line of a list.
    pub(super) fn line(&self, reply: &Reply<'_>) -> Line {
        let entry = reply.base();
        Line {
            protocol: reply.protocol.id(),
            protocol_name: reply.rows.name.value.clone(),
            code: reply.code,
            path: address::reply(self.language, reply.protocol, reply.code),
            title: self.text(&entry.title).to_owned(),
            meaning: self.text(&entry.meaning).to_owned(),
            verdict: reply.verdict(entry).id(),
            more: reply.entries().count() - 1,
        }
    }

    /// A cause as a line of a list.
    pub(super) fn cause(&self, cause: &Cause) -> CauseLine {
        CauseLine {
            id: cause.id.value.clone(),
            path: address::cause(self.language, &cause.id),
            title: self.text(&cause.title).to_owned(),
            meaning: self.text(&cause.meaning).to_owned(),
            first: cause.steps.first().map_or("", |step| self.text(step)).to_owned(),
            verdict: cause.verdict.id(),
            party: cause.party.id(),
        }
    }

    /// A command, with what it is called on pages.
    pub(super) fn command(&self, protocol: Protocol, verb: &str) -> Result<Link> {
        Ok(Link {
            label: self.moment(verb)?.unwrap_or_else(|| verb.to_owned()),
            path: address::command(self.language, protocol, verb),
            title: String::new(),
        })
    }

    /// What a pseudo-command is called; `None` for a real one.
    pub(super) fn moment(&self, verb: &str) -> Result<Option<String>> {
        // The catalogue writes verbs in upper case and moments in lower case.
        let pseudo = verb.chars().any(|c| c.is_ascii_lowercase());
        pseudo.then(|| self.words.get(&format!("moments.{verb}")).map(str::to_owned)).transpose()
    }

    /// An enhanced code; one that is not registered leads to its subject.
    pub(super) fn enhanced(&self, code: Enhanced) -> Link {
        let detail = self.book.detail(code);
        let name = match detail {
            Some(row) => format!("x.{}.{}", *row.subject, *row.detail),
            None => format!("x.{}", code.subject()),
        };
        let anchor = if detail.is_some() { format!("#{code}") } else { "#unregistered".to_owned() };
        Link {
            label: code.to_string(),
            path: format!("{}{anchor}", address::enhanced(self.language, &name)),
            title: detail.map(|row| self.text(&row.entry.title).to_owned()).unwrap_or_default(),
        }
    }

    /// The sources of a fact.
    pub(super) fn cite(&self, citation: &Citation) -> Result<Vec<Cite>> {
        let mut all = Vec::new();
        if let Some(rfc) = &citation.rfc {
            let number = rfc.to_string();
            let section = citation.section.as_deref().map_or("", String::as_str);
            all.push(Cite {
                label: match section {
                    "" => format!("RFC {number}"),
                    s if is_number(s) => self.words.fill("cite.section", &[("rfc", &number), ("section", s)])?,
                    s => self.words.fill("cite.place", &[("rfc", &number), ("section", s)])?,
                },
                url: Some(rfc_url(**rfc, section)),
            });
        }
        if let Some(iana) = &citation.iana {
            all.push(Cite { label: self.words.fill("cite.iana", &[("iana", iana)])?, url: None });
        }
        all.extend(citation.field.as_ref().map(|field| Cite { label: field.value.clone(), url: None }));
        all.extend(citation.see.iter().map(|rfc| self.rfc(**rfc)));
        Ok(all)
    }

    fn rfc(&self, number: u16) -> Cite {
        Cite { label: format!("RFC {number}"), url: Some(rfc_url(number, "")) }
    }
}

/// The verdict of a class of enhanced codes: that of the severity with the same digit.
pub(super) fn class_verdict(class: u8) -> Verdict {
    replycode::Severity::of_digit(Protocol::Smtp, class).verdict()
}

/// Whether a section has a number, and so an anchor that can be known.
fn is_number(section: &str) -> bool {
    section.starts_with(|c: char| c.is_ascii_digit()) && section.bytes().all(|b| b.is_ascii_digit() || b == b'.')
}

/// The RFC Editor's page.
pub(super) fn rfc_url(number: u16, section: &str) -> String {
    let anchor = if is_number(section) { format!("#section-{section}") } else { String::new() };
    format!("https://www.rfc-editor.org/rfc/rfc{number}{anchor}")
}

/// A text cut into its sentences, so that a page can list them as steps.
pub(super) fn sentences(text: &str) -> Vec<String> {
    let mut all = Vec::new();
    let mut rest = text;
    let mut from = 0;
    while let Some(stop) = rest[from..].find(['.', '。']).map(|at| at + from) {
        let end = stop + rest[stop..].chars().next().map_or(0, char::len_utf8);
        let ends = match rest[end..].chars().next() {
            None => true,
            Some(' ') => rest[end + 1..].starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()),
            // Inside brackets a sentence goes on.
            Some(next) => rest[stop..].starts_with('。') && !matches!(next, '）' | '」'),
        };
        if ends {
            all.push(rest[..end].to_owned());
            rest = rest[end..].trim_start();
            from = 0;
        } else {
            from = end;
        }
    }
    if !rest.is_empty() {
        all.push(rest.to_owned());
    }
    all
}

#[cfg(test)]
mod tests {
    use super::{rfc_url, sentences};

    #[test]
    fn sentences_end_at_full_stops_before_capitals() {
        assert_eq!(sentences("Use OAuth 2.0. Then ask."), ["Use OAuth 2.0.", "Then ask."]);
        assert_eq!(sentences("Port 465. 587 needs STARTTLS"), ["Port 465.", "587 needs STARTTLS"]);
        assert_eq!(sentences("確認してください。（例。）次に。"), ["確認してください。", "（例。）次に。"]);
        assert_eq!(sentences(""), [""; 0]);
    }

    #[test]
    fn only_numbered_sections_have_anchors() {
        assert_eq!(rfc_url(959, "4.2.2"), "https://www.rfc-editor.org/rfc/rfc959#section-4.2.2");
        assert_eq!(rfc_url(959, "Appendix II"), "https://www.rfc-editor.org/rfc/rfc959");
    }
}
