"""Observability configurations.

https://docs.aws.amazon.com/apprunner/latest/api/API_CreateObservabilityConfiguration.html
"""

from typing import Any

from synth_localstack.apprunner import revisions
from synth_localstack.apprunner.call import Call, Operations
from synth_localstack.apprunner.errors import invalid_request
from synth_localstack.apprunner.store import OBSERVABILITY

SUMMARY = (
    "ObservabilityConfigurationArn",
    "ObservabilityConfigurationName",
    "ObservabilityConfigurationRevision",
)


def _create(call: Call) -> dict[str, Any]:
    traced = (
        {"TraceConfiguration": call.request["TraceConfiguration"]}
        if "TraceConfiguration" in call.request
        else {}
    )
    created = revisions.create(call, OBSERVABILITY, Status="ACTIVE", **traced)
    return {"ObservabilityConfiguration": revisions.show(call, created)}


def _describe(call: Call) -> dict[str, Any]:
    found = revisions.find(call, OBSERVABILITY)
    return {"ObservabilityConfiguration": revisions.show(call, found)}


def _list(call: Call) -> dict[str, Any]:
    return revisions.listing(
        call,
        OBSERVABILITY,
        "ObservabilityConfigurationSummaryList",
        lambda resource: {member: resource.data[member] for member in SUMMARY},
    )


def _delete(call: Call) -> dict[str, Any]:
    found = revisions.find(call, OBSERVABILITY)
    if not found.alive:
        raise invalid_request("The observability configuration you specified has been deleted")
    revisions.require_unused(call, found)
    call.delete(found)
    return {"ObservabilityConfiguration": revisions.show(call, found)}


OPERATIONS: Operations = {
    "CreateObservabilityConfiguration": _create,
    "DescribeObservabilityConfiguration": _describe,
    "ListObservabilityConfigurations": _list,
    "DeleteObservabilityConfiguration": _delete,
}
