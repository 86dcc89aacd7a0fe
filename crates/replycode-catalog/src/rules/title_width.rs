//! Titles fit the line of a status page.

use unicode_width::UnicodeWidthStr;

use super::{Context, is_language};
use crate::node::Findings;
use crate::report::{Finding, Rule};

/// The columns that a title may take.
const COLUMNS: usize = 32;

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    for title in context.words().filter(|words| words.field == "title") {
        let width = width(title.language, title.text);
        if width > COLUMNS {
            let wide = if is_east_asian(title.language) { "; a full-width character takes two" } else { "" };
            findings.push(Finding::new(
                Rule::TitleWidth,
                title.text.span.clone(),
                format!("this title takes {width} columns, {} too many", width - COLUMNS),
                format!("shorten it to {COLUMNS} columns, the line of a status page{wide}"),
            ));
        }
    }
}

/// East Asian width (UAX #11); what is ambiguous there is wide in the fonts of East Asia.
fn width(language: &str, title: &str) -> usize {
    if is_east_asian(language) { title.width_cjk() } else { title.width() }
}

fn is_east_asian(language: &str) -> bool {
    ["ja", "zh", "ko"].iter().any(|wide| is_language(language, wide))
}

#[cfg(test)]
mod tests {
    use super::width;

    #[test]
    fn ambiguous_characters_are_wide_in_east_asia() {
        // U+2192, an arrow, is East Asian ambiguous.
        assert_eq!([width("en", "a→b"), width("ja", "a→b"), width("zh-Hant", "a→b")], [3, 4, 4]);
        assert_eq!(width("ja", "TLSの一時的な利用不可"), 3 + 2 * 9);
    }
}
