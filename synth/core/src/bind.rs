//! Binds what constructs offer, and the names that stack files use, to the expressions they stand for.

use std::collections::BTreeMap;
use std::mem::take;

use strsim::levenshtein;

use crate::construct::{Accepts, Anchor};
use crate::expression::Expression;
use crate::functions;
use crate::id::{Id, NodeId};
use crate::problem::Problem;
use crate::tree::{Content, ElementKind, Provider, Sensitivity, TerraformVersion, Tree};

/// Replaces every [`Expression::Export`], or reports why it cannot be.
pub(crate) fn names(tree: &mut Tree, problems: &mut Vec<Problem>) {
    let index = Index::of(tree);
    // The tree is read while its elements are changed, so they are taken out and put back one by one.
    let elements: Vec<NodeId> = tree
        .iter()
        .filter(|(_, node)| matches!(node.content, Content::Element(_)))
        .map(|(id, _)| id)
        .collect();
    for user in elements {
        let Some(mut body) = tree.element_mut(user).map(|element| take(&mut element.body)) else { continue };
        let mut needs = Needs::default();
        let mut bind = |expression: &mut Expression| {
            bind(tree, &index, user, expression, problems);
            needs.see(expression);
        };
        body.terms_mut().for_each(|term| term.each_expression_mut(&mut bind));
        if let Some(element) = tree.element_mut(user) {
            element.body = body;
            element.requires = element.requires.max(needs.version);
        }
        if !needs.providers.is_empty() {
            let stack = tree.stack_of(user).unwrap_or(NodeId::ROOT);
            tree.called.extend(needs.providers.into_iter().map(|provider| (stack, provider)));
        }
    }
}

/// What functions need: their providers, and a version of Terraform that has them.
#[derive(Default)]
struct Needs {
    version: TerraformVersion,
    providers: Vec<&'static Provider>,
}

impl Needs {
    fn see(&mut self, expression: &Expression) {
        match expression {
            Expression::Call(call) => self.version = self.version.max(functions::since(call.function)),
            Expression::ProviderCall(provider, _) => {
                self.version = self.version.max(functions::OF_PROVIDERS_SINCE);
                self.providers.push(provider);
            }
            _ => {}
        }
    }
}

/// The constructs and variables of each stack, by their ids: stack files name those at the top.
struct Index {
    constructs: BTreeMap<(NodeId, Box<str>), NodeId>,
    variables: BTreeMap<(NodeId, Box<str>), NodeId>,
}

impl Index {
    fn of(tree: &Tree) -> Self {
        let mut index = Index { constructs: BTreeMap::new(), variables: BTreeMap::new() };
        for (id, node) in tree.iter() {
            let (names, name) = match (&node.content, &node.id) {
                (Content::Construct { .. }, Id::Named(name)) => (&mut index.constructs, name.as_str()),
                (Content::Element(element), Id::Named(name)) if element.kind == ElementKind::Variable => {
                    (&mut index.variables, name.as_str())
                }
                (Content::Element(element), Id::Exact(name)) if element.kind == ElementKind::Variable => {
                    (&mut index.variables, name.as_ref())
                }
                _ => continue,
            };
            names.insert((node.parent, name.into()), id);
        }
        index
    }
}

fn bind(tree: &Tree, index: &Index, user: NodeId, expression: &mut Expression, problems: &mut Vec<Problem>) {
    // What an export stands for may itself be an export; a construct's parts come before it, so this ends.
    while let Expression::Export { of, attribute } = expression {
        match look_up(tree, index, user, of, attribute) {
            Ok(found) => *expression = found,
            Err(problem) => {
                let origin = tree.node(user).map_or(crate::Origin::Unknown, |node| node.origin.clone());
                problems.push(Problem { origin, path: tree.path(user), ..*problem });
                return;
            }
        }
    }
}

