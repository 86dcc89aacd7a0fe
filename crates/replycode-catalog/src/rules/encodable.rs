//! Japanese texts survive the encodings of older devices.
//!
//! The C library is built for CP932 and EUC-JP as well, and a text that has left it meets converters which disagree on
//! a few characters: those are refused even where one converter knows them.

use encoding_rs::{EUC_JP, SHIFT_JIS};

use unicode_normalization::is_nfc;

use super::text_form::is_invisible;
use super::{Context, is_language, shown};
use crate::node::Findings;
use crate::report::{Finding, Rule};

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    // What is not composed is another rule's, and so are characters that show nothing.
    let japanese = context.words().filter(|words| is_language(words.language, "ja") && is_nfc(words.text));
    for words in japanese {
        let faults = words.text.char_indices().filter_map(|(at, character)| Some((at, character, fault(character)?)));
        for (at, character, fault) in faults.filter(|(_, character, _)| !is_invisible(*character)) {
            let span = context.within(words.text, at..at + character.len_utf8());
            let message = format!("{} {}", shown(character), fault.message());
            findings.push(Finding::new(Rule::Encodable, span, message, fault.remedy()));
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
    /// Not in JIS X 0208, to which both encodings are limited in practice.
    Missing,
    /// Different in the tables of different converters; what to write instead.
    Ambiguous(&'static str),
}

impl Fault {
    fn message(self) -> &'static str {
        match self {
            Fault::Missing => "is not in JIS X 0208, so it does not survive CP932 and EUC-JP",
            Fault::Ambiguous(_) => "changes on its way through CP932 or EUC-JP: converters disagree on it",
        }
    }

    fn remedy(self) -> String {
        match self {
            Fault::Missing => "say it with kana, common kanji or ASCII; katakana are full-width".to_owned(),
            Fault::Ambiguous(instead) => format!("write {instead}"),
        }
    }
}

/// Characters that JIS X 0201, CP932 and EUC-JP tables map to different places, and what to write instead.
const AMBIGUOUS: &[(&[char], &str)] = &[
    (&['\\', '\u{FF3C}', '\u{A5}', '\u{FFE5}'], "`/` in a path, and `円` for the currency"),
    (&['~', '\u{301C}', '\u{FF5E}', '\u{203E}', '\u{FFE3}'], "`から` or `-` for a range"),
    (&['\u{2212}', '\u{FF0D}', '\u{2010}', '\u{2013}', '\u{2014}', '\u{2015}'], "`-`"),
    (&['\u{2016}', '\u{2225}', '\u{A6}', '\u{FFE4}'], "`、` or a new sentence"),
    (&['\u{A2}', '\u{FFE0}', '\u{A3}', '\u{FFE1}'], "the currency in words"),
    (&['\u{AC}', '\u{FFE2}'], "`ではない` or another word"),
];

fn fault(character: char) -> Option<Fault> {
    if let Some((_, instead)) = AMBIGUOUS.iter().find(|(characters, _)| characters.contains(&character)) {
        return Some(Fault::Ambiguous(instead));
    }
    (!character.is_ascii() && !is_jis_x_0208(character)).then_some(Fault::Missing)
}

/// In rows 1 to 8 or 16 to 84: what lies elsewhere are additions of vendors, which not every table has.
fn is_jis_x_0208(character: char) -> bool {
    let mut buffer = [0; 4];
    let text = character.encode_utf8(&mut buffer);
    let (euc, _, lost) = EUC_JP.encode(text);
    let row = match *euc {
        [lead @ 0xA1..=0xFE, _] => lead - 0xA0,
        _ => return false,
    };
    !lost && matches!(row, 1..=8 | 16..=84) && !SHIFT_JIS.encode(text).2
}

#[cfg(test)]
mod tests {
    use super::{Fault, fault};

    #[test]
    fn jis_x_0208_and_nothing_else() {
        for character in "サーバー宛先。、（）「」・々ー→×〒AZ09<>&%".chars() {
            assert_eq!(fault(character), None, "{character}");
        }
        // Half-width kana, NEC and IBM additions, JIS X 0212, Chinese, an emoji, a Kangxi radical.
        for character in "ｻ①㈱Ⅳ﨑髙鷗们😀⽂é".chars() {
            assert_eq!(fault(character), Some(Fault::Missing), "{character}");
        }
        for character in "〜～−－‖∥—―\\~¥￠".chars() {
            assert!(matches!(fault(character), Some(Fault::Ambiguous(_))), "{character}");
        }
    }
}
