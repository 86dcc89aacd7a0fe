//! The texts of the C89 amalgamation: byte lists in three encodings, found by block and place.

use std::collections::HashMap;
use std::fmt::Write as _;

use encoding_rs::{EUC_JP, Encoding, SHIFT_JIS, UTF_8};
use replycode_catalog::constant;

use super::Block;
use super::write::{array, case, guarded, narrowest, words};
use crate::layout::{KINDS, Kind, Layout, Row};

/// C89 promises no larger object.
const LARGEST: usize = 32_767;

/// The encodings as the macro `RC_ENCODING` names them; UTF-8, which stands for the rest, last.
const ENCODINGS: [(&str, &Encoding); 3] = [("SHIFT_JIS", SHIFT_JIS), ("EUC_JP", EUC_JP), ("UTF_8", UTF_8)];

/// What leaves out the texts of a kind, and what the function is called that finds them.
fn names(kind: &Kind) -> (&'static str, &'static str) {
    match kind.name {
        "Id" => ("RC_NO_IDS", "rc_ids"),
        "Phrase" => ("RC_NO_PHRASES", "rc_phrases"),
        "Source" => ("RC_NO_SOURCES", "rc_sources"),
        "Aliases" => ("RC_NO_PHRASES", "rc_alias_lists"),
        "Title" => ("RC_NO_TITLES", "rc_titles"),
        "Meaning" => ("RC_NO_MEANINGS", "rc_meanings"),
        "Action" => ("RC_NO_ACTIONS", "rc_actions"),
        "Note" => ("RC_NO_NOTES", "rc_notes"),
        other => unreachable!("a kind of text without a name in C: {other}"),
    }
}

/// The languages by number; their names, which are texts.
pub(super) fn languages(layout: &Layout<'_>) -> String {
    let languages = layout.model.languages();
    let numbers = languages.iter().map(|language| usize::from(*language.number));
    let names =
        languages.iter().map(|language| (language.id.to_string(), language.name.to_string())).collect::<Vec<_>>();
    let mut out =
        format!("\n/* The languages: numbers, tags, names. */\n#define RC_COUNT_LANGUAGES {}\n", languages.len());
    out += &array("unsigned char", "rc_languages", numbers);
    out += &words("rc_language_ids", languages.iter().map(|language| language.id.as_str()));
    out += &pool("rc_language_names", &names);
    out
}

/// The ids of the rules.
pub(super) fn rule_ids(layout: &Layout<'_>) -> String {
    let rules = &layout.model.diagnosis().rules;
    let ids: Vec<_> = rules.iter().map(|rule| (rule.id.to_string(), rule.id.to_string())).collect();
    guarded(&["RC_NO_IDS"], &pool("rc_rule_ids", &ids))
}

/// A function for each kind of text, with the pools that it chooses from.
pub(super) fn texts(layout: &Layout<'_>, blocks: &[Block<'_>]) -> String {
    let mut out = String::new();
    for kind in &KINDS {
        let (without, function) = names(kind);
        match kind.translated {
            None => {
                let choice = choice(function, &[without], blocks, |row| (kind.plain)(row.entry));
                out += &choice.pools;
                out += &function_over(function, without, "", &choice.body);
            }
            Some(texts) => {
                let mut cases = String::new();
                for language in layout.model.languages() {
                    let name = constant(&language.id);
                    let own = format!("{function}_{}", name.to_lowercase());
                    let without_language = format!("RC_NO_{name}");
                    let both = [without, &without_language];
                    let choice = choice(&own, &both, blocks, |row| texts(row.entry).get(&language.id).to_owned());
                    out += &choice.pools;
                    let body = format!(
                        "static const char *{own}(unsigned char block, unsigned short place)\n{{\n{}    (void)place;\n    return rc_nothing;\n}}\n",
                        choice.body
                    );
                    let _ = write!(out, "\n{}", guarded(&both, &body));
                    cases += &guarded(
                        &[&without_language],
                        &format!("    case RC_LANG_{name}:\n        return {own}(block, place);\n"),
                    );
                }
                let body = format!("    switch (lang) {{\n{cases}    default:\n        break;\n    }}\n");
                out += &function_over(function, without, ", unsigned char lang", &body);
            }
        }
    }
    out
}

/// The function that finds a text of a kind.
fn function_over(name: &str, without: &str, more: &str, body: &str) -> String {
    let unused = if more.is_empty() { "" } else { "    (void)lang;\n" };
    format!(
        "\nstatic const char *{name}(unsigned char block, unsigned short place{more})\n{{\n{}    (void)block;\n    (void)place;\n{unused}    return rc_nothing;\n}}\n",
        guarded(&[without], body)
    )
}

/// Pools, and the statement that chooses among them.
struct Choice {
    pools: String,
    body: String,
}

