//! Whose reply it is: SMTP's or FTP's.

use replycode::{Protocol, ReplyCode, Status, lookup};

use crate::bytes::{at, contains, is_word, slice, starts_with};
use crate::lexicon::{FTP_PHRASES, Weighed, weighed};
use crate::list::{Hash, list};

/// Whether the catalogue knows a code, for either protocol.
pub(crate) fn known(code: ReplyCode) -> bool {
    lookup(Protocol::Smtp, code.get()).is_some() || lookup(Protocol::Ftp, code.get()).is_some()
}

/// The only protocol in whose standards a code is in force.
pub(crate) fn exclusive(code: ReplyCode) -> Option<Protocol> {
    match (in_force_of(Protocol::Smtp, code), in_force_of(Protocol::Ftp, code)) {
        (true, false) => Some(Protocol::Smtp),
        (false, true) => Some(Protocol::Ftp),
        _ => None,
    }
}

/// Whether a code is in force in the standards of either protocol.
pub(crate) fn in_force(code: ReplyCode) -> bool {
    in_force_of(Protocol::Smtp, code) || in_force_of(Protocol::Ftp, code)
}

fn in_force_of(protocol: Protocol, code: ReplyCode) -> bool {
    lookup(protocol, code.get()).is_some_and(|listing| listing.senses().any(|sense| sense.status() == Status::Current))
}

/// What the words of a part of the text say: positive for SMTP, negative for FTP, 0 for neither.
pub(crate) fn score(text: &[u8], start: usize, end: usize) -> i32 {
    let end = end.min(text.len());
    let mut score = 0;
    let mut phrase = false;
    let mut place = start;
    while place < end {
        if !is_word(at(text, place)) {
            // `\\tSTOR`: the letter belongs to the backslash.
            let escape = at(text, place) == b'\\' && matches!(at(text, place + 1), b'n' | b'r' | b't');
            place += 1 + usize::from(escape);
            continue;
        }
        let from = place;
        let mut hash = Hash::EMPTY;
        let mut compound = Compound(0, false);
        for &byte in slice(text, from, end) {
            if !(is_word(byte) || matches!(byte, b'_' | b'-')) {
                break;
            }
            hash = hash.with(byte);
            compound.add(byte);
            place += 1;
        }
        let word = slice(text, from, place);
        // The name in an address says nothing: `mail@example.com`.
        if word.len() < 2 || at(text, place) == b'@' {
            continue;
        }
        match weighed(word, hash) {
            Some(Weighed::Smtp) => score += 2,
            Some(Weighed::Ftp) => score -= 2,
            Some(Weighed::Head) => {
                let begins = |phrase: &str| from + phrase.len() <= end && starts_with(text, from, phrase);
                phrase = phrase || FTP_PHRASES.iter().any(begins);
            }
            None if compound.1 => score += weight(word),
            None => {}
        }
    }
    if phrase { score - 2 } else { score }
}

/// Whether a word may have a part that [`weight`] knows, from its last four letters so far.
struct Compound(u32, bool);

impl Compound {
    #[inline]
    fn add(&mut self, byte: u8) {
        let small = byte | 0x20;
        self.0 = self.0 << 8 | u32::from(small);
        // The last letters of `smtp`, `ftp`, `mailer` and `swift_`.
        if small == b'p' || small == b'r' || byte == b'_' {
            let [.., a, b] = self.0.to_be_bytes();
            self.1 |= matches!([a, b], [b't', b'p'] | [b'e', b'r']) || byte == b'_' && a == b't';
        }
    }
}

/// The weight of a compound such as `ftplib.error_perm` or `SMTPAuthenticationError`: of class and function names.
fn weight(word: &[u8]) -> i32 {
    for (part, weight) in list!["smtp", "lmtp", "mailer", "swift_", "ftp"].iter().zip([3, 3, 2, 2, -3]) {
        if word.len() > part.len() && contains(word, part) && !contains(word, "sftp") {
            return weight;
        }
    }
    0
}

/// The protocol of a score.
pub(crate) fn of_score(score: i32) -> Option<Protocol> {
    match score {
        1.. => Some(Protocol::Smtp),
        ..=-1 => Some(Protocol::Ftp),
        0 => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{exclusive, known, of_score, score};
    use replycode::{Protocol, ReplyCode};

    #[test]
    fn codes_of_one_protocol_only() {
        let of = |number| exclusive(ReplyCode::new(number).unwrap());
        for number in [252, 354, 432, 453, 454, 455, 525] {
            assert_eq!(of(number), Some(Protocol::Smtp), "{number}");
        }
        for number in [125, 150, 200, 213, 226, 227, 229, 230, 234, 257, 331, 350, 425, 426, 522, 532] {
            assert_eq!(of(number), Some(Protocol::Ftp), "{number}");
        }
        for number in [220, 250, 421, 450, 500, 530, 550, 553, 599] {
            assert_eq!(of(number), None, "{number}");
        }
        assert!(known(ReplyCode::new(571).unwrap()) && !known(ReplyCode::new(473).unwrap()));
    }

    #[test]
    fn words_speak_for_a_protocol() {
        for (text, protocol) in [
            ("smtplib.SMTPAuthenticationError", Some(Protocol::Smtp)),
            ("<bob@example.net>: Recipient address rejected", Some(Protocol::Smtp)),
            ("ftplib.error_perm", Some(Protocol::Ftp)),
            ("Can't open data connection", Some(Protocol::Ftp)),
            ("FTPError:", Some(Protocol::Ftp)),
            ("Something happened", None),
        ] {
            assert_eq!(of_score(score(text.as_bytes(), 0, text.len())), protocol, "{text}");
        }
    }
}
