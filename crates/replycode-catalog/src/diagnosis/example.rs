//! The examples of rules: reply lines, split as the parser would.

use replycode::{Enhanced, Evidence, Protocol, ReplyCode};

use super::compile::{Commands, CompiledRules};

/// An example: `554 5.7.1 Relay access denied`, `RCPT -> 452 Too many recipients`, or words alone.
pub(crate) struct Example<'a> {
    command: Option<&'a str>,
    code: Option<ReplyCode>,
    enhanced: Option<Enhanced>,
    text: &'a str,
}

impl<'a> Example<'a> {
    pub(crate) fn new(line: &'a str) -> Self {
        let (command, line) = match line.split_once(" -> ") {
            Some((command, rest)) => (Some(command), rest),
            None => (None, line),
        };
        let (code, rest) = first_word::<ReplyCode>(line);
        let (enhanced, text) = first_word::<Enhanced>(rest);
        Example { command, code, enhanced, text }
    }

    /// The number of the rule that decides.
    pub(crate) fn decide(&self, rules: &CompiledRules, commands: &Commands, protocol: Protocol) -> Option<usize> {
        let listed = |command: &&str| {
            commands
                .iter()
                .position(|(of, verb)| *of == protocol && verb == command)
                .and_then(|place| place.try_into().ok())
        };
        let evidence = Evidence {
            protocol,
            code: self.code,
            enhanced: self.enhanced,
            command: self.command.as_ref().and_then(listed),
            text: self.text.as_bytes(),
        };
        rules.rules().deciding(evidence).next().map(usize::from)
    }
}

/// The first word, if it is one of these, and the rest.
fn first_word<T: std::str::FromStr>(line: &str) -> (Option<T>, &str) {
    let (word, rest) = line.split_once([' ', '-']).unwrap_or((line, ""));
    match word.parse() {
        Ok(value) => (Some(value), rest),
        Err(_) => (None, line),
    }
}
