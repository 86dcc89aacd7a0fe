//! What the programs write: lines without and records with replies, and what these replies are.
//!
//! Placeholders are explained in `pattern.rs`. The causes are the ids of catalog.yaml; `probe` marks a refusal that stops
//! nothing. A reply's line count says how many lines of the record are part of it.

use std::fmt;

/// Whose reply it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Protocol {
    Smtp,
    Ftp,
}

impl fmt::Display for Protocol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Protocol::Smtp => "smtp",
            Protocol::Ftp => "ftp",
        })
    }
}

/// A reply in a record.
#[derive(Clone, Copy, Debug)]
pub struct Reply {
    pub protocol: Protocol,
    /// 0 where only an enhanced status code is written.
    pub code: u16,
    /// What went wrong; empty for a success.
    pub cause: &'static str,
    /// How many lines have a part of it.
    pub lines: u8,
}

impl Reply {
    const fn on(self, lines: u8) -> Reply {
        Reply { lines, ..self }
    }
}

const fn smtp(code: u16, cause: &'static str) -> Reply {
    Reply { protocol: Protocol::Smtp, code, cause, lines: 1 }
}

const fn ftp(code: u16, cause: &'static str) -> Reply {
    Reply { protocol: Protocol::Ftp, code, cause, lines: 1 }
}

pub(crate) struct Source {
    /// How often its turn comes.
    pub(crate) weight: u32,
    /// How many records it writes when its turn has come: at least, at most.
    pub(crate) records: (u32, u32),
    /// Written in Shift_JIS rather than UTF-8.
    pub(crate) cp932: bool,
    pub(crate) plain: &'static [&'static str],
    pub(crate) replies: &'static [(&'static str, &'static [Reply])],
}

pub(crate) const SOURCES: &[Source] = &[
    POSTFIX,
    EXIM,
    SENDMAIL,
    VSFTPD,
    PROFTPD,
    FILEZILLA,
    PYTHON,
    NODE,
    DOTNET,
    ESP32,
    ESP32_MAIL,
    CAMERA,
    CAMERA_SJIS,
    IIS,
    WEB,
];

