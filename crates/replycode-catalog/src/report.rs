//! What is wrong with a catalogue, all of it, and how it is shown.

use std::fmt;

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet};

use crate::source::{Source, Span};

/// Defines the rules: one line each, the id and what it demands.
macro_rules! rules {
    ($($variant:ident = $id:literal: $demand:literal,)+) => {
        /// A rule of the catalogue.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum Rule {
            $(#[doc = $demand] $variant,)+
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

            /// What it demands, in one sentence.
            pub const fn demand(self) -> &'static str {
                match self {
                    $(Rule::$variant => $demand,)+
                }
            }
        }
    };
}

rules! {
    Utf8 = "utf8": "The file is UTF-8.",
    Yaml = "yaml": "The file is YAML.",
    DuplicateKey = "duplicate-key": "No key stands twice in a mapping.",
    WrongType = "wrong-type": "A value has the type that its field asks for.",
    MissingField = "missing-field": "Every required field is there.",
    UnknownField = "unknown-field": "There is no field that the schema does not know.",
    Number = "number": "A number is decimal, without leading zeros, and in range.",
    Word = "word": "A word is one of those that the schema knows.",
    Overlay = "overlay": "An overlay changes words and adds entries of its own; facts stay as they are.",

    Version = "version": "The version is three numbers, with a suffix after a plus sign where wanted.",
    LanguageTag = "language-tag": "A language is named by its tag of BCP 47.",
    Numbering = "numbering": "Languages count up from 0, commands have a number each, and `any` has 0.",
    DuplicateCode = "duplicate-code": "A code is listed once.",
    CodeOrder = "code-order": "Codes ascend.",
    CodeRange = "code-range": "A code has a place in the index, and an RFC's code a first digit with a meaning.",
    DuplicateId = "duplicate-id": "An id is used once among its kind.",
    IdForm = "id-form": "An id is snake_case.",
    ParserWords = "parser-words": "Notes and reasons of malformed replies are the reply parser's: all of them, in order, with its ids and numbers.",
    ConstantName = "constant-name": "Constants made from ids are distinct, not reserved, and in C at most 31 characters long.",
    TooMany = "too-many": "The catalogue fits the tables of the generated code.",

    UnknownLanguage = "unknown-language": "A text is in a language that the catalogue lists.",
    MissingTranslation = "missing-translation": "A text exists in every language.",
    TitleWidth = "title-width": "A title fits the line of a status page: 32 columns.",
    TextForm = "text-form": "A text has no stray blanks and no control characters, is in NFC, and is ASCII if English.",
    Encodable = "encodable": "A Japanese text survives CP932 and EUC-JP, whichever tables are used.",
    Glossary = "glossary": "A thing has one name: the glossary's.",
    JapaneseStyle = "japanese-style": "Japanese titles are noun phrases, sentences are polite, and ASCII is half-width.",
    Placeholder = "placeholder": "A text has the same placeholders in every language.",
    StaleTranslation = "stale-translation": "A translation was read again after its original had changed.",
    Unreviewed = "unreviewed": "A translation was read beside its original, where the catalogue requires it.",

    SeverityDigits = "severity-digits": "Severities have the first digits that the protocol assigns.",
    CategoryDigits = "category-digits": "Categories have the second digits that the protocol assigns.",
    SeverityVerdict = "severity-verdict": "A severity has the verdict of the category logic.",
    VerdictOverride = "verdict-override": "A sense's own verdict differs from its severity's, is possible, and has a reason.",
    Source = "source": "A fact cites where it comes from.",
    Status = "status": "A status is given where it is needed and fits the source.",
    CommandForm = "command-form": "A command is a verb in upper case, or `any`, `connect` or `data-end`.",
    UnknownCommand = "unknown-command": "A sense answers commands that its protocol lists.",
    SenseFlow = "sense-flow": "The codes that answer a command include those of the senses that name it.",
    SenseCommands = "sense-commands": "No two senses of a code answer the same command.",
    AmbiguousBase = "ambiguous-base": "A code has one sense for any command, unless a note tells the others apart.",
    SourceConflict = "source-conflict": "Senses of different RFCs that meet in a command have a note.",
    FlowCode = "flow-code": "A command is answered by codes that its protocol lists.",
    DuplicateFlow = "duplicate-flow": "A command's answer is given once for each source.",
    UnknownEnhanced = "unknown-enhanced": "A sense names registered enhanced status codes.",
    EnhancedClass = "enhanced-class": "An enhanced status code has its reply code's class, unless a note explains.",
    Deprecated = "deprecated": "A deprecated entry stands behind those in use and names one of them, if any.",

    CauseNumber = "cause-number": "The numbers of causes ascend.",
    CauseSteps = "cause-steps": "A cause has two to five steps.",
    UnknownCause = "unknown-cause": "A cause that is named exists.",
    RuleAsksNothing = "rule-asks-nothing": "A diagnosis rule asks for something.",
    PhraseForm = "phrase-form": "A phrase has the form of a folded text.",
    IdlePhrase = "idle-phrase": "Every phrase of a diagnosis rule can decide.",
    UnreachableRule = "unreachable-rule": "Every diagnosis rule can decide.",
    RuleExample = "rule-example": "A diagnosis rule decides its examples, and not its counter-examples.",

    Unlisted = "unlisted": "A complete catalogue lists every registered code.",
    Unregistered = "unregistered": "A complete catalogue lists no code as an RFC's that is not registered.",
    RegistryDiffers = "registry-differs": "A complete catalogue says of a registered code what the registry says.",
}

impl Rule {
    /// Whether a breach means that a row, or a part of it, could not be read and is left out.
    pub(crate) fn leaves_out(self) -> bool {
        matches!(
            self,
            Rule::WrongType | Rule::MissingField | Rule::Number | Rule::Word | Rule::DuplicateKey | Rule::Overlay
        )
    }
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

    fn snippet<'a>(&'a self, span: &Span, kind: AnnotationKind, label: &'a str) -> Snippet<'a, Annotation<'a>> {
        let (path, text) = self.files.get(span.file).map_or(("", ""), |(path, text)| (path.as_str(), text.as_str()));
        let start = text.floor_char_boundary(span.start);
        let end = text.floor_char_boundary(span.end.max(start));
        // Only the lines concerned: the renderer reads all that it is given, and a file has thousands of lines.
        let first = text[..start].rfind('\n').map_or(0, |at| at + 1);
        let last = text[end..].find(['\r', '\n']).map_or(text.len(), |at| end + at);
        Snippet::source(&text[first..last])
            .path(path)
            .line_start(self.line_column(span).0)
            .annotation(kind.span(start - first..end - first).label(label))
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
        write!(f, "{breaches} {}", if breaches == 1 { "fault" } else { "faults" })
    }
}

impl std::error::Error for Report {}
