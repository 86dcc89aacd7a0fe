//! A translation has the placeholders of its original: `<domain>` in one is `<domain>` in all.

use super::{Context, listed};
use crate::model::Texts;
use crate::node::Findings;
use crate::report::{Finding, Rule};

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    let Some(reference) = context.draft.reference() else { return };
    for words in context.words().filter(|words| words.language != reference) {
        let own = |texts: &Texts| texts.rows.iter().any(|(_, text)| std::ptr::eq(text, words.text));
        let field = words.item.texts().into_iter().find(|(_, texts)| own(texts));
        let Some(original) = field.and_then(|(_, texts)| texts.at(reference)) else { continue };
        let (wanted, found) = (placeholders(original), placeholders(words.text));
        if wanted == found {
            continue;
        }
        let absent = without(&wanted, &found);
        let extra = without(&found, &wanted);
        let message = match (absent.is_empty(), extra.is_empty()) {
            (false, true) => format!("{} of the `{reference}` text {} missing here", listed(&absent), are(&absent)),
            (true, _) => format!("{} {} not in the `{reference}` text", listed(&extra), are(&extra)),
            _ => format!("the `{reference}` text has {} where this has {}", listed(&absent), listed(&extra)),
        };
        let remedy = "write the same placeholders in both; programs and readers look for them";
        findings.push(
            Finding::new(Rule::Placeholder, words.text.span.clone(), message, remedy)
                .beside(original.span.clone(), format!("the `{reference}` text")),
        );
    }
}

fn are(items: &[&str]) -> &'static str {
    if items.len() == 1 { "is" } else { "are" }
}

/// What stands in angle brackets, sorted.
fn placeholders(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find('<') {
        rest = &rest[start..];
        let Some(end) = rest.find('>') else { break };
        // The innermost pair: a lone `<` before it is no placeholder.
        let inner = rest[..end].rfind('<').unwrap_or(0);
        found.push(&rest[inner..=end]);
        rest = &rest[end + 1..];
    }
    found.sort_unstable();
    found
}

/// The items that the other list has fewer of; both are sorted.
fn without<'a>(items: &[&'a str], other: &[&str]) -> Vec<&'a str> {
    let mut other = other.iter().peekable();
    let mut rest = Vec::new();
    for item in items {
        while other.next_if(|next| **next < item).is_some() {}
        if other.next_if(|next| *next == item).is_none() {
            rest.push(*item);
        }
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::{placeholders, without};

    #[test]
    fn placeholders_are_what_angle_brackets_hold() {
        assert_eq!(placeholders("no < here, <b> and <a> and <b>"), ["<a>", "<b>", "<b>"]);
        assert_eq!(placeholders("a < b, a > b, 5>4"), ["< b, a >"]);
        assert_eq!(placeholders("<<x>>"), ["<x>"]);
        assert!(placeholders("><").is_empty());
    }

    #[test]
    fn differences_count_repeats() {
        assert_eq!(without(&["<a>", "<b>", "<b>"], &["<b>"]), ["<a>", "<b>"]);
        assert!(without(&["<a>"], &["<a>", "<a>"]).is_empty());
    }
}
