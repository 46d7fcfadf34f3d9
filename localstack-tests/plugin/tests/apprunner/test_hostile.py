"""Requests that no client library would send."""

import json
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from apprunner.examples import create, public_image
from emulator import Emulator


@pytest.fixture
def raw(emulator: Emulator, account: str) -> Any:
    """Sends bytes to an operation: the status and the answer."""

    def send(operation: str, body: bytes) -> tuple[int, Any]:
        signed = f"Credential={account}/20250101/us-east-1/apprunner/aws4_request"
        headers = {
            "X-Amz-Target": f"AppRunner.{operation}",
            "Content-Type": "application/x-amz-json-1.0",
            "Authorization": f"AWS4-HMAC-SHA256 {signed}, SignedHeaders=host, Signature=0",
        }
        request = urllib.request.Request(emulator.url, data=body, headers=headers)  # noqa: S310
        try:
            with urllib.request.urlopen(request, timeout=10) as response:  # noqa: S310
                return response.status, json.load(response)
        except urllib.error.HTTPError as error:
            with error:
                return error.code, json.loads(error.read() or b"null")

    return send


def test_unknown_members_are_ignored(apprunner: Any, raw: Any) -> None:
    request = {"ServiceName": "orders", "SourceConfiguration": public_image(), "Nonsense": [None]}
    code, answer = raw("CreateService", json.dumps(request).encode())
    assert code == 200
    assert "Nonsense" not in answer["Service"]
    assert len(apprunner.list_services()["ServiceSummaryList"]) == 1


def test_null_means_absent(raw: Any) -> None:
    request = {
        "ServiceName": "orders",
        "SourceConfiguration": public_image() | {"CodeRepository": None},
        "InstanceConfiguration": None,
    }
    assert raw("CreateService", json.dumps(request).encode())[0] == 200


@pytest.mark.parametrize(
    "members",
    [
        {"ServiceName": 7},
        {"ServiceName": {"a": "b"}},
        {"SourceConfiguration": "github"},
        {"SourceConfiguration": []},
        {"Tags": "team"},
        {"Tags": {"team": "a"}},
        {"Tags": [1]},
        {"Tags": [None]},
        {"HealthCheckConfiguration": {"Interval": "soon"}},
        {"HealthCheckConfiguration": {"Interval": 1e300}},
        {"NetworkConfiguration": {"IngressConfiguration": {"IsPubliclyAccessible": "no"}}},
    ],
)
def test_a_wrong_type_is_the_senders_fault(raw: Any, members: dict[str, Any]) -> None:
    request = {"ServiceName": "orders", "SourceConfiguration": public_image()} | members
    code, answer = raw("CreateService", json.dumps(request).encode())
    assert code == 400
    assert "Exception" in answer["__type"]


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"null", b'"text"', b"\xff\xfe", b"[" * 5000],
    ids=["empty", "half", "list", "null", "text", "binary", "deep"],
)
def test_a_body_that_is_no_object_is_refused(raw: Any, body: bytes) -> None:
    code, answer = raw("CreateService", body)
    assert code == 400
    assert answer["__type"] in {"SerializationException", "InvalidRequestException"}


def test_an_unknown_operation_is_the_senders_fault(raw: Any) -> None:
    code, _ = raw("InventService", b"{}")
    assert code == 400


@pytest.mark.parametrize("name", ["наймення", "orders\n", "orders\x00", "a" * 100_000, "../../etc"])
def test_a_name_of_other_characters_is_refused(apprunner: Any, refusal: Any, name: str) -> None:
    refused = refusal(
        apprunner.create_service, ServiceName=name, SourceConfiguration=public_image()
    )
    assert refused[0] == "InvalidRequestException"
    assert len(refused[1]) <= 600


def test_text_comes_back_as_it_was_sent(apprunner: Any) -> None:
    text = '${x} %{y} "\\ \n\t 🦀 ﷽ \u202e'
    image = public_image()
    environment = {"RuntimeEnvironmentVariables": {"TEXT": text}}
    image["ImageRepository"]["ImageConfiguration"] = environment
    arn = create(apprunner, SourceConfiguration=image)["ServiceArn"]
    source = apprunner.describe_service(ServiceArn=arn)["Service"]["SourceConfiguration"]
    shown = source["ImageRepository"]["ImageConfiguration"]
    assert shown["RuntimeEnvironmentVariables"] == environment["RuntimeEnvironmentVariables"]


def test_a_name_asked_for_by_many_at_once_is_given_to_one(apprunner: Any) -> None:
    def attempt(_number: int) -> bool:
        try:
            create(apprunner)
        except apprunner.exceptions.InvalidRequestException:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(attempt, range(24))) == 1
