//! How resources are called, as far as a document says: a name, with `*` for what is known only later.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::operations;
use crate::node::{Node, Reference, Value};
use crate::terraform::{Block, Kind, ModulePath};
use crate::text::{HOLE, Text};

/// A reference may lead to a reference; longer ways are taken for a circle.
const STEPS: usize = 8;

/// The attributes that name a resource, beside the arguments that do: `url` is that of a queue.
const NAMING: [&str; 4] = ["arn", "id", "name", "url"];

/// The blocks of a configuration by what references call them.
pub(super) struct Names<'b> {
    by_labels: BTreeMap<(ModulePath, Kind, &'b [Arc<str>]), &'b Block>,
    /// The configurations of providers, and the calls of modules that hand them on.
    settings: Vec<&'b Block>,
}

/// What is known of a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Name {
    /// It is written in the document, perhaps with `*` for a part of it.
    Written(String),
    /// It is the whole part of an ARN, made up by AWS in part.
    Whole(String),
    /// It is not set.
    Absent,
    /// Nobody knows.
    Open,
}

impl<'b> Names<'b> {
    pub(super) fn of(blocks: &'b [Block]) -> Names<'b> {
        let by_labels =
            blocks.iter().map(|block| ((block.module.clone(), block.kind, &*block.labels), block)).collect();
        let is_setting = |block: &&Block| matches!(block.kind, Kind::Provider | Kind::Module);
        Names { by_labels, settings: blocks.iter().filter(is_setting).collect() }
    }

    /// The configurations of the provider for AWS, of every module.
    pub(super) fn providers(&self) -> impl Iterator<Item = &'b Block> {
        let is_ours = |block: &&Block| block.kind == Kind::Provider && block.name() == "aws";
        self.settings.iter().copied().filter(is_ours)
    }

    /// The block that calls a module.
    pub(super) fn call(&self, module: &ModulePath, name: &str) -> Option<&'b Block> {
        let is_call =
            |block: &&Block| block.kind == Kind::Module && block.module == *module && block.name() == name;
        self.settings.iter().copied().find(is_call)
    }

    /// The resource or data source that an expression is an attribute of.
    pub(super) fn referred(&self, node: &Node, from: &Block) -> Option<&'b Block> {
        let reference = reference(node)?;
        let names = reference.names();
        let (kind, labels) = match names.as_slice() {
            ["data", type_name, name, ..] => (Kind::Data, [*type_name, *name]),
            [type_name, name, ..] => (Kind::Resource, [*type_name, *name]),
            _ => return None,
        };
        self.by_labels.get(&(from.module.clone(), kind, labels.map(Arc::from).as_slice())).copied()
    }

    /// How a value names something.
    pub(super) fn value(&self, node: &Node, block: &Block) -> Name {
        self.named(node, block, STEPS)
    }

    fn after(&self, block: &Block, argument: &str, steps: usize) -> Name {
        match block.body.member(argument).map(|member| &member.value) {
            None => self.prefixed(block, argument),
            Some(node) if matches!(node.value, Value::Null) => self.prefixed(block, argument),
            Some(node) => self.named(node, block, steps),
        }
    }

    /// A name that the provider completes: `name_prefix` for `name`.
    fn prefixed(&self, block: &Block, argument: &str) -> Name {
        let prefix = block.body.member(&format!("{argument}_prefix"));
        match prefix.and_then(|member| member.value.literal()) {
            Some(prefix) => Name::Written(format!("{prefix}*")),
            None => Name::Absent,
        }
    }

    fn named(&self, node: &Node, block: &Block, steps: usize) -> Name {
        let Some(left) = steps.checked_sub(1) else {
            return Name::Open;
        };
        match &node.value {
            Value::Text(text) => match text.only_hole() {
                Some(hole) => self.named(hole, block, left),
                None if text.as_str().starts_with("arn:") => Name::Whole(self.pattern(text, block, left)),
                None => Name::Written(self.pattern(text, block, left)),
            },
            Value::Number(digits) => Name::Written(digits.to_string()),
            Value::Reference(reference) => match self.referred(node, block) {
                Some(other) => self.own(other, attribute(reference), left),
                None => Name::Open,
            },
            _ => Name::Open,
        }
    }

    /// A text in which `*` stands for what is known only later.
    fn pattern(&self, text: &Text, block: &Block, steps: usize) -> String {
        let mut pattern = String::new();
        for (at, letter) in text.as_str().char_indices() {
            let known = match text.hole(at) {
                Some(hole) if letter == HOLE => match self.named(hole, block, steps) {
                    Name::Written(name) | Name::Whole(name) => name,
                    Name::Absent | Name::Open => "*".to_owned(),
                },
                _ => letter.to_string(),
            };
            if !(known == "*" && pattern.ends_with('*')) {
                pattern.push_str(&known);
            }
        }
        pattern
    }

    /// How a block's own resource is called, where an attribute says that: the last variable part of its ARN whose name
    /// is known.
    fn own(&self, block: &Block, attribute: &str, steps: usize) -> Name {
        let Some(entry) = operations::of(block, self) else {
            return Name::Open;
        };
        let templates = operations::templates(&entry, block);
        let argument = format!("{{{attribute}}}");
        if !NAMING.contains(&attribute) && !templates.iter().any(|(_, template)| template.contains(&argument))
        {
            return Name::Open;
        }
        let first = |template: &str| template.split('|').next().unwrap_or_default().to_owned();
        let mut names = templates.iter().map(|(_, template)| self.filled(&first(template), block, steps));
        match names.rfind(|name| *name != Name::Open) {
            Some(Name::Written(name) | Name::Whole(name)) => Name::Whole(name),
            _ => Name::Open,
        }
    }

    /// What a template such as `{name}-??????` is for a block.
    pub(super) fn template(&self, template: &str, block: &Block) -> Name {
        self.filled(template, block, STEPS)
    }

    fn filled(&self, template: &str, block: &Block, steps: usize) -> Name {
        let mut filled = String::new();
        let mut is_whole = false;
        let mut rest = template;
        while let Some((before, after)) = rest.split_once('{') {
            let Some((argument, after)) = after.split_once('}') else { break };
            filled.push_str(before);
            match self.after(block, argument, steps) {
                Name::Written(name) => filled.push_str(&name),
                Name::Whole(name) => {
                    is_whole = true;
                    filled.push_str(&name);
                }
                // A resource of IAM without a path has the path `/` (IAM user guide, "IAM identifiers").
                Name::Absent if argument == "path" => {}
                Name::Absent | Name::Open => return Name::Open,
            }
            rest = after;
        }
        // What AWS adds to a name of its own accord follows a dash, and is in the whole name.
        if !(is_whole && rest.starts_with('-')) {
            filled.push_str(rest);
        }
        match is_whole {
            _ if filled == "*" => Name::Open,
            true => Name::Whole(filled),
            false => Name::Written(filled),
        }
    }
}

/// The attribute of a resource or data source that a reference is.
fn attribute(reference: &Reference) -> &str {
    let names = reference.names();
    let place = if reference.root == "data" { 3 } else { 2 };
    names.get(place).copied().unwrap_or_default()
}

/// The reference that a value is.
fn reference(node: &Node) -> Option<&Reference> {
    match &node.value {
        Value::Reference(reference) => Some(reference),
        Value::Text(text) => reference(text.only_hole()?),
        _ => None,
    }
}
