//! Terraform's language: `${…}` templates, expressions and bodies of the native syntax become nodes
//! with positions.
//!
//! The grammar is hcl-edit's, which bounds nesting by itself; this module gives every part its
//! place in the file, also through the two layers of escapes of a string inside an expression.

mod body;
mod file;
mod lower;
mod pieces;
mod quoted;

use hcl_edit::parser::{parse_expr, parse_template};

use crate::node::{Node, Opacity, Step, Value};
use crate::source::Span;
use crate::text::Text;

/// Why a text is not of the native syntax.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{expected}")]
pub struct Error {
    /// Where reading stopped.
    pub span: Span,
    /// What was expected there.
    pub expected: String,
}

/// Reads a file of the native syntax as the object that its JSON equal has: a block is a member
/// whose labels are nested keys, and a repeated block repeats its key.
///
/// # Errors
///
/// If the text is not HCL, or is nested deeper than hcl-edit allows (64 levels).
pub fn body(text: &Text) -> Result<Node, Error> {
    let members = file::read(text)?;
    Ok(Node::new(text.span(), Value::Object(members.into())))
}

/// Reads one expression, such as `aws_iam_role.worker.arn`; nothing if the text is not one.
#[must_use]
pub fn parse(text: &Text) -> Option<Node> {
    let expression = parse_expr(text.as_str()).ok()?;
    Some(lower::Lowering::of(text).expression(&expression))
}

/// Reads every string in a node as a template, as Terraform does with the body of a block.
#[must_use]
pub fn read(node: &Node) -> Node {
    let value = match &node.value {
        Value::Text(text) => return template(text),
        Value::List(nodes) => Value::List(nodes.map(read)),
        Value::Object(members) => Value::Object(members.map(read)),
        other => other.clone(),
    };
    Node::new(node.span, value)
}

/// Reads one string. What is not a template stays with its text, so that it can be searched.
fn template(text: &Text) -> Node {
    let written = text.as_str();
    if !written.contains('{') || !(written.contains("${") || written.contains("%{")) {
        return Node::text(text.clone());
    }
    if let Some(node) = of_names(text) {
        return node;
    }
    match parse_template(written) {
        Ok(template) => lower::Lowering::of(text).template(&template, text.span()),
        Err(_) => Node::new(text.span(), Value::opaque(Opacity::Unreadable, vec![Node::text(text.clone())])),
    }
}

/// A string whose expressions are references by names alone, such as `${aws_sqs_queue.jobs.arn}/${var.path}`: most templates
/// of a configuration in JSON are, and need no parser.
fn of_names(text: &Text) -> Option<Node> {
    let written = text.as_str();
    // What doubles a sign, is a directive or breaks lines in two characters is for the parser.
    if ["$${", "%{", "\r"].iter().any(|other| written.contains(other)) {
        return None;
    }
    let mut parts = Vec::new();
    let mut at = 0_usize;
    while let Some(opening) = written.get(at..)?.find("${") {
        let start = at.checked_add(opening)?;
        if at < start {
            parts.push(Node::text(text.slice(at..start)));
        }
        let first = start.checked_add(2)?;
        let end = first.checked_add(written.get(first..)?.find('}')?)?;
        parts.push(Node::new(text.span_of(first..end), reference(written.get(first..end)?)?));
        at = end.checked_add(1)?;
    }
    if at < written.len() {
        parts.push(Node::text(text.slice(at..written.len())));
    }
    Some(match <[Node; 1]>::try_from(parts) {
        Ok([reference]) => reference,
        Err(parts) => Node::new(text.span(), Value::Template(parts.into())),
    })
}

fn reference(written: &str) -> Option<Value> {
    let mut names = written.split('.');
    let root = names.next().filter(|root| is_name(root) && !WORDS.contains(root))?;
    let steps = names.map(|name| is_name(name).then(|| Step::Attribute(name.to_owned())));
    Some(Value::reference(root, steps.collect::<Option<Vec<Step>>>()?))
}

/// What begins an expression and is no name.
const WORDS: [&str; 5] = ["true", "false", "null", "for", "if"];

fn is_name(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json;
    use crate::source::Sources;
    use proptest::prelude::*;

    fn read_json(source: &str) -> (Node, Sources) {
        let mut sources = Sources::default();
        let id = sources.add("t", source);
        let text = Text::new(source, sources.whole(id));
        let node = json::read(&text).map_or_else(|_| Node::text(text), |node| read(&node));
        (node, sources)
    }

    #[test]
    fn a_string_inside_an_expression_keeps_its_bytes() {
        let (node, sources) = read_json(r#""${jsonencode({\"a\" = \"x\\\"y\"})}""#);
        let Value::Call(call) = &node.value else {
            panic!("{node:?}");
        };
        assert_eq!(call.name, "jsonencode");
        let value = &call.arguments[0].member("a").unwrap().value;
        assert_eq!(value.literal(), Some("x\"y"));
        let text = value.as_text().unwrap();
        assert_eq!(sources.written(text.span_of(1..2)), r#"\\\""#);
        assert_eq!(sources.written(text.span_of(2..3)), "y");
    }

    #[test]
    fn a_sign_belongs_to_its_number() {
        let (node, _) = read_json(r#""${[-1, !true, -var.a]}""#);
        let Value::List(nodes) = &node.value else {
            panic!("{node:?}");
        };
        assert!(matches!(&nodes[0].value, Value::Number(digits) if **digits == *"-1"));
        assert!(matches!(&nodes[1].value, Value::Bool(false)) && nodes[2].is_later());
    }

    #[test]
    fn a_doubled_dollar_is_literal_text() {
        let (node, _) = read_json(r#""$${x} ${\"a\"}""#);
        let Value::Template(parts) = &node.value else {
            panic!("{node:?}");
        };
        assert_eq!(parts[0].literal(), Some("${x} "));
    }

    proptest! {
        #[test]
        fn references_by_names_are_what_the_parser_reads(
            written in r"([a ]?[$%é\\\n}]?(\$\{(aws_x|for|if|null|true|_a|a-b|1|\*|a b|é|)(\.(b|_|c-1|0|\*|null|a b|)){0,3}[} ]?\}?)?){0,3}",
        ) {
            let mut sources = Sources::default();
            let id = sources.add("t", written.clone());
            let text = sources.text(id);
            if let Some(node) = of_names(&text) {
                let parsed = parse_template(&written).unwrap();
                let model = lower::Lowering::of(&text).template(&parsed, text.span());
                prop_assert_eq!(format!("{node:?}"), format!("{model:?}"));
            }
        }
    }

    #[test]
    fn what_is_no_expression_is_kept_as_unreadable_text() {
        let (node, _) = read_json(r#""${1 +""#);
        assert!(matches!(&node.value, Value::Opaque(opaque) if opaque.why == Opacity::Unreadable));
    }
}
