//! The way around every typed argument: a change of any path of any element.

use crate::block::Body;
use crate::draft::Handle;
use crate::id::NodeId;
use crate::inside::Inside;
use crate::problem::{Origin, Problem};
use crate::scope::Scope;
use crate::term::Term;
use crate::tree::Tree;

/// A change of one path, made after everything was added.
#[derive(Debug)]
pub(crate) struct Override {
    target: Target,
    path: String,
    change: Change,
    origin: Origin,
}

#[derive(Debug)]
enum Target {
    Element(NodeId),
    /// Every element of a type in a construct.
    Inside(NodeId, String),
}

#[derive(Clone, Debug)]
enum Change {
    Set(Term),
    Delete,
}

impl Scope<'_> {
    /// Sets any path of an element, a JSON pointer: `/versioning_configuration/status`, `/rule/0/id`. What is on
    /// the way and not there is made.
    #[track_caller]
    pub fn override_argument(&mut self, of: impl Handle, path: &str, value: impl Into<Term>) {
        self.overriding(Target::Element(of.node()), path, Change::Set(value.into()));
    }

    /// Takes any path of an element out, a JSON pointer.
    #[track_caller]
    pub fn delete_argument(&mut self, of: impl Handle, path: &str) {
        self.overriding(Target::Element(of.node()), path, Change::Delete);
    }

    /// Sets any path of the elements of one type in a construct: `aws_iam_role` of a service.
    #[track_caller]
    pub fn override_inside(
        &mut self,
        construct: impl Handle,
        type_name: &str,
        path: &str,
        value: impl Into<Term>,
    ) {
        self.overriding(
            Target::Inside(construct.node(), type_name.to_owned()),
            path,
            Change::Set(value.into()),
        );
    }

    /// Takes any path of the elements of one type in a construct out.
    #[track_caller]
    pub fn delete_inside(&mut self, construct: impl Handle, type_name: &str, path: &str) {
        self.overriding(Target::Inside(construct.node(), type_name.to_owned()), path, Change::Delete);
    }

    #[track_caller]
    fn overriding(&mut self, target: Target, path: &str, change: Change) {
        let origin = self.caller_or_construct();
        self.tree.overrides.push(Override { target, path: path.to_owned(), change, origin });
    }
}

/// Makes every change, in the order in which they were asked for.
pub(crate) fn apply(tree: &mut Tree) {
    let overrides = std::mem::take(&mut tree.overrides);
    if overrides.is_empty() {
        return;
    }
    let inside = Inside::of(tree);
    for Override { target, path, change, origin } in overrides {
        let nodes = match &target {
            Target::Element(node) => vec![*node],
            Target::Inside(construct, type_name) => {
                let mut nodes = inside.elements(tree, *construct);
                nodes
                    .retain(|node| tree.element(*node).is_some_and(|element| element.type_name == type_name));
                nodes
            }
        };
        let refuse = |tree: &mut Tree, node: Option<NodeId>, message: String| {
            let path = node.map(|node| tree.path(node)).unwrap_or_default();
            let problem = Problem { origin: origin.clone(), path, ..Problem::new(message) };
            tree.problems.push(problem);
        };
        if nodes.is_empty() {
            refuse(tree, None, missing(tree, &inside, &target));
        }
        for node in nodes {
            let changed = match tree.element_mut(node) {
                Some(element) => change_path(&mut element.body, &path, &change),
                None => {
                    Err("it is a construct: name the type of the element in it, by `override_inside`"
                        .to_owned())
                }
            };
            if let Err(message) = changed {
                refuse(tree, Some(node), format!("`{path}` cannot be changed: {message}"));
            }
        }
    }
}

fn missing(tree: &Tree, inside: &Inside, target: &Target) -> String {
    let Target::Inside(construct, type_name) = target else { return "nothing to change".to_owned() };
    let elements = inside.elements(tree, *construct);
    let mut types: Vec<&str> =
        elements.iter().filter_map(|node| tree.element(*node)).map(|element| element.type_name).collect();
    types.sort_unstable();
    types.dedup();
    format!("`{}` has no `{type_name}`; it has {}", tree.path(*construct), types.join(", "))
}

fn change_path(body: &mut Body, path: &str, change: &Change) -> Result<(), String> {
    let Some(path) = path.strip_prefix('/') else { return Err("a path begins with `/`".to_owned()) };
    let segments: Vec<String> =
        path.split('/').map(|segment| segment.replace("~1", "/").replace("~0", "~")).collect();
    in_body(body, &segments, change)
}

fn in_body(body: &mut Body, path: &[String], change: &Change) -> Result<(), String> {
    let Some((name, rest)) = path.split_first() else { return Err("the path ends too early".to_owned()) };
    if rest.is_empty() {
        return match change {
            Change::Set(term) => {
                body.set(name.clone(), term.clone());
                Ok(())
            }
            Change::Delete => body.remove(name).map(drop).ok_or_else(|| format!("there is no `{name}`")),
        };
    }
    if body.get(name).is_none() && matches!(change, Change::Set(_)) {
        body.set(name.clone(), Body::new());
    }
    match body.get_mut(name) {
        Some(term) => in_term(term, rest, change),
        None => Err(format!("there is no `{name}`")),
    }
}

fn in_term(term: &mut Term, path: &[String], change: &Change) -> Result<(), String> {
    let Some((segment, rest)) = path.split_first() else { return Err("the path ends too early".to_owned()) };
    match term {
        // A single block may also be written as the first of a list.
        Term::Block(body) if segment == "0" && !rest.is_empty() => in_body(body, rest, change),
        Term::Block(body) | Term::Dynamic(body) => in_body(body, path, change),
        Term::Verbatim(inner) => in_term(inner, path, change),
        Term::Object(fields) => {
            let at = fields.iter().position(|(key, _)| key == segment);
            match (at, rest.is_empty(), change) {
                (Some(at), true, Change::Delete) => {
                    fields.remove(at);
                    Ok(())
                }
                (None, _, Change::Delete) => Err(format!("there is no `{segment}`")),
                (Some(at), ..) => match fields.get_mut(at) {
                    Some((_, term)) => in_place(term, rest, change),
                    None => Err(format!("there is no `{segment}`")),
                },
                (None, ..) => {
                    let mut term = Term::Object(Vec::new());
                    in_place(&mut term, rest, change)?;
                    fields.push((segment.into(), term));
                    Ok(())
                }
            }
        }
        Term::List(items) => {
            let length = items.len();
            let at: usize = segment.parse().map_err(|_| format!("`{segment}` is no position in a list"))?;
            match (items.get_mut(at), rest.is_empty(), change) {
                (Some(_), true, Change::Delete) => {
                    items.remove(at);
                    Ok(())
                }
                (Some(item), ..) => in_place(item, rest, change),
                (None, _, Change::Set(_)) if at == length => {
                    let mut item = Term::Block(Body::new());
                    in_place(&mut item, rest, change)?;
                    items.push(item);
                    Ok(())
                }
                (None, ..) => Err(format!("the list has {length} entries, and none at `{segment}`")),
            }
        }
        _ => Err(format!("what is before `{segment}` is a value without parts")),
    }
}

/// Replaces a term, or goes on inside of it.
fn in_place(term: &mut Term, rest: &[String], change: &Change) -> Result<(), String> {
    match (rest.is_empty(), change) {
        (true, Change::Set(new)) => {
            *term = new.clone();
            Ok(())
        }
        _ => in_term(term, rest, change),
    }
}
