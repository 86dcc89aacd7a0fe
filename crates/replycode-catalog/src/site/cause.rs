//! The causes of a site beside those of the catalogue.

use replycode::tables::NO_CAUSE;
use replycode::{Catalog, Cause as Known};

use crate::diagnosis::{Cause, joined};
use crate::model::{Entry, Language, Texts};
use crate::node::{Findings, Node, Value};
use crate::overlay;
use crate::report::{Finding, Rule};
use crate::source::{At, Span};

/// A row of a cause with everything that the catalogue says of that cause and the row does not.
pub(super) fn whole(base: &'static Catalog, row: &Node, findings: &mut Findings) -> Node {
    let id = row.field("id").and_then(Node::scalar);
    let Some(known) = id.and_then(|id| base.cause(id)) else { return row.clone() };
    let mut whole = node_of(base, known, &row.span);
    overlay::lay_cause(&mut whole, row.clone(), known.id(), findings);
    // Its id stands in the file.
    if let (Some(id), Some(own)) = (whole.field_mut("id"), row.field("id")) {
        *id = own.clone();
    }
    whole
}

/// A cause as it would stand in a file.
fn node_of(base: &'static Catalog, cause: Known, span: &Span) -> Node {
    let node = |value| Node { value, span: span.clone() };
    let scalar = |text: String| node(Value::Scalar(text));
    let map = |fields: Vec<(&str, Node)>| {
        let fields = fields.into_iter().map(|(key, value)| (At::new(key.to_owned(), span.clone()), value));
        node(Value::Map(fields.collect()))
    };
    let texts = |text: &dyn Fn(replycode::Lang) -> &'static str| {
        map(base.languages().map(|language| (language.id, scalar(text(language.lang).to_owned()))).collect())
    };
    let count = base.languages().map(|language| cause.steps(language.lang).count()).max().unwrap_or_default();
    let step = |number| texts(&|lang| cause.steps(lang).nth(number).unwrap_or_default());
    map(vec![
        ("id", scalar(cause.id().to_owned())),
        ("number", scalar(cause.number().to_string())),
        ("verdict", scalar(cause.verdict().to_string())),
        ("party", scalar(cause.party().to_string())),
        ("title", texts(&|lang| cause.title(lang))),
        ("meaning", texts(&|lang| cause.meaning(lang))),
        ("action", node(Value::List((0..count).map(step).collect()))),
    ])
}

/// No two causes have the same number.
pub(super) fn numbers(base: &'static Catalog, own: &[Cause], findings: &mut Findings) {
    const REMEDY: &str = "give it a number that no cause has; 200 to 254 are left to sites";
    for (place, cause) in own.iter().enumerate() {
        let number = *cause.number;
        let known = base.causes().find(|known| u16::from(known.number()) == number && known.id() != *cause.id);
        if let Some(known) = known {
            let message = format!("the number {number} is that of the cause `{}`", known.id());
            findings.push(Finding::new(Rule::CauseNumber, cause.number.span.clone(), message, REMEDY));
        }
        let twice = |first: &&Cause| *first.number == number && base.cause(&first.id).is_none();
        if let Some(first) = own[..place].iter().find(twice).filter(|_| base.cause(&cause.id).is_none()) {
            let message = format!("the number {number} is given twice");
            let finding = Finding::new(Rule::CauseNumber, cause.number.span.clone(), message, REMEDY);
            findings.push(finding.beside(first.number.span.clone(), "the first"));
        }
    }
}

/// The catalogue's causes and the site's, by number, with texts in every language.
pub(super) fn merged(base: &'static Catalog, own: Vec<Cause>, languages: &[Language]) -> Vec<Cause> {
    let known = base.causes().filter(|known| own.iter().all(|own| *own.id != known.id()));
    let mut causes: Vec<Cause> = known.map(|known| row_of(base, known)).collect();
    causes.extend(own.into_iter().map(|cause| in_every_language(cause, languages)));
    causes.sort_by_key(|cause| *cause.number);
    causes
}

fn row_of(base: &'static Catalog, cause: Known) -> Cause {
    let texts = |text: &dyn Fn(replycode::Lang) -> &'static str| Texts {
        rows: base
            .languages()
            .map(|language| (at(language.id.to_owned()), at(text(language.lang).to_owned())))
            .collect(),
        span: Span::default(),
    };
    let entry = Entry { action: texts(&|lang| cause.entry().action(lang)), ..Entry::default() };
    Cause {
        id: at(cause.id().to_owned()),
        number: at(cause.number().into()),
        verdict: at(cause.verdict()),
        party: at(cause.party()),
        title: texts(&|lang| cause.title(lang)),
        meaning: texts(&|lang| cause.meaning(lang)),
        steps: Vec::new(),
        entry,
    }
}

fn at<T>(value: T) -> At<T> {
    At::new(value, Span::default())
}

/// A cause with texts in every language; where one is missing, the first that there is stands in for it.
fn in_every_language(mut cause: Cause, languages: &[Language]) -> Cause {
    let texts = [&mut cause.title, &mut cause.meaning].into_iter().chain(&mut cause.steps);
    for texts in texts {
        let Some(given) = languages.iter().find_map(|language| texts.at(&language.id).cloned()) else { continue };
        for language in languages {
            if texts.at(&language.id).is_none() {
                texts.rows.push((language.id.clone(), given.clone()));
            }
        }
    }
    cause.entry.action = joined(&cause.steps);
    cause
}

/// The place of a cause in a list.
pub(super) fn place(causes: &[Cause], id: &str) -> u8 {
    let place = causes.iter().position(|cause| *cause.id == id);
    place.and_then(|place| u8::try_from(place).ok()).unwrap_or(NO_CAUSE)
}
