//! What people read: lines that fit, colours on a terminal, foreign text that commands nothing.

use anstyle::{AnsiColor, Style};
use replycode::Verdict;
use textwrap::Options;
use textwrap::core::display_width;

use crate::{Host, escape};

/// How wide lines are at most: longer ones are hard to read.
const WIDEST: usize = 100;
/// What is assumed where there is no terminal.
const USUAL: usize = 80;

pub(crate) const BOLD: Style = Style::new().bold();
pub(crate) const DIM: Style = Style::new().dimmed();

/// A text that is being written.
pub(crate) struct Paper {
    pub(crate) out: String,
    /// The columns of a line.
    pub(crate) width: usize,
    pub(crate) color: bool,
}

impl Paper {
    pub(crate) fn of(host: &Host<'_>) -> Self {
        let width = host.columns.unwrap_or(USUAL).clamp(20, WIDEST);
        Paper { out: String::new(), width, color: host.color }
    }

    /// A text in lines that fit, broken where its language breaks lines.
    pub(crate) fn paragraph(&mut self, text: &str, first: &str, further: &str) {
        let options = Options::new(self.width).initial_indent(first).subsequent_indent(further);
        self.out.push_str(&textwrap::fill(text, options));
        self.out.push('\n');
    }

    /// Facts, each with a label of its own column.
    pub(crate) fn facts(&mut self, facts: &[(&str, String)], indent: &str) {
        let widest = facts.iter().map(|(label, _)| display_width(label)).max().unwrap_or_default();
        for (label, text) in facts {
            let blank = " ".repeat(widest - display_width(label) + 2);
            let label = self.painted(DIM, label);
            let further = format!("{indent}{}", " ".repeat(widest + 2));
            self.paragraph(text, &format!("{indent}{label}{blank}"), &further);
        }
    }

    pub(crate) fn painted(&self, style: Style, text: &str) -> String {
        if self.color && !text.is_empty() { format!("{style}{text}{style:#}") } else { text.to_owned() }
    }
}

pub(crate) fn color_of(verdict: Verdict) -> Style {
    let color = match verdict {
        Verdict::Done | Verdict::Continue => AnsiColor::Green,
        Verdict::RetrySoon | Verdict::RetryLater => AnsiColor::Yellow,
        Verdict::FixFirst | Verdict::GiveUp => AnsiColor::Red,
    };
    color.on_default().bold()
}

/// What a server sent, line by line, so that a terminal shows it and does not obey it.
pub(crate) fn quoted(bytes: &[u8]) -> Vec<String> {
    let lines = bytes.split(|&byte| byte == b'\n').map(<[u8]>::trim_ascii_end).filter(|line| !line.is_empty());
    lines.map(escape::line).collect()
}

/// As much of a text as fits into columns.
pub(crate) fn shortened(text: &str, columns: usize) -> String {
    if display_width(text) <= columns {
        return text.to_owned();
    }
    let mut short = String::new();
    let mut width = 0;
    for character in text.chars() {
        width += display_width(character.encode_utf8(&mut [0; 4]));
        if width > columns.saturating_sub(3) {
            break;
        }
        short.push(character);
    }
    short + "..."
}
