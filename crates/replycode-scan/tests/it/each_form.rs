//! One line of each form, and everything that is read from it.

use replycode_scan::{Form, find};

/// Text, form, protocol, code, enhanced status code, command, words.
type Line = (&'static str, Form, &'static str, u16, &'static str, &'static str, &'static str);

const LINES: &[Line] = &[
    ("550 5.1.1 No such user", Form::Bare, "smtp", 550, "5.1.1", "", "No such user"),
    ("226-Done\r\n226 1.5 seconds", Form::Bare, "ftp", 226, "", "", "Done 1.5 seconds"),
    ("< 421 4.7.0 Busy", Form::Dialog, "smtp", 421, "4.7.0", "", "Busy"),
    ("Antwort:\t530 Login authentication failed", Form::Dialog, "ftp", 530, "", "", "Login authentication failed"),
    ("SERVER -> CLIENT: 354 Go ahead", Form::Dialog, "smtp", 354, "", "", "Go ahead"),
    ("> STOR a.jpg\n< 553 No room", Form::Dialog, "ftp", 553, "", "STOR", "No room"),
    ("ftplib.error_perm: 550 Not there", Form::Labelled, "ftp", 550, "", "", "Not there"),
    ("unexpected response to STOR: 552 Full", Form::Labelled, "ftp", 552, "", "STOR", "Full"),
    (
        "host mx[192.0.2.1] said: 452 4.2.2 Full (in reply to RCPT TO command)",
        Form::Labelled,
        "smtp",
        452,
        "4.2.2",
        "RCPT",
        "Full",
    ),
    ("host mx[192.0.2.1] refused to talk to me: 554 Go away", Form::Labelled, "smtp", 554, "", "connect", "Go away"),
    (
        "error from remote mail server after end of data: 554 5.7.1 Spam",
        Form::Labelled,
        "smtp",
        554,
        "5.7.1",
        "data-end",
        "Spam",
    ),
    (
        "Diagnostic-Code: smtp; 550 5.1.1 Gone\n and forgotten",
        Form::Labelled,
        "smtp",
        550,
        "5.1.1",
        "",
        "Gone and forgotten",
    ),
    ("\"RCPT TO:<a@b>\" => 550 Invalid recipient", Form::Labelled, "smtp", 550, "", "RCPT", "Invalid recipient"),
    ("stat=550 Invalid recipient", Form::Labelled, "smtp", 550, "", "", "Invalid recipient"),
    (
        "Code: 425 Message: Unable to build data connection",
        Form::Labelled,
        "ftp",
        425,
        "",
        "",
        "Unable to build data connection",
    ),
    (
        "Response: code=425, buffer='Cannot open data connection.'",
        Form::Field,
        "ftp",
        425,
        "",
        "",
        "Cannot open data connection.",
    ),
    ("{\"code\": 501, \"message\": \"5.1.0 Invalid sender\"}", Form::Field, "smtp", 501, "5.1.0", "", "Invalid sender"),
    (
        "{ Error: Filename invalid\n    at Parser (ftp/parser.js:250:10) code: 550 }",
        Form::Field,
        "ftp",
        550,
        "",
        "",
        "Filename invalid",
    ),
    ("SMTP error 535", Form::Field, "smtp", 535, "", "", ""),
    ("\"reason\":\"554 5.7.1 Blocked\",\"x\":1", Form::Quoted, "smtp", 554, "5.7.1", "", "Blocked"),
    ("status=sent (250 2.0.0 Ok: queued as 4F25)", Form::Quoted, "smtp", 250, "2.0.0", "", "Ok: queued as 4F25"),
    (
        "got response [530 5.7.0 Must issue STARTTLS] in x",
        Form::Quoted,
        "smtp",
        530,
        "5.7.0",
        "",
        "Must issue STARTTLS",
    ),
    ("{'a@b': (550, b'5.1.1 Gone\\n5.1.1 for good')}", Form::Tuple, "smtp", 550, "5.1.1", "", "Gone for good"),
    ("The server returned an error: (550) File unavailable", Form::Bracketed, "ftp", 550, "", "", "File unavailable"),
    (
        "message: Login authentication failed[530]\nftp",
        Form::Bracketed,
        "ftp",
        530,
        "",
        "",
        "Login authentication failed",
    ),
    ("Could not log in to ftp. Reason 530 Use TLS first", Form::Embedded, "ftp", 530, "", "", "Use TLS first"),
    ("it failed with 550 5.7.1 Relaying denied", Form::Embedded, "smtp", 550, "5.7.1", "", "Relaying denied"),
    (
        "/Remote_host_said:_550_5.1.1_No_such_user/Giving_up_on_192.0.2.1./",
        Form::Escaped,
        "smtp",
        550,
        "5.1.1",
        "",
        "No such user",
    ),
    ("192.0.2.5 alice \"STOR a.jpg\" 553 -", Form::Column, "ftp", 553, "", "STOR", ""),
    ("2012-03-01 10:11:12 192.0.2.5 - PASS *** 530 1326 41", Form::Column, "ftp", 530, "", "PASS", ""),
    ("body: [53, 51, 48, 32, 78, 111]", Form::Bytes, "ftp", 530, "", "", ""),
    (
        "Code { severity: TransientNegativeCompletion, category: MailSystem, detail: One }",
        Form::Spelled,
        "smtp",
        451,
        "",
        "",
        "",
    ),
    (
        "The server response was: 5.7.1 Relay access denied",
        Form::Enhanced,
        "smtp",
        0,
        "5.7.1",
        "",
        "Relay access denied",
    ),
    (
        "Sorry, no mailbox here by that name. (#5.1.1)",
        Form::Enhanced,
        "smtp",
        0,
        "5.1.1",
        "",
        "Sorry, no mailbox here by that name.",
    ),
    (
        "dsn=4.4.1, status=deferred (connect to mx: timed out)",
        Form::Status,
        "smtp",
        0,
        "4.4.1",
        "",
        "connect to mx: timed out",
    ),
    ("dsn=5.1.1, stat=User unknown", Form::Status, "smtp", 0, "5.1.1", "", "User unknown"),
];

#[test]
fn everything_is_read_from_each_form() {
    for &(text, form, protocol, code, enhanced, command, words) in LINES {
        let bytes = text.as_bytes();
        let found: Vec<_> = find(bytes, None).collect();
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        let found = found[0];
        let read = (
            found.form,
            found.protocol.map_or("", |protocol| protocol.id()),
            found.code.map_or(0, |code| code.get()),
            found.enhanced.map(|code| code.to_string()).unwrap_or_default(),
            found.command.unwrap_or_default(),
            String::from_utf8_lossy(found.copy_words(bytes, &mut [0; 200])).into_owned(),
        );
        assert_eq!(read, (form, protocol, code, enhanced.to_owned(), command, words.to_owned()), "{text}");
    }
}

#[test]
fn the_place_of_a_reply_is_exact() {
    for (text, reply) in [
        ("x said: 550 5.1.1 No (in reply to RCPT TO command)", "550 5.1.1 No"),
        ("S: 550-One\r\nS: 550 Two\r\nC: QUIT", "550-One\r\nS: 550 Two"),
        ("\"250 ok\" and \"550 No such user\"", "250 ok"),
        ("ftp: failed[530]", "failed[530"),
        ("エラー：「535 認証に失敗」です", "535 認証に失敗"),
    ] {
        let found = find(text.as_bytes(), None).next();
        assert_eq!(found.map(|found| found.bytes(text.as_bytes())), Some(reply.as_bytes()), "{text}: {found:?}");
    }
}

/// Lines of a log stand for themselves: what is behind a reply on its line is not the command of the next one, and the
/// time stamp of the line below is none of the line above.
#[test]
fn what_belongs_to_the_line_above() {
    let log = "\
        Mar  1 10:11:12 mx smtp[7]: host mx[192.0.2.1] said: 550 5.1.1 Gone (in reply to RCPT TO command))\n\
        Sun Mar  1 10:11:13 2026 [pid 2] [al] FTP response: Client \"192.0.2.5\", \"530 Login incorrect.\"\n";
    let commands: Vec<_> = find(log.as_bytes(), None).map(|found| found.command).collect();
    assert_eq!(commands, [Some("RCPT"), None]);

    let failure = "2026-03-01 10:11:12,001 ERROR failed\nTraceback (most recent call last):\n\
                   ftplib.error_perm: 550 Permission denied\n";
    assert_eq!(find(failure.repeat(3).as_bytes(), None).count(), 3);
}

/// A device's history: time, protocol, reply. There a code needs not be one that the catalogue has.
#[test]
fn a_history_has_codes_that_nobody_knows() {
    for (line, codes) in [
        ("2026-11-02 11:05:29 smtp 599 Server said no\n", &[599][..]),
        ("11:05:29 FTP 581 Not today\n", &[581]),
        ("smtp 571 Message refused\n", &[571]),
        ("11:05:29 smtp 587 Connection refused\n", &[]),
        ("11:05:29 ftp 576 bytes received\n", &[]),
        ("11:05:29 smtp 560 messages\n", &[]),
        ("cam01 smtp 560 Messages\n", &[]),
    ] {
        let found: Vec<_> = find(line.as_bytes(), None).filter_map(|found| found.code).map(|code| code.get()).collect();
        assert_eq!(found, codes, "{line}");
    }
}
