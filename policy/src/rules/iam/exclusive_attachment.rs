//! `aws_iam_policy_attachment`.

use crate::rules::{Bad, Finding, Judgement, Rule, Severity, Subject};

pub(crate) static RULE: Rule = Rule {
    id: "IAM048",
    name: "exclusive-attachment",
    summary: "a policy is attached in a way that takes it from everybody else",
    rationale: "`aws_iam_policy_attachment` detaches the policy from every role, user and group of the account that it \
                does not name, whoever attached it there: of one of AWS's policies, those of other teams too.",
    remedy: "use `aws_iam_role_policy_attachment` or `aws_iam_group_policy_attachment`, one for each",
    sources: &[
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/iam_policy_attachment",
    ],
    severity: Severity::Warning,
    good: &[
        r#"{"resource": {"aws_iam_role_policy_attachment": {"a": {"role": "r", "policy_arn": "${aws_iam_policy.own.arn}"}}}}"#,
    ],
    bad: &[Bad {
        document: r#"{"resource": {"aws_iam_policy_attachment": {"a": {"name": "a", "roles": ["r"], "policy_arn": "${aws_iam_policy.own.arn}"}}}}"#,
        at: &[r#""a""#],
    }],
    check,
};

fn check(subject: &Subject, judgement: &mut Judgement) {
    for block in subject.blocks.iter().filter(|block| block.is_resource("aws_iam_policy_attachment")) {
        let message = "this takes the policy from everybody in the account whom it does not name";
        judgement.report(Finding::new(&RULE, block.span, block.address(), message));
    }
}
