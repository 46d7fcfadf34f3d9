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
use crate::term::Term;
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
    /// Where templates are put together.
    template: String,
    /// What constructs stand for, once it is asked.
    inside: Option<Inside>,
}

/// Whether Terraform evaluates templates in a text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Evaluated {
    Yes,
    No,
}

impl<'t> Writer<'t> {
    pub(crate) fn new(tree: &'t Tree, names: &'t Names<'t>) -> Self {
        Writer {
            json: Json::default(),
            tree,
            names,
            order: Vec::new(),
            around: Vec::new(),
            template: String::new(),
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
        self.sorted(
            body.entries(),
            |(key, _)| key,
            |writer, (key, term)| {
                writer.json.key(key);
                writer.term(term, Evaluated::Yes);
            },
        );
        self.json.close('}');
    }

    /// Visits entries in the order of their keys.
    fn sorted<E>(&mut self, entries: &[E], key: impl Fn(&E) -> &str, mut visit: impl FnMut(&mut Self, &E)) {
        let base = self.order.len();
        self.order.extend((0_u32..).take(entries.len()));
        let key_at = |at: &u32| entries.get(*at as usize).map(&key);
        if let Some(mine) = self.order.get_mut(base..) {
            mine.sort_unstable_by(|a, b| key_at(a).cmp(&key_at(b)));
        }
        for position in base..base + entries.len() {
            let at = self.order.get(position).copied().unwrap_or_default();
            if let Some(entry) = entries.get(at as usize) {
                visit(self, entry);
            }
        }
        self.order.truncate(base);
    }

    /// The addresses of elements; a construct stands for every resource and data source in it.
    fn addresses(&mut self, nodes: &[NodeId]) {
        let inside = self.inside.get_or_insert_with(|| Inside::of(self.tree));
        let elements: Vec<NodeId> = nodes.iter().flat_map(|node| inside.elements(self.tree, *node)).collect();
        let mut addresses: Vec<String> = elements.into_iter().map(|node| self.addressed(node)).collect();
        addresses.sort_unstable();
        addresses.dedup();
        self.json.open('[');
        for address in addresses {
            self.json.entry();
            self.json.text(&address);
        }
        self.json.close(']');
    }

    fn addressed(&self, node: NodeId) -> String {
        let mut address = String::new();
        self.address(&mut address, node);
        address
    }

    fn term(&mut self, term: &Term, evaluated: Evaluated) {
        match term {
            Term::Null | Term::Refused(_) => self.json.bare("null"),
            Term::Bool(value) => self.json.bare(if *value { "true" } else { "false" }),
            Term::Integer(number) => self.json.integer(*number),
            Term::Decimal(digits) => self.json.bare(digits),
            Term::Text(text) => self.text(text, evaluated),
            Term::Expression(expression) => {
                let mut template = std::mem::take(&mut self.template);
                match expression {
                    Expression::Template(pieces) => self.pieces(&mut template, pieces, escape::template),
                    expression => {
                        template.push_str("${");
                        self.expression(&mut template, expression);
                        template.push('}');
                    }
                }
                self.json.text(&template);
                template.clear();
                self.template = template;
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
                self.sorted(
                    fields,
                    |(key, _)| key,
                    |writer, (key, term)| {
                        if evaluated == Evaluated::Yes && needs_escape(key) {
                            let mut escaped = String::new();
                            escape::template(&mut escaped, key, Next::End);
                            writer.json.key(&escaped);
                        } else {
                            writer.json.key(key);
                        }
                        writer.term(term, evaluated);
                    },
                );
                self.json.close('}');
            }
            Term::Block(body) | Term::Dynamic(body) => self.body(body),
            Term::Verbatim(term) => self.term(term, Evaluated::No),
            Term::Plain(expression) => {
                let mut text = String::new();
                self.expression(&mut text, expression);
                self.json.text(&text);
            }
            Term::Addresses(nodes) => self.addresses(nodes),
        }
    }

    fn text(&mut self, text: &str, evaluated: Evaluated) {
        if evaluated == Evaluated::No || !needs_escape(text) {
            return self.json.text(text);
        }
        let mut escaped = String::with_capacity(text.len() + 8);
        escape::template(&mut escaped, text, Next::End);
        self.json.text(&escaped);
    }
}

/// Whether a text has anything that a template would change.
fn needs_escape(text: &str) -> bool {
    // The first byte of U+FEFF in UTF-8 is 0xef; others that begin so are escaped to themselves.
    text.bytes().any(|byte| matches!(byte, b'$' | b'%' | b'\r' | 0xef))
}
