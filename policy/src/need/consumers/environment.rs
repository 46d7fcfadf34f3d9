//! Plain environments: what they tell code of, it may use.

use std::collections::BTreeSet;

use super::super::derivation::{Needing, Use};
use super::super::kind::Kind;
use super::super::principal::Certainty;
use super::super::thing::{Part, Thing};
use crate::node::{Node, Value};

/// What code usually does with things of a kind.
const USUAL: &[(Kind, Part, &[&str])] = &[
    (Kind::Bucket, Part::Whole, &["s3:ListBucket"]),
    (Kind::Bucket, Part::Below("/*"), &["s3:GetObject", "s3:PutObject", "s3:DeleteObject"]),
    (Kind::Bus, Part::Whole, &["events:PutEvents"]),
    (Kind::DeliveryStream, Part::Whole, &["firehose:PutRecord", "firehose:PutRecordBatch"]),
    (Kind::Function, Part::Whole, &["lambda:InvokeFunction"]),
    (Kind::Key, Part::Whole, &["kms:Decrypt", "kms:GenerateDataKey"]),
    (Kind::Parameter, Part::Whole, &["ssm:GetParameter", "ssm:GetParameters"]),
    (
        Kind::Queue,
        Part::Whole,
        &["sqs:SendMessage", "sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"],
    ),
    (Kind::Secret, Part::Whole, &["secretsmanager:GetSecretValue"]),
    (Kind::StateMachine, Part::Whole, &["states:StartExecution"]),
    (Kind::Stream, Part::Whole, &["kinesis:PutRecord", "kinesis:PutRecords"]),
    (
        Kind::Table,
        Part::Whole,
        &[
            "dynamodb:GetItem",
            "dynamodb:PutItem",
            "dynamodb:UpdateItem",
            "dynamodb:DeleteItem",
            "dynamodb:Query",
        ],
    ),
    (Kind::Topic, Part::Whole, &["sns:Publish"]),
];

impl<'b> Use<'_, 'b> {
    /// May need what an environment refers to.
    pub(super) fn is_told_of(&mut self, environment: &Node) {
        let mut seen = BTreeSet::new();
        let mut left = vec![environment];
        while let Some(node) = left.pop() {
            left.extend(node.children());
            let is_named = matches!(&node.value, Value::Reference(_))
                || node
                    .literal()
                    .is_some_and(|text| text.starts_with("arn:") || text.starts_with("https://sqs."));
            if !is_named {
                continue;
            }
            if let Ok(Some(thing)) = self.derivation.index.thing(node, &self.block.module, &[Kind::Queue])
                && thing.block.is_some()
                && seen.insert(thing.called.clone())
            {
                self.may_use(&thing, node);
            }
        }
    }

    fn may_use(&mut self, thing: &Thing<'b>, node: &Node) {
        for (_, part, actions) in USUAL.iter().filter(|(kind, ..)| Some(*kind) == thing.kind) {
            self.put(Needing {
                actions,
                resource: thing.part(*part),
                certainty: Certainty::Plausible,
                context: &[],
                doing: format!("is told of `{}` in its environment", thing.called),
                span: node.span,
            });
        }
    }
}
