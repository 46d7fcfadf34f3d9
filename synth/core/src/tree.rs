//! The arena that holds an app: stacks, constructs and the elements of Terraform's language.

use crate::block::Body;
use crate::expression::{Call, Expression};
use crate::grant::Grant;
use crate::id::{Id, NodeId, THIS};
use crate::overrides::Override;
use crate::problem::{Origin, Problem};
use crate::statement::Attached;
use crate::term::{Term, Text};

/// A Terraform provider as the bindings generated for it know it.
#[derive(Debug, PartialEq, Eq)]
pub struct Provider {
    /// The local name, the first word of its resource types: `aws`.
    pub name: &'static str,
    /// The source address: `hashicorp/aws`.
    pub source: &'static str,
    /// The version whose schema the bindings were generated from: `5.100.0`.
    pub version: &'static str,
}

impl Provider {
    /// A call of one of the provider's functions; used by generated bindings.
    pub fn call(&'static self, function: &'static str, arguments: Vec<Term>) -> Expression {
        Expression::ProviderCall(self, Box::new(Call { function, arguments }))
    }
}

/// The least Terraform (or OpenTofu) version that understands an element: major, minor.
pub type TerraformVersion = (u32, u32);

/// The block of Terraform's language that an element is written in, in the order of the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ElementKind {
    /// `check`
    Check,
    /// `data`
    Data,
    /// `ephemeral`
    Ephemeral,
    /// `import`
    Import,
    /// `locals`
    Local,
    /// `module`
    Module,
    /// `moved`
    Moved,
    /// `output`
    Output,
    /// `provider`
    Provider,
    /// `configuration_aliases` of a provider
    PassedProvider,
    /// `removed`
    Removed,
    /// `resource`
    Resource,
    /// `terraform { backend … }`
    Backend,
    /// `variable`
    Variable,
}

impl ElementKind {
    /// The block's own word.
    pub(crate) fn block(self) -> &'static str {
        match self {
            ElementKind::Check => "check",
            ElementKind::Data => "data",
            ElementKind::Ephemeral => "ephemeral",
            ElementKind::Import => "import",
            ElementKind::Local => "local",
            ElementKind::Module => "module",
            ElementKind::Moved => "moved",
            ElementKind::Removed => "removed",
            ElementKind::Output => "output",
            ElementKind::Provider | ElementKind::PassedProvider => "provider",
            ElementKind::Backend => "backend",
            ElementKind::Resource => "resource",
            ElementKind::Variable => "variable",
        }
    }

    /// What comes before `type.name` or `name` in a reference to such an element.
    pub(crate) fn address_prefix(self) -> &'static str {
        match self {
            ElementKind::Check => "check.",
            ElementKind::Data => "data.",
            ElementKind::Import => "import.",
            ElementKind::Moved => "moved.",
            ElementKind::Removed => "removed.",
            ElementKind::Ephemeral => "ephemeral.",
            ElementKind::Local => "local.",
            ElementKind::Module => "module.",
            ElementKind::Output => "output.",
            // A provider configuration is named by its provider and alias alone: `aws.west`.
            ElementKind::Provider | ElementKind::PassedProvider => "",
            ElementKind::Backend => "terraform.backend.",
            ElementKind::Resource => "",
            ElementKind::Variable => "var.",
        }
    }
}

/// One block of Terraform's language.
#[derive(Debug)]
pub(crate) struct Element {
    pub(crate) kind: ElementKind,
    /// The resource type, the provider's or backend's name; empty where the block has no type label.
    pub(crate) type_name: &'static str,
    pub(crate) provider: Option<&'static Provider>,
    pub(crate) body: Body,
    pub(crate) sensitivity: Sensitivity,
    pub(crate) requires: TerraformVersion,
}

/// Where a value may be shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sensitivity {
    /// Anywhere.
    #[default]
    Plain,
    /// Not in plans, logs and outputs; the state holds it.
    Sensitive,
    /// Nowhere: neither plan nor state holds it.
    Ephemeral,
}

/// A value that a construct offers to others under a name: `service.url`.
#[derive(Debug)]
pub(crate) struct Export {
    pub(crate) attribute: Text,
    pub(crate) value: Expression,
}

