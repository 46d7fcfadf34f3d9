//! Who uses principals, and what for: a row for each way in which a resource type names one.
//!
//! A row whose argument leads to one kind of thing takes what it is given for that; one of several is read from the
//! reference or the ARN. What a row does not know leaves the principal's needs open, never empty.

mod app_runner;
mod build;
mod compute;
mod ecs;
mod environment;
mod events;
mod images;
mod integration;
mod lambda;
mod logging;
mod migration;
mod pass_role;
mod storage;
mod streams;
mod workflow;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::derivation::Use;
use super::kind::Kind;
use super::thing::Part;

/// Whether code of the author acts with the principal too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Acts {
    /// Only the service, which does what it documents.
    Service,
    /// Code, which may call anything.
    Code,
}

/// What is needed of things of a kind.
pub(super) struct Grant {
    pub(super) kind: Kind,
    pub(super) part: Part,
    pub(super) actions: &'static [&'static str],
}

/// An argument that names things which the principal uses.
pub(super) struct Row {
    pub(super) at: &'static [&'static str],
    /// What the consumer does with it, before its name.
    pub(super) doing: &'static str,
    pub(super) grants: &'static [Grant],
}

/// A way in which a resource type names a principal.
pub(super) struct Consumer {
    pub(super) type_name: &'static str,
    /// The nested blocks that it is in.
    pub(super) within: &'static [&'static str],
    /// The argument that names it.
    pub(super) role: &'static str,
    /// The services that assume it.
    pub(super) service: &'static [&'static str],
    pub(super) acts: Acts,
    pub(super) needs: &'static [Row],
    /// What rows do not say.
    pub(super) more: fn(&mut Use<'_, '_>),
}

/// What event source mappings and pipes need to take messages from a queue (AWS Lambda developer guide, "Using Lambda with
/// Amazon SQS"; Amazon EventBridge user guide, "Amazon EventBridge Pipes permissions").
const READ_QUEUE: Grant =
    whole(Kind::Queue, &["sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"]);

/// The same of a Kinesis stream.
const READ_STREAM: Grant = whole(
    Kind::Stream,
    &[
        "kinesis:DescribeStream",
        "kinesis:DescribeStreamSummary",
        "kinesis:GetRecords",
        "kinesis:GetShardIterator",
        "kinesis:ListShards",
    ],
);

/// The same of a DynamoDB table's stream.
const READ_TABLE_STREAM: Grant = whole(
    Kind::TableStream,
    &["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"],
);

const fn whole(kind: Kind, actions: &'static [&'static str]) -> Grant {
    Grant { kind, part: Part::Whole, actions }
}

const fn below(kind: Kind, written: &'static str, actions: &'static [&'static str]) -> Grant {
    Grant { kind, part: Part::Below(written), actions }
}

/// Of consumers whose needs are in rows.
fn no_more(_: &mut Use<'_, '_>) {}

/// Every consumer.
pub(super) static ALL: &[&[Consumer]] = &[
    app_runner::CONSUMERS,
    build::CONSUMERS,
    compute::CONSUMERS,
    ecs::CONSUMERS,
    events::CONSUMERS,
    integration::CONSUMERS,
    lambda::CONSUMERS,
    logging::CONSUMERS,
    migration::CONSUMERS,
    storage::CONSUMERS,
    streams::CONSUMERS,
    workflow::CONSUMERS,
];

static BY_TYPE: LazyLock<BTreeMap<&'static str, Vec<&'static Consumer>>> = LazyLock::new(|| {
    let mut by_type: BTreeMap<&str, Vec<&Consumer>> = BTreeMap::new();
    for consumer in ALL.iter().copied().flatten() {
        by_type.entry(consumer.type_name).or_default().push(consumer);
    }
    by_type
});

/// The ways in which a resource type names principals.
pub(super) fn of(type_name: &str) -> impl Iterator<Item = &'static Consumer> {
    BY_TYPE.get(type_name).into_iter().flatten().copied()
}
