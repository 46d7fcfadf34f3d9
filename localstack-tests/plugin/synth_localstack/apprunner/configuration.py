"""What a service consists of, made from a create or update request and checked as a whole.

https://docs.aws.amazon.com/apprunner/latest/api/API_CreateService.html
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from synth_localstack.apprunner import autoscaling, compute, revisions, roles, source
from synth_localstack.apprunner.call import Call
from synth_localstack.apprunner.errors import invalid_request
from synth_localstack.apprunner.store import AUTO_SCALING, OBSERVABILITY, VPC_CONNECTOR

#: https://docs.aws.amazon.com/apprunner/latest/api/API_HealthCheckConfiguration.html
HEALTH_CHECK = {
    "Protocol": "TCP",
    "Path": "/",
    "Interval": 5,
    "Timeout": 2,
    "HealthyThreshold": 1,
    "UnhealthyThreshold": 5,
}


@dataclass(frozen=True)
class Configuration:
    """The configured members of a service, and the ARNs of what it uses."""

    data: dict[str, Any]
    auto_scaling: str
    uses: frozenset[str]


def configure(call: Call, present: Mapping[str, Any], present_scaling: str | None) -> Configuration:
    """The configuration after the request; what the request leaves out stays as in `present`.

    Nothing is changed, so a refused request leaves the service as it was.
    """
    asked = {**present, **call.request}
    sources = source.configure(
        call, asked["SourceConfiguration"], present.get("SourceConfiguration")
    )
    instance = _instance(call, asked.get("InstanceConfiguration", {}), sources)
    network, connector = _network(call, asked.get("NetworkConfiguration", {}))
    observability, traced = _observability(call, asked.get("ObservabilityConfiguration"))
    scaling = _auto_scaling(call, present_scaling)
    data = {
        "SourceConfiguration": sources,
        "InstanceConfiguration": instance,
        "HealthCheckConfiguration": HEALTH_CHECK | asked.get("HealthCheckConfiguration", {}),
        "NetworkConfiguration": network,
        **observability,
    }
    if "EncryptionConfiguration" in asked:
        data["EncryptionConfiguration"] = asked["EncryptionConfiguration"]
    return Configuration(data, scaling, source.connection(sources) | connector | traced | {scaling})


def _instance(call: Call, given: Mapping[str, Any], sources: Mapping[str, Any]) -> dict[str, Any]:
    instance = compute.instance(given)
    role = instance.get("InstanceRoleArn")
    if role is not None:
        roles.require_instance_role(call, role)
    elif source.runtime(sources).get("RuntimeEnvironmentSecrets"):
        # The sentence is AWS's (terraform-aws-modules/terraform-aws-app-runner#5).
        raise invalid_request(
            "Instance Role have to be provided if passing in RuntimeEnvironmentSecrets."
        )
    return instance


def _network(call: Call, given: Mapping[str, Any]) -> tuple[dict[str, Any], frozenset[str]]:
    egress = {"EgressType": "DEFAULT", **given.get("EgressConfiguration", {})}
    # A configuration without the member is one whose IsPubliclyAccessible is false: it is a
    # primitive boolean, which Go's SDK leaves out. No configuration at all means public.
    ingress = {"IsPubliclyAccessible": "IngressConfiguration" not in given}
    ingress |= given.get("IngressConfiguration", {})
    uses: frozenset[str] = frozenset()
    connector = egress.get("VpcConnectorArn")
    # "Only valid when EgressType = VPC" (API_EgressConfiguration).
    if (egress["EgressType"] == "VPC") != (connector is not None):
        raise invalid_request(
            "EgressConfiguration needs VpcConnectorArn if, and only if, EgressType is VPC"
        )
    if connector is not None:
        used = revisions.referenced(call, VPC_CONNECTOR, connector).arn
        egress["VpcConnectorArn"] = used
        uses = frozenset({used})
    network = {"IpAddressType": "IPV4", **given}
    return network | {"EgressConfiguration": egress, "IngressConfiguration": ingress}, uses


def _observability(
    call: Call, given: Mapping[str, Any] | None
) -> tuple[dict[str, Any], frozenset[str]]:
    # Absent stays absent: hashicorp/aws 5.100.0 shows a default configuration as an endless diff.
    if given is None:
        return {}, frozenset()
    shown = {"ObservabilityEnabled": False, **given}
    arn = shown.get("ObservabilityConfigurationArn")
    # "Specified only when ObservabilityEnabled is true" (API_ServiceObservabilityConfiguration).
    if shown["ObservabilityEnabled"] != (arn is not None):
        raise invalid_request(
            "ObservabilityConfigurationArn is given if, and only if, ObservabilityEnabled is true"
        )
    uses: frozenset[str] = frozenset()
    if arn is not None:
        used = revisions.referenced(call, OBSERVABILITY, arn).arn
        shown["ObservabilityConfigurationArn"] = used
        uses = frozenset({used})
    return {"ObservabilityConfiguration": shown}, uses


def _auto_scaling(call: Call, present: str | None) -> str:
    asked = call.request.get("AutoScalingConfigurationArn")
    if asked is not None:
        return revisions.referenced(call, AUTO_SCALING, asked).arn
    return present or autoscaling.default(call).arn
