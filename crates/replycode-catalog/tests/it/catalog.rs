//! A small valid catalogue, broken in one place each.

use expect_test::Expect;
use replycode_catalog::{Model, Report, Rule, check_bytes};

/// The text of the valid catalogue.
pub(crate) const BASE: &str = include_str!("base.yaml");

/// The files of a catalogue: the base, then overlays.
pub(crate) struct Catalog {
    files: Vec<(&'static str, Vec<u8>)>,
}

/// The valid catalogue.
pub(crate) fn base() -> Catalog {
    of(BASE)
}

/// A catalogue with this text.
pub(crate) fn of(text: impl Into<Vec<u8>>) -> Catalog {
    Catalog { files: vec![("catalog.yaml", text.into())] }
}

impl Catalog {
    /// With another text in place of one that the last file has exactly once.
    pub(crate) fn with(mut self, old: &str, new: &str) -> Self {
        let (_, bytes) = self.files.last_mut().unwrap();
        let text = std::str::from_utf8(bytes).unwrap();
        assert_eq!(text.matches(old).count(), 1, "{old:?} must stand once in the text");
        *bytes = text.replace(old, new).into_bytes();
        self
    }

    /// With another text in place of one, everywhere in the last file.
    pub(crate) fn everywhere(mut self, old: &str, new: &str) -> Self {
        let (_, bytes) = self.files.last_mut().unwrap();
        *bytes = std::str::from_utf8(bytes).unwrap().replace(old, new).into_bytes();
        self
    }

    /// With a text put behind one that stands exactly once.
    pub(crate) fn behind(self, anchor: &str, new: &str) -> Self {
        self.with(anchor, &format!("{anchor}{new}"))
    }

    /// Without what stands from a text that is there once to before the next that follows it.
    pub(crate) fn cut(mut self, from: &str, to: &str) -> Self {
        let (_, bytes) = self.files.last_mut().unwrap();
        let text = std::str::from_utf8(bytes).unwrap();
        assert_eq!(text.matches(from).count(), 1, "{from:?} must stand once in the text");
        let start = text.find(from).unwrap();
        let end = start + text[start..].find(to).unwrap();
        *bytes = [&bytes[..start], &bytes[end..]].concat();
        self
    }

    /// With an overlay.
    pub(crate) fn overlay(mut self, text: &str) -> Self {
        self.files.push(("vendor.yaml", text.as_bytes().to_vec()));
        self
    }

    pub(crate) fn check(&self) -> Result<Model, Report> {
        let files: Vec<_> = self.files.iter().map(|(path, bytes)| (*path, bytes.as_slice())).collect();
        check_bytes(&files)
    }

    pub(crate) fn report(&self) -> Report {
        self.check().map(|_| "a model").expect_err("a fault")
    }

    /// Panics with the report if there is one.
    pub(crate) fn assert_valid(&self) {
        if let Err(report) = self.check() {
            panic!("{report}");
        }
    }

    pub(crate) fn faults(&self) -> Vec<Rule> {
        let report = self.report();
        report.findings().iter().map(|finding| finding.rule).collect()
    }

    /// Whether one rule, and no other, is broken, and reported so.
    pub(crate) fn breaks(&self, rule: Rule, expected: &Expect) {
        expected.assert_eq(&format!("{}\n", self.report()));
        assert!(self.faults().iter().all(|broken| *broken == rule), "{:?}", self.faults());
    }
}

/// One test for each row: name, the rule that is broken, the catalogue, the report. The rows are a table as well.
macro_rules! faults {
    ($($name:ident: $rule:ident, $catalog:expr, $report:expr;)+) => {
        $(
            #[test]
            fn $name() {
                $catalog.breaks(replycode_catalog::Rule::$rule, &$report);
            }
        )+

        pub(crate) fn table() -> Vec<(replycode_catalog::Rule, crate::catalog::Catalog)> {
            vec![$((replycode_catalog::Rule::$rule, $catalog),)+]
        }
    };
}