const POSTFIX: Source = Source {
    weight: 30,
    records: (200, 3000),
    cp932: false,
    plain: &[
        "%T mx1 postfix/smtpd[%p]: connect from %h[%i]\n",
        "%T mx1 postfix/smtpd[%p]: %q: client=%h[%i], sasl_method=PLAIN, sasl_username=%u@example.com\n",
        "%T mx1 postfix/cleanup[%p]: %q: message-id=<20261101%n.%s@%h>\n",
        "%T mx1 postfix/qmgr[%p]: %q: from=<%u@%h>, size=%n, nrcpt=1 (queue active)\n",
        "%T mx1 postfix/smtpd[%p]: disconnect from %h[%i] ehlo=1 mail=1 rcpt=1 data=1 quit=1 commands=5\n",
        "%T mx1 postfix/qmgr[%p]: %q: removed\n",
        "%T mx1 postfix/anvil[%p]: statistics: max connection rate 1/60s for (smtp:%i) at %T\n",
        "%T mx1 postfix/anvil[%p]: statistics: max cache size %n at %T\n",
        "%T mx1 postfix/smtpd[%p]: warning: hostname %h does not resolve to address %i: Name or service not known\n",
        "%T mx1 postfix/smtpd[%p]: warning: %h[%i]: SASL LOGIN authentication failed: UGFzc3dvcmQ6, sasl_username=%u\n",
        "%T mx1 dovecot: imap-login: Login: user=<%u>, method=PLAIN, rip=%i, lip=192.0.2.25, mpid=%p, TLS, session=<%s%s>\n",
        "%T mx1 dovecot: imap(%u)<%p><%s>: Logged out in=%n out=%n deleted=0 expunged=0 trashed=0 hdr_count=%n\n",
        "%T mx1 sshd[%p]: Failed password for invalid user %u from %i port %t ssh2\n",
        "%T mx1 postfix/smtpd[%p]: Anonymous TLS connection established from %h[%i]: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits)\n",
        "%T mx1 CRON[%p]: (root) CMD (test -x /usr/sbin/anacron || run-parts --report /etc/cron.daily)\n",
        "%T mx1 kernel: [%n.%n] [UFW BLOCK] IN=eth0 OUT= MAC=02:42:ac:11:00:02 SRC=%i DST=192.0.2.25 LEN=%3 TOS=0x00 PREC=0x00 TTL=%o ID=%t PROTO=TCP SPT=%t DPT=%3 WINDOW=%t RES=0x00 SYN URGP=0\n",
        "%T mx1 spamd[%p]: spamd: clean message (-1.%d/5.0) for debian-spamd:115 in %d.%d seconds, %n bytes.\n",
        "%T mx1 rspamd[%p]: <%s>; task; rspamd_task_write_log: id: <%s@%h>, qid: <%q>, ip: %i, from: <%u@%H>, (default: F (no action): [%d.%2/15.00] [ARC_NA(0.00){},MIME_GOOD(-0.10){text/plain;}]), len: %n, time: %3.%3ms, dns req: %n\n",
    ],
    replies: &[
        (
            "%T mx1 postfix/smtp[%p]: %q: to=<%u@%h>, relay=%H[%i]:25, delay=%d.%2, delays=0.0%d/0.01/0.%2/0.3%d, dsn=2.0.0, status=sent (250 2.0.0 Ok: queued as %q)\n",
            &[smtp(250, "")],
        ),
        (
            "%T mx1 postfix/smtp[%p]: %q: to=<%u@%h>, relay=%H[%i]:25, delay=%d.%2, delays=0.0%d/0.01/0.%2/0.3%d, dsn=2.0.0, status=sent (250 2.0.0 OK  1793500%3 a%s.%3 - gsmtp)\n",
            &[smtp(250, "")],
        ),
        (
            "%T mx1 postfix/smtp[%p]: %q: to=<%u@%h>, relay=%H[%i]:25, delay=%d.%2, delays=0.0%d/0.01/0.%2/0.3%d, dsn=5.1.1, status=bounced (host %H[%J] said: 550 5.1.1 <%U@%H>: Recipient address rejected: User unknown in virtual mailbox table (in reply to RCPT TO command))\n",
            &[smtp(550, "recipient_unknown")],
        ),
        (
            "%T mx1 postfix/smtp[%p]: %q: to=<%u@%h>, relay=%H[%i]:25, delay=%n, delays=%n/0.01/0.%2/0.3%d, dsn=4.2.0, status=deferred (host %H[%J] said: 450 4.2.0 <%U@%H>: Recipient address rejected: Greylisted, see http://postgrey.example.org/help (in reply to RCPT TO command))\n",
            &[smtp(450, "greylisted")],
        ),
        (
            "%T mx1 postfix/smtp[%p]: %q: to=<%u@%h>, relay=%H[%i]:25, delay=%n, delays=%n/0.01/0.%2/0.3%d, dsn=4.2.2, status=deferred (host %H[%J] said: 452 4.2.2 <%U@%H>: Mailbox is full (in reply to RCPT TO command))\n",
            &[smtp(452, "mailbox_full")],
        ),
        (
            "%T mx1 postfix/smtp[%p]: %q: host %h[%i] said: 421 4.7.0 [%J] Too many connections from your IP, try again later (in reply to MAIL FROM command)\n",
            &[smtp(421, "too_many_connections")],
        ),
        (
            "%T mx1 postfix/smtpd[%p]: NOQUEUE: reject: RCPT from %h[%i]: 554 5.7.1 <%u@example.org>: Relay access denied; from=<%U@%H> to=<%U@example.org> proto=ESMTP helo=<%H>\n",
            &[smtp(554, "relay_denied")],
        ),
        (
            "%T mx1 postfix/smtpd[%p]: NOQUEUE: reject: RCPT from unknown[%i]: 554 5.7.1 Service unavailable; Client host [%J] blocked using zen.spamhaus.org; https://www.spamhaus.org/query/ip/%J; from=<%u@%h> to=<%u@example.com> proto=SMTP helo=<%H>\n",
            &[smtp(554, "ip_blocklisted")],
        ),
        (
            "%T mx1 postfix/smtpd[%p]: NOQUEUE: reject: RCPT from unknown[%i]: 504 5.5.2 <%u>: Helo command rejected: need fully-qualified hostname; from=<%U@%h> to=<%u@example.com> proto=ESMTP helo=<%U>\n",
            &[smtp(504, "helo_rejected")],
        ),
    ],
};

