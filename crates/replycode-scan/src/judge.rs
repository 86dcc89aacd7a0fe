//! The decision whether a number is a reply, from what stands before and behind it.

use replycode::ReplyCode;

use crate::bytes::{
    at, before, contains, is_blank, is_line_end, is_word, line_end, line_start, next_line, skip_blanks, slice,
};
use crate::command;
use crate::found::Form;
use crate::left::{Left, Stand, expected};
use crate::lexicon::{REPLY_WORDS, Role, has};
use crate::protocol::{known, score};
use crate::right::{First, Right, Separator};

/// What the reader knows of the surroundings.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Around {
    /// A reply was found shortly before.
    pub(crate) dialog: bool,
    /// The place is within the words of the last reply, on its line.
    pub(crate) tail: bool,
    /// That last reply is preliminary: its sequel may follow on the same line.
    pub(crate) preliminary: bool,
    /// Nothing but blanks stands before the place in the whole text.
    pub(crate) first: bool,
    /// The caller named the protocol.
    pub(crate) hint: bool,
}

/// One number with its surroundings.
pub(crate) struct Case<'a> {
    pub(crate) text: &'a [u8],
    pub(crate) place: usize,
    pub(crate) code: ReplyCode,
    pub(crate) left: &'a Left,
    pub(crate) right: &'a Right,
    pub(crate) around: Around,
}

