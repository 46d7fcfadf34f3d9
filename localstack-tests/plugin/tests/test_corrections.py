"""Each correction: that it works, and that the service behind it still needs it."""

import urllib.request
from collections.abc import Callable
from typing import Any

import databases
import fleet
import pytest
from botocore.exceptions import ClientError
from emulator import Emulator
from fleet import Clients

from synth_localstack import corrections

TAGS = [{"Key": "team", "Value": "a"}]


def put_alarm(cloudwatch: Any, **more: Any) -> None:
    cloudwatch.put_metric_alarm(
        AlarmName="errors",
        ComparisonOperator="GreaterThanThreshold",
        EvaluationPeriods=1,
        MetricName="5xxStatusResponses",
        Namespace="AWS/AppRunner",
        Period=300,
        Statistic="Sum",
        Threshold=5,
        **more,
    )


def tags(cloudwatch: Any, account: str) -> list[dict[str, str]]:
    arn = f"arn:aws:cloudwatch:us-east-1:{account}:alarm:errors"
    return cloudwatch.list_tags_for_resource(ResourceARN=arn)["Tags"]


def alarm_has_its_tags(client: Clients, account: str) -> bool:
    cloudwatch = client("cloudwatch")
    put_alarm(cloudwatch, Tags=TAGS)
    return tags(cloudwatch, account) == TAGS


def new_alarm_inherits_no_tags(client: Clients, account: str) -> bool:
    cloudwatch = client("cloudwatch")
    put_alarm(cloudwatch)
    arn = f"arn:aws:cloudwatch:us-east-1:{account}:alarm:errors"
    cloudwatch.tag_resource(ResourceARN=arn, Tags=TAGS)
    cloudwatch.delete_alarms(AlarmNames=["errors"])
    put_alarm(cloudwatch)
    return tags(cloudwatch, account) == []


def certificate_is_issued(client: Clients, _account: str) -> bool:
    acm = client("acm")
    arn = acm.request_certificate(DomainName="example.org", ValidationMethod="DNS")[
        "CertificateArn"
    ]
    return acm.describe_certificate(CertificateArn=arn)["Certificate"]["Status"] == "ISSUED"


TARGET = {
    "ServiceNamespace": "dynamodb",
    "ResourceId": "table/orders",
    "ScalableDimension": "dynamodb:table:ReadCapacityUnits",
}


def register(scaling: Any, **more: Any) -> str:
    made = scaling.register_scalable_target(**TARGET, MinCapacity=1, MaxCapacity=2, **more)
    return made.get("ScalableTargetARN") or "arn:aws:application-autoscaling:us-east-1:1:x/y"


def new_target_has_its_tags(client: Clients, _account: str) -> bool:
    scaling = client("application-autoscaling")
    arn = register(scaling, Tags={"team": "a"})
    try:
        return scaling.list_tags_for_resource(ResourceARN=arn)["Tags"] == {"team": "a"}
    except ClientError:
        return False


def target_can_be_tagged(client: Clients, _account: str) -> bool:
    scaling = client("application-autoscaling")
    arn = register(scaling)
    try:
        scaling.tag_resource(ResourceARN=arn, Tags={"team": "a", "stage": "b"})
        scaling.untag_resource(ResourceARN=arn, TagKeys=["team"])
        return scaling.list_tags_for_resource(ResourceARN=arn)["Tags"] == {"stage": "b"}
    except ClientError:
        return False


def launch_template_tags_itself_only(client: Clients, _account: str) -> bool:
    ec2 = client("ec2")
    made = ec2.create_launch_template(
        LaunchTemplateName="main",
        LaunchTemplateData={"InstanceType": "t3.micro"},
        TagSpecifications=[{"ResourceType": "launch-template", "Tags": TAGS}],
    )
    identifier = made["LaunchTemplate"]["LaunchTemplateId"]
    answer = ec2.describe_launch_template_versions(LaunchTemplateId=identifier)
    [version] = answer["LaunchTemplateVersions"]
    return not version["LaunchTemplateData"].get("TagSpecifications")


def rules_show_their_descriptions(client: Clients, _account: str) -> bool:
    ec2 = client("ec2")
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    groups = [
        ec2.create_security_group(GroupName=name, Description=name, VpcId=vpc)["GroupId"]
        for name in ("api", "database")
    ]
    pair = {"GroupId": groups[0], "Description": "PostgreSQL from the API"}
    rule = {"IpProtocol": "tcp", "FromPort": 5432, "ToPort": 5432, "UserIdGroupPairs": [pair]}
    ec2.authorize_security_group_ingress(GroupId=groups[1], IpPermissions=[rule])
    filters = [{"Name": "group-id", "Values": [groups[1]]}]
    shown = ec2.describe_security_group_rules(Filters=filters)["SecurityGroupRules"]
    described = [rule.get("Description") for rule in shown if not rule["IsEgress"]]
    return described == ["PostgreSQL from the API"]


def service_keeps_its_members(client: Clients, _account: str) -> bool:
    ecs = client("ecs")
    ecs.create_cluster(clusterName="main")
    container = {"name": "web", "image": "nginx", "memory": 128}
    ecs.register_task_definition(family="web", containerDefinitions=[container])
    told: dict[str, Any] = {
        "enableExecuteCommand": True,
        "healthCheckGracePeriodSeconds": 60,
        "availabilityZoneRebalancing": "ENABLED",
        "deploymentConfiguration": {"deploymentCircuitBreaker": {"enable": True, "rollback": True}},
        "enableECSManagedTags": True,
    }
    ecs.create_service(cluster="main", serviceName="web", taskDefinition="web", **told)
    told["healthCheckGracePeriodSeconds"] = 90
    ecs.update_service(cluster="main", service="web", healthCheckGracePeriodSeconds=90)
    [shown] = ecs.describe_services(cluster="main", services=["web"])["services"]
    return {name: shown.get(name) for name in told} == told


