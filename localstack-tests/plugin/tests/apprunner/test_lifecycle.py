"""Services that take a second, and connections that nobody has approved."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from apprunner.examples import code, connect, create, public_image, status
from emulator import Emulator

from synth_localstack.apprunner.lifecycle import Tracked

NOW = datetime(2025, 1, 1, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.fixture
def late(slow: Emulator, account: str) -> Any:
    return slow.client("apprunner", account)


def test_a_service_is_busy_until_its_operation_succeeded(
    late: Any, refusal: Any, eventually: Any
) -> None:
    created = late.create_service(ServiceName="orders", SourceConfiguration=public_image())
    arn = created["Service"]["ServiceArn"]
    assert status(late, arn) == "OPERATION_IN_PROGRESS"
    [operation] = late.list_operations(ServiceArn=arn)["OperationSummaryList"]
    assert (operation["Id"], operation["Status"]) == (created["OperationId"], "IN_PROGRESS")
    for change in (late.pause_service, late.delete_service, late.update_service):
        assert refusal(change, ServiceArn=arn)[0] == "InvalidStateException"
    eventually(lambda: status(late, arn), "RUNNING")
    [operation] = late.list_operations(ServiceArn=arn)["OperationSummaryList"]
    assert operation["Status"] == "SUCCEEDED"
    assert operation["EndedAt"] > operation["StartedAt"]


def test_a_name_is_taken_until_the_deletion_is_over(
    late: Any, refusal: Any, eventually: Any
) -> None:
    arn = create(late)["ServiceArn"]
    eventually(lambda: status(late, arn), "RUNNING")
    late.delete_service(ServiceArn=arn)
    again = {"ServiceName": "orders", "SourceConfiguration": public_image()}
    assert refusal(late.create_service, **again)[0] == "InvalidRequestException"
    eventually(lambda: status(late, arn), "DELETED")
    assert late.create_service(**again)["Service"]["ServiceName"] == "orders"


def test_a_connection_without_handshake_serves_nobody(late: Any, refusal: Any) -> None:
    request = {"ServiceName": "orders", "SourceConfiguration": code(connect(late))}
    error, message = refusal(late.create_service, **request)
    assert error == "InvalidRequestException"
    assert "PENDING_HANDSHAKE" in message


def test_the_final_status_comes_no_earlier_than_its_time() -> None:
    tracked = Tracked()
    tracked.start("busy", "done", NOW, SECOND)
    tracked.settle(NOW + SECOND - timedelta(microseconds=1))
    assert tracked.status == "busy"
    tracked.settle(NOW + SECOND)
    assert tracked.status == "done"


def test_what_follows_a_transition_happens_once() -> None:
    happened: list[datetime] = []
    tracked = Tracked()
    tracked.start("busy", "done", NOW, timedelta(), happened.append)
    tracked.settle(NOW)
    tracked.settle(NOW + SECOND)
    assert happened == [NOW]
