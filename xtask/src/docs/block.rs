//! The fenced blocks of a document.

use anyhow::{Context, ensure};
use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};

/// A fenced block.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Block {
    /// The line of its fence, from 1.
    pub(super) line: usize,
    pub(super) language: String,
    /// What its head says beside the language: `name=value`, or a name alone.
    attributes: Vec<(String, String)>,
    pub(super) text: String,
}

const ATTRIBUTES: [&str; 4] = ["file", "from", "output", "skip"];

impl Block {
    /// The value of an attribute.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// Its first line, without the fence.
    pub(super) fn head(&self) -> String {
        let attributes = self.attributes.iter().map(|(name, value)| match value.as_str() {
            "" => format!(" {name}"),
            value => format!(" {name}={value}"),
        });
        attributes.fold(self.language.clone(), |head, next| head + &next)
    }
}

/// The blocks of a document, in order. One without a language is a picture made of letters, and nobody runs it.
///
/// # Errors
///
/// A block with an attribute that nobody knows.
pub(super) fn read(markdown: &str) -> anyhow::Result<Vec<Block>> {
    let mut blocks = Vec::new();
    let mut open: Option<Block> = None;
    for (event, place) in Parser::new(markdown).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(head))) if !head.is_empty() => {
                let line = 1 + markdown[..place.start].matches('\n').count();
                open = Some(start(&head, line).with_context(|| format!("line {line}"))?);
            }
            Event::Text(text) => {
                if let Some(block) = &mut open {
                    block.text.push_str(&text);
                }
            }
            Event::End(TagEnd::CodeBlock) => blocks.extend(open.take()),
            _ => {}
        }
    }
    Ok(blocks)
}

fn start(head: &str, line: usize) -> anyhow::Result<Block> {
    let mut words = head.split_whitespace();
    let language = words.next().unwrap_or_default().to_owned();
    let attributes: Vec<(String, String)> = words
        .map(|word| word.split_once('=').unwrap_or((word, "")))
        .map(|(a, b)| (a.to_owned(), b.to_owned()))
        .collect();
    for (name, _) in &attributes {
        ensure!(ATTRIBUTES.contains(&name.as_str()), "`{name}` is not one of {}", ATTRIBUTES.join(", "));
    }
    Ok(Block { line, language, attributes, text: String::new() })
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn blocks_are_read_with_their_heads_and_lines() {
        let blocks =
            read("# A\n\n```sh\necho `a`\n\necho b\n```\n\n- x\n  ```yaml file=a/b.yaml skip\n  c: d\n  ```\n")
                .unwrap();
        let told: Vec<_> = blocks.iter().map(|block| (block.line, block.head(), block.text.as_str())).collect();
        assert_eq!(
            told,
            [(3, "sh".to_owned(), "echo `a`\n\necho b\n"), (10, "yaml file=a/b.yaml skip".to_owned(), "c: d\n")]
        );
        assert_eq!(
            (blocks[1].get("file"), blocks[1].get("skip"), blocks[0].get("file")),
            (Some("a/b.yaml"), Some(""), None)
        );
    }

    #[test]
    fn an_unknown_attribute_is_refused_and_a_picture_is_no_block() {
        assert_eq!(read("a\n\n```\nb --> c\n```\n").unwrap(), []);
        let error = format!("{:#}", read("```sh no-run\nb\n```\n").unwrap_err());
        assert_eq!(error, "line 1: `no-run` is not one of file, from, output, skip");
    }
}
