//! The three-digit reply code.

use core::fmt;
use core::num::NonZeroU16;
use core::str::FromStr;

/// A reply code: three digits, 100..=999 (RFC 5321 section 4.2, RFC 959 section 4.2).
///
/// The type is open: any number in the range is a legal value, whether the catalogue knows it or not, so an unknown
/// code is never lost. What a code means depends on the [`Protocol`](crate::Protocol).
///
/// ```
/// use replycode::ReplyCode;
///
/// let code: ReplyCode = "550".parse()?;
/// assert_eq!(code, 550);
/// assert_eq!((code.first(), code.second(), code.third()), (5, 5, 0));
/// assert_eq!(ReplyCode::new(99), None);
/// assert_eq!(ReplyCode::new(1000), None);
/// # Ok::<(), replycode::InvalidCode>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ReplyCode(NonZeroU16);

impl ReplyCode {
    /// The smallest reply code.
    pub const MIN: ReplyCode = ReplyCode(NonZeroU16::new(100).unwrap());
    /// The largest number that three digits can write.
    pub const MAX: ReplyCode = ReplyCode(NonZeroU16::new(999).unwrap());

    /// The code with this number, or `None` outside 100..=999.
    ///
    /// ```
    /// # use replycode::ReplyCode;
    /// const BUSY: Option<ReplyCode> = ReplyCode::new(450);
    /// assert_eq!(BUSY.unwrap().get(), 450);
    /// ```
    pub const fn new(number: u16) -> Option<Self> {
        match NonZeroU16::new(number) {
            Some(n) if number >= 100 && number <= 999 => Some(ReplyCode(n)),
            _ => None,
        }
    }

    /// The code written by three ASCII digits, compared byte by byte: no sign, no blank, no other script's digits.
    ///
    /// ```
    /// # use replycode::ReplyCode;
    /// assert_eq!(ReplyCode::from_digits(*b"220").unwrap(), 220);
    /// assert_eq!(ReplyCode::from_digits(*b"+22"), None);
    /// assert_eq!(ReplyCode::from_digits(*b"042"), None);
    /// ```
    pub const fn from_digits(digits: [u8; 3]) -> Option<Self> {
        let [a, b, c] = digits;
        if a.is_ascii_digit() && b.is_ascii_digit() && c.is_ascii_digit() {
            Self::new((a - b'0') as u16 * 100 + (b - b'0') as u16 * 10 + (c - b'0') as u16)
        } else {
            None
        }
    }

    /// The number, 100..=999.
    pub const fn get(self) -> u16 {
        self.0.get()
    }

    /// The first digit, 1..=9: the [`Severity`](crate::Severity).
    ///
    /// ```
    /// # use replycode::ReplyCode;
    /// assert_eq!(ReplyCode::new(421).unwrap().first(), 4);
    /// ```
    pub const fn first(self) -> u8 {
        // Comparisons, not a division: small CPUs have no divider.
        let mut rest = self.get();
        let mut digit = 0;
        while rest >= 100 {
            rest -= 100;
            digit += 1;
        }
        digit
    }

    /// The second digit, 0..=9: the [`Category`](crate::Category).
    ///
    /// ```
    /// # use replycode::ReplyCode;
    /// assert_eq!(ReplyCode::new(421).unwrap().second(), 2);
    /// ```
    pub const fn second(self) -> u8 {
        let mut rest = self.get() - self.first() as u16 * 100;
        let mut digit = 0;
        while rest >= 10 {
            rest -= 10;
            digit += 1;
        }
        digit
    }

    /// The third digit, 0..=9: a finer distinction within the category, without a meaning of its own.
    ///
    /// ```
    /// # use replycode::ReplyCode;
    /// assert_eq!(ReplyCode::new(421).unwrap().third(), 1);
    /// ```
    pub const fn third(self) -> u8 {
        (self.get() - self.first() as u16 * 100 - self.second() as u16 * 10) as u8
    }
}

impl fmt::Debug for ReplyCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.get(), f)
    }
}

impl fmt::Display for ReplyCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.get(), f)
    }
}

impl PartialEq<u16> for ReplyCode {
    fn eq(&self, other: &u16) -> bool {
        self.get() == *other
    }
}

impl From<ReplyCode> for u16 {
    fn from(code: ReplyCode) -> u16 {
        code.get()
    }
}

impl TryFrom<u16> for ReplyCode {
    type Error = InvalidCode;

    fn try_from(number: u16) -> Result<Self, InvalidCode> {
        Self::new(number).ok_or(InvalidCode(()))
    }
}

impl FromStr for ReplyCode {
    type Err = InvalidCode;

    fn from_str(text: &str) -> Result<Self, InvalidCode> {
        let digits = text.as_bytes().try_into().map_err(|_| InvalidCode(()))?;
        Self::from_digits(digits).ok_or(InvalidCode(()))
    }
}

/// The number or text is not three digits in 100..=999.
///
/// ```
/// use replycode::ReplyCode;
/// let error = "0421".parse::<ReplyCode>().unwrap_err();
/// assert_eq!(error.to_string(), "not a reply code: expected three digits, 100 to 999");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidCode(());

impl fmt::Display for InvalidCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a reply code: expected three digits, 100 to 999")
    }
}

impl core::error::Error for InvalidCode {}

#[cfg(feature = "serde")]
impl serde::Serialize for ReplyCode {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_u16(self.get())
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for ReplyCode {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let number = <u16 as serde::Deserialize>::deserialize(d)?;
        Self::new(number).ok_or_else(|| serde::de::Error::custom(InvalidCode(())))
    }
}

#[cfg(test)]
mod tests {
    use super::ReplyCode;

    #[test]
    fn digits_agree_with_decimal_notation_for_every_code() {
        for number in 100..=999u16 {
            let code = ReplyCode::new(number).unwrap();
            let digits = [number / 100, number / 10 % 10, number % 10];
            assert_eq!([code.first(), code.second(), code.third()].map(u16::from), digits);
            assert_eq!(ReplyCode::from_digits(digits.map(|d| b'0' + d as u8)), Some(code));
        }
    }

    #[test]
    fn only_three_ascii_digits_are_a_code() {
        for text in ["", "5", "55", "5500", "+55", "-55", " 55", "55 ", "5a0", "0x5", "099", "000", "５"] {
            assert!(text.parse::<ReplyCode>().is_err(), "{text:?}");
        }
    }
}
