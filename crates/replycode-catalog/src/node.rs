//! The tree of a YAML file, and reading rows from it without stopping at the first fault.

use std::str::FromStr;

use crate::report::{Finding, Rule};
use crate::source::{At, Span};

/// A value and its place.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub(crate) value: Value,
    pub(crate) span: Span,
}

#[derive(Clone, Debug)]
pub(crate) enum Value {
    Null,
    /// The text as written (quotes removed, escapes resolved).
    Scalar(String),
    List(Vec<Node>),
    Map(Vec<(At<String>, Node)>),
}

impl Value {
    fn name(&self) -> &'static str {
        match self {
            Value::Null => "nothing",
            Value::Scalar(_) => "a scalar",
            Value::List(_) => "a list",
            Value::Map(_) => "a mapping",
        }
    }
}

/// What has been found wrong so far.
pub(crate) type Findings = Vec<Finding>;

fn wrong_type(node: &Node, expected: &str, findings: &mut Findings) {
    let message = format!("expected {expected}, found {}", node.value.name());
    findings.push(Finding::new(Rule::WrongType, node.span.clone(), message, format!("write {expected} here")));
}

impl Node {
    pub(crate) fn is_list(&self) -> bool {
        matches!(self.value, Value::List(_))
    }

    /// A text; any scalar will do.
    pub(crate) fn text(&self, findings: &mut Findings) -> Option<At<String>> {
        match &self.value {
            Value::Scalar(text) => Some(At::new(text.clone(), self.span.clone())),
            _ => {
                wrong_type(self, "a text", findings);
                None
            }
        }
    }

    /// A decimal number in a range, written without sign or leading zeros.
    pub(crate) fn number(
        &self,
        what: &str,
        range: std::ops::RangeInclusive<u16>,
        findings: &mut Findings,
    ) -> Option<At<u16>> {
        let text = self.text(findings)?;
        let plain = text.bytes().all(|b| b.is_ascii_digit()) && (text.as_str() == "0" || !text.starts_with('0'));
        match text.parse::<u16>().ok().filter(|number| plain && range.contains(number)) {
            Some(number) => Some(At::new(number, self.span.clone())),
            None => {
                let (low, high) = range.into_inner();
                findings.push(Finding::new(
                    Rule::Number,
                    self.span.clone(),
                    format!("`{}` is not {what}", *text),
                    format!("write a decimal number from {low} to {high}, without leading zeros"),
                ));
                None
            }
        }
    }

    /// A word that parses, for instance the id of a severity; the parser's error is the message.
    pub(crate) fn word<T>(&self, remedy: &str, findings: &mut Findings) -> Option<At<T>>
    where
        T: FromStr,
        T::Err: std::fmt::Display,
    {
        let text = self.text(findings)?;
        match text.parse() {
            Ok(value) => Some(At::new(value, self.span.clone())),
            Err(error) => {
                let message = format!("`{}`: {error}", *text);
                findings.push(Finding::new(Rule::Word, self.span.clone(), message, remedy));
                None
            }
        }
    }

    /// A list, each item read on its own; faulty items are left out.
    pub(crate) fn list<T>(
        &self,
        findings: &mut Findings,
        mut item: impl FnMut(&Node, &mut Findings) -> Option<T>,
    ) -> Vec<T> {
        match &self.value {
            Value::List(nodes) => nodes.iter().filter_map(|node| item(node, findings)).collect(),
            _ => {
                wrong_type(self, "a list", findings);
                Vec::new()
            }
        }
    }

    /// The text of a scalar.
    pub(crate) fn scalar(&self) -> Option<&str> {
        match &self.value {
            Value::Scalar(text) => Some(text),
            _ => None,
        }
    }

    /// A field of a mapping.
    pub(crate) fn field(&self, name: &str) -> Option<&Node> {
        match &self.value {
            Value::Map(fields) => fields.iter().find(|(key, _)| key.as_str() == name).map(|(_, node)| node),
            _ => None,
        }
    }

    /// A field of a mapping, to be changed.
    pub(crate) fn field_mut(&mut self, name: &str) -> Option<&mut Node> {
        match &mut self.value {
            Value::Map(fields) => fields.iter_mut().find(|(key, _)| key.as_str() == name).map(|(_, node)| node),
            _ => None,
        }
    }

