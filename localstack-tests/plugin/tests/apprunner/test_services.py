from typing import Any

import pytest
from apprunner.examples import create, public_image, status


def test_a_new_service_runs_with_the_documented_defaults(apprunner: Any) -> None:
    arn = create(apprunner)["ServiceArn"]
    service = apprunner.describe_service(ServiceArn=arn)["Service"]
    assert service["Status"] == "RUNNING"
    assert service["InstanceConfiguration"] == {"Cpu": "1024", "Memory": "2048"}
    assert service["HealthCheckConfiguration"] == {
        "Protocol": "TCP",
        "Path": "/",
        "Interval": 5,
        "Timeout": 2,
        "HealthyThreshold": 1,
        "UnhealthyThreshold": 5,
    }
    assert service["NetworkConfiguration"] == {
        "EgressConfiguration": {"EgressType": "DEFAULT"},
        "IngressConfiguration": {"IsPubliclyAccessible": True},
        "IpAddressType": "IPV4",
    }
    assert service["SourceConfiguration"]["AutoDeploymentsEnabled"] is False
    scaling = service["AutoScalingConfigurationSummary"]
    assert scaling["AutoScalingConfigurationName"] == "DefaultConfiguration"
    assert "ObservabilityConfiguration" not in service


def test_arn_id_and_url_of_a_service_belong_together(apprunner: Any, account: str) -> None:
    service = create(apprunner, "payments")
    identifier = service["ServiceId"]
    assert service["ServiceArn"] == (
        f"arn:aws:apprunner:us-east-1:{account}:service/payments/{identifier}"
    )
    assert service["ServiceUrl"] == f"{identifier[:10]}.us-east-1.awsapprunner.com"


@pytest.mark.parametrize(
    ("cpu", "memory"),
    [
        ("256", "512"),
        ("0.25 vCPU", "1 GB"),
        ("512", "1024"),
        ("1 vCPU", "4 GB"),
        ("2048", "6144"),
        ("4 vCPU", "12 GB"),
    ],
)
def test_supported_cpu_and_memory_are_shown_as_units(apprunner: Any, cpu: str, memory: str) -> None:
    shown = create(apprunner, InstanceConfiguration={"Cpu": cpu, "Memory": memory})
    instance = shown["InstanceConfiguration"]
    assert instance["Cpu"] in {"256", "512", "1024", "2048", "4096"}
    assert instance["Memory"].isdigit()


def test_cpu_and_memory_that_do_not_go_together_are_refused(apprunner: Any, refusal: Any) -> None:
    code, message = refusal(
        apprunner.create_service,
        ServiceName="orders",
        SourceConfiguration=public_image(),
        InstanceConfiguration={"Cpu": "256", "Memory": "4096"},
    )
    assert code == "InvalidRequestException"
    assert "512, 1024" in message


def test_a_health_check_interval_of_thirty_seconds_is_refused(apprunner: Any, refusal: Any) -> None:
    code, message = refusal(
        apprunner.create_service,
        ServiceName="orders",
        SourceConfiguration=public_image(),
        HealthCheckConfiguration={"Interval": 30},
    )
    assert code == "InvalidRequestException"
    assert "'30' at 'healthCheckConfiguration.interval'" in message
    assert "less than or equal to 20" in message


def test_a_name_is_taken_until_the_service_is_deleted(apprunner: Any, refusal: Any) -> None:
    arn = create(apprunner, "orders")["ServiceArn"]
    again = {"ServiceName": "orders", "SourceConfiguration": public_image()}
    assert refusal(apprunner.create_service, **again) == (
        "InvalidRequestException",
        "Service with the provided name already exists: orders.",
    )
    apprunner.delete_service(ServiceArn=arn)
    assert apprunner.create_service(**again)["Service"]["ServiceArn"] != arn


def test_a_refused_service_leaves_nothing_behind(apprunner: Any, refusal: Any) -> None:
    refusal(
        apprunner.create_service,
        ServiceName="orders",
        SourceConfiguration=public_image(),
        InstanceConfiguration={"Cpu": "256", "Memory": "4096"},
    )
    assert apprunner.list_services()["ServiceSummaryList"] == []


