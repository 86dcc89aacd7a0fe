//! Category logic: what the first and the second digit say. Written once, here, for the library, its bindings and the
//! generator alike; the facts are the two tables below.

use crate::id_enum::id_enum;
use crate::{ReplyCode, Verdict};

id_enum! {
    /// The protocol that a reply belongs to. The key of everything is (protocol, code): 27 numbers are in use in both
    /// protocols with different meanings.
    ///
    /// ```
    /// use replycode::Protocol;
    /// assert_eq!("ftp".parse::<Protocol>()?, Protocol::Ftp);
    /// assert_eq!(Protocol::Smtp.number(), 0);
    /// # Ok::<(), replycode::UnknownId>(())
    /// ```
    pub enum Protocol as "protocol" {
        /// SMTP, with its ESMTP extensions and LMTP (RFC 5321, RFC 2033).
        Smtp = 0 => "smtp",
        /// FTP, with its extensions (RFC 959, RFC 2228, RFC 2389, RFC 2428, RFC 3659, RFC 4217).
        Ftp = 1 => "ftp",
    }
}

id_enum! {
    /// What the first digit says (RFC 5321 section 4.2.1, RFC 959 section 4.2, RFC 2228 section 5).
    ///
    /// The names are the RFCs' own, shortened: `Transient` is the "Transient Negative Completion reply".
    ///
    /// ```
    /// use replycode::{Protocol, ReplyCode, Severity};
    /// let code = ReplyCode::new(150).unwrap();
    /// assert_eq!(Severity::of(Protocol::Ftp, code), Severity::Preliminary);
    /// // SMTP has no 1yz replies.
    /// assert_eq!(Severity::of(Protocol::Smtp, code), Severity::Unassigned);
    /// ```
    pub enum Severity as "severity" {
        /// 1yz, FTP only: the action has begun, another reply follows.
        Preliminary = 1 => "preliminary",
        /// 2yz: done.
        Completion = 2 => "completion",
        /// 3yz: accepted so far, the client must send more.
        Intermediate = 3 => "intermediate",
        /// 4yz: not done, but the same command may succeed later.
        Transient = 4 => "transient",
        /// 5yz: not done, and the same command will fail again.
        Permanent = 5 => "permanent",
        /// 6yz, FTP only: a wrapper around a protected reply (RFC 2228), which has a severity of its own inside.
        Protected = 6 => "protected",
        /// The protocol assigns no meaning to this first digit.
        Unassigned = 7 => "unassigned",
    }
}

id_enum! {
    /// What the second digit says (RFC 5321 section 4.2.1, RFC 959 section 4.2).
    ///
    /// ```
    /// use replycode::{Category, Protocol, ReplyCode};
    /// let code = ReplyCode::new(550).unwrap();
    /// assert_eq!(Category::of(Protocol::Smtp, code), Category::MailSystem);
    /// assert_eq!(Category::of(Protocol::Ftp, code), Category::FileSystem);
    /// ```
    pub enum Category as "category" {
        /// x0z: syntax errors, unimplemented or superfluous commands.
        Syntax = 0 => "syntax",
        /// x1z: answers to requests for information.
        Information = 1 => "information",
        /// x2z: the transmission channel; in FTP the control and the data connection.
        Connections = 2 => "connections",
        /// x3z in FTP: login and accounting.
        Authentication = 3 => "authentication",
        /// No meaning in the base protocol: x4z, and x3z in SMTP.
        Unspecified = 4 => "unspecified",
        /// x5z in SMTP: the receiving mail system.
        MailSystem = 5 => "mail_system",
        /// x5z in FTP: the server's file system.
        FileSystem = 6 => "file_system",
        /// x6z to x9z: not in either protocol's grammar; the first digit alone counts.
        Unassigned = 7 => "unassigned",
    }
}

use Category as C;
use Severity as S;

/// First digit (1..=9) to severity, one row a protocol.
#[rustfmt::skip]
const SEVERITIES: [[Severity; 10]; 2] = [
    // SMTP, RFC 5321 section 4.2: the first digit is 2..=5.
    [S::Unassigned, S::Unassigned, S::Completion, S::Intermediate, S::Transient, S::Permanent, S::Unassigned, S::Unassigned, S::Unassigned, S::Unassigned],
    // FTP, RFC 959 section 4.2 and RFC 2228 section 5.2.
    [S::Unassigned, S::Preliminary, S::Completion, S::Intermediate, S::Transient, S::Permanent, S::Protected, S::Unassigned, S::Unassigned, S::Unassigned],
];

/// Second digit to category, one row a protocol.
#[rustfmt::skip]
const CATEGORIES: [[Category; 10]; 2] = [
    // SMTP, RFC 5321 section 4.2.1.
    [C::Syntax, C::Information, C::Connections, C::Unspecified, C::Unspecified, C::MailSystem, C::Unassigned, C::Unassigned, C::Unassigned, C::Unassigned],
    // FTP, RFC 959 section 4.2.
    [C::Syntax, C::Information, C::Connections, C::Authentication, C::Unspecified, C::FileSystem, C::Unassigned, C::Unassigned, C::Unassigned, C::Unassigned],
];

