//! Elements, or stacks, that need each other in a circle: Terraform could begin with none of them.

use std::collections::BTreeMap;

use crate::expression::Expression;
use crate::id::NodeId;
use crate::inside::Inside;
use crate::problem::Problem;
use crate::term::Term;
use crate::tree::{Content, ElementKind, Node, Tree};

/// Reports a circle of elements, if there is any, with every element and line on it.
pub(crate) fn elements(tree: &Tree, problems: &mut Vec<Problem>) {
    // What was added later can only be needed by name, or through a construct; without that there is no circle.
    let looks_ahead = |(id, node): (NodeId, &Node)| {
        let mut ahead = false;
        each_needed(node, &mut |needed| match needed {
            Needed::Element(needed) => ahead |= needed >= id,
            Needed::Inside(_) => ahead = true,
        });
        ahead
    };
    if !tree.iter().any(looks_ahead) {
        return;
    }
    let inside = Inside::of(tree);
    let mut needs: BTreeMap<NodeId, Vec<NodeId>> = BTreeMap::new();
    for (id, node) in tree.iter() {
        let mut all: Vec<NodeId> = Vec::new();
        each_needed(node, &mut |needed| match needed {
            // What is in another app was reported by `check`.
            Needed::Element(needed) => all.extend(tree.node(needed).map(|_| needed)),
            Needed::Inside(construct) => all.extend(inside.elements(tree, construct)),
        });
        if !all.is_empty() {
            needs.insert(id, all);
        }
    }
    if let Some(circle) = find(&needs) {
        problems.push(describe(tree, "elements", &circle));
    }
}

enum Needed {
    /// An element that is referred to.
    Element(NodeId),
    /// All that is in a construct, or an element.
    Inside(NodeId),
}

/// What an element needs. A variable's validation refers to the variable itself, and may refer to others.
fn each_needed(node: &Node, visit: &mut dyn FnMut(Needed)) {
    let Content::Element(element) = &node.content else { return };
    if element.kind == ElementKind::Variable {
        return;
    }
    for term in element.body.terms() {
        if let Term::Addresses(nodes) = term {
            nodes.iter().for_each(|node| visit(Needed::Inside(*node)));
        }
        term.each_expression(&mut |expression| {
            if let Expression::Reference { node, .. } = expression {
                visit(Needed::Element(*node));
            }
        });
    }
}

/// A problem that names everything on a circle.
pub(crate) fn describe(tree: &Tree, what: &str, circle: &[NodeId]) -> Problem {
    let paths: Vec<String> = circle.iter().chain(circle.first()).map(|node| tree.path(*node)).collect();
    let message = format!("{what} need each other in a circle: {}", paths.join(" → "));
    let mut problem = Problem::new(message).help("let one of them do without the other");
    for node in circle {
        if let Some(found) = tree.node(*node) {
            problem = problem.related(format!("`{}`", tree.path(*node)), found.origin.clone());
        }
    }
    let first = circle.first().and_then(|node| Some((tree.path(*node), tree.node(*node)?.origin.clone())));
    match first {
        Some((path, origin)) => Problem { path, origin, ..problem },
        None => problem,
    }
}

/// The nodes of one circle, in order.
pub(crate) fn find(needs: &BTreeMap<NodeId, Vec<NodeId>>) -> Option<Vec<NodeId>> {
    let all = needs.iter().flat_map(|(node, needed)| needed.iter().chain([node]));
    let count = all.map(|node| node.index as usize + 1).max().unwrap_or_default();
    let mut seen = vec![Seen::Never; count];
    let mut mark = |node: NodeId, now: Seen| {
        seen.get_mut(node.index as usize).map_or(Seen::Done, |seen| std::mem::replace(seen, now.max(*seen)))
    };
    for start in needs.keys() {
        if mark(*start, Seen::OnPath) != Seen::Never {
            continue;
        }
        // The path from the start, each node with the position of the next one to look at.
        let mut path: Vec<(NodeId, usize)> = vec![(*start, 0)];
        while let Some((node, next)) = path.last_mut() {
            let Some(needed) = needs.get(node).and_then(|needed| needed.get(*next)).copied() else {
                mark(*node, Seen::Done);
                path.pop();
                continue;
            };
            *next += 1;
            match mark(needed, Seen::OnPath) {
                Seen::Done => {}
                Seen::OnPath => {
                    let circle = path.iter().map(|(node, _)| *node).skip_while(|node| *node != needed);
                    return Some(circle.collect());
                }
                Seen::Never => path.push((needed, 0)),
            }
        }
    }
    None
}

/// How far the search for a circle is with a node.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Seen {
    Never,
    OnPath,
    /// All that it needs was looked at.
    Done,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scope::App;

    fn nodes(count: usize) -> Vec<NodeId> {
        let mut app = App::new();
        (0..count).map(|number| app.stack(number.to_string()).node()).collect()
    }

    #[test]
    fn a_circle_is_found_behind_a_tail_and_a_diamond_is_none() {
        let nodes = nodes(5);
        let [a, b, c, d, e] = nodes.as_slice() else { panic!("five nodes") };
        let diamond = BTreeMap::from([(*a, vec![*b, *c]), (*b, vec![*d]), (*c, vec![*d])]);
        assert_eq!(find(&diamond), None);
        let circle = BTreeMap::from([(*a, vec![*b]), (*b, vec![*c]), (*c, vec![*d]), (*d, vec![*e, *b])]);
        assert_eq!(find(&circle), Some(vec![*b, *c, *d]));
        assert_eq!(find(&BTreeMap::from([(*a, vec![*a])])), Some(vec![*a]));
    }
}
