//! How deep the stack gets: gcc's call graph (`-fcallgraph-info=su`), followed to its ends.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{anyhow, bail};

/// Each function's own frame and what it calls.
pub(crate) struct Stacks {
    frames: BTreeMap<String, u64>,
    calls: BTreeMap<String, BTreeSet<String>>,
}

impl Stacks {
    /// Reads the graph: a node with `name`, place and `N bytes (static)` for each function, an edge for each call.
    pub(crate) fn parse(graph: &str) -> anyhow::Result<Stacks> {
        let mut stacks = Stacks { frames: BTreeMap::new(), calls: BTreeMap::new() };
        for line in graph.lines() {
            if let Some(title) = value(line, "node: { title: ") {
                let label = value(line, " label: ").unwrap_or_default();
                if label.contains("(dynamic)") {
                    bail!("{title} takes an amount of stack that depends on its input");
                }
                let bytes = label.split("\\n").find_map(|part| part.strip_suffix(" bytes (static)"));
                // Without a frame: what is elsewhere, as memset.
                stacks.frames.insert(title.to_owned(), bytes.map_or(Ok(0), str::parse)?);
            } else if let Some(caller) = value(line, "edge: { sourcename: ") {
                let called = value(line, " targetname: ").unwrap_or_default();
                if called == "__indirect_call" {
                    bail!("{caller} calls through a pointer");
                }
                stacks.calls.entry(caller.to_owned()).or_default().insert(called.to_owned());
            }
        }
        Ok(stacks)
    }

    /// The function that goes deepest, and how deep.
    pub(crate) fn deepest(&self) -> anyhow::Result<(String, u64)> {
        let names: Vec<_> = self.frames.keys().cloned().collect();
        self.of(&names)?.into_iter().next().ok_or_else(|| anyhow!("no function in the call graph"))
    }

    /// These functions with what they take, the deepest first.
    pub(crate) fn of(&self, names: &[String]) -> anyhow::Result<Vec<(String, u64)>> {
        let known = names.iter().filter_map(|name| self.title(name).map(|title| (name, title)));
        let depths = known.map(|(name, title)| Ok((name.clone(), self.depth(title, &mut Vec::new())?)));
        let mut depths = depths.collect::<anyhow::Result<Vec<_>>>()?;
        depths.sort_by_key(|(_, bytes)| std::cmp::Reverse(*bytes));
        Ok(depths)
    }

    /// What a function is called in the graph: static ones have their file before the name.
    fn title(&self, name: &str) -> Option<&str> {
        let found = self.frames.get_key_value(name);
        found.map(|(title, _)| title.as_str())
    }

    fn depth<'a>(&'a self, title: &'a str, above: &mut Vec<&'a str>) -> anyhow::Result<u64> {
        if above.contains(&title) {
            bail!("{title} calls itself, by way of {}", above.join(", "));
        }
        above.push(title);
        let mut below = 0;
        for called in self.calls.get(title).into_iter().flatten() {
            below = below.max(self.depth(called, above)?);
        }
        above.pop();
        Ok(self.frames.get(title).copied().unwrap_or(0) + below)
    }
}

/// The quoted words behind a key.
fn value<'a>(line: &'a str, key: &str) -> Option<&'a str> {
    let (_, rest) = line.split_once(key)?;
    rest.strip_prefix('"')?.split_once('"').map(|(value, _)| value)
}

#[cfg(test)]
mod tests {
    use super::Stacks;

    const GRAPH: &str = r#"graph: { title: "replycode.c"
node: { title: "rc_top" label: "rc_top\nreplycode.c:1:5\n16 bytes (static)\n0 dynamic objects" }
node: { title: "replycode.c:deep" label: "deep\nreplycode.c:2:5\n40 bytes (static)\n0 dynamic objects" }
node: { title: "memset" label: "memset\n<built-in>" shape : ellipse }
edge: { sourcename: "rc_top" targetname: "replycode.c:deep" label: "replycode.c:9:9" }
edge: { sourcename: "replycode.c:deep" targetname: "memset" label: "replycode.c:9:9" }
"#;

    #[test]
    fn frames_add_up_along_calls() {
        let stacks = Stacks::parse(GRAPH).unwrap();
        assert_eq!(stacks.of(&["rc_top".to_owned()]).unwrap(), [("rc_top".to_owned(), 56)]);
        assert_eq!(stacks.deepest().unwrap().1, 56);
    }

    #[test]
    fn what_has_no_bound_is_refused() {
        let edge = |to: &str| format!("{GRAPH}edge: {{ sourcename: \"replycode.c:deep\" targetname: \"{to}\" }}\n");
        let recursive = Stacks::parse(&edge("rc_top")).unwrap().deepest().unwrap_err();
        assert!(recursive.to_string().contains("calls itself"));
        let pointer = Stacks::parse(&edge("__indirect_call")).err().unwrap();
        assert_eq!(pointer.to_string(), "replycode.c:deep calls through a pointer");
    }
}
