"""Connections to a source code provider.

https://docs.aws.amazon.com/apprunner/latest/api/API_CreateConnection.html
"""

from typing import Any

from synth_localstack.apprunner.call import Call, Operations, new_id
from synth_localstack.apprunner.errors import invalid_request
from synth_localstack.apprunner.pagination import page
from synth_localstack.apprunner.store import CONNECTION


def _create(call: Call) -> dict[str, Any]:
    name = call.request["ConnectionName"]
    if any(found.name == name for found in call.store.all(CONNECTION)):
        raise invalid_request(f"Connection with the provided name already exists: {name}.")
    created = call.new(
        CONNECTION,
        f"{name}/{new_id()}",
        ProviderType=call.request["ProviderType"],
        Status=call.settings.apprunner_connection_status,
    )
    return {"Connection": call.store.add(created).data}


def _list(call: Call) -> dict[str, Any]:
    found = call.store.all(CONNECTION)
    name = call.request.get("ConnectionName")
    if name is not None:
        found = [connection for connection in found if connection.name == name]
    chosen, more = page(found, lambda connection: connection.order, call.request)
    return {"ConnectionSummaryList": [connection.data for connection in chosen], **more}


def _delete(call: Call) -> dict[str, Any]:
    found = call.store.find(CONNECTION, call.request["ConnectionArn"])
    users = [service.name for service in call.store.users(found.arn)]
    if users:
        raise invalid_request(f"The connection {found.arn} is used by services: {', '.join(users)}")
    # A deleted connection is not shown any more: there is no DescribeConnection.
    del call.store.resources[found.arn]
    return {"Connection": found.data | {"Status": "DELETED"}}


OPERATIONS: Operations = {
    "CreateConnection": _create,
    "ListConnections": _list,
    "DeleteConnection": _delete,
}
