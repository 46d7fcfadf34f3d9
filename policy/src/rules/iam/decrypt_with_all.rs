//! `kms:Decrypt` on `*`.

use crate::iam::grant::Concern;
use crate::rules::breadth::report_on_every_resource;
use crate::rules::{Bad, Judgement, Rule, Severity, Subject};

pub(crate) static RULE: Rule = Rule {
    id: "IAM043",
    name: "decrypt-with-all",
    summary: "decryption is allowed with every key",
    rationale: "Keys keep apart who may read what. With `kms:Decrypt` on `*` their own policies are all that is left of \
                that, and the usual key policy hands the decision back to IAM.",
    remedy: "name the keys, or the service that may use them in the condition `kms:ViaService`",
    sources: &["https://docs.aws.amazon.com/securityhub/latest/userguide/kms-controls.html#kms-1"],
    severity: Severity::Error,
    good: &[
        r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": \"kms:Decrypt\", \"Resource\": \"${aws_kms_key.k.arn}\"}}"}}}}"#,
        r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": \"kms:Decrypt\", \"Resource\": \"*\", \"Condition\": {\"StringEquals\": {\"kms:ViaService\": \"s3.us-east-2.amazonaws.com\"}}}}"}}}}"#,
        r#"{"resource": {"aws_kms_key": {"k": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Principal\": {\"AWS\": \"arn:aws:iam::111122223333:role/r\"}, \"Action\": \"kms:Decrypt\", \"Resource\": \"*\"}}"}}}}"#,
    ],
    bad: &[Bad {
        document: r#"{"resource": {"aws_kms_key": {"k": {}}, "aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": [\"kms:Decrypt\", \"kms:DescribeKey\"], \"Resource\": \"*\"}}"}}}}"#,
        at: &[r#"\"kms:Decrypt\""#],
    }],
    check,
};

fn check(subject: &Subject, judgement: &mut Judgement) {
    report_on_every_resource(&RULE, &[Concern::Decryption], "decryption with every key", subject, judgement);
}
