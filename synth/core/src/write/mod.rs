//! Writes elements, terms and expressions.

mod expression;
mod for_expression;

use crate::block::Body;
use crate::escape::{self, Next};
use crate::expression::Expression;
use crate::for_expression::Bound;
use crate::id::NodeId;
use crate::inside::Inside;
use crate::json::Json;
use crate::names::Names;
use crate::term::{Term, Text};
use crate::tree::{Element, Tree};

/// A document that is being written, and what names things in it.
#[derive(Debug)]
pub(crate) struct Writer<'t> {
    pub(crate) json: Json,
    tree: &'t Tree,
    names: &'t Names<'t>,
    /// Positions of the entries of the objects that are being written, the innermost last: sorted there, so that
    /// no object needs a list of its own.
    order: Vec<u32>,
    /// What the `for` expressions around name, the innermost last.
    around: Vec<[Option<Bound>; 2]>,
    /// What constructs stand for, once it is asked.
    inside: Option<Inside>,
}

/// What most elements take: with room for them the document does not move while it grows.
const BYTES_OF_ELEMENT: usize = 256;

/// Whether Terraform evaluates templates in a text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Evaluated {
    Yes,
    No,
}

impl<'t> Writer<'t> {
    /// A writer of a document of so many elements.
    pub(crate) fn new(tree: &'t Tree, names: &'t Names<'t>, elements: usize) -> Self {
        Writer {
            json: Json::with_capacity(BYTES_OF_ELEMENT * elements),
            tree,
            names,
            order: Vec::new(),
            around: Vec::new(),
            inside: None,
        }
    }

    /// The body of an element.
    pub(crate) fn element(&mut self, element: &Element) {
        self.body(&element.body);
    }

    /// A local's value.
    pub(crate) fn local(&mut self, element: &Element) {
        match element.body.get("value") {
            Some(value) => self.term(value, Evaluated::Yes),
            None => self.json.bare("null"),
        }
    }

    fn body(&mut self, body: &Body) {
        self.json.open('{');
        for (name, term) in body.entries() {
            self.json.key(name);
            self.term(term, Evaluated::Yes);
        }
        self.json.close('}');
    }

    /// Visits the fields of an object in the order of their keys.
    fn sorted(&mut self, fields: &[(Text, Term)], visit: &mut dyn FnMut(&mut Self, &Text, &Term)) {
        let base = self.order.len();
        self.order.extend((0_u32..).take(fields.len()));
        let key_at = |at: &u32| fields.get(*at as usize).map(|(key, _)| key.as_str());
        if let Some(mine) = self.order.get_mut(base..) {
            mine.sort_unstable_by(|a, b| key_at(a).cmp(&key_at(b)));
        }
        for position in base..base + fields.len() {
            let at = self.order.get(position).copied().unwrap_or_default();
            if let Some((key, term)) = fields.get(at as usize) {
                visit(self, key, term);
            }
        }
        self.order.truncate(base);
    }

    /// The addresses of elements; a construct stands for every resource and data source in it.
    fn addresses(&mut self, nodes: &[NodeId]) {
        let inside = self.inside.get_or_insert_with(|| Inside::of(self.tree));
        let elements: Vec<NodeId> = nodes.iter().flat_map(|node| inside.elements(self.tree, *node)).collect();
        let mut addresses: Vec<String> =
            elements.into_iter().map(|node| self.address_parts(node).concat()).collect();
        addresses.sort_unstable();
        addresses.dedup();
        self.json.open('[');
        for address in addresses {
            self.json.entry();
            self.json.text(&address);
        }
        self.json.close(']');
    }

    fn term(&mut self, term: &Term, evaluated: Evaluated) {
        match term {
            Term::Null | Term::Refused(_) => self.json.bare("null"),
            Term::Bool(value) => self.json.bare(if *value { "true" } else { "false" }),
            Term::Integer(number) => self.json.integer(*number),
            Term::Decimal(digits) => self.json.bare(digits),
            Term::Text(text) => self.text(text, evaluated),
            Term::Expression(expression) => {
                self.json.quote();
                match expression {
                    Expression::Template(pieces) => self.pieces(pieces, escape::template),
                    expression => {
                        self.json.bare("${");
                        self.expression(expression);
                        self.json.bare("}");
                    }
                }
                self.json.quote();
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
                self.sorted(fields, &mut |writer, key, term| {
                    writer.json.entry();
                    writer.text(key, evaluated);
                    writer.json.colon();
                    writer.term(term, evaluated);
                });
                self.json.close('}');
            }
            Term::Block(body) | Term::Dynamic(body) => self.body(body),
            Term::Verbatim(term) => self.term(term, Evaluated::No),
            Term::Plain(expression) => {
                self.json.quote();
                self.expression(expression);
                self.json.quote();
            }
            Term::Addresses(nodes) => self.addresses(nodes),
        }
    }

    fn text(&mut self, text: &str, evaluated: Evaluated) {
        self.json.quote();
        match evaluated {
            Evaluated::Yes => escape::template(&mut self.json, text, Next::End),
            Evaluated::No => self.json.part(text),
        }
        self.json.quote();
    }
}
