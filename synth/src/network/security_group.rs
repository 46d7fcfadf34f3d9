//! A security group: what may talk to its members, and what they may talk to.

use synth_aws::ec2;
use synth_core::{
    Construct, Handle, Known, MetaArguments as _, NodeId, Of, Place, Problem, Ref, Scope, THIS, Term, Value,
};

use super::rule::{Group, Rule};
use super::traffic::Traffic;

/// Where AWS says what names and descriptions may be.
const PAGE: &str = "Amazon EC2 API Reference, \"CreateSecurityGroup\"";

/// A security group, which lets nothing in and nothing out but what its rules say.
///
/// Its rules are resources of their own, so that each can be added where both of its ends are known, and groups may
/// refer to each other without a circle. Terraform takes the rule out that AWS gives every new group, which would
/// let everything out (`aws_security_group`, "egress").
#[derive(Clone, Debug)]
pub struct SecurityGroup {
    name: Value<String>,
    description: Option<Value<String>>,
    vpc: Value<String>,
    outbound: Outbound,
}

/// What the members of a group may send.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outbound {
    /// What rules say.
    Ruled,
    /// Anything, anywhere.
    Everything,
    /// Nothing, which Terraform holds on to: a rule from elsewhere is taken out again.
    Nothing,
}

impl SecurityGroup {
    /// A group in a VPC, by the VPC's id.
    pub fn new(name: impl Into<Value<String>>, vpc: impl Into<Value<String>>) -> Self {
        SecurityGroup { name: name.into(), description: None, vpc: vpc.into(), outbound: Outbound::Ruled }
    }

    /// What the group is for. AWS cannot change it: another text makes another group.
    #[must_use]
    pub fn description(mut self, description: impl Into<Value<String>>) -> Self {
        self.description = Some(description.into());
        self
    }

    /// Lets its members send anything, anywhere.
    #[must_use]
    pub fn all_outbound(mut self) -> Self {
        self.outbound = Outbound::Everything;
        self
    }

    /// Lets its members send nothing but answers, for good: the list of rules is written down as empty, so that
    /// Terraform takes one out that somebody adds.
    #[must_use]
    pub fn no_outbound(mut self) -> Self {
        self.outbound = Outbound::Nothing;
        self
    }

    fn check(&self, scope: &mut Scope<'_>) {
        check_text(scope, "/name", "a security group's name", &self.name);
        if let Some(description) = &self.description {
            check_text(scope, "/description", "a security group's description", description);
        }
        if let Known::Is(name) = self.name.known()
            && name.starts_with("sg-")
        {
            scope.refuse(
                Problem::new(format!("`{name}` cannot be a security group's name"))
                    .at("/name")
                    .help("begin it with something else than `sg-`, as ids begin")
                    .source(PAGE),
            );
        }
    }
}

/// Names and descriptions of security groups and of their rules. The provider judges one that comes later, when it
/// is planned.
pub(super) fn check_text(scope: &mut Scope<'_>, property: &str, what: &str, text: &Value<String>) {
    let Known::Is(text) = text.known() else { return };
    let legal = |c: char| c.is_ascii_alphanumeric() || " ._-:/()#,@[]+=&;{}!$*".contains(c);
    if !(1..=255).contains(&text.len()) || !text.chars().all(legal) {
        scope.refuse(
            Problem::new(format!("`{text}` cannot be {what}"))
                .at(property)
                .help("write 1 to 255 letters, digits, spaces or `._-:/()#,@[]+=&;{}!$*`")
                .source(PAGE),
        );
    }
}

impl Construct for SecurityGroup {
    type Handle = SecurityGroupHandle;

    fn build(self, place: Place<'_, '_>) -> SecurityGroupHandle {
        let mut scope = place.construct(SecurityGroupHandle::KIND);
        self.check(&mut scope);
        let mut group = ec2::SecurityGroup::new().name(self.name).vpc_id(self.vpc);
        if let Some(description) = self.description {
            group = group.description(description);
        }
        if self.outbound == Outbound::Nothing {
            group = group.argument("egress", Term::List(vec![]));
        }
        let group = scope.add(THIS, group);
        scope.export("arn", group.arn());
        scope.export("id", group.id());
        let handle = SecurityGroupHandle { node: scope.node(), outbound: self.outbound };
        if self.outbound == Outbound::Everything {
            let everything = ec2::VpcSecurityGroupEgressRule::new()
                .security_group_id(group.id())
                .cidr_ipv4("0.0.0.0/0")
                .ip_protocol("-1");
            scope.add("everything", everything);
        }
        handle
    }
}

/// A security group of a stack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SecurityGroupHandle {
    node: NodeId,
    pub(super) outbound: Outbound,
}

impl Handle for SecurityGroupHandle {
    const KIND: &'static str = "security_group";

    fn node(self) -> NodeId {
        self.node
    }
}

impl SecurityGroupHandle {
    /// The group's ARN.
    pub fn arn(self) -> Ref<String> {
        Of::Handle(self).export("arn")
    }

    /// The group's id.
    pub fn id(self) -> Ref<String> {
        Of::Handle(self).export("id")
    }

    /// Lets the members of a group, of this one too, reach this group's: see [`Group::allow_from`].
    pub fn allow_from(self, source: impl Into<Group>, traffic: impl Into<Traffic>) -> Rule {
        Group::from(self).allow_from(source, traffic)
    }

    /// Lets a range of addresses reach the group's members: see [`Group::allow_from_cidr`].
    pub fn allow_from_cidr(self, range: impl Into<Value<String>>, traffic: impl Into<Traffic>) -> Rule {
        Group::from(self).allow_from_cidr(range, traffic)
    }

    /// Lets a managed list of ranges reach the group's members, by the list's id.
    pub fn allow_from_prefix_list(self, list: impl Into<Value<String>>, traffic: impl Into<Traffic>) -> Rule {
        Group::from(self).allow_from_prefix_list(list, traffic)
    }

    /// Lets the group's members reach a range of addresses: see [`Group::allow_to_cidr`].
    pub fn allow_to_cidr(self, range: impl Into<Value<String>>, traffic: impl Into<Traffic>) -> Rule {
        Group::from(self).allow_to_cidr(range, traffic)
    }

    /// Lets the group's members reach a managed list of ranges, such as that of a gateway endpoint, by its id.
    pub fn allow_to_prefix_list(self, list: impl Into<Value<String>>, traffic: impl Into<Traffic>) -> Rule {
        Group::from(self).allow_to_prefix_list(list, traffic)
    }
}
