//! The reply parser against the corpus, an independent reading of the RFCs, and itself; the diagnosis.
#![allow(missing_docs, unreachable_pub)]

mod alphabet;
mod check;
mod corpus;
#[cfg(feature = "diagnosis")]
mod diagnosis;
mod properties;
mod reference;
mod regressions;
mod replies;
