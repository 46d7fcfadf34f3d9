//! Traces of a service's requests.

use synth_aws::apprunner::{
    ObservabilityConfiguration, ObservabilityConfigurationTraceConfiguration,
    ServiceObservabilityConfiguration,
};
use synth_core::{Grant, Resources, Scope, THIS, Value};

use crate::iam::Principal;

/// Has App Runner collect traces for AWS X-Ray, and lets the instances send them: AWS's managed policy
/// `AWSXRayDaemonWriteAccess` (AWS App Runner Developer Guide, "Tracing for your App Runner application with X-Ray").
pub(super) fn trace(
    service: &Value<String>,
    instance: &impl Principal,
    scope: &mut Scope<'_>,
) -> ServiceObservabilityConfiguration {
    let traces = ObservabilityConfigurationTraceConfiguration::new().vendor("AWSXRAY");
    let configuration = ObservabilityConfiguration::new()
        .observability_configuration_name(service)
        .trace_configuration(traces);
    let configuration = scope.add(THIS, configuration);
    let actions = [
        "xray:GetSamplingRules",
        "xray:GetSamplingStatisticSummaries",
        "xray:GetSamplingTargets",
        "xray:PutTelemetryRecords",
        "xray:PutTraceSegments",
    ];
    let every =
        Resources::every("they have no resource level: Service Authorization Reference, \"AWS X-Ray\"");
    scope.grant(Grant::new(instance.principal(), actions, every));
    ServiceObservabilityConfiguration::new()
        .observability_enabled(true)
        .observability_configuration_arn(configuration.arn())
}
