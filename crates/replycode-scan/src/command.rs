//! Commands: their verbs, and which one a reply answers.

use crate::bytes::{
    any, at, before, break_before, contains, is_blank, is_line_end, is_word, last, line_above, line_start, next_line,
    position, rest, skip_blanks, slice, starts_with,
};
use crate::left::DIALOG;
use crate::list::{List, list, set};

/// What a command is for: replies to the same step supersede each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// Connecting and greeting.
    Connect,
    /// Naming oneself.
    Hello,
    /// Turning encryption on.
    Tls,
    /// Logging in.
    Login,
    /// Sender of a mail.
    Mail,
    /// Recipient of a mail.
    Rcpt,
    /// The message itself.
    Data,
    /// Going to, making, removing a directory or file.
    Path,
    /// Setting up a data connection.
    Channel,
    /// Moving a file or listing.
    Transfer,
    /// Asking what the server can; its refusal is harmless.
    Probe,
    /// Settings within the session; their refusal is harmless unless nothing else fails.
    Setting,
    /// Ending or resetting.
    End,
}

/// A verb and what its refusal means for the attempt.
macro_rules! verbs {
    ($($name:literal => $step:ident,)+) => {
        set! {
            /// The names, to be searched.
            static NAMES = [$($name),+]
        }
        /// The names, to be handed out.
        const TEXT: &str = concat!($($name, "\0",)+);
        /// What each is for, in the same order.
        static STEPS: [Step; [$($name),+].len()] = [$(Step::$step),+];
    };
}

// The verbs of both protocols, with the catalogue's names for moments that are no command.
verbs! {
    "connect" => Connect,
    "data-end" => Data,
    "ABOR" => End,
    "ACCT" => Login,
    "ADAT" => Tls,
    "ALGS" => Probe,
    "ALLO" => Setting,
    "APPE" => Transfer,
    "ATRN" => Data,
    "AUTH" => Login,
    "AVBL" => Probe,
    "BDAT" => Data,
    "BURL" => Data,
    "CCC" => Setting,
    "CDUP" => Path,
    "CLNT" => Probe,
    "CONF" => Setting,
    "CSID" => Probe,
    "CWD" => Path,
    "DATA" => Data,
    "DELE" => Path,
    "EHLO" => Hello,
    "ENC" => Setting,
    "EPRT" => Channel,
    "EPSV" => Channel,
    "ESTP" => Setting,
    "ETRN" => Data,
    "EXPN" => Probe,
    "FEAT" => Probe,
    "HASH" => Probe,
    "HELO" => Hello,
    "HELP" => Probe,
    "HOST" => Probe,
    "LANG" => Probe,
    "LHLO" => Hello,
    "LIST" => Transfer,
    "LPRT" => Channel,
    "LPSV" => Channel,
    "MAIL" => Mail,
    "MDTM" => Probe,
    "MFCT" => Probe,
    "MFF" => Probe,
    "MFMT" => Probe,
    "MIC" => Setting,
    "MKD" => Path,
    "MLSD" => Transfer,
    "MLST" => Probe,
    "MODE" => Setting,
    "NLST" => Transfer,
    "NOOP" => End,
    "OPTS" => Probe,
    "PASS" => Login,
    "PASV" => Channel,
    "PBSZ" => Setting,
    "PORT" => Channel,
    "PROT" => Setting,
    "PWD" => Path,
    "QUIT" => End,
    "RCPT" => Rcpt,
    "REIN" => End,
    "REST" => Setting,
    "RETR" => Transfer,
    "RMD" => Path,
    "RNFR" => Path,
    "RNTO" => Path,
    "RSET" => End,
    "SITE" => Probe,
    "SIZE" => Probe,
    "SMNT" => Path,
    "SPSV" => Channel,
    "STARTTLS" => Tls,
    "STAT" => Probe,
    "STOR" => Transfer,
    "STOU" => Transfer,
    "STRU" => Setting,
    "SYST" => Probe,
    "TURN" => Data,
    "TYPE" => Setting,
    "USER" => Login,
    "VRFY" => Probe,
    "XCLIENT" => Setting,
    "XCRC" => Probe,
    "XCUP" => Path,
    "XCWD" => Path,
    "XFORWARD" => Setting,
    "XMD5" => Probe,
    "XMKD" => Path,
    "XPWD" => Path,
    "XRMD" => Path,
    "XSHA1" => Probe,
}

/// Where the names begin in [`TEXT`], and where one more would.
static STARTS: [u16; STEPS.len() + 1] = replycode::tables::starts(TEXT);

