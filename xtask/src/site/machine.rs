//! What programs read: JSON files, `llms.txt`, `sitemap.xml`.
//!
//! The JSON says of a code what `catalog.json` says, in the same words and fields, because both are the model itself.

use anyhow::Result;
use replycode::Protocol;
use replycode_catalog::{Entry, Model};
use serde_json::{Value, json};

use super::Edition;
use super::address;
use super::book::{Book, Reply};
use super::files::Files;
use super::pages::Page;

/// The JSON of a reply code.
pub(super) fn reply(protocol: Protocol, code: u16) -> String {
    format!("json/{protocol}/{code}.json")
}

/// The JSON of an enhanced detail, `x.7.8`.
pub(super) fn enhanced(name: &str) -> String {
    format!("json/enhanced/{name}.json")
}

/// The JSON of a note of the reply parser.
pub(super) fn note(id: &str) -> String {
    format!("json/note/{id}.json")
}

/// The JSON of a cause.
pub(super) fn cause(id: &str) -> String {
    format!("json/cause/{id}.json")
}

/// The whole catalogue.
pub(super) const CATALOG: &str = "json/catalog.json";

/// Every code and where its JSON is.
const INDEX: &str = "json/index.json";

/// Adds all JSON files.
pub(super) fn json(files: &mut Files, book: &Book<'_>, catalog: &str) -> Result<()> {
    files.add(CATALOG, catalog)?;
    let mut index = Vec::new();
    for reply in book.replies.values() {
        let path = self::reply(reply.protocol, reply.code);
        index.push(json!({
            "protocol": reply.protocol, "code": reply.code, "title": titles(reply.base()),
            "verdict": reply.verdict(reply.base()), "json": address::relative(INDEX, &path),
        }));
        files.add(path, pretty(&reply_json(book, reply)))?;
    }
    for row in &book.model.enhanced().details {
        let name = format!("x.{}.{}", *row.subject, *row.detail);
        let path = enhanced(&name);
        let pages = pages(book.model, &path, |language| address::enhanced(language, &name));
        let mut file = json!({ "version": book.model.version(), "digest": book.model.digest(), "enhanced": row });
        file["pages"] = pages;
        index.push(json!({
            "enhanced": name.to_uppercase(), "title": titles(&row.entry), "json": address::relative(INDEX, &path),
        }));
        files.add(path, pretty(&file))?;
    }
    for row in book.model.notes() {
        let path = note(&row.entry.id);
        let mut file = json!({ "version": book.model.version(), "digest": book.model.digest(), "note": row });
        file["pages"] = pages(book.model, &path, |language| address::note(language, &row.entry.id));
        index.push(json!({
            "note": row.entry.id, "title": titles(&row.entry), "json": address::relative(INDEX, &path),
        }));
        files.add(path, pretty(&file))?;
    }
    for cause in &book.model.diagnosis().causes {
        let path = self::cause(&cause.id);
        let rules: Vec<_> = book.rules(&cause.id).collect();
        let mut file =
            json!({ "version": book.model.version(), "digest": book.model.digest(), "cause": cause, "rules": rules });
        file["pages"] = pages(book.model, &path, |language| address::cause(language, &cause.id));
        index.push(json!({
            "cause": cause.id, "title": cause.title, "verdict": cause.verdict, "json": address::relative(INDEX, &path),
        }));
        files.add(path, pretty(&file))?;
    }
    let index = json!({ "version": book.model.version(), "digest": book.model.digest(), "codes": index });
    files.add(INDEX, pretty(&index))
}

fn reply_json(book: &Book<'_>, reply: &Reply<'_>) -> Value {
    let path = self::reply(reply.protocol, reply.code);
    let enhanced: Vec<String> = book.enhanced_of(reply).iter().map(ToString::to_string).collect();
    json!({
        "version": book.model.version(),
        "digest": book.model.digest(),
        "protocol": reply.protocol,
        "code": reply.code,
        "severity": reply.severity(),
        "category": reply.category(),
        "verdict": reply.verdict(reply.base()),
        "senses": reply.senses,
        "field": reply.field,
        "commands": reply.answers().collect::<Vec<_>>(),
        "enhanced": enhanced,
        "pages": pages(book.model, &path, |language| address::reply(language, reply.protocol, reply.code)),
    })
}

