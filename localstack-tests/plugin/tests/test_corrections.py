"""Each correction: that it works, and that LocalStack still needs it."""

from typing import Any

import pytest
from emulator import Emulator

from synth_localstack.corrections import CORRECTIONS

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


def alarm_has_its_tags(cloudwatch: Any, account: str) -> bool:
    put_alarm(cloudwatch, Tags=TAGS)
    return tags(cloudwatch, account) == TAGS


def new_alarm_inherits_no_tags(cloudwatch: Any, account: str) -> bool:
    put_alarm(cloudwatch)
    arn = f"arn:aws:cloudwatch:us-east-1:{account}:alarm:errors"
    cloudwatch.tag_resource(ResourceARN=arn, Tags=TAGS)
    cloudwatch.delete_alarms(AlarmNames=["errors"])
    put_alarm(cloudwatch)
    return tags(cloudwatch, account) == []


CHECKS = {
    "cloudwatch-alarm-tags": ("cloudwatch", alarm_has_its_tags),
    "cloudwatch-deleted-alarm-tags": ("cloudwatch", new_alarm_inherits_no_tags),
}


def test_every_correction_is_checked() -> None:
    assert set(CHECKS) == {correction.name for correction in CORRECTIONS}


@pytest.mark.parametrize("name", CHECKS)
def test_the_correction_works(emulator: Emulator, account: str, name: str) -> None:
    service, check = CHECKS[name]
    assert check(emulator.client(service, account), account)


@pytest.mark.parametrize("name", CHECKS)
def test_localstack_alone_is_wrong(bare: Emulator, account: str, name: str) -> None:
    service, check = CHECKS[name]
    assert not check(bare.client(service, account), account)


def test_tags_of_an_alarm_that_exists_stay(emulator: Emulator, account: str) -> None:
    cloudwatch = emulator.client("cloudwatch", account)
    put_alarm(cloudwatch, Tags=TAGS)
    put_alarm(cloudwatch, Tags=[{"Key": "team", "Value": "b"}])
    assert tags(cloudwatch, account) == TAGS
