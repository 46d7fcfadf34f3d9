//! Conditions that pick resources as well as an ARN does.

use crate::iam::policy::Condition;

/// Keys that say which resource a request is about, in lower case (Service Authorization Reference,
/// "Condition keys" of each service). Those of tags are told by their form.
const OF_RESOURCES: &[&str] = &[
    "ec2:createaction",
    "ec2:instanceid",
    "ec2:instanceprofile",
    "ec2:parentsnapshot",
    "ec2:parentvolume",
    "ec2:subnet",
    "ec2:vpc",
    "ecs:cluster",
    "ecs:service",
    "elasticfilesystem:accesspointarn",
    // "To allow only the creation of service-linked roles for a service" (IAM user guide, "Service-linked
    // role permissions").
    "iam:awsservicename",
    // How AWS has administrators delegated (IAM user guide, "Permissions boundaries", "Controlling access to
    // policies").
    "iam:permissionsboundary",
    "iam:policyarn",
    // The keys of requests that a service makes for its own resources (KMS developer guide, "Condition keys").
    "kms:grantisforawsresource",
    "kms:requestalias",
    "kms:resourcealiases",
    "kms:viaservice",
    "lambda:functionarn",
    "s3:dataaccesspointarn",
    "secretsmanager:secretid",
];

/// Whether a condition holds for some resources only.
pub(super) fn picks_resources(condition: &Condition) -> bool {
    let key = condition.key.to_ascii_lowercase();
    let is_of_resource = OF_RESOURCES.contains(&key.as_str())
        || key.contains("resourcetag/")
        || key.contains("-tag/")
        || key.starts_with("aws:requesttag/")
        || key.starts_with("kms:encryptioncontext:");
    is_of_resource && condition.demands_a_value()
}
