//! Which module a type belongs to.

mod aws;

pub(crate) use aws::AWS;

/// A module of the generated crate, with the types in it.
///
/// A type belongs to the service whose own name its name is or begins with (`iam`: `iam_role`), or to the one
/// that lists it. The longest match wins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Service {
    /// The module's and the cargo feature's name.
    pub name: &'static str,
    /// Types that do not begin with the service's name. An entry that ends in `_` or `/` is how types begin,
    /// another one is a whole name. What stands before `/` is left out of the name in the module:
    /// `api_gateway_/` makes `api_gateway_stage` a `Stage`, `cognito_/user_` makes `cognito_user_pool` a
    /// `UserPool`, `db_` makes `db_instance` a `DbInstance`.
    pub also: &'static [&'static str],
}

/// How a provider's types are spread over modules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grouping {
    /// The types of these services are generated, a module each.
    Services(&'static [Service]),
    /// Every type is generated, in the crate's root.
    Together,
}

/// A type's module and its name there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Placed<'n> {
    pub(crate) module: &'static str,
    pub(crate) short: &'n str,
}

/// The module of [`Grouping::Together`].
pub(crate) const TOGETHER: &str = "types";

impl Grouping {
    /// Where a type belongs; `None` where it is not generated.
    pub(crate) fn place<'n>(self, provider: &str, type_name: &'n str) -> Option<Placed<'n>> {
        let rest =
            type_name.strip_prefix(provider).and_then(|rest| rest.strip_prefix('_')).unwrap_or(type_name);
        match self {
            Grouping::Together => Some(Placed { module: TOGETHER, short: rest }),
            Grouping::Services(services) => {
                let matches = services.iter().filter_map(|service| Some((service, service.matches(rest)?)));
                let (service, found) = matches.max_by_key(|(_, found)| found.length)?;
                Some(Placed { module: service.name, short: rest.get(found.left_out..)? })
            }
        }
    }
}

/// How much of a type's name a service explains, and how much of it is left out.
struct Match {
    length: usize,
    left_out: usize,
}

impl Service {
    fn matches(&self, rest: &str) -> Option<Match> {
        let own = match rest.strip_prefix(self.name) {
            Some("") => Some(Match { length: rest.len(), left_out: 0 }),
            Some(tail) if tail.starts_with('_') && tail.len() > 1 => {
                Some(Match { length: self.name.len() + 1, left_out: self.name.len() + 1 })
            }
            _ => None,
        };
        let listed = self.also.iter().filter_map(|entry| listed(entry, rest));
        own.into_iter().chain(listed).max_by_key(|found| found.length)
    }
}

fn listed(entry: &str, rest: &str) -> Option<Match> {
    let (left_out, kept) = entry.split_once('/').unwrap_or(("", entry));
    let tail = rest.strip_prefix(left_out)?.strip_prefix(kept)?;
    let whole = !entry.ends_with(['_', '/']);
    let length = left_out.len() + kept.len();
    (tail.is_empty() == whole).then_some(Match { length, left_out: left_out.len() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(type_name: &str) -> Option<(&'static str, &str)> {
        Grouping::Services(AWS).place("aws", type_name).map(|placed| (placed.module, placed.short))
    }

    #[test]
    fn the_longest_match_decides() {
        assert_eq!(place("aws_cloudwatch_log_group"), Some(("logs", "group")));
        assert_eq!(place("aws_cloudwatch_metric_alarm"), Some(("cloudwatch", "metric_alarm")));
        assert_eq!(place("aws_cloudwatch_query_definition"), Some(("logs", "query_definition")));
        assert_eq!(place("aws_cognito_identity_provider"), Some(("cognitoidp", "identity_provider")));
        assert_eq!(place("aws_cognito_identity_pool"), Some(("cognitoidentity", "pool")));
    }

    #[test]
    fn a_type_named_as_its_service_keeps_its_name() {
        assert_eq!(place("aws_cloudtrail"), Some(("cloudtrail", "cloudtrail")));
        assert_eq!(place("aws_service"), Some(("meta", "service")));
        assert_eq!(place("aws_lb"), Some(("elbv2", "lb")));
    }

    #[test]
    fn an_unknown_type_has_no_module() {
        assert_eq!(place("aws_unheard_of"), None);
        assert_eq!(place("aws_iam_"), None);
        assert_eq!(place(""), None);
    }
}
