//! What is known of a reply only with the whole dialogue in view: its protocol, its command, its speaker.

use replycode::{Protocol, ReplyCode};

use crate::bytes::{contains, line_end, next_line, slice, starts_with};
use crate::command::{self, Step, step};
use crate::found::{Form, Found, Speaker};
use crate::join::stamped;
use crate::left::Stand;
use crate::lexicon::{FTP_CLIENT_WORDS, SMTP_CLIENT_WORDS};
use crate::list::{List, list};
use crate::protocol::{exclusive, of_score, score};
use crate::replies::Part;
use crate::search::{Path, Search};

/// How many commands may be sent ahead of their replies (RFC 2920).
const AHEAD: usize = 16;
/// How far before a reply its command is looked for.
const REACH: usize = 4096;

/// The dialogue so far.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Finish {
    pub(crate) hint: Option<Protocol>,
    /// Where the last reply ended.
    pub(crate) last: usize,
    /// Where the last rendering of it ended.
    seen: usize,
    /// The code of the last reply, its command.
    previous: Option<(Option<ReplyCode>, Option<&'static str>)>,
    /// The protocol that was last certain, and where.
    settled: Option<(Protocol, usize)>,
    /// Up to where the text around says nothing of the protocol.
    silent: usize,
    /// Commands that were sent ahead and have no reply yet, the next one first.
    ahead: [Option<&'static str>; AHEAD],
}

impl Finish {
    pub(crate) const fn new(hint: Option<Protocol>) -> Self {
        Finish { hint, last: 0, seen: 0, previous: None, settled: None, silent: 0, ahead: [None; AHEAD] }
    }

    /// Where the last reply ended, if there was one.
    pub(crate) fn heard(&self) -> Option<usize> {
        self.previous.map(|_| self.seen)
    }

    /// Fills in what the dialogue tells.
    pub(crate) fn finish(&mut self, text: &[u8], part: &Part, limit: usize) -> Found {
        let mut found = part.found;
        let end = found.offset.saturating_add(found.len);
        found.command = self.command(text, part, limit);
        found.protocol = self.protocol(text, part, found.command, end);
        found.speaker = speaker(text, &found);
        self.last = end;
        self.seen = part.seen.max(end).min(limit);
        self.previous = Some((found.code, found.command));
        found
    }

    /// The command that a reply answers.
    fn command(&mut self, text: &[u8], part: &Part, limit: usize) -> Option<&'static str> {
        let found = &part.found;
        let line = part.left.line.max(self.seen);
        if found.form == Form::Status {
            return None;
        }
        let own = command::behind(text, found.offset.saturating_add(found.len), limit)
            .or_else(|| command::nearest(text, line, found.offset.min(part.left.edge)));
        if own.is_some() {
            return own;
        }
        // A mail server's log: each line is an event of its own.
        let report = matches!(part.left.stand, Stand::Label | Stand::Word) && stamped(text, part);
        if report && !matches!(found.form, Form::Embedded | Form::Dialog) {
            return None;
        }
        let (code, verb) = self.previous.unwrap_or((None, None));
        let mut sent = [None; AHEAD];
        let mut count = 0;
        let mut group = true;
        // What is left of the line of the last reply is about that one.
        let from = self.previous.map_or(0, |_| next_line(text, line_end(text, self.seen, line)));
        command::lines_back(text, from.max(line.saturating_sub(REACH)), line, |command| {
            // The last line first: every command before the last one was sent without waiting.
            group &= count == 0 || matches!(step(command.verb), Some(Step::Mail | Step::Rcpt | Step::End));
            if count > 0 && !group {
                return false;
            }
            sent.rotate_right(1);
            let [first, ..] = &mut sent;
            *first = Some(command.verb);
            count += 1;
            count < AHEAD
        });
        match code.map(ReplyCode::get) {
            // The message was sent: it ends with a reply of its own.
            Some(354) => return Some("data-end"),
            Some(334) if count == 0 => return Some("AUTH"),
            // A preliminary reply: the same command is answered again.
            Some(100..=199) if count == 0 => return verb,
            _ => {}
        }
        if count > 0 {
            self.ahead = sent;
        }
        if found.offset.saturating_sub(self.seen) > REACH {
            // What was sent that long ago was never answered.
            self.ahead = sent;
        }
        let next = self.ahead.first().copied().flatten();
        self.ahead.rotate_left(1);
        if let Some(last) = self.ahead.last_mut() {
            *last = None;
        }
        if next.is_none() && self.previous.is_none() && found.code.is_some_and(|code| code == 220) {
            return Some("connect");
        }
        next
    }

    /// The protocol of a reply: what it says itself, what its line says, the hint, the dialogue, what is around.
    fn protocol(&mut self, text: &[u8], part: &Part, command: Option<&str>, end: usize) -> Option<Protocol> {
        let found = &part.found;
        let certain = if let Some((_, protocol)) = own_words(text, found) {
            Some(protocol)
        } else if found.enhanced.is_some() || matches!(found.form, Form::Tuple | Form::Spelled) {
            Some(Protocol::Smtp)
        } else {
            found
                .code
                .and_then(exclusive)
                .or_else(|| command.and_then(of_verb))
                .or_else(|| mechanism(text, found, command))
        };
        if let Some(protocol) = certain {
            self.settled = Some((protocol, end));
            return certain;
        }
        let line_end = line_end(text, end, end.saturating_add(160));
        let own = score(text, part.left.line, line_end) + score(text, found.text.start, found.text.end);
        let dialog = self.settled.filter(|(_, place)| found.offset.saturating_sub(*place) < REACH);
        let protocol = of_score(own)
            .filter(|_| own.abs() >= 3)
            .or(self.hint)
            .or_else(|| {
                dialog.filter(|(_, place)| found.offset.saturating_sub(*place) < 400).map(|(protocol, _)| protocol)
            })
            .or_else(|| of_score(own))
            .or_else(|| dialog.map(|(protocol, _)| protocol))
            .or_else(|| command::line_after(text, line_end).and_then(of_verb))
            .or_else(|| self.around(text, found, end))
            .or_else(|| leaning(text, found));
        if let Some(protocol) = protocol {
            self.settled = Some((protocol, end));
        }
        protocol
    }

    /// What the text before and behind a reply says of the protocol.
    fn around(&mut self, text: &[u8], found: &Found, end: usize) -> Option<Protocol> {
        if found.offset < self.silent {
            return None;
        }
        let before = score(text, found.offset.saturating_sub(1024), found.offset);
        let behind = score(text, end, end.saturating_add(2048));
        let protocol = of_score(before + behind + codes(text, end));
        if protocol.is_none() {
            self.silent = end.saturating_add(1024);
        }
        protocol
    }
}

