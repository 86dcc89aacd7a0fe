//! What went wrong, from whole texts.

use replycode::{Cause, Protocol, Verdict, cause};
use replycode_scan::explain_incident;

#[track_caller]
fn check(text: &str, expected: Cause, verdict: Verdict) {
    let answer = explain_incident(text.as_bytes(), None);
    assert_eq!((answer.cause, answer.verdict), (expected, verdict), "{answer:?}");
    assert_eq!(answer.party(), expected.party());
}

#[test]
fn the_deciding_reply_is_explained() {
    check(
        "C: EPSV\nS: 500 'EPSV': command not understood.\nC: PASV\nS: 227 Entering Passive Mode (192,0,2,1,200,1)\n\
         C: STOR a.jpg\nS: 552 Disk full - please upload later\n",
        cause::FTP_QUOTA_EXCEEDED,
        Verdict::FixFirst,
    );
    check(
        "C: RCPT TO:<bob@example.net>\nS: 450-4.2.0 <bob@example.net>: Recipient address\nS: 450 4.2.0 rejected: Greylisted\n",
        cause::GREYLISTED,
        Verdict::RetryLater,
    );
    check("S: 220 mx.example.net ready\nC: QUIT\nS: 221 Bye\n", cause::NO_ERROR, Verdict::Done);
}

#[test]
fn a_data_connection_that_nobody_opens() {
    let pasv = "> PASV\n< 227 Entering Passive Mode (192,168,0,2,200,1)\nconnect timed out\n";
    check(pasv, cause::FTP_PASSIVE_BLOCKED, Verdict::FixFirst);
    check("230 Logged in\n---> TYPE I\n200 Type set\n---> PASV\n", cause::FTP_PASSIVE_BLOCKED, Verdict::FixFirst);
    check(
        "230 Logged in\n---> TYPE I\n200 Type set\n---> PORT 192,0,2,9,4,1\n",
        cause::FTP_ACTIVE_BLOCKED,
        Verdict::FixFirst,
    );
    // Alone it is a success.
    check("227 Entering Passive Mode (192,0,2,1,200,1)\r\n", cause::NO_ERROR, Verdict::Done);
}

#[test]
fn a_reply_passed_on_by_another_server() {
    check(
        "550 5.0.350 Remote server returned an error -> 552 5.2.2 Mailbox quota exceeded",
        cause::MAILBOX_FULL,
        Verdict::FixFirst,
    );
}

#[test]
fn without_a_reply_the_words_tell_or_nothing_does() {
    check("SMTP Error: Could not authenticate: authentication failed", cause::AUTH_FAILED, Verdict::FixFirst);
    for text in ["", "connect ECONNREFUSED 192.0.2.1:21", "HTTP/1.1 404 Not Found", "Hello"] {
        let answer = explain_incident(text.as_bytes(), Some(Protocol::Ftp));
        assert_eq!(answer.cause, cause::NOT_A_REPLY, "{text}");
        assert!(answer.diagnosis.is_none());
    }
}
