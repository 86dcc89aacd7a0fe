//! The questions people ask, put to the crate's own catalogue.

use crate::{CATALOG, Command, Context, Expectation, Explanation, Listing, Protocol};
#[cfg(feature = "diagnosis")]
use crate::{Diagnosis, ReplyCode};

/// What the catalogue knows of a code: [`Catalog::lookup`](crate::Catalog::lookup) of [`CATALOG`].
///
/// ```
/// use replycode::{Protocol, lookup, smtp};
///
/// let reply = lookup(Protocol::Smtp, 550).unwrap();
/// assert_eq!(reply.code(), smtp::MAILBOX_UNAVAILABLE);
/// assert!(lookup(Protocol::Smtp, 65535).is_none());
/// ```
#[inline]
pub const fn lookup(protocol: Protocol, code: u16) -> Option<Listing> {
    CATALOG.lookup(protocol, code)
}

/// What a code means, in any case: [`Catalog::explain`](crate::Catalog::explain) of [`CATALOG`].
///
/// ```
/// use replycode::{Lang, Protocol, explain};
///
/// assert_eq!(explain(Protocol::Ftp, 530).phrase(), "Not logged in.");
/// assert_eq!(explain(Protocol::Ftp, 799).title(Lang::EN), "Unassigned reply class");
/// ```
pub fn explain(protocol: Protocol, code: u16) -> Explanation {
    CATALOG.explain(protocol, code)
}

/// What a code means after a command and with an enhanced status code:
/// [`Catalog::explain_in`](crate::Catalog::explain_in) of [`CATALOG`].
///
/// ```
/// use replycode::{CATALOG, Context, Protocol, explain_in};
///
/// let etrn = Context { command: CATALOG.command(Protocol::Smtp, "ETRN"), ..Context::default() };
/// assert_eq!(explain_in(Protocol::Smtp, 252, etrn).entry().source().rfc(), Some(1985));
/// assert_eq!(explain_in(Protocol::Smtp, 252, Context::default()).entry().source().rfc(), Some(5321));
/// ```
pub fn explain_in(protocol: Protocol, code: u16, context: Context) -> Explanation {
    CATALOG.explain_in(protocol, code, context)
}

/// Whether a code is a proper answer to a command: [`Catalog::expected`](crate::Catalog::expected) of [`CATALOG`].
///
/// ```
/// use replycode::{CATALOG, Expectation, Protocol, expected};
///
/// let quit = CATALOG.command(Protocol::Smtp, "QUIT").unwrap();
/// assert_eq!(expected(quit, 221), Expectation::Expected);
/// ```
pub fn expected(command: Command, code: u16) -> Expectation {
    CATALOG.expected(command, code)
}

/// What went wrong, from a reply's code, words and context: [`Catalog::diagnose`](crate::Catalog::diagnose) of
/// [`CATALOG`].
///
/// ```
/// use replycode::{Context, Lang, Protocol, ReplyCode, Verdict, diagnose};
///
/// let answer = diagnose(Protocol::Ftp, ReplyCode::new(530), b"Home directory not available.", Context::default());
/// assert_eq!(answer.cause().id(), "ftp_home_unavailable");
/// assert_eq!(answer.verdict(), Verdict::FixFirst);
/// println!("{}", answer.title(Lang::JA));
/// ```
#[cfg(feature = "diagnosis")]
pub fn diagnose(protocol: Protocol, code: Option<ReplyCode>, text: &[u8], context: Context) -> Diagnosis {
    CATALOG.diagnose(protocol, code, text, context)
}
