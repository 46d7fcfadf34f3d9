//! What only the whole tree can tell: references that cannot be written, values where they may not be shown.

use crate::block::Body;
use crate::expression::Expression;
use crate::for_expression::Bound;
use crate::id::{Id, NodeId};
use crate::problem::Problem;
use crate::stacks::is_value;
use crate::term::Term;
use crate::tree::{Content, Element, ElementKind, Node, Sensitivity, Tree};

/// Reports everything that is wrong with single elements.
pub(crate) fn elements(tree: &Tree, problems: &mut Vec<Problem>) {
    for (id, node) in tree.iter() {
        let Content::Element(element) = &node.content else { continue };
        let mut found = Vec::new();
        named(tree, node, element, &mut found);
        references(tree, id, element, &mut found);
        literals(element, &mut found);
        shown(tree, element, &mut found);
        conditions(&element.body, &mut found);
        if found.is_empty() {
            continue;
        }
        let place = |message: String| {
            let problem = Problem::new(message);
            Problem { origin: node.origin.clone(), path: tree.path(id), ..problem }
        };
        problems.extend(found.into_iter().map(place));
    }
}

fn named(tree: &Tree, node: &Node, element: &Element, found: &mut Vec<String>) {
    let needs_name = !matches!(element.kind, ElementKind::Provider | ElementKind::Backend);
    let in_stack = tree.node(node.parent).is_some_and(|parent| matches!(parent.content, Content::Stack));
    if needs_name && in_stack && node.id == Id::This {
        found.push("an element directly in a stack needs an id of its own".to_owned());
    }
}

fn references(tree: &Tree, user: NodeId, element: &Element, found: &mut Vec<String>) {
    let mut check = |node: NodeId, is_value: bool| match tree.node(node) {
        None => {
            found.push("it refers to something in another app".to_owned());
        }
        // Values have been linked before; what is left is in a circle, which was reported there.
        Some(_) if !is_value && tree.stack_of(node) != tree.stack_of(user) => {
            let path = tree.path(node);
            found.push(format!(
                "it refers to `{path}` as a whole, which is in another stack: refer to a value of it"
            ));
        }
        Some(_) => {}
    };
    let mut named: Vec<&Bound> = Vec::new();
    let mut outside = false;
    for term in element.body.terms() {
        if let Term::Addresses(nodes) = term {
            nodes.iter().for_each(|node| check(*node, false));
        }
        // A `for` expression comes before what is in it.
        term.each_expression(&mut |expression| match expression {
            Expression::Reference { node, attribute, .. } => {
                check(*node, is_value(tree, *node, attribute));
            }
            Expression::For(inner) => named.extend(inner.bound()),
            Expression::Bound(bound) => outside |= !named.contains(&bound),
            _ => {}
        });
    }
    if outside {
        found.push("it uses an item of a `for` expression outside of that expression".to_owned());
    }
}

/// A condition must refer to something: else it checks nothing, and Terraform refuses it ("Custom Conditions").
fn conditions(body: &Body, found: &mut Vec<String>) {
    for (name, term) in body.entries() {
        match (name, term) {
            ("lifecycle", Term::Block(lifecycle)) => conditions(lifecycle, found),
            ("validation" | "precondition" | "postcondition" | "assert", Term::List(rules)) => {
                for rule in rules {
                    let Term::Block(rule) = rule else { continue };
                    let refers = rule.get("condition").is_some_and(Term::refers);
                    if !refers {
                        found.push(format!(
                            "a condition of `{name}` refers to nothing: it would check nothing"
                        ));
                    }
                }
            }
            _ => {}
        }
    }
}

fn literals(element: &Element, found: &mut Vec<String>) {
    for (name, term) in element.body.entries() {
        if let Term::Verbatim(inner) = term
            && !inner.is_literal()
        {
            found.push(format!("`{name}` must be a literal: Terraform evaluates no expressions there"));
        }
        parts(name, term, found);
    }
}

/// Numbers that Terraform cannot have, and keys that stand twice in one map.
fn parts(name: &str, term: &Term, found: &mut Vec<String>) {
    match term {
        Term::Decimal(digits) if !digits.bytes().any(|byte| byte.is_ascii_digit()) => {
            found.push(format!("`{name}` is {digits}, which Terraform has no number for"));
        }
        Term::Refused(reason) => {
            found.push(format!("`{name}` {reason}"));
        }
        Term::List(terms) => terms.iter().for_each(|term| parts(name, term, found)),
        Term::Object(fields) => {
            for (key, term) in fields {
                parts(name, term, found);
                // Long maps are checked by sorting, short ones, which nearly all are, by comparing.
                if fields.len() <= 16 && fields.iter().filter(|(other, _)| other == key).count() > 1 {
                    found.push(format!("`{name}` has the key `{key}` twice"));
                }
            }
            if fields.len() > 16 {
                let mut keys: Vec<&str> = fields.iter().map(|(key, _)| key.as_ref()).collect();
                keys.sort_unstable();
                for pair in keys.windows(2).filter(|pair| pair.first() == pair.last()) {
                    found.extend(pair.first().map(|key| format!("`{name}` has the key `{key}` twice")));
                }
            }
        }
        Term::Block(body) | Term::Dynamic(body) => {
            body.entries().for_each(|(name, term)| parts(name, term, found));
        }
        Term::Verbatim(term) => parts(name, term, found),
        _ => {}
    }
}

/// A plain output must not hold a sensitive variable: Terraform would refuse it at plan time.
fn shown(tree: &Tree, element: &Element, found: &mut Vec<String>) {
    if element.kind != ElementKind::Output || element.sensitivity != Sensitivity::Plain {
        return;
    }
    let Some(value) = element.body.get("value") else { return };
    let mut revealed: Vec<*const Expression> = Vec::new();
    value.each_expression(&mut |expression| {
        if let Expression::Call(call) = expression
            && matches!(call.function, "nonsensitive" | "issensitive")
        {
            for argument in &call.arguments {
                argument.each_expression(&mut |inside| revealed.push(std::ptr::from_ref(inside)));
            }
        }
    });
    value.each_expression(&mut |expression| {
        if let Expression::Reference { node, sensitivity, .. } = expression
            && !revealed.contains(&std::ptr::from_ref(expression))
            && *sensitivity != Sensitivity::Plain
        {
            let path = tree.path(*node);
            found.push(format!("the output shows `{path}`, which is sensitive: use `Output::of_sensitive`"));
        }
    });
}
