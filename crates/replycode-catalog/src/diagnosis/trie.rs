//! All phrases as one trie, in the bytes that the core walks along; see `replycode::tables::op`.

use std::collections::BTreeMap;

use replycode::tables::op;

#[derive(Default)]
pub(crate) struct Trie {
    nodes: Vec<Node>,
}

#[derive(Default)]
struct Node {
    /// The groups of the phrases that end here.
    groups: Vec<u16>,
    children: BTreeMap<u8, usize>,
}

/// A trie as the core has it.
pub(crate) struct Written {
    pub(crate) roots: [u16; 256],
    pub(crate) bytes: Vec<u8>,
}

impl Trie {
    pub(crate) fn new() -> Self {
        Trie { nodes: vec![Node::default()] }
    }

    /// Adds a phrase of a group.
    pub(crate) fn add(&mut self, phrase: &[u8], group: u16) {
        let mut at = 0;
        for &byte in phrase {
            at = match self.nodes[at].children.get(&byte) {
                Some(&next) => next,
                None => {
                    self.nodes.push(Node::default());
                    let next = self.nodes.len() - 1;
                    self.nodes[at].children.insert(byte, next);
                    next
                }
            };
        }
        let groups = &mut self.nodes[at].groups;
        if !groups.contains(&group) {
            groups.push(group);
        }
    }

    /// How many phrases may be under way at once, whatever the text: for each beginning of a phrase, the parts of it
    /// that are beginnings of phrases as well.
    pub(crate) fn lanes(&self) -> usize {
        let mut most = 0;
        let mut path = Vec::new();
        self.visit(0, &mut path, &mut most);
        most
    }

    fn visit(&self, node: usize, path: &mut Vec<u8>, most: &mut usize) {
        let starts = (0..path.len()).filter(|&start| starts_word(path, start) && self.has(&path[start..]));
        *most = (*most).max(starts.count());
        for (&byte, &child) in &self.nodes[node].children {
            path.push(byte);
            self.visit(child, path, most);
            path.pop();
        }
    }

    fn has(&self, prefix: &[u8]) -> bool {
        prefix.iter().try_fold(0, |at: usize, byte| self.nodes[at].children.get(byte).copied()).is_some()
    }

    /// The trie in bytes; `None` if it does not fit in 64 KiB.
    pub(crate) fn write(&self) -> Option<Written> {
        // Place 0 is nowhere.
        let mut written = Written { roots: [0; 256], bytes: vec![op::END] };
        for (&byte, &child) in &self.nodes[0].children {
            written.roots[usize::from(byte)] = u16::try_from(written.bytes.len()).ok()?;
            self.write_node(child, &mut written.bytes)?;
        }
        Some(written)
    }

    fn write_node(&self, node: usize, bytes: &mut Vec<u8>) -> Option<()> {
        let node = &self.nodes[node];
        for group in &node.groups {
            bytes.push(op::FOUND);
            bytes.extend(group.to_le_bytes());
        }
        match node.children.len() {
            0 => bytes.push(op::END),
            1 => {
                for (&byte, &child) in &node.children {
                    bytes.push(byte);
                    self.write_node(child, bytes)?;
                }
            }
            ways => {
                bytes.extend([op::BRANCH, u8::try_from(ways).ok()?]);
                bytes.extend(node.children.keys());
                let mut target = bytes.len();
                bytes.resize(target + 2 * ways, 0);
                for &child in node.children.values() {
                    let place = u16::try_from(bytes.len()).ok()?;
                    bytes[target..target + 2].copy_from_slice(&place.to_le_bytes());
                    target += 2;
                    self.write_node(child, bytes)?;
                }
            }
        }
        Some(())
    }
}

/// Whether a word, or something that is no word, begins at a place: the core's condition for the start of a phrase.
pub(crate) fn starts_word(text: &[u8], start: usize) -> bool {
    let before = start.checked_sub(1).map_or(b' ', |before| text[before]);
    !(before.is_ascii_alphanumeric() && text[start].is_ascii_alphanumeric())
}
