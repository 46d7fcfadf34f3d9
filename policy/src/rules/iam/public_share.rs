//! Images, snapshots, layers, buckets that are shared with everyone by other means than a policy.

use crate::rules::settings::{self, Setting};
use crate::rules::{Bad, Judgement, Rule, Severity, Subject};

pub(crate) static RULE: Rule = Rule {
    id: "IAM061",
    name: "public-share",
    summary: "a resource is shared with everyone by an argument or an access control list",
    rationale: "Every AWS account, and for buckets everybody, may then read it: snapshots and images hold whole disks, \
                lists of a bucket its objects. No policy shows that.",
    remedy: "name the accounts that need it; for buckets leave out the list (`BucketOwnerEnforced`) and write a bucket \
             policy",
    sources: &[
        "https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#canned-acl",
        "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/sharingamis-intro.html",
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ShareSnapshot.html",
        "https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-ssm-sharing.html",
        "https://docs.aws.amazon.com/codebuild/latest/userguide/public-builds.html",
    ],
    severity: Severity::Error,
    good: &[
        r#"{"resource": {"aws_s3_bucket_acl": {"a": {"bucket": "b", "acl": "private"}}}}"#,
        r#"{"resource": {"aws_db_snapshot": {"s": {"shared_accounts": ["111122223333"]}}}}"#,
        r#"{"resource": {"aws_lambda_layer_version_permission": {"p": {"principal": "*", "organization_id": "o-abcdefghij"}}}}"#,
    ],
    bad: &[
        Bad {
            document: r#"{"resource": {"aws_s3_bucket_acl": {"a": {"bucket": "b", "acl": "public-read"}}}}"#,
            at: &[r#""public-read""#],
        },
        Bad {
            document: r#"{"resource": {"aws_s3_bucket_acl": {"a": {"access_control_policy": {"grant": [{"permission": "READ", "grantee": {"type": "Group", "uri": "http://acs.amazonaws.com/groups/global/AllUsers"}}]}}}}}"#,
            at: &[r#""http://acs.amazonaws.com/groups/global/AllUsers""#],
        },
        Bad {
            document: r#"{"resource": {"aws_db_snapshot": {"s": {"shared_accounts": ["111122223333", "all"]}}, "aws_ami_launch_permission": {"p": {"image_id": "ami-1", "group": "all"}}}}"#,
            at: &[r#""all""#, r#""all""#],
        },
        Bad {
            document: r#"{"resource": {"aws_ssm_document": {"d": {"permissions": {"type": "Share", "account_ids": "All"}}}}}"#,
            at: &[r#""All""#],
        },
    ],
    check,
};

/// Canned lists that admit strangers; `authenticated-read` admits every account (Amazon S3 user guide, "Canned ACL").
const CANNED: &[&str] = &["public-read", "public-read-write", "authenticated-read"];

/// The predefined groups of strangers (Amazon S3 user guide, "Amazon S3 predefined groups").
const GROUPS: &[&str] = &[
    "http://acs.amazonaws.com/groups/global/AllUsers",
    "http://acs.amazonaws.com/groups/global/AuthenticatedUsers",
];

const BUCKET: &str = "read or change what is in the bucket, as its list says";

/// The arguments of hashicorp/aws 5.100.0 that share.
const TABLE: &[Setting] = &[
    open(
        "aws_ami_launch_permission",
        &["group"],
        &["all"],
        "start instances of the image and read its disks",
    ),
    closable(
        "aws_cloudwatch_event_permission",
        &["principal"],
        &["*"],
        &["condition"],
        "send events to the bus",
    ),
    open(
        "aws_codebuild_project",
        &["project_visibility"],
        &["PUBLIC_READ"],
        "read logs and artifacts of the builds",
    ),
    open("aws_db_cluster_snapshot", &["shared_accounts"], &["all"], "restore the snapshot"),
    open("aws_db_snapshot", &["shared_accounts"], &["all"], "restore the snapshot"),
    open("aws_db_snapshot_copy", &["shared_accounts"], &["all"], "restore the snapshot"),
    open("aws_dms_endpoint", &["s3_settings", "canned_acl_for_objects"], CANNED, "read the objects"),
    open("aws_dms_s3_endpoint", &["canned_acl_for_objects"], CANNED, "read the objects"),
    open(
        "aws_imagebuilder_distribution_configuration",
        &["distribution", "ami_distribution_configuration", "launch_permission", "user_groups"],
        &["all"],
        "start instances of the image and read its disks",
    ),
    open("aws_iot_topic_rule", &["s3", "canned_acl"], CANNED, "read the objects"),
    closable(
        "aws_lambda_layer_version_permission",
        &["principal"],
        &["*"],
        &["organization_id"],
        "use and download the layer",
    ),
    open("aws_rds_cluster_snapshot_copy", &["shared_accounts"], &["all"], "restore the snapshot"),
    open("aws_s3_bucket", &["acl"], CANNED, BUCKET),
    open("aws_s3_bucket", &["grant", "uri"], GROUPS, BUCKET),
    open("aws_s3_bucket_acl", &["acl"], CANNED, BUCKET),
    open("aws_s3_bucket_acl", &["access_control_policy", "grant", "grantee", "uri"], GROUPS, BUCKET),
    open("aws_s3_bucket_object", &["acl"], CANNED, "read the object"),
    open("aws_s3_object", &["acl"], CANNED, "read the object"),
    open("aws_s3_object_copy", &["acl"], CANNED, "read the object"),
    open("aws_s3_object_copy", &["grant", "uri"], GROUPS, "read the object"),
    open("aws_ssm_document", &["permissions", "account_ids"], &["all"], "read and run the document"),
    open("aws_vpc_endpoint_service", &["allowed_principals"], &["*"], "ask for a connection to the service"),
    open(
        "aws_vpc_endpoint_service_allowed_principal",
        &["principal_arn"],
        &["*"],
        "ask for a connection to the service",
    ),
];

const fn open(
    type_name: &'static str,
    path: &'static [&'static str],
    opens: &'static [&'static str],
    lets: &'static str,
) -> Setting {
    closable(type_name, path, opens, &[], lets)
}

const fn closable(
    type_name: &'static str,
    path: &'static [&'static str],
    opens: &'static [&'static str],
    closed_by: &'static [&'static str],
    lets: &'static str,
) -> Setting {
    Setting { type_name, path, opens, closed_by, lets }
}

