//! The smallest policy that is sufficient.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::principal::Need;

/// A policy that allows just what is needed. Its fields are in the order in which policies are written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Sufficient {
    version: &'static str,
    /// Its statements: those of one service on the same resources together.
    pub statement: Vec<Allowing>,
}

/// A statement of such a policy.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Allowing {
    effect: &'static str,
    /// The actions, sorted.
    pub action: Vec<String>,
    /// The resources, sorted.
    pub resource: BTreeSet<String>,
    /// Values of condition keys by operator.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub condition: BTreeMap<&'static str, BTreeMap<String, String>>,
}

impl Sufficient {
    /// Its statements as JSON, one after the other.
    #[must_use]
    pub fn statements(&self) -> String {
        let written = self.statement.iter().filter_map(|statement| serde_json::to_string(statement).ok());
        written.collect::<Vec<_>>().join(", ")
    }
}

/// The policy that allows just these needs, in the fewest statements.
#[must_use]
pub fn sufficient<'n>(needs: impl IntoIterator<Item = &'n Need>) -> Sufficient {
    let mut resources: BTreeMap<_, BTreeSet<String>> = BTreeMap::new();
    for need in needs {
        for action in &need.actions {
            let key = (action.as_str(), need.context.as_slice());
            resources.entry(key).or_default().insert(need.resource.written().to_owned());
        }
    }
    let mut together: BTreeMap<_, Vec<String>> = BTreeMap::new();
    for ((action, context), resources) in resources {
        let service = action.split(':').next().unwrap_or_default();
        together.entry((service, context, resources)).or_default().push(action.to_owned());
    }
    let statement = together.into_iter().map(|((_, context, resource), action)| {
        let tests: BTreeMap<String, String> = context.iter().cloned().collect();
        let condition = if tests.is_empty() { BTreeMap::new() } else { [("StringEquals", tests)].into() };
        Allowing { effect: "Allow", action, resource, condition }
    });
    Sufficient { version: "2012-10-17", statement: statement.collect() }
}
