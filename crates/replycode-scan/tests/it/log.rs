//! Logs for tests, made from a seed.

/// xorshift64*: the same numbers everywhere.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    pub(crate) fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) % limit
    }

    fn one_of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len() as u64) as usize]
    }
}

/// A piece of a log: its lines, which stay together, with `{T}` for the time, `{P}` for a process, `{Q}` for a queue id.
/// The number is how many replies stand in it.
type Piece = (&'static str, usize);

const PIECES: &[Piece] = &[
    (
        "Mar  1 {T} mx postfix/smtp[{P}]: {Q}: to=<bob@example.net>, relay=mx.example.net[192.0.2.1]:25, delay=0.5, delays=0.1/0/0.2/0.2, dsn=5.1.1, status=bounced (host mx.example.net[192.0.2.1] said: 550 5.1.1 <bob@example.net>: User unknown (in reply to RCPT TO command))\n",
        1,
    ),
    (
        "Mar  1 {T} mx postfix/smtpd[{P}]: NOQUEUE: reject: RCPT from unknown[192.0.2.7]: 554 5.7.1 <c@example.org>: Relay access denied; from=<a@example.com> to=<c@example.org> proto=ESMTP helo=<x>\n",
        1,
    ),
    (
        "Mar  1 {T} mx postfix/smtp[{P}]: {Q}: to=<bob@example.net>, relay=mx.example.net[192.0.2.1]:25, delay=1, dsn=2.0.0, status=sent (250 2.0.0 Ok: queued as {Q})\n",
        1,
    ),
    ("Mar  1 {T} mx postfix/qmgr[{P}]: {Q}: from=<a@example.com>, size=3764, nrcpt=1 (queue active)\n", 0),
    ("Mar  1 {T} mx postfix/cleanup[{P}]: {Q}: message-id=<20260301011112.{Q}@mx.example.com>\n", 0),
    (
        "Mar  1 {T} mx postfix/smtpd[{P}]: connect from unknown[192.0.2.7]\nMar  1 {T} mx postfix/smtpd[{P}]: disconnect from unknown[192.0.2.7] ehlo=1 mail=1 rcpt=0/1 quit=1 commands=3/4\n",
        0,
    ),
    (
        "2026-03-01 {T} 1abcde-0001Xy-Ab ** bob@example.net R=dnslookup T=remote_smtp H=mx.example.net [192.0.2.1]: SMTP error from remote mail server after RCPT TO:<bob@example.net>: 550 5.7.1 Blocked\n",
        1,
    ),
    ("2026-03-01 {T} > STOR snap.jpg\n2026-03-01 {T} < 553 Could not create file.\n", 1),
    ("2026-03-01 {T},550 INFO uploader: sent 250 bytes in 421 ms to 192.0.2.250:21\n", 0),
    (
        "2026-03-01 {T},001 ERROR uploader: failed\nTraceback (most recent call last):\n  File \"/usr/lib/python3.12/ftplib.py\", line 254, in getresp\n    raise error_perm(resp)\nftplib.error_perm: 550 Permission denied\n",
        1,
    ),
    ("Sun Mar  1 {T} 2026 [pid {P}] [cam] FTP response: Client \"192.0.2.5\", \"530 Login incorrect.\"\n", 1),
    ("2026-03-01 {T} S: 550-5.7.1 Mail from this host\r\n2026-03-01 {T} S: 550 5.7.1 is not wanted\r\n", 1),
    ("kernel: [12345.550] eth0: link up 1000 Mbps, full duplex, lpa 0x45E1\n", 0),
    ("192.0.2.9 - - [01/Mar/2026:{T} +0900] \"GET /snap.jpg HTTP/1.1\" 404 550 \"-\" \"curl/8.5.0\"\n", 0),
    ("\n", 0),
    (
        "{\"time\":\"2026-03-01T{T}Z\",\"level\":\"error\",\"msg\":\"Message failed: 554 5.2.252 SendAsDenied\",\"pid\":{P}}\n",
        1,
    ),
];

/// A log of at least so many bytes, and how many replies are in it.
pub(crate) fn log(seed: u64, bytes: usize) -> (String, usize) {
    let mut random = Random::new(seed);
    let (mut log, mut replies) = (String::with_capacity(bytes + 1024), 0);
    let mut second = 0;
    while log.len() < bytes {
        let (piece, count) = random.one_of(PIECES);
        second += random.below(3);
        let time = format!("{:02}:{:02}:{:02}", second / 3600 % 24, second / 60 % 60, second % 60);
        let process = (1000 + random.below(30_000)).to_string();
        let id = format!("{:06X}{:04}", random.below(1 << 24), random.below(10_000));
        log.push_str(&piece.replace("{T}", &time).replace("{P}", &process).replace("{Q}", &id));
        replies += count;
    }
    (log, replies)
}