    /// Adds a field to a mapping.
    pub(crate) fn push(&mut self, key: At<String>, node: Node) {
        if let Value::Map(fields) = &mut self.value {
            fields.push((key, node));
        }
    }

    /// The entries of a mapping.
    pub(crate) fn into_map(self, what: &str, findings: &mut Findings) -> Option<Vec<(At<String>, Node)>> {
        match self.value {
            Value::Map(entries) => Some(entries),
            _ => {
                wrong_type(&self, what, findings);
                None
            }
        }
    }

    /// The items of a list.
    pub(crate) fn into_list(self, findings: &mut Findings) -> Option<Vec<Node>> {
        match self.value {
            Value::List(items) => Some(items),
            _ => {
                wrong_type(&self, "a list", findings);
                None
            }
        }
    }

    /// The fields of a mapping.
    pub(crate) fn fields(&self, what: &'static str, findings: &mut Findings) -> Option<Fields<'_>> {
        match &self.value {
            Value::Map(entries) => Some(Fields { what, span: self.span.clone(), entries, known: Vec::new() }),
            _ => {
                wrong_type(self, &format!("the fields of a {what}"), findings);
                None
            }
        }
    }

    /// The entries of a mapping whose keys are free.
    pub(crate) fn entries(&self, what: &str, findings: &mut Findings) -> &[(At<String>, Node)] {
        match &self.value {
            Value::Map(entries) => entries,
            _ => {
                wrong_type(self, what, findings);
                &[]
            }
        }
    }
}

/// A mapping that is being read field by field. Whatever was not asked for is unknown.
pub(crate) struct Fields<'a> {
    what: &'static str,
    pub(crate) span: Span,
    entries: &'a [(At<String>, Node)],
    known: Vec<&'static str>,
}

impl<'a> Fields<'a> {
    /// A field that may be absent. An explicit null counts as absent.
    pub(crate) fn optional(&mut self, name: &'static str) -> Option<&'a Node> {
        if !self.known.contains(&name) {
            self.known.push(name);
        }
        let node = self.entries.iter().find(|(key, _)| key.as_str() == name).map(|(_, node)| node)?;
        (!matches!(node.value, Value::Null)).then_some(node)
    }

    /// A field that must be there.
    pub(crate) fn required(&mut self, name: &'static str, findings: &mut Findings) -> Option<&'a Node> {
        let node = self.optional(name);
        if node.is_none() {
            findings.push(Finding::new(
                Rule::MissingField,
                self.entries.first().map_or(self.span.clone(), |(key, _)| key.span.clone()),
                format!("this {} has no `{name}`", self.what),
                format!("add `{name}: ...`"),
            ));
        }
        node
    }

    /// Reports what was not asked for.
    pub(crate) fn finish(self, findings: &mut Findings) {
        for (key, _) in self.entries.iter().filter(|(key, _)| !self.known.contains(&key.as_str())) {
            let message = format!("a {} has no field `{}`", self.what, **key);
            let remedy = match self.known.iter().min_by_key(|known| distance(known, key)) {
                Some(known) if distance(known, key) <= 2 => format!("write `{known}`, if that is what was meant"),
                _ => format!("remove it or correct its name; the fields are: {}", self.known.join(", ")),
            };
            findings.push(Finding::new(Rule::UnknownField, key.span.clone(), message, remedy));
        }
    }
}

/// How many letters have to be put in, taken out or changed to get from one word to the other (Levenshtein).
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.chars().enumerate() {
        let mut corner = i;
        row[0] = i + 1;
        for (j, b) in other.iter().enumerate() {
            let changed = corner + usize::from(a != *b);
            corner = row[j + 1];
            row[j + 1] = changed.min(corner + 1).min(row[j] + 1);
        }
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use super::distance;

    #[test]
    fn distances_of_words() {
        assert_eq!([distance("", "abc"), distance("alias", "aliases"), distance("title", "titel")], [3, 2, 2]);
        assert_eq!([distance("rfc", "rfc"), distance("phrase", "field"), distance("ab", "")], [0, 6, 2]);
    }
}
