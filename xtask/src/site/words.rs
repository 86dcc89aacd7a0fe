//! The site's own words: headings, labels, names of the core's vocabularies. One file a language, `site/words/ID.json`.
//!
//! The file of the catalogue's first language is the pattern. Every other must have the same texts with the same
//! `{gaps}`; what is missing or too much is told in one run.

use std::collections::BTreeMap;

use anyhow::{Context, bail};
use replycode::{DiagnosisBasis, Party, Protocol, Status, Verdict};
use serde_json::Value;

/// Objects whose keys are the language's own, not the pattern's.
const OWN_KEYS: &[&str] = &["search.synonyms"];

/// The words of one language.
#[derive(Clone, Debug)]
pub(super) struct Words {
    /// The file as it is, for templates.
    pub(super) tree: Value,
    texts: BTreeMap<String, String>,
}

impl Words {
    fn read(path: &str, text: &str) -> anyhow::Result<Self> {
        let tree: Value = serde_json::from_str(text).with_context(|| format!("{path} is no JSON"))?;
        let mut texts = BTreeMap::new();
        flatten(&tree, String::new(), &mut texts);
        Ok(Words { tree, texts })
    }

    /// A text by its dotted name.
    ///
    /// # Errors
    ///
    /// There is none: a mistake in the caller, told with the name.
    pub(super) fn get(&self, name: &str) -> anyhow::Result<&str> {
        self.texts.get(name).map(String::as_str).with_context(|| format!("site/words has no text `{name}`"))
    }

    /// A text with its gaps filled.
    pub(super) fn fill(&self, name: &str, gaps: &[(&str, &str)]) -> anyhow::Result<String> {
        Ok(fill(self.get(name)?, gaps))
    }
}

/// A text with its `{gaps}` filled.
pub(super) fn fill(text: &str, gaps: &[(&str, &str)]) -> String {
    gaps.iter().fold(text.to_owned(), |text, (gap, word)| text.replace(&format!("{{{gap}}}"), word))
}

fn flatten(tree: &Value, name: String, texts: &mut BTreeMap<String, String>) {
    match tree {
        Value::Object(_) if OWN_KEYS.contains(&name.as_str()) => {}
        Value::Object(members) => {
            for (key, member) in members {
                flatten(member, if name.is_empty() { key.clone() } else { format!("{name}.{key}") }, texts);
            }
        }
        // Lists are the language's own; that there is one is part of the pattern.
        Value::Array(_) => drop(texts.insert(name, String::new())),
        Value::String(text) => drop(texts.insert(name, text.clone())),
        other => drop(texts.insert(name, other.to_string())),
    }
}

/// Reads and compares the words of all languages; `files` are (path, text) by language, in the catalogue's order.
///
/// # Errors
///
/// Every text that is missing, empty, unknown or has other gaps than the pattern, by file.
pub(super) fn read(files: &[(String, Option<String>)]) -> anyhow::Result<Vec<Words>> {
    let mut all: Vec<Words> = Vec::new();
    let mut faults = Vec::new();
    for (path, text) in files {
        match text {
            Some(text) => all.push(Words::read(path, text)?),
            None => bail!("{path} is missing: copy {} to it and translate the texts", files[0].0),
        }
    }
    let Some(pattern) = all.first() else { bail!("the catalogue has no language") };
    for name in vocabulary() {
        if !pattern.texts.contains_key(&name) {
            faults.push(format!("{}: `{name}` is missing", files[0].0));
        }
    }
    for ((path, _), words) in files.iter().zip(&all) {
        for (name, model) in &pattern.texts {
            match words.texts.get(name) {
                None => faults.push(format!("{path}: `{name}` is missing; in {} it is {model:?}", files[0].0)),
                Some(text) if text.trim().is_empty() && !model.is_empty() => {
                    faults.push(format!("{path}: `{name}` is empty"));
                }
                Some(text) if gaps(text) != gaps(model) => {
                    faults.push(format!("{path}: `{name}` has the gaps {:?}, not {:?}", gaps(text), gaps(model)));
                }
                Some(_) => {}
            }
        }
        for name in words.texts.keys().filter(|name| !pattern.texts.contains_key(*name)) {
            faults.push(format!("{path}: `{name}` is unknown; remove it or add it to {}", files[0].0));
        }
    }
    if faults.is_empty() { Ok(all) } else { bail!("the site's words are not complete:\n  {}", faults.join("\n  ")) }
}

/// Names that the core's vocabularies need.
fn vocabulary() -> impl Iterator<Item = String> {
    let verdicts =
        Verdict::ALL.iter().flat_map(|verdict| ["name", "text"].map(|part| format!("verdict.{verdict}.{part}")));
    let statuses = Status::ALL.iter().map(|status| format!("status.{status}"));
    let parties = Party::ALL.iter().map(|party| format!("party.{party}"));
    let bases = DiagnosisBasis::ALL.iter().map(|basis| format!("explain.bases.{basis}"));
    let protocols = Protocol::ALL.iter().map(|protocol| format!("search.protocols.{protocol}"));
    verdicts.chain(statuses).chain(parties).chain(bases).chain(protocols)
}

fn gaps(text: &str) -> Vec<&str> {
    let mut gaps: Vec<_> =
        text.split('{').skip(1).filter_map(|rest| rest.split_once('}').map(|(gap, _)| gap)).collect();
    gaps.sort_unstable();
    gaps
}

#[cfg(test)]
mod tests {
    use super::{fill, gaps, read};

    fn file(path: &str, change: impl Fn(String) -> String) -> (String, Option<String>) {
        (path.to_owned(), Some(change(include_str!("../../../site/words/en.json").to_owned())))
    }

    #[test]
    fn every_fault_is_told_with_its_file() {
        let broken = |text: String| {
            text.replace("\"skip\"", "\"skipp\"").replace("{n} more meanings", "{m} more").replace("Done\"", " \"")
        };
        let error = read(&[file("en.json", |text| text), file("fr.json", broken)]).unwrap_err().to_string();
        for fault in [
            "fr.json: `skip` is missing; in en.json it is \"Skip to content\"",
            "fr.json: `skipp` is unknown; remove it or add it to en.json",
            "fr.json: `home.more_meanings` has the gaps [\"m\"], not [\"n\"]",
            "fr.json: `verdict.done.name` is empty",
        ] {
            assert!(error.contains(fault), "{fault}\n{error}");
        }
        assert_eq!(error.lines().count(), 5);
    }

    #[test]
    fn a_language_without_a_file_is_told() {
        let error = read(&[file("en.json", |text| text), ("fr.json".into(), None)]).unwrap_err().to_string();
        assert_eq!(error, "fr.json is missing: copy en.json to it and translate the texts");
    }

    #[test]
    fn gaps_are_filled() {
        assert_eq!(fill("{protocol}の{code}", &[("code", "550"), ("protocol", "FTP")]), "FTPの550");
        assert_eq!(gaps("{b} of {a}"), ["a", "b"]);
    }
}
