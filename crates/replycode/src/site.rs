//! A catalogue with a site's own causes and rules.

use crate::Catalog;
use crate::tables::{CauseTexts, DiagnosisTables, Tables};

impl Catalog {
    /// The tables, for what builds a catalogue upon another one.
    #[doc(hidden)]
    pub const fn tables(&self) -> &Tables {
        &self.tables
    }

    /// This catalogue with other causes and rules.
    #[doc(hidden)]
    pub const fn with_causes(
        &self,
        version: &'static str,
        digest: &'static str,
        diagnosis: DiagnosisTables,
        causes: &'static CauseTexts,
    ) -> Catalog {
        Catalog { tables: Tables { version, digest, diagnosis, ..self.tables }, causes: Some(causes) }
    }
}
