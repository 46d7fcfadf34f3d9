"""What moto's ECS forgets, and what it does not forget."""

from typing import TYPE_CHECKING, Any

from synth_localstack.corrections.correction import Correction, amends
from synth_localstack.corrections.overlay import Overlay

if TYPE_CHECKING:
    from localstack.aws.api import RequestContext

_SERVICE = Overlay(
    service="ecs",
    key=("serviceArn",),
    holders=("service", "services"),
    create="CreateService",
    members={
        name: name
        for name in (
            "availabilityZoneRebalancing",
            "deploymentConfiguration",
            "enableECSManagedTags",
            "enableExecuteCommand",
            "healthCheckGracePeriodSeconds",
        )
    },
)


def leave_inactive_out(context: "RequestContext", answer: dict[str, Any]) -> None:
    """Lists the clusters that somebody can still use."""
    from moto.ecs.models import ecs_backends

    clusters = ecs_backends[context.account_id][context.region].clusters.values()
    inactive = {cluster.arn for cluster in clusters if cluster.status == "INACTIVE"}
    answer["clusterArns"] = [arn for arn in answer.get("clusterArns", []) if arn not in inactive]


CORRECTIONS = (
    Correction(
        name="ecs-deleted-cluster",
        service="ecs",
        operations=frozenset({"ListClusters"}),
        reason="moto 5.1 lists deleted clusters for ever: the account is not empty",
        apply=amends(leave_inactive_out),
    ),
    Correction(
        name="ecs-service-members",
        service="ecs",
        operations=frozenset({"CreateService", "UpdateService", "DescribeServices"}),
        reason=(
            "moto 5.1 forgets a service's grace period, ECS Exec, rebalancing, deployments and"
            " managed tags: terraform plans to set them, for ever"
        ),
        apply=amends(_SERVICE),
    ),
)
