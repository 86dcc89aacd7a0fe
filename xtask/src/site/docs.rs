//! `docs/*.md` as pages.
//!
//! A document in `docs/` is in the catalogue's first language; its translation has the same path in `docs/ID/`. Links
//! between documents become links between pages, links to the generated reference lead to the pages of the catalogue,
//! and a link to any other file of the repository, which no page shows, becomes its text.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result, bail};
use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};
use serde::Serialize;
use serde_json::{Value, json};

use super::Edition;
use super::pages::Page;
use super::words::Words;
use super::{address, api};

/// A document of the repository.
#[derive(Clone, Debug)]
pub(super) struct Document {
    /// The path of the file from the root of the repository.
    pub(super) file: String,
    /// Its text.
    pub(super) markdown: String,
}

/// Documents outside `docs/` that are pages as well, and their names.
pub(super) const OUTSIDE: &[(&str, &str)] = &[
    ("README.md", "readme"),
    ("CONTRIBUTING.md", "contributing"),
    ("CHANGELOG.md", "changelog"),
    ("bindings/c/README.md", "c"),
    ("bindings/c/generated/API.md", "c-api"),
];

/// The folder of the reference that other emitters make; the site's own pages say the same.
const REFERENCE: &str = "docs/reference/generated/";

/// A document in a language.
struct Place<'a> {
    document: &'a Document,
    edition: &'a Edition<'a>,
    /// Its path without language and `.md`, in lower case.
    name: String,
    path: String,
    title: String,
}

/// An entry of the list of documents.
#[derive(Serialize)]
struct Listed {
    #[serde(skip)]
    name: String,
    title: String,
    path: String,
    language: String,
    language_name: String,
}

#[derive(Serialize)]
struct Heading {
    level: u8,
    title: String,
    anchor: String,
}

/// The documents' pages, the pictures that they show, and (title, path) of each for lists.
pub(super) struct Docs {
    pub(super) pages: Vec<Page>,
    pub(super) pictures: BTreeSet<String>,
    pub(super) listed: Vec<(String, String)>,
}

/// Makes the pages of all documents in all languages; `references`: whether there are those of [`api`].
pub(super) fn pages(documents: &[Document], editions: &[Edition<'_>], references: bool) -> Result<Docs> {
    let places = places(documents, editions);
    let by_file: BTreeMap<&str, &Place<'_>> =
        places.iter().map(|place| (place.document.file.as_str(), place)).collect();
    let mut docs = Docs { pages: Vec::new(), pictures: BTreeSet::new(), listed: Vec::new() };
    for place in &places {
        let words = place.edition.words;
        let (body, headings) = body(place, &by_file, &mut docs.pictures)?;
        let mut page = Page::plain("document.html", place.edition.id, "docs", place.path.clone());
        page.title.clone_from(&place.title);
        page.description = words.get("docs.description")?.to_owned();
        page.data = json!({ "body": body, "headings": headings });
        docs.pages.push(page);
        docs.listed.push((place.title.clone(), place.path.clone()));
    }
    for Edition { id, words, .. } in editions {
        let mut page = Page::plain("documents.html", id, "docs", address::single(id, "docs"));
        page.title = words.get("docs.title")?.to_owned();
        page.description = words.get("docs.description")?.to_owned();
        let references = if references { api::listed() } else { json!([]) };
        page.data = json!({ "groups": groups(list(&places, id), words)?, "references": references });
        docs.pages.push(page);
    }
    Ok(docs)
}

fn places<'a>(documents: &'a [Document], editions: &'a [Edition<'a>]) -> Vec<Place<'a>> {
    let mut places = Vec::new();
    for document in documents {
        let outside = OUTSIDE.iter().find(|(file, _)| *file == document.file).map(|(_, name)| (*name).to_owned());
        let inside = document.file.strip_prefix("docs/").unwrap_or(&document.file);
        let name = outside.unwrap_or_else(|| inside.trim_end_matches(".md").to_lowercase());
        let translated =
            editions.iter().find_map(|edition| Some((edition, name.strip_prefix(&format!("{}/", edition.id))?)));
        let (edition, name) = translated.unwrap_or((&editions[0], &name));
        let title = title(&document.markdown).unwrap_or_else(|| name.to_owned());
        let path = address::document(edition.id, name);
        places.push(Place { document, edition, name: name.to_owned(), path, title });
    }
    places
}

