//! What a document promises, beside what there is.

use anyhow::bail;

/// What stands for anything, in a line or alone on one.
const ANYTHING: &str = "...";

/// Compares what a block printed with what the document shows.
///
/// # Errors
///
/// The first line of the document for which there is no other.
pub(super) fn compare(shown: &str, printed: &str) -> anyhow::Result<()> {
    let lines =
        |text: &'_ str| -> Vec<String> { text.trim_end().lines().map(|line| line.trim_end().to_owned()).collect() };
    let (shown, printed) = (lines(shown), lines(printed));
    // How far each way of reading the document has got in what was printed.
    let mut reached: Vec<usize> = vec![0];
    for line in &shown {
        let mut next: Vec<usize> = if line.trim() == ANYTHING {
            let first = reached.iter().min().copied().unwrap_or(0);
            (first..=printed.len()).collect()
        } else {
            let fits = |at: &&usize| printed.get(**at).is_some_and(|other| fits(line, other));
            reached.iter().filter(fits).map(|at| at + 1).collect()
        };
        next.dedup();
        if next.is_empty() {
            bail!("it does not say\n    {line}\nbut\n{}", indented(&printed));
        }
        reached = next;
    }
    if reached.contains(&printed.len()) { Ok(()) } else { bail!("it says more than is shown:\n{}", indented(&printed)) }
}

fn indented(lines: &[String]) -> String {
    lines.iter().map(|line| format!("    {line}")).collect::<Vec<_>>().join("\n")
}

/// Whether a line fits one in which `...` stands for anything.
fn fits(pattern: &str, line: &str) -> bool {
    let mut parts = pattern.split(ANYTHING);
    let Some(mut rest) = line.strip_prefix(parts.next().unwrap_or_default()) else { return false };
    let parts: Vec<&str> = parts.collect();
    let Some((last, inner)) = parts.split_last() else { return rest.is_empty() };
    for part in inner {
        match rest.split_once(part) {
            Some((_, after)) => rest = after,
            None => return false,
        }
    }
    rest.ends_with(last)
}

/// Whether the lines of an excerpt are in a text: one after the other, `...` for lines left out; empty ones are not
/// looked at.
pub(super) fn excerpt(shown: &str, whole: &str) -> anyhow::Result<()> {
    let full =
        |text: &'_ str| -> Vec<String> { text.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect() };
    let mut rest = full(whole);
    let mut free = true;
    for line in full(shown) {
        if line.trim() == ANYTHING {
            free = true;
            continue;
        }
        let found = if free {
            rest.iter().position(|other| *other == line)
        } else {
            Some(0).filter(|_| rest.first() == Some(&line))
        };
        match found {
            Some(at) => rest.drain(..=at).for_each(drop),
            None => bail!("this line is not there, or not at this place: {line}"),
        }
        free = false;
    }
    Ok(())
}

/// Applies a block of lines kept (` `), removed (`-`) and added (`+`) to a text.
///
/// # Errors
///
/// The lines kept and removed are not there, or more than once.
pub(super) fn patch(block: &str, text: &str) -> anyhow::Result<String> {
    let (mut old, mut new) = (String::new(), String::new());
    for line in block.lines() {
        let (mark, rest) = line.split_at_checked(1).unwrap_or((" ", ""));
        let (before, after) = match mark {
            " " => (true, true),
            "-" => (true, false),
            "+" => (false, true),
            _ => bail!("a line begins neither with a blank nor with + or -: {line}"),
        };
        for (wanted, side) in [(before, &mut old), (after, &mut new)] {
            if wanted {
                side.push_str(rest);
                side.push('\n');
            }
        }
    }
    match text.matches(&old).count() {
        1 => Ok(text.replacen(&old, &new, 1)),
        n => bail!("the lines kept and removed are there {n} times, not once:\n{old}"),
    }
}

#[cfg(test)]
mod tests {
    use super::{compare, excerpt, patch};

    #[test]
    fn output_is_compared_line_by_line() {
        for (shown, printed) in [
            ("a\nb\n", "a\nb"),
            ("a\n...\n", "a\nb\nc\n"),
            ("...\nc\n", "a\nc\nb\nc\n"),
            ("x ... z", "x 12 z"),
            ("...", ""),
        ] {
            assert!(compare(shown, printed).is_ok(), "{shown:?} {printed:?}");
        }
        for (shown, printed) in
            [("a\n", "a\nb\n"), ("a\nb\n", "a\n"), ("a\n...\nd\n", "a\nb\nc\n"), ("x ... z", "x 12 zz"), ("a", "")]
        {
            assert!(compare(shown, printed).is_err(), "{shown:?} {printed:?}");
        }
    }

    #[test]
    fn an_excerpt_keeps_the_order() {
        let whole = "a: 1\nb:\n  c: 2\n  d: 3\ne: 4\n";
        assert!(excerpt("b:\n  c: 2\n  ...\ne: 4\n", whole).is_ok());
        assert!(excerpt("a: 1\n  c: 2\n", whole).is_err());
        assert!(excerpt("e: 4\n...\na: 1\n", whole).is_err());
    }

    #[test]
    fn a_patch_needs_its_place() {
        assert_eq!(patch(" a\n-b\n+c\n+d\n", "x\na\nb\ny\n").unwrap(), "x\na\nc\nd\ny\n");
        assert!(patch(" a\n+b\n", "c\n").is_err());
        assert!(patch(" a\n+b\n", "a\na\n").is_err());
    }
}
