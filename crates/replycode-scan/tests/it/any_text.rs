//! Properties over arbitrary bytes and over texts made of the pieces that the recognisers look for.

use proptest::prelude::*;
use replycode::{Protocol, ReplyCode};
use replycode_scan::{Form, find, incident};

use crate::pieces::PIECES;

/// What find() promises, whatever the text.
fn holds(text: &[u8], hint: Option<Protocol>) {
    let mut last = 0;
    let mut replies = 0;
    for found in find(text, hint) {
        assert!(found.offset >= last, "{found:?} begins before {last}");
        assert!(found.len > 0, "{found:?}");
        last = found.offset + found.len;
        assert!(last <= text.len(), "{found:?} ends beyond {}", text.len());
        assert!(found.text.start <= found.text.end && found.text.end <= text.len(), "{found:?}");
        assert!(found.code.is_some() || found.enhanced.is_some(), "{found:?}");
        assert_eq!(found.bytes(text).len(), found.len);
        if let (Some(code), false) = (found.code, matches!(found.form, Form::Spelled | Form::Bytes)) {
            let digits = code.get().to_string();
            assert!(found.bytes(text).windows(3).any(|window| window == digits.as_bytes()), "{found:?}");
        }
        // The words stand within the text, in order.
        let base = text.as_ptr() as usize;
        let mut place = 0;
        for piece in found.words(text) {
            let start = piece.as_ptr() as usize - base;
            assert!(start >= place && start + piece.len() <= found.text.end && !piece.is_empty(), "{found:?}");
            place = start + piece.len();
        }
        replies += 1;
    }
    let incident = incident(text, hint);
    assert_eq!(incident.replies, replies);
    if let Some(deciding) = incident.deciding {
        assert!(find(text, hint).any(|found| found == deciding));
    }
}

fn hint() -> impl Strategy<Value = Option<Protocol>> {
    prop_oneof![Just(None), Just(Some(Protocol::Smtp)), Just(Some(Protocol::Ftp))]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn arbitrary_bytes(text in proptest::collection::vec(any::<u8>(), 0..400), hint in hint()) {
        holds(&text, hint);
    }

    #[test]
    fn pieces_of_logs(pieces in proptest::collection::vec(proptest::sample::select(PIECES), 0..60), hint in hint()) {
        holds(pieces.concat().as_bytes(), hint);
    }

    #[test]
    fn a_bare_reply_is_found_whatever_its_words(code in 400u16..600, words in "[A-Z][a-z]{2,9}( [a-z]{2,9}){0,5}") {
        let code = ReplyCode::new(code).unwrap();
        let text = format!("< {code} {words}\r\n");
        let found: Vec<_> = find(text.as_bytes(), None).collect();
        prop_assert_eq!(found.len(), 1);
        prop_assert_eq!(found[0].code, Some(code));
        prop_assert_eq!(found[0].text.of(text.as_bytes()), words.as_bytes());
    }
}

#[test]
fn every_beginning_of_a_text() {
    let texts: [&[u8]; 8] = [
        b"220 mail.example.com ESMTP\r\nEHLO cam\r\n250-mail.example.com\r\n250 DSN\r\nRCPT TO:<bob@example.net>\r\n550-5.1.1 No\r\n550 5.1.1 such user\r\n",
        b"status=bounced (host mx.example.net[192.0.2.1] said: 550 5.1.1 <bob@example.net>: User unknown\n    in table (in reply to RCPT TO command))\n",
        b"{'bob@example.net': (550, b'5.1.1 <bob@example.net>\\n5.1.1 User unknown')}",
        b"{\"code\": 501, \"message\": \"5.1.0 Invalid sender\", \"status\": \"5.1.0\"}",
        b"Expected response code 250 but got code \"550\", with message \"550 5.7.1 Relaying denied\r\n\"",
        b"Permanent(Code { severity: PermanentNegativeCompletion, category: Unspecified3, detail: Four }) [53, 51, 48, 32, 78, 111]",
        "エラーコード：535\r\n応答：「535 5.7.8 認証エラー」\r\n".as_bytes(),
        b"<tr><td>530</td><td>Login&nbsp;incorrect.</td></tr>&lt;550 x&gt; \x1b[31m421 Timeout\x1b[0m",
    ];
    for text in texts {
        for end in 0..=text.len() {
            holds(&text[..end], None);
            holds(&text[end..], Some(Protocol::Smtp));
        }
    }
}
