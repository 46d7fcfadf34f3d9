//! What is encrypted with a key of the customer needs the key too.

use super::derivation::{Needing, Use};
use super::index::Index;
use super::kind::Kind;
use super::principal::Certainty;
use super::thing::{Part, Thing};
use crate::node::Node;
use crate::source::Span;
use crate::terraform::{Block, values_in};

/// The arguments that say which key encrypts what a block declares (schema of hashicorp/aws 5.100.0).
const KEYS: &[(&str, &str)] = &[
    ("aws_kinesis_stream", "kms_key_id"),
    ("aws_secretsmanager_secret", "kms_key_id"),
    ("aws_sns_topic", "kms_master_key_id"),
    ("aws_sqs_queue", "kms_master_key_id"),
    ("aws_ssm_parameter", "key_id"),
];

/// Where the key of a bucket is said, since version 4 of the provider.
const OF_BUCKET: (&str, &[&str]) = (
    "aws_s3_bucket_server_side_encryption_configuration",
    &["rule", "apply_server_side_encryption_by_default", "kms_master_key_id"],
);

/// What the service asks KMS for on behalf of the caller of an action (AWS Secrets Manager user guide, "Secret encryption
/// and decryption"; AWS Systems Manager user guide, "AWS KMS encryption for Parameter Store SecureString parameters";
/// Amazon S3 user guide, "Using server-side encryption with AWS KMS keys"; Amazon SQS developer guide, "Key management";
/// Amazon SNS developer guide, "Managing Amazon SNS encryption keys"; Amazon Kinesis Data Streams developer guide,
/// "Permissions to use user-generated KMS keys").
const ASKED: &[(&str, &[&str])] = &[
    ("kinesis:GetRecords", &["kms:Decrypt"]),
    ("kinesis:PutRecord", &["kms:GenerateDataKey"]),
    ("s3:GetObject", &["kms:Decrypt"]),
    ("s3:PutObject", &["kms:GenerateDataKey", "kms:Decrypt"]),
    ("secretsmanager:GetSecretValue", &["kms:Decrypt"]),
    ("sns:Publish", &["kms:GenerateDataKey", "kms:Decrypt"]),
    ("sqs:ReceiveMessage", &["kms:Decrypt"]),
    ("sqs:SendMessage", &["kms:GenerateDataKey", "kms:Decrypt"]),
    ("ssm:GetParameters", &["kms:Decrypt"]),
];

impl<'b> Use<'_, 'b> {
    /// Needs the key of a thing, if a customer's key encrypts it.
    pub(super) fn decrypt(&mut self, actions: &[&str], thing: &Thing<'b>, doing: &str, span: Span) {
        let asked = ASKED.iter().filter(|(action, _)| actions.contains(action));
        let asked: Vec<&str> = asked.flat_map(|(_, asked)| asked.iter().copied()).collect();
        if asked.is_empty() {
            return;
        }
        // A data source does not say with what the thing is encrypted.
        let Some(block) = thing.block.filter(|block| block.kind == crate::terraform::Kind::Resource) else {
            return self.may_need(&asked, Kind::Key, &format!("{doing}, which a key may encrypt"), span);
        };
        for key in keys(&self.derivation.index, block) {
            match key {
                Some(key) => self.put(Needing {
                    actions: &asked,
                    resource: key.part(Part::Whole),
                    certainty: Certainty::Needed,
                    context: &[],
                    doing: format!("{doing}, which `{}` encrypts", key.called),
                    span,
                }),
                None => self.may_need(&asked, Kind::Key, &format!("{doing}, which a key encrypts"), span),
            }
        }
    }
}

/// The keys of what a block declares, `None` for one that is not known; AWS's own need no permission.
fn keys<'b>(index: &Index<'b>, block: &Block) -> Vec<Option<Thing<'b>>> {
    let (encryption, path) = OF_BUCKET;
    let own = KEYS.iter().find(|(type_name, _)| *type_name == block.type_name());
    let said: Vec<(&Node, &Block)> = match own {
        Some((_, argument)) => {
            values_in(&block.body, &[*argument]).into_iter().map(|node| (node, block)).collect()
        }
        None if block.type_name() == "aws_s3_bucket" => {
            let about = |other: &&'b Block| {
                let bucket = other.body.member("bucket");
                let bucket = bucket.and_then(|member| index.one(&member.value, &other.module, Kind::Bucket));
                bucket.and_then(|thing| thing.block).is_some_and(|own| own.address() == block.address())
            };
            let of_type = index.of_type(encryption).into_iter().filter(about);
            of_type
                .flat_map(|other| values_in(&other.body, path).into_iter().map(move |node| (node, other)))
                .collect()
        }
        None => Vec::new(),
    };
    let customers = said.into_iter().filter(|(node, _)| !node.literal().is_some_and(is_of_aws));
    customers.map(|(node, holder)| index.one(node, &holder.module, Kind::Key)).collect()
}

/// "alias/aws/…" is a key that AWS manages, which whoever may use the service may use.
fn is_of_aws(key: &str) -> bool {
    key.is_empty() || key.contains("alias/aws/")
}
