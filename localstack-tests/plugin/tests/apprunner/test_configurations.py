"""Auto scaling and observability configurations, which have revisions."""

from typing import Any

import pytest
from apprunner.examples import create, public_image


def scale(apprunner: Any, name: str = "busy", **sizes: int) -> dict[str, Any]:
    answer = apprunner.create_auto_scaling_configuration(AutoScalingConfigurationName=name, **sizes)
    return answer["AutoScalingConfiguration"]


def observe(apprunner: Any, name: str = "traced") -> dict[str, Any]:
    answer = apprunner.create_observability_configuration(
        ObservabilityConfigurationName=name, TraceConfiguration={"Vendor": "AWSXRAY"}
    )
    return answer["ObservabilityConfiguration"]


def describe(apprunner: Any, arn: str) -> dict[str, Any]:
    answer = apprunner.describe_auto_scaling_configuration(AutoScalingConfigurationArn=arn)
    return answer["AutoScalingConfiguration"]


def revisions(apprunner: Any, **request: Any) -> list[tuple[str, int]]:
    listed = apprunner.list_auto_scaling_configurations(**request)
    return [
        (found["AutoScalingConfigurationName"], found["AutoScalingConfigurationRevision"])
        for found in listed["AutoScalingConfigurationSummaryList"]
    ]


def test_statuses_are_spelled_as_the_terraform_provider_waits_for_them(apprunner: Any) -> None:
    arn = scale(apprunner)["AutoScalingConfigurationArn"]
    assert describe(apprunner, arn)["Status"] == "active"
    apprunner.delete_auto_scaling_configuration(AutoScalingConfigurationArn=arn)
    assert describe(apprunner, arn)["Status"] == "inactive"


def test_a_name_gets_revisions_and_the_newest_is_the_latest(apprunner: Any) -> None:
    first = scale(apprunner)["AutoScalingConfigurationArn"]
    second = scale(apprunner, MaxSize=3)["AutoScalingConfigurationArn"]
    assert describe(apprunner, first)["Latest"] is False
    assert describe(apprunner, second)["Latest"] is True
    apprunner.delete_auto_scaling_configuration(AutoScalingConfigurationArn=second)
    assert describe(apprunner, first)["Latest"] is True


def test_a_partial_arn_means_the_latest_or_one_revision(apprunner: Any, account: str) -> None:
    first, second = scale(apprunner), scale(apprunner)
    partial = f"arn:aws:apprunner:us-east-1:{account}:autoscalingconfiguration/busy"
    for arn, expected in ((partial, second), (f"{partial}/1", first), (f"{partial}/2", second)):
        found = describe(apprunner, arn)
        assert found["AutoScalingConfigurationArn"] == expected["AutoScalingConfigurationArn"]


def test_lists_show_the_latest_revisions_unless_asked_for_all(apprunner: Any) -> None:
    scale(apprunner)
    scale(apprunner)
    assert revisions(apprunner) == [("DefaultConfiguration", 1), ("busy", 2)]
    everything = revisions(apprunner, LatestOnly=False, AutoScalingConfigurationName="busy")
    assert everything == [("busy", 1), ("busy", 2)]


def test_all_revisions_are_deleted_by_name_only(apprunner: Any, account: str, refusal: Any) -> None:
    full = scale(apprunner)["AutoScalingConfigurationArn"]
    scale(apprunner)
    delete = apprunner.delete_auto_scaling_configuration
    refused = refusal(delete, AutoScalingConfigurationArn=full, DeleteAllRevisions=True)
    assert refused[0] == "InvalidRequestException"
    partial = f"arn:aws:apprunner:us-east-1:{account}:autoscalingconfiguration/busy"
    delete(AutoScalingConfigurationArn=partial, DeleteAllRevisions=True)
    assert revisions(apprunner, LatestOnly=False) == [("DefaultConfiguration", 1)]


@pytest.mark.parametrize(
    "sizes",
    [{"MinSize": 5, "MaxSize": 2}, {"MinSize": 26}, {"MaxConcurrency": 201}, {"MaxSize": 0}],
)
def test_impossible_sizes_are_refused(apprunner: Any, refusal: Any, sizes: dict[str, int]) -> None:
    create_one = apprunner.create_auto_scaling_configuration
    refused = refusal(create_one, AutoScalingConfigurationName="busy", **sizes)
    assert refused[0] == "InvalidRequestException"


def test_names_under_four_characters_are_refused(apprunner: Any, refusal: Any) -> None:
    code, message = refusal(
        apprunner.create_auto_scaling_configuration, AutoScalingConfigurationName="two"
    )
    assert code == "InvalidRequestException"
    assert "length greater than or equal to 4" in message