impl Case<'_> {
    /// How the number is a reply, if it is one.
    pub(crate) fn form(&self) -> Option<Form> {
        let Case { left, right, around, .. } = self;
        if !self.possible() || self.web() || right.expected || expected(self.text, left) {
            return None;
        }
        if around.tail {
            return self.nested();
        }
        if column_of_words(self.text, left, right) {
            return Some(Form::Column);
        }
        if left.bracket != 0 {
            return self.bracketed();
        }
        if left.quote != 0 {
            return self.quoted();
        }
        if left.escaped {
            let fits = self.plausible() && self.text_follows() && (self.enhanced() || left.role == Role::Reply);
            return fits.then_some(Form::Escaped);
        }
        match left.stand {
            Stand::Server => self.server(),
            Stand::Start | Stand::Stamp => self.bare(),
            Stand::Client => self.quotation(),
            Stand::Arrow => self.arrow(),
            Stand::Dash => self.dashed(),
            Stand::Label => self.labelled(),
            Stand::Word => self.worded(),
            Stand::Number => self.numbered(),
            Stand::Clause | Stand::Comma => self.clause(),
            Stand::Hash => {
                let attached = !left.spaced && right.separator == Separator::Blank;
                (attached && self.plausible() && self.text_follows() && self.telling()).then_some(Form::Labelled)
            }
            Stand::Closed => self.column(),
            Stand::Nothing => None,
        }
    }

    /// Replies begin with 1 to 5; 631 to 633 wrap a protected reply (RFC 2228).
    fn possible(&self) -> bool {
        let marked = self.left.stand == Stand::Server;
        match self.code.get() {
            100..=599 => true,
            631..=633 => marked,
            _ => false,
        }
    }

    fn enhanced(&self) -> bool {
        self.right.enhanced.is_some()
    }

    fn negative(&self) -> bool {
        matches!(at(self.text, self.place), b'4' | b'5')
    }

    /// Known to the catalogue, or written with an enhanced status code.
    fn plausible(&self) -> bool {
        self.enhanced() || known(self.code)
    }

    /// A separator that a reply may have, and words behind it.
    fn text_follows(&self) -> bool {
        let right = self.right;
        match right.separator {
            Separator::Blank => right.has_text() && !right.unit,
            Separator::Dash => self.dash(),
            Separator::Colon => right.has_text() && !right.unit,
            _ => false,
        }
    }

    /// A hyphen that may stand between code and text: `250-SIZE`, `250-8BITMIME`, not `555-0123`.
    fn dash(&self) -> bool {
        if self.right.first != First::Digit || self.enhanced() {
            return !self.right.unit;
        }
        let start = self.right.text;
        let digits = slice(self.text, start, start + 4).iter().take_while(|byte| byte.is_ascii_digit()).count();
        let address = at(self.text, start + digits) == b'.' && at(self.text, start + digits + 1).is_ascii_digit();
        digits < 3 || digits == 3 && address
    }

    /// Whether the words behind the number or around it are those of a reply.
    fn telling(&self) -> bool {
        if self.enhanced() || self.around.hint || self.around.first || self.worded_like_a_reply() {
            return true;
        }
        let end = line_end(self.text, self.right.text, self.right.text.saturating_add(240));
        score(self.text, self.left.line.max(self.left.edge.saturating_sub(80)), end) != 0
    }

    /// Whether the words behind the number are those of a reply.
    fn worded_like_a_reply(&self) -> bool {
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
    fn spoken(&self) -> bool {
        let end = line_end(self.text, self.place, self.place.saturating_add(240));
        let head = slice(self.text, self.left.line.max(self.left.edge.saturating_sub(160)), self.left.edge);
        let words =
            ["error", "fail", "denied", "reject", "refused", "erreur", "fehler", "code", "respon", "reply", "bounce"];
        self.around.hint
            || score(self.text, self.left.line.max(self.left.edge.saturating_sub(200)), end) != 0
            || words.iter().any(|word| contains(head, word))
            || ["エラー", "失敗", "失败", "错误"].iter().any(|word| contains(head, word))
    }

    /// A status of HTTP, by its phrase or by what stands before it.
    fn web(&self) -> bool {
        if self.enhanced() || self.left.stand == Stand::Server {
            return false;
        }
        let head = slice(self.text, self.left.line.max(self.left.edge.saturating_sub(24)), self.left.edge);
        self.right.http || contains(head, "http/") || contains(head, "http ") || contains(head, "http_")
    }

    /// Codes that HTTP has as well need more than a label such as `status` before them.
    fn ambiguous(&self) -> bool {
        let shared = matches!(self.code.get(), 200..=206 | 226 | 300..=308 | 400..=431 | 451 | 500..=511);
        shared && !self.enhanced() && !self.around.hint && {
            let end = line_end(self.text, self.place, self.place.saturating_add(240));
            let start = self.left.line;
            contains(slice(self.text, start, end), "http")
                || contains(slice(self.text, start, self.place), "status") && score(self.text, start, end) == 0
        }
    }

    /// Whether numbers count up over three lines here: source listings, numbered lists.
    fn counts_up(&self) -> bool {
        let text = self.text;
        let mut down = line_end(text, self.place, self.place.saturating_add(512));
        let mut up = self.left.line;
        let mut run = 1;
        for step in 1..3 {
            let line = next_line(text, down);
            if leading_number(text, line) != Some(u32::from(self.code.get()) + step) {
                break;
            }
            run += 1;
            down = line_end(text, line, line.saturating_add(512));
        }
        for step in 1..3 {
            let Some(end) = up.checked_sub(1) else { break };
            let end = if before(text, end) == b'\r' { end.saturating_sub(1) } else { end };
            up = line_start(text, end, 512);
            if leading_number(text, up).map(|number| number + step) != Some(u32::from(self.code.get())) {
                break;
            }
            run += 1;
        }
        run >= 3
    }

    /// Whether the line after begins with a code, too, or is a command.
    fn goes_on(&self) -> bool {
        let end = line_end(self.text, self.place, self.place.saturating_add(1024));
        let next = leading_number(self.text, next_line(self.text, end)).and_then(|next| u16::try_from(next).ok());
        let code = next.and_then(ReplyCode::new).filter(|code| code.first() < 6 && known(*code));
        code.is_some() || command::line_after(self.text, end).is_some()
    }

    /// Whether the line before is a command.
    fn answers(&self) -> bool {
        command::line_before(self.text, self.left.line).is_some()
    }

    /// After a mark that the server speaks.
    fn server(&self) -> Option<Form> {
        let right = self.right;
        let fits = match right.separator {
            Separator::Blank => right.has_text() || (right.first == First::Digit && known(self.code)),
            Separator::Dash => self.dash(),
            Separator::End => known(self.code),
            Separator::Colon => right.has_text() && self.plausible(),
            _ => self.plausible() && self.negative(),
        };
        (fits && !(right.unit && !known(self.code))).then_some(Form::Dialog)
    }

    /// At the beginning of a line.
    fn bare(&self) -> Option<Form> {
        let (left, right, around) = (self.left, self.right, self.around);
        if right.unit && !around.hint {
            return None;
        }
        let dialog = around.dialog || around.first || self.answers();
        let fits = match right.separator {
            Separator::End => known(self.code) && (around.dialog || around.hint && around.first || self.answers()),
            Separator::Dash => self.dash() && self.plausible() && (dialog || self.goes_on() || self.telling()),
            Separator::Colon => self.negative() && self.plausible() && right.has_text() && self.telling(),
            Separator::Blank if right.has_text() => self.plausible() && (dialog || self.alone()),
            Separator::Blank => right.first == First::Digit && known(self.code) && around.dialog,
            _ => false,
        };
        (fits && (self.enhanced() || around.hint || !(self.counts_up() || self.laid_out())))
            .then_some(if left.stand == Stand::Stamp { Form::Dialog } else { Form::Bare })
    }

    /// Whether the words make a reply of a number without any dialogue around.
    fn alone(&self) -> bool {
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
    fn laid_out(&self) -> bool {
        let gap = self.right.text.saturating_sub(self.place + 3);
        gap >= 4 && slice(self.text, self.place + 3, self.right.text).iter().all(|&byte| is_blank(byte))
    }

    /// After `>`: a quotation in a mail, or a server's own log.
    fn quotation(&self) -> Option<Form> {
        (self.plausible() && self.text_follows() && (self.negative() || self.around.dialog || self.telling()))
            .then_some(Form::Dialog)
    }

    /// After an arrow, which points from a command to its reply, or along a line of source.
    fn arrow(&self) -> Option<Form> {
        let listing = self.left.line + 3 >= skip_blanks(self.text, self.left.line) && self.laid_out();
        let fits = self.plausible() && (self.text_follows() || self.right.separator == Separator::End);
        (fits && !listing && !self.counts_up() && (self.around.dialog || self.negative() || self.telling()))
            .then_some(Form::Labelled)
    }

    /// After ` - `.
    fn dashed(&self) -> Option<Form> {
        let gap = slice(self.text, self.place + 3, self.right.text);
        let column = gap.contains(&b'-') && gap.first().is_some_and(|&byte| is_blank(byte));
        (!column && self.plausible() && self.text_follows() && (self.enhanced() || self.telling()))
            .then_some(Form::Labelled)
    }

    /// After a label.
    fn labelled(&self) -> Option<Form> {
        let (left, right) = (self.left, self.right);
        // `LEN=550 PROTO=TCP`: a row of names and values.
        if !self.plausible() || right.unit || left.equals && right.pair {
            return None;
        }
        match left.role {
            Role::Code => {
                let text = self.text_follows();
                (!self.ambiguous()).then_some(if text { Form::Labelled } else { Form::Field })
            }
            Role::Reply => match right.separator {
                Separator::Blank if !right.has_text() => None,
                _ if self.text_follows() => Some(Form::Labelled),
                Separator::Blank | Separator::Dash | Separator::Colon => None,
                _ => (!self.ambiguous() && (self.negative() || self.spoken())).then_some(Form::Field),
            },
            Role::Other => {
                let reply = self.text_follows() && (self.enhanced() || self.worded_like_a_reply());
                (reply && right.separator != Separator::Colon).then_some(Form::Labelled)
            }
            // `Swift.php:250`, and settings such as `limit = 550`.
            Role::Client | Role::Unknown if !self.text_follows() && (left.equals || !left.spaced) => None,
            Role::Client | Role::Unknown if !left.spaced && (self.file() || !self.telling()) => None,
            Role::Client | Role::Unknown => match right.separator {
                Separator::Blank | Separator::Colon => {
                    let sure = self.negative() && right.first != First::Lower || self.telling();
                    (self.text_follows() && sure).then_some(Form::Labelled)
                }
                Separator::Dash => (self.dash() && (self.negative() || self.telling())).then_some(Form::Labelled),
                _ => (self.negative() && left.spaced && self.spoken() && !self.ambiguous()).then_some(Form::Field),
            },
        }
    }

    /// Whether the label is the name of a source file: `Swift.php:250`.
    fn file(&self) -> bool {
        let word = self.left.word.of(self.text);
        let ending = word.iter().rposition(|&byte| byte == b'.').and_then(|dot| word.get(dot + 1..));
        ending.is_some_and(|ending| (1..=4).contains(&ending.len()) && !ending.iter().any(u8::is_ascii_uppercase))
    }

    /// After a word.
    fn worded(&self) -> Option<Form> {
        let (left, right) = (self.left, self.right);
        if !left.spaced && !left.escaped {
            // `エラー550`: scripts that put no blanks between words.
            let wide = before(self.text, left.edge) >= 0x80 || at(self.text, left.edge.saturating_sub(2)) >= 0x80;
            if !wide {
                return None;
            }
        }
        // `STOR 550.jpg`
        let argument = command::step_of_word(left.word.of(self.text)).is_some() && !self.enhanced();
        if !self.plausible() || right.unit || argument {
            return None;
        }
        let text = self.text_follows();
        let word = left.word.of(self.text);
        match left.role {
            Role::Code => match right.separator {
                Separator::Blank if !text => None,
                Separator::Other => None,
                _ => (!self.ambiguous() && (self.negative() || self.spoken())).then_some(if text {
                    Form::Embedded
                } else {
                    Form::Field
                }),
            },
            Role::Reply => {
                let heard =
                    has(&["got", "received", "reply", "response", "recv", "rx", "in", "welcome", "returned"], word);
                if self.enhanced() {
                    return Some(Form::Embedded);
                }
                match right.separator {
                    Separator::Dash => (self.dash() && (heard || self.negative())).then_some(Form::Embedded),
                    _ if text => (if self.negative() { self.telling() } else { heard && self.telling() })
                        .then_some(Form::Embedded),
                    Separator::Blank | Separator::Other => None,
                    _ => (self.negative() && self.spoken() && !self.ambiguous()).then_some(Form::Field),
                }
            }
            _ if self.enhanced() => Some(Form::Embedded),
            _ if word.last().is_some_and(|&byte| byte >= 0x80) || before(self.text, left.edge) >= 0x80 => {
                let ends = matches!(right.separator, Separator::End | Separator::Close(_) | Separator::Comma);
                (self.negative() && self.spoken() && (ends || text)).then_some(Form::Field)
            }
            _ => None,
        }
    }

    /// After a number: the columns of a log.
    fn numbered(&self) -> Option<Form> {
        let first = skip_blanks(self.text, self.left.line) == self.left.word.start;
        (self.plausible() && self.text_follows() && (self.enhanced() || first && self.around.dialog && self.telling()))
            .then_some(Form::Dialog)
    }

    /// After a comma or the end of a sentence.
    fn clause(&self) -> Option<Form> {
        if !self.left.spaced && !self.enhanced() {
            return None;
        }
        let sure = self.enhanced() || self.negative() && self.right.first != First::Lower && self.telling();
        (self.plausible() && self.text_follows() && sure).then_some(Form::Embedded)
    }

    /// Behind a quoted command: `"STOR a.jpg" 550 -`.
    fn column(&self) -> Option<Form> {
        let end = self.left.edge.saturating_sub(1);
        let floor = self.left.line.max(end.saturating_sub(400));
        let open = floor + slice(self.text, floor, end).iter().rposition(|&byte| byte == b'"')? + 1;
        let word = open + slice(self.text, open, end).iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
        let verb = command::nearest(self.text, open, word.max(open + 1));
        let next = at(self.text, skip_blanks(self.text, self.place + 3));
        let tabular = next.is_ascii_digit() || next == b'-' || is_line_end(next) || next == 0 || next == b'"';
        if verb.is_some() && known(self.code) && tabular {
            return Some(Form::Column);
        }
        (self.plausible() && self.text_follows() && (self.enhanced() || self.negative() && self.telling()))
            .then_some(Form::Embedded)
    }

    /// Right behind a quotation mark.
    fn quoted(&self) -> Option<Form> {
        let (left, right) = (self.left, self.right);
        let server = left.stand == Stand::Server;
        let labelled = server || matches!(left.role, Role::Code | Role::Reply);
        if !(self.plausible() || server) {
            return None;
        }
        match right.separator {
            Separator::Close(_) | Separator::End => {
                let value = left.role == Role::Code || server && (self.negative() || self.spoken());
                (value && !self.ambiguous()).then_some(if server { Form::Dialog } else { Form::Field })
            }
            _ if self.text_follows() || server && right.separator == Separator::Blank => {
                let sure = labelled || self.enhanced() || self.around.dialog || self.telling();
                sure.then_some(if server { Form::Dialog } else { Form::Quoted })
            }
            _ => None,
        }
    }

    /// Right behind a bracket.
    fn bracketed(&self) -> Option<Form> {
        let (text, left, right) = (self.text, self.left, self.right);
        if !self.plausible() {
            return None;
        }
        match right.separator {
            Separator::Close(close) => {
                if left.quote != 0 && close != left.quote {
                    return None;
                }
                let after = at(text, self.place + 4);
                // `smtpd[550]:`, `mail.php(310):`, `SMTP(0)`: attached to a name and followed by more.
                let attached = !left.spaced && left.stand == Stand::Word && left.role != Role::Code;
                let wide = before(text, left.edge) >= 0x80;
                let ends = right.first == First::Nothing || matches!(after, b',' | b'.' | b';' | b'"' | b'\'' | b'}');
                if close == b']' && !ends && right.first != First::Digit {
                    return None;
                }
                if attached && !wide && !(close == b']' && ends) || left.role == Role::Other || right.unit {
                    return None;
                }
                // `E (550) wifi: ...`: the time stamp of an ESP32's log.
                let word = left.word.of(text);
                if word.len() == 1 && left.word.start == left.line {
                    return None;
                }
                let sure = if self.negative() { self.spoken() } else { self.spoken() && ends };
                (sure && !self.ambiguous()).then_some(Form::Bracketed)
            }
            Separator::Comma => {
                let next = at(text, right.text);
                let string =
                    matches!(next, b'"' | b'\'') || matches!(next, b'b' | b'u') && at(text, right.text + 1) == b'\'';
                let string = string || self.enhanced() && at(text, self.place + 3) == b',';
                string.then_some(Form::Tuple)
            }
            Separator::Blank | Separator::Dash | Separator::Colon => {
                let sure = self.enhanced() || self.telling() && (self.negative() || self.spoken());
                (self.text_follows() && sure).then_some(Form::Quoted)
            }
            _ => None,
        }
    }

    /// Within the words of another reply.
    fn nested(&self) -> Option<Form> {
        let (left, right) = (self.left, self.right);
        if right.unit || !self.plausible() {
            return None;
        }
        let text = self.text_follows();
        let blank = left.spaced || left.quote != 0 || left.bracket != 0;
        let quoted = left.quote != 0 && text && self.negative() && self.telling();
        let arrow = left.stand == Stand::Arrow && text;
        let inner = left.stand == Stand::Label && left.role == Role::Reply && text && self.negative();
        let tuple = left.bracket == b'(' && right.separator == Separator::Comma;
        if blank && self.enhanced() || quoted || arrow || inner {
            return Some(if left.quote != 0 { Form::Quoted } else { Form::Embedded });
        }
        if tuple {
            return self.bracketed();
        }
        if self.around.preliminary && left.stand == Stand::Clause && text && self.worded_like_a_reply() {
            return Some(Form::Embedded);
        }
        (left.stand == Stand::Start && text).then(|| self.bare()).flatten()
    }
}

/// Whether the number is the status column of a table such as IIS W3C has: `STOR a.jpg 550 5 0`.
fn column_of_words(text: &[u8], left: &Left, right: &Right) -> bool {
    if right.separator != Separator::Blank || right.first != First::Digit {
        return false;
    }
    let dated = slice(text, left.line, left.line + 4).iter().all(u8::is_ascii_digit) && at(text, left.line + 4) == b'-';
    dated && command::nearest(text, left.edge.saturating_sub(160).max(left.line), left.edge).is_some()
}

/// The number that a line begins with, after blanks and arrows.
fn leading_number(text: &[u8], line: usize) -> Option<u32> {
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
