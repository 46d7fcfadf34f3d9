//! What an element is made of, as a number.

use crate::block::Body;
use crate::expression::Expression;
use crate::term::Term;
use crate::tree::{Element, Tree};

/// FNV-1a over what an element is made of; references count by what they refer to, not by its name.
pub(super) struct Fingerprint<'t> {
    tree: &'t Tree,
    hash: u64,
}

impl Fingerprint<'_> {
    pub(super) fn of(tree: &Tree, element: &Element) -> u64 {
        let mut fingerprint = Fingerprint { tree, hash: 0xcbf2_9ce4_8422_2325 };
        fingerprint.body(&element.body);
        fingerprint.hash
    }

    fn text(&mut self, text: &str) {
        for byte in text.bytes().chain([0xff]) {
            self.hash = (self.hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    fn body(&mut self, body: &Body) {
        for (name, term) in body.entries().filter(|(name, _)| *name != "depends_on") {
            self.text(name);
            self.term(term);
        }
        self.text("}");
    }

    fn term(&mut self, term: &Term) {
        match term {
            Term::Block(body) | Term::Dynamic(body) => self.body(body),
            Term::Object(fields) => {
                let mut fields: Vec<_> = fields.iter().collect();
                fields.sort_by(|a, b| a.0.cmp(&b.0));
                for (name, term) in fields {
                    self.text(name);
                    self.term(term);
                }
                self.text("}");
            }
            Term::List(terms) => {
                terms.iter().for_each(|term| self.term(term));
                self.text("]");
            }
            Term::Verbatim(term) => self.term(term),
            Term::Expression(expression) => self.expression(expression),
            Term::Plain(expression) => self.expression(expression),
            Term::Null | Term::Refused(_) => self.text("null"),
            Term::Bool(value) => self.text(if *value { "true" } else { "false" }),
            Term::Integer(number) => self.text(&number.to_string()),
            Term::Decimal(text) | Term::Text(text) => self.text(text),
            Term::Addresses(_) => {}
        }
    }

    fn expression(&mut self, expression: &Expression) {
        // The kinds of all parts, and what stands for their content.
        let mut parts = Vec::new();
        expression.each(&mut |part| parts.push(part));
        for part in parts {
            match part {
                Expression::Reference { node, attribute, .. } => {
                    let label = self.tree.element(*node).map_or("", |element| element.type_name);
                    self.text(label);
                    self.text(attribute);
                }
                Expression::Call(call) => {
                    self.text(call.function);
                    call.arguments.iter().filter(|term| term.is_literal()).for_each(|term| self.term(term));
                }
                Expression::Template(terms) => {
                    terms.iter().filter(|term| term.is_literal()).for_each(|term| self.term(term));
                }
                Expression::Operation(parts) => {
                    self.text(parts.1.sign());
                    [&parts.0, &parts.2]
                        .into_iter()
                        .filter(|term| term.is_literal())
                        .for_each(|term| self.term(term));
                }
                Expression::Attribute(_, name) => self.text(name),
                Expression::Symbol(name) => self.text(name),
                // Their parts count; what kind of expression joins them hardly ever tells two objects apart.
                _ => {}
            }
        }
    }
}