/// The name at a place in [`TEXT`], which is its place among [`NAMES`] as well.
fn name_at(place: u16) -> Option<&'static str> {
    let rest = TEXT.get(usize::from(place)..)?;
    rest.get(..rest.bytes().position(|byte| byte == 0)?)
}

#[rustfmt::skip]
/// What people type at the prompt of an `ftp` program, and what it sends.
const TYPED: List = list![
    "put", "STOR",
    "mput", "STOR",
    "send", "STOR",
    "get", "RETR",
    "mget", "RETR",
    "recv", "RETR",
    "ls", "LIST",
    "dir", "LIST",
    "nlist", "NLST",
    "cd", "CWD",
    "mkdir", "MKD",
    "rmdir", "RMD",
    "delete", "DELE",
    "rename", "RNFR",
    "user", "USER",
    "passive", "PASV",
    "binary", "TYPE",
    "ascii", "TYPE",
    "bye", "QUIT",
];

#[rustfmt::skip]
/// Words around a reply that name the moment it answers.
const MOMENTS: List = list![
    "end of data", "data-end",
    "end of message", "data-end",
    "end-of-message", "data-end",
    "data end", "data-end",
    "data not accepted", "data-end",
    "after i sent the message", "data-end",
    "refused to talk to me", "connect",
    "invalid greeting", "connect",
    "initial connection", "connect",
    "connect from", "connect",
    "mail from", "MAIL",
    "rcpt to", "RCPT",
    "does not like recipient", "RCPT",
    "recipients were rejected", "RCPT",
    "sender was rejected", "MAIL",
    "rejected the sender", "MAIL",
    "invalid login", "AUTH",
    "login failed", "PASS",
    "authenticationerror", "AUTH",
    "authenticationfailed", "AUTH",
    "recipientsrefused", "RCPT",
    "senderrefused", "MAIL",
    "smtpdataerror", "DATA",
    "smtpheloerror", "EHLO",
    "smtpconnecterror", "connect",
    "addressfailedexception", "RCPT",
    "senderfailedexception", "MAIL",
];

/// How many moments there are.
const MOMENTS_LEN: usize = MOMENTS.len() / 2;

/// Where the words of each moment begin in [`MOMENTS`]; its name is behind them.
static MOMENT_STARTS: [u16; MOMENTS_LEN] = MOMENTS.starts(2);

/// The words of a moment, and its name.
fn moment_at(number: usize) -> Option<(&'static str, &'static str)> {
    MOMENTS.from(*MOMENT_STARTS.get(number)?)?.pairs().next()
}

/// For each pair of letters the moments that begin with it: bit `n` is the `n`th. Pairs share a place.
// A bad index in a constant is an error of the build.
#[allow(clippy::indexing_slicing)]
static PAIRS: [u32; 256] = {
    assert!(MOMENTS_LEN <= 32, "a set of moments is 32 bits");
    let mut sets = [0; 256];
    let mut number = 0;
    while number < MOMENTS_LEN {
        let [a, b] = MOMENTS.begins(MOMENT_STARTS[number]);
        sets[pair(a, b) as usize] |= 1 << number;
        number += 1;
    }
    sets
};

/// The place of a pair of letters in [`PAIRS`], the same for capital and small ones.
const fn pair(a: u8, b: u8) -> u8 {
    (a & 0x1f) << 3 ^ (b & 0x1f)
}

/// The step of a verb.
pub(crate) fn step(verb: &str) -> Option<Step> {
    let place = NAMES.place(verb.as_bytes()).filter(|&place| name_at(place) == Some(verb))?;
    let number = STARTS.binary_search(&place).ok()?;
    STEPS.get(number).copied()
}

/// The step of a word that is a verb in capitals.
pub(crate) fn step_of_word(word: &[u8]) -> Option<Step> {
    named(word, false).and_then(step)
}

/// The verb whose name a word is: upper case, or any case.
fn named(word: &[u8], any_case: bool) -> Option<&'static str> {
    if !(3..=8).contains(&word.len()) {
        return None;
    }
    let name = NAMES.place(word).and_then(name_at)?;
    // The catalogue's moments are written small.
    let verb = name.as_bytes().first().is_some_and(u8::is_ascii_uppercase);
    (verb && (any_case || word == name.as_bytes())).then_some(name)
}

