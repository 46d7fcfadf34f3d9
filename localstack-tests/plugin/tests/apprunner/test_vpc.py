"""VPC connectors and VPC ingress connections, which refer to EC2."""

from dataclasses import dataclass
from typing import Any

import pytest
from apprunner.examples import create, status
from emulator import Emulator


@dataclass(frozen=True)
class Network:
    vpc: str
    subnets: list[str]
    group: str
    endpoint: str


@pytest.fixture
def ec2(emulator: Emulator, account: str) -> Any:
    return emulator.client("ec2", account)


@pytest.fixture
def network(ec2: Any) -> Network:
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    subnets = [
        ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.0.{number}.0/24")["Subnet"]["SubnetId"]
        for number in (1, 2)
    ]
    group = ec2.create_security_group(VpcId=vpc, GroupName="out", Description="out")["GroupId"]
    endpoint = ec2.create_vpc_endpoint(
        VpcId=vpc,
        ServiceName="com.amazonaws.us-east-1.apprunner.requests",
        VpcEndpointType="Interface",
        SubnetIds=subnets,
    )["VpcEndpoint"]["VpcEndpointId"]
    return Network(vpc, subnets, group, endpoint)


def connector(apprunner: Any, name: str = "private", **request: Any) -> dict[str, Any]:
    return apprunner.create_vpc_connector(VpcConnectorName=name, **request)["VpcConnector"]


def ingress(apprunner: Any, service: str, network: Network) -> dict[str, Any]:
    answer = apprunner.create_vpc_ingress_connection(
        VpcIngressConnectionName="inside",
        ServiceArn=service,
        IngressVpcConfiguration={"VpcId": network.vpc, "VpcEndpointId": network.endpoint},
    )
    return answer["VpcIngressConnection"]


def test_a_connector_keeps_its_subnets_and_groups(apprunner: Any, network: Network) -> None:
    made = connector(apprunner, Subnets=network.subnets, SecurityGroups=[network.group])
    arn = made["VpcConnectorArn"]
    found = apprunner.describe_vpc_connector(VpcConnectorArn=arn)["VpcConnector"]
    assert found["Subnets"] == network.subnets
    assert found["SecurityGroups"] == [network.group]
    assert (found["Status"], found["VpcConnectorRevision"]) == ("ACTIVE", 1)


def test_a_connector_without_groups_takes_the_default_one(
    apprunner: Any, ec2: Any, network: Network
) -> None:
    made = connector(apprunner, Subnets=network.subnets)
    wanted = [
        {"Name": "vpc-id", "Values": [network.vpc]},
        {"Name": "group-name", "Values": ["default"]},
    ]
    default = ec2.describe_security_groups(Filters=wanted)["SecurityGroups"]
    assert made["SecurityGroups"] == [group["GroupId"] for group in default]


def test_unknown_subnets_and_groups_are_refused(
    apprunner: Any, ec2: Any, network: Network, refusal: Any
) -> None:
    elsewhere = ec2.create_vpc(CidrBlock="10.1.0.0/16")["Vpc"]["VpcId"]
    far = ec2.create_subnet(VpcId=elsewhere, CidrBlock="10.1.1.0/24")["Subnet"]["SubnetId"]
    for request, reason in (
        ({"Subnets": ["subnet-0"]}, "subnet IDs you specified don't exist: subnet-0"),
        ({"Subnets": [network.subnets[0], far]}, "a single Amazon VPC"),
        ({"Subnets": [far], "SecurityGroups": [network.group]}, f"don't exist in {elsewhere}"),
        ({"Subnets": []}, "must not be empty"),
    ):
        code, message = refusal(
            apprunner.create_vpc_connector, VpcConnectorName="private", **request
        )
        assert code == "InvalidRequestException"
        assert reason in message


def test_a_connector_name_has_one_revision(apprunner: Any, network: Network, refusal: Any) -> None:
    arn = connector(apprunner, Subnets=network.subnets)["VpcConnectorArn"]
    again = {"VpcConnectorName": "private", "Subnets": network.subnets}
    assert refusal(apprunner.create_vpc_connector, **again)[0] == "InvalidRequestException"
    apprunner.delete_vpc_connector(VpcConnectorArn=arn)
    assert apprunner.create_vpc_connector(**again)["VpcConnector"]["VpcConnectorRevision"] == 1


