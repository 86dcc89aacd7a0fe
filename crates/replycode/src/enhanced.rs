//! The enhanced status code of RFC 3463.

use core::fmt;
use core::str::FromStr;

use crate::Severity;

/// An enhanced status code, `class.subject.detail` (RFC 3463 section 2).
///
/// Subject and detail have up to three digits: `5.7.606` is real. The class is 2, 4 or 5.
///
/// ```
/// use replycode::Enhanced;
///
/// let code: Enhanced = "5.7.606".parse()?;
/// assert_eq!((code.class(), code.subject(), code.detail()), (5, 7, 606));
/// assert_eq!(code.to_string(), "5.7.606");
/// assert!("4.2.2".parse::<Enhanced>()? < code);
/// assert!("5.7".parse::<Enhanced>().is_err());
/// # Ok::<(), replycode::InvalidEnhanced>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Enhanced {
    class: u8,
    subject: u16,
    detail: u16,
}

impl Enhanced {
    /// The code with these parts: class 2, 4 or 5, the others 0..=999.
    ///
    /// ```
    /// # use replycode::Enhanced;
    /// assert_eq!(Enhanced::new(5, 1, 1).unwrap().to_string(), "5.1.1");
    /// assert_eq!(Enhanced::new(3, 0, 0), None);
    /// assert_eq!(Enhanced::new(5, 1000, 1), None);
    /// ```
    pub const fn new(class: u8, subject: u16, detail: u16) -> Option<Self> {
        if matches!(class, 2 | 4 | 5) && subject <= 999 && detail <= 999 {
            Some(Enhanced { class, subject, detail })
        } else {
            None
        }
    }

    /// The code written by these bytes, and by nothing else: what [`FromStr`] does, for text in whatever encoding.
    ///
    /// ```
    /// # use replycode::Enhanced;
    /// assert_eq!(Enhanced::from_bytes(b"5.7.8"), Enhanced::new(5, 7, 8));
    /// assert_eq!(Enhanced::from_bytes(b"5.7.8 \xff"), None);
    /// ```
    pub fn from_bytes(text: &[u8]) -> Option<Self> {
        let mut parts = text.split(|&byte| byte == b'.').map(number);
        let (class, subject, detail) = (parts.next()??, parts.next()??, parts.next()??);
        match parts.next() {
            None => Self::new(u8::try_from(class).ok()?, subject, detail),
            Some(_) => None,
        }
    }

    /// Success 2, persistent transient failure 4, permanent failure 5 (RFC 3463 section 2).
    pub const fn class(self) -> u8 {
        self.class
    }

    /// The severity that the class stands for.
    ///
    /// RFC 2034 section 4 demands that it equal the severity of the basic code; where it does not, trust the basic
    /// code.
    ///
    /// ```
    /// use replycode::{Enhanced, Protocol, ReplyCode, Severity};
    /// let full: Enhanced = "4.2.2".parse()?;
    /// assert_eq!(full.severity(), Severity::Transient);
    /// // Servers send 552 4.2.2 all the same.
    /// assert_ne!(full.severity(), Severity::of(Protocol::Smtp, ReplyCode::new(552).unwrap()));
    /// # Ok::<(), replycode::InvalidEnhanced>(())
    /// ```
    pub const fn severity(self) -> Severity {
        match self.class {
            2 => Severity::Completion,
            4 => Severity::Transient,
            _ => Severity::Permanent,
        }
    }

    /// What the failure is about, 0..=999; 0 to 7 are assigned (RFC 3463 section 3).
    pub const fn subject(self) -> u16 {
        self.subject
    }

    /// The precise condition within the subject, 0..=999.
    pub const fn detail(self) -> u16 {
        self.detail
    }
}

impl fmt::Display for Enhanced {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.class, self.subject, self.detail)
    }
}

impl FromStr for Enhanced {
    type Err = InvalidEnhanced;

    fn from_str(text: &str) -> Result<Self, InvalidEnhanced> {
        Self::from_bytes(text.as_bytes()).ok_or(InvalidEnhanced(()))
    }
}

/// One to three ASCII digits without a leading zero (RFC 3463 section 2).
fn number(digits: &[u8]) -> Option<u16> {
    match digits {
        [b'0'] => Some(0),
        [b'1'..=b'9', rest @ ..] if rest.len() <= 2 && rest.iter().all(u8::is_ascii_digit) => {
            Some(digits.iter().fold(0, |value, digit| value * 10 + u16::from(digit - b'0')))
        }
        _ => None,
    }
}

/// The text is not `class.subject.detail` with class 2, 4 or 5.
///
/// ```
/// use replycode::Enhanced;
/// let error = "5.01.1".parse::<Enhanced>().unwrap_err();
/// assert_eq!(error.to_string(), "not an enhanced status code: expected CLASS.SUBJECT.DETAIL, class 2, 4 or 5, the others 0 to 999 without leading zeros");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidEnhanced(());

impl fmt::Display for InvalidEnhanced {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "not an enhanced status code: expected CLASS.SUBJECT.DETAIL, class 2, 4 or 5, the others 0 to 999 without leading zeros",
        )
    }
}

impl core::error::Error for InvalidEnhanced {}

#[cfg(feature = "serde")]
impl serde::Serialize for Enhanced {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Enhanced {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl serde::de::Visitor<'_> for Visitor {
            type Value = Enhanced;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an enhanced status code such as \"5.7.1\"")
            }
            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Enhanced, E> {
                text.parse().map_err(E::custom)
            }
        }
        d.deserialize_str(Visitor)
    }
}

#[cfg(test)]
mod tests {
    use super::Enhanced;
    use std::string::ToString;

    #[test]
    fn only_what_rfc_3463_writes_is_taken() {
        for text in [
            "", "5", "5.1", "5.1.", "5..1", "5.1.1.1", "3.1.1", "9.1.1", "5.01.1", "5.1.01", "5.1000.1", " 5.1.1",
            "5.1.1 ", "+5.1.1", "5.1.１",
        ] {
            assert!(text.parse::<Enhanced>().is_err(), "{text:?}");
        }
        for text in ["2.0.0", "4.7.1", "5.7.606", "5.999.999"] {
            assert_eq!(text.parse::<Enhanced>().unwrap().to_string(), text);
        }
    }
}