/// The last verb, in capitals, between two places of a line, or the moment that the words there name.
pub(crate) fn nearest(text: &[u8], start: usize, end: usize) -> Option<&'static str> {
    let start = start.max(end.saturating_sub(160));
    let part = slice(text, start, end);
    let mut stop = end;
    while stop > start {
        let capital = |byte: u8| byte.wrapping_sub(b'A') < 26;
        stop = last(slice(text, start, stop), capital).map_or(start, |before| start + before + 1);
        let mut from = stop;
        while from > start && at(text, from - 1).is_ascii_uppercase() {
            from -= 1;
        }
        let alone = !is_word(before(text, from)) && !is_word(at(text, stop)) && !matches!(at(text, stop), b'_' | b'=');
        if alone
            && from < stop
            && let Some(verb) = named(slice(text, from, stop), false)
        {
            let data_end = verb == "DATA" && (contains(part, "end of data") || contains(part, "data end"));
            return Some(if data_end { "data-end" } else { verb });
        }
        stop = from;
    }
    moment(part)
}

/// The first moment of the table that words of a text name.
fn moment(text: &[u8]) -> Option<&'static str> {
    // The entries before the one that was found.
    let mut wanted = u32::MAX;
    let mut found = None;
    let mut inside = false;
    for (place, &byte) in text.iter().enumerate() {
        let begins = !inside;
        inside = is_word(byte);
        if !(begins && inside) {
            continue;
        }
        let pair = usize::from(pair(byte, at(text, place + 1)));
        let mut entries = PAIRS.get(pair).copied().unwrap_or(0) & wanted;
        while entries != 0 {
            let number = entries.trailing_zeros();
            if let Some((words, verb)) = moment_at(number as usize)
                && starts_with(text, place, words)
            {
                (found, wanted) = (Some(verb), (1 << number) - 1);
                break;
            }
            entries &= entries - 1;
        }
    }
    found
}

/// The command that a reply's own report names behind it: `(in reply to RCPT TO command)`, `command: 'AUTH PLAIN'`.
pub(crate) fn behind(text: &[u8], end: usize, limit: usize) -> Option<&'static str> {
    let stop = limit.min(end.saturating_add(120));
    let tail = slice(text, end, stop);
    let field = || {
        position(tail, "command")?;
        list!["command: '", "command\": \"", "command\":\""].iter().find_map(|words| position(tail, words))
    };
    let start = end + position(tail, "in reply to").or_else(field)?;
    let close =
        start + slice(text, start, start + 60).iter().position(|&byte| matches!(byte, b')' | b'}')).unwrap_or(60);
    nearest(text, start, close.min(stop))
}

/// A command found in a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Sent {
    pub(crate) verb: &'static str,
    /// Whether a mark or label says that it was sent; a verb that begins its line may be a server's list of features.
    pub(crate) marked: bool,
    /// Whether the mark stands right before the verb: no prose looks so.
    pub(crate) prompted: bool,
    /// Where the verb ends.
    pub(crate) end: usize,
}

/// What a byte does to the expectation that a command follows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A word begins.
    Letter,
    /// `ftp> `, `C: `, `> `, quotes lead to a command.
    Lead,
    Blank,
    /// Changes nothing.
    Neutral,
    /// `<`
    Less,
    Backslash,
    /// A full stop, a comma, a digit end it.
    Other,
}

fn kind(byte: u8) -> Kind {
    KINDS.get(usize::from(byte)).copied().unwrap_or(Kind::Other)
}

// A bad index in a constant is an error of the build.
#[allow(clippy::indexing_slicing)]
static KINDS: [Kind; 256] = {
    let mut table = [Kind::Other; 256];
    let mut byte = 0;
    while byte < table.len() {
        table[byte] = match byte as u8 {
            b'a'..=b'z' | b'A'..=b'Z' => Kind::Letter,
            b'>' | b':' | b'"' | b'\'' | b']' | b'|' | 0x80.. => Kind::Lead,
            b' ' | b'\t' => Kind::Blank,
            b'-' | b'*' | b'=' => Kind::Neutral,
            b'<' => Kind::Less,
            b'\\' => Kind::Backslash,
            _ => Kind::Other,
        };
        byte += 1;
    }
    table
};

/// How much of a line is read for a command.
const READ: usize = 160;

/// Whether a line has the name of a verb in capitals, or in small letters where a command may begin: most have none.
fn names_verb(line: &[u8]) -> bool {
    let mark = |byte: u8| {
        (byte.wrapping_sub(b'A') < 26)
            | (byte == b'>')
            | (byte == b':')
            | (byte == b'"')
            | (byte == b'\'')
            | (byte == b']')
            | (byte == b'|')
            | (byte >= 0x80)
    };
    let mut end = 0;
    leads_to_verb(line)
        || any(slice(line, 0, READ), mark, |start| {
            if !at(line, start).is_ascii_uppercase() {
                return leads_to_verb(rest(line, start + 1));
            }
            if start < end {
                return false;
            }
            end = start + rest(line, start).iter().take_while(|byte| byte.is_ascii_uppercase()).count();
            end - start >= 3 && named(slice(line, start, end), false).is_some()
        })
}

