//! What a catalogue says, as data with places.
//!
//! The rows have public fields so that emitters can read them plainly; a [`Model`], which is the only way to get at
//! the rows from outside, exists only for a catalogue that breaks no rule.

use replycode::{Category, Enhanced, MalformedReason, Note, Protocol, Severity, Status, Verdict};
use serde::ser::{Serialize, SerializeMap, Serializer};
use sha2::{Digest, Sha256};

use crate::diagnosis::{CompiledRules, DiagnosisRows};
use crate::source::{At, Span};

/// A checked catalogue.
#[derive(Clone, Debug)]
pub struct Model {
    pub(crate) draft: Draft,
    pub(crate) digest: String,
    pub(crate) rules: CompiledRules,
}

impl Model {
    /// A model of rows that break no rule.
    pub(crate) fn new(mut draft: Draft, rules: CompiledRules) -> Self {
        draft.sort();
        let canonical = serde_json::to_vec(&draft).expect("rows are plain data");
        let digest = sha256(&canonical);
        Model { draft, digest, rules }
    }

    /// The version written in the YAML.
    pub fn version(&self) -> &str {
        &self.draft.version
    }

    /// SHA-256 of the canonical model (the JSON of [`Model::serialize`]), 64 hexadecimal digits.
    pub fn digest(&self) -> &str {
        &self.digest
    }

    /// The languages, by number.
    pub fn languages(&self) -> &[Language] {
        &self.draft.languages
    }

    /// The protocols, by number.
    pub fn protocols(&self) -> &[ProtocolRows] {
        &self.draft.protocols
    }

    /// The enhanced status codes.
    pub fn enhanced(&self) -> &EnhancedRows {
        &self.draft.enhanced
    }

    /// Numbers that are no reply, ascending; the first is 0 and stands for any other.
    pub fn not_replies(&self) -> &[NotReply] {
        &self.draft.not_replies
    }

    /// Causes and the rules that lead to them.
    pub fn diagnosis(&self) -> &DiagnosisRows {
        &self.draft.diagnosis
    }

    /// The rules in the form in which they are evaluated.
    pub fn compiled_rules(&self) -> &CompiledRules {
        &self.rules
    }

    /// What the reply parser notes, by number; none in a catalogue that says nothing of it.
    pub fn notes(&self) -> &[MemberRow<Note>] {
        &self.draft.notes
    }

    /// Why the reply parser takes bytes for no reply, by number; none in a catalogue that says nothing of it.
    pub fn malformed(&self) -> &[MemberRow<MalformedReason>] {
        &self.draft.malformed
    }
}

impl Serialize for Model {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.draft.serialize(serializer)
    }
}

/// SHA-256 in 64 hexadecimal digits.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A catalogue as read, before any rule was applied.
#[derive(Clone, Debug, Default, serde::Serialize)]
pub(crate) struct Draft {
    pub(crate) version: At<String>,
    pub(crate) languages: Vec<Language>,
    pub(crate) protocols: Vec<ProtocolRows>,
    pub(crate) enhanced: EnhancedRows,
    pub(crate) not_replies: Vec<NotReply>,
    #[serde(flatten)]
    pub(crate) diagnosis: DiagnosisRows,
    pub(crate) notes: Vec<MemberRow<Note>>,
    pub(crate) malformed: Vec<MemberRow<MalformedReason>>,
    /// Whether every registered code must be listed.
    #[serde(skip)]
    pub(crate) complete: bool,
    /// Whether every translation must be marked as reviewed.
    #[serde(skip)]
    pub(crate) reviews: bool,
}

impl Draft {
    /// The commands of all protocols, in the order in which tables have them.
    pub(crate) fn commands(&self) -> Vec<(Protocol, String)> {
        let of = |rows: &ProtocolRows| {
            let protocol = *rows.id;
            rows.commands.iter().map(move |command| (protocol, command.verb.value.clone())).collect::<Vec<_>>()
        };
        self.protocols.iter().flat_map(of).collect()
    }

    /// The language that the others translate: the one with number 0.
    pub(crate) fn reference(&self) -> Option<&str> {
        self.languages.iter().find(|language| *language.number == 0).map(|language| language.id.as_str())
    }

    /// What is said of a protocol.
    pub(crate) fn protocol(&self, id: Protocol) -> Option<&ProtocolRows> {
        self.protocols.iter().find(|rows| *rows.id == id)
    }

