//! Which entry has which number. Every emitter that writes tables goes by this order, so that all agree.

use replycode::{Enhanced, Protocol, Status, Verdict};
use replycode_catalog::{Entry, MemberRow, Model, ProtocolRows, ReplyRows, Texts};

/// A model with its entries in order.
pub(crate) struct Layout<'a> {
    pub(crate) model: &'a Model,
    /// Codes by protocol and number.
    pub(crate) replies: Vec<Reply<'a>>,
    /// Severities, categories, numbers that are no reply; then senses and field entries; then words of the parser.
    pub(crate) main: Vec<Row<'a>>,
    /// Entry numbers by protocol and first digit.
    pub(crate) severities: [[Option<usize>; 10]; 2],
    /// Entry numbers by protocol and second digit.
    pub(crate) categories: [[Option<usize>; 10]; 2],
    /// Number and entry number.
    pub(crate) not_replies: Vec<(u16, usize)>,
    /// By number of the parser's note: entry number.
    pub(crate) notes: Vec<Option<usize>>,
    /// By number of the parser's reason: entry number.
    pub(crate) malformed: Vec<Option<usize>>,
    /// Classes, subjects, details.
    pub(crate) enhanced: Vec<Row<'a>>,
    /// By class 2, 4, 5.
    pub(crate) classes: [Option<usize>; 3],
    /// By subject.
    pub(crate) subjects: [Option<usize>; 8],
    /// Subject, detail, entry number.
    pub(crate) details: Vec<(u16, u16, usize)>,
    /// Causes.
    pub(crate) causes: Vec<Row<'a>>,
    /// Commands by protocol and number.
    pub(crate) commands: Vec<Command<'a>>,
    /// Protocol, command, code; sorted, each once.
    pub(crate) flows: Vec<(u8, u16, u16)>,
}

/// A code and its entries in `main`.
pub(crate) struct Reply<'a> {
    pub(crate) protocol: Protocol,
    pub(crate) code: u16,
    pub(crate) first: usize,
    pub(crate) senses: &'a [Entry],
    pub(crate) field: &'a [Entry],
}

/// A command.
pub(crate) struct Command<'a> {
    pub(crate) protocol: Protocol,
    pub(crate) number: u16,
    pub(crate) verb: &'a str,
}

/// An entry with what tables say of it.
pub(crate) struct Row<'a> {
    pub(crate) entry: &'a Entry,
    /// What it is, for people who read the table.
    pub(crate) label: String,
    pub(crate) verdict: Option<Verdict>,
    /// In the first entry of a reply code: how many senses it has, and how many field entries follow.
    pub(crate) run: (usize, usize),
    /// Places in `commands`.
    pub(crate) commands: Vec<u8>,
    pub(crate) enhanced: Vec<Enhanced>,
    pub(crate) codes: Vec<u16>,
}

impl<'a> Row<'a> {
    fn new(entry: &'a Entry, label: String, verdict: Option<Verdict>) -> Self {
        let enhanced = entry.enhanced.iter().map(|code| **code).collect();
        Row { entry, label, verdict, run: (0, 0), commands: Vec::new(), enhanced, codes: Vec::new() }
    }

    /// How current the entry is; rows without a status are definitions of the protocol itself.
    pub(crate) fn status(&self) -> Status {
        self.entry.status.as_ref().map_or(Status::Current, |status| **status)
    }

    /// The RFC, 0 for none.
    pub(crate) fn rfc(&self) -> u16 {
        self.entry.source.rfc.as_ref().map_or(0, |rfc| **rfc)
    }

    /// The first RFC, 0 for none.
    pub(crate) fn since(&self) -> u16 {
        self.entry.since.as_ref().map_or(0, |rfc| **rfc)
    }
}

/// The kinds of text, in the order of `replycode::tables::TextKind`: name, whether it has languages, and its text.
pub(crate) const KINDS: [Kind; 8] = [
    Kind { name: "Id", translated: None, plain: |entry| entry.id.to_string() },
    Kind { name: "Phrase", translated: None, plain: |entry| entry.phrase.as_deref().cloned().unwrap_or_default() },
    Kind { name: "Source", translated: None, plain: place },
    Kind { name: "Aliases", translated: None, plain: aliases },
    Kind { name: "Title", translated: Some(|entry| &entry.title), plain: none },
    Kind { name: "Meaning", translated: Some(|entry| &entry.meaning), plain: none },
    Kind { name: "Action", translated: Some(|entry| &entry.action), plain: none },
    Kind { name: "Note", translated: Some(|entry| &entry.note), plain: none },
];

