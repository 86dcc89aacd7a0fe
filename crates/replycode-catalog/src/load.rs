//! YAML text to a tree whose every node knows its place. The only file that knows the YAML library.
//!
//! The tree is untyped on purpose: a typed deserializer stops at the first wrong field, while a report must name all
//! of them. And scalars keep the text as written, so that `0421`, `4.10` and `no` are never turned into something else.

use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_yaml::{DuplicateKeyPolicy, Location, MergeKeyPolicy, NonFiniteFloatPolicy, Spanned};

use crate::node::{Findings, Node, Value};
use crate::report::{Finding, Rule};
use crate::source::{At, Source, Span};

/// Reads one file; `None` if it is no YAML.
pub(crate) fn load(file: usize, source: Source<'_>, findings: &mut Findings) -> Option<Node> {
    let options = serde_yaml::options! {
        strict_booleans: true,
        // Equal keys are passed on and reported here, so that the first pair does not hide the rest.
        duplicate_keys: DuplicateKeyPolicy::PassThrough,
        // The schema has no merge keys; as ordinary keys they are reported as unknown fields.
        merge_keys: MergeKeyPolicy::AsOrdinary,
        // A mark of a review may look like a number of any size, for instance `65e87597`.
        non_finite_float_policy: NonFiniteFloatPolicy::PassThrough,
        // The catalogue is a trusted local file, larger than the limits for hostile input.
        budget: None,
    };
    match serde_yaml::from_str_with_options::<Spanned<Raw>>(source.text, options) {
        Ok(raw) => Some(Raw::place(raw, file, source.text, findings)),
        Err(error) => {
            findings.push(syntax(file, source.text, &error));
            None
        }
    }
}

fn syntax(file: usize, text: &str, error: &serde_yaml::Error) -> Finding {
    let at = error.location().map_or(0, |location| offset(text, location.line(), location.column()));
    let message = error.without_snippet().to_string();
    // The library appends the place, which the report shows itself.
    let message = message.split(" at line ").next().unwrap_or(&message).trim().to_owned();
    // The parser names the beginning of what the tab is in.
    let tab = if message.contains("tab") { text[at..].find('\t') } else { None };
    let at = at + tab.unwrap_or(0);
    let len = text[at..].chars().next().filter(|c| *c != '\r' && *c != '\n').map_or(0, char::len_utf8);
    Finding::new(Rule::Yaml, Span::new(file, at..at + len), message, SYNTAX)
}

const SYNTAX: &str = "repair the YAML here or in the lines before, for instance a bracket left open or a wrong \
                      indentation; nothing behind this place was looked at";

/// The byte at a line and column, which an error of the library has where a value has its bytes; both from 1, the
/// column in characters.
fn offset(text: &str, line: u64, column: u64) -> usize {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1) as usize).map(str::len).sum();
    let rest = text.get(start..).unwrap_or_default().lines().next().unwrap_or_default();
    start + rest.char_indices().nth(column.saturating_sub(1) as usize).map_or(rest.len(), |(at, _)| at)
}

/// What the library hands over, before places are turned into spans.
enum Raw {
    Null,
    /// A string; `None` for a number or boolean, whose text is taken from the source.
    Scalar(Option<String>),
    List(Vec<Spanned<Raw>>),
    Map(Vec<(Spanned<String>, Spanned<Raw>)>),
}

impl Raw {
    fn place(raw: Spanned<Raw>, file: usize, text: &str, findings: &mut Findings) -> Node {
        let mut span = span(file, text, &raw.referenced);
        let value = match raw.value {
            Raw::Null => Value::Null,
            Raw::Scalar(Some(string)) => Value::Scalar(string),
            Raw::Scalar(None) => Value::Scalar(text.get(span.start..span.end).unwrap_or_default().trim().to_owned()),
            Raw::List(items) => {
                Value::List(items.into_iter().map(|item| Raw::place(item, file, text, findings)).collect())
            }
            Raw::Map(entries) => {
                let mut fields: Vec<(At<String>, Node)> = Vec::with_capacity(entries.len());
                for (key, value) in entries {
                    let key = At::new(key.value, self::span(file, text, &key.referenced));
                    let value = Raw::place(value, file, text, findings);
                    match fields.iter().find(|(first, _)| **first == *key) {
                        Some((first, _)) => findings.push(
                            Finding::new(
                                Rule::DuplicateKey,
                                key.span,
                                format!("the key `{}` stands here a second time", key.value),
                                "remove one of the two, or merge them",
                            )
                            .beside(first.span.clone(), "the first"),
                        ),
                        None => fields.push((key, value)),
                    }
                }
                Value::Map(fields)
            }
        };
        span.end = end(&value, &span, text);
        Node { value, span }
    }
}

