//! ARNs that name nothing: a wildcard for the account, the region, or all of a type.

use std::collections::BTreeMap;
use std::fmt;

use super::catalogue::{ResourceType, Service, service};
use super::grant::{self, Named};
use super::pattern;
use crate::text::Text;

/// In what way an ARN is wide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wide {
    /// Every service.
    Service,
    /// Every region.
    Region,
    /// Every account.
    Account,
    /// Every resource of a type, such as `queue`.
    Type(&'static str),
    /// Every resource, of a type that nobody knows.
    AnyType,
}

impl fmt::Display for Wide {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Wide::Service => write!(f, "every service"),
            Wide::Region => write!(f, "every region"),
            Wide::Account => write!(f, "every account"),
            Wide::Type(name) => write!(f, "every {}", name.to_lowercase()),
            Wide::AnyType => write!(f, "every resource of its type"),
        }
    }
}

/// In which ways an ARN is wide for these actions; not at all if it is everything, which is another matter. A
/// wildcard for the partition reaches nothing more: an account is in one partition.
#[must_use]
pub fn parts(text: &Text, actions: &[Named]) -> Vec<Wide> {
    if !pattern::is_wild(text.as_str()) || grant::is_everything(text) {
        return Vec::new();
    }
    let arn = in_full(text.as_str());
    let segments: Vec<&str> = arn.splitn(6, ':').collect();
    let ["arn", _, of_service, region, account, resource] = segments[..] else {
        return Vec::new();
    };
    // Where a region has no account AWS or the public is the owner: images, models, public parameters. The ARNs
    // of service-linked roles are written so in AWS's own documentation.
    let is_of_aws = account == "aws" || (account.is_empty() && !region.is_empty());
    if is_of_aws || resource.starts_with("role/aws-service-role/") {
        return Vec::new();
    }
    let mut wide = Vec::new();
    if pattern::is_wild(of_service) {
        wide.push(Wide::Service);
    }
    if region == "*" {
        wide.push(Wide::Region);
    }
    if pattern::is_wild(account) {
        wide.push(Wide::Account);
    }
    match service(of_service) {
        Some(service) => wide.extend(types(&arn, service, actions)),
        None if names_nothing(resource) => wide.push(Wide::AnyType),
        None => {}
    }
    wide
}

/// An ARN with the segments that its final star takes in: `arn:aws:sqs:*` is `arn:aws:sqs:*:*:*`.
fn in_full(text: &str) -> String {
    let mut arn = text.to_owned();
    while arn.ends_with('*') && arn.matches(':').count() < 5 {
        arn.push_str(":*");
    }
    arn
}

/// `type/*`, `type:*` or `*`.
fn names_nothing(resource: &str) -> bool {
    let name = resource.split_once([':', '/']).map_or(resource, |(_, name)| name);
    matches!(name, "*" | "*:*" | "*/*")
}

/// The types all of whose resources an ARN reaches, of those that the actions work on; of all of the service where
/// no action is known.
fn types(arn: &str, service: &'static Service, actions: &[Named]) -> Vec<Wide> {
    let mut used: BTreeMap<(&str, &str), (&ResourceType, Vec<&Named>)> = BTreeMap::new();
    if actions.is_empty() {
        let all = service.resource_types.iter();
        used.extend(all.map(|kind| ((service.prefix, kind.name), (kind, Vec::new()))));
    }
    for named in actions {
        let targets = named.action.targets.iter();
        for kind in targets.filter_map(|target| named.service.resource_type(target.resource_type)) {
            let place = (named.service.prefix, kind.name);
            used.entry(place).or_insert((kind, Vec::new())).1.push(named);
        }
    }
    let reached = used.into_values().filter(|(kind, using)| !makes_it(using) && reaches_all(arn, kind));
    let mut names: Vec<&str> = reached.map(|(kind, _)| kind.name).collect();
    names.sort_unstable();
    names.dedup();
    names.into_iter().map(Wide::Type).collect()
}

/// Whether the actions make what nobody can name yet: EC2 gives the ids.
fn makes_it(using: &[&Named]) -> bool {
    const MAKING: [&str; 6] = ["Allocate", "Copy", "Create", "Import", "Request", "Run"];
    let makes = |named: &&Named| named.service.prefix == "ec2" && named.begins_with(&MAKING);
    !using.is_empty() && using.iter().all(makes)
}

/// Whether an ARN matches every resource of a type in its region and account.
fn reaches_all(arn: &str, kind: &ResourceType) -> bool {
    let mut segments = arn.splitn(6, ':');
    let (Some(partition), Some(region), Some(account)) = (segments.nth(1), segments.nth(1), segments.next())
    else {
        return false;
    };
    let resource = segments.next().unwrap_or_default();
    if !pattern::is_wild(resource) {
        return false;
    }
    let form = kind
        .arn
        .replace("${Partition}", partition)
        .replace("${Region}", region)
        .replace("${Account}", account);
    if form.split(':').nth(2) != arn.split(':').nth(2) {
        return false; // a type of another service, on which this one acts too
    }
    let Some((sample, has_names)) = sample(&form) else {
        return false;
    };
    // `*/reports/*` is in every bucket.
    let is_bucket_wild = kind.name == "object" && resource.starts_with("*/");
    has_names && (pattern::matches(arn, &sample) || is_bucket_wild)
}

/// The form with names that nobody has, and whether it has any.
fn sample(form: &str) -> Option<(String, bool)> {
    let mut made = String::new();
    let mut rest = form;
    let mut has_names = false;
    while let Some((before, after)) = rest.split_once("${") {
        made.push_str(before);
        made.push('\u{1}');
        has_names = true;
        rest = after.split_once('}')?.1;
    }
    made.push_str(rest);
    has_names |= made.contains(".*");
    Some((made.replace(".*", "\u{1}"), has_names))
}
