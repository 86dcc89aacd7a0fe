//! How large a catalogue is, and how complete.

use std::fmt;

use replycode::Protocol;
use replycode_catalog::{Entry, Model, Texts};

use crate::layout::{KINDS, Kind, Layout, Row};

/// How large a catalogue is, and how complete.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figures {
    /// The catalogue's version.
    pub version: String,
    /// By protocol.
    pub protocols: Vec<ProtocolFigures>,
    /// Classes of enhanced status codes.
    pub classes: usize,
    /// Subjects of enhanced status codes.
    pub subjects: usize,
    /// Registered details of enhanced status codes.
    pub details: usize,
    /// Numbers that are no reply, the one for "any other" among them.
    pub not_replies: usize,
    /// Causes.
    pub causes: usize,
    /// Rules that tell the cause of a reply.
    pub rules: usize,
    /// Notes of the reply parser.
    pub notes: usize,
    /// Its reasons for which bytes are no reply.
    pub malformed: usize,
    /// By language.
    pub languages: Vec<LanguageFigures>,
    /// Kinds of text that have no language, and the bytes of their pools.
    pub plain: Vec<(&'static str, usize)>,
}

/// How much a catalogue says of a protocol.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProtocolFigures {
    /// Which.
    pub protocol: Protocol,
    /// Its name.
    pub name: String,
    /// Codes, those that only the field uses among them.
    pub codes: usize,
    /// Meanings that an RFC defines or a registry names.
    pub senses: usize,
    /// Meanings seen in the field.
    pub field: usize,
    /// Commands, the pseudo-commands among them.
    pub commands: usize,
    /// Pairs of a command and a code that may answer it.
    pub flows: usize,
}

/// How much a catalogue says in a language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LanguageFigures {
    /// Its tag.
    pub id: String,
    /// Its name in itself.
    pub name: String,
    /// How many texts there are.
    pub texts: usize,
    /// How many there should be: those that some language has.
    pub wanted: usize,
    /// Kinds of text, and the bytes of their pools, with the NUL behind each text.
    pub pools: Vec<(&'static str, usize)>,
}

impl LanguageFigures {
    /// How many of a hundred wanted texts there are, rounded down: 100 means all.
    pub fn coverage(&self) -> usize {
        (self.texts * 100).checked_div(self.wanted).unwrap_or(100)
    }

    /// The bytes of all pools.
    pub fn bytes(&self) -> usize {
        self.pools.iter().map(|(_, bytes)| bytes).sum()
    }
}

/// Counts what a catalogue says.
pub fn figures(model: &Model) -> Figures {
    let layout = Layout::new(model);
    let enhanced = model.enhanced();
    let plain = KINDS.iter().filter(|kind| kind.translated.is_none());
    Figures {
        version: model.version().to_owned(),
        protocols: model.protocols().iter().map(|rows| protocol(&layout, *rows.id, &rows.name)).collect(),
        classes: enhanced.classes.len(),
        subjects: enhanced.subjects.len(),
        details: enhanced.details.len(),
        not_replies: model.not_replies().len(),
        causes: model.diagnosis().causes.len(),
        rules: model.diagnosis().rules.len(),
        notes: model.notes().len(),
        malformed: model.malformed().len(),
        languages: model.languages().iter().map(|of| language(&layout, &of.id, &of.name)).collect(),
        plain: plain.map(|kind| (kind.name, pool(&layout, &kind.plain))).collect(),
    }
}

fn protocol(layout: &Layout<'_>, protocol: Protocol, name: &str) -> ProtocolFigures {
    let replies: Vec<_> = layout.replies.iter().filter(|reply| reply.protocol == protocol).collect();
    ProtocolFigures {
        protocol,
        name: name.to_owned(),
        codes: replies.len(),
        senses: replies.iter().map(|reply| reply.senses.len()).sum(),
        field: replies.iter().map(|reply| reply.field.len()).sum(),
        commands: layout.commands.iter().filter(|command| command.protocol == protocol).count(),
        flows: layout.flows.iter().filter(|(number, ..)| *number == protocol.number()).count(),
    }
}

fn language(layout: &Layout<'_>, id: &str, name: &str) -> LanguageFigures {
    let kinds = || KINDS.iter().filter_map(|Kind { name, translated, .. }| Some((*name, (*translated)?)));
    let rows = || layout.main.iter().chain(&layout.enhanced);
    // In a pool the steps of a cause are one text.
    let causes = layout.model.diagnosis().causes.iter();
    let causes = causes.flat_map(|cause| [&cause.title, &cause.meaning].into_iter().chain(&cause.steps));
    let entries = kinds().flat_map(|(_, texts)| rows().map(move |row| texts(row.entry)));
    let all: Vec<&Texts> = entries.chain(causes).collect();
    LanguageFigures {
        id: id.to_owned(),
        name: name.to_owned(),
        texts: all.iter().filter(|texts| !texts.get(id).is_empty()).count(),
        wanted: all.iter().filter(|texts| !texts.is_empty()).count(),
        pools: kinds().map(|(name, texts)| (name, pool(layout, &|entry| texts(entry).get(id).to_owned()))).collect(),
    }
}

/// The bytes of a kind's pools, one a section; a section that has no such text has no pool.
fn pool(layout: &Layout<'_>, text: &dyn Fn(&Entry) -> String) -> usize {
    let section = |rows: &[Row<'_>]| {
        let bytes: usize = rows.iter().map(|row| text(row.entry).len()).sum();
        if bytes == 0 { 0 } else { bytes + rows.len() }
    };
    section(&layout.main) + section(&layout.enhanced) + section(&layout.causes)
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "catalogue {}", self.version)?;
        for of in &self.protocols {
            writeln!(
                f,
                "  {}: {} codes, {} senses, {} field entries; {} commands, {} pairs of command and code",
                of.name, of.codes, of.senses, of.field, of.commands, of.flows
            )?;
        }
        writeln!(
            f,
            "  enhanced status codes: {} classes, {} subjects, {} details; {} numbers that are no reply",
            self.classes, self.subjects, self.details, self.not_replies
        )?;
        writeln!(f, "  {} causes, {} rules", self.causes, self.rules)?;
        writeln!(f, "  reply parser: {} notes, {} reasons of malformed replies", self.notes, self.malformed)?;
        writeln!(f, "  {} languages; bytes of text in the pools:", self.languages.len())?;
        for of in &self.languages {
            writeln!(
                f,
                "  {} ({}): {} % ({} of {} texts), {} bytes: {}",
                of.id,
                of.name,
                of.coverage(),
                of.texts,
                of.wanted,
                of.bytes(),
                listed(&of.pools)
            )?;
        }
        writeln!(f, "  without language: {}", listed(&self.plain))
    }
}

fn listed(pools: &[(&str, usize)]) -> String {
    pools.iter().map(|(kind, bytes)| format!("{} {bytes}", kind.to_lowercase())).collect::<Vec<_>>().join(", ")
}
