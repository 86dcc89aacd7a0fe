//! `cargo xtask site`: the reference as a web site, made from `catalog.yaml`, `site/` and `docs/`.
//!
//! Three phases. *Read*: [`Sources::read`] takes everything from the disk. *Build*: [`build`] makes all files in memory;
//! given the same sources it makes the same bytes. *Write*: the files go to the folder. The parts:
//!
//! - `words`: the site's own words, a file a language; `book`: the catalogue with lookups; `view`: its rows in one
//!   language; `pages`: which pages there are, and what their templates in `site/templates` are given;
//! - `docs`: Markdown as pages; `search`: what the search goes by; `machine`: JSON, `llms.txt`, `sitemap.xml`;
//! - `address`: where everything is; `render`: templates and links; `files`: the result.
//!
//! The site loads nothing from elsewhere and works from a folder as well as from a server, under any path.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use replycode_catalog::{Model, Source, check};
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::repo;
use crate::step::step;

mod address;
pub mod api;
mod book;
mod browser;
mod docs;
mod files;
mod machine;
mod module;
mod pages;
mod render;
mod search;
mod texts;
mod view;
mod words;

use book::Book;
pub use browser::site_test;
use docs::Document;
pub use files::Files;
use pages::Page;
use render::{Known, Renderer};
use view::View;
use words::Words;

/// Everything that a site is made of, as text.
#[derive(Clone, Debug)]
pub struct Sources {
    /// `catalog.yaml`.
    pub catalog: String,
    /// `site/words/*.json`: language and text.
    pub words: BTreeMap<String, String>,
    /// `site/templates/*`: name and text.
    templates: Vec<(String, String)>,
    /// `site/assets/*`: name and bytes.
    assets: Vec<(String, Vec<u8>)>,
    documents: Vec<Document>,
    /// The root of the repository, for pictures in documents.
    root: PathBuf,
}

/// What can be chosen.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Where the site will be, for the files that must name it: `sitemap.xml`, canonical links. Ends with `/`.
    pub base: Option<String>,
    /// The WebAssembly module that explains pasted texts; without it, the first page only searches.
    pub module: Option<Vec<u8>>,
    /// The references of the programming interfaces; without them, the list of documents names none.
    pub api: Option<api::Reference>,
}

/// The address that `sitemap.xml` names when none is given: reserved for examples by RFC 2606.
const EXAMPLE: &str = "https://replycode.example/";

/// What a command line asks for.
struct Asked {
    out: PathBuf,
    base: Option<String>,
    /// The file of the module; `none` for a site without one.
    wasm: Option<OsString>,
    api: bool,
}

/// The subcommand.
pub fn run(mut arguments: lexopt::Parser) -> anyhow::Result<()> {
    let root = repo::root();
    let mut asked = Asked { out: repo::target().join("site"), base: None, wasm: None, api: true };
    while let Some(argument) = arguments.next()? {
        match argument {
            lexopt::Arg::Long("out") => asked.out = PathBuf::from(arguments.value()?),
            lexopt::Arg::Long("base") => {
                let base = arguments.value()?.to_string_lossy().into_owned();
                if !base.starts_with("https://") && !base.starts_with("http://") {
                    bail!("--base wants the address of the site, https://HOST/PATH/, not `{base}`");
                }
                asked.base = Some(format!("{}/", base.trim_end_matches('/')));
            }
            lexopt::Arg::Long("wasm") => asked.wasm = Some(arguments.value()?),
            lexopt::Arg::Long("no-api") => asked.api = false,
            lexopt::Arg::Long("test") => return site_test(),
            lexopt::Arg::Long("test-api") => return api::check(),
            other => return Err(other.unexpected().into()),
        }
    }
    let Asked { out, base, wasm, api } = asked;
    let module = match wasm {
        Some(none) if none == "none" => None,
        Some(file) => Some(module::read(Path::new(&file))?),
        None => or_without(
            "the first page will search, but not read pasted logs: its module was not built",
            step("building the WebAssembly module", || module::build(&root)),
        ),
    };
    let without = "the documents will not lead to the references of Rust and Python: they were not made";
    let api = if api { or_without(without, api::build(&root)) } else { None };
    let options = Options { base, module, api };
    let files = step("making the site", || build(&Sources::read(&root)?, &options))?;
    files.write(&out)?;
    let (count, bytes) = files.iter().fold((0, 0), |(count, sum), (_, bytes)| (count + 1, sum + bytes.len()));
    println!("{}: {count} files, {} KB", out.join("index.html").display(), bytes / 1000);
    if let Some(module) = &options.module {
        println!("the module that reads pasted logs has {} bytes", module.len());
    }
    if options.base.is_none() {
        println!("sitemap.xml names {EXAMPLE}; say where the site will be with --base https://HOST/PATH/");
    }
    Ok(())
}

