//! Lists of words, without pointers: firmware keeps tables of pointers in RAM, or must relocate them.

/// A list of words in one text, a NUL behind each: what [`list!`] makes.
#[derive(Clone, Copy)]
pub(crate) struct List(pub(crate) &'static str);

/// A [`List`] of these words.
macro_rules! list {
    ($($word:literal),* $(,)?) => {
        $crate::list::List(concat!($($word, "\0",)*))
    };
}

pub(crate) use list;

impl List {
    pub(crate) fn iter(self) -> Words {
        Words(self.0)
    }

    /// The words two by two.
    pub(crate) fn pairs(self) -> impl Iterator<Item = (&'static str, &'static str)> {
        let mut words = self.iter();
        core::iter::from_fn(move || Some((words.next()?, words.next()?)))
    }

    /// Whether a word is among them; ASCII without case.
    pub(crate) fn has(self, word: &[u8]) -> bool {
        self.iter().any(|entry| entry.as_bytes().eq_ignore_ascii_case(word))
    }
}

/// The words of a list.
#[derive(Clone)]
pub(crate) struct Words(&'static str);

impl Iterator for Words {
    type Item = &'static str;

    #[inline]
    fn next(&mut self) -> Option<&'static str> {
        let end = self.0.bytes().position(|byte| byte == 0)?;
        let word = self.0.get(..end)?;
        self.0 = self.0.get(end + 1..)?;
        Some(word)
    }
}

/// A set of words that is searched by a hash: one look-up whatever its size. `set!` makes it.
pub(crate) struct WordSet<const LENGTH: usize, const SLOTS: usize> {
    /// The words, a NUL behind each.
    text: [u8; LENGTH],
    /// By hash: the place of a word, counted from 1; 0 where there is none.
    slots: [u16; SLOTS],
}

/// A static with a [`WordSet`] of these words, with 512 slots or another power of two.
macro_rules! set {
    ($(#[$meta:meta])* $visible:vis static $name:ident = [$($word:literal),* $(,)?]) => {
        $crate::list::set! { $(#[$meta])* $visible static $name: 512 = [$($word),*] }
    };
    ($(#[$meta:meta])* $visible:vis static $name:ident: $slots:literal = [$($word:literal),* $(,)?]) => {
        $(#[$meta])*
        $visible static $name: $crate::list::WordSet<{ concat!($($word, "\0",)*).len() }, $slots> =
            $crate::list::WordSet::new(concat!($($word, "\0",)*));
    };
}

pub(crate) use set;

impl<const LENGTH: usize, const SLOTS: usize> WordSet<LENGTH, SLOTS> {
    /// The set of the words in this text. To be called in constants only, where a bad index is an error of the build.
    #[allow(clippy::indexing_slicing)]
    pub(crate) const fn new(words: &str) -> Self {
        let bytes = words.as_bytes();
        assert!(bytes.len() == LENGTH && LENGTH < u16::MAX as usize);
        assert!(SLOTS.is_power_of_two());
        let mut text = [0; LENGTH];
        let mut slots = [0; SLOTS];
        let (mut start, mut place, mut count) = (0, 0, 0);
        let mut hash = Hash::EMPTY;
        while place < LENGTH {
            text[place] = bytes[place];
            if bytes[place] == 0 {
                let mut slot = hash.slot(SLOTS);
                while slots[slot] != 0 {
                    slot = (slot + 1) & (SLOTS - 1);
                }
                slots[slot] = start as u16 + 1;
                (start, hash, count) = (place + 1, Hash::EMPTY, count + 1);
            } else {
                hash = hash.with(bytes[place]);
            }
            place += 1;
        }
        assert!(count * 2 <= SLOTS, "too many words for the slots");
        WordSet { text, slots }
    }

    /// Whether a word is in the set; ASCII without case.
    pub(crate) fn has(&self, word: &[u8]) -> bool {
        self.place(word).is_some()
    }

    /// Where in the text a word of the set begins.
    pub(crate) fn place(&self, word: &[u8]) -> Option<u16> {
        self.place_of(word, Hash::of(word))
    }

    /// The same for a word whose hash is known.
    #[inline]
    pub(crate) fn place_of(&self, word: &[u8], hash: Hash) -> Option<u16> {
        let mut slot = hash.slot(SLOTS);
        loop {
            let place = self.slots.get(slot).copied().unwrap_or(0).checked_sub(1)?;
            let (own, behind) = self.text.get(usize::from(place)..)?.split_at_checked(word.len())?;
            if behind.first() == Some(&0) && own.eq_ignore_ascii_case(word) {
                return Some(place);
            }
            slot = (slot + 1) & (SLOTS - 1);
        }
    }

    #[cfg(test)]
    pub(crate) fn words(&self) -> impl Iterator<Item = &str> {
        core::str::from_utf8(&self.text).unwrap().split_terminator('\0')
    }
}

/// The hash of a word, the same for capital and small letters; made byte by byte.
#[derive(Clone, Copy)]
pub(crate) struct Hash(u32);

impl Hash {
    pub(crate) const EMPTY: Hash = Hash(0);

    #[inline]
    pub(crate) const fn with(self, byte: u8) -> Hash {
        Hash(self.0.wrapping_mul(31).wrapping_add((byte | 0x20) as u32))
    }

    pub(crate) fn of(word: &[u8]) -> Hash {
        word.iter().fold(Hash::EMPTY, |hash, byte| hash.with(*byte))
    }

    /// The slot among so many, a power of two.
    #[inline]
    const fn slot(self, slots: usize) -> usize {
        (self.0 ^ (self.0 >> 9)) as usize & (slots - 1)
    }
}

/// A character of up to three bytes in any encoding, and what it stands for.
#[derive(Clone, Copy)]
pub(crate) struct Wide {
    bytes: [u8; 3],
    length: u8,
    pub(crate) symbol: u8,
}

impl Wide {
    /// To be called in constants only.
    #[allow(clippy::indexing_slicing)]
    pub(crate) const fn new(bytes: &[u8], symbol: u8) -> Self {
        let mut all = [0; 3];
        let mut place = 0;
        while place < bytes.len() {
            all[place] = bytes[place];
            place += 1;
        }
        Wide { bytes: all, length: bytes.len() as u8, symbol }
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        self.bytes.get(..usize::from(self.length)).unwrap_or(&[])
    }
}

#[cfg(test)]
mod tests {
    use std::vec::Vec;

    use super::{List, Wide};

    #[test]
    fn lists_are_gone_through() {
        const WORDS: List = list!["a", "über", "c d"];
        assert_eq!(WORDS.iter().collect::<Vec<_>>(), ["a", "über", "c d"]);
        assert!(WORDS.has(b"C D") && !WORDS.has(b"") && !WORDS.has(b"c"));
        assert_eq!(list!["a", "1", "b", "2"].pairs().collect::<Vec<_>>(), [("a", "1"), ("b", "2")]);
        assert_eq!(list![].iter().next(), None);
        assert_eq!(Wide::new("」".as_bytes(), b'"').bytes(), "」".as_bytes());
    }

    set! {
        static SET = ["eins", "zwei", "ÄÖ", "z"]
    }

    #[test]
    fn sets_are_searched() {
        assert!(SET.has(b"ZWEI") && SET.has("ÄÖ".as_bytes()) && SET.has(b"z"));
        assert!(!SET.has(b"zwe") && !SET.has(b"zweier") && !SET.has(b"") && !SET.has(b"eins\0zwei"));
        assert_eq!(SET.place(b"zwei"), Some(5));
    }
}
