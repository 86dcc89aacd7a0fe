//! All phrases as one automaton, in the bytes that the core walks along; see `replycode::tables::op`.

use std::collections::{BTreeMap, HashMap};

use replycode::tables::{DiagnosisRules, op};

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

    /// The trie in bytes, endings shared; `None` if it does not fit in 64 KiB.
    pub(crate) fn write(&self) -> Option<Written> {
        // Place 0 is nowhere.
        let mut writer = Writer { bytes: vec![op::END], places: HashMap::new() };
        let mut roots = [0; 256];
        for (&byte, &child) in &self.nodes[0].children {
            roots[usize::from(byte)] = writer.target(self, child)?;
        }
        Some(Written { roots, bytes: writer.bytes })
    }

    /// Everything that a node leads to, as a key: equal keys, equal endings.
    fn key(&self, node: usize) -> Vec<u8> {
        let node = &self.nodes[node];
        let mut key: Vec<u8> = node.groups.iter().flat_map(|group| group.to_le_bytes()).collect();
        key.insert(0, node.groups.len() as u8);
        for (&byte, &child) in &node.children {
            key.push(byte);
            key.extend(self.key(child));
        }
        key.push(op::END);
        key
    }
}

/// The phrases of rules that were written before, each with a group, in the order in which they were added.
pub(crate) fn phrases(rules: &DiagnosisRules<'_>) -> Vec<(Vec<u8>, u16)> {
    let number = |at: usize| u16::from_le_bytes([rules.phrases[at], rules.phrases[at + 1]]);
    let mut phrases = Vec::new();
    let roots = (0..=u8::MAX).zip(rules.roots).filter(|&(_, &root)| root != 0);
    let mut ways: Vec<(usize, Vec<u8>)> = roots.map(|(byte, &root)| (usize::from(root), vec![byte])).collect();
    while let Some((mut at, mut phrase)) = ways.pop() {
        loop {
            match rules.phrases[at] {
                op::END => break,
                op::FOUND => {
                    phrases.push((phrase.clone(), number(at + 1)));
                    at += 3;
                }
                op::JUMP => at = usize::from(number(at + 1)),
                op::BRANCH => {
                    let count = usize::from(rules.phrases[at + 1]);
                    let labels = &rules.phrases[at + 2..at + 2 + count];
                    for (way, &label) in labels.iter().enumerate() {
                        let target = usize::from(number(at + 2 + count + 2 * way));
                        ways.push((target, [phrase.as_slice(), &[label]].concat()));
                    }
                    break;
                }
                byte => {
                    phrase.push(byte);
                    at += 1;
                }
            }
        }
    }
    phrases
}

struct Writer {
    bytes: Vec<u8>,
    /// Where what has been written begins, by its key.
    places: HashMap<Vec<u8>, u16>,
}

impl Writer {
    /// Where a node stands; it is written unless its like is there already.
    fn target(&mut self, trie: &Trie, node: usize) -> Option<u16> {
        if let Some(&place) = self.places.get(&trie.key(node)) {
            return Some(place);
        }
        let place = u16::try_from(self.bytes.len()).ok()?;
        self.node(trie, node)?;
        Some(place)
    }

    fn node(&mut self, trie: &Trie, node: usize) -> Option<()> {
        const JUMP_LEN: usize = 3;
        let key = trie.key(node);
        match self.places.get(&key) {
            Some(&place) if key.len() > 2 * JUMP_LEN => {
                self.bytes.push(op::JUMP);
                self.bytes.extend(place.to_le_bytes());
                return Some(());
            }
            _ => {}
        }
        self.places.entry(key).or_insert(u16::try_from(self.bytes.len()).ok()?);
        let Node { groups, children } = &trie.nodes[node];
        for group in groups {
            self.bytes.push(op::FOUND);
            self.bytes.extend(group.to_le_bytes());
        }
        match children.len() {
            0 => self.bytes.push(op::END),
            1 => {
                for (&byte, &child) in children {
                    self.bytes.push(byte);
                    self.node(trie, child)?;
                }
            }
            ways => {
                self.bytes.extend([op::BRANCH, u8::try_from(ways).ok()?]);
                self.bytes.extend(children.keys());
                let mut target = self.bytes.len();
                self.bytes.resize(target + 2 * ways, 0);
                for &child in children.values() {
                    let place = self.target(trie, child)?;
                    self.bytes[target..target + 2].copy_from_slice(&place.to_le_bytes());
                    target += 2;
                }
            }
        }
        Some(())
    }
}
