//! Writes a stack as Terraform JSON: sorted, unset arguments absent, the same bytes on every run.

use std::collections::BTreeMap;

use crate::id::NodeId;
use crate::json::Json;
use crate::names::Names;
use crate::problem::Problem;
use crate::stacks::{Needs, stack_name};
use crate::tree::{Content, Element, ElementKind, Provider, Tree};
use crate::write::Writer;

/// One stack's `main.tf.json`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// The stack's id.
    pub stack: String,
    /// The name of the stack's folder: its id, as legal in Terraform as in file systems.
    pub folder: String,
    /// The ids of the stacks whose values it reads: they are applied before.
    pub needs: Vec<String>,
    /// What constructs and aspects have to say about the stack.
    pub warnings: Vec<Problem>,
    /// The JSON text, two spaces of indentation, a line break at the end.
    pub json: String,
}

impl Document {
    /// What there is to apply, and in which order: `{"stacks": [{"folder", "needs", "stack"}], "version": 1}`.
    pub fn manifest(documents: &[Document]) -> String {
        let mut json = Json::default();
        json.open('{');
        json.key("stacks");
        json.open('[');
        for document in Document::in_order(documents) {
            json.entry();
            json.open('{');
            json.key("folder");
            json.text(&document.folder);
            json.key("needs");
            json.open('[');
            for stack in &document.needs {
                json.entry();
                json.text(stack);
            }
            json.close(']');
            json.key("stack");
            json.text(&document.stack);
            json.close('}');
        }
        json.close(']');
        json.key("version");
        json.integer(1);
        json.close('}');
        json.finish()
    }

    /// Each stack after those that it needs, else in the order in which they were added.
    pub fn in_order(documents: &[Document]) -> Vec<&Document> {
        let mut ordered: Vec<&Document> = Vec::new();
        let mut left: Vec<&Document> = documents.iter().collect();
        while !left.is_empty() {
            let done = |need: &String| ordered.iter().any(|done| done.stack == *need);
            // A circle does not resolve, so one is always ready; if not, the rest keeps its order.
            let ready = left.iter().position(|document| document.needs.iter().all(done));
            ordered.push(left.remove(ready.unwrap_or_default()));
        }
        ordered
    }
}

/// An element with its name and handle.
pub(crate) type Named<'t> = (&'t str, NodeId, &'t Element);

/// Elements of one kind by their type, sorted by name.
type Types<'t> = BTreeMap<&'static str, Vec<Named<'t>>>;

/// A stack's elements, in the order of its document.
#[derive(Debug)]
pub(crate) struct Layout<'t> {
    stack: NodeId,
    pub(crate) kinds: BTreeMap<ElementKind, Types<'t>>,
}

/// Brings the elements of each stack into order; stacks stay in the order in which they were added.
pub(crate) fn arrange<'t>(tree: &'t Tree, names: &'t Names<'_>) -> Vec<Layout<'t>> {
    let mut layouts: Vec<Layout<'t>> = Vec::new();
    // The position in `layouts` of the stack that each node is part of; a parent comes before its children.
    let mut stacks: Vec<usize> = Vec::with_capacity(tree.nodes.len());
    for (id, node) in tree.iter() {
        let mut stack = stacks.get(node.parent.index as usize).copied().unwrap_or_default();
        match &node.content {
            Content::Stack => {
                stack = layouts.len();
                layouts.push(Layout { stack: id, kinds: BTreeMap::new() });
            }
            Content::Element(element) => {
                if let Some(layout) = layouts.get_mut(stack) {
                    let types = layout.kinds.entry(element.kind).or_default();
                    types.entry(element.type_name).or_default().push((names.of(id), id, element));
                }
            }
            Content::Root | Content::Construct { .. } => {}
        }
        stacks.push(stack);
    }
    for elements in
        layouts.iter_mut().flat_map(|layout| layout.kinds.values_mut()).flat_map(BTreeMap::values_mut)
    {
        // Stable: elements that share a name stay in the order in which they were added.
        elements.sort_by_key(|(name, ..)| *name);
    }
    layouts
}

/// Writes every stack.
pub(crate) fn write(tree: &Tree, names: &Names<'_>, layouts: &[Layout<'_>], needs: &Needs) -> Vec<Document> {
    let called = |layout: &Layout<'_>| {
        let called = tree.called.iter().filter(|(stack, _)| *stack == layout.stack);
        called.map(|(_, provider)| *provider).collect()
    };
    let documents = layouts.iter().map(|layout| Document {
        stack: tree.path(layout.stack),
        folder: tree.node(layout.stack).map(stack_name).unwrap_or_default(),
        needs: needs.get(&layout.stack).into_iter().flatten().map(|stack| tree.path(*stack)).collect(),
        warnings: warnings(tree, layout.stack),
        json: stack_json(Writer::new(tree, names), &layout.kinds, called(layout)),
    });
    documents.collect()
}

fn warnings(tree: &Tree, stack: NodeId) -> Vec<Problem> {
    let of_stack = tree.warnings.iter().filter(|(node, _)| tree.stack_of(*node) == Some(stack));
    of_stack.map(|(_, warning)| warning.clone()).collect()
}

