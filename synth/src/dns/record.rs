//! A record of a hosted zone.

use std::net::Ipv4Addr;

use synth_aws::route53;
use synth_core::{
    Construct, Known, List, MetaArguments as _, Number, Place, Problem, Scope, Set, THIS, Value, functions,
};

use super::name::Named;
use super::zone::ZoneHandle;
use crate::limit::{Limit, Numbers};

/// What a name of a hosted zone stands for.
#[derive(Clone, Debug)]
pub struct Record {
    zone: ZoneHandle,
    name: Value<String>,
    kind: Kind,
    values: Value<Set<String>>,
    seconds: Value<Number>,
}

/// The types that this construct writes; any other is `aws::route53::Record`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    A,
    Cname,
    Ns,
    Txt,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Kind::A => "A",
            Kind::Cname => "CNAME",
            Kind::Ns => "NS",
            Kind::Txt => "TXT",
        }
    }
}

impl Record {
    fn new(zone: ZoneHandle, name: impl Into<Value<String>>, kind: Kind, values: Value<Set<String>>) -> Self {
        Record { zone, name: name.into(), kind, values, seconds: 300.into() }
    }

    /// Addresses of a name.
    pub fn a(
        zone: ZoneHandle,
        name: impl Into<Value<String>>,
        addresses: impl IntoIterator<Item = Ipv4Addr>,
    ) -> Self {
        let addresses = addresses.into_iter().map(|address| address.to_string());
        Record::new(zone, name, Kind::A, addresses.collect())
    }

    /// Another name for a name. The zone's own name cannot have one: use [`super::Alias`].
    pub fn cname(zone: ZoneHandle, name: impl Into<Value<String>>, other: impl Into<Value<String>>) -> Self {
        Record::new(zone, name, Kind::Cname, [other.into()].into())
    }

    /// Hands a name below the zone over to another zone's name servers.
    pub fn delegation(
        zone: ZoneHandle,
        name: impl Into<Value<String>>,
        name_servers: impl Into<Value<List<String>>>,
    ) -> Self {
        let servers: Value<List<String>> = name_servers.into();
        Record::new(zone, name, Kind::Ns, Value::of(servers.into_term()))
    }

    /// Texts about a name, without quotes around them.
    pub fn txt<T: Into<Value<String>>>(
        zone: ZoneHandle,
        name: impl Into<Value<String>>,
        texts: impl IntoIterator<Item = T>,
    ) -> Self {
        Record::new(zone, name, Kind::Txt, texts.into_iter().map(Into::into).collect())
    }

    fn check_kind(&self, scope: &mut Scope<'_>) {
        let (Kind::Cname, Known::Is(name)) = (self.kind, self.name.known()) else { return };
        if self.zone.known_name(scope.look()) == Known::Is(name) {
            scope.refuse(
                Problem::new(format!(
                    "`{name}` is the zone's own name, and cannot be another name for anything"
                ))
                .at("/name")
                .help("write an `Alias` of a distribution, a service or a load balancer")
                .source("Amazon Route 53 Developer Guide, \"Choosing between alias and non-alias records\""),
            );
        }
    }

    /// Seconds for which resolvers keep the answer; 300 where nothing is said.
    #[must_use]
    pub fn seconds(mut self, seconds: impl Into<Value<Number>>) -> Self {
        self.seconds = seconds.into();
        self
    }
}

impl Construct for Record {
    type Handle = ();

    fn build(self, place: Place<'_, '_>) {
        let mut scope = place.construct("record");
        Named::Record.check(&mut scope, "/name", &self.name);
        self.zone.check(&mut scope, "/name", &self.name);
        self.check_kind(&mut scope);
        let limit = Limit {
            property: "/seconds",
            what: "the seconds for which an answer is kept",
            source: "RFC 2181, section 8",
        };
        // A TTL is a number of 31 bits (the same section).
        let accepted = Numbers::Range(0..=i64::from(i32::MAX));
        let of_seconds = limit.number(&mut scope, &self.seconds, &accepted, |seconds| {
            format!("an answer cannot be kept for {seconds} seconds")
        });
        let mut record = route53::Record::new()
            .zone_id(self.zone.id())
            .name(&self.name)
            .type_(self.kind.name())
            .ttl(self.seconds)
            .records(self.values);
        for (condition, message) in conditions(self.zone, &self.name) {
            record = record.precondition(condition, message);
        }
        scope.add(THIS, of_seconds.on(record));
    }
}

/// What Terraform checks of a record's name, where it is not known before.
pub(super) fn conditions(zone: ZoneHandle, name: &Value<String>) -> Vec<(Value<bool>, String)> {
    let Some(legal) = Named::Record.condition(name) else { return Vec::new() };
    let inside = functions::endswith(name, zone.name());
    vec![legal, (inside, "The record's name must end in the name of its zone.".to_owned())]
}
