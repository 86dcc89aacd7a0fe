//! What is wrong with a catalogue, all of it, and how it is shown.

use std::fmt;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use crate::source::{Source, Span};

/// Defines the rules: one line each, the id and what it demands.
macro_rules! rules {
    ($($(#[$meta:meta])* $variant:ident = $id:literal,)+) => {
        /// A rule of the catalogue.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum Rule {
            $($(#[$meta])* $variant,)+
        }

        impl Rule {
            /// Every rule.
            pub const ALL: &'static [Rule] = &[$(Rule::$variant,)+];

            /// The id shown in reports, for instance `title-width`.
            pub const fn id(self) -> &'static str {
                match self {
                    $(Rule::$variant => $id,)+
                }
            }
        }
    };
}

rules! {
    /// The file is UTF-8.
    Utf8 = "utf8",
    /// The file is YAML.
    Yaml = "yaml",
    /// No key stands twice in a mapping.
    DuplicateKey = "duplicate-key",
    /// A value has the type that its field asks for.
    WrongType = "wrong-type",
    /// Every required field is there.
    MissingField = "missing-field",
    /// There is no field that the schema does not know.
    UnknownField = "unknown-field",
    /// A number is decimal, without leading zeros, and in range.
    Number = "number",
    /// A word is one of those that the schema knows.
    Word = "word",

    /// An id is used once among its kind.
    DuplicateId = "duplicate-id",
    /// An id has the form of its kind.
    IdForm = "id-form",
    /// The catalogue fits the tables of the generated code.
    TooMany = "too-many",
    /// A verdict of its own has a reason.
    VerdictOverride = "verdict-override",
    /// A command is listed by its protocol.
    UnknownCommand = "unknown-command",
    /// The numbers of causes ascend.
    CauseNumber = "cause-number",
    /// A cause has two to five steps.
    CauseSteps = "cause-steps",
    /// A cause that is named exists.
    UnknownCause = "unknown-cause",
    /// A diagnosis rule asks for something.
    RuleAsksNothing = "rule-asks-nothing",
    /// A phrase has the form of a folded text.
    PhraseForm = "phrase-form",
    /// Every phrase can decide.
    IdlePhrase = "idle-phrase",
    /// Every diagnosis rule can decide.
    UnreachableRule = "unreachable-rule",
    /// A diagnosis rule decides its examples, and not its counter-examples.
    RuleExample = "rule-example",
}

/// One breach of a rule.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The rule.
    pub rule: Rule,
    /// Where.
    pub span: Span,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub remedy: String,
    /// Another place that it concerns, and why, for instance the first of two equal codes.
    pub other: Option<(Span, String)>,
}

impl Finding {
    pub(crate) fn new(rule: Rule, span: Span, message: impl Into<String>, remedy: impl Into<String>) -> Self {
        Finding { rule, span, message: message.into(), remedy: remedy.into(), other: None }
    }

    pub(crate) fn beside(mut self, span: Span, why: impl Into<String>) -> Self {
        self.other = Some((span, why.into()));
        self
    }
}

/// Every breach found in one run, in the order of the text; never empty.
#[derive(Clone, Debug)]
pub struct Report {
    findings: Vec<Finding>,
    files: Vec<(String, String)>,
}

impl Report {
    pub(crate) fn new(sources: &[Source<'_>], mut findings: Vec<Finding>) -> Self {
        findings.sort_by(|a, b| (&a.span, a.rule).cmp(&(&b.span, b.rule)));
        let files = sources.iter().map(|source| (source.path.to_owned(), source.text.to_owned())).collect();
        Report { findings, files }
    }

    /// The breaches.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// Line and column of a place, both from 1, the column in characters.
    pub fn line_column(&self, span: &Span) -> (usize, usize) {
        let text = self.files.get(span.file).map_or("", |(_, text)| text.as_str());
        let before = text.get(..span.start).unwrap_or(text);
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
    }

    fn snippet<'a>(
        &'a self,
        span: &Span,
        kind: AnnotationKind,
        label: &'a str,
    ) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
        let (path, text) = self.files.get(span.file).map_or(("", ""), |(path, text)| (path.as_str(), text.as_str()));
        let start = span.start.min(text.len());
        let end = span.end.clamp(start, text.len());
        Snippet::source(text).path(path).fold(true).annotation(kind.span(start..end).label(label))
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let renderer = Renderer::plain();
        for finding in &self.findings {
            let mut group: Group<'_> = Level::ERROR
                .primary_title(finding.message.as_str())
                .id(finding.rule.id())
                .element(self.snippet(&finding.span, AnnotationKind::Primary, ""));
            if let Some((span, why)) = &finding.other {
                group = group.element(self.snippet(span, AnnotationKind::Context, why));
            }
            group = group.element(Level::HELP.message(finding.remedy.as_str()));
            writeln!(f, "{}\n", renderer.render(&[group]))?;
        }
        let breaches = self.findings.len();
        write!(f, "{breaches} {} broken", if breaches == 1 { "rule" } else { "rules" })
    }
}

impl std::error::Error for Report {}