/// A part that a site can do without, or a warning that says what will be missing.
fn or_without<T>(missing: &str, made: anyhow::Result<T>) -> Option<T> {
    made.inspect_err(|error| eprintln!("\nWARNING: {missing}\n{error:#}\n")).ok()
}

impl Sources {
    /// Reads the sources from the repository.
    ///
    /// # Errors
    ///
    /// A file that cannot be read.
    pub fn read(root: &Path) -> anyhow::Result<Self> {
        let text =
            |path: &Path| std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()));
        let mut sources = Sources {
            catalog: text(&root.join("catalog.yaml"))?,
            words: BTreeMap::new(),
            templates: Vec::new(),
            assets: Vec::new(),
            documents: Vec::new(),
            root: root.to_owned(),
        };
        for (name, path) in list(&root.join("site/words"))? {
            if let Some(language) = name.strip_suffix(".json") {
                sources.words.insert(language.to_owned(), text(&path)?);
            }
        }
        for (name, path) in list(&root.join("site/templates"))? {
            sources.templates.push((name, text(&path)?));
        }
        for (name, path) in list(&root.join("site/assets"))? {
            let bytes = std::fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
            sources.assets.push((name, bytes));
        }
        let outside = docs::OUTSIDE.iter().map(|(file, _)| ((*file).to_owned(), root.join(file)));
        let outside = outside.filter(|(_, path)| path.exists());
        for (file, path) in documents(root, "docs")?.into_iter().chain(outside) {
            sources.documents.push(Document { file, markdown: text(&path)? });
        }
        Ok(sources)
    }
}

/// Names and paths of the files in a folder, sorted.
fn list(folder: &Path) -> anyhow::Result<Vec<(String, PathBuf)>> {
    let entries = std::fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let mut all = Vec::new();
    for entry in entries {
        let entry = entry?;
        all.push((entry.file_name().to_string_lossy().into_owned(), entry.path()));
    }
    all.sort();
    Ok(all)
}

/// The documents below a folder; generated ones are the site's own subject and left out.
fn documents(root: &Path, folder: &str) -> anyhow::Result<Vec<(String, PathBuf)>> {
    let mut all = Vec::new();
    for (name, path) in list(&root.join(folder))? {
        let file = format!("{folder}/{name}");
        if path.is_dir() && name != "generated" {
            all.extend(documents(root, &file)?);
        } else if name.ends_with(".md") {
            all.push((file, path));
        }
    }
    Ok(all)
}

/// Makes the whole site.
///
/// # Errors
///
/// A catalogue that breaks a rule, words that are missing, a template with a mistake, a link to nowhere.
pub fn build(sources: &Sources, options: &Options) -> anyhow::Result<Files> {
    let source = Source { path: "catalog.yaml", text: &sources.catalog };
    let model = check(&[source]).map_err(|report| anyhow::anyhow!("catalog.yaml is not valid\n\n{report}"))?;
    let book = Book::new(&model);
    let words = read_words(sources, &model)?;
    let editions: Vec<Edition<'_>> = (model.languages().iter().zip(&words))
        .map(|(language, words)| Edition { id: &language.id, name: &language.name, words })
        .collect();

    let mut files = Files::default();
    let mut assets = sources.assets.clone();
    assets.push(("search-data.js".to_owned(), search::script(&book)?.into_bytes()));
    for Edition { id, .. } in &editions {
        assets.push((format!("texts-{id}.js"), texts::script(&book, id)?.into_bytes()));
    }
    if let Some(module) = &options.module {
        assets.push(("core.js".to_owned(), module::script(module).into_bytes()));
    }
    let mut names = BTreeMap::new();
    for (name, bytes) in assets {
        // The contents are part of the address, so that no browser mixes an old file with a new one.
        let version: String = Sha256::digest(&bytes).iter().take(4).map(|byte| format!("{byte:02x}")).collect();
        names.insert(name.clone(), format!("assets/{name}?v={version}"));
        files.add(format!("assets/{name}"), bytes)?;
    }
    let details = &model.enhanced().details;
    let details = details.iter().map(|row| format!("{}.{}", *row.subject, *row.detail)).collect();
    let renderer = Renderer::new(&sources.templates, Known { assets: names, details })?;

    let mut pages = Vec::new();
    for Edition { id, words, .. } in &editions {
        pages.extend(pages::pages(&View { book: &book, words, language: id })?);
    }
    for (path, bytes) in options.api.iter().flatten() {
        files.add(path.clone(), bytes.clone())?;
    }
    let docs = docs::pages(&sources.documents, &editions, options.api.is_some())?;
    pages.extend(docs.pages);
    let site = Site { model: &model, editions: &editions, options };
    for page in &pages {
        files.add(page.path.clone(), site.render(&renderer, page, &pages)?)?;
    }
    for (path, template) in [("index.html", "choose.html"), ("404.html", "lost.html")] {
        files.add(path, site.render_choice(&renderer, path, template)?)?;
    }
    for picture in docs.pictures {
        let path = sources.root.join(&picture);
        let bytes = std::fs::read(&path).with_context(|| format!("a document shows {picture}: cannot read it"))?;
        files.add(docs::picture(&picture), bytes)?;
    }

    let catalog = replycode_codegen::emit(&model).into_iter().find(|artefact| artefact.path.ends_with("catalog.json"));
    machine::json(&mut files, &book, &catalog.context("no emitter makes catalog.json")?.text)?;
    files.add("llms.txt", machine::llms(&book, &editions[0], &docs.listed)?)?;
    files.add("sitemap.xml", machine::sitemap(&pages, options.base.as_deref().unwrap_or(EXAMPLE)))?;
    for (to, from) in renderer.targets() {
        if files.get(&to).is_none() {
            bail!("{from} links to {to}, which no page is");
        }
    }
    Ok(files)
}

