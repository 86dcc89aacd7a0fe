//! The command's own words: labels, and names of the core's vocabularies. The site has the same names.

use replycode::{DiagnosisBasis, Lang, Party, Protocol, Source, Verdict};
use replycode_scan::Speaker;

/// The words of one language. `{}` is a gap.
pub(crate) struct Words {
    pub(crate) to_do: &'static str,
    pub(crate) verdict: &'static str,
    yes: &'static str,
    no: &'static str,
    full_stop: &'static str,
    pub(crate) party: &'static str,
    pub(crate) basis: &'static str,
    pub(crate) rule: &'static str,
    pub(crate) likely: &'static str,
    pub(crate) also_possible: &'static str,
    pub(crate) class: &'static str,
    pub(crate) phrase: &'static str,
    /// Words that no RFC has.
    pub(crate) other_phrase: &'static str,
    pub(crate) source: &'static str,
    pub(crate) notes: &'static str,
    pub(crate) other_meanings: &'static str,
    pub(crate) answer_to: &'static str,
    pub(crate) field: &'static str,
    pub(crate) replies: &'static str,
    pub(crate) line: &'static str,
    pub(crate) more: &'static str,
    pub(crate) no_reply: &'static str,
    /// Between items.
    pub(crate) comma: &'static str,
    pub(crate) colon: &'static str,
    verdicts: fn(Verdict) -> (&'static str, &'static str),
    parties: fn(Party) -> &'static str,
    bases: fn(DiagnosisBasis) -> &'static str,
    speakers: fn(Speaker) -> &'static str,
    section: &'static str,
}

impl Words {
    /// English where a language has no words of its own.
    pub(crate) fn of(lang: Lang) -> &'static Words {
        if lang == Lang::JA { &JAPANESE } else { &ENGLISH }
    }

    /// Whether to repeat the attempt, and what a verdict means.
    pub(crate) fn of_verdict(&self, verdict: Verdict) -> (String, &'static str) {
        let (name, text) = (self.verdicts)(verdict);
        let answer = match verdict {
            Verdict::Done | Verdict::Continue => None,
            _ if verdict.should_retry() => Some(self.yes),
            _ => Some(self.no),
        };
        (answer.map(|answer| format!("{answer}{}", self.full_stop)).unwrap_or_default() + name, text)
    }

    pub(crate) fn of_party(&self, party: Party) -> &'static str {
        (self.parties)(party)
    }

    pub(crate) fn of_basis(&self, basis: DiagnosisBasis) -> &'static str {
        (self.bases)(basis)
    }

    /// Who speaks, in a sentence; empty where there is nothing to say.
    pub(crate) fn of_speaker(&self, speaker: Speaker) -> &'static str {
        (self.speakers)(speaker)
    }

    /// Where a fact comes from; empty if that is not said.
    pub(crate) fn of_source(&self, source: Source) -> String {
        match (source.rfc(), source.place()) {
            (Some(rfc), "") => format!("RFC {rfc}"),
            (Some(rfc), place) => fill(self.section, &[&rfc.to_string(), place]),
            (None, place) => place.to_owned(),
        }
    }
}

/// The names of the protocols, which no language translates.
pub(crate) fn name(protocol: Protocol) -> &'static str {
    match protocol {
        Protocol::Smtp => "SMTP",
        Protocol::Ftp => "FTP",
    }
}

/// A text with its gaps filled: `{}` in order, `{0}` by number, where a language puts them elsewhere.
pub(crate) fn fill(text: &str, gaps: &[&str]) -> String {
    let mut pieces = text.split('{');
    let mut filled = pieces.next().unwrap_or_default().to_owned();
    for (next, piece) in pieces.enumerate() {
        let (gap, rest) = piece.split_once('}').unwrap_or(("", piece));
        filled += gaps.get(gap.parse().unwrap_or(next)).copied().unwrap_or_default();
        filled += rest;
    }
    filled
}

static ENGLISH: Words = Words {
    to_do: "What to do",
    verdict: "Retry as is?",
    yes: "Yes",
    no: "No",
    full_stop: ". ",
    party: "Who must act",
    basis: "Rests on",
    rule: "rule {}",
    likely: "Likely cause",
    also_possible: "Also possible",
    class: "Class",
    phrase: "RFC text",
    other_phrase: "Text",
    source: "Source",
    notes: "Deviations",
    other_meanings: "Other meanings of {}",
    answer_to: "as an answer to {}",
    field: "seen in the field",
    replies: "Replies in the text",
    line: "line {}",
    more: "and {} more",
    no_reply: "There is no SMTP or FTP reply in this text.",
    comma: ", ",
    colon: ": ",
    verdicts: |verdict| match verdict {
        Verdict::Done => ("Done", "It has succeeded."),
        Verdict::Continue => ("Continue", "Go on with the dialogue: more is to be sent or awaited."),
        Verdict::RetrySoon => ("Retry soon", "Repeat it unchanged in a moment, for instance on a new connection."),
        Verdict::RetryLater => ("Retry later", "Repeat it unchanged after minutes or hours."),
        Verdict::FixFirst => ("Fix first", "Somebody must change something first; the same attempt would fail again."),
        Verdict::GiveUp => ("Give up", "No change on this side will help."),
    },
    parties: |party| match party {
        Party::Device => "whoever sets up the device",
        Party::Account => "the owner of the account",
        Party::Recipient => "the recipient",
        Party::Server => "the server's administrator",
        Party::Network => "whoever runs the network",
        Party::Nobody => "nobody",
    },
    bases: |basis| match basis {
        DiagnosisBasis::Phrase => "the server's words",
        DiagnosisBasis::Enhanced => "the enhanced code",
        DiagnosisBasis::Command => "the command",
        DiagnosisBasis::Code => "the reply code",
        DiagnosisBasis::Severity => "the first digit",
    },
    speakers: |speaker| match speaker {
        Speaker::Server => "The server said this.",
        Speaker::Client => "This is the program's own message, not a reply of the server.",
        Speaker::Http => "This comes from a web server or a web interface, not from an SMTP or FTP server.",
        Speaker::System => "This comes from the operating system or the network, not from an SMTP or FTP server.",
        Speaker::Winsock => "This is an error number of Windows (Winsock), not a reply of a server.",
        Speaker::Tls => "This comes from the encryption layer (TLS), not from an SMTP or FTP server.",
        _ => "",
    },
    section: "RFC {}, section {}",
};

