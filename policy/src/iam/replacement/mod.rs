//! What to write for `*` in `Resource`: the ARNs that the actions of a statement work on, by reference to what the
//! configuration declares.

mod table;

use std::collections::BTreeSet;

use super::catalogue::{ResourceType, Target};
use super::grant::Named;
use crate::terraform::{Block, Kind, ModulePath};
use table::{MADE, Made};

/// More than so many ARNs help nobody.
const MOST: usize = 4;

/// More than so many resources of one type are not named one by one.
const MOST_OF_A_TYPE: usize = 2;

/// What to write for `Resource`, as a sentence; nothing if no action has a resource level.
#[must_use]
pub fn of_every_resource(actions: &[Named], address: &str, blocks: &[Block]) -> Option<String> {
    let place = Place::of(address, blocks);
    let mut arns: Vec<String> = Vec::new();
    let mut types = BTreeSet::new();
    for named in actions {
        for resource_type in worked_on(named) {
            if types.insert((named.service.prefix, resource_type.name)) {
                arns.extend(place.arns(named.service.prefix, resource_type));
            }
        }
    }
    let mut seen = BTreeSet::new();
    arns.retain(|arn| seen.insert(arn.clone()));
    let written: Vec<String> = arns.iter().take(MOST).map(|arn| format!("`\"{arn}\"`")).collect();
    let left = arns.len().saturating_sub(MOST);
    match written.as_slice() {
        [] => None,
        _ if left > 0 => Some(format!("{} and the like ({left} more)", written.join(", "))),
        [all @ .., last] if !all.is_empty() => Some(format!("{} and {last}", all.join(", "))),
        _ => Some(written.join("")),
    }
}

/// The resource types that an action needs; of those that it may have instead of each other, the ones that
/// Terraform makes, or the first.
fn worked_on(named: &Named) -> Vec<&'static ResourceType> {
    let targets = &named.action.targets;
    let known = |target: &Target| named.service.resource_type(target.resource_type);
    let required: Vec<_> = targets.iter().filter(|target| target.required).filter_map(known).collect();
    if !required.is_empty() {
        return required.into_iter().take(MOST).collect();
    }
    let made = |kind: &&ResourceType| made_as(named.service.prefix, kind).next().is_some();
    let all: Vec<_> = targets.iter().filter_map(known).collect();
    let common: Vec<_> = all.iter().copied().filter(made).collect();
    if common.is_empty() { all.into_iter().take(1).collect() } else { common }
}

fn made_as(service: &str, resource_type: &ResourceType) -> impl Iterator<Item = &'static Made> {
    let of_type = move |made: &&Made| made.service == service && made.resource_type == resource_type.name;
    MADE.iter().filter(of_type)
}

/// Whether a Terraform type makes what the actions of a service work on.
pub(super) fn is_made_for(type_name: &str, service: &str) -> bool {
    MADE.iter().any(|made| made.terraform == type_name && made.service == service)
}

/// Where the policy is, which decides what it can refer to.
struct Place<'b> {
    blocks: Vec<&'b Block>,
    region: String,
    account: String,
}

impl<'b> Place<'b> {
    fn of(address: &str, blocks: &'b [Block]) -> Place<'b> {
        let root = ModulePath::default();
        let own = blocks.iter().find(|block| block.address() == address);
        let module = own.map_or(&root, |block| &block.module);
        let blocks: Vec<&Block> = blocks.iter().filter(|block| block.module == *module).collect();
        let data = |type_name: &str, attribute: &str| {
            let mut all = blocks.iter().filter(|block| block.kind == Kind::Data);
            let found = all.find(|block| block.type_name() == type_name);
            found.map(|block| format!("${{data.{type_name}.{}.{attribute}}}", block.name()))
        };
        let region = data("aws_region", "name").or_else(|| region(&blocks));
        let account = data("aws_caller_identity", "account_id");
        Place {
            region: region.unwrap_or_else(|| "REGION".to_owned()),
            account: account.unwrap_or_else(|| "ACCOUNT".to_owned()),
            blocks,
        }
    }

    /// References to what is declared of a type, or else the form of its ARNs.
    fn arns(&self, service: &str, resource_type: &ResourceType) -> Vec<String> {
        let references: Vec<String> = made_as(service, resource_type)
            .flat_map(|made| {
                let is_one = |block: &&&Block| {
                    block.is_resource(made.terraform)
                        && ["count", "for_each"].iter().all(|name| block.body.member(name).is_none())
                };
                let declared = self.blocks.iter().filter(is_one);
                let Made { terraform, attribute, suffix, .. } = made;
                declared.map(move |block| format!("${{{terraform}.{}.{attribute}}}{suffix}", block.name()))
            })
            .collect();
        match references.len() {
            1..=MOST_OF_A_TYPE => references,
            _ => vec![self.filled(resource_type.arn)],
        }
    }

    /// The form of an ARN with what is known here; the first name in capitals, to be filled in, and `*` for what is
    /// inside of that.
    fn filled(&self, form: &str) -> String {
        let known = form
            .replace("${Partition}", "aws")
            .replace("${Region}", &self.region)
            .replace("${Account}", &self.account);
        // What is left of the form's own variables; references to data have a dot.
        let mut filled = String::new();
        let mut rest = known.as_str();
        let mut is_named = false;
        while let Some((before, after)) = rest.split_once("${") {
            filled.push_str(before);
            let Some((name, after)) = after.split_once('}') else { break };
            if name.contains('.') {
                filled.push_str(&format!("${{{name}}}"));
            } else if is_named {
                filled.push('*');
            } else {
                filled.push_str(&capitals(name));
                is_named = true;
            }
            rest = after;
        }
        filled + rest
    }
}

/// The region of the provider's configuration.
fn region(blocks: &[&Block]) -> Option<String> {
    let mut providers = blocks.iter().filter(|block| block.kind == Kind::Provider && block.name() == "aws");
    providers.find_map(|block| Some(block.body.member("region")?.value.literal()?.to_owned()))
}

/// `QueueName` as `QUEUE_NAME`.
fn capitals(name: &str) -> String {
    let mut written = String::new();
    let mut after_small = false;
    for letter in name.chars() {
        if letter.is_uppercase() && after_small {
            written.push('_');
        }
        after_small = letter.is_lowercase();
        written.extend(letter.to_uppercase());
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::iam::catalogue::service;

    #[test]
    fn every_row_names_a_resource_type_that_exists() {
        for made in MADE {
            let kind = service(made.service).and_then(|service| service.resource_type(made.resource_type));
            // The service of tokens names roles as IAM does.
            assert!(kind.is_some(), "{} {}", made.service, made.resource_type);
        }
    }

    #[test]
    fn the_rows_are_sorted() {
        assert!(MADE.is_sorted_by_key(|made| (made.terraform, made.service, made.resource_type)));
    }

    #[test]
    fn variables_of_a_form_are_in_capitals() {
        assert_eq!(capitals("QueueName"), "QUEUE_NAME");
        assert_eq!(capitals("ParameterNameWithoutLeadingSlash"), "PARAMETER_NAME_WITHOUT_LEADING_SLASH");
    }
}
