//! References across stacks: the value becomes an output of its stack, and is read from that stack's state.

use std::collections::{BTreeMap, BTreeSet};
use std::mem::take;

use crate::block::Body;
use crate::cycles;
use crate::expression::Expression;
use crate::id::{Id, NodeId};
use crate::names::{self, Names};
use crate::problem::Problem;
use crate::scope::Scope;
use crate::term::Term;
use crate::tree::{Content, Element, ElementKind, Node, Sensitivity, Tree};

/// Which stacks need which others: each must be applied after those.
pub(crate) type Needs = BTreeMap<NodeId, Vec<NodeId>>;

/// A value of another stack: the element and its attribute.
type Wanted = (NodeId, &'static str);

/// Makes outputs and remote states of every reference across stacks. Returns which stacks need which.
pub(crate) fn link(tree: &mut Tree, problems: &mut Vec<Problem>) -> Needs {
    let users = Users::of(tree);
    let needs = users.needs(tree);
    let order = ordered(tree, &needs);
    if let Some(circle) = cycles::find(&order) {
        problems.push(users.explain(tree, cycles::describe(tree, "stacks", &circle)));
        return order;
    }
    if needs.is_empty() {
        return order;
    }
    let names = output_names(tree, &names::assign(tree), &users);
    let mut states = Vec::new();
    for (from, stacks) in &needs {
        for to in stacks {
            states.push((*from, *to, remote_state(tree, *from, *to)));
        }
    }
    for (wanted, name) in &names {
        output(tree, *wanted, users.sensitivity(wanted), name, problems);
    }
    for user in users.wanted.into_keys() {
        let Some(stack) = tree.stack_of(user) else { continue };
        let Some(mut body) = tree.element_mut(user).map(|element| take(&mut element.body)) else { continue };
        for term in body.terms_mut() {
            term.each_expression_mut(&mut |expression| read(tree, stack, &states, &names, expression));
        }
        if let Some(element) = tree.element_mut(user) {
            element.body = body;
        }
    }
    order
}

/// The stacks that need others because they refer to them, and those of which the author said so.
fn ordered(tree: &Tree, needs: &Needs) -> Needs {
    let mut order = needs.clone();
    for (from, to) in &tree.order {
        let stacks = order.entry(*from).or_default();
        if !stacks.contains(to) {
            stacks.push(*to);
        }
    }
    order
}

impl Scope<'_> {
    /// Has another stack, by its node, applied before this one, which finds by data sources what that one makes.
    pub fn applied_after(&mut self, stack: NodeId) {
        let from = self.tree.stack_of(self.node).unwrap_or(self.node);
        self.tree.order.push((from, stack));
    }
}

/// The elements that want values of other stacks.
#[derive(Default)]
struct Users {
    wanted: BTreeMap<NodeId, BTreeSet<Wanted>>,
    /// Each value is as sensitive as anybody refers to it.
    sensitivity: BTreeMap<Wanted, Sensitivity>,
}

impl Users {
    fn of(tree: &Tree) -> Self {
        let mut users = Users::default();
        if tree.iter().filter(|(_, node)| matches!(node.content, Content::Stack)).count() < 2 {
            return users;
        }
        for (user, node) in tree.iter() {
            let Content::Element(element) = &node.content else { continue };
            let stack = tree.stack_of(user);
            for term in element.body.terms() {
                term.each_expression(&mut |expression| {
                    if let Expression::Reference { node, attribute, sensitivity } = expression
                        && tree.node(*node).is_some()
                        && tree.stack_of(*node) != stack
                        && is_value(tree, *node, attribute)
                    {
                        users.wanted.entry(user).or_default().insert((*node, *attribute));
                        let most = users.sensitivity.entry((*node, *attribute)).or_default();
                        if *most == Sensitivity::Plain {
                            *most = *sensitivity;
                        }
                    }
                });
            }
        }
        users
    }

    fn needs(&self, tree: &Tree) -> Needs {
        let mut needs = Needs::new();
        for (user, wanted) in &self.wanted {
            for (node, _) in wanted {
                if let (Some(from), Some(to)) = (tree.stack_of(*user), tree.stack_of(*node)) {
                    let stacks = needs.entry(from).or_default();
                    if !stacks.contains(&to) {
                        stacks.push(to);
                    }
                }
            }
        }
        needs
    }

    fn sensitivity(&self, wanted: &Wanted) -> Sensitivity {
        self.sensitivity.get(wanted).copied().unwrap_or_default()
    }

    /// The references that make up a circle of stacks, with their lines.
    fn explain(&self, tree: &Tree, mut problem: Problem) -> Problem {
        problem.related.clear();
        for (user, wanted) in &self.wanted {
            let Some(node) = tree.node(*user) else { continue };
            for (of, attribute) in wanted {
                let value = [tree.path(*of).as_str(), attribute].join(".");
                let what = format!("`{}` refers to `{}`", tree.path(*user), value.trim_end_matches('.'));
                problem = problem.related(what, node.origin.clone());
            }
        }
        problem
    }
}