static JAPANESE: Words = Words {
    to_do: "対処",
    verdict: "そのまま再試行",
    yes: "可",
    no: "不可",
    full_stop: "。",
    party: "対処する人",
    basis: "根拠",
    rule: "規則{}",
    likely: "考えられる原因",
    also_possible: "ほかに考えられる原因",
    class: "分類",
    phrase: "規格の文言",
    other_phrase: "文言",
    source: "出典",
    notes: "規格からの逸脱",
    other_meanings: "{}のほかの意味",
    answer_to: "{}への応答",
    field: "実際のサーバーでの使用例",
    replies: "見つかった応答",
    line: "{}行目",
    more: "ほか{}件",
    no_reply: "この内容には、SMTPやFTPの応答がありません。",
    comma: "、",
    colon: "：",
    verdicts: |verdict| match verdict {
        Verdict::Done => ("完了", "成功しました。"),
        Verdict::Continue => ("続行", "やり取りを続けます。次のデータを送るか、次の応答を待ちます。"),
        Verdict::RetrySoon => ("すぐに再試行", "何も変えずに、新しい接続などですぐに再試行します。"),
        Verdict::RetryLater => ("時間をおいて再試行", "何も変えずに、数分から数時間後に再試行します。"),
        Verdict::FixFirst => ("修正してから再試行", "先に設定などの変更が必要です。同じ操作は再び失敗します。"),
        Verdict::GiveUp => ("中止", "こちら側で何かを変更しても解決しません。"),
    },
    parties: |party| match party {
        Party::Device => "機器の設定をする人",
        Party::Account => "メールサービスなどのアカウントの管理者",
        Party::Recipient => "宛先の人",
        Party::Server => "サーバーの管理者",
        Party::Network => "ネットワークの管理者",
        Party::Nobody => "なし",
    },
    bases: |basis| match basis {
        DiagnosisBasis::Phrase => "サーバーの応答文",
        DiagnosisBasis::Enhanced => "拡張ステータスコード",
        DiagnosisBasis::Command => "コマンド",
        DiagnosisBasis::Code => "応答コード",
        DiagnosisBasis::Severity => "先頭の数字",
    },
    speakers: |speaker| match speaker {
        Speaker::Server => "サーバーからの応答です。",
        Speaker::Client => "サーバーの応答ではなく、プログラム自身のメッセージです。",
        Speaker::Http => {
            "SMTPやFTPのサーバーではなく、ウェブサーバーまたはウェブのインターフェースからのメッセージです。"
        }
        Speaker::System => "SMTPやFTPのサーバーではなく、OSまたはネットワークからのメッセージです。",
        Speaker::Winsock => "サーバーの応答ではなく、Windows（Winsock）のエラー番号です。",
        Speaker::Tls => "SMTPやFTPのサーバーではなく、暗号化の層（TLS）からのメッセージです。",
        _ => "",
    },
    section: "RFC {}、{}節",
};

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    /// One thing has one name, here and on the site.
    #[test]
    fn names_are_those_of_the_site() {
        for (lang, site) in [
            (Lang::EN, include_str!("../../../site/words/en.json")),
            (Lang::JA, include_str!("../../../site/words/ja.json")),
        ] {
            let site: Value = serde_json::from_str(site).unwrap();
            let words = Words::of(lang);
            for verdict in Verdict::ALL {
                let (name, text) = words.of_verdict(*verdict);
                assert!(name.ends_with(site["verdict"][verdict.id()]["name"].as_str().unwrap()), "{name}");
                assert_eq!(site["verdict"][verdict.id()]["text"], text);
            }
            for party in Party::ALL {
                assert_eq!(site["party"][party.id()], words.of_party(*party));
            }
            for basis in DiagnosisBasis::ALL {
                assert_eq!(site["explain"]["bases"][basis.id()], words.of_basis(*basis));
            }
            use Speaker::*;
            for speaker in [Server, Client, Http, System, Winsock, Tls] {
                assert_eq!(site["explain"]["speaker"][speaker.id()], words.of_speaker(speaker));
            }
        }
    }

    #[test]
    fn whether_to_repeat_comes_first() {
        let name = |verdict| Words::of(Lang::EN).of_verdict(verdict).0;
        assert_eq!(
            Verdict::ALL.iter().copied().map(name).collect::<Vec<_>>(),
            ["Done", "Continue", "Yes. Retry soon", "Yes. Retry later", "No. Fix first", "No. Give up",]
        );
    }
}
