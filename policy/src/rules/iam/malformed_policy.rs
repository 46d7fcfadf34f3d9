//! Policies whose form is wrong.

use crate::rules::{Bad, Finding, Judgement, Rule, Severity, Subject};

pub(crate) static RULE: Rule = Rule {
    id: "IAM013",
    name: "malformed-policy",
    summary: "a policy is not written in the language of policies",
    rationale: "AWS refuses a policy that is not JSON, has unknown or repeated elements, an effect other than `Allow` and \
                `Deny`, or values of another type; what it does accept of it is not what was meant.",
    remedy: "write the elements as IAM's grammar has them",
    sources: &[
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html",
    ],
    severity: Severity::Error,
    good: &[
        r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Id\": \"a\", \"Statement\": [{\"Sid\": \"A\", \"Effect\": \"Allow\", \"Action\": \"sqs:SendMessage\", \"Resource\": \"arn:aws:sqs:us-east-2:111122223333:jobs\", \"Condition\": {\"Bool\": {\"aws:SecureTransport\": true}}}]}"}}}}"#,
        r#"{"resource": {"aws_iam_policy": {"p": {"policy": "${jsonencode({Version = \"2012-10-17\", Statement = [{Effect = var.effect, Action = var.actions, Resource = \"*\"}, var.statement]})}"}}}}"#,
    ],
    bad: &[
        Bad {
            document: r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"allow\", \"Acton\": \"sqs:SendMessage\", \"Resource\": 7}]}"}}}}"#,
            at: &[r#"\"allow\""#, r#"\"Acton\""#, "7"],
        },
        Bad {
            document: r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statements\": []}"}}}}"#,
            at: &["{", r#"\"Statements\""#],
        },
        Bad {
            document: r#"{"resource": {"aws_sqs_queue_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Principal\": {\"Services\": \"sns.amazonaws.com\"}, \"Action\": \"sqs:SendMessage\", \"Resource\": \"*\"}}"}}}}"#,
            at: &[r#"\"Services\""#],
        },
        Bad {
            document: r#"{"resource": {"aws_sqs_queue_policy": {"p": {"policy": "${jsonencode({Version = \"2012-10-17\", Statement = {Effect = \"Allow\", Principal = \"arn:aws:iam::111122223333:root\", Action = \"sqs:SendMessage\", Resource = \"*\"}})}"}}}}"#,
            at: &[r#"\"arn:aws:iam::111122223333:root\""#],
        },
    ],
    check,
};

fn check(subject: &Subject, judgement: &mut Judgement) {
    for policy in &subject.policies {
        for flaw in &policy.flaws {
            let finding = Finding::new(&RULE, flaw.span, &policy.address, flaw.what.as_str());
            judgement.report(finding.instead(flaw.instead.as_str()));
        }
    }
}
