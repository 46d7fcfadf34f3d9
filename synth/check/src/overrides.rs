//! Merges override files into what they override (Terraform language, "Override Files").

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::blocks;
use crate::finding::{Findings, Rule};
use crate::json::{Member, Node, Value};
use crate::module::Document;

/// Whether a file is read after the others, and changes what they say.
fn is_override(name: &str) -> bool {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    file == "override.tf.json" || file.ends_with("_override.tf.json")
}

/// Documents, and what override files added to their bodies.
#[derive(Debug, Default)]
pub(crate) struct Merged<'a> {
    pub(crate) documents: Vec<Document<'a>>,
    /// The starts of bodies and the names of arguments that only an override sets: Terraform looks for required arguments
    /// before it merges.
    pub(crate) late: BTreeSet<(u32, String)>,
}

/// Merges the override files, in the order of their names, into the other documents; what of them overrides nothing, and
/// may stand alone, is left.
pub(crate) fn merge<'a>(documents: Vec<Document<'a>>, findings: &mut Findings) -> Merged<'a> {
    let (mut overrides, base): (Vec<_>, Vec<_>) =
        documents.into_iter().partition(|document| is_override(document.name));
    overrides.sort_by_key(|document| document.name);
    let mut merger = Merger { base, late: BTreeSet::new(), findings };
    for document in overrides {
        let Document { name, text, root } = document;
        let start = root.start;
        blocks::check_body(&root, merger.findings);
        let mut rest = Vec::new();
        for section in members(root) {
            rest.extend(merger.section(section));
        }
        merger.base.push(Document { name, text, root: Node { start, value: Value::Object(rest) } });
    }
    Merged { documents: merger.base, late: merger.late }
}

struct Merger<'a, 'f> {
    base: Vec<Document<'a>>,
    late: BTreeSet<(u32, String)>,
    findings: &'f mut Findings,
}

/// A block of an override file: its labels, the place of the last one, and its body.
struct Block<'a> {
    labels: Vec<Cow<'a, str>>,
    start: u32,
    body: Node<'a>,
}

impl<'a> Merger<'a, '_> {
    /// Merges a section of an override file; gives back what is read as it stands.
    fn section(&mut self, section: Member<'a>) -> Vec<Member<'a>> {
        let depth = match section.key.as_ref() {
            "resource" | "data" | "ephemeral" => 2,
            "variable" | "output" | "module" | "provider" => 1,
            "locals" => {
                self.locals(section.value);
                return Vec::new();
            }
            "terraform" => {
                blocks::check_body(&section.value, self.findings);
                return self.settings(section);
            }
            "moved" | "import" | "check" => {
                let message = format!("`{}` cannot stand in an override file", section.key);
                self.refuse(section.start, message, "write it in another file");
                return Vec::new();
            }
            _ => return vec![section],
        };
        let Member { start, key, value } = section;
        let mut found = Vec::new();
        blocks_of(value, start, depth, &mut Vec::new(), &mut found, self.findings);
        let mut rest = Vec::new();
        for block in found {
            rest.extend(self.block(&key, block));
        }
        rest.into_iter().map(|value| Member { start, key: key.clone(), value }).collect()
    }

    /// Merges a block into the one of the same name; gives back a default configuration of a provider that has none.
    fn block(&mut self, section: &Cow<'a, str>, block: Block<'a>) -> Option<Node<'a>> {
        let alias = alias(&block.body).map(str::to_owned);
        let is_provider = section == "provider";
        let path: Vec<&str> =
            std::iter::once(section.as_ref()).chain(block.labels.iter().map(Cow::as_ref)).collect();
        let wanted = |body: &Node<'a>| !is_provider || self::alias(body) == alias.as_deref();
        let found = self.base.iter_mut().find_map(|document| find_body(&mut document.root, &path, &wanted));
        let Some(base) = found else {
            if let ([name], true, None) = (block.labels.as_slice(), is_provider, alias) {
                let member = Member { start: block.start, key: name.clone(), value: block.body };
                return Some(Node { start: block.start, value: Value::Object(vec![member]) });
            }
            let message = format!("there is no {section} `{}` to override", block.labels.join("."));
            self.refuse(block.start, message, "declare it in another file, or take it out of the override");
            return None;
        };
        let start = base.start;
        let is_new = |member: &&Member<'_>| blocks::properties(base).all(|known| known.key != member.key);
        let added = blocks::properties(&block.body).filter(is_new);
        self.late.extend(added.map(|member| (start, member.key.to_string())));
        refused(section, &block.body, self.findings);
        merge_body(base, block.body);
        None
    }

    fn locals(&mut self, value: Node<'a>) {
        blocks::check_body(&value, self.findings);
        for local in members(value).into_iter().filter(|local| local.key != "//") {
            let path = ["locals", &local.key];
            match self.base.iter_mut().find_map(|document| find(&mut document.root, &path)) {
                Some(base) => *base = local.value,
                None => {
                    let message = format!("there is no local value `{}` to override", local.key);
                    let help = "declare it in another file, or take it out of the override";
                    self.refuse(local.start, message, help);
                }
            }
        }
    }

    /// Merges `terraform`: a provider's requirement replaces the one of the same name.
    fn settings(&mut self, section: Member<'a>) -> Vec<Member<'a>> {
        let Member { start, key, value } = section;
        let (required, rest): (Vec<_>, Vec<_>) =
            members(value).into_iter().partition(|member| member.key == "required_providers");
        let mut kept = rest;
        for required in required {
            let path = ["terraform", "required_providers"];
            let base = self.base.iter_mut().find_map(|document| find(&mut document.root, &path));
            match base {
                Some(base) => merge_body(base, required.value),
                None => kept.push(required),
            }
        }
        let value = Node { start, value: Value::Object(kept) };
        vec![Member { start, key, value }]
    }

    fn refuse(&mut self, at: u32, message: String, help: &str) {
        self.findings.report(at, Rule::InvalidOverride, message, Some(help.to_owned()));
    }
}

