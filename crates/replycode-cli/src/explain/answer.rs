//! The answer, as data: what the core and the finder say, before it is put into words.

use replycode::{
    Catalog, Category, Cause, Context, Diagnosis, DiagnosisBasis, Enhanced, Entry, Lang, Notes, Party, Protocol,
    ReplyCode, Severity, Verdict,
};
use replycode_scan::{self as scan, Explainer, Found, Speaker};

use super::notes;
use super::question::Question;

/// What is known besides the input.
pub(crate) struct Asked<'a> {
    pub(crate) catalog: &'static Catalog,
    pub(crate) protocol: Option<Protocol>,
    pub(crate) command: Option<&'a str>,
    pub(crate) explainer: Explainer<'a>,
}

/// What is said of an input.
#[derive(Debug)]
pub(crate) struct Explained {
    /// All in all.
    pub(crate) whole: Answer,
    /// The same for each protocol, where the input does not tell which it is and they differ.
    pub(crate) readings: Vec<Answer>,
    /// What is found in the text, if the input is one.
    pub(crate) text: Option<InText>,
    /// Whether the input has a reply, or words of a server.
    pub(crate) is_reply: bool,
}

/// What is found in a text.
#[derive(Debug)]
pub(crate) struct InText {
    pub(crate) speaker: Option<Speaker>,
    /// The replies, each for itself.
    pub(crate) replies: Vec<(Found, Answer)>,
    /// The one that decides.
    pub(crate) deciding: Option<Found>,
}

/// What is said of a reply. Whatever is not known, or differs between the protocols that it may be of, is missing.
#[derive(Clone, Debug, Default)]
pub(crate) struct Answer {
    pub(crate) protocol: Option<Protocol>,
    pub(crate) code: Option<u16>,
    pub(crate) enhanced: Option<Enhanced>,
    pub(crate) severity: Option<Severity>,
    pub(crate) category: Option<Category>,
    pub(crate) cause: Option<Cause>,
    pub(crate) verdict: Option<Verdict>,
    pub(crate) party: Option<Party>,
    pub(crate) rule: Option<&'static str>,
    pub(crate) basis: Option<DiagnosisBasis>,
    pub(crate) alternatives: Vec<Cause>,
    pub(crate) notes: Notes,
    /// What the code says by itself.
    pub(crate) entry: Option<Entry>,
    /// What speaks: the cause where more than the code tells it, else what the code says.
    pub(crate) told: Option<Entry>,
    pub(crate) offset: Option<usize>,
}

impl Asked<'_> {
    pub(crate) fn explain(&self, input: &[u8], question: Question) -> Explained {
        match question {
            Question::Code(code, enhanced) => self.code(code, enhanced),
            Question::Enhanced(enhanced) => Explained {
                whole: self.words_of_code(Protocol::Smtp, None, Some(enhanced)),
                readings: Vec::new(),
                text: None,
                is_reply: true,
            },
            Question::Text => self.text(input),
        }
    }

    fn code(&self, code: u16, enhanced: Option<Enhanced>) -> Explained {
        let Some(reply_code) = ReplyCode::new(code) else {
            return Explained { whole: self.no_code(code), readings: Vec::new(), text: None, is_reply: false };
        };
        let listed = |protocol: &Protocol| self.catalog.lookup(*protocol, code).is_some();
        let protocols: Vec<Protocol> = match (self.protocol, enhanced) {
            (Some(protocol), _) => vec![protocol],
            // Only SMTP has enhanced status codes.
            (None, Some(_)) => vec![Protocol::Smtp],
            (None, None) if Protocol::ALL.iter().any(listed) => {
                Protocol::ALL.iter().copied().filter(|protocol| listed(protocol)).collect()
            }
            (None, None) => Protocol::ALL.to_vec(),
        };
        let readings = protocols.iter().map(|&protocol| self.words_of_code(protocol, Some(reply_code), enhanced));
        Explained { is_reply: true, ..Explained::of(readings.collect(), self.languages()) }
    }

    /// A number that no server sends.
    fn no_code(&self, code: u16) -> Answer {
        let explanation = self.catalog.explain(Protocol::Smtp, code);
        let cause = self.catalog.cause(replycode::cause::NOT_A_REPLY.id());
        Answer {
            code: Some(code),
            cause,
            verdict: Some(explanation.verdict()),
            party: cause.map(Cause::party),
            entry: Some(explanation.entry()),
            told: Some(explanation.entry()),
            ..Answer::default()
        }
    }

    /// A reply of which nothing is known but its codes.
    fn words_of_code(&self, protocol: Protocol, code: Option<ReplyCode>, enhanced: Option<Enhanced>) -> Answer {
        let command = self.command.and_then(|verb| self.catalog.command(protocol, verb));
        let context = Context { command, enhanced };
        let diagnosis = self.catalog.diagnose(protocol, code, b"", context);
        self.plain(protocol, code, context).with(diagnosis)
    }

    /// What the codes say by themselves.
    fn plain(&self, protocol: Protocol, code: Option<ReplyCode>, context: Context) -> Answer {
        let entry = match (code, context.enhanced) {
            (Some(code), _) => Some(self.catalog.explain_in(protocol, code.get(), context).entry()),
            (None, Some(enhanced)) => Some(self.catalog.explain_enhanced(enhanced).entry()),
            (None, None) => None,
        };
        Answer {
            protocol: Some(protocol),
            code: code.map(ReplyCode::get),
            enhanced: context.enhanced,
            severity: code
                .map(|code| Severity::of(protocol, code))
                .or_else(|| context.enhanced.map(|enhanced| enhanced.severity())),
            category: code.map(|code| Category::of(protocol, code)),
            entry,
            ..Answer::default()
        }
    }

    fn text(&self, input: &[u8]) -> Explained {
        let explained = self.explainer.incident(input);
        let found: Vec<Found> = scan::find(input, self.protocol).collect();
        let of_each = found.iter().map(|found| {
            let diagnosis = self.explainer.reply(input, found);
            let readings = self.readings(input, found).map(|answer| answer.with(diagnosis));
            (*found, Explained::of(readings.collect(), self.languages()).whole)
        });
        let deciding = explained.incident.deciding;
        let readings: Vec<Answer> = match &deciding {
            Some(found) => self.readings(input, found).map(|answer| answer.with_incident(&explained)).collect(),
            None => vec![Answer::default().with_incident(&explained)],
        };
        let is_reply = explained.cause.id() != replycode::cause::NOT_A_REPLY.id();
        let speaker = explained.incident.speaker;
        let text = InText { speaker, replies: of_each.collect(), deciding };
        Explained { is_reply, text: Some(text), ..Explained::of(readings, self.languages()) }
    }

    /// A reply of a text, for each protocol that it may be of, without what went wrong.
    fn readings<'s>(&'s self, input: &'s [u8], found: &'s Found) -> impl Iterator<Item = Answer> + 's {
        let protocols = found.protocol.as_ref().map_or(Protocol::ALL, std::slice::from_ref);
        protocols.iter().map(|&protocol| {
            let verb = found.protocol.and(found.command).or(self.command);
            let command = verb.and_then(|verb| self.catalog.command(protocol, verb));
            let answer = self.plain(protocol, found.code, Context { command, enhanced: found.enhanced });
            Answer { notes: notes::of(input, found), offset: Some(found.offset), ..answer }
        })
    }

    fn languages(&self) -> impl Iterator<Item = Lang> + Clone + 'static {
        self.catalog.languages().map(|language| language.lang)
    }
}