const EXIM: Source = Source {
    weight: 10,
    records: (100, 1500),
    cp932: false,
    plain: &[
        "%I 1v%e-0001%d%d-2C <= %u@%h H=%H [%i] P=esmtps X=TLS1.3:TLS_AES_256_GCM_SHA384:256 CV=no S=%n id=%s@%H\n",
        "%I 1v%e-0002%d%d-0Q Completed\n",
        "%I no host name found for IP address %i\n",
        "%I H=(ylmf-pc) [%i] F=<%u@%h> rejected RCPT <%u@example.com>: relay not permitted\n",
        "%I SMTP connection from [%i]:%t I=[192.0.2.25]:25 closed by QUIT\n",
        "%I 1v%e-0003%d%d-1x => %u <%U@example.com> R=localuser T=maildir_home\n",
        "%I Start queue run: pid=%p\n",
        "%I End queue run: pid=%p\n",
        "%I TLS error on connection from %h [%i]:%t I=[192.0.2.25]:465 (SSL_accept): error:00000000:lib(0)::reason(0)\n",
    ],
    replies: &[
        (
            "%I 1v%e-0001%d%d-2C => %u@%h R=dnslookup T=remote_smtp H=%H [%i] X=TLS1.3:TLS_AES_256_GCM_SHA384:256 CV=yes C=\"250 2.0.0 Ok: queued as %q\"\n",
            &[smtp(250, "")],
        ),
        (
            "%I 1v%e-0001%d%d-2C ** %u@%h R=dnslookup T=remote_smtp H=%H [%i]: SMTP error from remote mail server after RCPT TO:<%U@%H>: 550 5.1.1 <%U@%H>: Recipient address rejected: User unknown in local recipient table\n",
            &[smtp(550, "recipient_unknown")],
        ),
        (
            "%I 1v%e-0001%d%d-2C == %u@%h R=dnslookup T=remote_smtp defer (-44) H=%H [%i]: SMTP error from remote mail server after RCPT TO:<%U@%H>: 451 4.7.1 Greylisting in action, please come back later\n",
            &[smtp(451, "greylisted")],
        ),
        (
            "%I 1v%e-0001%d%d-2C ** %u@%h R=dnslookup T=remote_smtp H=%H [%i]: SMTP error from remote mail server after end of data: 552 5.3.4 Message size exceeds fixed limit\n",
            &[smtp(552, "message_too_large")],
        ),
        (
            "%I 1v%e-0001%d%d-2C ** %u@%h R=smarthost T=remote_smtp_smarthost H=%H [%i]: SMTP error from remote mail server after MAIL FROM:<%U@%H>: 530 5.7.0 Authentication required\n",
            &[smtp(530, "auth_required")],
        ),
    ],
};

const SENDMAIL: Source = Source {
    weight: 6,
    records: (100, 1000),
    cp932: false,
    plain: &[
        "%T host7 sm-mta[%p]: 5A1%s0%p: from=<%u@%h>, size=%n, class=0, nrcpts=1, msgid=<%s.%n@%H>, proto=ESMTP, daemon=MTA-v4, relay=%H [%i]\n",
        "%T host7 sm-mta[%p]: STARTTLS=server, relay=%h [%i], version=TLSv1.3, verify=NO, cipher=TLS_AES_256_GCM_SHA384, bits=256/256\n",
        "%T host7 sm-mta[%p]: 5A1%s0%p: %h [%i] did not issue MAIL/EXPN/VRFY/ETRN during connection to MTA-v4\n",
        "%T host7 sm-mta[%p]: 5A1%s0%p: lost input channel from %h [%i] to MTA-v4 after rcpt\n",
        "%T host7 sm-msp-queue[%p]: starting daemon (8.17.1): queueing@00:20:00\n",
        "%T host7 sm-mta[%p]: rejecting connections on daemon MTA-v4: load average: %2\n",
    ],
    replies: &[
        (
            "%T host7 sm-mta[%p]: 5A1%s0%p: to=<%u@%h>, delay=00:00:0%d, xdelay=00:00:0%d, mailer=esmtp, pri=120%3, relay=%H. [%i], dsn=2.0.0, stat=Sent (Ok: queued as %q)\n",
            &[smtp(0, "")],
        ),
        (
            "%T host7 sm-mta[%p]: 5A1%s0%p: to=<%u@%h>, delay=00:00:0%d, xdelay=00:00:0%d, mailer=esmtp, pri=120%3, relay=%H. [%i], dsn=5.1.1, stat=User unknown\n",
            &[smtp(0, "recipient_unknown")],
        ),
        (
            "%T host7 sm-mta[%p]: ruleset=check_rcpt, arg1=<%u@%h>, relay=%H [%i], reject=550 5.7.1 <%U@%H>... Relaying denied\n",
            &[smtp(550, "relay_denied")],
        ),
        (
            "%T host7 sm-mta[%p]: ruleset=check_mail, arg1=<%u@%h>, relay=[%i], reject=553 5.1.8 <%U@%H>... Domain of sender address %U@%H does not exist\n",
            &[smtp(553, "sender_domain_invalid")],
        ),
    ],
};

