//! The page of causes: what really goes wrong, what to do, and the rules that lead there.

use replycode::Party;
use replycode_catalog::{Cause, DiagnosisRule};

use super::markdown::{code, escape, link, slug};
use super::page::{Page, Part, VERDICTS, verdicts, write};
use super::{Book, CAUSES};

pub(super) fn page(book: &Book<'_>) -> String {
    let words = book.words;
    let parts: [Part<()>; 3] = [
        ("overview".to_owned(), words.overview, overview),
        (CAUSES.to_owned(), words.causes_page, causes),
        (VERDICTS.to_owned(), words.verdicts, verdicts),
    ];
    write(book, CAUSES, [words.causes_page, words.causes_intro], (), &parts)
}

/// The causes by who must act.
fn overview(page: &mut Page<'_>, (): ()) {
    let (book, words) = (page.book, page.book.words);
    let mut rows = Vec::new();
    for party in Party::ALL {
        for cause in book.layout.model.diagnosis().causes.iter().filter(|cause| *cause.party == *party) {
            let title = link(&page.title(&cause.entry), &format!("#{}", anchor(cause)));
            rows.push(vec![title, code(&cause.id), words.party_name(*party).to_owned(), page.verdict(*cause.verdict)]);
        }
    }
    page.table(&[words.title, words.id, words.party, words.verdict], rows.into_iter());
}

fn anchor(cause: &Cause) -> String {
    format!("cause-{}", slug(&cause.id))
}

fn causes(page: &mut Page<'_>, (): ()) {
    let diagnosis = page.book.layout.model.diagnosis();
    for cause in &diagnosis.causes {
        let rules: Vec<_> = diagnosis.rules.iter().filter(|rule| rule.cause.value == cause.id.value).collect();
        section(page, cause, &rules);
    }
}

fn section(page: &mut Page<'_>, cause: &Cause, rules: &[&DiagnosisRule]) {
    let (words, language) = (page.book.words, &page.book.language.id);
    let title = page.title(&cause.entry);
    page.heading(3, &[anchor(cause)], &title);
    page.paragraph(&escape(cause.meaning.get(language)));
    page.paragraph(&format!("**{}:**", words.action));
    let steps = (1..).zip(&cause.steps).map(|(number, step)| format!("{number}. {}", escape(step.get(language))));
    page.paragraph(&steps.collect::<Vec<_>>().join("\n"));
    let facts = [
        (words.verdict, page.verdict(*cause.verdict)),
        (words.party, format!("{} ({})", words.party_name(*cause.party), code(cause.party.id()))),
        (words.id, format!("{}, {}", code(&cause.id), *cause.number)),
    ];
    page.paragraph(&facts.map(|(label, text)| format!("- {label}: {text}")).join("\n"));
    if rules.is_empty() {
        return;
    }
    page.paragraph(&format!("**{}:**", words.recognised));
    let rows = rules.iter().map(|rule| {
        let examples: Vec<_> = rule.yes.iter().map(|example| escape(example)).collect();
        let verdict = rule.verdict.as_ref().map(|own| format!(" {}", page.verdict(*own.is))).unwrap_or_default();
        let id = format!("{}{verdict}", code(&rule.id));
        vec![id, condition(rule), examples.join(" / "), escape(&rule.source)]
    });
    let rows: Vec<_> = rows.collect();
    page.table(&[words.rule, words.condition, words.example, words.source], rows.into_iter());
}

/// What a rule asks for: of each list one.
fn condition(rule: &DiagnosisRule) -> String {
    let when = &rule.when;
    let mut parts: Vec<String> = Vec::new();
    let mut add = |items: Vec<String>| {
        if !items.is_empty() {
            parts.push(items.join(", "));
        }
    };
    add(when.protocol.iter().map(|protocol| code(protocol.id())).collect());
    add(when.severity.iter().map(|severity| code(severity.id())).collect());
    add(when.codes.iter().map(|number| number.to_string()).collect());
    add(when.enhanced.iter().map(|pattern| escape(&pattern.to_string())).collect());
    add(when.commands.iter().map(|verb| code(verb)).collect());
    add(when.phrases.iter().map(|phrase| quoted(phrase)).collect());
    add(when.also.iter().map(|phrase| format!("+ {}", quoted(phrase))).collect());
    add(when.without.iter().map(|phrase| format!("- {}", quoted(phrase))).collect());
    parts.join("; ")
}

fn quoted(phrase: &str) -> String {
    format!("\"{}\"", escape(phrase))
}
