//! The rules as a list to go through.

use core::fmt;

use super::Cause;
use crate::tables::{Pool, RuleRow};
use crate::{Catalog, DiagnosisBasis, Verdict};

/// A rule that leads from a reply to its cause: a small handle, copied freely.
///
/// What it asks for is in `catalog.yaml`, with its source and examples.
///
/// ```
/// # #[cfg(feature = "tables")] {
/// use replycode::{CATALOG, DiagnosisBasis, cause};
///
/// let rule = CATALOG.rules().find(|rule| rule.id() == "ftp-532").unwrap();
/// assert_eq!((rule.cause(), rule.basis()), (cause::FTP_ACCOUNT_REQUIRED, DiagnosisBasis::Code));
/// // It leaves whether to retry to the first digit.
/// assert_eq!(rule.verdict(), None);
/// # }
/// ```
#[derive(Clone, Copy)]
pub struct Rule {
    catalog: &'static Catalog,
    /// The place in the list of rules.
    place: u16,
}

impl Rule {
    fn row(self) -> Option<&'static RuleRow> {
        self.catalog.tables.diagnosis.rules.rows.get(usize::from(self.place))
    }

    /// The stable id, as [`Diagnosis::rule`](crate::Diagnosis::rule) gives it.
    pub fn id(self) -> &'static str {
        self.catalog.tables.diagnosis.rule_ids.get(self.place)
    }

    /// The pool with the ids, and this one's number in it: for bindings that hand out bytes.
    #[doc(hidden)]
    #[inline]
    pub fn pool(self) -> (Pool, u16) {
        (self.catalog.tables.diagnosis.rule_ids, self.place)
    }

    /// The cause that it gives.
    pub fn cause(self) -> Cause {
        Cause::at(self.catalog, self.row().map_or(crate::tables::NO_CAUSE, |row| row.cause))
    }

    /// The verdict that it gives whatever the first digit says; `None` for most, which leave retrying to the digit.
    pub fn verdict(self) -> Option<Verdict> {
        self.row().and_then(RuleRow::verdict)
    }

    /// What it rests on.
    pub fn basis(self) -> DiagnosisBasis {
        self.row().map_or(DiagnosisBasis::Severity, RuleRow::basis)
    }
}

impl PartialEq for Rule {
    fn eq(&self, other: &Rule) -> bool {
        core::ptr::eq(self.catalog, other.catalog) && self.place == other.place
    }
}

impl Eq for Rule {}

impl fmt::Debug for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Rule({})", self.id())
    }
}

impl Catalog {
    /// Every rule, in the order in which they are tried: the first one that holds decides.
    ///
    /// ```
    /// # #[cfg(feature = "tables")] {
    /// # use replycode::CATALOG;
    /// assert!(CATALOG.rules().all(|rule| !rule.cause().id().is_empty()));
    /// # }
    /// ```
    pub fn rules(&'static self) -> impl ExactSizeIterator<Item = Rule> + Clone {
        let count = u16::try_from(self.tables.diagnosis.rules.rows.len()).unwrap_or(u16::MAX);
        (0..count).map(move |place| Rule { catalog: self, place })
    }

    /// The rule at a place in the list, for bindings.
    #[doc(hidden)]
    #[inline]
    pub fn rule_at(&'static self, place: u16) -> Option<Rule> {
        if usize::from(place) < self.tables.diagnosis.rules.rows.len() {
            Some(Rule { catalog: self, place })
        } else {
            None
        }
    }
}
