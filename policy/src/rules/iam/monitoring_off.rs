//! `cloudtrail:StopLogging` on `*`.

use crate::iam::grant::Concern;
use crate::rules::breadth::report_on_every_resource;
use crate::rules::{Bad, Judgement, Rule, Severity, Subject};

pub(crate) static RULE: Rule = Rule {
    id: "IAM044",
    name: "monitoring-off",
    summary: "what records and watches the account may be turned off",
    rationale: "Whoever has got in turns off the trail, the detector and the alarms first. Hardly any workload needs these \
                actions.",
    remedy: "leave such actions to the role that sets up the account, and deny them to all others by a service control policy",
    sources: &[
        "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_examples_guardduty.html",
        "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/best-practices-security.html",
    ],
    severity: Severity::Error,
    good: &[
        r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": \"cloudtrail:LookupEvents\", \"Resource\": \"*\"}}"}}}}"#,
        r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Deny\", \"Action\": \"cloudtrail:StopLogging\", \"Resource\": \"*\"}}"}}}}"#,
    ],
    bad: &[Bad {
        document: r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": [\"cloudtrail:StopLogging\", \"guardduty:DeleteDetector\"], \"Resource\": \"*\"}}"}}}}"#,
        at: &[r#"\"cloudtrail:StopLogging\""#],
    }],
    check,
};

fn check(subject: &Subject, judgement: &mut Judgement) {
    let what = "what records and watches may be turned off";
    report_on_every_resource(&RULE, &[Concern::Monitoring], what, subject, judgement);
}
