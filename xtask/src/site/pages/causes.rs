//! Pages of causes: all of them by who must act, and a page a cause.

use std::collections::BTreeSet;

use anyhow::Result;
use replycode::{Party, Protocol};
use replycode_catalog::{Cause, DiagnosisRule};
use serde::Serialize;
use serde_json::json;

use super::Page;
use crate::site::address;
use crate::site::machine;
use crate::site::view::{Line, View};

/// None for a catalogue without causes.
pub(super) fn pages(view: &View<'_>) -> Result<Vec<Page>> {
    let causes = &view.book.model.diagnosis().causes;
    if causes.is_empty() {
        return Ok(Vec::new());
    }
    let mut pages = vec![index(view)?];
    for cause in causes {
        pages.push(page(view, cause)?);
    }
    Ok(pages)
}

fn index(view: &View<'_>) -> Result<Page> {
    let words = view.words;
    let mut groups = Vec::new();
    for party in Party::ALL {
        let causes = view.book.model.diagnosis().causes.iter().filter(|cause| *cause.party == *party);
        let causes: Vec<_> = causes.map(|cause| view.cause(cause)).collect();
        if !causes.is_empty() {
            groups.push(json!({ "party": party.id(), "causes": causes }));
        }
    }
    let page = Page::new(view, "causes.html", "causes", address::single(view.language, "cause"));
    Ok(page.titled(words.get("cause.title")?, words.get("cause.description")?).with(json!({ "groups": groups })))
}

/// A rule as a reader sees it: replies that it knows, and whose words they are.
#[derive(Serialize)]
struct Sign {
    id: String,
    examples: Vec<String>,
    source: String,
}

fn page(view: &View<'_>, cause: &Cause) -> Result<Page> {
    let line = view.cause(cause);
    let rules: Vec<&DiagnosisRule> = view.book.rules(&cause.id).collect();
    let codes: BTreeSet<(Protocol, u16)> = rules.iter().flat_map(|rule| view.book.codes_of(rule)).collect();
    let codes: Vec<Line> =
        codes.iter().filter_map(|key| view.book.replies.get(key)).map(|reply| view.line(reply)).collect();
    let signs: Vec<Sign> = rules
        .iter()
        .map(|rule| Sign {
            id: rule.id.value.clone(),
            examples: rule.yes.iter().map(|example| example.value.clone()).collect(),
            source: rule.source.value.clone(),
        })
        .collect();
    let steps: Vec<&str> = cause.steps.iter().map(|step| view.text(step)).collect();
    let page = Page::new(view, "cause.html", "causes", address::cause(view.language, &cause.id));
    Ok(page.titled(line.title.clone(), view.text(&cause.meaning)).json(machine::cause(&cause.id)).with(json!({
        "cause": line,
        "meaning": view.text(&cause.meaning),
        "steps": steps,
        "signs": signs,
        "codes": codes,
        "all": address::single(view.language, "cause"),
    })))
}
