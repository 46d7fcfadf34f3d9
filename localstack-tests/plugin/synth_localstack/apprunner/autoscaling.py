"""Auto scaling configurations.

https://docs.aws.amazon.com/apprunner/latest/api/API_CreateAutoScalingConfiguration.html
"""

from typing import Any

from synth_localstack.apprunner import revisions
from synth_localstack.apprunner.call import Call, Operations
from synth_localstack.apprunner.errors import invalid_request
from synth_localstack.apprunner.pagination import page
from synth_localstack.apprunner.store import AUTO_SCALING, Resource

ACTIVE = "active"

#: The values of a configuration that leaves them out, and of the default configuration.
DEFAULTS = {"MaxConcurrency": 100, "MinSize": 1, "MaxSize": 25}

#: The name of the configuration that each account has in each region from the start.
RESERVED = "DefaultConfiguration"

SUMMARY = (
    "AutoScalingConfigurationArn",
    "AutoScalingConfigurationName",
    "AutoScalingConfigurationRevision",
    "Status",
    "CreatedAt",
    "HasAssociatedService",
    "IsDefault",
)


def add_default(call: Call) -> None:
    """Gives a new account the configuration that each has in each region."""
    arn = call.arn(f"{AUTO_SCALING.word}/{RESERVED}/1/{1:032}")
    if arn in call.store.resources:
        return
    data = {
        "AutoScalingConfigurationName": RESERVED,
        "AutoScalingConfigurationArn": arn,
        "AutoScalingConfigurationRevision": 1,
        "CreatedAt": call.now,
        "Status": ACTIVE,
        "IsDefault": True,
        **DEFAULTS,
    }
    call.store.add(Resource(data=data, kind=AUTO_SCALING))


def default(call: Call) -> Resource:
    """The configuration of a service that names none."""
    return next(found for found in call.store.all(AUTO_SCALING) if found.data["IsDefault"])


def show(call: Call, resource: Resource) -> dict[str, Any]:
    """A configuration as `Describe…` shows it."""
    used = bool(call.store.users(resource.arn))
    return revisions.show(call, resource, HasAssociatedService=used)


def summary(call: Call, resource: Resource) -> dict[str, Any]:
    """A configuration as lists and services show it."""
    shown = show(call, resource)
    return {member: shown[member] for member in SUMMARY}


def _create(call: Call) -> dict[str, Any]:
    sizes = {member: call.request.get(member, value) for member, value in DEFAULTS.items()}
    if sizes["MinSize"] > sizes["MaxSize"]:
        raise invalid_request(
            f"MinSize {sizes['MinSize']} must not be greater than MaxSize {sizes['MaxSize']}"
        )
    created = revisions.create(call, AUTO_SCALING, Status=ACTIVE, IsDefault=False, **sizes)
    return {"AutoScalingConfiguration": show(call, created)}


def _describe(call: Call) -> dict[str, Any]:
    return {"AutoScalingConfiguration": show(call, revisions.find(call, AUTO_SCALING))}


def _list(call: Call) -> dict[str, Any]:
    return revisions.listing(
        call,
        AUTO_SCALING,
        "AutoScalingConfigurationSummaryList",
        lambda resource: summary(call, resource),
    )


def _delete(call: Call) -> dict[str, Any]:
    named = revisions.find(call, AUTO_SCALING)
    doomed = [named]
    if call.request.get("DeleteAllRevisions"):
        name = revisions.name_only(call, AUTO_SCALING, call.request["AutoScalingConfigurationArn"])
        if name is None:
            raise invalid_request(
                "DeleteAllRevisions takes only a partial ARN ending with: .../name"
            )
        doomed = [found for found in call.store.all(AUTO_SCALING) if found.name == name]
    for resource in doomed:
        if not resource.alive:
            # hashicorp/aws 5.100.0 looks for this sentence (auto_scaling_configuration_version.go).
            raise invalid_request("The auto scaling configuration you specified has been deleted")
        if resource.data["IsDefault"] or resource.name == RESERVED:
            # The sentence is AWS's (default_auto_scaling_configuration_version_test.go of the
            # provider, which puts the prior default back before it destroys).
            raise invalid_request("You can't delete a reserved auto scaling configuration")
        revisions.require_unused(call, resource)
    for resource in doomed:
        call.delete(resource)
    return {"AutoScalingConfiguration": show(call, named)}


def _make_default(call: Call) -> dict[str, Any]:
    chosen = revisions.find(call, AUTO_SCALING)
    if not chosen.alive:
        raise invalid_request("The auto scaling configuration you specified has been deleted")
    default(call).data["IsDefault"] = False
    chosen.data["IsDefault"] = True
    return {"AutoScalingConfiguration": show(call, chosen)}


def _list_services(call: Call) -> dict[str, Any]:
    users = call.store.users(revisions.find(call, AUTO_SCALING).arn)
    chosen, more = page(users, lambda service: service.order, call.request)
    return {"ServiceArnList": [service.arn for service in chosen], **more}


OPERATIONS: Operations = {
    "CreateAutoScalingConfiguration": _create,
    "DescribeAutoScalingConfiguration": _describe,
    "ListAutoScalingConfigurations": _list,
    "DeleteAutoScalingConfiguration": _delete,
    "UpdateDefaultAutoScalingConfiguration": _make_default,
    "ListServicesForAutoScalingConfiguration": _list_services,
}