def delivery_has_its_tags(client: Clients, account: str) -> bool:
    logs = client("logs")
    distribution = f"arn:aws:cloudfront::{account}:distribution/E1"
    named = {"name": "site", "tags": {"team": "a"}}
    source = logs.put_delivery_source(**named, resourceArn=distribution, logType="ACCESS_LOGS")[
        "deliverySource"
    ]
    to = {"destinationResourceArn": "arn:aws:s3:::logs"}
    destination = logs.put_delivery_destination(
        **named, outputFormat="json", deliveryDestinationConfiguration=to
    )["deliveryDestination"]
    delivery = logs.create_delivery(
        deliverySourceName="site", deliveryDestinationArn=destination["arn"], tags={"team": "a"}
    )["delivery"]
    listed = [
        logs.list_tags_for_resource(resourceArn=made["arn"])["tags"]
        for made in (source, destination, delivery)
    ]
    return listed == [{"team": "a"}] * 3


def terraform_has_nothing_to_wait_for(client: Clients, account: str) -> bool:
    route53 = client("route53")
    # Others read the member that Terraform is spared.
    zone = {"Name": "example.org", "CallerReference": "one"}
    assert route53.create_hosted_zone(**zone)["ChangeInfo"]["Status"]
    request = urllib.request.Request(  # noqa: S310
        f"{route53.meta.endpoint_url}/2013-04-01/hostedzone",
        data=b'<CreateHostedZoneRequest xmlns="https://route53.amazonaws.com/doc/2013-04-01/">'
        b"<Name>example.net</Name>"
        b"<CallerReference>two</CallerReference></CreateHostedZoneRequest>",
        headers={
            "Content-Type": "application/xml",
            "User-Agent": "APN/1.0 HashiCorp/1.0 Terraform/1.11.4 terraform-provider-aws/5.100.0",
            "Authorization": f"AWS4-HMAC-SHA256 Credential={account}/20250101/us-east-1/route53"
            "/aws4_request, SignedHeaders=host, Signature=0",
        },
    )
    with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
        text = answer.read().decode()
    return "<HostedZone>" in text and "ChangeInfo" not in text


def deleted_cluster_of_containers_is_gone(client: Clients, _account: str) -> bool:
    ecs = client("ecs")
    for name in ("one", "two"):
        ecs.create_cluster(clusterName=name)
    ecs.delete_cluster(cluster="one")
    return [arn.split("/")[-1] for arn in ecs.list_clusters()["clusterArns"]] == ["two"]


def deleted_namespace_leaves_no_zone(client: Clients, _account: str) -> bool:
    discovery = client("servicediscovery")
    discovery.create_private_dns_namespace(Name="shop.local", Vpc="vpc-1")
    [namespace] = discovery.list_namespaces()["Namespaces"]
    discovery.delete_namespace(Id=namespace["Id"])
    return client("route53").list_hosted_zones()["HostedZones"] == []


CHECKS: dict[str, Callable[[Clients, str], bool]] = {
    "acm-validation-wait": certificate_is_issued,
    "application-autoscaling-new-tags": new_target_has_its_tags,
    "application-autoscaling-tags": target_can_be_tagged,
    "cloudwatch-alarm-tags": alarm_has_its_tags,
    "cloudwatch-deleted-alarm-tags": new_alarm_inherits_no_tags,
    "ec2-launch-template-tags": launch_template_tags_itself_only,
    "ec2-rule-descriptions": rules_show_their_descriptions,
    "ecs-deleted-cluster": deleted_cluster_of_containers_is_gone,
    "ecs-service-members": service_keeps_its_members,
    "logs-delivery-tags": delivery_has_its_tags,
    "route53-change-wait": terraform_has_nothing_to_wait_for,
    "servicediscovery-deleted-zone": deleted_namespace_leaves_no_zone,
    **fleet.CHECKS,
    **databases.CHECKS,
}


def test_every_correction_is_checked_and_has_a_reason() -> None:
    assert sorted(CHECKS) == sorted(corrections.names())
    entries: list[Any] = [*corrections.CORRECTIONS, *corrections.REPLACEMENTS]
    assert all(entry.reason for entry in [*entries, *corrections.PATCHES])


@pytest.mark.parametrize("name", CHECKS)
def test_the_correction_works(emulator: Emulator, account: str, name: str) -> None:
    assert CHECKS[name](lambda service: emulator.client(service, account), account)


@pytest.mark.parametrize("name", CHECKS)
def test_without_the_correction_the_service_is_wrong(
    bare: Emulator, account: str, name: str
) -> None:
    assert not CHECKS[name](lambda service: bare.client(service, account), account)


def test_tags_of_an_alarm_that_exists_stay(emulator: Emulator, account: str) -> None:
    cloudwatch = emulator.client("cloudwatch", account)
    put_alarm(cloudwatch, Tags=TAGS)
    put_alarm(cloudwatch, Tags=[{"Key": "team", "Value": "b"}])
    assert tags(cloudwatch, account) == TAGS