/// A part of the list of documents.
struct Group {
    /// The name of its title in words.
    title: &'static str,
    /// Whether a document belongs to it, by its name; what belongs to several is in the first.
    holds: fn(&str) -> bool,
}

const GROUPS: &[Group] = &[
    Group { title: "docs.tutorials", holds: |name| name.starts_with("tutorials/") },
    Group { title: "docs.guides", holds: |name| !PROJECT.contains(&name) },
    Group { title: "docs.project", holds: |name| PROJECT.contains(&name) },
];

/// Documents about the project itself.
const PROJECT: &[&str] = &["readme", "contributing", "changelog"];

fn groups(mut documents: Vec<Listed>, words: &Words) -> Result<Vec<Value>> {
    let mut groups = Vec::new();
    for Group { title, holds } in GROUPS {
        let (own, others): (Vec<_>, Vec<_>) = documents.into_iter().partition(|document| holds(&document.name));
        groups.push(json!({ "title": words.get(title)?, "documents": own }));
        documents = others;
    }
    Ok(groups)
}

/// The documents as one language sees them: its own, and the others where it has none.
fn list(places: &[Place<'_>], language: &str) -> Vec<Listed> {
    let own: BTreeSet<&str> =
        places.iter().filter(|place| place.edition.id == language).map(|place| place.name.as_str()).collect();
    let seen = places.iter().filter(|place| place.edition.id == language || !own.contains(place.name.as_str()));
    seen.map(|place| Listed {
        name: place.name.clone(),
        title: place.title.clone(),
        path: place.path.clone(),
        language: place.edition.id.to_owned(),
        language_name: place.edition.name.to_owned(),
    })
    .collect()
}

fn title(markdown: &str) -> Option<String> {
    let line = markdown.lines().find_map(|line| line.strip_prefix("# "))?;
    Some(line.replace('`', "").trim().to_owned())
}

fn body(
    place: &Place<'_>,
    by_file: &BTreeMap<&str, &Place<'_>>,
    pictures: &mut BTreeSet<String>,
) -> Result<(String, Vec<Heading>)> {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES;
    let mut events: Vec<Event<'_>> = Parser::new_ext(&place.document.markdown, options).collect();
    let headings = headings(&mut events);
    let mut out = Vec::new();
    // Whether the link that is open leads to a page; one that does not is left as its text.
    let mut open = Vec::new();
    for event in events {
        match event {
            Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
                let to = resolve(place, &dest_url, by_file)
                    .with_context(|| format!("{}: the link to `{dest_url}`", place.document.file))?;
                open.push(to.is_some());
                if let Some(to) = to {
                    out.push(Event::Start(Tag::Link { link_type, dest_url: to.into(), title, id }));
                }
            }
            Event::End(TagEnd::Link) if open.pop() != Some(true) => {}
            Event::Start(Tag::Image { link_type, dest_url, title, id }) => {
                let file = join(&place.document.file, &dest_url).context("a picture outside the repository")?;
                let to = address::relative(&place.path, &picture(&file));
                pictures.insert(file);
                out.push(Event::Start(Tag::Image { link_type, dest_url: to.into(), title, id }));
            }
            // Wide tables scroll by themselves, and can be scrolled with the keyboard.
            Event::Start(Tag::Table(columns)) => {
                out.push(Event::Html(CowStr::from("<div class=\"wide\" tabindex=\"0\" role=\"group\">")));
                out.push(Event::Start(Tag::Table(columns)));
            }
            Event::End(TagEnd::Table) => {
                out.push(Event::End(TagEnd::Table));
                out.push(Event::Html(CowStr::from("</div>")));
            }
            other => out.push(other),
        }
    }
    let mut body = String::new();
    html::push_html(&mut body, out.into_iter());
    for (made, wanted) in REPAIRS {
        body = body.replace(made, wanted);
    }
    Ok((body, headings))
}

/// What Markdown's HTML needs: wide blocks are scrolled with the keyboard; the pages' policy allows no style; a head
/// without words is none.
const REPAIRS: &[(&str, &str)] = &[
    ("<pre>", "<pre tabindex=\"0\">"),
    (" style=\"text-align: right\"", " class=\"right\""),
    (" style=\"text-align: center\"", " class=\"center\""),
    (" style=\"text-align: left\"", ""),
    ("<th></th>", "<td></td>"),
];

