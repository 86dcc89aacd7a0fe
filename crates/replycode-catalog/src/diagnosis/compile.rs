//! Rules to the tables that the core evaluates: for the generator, for the validator's examples, and for rules that
//! are read at run time.

use std::collections::HashMap;

use replycode::tables::{DiagnosisRules, DiagnosisTables, GROUPS, RuleMask, RuleRow, scope};
use replycode::{Protocol, ReplyCode, Severity};

use super::encodings::spellings;
use super::rows::{Cause, DiagnosisRule, When};
use super::trie::{self, Trie};
use crate::source::At;

/// Rules in the form in which they are evaluated.
#[derive(Clone, Debug)]
pub struct CompiledRules {
    roots: Box<[u16; 256]>,
    phrases: Vec<u8>,
    rows: Vec<RuleRow>,
    conditions: Vec<u16>,
    masks: Vec<RuleMask>,
}

/// A limit of the tables that the rules exceed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Limit {
    /// More groups of phrases than fit.
    Groups,
    /// The phrases, or the conditions, take more than 64 KiB.
    Bytes,
}

impl CompiledRules {
    /// For the core.
    pub fn rules(&self) -> DiagnosisRules<'_> {
        DiagnosisRules {
            roots: &self.roots,
            phrases: &self.phrases,
            rows: &self.rows,
            conditions: &self.conditions,
            masks: &self.masks,
        }
    }

    /// For the core, for as long as the program runs.
    pub(crate) fn leak(self) -> DiagnosisRules<'static> {
        DiagnosisRules {
            roots: Box::leak(self.roots),
            phrases: self.phrases.leak(),
            rows: self.rows.leak(),
            conditions: self.conditions.leak(),
            masks: self.masks.leak(),
        }
    }

    /// Compiles rules. What they name must exist; a list may be longer than a row can say only if it is a mistake.
    pub(crate) fn new(rules: &[DiagnosisRule], causes: &[Cause], commands: &Commands) -> Result<Self, Limit> {
        Self::over(rules, causes, commands, &Under::NOTHING)
    }

    /// Compiles rules that are tried before others.
    pub(crate) fn over(
        rules: &[DiagnosisRule],
        causes: &[Cause],
        commands: &Commands,
        under: &Under<'_>,
    ) -> Result<Self, Limit> {
        let groups = rules.len() + under.kept.len();
        let mut compiler = Compiler { trie: Trie::new(), groups, conditions: Vec::new() };
        let mut rows = Vec::new();
        for (number, rule) in rules.iter().enumerate() {
            let cause = causes.iter().position(|cause| *cause.id == *rule.cause).unwrap_or_default();
            rows.push(compiler.row(number, cause, rule, commands)?);
        }
        compiler.under(under, &mut rows)?;
        if compiler.groups > GROUPS {
            return Err(Limit::Groups);
        }
        let written = compiler.trie.write().ok_or(Limit::Bytes)?;
        Ok(CompiledRules {
            roots: Box::new(written.roots),
            phrases: written.bytes,
            masks: rows.chunks(32).map(mask).collect(),
            rows,
            conditions: compiler.conditions,
        })
    }
}

/// Compiled rules behind others.
pub(crate) struct Under<'a> {
    pub(crate) rules: DiagnosisRules<'a>,
    /// Those that stay, by number, and the place that the cause of each has now.
    pub(crate) kept: Vec<(u16, u8)>,
}

impl Under<'_> {
    const NOTHING: Under<'static> = Under { rules: DiagnosisTables::EMPTY.rules, kept: Vec::new() };
}

