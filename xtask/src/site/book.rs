//! The catalogue, with the lookups that pages need.

use std::collections::{BTreeMap, BTreeSet};

use replycode::{Category, Enhanced, Protocol, ReplyCode, Severity, Verdict};
use replycode_catalog::{CategoryRow, Cause, DetailRow, DiagnosisRule, Entry, Model, ProtocolRows, SeverityRow};

/// The catalogue, with the lookups that pages need.
pub(super) struct Book<'a> {
    pub(super) model: &'a Model,
    /// Every code, by protocol and number.
    pub(super) replies: BTreeMap<(Protocol, u16), Reply<'a>>,
}

/// One code: what RFCs say of it, and what the field does.
#[derive(Clone, Copy)]
pub(super) struct Reply<'a> {
    pub(super) rows: &'a ProtocolRows,
    pub(super) protocol: Protocol,
    pub(super) code: u16,
    pub(super) senses: &'a [Entry],
    pub(super) field: &'a [Entry],
}

impl<'a> Reply<'a> {
    /// The entry to show when nothing but the code is known.
    pub(super) fn base(&self) -> &'a Entry {
        self.entries().next().expect("the catalogue's codes have senses")
    }

    /// Every entry, the base one first.
    pub(super) fn entries(&self) -> impl Iterator<Item = &'a Entry> + use<'a> {
        self.senses.iter().chain(self.field)
    }

    fn digits(&self) -> ReplyCode {
        ReplyCode::new(self.code).expect("the catalogue's codes are checked")
    }

    /// The first digit.
    pub(super) fn class(&self) -> u16 {
        self.digits().first().into()
    }

    /// What the first digit says.
    pub(super) fn severity(&self) -> Severity {
        Severity::of(self.protocol, self.digits())
    }

    /// What the second digit says.
    pub(super) fn category(&self) -> Category {
        Category::of(self.protocol, self.digits())
    }

    /// The row of the first digit.
    pub(super) fn severity_row(&self) -> &'a SeverityRow {
        let severity = self.severity();
        self.rows.severities.iter().find(|row| *row.severity == severity).expect("every severity has a row")
    }

    /// The row of the second digit.
    pub(super) fn category_row(&self) -> &'a CategoryRow {
        let category = self.category();
        self.rows.categories.iter().find(|row| *row.category == category).expect("every category has a row")
    }

    /// The verdict that holds for one of its entries: its own, or that of the severity.
    pub(super) fn verdict(&self, entry: &Entry) -> Verdict {
        entry.verdict.as_ref().map_or(*self.severity_row().verdict, |own| *own.is)
    }

    /// The commands that it answers, `any` first.
    pub(super) fn answers(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        let code = self.code;
        let listed = self.rows.commands.iter().filter(move |row| row.replies.iter().any(|flow| *flow.code == code));
        listed.map(|row| row.verb.as_str())
    }
}

impl<'a> Book<'a> {
    pub(super) fn new(model: &'a Model) -> Self {
        let mut replies = BTreeMap::new();
        for rows in model.protocols() {
            for (list, field) in [(&rows.replies, false), (&rows.field, true)] {
                for row in list {
                    let (protocol, code) = (*rows.id, *row.code);
                    let reply = replies.entry((protocol, code));
                    let reply = reply.or_insert(Reply { rows, protocol, code, senses: &[], field: &[] });
                    if field { reply.field = &row.senses } else { reply.senses = &row.senses }
                }
            }
        }
        Book { model, replies }
    }

    /// The codes of a protocol, ascending.
    pub(super) fn replies(&self, protocol: Protocol) -> impl Iterator<Item = &Reply<'a>> {
        self.replies.values().filter(move |reply| reply.protocol == protocol)
    }

    /// The registered detail of an enhanced code.
    pub(super) fn detail(&self, code: Enhanced) -> Option<&'a DetailRow> {
        let details = &self.model.enhanced().details;
        details.iter().find(|row| (*row.subject, *row.detail) == (code.subject(), code.detail()))
    }

    /// Every enhanced code that belongs to a reply, by its entries or by the registry.
    pub(super) fn enhanced_of(&self, reply: &Reply<'_>) -> Vec<Enhanced> {
        let mut codes: Vec<Enhanced> =
            reply.entries().flat_map(|entry| entry.enhanced.iter().map(|code| **code)).collect();
        if reply.protocol == Protocol::Smtp {
            let class = u8::try_from(reply.class()).expect("one digit");
            let registered = self.model.enhanced().details.iter();
            let registered = registered.filter(|row| row.codes.iter().any(|code| **code == reply.code));
            codes.extend(registered.filter_map(|row| Enhanced::new(class, *row.subject, *row.detail)));
        }
        codes.sort_unstable();
        codes.dedup();
        codes
    }

    /// The rules that lead to a cause, in the order in which they are tried.
    pub(super) fn rules(&self, cause: &str) -> impl Iterator<Item = &'a DiagnosisRule> {
        self.model.diagnosis().rules.iter().filter(move |rule| rule.cause.as_str() == cause)
    }

    /// The codes that a rule is for: those that it asks for, and those of the replies that it is known to hold for.
    pub(super) fn codes_of(&self, rule: &DiagnosisRule) -> BTreeSet<(Protocol, u16)> {
        let said = rule.yes.iter().filter_map(|line| line.get(..3)?.parse::<u16>().ok());
        let codes: Vec<u16> = rule.when.codes.iter().map(|code| **code).chain(said).collect();
        let own = rule.when.protocol.as_deref().copied();
        let protocols = Protocol::ALL.iter().filter(|protocol| own.is_none_or(|own| own == **protocol));
        protocols.flat_map(|protocol| codes.iter().map(|code| (*protocol, *code))).collect()
    }

    /// The causes that rules know behind a reply, in the order of their numbers.
    pub(super) fn causes_of(&self, reply: &Reply<'_>) -> Vec<&'a Cause> {
        let key = (reply.protocol, reply.code);
        let behind = |cause: &&Cause| self.rules(&cause.id).any(|rule| self.codes_of(rule).contains(&key));
        self.model.diagnosis().causes.iter().filter(behind).collect()
    }

    /// The causes that rules know behind an enhanced detail.
    pub(super) fn causes_of_detail(&self, subject: u16, detail: u16) -> Vec<&'a Cause> {
        let asks = |rule: &DiagnosisRule| {
            let mut patterns = rule.when.enhanced.iter();
            patterns.any(|pattern| u16::from(pattern.subject) == subject && pattern.detail == Some(detail))
        };
        let behind = |cause: &&Cause| self.rules(&cause.id).any(asks);
        self.model.diagnosis().causes.iter().filter(behind).collect()
    }

    /// Every reply that an enhanced detail comes with, by its entries or by the registry.
    pub(super) fn replies_with(&self, subject: u16, detail: u16) -> impl Iterator<Item = &Reply<'a>> {
        let is = move |code: &Enhanced| (code.subject(), code.detail()) == (subject, detail);
        self.replies.values().filter(move |reply| self.enhanced_of(reply).iter().any(is))
    }
}
