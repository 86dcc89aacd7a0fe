//! What to do with the same attempt, and how current a meaning is.

use crate::id_enum::id_enum;

id_enum! {
    /// What to do with the same attempt.
    ///
    /// ```
    /// use replycode::Verdict;
    /// assert!(Verdict::RetryLater.should_retry());
    /// assert!(!Verdict::FixFirst.should_retry());
    /// assert_eq!(Verdict::FixFirst.id(), "fix_first");
    /// ```
    pub enum Verdict as "verdict" {
        /// It has succeeded.
        Done = 1 => "done",
        /// Go on with the dialogue: more is to be sent or awaited.
        Continue = 2 => "continue",
        /// Repeat it unchanged in a moment, for instance on a new connection.
        RetrySoon = 3 => "retry_soon",
        /// Repeat it unchanged after minutes or hours.
        RetryLater = 4 => "retry_later",
        /// Somebody must change something first; the same attempt would fail again.
        FixFirst = 5 => "fix_first",
        /// No change on this side will help.
        GiveUp = 6 => "give_up",
    }
}

impl Verdict {
    /// Whether the same attempt, unchanged, has a fair chance later.
    ///
    /// ```
    /// # use replycode::Verdict;
    /// assert!(Verdict::RetrySoon.should_retry());
    /// assert!(!Verdict::Done.should_retry());
    /// ```
    pub const fn should_retry(self) -> bool {
        matches!(self, Verdict::RetrySoon | Verdict::RetryLater)
    }
}

id_enum! {
    /// How current a meaning is.
    ///
    /// ```
    /// use replycode::Status;
    /// assert_eq!("obsolete".parse::<Status>()?, Status::Obsolete);
    /// # Ok::<(), replycode::UnknownId>(())
    /// ```
    pub enum Status as "status" {
        /// Defined by an RFC in force.
        Current = 1 => "current",
        /// Defined once, since withdrawn or replaced.
        Obsolete = 2 => "obsolete",
        /// Defined by an experimental or informational RFC.
        Experimental = 3 => "experimental",
        /// Named by a registry, defined by no RFC.
        Mentioned = 4 => "mentioned",
        /// Seen on the wire; no RFC defines it so.
        Field = 5 => "field",
    }
}