    /// Puts everything that has a number in the order of the numbers, whatever the order in the YAML: the same
    /// catalogue has the same digest.
    fn sort(&mut self) {
        self.languages.sort_by_key(|language| *language.number);
        self.protocols.sort_by_key(|rows| rows.id.number());
        let numbers: Vec<String> = self.languages.iter().map(|language| language.id.value.clone()).collect();
        let number = |tag: &str| numbers.iter().position(|id| id == tag);
        let sort = |texts: &mut Texts| texts.rows.sort_by_key(|(language, _)| number(language));
        for entry in self.entries_mut() {
            [&mut entry.title, &mut entry.meaning, &mut entry.action, &mut entry.note].into_iter().for_each(sort);
        }
        for cause in &mut self.diagnosis.causes {
            [&mut cause.title, &mut cause.meaning].into_iter().for_each(sort);
            cause.steps.iter_mut().for_each(sort);
        }
    }

    fn entries_mut(&mut self) -> impl Iterator<Item = &mut Entry> {
        let protocols = self.protocols.iter_mut().flat_map(|rows| {
            let severities = rows.severities.iter_mut().map(|row| &mut row.entry);
            let categories = rows.categories.iter_mut().map(|row| &mut row.entry);
            let senses = rows.replies.iter_mut().chain(&mut rows.field).flat_map(|reply| &mut reply.senses);
            severities.chain(categories).chain(senses)
        });
        let EnhancedRows { classes, subjects, details } = &mut self.enhanced;
        protocols
            .chain(classes.iter_mut().map(|row| &mut row.entry))
            .chain(subjects.iter_mut().map(|row| &mut row.entry))
            .chain(details.iter_mut().map(|row| &mut row.entry))
            .chain(self.not_replies.iter_mut().map(|row| &mut row.entry))
            .chain(self.diagnosis.causes.iter_mut().map(|row| &mut row.entry))
            .chain(self.notes.iter_mut().map(|row| &mut row.entry))
            .chain(self.malformed.iter_mut().map(|row| &mut row.entry))
    }
}

/// A language.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Language {
    /// Its tag (BCP 47).
    pub id: At<String>,
    /// Its stable number.
    pub number: At<u16>,
    /// Its name in itself.
    pub name: At<String>,
}

/// A text in each language, in the order of the languages' numbers.
#[derive(Clone, Debug, Default)]
pub struct Texts {
    /// Language tag and text.
    pub rows: Vec<(At<String>, At<String>)>,
    /// Where the mapping stands.
    pub span: Span,
}

impl Texts {
    /// The text in a language, empty if there is none.
    pub fn get(&self, language: &str) -> &str {
        self.at(language).map_or("", |text| text.as_str())
    }

    /// The text in a language with its place.
    pub fn at(&self, language: &str) -> Option<&At<String>> {
        self.rows.iter().find(|(id, _)| id.as_str() == language).map(|(_, text)| text)
    }

    /// Whether there is no text at all.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

impl Serialize for Texts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.rows.len()))?;
        for (language, text) in &self.rows {
            map.serialize_entry(language, text)?;
        }
        map.end()
    }
}

/// Where a fact comes from.
#[derive(Clone, Debug, Default, serde::Serialize)]
pub struct Citation {
    /// The RFC.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rfc: Option<At<u16>>,
    /// Its section.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub section: Option<At<String>>,
    /// What a registry entry rests on, if no RFC has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub iana: Option<At<String>>,
    /// Where it was seen, if neither an RFC nor a registry has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<At<String>>,
    /// Further RFCs.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub see: Vec<At<u16>>,
    /// Where the citation stands.
    #[serde(skip)]
    pub span: Span,
}

/// A verdict that differs from the severity's, and why.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Override {
    /// The verdict.
    pub is: At<Verdict>,
    /// The reason, with its source.
    pub reason: At<String>,
}

/// Why an entry should no longer be used. Entries are never removed.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Deprecation {
    /// Why.
    pub reason: At<String>,
    /// The id to use instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub renamed_to: Option<At<String>>,
    /// Anything else.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<At<String>>,
}

/// What every entry has: an id, words, a source.
#[derive(Clone, Debug, Default, serde::Serialize)]
pub struct Entry {
    /// The stable id.
    pub id: At<String>,
    /// The commands it answers; empty for any.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub commands: Vec<At<String>>,
    /// The canonical words, exactly.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phrase: Option<At<String>>,
    /// Where it comes from.
    pub source: Citation,
    /// The RFC that first had it, where an older one did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<At<u16>>,
    /// How current it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<At<Status>>,
    /// A verdict other than the severity's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verdict: Option<Override>,
    /// The enhanced status codes that belong to it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub enhanced: Vec<At<Enhanced>>,
    /// Other words for the same.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<At<String>>,
    /// One line.
    pub title: Texts,
    /// One or two sentences.
    pub meaning: Texts,
    /// What to check or change.
    #[serde(skip_serializing_if = "Texts::is_empty")]
    pub action: Texts,
    /// Background.
    #[serde(skip_serializing_if = "Texts::is_empty")]
    pub note: Texts,
    /// For each translation, the digest of the English texts that it was last read beside.
    #[serde(skip)]
    pub reviewed: Vec<(At<String>, At<String>)>,
    /// Set when it should no longer be used.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deprecated: Option<Deprecation>,
}