/// Where a reader would say that a value ends. The library gives a container no end, so it is what its first line has
/// of it, with the closing bracket.
fn end(value: &Value, span: &Span, text: &str) -> usize {
    let last = match value {
        Value::List(items) => items.last().map(|item| &item.span),
        Value::Map(fields) => fields.last().map(|(_, value)| &value.span),
        Value::Null | Value::Scalar(_) => return span.end,
    };
    let line_end = text[span.start..].find(['\r', '\n']).map_or(text.len(), |at| span.start + at);
    match last.filter(|last| last.end <= line_end) {
        Some(last) => last.end + usize::from(text[last.end..].starts_with(['}', ']'])),
        None => span.start + text[span.start..line_end].trim_end().len(),
    }
}

fn span(file: usize, text: &str, location: &Location) -> Span {
    let span = location.span();
    let start = span.byte_offset().unwrap_or(0) as usize;
    let end = start + span.byte_len().unwrap_or(0) as usize;
    // A container's span reaches to the next token: cut it to what a reader would call its place.
    let line = text.get(start..end.min(text.len())).unwrap_or("").lines().next().unwrap_or("").trim_end();
    Span::new(file, start..start + line.len())
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RawVisitor)
    }
}

struct RawVisitor;

impl<'de> Visitor<'de> for RawVisitor {
    type Value = Raw;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a mapping, a list or a scalar")
    }

    fn visit_unit<E: de::Error>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }

    fn visit_none<E: de::Error>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }

    fn visit_bool<E: de::Error>(self, _: bool) -> Result<Raw, E> {
        Ok(Raw::Scalar(None))
    }

    fn visit_i64<E: de::Error>(self, _: i64) -> Result<Raw, E> {
        Ok(Raw::Scalar(None))
    }

    fn visit_u64<E: de::Error>(self, _: u64) -> Result<Raw, E> {
        Ok(Raw::Scalar(None))
    }

    fn visit_f64<E: de::Error>(self, _: f64) -> Result<Raw, E> {
        Ok(Raw::Scalar(None))
    }

    fn visit_i128<E: de::Error>(self, _: i128) -> Result<Raw, E> {
        Ok(Raw::Scalar(None))
    }

    fn visit_u128<E: de::Error>(self, _: u128) -> Result<Raw, E> {
        Ok(Raw::Scalar(None))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Raw, E> {
        Ok(Raw::Scalar(Some(text.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Raw, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = access.next_element()? {
            items.push(item);
        }
        Ok(Raw::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Raw, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = access.next_entry()? {
            entries.push(entry);
        }
        Ok(Raw::Map(entries))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_found_by_line_and_column() {
        let text = "a: 1\r\n日本: b\n";
        assert_eq!([offset(text, 1, 1), offset(text, 1, 4), offset(text, 2, 3)], [0, 3, 6 + 6]);
        assert_eq!([offset(text, 1, 9), offset(text, 3, 1), offset(text, 9, 9), offset(text, 0, 0)], [4, 16, 16, 0]);
    }

    fn text_of<'a>(yaml: &'a str, span: &Span) -> &'a str {
        &yaml[span.start..span.end]
    }

    #[test]
    fn scalars_keep_their_text_and_places_are_right_after_japanese() {
        let yaml = "a: 0421\nb: [no, 4.10, 'x', 1_000, 65e87597, .inf]\n日本語: {ja: サーバー, n: 5}\n";
        let node = load(0, Source { path: "t.yaml", text: yaml }, &mut Vec::new()).unwrap();
        let Value::Map(entries) = &node.value else { panic!() };
        assert!(matches!(&entries[0].1.value, Value::Scalar(s) if s == "0421"));
        assert_eq!(text_of(yaml, &entries[0].1.span), "0421");
        let Value::List(items) = &entries[1].1.value else { panic!() };
        let scalars: Vec<_> = items
            .iter()
            .map(|i| match &i.value {
                Value::Scalar(s) => s.as_str(),
                _ => "?",
            })
            .collect();
        assert_eq!(scalars, ["no", "4.10", "x", "1_000", "65e87597", ".inf"]);
        let Value::Map(inner) = &entries[2].1.value else { panic!() };
        assert_eq!((text_of(yaml, &inner[1].0.span), text_of(yaml, &inner[1].1.span)), ("n", "5"));
        assert_eq!(text_of(yaml, &inner[0].1.span), "サーバー");
    }

    #[test]
    fn every_equal_key_is_reported_and_reading_goes_on() {
        let yaml = "a: 1\nb: {c: 2, c: 3}\na: 4\n";
        let mut findings = Vec::new();
        assert!(load(0, Source { path: "t.yaml", text: yaml }, &mut findings).is_some());
        let places: Vec<_> = findings.iter().map(|finding| (finding.rule, finding.span.start)).collect();
        assert_eq!(places, [Rule::DuplicateKey; 2].into_iter().zip([15, 21]).collect::<Vec<_>>());
    }
}
