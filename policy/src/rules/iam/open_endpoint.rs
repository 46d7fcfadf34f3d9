//! VPC endpoints that let everything pass.

use crate::iam::PolicyKind::Endpoint;
use crate::iam::{Entries, Statement};
use crate::known::Known;
use crate::rules::{Bad, Finding, Judgement, Rule, Severity, Subject};

pub(crate) static RULE: Rule = Rule {
    id: "IAM071",
    name: "open-endpoint-policy",
    summary: "the policy of a VPC endpoint lets everybody do everything with every resource",
    rationale: "Through such an endpoint whoever is inside sends data to buckets and queues of any account, with \
                credentials of any account: it is the way out that a closed network was meant not to have.",
    remedy: "name the resources, or test `aws:PrincipalOrgID` and `aws:ResourceOrgID` for your organization",
    sources: &[
        "https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html",
        "https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-bucket-policies-vpc-endpoint.html",
    ],
    severity: Severity::Suggestion,
    good: &[
        r#"{"resource": {"aws_vpc_endpoint": {"e": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Principal\": \"*\", \"Action\": \"*\", \"Resource\": \"*\", \"Condition\": {\"StringEquals\": {\"aws:PrincipalOrgID\": \"o-abcdefghij\"}}}}"}}}}"#,
        r#"{"resource": {"aws_vpc_endpoint": {"e": {"service_name": "com.amazonaws.us-east-1.s3"}}}}"#,
    ],
    bad: &[Bad {
        document: r#"{"resource": {"aws_vpc_endpoint": {"e": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Principal\": \"*\", \"Action\": \"*\", \"Resource\": \"*\"}}"}}}}"#,
        at: &[r#"{\"Effect\": \"Allow\", \"Principal\": \"*\", \"Action\": \"*\", \"Resource\": \"*\"}"#],
    }],
    check,
};

fn check(subject: &Subject, judgement: &mut Judgement) {
    for (policy, statement) in subject.allowing(&[Endpoint]) {
        if is_everything(statement) && statement.is_unconditional() {
            let message = "everybody may do everything through this endpoint";
            judgement.report(Finding::new(&RULE, statement.span, &policy.address, message));
        }
    }
}

fn is_everything(statement: &Statement) -> bool {
    let whole = |entries: &Known<Entries>| {
        let mut texts = entries.known().into_iter().flat_map(|entries| &entries.texts);
        texts.any(|text| matches!(text.literal(), Some("*" | "*:*")))
    };
    let mut principals = statement.principal.known().into_iter().flatten();
    principals.any(|principal| principal.id.literal() == Some("*"))
        && whole(&statement.action)
        && whole(&statement.resource)
}
