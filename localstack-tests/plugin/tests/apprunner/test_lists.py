"""Every operation that answers in pages."""

from collections.abc import Callable
from typing import Any

import pytest
from apprunner.examples import connect, create
from emulator import Emulator

#: How many of a thing each list gets; two of them make a page.
COUNT = 5
SCALING = "AutoScalingConfigurationArn"


@pytest.fixture
def filled(apprunner: Any, emulator: Emulator, account: str) -> dict[str, str]:
    """An account that has several of everything; the ARNs that some lists ask for."""
    ec2 = emulator.client("ec2", account)
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    subnet = ec2.create_subnet(VpcId=vpc, CidrBlock="10.0.1.0/24")["Subnet"]["SubnetId"]
    answer = apprunner.create_auto_scaling_configuration(AutoScalingConfigurationName="used")
    scaling = answer["AutoScalingConfiguration"][SCALING]
    for number in range(COUNT):
        name = f"number-{number}"
        connect(apprunner, name)
        apprunner.create_auto_scaling_configuration(AutoScalingConfigurationName=name)
        apprunner.create_observability_configuration(ObservabilityConfigurationName=name)
        apprunner.create_vpc_connector(VpcConnectorName=name, Subnets=[subnet])
        service = create(apprunner, name, AutoScalingConfigurationArn=scaling)["ServiceArn"]
        endpoint = ec2.create_vpc_endpoint(
            VpcId=vpc,
            ServiceName="com.amazonaws.us-east-1.apprunner.requests",
            VpcEndpointType="Interface",
            SubnetIds=[subnet],
        )["VpcEndpoint"]["VpcEndpointId"]
        apprunner.create_vpc_ingress_connection(
            VpcIngressConnectionName=name,
            ServiceArn=service,
            IngressVpcConfiguration={"VpcId": vpc, "VpcEndpointId": endpoint},
        )
    for number in range(COUNT):
        domain = f"{number}.example.com"
        apprunner.associate_custom_domain(ServiceArn=service, DomainName=domain)
    for _ in range(COUNT - 1):
        apprunner.start_deployment(ServiceArn=service)
    return {"ServiceArn": service, SCALING: scaling}


#: Operation, member of the answer, parameters to take from `filled`, and how many it then lists.
LISTS = [
    ("list_services", "ServiceSummaryList", [], COUNT),
    ("list_connections", "ConnectionSummaryList", [], COUNT),
    # The default one and the one that the services use come on top.
    ("list_auto_scaling_configurations", "AutoScalingConfigurationSummaryList", [], COUNT + 2),
    ("list_observability_configurations", "ObservabilityConfigurationSummaryList", [], COUNT),
    ("list_vpc_connectors", "VpcConnectors", [], COUNT),
    ("list_vpc_ingress_connections", "VpcIngressConnectionSummaryList", [], COUNT),
    ("list_services_for_auto_scaling_configuration", "ServiceArnList", [SCALING], COUNT),
    ("list_operations", "OperationSummaryList", ["ServiceArn"], COUNT),
    ("describe_custom_domains", "CustomDomains", ["ServiceArn"], COUNT),
]


def pages(call: Callable[..., Any], member: str, **request: Any) -> list[list[Any]]:
    answer = call(**request)
    found = [answer[member]]
    while "NextToken" in answer:
        answer = call(NextToken=answer["NextToken"], **request)
        found.append(answer[member])
    return found


def test_every_list_comes_in_pages_of_the_asked_size(
    apprunner: Any, filled: dict[str, str]
) -> None:
    for operation, member, parameters, count in LISTS:
        call = getattr(apprunner, operation)
        request = {name: filled[name] for name in parameters}
        [everything] = pages(call, member, **request)
        assert len(everything) == count, operation
        paged = pages(call, member, MaxResults=2, **request)
        assert [len(page) for page in paged] == [2] * (count // 2) + [1] * (count % 2), operation
        assert [item for page in paged for item in page] == everything, operation


@pytest.mark.parametrize("size", [0, -1, 10**6])
def test_a_page_has_a_size_that_the_service_knows(apprunner: Any, refusal: Any, size: int) -> None:
    refused = refusal(apprunner.list_services, MaxResults=size)
    assert refused[0] == "InvalidRequestException"
