"""What moto's Auto Scaling makes up or leaves out about hooks and policies."""

from typing import TYPE_CHECKING, Any

from synth_localstack.corrections import memory
from synth_localstack.corrections.correction import Correction, amends

if TYPE_CHECKING:
    from localstack.aws.api import RequestContext

SERVICE = "autoscaling"

#: Members of a lifecycle hook for which moto shows the values of AWS's documentation.
_TOLD = ("NotificationTargetARN", "RoleARN", "NotificationMetadata")


def _known(
    context: "RequestContext", named: dict[str, Any], member: str
) -> tuple[str, dict[str, Any]]:
    """The key and the content of what is known of a hook or a policy; `member` names it."""
    key = f"{named['AutoScalingGroupName']}/{member}/{named[member]}"
    return key, memory.of(context).members.get((SERVICE, key), {})


def show_own_targets(context: "RequestContext", answer: dict[str, Any]) -> None:
    """Remembers whom a hook tells, and shows that instead of what moto makes up."""
    request = context.service_request
    if context.operation.name == "PutLifecycleHook":
        key, _ = _known(context, request, "LifecycleHookName")
        told = {member: request[member] for member in _TOLD if request.get(member)}
        memory.of(context).members[SERVICE, key] = told
    for hook in answer.get("LifecycleHooks", []):
        for member in _TOLD:
            hook.pop(member, None)
        hook.update(_known(context, hook, "LifecycleHookName")[1])


def show_enabled(context: "RequestContext", answer: dict[str, Any]) -> None:
    """Says whether a policy is enabled, and of a forecast only where there is one."""
    request = context.service_request
    if context.operation.name == "PutScalingPolicy":
        key, _ = _known(context, request, "PolicyName")
        # API reference, `PutScalingPolicy`: "The default is enabled."
        enabled = request.get("Enabled") is not False
        memory.of(context).members[SERVICE, key] = {"Enabled": enabled}
    for policy in answer.get("ScalingPolicies", []):
        if policy.get("PolicyType") != "PredictiveScaling":
            policy.pop("PredictiveScalingConfiguration", None)
        policy.update(_known(context, policy, "PolicyName")[1])


CORRECTIONS = (
    Correction(
        name="autoscaling-hook-targets",
        service=SERVICE,
        operations=frozenset({"PutLifecycleHook", "DescribeLifecycleHooks"}),
        reason=(
            "moto 5.1 shows a queue and a role that nobody gave for every lifecycle hook:"
            " terraform plans to remove them, for ever"
        ),
        apply=amends(show_own_targets),
    ),
    Correction(
        name="autoscaling-policy-members",
        service=SERVICE,
        operations=frozenset({"PutScalingPolicy", "DescribePolicies"}),
        reason=(
            "moto 5.1 does not say that a policy is enabled, and shows an empty forecast for each:"
            " terraform plans to change both, for ever"
        ),
        apply=amends(show_enabled),
    ),
)
