//! Writes terms in the syntax of expressions.

use std::fmt::Write as _;

use super::Writer;
use crate::escape::{self, Next};
use crate::expression::Expression;
use crate::id::NodeId;
use crate::term::Term;

impl Writer<'_> {
    pub(super) fn pieces(&mut self, out: &mut String, pieces: &[Term], escape: fn(&mut String, &str, Next)) {
        for (position, piece) in pieces.iter().enumerate() {
            match piece {
                Term::Text(text) => {
                    let last = position + 1 == pieces.len();
                    escape(out, text, if last { Next::End } else { Next::Interpolation });
                }
                piece => {
                    out.push_str("${");
                    self.inner(out, piece);
                    out.push('}');
                }
            }
        }
    }

    /// A term in an expression's own syntax.
    pub(super) fn inner(&mut self, out: &mut String, term: &Term) {
        match term {
            Term::Null | Term::Refused(_) => out.push_str("null"),
            Term::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
            Term::Integer(number) => {
                // Writing to a String cannot fail.
                let _ = write!(out, "{number}");
            }
            Term::Decimal(digits) => out.push_str(digits),
            Term::Text(text) => {
                out.push('"');
                escape::quoted(out, text, Next::End);
                out.push('"');
            }
            Term::Expression(expression) => self.expression(out, expression),
            Term::Plain(expression) => self.expression(out, expression),
            Term::List(terms) => {
                out.push('[');
                self.separated(out, terms);
                out.push(']');
            }
            Term::Object(fields) => self.object(out, fields, |(key, _)| key, |(_, term)| term),
            Term::Block(body) | Term::Dynamic(body) => {
                self.object(out, body.entries(), |(key, _)| key, |(_, term)| term)
            }
            Term::Verbatim(term) => self.inner(out, term),
            // Only arguments of blocks hold these, and they are not written in expressions.
            Term::Addresses(_) => out.push_str("[]"),
        }
    }

    fn object<E>(
        &mut self,
        out: &mut String,
        entries: &[E],
        key: impl Fn(&E) -> &str,
        value: impl Fn(&E) -> &Term,
    ) {
        out.push('{');
        let mut separator = "\"";
        self.sorted(entries, &key, |writer, entry| {
            out.push_str(separator);
            escape::quoted(out, key(entry), Next::End);
            out.push_str("\" = ");
            writer.inner(out, value(entry));
            separator = ", \"";
        });
        out.push('}');
    }

    fn separated(&mut self, out: &mut String, terms: &[Term]) {
        for (position, term) in terms.iter().enumerate() {
            if position > 0 {
                out.push_str(", ");
            }
            self.inner(out, term);
        }
    }

    pub(super) fn expression(&mut self, out: &mut String, expression: &Expression) {
        match expression {
            Expression::Reference { node, attribute, .. } => {
                self.address(out, *node);
                if !attribute.is_empty() {
                    out.push('.');
                    out.push_str(attribute);
                }
            }
            // `bind` has replaced every export, or the app did not resolve.
            Expression::Export { attribute, .. } => out.push_str(attribute),
            Expression::Attribute(of, name) => {
                self.base(out, of);
                member(out, name);
            }
            Expression::Index(of, index) => {
                self.base(out, of);
                out.push('[');
                self.inner(out, index);
                out.push(']');
            }
            Expression::Call(call) => {
                out.push_str(call.function);
                out.push('(');
                self.separated(out, &call.arguments);
                out.push(')');
            }
            Expression::ProviderCall(provider, call) => {
                // Writing to a String cannot fail.
                let _ = write!(out, "provider::{}::{}(", provider.name, call.function);
                self.separated(out, &call.arguments);
                out.push(')');
            }
            Expression::Spread(of) => {
                self.inner(out, of);
                out.push_str("...");
            }
            Expression::Splat(of) => {
                self.operand(out, of);
                out.push_str("[*]");
            }
            Expression::Literal(of) => self.inner(out, of),
            Expression::For(inner) => self.for_expression(out, inner),
            Expression::Bound(bound) => out.push_str(&self.bound(bound)),
            Expression::Signed(sign, of) => {
                out.push_str(sign.sign());
                self.operand(out, of);
            }
            Expression::Operation(parts) => {
                self.operand(out, &parts.0);
                out.push(' ');
                out.push_str(parts.1.sign());
                out.push(' ');
                self.operand(out, &parts.2);
            }
            Expression::Conditional(parts) => {
                self.operand(out, &parts.0);
                out.push_str(" ? ");
                self.operand(out, &parts.1);
                out.push_str(" : ");
                self.operand(out, &parts.2);
            }
            Expression::Symbol(name) => out.push_str(name),
            Expression::Template(pieces) => {
                out.push('"');
                self.pieces(out, pieces, escape::quoted);
                out.push('"');
            }
        }
    }

    /// An operation inside of another one stands in parentheses.
    fn operand(&mut self, out: &mut String, term: &Term) {
        match term {
            Term::Expression(inner) => self.base(out, inner),
            term => self.inner(out, term),
        }
    }

    /// What an operator, an index or an attribute follows.
    fn base(&mut self, out: &mut String, expression: &Expression) {
        let is_operation = matches!(
            expression,
            Expression::Operation(_) | Expression::Conditional(_) | Expression::Signed(..)
        );
        if is_operation {
            out.push('(');
        }
        self.expression(out, expression);
        if is_operation {
            out.push(')');
        }
    }

    pub(super) fn address(&self, out: &mut String, node: NodeId) {
        let Some(element) = self.tree.element(node) else { return };
        out.push_str(element.kind.address_prefix());
        let name = self.names.of(node);
        out.push_str(element.type_name);
        if !element.type_name.is_empty() && !name.is_empty() {
            out.push('.');
        }
        out.push_str(name);
    }
}

/// `.name`, or `["name"]` where the name is no identifier.
fn member(out: &mut String, name: &str) {
    let is_first = |c: char| c.is_ascii_alphabetic() || c == '_';
    if name.starts_with(is_first) && name.chars().all(|c| is_first(c) || c.is_ascii_digit() || c == '-') {
        out.push('.');
        out.push_str(name);
    } else {
        out.push_str("[\"");
        escape::quoted(out, name, Next::End);
        out.push_str("\"]");
    }
}
