//! Managed policies: where they are attached, and what for.

use std::collections::{BTreeMap, BTreeSet};

use super::catalogue::managed_policy;
use crate::known::{Known, Later};
use crate::node::{Node, Value};
use crate::source::Span;
use crate::terraform::{Block, Kind, ModulePath, values_in};
use crate::text::Text;

use Purpose::{Grant, Limit};

/// What a managed policy is attached for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// It grants what it allows.
    Grant,
    /// It takes away what it does not allow: a permissions boundary, a session policy.
    Limit,
}

/// Which managed policy is attached.
#[derive(Clone, Debug)]
pub enum Managed {
    /// The one with this ARN, perhaps one of AWS's own.
    Arn(Text),
    /// The `aws_iam_policy` with this address.
    Declared(String),
}

impl Managed {
    /// The ARN of one of AWS's own in the partition `aws`, whichever it is in; nothing of others, and of one whose
    /// name is known only later.
    #[must_use]
    pub fn of_aws(&self) -> Option<String> {
        let Managed::Arn(arn) = self else {
            return None;
        };
        let (before, path) = arn.as_str().split_once(":iam::aws:policy/")?;
        let start = arn.as_str().len().saturating_sub(path.len());
        let is_known = before.starts_with("arn:") && !arn.has_hole(start..arn.as_str().len());
        is_known.then(|| format!("arn:aws:iam::aws:policy/{path}"))
    }
}

/// One managed policy at one place.
#[derive(Clone, Debug)]
pub struct Attachment {
    /// The address of the block that attaches it.
    pub address: String,
    /// Where the block says which policy.
    pub span: Span,
    /// What for.
    pub purpose: Purpose,
    /// Which policy.
    pub policy: Known<Managed>,
}

/// The arguments that hold ARNs of managed policies (schema of hashicorp/aws 5.100.0: those whose
/// name contains `policy_arn`, and `permissions_boundary`; policies of EKS are no policies of IAM).
const ATTACHING: &[(&str, &[&str], Purpose)] = &[
    ("aws_budgets_budget_action", &["definition", "iam_action_definition", "policy_arn"], Grant),
    ("aws_chatbot_slack_channel_configuration", &["guardrail_policy_arns"], Limit),
    ("aws_chatbot_teams_channel_configuration", &["guardrail_policy_arns"], Limit),
    ("aws_emr_studio_session_mapping", &["session_policy_arn"], Limit),
    ("aws_iam_group_policy_attachment", &["policy_arn"], Grant),
    ("aws_iam_group_policy_attachments_exclusive", &["policy_arns"], Grant),
    ("aws_iam_policy_attachment", &["policy_arn"], Grant),
    ("aws_iam_role", &["managed_policy_arns"], Grant),
    ("aws_iam_role", &["permissions_boundary"], Limit),
    ("aws_iam_role_policy_attachment", &["policy_arn"], Grant),
    ("aws_iam_role_policy_attachments_exclusive", &["policy_arns"], Grant),
    ("aws_iam_user", &["permissions_boundary"], Limit),
    ("aws_iam_user_policy_attachment", &["policy_arn"], Grant),
    ("aws_iam_user_policy_attachments_exclusive", &["policy_arns"], Grant),
    ("aws_quicksight_iam_policy_assignment", &["policy_arn"], Grant),
    ("aws_rolesanywhere_profile", &["managed_policy_arns"], Limit),
    ("aws_ssoadmin_managed_policy_attachment", &["managed_policy_arn"], Grant),
    ("aws_ssoadmin_permissions_boundary_attachment", &["permissions_boundary", "managed_policy_arn"], Limit),
];

