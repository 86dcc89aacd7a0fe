//! What speaks for and against a number: the words around it, the lines around it, its place on the line.

use replycode::ReplyCode;

use crate::bytes::{
    at, before, contains, ends_with, is_blank, is_word, line_above, line_end, next_line, slice, starts_with,
};
use crate::command;
use crate::judge::Case;
use crate::left::{Left, Stand};
use crate::lexicon::{REPLY_WORDS, Role, role};
use crate::list::{List, list};
use crate::protocol::{in_force, known, score};
use crate::right::{First, Right, Separator};

impl Case<'_> {
    /// Whether the line is one that the client sent: `CLIENT -> SERVER: Price: 550`.
    pub(crate) fn sent(&self) -> bool {
        const MARKS: List = list!["client -> server:", "c: ", ">>> ", "---> ", "command:", "sent: ", "send: "];
        let head = slice(self.text, self.left.line, self.left.edge);
        let start = self.left.line + head.iter().position(u8::is_ascii_alphabetic).unwrap_or(0);
        let begins = |place| matches!(at(self.text, place), b'c' | b'C' | b's' | b'S' | b'>' | b'-');
        let marked = (begins(start) || begins(self.left.line))
            && MARKS
                .iter()
                .any(|mark| starts_with(self.text, start, mark) || starts_with(self.text, self.left.line, mark));
        marked && start < self.left.edge || contains(slice(head, 0, 120), "client -> server:")
    }

    /// Replies begin with 1 to 5; 631 to 633 wrap a protected reply (RFC 2228).
    pub(crate) fn possible(&self) -> bool {
        let marked = self.left.stand == Stand::Server;
        match self.code.get() {
            100..=599 => true,
            631..=633 => marked,
            _ => false,
        }
    }

    pub(crate) fn enhanced(&self) -> bool {
        self.right.enhanced.is_some()
    }

    pub(crate) fn negative(&self) -> bool {
        matches!(at(self.text, self.place), b'4' | b'5')
    }

    /// Known to the catalogue, or written with an enhanced status code.
    pub(crate) fn plausible(&self) -> bool {
        self.enhanced() || known(self.code)
    }

    /// A separator that a reply may have, and words behind it.
    pub(crate) fn text_follows(&self) -> bool {
        let right = self.right;
        match right.separator {
            Separator::Blank => right.has_text() && !right.unit,
            Separator::Dash => self.dash(),
            Separator::Colon => right.has_text() && !right.unit,
            _ => false,
        }
    }

    /// A hyphen that may stand between code and text: `250-SIZE`, `250-8BITMIME`, not `555-0123`.
    pub(crate) fn dash(&self) -> bool {
        if self.right.first != First::Digit || self.enhanced() {
            return !self.right.unit;
        }
        let start = self.right.text;
        let digits = slice(self.text, start, start + 4).iter().take_while(|byte| byte.is_ascii_digit()).count();
        let address = at(self.text, start + digits) == b'.' && at(self.text, start + digits + 1).is_ascii_digit();
        digits < 3 || digits == 3 && address
    }

    /// Whether the words behind the number or around it are those of a reply.
    pub(crate) fn telling(&self) -> bool {
        if self.enhanced() || self.around.hint || self.around.first || self.right.figures || self.worded_like_a_reply()
        {
            return true;
        }
        let end = line_end(self.text, self.right.text, self.right.text.saturating_add(240));
        score(self.text, self.left.line.max(self.left.edge.saturating_sub(80)), end) != 0
    }

    /// Whether the words behind the number are those of a reply.
    pub(crate) fn worded_like_a_reply(&self) -> bool {
        let text = self.text;
        let end = line_end(text, self.right.text, self.right.text.saturating_add(240));
        let mut place = self.right.text;
        while place < end {
            if !is_word(at(text, place)) {
                place += 1;
                continue;
            }
            let start = place;
            while place < end && (is_word(at(text, place)) || at(text, place) == b'\'') {
                place += 1;
            }
            if REPLY_WORDS.has(slice(text, start, place)) {
                return true;
            }
        }
        false
    }

    /// Whether the line, or what is before the number in it, speaks of mail or file transfer, or of an error.
    pub(crate) fn spoken(&self) -> bool {
        let head = slice(self.text, self.left.line.max(self.left.edge.saturating_sub(160)), self.left.edge);
        let words = list![
            "error", "fail", "denied", "reject", "refused", "erreur", "fehler", "code", "respon", "reply", "bounce"
        ];
        self.named()
            || words.iter().any(|word| contains(head, word) && !(word == "reply" && contains(head, "no-reply")))
            || list!["エラー", "失敗", "失败", "错误"].iter().any(|word| contains(head, word))
    }

    /// Whether the line speaks of mail or file transfer, or the caller does.
    pub(crate) fn named(&self) -> bool {
        let end = line_end(self.text, self.place, self.place.saturating_add(240));
        self.around.hint || score(self.text, self.left.line.max(self.left.edge.saturating_sub(200)), end) != 0
    }

    /// A status of HTTP, by its phrase or by what stands before it.
    pub(crate) fn web(&self) -> bool {
        if self.enhanced() || self.left.stand == Stand::Server {
            return false;
        }
        let head = slice(self.text, self.left.line.max(self.left.edge.saturating_sub(24)), self.left.edge);
        // Phrases that mail and file servers have with other codes.
        let phrase = match self.code.get() {
            421 => "misdirected",
            431 => "request header",
            451 => "unavailable for legal",
            503 => "service unavailable",
            _ => "",
        };
        let phrase = !phrase.is_empty() && starts_with(self.text, self.right.text, phrase);
        let client = contains(head, "url returned error");
        self.right.http(self.text)
            || phrase
            || client
            || contains(head, "http") && list!["http/", "http ", "http_"].iter().any(|word| contains(head, word))
    }

    /// Codes that HTTP has as well need more than a label such as `status` before them.
    pub(crate) fn ambiguous(&self) -> bool {
        // Codes that only some mail servers have, against what every web server has.
        let rather_web = matches!(self.code.get(), 400..=420 | 422..=424 | 426..=429 if !in_force(self.code));
        let shared = matches!(self.code.get(), 200..=206 | 226 | 300..=308 | 400..=431 | 451 | 500..=511);
        rather_web && !self.text_follows()
            || shared && !self.enhanced() && !self.around.hint && {
                let end = line_end(self.text, self.place, self.place.saturating_add(240));
                let start = self.left.line;
                contains(slice(self.text, start, end), "http")
                    || contains(slice(self.text, start, self.place), "status") && score(self.text, start, end) == 0
            }
    }

    /// Whether numbers count up over three lines here: source listings, numbered lists.
    pub(crate) fn counts_up(&self) -> bool {
        let text = self.text;
        let mut down = line_end(text, self.place, self.place.saturating_add(512));
        let mut up = self.left.line;
        let mut run = 1;
        for step in 1..3 {
            let line = next_line(text, down);
            if self.neighbour(line) != Some(u32::from(self.code.get()) + step) {
                break;
            }
            run += 1;
            down = line_end(text, line, line.saturating_add(512));
        }
        for step in 1..3 {
            let Some((start, _)) = line_above(text, up, 512) else { break };
            up = start;
            if self.neighbour(up).map(|number| number + step) != Some(u32::from(self.code.get())) {
                break;
            }
            run += 1;
        }
        run >= 3
    }

    /// The number that another line begins with, behind the same prefix as this one's if it has one.
    fn neighbour(&self, line: usize) -> Option<u32> {
        let prefix = self.left.edge.saturating_sub(self.left.line);
        let alike = prefix > 0 && prefix < 128 && before(self.text, line + prefix) == before(self.text, self.left.edge);
        leading_number(self.text, if alike { line + prefix } else { line })
    }

    /// Whether the line after begins with a code, too, or is a command.
    pub(crate) fn goes_on(&self) -> bool {
        let end = line_end(self.text, self.place, self.place.saturating_add(1024));
        let next = self.neighbour(next_line(self.text, end)).and_then(|next| u16::try_from(next).ok());
        let code = next.and_then(ReplyCode::new).filter(|code| code.first() < 6 && known(*code));
        code.is_some() || command::line_after(self.text, end).is_some()
    }

    /// Whether the line before is a command.
    pub(crate) fn answers(&self) -> bool {
        command::line_before(self.text, self.left.line).is_some()
    }

    /// Whether the words make a reply of a number without any dialogue around.
    pub(crate) fn alone(&self) -> bool {
        if self.enhanced() || self.around.hint {
            return true;
        }
        if self.negative() {
            return self.telling();
        }
        let small = self.right.first == First::Lower && self.left.indent > 0;
        (self.telling() && !small) || self.goes_on()
    }

    /// Whether the number is a column of a table or listing: more blanks than a server writes.
    pub(crate) fn laid_out(&self) -> bool {
        let gap = self.right.text.saturating_sub(self.place + 3);
        let indent = self.left.indent.max(self.place.saturating_sub(self.left.edge));
        (gap >= 4 || gap >= 2 && indent >= 2)
            && slice(self.text, self.place + 3, self.right.text).iter().all(|&byte| is_blank(byte))
    }

    /// Whether the label is the name of a source file: `Swift.php:250`.
    pub(crate) fn file(&self) -> bool {
        let word = self.left.word.of(self.text);
        let ending = word.iter().rposition(|&byte| byte == b'.').and_then(|dot| word.get(dot + 1..));
        ending.is_some_and(|ending| (1..=4).contains(&ending.len()) && !ending.iter().any(u8::is_ascii_uppercase))
    }

    /// Whether PHP's `var_dump` shows the number as the value of a code: `["smtp_code"]=>` on the line before.
    pub(crate) fn dumped(&self, kind: &str) -> bool {
        let start = self.left.edge + if kind.ends_with('(') { 1 } else { 0 };
        ends_with(self.text, start, kind)
            && dump_label(self.text, self.left.line).is_some_and(|label| role(label) == Role::Code)
    }
}

