//! The words of the reference that are not in the catalogue: headings, labels, and names of the core's vocabularies.
//!
//! A language without a table here gets the English words, so a new language needs no code. To translate them, add a
//! table: `..ENGLISH` fills in what is left out.

use replycode::{Party, Status, Verdict};

/// The words of one language. `{}` stands for what the page fills in.
pub(super) struct Words {
    /// The language's tag.
    language: &'static str,
    pub(super) index: &'static str,
    pub(super) reply_codes: &'static str,
    pub(super) enhanced_codes: &'static str,
    pub(super) intro: &'static str,
    pub(super) enhanced_intro: &'static str,
    pub(super) causes_page: &'static str,
    pub(super) causes_intro: &'static str,
    pub(super) notes_page: &'static str,
    pub(super) notes_intro: &'static str,
    // Headings.
    pub(super) severities: &'static str,
    pub(super) categories: &'static str,
    pub(super) verdicts: &'static str,
    pub(super) overview: &'static str,
    pub(super) codes: &'static str,
    pub(super) field: &'static str,
    pub(super) commands: &'static str,
    pub(super) not_replies: &'static str,
    pub(super) classes: &'static str,
    pub(super) subjects: &'static str,
    pub(super) notes: &'static str,
    pub(super) malformed: &'static str,
    // Labels, and headings of columns.
    pub(super) code: &'static str,
    pub(super) title: &'static str,
    pub(super) verdict: &'static str,
    pub(super) party: &'static str,
    pub(super) recognised: &'static str,
    pub(super) rule: &'static str,
    pub(super) example: &'static str,
    pub(super) status: &'static str,
    pub(super) meaning: &'static str,
    pub(super) action: &'static str,
    pub(super) note: &'static str,
    pub(super) source: &'static str,
    pub(super) condition: &'static str,
    pub(super) answers: &'static str,
    pub(super) basic_codes: &'static str,
    pub(super) aliases: &'static str,
    pub(super) id: &'static str,
    pub(super) deprecated: &'static str,
    // Phrases.
    pub(super) reason: &'static str,
    pub(super) section: &'static str,
    pub(super) since: &'static str,
    pub(super) see: &'static str,
    pub(super) iana: &'static str,
    pub(super) use_instead: &'static str,
    /// What pseudo-commands stand for.
    pub(super) moments: &'static [(&'static str, &'static str)],
    /// Name and explanation, in the order of [`Verdict::ALL`].
    verdict_names: [(&'static str, &'static str); Verdict::ALL.len()],
    /// In the order of [`Status::ALL`].
    status_names: [&'static str; Status::ALL.len()],
    /// In the order of [`Party::ALL`].
    party_names: [&'static str; Party::ALL.len()],
}

const ENGLISH: Words = Words {
    language: "en",
    index: "Index",
    reply_codes: "{} reply codes",
    enhanced_codes: "Enhanced status codes",
    intro: "What each code means, whether to try the same again, and what to check. Catalogue version {}.",
    enhanced_intro: "An enhanced status code follows the reply code of a mail server: class, subject and detail, for instance 5.7.8. Here X stands for any number. Catalogue version {}.",
    causes_page: "Causes",
    causes_intro: "What really went wrong, whatever the reply code says, and what to check or change, step by step. Rules lead from a reply to its cause: they are tried in the order of the catalogue, and the first that fits decides. Of each list one item must be there; + stands before words that must be there as well, - before words that must not. Catalogue version {}.",
    notes_page: "Faults in replies",
    notes_intro: "What can be wrong with the form of a reply. A reply with notes was read all the same: they are for the person who asks why another client trips over it. A malformed reply could not be read. Catalogue version {}.",
    severities: "Reply classes (first digit)",
    categories: "Categories (second digit)",
    verdicts: "Verdicts",
    overview: "Overview",
    codes: "Codes",
    field: "Seen in the field",
    commands: "Commands and the codes that answer them",
    not_replies: "Numbers that are no reply codes",
    classes: "Classes (first number)",
    subjects: "Subjects and details (second and third number)",
    notes: "Notes: replies that were read",
    malformed: "Malformed: what is no reply",
    code: "Code",
    title: "Title",
    verdict: "Verdict",
    party: "Who must act",
    recognised: "How it is recognised",
    rule: "Rule",
    example: "Examples",
    status: "Status",
    meaning: "Meaning",
    action: "What to do",
    note: "Note",
    source: "Source",
    condition: "When",
    answers: "Answers",
    basic_codes: "Reply codes",
    aliases: "Also written",
    id: "Id",
    deprecated: "Deprecated",
    reason: "reason: {}",
    section: "RFC {}, section {}",
    since: "first in {}",
    see: "see also {}",
    iana: "IANA registry ({})",
    use_instead: "use {} instead",
    moments: &[
        ("any", "The codes that may answer every command."),
        ("connect", "No command: the moment after the connection was made."),
        ("data-end", "No command: the end of the message text."),
    ],
    verdict_names: [
        ("done", "It has succeeded."),
        ("continue", "Go on with the dialogue: more is to be sent or awaited."),
        ("retry soon", "Repeat it unchanged in a moment, for instance on a new connection."),
        ("retry later", "Repeat it unchanged after minutes or hours."),
        ("fix first", "Somebody must change something first; the same attempt would fail again."),
        ("give up", "No change on this side will help."),
    ],
    status_names: [
        "current",
        "obsolete",
        "experimental or informational",
        "named by a registry only",
        "seen in the field",
    ],
    party_names: [
        "whoever sets up the device",
        "the owner of the account",
        "the recipient",
        "the server's administrator",
        "whoever runs the network",
        "nobody",
    ],
};

const JAPANESE: Words = Words {
    language: "ja",
    index: "目次",
    reply_codes: "{}の応答コード",
    enhanced_codes: "拡張ステータスコード",
    intro: "各応答コードの意味、再試行の要否、確認する項目をまとめています。カタログのバージョンは{}です。",
    enhanced_intro: "拡張ステータスコードは、メールサーバーの応答コードに続く3つの数字（クラス、分野、詳細）で、5.7.8のように書かれます。Xは任意の数字を表します。カタログのバージョンは{}です。",
    causes_page: "原因",
    causes_intro: "応答コードだけではわからない本当の原因と、確認や変更の手順をまとめています。規則はカタログの順に調べられ、最初に当てはまったもので原因が決まります。条件の各項目は、並んでいるうちの1つが当てはまれば成立します。+は同時に必要な語句、-は含まれてはならない語句です。カタログのバージョンは{}です。",
    notes_page: "応答の形式の問題",
    notes_intro: "サーバーの応答の形式にある問題をまとめています。注記の付いた応答は正しく読み取れていますが、ほかの機器やソフトウェアでは問題になることがあります。形式不正の応答は読み取れません。カタログのバージョンは{}です。",
    severities: "応答クラス（1桁目）",
    categories: "分類（2桁目）",
    verdicts: "判定",
    overview: "一覧",
    codes: "応答コード",
    field: "実際のサーバーでの使用例",
    commands: "コマンドと応答コード",
    not_replies: "応答コードではない番号",
    classes: "クラス（1番目の数字）",
    subjects: "分野と詳細（2番目と3番目の数字）",
    notes: "注記（読み取れた応答の問題）",
    malformed: "形式不正（応答として読み取れないもの）",
    code: "コード",
    title: "内容",
    verdict: "判定",
    party: "対処する人",
    recognised: "見分け方",
    rule: "規則",
    example: "応答の例",
    status: "規格での扱い",
    meaning: "意味",
    action: "対処",
    note: "補足",
    source: "出典",
    condition: "条件（英語）",
    answers: "対象のコマンド",
    basic_codes: "対応する応答コード",
    aliases: "別の表記",
    id: "ID",
    deprecated: "非推奨",
    reason: "理由（英語）: {}",
    section: "RFC {}の{}節",
    since: "初出は{}",
    see: "関連は{}",
    iana: "IANAの登録（{}）",
    use_instead: "代わりに{}を使用",
    moments: &[
        ("any", "どのコマンドにも返ることのある応答コードです。"),
        ("connect", "コマンドではなく、接続した直後を表します。"),
        ("data-end", "コマンドではなく、メール本文の終わりを表します。"),
    ],
    verdict_names: [
        ("完了", "成功しました。"),
        ("続行", "やり取りを続けます。次のデータを送るか、次の応答を待ちます。"),
        ("すぐに再試行", "何も変えずに、新しい接続などですぐに再試行します。"),
        ("時間をおいて再試行", "何も変えずに、数分から数時間後に再試行します。"),
        ("修正してから再試行", "先に設定などの変更が必要です。同じ操作は再び失敗します。"),
        ("中止", "こちら側で何かを変更しても解決しません。"),
    ],
    status_names: ["現行", "廃止", "実験的または参考", "登録のみ", "規格外"],
    party_names: [
        "機器の設定をする人",
        "メールサービスなどのアカウントの管理者",
        "宛先の人",
        "サーバーの管理者",
        "ネットワークの管理者",
        "なし",
    ],
};

const TABLES: [&Words; 2] = [&ENGLISH, &JAPANESE];

impl Words {
    /// The words of a language; of `pt-BR`, those of `pt` if there are none; else the English ones.
    pub(super) fn of(language: &str) -> &'static Words {
        let find = |tag: &str| TABLES.into_iter().find(|words| words.language == tag);
        let general = language.split('-').next().unwrap_or(language);
        find(language).or_else(|| find(general)).unwrap_or(&ENGLISH)
    }

    /// The name of a verdict, and what it says.
    pub(super) fn verdict_name(&self, verdict: Verdict) -> (&'static str, &'static str) {
        let place = Verdict::ALL.iter().position(|member| *member == verdict);
        place.map_or(("", ""), |place| self.verdict_names[place])
    }

    /// Who a party is.
    pub(super) fn party_name(&self, party: Party) -> &'static str {
        let place = Party::ALL.iter().position(|member| *member == party);
        place.map_or("", |place| self.party_names[place])
    }

