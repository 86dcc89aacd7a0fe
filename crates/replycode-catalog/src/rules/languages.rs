//! The list of languages.

use super::Context;
use crate::model::Language;
use crate::node::Findings;
use crate::report::{Finding, Rule};

/// What to do about two equal numbers.
pub(super) const NEXT_NUMBER: &str =
    "give the newer one the next free number; numbers are for ever, since programs are compiled with them";

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    let languages = &context.draft.languages;
    for language in languages {
        check_tag(language, findings);
    }
    for (place, language) in languages.iter().enumerate() {
        if let Some(first) = languages.iter().take(place).find(|first| first.number.value == *language.number) {
            findings.push(
                Finding::new(
                    Rule::Numbering,
                    language.number.span.clone(),
                    format!("two languages have the number {}", *language.number),
                    NEXT_NUMBER,
                )
                .beside(first.number.span.clone(), "the other"),
            );
        } else if usize::from(*language.number) >= languages.len() && !context.partial {
            findings.push(Finding::new(
                Rule::Numbering,
                language.number.span.clone(),
                format!(
                    "the number {} leaves a gap: {} languages have the numbers 0 to {}",
                    *language.number,
                    languages.len(),
                    languages.len() - 1
                ),
                "give it the lowest free number",
            ));
        }
    }
}

fn check_tag(language: &Language, findings: &mut Findings) {
    let tag = language.id.as_str();
    let (message, remedy) = if tag == "no" {
        (
            "`no` is taken for false by many YAML readers, and names two written languages at once".to_owned(),
            "write `nb` for Norwegian Bokmål or `nn` for Nynorsk",
        )
    } else if !is_tag(tag) {
        (format!("`{tag}` is no language tag"), "write it as BCP 47 does: `ja`, `pt-BR`, `zh-Hans`, `zh-Hant-TW`")
    } else {
        return;
    };
    findings.push(Finding::new(Rule::LanguageTag, language.id.span.clone(), message, remedy));
}

/// Language, perhaps script, perhaps region, each in its canonical case (RFC 5646 section 2.1.1).
fn is_tag(tag: &str) -> bool {
    let mut parts = tag.split('-').peekable();
    let language = parts.next().unwrap_or_default();
    parts.next_if(|part| is_script(part));
    parts.next_if(|part| is_region(part));
    matches!(language.len(), 2 | 3) && language.bytes().all(|b| b.is_ascii_lowercase()) && parts.next().is_none()
}

fn is_script(part: &str) -> bool {
    matches!(part.as_bytes(), [first, rest @ ..]
        if rest.len() == 3 && first.is_ascii_uppercase() && rest.iter().all(u8::is_ascii_lowercase))
}

fn is_region(part: &str) -> bool {
    match part.len() {
        2 => part.bytes().all(|b| b.is_ascii_uppercase()),
        3 => part.bytes().all(|b| b.is_ascii_digit()),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::is_tag;

    #[test]
    fn tags_of_bcp_47_in_canonical_case() {
        for tag in ["en", "ja", "nb", "pt-BR", "zh-Hans", "zh-Hant-TW", "es-419", "gsw"] {
            assert!(is_tag(tag), "{tag}");
        }
        for tag in ["", "e", "EN", "ja_JP", "ja-jp", "japanese", "pt-BR-x", "zh-TW-Hant", "日本", "en-"] {
            assert!(!is_tag(tag), "{tag}");
        }
    }
}
