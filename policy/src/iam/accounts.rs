//! Accounts that a statement names as a whole, which of them are one's own, and what narrows them to somebody there.

use std::collections::BTreeSet;

use super::policy::{Principal, Statement};
use crate::node::Node;
use crate::terraform::{Block, Kind, values_in};

/// The keys that say who of an account, or for whom, in lower case (IAM user guide, "AWS global condition context keys" and
/// "IAM and AWS STS condition context keys").
const NARROWING: &[&str] = &[
    "aws:federatedprovider",
    "aws:multifactorauthage",
    "aws:multifactorauthpresent",
    "aws:principalarn",
    "aws:principalorgid",
    "aws:principalorgpaths",
    "aws:principaltype",
    "aws:sourceidentity",
    "aws:sourceip",
    "aws:sourcevpc",
    "aws:sourcevpce",
    "aws:userid",
    "aws:username",
    "sts:externalid",
    "sts:rolesessionname",
    "sts:sourceidentity",
];

impl Principal {
    /// The account that it is as a whole.
    #[must_use]
    pub fn whole_account(&self) -> Option<&str> {
        let id = self.id.literal().filter(|_| self.kind == "AWS")?;
        let arn = id.strip_prefix("arn:").and_then(|rest| rest.split_once(":iam::"));
        let account = match arn {
            Some((_, rest)) => rest.strip_suffix(":root")?,
            None => id,
        };
        is_account(account).then_some(account)
    }
}

impl Statement {
    /// Whether a condition says who of the accounts that it names, or for whom.
    #[must_use]
    pub fn narrows_accounts(&self) -> bool {
        self.condition.known().into_iter().flatten().any(|condition| {
            let key = condition.key.to_ascii_lowercase();
            let narrows = NARROWING.contains(&key.as_str()) || key.starts_with("aws:principaltag/");
            let is_open = |value: &str| value.is_empty() || value.chars().all(|character| character == '*');
            narrows
                && condition.demands()
                && !condition.values.is_empty()
                && !condition
                    .values
                    .iter()
                    .any(|value| is_open(value.as_str()) || value.literal() == Some("0.0.0.0/0"))
        })
    }
}

/// The accounts that a configuration says to be its own: what plans and states have of the caller, the accounts that
/// providers may work in, and those of the roles that they assume.
#[must_use]
pub fn own_accounts(blocks: &[Block]) -> BTreeSet<&str> {
    let mut own = BTreeSet::new();
    for block in blocks {
        match block.kind {
            Kind::Data if block.type_name() == "aws_caller_identity" => {
                own.extend(block.body.member("account_id").and_then(|member| member.value.literal()));
            }
            Kind::Provider if block.name() == "aws" => {
                let texts =
                    |path: &[&str]| values_in(&block.body, path).into_iter().filter_map(Node::literal);
                own.extend(texts(&["allowed_account_ids"]));
                own.extend(texts(&["assume_role", "role_arn"]).filter_map(|arn| arn.split(':').nth(4)));
            }
            _ => {}
        }
    }
    own.retain(|account| is_account(account));
    own
}

/// Whether a text is the number of an account (AWS account management guide, "View AWS account identifiers").
#[must_use]
pub fn is_account(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit())
}
