//! Where things are added: an app, and the scopes of its stacks and constructs.

use crate::aspect::{Aspect, Visit};
use crate::block::Body;
use crate::construct::Construct;
use crate::draft::{Draft, Handle};
use crate::expression::Expression;
use crate::grant::Grant;
use crate::id::{Id, NodeId};
use crate::names;
use crate::problem::{Origin, Problem, Severity};
use crate::term::{Term, Text};
use crate::tree::{
    Content, Element, ElementKind, Export, Pass, Provider, Sensitivity, TerraformVersion, Tree,
};
use crate::value::Value;

/// A set of stacks that are synthesized together.
pub struct App {
    tree: Tree,
    aspects: Vec<Aspect>,
}

impl std::fmt::Debug for App {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("App").field("tree", &self.tree).finish_non_exhaustive()
    }
}

impl App {
    /// An app without stacks.
    #[expect(clippy::new_without_default, reason = "an empty app is not a default anybody wants")]
    pub fn new() -> Self {
        App { tree: Tree::new(), aspects: Vec::new() }
    }

    /// Adds a stack: one Terraform root module, with a state of its own.
    #[track_caller]
    pub fn stack(&mut self, id: impl Into<Id>) -> Scope<'_> {
        self.stack_at(id, Origin::caller())
    }

    /// Adds a stack that was written somewhere else than in the caller's code.
    pub fn stack_at(&mut self, id: impl Into<Id>, origin: Origin) -> Scope<'_> {
        let node = self.tree.push(NodeId::ROOT, id.into(), origin, Content::Stack);
        Scope { tree: &mut self.tree, node, origin: None }
    }

    /// The scope of a stack that was added before, for more additions.
    pub fn reopen(&mut self, stack: NodeId) -> Scope<'_> {
        Scope { tree: &mut self.tree, node: stack, origin: None }
    }

    /// Shows every element to `aspect` when the app is resolved, in the order in which they were added: to check
    /// them, to change them, to say something about them. Aspects follow each other as they were added.
    pub fn aspect(&mut self, aspect: impl FnMut(&mut Visit<'_>) + 'static) {
        self.aspects.push(Box::new(aspect));
    }

    pub(crate) fn into_parts(self) -> (Tree, Vec<Aspect>) {
        (self.tree, self.aspects)
    }
}

/// A stack or construct, open for additions.
#[derive(Debug)]
pub struct Scope<'a> {
    pub(crate) tree: &'a mut Tree,
    pub(crate) node: NodeId,
    /// Inside a construct everything was written where the construct was.
    origin: Option<Origin>,
}

impl<'a> Scope<'a> {
    pub(crate) fn inside(tree: &'a mut Tree, node: NodeId, origin: Origin) -> Self {
        Scope { tree, node, origin: Some(origin) }
    }

    /// The stack or construct itself.
    pub fn node(&self) -> NodeId {
        self.node
    }

    /// Adds a construct or element under an id that is unique among its siblings of the same kind.
    #[track_caller]
    pub fn add<C: Construct>(&mut self, id: impl Into<Id>, construct: C) -> C::Handle {
        let origin = self.caller_or_construct();
        construct.build(Place { scope: self, id: id.into(), origin })
    }

    /// Adds a construct or element that was written somewhere else than in the caller's code.
    pub fn add_at<C: Construct>(&mut self, id: impl Into<Id>, origin: Origin, construct: C) -> C::Handle {
        construct.build(Place { scope: self, id: id.into(), origin })
    }

    /// Gives principals several permissions.
    #[track_caller]
    pub fn grant_all(&mut self, grants: impl IntoIterator<Item = Grant>) {
        for grant in grants {
            self.grant(grant);
        }
    }

    /// Gives a principal a permission: exact actions, on named resources or, with a reason, on every one.
    #[track_caller]
    pub fn grant(&mut self, grant: Grant) {
        if let Some(problem) = grant.mistake() {
            let (origin, path) = (self.caller_or_construct(), self.tree.path(self.node));
            self.tree.problems.push(Problem { origin, path, ..problem });
        }
        self.tree.grants.push(grant);
    }

    /// An element that the whole stack shares, under a name of its own: added once, however often it is asked for.
    #[track_caller]
    pub fn shared<H: Handle>(&mut self, name: &'static str, element: impl Construct<Handle = H>) -> NodeId {
        let stack = self.tree.stack_of(self.node).unwrap_or(self.node);
        let id = Id::Exact(name.into());
        let known = self.tree.iter().find_map(|(handle, node)| {
            let is_it = |element: &Element| element.type_name == H::KIND;
            let same = node.parent == stack && node.id == id;
            (same && matches!(&node.content, Content::Element(element) if is_it(element))).then_some(handle)
        });
        known.unwrap_or_else(|| {
            let origin = self.caller_or_construct();
            let mut scope = Scope { tree: self.tree, node: stack, origin: None };
            element.build(Place { scope: &mut scope, id, origin }).node()
        })
    }

    /// Whether something is in the same stack. What is in another one cannot be waited for by `depends_on`: that stack
    /// is applied before.
    pub fn shares_stack_with(&self, handle: impl Handle) -> bool {
        self.tree.stack_of(handle.node()) == self.tree.stack_of(self.node)
    }

