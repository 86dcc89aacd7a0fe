//! Records with placeholders: `%` and a letter.

use encoding_rs::SHIFT_JIS;

use crate::clock::{Clock, DAYS, MONTHS};
use crate::random::Random;

/// What a log goes on with.
#[derive(Default)]
pub(crate) struct State {
    pub(crate) random: Random,
    pub(crate) clock: Clock,
    /// The address, process id, queue id, name and host that this record has named last.
    ip: u32,
    pid: u32,
    queue: u64,
    user: usize,
    host: usize,
}

const USERS: &[&str] = &[
    "alice",
    "bob",
    "carol",
    "dave",
    "erin",
    "frank",
    "grace",
    "heidi",
    "ivan",
    "judy",
    "camera",
    "cam01",
    "nvr",
    "info",
    "sales",
    "support",
    "tanaka",
    "suzuki.ichiro",
    "sato",
    "newsletter",
    "no-reply",
    "backup",
    "root",
    "m.weber",
];
const HOSTS: &[&str] = &[
    "mx.example.net",
    "mail.example.com",
    "mx1.example.org",
    "gmail-smtp-in.l.example.com",
    "smtp.example.co.jp",
    "mail.example.de",
    "aspmx.example.net",
    "mx2.example.fr",
    "mail-relay.example.com",
    "ftp.example.com",
];
const FILES: &[&str] = &[
    "snap.jpg",
    "motion",
    "20261101_101500.jpg",
    "cam1-000550.jpg",
    "clip250.mp4",
    "video.avi",
    "report.pdf",
    "log.txt",
    "backup.tar.gz",
    "IMG_0421.JPG",
];

impl State {
    pub(crate) fn new(seed: u64) -> Self {
        State { random: Random::new(seed), ..State::default() }
    }
}

/// A record, cut at its placeholders.
pub(crate) struct Compiled {
    pieces: Vec<(Vec<u8>, u8)>,
}

impl Compiled {
    pub(crate) fn new(text: &str, cp932: bool) -> Self {
        let encode = |text: &str| {
            if cp932 {
                let (bytes, _, bad) = SHIFT_JIS.encode(text);
                assert!(!bad, "CP932 has no {text}");
                bytes.into_owned()
            } else {
                text.as_bytes().to_vec()
            }
        };
        let mut parts = text.split('%');
        let mut before = encode(parts.next().unwrap_or(""));
        let mut pieces = Vec::new();
        for part in parts {
            let field = part.as_bytes().first().copied().expect("a letter behind %");
            pieces.push((before, field));
            before = encode(&part[1..]);
        }
        pieces.push((before, 0));
        Compiled { pieces }
    }

    pub(crate) fn write(&self, out: &mut Vec<u8>, state: &mut State) {
        let pause = state.random.below(40);
        state.clock.advance(pause);
        for (text, field) in &self.pieces {
            out.extend_from_slice(text);
            write_field(*field, out, state);
        }
    }
}