/// Every attachment of a configuration.
#[must_use]
pub fn attachments(blocks: &[Block]) -> Vec<Attachment> {
    let resources = || blocks.iter().filter(|block| block.kind == Kind::Resource);
    // In plans and states the ARN of a declared policy may be known.
    let policies = resources().filter(|block| block.type_name() == "aws_iam_policy");
    let declared: BTreeMap<&str, String> = policies
        .filter_map(|block| Some((block.body.member("arn")?.value.literal()?, block.address())))
        .collect();
    let mut found = Vec::new();
    for block in resources() {
        for (_, path, purpose) in ATTACHING.iter().filter(|(carrier, ..)| *carrier == block.type_name()) {
            for node in block.bodies().iter().flat_map(|body| values_in(body, path)) {
                let policy = match which(node, block, blocks) {
                    Known::Is(Managed::Arn(arn)) => match arn.literal().and_then(|arn| declared.get(arn)) {
                        Some(address) => Known::Is(Managed::Declared(address.clone())),
                        None => Known::Is(Managed::Arn(arn)),
                    },
                    other => other,
                };
                let (address, span) = (block.address(), place(node));
                found.push(Attachment { address, span, purpose: *purpose, policy });
            }
        }
    }
    found
}

/// The addresses of the declared policies that limit, and grant nowhere.
#[must_use]
pub(super) fn boundaries(blocks: &[Block]) -> BTreeSet<String> {
    let (mut limiting, mut granting) = (BTreeSet::new(), BTreeSet::new());
    for attachment in attachments(blocks) {
        if let Known::Is(Managed::Declared(address)) = attachment.policy {
            match attachment.purpose {
                Grant => granting.insert(address),
                Limit => limiting.insert(address),
            };
        }
    }
    limiting.difference(&granting).cloned().collect()
}

/// Where it is said which policy: one name of several that are put into the same text stands elsewhere.
fn place(node: &Node) -> Span {
    let name = node.as_text().map(|text| {
        let start = text.as_str().rfind('/').map_or(0, |slash| slash.saturating_add(1));
        text.span_of(start..text.as_str().len())
    });
    name.filter(|name| !name.overlaps(node.span)).unwrap_or(node.span)
}

fn which(node: &Node, block: &Block, blocks: &[Block]) -> Known<Managed> {
    let module = &block.module;
    if let Some(arn) = looked_up(node, module, blocks) {
        return Known::Is(Managed::Arn(arn));
    }
    if let Value::Text(text) = &node.value
        && text.only_hole().is_none()
    {
        // The provider takes an empty ARN for none.
        return if text.as_str().is_empty() { Known::Absent } else { Known::Is(Managed::Arn(text.clone())) };
    }
    match declared(node) {
        Some(name) if module.is_root() => Known::Is(Managed::Declared(format!("aws_iam_policy.{name}"))),
        Some(name) => Known::Is(Managed::Declared(format!("{module}.aws_iam_policy.{name}"))),
        None => Known::Later(Later::of(node)),
    }
}

/// The ARN that `data.aws_iam_policy` is asked for, by ARN or by the name of a policy of AWS.
fn looked_up(node: &Node, module: &ModulePath, blocks: &[Block]) -> Option<Text> {
    let Value::Reference(reference) = &only(node).value else {
        return None;
    };
    let ["data", "aws_iam_policy", name, ..] = reference.names()[..] else {
        return None;
    };
    let is_it = |block: &&Block| block.kind == Kind::Data && block.module == *module && block.name() == name;
    let data = blocks.iter().filter(|block| block.type_name() == "aws_iam_policy").find(is_it)?;
    if let Some(arn) = data.body.member("arn").and_then(|member| member.value.as_text()) {
        return Some(arn.clone().at(node.span));
    }
    let name = data.body.member("name")?.value.literal()?;
    Some(Text::new(managed_policy(name)?.arn(), node.span))
}

/// The value that a text is, if it is nothing else.
fn only(node: &Node) -> &Node {
    node.as_text().and_then(Text::only_hole).unwrap_or(node)
}

/// The name of the declared policy that an expression refers to.
fn declared(node: &Node) -> Option<String> {
    match &node.value {
        Value::Reference(reference) if reference.root == "aws_iam_policy" => {
            reference.names().get(1).map(|name| (*name).to_owned())
        }
        _ => node.children().find_map(declared),
    }
}