/// The words of an entry in every language, by the name of their field.
pub(crate) type TextFields<'a> = [(&'static str, &'a Texts); 4];

impl Entry {
    /// The texts that have languages, by field.
    pub(crate) fn texts(&self) -> TextFields<'_> {
        [("title", &self.title), ("meaning", &self.meaning), ("action", &self.action), ("note", &self.note)]
    }
}

/// What the catalogue says of one protocol.
#[derive(Clone, Debug, serde::Serialize)]
pub struct ProtocolRows {
    /// Which.
    pub id: At<Protocol>,
    /// Its name.
    pub name: At<String>,
    /// First digits.
    pub severities: Vec<SeverityRow>,
    /// Second digits.
    pub categories: Vec<CategoryRow>,
    /// Codes that RFCs define or name, ascending.
    pub replies: Vec<ReplyRows>,
    /// Codes as seen on the wire beside or against the RFCs, ascending.
    pub field: Vec<ReplyRows>,
    /// Commands and the codes that answer them.
    pub commands: Vec<CommandRows>,
}

/// A first digit.
#[derive(Clone, Debug, serde::Serialize)]
pub struct SeverityRow {
    /// The digits that have this severity.
    pub digits: Vec<At<u16>>,
    /// The severity, whose id is the entry's.
    #[serde(skip)]
    pub severity: At<Severity>,
    /// What to do when nothing else is known.
    pub verdict: At<Verdict>,
    /// Its words.
    #[serde(flatten)]
    pub entry: Entry,
}

/// A second digit.
#[derive(Clone, Debug, serde::Serialize)]
pub struct CategoryRow {
    /// The digits that have this category.
    pub digits: Vec<At<u16>>,
    /// The category, whose id is the entry's.
    #[serde(skip)]
    pub category: At<Category>,
    /// Its words.
    #[serde(flatten)]
    pub entry: Entry,
}

/// One code.
#[derive(Clone, Debug, serde::Serialize)]
pub struct ReplyRows {
    /// The code.
    pub code: At<u16>,
    /// Its senses, the base one first.
    pub senses: Vec<Entry>,
}

/// One command.
#[derive(Clone, Debug, serde::Serialize)]
pub struct CommandRows {
    /// The verb.
    pub verb: At<String>,
    /// Its stable number; 0 is the pseudo-command `any`.
    pub number: At<u16>,
    /// What may answer it.
    pub replies: Vec<Flow>,
}

/// One code that may answer a command.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Flow {
    /// The code.
    pub code: At<u16>,
    /// Who says so.
    pub source: Citation,
    /// When.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<At<String>>,
}

/// The enhanced status codes.
#[derive(Clone, Debug, Default, serde::Serialize)]
pub struct EnhancedRows {
    /// Classes 2, 4, 5.
    pub classes: Vec<ClassRow>,
    /// Subjects 0 to 7.
    pub subjects: Vec<SubjectRow>,
    /// Registered details, ascending.
    pub details: Vec<DetailRow>,
}

/// A class of enhanced status codes.
#[derive(Clone, Debug, serde::Serialize)]
pub struct ClassRow {
    /// 2, 4 or 5.
    pub class: At<u16>,
    /// Its words.
    #[serde(flatten)]
    pub entry: Entry,
}

/// A subject of enhanced status codes.
#[derive(Clone, Debug, serde::Serialize)]
pub struct SubjectRow {
    /// 0 to 7.
    pub subject: At<u16>,
    /// Its words.
    #[serde(flatten)]
    pub entry: Entry,
}

/// A registered detail.
#[derive(Clone, Debug, serde::Serialize)]
pub struct DetailRow {
    /// The subject.
    pub subject: At<u16>,
    /// The detail.
    pub detail: At<u16>,
    /// The basic codes that the registry associates with it; a single digit stands for all codes that begin with it.
    pub codes: Vec<At<u16>>,
    /// Its words.
    #[serde(flatten)]
    pub entry: Entry,
}

/// A number that is no reply.
#[derive(Clone, Debug, serde::Serialize)]
pub struct NotReply {
    /// The number; 0 stands for any that is not listed.
    pub number: At<u16>,
    /// What to do.
    pub verdict: At<Verdict>,
    /// Its words; the phrase is the symbolic name, for instance `WSAETIMEDOUT`.
    #[serde(flatten)]
    pub entry: Entry,
}

/// A member of one of the core's vocabularies.
#[derive(Clone, Debug, serde::Serialize)]
pub struct MemberRow<T> {
    /// The member, whose id is the entry's.
    #[serde(skip)]
    pub member: At<T>,
    /// Its number in the core.
    pub number: At<u16>,
    /// Its words.
    #[serde(flatten)]
    pub entry: Entry,
}
