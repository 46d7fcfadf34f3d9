//! Which block a value means: by reference or, in plans and states, by what the block's attributes are.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::ptr;

use super::kind::{Form, Kind};
use super::thing::{Thing, render};
use crate::known::Later;
use crate::node::{Node, Reference, Step, Value};
use crate::terraform::{Block, Kind as BlockKind, ModulePath};
use crate::text::Text;

/// The blocks of a configuration by what may be said of them.
#[derive(Debug)]
pub(super) struct Index<'b> {
    /// Sorted by their labels; those with the same are in the order of the configuration, here and below.
    by_label: Vec<&'b Block>,
    /// Sorted by what is said of them.
    by_value: Vec<(Cow<'b, str>, &'b Block)>,
}

/// Attributes by which others mean a resource.
const NAMING: [&str; 14] = [
    "arn",
    "bucket",
    "cluster_name",
    "domain_name",
    "family",
    "function_name",
    "id",
    "invoke_arn",
    "key_id",
    "name",
    "qualified_arn",
    "repository_url",
    "stream_arn",
    "url",
];

/// Blocks that stand for another one, and the argument that says which.
const STANDING_FOR: &[(&str, &str)] = &[
    ("aws_ecr_image", "repository_name"),
    ("aws_iam_instance_profile", "role"),
    ("aws_kms_alias", "target_key_id"),
    ("aws_lambda_alias", "function_name"),
    ("aws_secretsmanager_secret_version", "secret_id"),
];

impl<'b> Index<'b> {
    pub(super) fn of(blocks: &'b [Block]) -> Index<'b> {
        let mut by_label: Vec<&Block> = Vec::new();
        let mut by_value: Vec<(Cow<'_, str>, &Block)> = Vec::new();
        for block in blocks.iter().filter(|block| !block.type_name().is_empty()) {
            by_label.push(block);
            for member in block.body.members() {
                if let Some(name) = member.name().filter(|name| NAMING.contains(name))
                    && let Some(text) = member.value.as_text()
                    && block.body.member(name).is_some_and(|last| ptr::eq(last, member))
                {
                    let said = text.literal().map_or_else(|| render(text).into(), Cow::Borrowed);
                    by_value.push((said, block));
                }
            }
        }
        by_label.sort_by_key(|block| label(block));
        by_value.sort_by(|(one, _), (other, _)| one.cmp(other));
        Index { by_label, by_value }
    }

    fn labelled(&self, kind: BlockKind, type_name: &str, name: &str) -> &[&'b Block] {
        equal(&self.by_label, |block| label(block).cmp(&(kind, type_name, name)))
    }

    /// The blocks of which a value is said.
    fn said(&self, value: &str) -> impl Iterator<Item = &'b Block> {
        equal(&self.by_value, |(own, _)| (**own).cmp(value)).iter().map(|(_, block)| *block)
    }

    /// The one thing of a kind that a value names, if that can be told.
    pub(super) fn one(&self, node: &Node, module: &ModulePath, kind: Kind) -> Option<Thing<'b>> {
        self.thing(node, module, &[kind]).ok().flatten()
    }