/// Whether a verb in small letters stands at the beginning, behind what leaves the expectation of one as it is.
fn leads_to_verb(line: &[u8]) -> bool {
    let mut start = 0;
    while matches!(at(line, start), b' ' | b'\t' | b'-' | b'*' | b'<' | b'=')
        || at(line, start) == b'\\' && at(line, start + 1) == b't'
    {
        start += 1 + usize::from(at(line, start) == b'\\');
    }
    let word = rest(line, start).iter().take(9).take_while(|byte| byte.is_ascii_lowercase()).count();
    word >= 3 && named(slice(line, start, start + word), true).is_some()
}

/// The command in a line, if it looks like one that was sent.
fn in_line(line: &[u8]) -> Option<Sent> {
    if !names_verb(line) && !starts_with(line, 0, "ftp>") {
        return None;
    }
    let mut start = 0;
    let mut prompt = true;
    let mut marked = false;
    let limit = line.len().min(READ);
    while start < limit {
        let byte = at(line, start);
        let kind = kind(byte);
        if kind != Kind::Letter {
            marked |= kind != Kind::Blank && !(kind == Kind::Backslash && at(line, start + 1) == b't');
            match kind {
                Kind::Lead => prompt = true,
                // A quotation mark that closes.
                Kind::Blank => prompt &= byte == b'\t' || !matches!(before(line, start), b'"' | b'\''),
                Kind::Neutral => {}
                // The server speaks: what follows is no command.
                Kind::Less if matches!(at(line, start + 1), b'-' | b'<' | b' ' | b'~' | b'*') => return None,
                Kind::Less => {}
                Kind::Backslash if at(line, start + 1) == b't' => start += 1,
                Kind::Backslash | Kind::Letter | Kind::Other => prompt = false,
            }
            start += 1;
            continue;
        }
        let end = start + rest(line, start).iter().take_while(|byte| is_word(**byte)).count();
        let word = slice(line, start, end);
        let next = at(line, end);
        let ends = end >= line.len() || is_blank(next) || matches!(next, b':' | b'"' | b'\'' | b'\\' | b'\r' | b',');
        if ends {
            let capitals = word.iter().take(2).all(u8::is_ascii_uppercase);
            let verb = if capitals { named(word, false) } else { None };
            // `type: undefined` is a field.
            let small = prompt && next != b':' && word.iter().all(u8::is_ascii_lowercase);
            let verb = verb.or_else(|| {
                let verb = if small { named(word, true) } else { None }?;
                // In small letters without a mark only as a command is typed: `user alice`, `mail from:<...>`.
                let rest = rest(line, end);
                let typed = marked
                    || rest.iter().filter(|byte| is_blank(**byte)).count() <= 1
                    || list![" from:", " to:"].iter().any(|start| starts_with(rest, 0, start));
                (typed && !setting(word, rest)).then_some(verb)
            });
            if let Some(verb) = verb {
                return Some(Sent { verb, marked, prompted: prompt && marked, end });
            }
            if prompt
                && starts_with(line, 0, "ftp>")
                && let Some((_, verb)) = TYPED.pairs().find(|(typed, _)| word.eq_ignore_ascii_case(typed.as_bytes()))
            {
                return Some(Sent { verb, marked: true, prompted: true, end });
            }
        }
        // The second name in `CLIENT -> SERVER:` only listens.
        let listens = || line.get(..start).is_some_and(|head| head.ends_with(b"-> "));
        if matches!(next, b':' | b']') && DIALOG.has(word) && !listens() {
            return None;
        }
        // `C:` and `ftp>` keep the prompt, prose does not.
        prompt = matches!(next, b':' | b'>');
        marked = true;
        start = end;
    }
    None
}

/// Whether a word in small letters is the name of a setting and not a command: `port > 465`, `host = ftp.example.com`.
fn setting(word: &[u8], rest: &[u8]) -> bool {
    let argument = rest.trim_ascii_start();
    matches!(argument.first(), Some(b'>' | b'=' | b':')) || word == b"port" && !argument.contains(&b',')
}

