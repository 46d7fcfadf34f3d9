//! The order in which a program declares: what is referred to comes first, else as it was written.

use std::collections::{BTreeMap, BTreeSet};

use hcl_edit::expr::{Expression, TraversalOperator};
use hcl_edit::visit::{Visit, visit_expr};

use crate::source::Declaration;

/// The addresses that a body refers to.
pub(crate) fn references(declaration: &Declaration) -> BTreeSet<String> {
    let mut found = References::default();
    found.visit_body(&declaration.body);
    // The meta-argument names a configuration as `aws.west`, a call those of its module too.
    let named = |address: &String| match address.split_once('.') {
        Some((provider, alias)) => format!("provider.{provider}.{alias}"),
        None => format!("provider.{address}"),
    };
    let providers: Vec<String> = found.addresses.iter().map(named).collect();
    found.addresses.extend(providers);
    found.addresses
}

/// The addresses that an expression refers to.
pub(crate) fn expression_references(expression: &Expression) -> BTreeSet<String> {
    let mut found = References::default();
    found.visit_expr(expression);
    found.addresses
}

#[derive(Default)]
struct References {
    addresses: BTreeSet<String>,
}

impl Visit for References {
    fn visit_expr(&mut self, expression: &Expression) {
        match expression {
            Expression::Traversal(traversal) => {
                traversal.operators.iter().for_each(|operator| {
                    if let TraversalOperator::Index(index) = operator.value() {
                        self.visit_expr(index);
                    }
                });
                if let Expression::Variable(root) = &traversal.expr {
                    let names = traversal.operators.iter().map_while(|one| match one.value() {
                        TraversalOperator::GetAttr(name) => Some(name.as_str()),
                        _ => None,
                    });
                    let path: Vec<&str> = std::iter::once(root.as_str()).chain(names).collect();
                    let length = if matches!(root.as_str(), "data" | "ephemeral") { 3 } else { 2 };
                    if let Some(path) = path.get(..length) {
                        self.addresses.insert(path.join("."));
                    }
                    return;
                }
                self.visit_expr(&traversal.expr);
                return;
            }
            Expression::Variable(word) => {
                self.addresses.insert(word.as_str().to_owned());
            }
            _ => {}
        }
        visit_expr(self, expression);
    }
}

/// Every declaration after those that it refers to; in a circle the order of the files decides.
pub(crate) fn ordered(declarations: &[Declaration]) -> Vec<&Declaration> {
    let places: BTreeMap<String, usize> = declarations
        .iter()
        .enumerate()
        .map(|(position, declaration)| (declaration.address(), position))
        .filter(|(address, _)| !address.is_empty())
        .collect();
    let needs: Vec<Vec<usize>> = declarations
        .iter()
        .map(|declaration| {
            references(declaration).iter().filter_map(|address| places.get(address).copied()).collect()
        })
        .collect();
    let mut first: Vec<usize> = (0..declarations.len()).collect();
    first.sort_by_key(|position| {
        declarations.get(*position).map(|declaration| (rank(&declaration.kind), *position))
    });
    let mut order = Vec::new();
    let mut seen = BTreeSet::new();
    // A stack of its own: a long chain of references must not end the program.
    for start in first {
        let mut open = vec![(start, false)];
        while let Some((position, is_ready)) = open.pop() {
            if is_ready {
                order.push(position);
            } else if seen.insert(position) {
                open.push((position, true));
                let before = needs.get(position).into_iter().flatten().rev();
                open.extend(before.map(|need| (*need, false)));
            }
        }
    }
    order.into_iter().filter_map(|position| declarations.get(position)).collect()
}

/// Settings and variables come first, outputs and what is about the past last.
fn rank(kind: &str) -> u8 {
    match kind {
        "terraform" => 0,
        "variable" => 1,
        "provider" => 2,
        "output" => 4,
        "check" => 5,
        "moved" | "import" | "removed" => 6,
        _ => 3,
    }
}
