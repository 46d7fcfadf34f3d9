//! From hcl-edit's syntax tree to nodes whose spans are bytes of the file.

use std::ops::Range;
use std::sync::Arc;

use hcl_edit::Span as _;
use hcl_edit::expr::{
    Expression, ForExpr, FuncCall, Object, ObjectKey, Traversal, TraversalOperator, UnaryOperator,
};
use hcl_edit::template::{Directive, Element, Template};

use super::quoted::{Style, decode};
use crate::node::{Access, Conditional, For, Member, Node, Opacity, Shared, Step, Value};
use crate::source::Span;
use crate::text::Text;

/// Lowers what was parsed from one text.
pub(super) struct Lowering<'t> {
    pub(super) text: &'t Text,
}

impl<'t> Lowering<'t> {
    pub(super) fn of(text: &'t Text) -> Lowering<'t> {
        Lowering { text }
    }

    /// A template that is one interpolation is that expression, with its type.
    pub(super) fn template(&self, template: &Template, span: Span) -> Node {
        self.elements(template.iter(), span, Style::Bare)
    }

    fn elements<'e>(&self, elements: impl Iterator<Item = &'e Element>, span: Span, style: Style) -> Node {
        let mut parts: Vec<Node> = elements.map(|element| self.element(element, style)).collect();
        if parts.len() == 1
            && let Some(part) = parts.pop()
        {
            return match part.value {
                Value::Text(text) => Node::text(text.at(span)),
                value => Node::new(part.span, value),
            };
        }
        Node::new(span, Value::Template(parts.into()))
    }

    fn element(&self, element: &Element, style: Style) -> Node {
        let range = element.span().unwrap_or_default();
        match element {
            Element::Literal(literal) => Node::text(decode(self.text, range, style, literal)),
            Element::Interpolation(interpolation) => self.expression(&interpolation.expr),
            Element::Directive(directive) => {
                let span = self.span(range);
                Node::new(span, self.directive(directive, span))
            }
        }
    }

    /// `%{ if c }a%{ else }b%{ endif }` is what `c ? "a" : "b"` is, and `%{ for x in l }a%{ endfor }` what
    /// `join("", [for x in l : "a"])` is.
    fn directive(&self, directive: &Directive, span: Span) -> Value {
        let body = |template: &Template| {
            let range = template.span().unwrap_or_default();
            self.template(template, self.span(range))
        };
        let nothing = || Node::text(Text::empty(span));
        match directive {
            Directive::If(directive) => Value::Conditional(Arc::new(Conditional {
                condition: self.expression(&directive.if_expr.cond_expr),
                then: body(&directive.if_expr.template),
                otherwise: directive.else_expr.as_ref().map_or_else(nothing, |other| body(&other.template)),
            })),
            Directive::For(directive) => {
                let each = &directive.for_expr;
                let made = Value::For(Arc::new(For {
                    collection: self.expression(&each.collection_expr),
                    index: each.key_var.as_ref().map(|name| name.value().to_string()),
                    element: each.value_var.value().to_string(),
                    key: None,
                    value: body(&each.template),
                    condition: None,
                }));
                Value::call("join", vec![nothing(), Node::new(span, made)])
            }
        }
    }

