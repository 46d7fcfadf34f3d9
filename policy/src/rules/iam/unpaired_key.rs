//! Condition keys that mean little alone.

use crate::access::{Comparison, Operator};
use crate::rules::{Bad, Finding, Judgement, Rule, Severity, Subject};

pub(crate) static RULE: Rule = Rule {
    id: "IAM036",
    name: "unpaired-condition-key",
    summary: "a condition on a private address does not say of which network",
    rationale: "Any VPC may have the address `10.0.0.7`, those of other accounts too. Only together with the VPC or its endpoint \
                does `aws:VpcSourceIp` say where a request comes from.",
    remedy: "add `aws:SourceVpc` or `aws:SourceVpce` to the condition",
    sources: &[
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-vpcsourceip",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html",
    ],
    severity: Severity::Warning,
    good: &[
        r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"sqs:SendMessage\", \"Resource\": \"*\", \"Condition\": {\"IpAddress\": {\"aws:VpcSourceIp\": \"10.0.0.0/8\"}, \"StringEquals\": {\"aws:SourceVpc\": \"vpc-1\"}}}, {\"Effect\": \"Deny\", \"Action\": \"sqs:SendMessage\", \"Resource\": \"*\", \"Condition\": {\"NotIpAddress\": {\"aws:VpcSourceIp\": \"10.0.0.0/8\"}}}]}"}}}}"#,
    ],
    bad: &[Bad {
        document: r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": \"sqs:SendMessage\", \"Resource\": \"*\", \"Condition\": {\"IpAddress\": {\"aws:VpcSourceIp\": \"10.0.0.0/8\"}}}}"}}}}"#,
        at: &[r#"\"aws:VpcSourceIp\""#],
    }],
    check,
};

/// The keys that say which network an address is of.
const NETWORKS: &[&str] = &["aws:SourceVpc", "aws:SourceVpcArn", "aws:SourceVpce"];

fn check(subject: &Subject, judgement: &mut Judgement) {
    for (policy, statement, condition) in subject.conditions() {
        let admits = Operator::named(&condition.operator)
            .is_some_and(|operator| operator.comparison == Comparison::Address && !operator.negated);
        let is_alone = !NETWORKS.iter().any(|key| statement.conditions_on(key).next().is_some());
        if statement.allows() && admits && is_alone && condition.key.eq_ignore_ascii_case("aws:VpcSourceIp") {
            let what = "every VPC may have these addresses, and nothing says which one is meant";
            judgement.report(Finding::new(&RULE, condition.key_span, &policy.address, what));
        }
    }
}
