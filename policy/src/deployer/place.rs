//! Where a block's resources are: the partition, region and account of ARNs.

use super::names::Names;
use crate::known::{Known, Later};
use crate::node::{Node, Value};
use crate::terraform::{Block, blocks_in};

/// The first parts of ARNs; `*` is what nobody knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// `aws`, `aws-cn`, `aws-us-gov`.
    pub partition: String,
    /// A region, such as `eu-west-1`.
    pub region: String,
    /// The account's twelve digits.
    pub account: String,
}

impl Place {
    /// Nothing is known.
    #[must_use]
    pub fn anywhere() -> Place {
        Place { partition: "*".to_owned(), region: "*".to_owned(), account: "*".to_owned() }
    }

    /// The same in a region, which is in one partition.
    #[must_use]
    pub fn in_region(self, region: &str) -> Place {
        Place { partition: partition(region).to_owned(), region: region.to_owned(), ..self }
    }

    /// The same in an account.
    #[must_use]
    pub fn in_account(self, account: &str) -> Place {
        Place { account: account.to_owned(), ..self }
    }

    /// Of a block, as its provider's configuration says.
    pub(super) fn of(block: &Block, names: &Names<'_>, elsewhere: &Place) -> Place {
        let mut place = elsewhere.clone();
        let Some(provider) = provider(block, names) else {
            return place;
        };
        if let Some(region) = provider.argument("region").known().and_then(|node| node.literal()) {
            place = place.in_region(region);
        }
        if let Some(account) = account(provider) {
            place = place.in_account(&account);
        }
        place
    }

    /// Whether a part is not known.
    pub(super) fn is_open(&self) -> bool {
        [&self.partition, &self.region, &self.account].contains(&&"*".to_owned())
    }

    /// Which part is not known, and how to say it.
    pub(super) fn why(&self) -> String {
        let region = (self.region == "*")
            .then_some("no region is written in the provider's configuration (`--region` says one)");
        let account = (self.account == "*")
            .then_some("no account is written in the provider's configuration (`allowed_account_ids` or `--account` say one)");
        let said: Vec<&str> = region.into_iter().chain(account).collect();
        said.join("; ")
    }

    /// What stands for a variable of an ARN's form, if it is one of these.
    pub(super) fn part(&self, variable: &str) -> Option<&str> {
        match variable {
            "Partition" => Some(&self.partition),
            "Region" => Some(&self.region),
            "Account" => Some(&self.account),
            _ => None,
        }
    }
}

/// The partition of a region (AWS General Reference, "Partitions").
pub(super) fn partition(region: &str) -> &'static str {
    match region {
        _ if region.starts_with("cn-") => "aws-cn",
        _ if region.starts_with("us-gov-") => "aws-us-gov",
        "*" => "*",
        _ => "aws",
    }
}

/// The configuration that a block names, else the default one; of its own module, else of the one that calls it.
fn provider<'b>(block: &Block, names: &Names<'b>) -> Option<&'b Block> {
    let mut wanted = block.body.member("provider").and_then(|member| alias(&member.value));
    let mut module = block.module.clone();
    loop {
        let has_alias = |provider: &&Block| {
            let own = provider.body.member("alias").and_then(|member| member.value.literal());
            own == wanted.as_deref()
        };
        let mut own = names.providers().filter(|provider| provider.module == module);
        if let Some(provider) = own.find(has_alias) {
            return Some(provider);
        }
        let (parent, call) = module.parent()?;
        if let Some(given) = names.call(&parent, call).and_then(|call| call.body.member("providers")) {
            let name = wanted.as_ref().map_or("aws".to_owned(), |alias| format!("aws.{alias}"));
            wanted = given.value.member(&name).and_then(|member| self::alias(&member.value)).or(wanted);
        }
        module = parent;
    }
}

/// The alias in `aws.alias`; nothing in `aws`.
fn alias(node: &Node) -> Option<String> {
    match &node.value {
        Value::Reference(reference) => reference.names().get(1).map(|alias| (*alias).to_owned()),
        _ => node.literal()?.split_once('.').map(|(_, alias)| alias.to_owned()),
    }
}

/// The only account that a provider's configuration allows, or that of the role it assumes.
fn account(provider: &Block) -> Option<String> {
    if let Known::Is(Node { value: Value::List(nodes), .. }) = provider.argument("allowed_account_ids")
        && let [only] = nodes.as_slice()
        && let Some(account) = only.literal()
    {
        return Some(account.to_owned());
    }
    match assumed_role(provider) {
        Known::Is(arn) => arn.split(':').nth(4).map(str::to_owned),
        Known::Absent | Known::Later(_) => None,
    }
}

/// The role that a provider's configuration assumes.
pub(super) fn assumed_role(provider: &Block) -> Known<String> {
    let Some(assume) = blocks_in(&provider.body, "assume_role").into_iter().next() else {
        return Known::Absent;
    };
    match assume.member("role_arn").map(|member| &member.value) {
        None => Known::Absent,
        Some(node) => match node.literal() {
            Some(arn) => Known::Is(arn.to_owned()),
            None => Known::Later(Later::of(node)),
        },
    }
}