    pub(super) fn expression(&self, expression: &Expression) -> Node {
        let range = expression.span().unwrap_or_default();
        let span = self.span(range.clone());
        let value = match expression {
            Expression::Null(_) => Value::Null,
            Expression::Bool(value) => Value::Bool(*value.value()),
            Expression::Number(number) => Value::Number(number.value().to_string().into()),
            Expression::String(string) => {
                let inner = range.start.saturating_add(1)..range.end.saturating_sub(1);
                let text = decode(self.text, inner, Style::Quoted, string.value());
                return Node::text(text.at(span));
            }
            Expression::StringTemplate(template) => {
                return self.elements(template.iter(), span, Style::Quoted);
            }
            Expression::HeredocTemplate(heredoc) => return self.template(&heredoc.template, span),
            Expression::Array(array) => Value::List(array.iter().map(|item| self.expression(item)).collect()),
            Expression::Object(object) => self.object(object),
            Expression::Parenthesis(inner) => return self.expression(inner.inner()),
            Expression::Variable(name) => Value::reference(name.value().as_str(), Vec::new()),
            Expression::Traversal(traversal) => self.traversal(traversal),
            Expression::FuncCall(call) => self.call(call),
            Expression::Conditional(conditional) => Value::Conditional(Arc::new(Conditional {
                condition: self.expression(&conditional.cond_expr),
                then: self.expression(&conditional.true_expr),
                otherwise: self.expression(&conditional.false_expr),
            })),
            Expression::UnaryOp(operation) => {
                let operand = self.expression(&operation.expr);
                match (operation.operator.value(), &operand.value) {
                    (UnaryOperator::Neg, Value::Number(digits)) => Value::Number(format!("-{digits}").into()),
                    (UnaryOperator::Not, Value::Bool(value)) => Value::Bool(!value),
                    _ => return self.opaque(range, vec![operand]),
                }
            }
            Expression::BinaryOp(operation) => {
                let parts = vec![self.expression(&operation.lhs_expr), self.expression(&operation.rhs_expr)];
                return self.opaque(range, parts);
            }
            Expression::ForExpr(each) => self.each(each, range),
        };
        Node::new(span, value)
    }

    fn object(&self, object: &Object) -> Value {
        let members = object.iter().map(|(key, value)| Member {
            key: match key {
                ObjectKey::Ident(name) => self.name(name.value().as_str(), name.span()),
                ObjectKey::Expression(expression) => self.expression(expression),
            },
            value: self.expression(value.expr()),
        });
        Value::Object(members.collect())
    }

    fn call(&self, call: &FuncCall) -> Value {
        let namespace = call.name.namespace.iter();
        let name: String = namespace
            .map(|part| format!("{}::", part.value().as_str()))
            .chain([call.name.name.value().to_string()])
            .collect();
        Value::call(name, call.args.iter().map(|item| self.expression(item)).collect::<Shared<Node>>())
    }

    fn traversal(&self, traversal: &Traversal) -> Value {
        let steps = traversal.operators.iter().map(|operator| match operator.value() {
            TraversalOperator::GetAttr(name) => Step::Attribute(name.value().to_string()),
            TraversalOperator::LegacyIndex(index) => Step::Index(index.value().to_string()),
            TraversalOperator::Index(Expression::String(key)) => Step::Index(key.value().clone()),
            TraversalOperator::Index(Expression::Number(index)) => Step::Index(index.value().to_string()),
            TraversalOperator::Index(index) => Step::Computed(Arc::new(self.expression(index))),
            TraversalOperator::AttrSplat(_) | TraversalOperator::FullSplat(_) => Step::Any,
        });
        let steps = steps.collect();
        match &traversal.expr {
            Expression::Variable(name) => Value::reference(name.value().as_str(), steps),
            other => Value::Access(Arc::new(Access { of: self.expression(other), steps })),
        }
    }

    fn each(&self, each: &ForExpr, range: Range<usize>) -> Value {
        let collection = self.expression(&each.intro.collection_expr);
        let key = each.key_expr.as_ref().map(|key| self.expression(key));
        let value = self.expression(&each.value_expr);
        if each.grouping {
            let parts: Vec<Node> = [collection].into_iter().chain(key).chain([value]).collect();
            return self.opaque(range, parts).value;
        }
        Value::For(Arc::new(For {
            collection,
            index: each.intro.key_var.as_ref().map(|name| name.value().to_string()),
            element: each.intro.value_var.value().to_string(),
            key,
            value,
            condition: each.cond.as_ref().map(|condition| self.expression(&condition.expr)),
        }))
    }

    fn opaque(&self, range: Range<usize>, parts: Vec<Node>) -> Node {
        Node::new(self.span(range), Value::opaque(Opacity::Uncomputed, parts))
    }

    pub(super) fn span(&self, range: Range<usize>) -> Span {
        self.text.span_of(range)
    }
}
