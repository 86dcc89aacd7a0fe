//! Causes: `data/wordings.tsv` has what servers say as their sources and documentation have it, `data/cases.jsonl` real
//! texts from public reports with example names.

use std::cmp::Reverse;

use replycode::{CATALOG, Cause, Context, Diagnosis, Enhanced, Protocol, ReplyCode, Verdict, diagnose};
use replycode_scan::{Found, explain_incident, find};
use serde_json::Value;
use sha2::{Digest, Sha256};
use xtask::repo;

use crate::incident::base64;

fn data(file: &str) -> String {
    let path = repo::root().join("tests/data").join(file);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A reply in one piece, as a server sends it: `550 5.7.1 Relaying denied`.
fn ask(protocol: Protocol, reply: &str) -> Diagnosis {
    let (code, rest) = reply.split_at(3.min(reply.len()));
    let rest = rest.get(1..).unwrap_or("");
    let (first, words) = rest.split_once(' ').unwrap_or((rest, ""));
    let enhanced = first.parse::<Enhanced>().ok();
    let text = if enhanced.is_some() { words } else { rest };
    let code = code.parse().ok().and_then(ReplyCode::new);
    diagnose(protocol, code, text.as_bytes(), Context { enhanced, ..Context::default() })
}

#[test]
fn the_wordings_of_servers_have_their_causes() {
    let wordings = data("wordings.tsv");
    let mut wrong = Vec::new();
    let mut count = 0;
    for line in wordings.lines().filter(|line| !line.starts_with('#')) {
        let [protocol, reply, cause, retry, _server] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("{line}")
        };
        let answer = ask(protocol.parse().unwrap(), reply);
        let retries = if answer.verdict().should_retry() { "yes" } else { "no" };
        if (answer.cause().id(), retries) != (cause, retry) {
            wrong.push(format!("{line}\n    {} {retries}, rule {:?}", answer.cause().id(), answer.rule()));
        }
        count += 1;
    }
    assert!(count > 400, "{count}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A text and what went wrong.
struct Case {
    id: String,
    input: Vec<u8>,
    protocol: Option<Protocol>,
    hint: Option<Protocol>,
    code: Option<ReplyCode>,
    enhanced: Option<Enhanced>,
    causes: Vec<String>,
    should_retry: bool,
}

impl Case {
    fn read(line: &str) -> Case {
        let case: Value = serde_json::from_str(line).unwrap();
        let input = match case["input_b64"].as_str() {
            Some(encoded) => base64(encoded),
            None => case["input"].as_str().unwrap().as_bytes().to_vec(),
        };
        let expect = &case["expect"];
        let word = |name: &str| expect[name].as_str();
        let alternatives = expect["cause_alt"].as_array().into_iter().flatten().filter_map(Value::as_str);
        Case {
            id: case["id"].as_str().unwrap().to_owned(),
            input,
            protocol: word("protocol").map(|id| id.parse().unwrap()),
            hint: case["hint"].as_str().map(|id| id.parse().unwrap()),
            code: expect["code"].as_u64().and_then(|code| ReplyCode::new(code as u16)),
            enhanced: word("enhanced").and_then(|text| text.parse().ok()),
            causes: word("cause").into_iter().chain(alternatives).map(str::to_owned).collect(),
            should_retry: expect["should_retry"] == true,
        }
    }

    /// A part of the cases was not looked at while the rules were written.
    fn held_out(&self) -> bool {
        Sha256::digest(&self.id).last().is_some_and(|byte| byte & 15 <= 2)
    }

    /// Cause, verdict, and what they rest on, if somebody says which reply decides.
    fn told(&self) -> Answer {
        let fits =
            |found: &Found| found.code == self.code && found.enhanced.is_none_or(|own| Some(own) == self.enhanced);
        let rank = |found: &Found| (found.enhanced, !found.text.is_empty(), Reverse(found.offset));
        let found = find(&self.input, self.hint).filter(fits).max_by_key(rank);
        let mut buffer = [0; 1024];
        let words = match &found {
            Some(found) => found.copy_words(&self.input, &mut buffer),
            None => &self.input[..],
        };
        let context = Context { enhanced: self.enhanced, ..found.map(|found| found.context()).unwrap_or_default() };
        let answer = diagnose(self.protocol.unwrap_or(Protocol::Smtp), self.code, words, context);
        (answer.cause(), answer.verdict(), answer.rule())
    }

    /// The same from the text alone.
    fn found(&self) -> Answer {
        let answer = explain_incident(&self.input, self.hint);
        (answer.cause, answer.verdict, answer.diagnosis.and_then(Diagnosis::rule))
    }
}

type Answer = (Cause, Verdict, Option<&'static str>);

/// How many of the cases are right.
#[derive(Debug, Default)]
struct Figures {
    cases: usize,
    main_cause: usize,
    cause: usize,
    retry: usize,
    /// Ids, and what was said.
    misses: Vec<(String, String)>,
}

impl Figures {
    fn of<'a>(cases: impl Iterator<Item = &'a Case>, ask: fn(&Case) -> Answer) -> Figures {
        let mut figures = Figures::default();
        for case in cases {
            let (cause, verdict, rule) = ask(case);
            let place = case.causes.iter().position(|expected| expected == cause.id());
            let retry = verdict.should_retry() == case.should_retry;
            figures.cases += 1;
            figures.main_cause += usize::from(place == Some(0));
            figures.cause += usize::from(place.is_some());
            figures.retry += usize::from(retry);
            if place.is_none() || !retry {
                let expected = format!("expected {:?}, retry {}", case.causes, case.should_retry);
                let text = format!("{}: {cause:?}, {verdict:?}, rule {rule:?}; {expected}", case.id);
                figures.misses.push((case.id.clone(), text));
            }
        }
        figures
    }

    fn percent(&self, part: usize) -> f64 {
        100.0 * part as f64 / self.cases as f64
    }

    fn report(&self, name: &str) {
        println!(
            "{name}: {} cases; cause {:.1} % (the main one {:.1} %), should_retry {:.1} %",
            self.cases,
            self.percent(self.cause),
            self.percent(self.main_cause),
            self.percent(self.retry)
        );
        self.misses.iter().for_each(|(_, text)| println!("  {text}"));
    }
}

fn cases() -> Vec<Case> {
    let cases: Vec<Case> = data("cases.jsonl").lines().map(Case::read).collect();
    assert_eq!(cases.len(), 178);
    for cause in cases.iter().flat_map(|case| &case.causes) {
        assert!(CATALOG.cause(cause).is_some(), "{cause}");
    }
    cases
}

#[test]
fn real_replies_have_their_causes() {
    let cases = cases();
    let known = std::fs::read_to_string(repo::root().join("docs/known-misses.md")).unwrap();
    for (name, ask) in [("deciding reply told", Case::told as fn(&Case) -> Answer), ("text alone", Case::found)] {
        let figures = Figures::of(cases.iter().filter(|case| !case.held_out()), ask);
        figures.report(name);
        for (id, text) in &figures.misses {
            assert!(known.contains(&format!("`{id}`")), "docs/known-misses.md does not have {text}");
        }
        assert!(figures.percent(figures.cause) >= 90.0, "{name}: cause");
        assert!(figures.percent(figures.retry) >= 97.0, "{name}: should_retry");
    }
}

/// The cases that nobody looked at: only their figures are shown, so that it stays so. The floors keep what has been
/// reached; from the text alone, the deciding reply is not always found.
#[test]
fn real_replies_not_looked_at() {
    let cases = cases();
    let figures = |name, ask| {
        let mut figures = Figures::of(cases.iter().filter(|case| case.held_out()), ask);
        figures.misses.clear();
        figures.report(name);
        (figures.percent(figures.cause), figures.percent(figures.retry))
    };
    let (cause, retry) = figures("held out, deciding reply told", Case::told);
    assert!(cause >= 90.0 && retry >= 97.0);
    let (cause, retry) = figures("held out, text alone", Case::found);
    assert!(cause >= 80.0 && retry >= 93.0);
}
