//! Finds things that need each other, or themselves.

use crate::check::{Checker, Edge};
use crate::finding::Rule;
use crate::module::Key;

impl Checker<'_> {
    /// Reports one cycle of each knot of needs.
    pub(crate) fn cycles(&mut self) {
        self.join_ports();
        let count = self.module.declared.len() + self.ports.len();
        let mut sorted = self.edges.clone();
        sorted.sort_unstable_by_key(|edge| (edge.from, edge.to, edge.at));
        let mut first = Vec::with_capacity(count + 1);
        let mut edges = 0;
        for node in 0..=count {
            edges += sorted.iter().skip(edges).take_while(|edge| edge.from < node).count();
            first.push(edges);
        }
        let mut state = vec![State::New; count];
        let mut cycles = Vec::new();
        for root in 0..count {
            walk(&sorted, &first, root, &mut state, &mut cycles);
        }
        for (nodes, edge) in cycles {
            self.cycle(&nodes, &edge);
        }
    }

    fn cycle(&mut self, nodes: &[usize], last: &Edge) {
        let names: Vec<String> = nodes.iter().chain([&last.to]).map(|node| self.address(*node)).collect();
        let message = match nodes {
            [only] => {
                // The rule a variable is checked by may name the variable itself.
                let declared = self.module.declared.get(*only);
                if declared.is_some_and(|declared| matches!(declared.key, Key::Variable(_))) {
                    return;
                }
                format!("`{}` refers to itself", names.first().map_or("", String::as_str))
            }
            _ => format!("these need each other: {}", names.join(" → ")),
        };
        let at = self.files.position(last.at, last.index);
        self.report(at, Rule::Cycle, message, Some("take one of the references out".to_owned()));
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    Open,
    Done,
}

/// Depth first, without recursion: chains of needs can be as long as the document.
fn walk(
    edges: &[Edge],
    first: &[usize],
    root: usize,
    state: &mut [State],
    cycles: &mut Vec<(Vec<usize>, Edge)>,
) {
    let bounds = |node: usize| {
        let bound = |node: usize| first.get(node).copied().unwrap_or(edges.len());
        (bound(node), bound(node + 1))
    };
    if state.get(root) != Some(&State::New) {
        return;
    }
    let mut path: Vec<(usize, usize)> = vec![(root, bounds(root).0)];
    mark(state, root, State::Open);
    while let Some((node, next)) = path.last_mut() {
        let (node, edge) = (*node, *next);
        if edge == bounds(node).1 {
            mark(state, node, State::Done);
            path.pop();
            continue;
        }
        *next += 1;
        let Some(edge) = edges.get(edge) else { continue };
        match state.get(edge.to) {
            Some(State::New) => {
                mark(state, edge.to, State::Open);
                path.push((edge.to, bounds(edge.to).0));
            }
            Some(State::Open) => {
                let nodes: Vec<usize> =
                    path.iter().map(|(node, _)| *node).skip_while(|node| *node != edge.to).collect();
                cycles.push((nodes, *edge));
            }
            _ => {}
        }
    }
}

fn mark(states: &mut [State], node: usize, state: State) {
    if let Some(known) = states.get_mut(node) {
        *known = state;
    }
}
