//! References from Terraform's blocks to constructs.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use hcl_edit::Span as _;
use hcl_edit::expr::{Expression, ForExpr, Traversal, TraversalOperator};
use hcl_edit::parser::parse_template;
use hcl_edit::template::{Element, StringTemplate};
use hcl_edit::visit::{Visit, visit_for_expr, visit_traversal};
use serde_json::{Map, Value};

use crate::stack_file::document::escaped;

/// A value of a construct that blocks refer to.
#[derive(Debug)]
pub(in crate::stack_file) struct Reference {
    /// `logs.arn`.
    pub(super) text: String,
    pub(super) value: synth_core::Value<String>,
    /// Where it stands first.
    pub(super) pointer: String,
}

/// What the blocks want of constructs, each once.
pub(super) fn find(members: &mut Map<String, Value>, constructs: &BTreeSet<String>) -> Vec<Reference> {
    let resource_types = members.get("resource").and_then(Value::as_object);
    let is_type = |name: &String| resource_types.is_some_and(|types| types.contains_key(name));
    let names: BTreeSet<String> = constructs.iter().filter(|name| !is_type(name)).cloned().collect();
    let mut found: BTreeMap<String, Reference> = BTreeMap::new();
    each_text(members, &mut |text, pointer, hidden| {
        for (_, text) in references(text, &|name| names.contains(name) && !hidden.contains(name)) {
            let read = serde_json::from_value(Value::String(format!("${{{text}}}")));
            if let Ok(value) = read {
                let reference = Reference { text: text.clone(), value, pointer: pointer.to_owned() };
                found.entry(text).or_insert(reference);
            }
        }
        None
    });
    found.into_values().collect()
}

/// Writes what constructs offer in the place of the references to them.
pub(super) fn replace(members: &mut Map<String, Value>, expressions: &BTreeMap<String, String>) {
    each_text(members, &mut |text, _, hidden| {
        let is_name = |name: &str| !hidden.contains(name);
        let mut replaced = text.to_owned();
        let mut is_changed = false;
        for (span, reference) in references(text, &is_name).into_iter().rev() {
            if let Some(expression) = expressions.get(&reference)
                && replaced.get(span.clone()).is_some()
            {
                replaced.replace_range(span, expression);
                is_changed = true;
            }
        }
        is_changed.then_some(replaced)
    });
}

/// A template as an expression, to stand inside of another one.
pub(super) fn expression(template: &str) -> String {
    let Ok(parsed) = parse_template(template) else { return Expression::from(template).to_string() };
    let elements: Vec<&Element> = parsed.iter().collect();
    match elements.as_slice() {
        [Element::Interpolation(only)] => {
            let text = only.expr.to_string().trim().to_owned();
            if matches!(only.expr, Expression::Traversal(_) | Expression::Variable(_)) {
                text
            } else {
                format!("({text})")
            }
        }
        [Element::Literal(literal)] => Expression::from(literal.as_str()).to_string(),
        several => {
            let template: StringTemplate = several.iter().map(|one| (*one).clone()).collect();
            Expression::from(template).to_string()
        }
    }
}

/// Is shown a text, its pointer and the names of the dynamic blocks around it; gives the text to write in its place.
type Visitor<'v> = dyn FnMut(&str, &str, &BTreeSet<String>) -> Option<String> + 'v;

/// Visits the texts that Terraform evaluates.
fn each_text(members: &mut Map<String, Value>, visit: &mut Visitor<'_>) {
    // Nothing of a variable can refer to a construct.
    for (name, value) in members.iter_mut().filter(|(name, _)| *name != "variable") {
        walk(value, &format!("/{}", escaped(name)), &BTreeSet::new(), visit);
    }
}

fn walk(value: &mut Value, pointer: &str, hidden: &BTreeSet<String>, visit: &mut Visitor<'_>) {
    match value {
        Value::String(text) => {
            if let Some(replaced) = visit(text, pointer, hidden) {
                *text = replaced;
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter_mut().enumerate() {
                walk(item, &format!("{pointer}/{index}"), hidden, visit);
            }
        }
        Value::Object(fields) => {
            for (name, value) in fields.iter_mut().filter(|(name, _)| *name != "//") {
                let inner = format!("{pointer}/{}", escaped(name));
                if name == "dynamic" {
                    walk(value, &inner, &iterators(value, hidden), visit);
                } else {
                    walk(value, &inner, hidden, visit);
                }
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// The names that dynamic blocks give to what they go through, beside those around them.
fn iterators(dynamic: &Value, around: &BTreeSet<String>) -> BTreeSet<String> {
    let mut names = around.clone();
    let objects = |value: &Value| match value {
        Value::Array(items) => items.clone(),
        value => vec![value.clone()],
    };
    for (label, blocks) in objects(dynamic).iter().filter_map(Value::as_object).flatten() {
        for block in objects(blocks) {
            let iterator = block.get("iterator").and_then(Value::as_str);
            names.insert(iterator.unwrap_or(label).to_owned());
        }
    }
    names
}

/// Where a template says `NAME.ATTRIBUTE` of such names, in the order of the text. What is no template has none: the check
/// of the document says so.
fn references(text: &str, is_name: &dyn Fn(&str) -> bool) -> Vec<(Range<usize>, String)> {
    if !text.contains("${") && !text.contains("%{") {
        return Vec::new();
    }
    let Ok(template) = parse_template(text) else { return Vec::new() };
    let mut finder = Finder { is_name, bound: Vec::new(), found: Vec::new() };
    finder.visit_template(&template);
    finder.found.sort_by_key(|(span, _)| span.start);
    finder.found
}

struct Finder<'n> {
    is_name: &'n dyn Fn(&str) -> bool,
    /// The names of the `for` expressions around.
    bound: Vec<String>,
    found: Vec<(Range<usize>, String)>,
}

impl Visit for Finder<'_> {
    fn visit_traversal(&mut self, node: &Traversal) {
        if let Expression::Variable(root) = &node.expr
            && let Some(TraversalOperator::GetAttr(attribute)) =
                node.operators.first().map(|operator| operator.value())
            && (self.is_name)(root.as_str())
            && !self.bound.iter().any(|bound| bound == root.as_str())
            && let (Some(from), Some(to)) = (root.span(), attribute.span())
        {
            self.found.push((from.start..to.end, format!("{}.{}", root.as_str(), attribute.as_str())));
        }
        visit_traversal(self, node);
    }

    fn visit_for_expr(&mut self, node: &ForExpr) {
        let around = self.bound.len();
        let names = node.intro.key_var.iter().chain([&node.intro.value_var]);
        self.bound.extend(names.map(|name| name.as_str().to_owned()));
        visit_for_expr(self, node);
        self.bound.truncate(around);
    }
}