/// What codes that only one protocol has, in the text behind a reply, say of the protocol.
fn codes(text: &[u8], start: usize) -> i32 {
    let mut place = start;
    let mut sum = 0;
    let end = text.len().min(start.saturating_add(2048));
    let mut search = Search::new(Path::detected());
    while let Some(candidate) = search.next(slice(text, 0, end), place) {
        place = candidate.place();
        let code = slice(text, place, place + 3).try_into().ok().and_then(ReplyCode::from_digits);
        sum += match code.and_then(exclusive) {
            Some(Protocol::Smtp) => 1,
            Some(_) => -1,
            None => 0,
        };
        place += 1;
    }
    sum
}

/// The protocol whose servers use a code, or a code with such words, far more than the other's.
fn leaning(text: &[u8], found: &Found) -> Option<Protocol> {
    // FTP's 530 speaks of users and passwords, SMTP's of authentication.
    const LOGIN: List = list!["log", "user", "password", "anonymous", "encryption"];
    let words = found.text.of(text);
    let says = |list: List| list.iter().any(|word| contains(words, word));
    let smtp = match found.code?.get() {
        235 | 250 | 334 | 450 | 451 | 534 | 535 | 551 | 554 => true,
        211 | 215 | 550 => words.contains(&b'@'),
        421 if says(list!["timeout"]) => false,
        500..=502 if says(list!["port", "oops"]) => false,
        504 if says(list!["security"]) => false,
        530 if says(list!["auth"]) => !says(LOGIN),
        530 => false,
        552 | 553 => says(list!["@", "address", "sender", "message"]),
        _ if found.form == Form::Bytes => false,
        _ => return None,
    };
    Some(if smtp { Protocol::Smtp } else { Protocol::Ftp })
}

/// The protocol whose `AUTH` has the mechanism that was asked for.
fn mechanism(text: &[u8], found: &Found, command: Option<&str>) -> Option<Protocol> {
    const SASL: List = list!["login", "plain", "cram", "digest", "ntlm", "xoauth", "oauthbearer", "scram"];
    let name = command.filter(|verb| *verb == "AUTH").and_then(|verb| command::argument(text, verb, found.offset))?;
    if SASL.iter().any(|sasl| starts_with(name, 0, sasl)) {
        return Some(Protocol::Smtp);
    }
    (starts_with(name, 0, "tls") || starts_with(name, 0, "ssl")).then_some(Protocol::Ftp)
}

/// The protocol that alone has a verb.
fn of_verb(verb: &str) -> Option<Protocol> {
    match step(verb)? {
        Step::Hello | Step::Mail | Step::Rcpt | Step::Data => Some(Protocol::Smtp),
        Step::Path | Step::Channel | Step::Transfer => Some(Protocol::Ftp),
        _ => match verb {
            "STARTTLS" | "VRFY" | "EXPN" | "RSET" | "XCLIENT" | "XFORWARD" => Some(Protocol::Smtp),
            "connect" | "AUTH" | "HELP" | "NOOP" | "QUIT" => None,
            _ => Some(Protocol::Ftp),
        },
    }
}

/// Who says a reply: some programs write their own words in the shape of one.
fn speaker(text: &[u8], found: &Found) -> Speaker {
    if own_words(text, found).is_some() { Speaker::Client } else { Speaker::Server }
}

/// The sentence of a program that a reply consists of, and the protocol that it speaks.
fn own_words(text: &[u8], found: &Found) -> Option<(&'static str, Protocol)> {
    let words = found.text.of(text);
    let find = |list: List, protocol| {
        let sentence = list.iter().find(|sentence| starts_with(words, 0, sentence));
        sentence.map(|sentence| (sentence, protocol))
    };
    // The first letters of all of them.
    if !matches!(words.first(), Some(b's' | b'S' | b'n' | b'N')) {
        return None;
    }
    find(FTP_CLIENT_WORDS, Protocol::Ftp).or_else(|| find(SMTP_CLIENT_WORDS, Protocol::Smtp))
}
