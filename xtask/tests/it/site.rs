//! The site as a whole: every page is made once, in memory, and looked at without a browser. What only a browser can
//! tell is in `site/tests`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use html5gum::{StartTag, Token, Tokenizer};
use serde_json::Value;
use xtask::site::{Files, Options, Sources, build};

static SOURCES: LazyLock<Sources> = LazyLock::new(|| Sources::read(&xtask::repo::root()).unwrap());
static SITE: LazyLock<Files> = LazyLock::new(|| build(&SOURCES, &Options::default()).unwrap());
static PAGES: LazyLock<BTreeMap<String, Page>> = LazyLock::new(|| {
    let pages = SITE.iter().filter(|(path, _)| path.ends_with(".html"));
    pages.map(|(path, bytes)| (path.to_owned(), Page::read(path, bytes))).collect()
});

const LANGUAGES: [&str; 2] = ["en", "ja"];

/// What the tests want to know of a page.
struct Page {
    tags: Vec<(String, BTreeMap<String, String>)>,
    ids: BTreeSet<String>,
    text: String,
}

impl Page {
    fn read(path: &str, bytes: &[u8]) -> Page {
        let mut page = Page { tags: Vec::new(), ids: BTreeSet::new(), text: String::new() };
        // Elements that are open, so that a tag left out or closed twice shows.
        let mut open: Vec<String> = Vec::new();
        let mut script = false;
        for token in Tokenizer::new(bytes) {
            match token.unwrap() {
                Token::StartTag(tag) => {
                    let name = page.take(path, &tag);
                    script = name == "script";
                    if !VOID.contains(&name.as_str()) && !tag.self_closing {
                        open.push(name);
                    }
                }
                Token::EndTag(tag) => {
                    let name = text(&tag.name);
                    script = false;
                    assert_eq!(open.pop().as_deref(), Some(name.as_str()), "{path}: </{name}> closes something else");
                }
                Token::String(string) if !script => page.text.push_str(&text(&string)),
                Token::Error(error) => panic!("{path}: {error:?}"),
                _ => {}
            }
        }
        assert_eq!(open, [""; 0], "{path}: never closed");
        page
    }

    fn take(&mut self, path: &str, tag: &StartTag<()>) -> String {
        let name = text(&tag.name);
        let attributes: BTreeMap<_, _> = tag.attributes.iter().map(|(name, value)| (text(name), text(value))).collect();
        if let Some(id) = attributes.get("id") {
            assert!(self.ids.insert(id.clone()), "{path}: the id {id} is there twice");
        }
        self.tags.push((name.clone(), attributes));
        name
    }

    fn all(&self, name: &str) -> impl Iterator<Item = &BTreeMap<String, String>> {
        self.tags.iter().filter(move |(tag, _)| tag == name).map(|(_, attributes)| attributes)
    }
}

const VOID: &[&str] = &["meta", "link", "input", "br", "img", "hr", "base"];

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// The file that a relative address leads to, and the anchor in it.
fn follow(from: &str, to: &str) -> (String, Option<String>) {
    let (path, anchor) = to.split_once('#').map_or((to, None), |(path, anchor)| (path, Some(anchor.to_owned())));
    let path = path.split('?').next().unwrap_or(path);
    if path.is_empty() {
        return (from.to_owned(), anchor);
    }
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            ".." => assert!(parts.pop().is_some(), "{from}: {to} leads out of the site"),
            name => parts.push(name),
        }
    }
    (parts.join("/"), anchor)
}

fn is_absolute(address: &str) -> bool {
    address.contains(':') || address.starts_with('/')
}

