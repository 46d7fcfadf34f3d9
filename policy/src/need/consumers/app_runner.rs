//! App Runner: the access role pulls images, the instance role reads what is injected.

use super::super::derivation::Use;
use super::{Acts, Consumer, images};
use crate::terraform::values_in;

pub(super) static CONSUMERS: &[Consumer] = &[
    // AWS App Runner developer guide, "How App Runner works with IAM": access role, instance role.
    Consumer {
        type_name: "aws_apprunner_service",
        within: &["source_configuration", "authentication_configuration"],
        role: "access_role_arn",
        service: &["build.apprunner.amazonaws.com"],
        acts: Acts::Service,
        needs: &[],
        more: access,
    },
    Consumer {
        type_name: "aws_apprunner_service",
        within: &["instance_configuration"],
        role: "instance_role_arn",
        service: &["tasks.apprunner.amazonaws.com"],
        acts: Acts::Code,
        needs: &[],
        more: instance,
    },
];

const IMAGE: &[&str] = &["source_configuration", "image_repository", "image_identifier"];

/// Where secrets and plain values are injected, whatever the service is made from.
const CONFIGURATIONS: [&[&str]; 2] = [
    &["source_configuration", "image_repository", "image_configuration"],
    &["source_configuration", "code_repository", "code_configuration", "code_configuration_values"],
];

fn access(used: &mut Use<'_, '_>) {
    // `AWSAppRunnerServicePolicyForECRAccess`.
    let actions = [images::PULL, &["ecr:DescribeImages"]].concat();
    for image in values_in(&used.block.body, IMAGE) {
        used.pulls(image, &actions);
    }
}

fn instance(used: &mut Use<'_, '_>) {
    for path in CONFIGURATIONS {
        for secret in values_in(&used.block.body, &[path, &["runtime_environment_secrets"]].concat()) {
            for member in secret.members() {
                let variable = member.name().unwrap_or_default();
                used.injected(&member.value, &format!("fills `{variable}` with"));
            }
            if secret.is_later() {
                used.open(&crate::known::Later::of(secret));
            }
        }
        for environment in values_in(&used.block.body, &[path, &["runtime_environment_variables"]].concat()) {
            used.is_told_of(environment);
        }
    }
}