fn check(subject: &Subject, judgement: &mut Judgement) {
    settings::report(&RULE, TABLE, subject, judgement);
}

#[cfg(test)]
mod tests {
    use std::fs::File;
    use std::path::Path;

    use super::*;

    /// The argument or block of a name.
    fn inside<'s>(schema: &'s serde_json::Value, name: &str) -> Option<&'s serde_json::Value> {
        schema["attributes"].get(name).or_else(|| schema["block_types"][name].get("block"))
    }

    #[test]
    fn every_argument_is_one_of_the_provider() {
        let schema = "../synth/bindings/schemas/hashicorp-aws-5.100.0.json.gz";
        let schema = File::open(Path::new(env!("CARGO_MANIFEST_DIR")).join(schema)).unwrap();
        let schema: serde_json::Value =
            serde_json::from_reader(flate2::read::GzDecoder::new(schema)).unwrap();
        let provider = &schema["provider_schemas"]["registry.terraform.io/hashicorp/aws"];
        for setting in TABLE {
            let mut place = &provider["resource_schemas"][setting.type_name]["block"];
            for argument in setting.path {
                // A map has whatever keys it is given.
                if place["type"].is_null() {
                    place = inside(place, argument).unwrap_or_else(|| panic!("{setting:?}"));
                }
            }
            let body = &provider["resource_schemas"][setting.type_name]["block"];
            assert!(setting.closed_by.iter().all(|argument| inside(body, argument).is_some()), "{setting:?}");
        }
    }
}
