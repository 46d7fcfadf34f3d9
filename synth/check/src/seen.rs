//! Counts what stands in a body: what stands too often, and what is missing.

use crate::blocks;
use crate::check::Checker;
use crate::finding::Rule;
use crate::grammar::Grammar;
use crate::json::{Member, Node, Value};
use crate::schema::Shape;

/// What was seen in a body.
#[derive(Default)]
pub(crate) struct Seen<'a> {
    attributes: Vec<&'a str>,
    blocks: Vec<(&'a str, Times)>,
}

/// How often a block stands.
#[derive(Clone, Copy, Default)]
struct Times {
    written: usize,
    /// Whether a dynamic block may make any number more.
    open: bool,
}

impl<'a> Seen<'a> {
    /// Whether an argument was seen.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.attributes.contains(&name)
    }

    /// Counts `more` blocks, and gives how many there were before and are now.
    fn add(&mut self, name: &'a str, more: Times) -> (usize, usize) {
        for (known, times) in &mut self.blocks {
            if *known == name {
                let before = times.written;
                times.written += more.written;
                times.open |= more.open;
                return (before, times.written);
            }
        }
        self.blocks.push((name, more));
        (0, more.written)
    }

    /// Says that a dynamic block may make any number of a block.
    pub(crate) fn any_number(&mut self, name: &'a str) {
        self.add(name, Times { written: 0, open: true });
    }
}

impl<'a> Checker<'a> {
    /// Counts a block, and reports the first one too many.
    pub(crate) fn count(
        &mut self,
        member: &'a Member<'a>,
        name: &'a str,
        written: usize,
        most: Option<usize>,
        seen: &mut Seen<'a>,
    ) {
        let (before, now) = seen.add(name, Times { written, open: false });
        if let Some(most) = most.filter(|most| now > *most && before <= *most) {
            let plural = if most == 1 { "" } else { "s" };
            let message = format!("at most {most} block{plural} `{name}` may stand here, found {now}");
            self.report(member.start, Rule::TooManyBlocks, message, None);
        }
    }

    /// Whether an argument stands for the first time.
    pub(crate) fn once(&mut self, member: &'a Member<'a>, seen: &mut Seen<'a>) -> bool {
        let name: &'a str = &member.key;
        let first = !seen.attributes.contains(&name);
        if first {
            seen.attributes.push(name);
        } else {
            let message = format!("`{name}` is set twice");
            self.report(member.start, Rule::Duplicate, message, Some("take one of them out".to_owned()));
        }
        first
    }

    pub(crate) fn missing(&mut self, body: &'a Node<'a>, own: &Grammar, seen: &Seen<'a>) {
        for argument in own.arguments.iter().filter(|argument| argument.required) {
            if !seen.attributes.contains(&argument.name) || self.is_late(body, argument.name) {
                self.missing_argument(body, argument.name);
            }
        }
        for block in own.blocks.iter().filter(|block| block.least > 0) {
            self.missing_block(body, block.name, block.least, seen);
        }
    }

    pub(crate) fn missing_of(&mut self, body: &'a Node<'a>, shape: Shape<'a>, seen: &Seen<'a>) {
        for row in shape.required() {
            let name = shape.attribute_at(row).name;
            let null =
                || blocks::properties(body).any(|m| m.key == name && matches!(m.value.value, Value::Null));
            if !seen.attributes.contains(&name) || null() || self.is_late(body, name) {
                self.missing_argument(body, name);
            }
        }
        for row in shape.needed() {
            let block = shape.block_at(row);
            self.missing_block(body, block.name, usize::from(block.min.max(1)), seen);
        }
    }

    /// Whether only an override sets an argument.
    fn is_late(&self, body: &'a Node<'a>, name: &str) -> bool {
        !self.module.late.is_empty() && self.module.late.contains(&(body.start, name.to_owned()))
    }

    fn missing_argument(&mut self, body: &'a Node<'a>, name: &str) {
        let message = format!("the required argument `{name}` is not set");
        let help = match self.is_late(body, name) {
            true => format!("set `{name}` here: an override may change it, and comes too late to add it"),
            false => format!("set `{name}`"),
        };
        self.report(body.start, Rule::MissingArgument, message, Some(help));
    }

    fn missing_block(&mut self, body: &'a Node<'a>, name: &str, least: usize, seen: &Seen<'a>) {
        let times = seen.blocks.iter().find(|(known, _)| *known == name);
        let times = times.map(|(_, times)| *times).unwrap_or_default();
        if times.written < least && !times.open {
            let plural = if least == 1 { "" } else { "s" };
            let found = times.written;
            let message = format!("at least {least} block{plural} `{name}` must stand here, found {found}");
            self.report(body.start, Rule::MissingBlock, message, Some(format!("write `{name}`")));
        }
    }
}
