//! Which permissions an operation of an API needs: nearly always the action of its name.
//!
//! Exceptions are from the Service Authorization Reference and, of S3, from its API reference ("Required permissions for
//! Amazon S3 API operations").

/// Services whose actions have another prefix than botocore's name of the API (Service Authorization Reference, "service
/// prefix").
const PREFIXES: &[(&str, &str)] = &[
    ("amp", "aps"),
    ("apigatewayv2", "apigateway"),
    ("docdb", "rds"),
    ("efs", "elasticfilesystem"),
    ("elb", "elasticloadbalancing"),
    ("elbv2", "elasticloadbalancing"),
    ("emr", "elasticmapreduce"),
    ("lexv2-models", "lex"),
    ("mwaa", "airflow"),
    ("neptune", "rds"),
    ("opensearch", "es"),
    ("opensearchserverless", "aoss"),
    ("pinpoint", "mobiletargeting"),
    ("resourcegroupstaggingapi", "tag"),
    ("sesv2", "ses"),
    ("sso-admin", "sso"),
    ("stepfunctions", "states"),
    ("timestream-write", "timestream"),
];

/// Operations whose permissions have other names.
const RENAMED: &[(&str, &str, &[&str])] = &[
    ("cloudfront", "CreateDistributionWithTags", &["CreateDistribution", "TagResource"]),
    ("lambda", "GetLayerVersionByArn", &["GetLayerVersion"]),
    ("lambda", "Invoke", &["InvokeFunction"]),
    ("s3", "CompleteMultipartUpload", &["PutObject"]),
    ("s3", "CopyObject", &["GetObject", "PutObject"]),
    ("s3", "CreateMultipartUpload", &["PutObject"]),
    ("s3", "DeleteBucketAnalyticsConfiguration", &["PutAnalyticsConfiguration"]),
    ("s3", "DeleteBucketCors", &["PutBucketCORS"]),
    ("s3", "DeleteBucketEncryption", &["PutEncryptionConfiguration"]),
    ("s3", "DeleteBucketIntelligentTieringConfiguration", &["PutIntelligentTieringConfiguration"]),
    ("s3", "DeleteBucketInventoryConfiguration", &["PutInventoryConfiguration"]),
    ("s3", "DeleteBucketLifecycle", &["PutLifecycleConfiguration"]),
    ("s3", "DeleteBucketMetricsConfiguration", &["PutMetricsConfiguration"]),
    ("s3", "DeleteBucketOwnershipControls", &["PutBucketOwnershipControls"]),
    ("s3", "DeleteBucketReplication", &["PutReplicationConfiguration"]),
    ("s3", "DeleteBucketTagging", &["PutBucketTagging"]),
    ("s3", "DeleteObjects", &["DeleteObject"]),
    ("s3", "DeletePublicAccessBlock", &["PutBucketPublicAccessBlock"]),
    ("s3", "GetBucketAccelerateConfiguration", &["GetAccelerateConfiguration"]),
    ("s3", "GetBucketAnalyticsConfiguration", &["GetAnalyticsConfiguration"]),
    ("s3", "GetBucketEncryption", &["GetEncryptionConfiguration"]),
    ("s3", "GetBucketIntelligentTieringConfiguration", &["GetIntelligentTieringConfiguration"]),
    ("s3", "GetBucketInventoryConfiguration", &["GetInventoryConfiguration"]),
    ("s3", "GetBucketLifecycleConfiguration", &["GetLifecycleConfiguration"]),
    ("s3", "GetBucketMetricsConfiguration", &["GetMetricsConfiguration"]),
    ("s3", "GetBucketNotificationConfiguration", &["GetBucketNotification"]),
    ("s3", "GetBucketReplication", &["GetReplicationConfiguration"]),
    ("s3", "GetObjectLockConfiguration", &["GetBucketObjectLockConfiguration"]),
    ("s3", "GetPublicAccessBlock", &["GetBucketPublicAccessBlock"]),
    ("s3", "HeadBucket", &["ListBucket"]),
    ("s3", "HeadObject", &["GetObject"]),
    ("s3", "ListBuckets", &["ListAllMyBuckets"]),
    ("s3", "ListMultipartUploads", &["ListBucketMultipartUploads"]),
    ("s3", "ListObjectVersions", &["ListBucketVersions"]),
    ("s3", "ListObjects", &["ListBucket"]),
    ("s3", "ListObjectsV2", &["ListBucket"]),
    ("s3", "ListParts", &["ListMultipartUploadParts"]),
    ("s3", "PutBucketAccelerateConfiguration", &["PutAccelerateConfiguration"]),
    ("s3", "PutBucketAnalyticsConfiguration", &["PutAnalyticsConfiguration"]),
    ("s3", "PutBucketEncryption", &["PutEncryptionConfiguration"]),
    ("s3", "PutBucketIntelligentTieringConfiguration", &["PutIntelligentTieringConfiguration"]),
    ("s3", "PutBucketInventoryConfiguration", &["PutInventoryConfiguration"]),
    ("s3", "PutBucketLifecycleConfiguration", &["PutLifecycleConfiguration"]),
    ("s3", "PutBucketMetricsConfiguration", &["PutMetricsConfiguration"]),
    ("s3", "PutBucketNotificationConfiguration", &["PutBucketNotification"]),
    ("s3", "PutBucketReplication", &["PutReplicationConfiguration"]),
    ("s3", "PutObjectLockConfiguration", &["PutBucketObjectLockConfiguration"]),
    ("s3", "PutPublicAccessBlock", &["PutBucketPublicAccessBlock"]),
    ("s3", "UploadPart", &["PutObject"]),
];