def test_a_configuration_in_use_is_not_deleted(apprunner: Any, refusal: Any) -> None:
    arn = scale(apprunner)["AutoScalingConfigurationArn"]
    service = create(apprunner, AutoScalingConfigurationArn=arn)["ServiceArn"]
    assert describe(apprunner, arn)["HasAssociatedService"] is True
    listed = apprunner.list_services_for_auto_scaling_configuration(AutoScalingConfigurationArn=arn)
    assert listed["ServiceArnList"] == [service]
    delete = apprunner.delete_auto_scaling_configuration
    code, message = refusal(delete, AutoScalingConfigurationArn=arn)
    assert code == "InvalidRequestException"
    assert "used by services: orders" in message
    apprunner.delete_service(ServiceArn=service)
    # The deletion is over with the next call, whatever it is.
    assert (
        delete(AutoScalingConfigurationArn=arn)["AutoScalingConfiguration"]["Status"] == "inactive"
    )


def test_a_deleted_configuration_is_not_deleted_again(apprunner: Any, refusal: Any) -> None:
    arn = scale(apprunner)["AutoScalingConfigurationArn"]
    delete = apprunner.delete_auto_scaling_configuration
    delete(AutoScalingConfigurationArn=arn)
    assert refusal(delete, AutoScalingConfigurationArn=arn) == (
        "InvalidRequestException",
        "The auto scaling configuration you specified has been deleted",
    )


def test_the_default_configuration_can_be_replaced_but_not_deleted(
    apprunner: Any, refusal: Any
) -> None:
    arn = scale(apprunner)["AutoScalingConfigurationArn"]
    apprunner.update_default_auto_scaling_configuration(AutoScalingConfigurationArn=arn)
    reserved = f"{arn.rpartition(':')[0]}:autoscalingconfiguration/DefaultConfiguration"
    delete = apprunner.delete_auto_scaling_configuration
    for kept in (arn, reserved):
        assert refusal(delete, AutoScalingConfigurationArn=kept) == (
            "InvalidRequestException",
            "You can't delete a reserved auto scaling configuration",
        )
    summary = create(apprunner)["AutoScalingConfigurationSummary"]
    assert summary["AutoScalingConfigurationArn"] == arn
    assert summary["IsDefault"] is True


def test_a_service_follows_an_update_of_its_configuration(apprunner: Any) -> None:
    first, second = scale(apprunner), scale(apprunner)
    arn = create(apprunner, AutoScalingConfigurationArn=first["AutoScalingConfigurationArn"])
    apprunner.update_service(
        ServiceArn=arn["ServiceArn"],
        AutoScalingConfigurationArn=second["AutoScalingConfigurationArn"],
    )
    # The one that is no longer used can go.
    apprunner.delete_auto_scaling_configuration(
        AutoScalingConfigurationArn=first["AutoScalingConfigurationArn"]
    )
    assert revisions(apprunner, LatestOnly=False)[1:] == [("busy", 2)]


def test_observability_configurations_live_and_die(apprunner: Any, refusal: Any) -> None:
    arn = observe(apprunner)["ObservabilityConfigurationArn"]
    configuration = {"ObservabilityEnabled": True, "ObservabilityConfigurationArn": arn}
    service = create(apprunner, ObservabilityConfiguration=configuration)["ServiceArn"]
    delete = apprunner.delete_observability_configuration
    assert "used by services" in refusal(delete, ObservabilityConfigurationArn=arn)[1]
    # Absent means false: Go's SDK does not send a primitive boolean that is false.
    apprunner.update_service(ServiceArn=service, ObservabilityConfiguration={})
    shown = apprunner.describe_service(ServiceArn=service)["Service"]
    assert shown["ObservabilityConfiguration"] == {"ObservabilityEnabled": False}
    delete(ObservabilityConfigurationArn=arn)
    described = apprunner.describe_observability_configuration(ObservabilityConfigurationArn=arn)
    assert described["ObservabilityConfiguration"]["Status"] == "INACTIVE"
    listed = apprunner.list_observability_configurations()
    assert listed["ObservabilityConfigurationSummaryList"] == []


def test_observability_is_enabled_with_a_configuration_or_not_at_all(
    apprunner: Any, refusal: Any
) -> None:
    for configuration in (
        {"ObservabilityEnabled": True},
        {
            "ObservabilityEnabled": False,
            "ObservabilityConfigurationArn": observe(apprunner)["ObservabilityConfigurationArn"],
        },
    ):
        request = {"ServiceName": "orders", "SourceConfiguration": public_image()}
        refused = refusal(
            apprunner.create_service, ObservabilityConfiguration=configuration, **request
        )
        assert refused[0] == "InvalidRequestException"
