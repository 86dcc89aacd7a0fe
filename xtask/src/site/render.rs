//! Templates: minijinja with strict undefined values and escaping, and the functions that pages use.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

use anyhow::Context;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Kwargs, Serde, Value};
use minijinja::{AutoEscape, Environment, Error, ErrorKind, UndefinedBehavior};
use serde_json::Value as Json;

use super::address;
use super::view::rfc_url;
use super::words;

/// The templates, ready to use.
pub(super) struct Renderer {
    environment: Environment<'static>,
    current: Arc<Mutex<Current>>,
    /// Every address that some page leads to, and one such page.
    targets: Arc<Mutex<BTreeMap<String, String>>>,
}

/// The page that is being written: links and texts are relative to it, also inside macros, which do not see it.
#[derive(Default)]
struct Current {
    path: String,
    language: String,
}

/// What [`Renderer::new`] must know for links.
pub(super) struct Known {
    /// Assets by name, with the path that names their contents too.
    pub(super) assets: BTreeMap<String, String>,
    /// Names of registered enhanced details, `7.8`, that prose is linked to.
    pub(super) details: BTreeSet<String>,
}

impl Renderer {
    /// Compiles all templates; `sources` are (name, text).
    pub(super) fn new(sources: &[(String, String)], known: Known) -> anyhow::Result<Self> {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_auto_escape_callback(|_| AutoEscape::Html);
        // The default escapes `/` as well, which every address here is full of.
        environment.set_formatter(|out, state, value| match value.as_str() {
            Some(text) if !value.is_safe() => out.write_str(&escape(text)).map_err(Error::from),
            _ => minijinja::escape_formatter(out, state, value),
        });
        let blocks = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build();
        environment.set_syntax(blocks.context("the syntax of templates")?);
        for (name, text) in sources {
            let path = format!("site/templates/{name}");
            environment
                .add_template_owned(name.clone(), text.clone())
                .map_err(|error| anyhow::anyhow!("{path}: {error:#}"))?;
        }
        let targets = Arc::new(Mutex::new(BTreeMap::new()));
        let current = Arc::new(Mutex::new(Current::default()));
        let (seen, here) = (Arc::clone(&targets), Arc::clone(&current));
        environment.add_function("link", move |to: &str| {
            let from = &here.lock().expect("one thread").path;
            let path = to.split(['#', '?']).next().unwrap_or(to).to_owned();
            seen.lock().expect("one thread").entry(path).or_insert_with(|| from.clone());
            address::relative(from, to)
        });
        let Known { assets, details } = known;
        let here = Arc::clone(&current);
        environment.add_function("asset", move |name: &str| {
            let path = assets.get(name).ok_or_else(|| {
                Error::new(ErrorKind::InvalidOperation, format!("there is no asset `{name}` in site/assets"))
            })?;
            Ok(address::relative(&here.lock().expect("one thread").path, path))
        });
        environment.add_filter("fill", |text: &str, gaps: Kwargs| {
            let names: Vec<String> = gaps.args().map(str::to_owned).collect();
            let values = names.iter().map(|name| gaps.get::<Value>(name)).collect::<Result<Vec<_>, _>>()?;
            let values: Vec<String> = values.iter().map(ToString::to_string).collect();
            let gaps: Vec<_> = names.iter().zip(&values).map(|(name, value)| (name.as_str(), value.as_str())).collect();
            Ok::<_, Error>(words::fill(text, &gaps))
        });
        let here = Arc::clone(&current);
        environment.add_filter("prose", move |text: &str| {
            let Current { path, language } = &*here.lock().expect("one thread");
            Value::from_safe_string(prose(text, path, language, &details))
        });
        Ok(Renderer { environment, current, targets })
    }

    /// One page; `path` and `language` are its own.
    pub(super) fn render(&self, template: &str, path: &str, language: &str, context: Json) -> anyhow::Result<String> {
        *self.current.lock().expect("one thread") = Current { path: path.to_owned(), language: language.to_owned() };
        let template = self.environment.get_template(template).context("no such template")?;
        template
            .render(Serde(context))
            .map_err(|error| anyhow::anyhow!("{path}: site/templates/{}: {error:#}", template.name()))
    }

    /// Every file that some page leads to, and one such page.
    pub(super) fn targets(&self) -> BTreeMap<String, String> {
        self.targets.lock().expect("one thread").clone()
    }
}

/// A catalogue text as HTML: escaped, with RFCs and registered enhanced codes linked and placeholders marked.
fn prose(text: &str, from: &str, language: &str, details: &BTreeSet<String>) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let before = out.chars().next_back();
        if let Some(number) = rest.strip_prefix("RFC ").map(digits).filter(|number| !number.is_empty()) {
            let shown = &rest[..4 + number.len()];
            let url = rfc_url(number.parse().unwrap_or(0), "");
            out.push_str(&format!("<a href=\"{url}\">{shown}</a>"));
            rest = &rest[shown.len()..];
        } else if let Some((shown, name)) =
            enhanced(rest).filter(|(_, name)| details.contains(*name) && !joined(before))
        {
            let path = address::relative(from, &address::enhanced(language, &format!("x.{name}")));
            out.push_str(&format!("<a href=\"{path}\">{shown}</a>"));
            rest = &rest[shown.len()..];
        } else if let Some(end) = rest.strip_prefix('<').and_then(|inner| inner.find('>')) {
            out.push_str(&format!("<var>&lt;{}&gt;</var>", escape(&rest[1..=end])));
            rest = &rest[end + 2..];
        } else {
            out.push_str(&escape(&rest[..c.len_utf8()]));
            rest = &rest[c.len_utf8()..];
        }
    }
    out
}

fn joined(before: Option<char>) -> bool {
    before.is_some_and(|c| c.is_ascii_alphanumeric() || c == '.')
}

fn digits(text: &str) -> &str {
    &text[..text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len())]
}

/// An enhanced code at the start of a text, and its subject and detail.
fn enhanced(text: &str) -> Option<(&str, &str)> {
    let rest = text.strip_prefix(['2', '4', '5', 'X'])?.strip_prefix('.')?;
    let subject = digits(rest);
    let detail = digits(rest[subject.len()..].strip_prefix('.')?);
    let length = subject.len() + 1 + detail.len();
    let whole =
        !subject.is_empty() && !detail.is_empty() && !rest[length..].starts_with(|c: char| c.is_ascii_alphanumeric());
    whole.then(|| (&text[..2 + length], &rest[..length]))
}

/// Text inside HTML.
pub(super) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::prose;

    #[test]
    fn prose_links_what_has_a_page() {
        let details = ["7.8".to_owned()].into();
        let html = |text| prose(text, "en/smtp/535/index.html", "en", &details);
        assert_eq!(
            html("RFC 5321, \"5\""),
            "<a href=\"https://www.rfc-editor.org/rfc/rfc5321\">RFC 5321</a>, &quot;5&quot;"
        );
        assert_eq!(html("5.7.8."), "<a href=\"../../enhanced/x.7.8/index.html\">5.7.8</a>.");
        assert_eq!(html("X.7.8の"), "<a href=\"../../enhanced/x.7.8/index.html\">X.7.8</a>の");
        assert_eq!(html("5.7.80 15.7.8 1.5.7.8"), "5.7.80 15.7.8 1.5.7.8");
        assert_eq!(html("<domain> & < b"), "<var>&lt;domain&gt;</var> &amp; &lt; b");
        assert_eq!(html("<script>"), "<var>&lt;script&gt;</var>");
    }
}