const VSFTPD: Source = Source {
    weight: 10,
    records: (50, 800),
    cp932: false,
    plain: &[
        "%C [pid %p] CONNECT: Client \"::ffff:%i\"\n",
        "%C [pid %p] [%u] OK LOGIN: Client \"::ffff:%i\"\n",
        "%C [pid %p] [%u] OK UPLOAD: Client \"::ffff:%i\", \"/%U/%f\", %n bytes, %3.%2Kbyte/sec\n",
        "%C [pid %p] [%u] OK DOWNLOAD: Client \"::ffff:%i\", \"/pub/%f\", %n bytes, %3.%2Kbyte/sec\n",
        "%C [pid %p] [%u] FAIL UPLOAD: Client \"::ffff:%i\", \"/%U/%f\", 0.00Kbyte/sec\n",
        "%C [pid %p] [%u] FTP command: Client \"::ffff:%i\", \"PASV\"\n",
        "%C [pid %p] [%u] FTP command: Client \"::ffff:%i\", \"STOR %f\"\n",
        "%C [pid %p] [%u] DEBUG: Client \"::ffff:%i\", \"Connection terminated without SSL shutdown\"\n",
        "%C %n ::ffff:%i %b /home/%u/%f b _ i r %U ftp 0 * c\n",
    ],
    replies: &[
        (
            "%C [pid %p] [%u] FTP response: Client \"::ffff:%i\", \"530 Login incorrect.\"\n",
            &[ftp(530, "ftp_login_failed")],
        ),
        (
            "%C [pid %p] [%u] FTP response: Client \"::ffff:%i\", \"553 Could not create file.\"\n",
            &[ftp(553, "ftp_permission_denied")],
        ),
        (
            "%C [pid %p] [%u] FTP response: Client \"::ffff:%i\", \"550 Failed to change directory.\"\n",
            &[ftp(550, "ftp_path_missing")],
        ),
        ("%C [pid %p] [%u] FTP response: Client \"::ffff:%i\", \"226 Transfer complete.\"\n", &[ftp(226, "")]),
        (
            "%C [pid %p] [%u] FTP response: Client \"::ffff:%i\", \"227 Entering Passive Mode (192,0,2,%o,%o,%o).\"\n",
            &[ftp(227, "")],
        ),
        (
            "%C [pid %p] [%u] FTP command: Client \"::ffff:%i\", \"LIST\"\n%C [pid %P] [%U] FTP response: Client \"::ffff:%J\", \"522 SSL connection failed; session reuse required: see require_ssl_reuse option in vsftpd.conf man page\"\n",
            &[ftp(522, "ftp_tls_session_reuse")],
        ),
    ],
};

const PROFTPD: Source = Source {
    weight: 6,
    records: (50, 600),
    cp932: false,
    plain: &[
        "%I,%3 ftp1 proftpd[%p] 192.0.2.21 (%h[%i]): FTP session opened.\n",
        "%I,%3 ftp1 proftpd[%p] 192.0.2.21 (%h[%i]): USER %u: Login successful.\n",
        "%I,%3 ftp1 proftpd[%p] 192.0.2.21 (%h[%i]): Preparing to chroot to directory '/srv/ftp/%u'\n",
        "%I,%3 ftp1 proftpd[%p] 192.0.2.21 (%h[%i]): FTP session closed.\n",
        "%I,%3 ftp1 proftpd[%p] 192.0.2.21 (%h[%i]): mod_tls/2.9.2: using TLSv1.3, cipher TLS_AES_256_GCM_SHA384 (256 bits)\n",
        "%I,%3 ftp1 proftpd[%p] 192.0.2.21: ProFTPD 1.3.8 (stable) (built Sun Nov 1 2026) standalone mode STARTUP\n",
    ],
    replies: &[
        ("%i UNKNOWN %u [%A] \"STOR %f\" 226 %b\n", &[ftp(226, "")]),
        ("%i UNKNOWN %u [%A] \"STOR %f\" 553 -\n", &[ftp(553, "ftp_permission_denied")]),
        ("%i UNKNOWN %u [%A] \"PASS (hidden)\" 530 -\n", &[ftp(530, "ftp_login_failed")]),
        ("%i UNKNOWN %u [%A] \"EPSV\" 229 -\n", &[ftp(229, "")]),
    ],
};

