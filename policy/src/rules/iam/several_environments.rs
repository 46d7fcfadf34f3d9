//! A pattern for names that reaches production and another environment.

use crate::iam::PolicyKind::Identity;
use crate::iam::environment;
use crate::iam::grant::picks_resources;
use crate::rules::{Bad, Finding, Judgement, Rule, Severity, Subject};

pub(crate) static RULE: Rule = Rule {
    id: "IAM052",
    name: "several-environments",
    summary: "a pattern for names reaches production and another environment",
    rationale: "Environments are kept apart so that a mistake or a break-in in one of them stays there. A principal that may \
                act in both is the way from one to the other. Where both are named one by one that is meant; a \
                pattern takes in what nobody thought of.",
    remedy: "write the environment into the pattern, and give each one a principal of its own",
    sources: &[
        "https://docs.aws.amazon.com/whitepapers/latest/organizing-your-aws-environment/benefits-of-using-multiple-aws-accounts.html",
    ],
    severity: Severity::Warning,
    good: &[
        r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": \"s3:GetObject\", \"Resource\": [\"arn:aws:s3:::shop-prod-assets/*\", \"arn:aws:s3:::shop-prod-logs/*\"]}}"}}}}"#,
        r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": \"s3:GetObject\", \"Resource\": [\"arn:aws:s3:::shop-prod-assets/*\", \"arn:aws:s3:::shop-staging-assets/*\"]}}"}}}}"#,
        r#"{"resource": {"aws_s3_bucket": {"a": {"bucket": "shop-prod"}, "b": {"bucket": "shop-dev"}}, "aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": \"s3:GetObject\", \"Resource\": \"arn:aws:s3:::shop-prod*/*\"}}"}}}}"#,
    ],
    bad: &[Bad {
        document: r#"{"resource": {"aws_sqs_queue": {"a": {"name": "jobs-production"}, "b": {"name": "jobs-dev"}}, "aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": \"sqs:SendMessage\", \"Resource\": \"arn:aws:sqs:us-east-2:111122223333:jobs-*\"}}"}}}}"#,
        at: &[r#"\"arn:aws:sqs:us-east-2:111122223333:jobs-*\""#],
    }],
    check,
};

fn check(subject: &Subject, judgement: &mut Judgement) {
    for (policy, statement, _) in subject.grants(&[Identity]) {
        if picks_resources(statement) == Ok(true) {
            continue; // a condition keeps them apart
        }
        for text in statement.resources() {
            let names = environment::names_matched(text, &subject.blocks);
            if let Some((production, other)) = environment::pair(&names) {
                let message = format!("this reaches `{production}` and `{other}`");
                judgement.report(Finding::new(&RULE, text.span(), &policy.address, message));
            }
        }
    }
}
