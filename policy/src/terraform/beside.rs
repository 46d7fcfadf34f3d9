//! Files beside a configuration that its expressions read: `file`, `filebase64` and `templatefile` (Terraform,
//! "Filesystem and Workspace Info").

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::module::normal;
use crate::expression;
use crate::node::{Access, Call, Node, Value};
use crate::text::Text;

/// The files that are there, by path.
#[derive(Debug, Default)]
pub(super) struct Beside {
    texts: BTreeMap<PathBuf, Text>,
}

/// Where a module is, and where Terraform is run.
#[derive(Clone, Copy)]
pub(super) struct Places<'p> {
    pub(super) root: &'p Path,
    pub(super) module: &'p Path,
}

impl Beside {
    pub(super) fn add(&mut self, path: PathBuf, text: Text) {
        self.texts.insert(path, text);
    }

    /// An expression in which each call that reads one of the files is what it reads.
    pub(super) fn filled(&self, node: &Node, places: Places<'_>) -> Node {
        if self.texts.is_empty() {
            return node.clone();
        }
        node.replaced(&mut |node| {
            let Value::Call(call) = &node.value else { return None };
            let text = self.texts.get(&path(call, places)?)?;
            let content = Node::text(text.clone());
            Some(match call.name.as_str() {
                "templatefile" => template(&content, call.arguments.get(1)),
                "filebase64" => Node::new(node.span, Value::call("base64encode", vec![content])),
                _ => content,
            })
        })
    }
}

/// The files that a body reads, as far as their paths are written out.
pub(super) fn wanted(body: &Node, places: Places<'_>, wanted: &mut BTreeSet<PathBuf>) {
    if let Value::Call(call) = &body.value {
        wanted.extend(path(call, places));
    }
    for child in body.children() {
        self::wanted(child, places, wanted);
    }
}

/// The path of the file that a call reads, if it is in the folder that Terraform is run in or in the module's own.
fn path(call: &Call, places: Places<'_>) -> Option<PathBuf> {
    let name = call.name.strip_prefix("core::").unwrap_or(&call.name);
    if !matches!(name, "file" | "filebase64" | "templatefile") {
        return None;
    }
    let written = call.arguments.first()?;
    let path = match &written.value {
        Value::Template(parts) => {
            let (folder, rest) = parts.split_first()?;
            let rest: Option<Vec<&str>> = rest.iter().map(Node::literal).collect();
            folder_of(folder, places)?.join(rest?.concat().trim_start_matches('/'))
        }
        // One without a folder is looked for where Terraform is run.
        _ => places.root.join(written.literal().filter(|path| !Path::new(path).is_absolute())?),
    };
    let path = normal(&path);
    let inside = |folder: &Path| match path.strip_prefix(folder) {
        Ok(rest) => !rest.is_absolute() && !rest.starts_with(".."),
        Err(_) => false,
    };
    (inside(places.root) || inside(places.module)).then_some(path)
}

/// `path.module`, `path.root` and `path.cwd`.
fn folder_of<'p>(node: &Node, places: Places<'p>) -> Option<&'p Path> {
    let Value::Reference(reference) = &node.value else { return None };
    match reference.names().as_slice() {
        ["path", "module"] => Some(places.module),
        ["path", "root" | "cwd"] => Some(places.root),
        _ => None,
    }
}

/// A template with the values that the call gives to its names.
fn template(content: &Node, values: Option<&Node>) -> Node {
    expression::read(content).replaced(&mut |node| {
        let Value::Reference(reference) = &node.value else { return None };
        let given = values?.member(&reference.root)?.value.clone();
        if reference.steps.is_empty() {
            return Some(given);
        }
        let access = Access { of: given, steps: reference.steps.clone() };
        Some(Node::new(node.span, Value::Access(Arc::new(access))))
    })
}
