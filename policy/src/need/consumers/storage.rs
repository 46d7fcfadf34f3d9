//! S3: replication.

use super::super::kind::Kind;
use super::{Acts, Consumer, Row, below, no_more, whole};

pub(super) static CONSUMERS: &[Consumer] = &[
    // Amazon S3 user guide, "Setting up permissions for live replication".
    Consumer {
        type_name: "aws_s3_bucket_replication_configuration",
        within: &[],
        role: "role",
        service: &["s3.amazonaws.com"],
        acts: Acts::Service,
        needs: &[
            Row {
                at: &["bucket"],
                doing: "replicates from",
                grants: &[
                    whole(Kind::Bucket, &["s3:GetReplicationConfiguration", "s3:ListBucket"]),
                    below(
                        Kind::Bucket,
                        "/*",
                        &[
                            "s3:GetObjectVersionAcl",
                            "s3:GetObjectVersionForReplication",
                            "s3:GetObjectVersionTagging",
                        ],
                    ),
                ],
            },
            Row {
                at: &["rule", "destination", "bucket"],
                doing: "replicates to",
                grants: &[below(
                    Kind::Bucket,
                    "/*",
                    &["s3:ReplicateDelete", "s3:ReplicateObject", "s3:ReplicateTags"],
                )],
            },
            Row {
                at: &["rule", "destination", "encryption_configuration", "replica_kms_key_id"],
                doing: "encrypts with",
                grants: &[whole(Kind::Key, &["kms:Encrypt"])],
            },
        ],
        more: no_more,
    },
];
