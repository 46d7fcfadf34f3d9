//! The actions that a pattern stands for.

use super::catalogue::{Service, service, services};
use super::pattern;

pub use super::catalogue::{Action, Level, Scope};

/// The actions a pattern such as `s3:Get*` stands for; nothing if the service is unknown.
#[must_use]
pub fn matching(pattern: &str) -> Option<Vec<&'static Action>> {
    let (prefix, name) = pattern.split_once(':')?;
    let service = service(prefix)?;
    if !pattern::is_wild(name) {
        return Some(service.action(name).into_iter().collect());
    }
    let actions = &service.actions;
    Some(actions.iter().filter(|action| pattern::matches(name, action.name)).collect())
}

/// The actions of one service that a pattern such as `s3:Get*` stands for, with the service; nothing if the service is
/// unknown or a pattern itself.
#[must_use]
pub fn of_service(pattern: &str) -> Option<(&'static Service, Vec<&'static Action>)> {
    let (prefix, _) = pattern.split_once(':')?;
    Some((service(prefix)?, matching(pattern)?))
}

/// The full names of the actions a pattern stands for, such as `s3:GetObject`; the service may be a pattern too.
pub fn named(pattern: &str) -> impl Iterator<Item = String> + use<> {
    let (wanted, name) = pattern.split_once(':').unwrap_or(("*", pattern));
    let name = name.to_owned();
    let found: Vec<&'static Service> = match service(wanted) {
        Some(one) => vec![one],
        None => services().filter(|service| pattern::matches(wanted, service.prefix)).collect(),
    };
    found.into_iter().flat_map(move |service| {
        let of_name = service.actions.iter().filter(|action| pattern::matches(&name, action.name));
        of_name.map(|action| format!("{}:{}", service.prefix, action.name)).collect::<Vec<String>>()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_without_case() {
        assert_eq!(matching("SQS:sendmessage").unwrap()[0].name, "SendMessage");
    }

    #[test]
    fn a_pattern_stands_for_every_action_that_it_matches() {
        assert!(matching("s3:*").unwrap().len() > 100);
        assert!(matching("s3:Frobnicate*").unwrap().is_empty());
        assert!(matching("frobnicate:*").is_none());
    }

    #[test]
    fn a_pattern_may_stand_for_actions_of_several_services() {
        let found: Vec<String> = named("s?s:Send*").collect();
        assert!(
            found.contains(&"sqs:SendMessage".to_owned()) && found.iter().all(|name| name.contains(":Send"))
        );
        assert_eq!(named("*").next().as_deref(), Some("a2c:GetContainerizationJobDetails"));
    }
}