fn read_words(sources: &Sources, model: &Model) -> anyhow::Result<Vec<Words>> {
    let ids = model.languages().iter().map(|language| language.id.as_str());
    let files: Vec<_> = ids.map(|id| (format!("site/words/{id}.json"), sources.words.get(id).cloned())).collect();
    words::read(&files)
}

/// The site in one language.
struct Edition<'a> {
    id: &'a str,
    /// The language's name in itself.
    name: &'a str,
    words: &'a Words,
}

/// What all pages share.
struct Site<'a> {
    model: &'a Model,
    editions: &'a [Edition<'a>],
    options: &'a Options,
}

impl Site<'_> {
    fn render(&self, renderer: &Renderer, page: &Page, pages: &[Page]) -> anyhow::Result<String> {
        let own = self.editions.iter().find(|edition| edition.id == page.language);
        let words = own.context("a page in an unknown language")?.words;
        let alternates = self.editions.iter().map(|Edition { id, name, .. }| {
            let same = pages.iter().find(|other| other.language == *id && other.tail() == page.tail());
            // A document that is not translated leads to the list of documents.
            let path = same.map_or_else(|| address::single(id, "docs"), |other| other.path.clone());
            json!({ "id": id, "name": name, "path": path, "same": same.is_some(), "here": *id == page.language })
        });
        let alternates: Vec<_> = alternates.collect();
        let mut context = json!({
            "page": {
                "path": page.path, "language": page.language, "title": page.title,
                "description": page.description, "nav": page.nav, "json": page.json, "alternates": alternates,
            },
            "t": words.tree, "site": self.about(), "places": pages::places(self.model, &page.language),
        });
        if let (Some(context), Some(data)) = (context.as_object_mut(), page.data.as_object()) {
            context.extend(data.clone());
        }
        renderer.render(page.template, &page.path, &page.language, context)
    }

    /// A page for all languages at once.
    fn render_choice(&self, renderer: &Renderer, path: &str, template: &str) -> anyhow::Result<String> {
        let languages = self.editions.iter().map(
            |Edition { id, name, words }| json!({ "id": id, "name": name, "path": address::home(id), "t": words.tree }),
        );
        let (languages, language) = (languages.collect::<Vec<_>>(), self.editions[0].id);
        let context = json!({ "page": json!({ "path": path, "language": language }), "site": self.about(), "languages": languages });
        renderer.render(template, path, language, context)
    }

    fn about(&self) -> serde_json::Value {
        json!({
            "version": self.model.version(),
            "digest": &self.model.digest()[..12],
            "base": self.options.base.clone().unwrap_or_default(),
            "catalog": machine::CATALOG,
            "module": self.options.module.is_some(),
        })
    }
}

/// The languages of a set of sources, for tests that go through all.
///
/// # Errors
///
/// A catalogue that breaks a rule.
pub fn languages(sources: &Sources) -> anyhow::Result<BTreeSet<String>> {
    let source = Source { path: "catalog.yaml", text: &sources.catalog };
    let model = check(&[source]).map_err(|report| anyhow::anyhow!("catalog.yaml is not valid\n\n{report}"))?;
    Ok(model.languages().iter().map(|language| language.id.value.clone()).collect())
}