fn titles(entry: &Entry) -> Value {
    serde_json::to_value(&entry.title).unwrap_or_default()
}

fn pages(model: &Model, from: &str, page: impl Fn(&str) -> String) -> Value {
    let languages = model.languages().iter().map(|language| language.id.as_str());
    languages.map(|id| (id.to_owned(), Value::from(address::relative(from, &page(id))))).collect()
}

fn pretty(value: &Value) -> String {
    let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
    text.push('\n');
    text
}

/// `llms.txt`: what there is, for language models (<https://llmstxt.org>).
pub(super) fn llms(book: &Book<'_>, edition: &Edition<'_>, documents: &[(String, String)]) -> Result<String> {
    let (language, words) = (edition.id, edition.words);
    let mut out = format!("# replycode\n\n> {}\n", words.get("home.description")?);
    out.push_str(&format!(
        "\nCatalogue {} (digest {}). Every page exists in each language; its address is LANGUAGE/PROTOCOL/CODE/index.html, \
         and json/PROTOCOL/CODE.json holds the same for programs. The key is protocol and code: the same number means \
         different things in SMTP and FTP.\n",
        book.model.version(),
        book.model.digest()
    ));
    out.push_str("\n## Data\n\n");
    for (title, path) in [("Every code with its JSON", INDEX), ("The whole catalogue", CATALOG)] {
        out.push_str(&format!("- [{title}]({path})\n"));
    }
    for rows in book.model.protocols() {
        out.push_str(&format!("\n## {} reply codes\n\n", rows.name.value));
        for reply in book.replies(*rows.id) {
            let entry = reply.base();
            let (title, meaning) = (entry.title.get(language), entry.meaning.get(language));
            let path = address::reply(language, reply.protocol, reply.code);
            out.push_str(&format!("- [{} {title}]({path}): {} ({})\n", reply.code, meaning, reply.verdict(entry)));
        }
    }
    out.push_str("\n## Enhanced status codes\n\n");
    for row in &book.model.enhanced().details {
        let name = format!("X.{}.{}", *row.subject, *row.detail);
        let (title, meaning) = (row.entry.title.get(language), row.entry.meaning.get(language));
        out.push_str(&format!("- [{name} {title}]({}): {meaning}\n", address::enhanced(language, &name)));
    }
    out.push_str("\n## Causes\n\n");
    for cause in &book.model.diagnosis().causes {
        let (title, meaning) = (cause.title.get(language), cause.meaning.get(language));
        out.push_str(&format!("- [{title}]({}): {meaning}\n", address::cause(language, &cause.id)));
    }
    out.push_str("\n## Notes on replies\n\n");
    for row in book.model.notes() {
        let (title, meaning) = (row.entry.title.get(language), row.entry.meaning.get(language));
        out.push_str(&format!("- [{title}]({}): {meaning}\n", address::note(language, &row.entry.id)));
    }
    out.push_str("\n## Documentation\n\n");
    for (title, path) in documents {
        out.push_str(&format!("- [{title}]({path})\n"));
    }
    Ok(out)
}

/// `sitemap.xml`, with the translations of each page.
pub(super) fn sitemap(pages: &[Page], base: &str) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n",
    );
    for page in pages {
        out.push_str(&format!("<url><loc>{base}{}</loc>", page.path));
        for other in pages.iter().filter(|other| other.tail() == page.tail()) {
            let (language, path) = (&other.language, &other.path);
            out.push_str(&format!("<xhtml:link rel=\"alternate\" hreflang=\"{language}\" href=\"{base}{path}\"/>"));
        }
        out.push_str("</url>\n");
    }
    out.push_str("</urlset>\n");
    out
}
