//! The code blocks of a page.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

/// A code block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// The line of its fence, from 1.
    pub line: usize,
    /// The first word after the fence; empty where there is none, or where the block is indented.
    pub language: String,
    /// The words after it, which say more about what kind of block it is: `file=stack.yaml`.
    pub words: Vec<String>,
    /// What stands in it.
    pub text: String,
}

impl Block {
    /// What a word of the form `name=value` says.
    pub fn word(&self, name: &str) -> Option<&str> {
        self.words.iter().find_map(|word| word.strip_prefix(name)?.strip_prefix('='))
    }
}

/// The blocks of a text, from first to last.
pub fn blocks(text: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut inside = false;
    for (event, range) in Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(kind)) => {
                let line = text.get(..range.start).unwrap_or_default().matches('\n').count() + 1;
                let mut words = match &kind {
                    CodeBlockKind::Fenced(info) => info.split_whitespace().map(str::to_owned).collect(),
                    CodeBlockKind::Indented => Vec::new(),
                };
                let language = if words.is_empty() { String::new() } else { words.remove(0) };
                blocks.push(Block { line, language, words, text: String::new() });
                inside = true;
            }
            Event::Text(part) if inside => {
                if let Some(block) = blocks.last_mut() {
                    block.text.push_str(&part);
                }
            }
            Event::End(TagEnd::CodeBlock) => inside = false,
            _ => {}
        }
    }
    blocks
}
