//! `rds-db:connect` on `*`.

use crate::iam::grant::Concern;
use crate::rules::breadth::report_on_every_resource;
use crate::rules::{Bad, Judgement, Rule, Severity, Subject};

pub(crate) static RULE: Rule = Rule {
    id: "IAM040",
    name: "credentials-of-all",
    summary: "credentials for every database, instance or pool of identities may be had",
    rationale: "These actions return credentials, or make new ones. On `*` their holder may log in as every user of every \
                database, say. Those that are a way to more permissions by themselves, such as `sts:AssumeRole`, \
                are reported as that.",
    remedy: "name the databases, users or instances",
    sources: &[
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_permissions-to-switch.html",
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.IAMDBAuth.IAMPolicy.html",
    ],
    severity: Severity::Error,
    good: &[
        r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": \"sts:AssumeRole\", \"Resource\": \"arn:aws:iam::111122223333:role/deploy\"}}"}}}}"#,
        r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": [\"ecr:GetAuthorizationToken\", \"sts:GetCallerIdentity\"], \"Resource\": \"*\"}}"}}}}"#,
        r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": \"sts:AssumeRole\", \"Resource\": \"*\", \"Condition\": {\"StringEquals\": {\"aws:ResourceTag/team\": \"shop\"}}}}"}}}}"#,
    ],
    bad: &[
        Bad {
            document: r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": [\"sqs:SendMessage\", \"ec2:GetPasswordData\"], \"Resource\": \"*\"}}"}}}}"#,
            at: &[r#"\"ec2:GetPasswordData\""#],
        },
        Bad {
            document: r#"{"data": {"aws_iam_policy_document": {"d": {"statement": {"actions": ["redshift:GetClusterCredentials", "rds-db:connect"], "resources": ["*"]}}}}}"#,
            at: &[r#""redshift:GetClusterCredentials""#],
        },
    ],
    check,
};

fn check(subject: &Subject, judgement: &mut Judgement) {
    report_on_every_resource(
        &RULE,
        &[Concern::Credentials],
        "credentials for all of them",
        subject,
        judgement,
    );
}