/// Calls `each` with the commands of the lines that begin between two places, the last line first, until it says no.
pub(crate) fn lines_back(text: &[u8], from: usize, to: usize, mut each: impl FnMut(Sent) -> bool) {
    let mut end = to;
    for _ in 0..48 {
        if end <= from {
            return;
        }
        let start = line_start(text, end, 1024).max(from);
        if let Some(sent) = in_line(slice(text, start, end))
            && !each(Sent { end: start + sent.end, ..sent })
        {
            return;
        }
        // Over the line break.
        end = start.saturating_sub(break_before(text, start)).max(from);
        if end >= start {
            return;
        }
    }
}

/// What a command was about: the argument of the last line with its verb before a place.
pub(crate) fn argument<'t>(text: &'t [u8], verb: &str, place: usize) -> Option<&'t [u8]> {
    let mut found = None;
    lines_back(text, place.saturating_sub(4096), place, |sent| {
        found = (sent.verb == verb).then_some(sent.end);
        found.is_none()
    });
    let start = skip_blanks(text, found?);
    let stop = |byte: u8| is_line_end(byte) || matches!(byte, b'"' | b'\'' | b'\\');
    let len = slice(text, start, start.saturating_add(512)).iter().position(|&byte| stop(byte))?;
    Some(slice(text, start, start + len).trim_ascii_end())
}

/// The command that the line before a place is.
pub(crate) fn line_before(text: &[u8], line: usize) -> Option<&'static str> {
    let (start, end) = line_above(text, line, 512)?;
    in_line(slice(text, start, end)).map(|sent| sent.verb)
}

/// The command that the line after the end of one is.
pub(crate) fn line_after(text: &[u8], line_end: usize) -> Option<&'static str> {
    let start = next_line(text, line_end);
    let end = crate::bytes::line_end(text, start, start.saturating_add(256));
    in_line(slice(text, start, end)).map(|sent| sent.verb)
}

#[cfg(test)]
mod tests {
    use super::{NAMES, behind, in_line, nearest};
    use replycode::{CATALOG, Protocol};
    use std::vec::Vec;

    #[test]
    fn every_verb_of_the_catalogue_is_known() {
        // `any` is no verb. SEND, SOML and SAML are obsolete, and clients call sending `send`.
        let left_out = ["any", "SEND", "SOML", "SAML"];
        let missing: Vec<_> = [Protocol::Smtp, Protocol::Ftp]
            .into_iter()
            .flat_map(|protocol| CATALOG.commands(protocol))
            .map(|command| command.verb())
            .filter(|verb| !left_out.contains(verb) && NAMES.words().all(|name| name != *verb))
            .collect();
        assert_eq!(missing, [""; 0]);
    }

    #[test]
    fn commands_in_their_lines() {
        for (line, verb) in [
            ("> STOR a.jpg", Some("STOR")),
            ("C: RCPT TO:<bob@example.net>", Some("RCPT")),
            ("Command:\tPASV", Some("PASV")),
            ("CLIENT -> SERVER: EHLO cam", Some("EHLO")),
            ("FTP Tx: \"DELE a\"", Some("DELE")),
            ("send: 'mail from:<a@example.com> size=9\\r\\n'", Some("MAIL")),
            ("  759   SMTP>> MAIL FROM:<> SIZE=3764", Some("MAIL")),
            ("goftp: 0.045 #1 sending command USER x", Some("USER")),
            ("user alice", Some("USER")),
            ("ftp> put a.jpg", Some("STOR")),
            ("<12/3/2025> FTP Session 87 [Command] PASV", Some("PASV")),
            ("The user said that data was lost", None),
            ("> C: port > 465", None),
            ("> port 192,0,2,1,4,5", Some("PORT")),
            ("Data connection established", None),
            ("<---  MDTM", None),
            ("Response:\tEPRT", None),
            ("Connected to ftp.example.com", None),
            ("", None),
        ] {
            assert_eq!(in_line(line.as_bytes()).map(|sent| sent.verb), verb, "{line}");
        }
    }

    #[test]
    fn commands_that_a_report_names() {
        let head = b"unexpected server response to STOR: ";
        assert_eq!(nearest(head, 0, head.len()), Some("STOR"));
        let head = b"SMTP error from remote mail server after end of data: ";
        assert_eq!(nearest(head, 0, head.len()), Some("data-end"));
        let tail = b" (in reply to end of DATA command))";
        assert_eq!(behind(tail, 0, tail.len()), Some("data-end"));
        assert_eq!(behind(b" (in reply to RCPT TO command)", 0, 99), Some("RCPT"));
        assert_eq!(behind(b"', responseCode: 535, command: 'AUTH PLAIN' }", 0, 99), Some("AUTH"));
    }
}
