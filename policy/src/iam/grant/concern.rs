//! What is bad about an action that is allowed on everything.

use super::Named;
use crate::iam::catalogue::Level;

/// What is bad about allowing an action on every resource; the worst is the greatest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Concern {
    /// It deletes what is not to be had again.
    Deletion,
    /// It reads data.
    Data,
    /// It decrypts.
    Decryption,
    /// It reads secrets.
    Secrets,
    /// It turns off what records or watches.
    Monitoring,
    /// It changes who may do what.
    Permissions,
    /// It returns credentials, or is a login.
    Credentials,
}

/// Actions whose response is a credential, or that make or reset one (API references of the services).
/// `ecr:GetAuthorizationToken`, `sts:GetSessionToken` and `sts:GetCallerIdentity` are not among them: they have no
/// resource level and give nobody more than he has.
const CREDENTIALS: &[&str] = &[
    "codepipeline:PollForJobs",
    "cognito-identity:GetOpenIdTokenForDeveloperIdentity",
    "connect:GetFederationToken",
    "dsql:DbConnect",
    "dsql:DbConnectAdmin",
    "ec2:GetPasswordData",
    "gamelift:GetComputeAuthToken",
    "gamelift:RequestUploadCredentials",
    "iam:CreateAccessKey",
    "iam:CreateLoginProfile",
    "iam:CreateServiceSpecificCredential",
    "iam:ResetServiceSpecificCredential",
    "iam:UpdateAccessKey",
    "iam:UpdateLoginProfile",
    "lightsail:GetInstanceAccessDetails",
    "lightsail:GetRelationalDatabaseMasterUserPassword",
    "mediapackage:RotateChannelCredentials",
    "mediapackage:RotateIngestEndpointCredentials",
    "rds-db:connect",
    "redshift-serverless:GetCredentials",
    "redshift:GetClusterCredentials",
    "redshift:GetClusterCredentialsWithIAM",
    "sts:AssumeRole",
    "sts:AssumeRoleWithSAML",
    "sts:AssumeRoleWithWebIdentity",
    "sts:AssumeRoot",
    "sts:GetFederationToken",
];

/// Actions that read secrets.
const SECRETS: &[&str] = &[
    "secretsmanager:GetSecretValue",
    "ssm:GetParameter",
    "ssm:GetParameterHistory",
    "ssm:GetParameters",
    "ssm:GetParametersByPath",
];

/// "You should not allow `kms:Decrypt` or `kms:ReEncryptFrom` on all KMS keys" (Security Hub, KMS.1 and KMS.2).
const DECRYPTION: &[&str] = &["kms:Decrypt", "kms:ReEncryptFrom"];

/// Actions that read what customers keep, or copy it to where it can be read.
const DATA: &[&str] = &[
    "athena:GetQueryResults",
    "cassandra:Select",
    "codecommit:GetFile",
    "codecommit:GitPull",
    "dynamodb:BatchGetItem",
    "dynamodb:ExportTableToPointInTime",
    "dynamodb:GetItem",
    "dynamodb:GetRecords",
    "dynamodb:PartiQLSelect",
    "dynamodb:Query",
    "dynamodb:Scan",
    "ebs:GetSnapshotBlock",
    "kinesis:GetRecords",
    "lambda:GetFunction",
    "neptune-db:ReadDataViaQuery",
    "rds-data:BatchExecuteStatement",
    "rds-data:ExecuteStatement",
    "rds:CopyDBClusterSnapshot",
    "rds:CopyDBSnapshot",
    "rds:CreateDBClusterSnapshot",
    "rds:CreateDBSnapshot",
    "rds:StartExportTask",
    "redshift-data:ExecuteStatement",
    "s3:GetObject",
    "s3:GetObjectVersion",
    "sqs:ReceiveMessage",
    "timestream:Select",
];