const FILEZILLA: Source = Source {
    weight: 8,
    records: (100, 600),
    cp932: false,
    plain: &[
        "%I %p %d Status: Connecting to %i:21...\n",
        "%I %p %d Status: Connection established, waiting for welcome message...\n",
        "%I %p %d Status: Retrieving directory listing of \"/%u/2026\"...\n",
        "%I %p %d Status: Starting upload of /home/%u/%f\n",
        "%I %p %d Status: File transfer successful, transferred %b bytes in %2 seconds\n",
        "%I %p %d Trace: CFtpControlSocket::TransferEnd()\n",
        "%I %p %d Trace: CControlSocket::ResetOperation(0)\n",
        "%I %p %d Listing: -rw-r--r--    1 ftp      ftp           550 Nov 01 10:15 %f\n",
        "%I %p %d Error: Connection timed out after 20 seconds of inactivity\n",
    ],
    replies: &[
        (
            "%I %p 1 Command: USER %u\n%I %P 1 Response: 331 Please specify the password.\n%I %P 1 Command: PASS ****\n%I %P 1 Response: 530 Login incorrect.\n%I %P 1 Error: Critical error: Could not connect to server\n",
            &[ftp(331, ""), ftp(530, "ftp_login_failed")],
        ),
        (
            "%I %p 1 Command: FEAT\n%I %P 1 Response: 211-Features:\n%I %P 1 Response:  EPRT\n%I %P 1 Response:  MDTM\n%I %P 1 Response:  UTF8\n%I %P 1 Response: 211 End\n",
            &[ftp(211, "").on(5)],
        ),
        (
            "%I %p 1 Command: OPTS UTF8 ON\n%I %P 1 Response: 501 Option not understood.\n%I %P 1 Command: TYPE I\n%I %P 1 Response: 200 Switching to Binary mode.\n",
            &[ftp(501, "probe"), ftp(200, "")],
        ),
        (
            "%I %p 1 Command: PASV\n%I %P 1 Response: 227 Entering Passive Mode (203,0,113,%o,%o,%o)\n%I %P 1 Command: STOR %f\n%I %P 1 Response: 550 Permission denied.\n%I %P 1 Error: Critical file transfer error\n",
            &[ftp(227, ""), ftp(550, "ftp_permission_denied")],
        ),
        (
            "%I %p 1 Command: STOR %f\n%I %P 1 Response: 150 Ok to send data.\n%I %P 1 Response: 226 Transfer complete.\n",
            &[ftp(150, ""), ftp(226, "")],
        ),
    ],
};

