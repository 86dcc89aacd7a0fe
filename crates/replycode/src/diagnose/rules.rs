//! Which rule decides.

use super::phrases::{self, Groups};
use crate::tables::{ANY_DETAIL, DiagnosisRules, RuleRow, pattern, scope};
use crate::{DiagnosisBasis, Enhanced, Protocol, ReplyCode, Severity, Verdict};

/// What is known of a reply.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct Evidence<'a> {
    /// The protocol.
    pub protocol: Protocol,
    /// The code.
    pub code: Option<ReplyCode>,
    /// The enhanced status code.
    pub enhanced: Option<Enhanced>,
    /// The command that was answered: its place in the catalogue's list of commands.
    pub command: Option<u8>,
    /// The words, without codes.
    pub text: &'a [u8],
}

impl Evidence<'_> {
    /// What the first digit says, or the class of the enhanced code if there is no code.
    pub(super) fn severity(&self) -> Option<Severity> {
        match (self.code, self.enhanced) {
            (Some(code), _) => Some(Severity::of(self.protocol, code)),
            (None, enhanced) => enhanced.map(Enhanced::severity),
        }
    }
}

/// The rules that hold for a reply, in their order.
#[doc(hidden)]
#[derive(Clone)]
pub struct Deciding<'a> {
    rules: DiagnosisRules<'a>,
    evidence: Evidence<'a>,
    /// The severity's bit in [`RuleRow::severities`].
    severity: u8,
    found: Groups,
    /// The word of rules being looked at, and its bits that are still to be looked at.
    word: usize,
    bits: u32,
}

impl<'a> DiagnosisRules<'a> {
    /// The rules that hold for a reply, the deciding one first.
    #[doc(hidden)]
    pub fn deciding(self, evidence: Evidence<'a>) -> Deciding<'a> {
        let found = phrases::find(&self, evidence.text, evidence.code);
        let severity = evidence.severity().map_or(1, |severity| 1 << severity.number());
        let mut deciding = Deciding { rules: self, evidence, severity, found, word: 0, bits: 0 };
        deciding.bits = deciding.candidates();
        deciding
    }
}

impl Deciding<'_> {
    /// The rules of the present word that may hold: those with a phrase of theirs in the text, and those that ask for
    /// none; without those that ask for what is not known.
    fn candidates(&self) -> u32 {
        let word = |words: &[u32]| words.get(self.word).copied().unwrap_or(0);
        let [smtp, ftp] = self.rules.plain;
        let plain = match self.evidence.protocol {
            Protocol::Smtp => smtp,
            Protocol::Ftp => ftp,
        };
        // Groups above the rules are other conditions of theirs: no row, so nothing comes of them.
        let mut candidates = word(plain) | self.found.word(self.word);
        if self.evidence.enhanced.is_none() {
            candidates &= !word(self.rules.enhanced);
        }
        if self.evidence.command.is_none() {
            candidates &= !word(self.rules.commands);
        }
        candidates
    }

    fn holds(&self, row: &RuleRow) -> bool {
        let protocol = scope::SMTP << self.evidence.protocol.number();
        if row.scope & protocol == 0 || row.severities & self.severity == 0 {
            return false;
        }
        let Evidence { code, enhanced, command, .. } = self.evidence;
        let mut rest = self.rules.conditions.get(usize::from(row.start)..).unwrap_or(&[]);
        one(&mut rest, row.codes, |asked| code.is_some_and(|code| code == asked))
            && one(&mut rest, row.enhanced, |asked| enhanced.is_some_and(|code| fits(asked, code)))
            && one(&mut rest, row.commands, |asked| command.is_some_and(|command| u16::from(command) == asked))
            && one(&mut rest, u8::from(row.scope & scope::ALSO != 0), |group| self.found.contains(group))
            && one(&mut rest, u8::from(row.scope & scope::WITHOUT != 0), |group| !self.found.contains(group))
    }
}

/// Whether one of the next `count` conditions is fulfilled; true if there is none. Takes them.
fn one(conditions: &mut &[u16], count: u8, fulfilled: impl Fn(u16) -> bool) -> bool {
    let (these, rest) = conditions.split_at_checked(usize::from(count)).unwrap_or((&[], &[]));
    *conditions = rest;
    these.is_empty() || these.iter().any(|&condition| fulfilled(condition))
}

fn fits(asked: u16, code: Enhanced) -> bool {
    const CLASS: u16 = 3 << 14;
    let Ok(subject) = u8::try_from(code.subject()) else { return false };
    if subject > 15 {
        return false;
    }
    let class = if asked & CLASS == 0 { 0 } else { code.class() };
    let detail = if asked & ANY_DETAIL == ANY_DETAIL { ANY_DETAIL } else { code.detail() };
    pattern(class, subject, detail) == asked
}

impl Iterator for Deciding<'_> {
    type Item = u16;

    /// The number of the next rule that holds.
    fn next(&mut self) -> Option<u16> {
        loop {
            while self.bits != 0 {
                let number = self.word << 5 | self.bits.trailing_zeros() as usize;
                self.bits &= self.bits - 1;
                if self.rules.rows.get(number).is_some_and(|row| self.holds(row)) {
                    return u16::try_from(number).ok();
                }
            }
            self.word += 1;
            if self.word << 5 >= self.rules.rows.len() {
                return None;
            }
            self.bits = self.candidates();
        }
    }
}

impl RuleRow {
    /// What the rule rests on: the most telling of its conditions.
    pub(super) fn basis(&self) -> DiagnosisBasis {
        match self {
            row if row.scope & scope::PHRASE != 0 => DiagnosisBasis::Phrase,
            RuleRow { enhanced: 1.., .. } => DiagnosisBasis::Enhanced,
            RuleRow { commands: 1.., .. } => DiagnosisBasis::Command,
            RuleRow { codes: 1.., .. } => DiagnosisBasis::Code,
            _ => DiagnosisBasis::Severity,
        }
    }

    /// The verdict that the rule gives instead of the severity's.
    pub(super) fn verdict(&self) -> Option<Verdict> {
        Verdict::from_number(self.scope >> scope::VERDICT_SHIFT)
    }
}
