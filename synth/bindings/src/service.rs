//! Which module a resource type belongs to: the provider's own services.

/// A module of the generated crate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Service {
    /// The module's and the cargo feature's name.
    pub name: &'static str,
    /// What its types begin with, after the provider's name and `_`; the longest prefix of all services wins.
    pub prefixes: &'static [&'static str],
}

/// How a provider's types are spread over modules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grouping {
    /// Only the types of these services are generated.
    Services(&'static [Service]),
    /// Every type is generated, in one module.
    Together,
}

/// The services of hashicorp/aws that are generated, named as the provider's packages are
/// (`names/data/names_data.hcl` of the provider).
pub(crate) const AWS: &[Service] = &[
    Service { name: "apprunner", prefixes: &["apprunner_"] },
    Service { name: "cloudwatch", prefixes: &["cloudwatch_"] },
    Service { name: "ecr", prefixes: &["ecr_"] },
    Service { name: "events", prefixes: &["cloudwatch_event_"] },
    Service { name: "iam", prefixes: &["iam_"] },
    Service { name: "logs", prefixes: &["cloudwatch_log_", "cloudwatch_query_definition"] },
    Service { name: "secretsmanager", prefixes: &["secretsmanager_"] },
    Service { name: "sns", prefixes: &["sns_"] },
];

impl Grouping {
    /// The module of a type and the rest of its name; `None` where it is not generated.
    pub(crate) fn place<'n>(self, provider: &str, type_name: &'n str) -> Option<(&'static str, &'n str)> {
        let rest =
            type_name.strip_prefix(provider).and_then(|rest| rest.strip_prefix('_')).unwrap_or(type_name);
        match self {
            Grouping::Together => Some(("all", rest)),
            Grouping::Services(services) => {
                let matching = services.iter().flat_map(|service| {
                    service
                        .prefixes
                        .iter()
                        .filter(|prefix| rest.starts_with(**prefix))
                        .map(|p| (service.name, *p))
                });
                let (service, prefix) = matching.max_by_key(|(_, prefix)| prefix.len())?;
                let short = rest.strip_prefix(prefix).filter(|short| !short.is_empty()).unwrap_or(rest);
                Some((service, short))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_prefix_decides() {
        let place = |name| Grouping::Services(AWS).place("aws", name);
        assert_eq!(place("aws_cloudwatch_log_group"), Some(("logs", "group")));
        assert_eq!(place("aws_cloudwatch_metric_alarm"), Some(("cloudwatch", "metric_alarm")));
        assert_eq!(place("aws_cloudwatch_query_definition"), Some(("logs", "cloudwatch_query_definition")));
        assert_eq!(place("aws_unheard_of"), None);
    }
}