/// The actions of API Gateway are the methods of HTTP.
const METHODS: &[(&str, &str)] = &[
    ("Create", "POST"),
    ("Delete", "DELETE"),
    ("Flush", "DELETE"),
    ("Generate", "POST"),
    ("Get", "GET"),
    ("Import", "POST"),
    ("Put", "PUT"),
    ("Reimport", "PUT"),
    ("Tag", "PUT"),
    ("TestInvoke", "POST"),
    ("Untag", "DELETE"),
    ("Update", "PATCH"),
];

/// The permissions that an operation needs, such as `s3:ListBucket` for `HeadBucket`; the service is botocore's name.
#[must_use]
pub fn permissions(service: &str, operation: &str) -> Vec<String> {
    let prefix = PREFIXES.iter().find(|(name, _)| *name == service).map_or(service, |(_, prefix)| prefix);
    let own = [operation];
    let renamed = RENAMED.iter().find(|(owner, name, _)| *owner == service && *name == operation);
    let names = renamed.map_or(&own[..], |(.., names)| names);
    let method = METHODS.iter().find(|(verb, _)| prefix == "apigateway" && operation.starts_with(verb));
    match method {
        Some((_, method)) => vec![format!("{prefix}:{method}")],
        None => names.iter().map(|name| format!("{prefix}:{name}")).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::iam::catalogue::service;

    #[test]
    fn an_operation_needs_the_action_of_its_name_or_another_one() {
        assert_eq!(permissions("sqs", "CreateQueue"), ["sqs:CreateQueue"]);
        assert_eq!(permissions("elbv2", "CreateRule"), ["elasticloadbalancing:CreateRule"]);
        assert_eq!(permissions("s3", "HeadBucket"), ["s3:ListBucket"]);
        assert_eq!(permissions("apigatewayv2", "UpdateStage"), ["apigateway:PATCH"]);
        assert_eq!(permissions("apigateway", "UntagResource"), ["apigateway:DELETE"]);
    }

    #[test]
    fn every_exception_leads_to_an_action_of_aws() {
        for (owner, operation, _) in RENAMED {
            for permission in permissions(owner, operation) {
                let (prefix, name) = permission.split_once(':').unwrap();
                assert!(service(prefix).unwrap().action(name).is_some(), "{operation}: {permission}");
                assert!(
                    service(prefix).unwrap().action(operation).is_none(),
                    "{operation} is an action itself"
                );
            }
        }
        for (_, prefix) in PREFIXES {
            assert!(service(prefix).is_some(), "{prefix}");
        }
    }
}
