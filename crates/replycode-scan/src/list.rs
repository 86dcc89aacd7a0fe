//! Lists of words, without pointers: firmware keeps tables of pointers in RAM, or must relocate them.

/// A list of words in one text, each behind a byte with its length: what `list!` makes.
#[derive(Clone, Copy)]
pub(crate) struct List(&'static str);

/// A [`List`] of these words.
macro_rules! list {
    ($($word:literal),* $(,)?) => {{
        const WORDS: &str = concat!($($word, "\0",)*);
        const PACKED: [u8; WORDS.len()] = $crate::list::pack(WORDS);
        const LIST: $crate::list::List = $crate::list::List::new(&PACKED);
        LIST
    }};
}

pub(crate) use list;

/// Words with a NUL behind each as words with their length before each. To be called in constants only, where a bad
/// index is an error of the build.
#[allow(clippy::indexing_slicing)]
pub(crate) const fn pack<const LENGTH: usize>(words: &str) -> [u8; LENGTH] {
    let bytes = words.as_bytes();
    let mut packed = [0; LENGTH];
    let (mut start, mut place) = (0, 0);
    while place < LENGTH {
        if bytes[place] == 0 {
            assert!(place - start < 128, "a length must be a character of UTF-8");
            packed[start] = (place - start) as u8;
            start = place + 1;
        } else {
            packed[place + 1] = bytes[place];
        }
        place += 1;
    }
    packed
}

// What panics is called in constants only, where a panic is an error of the build.
#[allow(clippy::indexing_slicing, clippy::panic)]
impl List {
    /// To be called in constants only.
    pub(crate) const fn new(packed: &'static [u8]) -> Self {
        match core::str::from_utf8(packed) {
            Ok(text) => List(text),
            Err(_) => panic!("a list is made by `list!`"),
        }
    }

    /// How many words there are. To be called in constants only: it goes through them.
    pub(crate) const fn len(self) -> usize {
        let bytes = self.0.as_bytes();
        let (mut place, mut count) = (0, 0);
        while place < bytes.len() {
            place += 1 + bytes[place] as usize;
            count += 1;
        }
        count
    }

    /// Where every word begins whose number is a multiple of `each`: places for [`List::from`]. To be called in constants
    /// only, where a bad index is an error of the build.
    pub(crate) const fn starts<const N: usize>(self, each: usize) -> [u16; N] {
        let bytes = self.0.as_bytes();
        assert!(bytes.len() < u16::MAX as usize);
        let mut starts = [0; N];
        let (mut place, mut number) = (0, 0);
        while place < bytes.len() {
            if number % each == 0 {
                starts[number / each] = place as u16;
            }
            place += 1 + bytes[place] as usize;
            number += 1;
        }
        starts
    }

    /// The first two bytes of the word that begins at a place. To be called in constants only.
    pub(crate) const fn begins(self, start: u16) -> [u8; 2] {
        let bytes = self.0.as_bytes();
        assert!(bytes[start as usize] >= 2);
        [bytes[start as usize + 1], bytes[start as usize + 2]]
    }

    /// The words from the one on that begins at a place.
    #[inline]
    pub(crate) fn from(self, start: u16) -> Option<List> {
        self.0.get(usize::from(start)..).map(List)
    }

    #[inline]
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
        let end = 1 + usize::from(*self.0.as_bytes().first()?);
        let word = self.0.get(1..end)?;
        self.0 = self.0.get(end..)?;
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
        assert_eq!((WORDS.len(), WORDS.starts(1), WORDS.starts(2)), (3, [0, 2, 8], [0, 8]));
        assert_eq!(WORDS.from(2).unwrap().iter().next(), Some("über"));
        assert_eq!(WORDS.begins(8), *b"c ");
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
