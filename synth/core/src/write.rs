//! Writes elements, terms and expressions.

use crate::block::Body;
use crate::draft::{Lifecycle, Meta};
use crate::escape::{self, Next};
use crate::expression::Expression;
use crate::json::Json;
use crate::names::Names;
use crate::term::Term;
use crate::tree::{Content, Element, NodeId, Tree};

/// A document that is being written, and what names things in it.
#[derive(Debug)]
pub(crate) struct Writer<'t> {
    pub(crate) json: Json,
    pub(crate) tree: &'t Tree,
    pub(crate) names: &'t Names,
}

/// Whether Terraform evaluates templates in a text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Evaluated {
    Yes,
    No,
}

impl Writer<'_> {
    /// The body of an element with its meta-arguments.
    pub(crate) fn element(&mut self, element: &Element) {
        self.body(&element.body, element.meta.as_deref());
    }

    fn body(&mut self, body: &Body, meta: Option<&Meta>) {
        let mut entries: Vec<(&str, Entry<'_>)> =
            body.entries().iter().map(|(key, term)| (*key, Entry::Argument(term))).collect();
        if let Some(meta) = meta {
            if !meta.depends_on.is_empty() {
                entries.push(("depends_on", Entry::DependsOn(&meta.depends_on)));
            }
            if meta.lifecycle != Lifecycle::default() || !meta.preconditions.is_empty() {
                entries.push(("lifecycle", Entry::Lifecycle(meta)));
            }
        }
        entries.sort_unstable_by_key(|(key, _)| *key);
        self.json.open('{');
        for (key, entry) in entries {
            self.json.key(key);
            match entry {
                Entry::Argument(term) => self.term(term, Evaluated::Yes),
                Entry::DependsOn(nodes) => self.depends_on(nodes),
                Entry::Lifecycle(meta) => self.lifecycle(meta),
            }
        }
        self.json.close('}');
    }

    /// The addresses of elements; a construct stands for every resource and data source in it.
    fn depends_on(&mut self, nodes: &[NodeId]) {
        let mut addresses: Vec<String> = Vec::new();
        for node in nodes {
            if self.tree.element(*node).is_some() {
                addresses.push(self.address(*node));
                continue;
            }
            let inside = self.tree.iter().filter(|(id, inner)| {
                matches!(&inner.content, Content::Element(element) if element.provider.is_some())
                    && self.tree.ancestors(*id).any(|(above, _)| above == *node)
            });
            addresses.extend(inside.map(|(id, _)| self.address(id)));
        }
        addresses.sort_unstable();
        addresses.dedup();
        self.json.open('[');
        for address in addresses {
            self.json.entry();
            self.json.text(&address);
        }
        self.json.close(']');
    }

    fn lifecycle(&mut self, meta: &Meta) {
        self.json.open('{');
        if meta.lifecycle.create_before_destroy {
            self.json.key("create_before_destroy");
            self.json.bare("true");
        }
        if !meta.preconditions.is_empty() {
            self.json.key("precondition");
            self.json.open('[');
            for (condition, message) in &meta.preconditions {
                self.json.entry();
                self.json.open('{');
                self.json.key("condition");
                self.term(condition.term(), Evaluated::Yes);
                self.json.key("error_message");
                self.term(message.term(), Evaluated::Yes);
                self.json.close('}');
            }
            self.json.close(']');
        }
        if meta.lifecycle.prevent_destroy {
            self.json.key("prevent_destroy");
            self.json.bare("true");
        }
        self.json.close('}');
    }

    fn term(&mut self, term: &Term, evaluated: Evaluated) {
        match term {
            Term::Null => self.json.bare("null"),
            Term::Bool(value) => self.json.bare(if *value { "true" } else { "false" }),
            Term::Integer(number) => self.json.bare(&number.to_string()),
            Term::Decimal(digits) => self.json.bare(digits),
            Term::Text(text) => self.text(text, evaluated),
            Term::Expression(expression) => {
                let mut template = String::new();
                match expression.as_ref() {
                    Expression::Template(pieces) => self.template(&mut template, pieces, escape::template),
                    expression => {
                        template.push_str("${");
                        self.expression(&mut template, expression);
                        template.push('}');
                    }
                }
                self.json.text(&template);
            }
            Term::List(terms) => {
                self.json.open('[');
                for term in terms {
                    self.json.entry();
                    self.term(term, evaluated);
                }
                self.json.close(']');
            }
            Term::Object(fields) => {
                self.json.open('{');
                for (key, term) in sorted(fields) {
                    let mut escaped = String::new();
                    match evaluated {
                        Evaluated::Yes => escape::template(&mut escaped, key, Next::End),
                        Evaluated::No => escaped.push_str(key),
                    }
                    self.json.key(&escaped);
                    self.term(term, evaluated);
                }
                self.json.close('}');
            }
            Term::Block(body) => self.body(body, None),
            Term::Verbatim(term) => self.term(term, Evaluated::No),
        }
    }

    fn text(&mut self, text: &str, evaluated: Evaluated) {
        if evaluated == Evaluated::No || !text.contains(['$', '%', '\r', '\u{feff}']) {
            return self.json.text(text);
        }
        let mut escaped = String::with_capacity(text.len() + 8);
        escape::template(&mut escaped, text, Next::End);
        self.json.text(&escaped);
    }

    fn template(&self, out: &mut String, pieces: &[Term], escape: fn(&mut String, &str, Next)) {
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
    fn inner(&self, out: &mut String, term: &Term) {
        match term {
            Term::Null => out.push_str("null"),
            Term::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
            Term::Integer(number) => out.push_str(&number.to_string()),
            Term::Decimal(digits) => out.push_str(digits),
            Term::Text(text) => {
                out.push('"');
                escape::quoted(out, text, Next::End);
                out.push('"');
            }
            Term::Expression(expression) => self.expression(out, expression),
            Term::List(terms) => {
                out.push('[');
                self.separated(out, terms);
                out.push(']');
            }
            Term::Object(fields) => self.object(out, &sorted(fields)),
            Term::Block(body) => {
                let mut fields: Vec<(&str, &Term)> =
                    body.entries().iter().map(|(key, term)| (*key, term)).collect();
                fields.sort_unstable_by_key(|(key, _)| *key);
                self.object(out, &fields);
            }
            Term::Verbatim(term) => self.inner(out, term),
        }
    }

    fn object(&self, out: &mut String, fields: &[(&str, &Term)]) {
        out.push('{');
        for (position, (key, term)) in fields.iter().enumerate() {
            out.push_str(if position == 0 { "\"" } else { ", \"" });
            escape::quoted(out, key, Next::End);
            out.push_str("\" = ");
            self.inner(out, term);
        }
        out.push('}');
    }

    fn separated(&self, out: &mut String, terms: &[Term]) {
        for (position, term) in terms.iter().enumerate() {
            if position > 0 {
                out.push_str(", ");
            }
            self.inner(out, term);
        }
    }

    fn expression(&self, out: &mut String, expression: &Expression) {
        match expression {
            Expression::Reference { node, attribute } => {
                out.push_str(&self.address(*node));
                if !attribute.is_empty() {
                    out.push('.');
                    out.push_str(attribute);
                }
            }
            // `bind` has replaced every export, or the app did not resolve.
            Expression::Export { attribute, .. } => out.push_str(attribute),
            Expression::Attribute(of, name) => {
                self.expression(out, of);
                out.push('.');
                out.push_str(name);
            }
            Expression::Index(of, index) => {
                self.expression(out, of);
                out.push('[');
                self.inner(out, index);
                out.push(']');
            }
            Expression::Call(function, arguments) => {
                out.push_str(function);
                out.push('(');
                self.separated(out, arguments);
                out.push(')');
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
            Expression::Template(pieces) => {
                out.push('"');
                self.template(out, pieces, escape::quoted);
                out.push('"');
            }
        }
    }

    /// An operation inside of another one stands in parentheses.
    fn operand(&self, out: &mut String, term: &Term) {
        let nested = matches!(term, Term::Expression(inner)
            if matches!(inner.as_ref(), Expression::Operation(_) | Expression::Conditional(_)));
        if nested {
            out.push('(');
        }
        self.inner(out, term);
        if nested {
            out.push(')');
        }
    }

    fn address(&self, node: NodeId) -> String {
        let Some(element) = self.tree.element(node) else { return String::new() };
        let (prefix, name) = (element.kind.address_prefix(), self.names.of(node));
        match element.type_name {
            "" => format!("{prefix}{name}"),
            label => format!("{prefix}{label}.{name}"),
        }
    }
}

enum Entry<'b> {
    Argument(&'b Term),
    DependsOn(&'b [NodeId]),
    Lifecycle(&'b Meta),
}

fn sorted(fields: &[(Box<str>, Term)]) -> Vec<(&str, &Term)> {
    let mut fields: Vec<(&str, &Term)> = fields.iter().map(|(key, term)| (key.as_ref(), term)).collect();
    fields.sort_by_key(|(key, _)| *key);
    fields
}
