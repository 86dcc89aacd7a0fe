//! Finds SMTP and FTP replies in arbitrary text, and the one that decides.
//!
//! ```
//! use replycode_scan::{find, incident};
//!
//! let log = b"\
//! > EPSV
//! < 500 'EPSV': command not understood.
//! > PASV
//! < 227 Entering Passive Mode (192,0,2,1,221,181)
//! > STOR snap.jpg
//! < 553 Could not create file.
//! > QUIT
//! < 221 Goodbye.
//! ";
//! let codes: Vec<u16> = find(log, None).filter_map(|found| found.code).map(|code| code.get()).collect();
//! assert_eq!(codes, [500, 227, 553, 221]);
//!
//! // EPSV is a probe that many servers refuse, 221 says goodbye: the attempt failed at STOR.
//! let deciding = incident(log, None).deciding.unwrap();
//! assert_eq!(deciding.code.unwrap(), 553);
//! assert_eq!(deciding.command, Some("STOR"));
//! assert_eq!(deciding.text.of(log), b"Could not create file.");
//! ```
//!
//! A text is anything that people paste or programs log: a server's bare reply, a transcript with or without marks,
//! a log of a mail or file server, a traceback, an exception, a bounce, a page of a device. Numbers that are no reply
//! are passed over: lines of source, times, addresses, ports, process ids, counters, sizes, statuses of HTTP, and the
//! code that a client says it expected.
//!
//! With the feature `std` there is also `scan`: whole logs, from files, directories and streams, compressed or not, in
//! any encoding, with a summary of what went wrong how often and since when; and the vector instructions of the processor
//! are looked for at run time. Only for these, in `search/simd.rs`, there is unsafe code.
//!
//! Without it the crate allocates nothing, needs no `std` and opens no file: give it bytes in any encoding that keeps
//! ASCII digits, that is UTF-8, the Latin ones, Shift_JIS, EUC-JP. It contains no panic path; its time is linear in the
//! length of the text.

#![cfg_attr(not(feature = "std"), no_std)]
#![deny(unsafe_code)]
#![deny(missing_docs)]
#![cfg_attr(
    not(test),
    deny(clippy::indexing_slicing, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::string_slice)
)]

#[cfg(test)]
extern crate std;

mod bytes;
mod candidate;
mod command;
mod early;
mod evidence;
#[cfg(feature = "diagnosis")]
mod explain;
mod extent;
mod finish;
mod found;
mod incident;
mod join;
mod judge;
mod layer;
mod left;
mod lexicon;
mod list;
#[cfg(test)]
#[path = "../tests/it/pieces.rs"]
mod pieces;
mod protocol;
mod replies;
mod right;
#[cfg(feature = "std")]
mod scan;
mod search;
mod status;
mod symbol;
mod unusual;
mod words;

#[cfg(feature = "diagnosis")]
#[doc(hidden)]
pub use explain::{DecidedIncident, outcome};
#[cfg(feature = "diagnosis")]
pub use explain::{Explained, Explainer, explain_incident};
pub use found::{Form, Found, Span, Speaker};
pub use incident::{Incident, incident};
pub use replies::Replies;
#[cfg(feature = "std")]
pub use scan::{
    Attempt, Bar, CauseCount, Code, CodeCount, Encoding, Example, Filter, Finding, Findings, Follower, Input, Options,
    Outcome, OwnedFinding, ParseTimeError, Polled, Progress, ScanError, Summary, Time, Timeline, UnknownEncoding,
    findings, scan, summarize,
};
pub use search::{Path, candidates};
pub use words::Words;

use replycode::Protocol;

/// The replies in a text, in order.
///
/// `hint` is the protocol if the caller knows it; what the text itself says for certain prevails. A reply of several
/// lines is one, as is a reply that the text shows twice or in pieces. The places ascend and do not overlap.
///
/// ```
/// use replycode::Protocol;
/// use replycode_scan::find;
///
/// let text = b"Traceback (most recent call last):\n  File \"ftplib.py\", line 254, in getresp\nftplib.error_perm: 550 No such file\n";
/// let found: Vec<_> = find(text, None).collect();
/// assert_eq!(found.len(), 1);
/// assert_eq!((found[0].protocol, found[0].code.unwrap().get()), (Some(Protocol::Ftp), 550));
///
/// // Nothing says whose reply this is, unless the caller does.
/// assert_eq!(find(b"550 Hm", Some(Protocol::Smtp)).next().unwrap().protocol, Some(Protocol::Smtp));
/// ```
pub fn find(text: &[u8], hint: Option<Protocol>) -> Replies<'_> {
    Replies::new(text, hint)
}
