//! Realistic replies, the same ones in each run.

/// A kind of replies: patterns, taken in a pseudo-random order, in which `#` stands for a pseudo-random digit.
pub struct Kind {
    pub name: &'static str,
    patterns: &'static [&'static str],
}

const SINGLE: &[&str] = &[
    "250 2.0.0 Ok: queued as 4F#B#C##D##E from mail##.example.com\r\n",
    "550 5.1.1 <user###@example.net>: Recipient address rejected: unknown\r\n",
    "450 4.7.1 Client host rejected: try again in ## minutes, ticket ####\r\n",
    "535 5.7.8 Error: authentication failed: UGFzc3dvcmQ6 (attempt ##)\r\n",
    "220 mail##.example.com ESMTP Postfix (Debian/GNU), at your service\r\n",
    "354 Start mail input; end with <CRLF>.<CRLF> (message no. #####)\r\n",
    "421 4.4.2 mail##.example.com Error: timeout exceeded, closing line\r\n",
    "250 2.1.5 Recipient <alarm###@example.org> accepted; will relay\r\n",
];

const MULTI: &[&str] = &[
    "550-5.7.26 This mail has been blocked, case ####\r\n550 5.7.26 See policy\r\n",
    "250-mail##.example.com\r\n250-PIPELINING\r\n250-SIZE ########\r\n250 8BITMIME\r\n",
    "220-mail##.example.com ESMTP\r\n220 We do not authorize bulk mail, ref ##\r\n",
    "421-4.7.0 Our system has detected a rate of ##\r\n421 4.7.0 Try later\r\n",
];

const MIXED: &[&str] = &[
    SINGLE[0],
    SINGLE[1],
    SINGLE[2],
    MULTI[0],
    SINGLE[3],
    SINGLE[4],
    SINGLE[5],
    MULTI[1],
    SINGLE[6],
    SINGLE[7],
    MULTI[2],
    "250 2.1.0 Ok\r\n",
    "235 2.7.0 Authentication successful\r\n",
    "221 2.0.0 Bye\r\n",
];

const EIGHT_BIT: &[&str] = &[
    "550 5.1.1 宛先のメールボックスがありません (##)\r\n",
    "535 5.7.8 ユーザー名またはパスワードが違います。 ##\r\n",
    "250 2.0.0 メッセージを受け付けました: ########\r\n",
    "452 4.2.2 メールボックスの空き容量がありません ##\r\n",
];

const SHORT: &[&str] = &["250 Ok\r\n", "250 2.1.0 Ok\r\n", "221 2.0.0 Bye\r\n", "354 Go ahead ##\r\n"];

pub const KINDS: &[Kind] = &[
    Kind { name: "mixed", patterns: MIXED },
    Kind { name: "single", patterns: SINGLE },
    Kind { name: "multi", patterns: MULTI },
    Kind { name: "short", patterns: SHORT },
    Kind { name: "utf-8", patterns: EIGHT_BIT },
];

/// Replies one after the other.
pub struct Replies {
    pub bytes: Vec<u8>,
    ends: Vec<usize>,
}

impl Replies {
    pub fn new(kind: &Kind, count: usize) -> Self {
        let mut seed = 1u32;
        let mut random = move |below: usize| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 8) as usize % below
        };
        let (mut bytes, mut ends) = (Vec::new(), Vec::new());
        for _ in 0..count {
            let pattern = kind.patterns[random(kind.patterns.len())];
            bytes.extend(pattern.bytes().map(|byte| if byte == b'#' { b'0' + random(10) as u8 } else { byte }));
            ends.push(bytes.len());
        }
        Replies { bytes, ends }
    }

    /// The replies one by one.
    pub fn each(&self) -> impl Iterator<Item = &[u8]> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, end)| &self.bytes[start..*end])
    }
}
