//! Roles that a service may assume on behalf of anyone.

use crate::iam::PolicyKind::Trust;
use crate::known::Known;
use crate::rules::{Bad, Finding, Judgement, Rule, Severity, Subject};

pub(crate) static RULE: Rule = Rule {
    id: "IAM066",
    name: "confused-deputy",
    summary: "a role trusts a service without saying on whose behalf, where the service's guide asks for it",
    rationale: "The service assumes the role for whoever names it in a request. The guides of these services say to test \
                the source, so that another account cannot make the service use this role.",
    remedy: "test `aws:SourceAccount` for your account, and `aws:SourceArn` for the resource that uses the role",
    sources: &[
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html#cross-service-confused-deputy-prevention",
        "https://docs.aws.amazon.com/scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html",
        "https://docs.aws.amazon.com/codebuild/latest/userguide/cross-service-confused-deputy-prevention.html",
        "https://docs.aws.amazon.com/datasync/latest/userguide/cross-service-confused-deputy-prevention.html",
        "https://docs.aws.amazon.com/step-functions/latest/dg/procedure-create-iam-role.html#prevent-cross-service-confused-deputy",
    ],
    severity: Severity::Suggestion,
    good: &[
        r#"{"resource": {"aws_iam_role": {"r": {"assume_role_policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Principal\": {\"Service\": \"ec2.amazonaws.com\"}, \"Action\": \"sts:AssumeRole\"}}"}}}}"#,
        r#"{"resource": {"aws_iam_role": {"r": {"assume_role_policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Principal\": {\"Service\": \"scheduler.amazonaws.com\"}, \"Action\": \"sts:AssumeRole\", \"Condition\": {\"StringEquals\": {\"aws:SourceAccount\": \"111122223333\"}}}}"}}}}"#,
    ],
    bad: &[Bad {
        document: r#"{"resource": {"aws_iam_role": {"r": {"assume_role_policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Principal\": {\"Service\": \"scheduler.amazonaws.com\"}, \"Action\": \"sts:AssumeRole\"}}"}}}}"#,
        at: &[r#"\"scheduler.amazonaws.com\""#],
    }],
    check,
};

/// The services whose guides show the trust policy of their role with a condition on the source, each in its page
/// "Cross-service confused deputy prevention" or the one on its role. Services whose guides do not ask for it (Amazon EC2, Amazon ECS, AWS Lambda,
/// …) are not here: a role cannot be passed to a service in another account.
const DOCUMENTED: &[&str] = &[
    "appstream.amazonaws.com",
    "batch.amazonaws.com",
    "bedrock.amazonaws.com",
    "codebuild.amazonaws.com",
    "datasync.amazonaws.com",
    "datazone.amazonaws.com",
    "eks.amazonaws.com",
    "fis.amazonaws.com",
    "frauddetector.amazonaws.com",
    "iot.amazonaws.com",
    "personalize.amazonaws.com",
    "pipes.amazonaws.com",
    "scheduler.amazonaws.com",
    "states.amazonaws.com",
];

fn check(subject: &Subject, judgement: &mut Judgement) {
    for (policy, statement) in subject.allowing(&[Trust]) {
        let principals = statement.principal.known().into_iter().flatten();
        let services = principals.filter(|principal| {
            let id = principal.id.literal();
            principal.kind == "Service" && id.is_some_and(|id| DOCUMENTED.contains(&id))
        });
        for service in services {
            if let Known::Later(later) = &statement.condition {
                judgement
                    .undecided(later.span, "whether this condition names the source is known only later");
            } else if !statement.names_source() {
                let message =
                    format!("`{}` may assume this role on behalf of any account", service.id.as_str());
                judgement.report(Finding::new(&RULE, service.id.span(), &policy.address, message));
            }
        }
    }
}