fn stack_json(
    mut writer: Writer<'_>,
    kinds: &BTreeMap<ElementKind, Types<'_>>,
    called: Vec<&'static Provider>,
) -> String {
    writer.json.open('{');
    by_name(&mut writer, "check", kinds.get(&ElementKind::Check));
    for (key, kind) in [("data", ElementKind::Data), ("ephemeral", ElementKind::Ephemeral)] {
        by_type(&mut writer, key, kinds.get(&kind));
    }
    nameless(&mut writer, "import", kinds.get(&ElementKind::Import));
    locals(&mut writer, kinds.get(&ElementKind::Local));
    by_name(&mut writer, "module", kinds.get(&ElementKind::Module));
    nameless(&mut writer, "moved", kinds.get(&ElementKind::Moved));
    by_name(&mut writer, "output", kinds.get(&ElementKind::Output));
    providers(&mut writer, kinds.get(&ElementKind::Provider));
    nameless(&mut writer, "removed", kinds.get(&ElementKind::Removed));
    by_type(&mut writer, "resource", kinds.get(&ElementKind::Resource));
    terraform(&mut writer, kinds, called);
    by_name(&mut writer, "variable", kinds.get(&ElementKind::Variable));
    writer.json.close('}');
    writer.json.finish()
}

fn by_name(writer: &mut Writer<'_>, key: &str, types: Option<&Types<'_>>) {
    let Some(types) = types else { return };
    writer.json.key(key);
    by_names(writer, types.values().flatten());
}

fn by_names<'t>(writer: &mut Writer<'_>, elements: impl IntoIterator<Item = &'t Named<'t>>) {
    writer.json.open('{');
    for (name, _, element) in elements {
        writer.json.key(name);
        writer.element(element);
    }
    writer.json.close('}');
}

/// Blocks without labels, in the order in which they were added.
fn nameless(writer: &mut Writer<'_>, key: &str, types: Option<&Types<'_>>) {
    let Some(types) = types else { return };
    let mut elements: Vec<_> = types.values().flatten().map(|(_, id, element)| (id, element)).collect();
    elements.sort_unstable_by_key(|(id, _)| **id);
    writer.json.key(key);
    in_list(writer, elements.into_iter().map(|(_, element)| *element));
}

fn in_list<'t>(writer: &mut Writer<'_>, elements: impl IntoIterator<Item = &'t Element>) {
    writer.json.open('[');
    for element in elements {
        writer.json.entry();
        writer.element(element);
    }
    writer.json.close(']');
}

fn locals(writer: &mut Writer<'_>, types: Option<&Types<'_>>) {
    let Some(types) = types else { return };
    writer.json.key("locals");
    writer.json.open('{');
    for (name, _, element) in types.values().flatten() {
        writer.json.key(name);
        writer.local(element);
    }
    writer.json.close('}');
}

fn by_type(writer: &mut Writer<'_>, key: &str, types: Option<&Types<'_>>) {
    let Some(types) = types else { return };
    writer.json.key(key);
    writer.json.open('{');
    for (label, elements) in types {
        writer.json.key(label);
        by_names(writer, elements);
    }
    writer.json.close('}');
}

fn providers(writer: &mut Writer<'_>, types: Option<&Types<'_>>) {
    let Some(types) = types else { return };
    writer.json.key("provider");
    writer.json.open('{');
    for (name, configurations) in types {
        writer.json.key(name);
        in_list(writer, configurations.iter().map(|(.., element)| *element));
    }
    writer.json.close('}');
}

/// The `terraform` block: the backend, the providers that the elements and the called functions need, and the least version of
/// Terraform that understands them.
fn terraform(
    writer: &mut Writer<'_>,
    kinds: &BTreeMap<ElementKind, Types<'_>>,
    called: Vec<&'static Provider>,
) {
    let elements = || kinds.values().flat_map(BTreeMap::values).flatten().map(|(.., element)| *element);
    let providers = elements().filter_map(|element| element.provider).chain(called);
    let providers: BTreeMap<&str, _> = providers.map(|provider| (provider.name, provider)).collect();
    let least = elements().map(|element| element.requires).max().unwrap_or_default();
    let backends = kinds.get(&ElementKind::Backend).into_iter().flatten();
    let backend = backends.flat_map(|(label, backends)| Some((label, backends.first()?))).next();
    if backend.is_none() && providers.is_empty() && least == (0, 0) {
        return;
    }
    writer.json.key("terraform");
    writer.json.open('{');
    if let Some((label, (.., element))) = backend {
        writer.json.key("backend");
        writer.json.open('{');
        writer.json.key(label);
        writer.element(element);
        writer.json.close('}');
    }
    if !providers.is_empty() {
        writer.json.key("required_providers");
        writer.json.open('{');
        for (name, provider) in providers {
            writer.json.key(name);
            writer.json.open('{');
            writer.json.key("source");
            writer.json.text(provider.source);
            writer.json.key("version");
            writer.json.text(provider.version);
            writer.json.close('}');
        }
        writer.json.close('}');
    }
    if least != (0, 0) {
        writer.json.key("required_version");
        writer.json.text(&format!(">= {}.{}", least.0, least.1));
    }
    writer.json.close('}');
}