const PYTHON: Source = Source {
    weight: 8,
    records: (100, 800),
    cp932: false,
    plain: &[
        "%L INFO uploader.main: motion at camera %d, %n frames, %3 kB\n",
        "%L DEBUG urllib3.connectionpool: http://%i:8080 \"GET /cgi-bin/status.cgi?id=%3 HTTP/1.1\" 200 %n\n",
        "%L DEBUG urllib3.connectionpool: https://api.example.com:443 \"POST /v1/events HTTP/1.1\" 502 %n\n",
        "%L WARNING uploader.queue: %3 items waiting, oldest %n s\n",
        "%L INFO apscheduler: Job \"snapshot (trigger: interval[0:05:00], next run at: %I)\" executed successfully\n",
        "%L ERROR uploader.main: cannot open /var/lib/uploader/%f\nTraceback (most recent call last):\n  File \"/opt/uploader/main.py\", line %3, in run\n    with open(path, \"rb\") as file:\nFileNotFoundError: [Errno 2] No such file or directory: '/var/lib/uploader/%f'\n",
    ],
    replies: &[
        (
            "%L ERROR uploader.mail: not sent\nTraceback (most recent call last):\n  File \"/opt/uploader/mail.py\", line %3, in send\n    server.login(user, password)\n  File \"/usr/lib/python3.12/smtplib.py\", line 750, in login\n    raise last_exception\n  File \"/usr/lib/python3.12/smtplib.py\", line 739, in login\n    (code, resp) = self.auth(\nsmtplib.SMTPAuthenticationError: (535, b'5.7.8 Error: authentication failed: UGFzc3dvcmQ6')\n",
            &[smtp(535, "auth_failed")],
        ),
        (
            "%L ERROR uploader.mail: not sent\nTraceback (most recent call last):\n  File \"/opt/uploader/mail.py\", line %3, in send\n    server.send_message(message)\n  File \"/usr/lib/python3.12/smtplib.py\", line 887, in sendmail\n    raise SMTPRecipientsRefused(senderrs)\nsmtplib.SMTPRecipientsRefused: {'%u@%h': (550, b'5.1.1 <%U@%H>: Recipient address rejected: User unknown')}\n",
            &[smtp(550, "recipient_unknown")],
        ),
        (
            "%L ERROR uploader.ftp: not stored\nTraceback (most recent call last):\n  File \"/opt/uploader/ftp.py\", line %3, in store\n    ftp.storbinary(f\"STOR {name}\", file)\n  File \"/usr/lib/python3.12/ftplib.py\", line 498, in storbinary\n    with self.transfercmd(cmd, rest) as conn:\n  File \"/usr/lib/python3.12/ftplib.py\", line 254, in getresp\n    raise error_perm(resp)\nftplib.error_perm: 552 Disk quota exceeded\n",
            &[ftp(552, "ftp_quota_exceeded")],
        ),
        (
            "%L ERROR uploader.ftp: ftplib.error_perm: 550 /%u/2026/11: No such file or directory\n",
            &[ftp(550, "ftp_path_missing")],
        ),
    ],
};

const NODE: Source = Source {
    weight: 5,
    records: (100, 600),
    cp932: false,
    plain: &[
        "%ZINFO  [mailer] queue length %n, workers %d\n",
        "{\"level\":30,\"time\":17935%3%3%3,\"pid\":%p,\"hostname\":\"app-%d\",\"msg\":\"request completed\",\"res\":{\"statusCode\":200},\"responseTime\":%3}\n",
        "{\"level\":30,\"time\":17935%3%3%3,\"pid\":%p,\"hostname\":\"app-%d\",\"msg\":\"job done\",\"jobId\":%3,\"duration\":%n}\n",
        "TypeError: Cannot read properties of undefined (reading 'address')\n    at send (/srv/app/mailer.js:%3:17)\n    at process.processTicksAndRejections (node:internal/process/task_queues:105:5)\n",
    ],
    replies: &[
        (
            "Error: Invalid login: 535 5.7.8 Error: authentication failed\n    at SMTPConnection._formatError (/srv/app/node_modules/nodemailer/lib/smtp-connection/index.js:798:19)\n    at SMTPConnection._actionAUTHComplete (/srv/app/node_modules/nodemailer/lib/smtp-connection/index.js:1577:34)\n    at TLSSocket.emit (node:events:524:28) {\n  code: 'EAUTH',\n  response: '535 5.7.8 Error: authentication failed',\n  responseCode: 535,\n  command: 'AUTH PLAIN'\n}\n",
            &[smtp(535, "auth_failed").on(3)],
        ),
        (
            "Error: Message failed: 554 5.7.1 Spam message rejected\n    at SMTPConnection._formatError (/srv/app/node_modules/nodemailer/lib/smtp-connection/index.js:798:19)\n    at SMTPConnection._actionSMTPStream (/srv/app/node_modules/nodemailer/lib/smtp-connection/index.js:1757:34)\n    at TLSSocket.emit (node:events:524:28) {\n  code: 'EMESSAGE',\n  response: '554 5.7.1 Spam message rejected',\n  responseCode: 554,\n  command: 'DATA'\n}\n",
            &[smtp(554, "content_rejected").on(3)],
        ),
    ],
};

