//! The policies that allow what is needed: statements by service and phase, in as many documents as have to be.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::need::{Condition, Need, Phase};
use crate::iam::pattern;

/// So many characters a managed policy may have, white space not counted (IAM user guide, "IAM and AWS STS quotas").
pub const MAX_CHARACTERS: usize = 6_144;

/// A policy as IAM reads it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Policy {
    /// The version of the language.
    version: &'static str,
    /// The statements.
    pub statement: Vec<Statement>,
}

/// A statement that allows something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Statement {
    /// Its identifier, with service and phase.
    pub sid: String,
    effect: &'static str,
    /// The actions.
    pub action: BTreeSet<String>,
    /// The resources.
    pub resource: BTreeSet<String>,
    /// The conditions, by operator and key.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub condition: BTreeMap<&'static str, BTreeMap<&'static str, BTreeSet<String>>>,
}

/// What is allowed under one condition.
type Scope = (String, Phase, Option<Condition>);

/// The policies that allow what is needed in some phases; none where nothing is.
#[must_use]
pub fn policies(needs: &[Need], phases: &[Phase]) -> Vec<Policy> {
    let wanted = needs.iter().filter(|need| phases.contains(&need.phase));
    let mut policies: Vec<Policy> = Vec::new();
    for statement in named(statements(wanted)).into_iter().flat_map(parts) {
        match policies.last_mut() {
            Some(last) if characters(last).saturating_add(characters(&statement)) < MAX_CHARACTERS => {
                last.statement.push(statement);
            }
            _ => policies.push(Policy { version: "2012-10-17", statement: vec![statement] }),
        }
    }
    policies
}

/// What each resource is needed for, put together where it is the same.
fn statements<'n>(
    needs: impl Iterator<Item = &'n Need>,
) -> BTreeMap<(Scope, BTreeSet<String>), BTreeSet<String>> {
    let mut by_action: BTreeMap<(&str, Option<&Condition>), BTreeMap<&str, Phase>> = BTreeMap::new();
    for need in needs {
        let resources = by_action.entry((&need.action, need.condition.as_ref())).or_default();
        for resource in &need.resources {
            let phase = resources.entry(resource).or_insert(need.phase);
            *phase = need.phase.min(*phase);
        }
    }
    let mut by_resource: BTreeMap<(Scope, &str), BTreeSet<String>> = BTreeMap::new();
    for ((action, condition), resources) in by_action {
        let (service, _) = action.split_once(':').unwrap_or((action, ""));
        let wide: Vec<(&str, Phase)> = resources
            .iter()
            .filter(|(resource, _)| pattern::is_wild(resource))
            .map(|(resource, phase)| (*resource, *phase))
            .collect();
        for (resource, phase) in &resources {
            if !is_covered(resource, *phase, &wide) {
                let scope = (service.to_owned(), *phase, condition.cloned());
                by_resource.entry((scope, *resource)).or_default().insert(action.to_owned());
            }
        }
    }
    let mut statements: BTreeMap<(Scope, BTreeSet<String>), BTreeSet<String>> = BTreeMap::new();
    for ((scope, resource), actions) in by_resource {
        statements.entry((scope, actions)).or_default().insert(resource.to_owned());
    }
    statements
}

/// Whether a pattern among the resources of the action stands for this one too, in no later phase.
fn is_covered(resource: &str, phase: Phase, wide: &[(&str, Phase)]) -> bool {
    wide.iter()
        .any(|(other, earlier)| *other != resource && *earlier <= phase && pattern::matches(other, resource))
}

/// Statements with identifiers: the service and the phase, and a number where there are several.
fn named(statements: BTreeMap<(Scope, BTreeSet<String>), BTreeSet<String>>) -> Vec<Statement> {
    let mut used: BTreeMap<String, usize> = BTreeMap::new();
    let named = statements.into_iter().map(|(((service, phase, condition), action), resource)| {
        let base = format!("{}{}", identifier(&service), phase.name());
        let count = used.entry(base.clone()).or_default();
        *count = count.saturating_add(1);
        let sid = if *count == 1 { base } else { format!("{base}{count}") };
        let condition =
            condition.into_iter().map(|one| (one.operator, BTreeMap::from([(one.key, one.values)])));
        Statement { sid, effect: "Allow", action, resource, condition: condition.collect() }
    });
    named.collect()
}

/// Letters and digits only: IAM allows no others.
fn identifier(service: &str) -> String {
    let words = service.split(|letter: char| !letter.is_ascii_alphanumeric());
    let capital = |word: &str| {
        let mut letters = word.chars();
        letters
            .next()
            .map(|first| first.to_ascii_uppercase().to_string() + letters.as_str())
            .unwrap_or_default()
    };
    words.map(capital).collect()
}

/// A statement that is too large for a policy, in parts of fewer resources each.
fn parts(statement: Statement) -> Vec<Statement> {
    let empty = Policy { version: "2012-10-17", statement: Vec::new() };
    let room = MAX_CHARACTERS.saturating_sub(characters(&empty));
    if characters(&statement) < room || statement.resource.len() < 2 {
        return vec![statement];
    }
    let half = statement.resource.len().div_euclid(2);
    let of = |resource: BTreeSet<String>, end: &str| Statement {
        sid: format!("{}{end}", statement.sid),
        resource,
        ..statement.clone()
    };
    let first = statement.resource.iter().take(half).cloned().collect();
    let second = statement.resource.iter().skip(half).cloned().collect();
    [of(first, "A"), of(second, "B")].into_iter().flat_map(parts).collect()
}

/// How long something is without white space; one more for the comma after it.
fn characters(part: &impl Serialize) -> usize {
    serde_json::to_string(part).map_or(MAX_CHARACTERS, |text| text.chars().count().saturating_add(1))
}

impl Policy {
    /// How many of the characters that a managed policy may have it has.
    #[must_use]
    pub fn characters(&self) -> usize {
        characters(self).saturating_sub(1)
    }
}
