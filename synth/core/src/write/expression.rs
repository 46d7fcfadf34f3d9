//! Writes terms in the syntax of expressions.

use super::Writer;
use crate::escape::{self, Next};
use crate::expression::Expression;
use crate::id::NodeId;
use crate::json::Json;
use crate::term::Term;

/// A quotation mark of an expression, inside of JSON's own.
const QUOTE: &str = "\\\"";
/// What comes between two entries of an object, up to the quotation mark.
const NEXT: &str = ", \\\"";

impl<'t> Writer<'t> {
    pub(super) fn pieces(&mut self, pieces: &[Term], escape: fn(&mut Json, &str, Next)) {
        for (position, piece) in pieces.iter().enumerate() {
            match piece {
                Term::Text(text) => {
                    let last = position + 1 == pieces.len();
                    escape(&mut self.json, text, if last { Next::End } else { Next::Interpolation });
                }
                piece => {
                    self.json.bare("${");
                    self.inner(piece);
                    self.json.bare("}");
                }
            }
        }
    }

    /// A term in an expression's own syntax.
    pub(super) fn inner(&mut self, term: &Term) {
        match term {
            Term::Null | Term::Refused(_) => self.json.bare("null"),
            Term::Bool(value) => self.json.bare(if *value { "true" } else { "false" }),
            Term::Integer(number) => self.json.integer(*number),
            Term::Decimal(digits) => self.json.bare(digits),
            Term::Text(text) => {
                self.json.bare(QUOTE);
                escape::quoted(&mut self.json, text, Next::End);
                self.json.bare(QUOTE);
            }
            Term::Expression(expression) => self.expression(expression),
            Term::Plain(expression) => self.expression(expression),
            Term::List(terms) => {
                self.json.bare("[");
                self.separated(terms);
                self.json.bare("]");
            }
            Term::Object(fields) => {
                self.json.bare("{");
                let mut separator = QUOTE;
                self.sorted(fields, &mut |writer, key, term| {
                    writer.entry(separator, key, term);
                    separator = NEXT;
                });
                self.json.bare("}");
            }
            Term::Block(body) | Term::Dynamic(body) => {
                self.json.bare("{");
                let mut separator = QUOTE;
                for (name, term) in body.entries() {
                    self.entry(separator, name, term);
                    separator = NEXT;
                }
                self.json.bare("}");
            }
            Term::Verbatim(term) => self.inner(term),
            // Only arguments of blocks hold these, and they are not written in expressions.
            Term::Addresses(_) => self.json.bare("[]"),
        }
    }

    /// An entry of an object, after what comes before its key.
    fn entry(&mut self, separator: &str, key: &str, value: &Term) {
        self.json.bare(separator);
        escape::quoted(&mut self.json, key, Next::End);
        self.json.bare("\\\" = ");
        self.inner(value);
    }

    fn separated(&mut self, terms: &[Term]) {
        for (position, term) in terms.iter().enumerate() {
            if position > 0 {
                self.json.bare(", ");
            }
            self.inner(term);
        }
    }

    pub(super) fn expression(&mut self, expression: &Expression) {
        match expression {
            Expression::Reference { node, attribute, .. } => {
                self.address(*node);
                if !attribute.is_empty() {
                    self.json.bare(".");
                    self.json.part(attribute);
                }
            }
            // `bind` has replaced every export, or the app did not resolve.
            Expression::Export { attribute, .. } => self.json.part(attribute),
            Expression::Attribute(of, name) => {
                self.base(of);
                self.member(name);
            }
            Expression::Index(of, index) => {
                self.base(of);
                self.json.bare("[");
                self.inner(index);
                self.json.bare("]");
            }
            Expression::Call(call) => {
                self.json.part(call.function);
                self.json.bare("(");
                self.separated(&call.arguments);
                self.json.bare(")");
            }
            Expression::ProviderCall(provider, call) => {
                for part in ["provider::", provider.name, "::", call.function, "("] {
                    self.json.part(part);
                }
                self.separated(&call.arguments);
                self.json.bare(")");
            }
            Expression::Spread(of) => {
                self.inner(of);
                self.json.bare("...");
            }
            Expression::Splat(of) => {
                self.operand(of);
                self.json.bare("[*]");
            }
            Expression::Literal(of) => self.inner(of),
            Expression::For(inner) => self.for_expression(inner),
            Expression::Bound(bound) => {
                let word = self.bound(bound);
                self.json.bare(&word);
            }
            Expression::Signed(sign, of) => {
                self.json.bare(sign.sign());
                self.operand(of);
            }
            Expression::Operation(parts) => {
                self.operand(&parts.0);
                self.json.bare(" ");
                self.json.bare(parts.1.sign());
                self.json.bare(" ");
                self.operand(&parts.2);
            }
            Expression::Conditional(parts) => {
                self.operand(&parts.0);
                self.json.bare(" ? ");
                self.operand(&parts.1);
                self.json.bare(" : ");
                self.operand(&parts.2);
            }
            Expression::Symbol(name) => self.json.part(name),
            Expression::Template(pieces) => {
                self.json.bare(QUOTE);
                self.pieces(pieces, escape::quoted);
                self.json.bare(QUOTE);
            }
        }
    }

    /// An operation inside of another one stands in parentheses.
    fn operand(&mut self, term: &Term) {
        match term {
            Term::Expression(inner) => self.base(inner),
            term => self.inner(term),
        }
    }

    /// What an operator, an index or an attribute follows.
    fn base(&mut self, expression: &Expression) {
        let is_operation = matches!(
            expression,
            Expression::Operation(_) | Expression::Conditional(_) | Expression::Signed(..)
        );
        if is_operation {
            self.json.bare("(");
        }
        self.expression(expression);
        if is_operation {
            self.json.bare(")");
        }
    }

    fn address(&mut self, node: NodeId) {
        for part in self.address_parts(node) {
            self.json.part(part);
        }
    }

    /// What an element's address is made of, in order.
    pub(super) fn address_parts(&self, node: NodeId) -> [&'t str; 4] {
        let Some(element) = self.tree.element(node) else { return [""; 4] };
        let (label, name) = (element.type_name, self.names.of(node));
        let dot = if label.is_empty() || name.is_empty() { "" } else { "." };
        [element.kind.address_prefix(), label, dot, name]
    }

    /// `.name`, or `["name"]` where the name is no identifier.
    fn member(&mut self, name: &str) {
        let is_first = |c: char| c.is_ascii_alphabetic() || c == '_';
        if name.starts_with(is_first) && name.chars().all(|c| is_first(c) || c.is_ascii_digit() || c == '-') {
            self.json.bare(".");
            self.json.part(name);
        } else {
            self.json.bare("[\\\"");
            escape::quoted(&mut self.json, name, Next::End);
            self.json.bare("\\\"]");
        }
    }
}
