"""What moto's ECS forgets of a service."""

from synth_localstack.corrections.correction import Correction, amends
from synth_localstack.corrections.overlay import Overlay

_SERVICE = Overlay(
    service="ecs",
    key="serviceArn",
    holders=("service", "services"),
    create="CreateService",
    members={
        name: name
        for name in (
            "availabilityZoneRebalancing",
            "enableExecuteCommand",
            "healthCheckGracePeriodSeconds",
        )
    },
)

CORRECTIONS = (
    Correction(
        name="ecs-service-members",
        service="ecs",
        operations=frozenset({"CreateService", "UpdateService", "DescribeServices"}),
        reason=(
            "moto 5.1 forgets a service's grace period, ECS Exec and rebalancing:"
            " terraform plans to set them, for ever"
        ),
        apply=amends(_SERVICE),
    ),
)
