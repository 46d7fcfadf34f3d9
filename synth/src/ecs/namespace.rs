//! Names by which services find each other inside of a VPC.

use synth_aws::servicediscovery;
use synth_core::{Construct, Handle, Known, NodeId, Of, Place, Problem, Ref, THIS, Value};

/// A domain of AWS Cloud Map that only its VPC resolves: `everruns.local`.
#[derive(Clone, Debug)]
pub struct Namespace {
    name: Value<String>,
    vpc: Value<String>,
}

impl Namespace {
    /// A domain in a VPC, by the VPC's id.
    pub fn new(name: impl Into<Value<String>>, vpc: impl Into<Value<String>>) -> Self {
        Namespace { name: name.into(), vpc: vpc.into() }
    }
}

/// Whether a text is a label of a domain's name (RFC 1123, 2.1).
pub(super) fn is_label(label: &str) -> bool {
    let legal = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    (1..=63).contains(&label.len())
        && label.chars().all(legal)
        && !label.starts_with('-')
        && !label.ends_with('-')
}

impl Construct for Namespace {
    type Handle = NamespaceHandle;

    fn build(self, place: Place<'_, '_>) -> NamespaceHandle {
        let mut scope = place.construct(NamespaceHandle::KIND);
        if let Known::Is(name) = self.name.known()
            && !(name.len() <= 253 && name.split('.').all(is_label))
        {
            scope.refuse(
                Problem::new(format!("`{name}` is no domain"))
                    .at("/name")
                    .help("write labels of lowercase letters, digits and `-` between dots, such as `shop.local`")
                    .source("AWS Cloud Map API Reference, \"CreatePrivateDnsNamespace\": Name"),
            );
        }
        let namespace = servicediscovery::PrivateDnsNamespace::new().name(self.name).vpc(self.vpc);
        let namespace = scope.add(THIS, namespace);
        scope.export("arn", namespace.arn());
        scope.export("id", namespace.id());
        scope.export("name", namespace.name());
        NamespaceHandle(scope.node())
    }
}

/// A namespace of a stack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NamespaceHandle(NodeId);

impl Handle for NamespaceHandle {
    const KIND: &'static str = "private_dns_namespace";

    fn node(self) -> NodeId {
        self.0
    }
}

impl NamespaceHandle {
    /// The namespace's ARN.
    pub fn arn(self) -> Ref<String> {
        Of::Handle(self).export("arn")
    }

    /// The namespace's id.
    pub fn id(self) -> Ref<String> {
        Of::Handle(self).export("id")
    }

    /// The domain.
    pub fn name(self) -> Ref<String> {
        Of::Handle(self).export("name")
    }
}
