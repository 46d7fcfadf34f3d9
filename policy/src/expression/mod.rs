//! Terraform's language: `${…}` templates, expressions and bodies of the native syntax become nodes
//! with positions.
//!
//! The grammar is hcl-edit's, which bounds nesting by itself; this module gives every part its
//! place in the file, also through the two layers of escapes of a string inside an expression.

mod body;
mod lower;
mod quoted;

use hcl_edit::parser::{parse_body, parse_expr, parse_template};

use crate::node::{Node, Opacity, Value};
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
    match parse_body(text.as_str()) {
        Ok(body) => Ok(lower::Lowering::of(text).body(&body, text.span())),
        Err(error) => {
            let at = error.location().offset();
            Err(Error { span: text.span_of(at..at.saturating_add(1)), expected: error.message().to_owned() })
        }
    }
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
    if !written.contains("${") && !written.contains("%{") {
        return Node::text(text.clone());
    }
    match parse_template(written) {
        Ok(template) => lower::Lowering::of(text).template(&template, text.span()),
        Err(_) => Node::new(text.span(), Value::opaque(Opacity::Unreadable, vec![Node::text(text.clone())])),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json;
    use crate::source::Sources;

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

    #[test]
    fn what_is_no_expression_is_kept_as_unreadable_text() {
        let (node, _) = read_json(r#""${1 +""#);
        assert!(matches!(&node.value, Value::Opaque(opaque) if opaque.why == Opacity::Unreadable));
    }
}
