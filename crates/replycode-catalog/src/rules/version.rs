//! The catalogue's own version.

use super::Context;
use crate::node::Findings;
use crate::report::{Finding, Rule};

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    let version = &context.draft.version;
    // An absent version has been reported by the schema.
    if version.span != Default::default() && !is_version(version) {
        findings.push(Finding::new(
            Rule::Version,
            version.span.clone(),
            format!("`{}` is no version", **version),
            "write year, month and a count, for instance `2026.11.0`, for an overlay `2026.11.0+acme.1`",
        ));
    }
}

/// Three numbers without leading zeros; then perhaps `+` and words of ASCII letters, digits and hyphens.
fn is_version(text: &str) -> bool {
    let (numbers, suffix) = text.split_once('+').map_or((text, None), |(numbers, suffix)| (numbers, Some(suffix)));
    let is_number = |part: &str| part == "0" || part.parse::<u16>().is_ok() && !part.starts_with(['0', '+']);
    let is_word = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    numbers.split('.').count() == 3
        && numbers.split('.').all(is_number)
        && suffix.is_none_or(|suffix| suffix.split('.').all(is_word))
}

#[cfg(test)]
mod tests {
    use super::is_version;

    #[test]
    fn three_numbers_and_perhaps_a_suffix() {
        for text in ["2026.11.0", "1.0.0", "2026.11.0+acme.1", "0.0.1+a-b"] {
            assert!(is_version(text), "{text}");
        }
        for text in ["", "2026.11", "2026.11.0.1", "2026.011.0", "v1.0.0", "1.0.x", "1.0.0+", "1.0.0+a..b", "1.+1.0"] {
            assert!(!is_version(text), "{text}");
        }
    }
}
