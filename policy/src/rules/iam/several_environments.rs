//! Production and another environment in one statement.

use crate::iam::PolicyKind::Identity;
use crate::iam::environment::{self, Environment};
use crate::iam::grant::picks_resources;
use crate::rules::{Bad, Finding, Judgement, Rule, Severity, Subject};
use crate::text::Text;

pub(crate) static RULE: Rule = Rule {
    id: "IAM052",
    name: "several-environments",
    summary: "a statement reaches production and another environment",
    rationale: "Environments are kept apart so that a mistake or a break-in in one of them stays there. A principal that may \
                act in both is the way from one to the other.",
    remedy: "give each environment a principal of its own, best in an account of its own",
    sources: &[
        "https://docs.aws.amazon.com/whitepapers/latest/organizing-your-aws-environment/benefits-of-using-multiple-aws-accounts.html",
    ],
    severity: Severity::Warning,
    good: &[
        r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": \"s3:GetObject\", \"Resource\": [\"arn:aws:s3:::shop-prod-assets/*\", \"arn:aws:s3:::shop-prod-logs/*\"]}}"}}}}"#,
        r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": \"s3:GetObject\", \"Resource\": [\"arn:aws:s3:::shop-test-results/*\", \"arn:aws:s3:::production-of-films/*\"]}}"}}}}"#,
        r#"{"resource": {"aws_s3_bucket": {"a": {"bucket": "shop-prod"}, "b": {"bucket": "shop-dev"}}, "aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": \"s3:GetObject\", \"Resource\": \"arn:aws:s3:::shop-prod*/*\"}}"}}}}"#,
    ],
    bad: &[
        Bad {
            document: r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": \"s3:GetObject\", \"Resource\": [\"arn:aws:s3:::shop-prod-assets/*\", \"arn:aws:s3:::shop-staging-assets/*\"]}}"}}}}"#,
            at: &[r#"\"arn:aws:s3:::shop-staging-assets/*\""#],
        },
        Bad {
            document: r#"{"resource": {"aws_sqs_queue": {"a": {"name": "jobs-production"}, "b": {"name": "jobs-dev"}}, "aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": \"sqs:SendMessage\", \"Resource\": \"arn:aws:sqs:us-east-2:111122223333:jobs-*\"}}"}}}}"#,
            at: &[r#"\"arn:aws:sqs:us-east-2:111122223333:jobs-*\""#],
        },
    ],
    check,
};

fn check(subject: &Subject, judgement: &mut Judgement) {
    for (policy, statement, _) in subject.grants(&[Identity]) {
        if picks_resources(statement) == Ok(true) {
            continue; // a condition keeps them apart
        }
        let texts: Vec<&Text> = statement.resources().collect();
        if let Some((production, other)) = both(&texts) {
            let message = format!("this is `{}` of another environment", production.as_str());
            let finding = Finding::new(&RULE, other.span(), &policy.address, message);
            judgement.report(finding.related(production.span(), "of production"));
        }
        for text in texts {
            let names = environment::names_matched(text, &subject.blocks);
            if let Some((production, other)) = environment::pair(&names) {
                let message = format!("this reaches `{production}` and `{other}`");
                judgement.report(Finding::new(&RULE, text.span(), &policy.address, message));
            }
        }
    }
}

/// The first two that differ in nothing but the environment.
fn both<'t>(texts: &[&'t Text]) -> Option<(&'t Text, &'t Text)> {
    let of = |text: &'t Text| Environment::of(text.as_str()).map(|found| (text, found));
    let named: Vec<_> = texts.iter().filter_map(|text| of(text)).collect();
    let production = named.iter().filter(|(_, (environment, _))| *environment == Environment::Production);
    production.into_iter().find_map(|(one, (_, rest))| {
        let is_other = |(_, (environment, others)): &&(&Text, (Environment, String))| {
            *environment == Environment::Other && others == rest
        };
        named.iter().find(is_other).map(|(other, _)| (*one, *other))
    })
}
