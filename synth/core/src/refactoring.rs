//! Blocks about what exists already: `moved`, `import`, `removed` and `check`.

use crate::block::Body;
use crate::construct::Construct;
use crate::draft::Handle;
use crate::each::{Entries, Keyed};
use crate::expression::Expression;
use crate::id::Id;
use crate::meta::rule;
use crate::scope::{Place, Scope};
use crate::term::{Term, Text};
use crate::tree::{Element, ElementKind};
use crate::value::Value;

/// What becomes of an object that the configuration forgets ("removed Block Reference").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Removal {
    /// The object stays, and Terraform no longer manages it.
    Forget,
    /// The object is destroyed.
    Destroy,
}

impl Scope<'_> {
    /// Says that an object was at another address before ("moved Block Reference"): nothing is made anew.
    #[track_caller]
    pub fn moved(&mut self, from: impl Into<Text>, to: impl Handle) {
        let body = Body::new().with("from", plain(from)).with("to", address(to));
        self.nameless(ElementKind::Moved, body, (1, 1));
    }

    /// Says that an object was at another address before, both by their addresses.
    #[track_caller]
    pub fn moved_to_address(&mut self, from: impl Into<Text>, to: impl Into<Text>) {
        let body = Body::new().with("from", plain(from)).with("to", plain(to));
        self.nameless(ElementKind::Moved, body, (1, 1));
    }

    /// Takes over an object that exists already, by the id that its resource type imports by
    /// ("import Block Reference").
    #[track_caller]
    pub fn import(&mut self, to: impl Handle, id: impl Into<Value<String>>) {
        let body = Body::new().with("id", id.into()).with("to", address(to));
        self.nameless(ElementKind::Import, body, (1, 5));
    }

    /// Takes over an object by its address, as one of several: `aws_sqs_queue.jobs["mail"]`.
    #[track_caller]
    pub fn import_to_address(&mut self, to: impl Into<Text>, id: impl Into<Value<String>>) {
        let body = Body::new().with("id", id.into()).with("to", plain(to));
        self.nameless(ElementKind::Import, body, (1, 5));
    }

    /// Takes over an object for each entry, by the ids that are the entries' values: the objects of a resource with
    /// `for_each` over the same keys ("import Block Reference", `for_each`).
    #[track_caller]
    pub fn import_each<H: Handle>(&mut self, to: Keyed<H>, ids: impl Entries<String>) {
        let symbol = |name: &str| Term::from(Expression::Symbol(name.into()));
        let whole = Expression::reference(to.node(), "");
        let one = whole.index(symbol("each.key"));
        let body = Body::new()
            .with("for_each", ids.into_for_each())
            .with("id", symbol("each.value"))
            .with("to", Term::Plain(Box::new(one)));
        self.nameless(ElementKind::Import, body, (1, 7));
    }

    /// Says that the resource at an address was taken out of the configuration.
    #[track_caller]
    pub fn removed(&mut self, from: impl Into<Text>, removal: Removal) {
        let lifecycle = Body::new().with("destroy", Term::Bool(removal == Removal::Destroy));
        let body = Body::new().with("from", plain(from)).with("lifecycle", lifecycle);
        self.nameless(ElementKind::Removed, body, (1, 7));
    }

    #[track_caller]
    fn nameless(&mut self, kind: ElementKind, body: Body, requires: (u32, u32)) {
        let origin = self.caller_or_construct();
        let id = Id::from(self.tree.nodes.len().to_string());
        let element = Element { requires, ..Element::new(kind, "", body) };
        Place { scope: self, id, origin }.element(element);
    }
}

/// An address as Terraform wants it: as text that is none of its templates.
pub(crate) fn plain(address: impl Into<Text>) -> Term {
    let address = address.into();
    if address.contains("${") {
        let reason = format!("is `{address}`, which is an expression: Terraform wants an address");
        return Term::Refused(reason.into());
    }
    Term::Verbatim(Box::new(Term::Text(address)))
}

fn address(handle: impl Handle) -> Term {
    Term::Plain(Box::new(Expression::reference(handle.node(), "")))
}

/// Assertions that are checked after every plan and apply, and only warn ("check Block Reference").
#[derive(Debug)]
pub struct Check {
    body: Body,
}

impl Check {
    /// A check of one condition.
    pub fn that(condition: impl Into<Value<bool>>, message: impl Into<Value<String>>) -> Self {
        Check { body: Body::new() }.and(condition, message)
    }

    /// Another condition.
    #[must_use]
    pub fn and(mut self, condition: impl Into<Value<bool>>, message: impl Into<Value<String>>) -> Self {
        self.body.push("assert", rule(condition.into(), message.into()));
        self
    }
}

impl Construct for Check {
    type Handle = ();

    fn build(self, place: Place<'_, '_>) {
        let element = Element::new(ElementKind::Check, "", self.body);
        place.element(Element { requires: (1, 5), ..element });
    }
}
