//! What an SMTP or FTP reply code means, in several languages, whether to retry, and what to change.
//!
//! ```
//! # #[cfg(feature = "tables")] {
//! use replycode::{Lang, Protocol, Verdict, explain};
//!
//! let answer = explain(Protocol::Ftp, 425);
//! assert_eq!(answer.phrase(), "Can't open data connection.");
//! assert_eq!(answer.verdict(), Verdict::RetryLater);
//! println!("{}: {}", answer.title(Lang::EN), answer.action(Lang::EN));
//! println!("{}: {}", answer.title(Lang::JA), answer.action(Lang::JA));
//! # }
//! ```
//!
//! - [`explain`] answers for every number, known or not, and says what the answer rests on.
//! - [`lookup`] gives what the catalogue knows of a code: all its senses, each with the RFC that defines it.
//! - [`ReplyCode`], [`Severity`], [`Category`] are the category logic: what the digits themselves say.
//! - [`diagnose`] gives the cause behind a reply from the server's own words, what to do and who must do it.
//! - [`Enhanced`] is the enhanced status code of RFC 3463.
//! - [`parse`] and [`Parser`] read replies, from a buffer or a stream, and [`Notes`] tell what the server did wrong.
//!
//! The crate allocates nothing, depends on nothing, contains no unsafe code, and does not need `std`. It opens no
//! connection and sends no mail: it explains what a server said.
//!
//! The tables are generated from one YAML file, from which the C library and the Python module come as well; the
//! same question gets the same answer in all three.
//!
//! # Features
//!
//! - `tables` (default): the catalogue. Without it only the types and the category logic remain.
//! - `diagnosis` (default): from a reply to its cause ([`diagnose`]): the rules, their phrases, and the causes' texts.
//! - `site`: a catalogue whose causes and rules were read at run time; the crate `replycode-catalog` makes it.
//! - `serde`: the value types as JSON numbers and ids.

#![no_std]
#![forbid(unsafe_code)]
#![deny(missing_docs)]

#[cfg(test)]
extern crate std;

mod catalog;
mod code;
mod copy;
#[cfg(feature = "diagnosis")]
mod diagnose;
mod enhanced;
mod entry;
mod explain;
#[cfg(feature = "tables")]
mod generated;
mod id_enum;
mod note;
mod parser;
mod party;
mod reply;
mod severity;
#[cfg(feature = "site")]
mod site;
pub mod tables;
mod verdict;

pub use catalog::{Catalog, Command, Lang, Listing};
pub use code::{InvalidCode, ReplyCode};
#[cfg(feature = "diagnosis")]
pub use diagnose::{Cause, Decision, Diagnosis, DiagnosisBasis, Evidence, Rule};
pub use enhanced::{Enhanced, InvalidEnhanced};
pub use entry::{Entry, EntryKind, Source};
pub use explain::{Basis, Context, EnhancedExplanation, Expectation, Explanation};
#[cfg(all(feature = "tables", feature = "diagnosis"))]
pub use generated::cause;
#[cfg(feature = "tables")]
pub use generated::{CATALOG, CATALOG_DIGEST, CATALOG_VERSION, ftp, smtp};
pub use id_enum::UnknownId;
pub use note::{Note, Notes};
pub use parser::{Malformed, MalformedReason, Mode, Parser, RawParser, Rules, State, parse, parse_prefix};
pub use party::Party;
#[doc(hidden)]
pub use reply::ReplyParts;
pub use reply::{BufferTooSmall, FileTime, Lines, Quoted, Reply, Text};
pub use severity::{Category, Protocol, Severity};
pub use verdict::{Status, Verdict};

#[cfg(feature = "tables")]
mod root;
#[cfg(all(feature = "tables", feature = "diagnosis"))]
pub use root::diagnose;
#[cfg(feature = "tables")]
pub use root::{expected, explain, explain_in, lookup};
