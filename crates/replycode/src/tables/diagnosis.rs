//! The layout of the diagnosis: causes, and the rules that lead from a reply to a cause.

use super::Pool;
use crate::{Party, Verdict};

/// Everything a catalogue says of causes besides their texts.
#[derive(Debug)]
pub struct DiagnosisTables {
    /// The causes, in the order of their entries.
    pub causes: &'static [CauseRow],
    /// The cause of a positive reply that no rule explains: its place in `causes`.
    pub positive: u8,
    /// The cause of any other reply that no rule explains: its place in `causes`.
    pub unexplained: u8,
    /// The rules, in the order in which they are tried.
    pub rules: DiagnosisRules<'static>,
    /// The ids of the rules, in the same order.
    pub rule_ids: Pool,
}

impl DiagnosisTables {
    /// No causes and no rules.
    pub const EMPTY: DiagnosisTables = DiagnosisTables {
        causes: &[],
        positive: NO_CAUSE,
        unexplained: NO_CAUSE,
        rules: DiagnosisRules {
            roots: &[0; 256],
            phrases: &[],
            rows: &[],
            conditions: &[],
            plain: [&[], &[]],
            enhanced: &[],
            commands: &[],
        },
        rule_ids: Pool::EMPTY,
    };
}

/// "No such cause" among places of causes.
pub const NO_CAUSE: u8 = u8::MAX;

/// What is known of a cause besides its texts.
#[derive(Clone, Copy, Debug)]
pub struct CauseRow {
    /// Its stable number.
    pub number: u8,
    /// Who must act.
    pub party: Party,
    /// What to do, as far as the severity of the reply allows.
    pub verdict: Verdict,
}

/// Rules in the form in which they are evaluated. The validator of a catalogue builds it as well, so that an example
/// is checked by the same code that will answer for it.
#[derive(Clone, Copy, Debug)]
pub struct DiagnosisRules<'a> {
    /// By first byte: where the phrases that begin with it continue in `phrases`, or 0.
    pub roots: &'a [u16; 256],
    /// All phrases as one automaton; see [`op`].
    pub phrases: &'a [u8],
    /// The rules, in the order in which they are tried.
    pub rows: &'a [RuleRow],
    /// What the rules ask for, found by [`RuleRow::start`].
    pub conditions: &'a [u16],
    /// By protocol number: a bit for each rule of the protocol that asks for no phrase.
    pub plain: [&'a [u32]; 2],
    /// A bit for each rule that asks for an enhanced code.
    pub enhanced: &'a [u32],
    /// A bit for each rule that asks for a command.
    pub commands: &'a [u32],
}

/// One rule.
///
/// Its conditions stand in a row in [`DiagnosisRules::conditions`]: reply codes, enhanced patterns (see [`pattern`]),
/// commands (places in [`Tables::commands`](super::Tables)), then the group of phrases that must also be there and
/// the group that must not, where the rule has them. The group of phrases that leads to the rule in the first place
/// has the rule's own number.
#[derive(Clone, Copy, Debug)]
pub struct RuleRow {
    /// The cause: its place in [`DiagnosisTables::causes`].
    pub cause: u8,
    /// Bits of [`scope`], and the number of the verdict that overrides the severity's, or 0.
    pub scope: u8,
    /// A bit for each severity's number that it admits; bit 0 stands for a reply whose severity is not known.
    pub severities: u8,
    /// How many reply codes.
    pub codes: u8,
    /// How many enhanced patterns.
    pub enhanced: u8,
    /// How many commands.
    pub commands: u8,
    /// Where the conditions begin.
    pub start: u16,
}

/// The bits of [`RuleRow::scope`].
pub mod scope {
    /// For replies of SMTP; the bit of FTP is the next one.
    pub const SMTP: u8 = 1;
    /// For replies of FTP.
    pub const FTP: u8 = 2;
    /// Asks for a phrase.
    pub const PHRASE: u8 = 4;
    /// Asks for a phrase of a second group.
    pub const ALSO: u8 = 8;
    /// Refuses phrases of a third group.
    pub const WITHOUT: u8 = 16;
    /// The number of the verdict stands above the bits.
    pub const VERDICT_SHIFT: u8 = 5;
}

/// The bytes of [`DiagnosisRules::phrases`]. Phrases hold no control characters, so whatever is not one of these is a
/// byte that the text must have next. Numbers of two bytes have the low byte first.
pub mod op {
    /// Nothing follows.
    pub const END: u8 = 0;
    /// A phrase ends here: its group (two bytes). Going on is possible.
    pub const FOUND: u8 = 1;
    /// What follows is the same as at another place (two bytes): phrases share their endings.
    pub const JUMP: u8 = 2;
    /// The ways part: how many (one byte), their bytes in ascending order, then for each where it goes (two bytes).
    pub const BRANCH: u8 = 3;
}

/// The most groups of phrases that rules may have: the first of each rule has the rule's number.
pub const GROUPS: usize = 512;

/// A pattern for enhanced codes, as a number: class (0 for any) in two bits, subject in four, detail in ten.
///
/// ```
/// use replycode::tables::{ANY_DETAIL, pattern};
/// assert_eq!(pattern(0, 7, ANY_DETAIL), 0b0_0111_1111111111);
/// ```
pub const fn pattern(class: u8, subject: u8, detail: u16) -> u16 {
    let class = match class {
        2 => 1,
        4 => 2,
        5 => 3,
        _ => 0,
    };
    class << 14 | ((subject & 15) as u16) << 10 | detail & ANY_DETAIL
}

/// Any detail, in a [`pattern`].
pub const ANY_DETAIL: u16 = 0x3ff;