/// What up to 32 rules ask for.
fn mask(rules: &[RuleRow]) -> RuleMask {
    let bits = |is: &dyn Fn(&RuleRow) -> bool| {
        rules.iter().enumerate().filter(|(_, row)| is(row)).fold(0, |bits, (number, _)| bits | 1 << number)
    };
    let plain = |protocol: u8| bits(&|row| row.scope & scope::PHRASE == 0 && row.scope & protocol != 0);
    RuleMask {
        plain: [plain(scope::SMTP), plain(scope::FTP)],
        enhanced: bits(&|row| row.enhanced > 0),
        commands: bits(&|row| row.commands > 0),
    }
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

    /// Adds the rows of compiled rules, with the numbers that their groups and causes have here.
    fn under(&mut self, under: &Under<'_>, rows: &mut Vec<RuleRow>) -> Result<(), Limit> {
        let mut groups: HashMap<u16, u16> = HashMap::new();
        for &(number, cause) in &under.kept {
            let row = under.rules.rows[usize::from(number)];
            groups.insert(number, u16::try_from(rows.len()).map_err(|_| Limit::Groups)?);
            let start = u16::try_from(self.conditions.len()).map_err(|_| Limit::Bytes)?;
            let plain = usize::from(row.codes) + usize::from(row.enhanced) + usize::from(row.commands);
            let (plain, further) = under.rules.conditions[usize::from(row.start)..].split_at(plain);
            self.conditions.extend(plain);
            let further_groups = (row.scope & (scope::ALSO | scope::WITHOUT)).count_ones() as usize;
            for &group in &further[..further_groups] {
                let new = u16::try_from(self.groups).map_err(|_| Limit::Groups)?;
                groups.insert(group, new);
                self.conditions.push(new);
                self.groups += 1;
            }
            rows.push(RuleRow { cause, start, ..row });
        }
        for (phrase, group) in trie::phrases(&under.rules) {
            if let Some(&group) = groups.get(&group) {
                self.trie.add(&phrase, group);
            }
        }
        Ok(())
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
const REFUSALS: u8 =
    1 | 1 << Severity::Transient.number() | 1 << Severity::Permanent.number() | 1 << Severity::Unassigned.number();

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

#[cfg(test)]
mod tests {
    use replycode::{Enhanced, Evidence, Protocol, ReplyCode};

    use super::*;
    use crate::diagnosis::shadow::contains;
    use crate::source::Span;

    fn at<T>(value: T) -> At<T> {
        At::new(value, Span::default())
    }

    fn rule(when: When) -> DiagnosisRule {
        let id = at("rule".to_owned());
        DiagnosisRule {
            cause: id.clone(),
            source: id.clone(),
            id,
            when,
            verdict: None,
            yes: Vec::new(),
            no: Vec::new(),
        }
    }

    fn phrases(phrases: &[&str]) -> Vec<At<String>> {
        phrases.iter().map(|phrase| at((*phrase).to_owned())).collect()
    }

    /// The numbers of the rules that hold.
    fn hold(rules: &CompiledRules, code: Option<u16>, enhanced: &str, text: &[u8]) -> Vec<u16> {
        let evidence = Evidence {
            protocol: Protocol::Smtp,
            code: code.and_then(ReplyCode::new),
            enhanced: enhanced.parse::<Enhanced>().ok(),
            command: None,
            text,
        };
        rules.rules().deciding(evidence).collect()
    }

    fn folded(text: &str) -> String {
        text.to_lowercase().split_ascii_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The automaton against the definition of a phrase, on texts made of few letters, so that phrases overlap.
    #[test]
    fn phrases_are_found_where_their_definition_says() {
        let mut state = 1u32;
        let mut next = |below: u32| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 16) % below
        };
        let mut found = 0;
        for _ in 0..3000 {
            let mut word = |letters: &[char], len: u32| -> String {
                (0..len).map(|_| letters[next(letters.len() as u32) as usize]).collect()
            };
            let all: Vec<String> = (0..6).map(|n| folded(&word(&['a', 'b', ' ', '-', 'ä'], 2 + n))).collect();
            let wide = (0..20).map(|_| folded(&word(&['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', '-'], 2)));
            let all = all.into_iter().chain(wide).collect::<Vec<_>>();
            let all: Vec<String> = all.into_iter().filter(|phrase| phrase.chars().count() > 1).collect();
            let of = |phrase: &String| rule(When { phrases: vec![at(phrase.clone())], ..When::default() });
            let rules: Vec<_> = all.iter().map(of).collect();
            let compiled = CompiledRules::new(&rules, &[], &Vec::new()).unwrap();
            for len in [0, 5, 30, 60] {
                let text = word(&['a', 'b', 'A', 'B', ' ', '\t', '\n', '-', 'ä', 'c'], len);
                let expected: Vec<u16> =
                    (0..).zip(&all).filter(|(_, p)| contains(&folded(&text), p)).map(|(n, _)| n).collect();
                assert_eq!(hold(&compiled, None, "", text.as_bytes()), expected, "{all:?} in {text:?}");
                found += expected.len();
            }
        }
        assert!(found > 3000, "{found}");
    }

    /// What was compiled can be taken apart and put together again.
    #[test]
    fn compiled_rules_under_none_are_the_same() {
        let when = |a: &[&str], also: &[&str]| When { phrases: phrases(a), also: phrases(also), ..When::default() };
        let rules = [
            rule(when(&["relay", "relay denied", "密码错误"], &["denied", "later"])),
            rule(When { codes: vec![at(550)], enhanced: vec![at("X.7.1".parse().unwrap())], ..When::default() }),
            rule(When { without: phrases(&["relay"]), ..when(&["later", "denied", "delayed"], &["mail"]) }),
        ];
        let once = CompiledRules::new(&rules, &[], &Vec::new()).unwrap();
        let under = Under { rules: once.rules(), kept: vec![(0, 0), (1, 0), (2, 0)] };
        let twice = CompiledRules::over(&[], &[], &Vec::new(), &under).unwrap();
        assert_eq!(format!("{twice:?}"), format!("{once:?}"));
        // Without the first, and behind another one.
        let under = Under { rules: once.rules(), kept: vec![(2, 7)] };
        let rest = CompiledRules::over(&[rule(when(&["now"], &[]))], &[], &Vec::new(), &under).unwrap();
        for (text, holds) in [
            ("now", &[0][..]),
            ("mail delayed", &[1]),
            ("now or later: mail", &[0, 1]),
            ("relay: mail delayed", &[]),
            ("delayed", &[]),
            ("relay denied later", &[]),
        ] {
            assert_eq!(hold(&rest, Some(550), "", text.as_bytes()), holds, "{text}");
        }
        assert_eq!(rest.rows[1].cause, 7);
    }

    #[test]
    fn every_condition_counts() {
        let when = When {
            codes: vec![at(550), at(554)],
            enhanced: vec![at("X.7.1".parse().unwrap()), at("5.2.*".parse().unwrap())],
            phrases: phrases(&["relay", "forward"]),
            also: phrases(&["denied"]),
            without: phrases(&["later"]),
            ..When::default()
        };
        let rules = CompiledRules::new(&[rule(when)], &[], &Vec::new()).unwrap();
        let holds = |code, enhanced, text: &str| hold(&rules, code, enhanced, text.as_bytes()) == [0];
        assert!(holds(Some(550), "5.7.1", "Relaying DENIED"));
        assert!(holds(Some(554), "4.7.1", "denied: no forwarding"));
        assert!(holds(Some(554), "5.2.999", "denied: no forwarding"));
        assert!(!holds(Some(551), "5.7.1", "Relaying denied"));
        assert!(!holds(None, "5.7.1", "Relaying denied"));
        assert!(!holds(Some(550), "4.2.1", "Relaying denied"));
        assert!(!holds(Some(550), "", "Relaying denied"));
        assert!(!holds(Some(550), "5.7.1", "Prerelay denied"));
        assert!(!holds(Some(550), "5.7.1", "Relaying refused"));
        assert!(!holds(Some(550), "5.7.1", "Relaying denied, try later"));
    }

    #[test]
    fn without_codes_and_severities_a_rule_is_for_refusals() {
        let rules =
            CompiledRules::new(&[rule(When { phrases: phrases(&["quota"]), ..When::default() })], &[], &Vec::new());
        let rules = rules.unwrap();
        for (code, holds) in
            [(None, true), (Some(250), false), (Some(354), false), (Some(452), true), (Some(552), true)]
        {
            assert_eq!(!hold(&rules, code, "", b"over quota").is_empty(), holds, "{code:?}");
        }
        assert!(hold(&rules, None, "2.0.0", b"over quota").is_empty());
    }

    #[test]
    fn a_phrase_in_the_encoding_of_its_server_is_found() {
        let rules = CompiledRules::new(
            &[rule(When { phrases: phrases(&["密码错误", "ログイン失敗"]), ..When::default() })],
            &[],
            &Vec::new(),
        );
        let rules = rules.unwrap();
        let found = |bytes: &[u8]| !hold(&rules, Some(530), "", bytes).is_empty();
        assert!(found("用户密码错误".as_bytes()));
        assert!(found(&encoding_rs::GBK.encode("用户密码错误").0));
        assert!(found(&encoding_rs::SHIFT_JIS.encode("エラー: ログイン失敗").0));
        assert!(found(&encoding_rs::EUC_JP.encode("エラー: ログイン失敗").0));
        assert!(!found("密码正确".as_bytes()));
    }

    #[test]
    fn what_does_not_fit_the_tables_is_refused() {
        let many: Vec<_> = (0..600).map(|_| rule(When { phrases: phrases(&["word"]), ..When::default() })).collect();
        assert_eq!(CompiledRules::new(&many, &[], &Vec::new()).err(), Some(Limit::Groups));
        let mut state = 1u32;
        let mut letter = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            char::from(b'a' + (state >> 16) as u8 % 26)
        };
        let long = (0..1500).map(|_| at((0..60).map(|_| letter()).collect())).collect();
        let long = rule(When { phrases: long, ..When::default() });
        assert_eq!(CompiledRules::new(&[long], &[], &Vec::new()).err(), Some(Limit::Bytes));
    }
}
