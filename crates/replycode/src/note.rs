//! The ways in which a server's reply deviates from the RFC, and the set of those seen in one reply.

use core::fmt;

use crate::id_enum::id_enum;

id_enum! {
    /// One way in which a server's reply deviates from the RFC. The reply is read all the same: a note is for the
    /// person who asks why another client trips over it.
    ///
    /// ```
    /// use replycode::{Note, Protocol, parse};
    ///
    /// let reply = parse(Protocol::Smtp, b"220 ready\n")?;
    /// assert!(reply.notes().contains(Note::BareLf));
    /// assert_eq!(Note::BareLf.id(), "bare-lf");
    /// assert_eq!("bare-lf".parse(), Ok(Note::BareLf));
    /// # Ok::<(), replycode::Malformed>(())
    /// ```
    pub enum Note as "note" {
        /// A line ends with LF alone (RFC 5321 section 2.3.8, RFC 959 section 4.2: CR LF).
        BareLf = 1 => "bare-lf",
        /// A CR without LF stands inside a line (RFC 5321 section 2.3.8); it is kept as text.
        BareCr = 2 => "bare-cr",
        /// The code stands alone, without a space and a text (RFC 5321 section 4.2, RFC 959 section 4.2).
        NoSpace = 3 => "no-space",
        /// A tab instead of a space follows the code.
        TabSeparator = 4 => "tab-separator",
        /// The stream ended before the line end of the last line.
        NoEol = 5 => "no-eol",
        /// The stream ended inside a multi-line reply: its last line never came.
        CutOff = 6 => "cut-off",
        /// The lines of the reply carry different codes (RFC 5321 section 4.2.1, RFC 959 section 4.2).
        CodeMismatch = 7 => "code-mismatch",
        /// SMTP: a continuation line does not begin with the code (RFC 5321 section 4.2.1).
        UncodedContinuation = 8 => "uncoded-continuation",
        /// FTP: a line between the first and the last begins with a code, other than the reply's own with a hyphen,
        /// and is not padded with blanks (RFC 959 section 4.2).
        UnpaddedCode = 9 => "unpadded-code",
        /// Blanks or empty lines stand before the code.
        LeadingBlank = 10 => "leading-blank",
        /// SMTP: a line is longer than 512 bytes with its code and line end (RFC 5321 section 4.5.3.1.5).
        LongLine = 11 => "long-line",
        /// The text has control characters other than the tab (RFC 5321 section 4.2).
        ControlChar = 12 => "control-char",
        /// The text has bytes outside ASCII, whose encoding the protocol does not tell.
        EightBit = 13 => "eight-bit",
        /// The protocol assigns no meaning to the first digit (RFC 5321 section 4.2, RFC 959 section 4.2, RFC 2228).
        SeverityUnassigned = 14 => "severity-unassigned",
        /// The protocol assigns no meaning to the second digit (RFC 5321 section 4.2.1, RFC 959 section 4.2).
        CategoryUnassigned = 15 => "category-unassigned",
        /// The class of the enhanced code differs from the first digit (RFC 2034 section 4); the code counts.
        EscClassMismatch = 16 => "esc-class-mismatch",
        /// A part of the enhanced code has leading zeros (RFC 3463 section 2).
        EscLeadingZero = 17 => "esc-leading-zero",
        /// A `#` stands before the enhanced code (`#4.5.3`), which no RFC has.
        EscPrefix = 18 => "esc-prefix",
        /// An enhanced code stands in a 3yz reply, which has none (RFC 2034 section 4); it is left in the text.
        EscOn3yz = 19 => "esc-on-3yz",
        /// Not every line carries the same enhanced code (RFC 2034 section 4); the first one counts.
        EscVaries = 20 => "esc-varies",
    }
}

/// A set of [`Note`]s, four bytes: bit `n` is the note with the number `n`.
///
/// ```
/// use replycode::{Note, Notes, Protocol, parse};
///
/// let notes: Notes = parse(Protocol::Smtp, b"220\n")?.notes();
/// assert_eq!((notes.len(), notes.is_empty()), (2, false));
/// assert!(notes.iter().eq([Note::BareLf, Note::NoSpace]));
/// assert_eq!(notes.to_string(), "bare-lf, no-space");
/// assert_eq!(Notes::from_bits(notes.bits()), notes);
/// # Ok::<(), replycode::Malformed>(())
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Notes(u32);

const fn bit(note: Note) -> u32 {
    1 << (note.number() & 31)
}

impl Notes {
    /// No note.
    ///
    /// ```
    /// # use replycode::Notes;
    /// assert!(Notes::EMPTY.is_empty());
    /// ```
    pub const EMPTY: Notes = Notes(0);