    /// The name of a status.
    pub(super) fn status_name(&self, status: Status) -> &'static str {
        let place = Status::ALL.iter().position(|member| *member == status);
        place.map_or("", |place| self.status_names[place])
    }
}

/// A phrase with its first gap filled.
pub(super) fn fill(phrase: &str, word: &str) -> String {
    phrase.replacen("{}", word, 1)
}

#[cfg(test)]
mod tests {
    use super::{Status, Verdict, Words, fill};

    #[test]
    fn a_language_without_words_gets_english_ones() {
        assert_eq!(Words::of("ja").verdicts, "判定");
        assert_eq!(Words::of("ja-JP").verdicts, "判定");
        assert_eq!(Words::of("de").verdicts, "Verdicts");
    }

    #[test]
    fn names_follow_the_order_of_the_core() {
        let words = Words::of("en");
        for verdict in Verdict::ALL {
            assert_eq!(words.verdict_name(*verdict).0.replace(' ', "_"), verdict.id());
        }
        assert_eq!(
            Status::ALL.iter().map(|status| words.status_name(*status)).collect::<Vec<_>>()[..2],
            ["current", "obsolete"]
        );
        assert_eq!(Words::of("ja").status_name(Status::Field), "規格外");
    }

    #[test]
    fn gaps_are_filled_in_order() {
        assert_eq!(fill(&fill(Words::of("ja").section, "5321"), "4.2.1"), "RFC 5321の4.2.1節");
        assert_eq!(fill(&fill(Words::of("en").section, "5321"), "4.2.1"), "RFC 5321, section 4.2.1");
    }
}
