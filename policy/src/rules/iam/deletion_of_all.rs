//! `kms:ScheduleKeyDeletion`, `rds:DeleteDBInstance` on `*`.

use crate::iam::grant::Concern;
use crate::rules::breadth::report_on_every_resource;
use crate::rules::{Bad, Judgement, Rule, Severity, Subject};

pub(crate) static RULE: Rule = Rule {
    id: "IAM045",
    name: "deletion-of-all",
    summary: "every database, bucket, key or backup may be deleted",
    rationale: "What these actions delete is data, its backups, or the key without which it cannot be read. On `*` one \
                mistake or one stolen credential is enough for all of it.",
    remedy: "name what this principal may delete",
    sources: &[
        "https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys-adding-permission.html",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege",
    ],
    severity: Severity::Error,
    good: &[
        r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": \"rds:DeleteDBSnapshot\", \"Resource\": \"arn:aws:rds:us-east-2:111122223333:snapshot:shop-*\"}}"}}}}"#,
    ],
    bad: &[Bad {
        document: r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": [\"kms:ScheduleKeyDeletion\", \"dynamodb:DeleteTable\"], \"Resource\": \"*\"}}"}}}}"#,
        at: &[r#"\"kms:ScheduleKeyDeletion\""#],
    }],
    check,
};

fn check(subject: &Subject, judgement: &mut Judgement) {
    let what = "all data may be deleted, or the keys to it";
    report_on_every_resource(&RULE, &[Concern::Deletion], what, subject, judgement);
}