    /// Offers a value to others under a name: see [`crate::Of::export`].
    pub fn export<T>(&mut self, attribute: impl Into<Text>, value: impl Into<Value<T>>) {
        let value = match value.into().into_term() {
            Term::Expression(expression) => expression,
            literal => Expression::Template(vec![literal]),
        };
        if let Some(Content::Construct { exports, .. }) =
            self.tree.node_mut(self.node).map(|node| &mut node.content)
        {
            exports.push(Export { attribute: attribute.into(), value });
        }
    }

    /// Says that something is wrong with this construct. The app does not resolve, but goes on, so that
    /// everything that is wrong is said at once.
    pub fn refuse(&mut self, problem: Problem) {
        let origin = self.tree.node(self.node).map_or(Origin::Unknown, |node| node.origin.clone());
        let path = self.tree.path(self.node);
        self.tree.problems.push(Problem { origin, path, ..problem });
    }

    /// Says something about this construct that does not keep the app from resolving.
    pub fn warn(&mut self, problem: Problem) {
        let origin = self.tree.node(self.node).map_or(Origin::Unknown, |node| node.origin.clone());
        let path = self.tree.path(self.node);
        let warning = Problem { severity: Severity::Warning, origin, path, ..problem };
        self.tree.warnings.push((self.node, warning));
    }

    /// Runs `pass` once when the app is resolved, however often it is asked for under this name.
    pub fn once(&mut self, name: &'static str, pass: Pass) {
        if self.tree.passes.iter().all(|(known, _)| *known != name) {
            self.tree.passes.push((name, pass));
        }
    }

    /// What was added so far, in every stack: a construct's look at those that it was given.
    pub fn look(&self) -> &Tree {
        self.tree
    }

    /// Configures a provider of the stack; used by generated bindings. With an id it is a configuration beside
    /// the default one, used by whatever names it ("alias: Multiple Provider Configurations").
    pub fn provider(
        &mut self,
        provider: &'static Provider,
        id: Id,
        origin: Origin,
        mut body: Body,
    ) -> ProviderHandle {
        if let Id::Named(alias) = &id {
            body.set("alias", Term::Verbatim(Box::new(Term::text(names::alias(alias)))));
        }
        let place = Place { scope: self, id, origin };
        let element = Element::new(ElementKind::Provider, provider.name, body);
        ProviderHandle(place.element(Element { provider: Some(provider), ..element }))
    }

    /// A configuration of a provider that comes from whoever calls this stack as a module ("Providers Within Modules":
    /// `configuration_aliases`).
    #[track_caller]
    pub fn passed_provider(&mut self, provider: &'static Provider, alias: impl Into<Id>) -> ProviderHandle {
        let origin = self.caller_or_construct();
        let place = Place { scope: self, id: alias.into(), origin };
        let element = Element::new(ElementKind::PassedProvider, provider.name, Body::new());
        ProviderHandle(place.element(Element { provider: Some(provider), ..element }))
    }

    #[track_caller]
    pub(crate) fn caller_or_construct(&self) -> Origin {
        // Not by `unwrap_or_else`, whose own line would be the caller.
        match &self.origin {
            Some(origin) => origin.clone(),
            None => Origin::caller(),
        }
    }
}

/// The place in the tree that a construct is about to take: its parent, id and origin.
#[derive(Debug)]
pub struct Place<'p, 'a> {
    pub(crate) scope: &'p mut Scope<'a>,
    pub(crate) id: Id,
    pub(crate) origin: Origin,
}

impl<'p> Place<'p, '_> {
    /// Becomes a construct, whose parts are then added to its own scope.
    pub fn construct(self, kind: &'static str) -> Scope<'p> {
        let content = Content::Construct { kind, exports: Vec::new() };
        let node = self.scope.tree.push(self.scope.node, self.id, self.origin.clone(), content);
        Scope { tree: self.scope.tree, node, origin: Some(self.origin) }
    }

    /// Becomes a resource, data source or ephemeral resource.
    pub fn draft(self, draft: Draft) -> NodeId {
        let Draft { kind, type_name, provider, body, requires } = draft;
        self.element(Element { provider, requires, ..Element::new(kind, type_name, body) })
    }

    pub(crate) fn element(self, mut element: Element) -> NodeId {
        element.body.shrink();
        self.scope.tree.push(self.scope.node, self.id, self.origin, Content::Element(element))
    }
}

impl Element {
    pub(crate) fn new(kind: ElementKind, type_name: &'static str, body: Body) -> Self {
        const ANY: TerraformVersion = (0, 0);
        let sensitivity = Sensitivity::Plain;
        Element { kind, type_name, provider: None, body, sensitivity, requires: ANY }
    }
}

/// A provider configuration of a stack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProviderHandle(NodeId);

impl ProviderHandle {
    /// The configuration's address as Terraform wants it: `aws.west`.
    pub(crate) fn plain(self) -> Term {
        Term::Plain(Box::new(Expression::reference(self.0, "")))
    }
}
