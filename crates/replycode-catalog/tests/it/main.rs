//! What is refused, how it is reported, and what comes out of what is accepted.

#[macro_use]
mod catalog;
mod diagnosis;
mod diff;
mod facts;
mod model;
mod names;
mod overlay;
mod parser_words;
mod registered;
mod site;
mod structure;
mod texts;

use std::collections::BTreeSet;

use replycode_catalog::Rule;

/// Every rule has a test with its report, written beside it.
#[test]
fn every_rule_is_broken_by_some_test() {
    let tables = [
        structure::table(),
        names::table(),
        texts::table(),
        facts::table(),
        diagnosis::table(),
        registered::table(),
        overlay::table(),
        parser_words::table(),
    ];
    let reviews = (Rule::Unreviewed, catalog::base().behind("version: 2026.11.0\n", "reviews: required\n"));
    let mut broken = BTreeSet::new();
    for (rule, catalog) in tables.into_iter().flatten().chain([reviews]) {
        assert!(catalog.faults().contains(&rule), "{}", rule.id());
        broken.insert(rule);
    }
    let untested: Vec<_> = Rule::ALL.iter().filter(|rule| !broken.contains(rule)).map(|rule| rule.id()).collect();
    assert_eq!(untested, [""; 0]);
}

#[test]
fn ids_of_rules_are_distinct_and_demands_are_sentences() {
    let ids: BTreeSet<_> = Rule::ALL.iter().map(|rule| rule.id()).collect();
    assert_eq!(ids.len(), Rule::ALL.len());
    for rule in Rule::ALL {
        assert!(rule.demand().ends_with('.'), "{}", rule.id());
    }
}
