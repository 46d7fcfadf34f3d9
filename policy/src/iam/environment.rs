//! Names that say of which environment something is.

use super::accounts::is_account;
use super::arn::Arn;
use super::pattern;
use crate::node::Node;
use crate::terraform::{Block, Kind};
use crate::text::Text;

/// Which environment a name says it is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Environment {
    /// The one that counts.
    Production,
    /// Any other.
    Other,
}

const PRODUCTION: [&str; 4] = ["live", "prd", "prod", "production"];

const OTHER: [&str; 14] = [
    "dev",
    "develop",
    "development",
    "integration",
    "nonprod",
    "preprod",
    "qa",
    "sandbox",
    "stage",
    "staging",
    "stg",
    "test",
    "testing",
    "uat",
];

impl Environment {
    /// The environment that a name has as one of its words, and the name without that word and without accounts;
    /// nothing if it has none or several.
    #[must_use]
    pub fn of(name: &str) -> Option<(Environment, String)> {
        let mut found = None;
        let mut rest = String::new();
        for part in name.split_inclusive(|letter: char| !letter.is_ascii_alphanumeric()) {
            let word = part.trim_end_matches(|letter: char| !letter.is_ascii_alphanumeric());
            let after = part.get(word.len()..).unwrap_or_default();
            let lower = word.to_ascii_lowercase();
            let environment = if PRODUCTION.contains(&lower.as_str()) {
                Some(Environment::Production)
            } else if OTHER.contains(&lower.as_str()) {
                Some(Environment::Other)
            } else {
                None
            };
            match environment {
                Some(_) if found.is_some() => return None,
                Some(environment) => found = Some(environment),
                None if is_account(word) => {}
                None => rest.push_str(word),
            }
            rest.push_str(after);
        }
        found.map(|environment| (environment, rest))
    }
}

/// Two names that differ in nothing but the environment: production's and another.
#[must_use]
pub fn pair<'n>(names: &[&'n str]) -> Option<(&'n str, &'n str)> {
    let named: Vec<_> = names.iter().filter_map(|name| Some((*name, Environment::of(name)?))).collect();
    named.iter().find_map(|(one, (environment, rest))| {
        let is_other = |(_, (other, others)): &&(&str, (Environment, String))| {
            *other == Environment::Other && others == rest
        };
        let other =
            (*environment == Environment::Production).then(|| named.iter().find(is_other)).flatten()?;
        Some((*one, other.0))
    })
}

/// The names of declared resources that the resource part of an ARN with a wildcard reaches.
#[must_use]
pub fn names_matched<'b>(text: &Text, blocks: &'b [Block]) -> Vec<&'b str> {
    let Some(arn) = Arn::of(text) else {
        return Vec::new();
    };
    let part = |range| text.as_str().get(range).unwrap_or_default();
    let (service, resource) = (part(arn.service), part(arn.resource));
    let name = if service == "s3" {
        resource.split('/').next().unwrap_or_default()
    } else {
        resource.split_once([':', '/']).map_or(resource, |(_, name)| name)
    };
    // All of a type is another matter.
    let is_partial = pattern::is_wild(name) && name.chars().any(char::is_alphanumeric);
    if !is_partial {
        return Vec::new();
    }
    let resources = blocks.iter().filter(|block| block.kind == Kind::Resource);
    let of_service = resources.filter(|block| super::replacement::is_made_for(block.type_name(), service));
    let names = of_service.flat_map(|block| {
        let argument = |name: &str| block.body.member(name).map(|member| &member.value);
        ["bucket", "name"].into_iter().filter_map(argument).filter_map(Node::literal).collect::<Vec<_>>()
    });
    names.filter(|own| pattern::matches(name, own)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_environment_is_a_word_of_the_name() {
        let of = |name| Environment::of(name).map(|(environment, _)| environment);
        assert_eq!(of("arn:aws:s3:::shop-Prod/*"), Some(Environment::Production));
        assert_eq!(of("shop/staging/db"), Some(Environment::Other));
        for name in ["shop", "product-latest", "", "prod-test", "𝒑rod"] {
            assert_eq!(of(name), None, "{name}");
        }
    }

    #[test]
    fn names_of_two_environments_are_alike_but_for_that() {
        assert_eq!(pair(&["a-prod-1", "b-dev-1", "a-dev-1"]), Some(("a-prod-1", "a-dev-1")));
        assert_eq!(pair(&["a-qa-1", "a-dev-1"]), None);
    }
}