    /// The set with these bits; bits that stand for no note are dropped.
    ///
    /// ```
    /// # use replycode::{Note, Notes};
    /// assert!(Notes::from_bits(1 << Note::BareCr.number()).contains(Note::BareCr));
    /// assert!(Notes::from_bits(1).is_empty());
    /// ```
    pub const fn from_bits(bits: u32) -> Self {
        let mut all = 0;
        let mut rest = Note::ALL;
        while let [note, others @ ..] = rest {
            all |= bit(*note);
            rest = others;
        }
        Notes(bits & all)
    }

    /// The set as bits.
    ///
    /// ```
    /// # use replycode::{Note, Notes};
    /// assert_eq!(Notes::EMPTY.with(Note::NoEol).bits(), 1 << 5);
    /// ```
    pub const fn bits(self) -> u32 {
        self.0
    }

    /// The set with one more note.
    ///
    /// ```
    /// # use replycode::{Note, Notes};
    /// assert_eq!(Notes::EMPTY.with(Note::NoEol).with(Note::NoEol).len(), 1);
    /// ```
    #[must_use]
    pub const fn with(self, note: Note) -> Self {
        Notes(self.0 | bit(note))
    }

    /// The set without a note.
    ///
    /// ```
    /// # use replycode::{Note, Notes};
    /// assert!(Notes::EMPTY.with(Note::NoEol).without(Note::NoEol).is_empty());
    /// ```
    #[must_use]
    pub const fn without(self, note: Note) -> Self {
        Notes(self.0 & !bit(note))
    }

    /// Whether the note is in the set.
    ///
    /// ```
    /// # use replycode::{Note, Notes};
    /// assert!(!Notes::EMPTY.contains(Note::BareLf));
    /// ```
    pub const fn contains(self, note: Note) -> bool {
        self.0 & bit(note) != 0
    }

    /// How many notes there are.
    ///
    /// ```
    /// # use replycode::{Note, Notes};
    /// assert_eq!(Notes::EMPTY.with(Note::CutOff).len(), 1);
    /// ```
    pub const fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    /// Whether the reply is as the RFC wants it.
    ///
    /// ```
    /// # use replycode::{Protocol, parse};
    /// assert!(parse(Protocol::Smtp, b"220 ready\r\n")?.notes().is_empty());
    /// # Ok::<(), replycode::Malformed>(())
    /// ```
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The notes, by number.
    ///
    /// ```
    /// # use replycode::{Note, Notes};
    /// let notes = Notes::EMPTY.with(Note::NoEol).with(Note::BareCr);
    /// assert!(notes.iter().eq([Note::BareCr, Note::NoEol]));
    /// ```
    pub fn iter(self) -> impl Iterator<Item = Note> + Clone {
        Note::ALL.iter().copied().filter(move |note| self.contains(*note))
    }

    pub(crate) fn insert(&mut self, note: Note) {
        self.0 |= bit(note);
    }

    pub(crate) fn add(&mut self, notes: Notes) {
        self.0 |= notes.0;
    }
}

impl FromIterator<Note> for Notes {
    fn from_iter<I: IntoIterator<Item = Note>>(notes: I) -> Self {
        notes.into_iter().fold(Notes::EMPTY, Notes::with)
    }
}

impl fmt::Display for Notes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, note) in self.iter().enumerate() {
            if i > 0 {
                f.write_str(", ")?;
            }
            f.write_str(note.id())?;
        }
        Ok(())
    }
}

impl fmt::Debug for Notes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[{self}]")
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for Notes {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_seq(self.iter())
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Notes {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> serde::de::Visitor<'de> for Visitor {
            type Value = Notes;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of ids of notes")
            }
            fn visit_seq<A: serde::de::SeqAccess<'de>>(self, mut list: A) -> Result<Notes, A::Error> {
                let mut notes = Notes::EMPTY;
                while let Some(note) = list.next_element()? {
                    notes.insert(note);
                }
                Ok(notes)
            }
        }
        d.deserialize_seq(Visitor)
    }
}

#[cfg(test)]
mod tests {
    use super::{Note, Notes};

    #[test]
    fn every_note_has_a_bit_of_its_own() {
        let all: Notes = Note::ALL.iter().copied().collect();
        assert_eq!(all.len(), Note::ALL.len());
        assert!(all.iter().eq(Note::ALL.iter().copied()));
        assert_eq!(Notes::from_bits(u32::MAX), all);
        assert!(Note::ALL.iter().all(|note| (1..=31).contains(&note.number())));
    }
}
