//! The availability zones that a VPC is in.

use synth_aws::ec2;
use synth_core::{Known, Scope, Value};

/// Availability zones, in the order in which their subnets are made: add another one at the end.
#[derive(Clone, Debug)]
pub struct Zones(Which);

#[derive(Clone, Debug)]
enum Which {
    Named(Vec<Value<String>>),
    First(usize),
}

impl<V: Into<Value<String>>, const N: usize> From<[V; N]> for Zones {
    fn from(names: [V; N]) -> Self {
        Zones(Which::Named(names.into_iter().map(Into::into).collect()))
    }
}

impl Zones {
    /// The first so many zones of the provider's region that everybody has: not those that somebody must opt in to,
    /// nor Local Zones.
    pub fn first(count: usize) -> Self {
        Zones(Which::First(count))
    }

    pub(super) fn count(&self) -> usize {
        match &self.0 {
            Which::Named(names) => names.len(),
            Which::First(count) => *count,
        }
    }

    pub(super) fn named_twice(&self) -> Option<&str> {
        let Which::Named(names) = &self.0 else { return None };
        let known: Vec<&str> = names
            .iter()
            .filter_map(|name| match name.known() {
                Known::Is(name) => Some(name),
                // AWS tells which zones variables name.
                Known::Later => None,
            })
            .collect();
        known
            .iter()
            .enumerate()
            .find(|(at, name)| known.iter().take(*at).any(|other| other == *name))
            .map(|(_, name)| *name)
    }

    /// The zones' names, of a data source where they are not written out.
    pub(super) fn names(&self, scope: &mut Scope<'_>) -> Vec<Value<String>> {
        match &self.0 {
            Which::Named(names) => names.clone(),
            Which::First(count) => {
                let usual = ec2::data::AvailabilityZonesFilter::new()
                    .name("opt-in-status")
                    .values(["opt-in-not-required"]);
                let zones = ec2::data::AvailabilityZones::new().state("available").filter(usual);
                let zones = scope.add("zones", zones);
                (0..*count).map(|at| zones.names().at(at).into()).collect()
            }
        }
    }
}