#[derive(Debug)]
pub(crate) enum Content {
    Root,
    Stack,
    Construct { kind: &'static str, exports: Vec<Export> },
    Element(Element),
}

#[derive(Debug)]
pub(crate) struct Node {
    /// The node's own handle.
    pub(crate) handle: NodeId,
    pub(crate) parent: NodeId,
    pub(crate) id: Id,
    pub(crate) origin: Origin,
    pub(crate) content: Content,
}

/// Late work of constructs, run once when the app is resolved: see [`crate::Scope::once`].
pub(crate) type Pass = fn(&mut Tree);

/// All nodes of an app, in the order in which they were added; a parent always comes before its children.
#[derive(Debug)]
pub struct Tree {
    pub(crate) nodes: Vec<Node>,
    pub(crate) grants: Vec<Grant>,
    pub(crate) statements: Vec<Attached>,
    pub(crate) passes: Vec<(&'static str, Pass)>,
    pub(crate) overrides: Vec<Override>,
    /// Stacks that are applied after others to which they do not refer.
    pub(crate) order: Vec<(NodeId, NodeId)>,
    pub(crate) problems: Vec<Problem>,
    /// Providers whose functions are called, with the stack that calls them.
    pub(crate) called: Vec<(NodeId, &'static Provider)>,
    /// What is said of a node without keeping the app from resolving.
    pub(crate) warnings: Vec<(NodeId, Problem)>,
}

impl Tree {
    pub(crate) fn new() -> Self {
        let handle = NodeId::ROOT;
        let root = Node { handle, parent: handle, id: THIS, origin: Origin::Unknown, content: Content::Root };
        Tree {
            nodes: vec![root],
            grants: Vec::new(),
            statements: Vec::new(),
            passes: Vec::new(),
            overrides: Vec::new(),
            order: Vec::new(),
            problems: Vec::new(),
            called: Vec::new(),
            warnings: Vec::new(),
        }
    }

    pub(crate) fn push(&mut self, parent: NodeId, id: Id, origin: Origin, content: Content) -> NodeId {
        let kind = match &content {
            Content::Root => "root",
            Content::Stack => "stack",
            Content::Construct { kind, .. } => kind,
            Content::Element(element) => element.type_name,
        };
        let index = u32::try_from(self.nodes.len()).unwrap_or(u32::MAX);
        let handle = parent.child(index, kind, &id);
        self.nodes.push(Node { handle, parent, id, origin, content });
        handle
    }

    /// The node behind a handle; `None` where the handle belongs to another app.
    pub(crate) fn node(&self, id: NodeId) -> Option<&Node> {
        self.nodes.get(id.index as usize).filter(|node| node.handle == id)
    }

    pub(crate) fn node_mut(&mut self, id: NodeId) -> Option<&mut Node> {
        self.node(id)?;
        self.nodes.get_mut(id.index as usize)
    }

    pub(crate) fn element(&self, id: NodeId) -> Option<&Element> {
        match &self.node(id)?.content {
            Content::Element(element) => Some(element),
            _ => None,
        }
    }

    pub(crate) fn element_mut(&mut self, id: NodeId) -> Option<&mut Element> {
        match &mut self.node_mut(id)?.content {
            Content::Element(element) => Some(element),
            _ => None,
        }
    }

    /// Every node with its handle, parents first.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (NodeId, &Node)> {
        self.nodes.iter().map(|node| (node.handle, node))
    }

    /// The stack that a node is part of, itself included.
    pub fn stack_of(&self, id: NodeId) -> Option<NodeId> {
        self.ancestors(id).find(|(_, node)| matches!(node.content, Content::Stack)).map(|(id, _)| id)
    }

    /// The node and those above it, up to but without the root.
    pub(crate) fn ancestors(&self, id: NodeId) -> impl Iterator<Item = (NodeId, &Node)> {
        let mut next = Some(id);
        std::iter::from_fn(move || {
            let id = next?;
            let node = self.node(id)?;
            next = (node.parent != NodeId::ROOT && id != NodeId::ROOT).then_some(node.parent);
            (id != NodeId::ROOT).then_some((id, node))
        })
    }

    /// The ids from the stack down to the node, as an author reads them: `action-spec/service`.
    pub fn path(&self, id: NodeId) -> String {
        let mut ids: Vec<&str> = self
            .ancestors(id)
            .filter_map(|(_, node)| match &node.id {
                Id::Named(id) => Some(id.as_str()),
                Id::Exact(name) => Some(name.as_str()),
                Id::This => None,
            })
            .collect();
        ids.reverse();
        ids.join("/")
    }

    /// What kind of construct, or of element, a node is: `role`, `aws_iam_role`. Of another app's, nothing.
    pub fn kind(&self, id: NodeId) -> Option<&'static str> {
        match &self.node(id)?.content {
            Content::Root | Content::Stack => None,
            Content::Construct { kind, .. } => Some(kind),
            Content::Element(element) => Some(element.type_name),
        }
    }

    /// The permissions that constructs have given so far, taken out of the tree: for a pass that writes them.
    pub fn take_grants(&mut self) -> Vec<Grant> {
        std::mem::take(&mut self.grants)
    }

    /// The scope of a construct or stack that is already in the tree: where a pass adds elements.
    pub fn scope(&mut self, node: NodeId) -> crate::Scope<'_> {
        let origin = self.node(node).map_or(Origin::Unknown, |node| node.origin.clone());
        crate::Scope::inside(self, node, origin)
    }
}