/// Whether the numbers behind a time stamp only number an entry of a log: `355 0 Status: Connected`, as FileZilla writes
/// it.
pub(crate) fn numbered_entry(text: &[u8], left: &Left, right: &Right) -> bool {
    let start = right.text;
    let figures = slice(text, start, start + 6).iter().take_while(|byte| byte.is_ascii_digit()).count();
    let label = slice(text, start + figures + 1, start + figures + 17);
    let letters = label.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    left.stand == Stand::Stamp
        && right.separator == Separator::Blank
        && figures > 0
        && is_blank(at(text, start + figures))
        && letters > 0
        && label.get(letters) == Some(&b':')
}

/// Whether the number is the status column of a table such as IIS W3C has: `STOR a.jpg 550 5 0`.
pub(crate) fn column_of_words(text: &[u8], left: &Left, right: &Right) -> bool {
    if right.separator != Separator::Blank || right.first != First::Digit {
        return false;
    }
    let date = |window: &[u8]| match window {
        [y @ .., b'-', a, b, b'-'] => y.iter().chain([a, b]).all(u8::is_ascii_digit),
        _ => false,
    };
    slice(text, left.line, left.edge).windows(8).any(date)
        && command::nearest(text, left.edge.saturating_sub(160).max(left.line), left.edge).is_some()
}

/// The name in the line before one, as PHP's `var_dump` writes it: `["name"]=>`.
pub(crate) fn dump_label(text: &[u8], line: usize) -> Option<&[u8]> {
    let (start, end) = line_above(text, line, 120)?;
    let label = slice(text, start, end).trim_ascii().strip_suffix(b"]=>")?.strip_prefix(b"[")?;
    label.strip_prefix(b"\"").and_then(|label| label.strip_suffix(b"\""))
}

/// The number that a line begins with, after blanks and arrows.
pub(crate) fn leading_number(text: &[u8], line: usize) -> Option<u32> {
    let mut place = line;
    while place < line + 24 && matches!(at(text, place), b' ' | b'\t' | b'-' | b'>' | b'|' | b'*') {
        place += 1;
    }
    let digits = slice(text, place, place + 6).iter().take_while(|byte| byte.is_ascii_digit()).count();
    let after = at(text, place + digits);
    (1..=5).contains(&digits).then_some(())?;
    (!after.is_ascii_alphanumeric())
        .then(|| slice(text, place, place + digits).iter().fold(0, |value, digit| value * 10 + u32::from(digit - b'0')))
}
