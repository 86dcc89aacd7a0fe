//! Causes and rules of the C89 amalgamation.

use std::fmt::Write as _;

use replycode::tables::{RuleMask, RuleRow};
use replycode_catalog::FALLBACK_CAUSES;

use super::texts::rule_ids;
use super::write::{array, guarded, list};
use crate::layout::Layout;

pub(super) fn tables(layout: &Layout<'_>) -> String {
    let diagnosis = layout.model.diagnosis();
    let rules = layout.model.compiled_rules().rules();
    let mut out = format!(
        "/* The causes, in the order of their entries: numbers, who must act. */\n#define RC_COUNT_CAUSES {}\n",
        diagnosis.causes.len()
    );
    out += &array("unsigned char", "rc_cause_numbers", diagnosis.causes.iter().map(|cause| (*cause.number).into()));
    out +=
        &array("unsigned char", "rc_cause_parties", diagnosis.causes.iter().map(|cause| cause.party.number().into()));
    out += "/* The causes of replies that no rule knows: positive ones, others. */\n";
    let place = |id: &str| diagnosis.causes.iter().position(|cause| *cause.id == id).unwrap_or(usize::from(u8::MAX));
    for (name, id) in ["POSITIVE", "OTHER"].iter().zip(FALLBACK_CAUSES) {
        let _ = writeln!(out, "#define RC_UNEXPLAINED_{name} {}", place(id));
    }
    let _ =
        writeln!(out, "/* The rules; the first that holds decides. */\n#define RC_COUNT_RULES {}", rules.rows.len());
    out += "static const struct rc_rule rc_rules[] = {\n";
    let lines: Vec<String> =
        rules.rows.iter().zip(&diagnosis.rules).map(|(row, rule)| rule_row(row, &rule.id)).collect();
    out += &lines.join(",\n");
    out += "\n};\n";
    out += &list("rc_conditions", conditions(layout));
    out += "/* Which rules need no phrase, by protocol; which need an enhanced status code; which need a command. */\n";
    let bytes = rules.rows.len().div_ceil(8);
    let mask = |part: fn(&RuleMask) -> u32| {
        let all = rules.masks.iter().flat_map(move |mask| part(mask).to_le_bytes()).map(usize::from);
        all.take(bytes).collect::<Vec<_>>()
    };
    out += &guarded(&["RC_NO_SMTP"], &array("unsigned char", "rc_smtp_plain", mask(|mask| mask.plain[0])));
    out += &guarded(&["RC_NO_FTP"], &array("unsigned char", "rc_ftp_plain", mask(|mask| mask.plain[1])));
    out += &array("unsigned char", "rc_with_enhanced", mask(|mask| mask.enhanced));
    out += &array("unsigned char", "rc_with_command", mask(|mask| mask.commands));
    out += &rule_ids(layout);
    out += "/* The trie of the phrases: where each byte leads from the start of a word, and the steps from there. */\n";
    out += &array("unsigned short", "rc_roots", rules.roots.iter().map(|root| usize::from(*root)));
    let _ = writeln!(out, "#define RC_PHRASES_SIZE {}", rules.phrases.len());
    out += &array("unsigned char", "rc_phrase_trie", rules.phrases.iter().map(|byte| usize::from(*byte)));
    out
}

fn rule_row(row: &RuleRow, id: &str) -> String {
    let RuleRow { cause, scope, severities, codes, enhanced, commands, start } = row;
    format!("    {{{cause}, {scope}, {severities}, {codes}, {enhanced}, {commands}, {start}}} /* {id} */")
}

/// The conditions, in which a command is its handle and not its place: the C functions know no places.
fn conditions(layout: &Layout<'_>) -> Vec<usize> {
    let rules = layout.model.compiled_rules().rules();
    let mut all: Vec<usize> = rules.conditions.iter().map(|condition| usize::from(*condition)).collect();
    for row in rules.rows {
        let first = usize::from(row.start) + usize::from(row.codes) + usize::from(row.enhanced);
        for condition in &mut all[first..first + usize::from(row.commands)] {
            let command = &layout.commands[*condition];
            *condition = (usize::from(command.protocol.number()) + 1) << 8 | usize::from(command.number);
        }
    }
    all
}