#[test]
fn every_link_leads_to_a_file_and_every_anchor_exists() {
    let mut links = 0;
    for (path, page) in PAGES.iter() {
        for (name, attributes) in &page.tags {
            for to in ["href", "src", "action"].iter().filter_map(|key| attributes.get(*key)) {
                if is_absolute(to) {
                    assert!(name == "a" && to.starts_with("https://"), "{path}: <{name}> leads to {to}");
                    continue;
                }
                let (file, anchor) = follow(path, to);
                assert!(SITE.get(&file).is_some(), "{path}: {to} leads to {file}, which does not exist");
                if let (Some(anchor), Some(page)) = (&anchor, PAGES.get(&file)) {
                    assert!(page.ids.contains(anchor), "{path}: {file} has no anchor {anchor}");
                }
                links += 1;
            }
            for key in ["aria-labelledby", "aria-describedby", "for"] {
                for id in attributes.get(key).iter().flat_map(|ids| ids.split(' ')) {
                    assert!(page.ids.contains(id), "{path}: {key}={id} names nothing");
                }
            }
        }
    }
    assert!(links > 10_000, "only {links} links were seen");
}

#[test]
fn nothing_is_loaded_from_elsewhere() {
    for (path, page) in PAGES.iter() {
        for (name, attributes) in &page.tags {
            assert!(name != "style" && name != "iframe" && !attributes.contains_key("style"), "{path}: {name}");
            assert!(!attributes.keys().any(|key| key.starts_with("on")), "{path}: a handler in <{name}>");
            if name == "script" && !attributes.contains_key("src") {
                assert_eq!(attributes["type"], "application/json", "{path}: a script inside the page");
            }
        }
        let policy = page.all("meta").find(|meta| meta.contains_key("http-equiv")).expect("a security policy");
        assert!(policy["content"].starts_with("default-src 'none'"), "{path}");
    }
    for (path, bytes) in SITE.iter().filter(|(path, _)| path.ends_with(".css") || path.ends_with(".js")) {
        let text = String::from_utf8_lossy(bytes);
        for word in ["@import", "url(http", "fetch(", "XMLHttpRequest", "sendBeacon", "WebSocket", "eval("] {
            assert!(!text.contains(word), "{path} has {word}");
        }
        let outside = text.replace("http://www.w3.org/2000/svg", "");
        assert!(path == "assets/search-data.js" || !outside.contains("://"), "{path} names an address");
    }
}

#[test]
fn a_page_of_a_code_is_under_30_kb() {
    let mut pages = 0;
    for (path, bytes) in SITE.iter() {
        let parts: Vec<_> = path.split('/').collect();
        if let [_, "smtp" | "ftp" | "enhanced" | "cause", code, "index.html"] = parts[..] {
            assert!(bytes.len() < 30_000, "{path} of {code} has {} bytes", bytes.len());
            pages += 1;
        }
    }
    assert_eq!(pages, 2 * (51 + 70 + 3 + 8 + 81 + 43));
}

#[test]
fn both_languages_have_the_same_pages() {
    let tails = |language: &str| -> BTreeSet<String> {
        let inside = PAGES.keys().filter_map(|path| path.strip_prefix(&format!("{language}/")));
        inside.filter(|tail| !tail.starts_with("docs/")).map(str::to_owned).collect()
    };
    assert_eq!(tails("en"), tails("ja"));
    for (path, page) in PAGES.iter() {
        let html = page.all("html").next().unwrap();
        if let Some(language) = LANGUAGES.iter().find(|language| path.starts_with(&format!("{language}/"))) {
            assert_eq!(html["lang"], *language, "{path}");
            let switch: Vec<_> =
                page.all("a").filter(|a| a.contains_key("hreflang") && a.contains_key("lang")).collect();
            let offered: BTreeSet<_> = switch.iter().map(|a| a["hreflang"].as_str()).collect();
            assert_eq!(offered, LANGUAGES.into(), "{path}: the language switch");
            assert!(page.all("link").any(|link| link.get("hreflang").is_some_and(|id| id == "x-default")), "{path}");
        }
    }
}

