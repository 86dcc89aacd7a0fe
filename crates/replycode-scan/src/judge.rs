//! The decision whether a number is a reply, from what stands before and behind it.

use replycode::ReplyCode;

use crate::bytes::{at, before, ends_with, is_blank, is_line_end, skip_blanks, skip_blanks_back, slice};
use crate::command;
use crate::early::after_protocol;
use crate::evidence::{column_of_words, numbered_entry};
use crate::found::Form;
use crate::left::{Left, Stand, expected};
use crate::lexicon::{ANSWERED_WITH, ANSWERS, HEARD_ONE, Role, has};
use crate::list::list;
use crate::protocol::known;
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
        // What rules a reply out takes longer to see than what makes one.
        self.possible().then_some(())?;
        self.shape().filter(|_| {
            !(self.web() || self.right.expected(self.text) || expected(self.text, self.left) || self.sent())
        })
    }

    /// How the number would be a reply, by its place.
    fn shape(&self) -> Option<Form> {
        let Case { left, right, around, .. } = self;
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
                // `<mx.example.com #550 Unable to relay>`, not `ticket #550 closed`.
                let word = skip_blanks_back(self.text, left.line, left.edge.saturating_sub(1));
                let named = before(self.text, word).is_ascii_alphabetic() && right.first != First::Upper;
                let attached = !left.spaced && right.separator == Separator::Blank;
                (attached && self.plausible() && self.text_follows() && (self.enhanced() || !named && self.telling()))
                    .then_some(Form::Labelled)
            }
            Stand::Closed => self.column(),
            Stand::Nothing => self.cell(),
        }
    }

    /// In a table whose columns are set apart by tabs.
    fn cell(&self) -> Option<Form> {
        let tab = before(self.text, self.place) == b'\t' && self.right.separator == Separator::Blank;
        (tab && self.negative() && self.plausible() && self.text_follows() && self.telling()).then_some(Form::Labelled)
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
        (fits && (!right.unit || known(self.code))).then_some(Form::Dialog)
    }

    /// At the beginning of a line.
    fn bare(&self) -> Option<Form> {
        let (left, right, around) = (self.left, self.right, self.around);
        if right.unit && !around.hint {
            return None;
        }
        let dialog = around.dialog || around.first || self.answers();
        let fits = match right.separator {
            // The last cell of a table's row may count anything.
            Separator::End if left.edge > left.line && before(self.text, left.edge) == b'>' => false,
            Separator::End => known(self.code) && (around.dialog || around.hint && around.first || self.answers()),
            Separator::Dash => self.dash() && self.plausible() && (dialog || self.goes_on() || self.telling()),
            Separator::Colon => {
                let words = self.enhanced() || matches!(right.first, First::Upper | First::Lower | First::Wide);
                self.negative() && self.plausible() && words && self.telling()
            }
            Separator::Comma => self.negative() && known(self.code) && right.first == First::Upper && self.telling(),
            Separator::Blank if right.has_text() => self.plausible() && (dialog || self.alone()),
            Separator::Blank => {
                right.first == First::Digit
                    && known(self.code)
                    && around.dialog
                    && !numbered_entry(self.text, left, right)
            }
            _ => false,
        };
        (fits && (self.enhanced() || around.hint || !(self.counts_up() || self.laid_out())))
            .then_some(if left.stand == Stand::Stamp { Form::Dialog } else { Form::Bare })
    }

    /// After `>`: a quotation in a mail, or a server's own log.
    fn quotation(&self) -> Option<Form> {
        let said = match self.right.separator {
            Separator::Colon => self.negative() && self.worded_like_a_reply(),
            _ => self.around.dialog || self.telling() || self.goes_on(),
        };
        (self.plausible() && self.text_follows() && said && (self.enhanced() || !(self.counts_up() || self.laid_out())))
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
        (!column && self.plausible() && self.text_follows() && (self.around.dialog || self.telling()))
            .then_some(Form::Labelled)
    }

    /// After a label.
    fn labelled(&self) -> Option<Form> {
        let (left, right) = (self.left, self.right);
        // `LEN=550 PROTO=TCP`, `Snapshots: 550  Free: 421`: a row of names and values.
        let row = if left.equals { right.pair == b'=' } else { right.pair == b':' && left.role != Role::Reply };
        // `Get:550 http://deb.example.org/`: a package manager counts.
        let counted = !left.spaced && has(list!["get"], left.word.of(self.text));
        if !self.plausible() || right.unit || row || counted {
            return None;
        }
        // A program's name and number, `uploader[250]:`, and a number of milliseconds are only a prefix of the line.
        let numeric = left.word.of(self.text).iter().all(u8::is_ascii_digit);
        if numeric && !left.equals && !self.enhanced() {
            return self.bare().map(|_| Form::Labelled).or_else(|| self.after_object());
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
                let reply = self.text_follows() && (self.enhanced() || right.figures || self.worded_like_a_reply());
                (reply && right.separator != Separator::Colon).then_some(Form::Labelled)
            }
            // `Swift.php:250`, and settings such as `limit = 550`.
            Role::Client | Role::Unknown if !self.text_follows() && (left.equals || !left.spaced) => None,
            Role::Client | Role::Unknown if !left.spaced && (self.file() || !self.telling()) => None,
            // A transcript in any language: `Válasz:\t220 ...`.
            Role::Unknown
                if before(self.text, self.place) == b'\t'
                    && self.text_follows()
                    && (self.around.dialog || self.goes_on()) =>
            {
                Some(Form::Dialog)
            }
            Role::Client | Role::Unknown => match right.separator {
                Separator::Blank | Separator::Colon => {
                    let sure = self.negative() && right.first != First::Lower || self.telling();
                    (self.text_follows() && sure).then_some(Form::Labelled)
                }
                Separator::Dash => (self.dash() && (self.negative() || self.telling())).then_some(Form::Labelled),
                // `Enumerating objects: 550, done`
                Separator::Comma => None,
                _ => (self.negative() && left.spaced && self.spoken() && !self.ambiguous()).then_some(Form::Field),
            },
        }
    }

    /// After a label that ends in a bracket: `RCPT from unknown[192.0.2.1]: 554 ...`, `(host ...): 550 ...`.
    fn after_object(&self) -> Option<Form> {
        let fits = match self.right.separator {
            Separator::Blank | Separator::Colon => self.text_follows() && self.negative() && self.telling(),
            Separator::Dash => self.dash() && (self.negative() || self.telling()),
            _ => self.negative() && self.left.spaced && self.spoken() && !self.ambiguous(),
        };
        (fits && !(self.counts_up() || self.laid_out())).then_some(Form::Labelled)
    }

    /// After a word.
    fn worded(&self) -> Option<Form> {
        let (left, right) = (self.left, self.right);
        if !left.spaced {
            // `エラー550`: scripts that put no blanks between words.
            let wide = before(self.text, left.edge) >= 0x80 || at(self.text, left.edge.saturating_sub(2)) >= 0x80;
            if !wide {
                return None;
            }
        }
        // `STOR 550.jpg`
        let argument = command::step_of_word(left.word.of(self.text)).is_some() && !self.enhanced();
        if right.unit || argument {
            return None;
        }
        let text = self.text_follows();
        if !self.plausible() {
            // `smtp 587` is a port.
            let reply = self.negative() && text && right.first == First::Upper && !matches!(self.code.get(), 465 | 587);
            let history = left.spaced && after_protocol(self.text, left.line, left.word.end);
            return (reply && history).then_some(Form::Embedded);
        }
        let word = left.word.of(self.text);
        match left.role {
            Role::Code => match right.separator {
                Separator::Blank if !text || right.first == First::Lower && !self.telling() => None,
                Separator::Other => None,
                _ if text => (!self.ambiguous() && (self.negative() || self.spoken())).then_some(Form::Embedded),
                // `ERROR 250` alone may be anybody's number.
                _ => (!self.ambiguous() && (self.negative() || self.named())).then_some(Form::Field),
            },
            Role::Reply => {
                if self.enhanced() {
                    return Some(Form::Embedded);
                }
                let ends = |words: &str| ends_with(self.text, left.word.end, words);
                let heard = has(ANSWERS, word) || ANSWERED_WITH.iter().any(ends);
                // `Got a 421 ftp-server response`, not `A 503 error means`.
                if has(list!["a", "an"], word) && !HEARD_ONE.iter().any(ends) {
                    return None;
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
            Separator::Close(_) if self.dumped("string(3)") => Some(Form::Field),
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
                if self.dumped("int(") {
                    return Some(Form::Field);
                }
                let after = at(text, self.place + 4);
                // `smtpd[550]:`, `mail.php(310):`, `SMTP(0)`: attached to a name and followed by more.
                let attached = !left.spaced && left.stand == Stand::Word && left.role != Role::Code;
                let wide = before(text, left.edge) >= 0x80;
                let ends = right.first == First::Nothing || matches!(after, b',' | b'.' | b';' | b'"' | b'\'' | b'}');
                if close == b']' && !ends && right.first != First::Digit {
                    return None;
                }
                let process = attached && after == b':';
                if attached && !wide && !(close == b']' && ends) || process || left.role == Role::Other || right.unit {
                    return None;
                }
                // `E (550) wifi: ...`: the time stamp of an ESP32's log.
                let word = left.word.of(text);
                let level = matches!(word, b"I" | b"W" | b"E" | b"D" | b"V") && !right.unit && after == b' ';
                if level || word.len() == 1 && left.word.start == left.line {
                    return None;
                }
                // `(Connection timed out) [110]` is a number of the system.
                let positive = ends && at(text, self.place) != b'1';
                let sure = self.spoken() && (self.negative() || positive);
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
