//! The files a catalogue is read from, and places in them.

use std::ops::{Deref, Range};

/// A file: its name for reports, and its text.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// How reports name it, for instance `catalog.yaml`.
    pub path: &'a str,
    /// What is in it.
    pub text: &'a str,
}

/// A place in one of the files: bytes from, up to.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// Which file, in the order given to [`check`](crate::check).
    pub file: usize,
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// A place in a file.
    pub fn new(file: usize, range: Range<usize>) -> Self {
        Span { file, start: range.start, end: range.end }
    }
}

/// A value and where it stands, so that a rule can point at it long after it was read.
#[derive(Clone, Debug, Default)]
pub struct At<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub span: Span,
}

impl<T> At<T> {
    /// A value at a place.
    pub fn new(value: T, span: Span) -> Self {
        At { value, span }
    }
}

impl<T> Deref for At<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T: serde::Serialize> serde::Serialize for At<T> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value.serialize(serializer)
    }
}