def test_an_update_changes_what_it_names_and_keeps_the_rest(apprunner: Any) -> None:
    arn = create(apprunner, HealthCheckConfiguration={"Path": "/health"})["ServiceArn"]
    apprunner.update_service(
        ServiceArn=arn, InstanceConfiguration={"Cpu": "2 vCPU", "Memory": "4 GB"}
    )
    service = apprunner.describe_service(ServiceArn=arn)["Service"]
    assert service["InstanceConfiguration"] == {"Cpu": "2048", "Memory": "4096"}
    assert service["HealthCheckConfiguration"]["Path"] == "/health"


def test_a_refused_update_changes_nothing(apprunner: Any, refusal: Any) -> None:
    arn = create(apprunner)["ServiceArn"]
    before = apprunner.describe_service(ServiceArn=arn)["Service"]
    refusal(
        apprunner.update_service,
        ServiceArn=arn,
        HealthCheckConfiguration={"Path": "/health"},
        InstanceConfiguration={"Cpu": "256", "Memory": "4096"},
    )
    assert apprunner.describe_service(ServiceArn=arn)["Service"] == before


def test_pause_and_resume_need_the_other_status(apprunner: Any, refusal: Any) -> None:
    arn = create(apprunner)["ServiceArn"]
    assert refusal(apprunner.resume_service, ServiceArn=arn)[0] == "InvalidStateException"
    apprunner.pause_service(ServiceArn=arn)
    assert status(apprunner, arn) == "PAUSED"
    assert refusal(apprunner.pause_service, ServiceArn=arn)[0] == "InvalidStateException"
    apprunner.resume_service(ServiceArn=arn)
    assert status(apprunner, arn) == "RUNNING"


def test_a_paused_service_is_not_deployed_to(apprunner: Any, refusal: Any) -> None:
    arn = create(apprunner)["ServiceArn"]
    apprunner.pause_service(ServiceArn=arn)
    # StartDeployment declares no InvalidStateException.
    assert refusal(apprunner.start_deployment, ServiceArn=arn)[0] == "InvalidRequestException"


def test_a_deleted_service_is_described_but_not_listed_or_changed(
    apprunner: Any, refusal: Any
) -> None:
    arn = create(apprunner)["ServiceArn"]
    apprunner.delete_service(ServiceArn=arn)
    assert status(apprunner, arn) == "DELETED"
    assert apprunner.list_services()["ServiceSummaryList"] == []
    assert refusal(apprunner.pause_service, ServiceArn=arn)[0] == "ResourceNotFoundException"


def test_an_unknown_service_is_not_found(apprunner: Any, account: str, refusal: Any) -> None:
    arn = f"arn:aws:apprunner:us-east-1:{account}:service/nothing/{'0' * 32}"
    assert refusal(apprunner.describe_service, ServiceArn=arn)[0] == "ResourceNotFoundException"


def test_operations_are_listed_newest_first(apprunner: Any) -> None:
    arn = create(apprunner)["ServiceArn"]
    deployment = apprunner.start_deployment(ServiceArn=arn)["OperationId"]
    apprunner.pause_service(ServiceArn=arn)
    listed = apprunner.list_operations(ServiceArn=arn)["OperationSummaryList"]
    types = [operation["Type"] for operation in listed]
    assert types == ["PAUSE_SERVICE", "START_DEPLOYMENT", "CREATE_SERVICE"]
    assert listed[1]["Id"] == deployment


def test_services_are_listed_page_by_page_while_they_are_deleted(apprunner: Any) -> None:
    names = [f"service-{number}" for number in range(5)]
    arns = {name: create(apprunner, name)["ServiceArn"] for name in names}
    seen, more = [], {}
    while True:
        page = apprunner.list_services(MaxResults=2, **more)
        for summary in page["ServiceSummaryList"]:
            seen.append(summary["ServiceName"])
            apprunner.delete_service(ServiceArn=arns[summary["ServiceName"]])
        if "NextToken" not in page:
            break
        more = {"NextToken": page["NextToken"]}
    assert seen == names


@pytest.mark.parametrize(
    ("ingress", "public"),
    [(None, True), ({}, False), ({"IsPubliclyAccessible": True}, True)],
    ids=["absent", "without the member, as Go's SDK spells false", "true"],
)
def test_a_service_is_public_unless_it_says_otherwise(
    apprunner: Any, ingress: dict[str, bool] | None, public: bool
) -> None:
    network = {} if ingress is None else {"IngressConfiguration": ingress}
    shown = create(apprunner, NetworkConfiguration=network)["NetworkConfiguration"]
    assert shown["IngressConfiguration"] == {"IsPubliclyAccessible": public}
