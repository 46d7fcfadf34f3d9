//! Writes a stack as Terraform JSON: sorted, unset arguments absent, the same bytes on every run.

use std::collections::BTreeMap;

use crate::json::Json;
use crate::names::Names;
use crate::tree::{Content, Element, ElementKind, Id, NodeId, Tree};
use crate::write::Writer;

/// One stack's `main.tf.json`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// The stack's id.
    pub stack: String,
    /// The JSON text, two spaces of indentation, a line break at the end.
    pub json: String,
}

type Elements<'t> = Vec<(&'t str, &'t str, NodeId, &'t Element)>;

/// Writes every stack, in the order in which they were added.
pub(crate) fn write(tree: &Tree, names: &Names) -> Vec<Document> {
    let mut by_stack: BTreeMap<NodeId, BTreeMap<ElementKind, Elements<'_>>> = BTreeMap::new();
    for (id, node) in tree.iter() {
        match &node.content {
            Content::Stack => {
                by_stack.entry(id).or_default();
            }
            Content::Element(element) => {
                let stack = tree.stack_of(id).unwrap_or(NodeId::ROOT);
                let kind = by_stack.entry(stack).or_default().entry(element.kind).or_default();
                kind.push((element.type_name, names.of(id), id, element));
            }
            Content::Root | Content::Construct { .. } => {}
        }
    }
    let documents = by_stack.into_iter().map(|(stack, mut kinds)| {
        kinds
            .values_mut()
            .for_each(|elements| elements.sort_unstable_by_key(|(label, name, ..)| (*label, *name)));
        let id = match tree.node(stack).map(|node| &node.id) {
            Some(Id::Named(id)) => id.to_string(),
            _ => String::new(),
        };
        Document { stack: id, json: stack_json(tree, names, &kinds) }
    });
    documents.collect()
}

fn stack_json(tree: &Tree, names: &Names, kinds: &BTreeMap<ElementKind, Elements<'_>>) -> String {
    let mut writer = Writer { json: Json::default(), tree, names };
    writer.json.open('{');
    for (key, kind) in [("data", ElementKind::Data), ("ephemeral", ElementKind::Ephemeral)] {
        by_type(&mut writer, key, kinds.get(&kind));
    }
    by_name(&mut writer, "output", kinds.get(&ElementKind::Output));
    providers(&mut writer, kinds.get(&ElementKind::Provider));
    by_type(&mut writer, "resource", kinds.get(&ElementKind::Resource));
    terraform(&mut writer, kinds);
    by_name(&mut writer, "variable", kinds.get(&ElementKind::Variable));
    writer.json.close('}');
    writer.json.finish()
}

fn by_name(writer: &mut Writer<'_>, key: &str, elements: Option<&Elements<'_>>) {
    let Some(elements) = elements else { return };
    writer.json.key(key);
    writer.json.open('{');
    for (_, name, _, element) in elements {
        writer.json.key(name);
        writer.element(element);
    }
    writer.json.close('}');
}

fn by_type(writer: &mut Writer<'_>, key: &str, elements: Option<&Elements<'_>>) {
    let Some(elements) = elements else { return };
    writer.json.key(key);
    writer.json.open('{');
    for same_type in elements.chunk_by(|a, b| a.0 == b.0) {
        let Some((label, ..)) = same_type.first() else { continue };
        writer.json.key(label);
        writer.json.open('{');
        for (_, name, _, element) in same_type {
            writer.json.key(name);
            writer.element(element);
        }
        writer.json.close('}');
    }
    writer.json.close('}');
}

fn providers(writer: &mut Writer<'_>, elements: Option<&Elements<'_>>) {
    let Some(elements) = elements else { return };
    writer.json.key("provider");
    writer.json.open('{');
    for same in elements.chunk_by(|a, b| a.0 == b.0) {
        let Some((name, ..)) = same.first() else { continue };
        writer.json.key(name);
        writer.json.open('[');
        for (.., element) in same {
            writer.json.entry();
            writer.element(element);
        }
        writer.json.close(']');
    }
    writer.json.close('}');
}

/// The `terraform` block: the backend, the providers that the elements need, and the least version of
/// Terraform that understands them.
fn terraform(writer: &mut Writer<'_>, kinds: &BTreeMap<ElementKind, Elements<'_>>) {
    let elements = || kinds.values().flatten().map(|(.., element)| *element);
    let providers: BTreeMap<&str, _> =
        elements().filter_map(|element| element.provider).map(|provider| (provider.name, provider)).collect();
    let least = elements().map(|element| element.requires).max().unwrap_or_default();
    let backend = kinds.get(&ElementKind::Backend).and_then(|backends| backends.first());
    if backend.is_none() && providers.is_empty() && least == (0, 0) {
        return;
    }
    writer.json.key("terraform");
    writer.json.open('{');
    if let Some((label, _, _, element)) = backend {
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