fn look_up(
    tree: &Tree,
    index: &Index,
    user: NodeId,
    of: &Anchor,
    attribute: &str,
) -> Result<Expression, Box<Problem>> {
    let stack = tree.stack_of(user).unwrap_or(NodeId::ROOT);
    match of {
        Anchor::Construct(node) => offered(tree, *node, attribute, attribute),
        Anchor::Named { name, kind } => {
            let text = match attribute.rsplit('/').next() {
                Some("") | None => name.to_string(),
                Some(attribute) => format!("{name}.{attribute}"),
            };
            let node = index.constructs.get(&(stack, name.clone())).ok_or_else(|| {
                let names = index.constructs.keys().filter(|(of, _)| *of == stack).map(|(_, name)| name);
                let message = format!("there is no construct named `{name}`");
                let problem = unknown(message, name, names);
                match kind {
                    Some(kind) if name.contains("${") => Problem {
                        help: Some(format!(
                            "write the name of a construct of kind `{kind}`; values of variables and of blocks stand where text does"
                        )),
                        ..problem
                    }
                    .excerpt(name.to_string()),
                    Some(_) => problem.excerpt(name.to_string()),
                    None => problem.excerpt(text.clone()),
                }
            })?;
            match (kind, tree.node(*node).map(|node| &node.content)) {
                (Some(wanted), Some(Content::Construct { kind, .. })) if kind != wanted => {
                    let message = format!("`{name}` is of kind `{kind}`, where a `{wanted}` is needed");
                    Err(Box::new(Problem::new(message).excerpt(name.as_ref())))
                }
                _ => offered(tree, *node, attribute, &text),
            }
        }
        Anchor::Variable { name, accepts } => {
            let node = index.variables.get(&(stack, name.clone())).ok_or_else(|| {
                let names = index.variables.keys().filter(|(of, _)| *of == stack).map(|(_, name)| name);
                unknown(format!("there is no variable `{name}`"), name, names).excerpt(format!("var.{name}"))
            })?;
            let sensitivity = accepted(tree, *node, name, *accepts)?;
            Ok(Expression::Reference { node: *node, attribute: "", sensitivity })
        }
    }
}

fn offered(tree: &Tree, node: NodeId, attribute: &str, text: &str) -> Result<Expression, Box<Problem>> {
    let Some(Content::Construct { exports, kind }) = tree.node(node).map(|node| &node.content) else {
        return Err(Box::new(Problem::new("a reference names a construct of another app")));
    };
    match exports.iter().find(|export| export.attribute == attribute) {
        Some(export) => Ok(export.value.clone()),
        None => {
            // What stands before `/` is a kind of value of its own: the keys of a secret, beside its attributes.
            let (group, name) = attribute.split_once('/').unwrap_or(("", attribute));
            let names = exports.iter().filter_map(|export| match export.attribute.split_once('/') {
                Some((of, name)) => (of == group).then_some(name),
                None => group.is_empty().then_some(export.attribute.as_str()),
            });
            let path = tree.path(node);
            let message = match group {
                "" => format!("`{path}`, of kind `{kind}`, offers no `{name}`"),
                group => format!("`{path}`, of kind `{kind}`, has no {group} `{name}`"),
            };
            Err(Box::new(unknown(message, name, names).excerpt(text)))
        }
    }
}

fn accepted(tree: &Tree, node: NodeId, name: &str, accepts: Accepts) -> Result<Sensitivity, Box<Problem>> {
    let sensitivity = tree.element(node).map_or(Sensitivity::Plain, |element| element.sensitivity);
    let refused = match (sensitivity, accepts) {
        (Sensitivity::Plain, Accepts::Plain)
        | (Sensitivity::Sensitive, Accepts::Sensitive | Accepts::Ephemeral)
        | (Sensitivity::Ephemeral, Accepts::Ephemeral) => return Ok(sensitivity),
        (Sensitivity::Plain, _) => {
            Problem::new(format!("variable `{name}` is not sensitive, and a secret is needed here"))
                .help("declare it with `sensitive: true`, or `ephemeral: true` to keep it out of the state")
        }
        (_, Accepts::Plain) => {
            Problem::new(format!("variable `{name}` is sensitive, and would be shown here"))
                .help("put it into a secret and refer to the secret")
        }
        (Sensitivity::Ephemeral, Accepts::Sensitive) => {
            Problem::new(format!("variable `{name}` is ephemeral, and would be kept in the state here"))
                .help("declare it with `sensitive: true` instead of `ephemeral: true`")
        }
    };
    Err(Box::new(refused.excerpt(format!("var.{name}"))))
}

/// A problem that lists what there is instead.
fn unknown(message: String, wanted: &str, names: impl Iterator<Item = impl AsRef<str>>) -> Problem {
    let mut names: Vec<String> = names.map(|name| name.as_ref().to_owned()).collect();
    names.sort_by_key(|name| (levenshtein(wanted, name), name.clone()));
    match names.first() {
        None => Problem::new(message).help("there are none yet"),
        Some(near) if levenshtein(wanted, near) <= (wanted.len() / 3).max(1) => {
            Problem::new(message).help(format!("did you mean `{near}`?"))
        }
        Some(_) => Problem::new(message).help(format!("there are: {}", names.join(", "))),
    }
}
