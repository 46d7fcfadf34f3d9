//! Writes a stack as Terraform JSON: sorted, unset arguments absent, the same bytes on every run.

use crate::id::NodeId;
use crate::json::Json;
use crate::layout::{Group, Layout, Named};
use crate::names::Names;
use crate::problem::Problem;
use crate::stacks::{Needs, stack_name};
use crate::tree::{Element, ElementKind, Provider, Tree};
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
        json: stack_json(Writer::new(tree, names, elements(&layout.groups).count()), layout, called(layout)),
    });
    documents.collect()
}

fn warnings(tree: &Tree, stack: NodeId) -> Vec<Problem> {
    let of_stack = tree.warnings.iter().filter(|(node, _)| tree.stack_of(*node) == Some(stack));
    of_stack.map(|(_, warning)| warning.clone()).collect()
}

fn stack_json(mut writer: Writer<'_>, layout: &Layout<'_>, called: Vec<&'static Provider>) -> String {
    writer.json.open('{');
    by_name(&mut writer, "check", layout.of(ElementKind::Check));
    for (key, kind) in [("data", ElementKind::Data), ("ephemeral", ElementKind::Ephemeral)] {
        by_type(&mut writer, key, layout.of(kind));
    }
    nameless(&mut writer, "import", layout.of(ElementKind::Import));
    locals(&mut writer, layout.of(ElementKind::Local));
    by_name(&mut writer, "module", layout.of(ElementKind::Module));
    nameless(&mut writer, "moved", layout.of(ElementKind::Moved));
    by_name(&mut writer, "output", layout.of(ElementKind::Output));
    providers(&mut writer, layout.of(ElementKind::Provider));
    nameless(&mut writer, "removed", layout.of(ElementKind::Removed));
    by_type(&mut writer, "resource", layout.of(ElementKind::Resource));
    terraform(&mut writer, layout, called);
    by_name(&mut writer, "variable", layout.of(ElementKind::Variable));
    writer.json.close('}');
    writer.json.finish()
}

fn by_name(writer: &mut Writer<'_>, key: &str, groups: &[Group<'_>]) {
    if groups.is_empty() {
        return;
    }
    writer.json.key(key);
    by_names(writer, elements(groups));
}

fn by_names<'g, 't: 'g>(writer: &mut Writer<'_>, elements: impl IntoIterator<Item = &'g Named<'t>>) {
    writer.json.open('{');
    for (name, _, element) in elements {
        writer.json.key(name);
        writer.element(element);
    }
    writer.json.close('}');
}

/// Blocks without labels, in the order in which they were added.
fn nameless(writer: &mut Writer<'_>, key: &str, groups: &[Group<'_>]) {
    if groups.is_empty() {
        return;
    }
    let mut elements: Vec<_> = elements(groups).map(|(_, id, element)| (id, element)).collect();
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

fn locals(writer: &mut Writer<'_>, groups: &[Group<'_>]) {
    if groups.is_empty() {
        return;
    }
    writer.json.key("locals");
    writer.json.open('{');
    for (name, _, element) in elements(groups) {
        writer.json.key(name);
        writer.local(element);
    }
    writer.json.close('}');
}

fn by_type(writer: &mut Writer<'_>, key: &str, groups: &[Group<'_>]) {
    if groups.is_empty() {
        return;
    }
    writer.json.key(key);
    writer.json.open('{');
    for group in groups {
        writer.json.key(group.label);
        by_names(writer, &group.elements);
    }
    writer.json.close('}');
}

fn providers(writer: &mut Writer<'_>, groups: &[Group<'_>]) {
    if groups.is_empty() {
        return;
    }
    writer.json.key("provider");
    writer.json.open('{');
    for group in groups {
        writer.json.key(group.label);
        in_list(writer, group.elements.iter().map(|(.., element)| *element));
    }
    writer.json.close('}');
}

/// The `terraform` block: the backend, the providers that the elements and the called functions need, and the least version of
/// Terraform that understands them.
fn terraform(writer: &mut Writer<'_>, layout: &Layout<'_>, called: Vec<&'static Provider>) {
    let mut providers: Vec<&'static Provider> = Vec::new();
    let mut least = (0, 0);
    for (.., element) in elements(&layout.groups) {
        need(&mut providers, element.provider);
        least = least.max(element.requires);
    }
    need(&mut providers, called);
    let backend = layout
        .of(ElementKind::Backend)
        .first()
        .and_then(|group| Some((group.label, group.elements.first()?)));
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
        for provider in providers {
            writer.json.key(provider.name);
            writer.json.open('{');
            passed(writer, layout, provider);
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

/// The configurations of a provider that the module's caller passes.
fn passed(writer: &mut Writer<'_>, layout: &Layout<'_>, provider: &Provider) {
    let groups = layout.of(ElementKind::PassedProvider);
    let Some(group) = groups.iter().find(|group| group.label == provider.name) else { return };
    writer.json.key("configuration_aliases");
    writer.json.open('[');
    for (alias, ..) in &group.elements {
        writer.json.entry();
        writer.json.text(&format!("{}.{alias}", provider.name));
    }
    writer.json.close(']');
}

/// Adds providers to a list that is sorted by name, each once.
fn need(providers: &mut Vec<&'static Provider>, more: impl IntoIterator<Item = &'static Provider>) {
    for provider in more {
        if let Err(at) = providers.binary_search_by(|known| known.name.cmp(provider.name)) {
            providers.insert(at, provider);
        }
    }
}

fn elements<'g, 't>(groups: &'g [Group<'t>]) -> impl Iterator<Item = &'g Named<'t>> {
    groups.iter().flat_map(|group| &group.elements)
}