const DOTNET: Source = Source {
    weight: 4,
    records: (100, 600),
    cp932: false,
    plain: &[
        "%I.%3 [INF] Request finished HTTP/2 GET https://portal.example.com/devices/%3 - 200 - application/json %d.%3ms\n",
        "%I.%3 [INF] Executed DbCommand (%2ms) [Parameters=[@p0='%n'], CommandType='Text', CommandTimeout='30']\n",
        "%I.%3 [WRN] Heartbeat of device %n is %3 s late\n",
        "%I.%3 [ERR] Unhandled exception\nSystem.NullReferenceException: Object reference not set to an instance of an object.\n   at Portal.Alerts.Render(Alert alert) in C:\\src\\Portal\\Alerts.cs:line %3\n",
    ],
    replies: &[
        (
            "%I.%3 [ERR] Alert %n was not sent\nSystem.Net.Mail.SmtpException: The SMTP server requires a secure connection or the client was not authenticated. The server response was: 5.7.0 Must issue a STARTTLS command first.\n   at System.Net.Mail.MailCommand.CheckResponse(SmtpStatusCode statusCode, String response)\n   at Portal.Alerts.Send(Alert alert) in C:\\src\\Portal\\Alerts.cs:line %3\n",
            &[smtp(0, "tls_required")],
        ),
        (
            "%I.%3 [ERR] Alert %n was not sent\nMailKit.Net.Smtp.SmtpCommandException: 5.1.1 <%u@%h>: Recipient address rejected: User unknown\n   at MailKit.Net.Smtp.SmtpClient.OnRecipientNotAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response)\n",
            &[smtp(0, "recipient_unknown")],
        ),
        (
            "%I.%3 [ERR] Snapshot %n was not stored\nFluentFTP.Exceptions.FtpCommandException: Code: 550 Message: Access is denied.\n   at FluentFTP.FtpClient.Upload(String path) in C:\\src\\Portal\\Snapshots.cs:line %3\n",
            &[ftp(550, "ftp_permission_denied")],
        ),
    ],
};

const ESP32: Source = Source {
    weight: 6,
    records: (100, 800),
    cp932: false,
    plain: &[
        "I (%E) wifi:state: run -> init (fc0)\n",
        "I (%E) camera: frame %3, %b bytes, quality 12, heap %b\n",
        "W (%E) httpd_txrx: httpd_sock_err: error in send : 104\n",
        "D (%E) ftp_client: > PASV\n",
        "I (%E) esp_netif_handlers: sta ip: %i, mask: 255.255.255.0, gw: 192.168.250.1\n",
        "E (%E) esp-tls: [sock=54] connect() error: Host is unreachable\n",
        "rst:0x1 (POWERON_RESET),boot:0x13 (SPI_FAST_FLASH_BOOT)\nload:0x3fff0030,len:1%3\nentry 0x400805f0\n",
    ],
    replies: &[
        (
            "D (%E) ftp_client: > STOR %f\nD (%E) ftp_client: < 553 Could not create file.\n",
            &[ftp(553, "ftp_permission_denied")],
        ),
        ("D (%E) ftp_client: < 421 Timeout.\n", &[ftp(421, "idle_timeout")]),
    ],
};

const ESP32_MAIL: Source = Source {
    weight: 3,
    records: (100, 800),
    cp932: false,
    plain: &[
        "I (%E) wifi:state: run -> init (fc0)\n",
        "I (%E) alarm: contact %d open, %3 mV\n",
        "D (%E) smtp_client: > MAIL FROM:<%u@%h>\n",
        "W (%E) wifi:<ba-add>idx:0 (ifx:0, aa:bb:cc:00:11:22), tid:%d, ssn:%3, winSize:64\n",
        "I (%E) heap_init: At 3FFB%3 len %b (%3 KiB): DRAM\n",
    ],
    replies: &[
        (
            "D (%E) smtp_client: > AUTH LOGIN\nD (%E) smtp_client: < 535 5.7.8 Username and Password not accepted\n",
            &[smtp(535, "app_password_required")],
        ),
        ("D (%E) smtp_client: > STARTTLS\nD (%E) smtp_client: < 220 2.0.0 Ready to start TLS\n", &[smtp(220, "")]),
    ],
};

