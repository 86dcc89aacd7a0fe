//! The layout of causes that were read at run time.

use super::{EntryRow, Pool, TextKind};
use crate::Lang;

/// What [`Tables::entries`](super::Tables) and [`Tables::texts`](super::Tables) give for
/// [`Section::Causes`](super::Section), as data: a function knows only what was there when it was compiled.
#[derive(Debug)]
pub struct CauseTexts {
    /// What is known of each cause besides its texts.
    pub rows: &'static [EntryRow],
    /// The ids.
    pub ids: Pool,
    /// By number of the language: titles, meanings, actions.
    pub texts: &'static [[Pool; 3]],
}

impl CauseTexts {
    pub(crate) fn pool(&self, kind: TextKind, lang: Lang) -> Pool {
        let [title, meaning, action] = self.texts.get(usize::from(lang.number())).copied().unwrap_or([Pool::EMPTY; 3]);
        match kind {
            TextKind::Id => self.ids,
            TextKind::Title => title,
            TextKind::Meaning => meaning,
            TextKind::Action => action,
            _ => Pool::EMPTY,
        }
    }
}
