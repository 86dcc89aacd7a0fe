//! One macro for the small closed vocabularies: a number, a stable id, and the way back from the id.

/// The text is not the id of any member of the vocabulary.
///
/// ```
/// use replycode::Severity;
/// let error = "fatal".parse::<Severity>().unwrap_err();
/// assert_eq!(error.to_string(), "unknown severity: expected one of preliminary, completion, intermediate, transient, permanent, protected, unassigned");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownId {
    pub(crate) what: &'static str,
    pub(crate) expected: &'static [&'static str],
}

impl core::fmt::Display for UnknownId {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "unknown {}: expected one of ", self.what)?;
        for (i, id) in self.expected.iter().enumerate() {
            if i > 0 {
                f.write_str(", ")?;
            }
            f.write_str(id)?;
        }
        Ok(())
    }
}

impl core::error::Error for UnknownId {}

/// Defines a fieldless enum with explicit numbers and ids: `ALL`, `number`, `from_number`, `id`, `FromStr`, `Display`
/// and, with the feature, serde by id.
macro_rules! id_enum {
    (
        $(#[$meta:meta])*
        pub enum $name:ident as $what:literal {
            $($(#[doc = $about:literal])+ $variant:ident = $number:literal => $id:literal,)+
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[repr(u8)]
        pub enum $name {
            $($(#[doc = $about])+ $variant = $number,)+
        }

        impl $name {
            /// Every member, in the order of their numbers.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The stable number, the same in Rust, C and Python.
            pub const fn number(self) -> u8 {
                self as u8
            }

            /// The member with this number.
            pub const fn from_number(number: u8) -> Option<Self> {
                match number {
                    $($number => Some(Self::$variant),)+
                    _ => None,
                }
            }

            /// The pool with the ids, and this one's number in it: for bindings that hand out bytes.
            #[doc(hidden)]
            pub fn pool(self) -> ($crate::tables::Pool, u16) {
                const IDS: &str = concat!($($id, "\0",)+);
                static STARTS: [u16; $name::ALL.len() + 1] = $crate::tables::starts(IDS);
                const { $crate::tables::Pool { text: IDS, starts: &STARTS }.check() };
                let place = Self::ALL.iter().take_while(|&&member| member != self).count();
                ($crate::tables::Pool { text: IDS, starts: &STARTS }, place as u16)
            }

            /// What it stands for, in the words of this documentation, for the generator.
            #[doc(hidden)]
            pub const fn about(self) -> &'static str {
                match self {
                    $(Self::$variant => concat!($($about),+).trim_ascii_start(),)+
                }
            }

            /// The stable id, as written in `catalog.yaml`, JSON and Python.
            pub const fn id(self) -> &'static str {
                match self {
                    $(Self::$variant => $id,)+
                }
            }
        }

        impl core::fmt::Display for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.pad(self.id())
            }
        }

        impl core::str::FromStr for $name {
            type Err = $crate::UnknownId;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                match text {
                    $($id => Ok(Self::$variant),)+
                    _ => Err($crate::UnknownId { what: $what, expected: &[$($id,)+] }),
                }
            }
        }

        #[cfg(feature = "serde")]
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                s.serialize_str(self.id())
            }
        }

        #[cfg(feature = "serde")]
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                struct Visitor;
                impl serde::de::Visitor<'_> for Visitor {
                    type Value = $name;
                    fn expecting(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                        f.write_str(concat!("the id of a ", $what))
                    }
                    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<$name, E> {
                        text.parse().map_err(E::custom)
                    }
                }
                d.deserialize_str(Visitor)
            }
        }
    };
}

pub(crate) use id_enum;
