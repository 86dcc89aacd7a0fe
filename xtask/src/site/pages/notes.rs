//! Pages of what the reply parser says: a page a note, and one page of the reasons why bytes are no reply.

use anyhow::Result;
use replycode_catalog::Entry;
use serde_json::json;

use super::Page;
use crate::site::address;
use crate::site::machine;
use crate::site::view::{Link, View};

/// None for a catalogue that says nothing of the parser.
pub(super) fn pages(view: &View<'_>) -> Result<Vec<Page>> {
    let (notes, malformed) = (view.book.model.notes(), view.book.model.malformed());
    if notes.is_empty() || malformed.is_empty() {
        return Ok(Vec::new());
    }
    let words = view.words;
    let mut pages = Vec::new();
    let links: Vec<Link> = notes.iter().map(|row| link(view, &row.entry)).collect();
    for (place, row) in notes.iter().enumerate() {
        let it = &links[place];
        let page = Page::new(view, "note.html", "home", it.path.clone());
        pages.push(
            page.titled(it.title.clone(), view.text(&row.entry.meaning)).json(machine::note(&row.entry.id)).with(
                json!({
                    "it": it,
                    "telling": view.entry(&row.entry)?,
                    "all": address::single(view.language, "note"),
                    "previous": place.checked_sub(1).and_then(|place| links.get(place)),
                    "next": links.get(place + 1),
                }),
            ),
        );
    }
    let page = Page::new(view, "notes.html", "home", address::single(view.language, "note"));
    pages.push(
        page.titled(words.get("note.title")?, words.get("note.description")?)
            .with(json!({ "notes": links, "malformed": address::single(view.language, "malformed") })),
    );
    let rows = malformed.iter().map(|row| view.entry(&row.entry)).collect::<Result<Vec<_>>>()?;
    let page = Page::new(view, "malformed.html", "home", address::single(view.language, "malformed"));
    pages.push(
        page.titled(words.get("malformed.title")?, words.get("malformed.description")?)
            .with(json!({ "rows": rows, "notes": address::single(view.language, "note") })),
    );
    Ok(pages)
}

fn link(view: &View<'_>, entry: &Entry) -> Link {
    Link {
        label: entry.id.value.clone(),
        path: address::note(view.language, &entry.id),
        title: view.text(&entry.title).to_owned(),
    }
}
