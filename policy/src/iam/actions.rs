//! The actions that a pattern stands for.

use super::catalogue::service;
use super::pattern;

pub use super::catalogue::{Action, Level, Scope};

/// The actions a pattern such as `s3:Get*` stands for; nothing if the service is unknown.
#[must_use]
pub fn matching(pattern: &str) -> Option<Vec<&'static Action>> {
    let (prefix, name) = pattern.split_once(':')?;
    let actions = &service(prefix)?.actions;
    Some(actions.iter().filter(|action| pattern::matches(name, action.name)).collect())
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
}
