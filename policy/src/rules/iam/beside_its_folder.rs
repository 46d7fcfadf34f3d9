//! Secrets and parameters beside those that are injected.

use super::unneeded_permission::{instead, principals};
use crate::need::Extent;
use crate::rules::{Bad, Finding, Judgement, Rule, Severity, Subject};

pub(crate) static RULE: Rule = Rule {
    id: "IAM082",
    name: "beside-its-folder",
    summary: "a principal may read the secrets or parameters of others, beside the folder that its own are in",
    rationale: "All that is injected comes from one folder, and the grant goes to the folder above: it reaches what is there for \
                other services and other environments. Staging can then read production.",
    remedy: "name what is injected, or end the path in its folder",
    sources: &["https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-access.html"],
    severity: Severity::Warning,
    good: &[
        r#"{"resource": {"aws_ssm_parameter": {"url": {"name": "/app/staging/url"}}, "aws_iam_role": {"instance": {"name": "instance", "assume_role_policy": "{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"sts:AssumeRole\", \"Principal\": {\"Service\": \"tasks.apprunner.amazonaws.com\"}}}"}}, "aws_iam_role_policy": {"instance": {"role": "instance", "policy": "{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"ssm:GetParameters\", \"Resource\": \"arn:aws:ssm:us-west-2:111122223333:parameter/app/staging/*\"}}"}}, "aws_apprunner_service": {"api": {"instance_configuration": {"instance_role_arn": "${aws_iam_role.instance.arn}"}, "source_configuration": {"image_repository": {"image_identifier": "public.ecr.aws/a/b:1", "image_configuration": {"runtime_environment_secrets": {"URL": "${aws_ssm_parameter.url.arn}"}}}}}}}}"#,
    ],
    bad: &[Bad {
        document: r#"{"resource": {"aws_ssm_parameter": {"url": {"name": "/app/staging/url"}}, "aws_iam_role": {"instance": {"name": "instance", "assume_role_policy": "{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"sts:AssumeRole\", \"Principal\": {\"Service\": \"tasks.apprunner.amazonaws.com\"}}}"}}, "aws_iam_role_policy": {"instance": {"role": "instance", "policy": "{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"ssm:GetParameters\", \"Resource\": \"arn:aws:ssm:us-west-2:111122223333:parameter/app/*\"}}"}}, "aws_apprunner_service": {"api": {"instance_configuration": {"instance_role_arn": "${aws_iam_role.instance.arn}"}, "source_configuration": {"image_repository": {"image_identifier": "public.ecr.aws/a/b:1", "image_configuration": {"runtime_environment_secrets": {"URL": "${aws_ssm_parameter.url.arn}"}}}}}}}}"#,
        at: &[r#"\"arn:aws:ssm:us-west-2:111122223333:parameter/app/*\""#],
    }],
    check,
};

fn check(subject: &Subject, judgement: &mut Judgement) {
    for excess in &subject.excess {
        let Extent::BesideFolder(folder) = &excess.extent else { continue };
        let name = folder.rsplit(':').next().unwrap_or(folder);
        let message = format!(
            "`{}` reaches beside `{name}`, the folder of all that is injected with {}",
            excess.granted,
            principals(excess)
        );
        judgement.report(
            Finding::new(&RULE, excess.span, excess.address.as_str(), message).instead(instead(excess)),
        );
    }
}