const CAMERA: Source = Source {
    weight: 3,
    records: (80, 300),
    cp932: false,
    plain: &[
        "<tr><td>%I</td><td>カメラ%d</td><td>動体を検知しました</td><td>%n</td></tr>\n",
        "<tr><td>%I</td><td>カメラ%d</td><td>録画を開始しました（%3 MB 空き）</td><td>正常</td></tr>\n",
        "<tr><td>%I</td><td>Network</td><td>DHCP: %i, lease 3600 s</td><td>OK</td></tr>\n",
    ],
    replies: &[
        (
            "<tr><td>%I</td><td>メール送信</td><td>SMTPエラー：535 5.7.8 Authentication failed</td><td>異常</td></tr>\n",
            &[smtp(535, "auth_failed")],
        ),
        (
            "<tr><td>%I</td><td>FTP転送</td><td>FTPエラー：530 Login incorrect.</td><td>異常</td></tr>\n",
            &[ftp(530, "ftp_login_failed")],
        ),
    ],
};

const CAMERA_SJIS: Source = Source {
    weight: 4,
    records: (120, 400),
    cp932: true,
    plain: &[
        "%I カメラ%d 動体を検知しました 画像%n枚\n",
        "%I カメラ%d 録画を開始しました 空き容量%3MB\n",
        "%I 時刻を合わせました サーバー%i 差%nミリ秒\n",
        "%I 設定を変更しました ユーザー%u 項目%3\n",
    ],
    replies: &[
        ("%I メール送信に失敗しました 応答：「550 5.1.1 User unknown」\n", &[smtp(550, "recipient_unknown")]),
        ("%I FTP転送に失敗しました 応答：「550 Permission denied」\n", &[ftp(550, "ftp_permission_denied")]),
        ("%I FTP転送に失敗しました 応答：「452 ディスクの空き容量がありません」\n", &[ftp(452, "ftp_quota_exceeded")]),
    ],
};

const IIS: Source = Source {
    weight: 2,
    records: (100, 300),
    cp932: false,
    plain: &[
        "#Software: Microsoft Internet Information Services 10.0\n#Version: 1.0\n#Date: %I\n#Fields: date time c-ip cs-username s-ip s-port cs-method cs-uri-stem sc-status sc-win32-status sc-substatus x-session x-fullpath\n",
        "%I 192.0.2.50 GET /snapshots/%f - 443 - %i Mozilla/5.0+(Windows+NT+10.0;+Win64;+x64) - 200 0 0 %3\n",
        "%I 192.0.2.50 POST /api/events id=%n 443 %u %i curl/8.5.0 - 500 0 0 %n\n",
        "%I 192.0.2.50 GET /favicon.ico - 80 - %i Mozilla/5.0+(X11;+Linux+x86_64) - 404 0 2 %n\n",
        "%I %i - 192.0.2.50 21 ControlChannelOpened - - 0 0 %e-%s -\n",
    ],
    replies: &[
        ("%I %i %u 192.0.2.50 21 STOR %f 550 5 0 %e-%s /%U/%f\n", &[ftp(550, "ftp_permission_denied")]),
        ("%I %i %u 192.0.2.50 21 STOR %f 226 0 0 %e-%s /%U/%f\n", &[ftp(226, "")]),
        ("%I %i - 192.0.2.50 21 PASS *** 530 1326 41 %e-%s -\n", &[ftp(530, "ftp_login_failed")]),
    ],
};

/// Logs of web servers and the like: numbers without end, and no reply.
const WEB: Source = Source {
    weight: 8,
    records: (100, 1500),
    cp932: false,
    plain: &[
        "%i - - [%A] \"GET /images/%f HTTP/1.1\" 200 %n \"-\" \"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36\"\n",
        "%i - - [%A] \"POST /api/v1/upload?id=%3 HTTP/1.1\" 503 %3 \"-\" \"curl/8.5.0\"\n",
        "%i - %u [%A] \"GET /status HTTP/1.1\" 401 %3 \"-\" \"-\"\n",
        "[%C] [proxy:error] [pid %p:tid %n] (111)Connection refused: AH00957: HTTP: attempt to connect to %i:8080 failed\n",
        "%Z web1 haproxy[%p]: %i:%t [01/Nov/2026:%M] fe be/s%d 0/0/1/%3/%3 200 %n - - ---- %n/%n/%n/0/0 0/0 \"GET / HTTP/1.1\"\n",
    ],
    replies: &[],
};