fn write_field(field: u8, out: &mut Vec<u8>, state: &mut State) {
    let (year, month, day) = state.clock.date;
    let random = &mut state.random;
    match field {
        0 => {}
        // Syslog: `Nov  1 10:36:55`.
        b'T' => {
            out.extend_from_slice(MONTHS[month].as_bytes());
            out.extend_from_slice(if day < 10 { b"  " } else { b" " });
            number(out, day.into());
            out.push(b' ');
            time(out, &state.clock);
        }
        // ISO 8601 with a blank.
        b'I' => {
            date(out, year, month, day);
            out.push(b' ');
            time(out, &state.clock);
        }
        // Python's logging: milliseconds behind a comma.
        b'L' => {
            date(out, year, month, day);
            out.push(b' ');
            time(out, &state.clock);
            out.push(b',');
            padded(out, state.clock.millis(), 3);
        }
        // ISO 8601 in full.
        b'Z' => {
            date(out, year, month, day);
            out.push(b'T');
            time(out, &state.clock);
            out.push(b'.');
            padded(out, state.clock.millis(), 3);
            padded(out, random.below(1000), 3);
            out.extend_from_slice(b"+09:00");
        }
        // `Sun Nov  1 10:36:55 2026`
        b'C' => {
            out.extend_from_slice(DAYS[(state.clock.day % 7) as usize].as_bytes());
            out.push(b' ');
            out.extend_from_slice(MONTHS[month].as_bytes());
            out.extend_from_slice(if day < 10 { b"  " } else { b" " });
            number(out, day.into());
            out.push(b' ');
            time(out, &state.clock);
            out.push(b' ');
            number(out, year.into());
        }
        // `01/Nov/2026:10:36:55 +0900`
        b'A' => {
            padded(out, day, 2);
            out.push(b'/');
            out.extend_from_slice(MONTHS[month].as_bytes());
            out.push(b'/');
            number(out, year.into());
            out.push(b':');
            time(out, &state.clock);
            out.extend_from_slice(b" +0900");
        }
        // `10:36:55.123`
        b'M' => {
            time(out, &state.clock);
            out.push(b'.');
            padded(out, state.clock.millis(), 3);
        }
        // Milliseconds since the start.
        b'E' => number(out, state.clock.uptime() % 4_000_000_000),
        b'u' => {
            state.user = random.below(USERS.len() as u32) as usize;
            out.extend_from_slice(USERS[state.user].as_bytes());
        }
        b'U' => out.extend_from_slice(USERS[state.user].as_bytes()),
        b'h' => {
            state.host = random.below(HOSTS.len() as u32) as usize;
            out.extend_from_slice(HOSTS[state.host].as_bytes());
        }
        b'H' => out.extend_from_slice(HOSTS[state.host].as_bytes()),
        b'i' => {
            state.ip = random.next() as u32;
            ip(out, state.ip);
        }
        b'J' => ip(out, state.ip),
        b'p' => {
            let most = *random.of(&[1000, 10_000, 100_000]);
            state.pid = 2 + random.below(most);
            number(out, state.pid.into());
        }
        b'P' => number(out, state.pid.into()),
        // A queue id: ten hexadecimal digits.
        b'q' => {
            state.queue = random.next();
            hexadecimal(out, state.queue);
        }
        b'Q' => hexadecimal(out, state.queue),
        // An id in letters and digits, such as Exim's `1vFa3z-0001Ab-2C`; %e and %s are six and eight of them.
        b'e' => letters(out, random.next(), 6),
        b's' => letters(out, random.next(), 8),
        b'f' => out.extend_from_slice(random.of(FILES).as_bytes()),
        b'n' => {
            let most = *random.of(&[10, 100, 1000, 1000, 10_000, 1_000_000]);
            number(out, random.below(most).into());
        }
        b'b' => number(out, (10_000 + random.below(9_000_000)).into()),
        b'd' => out.push(b'0' + random.below(10) as u8),
        b'2' => padded(out, random.below(100), 2),
        b'3' => number(out, (100 + random.below(900)).into()),
        b'o' => number(out, (1 + random.below(254)).into()),
        b't' => number(out, (1024 + random.below(64_000)).into()),
        other => panic!("no placeholder %{}", char::from(other)),
    }
}

fn number(out: &mut Vec<u8>, mut value: u64) {
    let mut digits = [0; 20];
    let mut start = digits.len();
    loop {
        start -= 1;
        digits[start] = b'0' + (value % 10) as u8;
        value /= 10;
        if value == 0 {
            break;
        }
    }
    out.extend_from_slice(&digits[start..]);
}

fn padded(out: &mut Vec<u8>, value: u32, width: u32) {
    for place in (0..width).rev() {
        out.push(b'0' + (value / 10u32.pow(place) % 10) as u8);
    }
}

fn date(out: &mut Vec<u8>, year: u32, month: usize, day: u32) {
    number(out, year.into());
    out.push(b'-');
    padded(out, month as u32 + 1, 2);
    out.push(b'-');
    padded(out, day, 2);
}

fn time(out: &mut Vec<u8>, clock: &Clock) {
    let (hour, minute, second) = clock.time();
    padded(out, hour, 2);
    out.push(b':');
    padded(out, minute, 2);
    out.push(b':');
    padded(out, second, 2);
}

fn ip(out: &mut Vec<u8>, value: u32) {
    // The networks set aside for examples (RFC 5737), and a private one.
    let network: &[u8] = match value >> 30 {
        0 => b"192.0.2.",
        1 => b"198.51.100.",
        2 => b"203.0.113.",
        _ => b"192.168.250.",
    };
    out.extend_from_slice(network);
    number(out, (1 + value % 254).into());
}

fn hexadecimal(out: &mut Vec<u8>, value: u64) {
    out.extend((0..10).map(|digit| b"0123456789ABCDEF"[(value >> (4 * digit) & 15) as usize]));
}

fn letters(out: &mut Vec<u8>, mut value: u64, count: u32) {
    const ALL: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    for _ in 0..count {
        out.push(ALL[(value % 62) as usize]);
        value /= 62;
    }
}
