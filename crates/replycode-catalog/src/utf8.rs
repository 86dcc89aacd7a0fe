//! Bytes to text.

use std::borrow::Cow;

use encoding_rs::{EUC_JP, Encoding, SHIFT_JIS, UTF_16BE, UTF_16LE};

use crate::report::{Finding, Rule};
use crate::source::Span;

/// The text of a file; where it is not UTF-8, a stand-in to show the place of the first such byte, and the finding.
pub(crate) fn decode(file: usize, bytes: &[u8]) -> (Cow<'_, str>, Option<Finding>) {
    let error = match std::str::from_utf8(bytes) {
        Ok(text) => return (Cow::Borrowed(text), None),
        Err(error) => error,
    };
    let at = error.valid_up_to();
    let byte = bytes.get(at).copied().unwrap_or_default();
    let remedy = if error.error_len().is_none() {
        "the file ends within a character: save it again".to_owned()
    } else if !bytes[..at].is_ascii() {
        "the text before it is UTF-8: write anew what is damaged here".to_owned()
    } else {
        convert(bytes)
    };
    let span = Span::new(file, at..at + char::REPLACEMENT_CHARACTER.len_utf8());
    let finding = Finding::new(Rule::Utf8, span, format!("the byte 0x{byte:02X} is not UTF-8"), remedy);
    (String::from_utf8_lossy(bytes), Some(finding))
}

/// Names the encoding that an editor is likely to have used.
fn convert(bytes: &[u8]) -> String {
    let candidates: &[&Encoding] = match bytes {
        [0xFF, 0xFE, ..] => &[UTF_16LE],
        [0xFE, 0xFF, ..] => &[UTF_16BE],
        // Most Shift_JIS texts are no valid EUC-JP, and the other way round.
        _ => &[EUC_JP, SHIFT_JIS],
    };
    match candidates.iter().find(|encoding| !encoding.decode_without_bom_handling(bytes).1) {
        Some(encoding) => {
            let name = if *encoding == SHIFT_JIS { "CP932" } else { encoding.name() };
            format!("save the file as UTF-8; it reads well as {name}, so `iconv -f {name} -t UTF-8` will convert it")
        }
        None => "save the file as UTF-8".to_owned(),
    }
}