/// Actions that stop or delete what records and watches (ATT&CK for cloud, "Impair Defenses").
const MONITORING: &[&str] = &[
    "access-analyzer:DeleteAnalyzer",
    "cloudtrail:DeleteEventDataStore",
    "cloudtrail:DeleteTrail",
    "cloudtrail:PutEventSelectors",
    "cloudtrail:StopLogging",
    "cloudtrail:UpdateTrail",
    "cloudwatch:DeleteAlarms",
    "cloudwatch:DisableAlarmActions",
    "config:DeleteConfigRule",
    "config:DeleteConfigurationRecorder",
    "config:DeleteDeliveryChannel",
    "config:StopConfigurationRecorder",
    "detective:DeleteGraph",
    "ec2:DeleteFlowLogs",
    "guardduty:DeleteDetector",
    "guardduty:DisassociateFromAdministratorAccount",
    "guardduty:DisassociateMembers",
    "guardduty:StopMonitoringMembers",
    "guardduty:UpdateDetector",
    "inspector2:Disable",
    "macie2:DisableMacie",
    "securityhub:BatchDisableStandards",
    "securityhub:DisableSecurityHub",
];

/// Actions that delete data or the keys to it.
const DELETION: &[&str] = &[
    "backup:DeleteBackupVault",
    "backup:DeleteRecoveryPoint",
    "cognito-idp:DeleteUserPool",
    "dynamodb:DeleteBackup",
    "dynamodb:DeleteTable",
    "ec2:DeleteSnapshot",
    "ec2:DeleteVolume",
    "elasticfilesystem:DeleteFileSystem",
    "es:DeleteDomain",
    "kms:DeleteImportedKeyMaterial",
    "kms:DisableKey",
    "kms:ScheduleKeyDeletion",
    "logs:DeleteLogGroup",
    "rds:DeleteDBCluster",
    "rds:DeleteDBClusterSnapshot",
    "rds:DeleteDBInstance",
    "rds:DeleteDBSnapshot",
    "redshift:DeleteCluster",
    "route53:DeleteHostedZone",
    "s3:DeleteBucket",
    "s3:DeleteObjectVersion",
    "secretsmanager:DeleteSecret",
];

/// How the names of actions that change nothing begin.
const SHOWING: &[&str] = &["BatchGet", "Describe", "Get", "List", "Search", "Validate"];

/// Every list with its concern.
const LISTS: &[(&[&str], Concern)] = &[
    (CREDENTIALS, Concern::Credentials),
    (MONITORING, Concern::Monitoring),
    (SECRETS, Concern::Secrets),
    (DECRYPTION, Concern::Decryption),
    (DATA, Concern::Data),
    (DELETION, Concern::Deletion),
];

pub(super) fn of(named: &Named) -> Option<Concern> {
    let asked = || named.service.prefix.bytes().chain([b':']).chain(named.action.name.bytes());
    // The lists are sorted.
    let is_listed = |list: &[&str]| list.binary_search_by(|full| full.bytes().cmp(asked())).is_ok();
    let listed = LISTS.iter().find(|(list, _)| is_listed(list)).map(|(_, concern)| *concern);
    let has_level = named.is_limitable();
    match listed {
        // Nothing but `*` allows them, on whatever is there.
        Some(Concern::Monitoring) => listed,
        Some(_) => listed.filter(|_| has_level),
        // AWS gives the level to some actions that show permissions, too.
        None => {
            let shows = named.begins_with(SHOWING);
            let changes = named.action.level == Some(Level::Permissions) && !shows;
            (has_level && changes).then_some(Concern::Permissions)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::iam::catalogue::service;

    #[test]
    fn the_lists_are_sorted_and_name_actions_that_exist() {
        for (list, _) in LISTS {
            assert!(list.is_sorted(), "{list:?}");
            for full in *list {
                let (prefix, name) = full.split_once(':').unwrap();
                let action = service(prefix).and_then(|service| service.action(name));
                assert_eq!(action.map(|action| action.name), Some(name), "{full}");
            }
        }
    }

    #[test]
    fn what_changes_permissions_is_told_by_its_access_level() {
        let s3 = service("s3").unwrap();
        let concern = |name| of(&Named { service: s3, action: s3.action(name).unwrap() });
        assert_eq!(concern("PutBucketPolicy"), Some(Concern::Permissions));
        assert_eq!((concern("PutObject"), concern("ListAllMyBuckets")), (None, None));
    }
}
