//! A hosted zone of Amazon Route 53.

use synth_aws::route53;
use synth_core::{
    Construct, Handle, Known, List, MetaArguments as _, NodeId, Of, Place, Problem, Ref, Scope, THIS, Term,
    Tree, Value,
};

use super::name::Named;

/// A public hosted zone: the names below one name. Whoever has the name above points to its name servers.
#[derive(Clone, Debug)]
pub struct Zone {
    name: Value<String>,
    comment: Option<Value<String>>,
}

impl Zone {
    /// A zone of that name: `example.com`, without a dot at the end.
    pub fn new(name: impl Into<Value<String>>) -> Self {
        Zone { name: name.into(), comment: None }
    }

    /// What the zone is for.
    #[must_use]
    pub fn comment(mut self, comment: impl Into<Value<String>>) -> Self {
        self.comment = Some(comment.into());
        self
    }
}

impl Construct for Zone {
    type Handle = ZoneHandle;

    fn build(self, place: Place<'_, '_>) -> ZoneHandle {
        let mut scope = place.construct(ZoneHandle::KIND);
        Named::Zone.check(&mut scope, "/name", &self.name);
        let condition = Named::Zone.condition(&self.name);
        let mut zone = route53::Zone::new().name(self.name);
        if let Some(comment) = self.comment {
            zone = zone.comment(comment);
        }
        if let Some((condition, message)) = condition {
            zone = zone.precondition(condition, message);
        }
        let zone = scope.add(THIS, zone);
        offer(&mut scope, [zone.arn(), zone.zone_id(), zone.name()], zone.name_servers())
    }
}

/// A public hosted zone that is there already: read, never changed.
#[derive(Clone, Debug)]
pub struct ExistingZone(Value<String>);

impl ExistingZone {
    /// The zone of that name in the account.
    pub fn new(name: impl Into<Value<String>>) -> Self {
        ExistingZone(name.into())
    }
}

impl Construct for ExistingZone {
    type Handle = ZoneHandle;

    fn build(self, place: Place<'_, '_>) -> ZoneHandle {
        let mut scope = place.construct(ZoneHandle::KIND);
        Named::Zone.check(&mut scope, "/name", &self.0);
        let zone = scope.add(THIS, route53::data::Zone::new().name(self.0).private_zone(false));
        offer(&mut scope, [zone.arn(), zone.zone_id(), zone.name()], zone.name_servers())
    }
}

fn offer(scope: &mut Scope<'_>, [arn, id, name]: [Ref<String>; 3], servers: Ref<List<String>>) -> ZoneHandle {
    scope.export("arn", arn);
    scope.export("id", id);
    scope.export("name", name);
    scope.export("name_servers", servers);
    ZoneHandle(scope.node())
}

/// A hosted zone of a stack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ZoneHandle(NodeId);

impl Handle for ZoneHandle {
    const KIND: &'static str = "zone";

    fn node(self) -> NodeId {
        self.0
    }
}

impl ZoneHandle {
    /// The zone's ARN.
    pub fn arn(self) -> Ref<String> {
        Of::Handle(self).export("arn")
    }

    /// The zone's id: `Z2FDTNDATAQYW2`.
    pub fn id(self) -> Ref<String> {
        Of::Handle(self).export("id")
    }

    /// The zone's name.
    pub fn name(self) -> Ref<String> {
        Of::Handle(self).export("name")
    }

    /// The name servers that the zone above must point to.
    pub fn name_servers(self) -> Ref<List<String>> {
        Of::Handle(self).export("name_servers")
    }

    /// Refuses a name outside of the zone, which the provider would silently write the zone's name behind
    /// (`aws_route53_record`, argument `name`).
    pub(crate) fn check(self, scope: &mut Scope<'_>, property: &str, name: &Value<String>) {
        let (Known::Is(name), Known::Is(zone)) = (name.known(), self.known_name(scope.look())) else {
            return;
        };
        if name != zone && !name.strip_suffix(zone).is_some_and(|rest| rest.ends_with('.')) {
            let problem = Problem::new(format!("`{name}` is not a name of the zone `{zone}`"))
                .at(property)
                .help(format!("write the whole name, such as `{name}.{zone}`, or take the zone that it is in"))
                .source(
                    "Amazon Route 53 Developer Guide, \"Values that are common for all routing policies\": Record name",
                );
            scope.refuse(problem);
        }
    }

    /// The zone's name, where it is written out.
    pub(super) fn known_name(self, tree: &Tree) -> Known<&str> {
        match tree.argument(self, "aws_route53_zone", "name") {
            Some(Term::Text(name)) => Known::Is(name),
            Some(_) | None => Known::Later,
        }
    }
}