impl Explained {
    /// One reading, or several and what they have in common.
    fn of(mut readings: Vec<Answer>, languages: impl Iterator<Item = Lang> + Clone) -> Explained {
        let same = |one: Answer, other: &Answer| one.common(other, languages.clone());
        let whole = readings.iter().skip(1).fold(readings[0].clone(), same);
        if readings.len() == 1 || whole.told.is_some() {
            readings.clear();
        }
        Explained { whole, readings, text: None, is_reply: true }
    }
}

impl Answer {
    /// With what went wrong.
    fn with(self, diagnosis: Diagnosis) -> Answer {
        let cause = diagnosis.cause();
        let by_cause =
            matches!(diagnosis.basis(), DiagnosisBasis::Phrase | DiagnosisBasis::Enhanced | DiagnosisBasis::Command);
        Answer {
            cause: Some(cause),
            verdict: Some(diagnosis.verdict()),
            party: Some(diagnosis.party()),
            rule: diagnosis.rule(),
            basis: Some(diagnosis.basis()),
            alternatives: diagnosis.alternatives().collect(),
            told: self.entry.filter(|_| !by_cause).or(Some(cause.entry())),
            ..self
        }
    }

    /// With what is said of a text.
    fn with_incident(self, explained: &scan::Explained) -> Answer {
        match explained.diagnosis {
            Some(diagnosis) => self.with(diagnosis),
            // The course of events tells, not the words of the reply.
            None => Answer {
                cause: Some(explained.cause),
                verdict: Some(explained.verdict),
                party: Some(explained.party()),
                told: Some(explained.cause.entry()),
                ..self
            },
        }
    }

    /// What holds of both.
    fn common(self, other: &Answer, languages: impl Iterator<Item = Lang> + Clone) -> Answer {
        fn same<T: PartialEq>(one: Option<T>, other: &Option<T>) -> Option<T> {
            one.filter(|one| other.as_ref() == Some(one))
        }
        let alike = |one: &Entry, other: &Entry| {
            let texts = |entry: &Entry, lang| (entry.title(lang), entry.meaning(lang), entry.action(lang));
            languages.clone().all(|lang| texts(one, lang) == texts(other, lang))
        };
        let entry =
            |one: Option<Entry>, other: Option<Entry>| one.filter(|one| other.is_some_and(|other| alike(one, &other)));
        Answer {
            protocol: same(self.protocol, &other.protocol),
            code: same(self.code, &other.code),
            enhanced: same(self.enhanced, &other.enhanced),
            severity: same(self.severity, &other.severity),
            category: same(self.category, &other.category),
            cause: same(self.cause, &other.cause),
            verdict: same(self.verdict, &other.verdict),
            party: same(self.party, &other.party),
            rule: same(self.rule, &other.rule),
            basis: same(self.basis, &other.basis),
            alternatives: if self.alternatives == other.alternatives { self.alternatives } else { Vec::new() },
            notes: Notes::from_bits(self.notes.bits() & other.notes.bits()),
            entry: entry(self.entry, other.entry),
            told: entry(self.told, other.told),
            offset: same(self.offset, &other.offset),
        }
    }
}

/// The steps of an action.
pub(crate) fn steps(entry: Entry, lang: Lang) -> impl Iterator<Item = &'static str> {
    entry.action(lang).split('\n').filter(|step| !step.is_empty())
}