#[test]
fn titles_are_unique_and_no_gap_is_left_open() {
    let mut titles = BTreeSet::new();
    for (path, bytes) in SITE.iter().filter(|(path, _)| path.ends_with("/index.html")) {
        let html = std::str::from_utf8(bytes).unwrap();
        let title = html.split_once("<title>").unwrap().1.split_once("</title>").unwrap().0;
        assert!(titles.insert((path[..2].to_owned(), title.to_owned())), "{path}: another page is called {title}");
    }
    for (path, page) in PAGES.iter().filter(|(path, _)| !path.contains("/docs/")) {
        for rest in page.text.split('{').skip(1) {
            let name = rest.split('}').next().unwrap();
            assert!(name.contains(|c: char| !c.is_ascii_lowercase()), "{path}: the gap {{{name}}} is open");
        }
    }
}

#[test]
fn the_json_of_a_code_is_what_the_catalogue_says() {
    let catalog: Value = serde_json::from_slice(SITE.get("json/catalog.json").unwrap()).unwrap();
    let mut codes = 0;
    for protocol in catalog["protocols"].as_array().unwrap() {
        for (list, key) in [("replies", "senses"), ("field", "field")] {
            for row in protocol[list].as_array().unwrap() {
                let (protocol, code) = (protocol["id"].as_str().unwrap(), &row["code"]);
                let path = format!("json/{protocol}/{code}.json");
                let json: Value = serde_json::from_slice(SITE.get(&path).unwrap()).unwrap();
                assert_eq!(json[key], row["senses"], "{path}");
                assert_eq!((&json["protocol"], &json["code"]), (&Value::from(protocol), code), "{path}");
                assert_eq!(json["digest"], catalog["digest"], "{path}");
                for language in LANGUAGES {
                    let (page, _) = follow(&path, json["pages"][language].as_str().unwrap());
                    assert_eq!(page, format!("{language}/{protocol}/{code}/index.html"));
                }
                codes += 1;
            }
        }
    }
    assert_eq!(codes, 45 + 16 + 65 + 19);
    let busy: Value = serde_json::from_slice(SITE.get("json/ftp/425.json").unwrap()).unwrap();
    assert_eq!(busy["severity"], "transient");
    assert_eq!(busy["category"], "connections");
    assert_eq!(busy["verdict"], "retry_later");
    let login: Value = serde_json::from_slice(SITE.get("json/enhanced/x.7.8.json").unwrap()).unwrap();
    assert_eq!(login["enhanced"]["phrase"], "Authentication credentials invalid");
}

#[test]
fn pages_say_what_the_catalogue_says() {
    // Numbers of RFC 5321 4.2.3, RFC 3207 4, RFC 4954 6 and RFC 959 4.2.2, and what a technician must find there.
    for (path, words) in [
        ("en/smtp/550/index.html", &["Fix first", "RFC 5321, section 4.2.3", "mailbox unavailable", "5.1.1"][..]),
        ("en/smtp/454/index.html", &["STARTTLS", "AUTH", "RFC 3207, section 4", "RFC 4954", "Retry later"]),
        ("ja/ftp/425/index.html", &["時間をおいて再試行", "RFC 959の4.2.2節", "Can't open data connection."]),
        ("ja/ftp/530/index.html", &["修正してから再試行", "Not logged in.", "SMTPの530"]),
        ("en/enhanced/x.7.8/index.html", &["Authentication credentials invalid", "5.7.8", "4.7.8", "535"]),
        ("ja/cause/relay_denied/index.html", &["修正してから再試行", "Relay access denied", "554"]),
        ("en/smtp/554/index.html", &["Server will not forward mail"]),
        ("en/not-a-reply/index.html", &["10060", "WSAETIMEDOUT"]),
        ("en/classes/index.html", &["1yz", "5yz", "SMTP has no 1yz replies.", "6yz"]),
    ] {
        let page = &PAGES[path];
        for word in words {
            assert!(page.text.contains(word), "{path} does not say {word}");
        }
    }
}

