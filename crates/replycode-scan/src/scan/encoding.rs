//! From the bytes of a line to text.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use encoding_rs::{EUC_JP, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// The encoding of a log.
///
/// [`AUTO`](Self::AUTO) looks at each line by itself, since programs that write to the same log do not ask each other:
///
/// 1. Valid UTF-8, and so ASCII, is UTF-8.
/// 2. Else a line is Japanese, EUC-JP or Shift_JIS (CP932), if it is valid in that encoding and has what Japanese text
///    has: kana, or two characters of two bytes in a row, of which in Shift_JIS one is common.
/// 3. Else it is Latin-1 (as everywhere: windows-1252), in which every byte is a character.
///
/// ISO-2022-JP shows itself by its escape sequences, UTF-16 by its byte order mark or by the zeros that ASCII has in it.
/// Both are recognised whatever the encoding is set to, as no other encoding has such bytes.
///
/// ```
/// use replycode_scan::Encoding;
///
/// let auto = Encoding::AUTO;
/// assert_eq!(auto.decode("ログイン".as_bytes()), "ログイン");
/// assert_eq!(auto.decode(b"\x83\x8D\x83\x4F\x83\x43\x83\x93"), "ログイン");
/// assert_eq!(auto.decode(b"\xA5\xED\xA5\xB0\xA5\xA4\xA5\xF3"), "ログイン");
/// assert_eq!(auto.decode(b"acc\xE8s refus\xE9"), "accès refusé");
/// let russian: Encoding = "windows-1251".parse().unwrap();
/// assert_eq!(russian.decode(b"\xCE\xF8\xE8\xE1\xEA\xE0"), "Ошибка");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Encoding(Option<&'static encoding_rs::Encoding>);

/// A text is not the name of an encoding.
///
/// ```
/// let error = "klingon".parse::<replycode_scan::Encoding>().unwrap_err();
/// assert!(error.to_string().contains("klingon"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownEncoding(String);

impl fmt::Display for UnknownEncoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "unknown encoding {:?}: expected auto, utf-8, shift_jis, euc-jp, latin1 or another name of the WHATWG Encoding Standard",
            self.0
        )
    }
}

impl std::error::Error for UnknownEncoding {}

impl FromStr for Encoding {
    type Err = UnknownEncoding;

    /// `auto`, or a label of the WHATWG Encoding Standard; CP932 is `shift_jis` there, as are its other names.
    fn from_str(label: &str) -> Result<Self, UnknownEncoding> {
        let label = label.trim();
        if label.eq_ignore_ascii_case("auto") {
            return Ok(Self::AUTO);
        }
        let same = if label.eq_ignore_ascii_case("cp932") { "shift_jis" } else { label };
        let found = encoding_rs::Encoding::for_label(same.as_bytes());
        found.map(|encoding| Encoding(Some(encoding))).ok_or_else(|| UnknownEncoding(label.to_owned()))
    }
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.map_or("auto", |encoding| encoding.name()))
    }
}

impl Encoding {
    /// Each line by itself.
    pub const AUTO: Self = Encoding(None);
    /// UTF-8.
    pub const UTF_8: Self = Encoding(Some(UTF_8));

    /// The text of some bytes; what is no character in the encoding is U+FFFD.
    pub fn decode<'a>(self, bytes: &'a [u8]) -> Cow<'a, str> {
        self.of(bytes).decode_part(bytes)
    }

    /// The encoding of a line.
    pub(crate) fn of(self, line: &[u8]) -> Self {
        if self.0.is_none() { Encoding(Some(detect(line))) } else { self }
    }

    /// Decodes a part of a line whose encoding was found out.
    pub(crate) fn decode_part<'a>(self, bytes: &'a [u8]) -> Cow<'a, str> {
        self.0.unwrap_or(UTF_8).decode_without_bom_handling(bytes).0
    }

    pub(crate) fn decoder(self) -> encoding_rs::Decoder {
        self.0.unwrap_or(UTF_8).new_decoder_without_bom_handling()
    }

    /// Whether a source is UTF-16, and which: by this setting, its byte order mark, or the zeros that ASCII has in it.
    pub(crate) fn wide(self, head: &[u8]) -> Option<Wide> {
        match head {
            [0xFF, 0xFE, ..] => return Some(Wide::Little),
            [0xFE, 0xFF, ..] => return Some(Wide::Big),
            _ => {}
        }
        if self.0 == Some(UTF_16LE) {
            return Some(Wide::Little);
        }
        if self.0 == Some(UTF_16BE) {
            return Some(Wide::Big);
        }
        let units = head.chunks_exact(2);
        let (mut first, mut second, all) = (0, 0, units.len());
        for unit in units {
            first += usize::from(unit.first() == Some(&0));
            second += usize::from(unit.last() == Some(&0));
        }
        // At least a quarter of the text is ASCII; and its zeros are all on one side.
        match (first * 4 > all, second * 4 > all) {
            (true, false) if second * 20 < all => Some(Wide::Big),
            (false, true) if first * 20 < all => Some(Wide::Little),
            _ => None,
        }
    }
}

/// The byte orders of UTF-16.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wide {
    Little,
    Big,
}

