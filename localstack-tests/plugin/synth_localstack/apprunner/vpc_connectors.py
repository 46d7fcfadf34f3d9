"""VPC connectors: the way out of a service into a VPC.

https://docs.aws.amazon.com/apprunner/latest/api/API_CreateVpcConnector.html
"""

from typing import Any

from synth_localstack.apprunner import network, revisions
from synth_localstack.apprunner.call import Call, Operations
from synth_localstack.apprunner.errors import invalid_request
from synth_localstack.apprunner.pagination import page
from synth_localstack.apprunner.store import VPC_CONNECTOR


def _create(call: Call) -> dict[str, Any]:
    name = call.request["VpcConnectorName"]
    # "At this time, App Runner supports only one revision per name" (API_VpcConnector).
    if revisions.latest(call, VPC_CONNECTOR, name):
        raise invalid_request(f"VPC connector with the provided name already exists: {name}.")
    subnets = call.request["Subnets"]
    if not subnets:
        raise invalid_request("Subnets must not be empty")
    vpc = network.vpc_of_subnets(call, subnets)
    groups = network.security_groups(call, vpc, call.request.get("SecurityGroups", []))
    created = revisions.create(
        call, VPC_CONNECTOR, Subnets=subnets, SecurityGroups=groups, Status="ACTIVE"
    )
    return {"VpcConnector": created.data}


def _describe(call: Call) -> dict[str, Any]:
    return {"VpcConnector": revisions.find(call, VPC_CONNECTOR).data}


def _list(call: Call) -> dict[str, Any]:
    chosen, more = page(call.store.all(VPC_CONNECTOR), lambda found: found.order, call.request)
    return {"VpcConnectors": [found.data for found in chosen], **more}


def _delete(call: Call) -> dict[str, Any]:
    found = revisions.find(call, VPC_CONNECTOR)
    if not found.alive:
        raise invalid_request("The VPC connector you specified has been deleted")
    revisions.require_unused(call, found)
    call.delete(found)
    return {"VpcConnector": found.data}


OPERATIONS: Operations = {
    "CreateVpcConnector": _create,
    "DescribeVpcConnector": _describe,
    "ListVpcConnectors": _list,
    "DeleteVpcConnector": _delete,
}
