//! The pages: which there are, and what their templates are given.

mod causes;
mod enhanced;
mod general;
mod notes;
mod replies;

use anyhow::Result;
use replycode_catalog::Model;
use serde_json::{Value, json};

use super::address;
use super::view::View;

/// A page to be written.
pub(super) struct Page {
    /// The file of the template.
    pub(super) template: &'static str,
    /// The language of the page.
    pub(super) language: String,
    /// Where it goes.
    pub(super) path: String,
    /// For the title bar and search engines.
    pub(super) title: String,
    /// One sentence on what is there.
    pub(super) description: String,
    /// Which item of the menu it belongs to.
    pub(super) nav: &'static str,
    /// The same as JSON.
    pub(super) json: Option<String>,
    /// What the template is given beside that.
    pub(super) data: Value,
}

impl Page {
    fn new(view: &View<'_>, template: &'static str, nav: &'static str, path: String) -> Self {
        Page::plain(template, view.language, nav, path)
    }

    /// A page without words yet.
    pub(super) fn plain(template: &'static str, language: &str, nav: &'static str, path: String) -> Self {
        let language = language.to_owned();
        let [title, description] = [String::new(), String::new()];
        Page { template, language, path, title, description, nav, json: None, data: Value::Null }
    }

    fn titled(mut self, title: impl Into<String>, description: impl Into<String>) -> Self {
        self.title = title.into();
        self.description = description.into();
        self
    }

    fn json(mut self, path: String) -> Self {
        self.json = Some(path);
        self
    }

    fn with(mut self, data: Value) -> Self {
        self.data = data;
        self
    }

    /// The path without its language: pages with the same are translations of each other.
    pub(super) fn tail(&self) -> &str {
        self.path.strip_prefix(&self.language).unwrap_or(&self.path)
    }
}

/// Every page of one language that comes from the catalogue.
pub(super) fn pages(view: &View<'_>) -> Result<Vec<Page>> {
    let mut pages = replies::pages(view)?;
    pages.extend(enhanced::pages(view)?);
    pages.extend(causes::pages(view)?);
    pages.extend(general::pages(view)?);
    pages.extend(notes::pages(view)?);
    Ok(pages)
}

/// The pages that every page of a language leads to; `menu` has those of the menu by the name of their words.
pub(super) fn places(model: &Model, language: &str) -> Value {
    let single = |name| address::single(language, name);
    let mut menu = vec![
        ["home".to_owned(), address::home(language)],
        ["classes".to_owned(), single("classes")],
        ["enhanced".to_owned(), single("enhanced")],
    ];
    if !model.diagnosis().causes.is_empty() {
        menu.push(["causes".to_owned(), single("cause")]);
    }
    menu.push(["sheet".to_owned(), single("sheet")]);
    menu.push(["docs".to_owned(), single("docs")]);
    let of_parser = |name| if model.notes().is_empty() { String::new() } else { single(name) };
    json!({
        "home": address::home(language),
        "classes": single("classes"),
        "enhanced": single("enhanced"),
        "not_reply": single("not-a-reply"),
        "note": of_parser("note"),
        "malformed": of_parser("malformed"),
        "docs": single("docs"),
        "menu": menu,
    })
}