/// Whether a reference is of a value, not of a whole resource, module or provider.
pub(crate) fn is_value(tree: &Tree, node: NodeId, attribute: &str) -> bool {
    !attribute.is_empty()
        || tree
            .element(node)
            .is_some_and(|element| matches!(element.kind, ElementKind::Variable | ElementKind::Local))
}

/// The output of each value, sorted by value: `aws_vpc__main__id`.
fn output_names(tree: &Tree, names: &Names<'_>, users: &Users) -> Vec<(Wanted, String)> {
    let name = |(node, attribute): &Wanted| {
        let label = tree.element(*node).map_or("", |element| match element.type_name {
            "" => element.kind.block(),
            label => label,
        });
        let parts = [label, names.of(*node), attribute].into_iter().filter(|part| !part.is_empty());
        parts.collect::<Vec<_>>().join("__")
    };
    users.sensitivity.keys().map(|wanted| (*wanted, name(wanted))).collect()
}

/// Adds the data source through which a stack reads another one's outputs ("The terraform_remote_state Data
/// Source").
fn remote_state(tree: &mut Tree, from: NodeId, to: NodeId) -> NodeId {
    let backend = tree.iter().find_map(|(id, node)| match &node.content {
        Content::Element(element) if element.kind == ElementKind::Backend && node.parent == to => {
            tree.node(id).map(|_| (element.type_name, element.body.clone()))
        }
        _ => None,
    });
    let folder = tree.node(to).map(stack_name).unwrap_or_default();
    let (kind, config) = match backend {
        Some((kind, body)) => (kind, body),
        // The folders of an app's stacks lie beside each other.
        None => {
            let here = Expression::Symbol("path.module".into()).into();
            let state = Term::text(format!("/../{folder}/terraform.tfstate"));
            ("local", Body::new().with("path", Expression::Template(vec![here, state])))
        }
    };
    // What is literal in a backend block is evaluated in a data source, and so has to be escaped there.
    let escaped = |term| match term {
        Term::Verbatim(inner) => *inner,
        term => term,
    };
    let config = config.into_entries().into_iter().map(|(name, term)| (name.into(), escaped(term))).collect();
    let body = Body::new().with("backend", Term::text(kind)).with("config", Term::Object(config));
    let origin = tree.node(to).map_or(crate::Origin::Unknown, |node| node.origin.clone());
    let element = Element::new(ElementKind::Data, "terraform_remote_state", body);
    tree.push(from, Id::Exact(folder.into()), origin, Content::Element(element))
}

/// A stack's id as a name.
pub(crate) fn stack_name(node: &Node) -> String {
    match &node.id {
        Id::Named(id) => names::alias(id),
        Id::Exact(name) => name.to_string(),
        Id::This => String::new(),
    }
}

fn output(
    tree: &mut Tree,
    (node, attribute): Wanted,
    sensitivity: Sensitivity,
    name: &str,
    problems: &mut Vec<Problem>,
) {
    let (Some(stack), Some(found)) = (tree.stack_of(node), tree.node(node)) else { return };
    let origin = found.origin.clone();
    let mut body = Body::new().with("value", Expression::Reference { node, attribute, sensitivity });
    match sensitivity {
        Sensitivity::Plain => {}
        Sensitivity::Sensitive => body.set("sensitive", Term::Bool(true)),
        Sensitivity::Ephemeral => {
            let path = tree.path(node);
            let problem = Problem::new(format!("`{path}` is ephemeral, and another stack refers to it"))
                .help("an ephemeral value is in no state: read it in each stack that needs it");
            problems.push(Problem { origin, path, ..problem });
            return;
        }
    }
    let element = Element { sensitivity, ..Element::new(ElementKind::Output, "", body) };
    tree.push(stack, Id::Exact(name.into()), origin, Content::Element(element));
}

fn read(
    tree: &Tree,
    stack: NodeId,
    states: &[(NodeId, NodeId, NodeId)],
    names: &[(Wanted, String)],
    expression: &mut Expression,
) {
    let Expression::Reference { node, attribute, .. } = expression else { return };
    let Some(of) = tree.stack_of(*node).filter(|of| *of != stack) else { return };
    let name = names.binary_search_by(|(wanted, _)| wanted.cmp(&(*node, *attribute)));
    let name = name.ok().and_then(|at| names.get(at));
    let state = states.iter().find(|(from, to, _)| (*from, *to) == (stack, of));
    if let (Some((.., state)), Some((_, name))) = (state, name) {
        let outputs = Expression::reference(*state, "outputs");
        *expression = Expression::Attribute(Box::new(outputs), name.as_str().into());
    }
}
