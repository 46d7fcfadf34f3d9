"""Services and the operations on them.

https://docs.aws.amazon.com/apprunner/latest/api/API_Service.html
"""

import uuid
from datetime import datetime
from typing import Any

from synth_localstack.apprunner import autoscaling, configuration, vpc_ingress
from synth_localstack.apprunner.call import Call, Operations, new_id
from synth_localstack.apprunner.errors import invalid_request, invalid_state, not_found
from synth_localstack.apprunner.pagination import page
from synth_localstack.apprunner.store import AUTO_SCALING, SERVICE, Resource

RUNNING = "RUNNING"
PAUSED = "PAUSED"
IN_PROGRESS = "OPERATION_IN_PROGRESS"

SUMMARY = (
    "ServiceName",
    "ServiceId",
    "ServiceArn",
    "ServiceUrl",
    "CreatedAt",
    "UpdatedAt",
    "Status",
)


def find(call: Call) -> Resource:
    """The service that the request names, deleted or not."""
    return call.store.find(SERVICE, call.request["ServiceArn"])


def find_in(call: Call, *statuses: str) -> Resource:
    """The service that the request names, in one of the statuses that the action needs."""
    service = find(call)
    if not service.alive:
        raise not_found(f"Service {service.arn} is deleted")
    if service.status not in statuses:
        raise invalid_state(
            f"Service {service.arn} is in status {service.status}, not {' or '.join(statuses)}"
        )
    return service


def show(call: Call, service: Resource) -> dict[str, Any]:
    """A service as the API shows it."""
    data = dict(service.data)
    scaling = call.store.find(AUTO_SCALING, data.pop("AutoScalingConfigurationArn"))
    return data | {"AutoScalingConfigurationSummary": autoscaling.summary(call, scaling)}


def begin(call: Call, service: Resource, action: str, final: str) -> dict[str, Any]:
    """Starts an operation that leaves the service in status `final`, and answers with both."""
    operation = {
        "Id": str(uuid.uuid4()),
        "Type": action,
        "Status": "IN_PROGRESS",
        "TargetArn": service.arn,
        "StartedAt": call.now,
        "UpdatedAt": call.now,
    }
    service.operations.append(operation)
    service.data["UpdatedAt"] = call.now

    def finish(at: datetime) -> None:
        operation.update(Status="SUCCEEDED", EndedAt=at, UpdatedAt=at)
        service.data["UpdatedAt"] = at
        if final == SERVICE.dead:
            service.data["DeletedAt"] = at
            service.domains.clear()

    service.start(IN_PROGRESS, final, call.now, call.delay, finish)
    return {"Service": show(call, service), "OperationId": operation["Id"]}


def _create(call: Call) -> dict[str, Any]:
    name = call.request["ServiceName"]
    if any(found.name == name for found in call.store.all(SERVICE)):
        raise invalid_request(f"Service with the provided name already exists: {name}.")
    configured = configuration.configure(call, {}, None)
    identifier = new_id()
    service = call.new(
        SERVICE,
        f"{name}/{identifier}",
        ServiceId=identifier,
        ServiceUrl=f"{identifier[:10]}.{call.region}.awsapprunner.com",
        AutoScalingConfigurationArn=configured.auto_scaling,
        **configured.data,
    )
    service.uses = configured.uses
    return begin(call, call.store.add(service), "CREATE_SERVICE", RUNNING)


def _update(call: Call) -> dict[str, Any]:
    service = find_in(call, RUNNING)
    configured = configuration.configure(
        call, service.data, service.data["AutoScalingConfigurationArn"]
    )
    service.data |= configured.data
    service.data["AutoScalingConfigurationArn"] = configured.auto_scaling
    service.uses = configured.uses
    return begin(call, service, "UPDATE_SERVICE", RUNNING)


def _delete(call: Call) -> dict[str, Any]:
    service = find_in(call, RUNNING, PAUSED)
    # "Make sure that you don't have any active VPCIngressConnections" (API_DeleteService).
    if vpc_ingress.of_service(call, service.arn):
        raise invalid_state(f"Service {service.arn} has active VPC ingress connections")
    return begin(call, service, "DELETE_SERVICE", SERVICE.dead)


def _pause(call: Call) -> dict[str, Any]:
    return begin(call, find_in(call, RUNNING), "PAUSE_SERVICE", PAUSED)


def _resume(call: Call) -> dict[str, Any]:
    return begin(call, find_in(call, PAUSED), "RESUME_SERVICE", RUNNING)


def _deploy(call: Call) -> dict[str, Any]:
    begun = begin(call, find_in(call, RUNNING), "START_DEPLOYMENT", RUNNING)
    return {"OperationId": begun["OperationId"]}


def _describe(call: Call) -> dict[str, Any]:
    return {"Service": show(call, find(call))}


def _list(call: Call) -> dict[str, Any]:
    chosen, more = page(call.store.all(SERVICE), lambda service: service.order, call.request)
    summaries = [{member: service.data[member] for member in SUMMARY} for service in chosen]
    return {"ServiceSummaryList": summaries, **more}


def _list_operations(call: Call) -> dict[str, Any]:
    numbered = list(enumerate(find(call).operations))
    # "Sorted in reverse chronological order" (API_ListOperations).
    chosen, more = page(numbered, lambda entry: -entry[0], call.request)
    return {"OperationSummaryList": [operation for _, operation in chosen], **more}


OPERATIONS: Operations = {
    "CreateService": _create,
    "DescribeService": _describe,
    "UpdateService": _update,
    "DeleteService": _delete,
    "PauseService": _pause,
    "ResumeService": _resume,
    "StartDeployment": _deploy,
    "ListServices": _list,
    "ListOperations": _list_operations,
}
