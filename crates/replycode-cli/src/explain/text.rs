//! The answer for people.

use std::fmt::Write;

use replycode::{Catalog, DiagnosisBasis, Entry, Lang};
use replycode_scan::Speaker;
use textwrap::core::display_width;

use super::answer::{Answer, Explained, InText, steps};
use crate::Host;
use crate::paper::{BOLD, DIM, Paper, color_of, quoted, shortened};
use crate::words::{Words, fill, name};

/// How many of the replies of a text are listed, how many lines of a reply are shown, and how long each.
const REPLIES: usize = 20;
const LINES: usize = 5;
const LINE: usize = 400;

struct Page<'a> {
    paper: Paper,
    input: &'a [u8],
    lang: Lang,
    words: &'static Words,
    catalog: &'static Catalog,
}

pub(crate) fn show(
    explained: &Explained,
    input: &[u8],
    lang: Lang,
    catalog: &'static Catalog,
    host: &Host<'_>,
) -> String {
    let mut page = Page { paper: Paper::of(host), input, lang, words: Words::of(lang), catalog };
    page.all(explained);
    page.paper.out
}

impl Page<'_> {
    fn all(&mut self, explained: &Explained) {
        let Explained { whole, readings, text, .. } = explained;
        match text {
            None if readings.is_empty() => self.answer(whole, None),
            // Where nothing tells the protocol, each has its say.
            None => self.each(readings, None),
            Some(text) => {
                if readings.is_empty() {
                    self.answer(whole, Some(text));
                } else {
                    self.each(readings, Some(text));
                }
                if text.replies.len() > 1 {
                    self.list(text);
                }
            }
        }
    }

    fn each(&mut self, readings: &[Answer], text: Option<&InText>) {
        for (number, reading) in readings.iter().enumerate() {
            if number > 0 {
                self.paper.out.push('\n');
            }
            self.answer(reading, text);
        }
    }

    fn answer(&mut self, answer: &Answer, text: Option<&InText>) {
        let told = answer.told;
        let cause = answer.cause.filter(|cause| told == Some(cause.entry()));
        // The codes, and what they say where that is not said below.
        let heading = self.codes(answer);
        let title = answer.entry.filter(|_| !heading.is_empty()).map(|entry| entry.title(self.lang));
        if !heading.is_empty() {
            let title = title.unwrap_or_default();
            let title = if cause.is_none() { self.paper.painted(BOLD, title) } else { title.to_owned() };
            let heading = self.paper.painted(BOLD, &heading);
            self.paper.paragraph(&format!("{heading}  {title}"), "", "  ");
        }
        if let Some(text) = text {
            self.quotation(text);
        }
        if let Some(cause) = cause {
            if !self.paper.out.is_empty() {
                self.paper.out.push('\n');
            }
            let (title, id) = (
                self.paper.painted(BOLD, cause.title(self.lang)),
                self.paper.painted(DIM, &format!("({})", cause.id())),
            );
            let _ = writeln!(self.paper.out, "{title}  {id}");
        }
        if let Some(entry) = told {
            self.paper.paragraph(entry.meaning(self.lang), "  ", "  ");
            self.steps(entry);
        }
        self.facts(answer, cause.is_none());
        if text.is_none() && cause.is_none() {
            self.other_meanings(answer);
        }
    }

    fn codes(&self, answer: &Answer) -> String {
        let protocol = answer.protocol.map(|protocol| name(protocol).to_owned());
        let code = answer.code.map(|code| code.to_string());
        let enhanced = answer.enhanced.map(|enhanced| enhanced.to_string());
        match (&code, &enhanced) {
            (None, None) => String::new(),
            _ => [protocol, code, enhanced].into_iter().flatten().collect::<Vec<_>>().join(" "),
        }
    }

    /// The server's own words, and who else speaks.
    fn quotation(&mut self, text: &InText) {
        if let Some(found) = &text.deciding {
            let lines = quoted(found.bytes(self.input));
            for line in lines.iter().take(LINES) {
                let line = self.paper.painted(DIM, &shortened(line, LINE));
                let _ = writeln!(self.paper.out, "  {line}");
            }
            if lines.len() > LINES {
                let more = self.paper.painted(DIM, &fill(self.words.more, &[&(lines.len() - LINES).to_string()]));
                let _ = writeln!(self.paper.out, "  {more}");
            }
        } else if text.replies.is_empty() {
            self.paper.paragraph(self.words.no_reply, "", "");
        }
        if let Some(speaker) = text.speaker.filter(|speaker| *speaker != Speaker::Server) {
            self.paper.paragraph(self.words.of_speaker(speaker), "", "");
        }
    }

    fn steps(&mut self, entry: Entry) {
        let all: Vec<&str> = steps(entry, self.lang).collect();
        if all.is_empty() {
            return;
        }
        let label = self.paper.painted(BOLD, self.words.to_do);
        let _ = writeln!(self.paper.out, "\n{label}");
        match all[..] {
            [one] => self.paper.paragraph(one, "  ", "  "),
            _ => {
                for (number, step) in (1..).zip(all) {
                    self.paper.paragraph(step, &format!("  {number}. "), "     ");
                }
            }
        }
    }

    fn facts(&mut self, answer: &Answer, by_code: bool) {
        let words = self.words;
        let mut facts: Vec<(&str, String)> = Vec::new();
        if let Some(verdict) = answer.verdict {
            let (name, text) = words.of_verdict(verdict);
            facts.push((
                words.verdict,
                format!("{}{}{text}", self.paper.painted(color_of(verdict), &name), words.colon),
            ));
        }
        if let Some(party) = answer.party {
            facts.push((words.party, words.of_party(party).to_owned()));
        }
        let titles = |causes: &[replycode::Cause]| {
            let titles: Vec<_> = causes.iter().map(|cause| cause.title(self.lang)).collect();
            titles.join(words.comma)
        };
        let told = |cause: &replycode::Cause| {
            by_code && answer.basis.is_some_and(|basis| basis != DiagnosisBasis::Severity) && !cause.id().is_empty()
        };
        if let Some(cause) = answer.cause.filter(told) {
            facts.push((words.likely, format!("{} ({})", cause.title(self.lang), cause.id())));
        }
        if !answer.alternatives.is_empty() {
            facts.push((words.also_possible, titles(&answer.alternatives)));
        }
        if let Some(basis) = answer.basis {
            let rule = answer.rule.map(|rule| format!(" ({})", fill(words.rule, &[rule]))).unwrap_or_default();
            facts.push((words.basis, format!("{}{rule}", words.of_basis(basis))));
        }
        if let (Some(protocol), Some(severity)) = (answer.protocol, answer.severity) {
            let severity = self.catalog.severity(protocol, severity).title(self.lang);
            let category = answer.category.map(|category| self.catalog.category(protocol, category).title(self.lang));
            facts.push((
                words.class,
                [Some(severity), category].into_iter().flatten().collect::<Vec<_>>().join(words.comma),
            ));
        }
        if !answer.notes.is_empty() {
            let titles: Vec<_> = answer.notes.iter().map(|note| self.catalog.note(note).title(self.lang)).collect();
            facts.push((words.notes, titles.join(words.comma)));
        }
        if let Some(entry) = answer.entry {
            let phrase = if entry.source().rfc().is_some() { words.phrase } else { words.other_phrase };
            let about = [(phrase, entry.phrase().to_owned()), (words.source, words.of_source(entry.source()))];
            facts.extend(about.into_iter().filter(|(_, text)| !text.is_empty()));
        }
        if facts.is_empty() {
            return;
        }
        self.paper.out.push('\n');
        self.paper.facts(&facts, "");
    }

    /// What else the code may mean.
    fn other_meanings(&mut self, answer: &Answer) {
        let (Some(protocol), Some(code)) = (answer.protocol, answer.code) else { return };
        let Some(listing) = self.catalog.lookup(protocol, code) else { return };
        let words = self.words;
        let senses = listing.senses().map(|entry| (entry, false)).chain(listing.field().map(|entry| (entry, true)));
        let others: Vec<_> = senses.filter(|(entry, _)| Some(*entry) != answer.entry).collect();
        if others.is_empty() {
            return;
        }
        let label = fill(words.other_meanings, &[&format!("{} {code}", name(protocol))]);
        let label = self.paper.painted(BOLD, &label);
        let _ = writeln!(self.paper.out, "\n{label}");
        for (entry, field) in others {
            let verbs: Vec<_> = entry.commands().collect();
            let when = match (verbs.is_empty(), field) {
                (false, _) => format!(" ({})", fill(words.answer_to, &[&verbs.join(words.comma)])),
                (true, true) => format!(" ({})", words.field),
                (true, false) => String::new(),
            };
            self.paper.paragraph(&format!("{}{when}", entry.title(self.lang)), "  - ", "    ");
        }
    }

    /// The replies of a text, the deciding one marked.
    fn list(&mut self, text: &InText) {
        let label = self.paper.painted(BOLD, self.words.replies);
        let _ = writeln!(self.paper.out, "\n{label}");
        let mut line = 1;
        let mut seen = 0;
        for (found, answer) in text.replies.iter().take(REPLIES) {
            let before = self.input.get(seen..found.offset).unwrap_or_default();
            line += before.iter().filter(|&&byte| byte == b'\n').count();
            seen = found.offset;
            let mark = if text.deciding.is_some_and(|deciding| deciding.offset == found.offset) { ">" } else { " " };
            let place = fill(self.words.line, &[&line.to_string()]);
            let cause = answer.told.map(|entry| entry.title(self.lang)).unwrap_or_default();
            let text = quoted(found.bytes(self.input)).concat();
            let room = self.paper.width.saturating_sub(6 + display_width(&place) + display_width(cause)).max(12);
            let text = shortened(&text, room);
            let row = format!("{mark} {place}  {text}  {}", self.paper.painted(DIM, cause));
            let row = if mark == ">" { self.paper.painted(BOLD, &row) } else { row };
            let _ = writeln!(self.paper.out, "{row}");
        }
        if text.replies.len() > REPLIES {
            let more = fill(self.words.more, &[&(text.replies.len() - REPLIES).to_string()]);
            let _ = writeln!(self.paper.out, "  {more}");
        }
    }
}