/// A kind of text.
pub(crate) struct Kind {
    pub(crate) name: &'static str,
    pub(crate) translated: Option<fn(&Entry) -> &Texts>,
    pub(crate) plain: fn(&Entry) -> String,
}

fn none(_: &Entry) -> String {
    String::new()
}

/// The section of the RFC, what the registry rests on, or where it was seen.
pub(crate) fn place(entry: &Entry) -> String {
    let source = &entry.source;
    [&source.section, &source.iana, &source.field]
        .into_iter()
        .flatten()
        .next()
        .map(|at| at.to_string())
        .unwrap_or_default()
}

fn aliases(entry: &Entry) -> String {
    entry.aliases.iter().map(|alias| alias.as_str()).collect::<Vec<_>>().join("\n")
}

impl<'a> Layout<'a> {
    pub(crate) fn new(model: &'a Model) -> Self {
        let mut layout = Layout {
            model,
            replies: Vec::new(),
            main: Vec::new(),
            severities: [[None; 10]; 2],
            categories: [[None; 10]; 2],
            not_replies: Vec::new(),
            notes: Vec::new(),
            malformed: Vec::new(),
            enhanced: Vec::new(),
            classes: [None; 3],
            subjects: [None; 8],
            details: Vec::new(),
            causes: Vec::new(),
            commands: Vec::new(),
            flows: Vec::new(),
        };
        for protocol in model.protocols() {
            layout.add_commands(protocol);
        }
        // Before the replies, so that no reply has the entry 0: in the index that means none.
        for protocol in model.protocols() {
            layout.add_digits(protocol);
        }
        layout.add_not_replies();
        for protocol in model.protocols() {
            layout.add_replies(protocol);
        }
        layout.notes = layout.add_words("note", model.notes());
        layout.malformed = layout.add_words("malformed", model.malformed());
        layout.add_enhanced();
        layout.add_causes();
        layout.flows.sort_unstable();
        layout.flows.dedup();
        layout
    }

    /// The rows of a code: its senses, and what was seen in the field.
    pub(crate) fn entries(&self, reply: &Reply<'a>) -> (&[Row<'a>], &[Row<'a>]) {
        let end = reply.first + reply.senses.len() + reply.field.len();
        self.main[reply.first..end].split_at(reply.senses.len())
    }

