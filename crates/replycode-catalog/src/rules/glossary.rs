//! One name for one thing. The glossary is the table below; to add a term, add a row.
//!
//! Phrases and aliases are not looked at: they say what others say.

use super::{Context, is_language};
use crate::node::Findings;
use crate::report::{Finding, Rule};

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    for words in context.words().filter(|words| is_language(words.language, "ja")) {
        for (at, term) in breaches(words.text) {
            findings.push(Finding::new(
                Rule::Glossary,
                context.within(words.text, at..at + term.refused.len()),
                format!("the glossary has another word for `{}`", term.refused),
                format!("write {}", term.instead),
            ));
        }
    }
}

/// A row of the glossary.
struct Term {
    /// What is not to be written ...
    refused: &'static str,
    /// ... except as a part of these.
    except: &'static [&'static str],
    /// What to write instead.
    instead: &'static str,
}

const fn term(refused: &'static str, except: &'static [&'static str], instead: &'static str) -> Term {
    Term { refused, except, instead }
}

const JAPANESE: &[Term] = &[
    // Long vowels, as JIS Z 8301 has written them since 2019.
    term("サーバ", &["サーバー"], "`サーバー`"),
    term("ユーザ", &["ユーザー"], "`ユーザー`"),
    term("フォルダ", &["フォルダー"], "`フォルダー`"),
    term("コンピュータ", &["コンピューター"], "`コンピューター`, or better what it is: `サーバー`, `機器`"),
    term("ルータ", &["ルーター"], "`ルーター`"),
    term("プロバイダ", &["プロバイダー"], "`プロバイダー`"),
    term("ヘッダ", &["ヘッダー"], "`ヘッダー`"),
    term("ファイアーウォール", &[], "`ファイアウォール`"),
    term("ファイヤーウォール", &[], "`ファイアウォール`"),
    // Mail.
    term("受信者", &[], "`宛先`"),
    term("宛て先", &[], "`宛先`"),
    term("送信者", &[], "`差出人`"),
    term("差し出し人", &[], "`差出人`"),
    term("リレー", &[], "`中継`"),
    term("メール・ボックス", &[], "`メールボックス`"),
    // Replies.
    term("リプライコード", &[], "`応答コード`"),
    term("返信コード", &[], "`応答コード`"),
    term("レスポンスコード", &[], "`応答コード`"),
    term("拡張状態コード", &[], "`拡張ステータスコード`"),
    term("永久", &[], "`恒久的`"),
    term(
        "実行されません",
        &["実行されませんでした"],
        "`実装されていません` (not implemented) or `実行されませんでした` (not carried out)",
    ),
    // Login.
    term("ログオン", &[], "`ログイン`"),
    term("パーミッション", &[], "`書き込み権限`"),
    term("書込権限", &[], "`書き込み権限`"),
    term("書込み権限", &[], "`書き込み権限`"),
    // Files and space.
    term("ディレクトリ", &[], "`フォルダー`"),
    term("メモリ", &["メモリーカード"], "`空き容量` for space, `容量制限` for a quota"),
    term("クォータ", &[], "`容量制限`"),
    term("クオータ", &[], "`容量制限`"),
    // FTP connections.
    term("データコネクション", &[], "`データ接続`"),
    term("制御コネクション", &[], "`制御接続`"),
    term("コントロール接続", &[], "`制御接続`"),
    term("コントロールコネクション", &[], "`制御接続`"),
    term("受動モード", &[], "`パッシブモード`"),
    term("能動モード", &[], "`アクティブモード`"),
    term("PASVモード", &[], "`パッシブモード`"),
    // Tone.
    term("ダウン", &["ダウンロード"], "`停止`"),
    term("お客様", &[], "who it is: `ユーザー`, `管理者`"),
];

/// Every refused term and where it stands.
fn breaches(text: &str) -> impl Iterator<Item = (usize, &'static Term)> {
    JAPANESE.iter().flat_map(move |term| {
        let excepted = move |at: usize| {
            term.except.iter().any(|longer| {
                let before = longer.find(term.refused).unwrap_or(0);
                at.checked_sub(before).and_then(|start| text.get(start..)).is_some_and(|rest| rest.starts_with(longer))
            })
        };
        let places = text.match_indices(term.refused).map(|(at, _)| at);
        places.filter(move |at| !excepted(*at)).map(move |at| (at, term))
    })
}

#[cfg(test)]
mod tests {
    use super::{JAPANESE, breaches};

    fn refused(text: &str) -> Vec<(usize, &str)> {
        breaches(text).map(|(at, term)| (at, term.refused)).collect()
    }

    #[test]
    fn a_term_is_refused_as_a_word_of_its_own() {
        assert_eq!(refused("サーバーとフォルダー、ユーザー名、ダウンロード、メモリーカード"), []);
        assert_eq!(refused("サーバの"), [(0, "サーバ")]);
        assert_eq!(refused("サーバーのサーバ"), [(15, "サーバ")]);
        assert_eq!(refused("サーバがダウン"), [(0, "サーバ"), (12, "ダウン")]);
        assert_eq!(refused("実行されませんでした。実行されません。"), [(33, "実行されません")]);
        assert_eq!(refused("メモリー不足"), [(0, "メモリ")]);
    }

    #[test]
    fn what_the_glossary_recommends_breaks_no_rule_of_it() {
        for term in JAPANESE {
            assert_eq!(refused(term.instead), [], "{}", term.refused);
            assert!(term.except.iter().all(|longer| longer.contains(term.refused)), "{}", term.refused);
        }
    }
}
