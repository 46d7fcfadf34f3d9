"""What moto's Auto Scaling makes up or leaves out about hooks and policies."""

from typing import TYPE_CHECKING, Any

from synth_localstack.corrections.correction import Correction, amends
from synth_localstack.corrections.overlay import Overlay

if TYPE_CHECKING:
    from localstack.aws.api import RequestContext

SERVICE = "autoscaling"

#: Members of a lifecycle hook for which moto shows the values of AWS's documentation.
_TOLD = ("NotificationTargetARN", "RoleARN", "NotificationMetadata")

_HOOK = Overlay(
    service=SERVICE,
    key=("AutoScalingGroupName", "LifecycleHookName"),
    holders=("LifecycleHooks",),
    create="PutLifecycleHook",
    members={member: member for member in _TOLD},
    made_up=_TOLD,
)

_POLICY = Overlay(
    service=SERVICE,
    key=("AutoScalingGroupName", "PolicyName"),
    holders=("ScalingPolicies",),
    create="PutScalingPolicy",
    members={"Enabled": "Enabled"},
    # API reference, `PutScalingPolicy`: "The default is enabled."
    defaults={"Enabled": True},
)


def show_no_empty_forecast(_context: "RequestContext", answer: dict[str, Any]) -> None:
    """Tells of a forecast only where there is one."""
    for policy in answer.get("ScalingPolicies", []):
        if policy.get("PolicyType") != "PredictiveScaling":
            policy.pop("PredictiveScalingConfiguration", None)


CORRECTIONS = (
    Correction(
        name="autoscaling-hook-targets",
        service=SERVICE,
        operations=frozenset({"PutLifecycleHook", "DescribeLifecycleHooks"}),
        reason=(
            "moto 5.1 shows a queue and a role that nobody gave for every lifecycle hook:"
            " terraform plans to remove them, for ever"
        ),
        apply=amends(_HOOK),
    ),
    Correction(
        name="autoscaling-policy-forecast",
        service=SERVICE,
        operations=frozenset({"DescribePolicies"}),
        reason=(
            "moto 5.1 shows an empty forecast for each policy: terraform plans to remove it,"
            " for ever"
        ),
        apply=amends(show_no_empty_forecast),
    ),
    Correction(
        name="autoscaling-policy-members",
        service=SERVICE,
        operations=frozenset({"PutScalingPolicy", "DescribePolicies"}),
        reason=(
            "moto 5.1 does not say that a policy is enabled: terraform plans to enable it, for ever"
        ),
        apply=amends(_POLICY),
    ),
)
