"""VPC ingress connections: the way into a private service from a VPC endpoint.

https://docs.aws.amazon.com/apprunner/latest/api/API_CreateVpcIngressConnection.html
"""

from typing import Any

from synth_localstack.apprunner import network
from synth_localstack.apprunner.call import Call, Operations, new_id
from synth_localstack.apprunner.errors import invalid_request, invalid_state
from synth_localstack.apprunner.pagination import page
from synth_localstack.apprunner.store import SERVICE, VPC_INGRESS, Resource

#: The statuses that an update or a deletion needs. The `FAILED_…` ones never come about here.
CHANGEABLE = "AVAILABLE"


def of_service(call: Call, service_arn: str) -> list[Resource]:
    """The ingress connections of a service."""
    return [
        found for found in call.store.all(VPC_INGRESS) if found.data["ServiceArn"] == service_arn
    ]


def _endpoint(call: Call) -> dict[str, str]:
    configuration = dict(call.request["IngressVpcConfiguration"])
    if not configuration.get("VpcId") or not configuration.get("VpcEndpointId"):
        raise invalid_request("IngressVpcConfiguration needs VpcId and VpcEndpointId")
    network.require_endpoint(call, configuration["VpcId"], configuration["VpcEndpointId"])
    return configuration


def _create(call: Call) -> dict[str, Any]:
    name, service_arn = call.request["VpcIngressConnectionName"], call.request["ServiceArn"]
    service = call.store.referenced(SERVICE, service_arn)
    if any(found.name == name for found in call.store.all(VPC_INGRESS)):
        raise invalid_request(
            f"VPC ingress connection with the provided name already exists: {name}."
        )
    endpoint = _endpoint(call)
    if any(
        found.data["IngressVpcConfiguration"] == endpoint for found in of_service(call, service.arn)
    ):
        raise invalid_request(
            f"{endpoint['VpcEndpointId']} is already an ingress connection of {service_arn}"
        )
    identifier = new_id()
    created = call.new(
        VPC_INGRESS,
        f"{name}/{identifier}",
        ServiceArn=service.arn,
        AccountId=call.account,
        DomainName=f"{identifier[:10]}.{call.region}.awsapprunner.com",
        IngressVpcConfiguration=endpoint,
    )
    created.start("PENDING_CREATION", "AVAILABLE", call.now, call.delay)
    return {"VpcIngressConnection": call.store.add(created).data}


def _find_changeable(call: Call) -> Resource:
    found = call.store.find(VPC_INGRESS, call.request["VpcIngressConnectionArn"])
    if found.status != CHANGEABLE:
        raise invalid_state(
            f"VPC ingress connection {found.arn} is in status {found.status}, not {CHANGEABLE}"
        )
    return found


def _describe(call: Call) -> dict[str, Any]:
    found = call.store.find(VPC_INGRESS, call.request["VpcIngressConnectionArn"])
    return {"VpcIngressConnection": found.data}


def _update(call: Call) -> dict[str, Any]:
    found = _find_changeable(call)
    found.data["IngressVpcConfiguration"] = _endpoint(call)
    found.start("PENDING_UPDATE", "AVAILABLE", call.now, call.delay)
    return {"VpcIngressConnection": found.data}


def _delete(call: Call) -> dict[str, Any]:
    found = _find_changeable(call)
    found.data["DeletedAt"] = call.now
    found.start("PENDING_DELETION", VPC_INGRESS.dead, call.now, call.delay)
    return {"VpcIngressConnection": found.data}


def _list(call: Call) -> dict[str, Any]:
    wanted = call.request.get("Filter") or {}
    found = [
        connection
        for connection in call.store.all(VPC_INGRESS)
        if wanted.get("ServiceArn") in (None, connection.data["ServiceArn"])
        and wanted.get("VpcEndpointId")
        in (None, connection.data["IngressVpcConfiguration"]["VpcEndpointId"])
    ]
    chosen, more = page(found, lambda connection: connection.order, call.request)
    summaries = [
        {"VpcIngressConnectionArn": connection.arn, "ServiceArn": connection.data["ServiceArn"]}
        for connection in chosen
    ]
    return {"VpcIngressConnectionSummaryList": summaries, **more}


OPERATIONS: Operations = {
    "CreateVpcIngressConnection": _create,
    "DescribeVpcIngressConnection": _describe,
    "UpdateVpcIngressConnection": _update,
    "DeleteVpcIngressConnection": _delete,
    "ListVpcIngressConnections": _list,
}
