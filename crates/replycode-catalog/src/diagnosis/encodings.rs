//! The bytes in which a phrase arrives. Replies carry no encoding: a server writes in that of its system, so a phrase
//! that is not ASCII is looked for in the encodings that systems of its language use.

use encoding_rs::{EUC_JP, Encoding, GBK, SHIFT_JIS, WINDOWS_1251, WINDOWS_1252};

/// A phrase in UTF-8 and in whatever else its characters suggest; folded as the core folds a text.
pub(crate) fn spellings(phrase: &str) -> Vec<Vec<u8>> {
    let mut spellings = vec![folded(phrase.as_bytes())];
    for encoding in candidates(phrase) {
        let (bytes, _, lossy) = encoding.encode(phrase);
        if !lossy {
            spellings.push(folded(&bytes));
        }
    }
    spellings
}

fn folded(bytes: &[u8]) -> Vec<u8> {
    bytes.to_ascii_lowercase()
}

fn candidates(phrase: &str) -> Vec<&'static Encoding> {
    let any = |range: std::ops::RangeInclusive<char>| phrase.chars().any(|character| range.contains(&character));
    if any('\u{3041}'..='\u{30ff}') {
        vec![SHIFT_JIS, EUC_JP]
    } else if any('\u{4e00}'..='\u{9fff}') {
        vec![GBK, SHIFT_JIS, EUC_JP]
    } else if any('\u{0400}'..='\u{04ff}') {
        vec![WINDOWS_1251]
    } else if any('\u{00a0}'..='\u{017f}') {
        vec![WINDOWS_1252]
    } else {
        vec![]
    }
}

#[cfg(test)]
mod tests {
    use super::spellings;

    #[test]
    fn a_phrase_is_looked_for_as_its_servers_write_it() {
        assert_eq!(spellings("relay"), [b"relay".to_vec()]);
        assert_eq!(spellings("nicht gefunden für"), ["nicht gefunden für".as_bytes(), b"nicht gefunden f\xfcr"]);
        assert_eq!(spellings("密码"), ["密码".as_bytes(), b"\xc3\xdc\xc2\xeb"]);
        // The second byte of a Shift_JIS character may be an ASCII letter, which is folded in the text as well.
        assert_eq!(spellings("ア")[1], b"\x83a");
    }
}
