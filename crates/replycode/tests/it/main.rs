//! The reply parser against the corpus, an independent reading of the RFCs, and itself.
#![allow(missing_docs, unreachable_pub)]

mod alphabet;
mod check;
mod corpus;
mod properties;
mod reference;
mod regressions;
mod replies;
