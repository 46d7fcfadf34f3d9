//! DMS: endpoints that are buckets and streams, and logins that are secrets.

use super::super::derivation::Use;
use super::super::kind::Kind;
use super::{Acts, Consumer, Row, below, no_more, whole};
use crate::known::Later;
use crate::terraform::values_in;

/// Of every region: its services assume roles as `dms.REGION.amazonaws.com` too.
const DMS: &[&str] = &["dms.amazonaws.com"];

const fn endpoint(
    type_name: &'static str,
    within: &'static [&'static str],
    role: &'static str,
    needs: &'static [Row],
    more: fn(&mut Use<'_, '_>),
) -> Consumer {
    Consumer { type_name, within, role, service: DMS, acts: Acts::Service, needs, more }
}

pub(super) static CONSUMERS: &[Consumer] = &[
    // AWS DMS user guide, "Using secrets to access AWS Database Migration Service endpoints".
    endpoint(
        "aws_dms_endpoint",
        &[],
        "secrets_manager_access_role_arn",
        &[Row {
            at: &["secrets_manager_arn"],
            doing: "logs in with",
            grants: &[whole(Kind::Secret, &["secretsmanager:GetSecretValue"])],
        }],
        no_more,
    ),
    // AWS DMS user guide, "Using Amazon Kinesis Data Streams as a target": prerequisites.
    endpoint(
        "aws_dms_endpoint",
        &["kinesis_settings"],
        "service_access_role_arn",
        &[Row {
            at: &["stream_arn"],
            doing: "writes to",
            grants: &[whole(
                Kind::Stream,
                &["kinesis:DescribeStream", "kinesis:PutRecord", "kinesis:PutRecords"],
            )],
        }],
        no_more,
    ),
    endpoint("aws_dms_endpoint", &["s3_settings"], "service_access_role_arn", BUCKET, objects),
    endpoint("aws_dms_s3_endpoint", &[], "service_access_role_arn", BUCKET, objects),
];

/// AWS DMS user guide, "Using Amazon S3 as a source" and "as a target": prerequisites.
const BUCKET: &[Row] =
    &[Row { at: &["bucket_name"], doing: "lists", grants: &[whole(Kind::Bucket, &["s3:ListBucket"])] }];

fn objects(used: &mut Use<'_, '_>) {
    let direction = values_in(&used.block.body, &["endpoint_type"]);
    let (doing, grants) = match direction.first().and_then(|node| node.literal()) {
        Some("source") => ("reads from", [below(Kind::Bucket, "/*", &["s3:GetObject"])]),
        Some("target") => (
            "writes to",
            [below(Kind::Bucket, "/*", &["s3:DeleteObject", "s3:PutObject", "s3:PutObjectTagging"])],
        ),
        // One that comes later leaves open which.
        _ => return direction.into_iter().for_each(|node| used.open(&Later::of(node))),
    };
    for (bucket, span) in used.things(&["bucket_name"], &[Kind::Bucket]) {
        used.granted(&bucket, &grants, doing, span);
    }
}