def test_a_connector_in_use_is_not_deleted(apprunner: Any, network: Network, refusal: Any) -> None:
    arn = connector(apprunner, Subnets=network.subnets)["VpcConnectorArn"]
    egress = {"EgressType": "VPC", "VpcConnectorArn": arn}
    service = create(apprunner, NetworkConfiguration={"EgressConfiguration": egress})
    assert refusal(apprunner.delete_vpc_connector, VpcConnectorArn=arn)[0] == (
        "InvalidRequestException"
    )
    apprunner.delete_service(ServiceArn=service["ServiceArn"])
    apprunner.delete_vpc_connector(VpcConnectorArn=arn)
    assert apprunner.list_vpc_connectors()["VpcConnectors"] == []


@pytest.mark.parametrize("egress", [{"EgressType": "VPC"}, {"VpcConnectorArn": "arn"}])
def test_the_way_into_a_vpc_is_named_if_and_only_if_it_is_used(
    apprunner: Any, account: str, refusal: Any, egress: dict[str, str]
) -> None:
    arn = f"arn:aws:apprunner:us-east-1:{account}:vpcconnector/private/1/0"
    asked = {name: arn if value == "arn" else value for name, value in egress.items()}
    refused = refusal(
        apprunner.create_service,
        ServiceName="orders",
        SourceConfiguration={
            "ImageRepository": {
                "ImageIdentifier": "public.ecr.aws/nginx/nginx:latest",
                "ImageRepositoryType": "ECR_PUBLIC",
            }
        },
        NetworkConfiguration={"EgressConfiguration": asked},
    )
    assert refused[0] == "InvalidRequestException"
    assert "VpcConnectorArn" in refused[1]


def test_an_ingress_connection_lives_and_holds_its_service(
    apprunner: Any, network: Network, refusal: Any
) -> None:
    service = create(apprunner)["ServiceArn"]
    made = ingress(apprunner, service, network)
    assert made["Status"] == "PENDING_CREATION"
    arn = made["VpcIngressConnectionArn"]
    named = {"VpcIngressConnectionArn": arn}
    found = apprunner.describe_vpc_ingress_connection(**named)["VpcIngressConnection"]
    assert found["Status"] == "AVAILABLE"
    assert refusal(apprunner.delete_service, ServiceArn=service)[0] == "InvalidStateException"
    listed = apprunner.list_vpc_ingress_connections(Filter={"ServiceArn": service})
    assert listed["VpcIngressConnectionSummaryList"] == [
        {"VpcIngressConnectionArn": arn, "ServiceArn": service}
    ]
    other = apprunner.list_vpc_ingress_connections(Filter={"VpcEndpointId": "vpce-0"})
    assert other["VpcIngressConnectionSummaryList"] == []
    apprunner.delete_vpc_ingress_connection(**named)
    found = apprunner.describe_vpc_ingress_connection(**named)["VpcIngressConnection"]
    assert found["Status"] == "DELETED"
    apprunner.delete_service(ServiceArn=service)
    assert status(apprunner, service) == "DELETED"


def test_an_ingress_connection_moves_to_another_endpoint(
    apprunner: Any, ec2: Any, network: Network
) -> None:
    made = ingress(apprunner, create(apprunner)["ServiceArn"], network)
    named = {"VpcIngressConnectionArn": made["VpcIngressConnectionArn"]}
    second = ec2.create_vpc_endpoint(
        VpcId=network.vpc,
        ServiceName="com.amazonaws.us-east-1.apprunner.requests",
        VpcEndpointType="Interface",
        SubnetIds=network.subnets,
    )["VpcEndpoint"]["VpcEndpointId"]
    configuration = {"VpcId": network.vpc, "VpcEndpointId": second}
    moved = apprunner.update_vpc_ingress_connection(IngressVpcConfiguration=configuration, **named)
    assert moved["VpcIngressConnection"]["Status"] == "PENDING_UPDATE"
    found = apprunner.describe_vpc_ingress_connection(**named)["VpcIngressConnection"]
    assert (found["Status"], found["IngressVpcConfiguration"]) == ("AVAILABLE", configuration)


def test_an_ingress_connection_needs_an_endpoint_that_exists(
    apprunner: Any, network: Network, refusal: Any
) -> None:
    service = create(apprunner)["ServiceArn"]
    arn = ingress(apprunner, service, network)["VpcIngressConnectionArn"]
    for configuration in (
        {"VpcId": network.vpc},
        {"VpcId": network.vpc, "VpcEndpointId": "vpce-0"},
        {"VpcId": "vpc-0", "VpcEndpointId": network.endpoint},
    ):
        refused = refusal(
            apprunner.update_vpc_ingress_connection,
            VpcIngressConnectionArn=arn,
            IngressVpcConfiguration=configuration,
        )
        assert refused[0] == "InvalidRequestException"
