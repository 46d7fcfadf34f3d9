//! `aws_iam_user_login_profile`.

use crate::rules::{Bad, Finding, Judgement, Rule, Severity, Subject};

pub(crate) static RULE: Rule = Rule {
    id: "IAM050",
    name: "console-password",
    summary: "an IAM user is given a password for the console",
    rationale: "The password stays until somebody takes it away, Terraform can ask for no second factor, and without \
                `pgp_key` the first password is kept in the state file.",
    remedy: "let people log in by IAM Identity Center or another identity provider",
    sources: &[
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#bp-users-federation-idp",
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/iam_user_login_profile",
    ],
    severity: Severity::Warning,
    good: &[r#"{"resource": {"aws_iam_user": {"u": {"name": "u"}}}}"#],
    bad: &[Bad {
        document: r#"{"resource": {"aws_iam_user_login_profile": {"u": {"user": "u"}}}}"#,
        at: &[r#""u""#],
    }],
    check,
};

fn check(subject: &Subject, judgement: &mut Judgement) {
    for block in subject.blocks.iter().filter(|block| block.is_resource("aws_iam_user_login_profile")) {
        let message = "this user logs in to the console with a password";
        judgement.report(Finding::new(&RULE, block.span, block.address(), message));
    }
}