#[test]
fn the_index_is_complete_without_scripts() {
    for language in LANGUAGES {
        let home = &PAGES[&format!("{language}/index.html")];
        let here: BTreeSet<_> = home
            .all("a")
            .filter_map(|a| a.get("href"))
            .map(|to| follow(&format!("{language}/index.html"), to).0)
            .collect();
        for (path, _) in SITE.iter().filter(|(path, _)| path.starts_with("json/smtp/") || path.starts_with("json/ftp/"))
        {
            let page = path.replace("json/", &format!("{language}/")).replace(".json", "/index.html");
            assert!(here.contains(&page), "{page} is not in the table");
        }
        assert!(home.all("section").any(|section| section.get("id").is_some_and(|id| id == "all")));
        assert!(home.all("section").all(|section| section["class"] != "all" || !section.contains_key("hidden")));
    }
}

#[test]
fn addresses_for_programs_are_complete() {
    let sitemap = String::from_utf8(SITE.get("sitemap.xml").unwrap().to_vec()).unwrap();
    for path in PAGES.keys().filter(|path| path.contains('/')) {
        assert!(sitemap.contains(&format!("<loc>https://replycode.example/{path}</loc>")), "{path}");
    }
    let options = Options { base: Some("https://docs.example.com/rc/".into()), ..Options::default() };
    let based = build(&SOURCES, &options).unwrap();
    let page = std::str::from_utf8(based.get("en/smtp/550/index.html").unwrap()).unwrap();
    assert!(page.contains("<link rel=\"canonical\" href=\"https://docs.example.com/rc/en/smtp/550/index.html\">"));
    assert!(page.contains("hreflang=\"ja\" href=\"https://docs.example.com/rc/ja/smtp/550/index.html\""));
    let llms = String::from_utf8(SITE.get("llms.txt").unwrap().to_vec()).unwrap();
    let links: Vec<_> = llms.split("](").skip(1).map(|rest| rest.split(')').next().unwrap()).collect();
    assert!(links.len() > 200);
    for link in links {
        assert!(SITE.get(link).is_some(), "llms.txt names {link}");
    }
}

#[test]
fn two_builds_make_the_same_bytes() {
    let again = build(&SOURCES, &Options::default()).unwrap();
    assert!(SITE.iter().eq(again.iter()));
}

#[test]
fn a_language_of_the_catalogue_gets_its_pages() {
    let mut sources = SOURCES.clone();
    // Any other tag will do: nothing in the site knows which languages there are.
    sources.catalog = sources.catalog.replace("ja:", "eo:").replace("id: ja,", "id: eo,");
    let error = build(&sources, &Options::default()).unwrap_err().to_string();
    assert_eq!(error, "site/words/eo.json is missing: copy site/words/en.json to it and translate the texts");
    let words = sources.words["ja"].clone();
    sources.words.insert("eo".into(), words);
    let files = build(&sources, &Options::default()).unwrap();
    let page = std::str::from_utf8(files.get("eo/smtp/550/index.html").unwrap()).unwrap();
    assert!(page.starts_with("<!doctype html>\n<html lang=\"eo\">"));
    assert!(files.get("ja/smtp/550/index.html").is_none());
}

#[test]
fn every_word_of_the_site_is_used() {
    let root = xtask::repo::root();
    let mut users = String::new();
    for folder in ["site/templates", "site/assets", "xtask/src/site", "xtask/src/site/pages"] {
        for entry in std::fs::read_dir(root.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                users.push_str(&std::fs::read_to_string(path).unwrap());
            }
        }
    }
    let words: Value = serde_json::from_str(&SOURCES.words["en"]).unwrap();
    let mut unused = Vec::new();
    for (group, texts) in words.as_object().unwrap() {
        // Chosen by the id of a thing.
        if ["nav", "verdict", "status", "party", "moments"].contains(&group.as_str()) {
            continue;
        }
        match texts.as_object() {
            Some(texts) => unused.extend(texts.keys().map(|name| format!("{group}.{name}"))),
            None => unused.push(format!("t.{group}")),
        }
    }
    // The search is given its own group under another name.
    unused.retain(|name| {
        ![name.as_str(), &name.replace("search.", "vocabulary.")].iter().any(|name| users.contains(name))
    });
    assert_eq!(unused, [""; 0], "words that nothing shows");
}