impl Severity {
    /// The severity of a code, from its first digit alone; total.
    ///
    /// ```
    /// # use replycode::{Protocol, ReplyCode, Severity};
    /// let unknown = ReplyCode::new(471).unwrap();
    /// assert_eq!(Severity::of(Protocol::Smtp, unknown), Severity::Transient);
    /// ```
    pub const fn of(protocol: Protocol, code: ReplyCode) -> Self {
        Self::of_digit(protocol, code.first())
    }

    /// The severity that a protocol assigns to a first digit; `Unassigned` for anything that is no digit.
    ///
    /// ```
    /// # use replycode::{Protocol, Severity};
    /// assert_eq!(Severity::of_digit(Protocol::Ftp, 6), Severity::Protected);
    /// assert_eq!(Severity::of_digit(Protocol::Smtp, 6), Severity::Unassigned);
    /// ```
    pub const fn of_digit(protocol: Protocol, digit: u8) -> Self {
        if digit < 10 { SEVERITIES[protocol as usize][digit as usize] } else { Severity::Unassigned }
    }

    /// What a client does with the same attempt when nothing but the severity is known.
    ///
    /// ```
    /// # use replycode::{Severity, Verdict};
    /// assert_eq!(Severity::Transient.verdict(), Verdict::RetryLater);
    /// assert_eq!(Severity::Permanent.verdict(), Verdict::FixFirst);
    /// ```
    pub const fn verdict(self) -> Verdict {
        match self {
            // The reply inside a protected one decides; until it is decoded, the exchange goes on.
            S::Preliminary | S::Intermediate | S::Protected => Verdict::Continue,
            S::Completion => Verdict::Done,
            S::Transient => Verdict::RetryLater,
            S::Permanent => Verdict::FixFirst,
            // RFC 5321 section 4.2: fatal for the transaction.
            S::Unassigned => Verdict::GiveUp,
        }
    }

    /// 1yz, 2yz or 3yz: the server has accepted what was sent.
    ///
    /// ```
    /// # use replycode::Severity;
    /// assert!(Severity::Intermediate.is_positive());
    /// assert!(!Severity::Transient.is_positive());
    /// ```
    pub const fn is_positive(self) -> bool {
        matches!(self, S::Preliminary | S::Completion | S::Intermediate)
    }

    /// 4yz or 5yz: the server has refused.
    ///
    /// ```
    /// # use replycode::Severity;
    /// assert!(Severity::Permanent.is_negative());
    /// assert!(!Severity::Unassigned.is_negative());
    /// ```
    pub const fn is_negative(self) -> bool {
        matches!(self, S::Transient | S::Permanent)
    }
}

impl Category {
    /// The category of a code, from its second digit; total.
    ///
    /// ```
    /// # use replycode::{Category, Protocol, ReplyCode};
    /// let code = ReplyCode::new(530).unwrap();
    /// assert_eq!(Category::of(Protocol::Ftp, code), Category::Authentication);
    /// assert_eq!(Category::of(Protocol::Smtp, code), Category::Unspecified);
    /// ```
    pub const fn of(protocol: Protocol, code: ReplyCode) -> Self {
        Self::of_digit(protocol, code.second())
    }

    /// The category that a protocol assigns to a second digit; `Unassigned` for anything that is no digit.
    ///
    /// ```
    /// # use replycode::{Category, Protocol};
    /// assert_eq!(Category::of_digit(Protocol::Smtp, 2), Category::Connections);
    /// assert_eq!(Category::of_digit(Protocol::Smtp, 7), Category::Unassigned);
    /// ```
    pub const fn of_digit(protocol: Protocol, digit: u8) -> Self {
        if digit < 10 { CATEGORIES[protocol as usize][digit as usize] } else { Category::Unassigned }
    }
}

#[cfg(test)]
mod tests {
    use super::{Category, Protocol, ReplyCode, Severity};

    fn both(protocol: Protocol, code: u16) -> (Severity, Category) {
        let code = ReplyCode::new(code).unwrap();
        (Severity::of(protocol, code), Category::of(protocol, code))
    }

    #[test]
    fn digits_as_the_rfcs_assign_them() {
        use {Category as C, Protocol::*, Severity as S};
        assert_eq!(both(Smtp, 421), (S::Transient, C::Connections));
        assert_eq!(both(Smtp, 535), (S::Permanent, C::Unspecified));
        assert_eq!(both(Smtp, 571), (S::Permanent, C::Unassigned));
        assert_eq!(both(Smtp, 354), (S::Intermediate, C::MailSystem));
        assert_eq!(both(Smtp, 120), (S::Unassigned, C::Connections));
        assert_eq!(both(Ftp, 120), (S::Preliminary, C::Connections));
        assert_eq!(both(Ftp, 331), (S::Intermediate, C::Authentication));
        assert_eq!(both(Ftp, 631), (S::Protected, C::Authentication));
        assert_eq!(both(Ftp, 999), (S::Unassigned, C::Unassigned));
    }
}
