//! Where things stand in a network.

use synth_core::{Problem, Scope, Value};

use super::rule::Group;

/// Where something stands: the subnets that it may have an address in, and the security groups that it is in.
#[derive(Clone, Debug)]
pub struct Placement {
    pub(crate) subnets: Vec<Value<String>>,
    pub(crate) groups: Vec<Value<String>>,
}

impl Placement {
    /// In these subnets, by their ids, and in these groups.
    pub fn new<S: Into<Value<String>>, G: Into<Group>>(
        subnets: impl IntoIterator<Item = S>,
        groups: impl IntoIterator<Item = G>,
    ) -> Self {
        Placement {
            subnets: subnets.into_iter().map(Into::into).collect(),
            groups: groups.into_iter().map(|group| group.into().id()).collect(),
        }
    }

    /// Refuses fewer subnets than a service wants; without a group, AWS would put it into the VPC's own.
    pub(crate) fn check(&self, scope: &mut Scope<'_>, least_subnets: usize, page: &'static str) {
        if self.subnets.len() < least_subnets {
            scope.refuse(
                Problem::new(format!("{} subnets are too few", self.subnets.len()))
                    .at("/placement")
                    .help(format!("give {least_subnets} or more, each in another zone"))
                    .source(page),
            );
        }
        if self.groups.is_empty() {
            scope.refuse(
                Problem::new("no security group says what may reach it")
                    .at("/placement")
                    .help("add a `SecurityGroup` and place it in that"),
            );
        }
    }
}
