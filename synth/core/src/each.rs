//! Several objects of one resource: `count` and `for_each`.

use crate::construct::Construct;
use crate::draft::Handle;
use crate::expression::Expression;
use crate::for_expression::{Loop, Yields};
use crate::id::{Id, NodeId};
use crate::meta::MetaArguments;
use crate::number::Number;
use crate::scope::Scope;
use crate::term::Term;
use crate::value::{Any, List, Map, Ref, Set, Value};

/// One entry of what `for_each` goes through ("The for_each Meta-Argument": The each Object).
#[derive(Clone, Copy, Debug)]
pub struct Each<T>(std::marker::PhantomData<fn() -> T>);

impl<T> Each<T> {
    /// The entry's key: the object's own part of the address.
    pub fn key(&self) -> Ref<String> {
        Ref::of(Expression::Symbol("each.key".into()))
    }

    /// The entry's value; of a set, the key again.
    pub fn value(&self) -> Ref<T> {
        Ref::of(Expression::Symbol("each.value".into()))
    }
}

/// What `for_each` can go through: a map, or a set of text. Neither may be sensitive, which their type says.
pub trait Entries<T> {
    /// The argument.
    fn into_for_each(self) -> Term;
}

impl<T> Entries<T> for Value<Map<T>> {
    fn into_for_each(self) -> Term {
        self.into_term()
    }
}

impl<T> Entries<T> for Ref<Map<T>> {
    fn into_for_each(self) -> Term {
        self.into_term()
    }
}

impl Entries<String> for Value<Set<String>> {
    fn into_for_each(self) -> Term {
        match self.into_term() {
            // A JSON array is a tuple, which for_each refuses.
            list @ Term::List(_) => Expression::call("toset", vec![list]).into(),
            set => set,
        }
    }
}

impl Entries<String> for Ref<Set<String>> {
    fn into_for_each(self) -> Term {
        self.into_term()
    }
}

impl Scope<'_> {
    /// Adds a number of like objects ("The count Meta-Argument"). `build` gets the object's index.
    #[track_caller]
    pub fn add_count<C>(
        &mut self,
        id: impl Into<Id>,
        count: impl Into<Value<Number>>,
        build: impl FnOnce(Ref<Number>) -> C,
    ) -> Counted<C::Handle>
    where
        C: Construct<Handle: Handle> + MetaArguments,
    {
        let mut one = build(Ref::of(Expression::Symbol("count.index".into())));
        one.draft_mut().set("count", count.into());
        Counted(self.add(id, one))
    }

    /// Adds one object for each entry of a map or set ("The for_each Meta-Argument"). `build` gets the entry.
    #[track_caller]
    pub fn add_for_each<T, C>(
        &mut self,
        id: impl Into<Id>,
        entries: impl Entries<T>,
        build: impl FnOnce(Each<T>) -> C,
    ) -> Keyed<C::Handle>
    where
        C: Construct<Handle: Handle> + MetaArguments,
    {
        let mut one = build(Each(std::marker::PhantomData));
        one.draft_mut().set("for_each", entries.into_for_each());
        Keyed(self.add(id, one))
    }
}

/// Objects that `count` made. One of them, or all, are referred to through the handle of one.
#[derive(Clone, Copy, Debug)]
pub struct Counted<H>(H);

/// Objects that `for_each` made. One of them, or all, are referred to through the handle of one.
#[derive(Clone, Copy, Debug)]
pub struct Keyed<H>(H);

impl<H: Handle> Handle for Counted<H> {
    const KIND: &'static str = H::KIND;

    fn node(self) -> NodeId {
        self.0.node()
    }
}

impl<H: Handle> Handle for Keyed<H> {
    const KIND: &'static str = H::KIND;

    fn node(self) -> NodeId {
        self.0.node()
    }
}

impl<H: Handle> Counted<H> {
    /// Every object in order, as a whole.
    pub fn objects(self) -> Ref<List<Any>> {
        Ref::of(whole(self.0))
    }

    /// What `of` refers to, of the object at an index: `servers.at(0, |server| server.arn())`.
    pub fn at<T>(self, index: impl Into<Value<Number>>, of: impl FnOnce(H) -> Ref<T>) -> Ref<T> {
        let one = whole(self.0).index(index.into());
        instead(self.0, of(self.0), &one)
    }

    /// What `of` refers to, of every object in order.
    pub fn all<T>(self, of: impl FnOnce(H) -> Ref<T>) -> Ref<List<T>> {
        let each = Loop::over(whole(self.0));
        let item = instead(self.0, of(self.0), &Expression::Bound(each.item.clone())).into_term();
        Ref::of(each.yields(Yields::Item(item), None))
    }
}

impl<H: Handle> Keyed<H> {
    /// Every object by its key, as a whole.
    pub fn objects(self) -> Ref<Map<Any>> {
        Ref::of(whole(self.0))
    }

    /// What `of` refers to, of the object of a key: `buckets.at("logs", |bucket| bucket.arn())`.
    pub fn at<T>(self, key: impl Into<Value<String>>, of: impl FnOnce(H) -> Ref<T>) -> Ref<T> {
        let one = whole(self.0).index(key.into());
        instead(self.0, of(self.0), &one)
    }

    /// What `of` refers to, of every object by its key.
    pub fn all<T>(self, of: impl FnOnce(H) -> Ref<T>) -> Ref<Map<T>> {
        let each = Loop::over(whole(self.0));
        let value = instead(self.0, of(self.0), &Expression::Bound(each.item.clone())).into_term();
        let key = Expression::Bound(each.key.clone()).into();
        Ref::of(each.yields(Yields::Entry(key, value), None))
    }
}

fn whole(handle: impl Handle) -> Expression {
    Expression::reference(handle.node(), "")
}

/// The same reference, to `one` instead of to the whole resource.
fn instead<T>(handle: impl Handle, reference: Ref<T>, one: &Expression) -> Ref<T> {
    // In two steps, because `one` itself refers to the whole resource.
    let place = Expression::Symbol("".into());
    let mut term = reference.into_term();
    term.each_expression_mut(&mut |expression| {
        if let Expression::Reference { node, attribute, .. } = expression
            && *node == handle.node()
        {
            *expression = match *attribute {
                "" => place.clone(),
                attribute => Expression::Attribute(Box::new(place.clone()), attribute.into()),
            };
        }
    });
    term.each_expression_mut(&mut |expression| {
        if *expression == place {
            *expression = one.clone();
        }
    });
    Ref::of(term)
}
