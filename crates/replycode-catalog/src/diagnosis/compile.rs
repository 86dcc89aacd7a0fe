//! Rules to the tables that the core evaluates: for the generator, for the validator's examples, and for rules that
//! are read at run time.

use replycode::{Protocol, ReplyCode, Severity};
use replycode::tables::{DiagnosisRules, GROUPS, LANES, RuleRow, scope};

use super::encodings::spellings;
use super::rows::{Cause, DiagnosisRule, When};
use super::trie::Trie;
use crate::source::At;

/// Rules in the form in which they are evaluated.
#[derive(Clone, Debug)]
pub struct CompiledRules {
    roots: Box<[u16; 256]>,
    phrases: Vec<u8>,
    rows: Vec<RuleRow>,
    conditions: Vec<u16>,
    plain: [Vec<u32>; 2],
    enhanced: Vec<u32>,
    commands: Vec<u32>,
}

/// A limit of the tables that the rules exceed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Limit {
    /// More groups of phrases than fit.
    Groups,
    /// The phrases, or the conditions, take more than 64 KiB.
    Bytes,
    /// More phrases may be under way at once than there is room for.
    Lanes,
}

impl CompiledRules {
    /// For the core.
    pub fn rules(&self) -> DiagnosisRules<'_> {
        let [smtp, ftp] = &self.plain;
        DiagnosisRules {
            roots: &self.roots,
            phrases: &self.phrases,
            rows: &self.rows,
            conditions: &self.conditions,
            plain: [smtp, ftp],
            enhanced: &self.enhanced,
            commands: &self.commands,
        }
    }

    /// Compiles rules. What they name must exist; a list may be longer than a row can say only if it is a mistake.
    pub(crate) fn new(rules: &[DiagnosisRule], causes: &[Cause], commands: &Commands) -> Result<Self, Limit> {
        let mut compiler = Compiler { trie: Trie::new(), groups: rules.len(), conditions: Vec::new() };
        let mut rows = Vec::new();
        for (number, rule) in rules.iter().enumerate() {
            let cause = causes.iter().position(|cause| *cause.id == *rule.cause).unwrap_or_default();
            rows.push(compiler.row(number, cause, rule, commands)?);
        }
        if compiler.groups > GROUPS {
            return Err(Limit::Groups);
        }
        if compiler.trie.lanes() > LANES {
            return Err(Limit::Lanes);
        }
        let written = compiler.trie.write().ok_or(Limit::Bytes)?;
        Ok(CompiledRules {
            roots: Box::new(written.roots),
            phrases: written.bytes,
            plain: [Protocol::Smtp, Protocol::Ftp].map(|protocol| {
                bits(rules, |when| when.phrases.is_empty() && when.protocols().contains(&protocol))
            }),
            enhanced: bits(rules, |when| !when.enhanced.is_empty()),
            commands: bits(rules, |when| !when.commands.is_empty()),
            rows,
            conditions: compiler.conditions,
        })
    }
}

/// A bit for each rule of which something is true.
fn bits(rules: &[DiagnosisRule], is: impl Fn(&When) -> bool) -> Vec<u32> {
    let mut words = vec![0; rules.len().div_ceil(32)];
    for (number, _) in rules.iter().enumerate().filter(|(_, rule)| is(&rule.when)) {
        words[number / 32] |= 1 << (number % 32);
    }
    words
}

/// The commands of all protocols in the order in which the core lists them.
pub(crate) type Commands = Vec<(Protocol, String)>;

struct Compiler {
    trie: Trie,
    groups: usize,
    conditions: Vec<u16>,
}

impl Compiler {
    fn row(
        &mut self,
        number: usize,
        cause: usize,
        rule: &DiagnosisRule,
        commands: &Commands,
    ) -> Result<RuleRow, Limit> {
        let when = &rule.when;
        let start = u16::try_from(self.conditions.len()).map_err(|_| Limit::Bytes)?;
        self.phrases(&when.phrases, number)?;
        self.conditions.extend(when.codes.iter().map(|code| **code));
        self.conditions.extend(when.enhanced.iter().map(|pattern| pattern.number()));
        let places = places(when, commands);
        self.conditions.extend(&places);
        for phrases in [&when.also, &when.without] {
            if !phrases.is_empty() {
                let group = self.groups;
                self.groups += 1;
                self.phrases(phrases, group)?;
                self.conditions.push(u16::try_from(group).map_err(|_| Limit::Groups)?);
            }
        }
        let len = |count: usize| u8::try_from(count).map_err(|_| Limit::Bytes);
        Ok(RuleRow {
            cause: len(cause)?,
            scope: scope_of(rule),
            severities: severities(when),
            codes: len(when.codes.len())?,
            enhanced: len(when.enhanced.len())?,
            commands: len(places.len())?,
            start,
        })
    }

    fn phrases(&mut self, phrases: &[At<String>], group: usize) -> Result<(), Limit> {
        let group = u16::try_from(group).map_err(|_| Limit::Groups)?;
        for phrase in phrases {
            for bytes in spellings(phrase) {
                self.trie.add(&bytes, group);
            }
        }
        Ok(())
    }
}

fn places(when: &When, commands: &Commands) -> Vec<u16> {
    let protocols = when.protocols();
    let asked = |(protocol, verb): &(Protocol, String)| {
        protocols.contains(protocol) && when.commands.iter().any(|asked| **asked == *verb)
    };
    (0u16..).zip(commands).filter(|(_, command)| asked(command)).map(|(place, _)| place).collect()
}

/// What a rule without severities and codes is for: refusals, and texts of which nothing else is known (bit 0).
const REFUSALS: u8 = 1
    | 1 << Severity::Transient.number()
    | 1 << Severity::Permanent.number()
    | 1 << Severity::Unassigned.number();

fn severities(when: &When) -> u8 {
    let bit = |severity: Severity| 1 << severity.number();
    let asked = when.severity.iter().fold(0, |bits, severity| bits | bit(**severity));
    let mut of_codes = 0;
    for code in when.codes.iter().filter_map(|code| ReplyCode::new(**code)) {
        of_codes |= when.protocols().iter().fold(0, |bits, &protocol| bits | bit(Severity::of(protocol, code)));
    }
    match (asked, of_codes) {
        (0, 0) => REFUSALS,
        (0, bits) | (bits, 0) => bits,
        (asked, of_codes) => asked & of_codes,
    }
}

fn scope_of(rule: &DiagnosisRule) -> u8 {
    let when = &rule.when;
    let bit = |set: bool, bit: u8| if set { bit } else { 0 };
    let verdict = rule.verdict.as_ref().map_or(0, |verdict| verdict.is.number());
    let protocols = when.protocols().iter().fold(0, |bits, protocol| bits | scope::SMTP << protocol.number());
    protocols
        | bit(!when.phrases.is_empty(), scope::PHRASE)
        | bit(!when.also.is_empty(), scope::ALSO)
        | bit(!when.without.is_empty(), scope::WITHOUT)
        | verdict << scope::VERDICT_SHIFT
}