    /// The resources of a type.
    pub(super) fn of_type(&self, type_name: &str) -> Vec<&'b Block> {
        let sought = (BlockKind::Resource, type_name);
        equal(&self.by_label, |block| (block.kind, block.type_name()).cmp(&sought)).to_vec()
    }

    /// What one value names; nothing if it is empty.
    pub(super) fn thing(
        &self,
        node: &Node,
        module: &ModulePath,
        kinds: &[Kind],
    ) -> Result<Option<Thing<'b>>, Later> {
        let text = match &node.value {
            Value::Reference(reference) => return self.referred(node, reference, module, kinds).map(Some),
            Value::Text(text) => text,
            Value::Null => return Ok(None),
            _ => return Err(Later::of(node)),
        };
        if text.as_str().is_empty() {
            return Ok(None);
        }
        match text.hole(0).map(|hole| (hole, &hole.value)) {
            Some((hole, Value::Reference(reference))) => {
                self.referred(hole, reference, module, kinds).map(Some)
            }
            Some((hole, _)) => Err(Later::of(hole)),
            None => Ok(Some(self.literal(text, kinds))),
        }
    }

    fn referred(
        &self,
        node: &Node,
        reference: &Reference,
        module: &ModulePath,
        kinds: &[Kind],
    ) -> Result<Thing<'b>, Later> {
        let attribute = reference.names().last().copied().unwrap_or_default().to_owned();
        if let Some(block) = self.block(reference, module) {
            let block = self.stands_for(block).unwrap_or(block);
            if Form::of(block.type_name(), &attribute).is_some() {
                return Ok(Thing::declared(block, &attribute).of_instance(reference));
            }
        }
        // What another configuration gives out may be anything, and so may a variable.
        match kinds {
            [kind] if names_one_thing(reference) => Ok(Thing::later(node).of_kind(*kind)),
            _ => Err(Later::of(node)),
        }
    }

    /// The block that a reference is an attribute of. An argument of a module was evaluated where it was given, so its
    /// block may be in another module.
    pub(super) fn block(&self, reference: &Reference, module: &ModulePath) -> Option<&'b Block> {
        let names = reference.names();
        let (kind, type_name, name) = match names.as_slice() {
            ["data", type_name, name, ..] => (BlockKind::Data, *type_name, *name),
            [type_name, name, ..] if type_name.contains('_') => (BlockKind::Resource, *type_name, *name),
            _ => return None,
        };
        let instance = reference.steps.iter().find_map(|step| match step {
            Step::Index(key) => Some(key.as_str()),
            Step::Attribute(_) | Step::Computed(_) | Step::Any => None,
        });
        let all = self.labelled(kind, type_name, name);
        let is_meant = |block: &&&Block| {
            let own = block.instance.trim_matches(['[', ']', '"']);
            own.is_empty() || instance.is_none_or(|instance| instance == own)
        };
        let here = all.iter().filter(|block| block.module == *module).find(is_meant);
        here.or_else(|| all.iter().find(is_meant)).copied()
    }

    /// The block that another one stands for; one step, since blocks may refer to themselves.
    fn stands_for(&self, block: &'b Block) -> Option<&'b Block> {
        let (_, argument) = STANDING_FOR.iter().find(|(type_name, _)| *type_name == block.type_name())?;
        let node = &block.body.member(argument)?.value;
        match &node.value {
            Value::Reference(reference) => self.block(reference, &block.module),
            Value::Text(text) => {
                self.said(&render(text)).find(|meant| Form::of(meant.type_name(), "").is_some())
            }
            _ => None,
        }
    }

    fn literal(&self, text: &Text, kinds: &[Kind]) -> Thing<'b> {
        let written = render(text);
        let is_of = |block: &&Block, kinds: &[Kind]| {
            let form = Form::of(block.type_name(), "");
            form.is_some_and(|form| kinds.contains(&form.kind))
        };
        if let Some((form, name)) = Form::of_arn(&written) {
            let named = |name: &str| self.said(name).find(|block| is_of(block, &[form.kind]));
            let whole = Thing::written(text);
            let slashed = format!("/{name}");
            let block = named(&whole.called).or_else(|| named(name)).or_else(|| named(&slashed));
            return block.map_or(whole, |block| Thing::declared(block, form.arn));
        }
        let last = written.rsplit('/').next().unwrap_or_default();
        let spellings = [written.as_str(), if written.starts_with("https://sqs.") { last } else { "" }];
        let mut named = spellings.iter().flat_map(|spelling| self.said(spelling));
        if let Some(block) = named.find(|block| is_of(block, kinds)) {
            return Thing::declared(block, "");
        }
        match kinds {
            [kind] if !written.starts_with("arn:") => Thing::named(*kind, text),
            _ => Thing::written(text),
        }
    }
}

/// How references name a block.
fn label(block: &Block) -> (BlockKind, &str, &str) {
    (block.kind, block.type_name(), block.name())
}

/// The elements of a sorted list that are equal to what is sought.
fn equal<T>(sorted: &[T], order: impl Fn(&T) -> Ordering) -> &[T] {
    let first = sorted.partition_point(|element| order(element).is_lt());
    let after = sorted.partition_point(|element| order(element).is_le());
    sorted.get(first..after).unwrap_or_default()
}

/// Whether a reference that leads to no block is a value of something else than this configuration's caller.
fn names_one_thing(reference: &Reference) -> bool {
    !matches!(reference.root.as_str(), "each" | "count" | "self" | "path" | "terraform")
}
