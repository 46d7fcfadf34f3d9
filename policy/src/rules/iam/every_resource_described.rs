//! `Describe…` and `List…` on `*` where an ARN could stand.

use crate::rules::breadth::{Harm, report_missing_arns};
use crate::rules::{Bad, Judgement, Rule, Severity, Subject};

pub(crate) static RULE: Rule = Rule {
    id: "IAM053",
    name: "every-resource-described",
    summary: "an Allow statement lists or describes every resource although its actions can be limited to some",
    rationale: "The actions work on named resources. What they show is how things are set up, not what is in them: that \
                helps whoever has broken in to find the way on.",
    remedy: "name the ARNs in `Resource`; put actions that have no resource level in a statement of their own",
    sources: &[
        "https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html",
    ],
    severity: Severity::Warning,
    good: &[
        r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": [\"ec2:Describe*\", \"s3:ListAllMyBuckets\"], \"Resource\": \"*\"}}"}}}}"#,
        r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": [\"ecs:DescribeServices\", \"ecs:UpdateService\"], \"Resource\": \"*\"}}"}}}}"#,
    ],
    bad: &[Bad {
        document: r#"{"resource": {"aws_ecs_cluster": {"c": {"name": "c"}}, "aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": [\"ecs:DescribeClusters\", \"ecs:ListTasks\"], \"Resource\": \"*\"}}"}}}}"#,
        at: &[r#"\"*\""#],
    }],
    check,
};

fn check(subject: &Subject, judgement: &mut Judgement) {
    report_missing_arns(&RULE, Harm::Describes, subject, judgement);
}
