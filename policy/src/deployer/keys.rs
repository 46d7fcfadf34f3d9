//! Keys of KMS that a block names: services use them in the name of whoever asks.

use std::collections::BTreeSet;

use super::names::{Name, Names};
use super::need::{Condition, Need, Phase};
use super::place::Place;
use crate::node::{Node, Value};
use crate::terraform::{Block, Kind};

use Phase::{Apply, Plan};

/// What a type needs of its key, where that is not [`GRANTED`] (AWS KMS developer guide, "How AWS services use AWS KMS",
/// and the guides of the services). Encrypting a bucket, a queue, a topic, a log group needs nothing of the key: the
/// service uses it when there is something to encrypt.
const USES: &[(&str, &[(Phase, &str)])] = &[
    ("aws_cloudwatch_log_group", &[]),
    ("aws_iam_", &[]),
    ("aws_kms_", &[]),
    ("aws_s3_bucket_object", &[(Plan, "Decrypt"), (Apply, "Decrypt"), (Apply, "GenerateDataKey")]),
    ("aws_s3_object", &[(Plan, "Decrypt"), (Apply, "Decrypt"), (Apply, "GenerateDataKey")]),
    ("aws_s3_", &[]),
    ("aws_secretsmanager_", &[(Plan, "Decrypt"), (Apply, "Decrypt"), (Apply, "GenerateDataKey")]),
    ("aws_sns_", &[]),
    ("aws_sqs_", &[]),
    ("aws_ssm_", &[(Plan, "Decrypt"), (Apply, "Encrypt"), (Apply, "GenerateDataKey")]),
];

/// What services need that ask for a grant on the key and use it by themselves from then on.
const GRANTED: &[(Phase, &str)] = &[
    (Apply, "CreateGrant"),
    (Apply, "Decrypt"),
    (Apply, "DescribeKey"),
    (Apply, "GenerateDataKey"),
    (Apply, "GenerateDataKeyWithoutPlaintext"),
];

/// What a block needs of the keys it names.
pub(super) fn used(block: &Block, names: &Names<'_>, place: &Place) -> Vec<Need> {
    if block.kind != Kind::Resource {
        return Vec::new();
    }
    let uses =
        USES.iter().find(|(start, _)| block.type_name().starts_with(start)).map_or(GRANTED, |(_, uses)| uses);
    let mut keys = BTreeSet::new();
    named_keys(&block.body, &mut |node| keys.extend(arn(node, block, names, place)));
    if keys.is_empty() {
        return Vec::new();
    }
    let need = |(phase, action): &(Phase, &str)| Need {
        phase: *phase,
        action: format!("kms:{action}"),
        resources: keys.clone(),
        condition: (*action == "CreateGrant").then(|| Condition {
            operator: "Bool",
            key: "kms:GrantIsForAWSResource",
            values: ["true".to_owned()].into(),
        }),
        block: block.address(),
    };
    uses.iter().map(need).collect()
}

fn named_keys(node: &Node, found: &mut impl FnMut(&Node)) {
    if let Value::List(nodes) = &node.value {
        nodes.iter().for_each(|node| named_keys(node, found));
    }
    for member in node.members() {
        match member.name() {
            Some(name) if is_key(name) => found(&member.value),
            _ => named_keys(&member.value, found),
        }
    }
}

/// Whether an argument holds a key; `key_arn` is that of a cluster of EKS.
fn is_key(argument: &str) -> bool {
    argument == "key_arn"
        || argument.contains("kms") && (argument.contains("key") || argument.ends_with("_id"))
}

/// The ARN of a key; nothing for a key of AWS, whose own policy allows its service's users.
fn arn(node: &Node, block: &Block, names: &Names<'_>, place: &Place) -> Option<String> {
    let any = format!("arn:{}:kms:{}:{}:key/*", place.partition, place.region, place.account);
    match (&node.value, names.value(node, block)) {
        (Value::Null | Value::Bool(_), _) => None,
        (_, Name::Written(alias) | Name::Whole(alias))
            if alias.is_empty() || alias.contains("alias/aws/") =>
        {
            None
        }
        (_, Name::Whole(arn)) if arn.contains(":key/") => Some(arn),
        (_, Name::Written(id)) if !id.contains(['/', ':', '*']) => {
            Some(any.replace("key/*", &format!("key/{id}")))
        }
        _ => Some(any),
    }
}