/// The blocks below as many labels as `depth`.
fn blocks_of<'a>(
    value: Node<'a>,
    start: u32,
    depth: usize,
    labels: &mut Vec<Cow<'a, str>>,
    found: &mut Vec<Block<'a>>,
    findings: &mut Findings,
) {
    if depth == 0 {
        blocks::check_bodies(&value, findings);
        let bodies = match value {
            Node { value: Value::List(nodes), .. } => nodes,
            one => vec![one],
        };
        let bodies = bodies.into_iter().filter(|body| matches!(body.value, Value::Object(_)));
        found.extend(bodies.map(|body| Block { labels: labels.clone(), start, body }));
        return;
    }
    blocks::check_body(&value, findings);
    for member in members(value) {
        labels.push(member.key);
        blocks_of(member.value, member.start, depth - 1, labels, found, findings);
        labels.pop();
    }
}

/// Puts the members of one body over those of another: arguments, and all blocks of a type, replace those of the same
/// name; `lifecycle` is merged within.
fn merge_body<'a>(base: &mut Node<'a>, over: Node<'a>) {
    let (lifecycles, over): (Vec<_>, Vec<_>) =
        members(over).into_iter().partition(|member| member.key == "lifecycle");
    let dynamics = over.iter().filter(|member| member.key == "dynamic");
    let dynamics = dynamics.flat_map(|dynamic| blocks::properties(&dynamic.value));
    let mut names: BTreeSet<String> = dynamics.map(|label| label.key.to_string()).collect();
    names.extend(over.iter().map(|member| member.key.to_string()).filter(|name| name != "dynamic"));
    let start = base.start;
    let mut merged = members(std::mem::replace(base, Node { start, value: Value::Null }));
    merged.retain(|member| !names.contains(member.key.as_ref()));
    for dynamic in merged.iter_mut().filter(|member| member.key == "dynamic") {
        let start = dynamic.value.start;
        let mut labels = members(std::mem::replace(&mut dynamic.value, Node { start, value: Value::Null }));
        labels.retain(|label| !names.contains(label.key.as_ref()));
        dynamic.value.value = Value::Object(labels);
    }
    merged.retain(|member| member.key != "dynamic" || blocks::properties(&member.value).next().is_some());
    merged.extend(over);
    for lifecycle in lifecycles {
        match merged.iter_mut().find(|member| member.key == "lifecycle") {
            Some(base) => merge_body(&mut base.value, lifecycle.value),
            None => merged.push(lifecycle),
        }
    }
    base.value = Value::Object(merged);
}

/// Reports what an override may not change ("Merging Behavior").
fn refused(section: &str, body: &Node<'_>, findings: &mut Findings) {
    let lifecycles = blocks::properties(body).filter(|member| member.key == "lifecycle");
    let inside = lifecycles.flat_map(|lifecycle| blocks::properties(&lifecycle.value));
    for member in blocks::properties(body).chain(inside) {
        let refused = match member.key.as_ref() {
            "depends_on" => section != "variable" && section != "provider",
            "precondition" | "postcondition" => !matches!(section, "module" | "provider"),
            _ => false,
        };
        if refused {
            let message = format!("`{}` cannot be overridden", member.key);
            let help = Some("write it where the block is declared".to_owned());
            findings.report(member.start, Rule::InvalidOverride, message, help);
        }
    }
}

/// The alias of a provider's configuration.
fn alias<'n>(body: &'n Node<'_>) -> Option<&'n str> {
    blocks::properties(body).find(|member| member.key == "alias").and_then(|member| member.value.text())
}

/// The properties of a body, taken out of it.
fn members<'a>(body: Node<'a>) -> Vec<Member<'a>> {
    match body.value {
        Value::Object(members) => members,
        Value::List(nodes) => nodes.into_iter().flat_map(members).collect(),
        _ => Vec::new(),
    }
}

/// The value that the keys lead to.
fn find<'n, 'a>(node: &'n mut Node<'a>, path: &[&str]) -> Option<&'n mut Node<'a>> {
    let Some((key, rest)) = path.split_first() else { return Some(node) };
    match &mut node.value {
        Value::Object(members) => members
            .iter_mut()
            .filter(|member| member.key == *key)
            .find_map(|member| find(&mut member.value, rest)),
        Value::List(nodes) => nodes.iter_mut().find_map(|node| find(node, path)),
        _ => None,
    }
}

/// The body of the block that the keys lead to, of those that are wanted.
fn find_body<'n, 'a>(
    node: &'n mut Node<'a>,
    path: &[&str],
    wanted: &dyn Fn(&Node<'a>) -> bool,
) -> Option<&'n mut Node<'a>> {
    if path.is_empty() && matches!(node.value, Value::Object(_)) {
        return Some(node).filter(|node| wanted(node));
    }
    match (&mut node.value, path) {
        (Value::List(nodes), _) => nodes.iter_mut().find_map(|node| find_body(node, path, wanted)),
        (Value::Object(members), [key, rest @ ..]) => members
            .iter_mut()
            .filter(|member| member.key == *key)
            .find_map(|member| find_body(&mut member.value, rest, wanted)),
        _ => None,
    }
}