fn detect(line: &[u8]) -> &'static encoding_rs::Encoding {
    if std::str::from_utf8(line).is_ok() {
        return UTF_8;
    }
    // A line that is cut in the middle of a character is what it was.
    if let Err(error) = std::str::from_utf8(line)
        && error.error_len().is_none()
        && error.valid_up_to() > 0
        && line.get(..error.valid_up_to()).is_some_and(|valid| !valid.is_ascii())
    {
        return UTF_8;
    }
    for (encoding, evidence) in [(EUC_JP, euc as fn(&[u8]) -> bool), (SHIFT_JIS, shift_jis)] {
        if evidence(line) && encoding.decode_without_bom_handling_and_without_replacement(line).is_some() {
            return encoding;
        }
    }
    WINDOWS_1252
}

/// Whether bytes have what Japanese text in EUC-JP has: kana, or two double-byte characters in a row. All of its bytes
/// beyond ASCII come in pairs.
fn euc(line: &[u8]) -> bool {
    let mut rest = line;
    let mut run = 0;
    let mut kana = 0;
    let mut longest = 0;
    loop {
        rest = match rest {
            [] => break,
            [0x8E, 0xA1..=0xDF, rest @ ..] => rest,
            [0x8F, 0xA1..=0xFE, 0xA1..=0xFE, rest @ ..] => rest,
            [lead @ 0xA1..=0xFE, 0xA1..=0xFE, rest @ ..] => {
                run += 1;
                longest = longest.max(run);
                kana += usize::from(matches!(lead, 0xA4 | 0xA5));
                rest
            }
            [0..=0x7F, rest @ ..] => {
                run = 0;
                rest
            }
            _ => return false,
        }
    }
    // Katakana of one byte each in Shift_JIS look like pairs, but hardly ever like kana.
    kana > 0 || longest >= 2 && !half_width(line)
}

/// Whether all bytes beyond ASCII are Shift_JIS's katakana of one byte.
fn half_width(line: &[u8]) -> bool {
    line.iter().all(|byte| matches!(byte, 0..0x80 | 0xA1..=0xDF))
}

/// Whether bytes have what Japanese text in Shift_JIS has: kana, two double-byte characters in a row of which one is a
/// common one, or three katakana of one byte in a row. The first bytes of rare characters are Latin-1's letters with
/// accents; those of common ones hardly occur in Latin-1.
fn shift_jis(line: &[u8]) -> bool {
    let mut rest = line;
    let (mut run, mut single) = (0, 0);
    let mut common = false;
    let mut found = false;
    loop {
        rest = match rest {
            [] => return found,
            [lead @ (0x81..=0x9F | 0xE0..=0xFC), trail @ (0x40..=0x7E | 0x80..=0xFC), rest @ ..] => {
                common = *lead <= 0x98 || run > 0 && common;
                run += 1;
                single = 0;
                let kana = matches!((*lead, *trail), (0x82, 0x9F..) | (0x83, ..0x97));
                found |= kana || run >= 2 && common;
                rest
            }
            [0xA1..=0xDF, rest @ ..] => {
                (run, single) = (0, single + 1);
                found |= single >= 3;
                rest
            }
            [0..=0x7F, rest @ ..] => {
                (run, single) = (0, 0);
                rest
            }
            _ => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Encoding;
    use encoding_rs::{EUC_JP, SHIFT_JIS, WINDOWS_1252};

    const JAPANESE: &[&str] = &[
        "550 そのようなユーザーはいません",
        "530 ログインできません。パスワードを確認してください",
        "421 接続数が多すぎます",
        "552 容量超過",
        "550 ファイル「snap.jpg」を作成できません",
        "ｴﾗｰ: 530",
    ];
    const LATIN: &[&str] = &[
        "550 Accès refusé",
        "550 Échec d'accès",
        "530 Anmeldung ungültig für Gerät",
        "550 Verzeichnis nicht gefunden: Größe",
        "553 Não foi possível criar o arquivo",
        "550 El archivo ya está señalado: contraseña",
        "550 Käyttäjää ei löydy",
        "Übertragung",
    ];

    #[test]
    fn lines_of_each_encoding_are_told_apart() {
        for text in JAPANESE {
            for encoding in [SHIFT_JIS, EUC_JP] {
                if encoding == EUC_JP && text.starts_with('ｴ') {
                    continue;
                }
                assert_eq!(Encoding::AUTO.decode(&encoding.encode(text).0), *text, "{}", encoding.name());
            }
        }
        for text in LATIN {
            assert_eq!(Encoding::AUTO.decode(&WINDOWS_1252.encode(text).0), *text);
        }
        for text in JAPANESE.iter().chain(LATIN) {
            assert_eq!(Encoding::AUTO.decode(text.as_bytes()), *text);
        }
        // Cut within a character.
        assert_eq!(Encoding::AUTO.decode(&"エラー".as_bytes()[..8]), "エラ\u{FFFD}");
    }

    #[test]
    fn an_encoding_that_is_set_prevails() {
        let cp932: Encoding = "cp932".parse().unwrap();
        assert_eq!(cp932.decode(b"\x8E\xB8\x94\x73"), "失敗");
        assert_eq!(cp932.to_string(), "Shift_JIS");
        assert_eq!("auto".parse::<Encoding>().unwrap(), Encoding::AUTO);
    }
}