/// Where a picture of the repository is on the site.
pub(super) fn picture(file: &str) -> String {
    format!("assets/{file}")
}

/// Gives every heading its anchor, made as code hosts make it; takes the first heading out, which the page shows.
fn headings(events: &mut Vec<Event<'_>>) -> Vec<Heading> {
    let mut all = Vec::new();
    let mut taken = BTreeSet::new();
    let mut at = 0;
    while at < events.len() {
        if let Event::Start(Tag::Heading { level, .. }) = &events[at] {
            let level = *level;
            let end =
                at + events[at..].iter().position(|event| matches!(event, Event::End(TagEnd::Heading(_)))).unwrap_or(0);
            let text: String = events[at..end]
                .iter()
                .filter_map(|event| match event {
                    Event::Text(text) | Event::Code(text) => Some(text.as_ref()),
                    _ => None,
                })
                .collect();
            if level == HeadingLevel::H1 && all.is_empty() {
                events.drain(at..=end);
                continue;
            }
            let slug = slug(&text);
            let copies = (1..).map(|n| format!("{slug}-{n}"));
            let anchor = std::iter::once(slug.clone()).chain(copies).find(|name| taken.insert(name.clone()));
            let anchor = anchor.unwrap_or(slug);
            if let Event::Start(Tag::Heading { id, .. }) = &mut events[at] {
                *id = Some(anchor.clone().into());
            }
            all.push(Heading { level: level as u8, title: text, anchor });
        }
        at += 1;
    }
    all
}

/// Lower case, blanks to hyphens, only letters, digits, hyphens and underscores.
fn slug(text: &str) -> String {
    let kept = text.to_lowercase();
    let kept = kept.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.map(|c| if c == ' ' { '-' } else { c }).collect()
}

/// Where a link of a document leads on the site; `None` for a file that no page shows.
fn resolve(place: &Place<'_>, to: &str, by_file: &BTreeMap<&str, &Place<'_>>) -> Result<Option<String>> {
    if to.contains("://") || to.starts_with('#') || to.starts_with("mailto:") {
        return Ok(Some(to.to_owned()));
    }
    let (path, anchor) = to.split_at(to.find('#').unwrap_or(to.len()));
    let Some(file) = join(&place.document.file, path) else { bail!("leads out of the repository") };
    let page = match by_file.get(file.as_str()) {
        Some(other) => Some(format!("{}{anchor}", other.path)),
        None => reference(place.edition.id, &file),
    };
    Ok(page.map(|page| address::relative(&place.path, &page)))
}

/// The page that shows what a file of the generated reference does.
fn reference(language: &str, file: &str) -> Option<String> {
    let name = file.strip_prefix(REFERENCE)?;
    Some(match name.trim_end_matches(".md").split_once('/') {
        Some((language, "enhanced")) => address::single(language, "enhanced"),
        Some((language, protocol)) => match protocol.parse() {
            Ok(protocol) => address::protocol(language, protocol),
            Err(_) => address::home(language),
        },
        None => address::home(language),
    })
}

/// A path relative to a file, from the root of the repository.
fn join(from: &str, to: &str) -> Option<String> {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in to.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::{join, reference, slug, title};

    #[test]
    fn paths_are_joined() {
        assert_eq!(join("docs/a.md", "b.md").as_deref(), Some("docs/b.md"));
        assert_eq!(join("docs/ja/a.md", "../../README.md").as_deref(), Some("README.md"));
        assert_eq!(join("README.md", "../etc"), None);
    }

    #[test]
    fn the_generated_reference_leads_to_pages() {
        assert_eq!(reference("en", "docs/reference/generated/ja/smtp.md").as_deref(), Some("ja/smtp/index.html"));
        assert_eq!(reference("ja", "docs/reference/generated/README.md").as_deref(), Some("ja/index.html"));
        assert_eq!(reference("ja", "crates/replycode/src/lib.rs"), None);
    }

    #[test]
    fn anchors_are_those_of_code_hosts() {
        assert_eq!(slug("The `catalog!` macro, in 3 steps"), "the-catalog-macro-in-3-steps");
        assert_eq!(title("\n# A `b` c\n\n# d").as_deref(), Some("A b c"));
    }
}
