//! The answer for people.

use expect_test::expect;

use crate::{Run, explain, path, run, run_with};

const TRANSCRIPT: &[u8] = b"\
> EPSV
< 500 'EPSV': command not understood.
> PASV
< 227 Entering Passive Mode (192,0,2,1,221,181)
> STOR snap.jpg
< 553 Could not create file.
> QUIT
< 221 Goodbye.
";

#[test]
fn a_code_of_one_protocol() {
    expect![[r#"
        SMTP 454  TLS not available now
          The server supports encryption but cannot start it at the moment.

        What to do
          Try again later. If it keeps happening, ask the server's administrator to
          check the TLS certificate and settings.

        Retry as is?  Yes. Retry later: Repeat it unchanged after minutes or hours.
        Who must act  the server's administrator
        Likely cause  Server cannot serve now (server_unavailable)
        Rests on      the reply code (rule code-server)
        Class         Transient negative completion, Mail system
        RFC text      TLS not available due to temporary reason
        Source        RFC 3207, section 4

        Other meanings of SMTP 454
          - Login check not possible now (as an answer to AUTH)
    "#]]
    .assert_eq(&explain(&["--protocol", "smtp", "454"]));
}

#[test]
fn a_code_that_both_protocols_have() {
    let text = explain(&["550"]);
    let (smtp, ftp) = text.split_once("\n\nFTP 550  File or folder unavailable\n").unwrap();
    assert!(smtp.starts_with("SMTP 550  Mailbox unavailable or refused\n"), "{smtp}");
    assert!(ftp.contains("RFC 959, section 4.2.2"), "{ftp}");
    // A code that only one of them has needs no choice.
    assert!(explain(&["425"]).starts_with("FTP 425  "));
    assert!(!explain(&["425"]).contains("SMTP"));
    // Of a code that neither has both speak, by its first digit.
    let unknown = explain(&["799"]);
    assert!(unknown.starts_with("SMTP 799  Unassigned reply class\n"), "{unknown}");
    assert!(unknown.contains("\nFTP 799  Unassigned reply class\n"), "{unknown}");
    // A text need not tell it either.
    let either = explain(&["421 Hm"]);
    assert!(either.starts_with("SMTP 421  ") && either.contains("\nFTP 421  "), "{either}");
}

#[test]
fn a_code_with_an_enhanced_code() {
    let text = explain(&["550", "5.1.1"]);
    assert!(text.starts_with("SMTP 550 5.1.1  Mailbox unavailable or refused\n"), "{text}");
    assert!(text.contains("\nRecipient does not exist  (recipient_unknown)\n"), "{text}");
    assert!(text.contains("the enhanced code (rule enhanced-recipient)"), "{text}");
    assert!(explain(&["5.7.8"]).starts_with("SMTP 5.7.8  "));
}

#[test]
fn a_reply_in_japanese() {
    expect![[r#"
        SMTP 550 5.7.1  メールボックス利用不可または拒否
          550 5.7.1 Relaying denied

        メールの中継を拒否  (relay_denied)
          サーバーが、この宛先へのメールの中継を拒否しました。多くのサーバーは、ログイン
          後の送信か、自分のドメイン宛てのメールだけを受け付けます。

        対処
          1. 機器のメール設定で認証を有効にし、このサーバーのアカウントのユーザー名とパ
             スワードを入力してください。
          2. サーバー名とポートを確認してください。受信専用のサーバーではなく、プロバイ
             ダーの送信用サーバー（ポート587または465）を指定します。
          3. 宛先アドレスのドメインに入力の誤りがないか確認してください。
          4. 自社のメールサーバーの場合は、機器のIPアドレスからの中継の許可を管理者に依
             頼してください。

        そのまま再試行        不可。修正してから再試行：先に設定などの変更が必要です。同
                              じ操作は再び失敗します。
        対処する人            機器の設定をする人
        ほかに考えられる原因  サーバーの規則による拒否
        根拠                  サーバーの応答文 (規則relay-denied)
        分類                  恒久的な否定的完了応答、メールシステム
        規格の文言            Requested action not taken: mailbox unavailable (e.g.,
                              mailbox not found, no access, or command rejected for
                              policy reasons)
        出典                  RFC 5321、4.2.3節
    "#]]
    .assert_eq(&explain(&["--lang", "ja", "550 5.7.1 Relaying denied"]));
}

#[test]
fn a_transcript() {
    let Run { status, output, .. } = run(&["explain"], TRANSCRIPT);
    assert_eq!(status, 0);
    expect![[r#"
        FTP 553  File name not allowed
          553 Could not create file.

        No right to read or write  (ftp_permission_denied)
          The FTP user has no right to read, write, create or delete here.

        What to do
          1. Check the target folder in the device's FTP settings; relative to the login
             folder it often has no leading slash.
          2. Give the FTP user write permission on that folder on the server.
          3. Check that uploads are switched on in the server's configuration (vsftpd
             write_enable, share rights of a NAS).

        Retry as is?   No. Fix first: Somebody must change something first; the same
                       attempt would fail again.
        Who must act   the server's administrator
        Also possible  File name not accepted
        Rests on       the server's words (rule ftp-rights)
        Class          Permanent negative completion, File system
        RFC text       Requested action not taken. File name not allowed.
        Source         RFC 959, section 4.2.2

        Replies in the text
          line 2  500 'EPSV': command not understood.  FTP command not supported
          line 4  227 Entering Passive Mode (192,0,2,1,221,181)  Passive mode ready
        > line 6  553 Could not create file.  No right to read or write
          line 8  221 Goodbye.  Connection closing
    "#]]
    .assert_eq(&output);
    assert_eq!(run(&["explain", "-"], TRANSCRIPT).output, output);
}

#[test]
fn what_no_server_said() {
    let Run { status, output, .. } = run(&["explain", "connect ECONNREFUSED 192.0.2.1:25"], b"");
    assert_eq!(status, 1);
    expect![[r#"
        There is no SMTP or FTP reply in this text.
        This comes from the operating system or the network, not from an SMTP or FTP
        server.

        Not a reply from a server  (not_a_reply)
          The text holds no reply of an SMTP or FTP server. Another program or layer
          reports the error.

        What to do
          1. Check server name, port, network and DNS settings of the device; as a rule
             no connection came about.
          2. Read the message in the manual of the program that wrote it.
          3. Get the protocol log, in which replies begin with three digits.

        Retry as is?  No. Fix first: Somebody must change something first; the same
                      attempt would fail again.
        Who must act  whoever runs the network
    "#]]
    .assert_eq(&output);
    let Run { status, output, .. } = run(&["explain", "10060"], b"");
    assert_eq!(status, 1);
    assert!(output.starts_with("10060  No reply: connection timed out\n"), "{output}");
    assert_eq!(run(&["explain"], b"").status, 1);
    // The words of a server without its code are an answer.
    assert_eq!(run(&["explain", "Relay access denied"], b"").status, 0);
}

#[test]
fn the_command_chooses_the_sense() {
    let auth = explain(&["--protocol", "smtp", "--command", "auth", "454"]);
    assert!(auth.starts_with("SMTP 454  Login check not possible now\n"), "{auth}");
    // A command that only one protocol has tells the protocol.
    assert!(explain(&["--command", "STOR", "550"]).starts_with("FTP 550  "));
    let recipients = explain(&["--command", "RCPT", "452 Hm"]);
    assert!(recipients.contains("(too_many_recipients)"), "{recipients}");
    // What the text shows counts.
    let shown = run(&["explain", "--command", "RCPT"], b"C: DATA\nS: 452 Hm\n").output;
    assert!(!shown.contains("(too_many_recipients)"), "{shown}");
}

#[test]
fn the_locale_names_the_language() {
    let lang = |locale: &'static str, arguments: &[&str]| {
        run_with(arguments, b"", |host| host.with_locale(locale)).output.lines().next().unwrap().to_owned()
    };
    assert_eq!(lang("ja_JP.UTF-8", &["explain", "425"]), "FTP 425  データ接続の失敗");
    assert_eq!(lang("de_DE.UTF-8", &["explain", "425"]), "FTP 425  Data connection failed");
    assert_eq!(lang("ja_JP.UTF-8", &["explain", "--lang", "en", "425"]), "FTP 425  Data connection failed");
}

#[test]
fn lines_fit_the_terminal() {
    let texts: [&[&str]; 3] = [
        &["explain", "--lang", "ja", "550 5.7.1 Relaying denied"],
        &["explain", "--lang", "en", "550"],
        &["explain", "--lang", "ja", "425"],
    ];
    for arguments in texts {
        for columns in [40, 64, 100] {
            let plain = plain(&run_with(arguments, b"", |host| host.with_terminal(columns)).output);
            let widest = plain.lines().map(textwrap::core::display_width).max().unwrap();
            assert!((columns - 12..=columns).contains(&widest), "{columns}: {widest}\n{plain}");
        }
    }
    // Wide characters count twice, so a Japanese line has half as many.
    let japanese = plain(&run_with(texts[2], b"", |host| host.with_terminal(40)).output);
    assert!(japanese.lines().all(|line| line.chars().count() <= 40 && line.len() <= 3 * 20 + 20), "{japanese}");
}

/// A text without what colours it.
fn plain(text: &str) -> String {
    let mut pieces = text.split('\x1b');
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |text, piece| text + piece.split_once('m').expect("colours only").1)
}

#[test]
fn colours_only_on_a_terminal() {
    let arguments = &["explain", "--protocol", "ftp", "530 Login incorrect."];
    let painted = run_with(arguments, b"", |host| host.with_terminal(80)).output;
    let text = run(arguments, b"").output;
    assert!(painted.contains("\x1b[1mFTP 530\x1b[0m") && !text.contains('\x1b'));
    assert_eq!(plain(&painted), text);
}

#[test]
fn what_a_server_sends_does_not_reach_the_terminal() {
    let hostile = "550 5.1.1 \x1b]0;owned\x07\x1b[2J user\u{9b}31m \u{202e}unknown\u{2066}\r\n".as_bytes();
    let more = b"550-\x9b31m \xff\xfe\r\n550 5.1.1 User unknown \x08\x08\x7f\r\n";
    for input in [hostile, more, b"\x1b[31m550 User \x1b[0m", b"550 \x83\x8d\x83O no such user"] {
        for arguments in [&["explain"][..], &["explain", "--format", "json"], &["explain", "--lang", "ja"]] {
            let Run { output, errors, .. } = run(arguments, input);
            let shown = output.chars().chain(errors.chars()).filter(|&c| c != '\n');
            let hostile: Vec<char> = shown
                .filter(|&c| c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'))
                .collect();
            assert!(hostile.is_empty(), "{hostile:?}\n{output}");
        }
    }
    let shown = run(&["explain", "--protocol", "ftp"], b"530 \x83\x8d\x83O: Login incorrect").output;
    assert!(shown.contains("\n  530 \\x83\\x8d\\x83O: Login incorrect\n"), "{shown}");
}

#[test]
fn a_long_text_is_answered_briefly() {
    let mut log = String::new();
    for number in 0..500 {
        log += &format!("{number} mx postfix/smtp[7]: to=<a{number}@example.net>, said: 550 5.1.1 User unknown\n");
    }
    let long = run(&["explain"], log.as_bytes()).output;
    assert!(long.lines().count() < 60, "{long}");
    assert!(long.ends_with("  and 480 more\n"), "{long}");
    let line = format!("550 5.1.1 User unknown {}", "x".repeat(100_000));
    let long = run(&["explain"], line.as_bytes()).output;
    assert!(long.len() < 4000, "{}", long.len());
}

#[test]
fn rules_of_a_site_answer() {
    let rules = path("examples/rules.yaml");
    let text = explain(&["--rules", &rules, "554 5.7.1 Sender address rejected: Contract expired"]);
    assert!(text.contains("\nCamera contract expired  (acme_contract_expired)\n"), "{text}");
    assert!(text.contains("the server's words (rule acme-contract)"), "{text}");
    let busy = explain(&["--rules", &rules, "--protocol", "ftp", "550 cam17.jpg: RAID rebuild in progress"]);
    assert!(busy.contains("Yes. Retry later"), "{busy}");
    // In a text as well, beside what the text shows without rules.
    let dialogue = b"> STOR a.jpg\n< 550 a.jpg: RAID rebuild in progress\n> QUIT\n< 221 Goodbye.\n";
    assert!(run(&["explain", "--rules", &rules], dialogue).output.contains("(server_unavailable)"));
    let blocked =
        run(&["explain", "--rules", &rules], b"> PASV\n< 227 Entering Passive Mode (192,0,2,1,4,1)\nTimed out\n");
    assert!(blocked.output.contains("(ftp_passive_blocked)"), "{}", blocked.output);
}