/// What leaves out the texts of one block besides: a diagnosis has steps of its own, and needs no others.
fn without_more(name: &str, block: &Block<'_>) -> Option<&'static str> {
    (name.starts_with("rc_actions") && block.without != "RC_NO_DIAGNOSIS").then_some("RC_NO_CODE_ACTIONS")
}

fn choice(name: &str, without: &[&str], blocks: &[Block<'_>], text: impl Fn(&Row<'_>) -> String) -> Choice {
    let mut pools = String::new();
    let mut cases = String::new();
    for block in blocks {
        let texts: Vec<(String, String)> = block.rows.iter().map(|row| (row.entry.id.to_string(), text(row))).collect();
        if texts.iter().all(|(_, text)| text.is_empty()) {
            continue;
        }
        let own: Vec<&str> = [block.without].into_iter().chain(without_more(name, block)).collect();
        let guards: Vec<&str> = without.iter().copied().chain(own.iter().copied()).collect();
        let chunks = chunks(&texts);
        let mut answer = String::new();
        let mut first = 0;
        let mut written = String::new();
        for (number, chunk) in chunks.iter().enumerate() {
            let one = match chunks.len() {
                1 => format!("{name}_{}", block.name),
                _ => format!("{name}_{}_{}", block.name, number + 1),
            };
            written += &pool(&one, chunk);
            let place = if first == 0 { "place".to_owned() } else { format!("place - {first}") };
            first += chunk.len();
            if number + 1 < chunks.len() {
                let _ = write!(answer, "place < {first} ? RC_TEXT({one}, {place}) : ");
            } else {
                let _ = write!(answer, "RC_TEXT({one}, {place})");
            }
        }
        pools += &format!("\n{}", guarded(&guards, &written));
        cases += &guarded(&own, &case(block, &answer));
    }
    Choice { pools, body: format!("    switch (block) {{\n{cases}    default:\n        break;\n    }}\n") }
}

/// The texts in runs that make objects of a size that C89 promises. The entry's id comes with each.
fn chunks(texts: &[(String, String)]) -> Vec<&[(String, String)]> {
    let mut chunks = Vec::new();
    let (mut first, mut size) = (0, 0);
    for (place, (_, text)) in texts.iter().enumerate() {
        let len = ENCODINGS.iter().map(|(_, encoding)| encoded(encoding, text).len() + 1).max().unwrap_or(0);
        if size + len > LARGEST {
            chunks.push(&texts[first..place]);
            (first, size) = (place, 0);
        }
        size += len;
    }
    chunks.push(&texts[first..]);
    chunks
}

/// The bytes of texts, with a NUL behind each, and where each begins; in each encoding that makes a difference.
fn pool(name: &str, texts: &[(String, String)]) -> String {
    let written = ENCODINGS.map(|(macro_name, encoding)| (macro_name, pool_in(encoding, name, texts)));
    let [(first, shift_jis), (second, euc_jp), (_, utf_8)] = &written;
    if shift_jis == utf_8 && euc_jp == utf_8 {
        return utf_8.clone();
    }
    format!(
        "#if RC_ENCODING == RC_{first}\n{shift_jis}#elif RC_ENCODING == RC_{second}\n{euc_jp}#else\n{utf_8}#endif\n"
    )
}

fn pool_in(encoding: &'static Encoding, name: &str, texts: &[(String, String)]) -> String {
    let mut out = format!("static const unsigned char {name}[] = {{\n");
    let mut starts = Vec::new();
    let mut known: HashMap<Vec<u8>, usize> = HashMap::new();
    let mut size = 0;
    let mut items: Vec<String> = Vec::new();
    for (id, text) in texts {
        let mut bytes = encoded(encoding, text);
        bytes.push(0);
        // Texts that are equal lie there once.
        let start = *known.entry(bytes.clone()).or_insert(size);
        starts.push(start);
        if start == size {
            size += bytes.len();
            items.push(byte_lines(id, &bytes));
        }
    }
    out += &items.join(",\n");
    out += "\n};\n";
    out + &array(narrowest(&starts), &format!("{name}_at"), starts)
}

/// Bytes in lines of at most 120 columns, the first of which says whose text it is; no comma behind the last.
fn byte_lines(id: &str, bytes: &[u8]) -> String {
    let mut out = String::new();
    let mut line = format!("/* {id} */ ");
    for (place, byte) in bytes.iter().enumerate() {
        let comma = if place + 1 < bytes.len() { "," } else { "" };
        let item = format!("{byte}{comma}");
        if line.len() + item.len() > 120 {
            out += &line;
            out.push('\n');
            line.clear();
        }
        line += &item;
    }
    out + &line
}

fn encoded(encoding: &'static Encoding, text: &str) -> Vec<u8> {
    let (bytes, _, failed) = encoding.encode(text);
    assert!(!failed, "{text:?} cannot be written in {}, which the catalogue's rules require", encoding.name());
    bytes.into_owned()
}

#[cfg(test)]
mod tests {
    use encoding_rs::{EUC_JP, SHIFT_JIS};

    use super::{chunks, encoded, pool};

    fn texts(all: &[&str]) -> Vec<(String, String)> {
        all.iter().map(|text| ("id".to_owned(), (*text).to_owned())).collect()
    }

    #[test]
    fn a_pool_is_written_once_where_the_encodings_agree() {
        assert_eq!(
            pool("p", &texts(&["ab", "", "ab"])),
            "static const unsigned char p[] = {\n/* id */ 97,98,0,\n/* id */ 0\n};\nstatic const unsigned char p_at[] = {\n    0, 3, 0\n};\n"
        );
        let all = pool("p", &texts(&["語"]));
        // JIS X 0208 row 24, cell 76.
        for bytes in ["140,234,0", "184,236,0", "232,170,158,0"] {
            assert!(all.contains(&format!("/* id */ {bytes}\n")), "{all}");
        }
    }

    #[test]
    fn no_object_is_larger_than_c89_promises() {
        let long = "x".repeat(20_000);
        let all = texts(&[&long, &long[..12_000], &long[..800], "y"]);
        assert_eq!(chunks(&all).iter().map(|chunk| chunk.len()).collect::<Vec<_>>(), [2, 2]);
        assert_eq!(chunks(&all[1..]).len(), 1);
    }

    #[test]
    fn encodings_are_those_of_windows_and_unix() {
        assert_eq!(encoded(SHIFT_JIS, "①表"), [0x87, 0x40, 0x95, 0x5c]);
        assert_eq!(encoded(EUC_JP, "表"), [0xc9, 0xbd]);
    }
}