    /// The row of a first digit.
    pub(crate) fn severity(&self, protocol: Protocol, digit: u16) -> Option<&Row<'a>> {
        self.severities[usize::from(protocol.number())][usize::from(digit)].map(|number| &self.main[number])
    }

    /// The row of a second digit.
    pub(crate) fn category(&self, protocol: Protocol, digit: u16) -> Option<&Row<'a>> {
        self.categories[usize::from(protocol.number())][usize::from(digit)].map(|number| &self.main[number])
    }

    /// The classes of enhanced status codes.
    pub(crate) fn class_rows(&self) -> impl Iterator<Item = (u16, &Row<'a>)> {
        let classes = [2, 4, 5].into_iter().zip(self.classes);
        classes.filter_map(|(class, number)| Some((class, &self.enhanced[number?])))
    }

    /// The subjects of enhanced status codes.
    pub(crate) fn subject_rows(&self) -> impl Iterator<Item = (u16, &Row<'a>)> {
        let subjects = (0..).zip(self.subjects);
        subjects.filter_map(|(subject, number)| Some((subject, &self.enhanced[number?])))
    }

    /// The registered details: subject, detail, row.
    pub(crate) fn detail_rows(&self) -> impl Iterator<Item = (u16, u16, &Row<'a>)> {
        self.details.iter().map(|(subject, detail, number)| (*subject, *detail, &self.enhanced[*number]))
    }

    /// The notes of the parser.
    pub(crate) fn note_rows(&self) -> impl Iterator<Item = &Row<'a>> {
        self.notes.iter().flatten().map(|number| &self.main[*number])
    }

    /// The reasons for which the parser takes bytes for no reply.
    pub(crate) fn malformed_rows(&self) -> impl Iterator<Item = &Row<'a>> {
        self.malformed.iter().flatten().map(|number| &self.main[*number])
    }

    fn add_commands(&mut self, rows: &'a ProtocolRows) {
        let protocol = *rows.id;
        for command in &rows.commands {
            self.commands.push(Command { protocol, number: *command.number, verb: &command.verb });
            let codes = command.replies.iter().map(|flow| *flow.code);
            self.flows.extend(codes.map(|code| (protocol.number(), *command.number, code)));
        }
    }

    fn add_replies(&mut self, rows: &'a ProtocolRows) {
        let protocol = *rows.id;
        let senses_of = |list: &'a [ReplyRows], code: u16| -> &'a [Entry] {
            list.iter().find(|row| *row.code == code).map_or(&[], |row| &row.senses)
        };
        let mut codes: Vec<u16> = rows.replies.iter().chain(&rows.field).map(|row| *row.code).collect();
        codes.sort_unstable();
        codes.dedup();
        for code in codes {
            let (senses, field) = (senses_of(&rows.replies, code), senses_of(&rows.field, code));
            let first = self.main.len();
            assert_ne!(first, 0, "the severities come before the replies");
            self.replies.push(Reply { protocol, code, first, senses, field });
            for entry in senses.iter().chain(field) {
                let row = self.sense(protocol, code, entry);
                self.main.push(row);
            }
            self.main[first].run = (senses.len(), field.len());
        }
    }

    fn sense(&self, protocol: Protocol, code: u16, entry: &'a Entry) -> Row<'a> {
        let severity = replycode::ReplyCode::new(code).map(|code| replycode::Severity::of(protocol, code));
        let default = severity.map(|severity| severity.verdict());
        let verdict = entry.verdict.as_ref().map(|verdict| *verdict.is).or(default);
        let mut row = Row::new(entry, format!("{protocol} {code}"), verdict);
        row.commands = entry.commands.iter().map(|verb| self.place_of(protocol, verb)).collect();
        row
    }

    fn place_of(&self, protocol: Protocol, verb: &str) -> u8 {
        let place = self.commands.iter().position(|command| command.protocol == protocol && command.verb == verb);
        place.and_then(|place| u8::try_from(place).ok()).expect("a checked sense names listed commands")
    }

    fn add_digits(&mut self, rows: &'a ProtocolRows) {
        let protocol = usize::from(rows.id.number());
        for severity in &rows.severities {
            for digit in &severity.digits {
                self.severities[protocol][usize::from(**digit)] = Some(self.main.len());
            }
            self.main.push(Row::new(&severity.entry, format!("{} severity", *rows.id), Some(*severity.verdict)));
        }
        for category in &rows.categories {
            for digit in &category.digits {
                self.categories[protocol][usize::from(**digit)] = Some(self.main.len());
            }
            self.main.push(Row::new(&category.entry, format!("{} category", *rows.id), None));
        }
    }

    fn add_not_replies(&mut self) {
        for row in self.model.not_replies() {
            self.not_replies.push((*row.number, self.main.len()));
            self.main.push(Row::new(&row.entry, format!("number {}", *row.number), Some(*row.verdict)));
        }
    }

    /// Adds words of the parser, and returns their entry numbers by number.
    fn add_words<T>(&mut self, label: &str, rows: &'a [MemberRow<T>]) -> Vec<Option<usize>> {
        let mut numbers = Vec::new();
        for row in rows {
            numbers.resize(usize::from(*row.number) + 1, None);
            numbers[usize::from(*row.number)] = Some(self.main.len());
            self.main.push(Row::new(&row.entry, label.to_owned(), None));
        }
        numbers
    }

    fn add_enhanced(&mut self) {
        let rows = self.model.enhanced();
        for class in &rows.classes {
            let (place, verdict) = match *class.class {
                2 => (0, Verdict::Done),
                4 => (1, Verdict::RetryLater),
                _ => (2, Verdict::FixFirst),
            };
            self.classes[place] = Some(self.enhanced.len());
            self.enhanced.push(Row::new(&class.entry, format!("class {}", *class.class), Some(verdict)));
        }
        for subject in &rows.subjects {
            self.subjects[usize::from(*subject.subject)] = Some(self.enhanced.len());
            self.enhanced.push(Row::new(&subject.entry, format!("X.{}.X", *subject.subject), None));
        }
        for detail in &rows.details {
            self.details.push((*detail.subject, *detail.detail, self.enhanced.len()));
            let mut row = Row::new(&detail.entry, format!("X.{}.{}", *detail.subject, *detail.detail), None);
            row.codes = detail.codes.iter().map(|code| **code).collect();
            self.enhanced.push(row);
        }
    }

    fn add_causes(&mut self) {
        for cause in &self.model.diagnosis().causes {
            self.causes.push(Row::new(&cause.entry, format!("cause {}", *cause.number), Some(*cause.verdict)));
        }
    }
}
