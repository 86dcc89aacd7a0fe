//! How Japanese texts are written: titles as noun phrases, sentences in the polite form, ASCII in half width.

use super::{Context, Words, is_language, shown};
use crate::node::Findings;
use crate::report::{Finding, Rule};

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    for words in context.words().filter(|words| is_language(words.language, "ja")) {
        let faults = if words.field == "title" { title(words.text) } else { sentences(words.text) };
        for fault in faults.into_iter().chain(characters(words.text)) {
            report(context, words, fault, findings);
        }
    }
}

/// What is wrong, from which byte, how many.
struct Fault {
    start: usize,
    len: usize,
    message: String,
    remedy: &'static str,
}

fn report(context: &Context<'_>, words: Words<'_>, fault: Fault, findings: &mut Findings) {
    let span = context.within(words.text, fault.start..fault.start + fault.len);
    findings.push(Finding::new(Rule::JapaneseStyle, span, fault.message, fault.remedy));
}

/// Ends of sentences in the polite form.
const POLITE: &[&str] = &[
    "ます",
    "ません",
    "ました",
    "ませんでした",
    "です",
    "でした",
    "でしょう",
    "ましょう",
    "ください",
    "ですか",
    "ますか",
];

fn polite_end(sentence: &str) -> Option<&'static str> {
    POLITE.iter().find(|end| sentence.ends_with(**end)).copied()
}

fn title(text: &str) -> Vec<Fault> {
    let body = text.strip_suffix('。').unwrap_or(text);
    let mut faults = Vec::new();
    if body.len() < text.len() {
        let remedy = "remove it: a title is a noun phrase";
        faults.push(Fault {
            start: body.len(),
            len: "。".len(),
            message: "the title ends with `。`".to_owned(),
            remedy,
        });
    }
    if let Some(end) = polite_end(body) {
        let message = format!("the title is a sentence that ends with `{end}`");
        let remedy = "make it a noun phrase, for instance `パスワードの誤り`";
        faults.push(Fault { start: body.len() - end.len(), len: end.len(), message, remedy });
    }
    faults
}

fn sentences(text: &str) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut start = 0;
    for (sentence, closed) in split(text) {
        let bare = without_brackets(sentence);
        let end = start + bare.len();
        let last = bare.chars().next_back().map_or(0, char::len_utf8);
        if !closed {
            let message = "the sentence does not end with `。`".to_owned();
            let last = sentence.chars().next_back().map_or(0, char::len_utf8);
            let start = start + sentence.len() - last;
            faults.push(Fault { start, len: last, message, remedy: "add `。`" });
        } else if polite_end(bare).is_none() {
            let message = "the sentence does not end in the polite form".to_owned();
            let remedy = "end it with ます, です, ません, ました or ください";
            faults.push(Fault { start: end - last, len: last, message, remedy });
        }
        start += sentence.len() + "。".len();
    }
    faults
}

/// The sentences of a text without their `。`, and whether they had one. A `。` within brackets ends none.
fn split(text: &str) -> Vec<(&str, bool)> {
    let mut sentences = Vec::new();
    let (mut start, mut depth) = (0, 0usize);
    for (at, character) in text.char_indices() {
        match character {
            '（' | '「' => depth += 1,
            '）' | '」' => depth = depth.saturating_sub(1),
            '。' if depth == 0 => {
                sentences.push((&text[start..at], true));
                start = at + character.len_utf8();
            }
            _ => {}
        }
    }
    if start < text.len() {
        sentences.push((&text[start..], false));
    }
    sentences
}

/// A sentence without the remark in brackets at its end.
fn without_brackets(sentence: &str) -> &str {
    let opened = sentence.strip_suffix('）').and_then(|inside| inside.rfind('（'));
    opened.map_or(sentence, |at| &sentence[..at])
}

/// Characters that look like ASCII or stand beside it wrongly.
fn characters(text: &str) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut fault = |start, len, message, remedy| faults.push(Fault { start, len, message, remedy });
    let mut before = None;
    for (at, character) in text.char_indices() {
        let after = text[at + character.len_utf8()..].chars().next();
        let len = character.len_utf8();
        match character {
            'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '０'..='９' => {
                fault(at, len, format!("{} is full-width", shown(character)), "write letters and digits in ASCII");
            }
            '，' | '．' | '\u{3000}' | '：' | '；' => {
                let remedy = "write `、` or `。`, or make two sentences";
                fault(at, len, format!("{} is not used in these texts", shown(character)), remedy);
            }
            '(' | ')' if [before, after].into_iter().flatten().any(is_japanese) => {
                let remedy = "write brackets around Japanese as `（` and `）`";
                fault(at, len, format!("`{character}` is half-width beside Japanese"), remedy);
            }
            ' ' if [before, after].into_iter().flatten().any(is_japanese) => {
                let remedy = "remove it: Japanese and ASCII stand side by side";
                fault(at, len, "there is a blank beside Japanese".to_owned(), remedy);
            }
            _ => {}
        }
        before = Some(character);
    }
    faults
}

/// Kana, kanji and their punctuation.
fn is_japanese(character: char) -> bool {
    matches!(character, '\u{3001}'..='\u{30FF}' | '\u{4E00}'..='\u{9FFF}' | '（' | '）')
}

#[cfg(test)]
mod tests {
    use super::{characters, sentences, title};

    #[test]
    fn sentences_are_polite_and_closed() {
        for text in [
            "対処は不要です。",
            "接続できません。設定を確認してください。",
            "閉じました（RFC 821では別の番号。詳しくは規格を参照）。",
            "「終了。」と表示されます。",
        ] {
            assert_eq!(sentences(text).len(), 0, "{text}");
        }
        for text in
            ["対処は不要です", "対処は不要である。", "接続できない。", "確認してください。設定", "確認（です）。"]
        {
            assert_eq!(sentences(text).len(), 1, "{text}");
        }
        let fault = &sentences("不要です。接続できない（注）。")[0];
        assert_eq!((fault.start, fault.len), ("不要です。接続できな".len(), "い".len()));
    }

    #[test]
    fn titles_are_noun_phrases() {
        assert_eq!(title("宛先メールボックスの容量不足").len(), 0);
        assert_eq!(title("容量が不足しています").len(), 1);
        assert_eq!(title("容量が不足しています。").len(), 2);
    }

    #[test]
    fn ascii_is_half_width_and_stands_close() {
        assert_eq!(characters("RFC 4954（Auth 1）のTLS 1.2、<host>").len(), 0);
        assert_eq!(characters("２５０").len(), 3);
        assert_eq!(characters("TLS の設定").len(), 1);
        assert_eq!(characters("設定(TLS)").len(), 1);
        assert_eq!(characters("設定：TLS").len(), 1);
    }
}
