"""What is written of each call, and what is not."""

import json
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from emulator import Emulator, running
from hypothesis import given
from hypothesis import strategies as st

from synth_localstack.recording import resource

PLACE = {"partition": "aws", "region": "eu-west-1", "account": "000000000001"}


def calls(emulator: Emulator, account: str) -> list[dict[str, Any]]:
    url = f"{emulator.url}/_localstack/synth/calls?account={account}"
    with urllib.request.urlopen(url, timeout=30) as answer:  # noqa: S310
        return [json.loads(line) for line in answer.read().splitlines()]


def test_a_call_is_written_with_all_that_is_known(emulator: Emulator, account: str) -> None:
    ecr = emulator.client("ecr", account, "eu-west-1")
    ecr.create_repository(repositoryName="main")
    [call] = calls(emulator, account)
    assert call.pop("time").endswith("+00:00")
    assert call == {
        "service": "ecr",
        "operation": "CreateRepository",
        "account": account,
        "access_key": account,
        "principal": f"arn:aws:iam::{account}:root",
        "region": "eu-west-1",
        "resource": f"arn:aws:ecr:eu-west-1:{account}:repository/main",
        "parameters": ["repositoryName"],
        "outcome": "ok",
        "client": "Boto3",
    }


def test_a_refused_call_has_its_error_code(emulator: Emulator, account: str, refusal: Any) -> None:
    refusal(emulator.client("iam", account).get_role, RoleName="nobody")
    refusal(emulator.client("ecs", account).describe_services, services=["x"], cluster="x")
    refusal(emulator.client("apprunner", account).describe_service, ServiceArn="x")
    outcomes = [(call["operation"], call["outcome"]) for call in calls(emulator, account)]
    assert outcomes == [
        ("GetRole", "NoSuchEntity"),
        ("DescribeServices", "ClusterNotFoundException"),
        ("DescribeService", "InvalidRequestException"),
    ]


def test_a_secret_is_not_written(emulator: Emulator, account: str) -> None:
    secrets = emulator.client("secretsmanager", account)
    secrets.create_secret(Name="token", SecretString="hunter2")
    ssm = emulator.client("ssm", account)
    ssm.put_parameter(Name="/shop/token", Value="hunter2", Type="SecureString")
    ssm.get_parameter(Name="/shop/token", WithDecryption=True)
    written = calls(emulator, account)
    assert "hunter2" not in json.dumps(written)
    assert "SecretString" in written[0]["parameters"]
    assert written[0]["resource"].startswith(f"arn:aws:secretsmanager:us-east-1:{account}:secret:")
    assert written[1]["resource"] == f"arn:aws:ssm:us-east-1:{account}:parameter/shop/token"


def test_a_key_of_a_user_is_the_user(emulator: Emulator, account: str) -> None:
    iam = emulator.client("iam", account)
    arn = iam.create_user(UserName="deployer")["User"]["Arn"]
    key = iam.create_access_key(UserName="deployer")["AccessKey"]["AccessKeyId"]
    emulator.client("sts", key).get_caller_identity()
    assert [call["principal"] for call in calls(emulator, account)][-1] == arn


def test_a_session_of_a_role_is_the_session(emulator: Emulator, account: str) -> None:
    role = emulator.client("iam", account).create_role(
        RoleName="deploy", AssumeRolePolicyDocument=json.dumps({"Statement": []})
    )["Role"]["Arn"]
    session = emulator.client("sts", account).assume_role(RoleArn=role, RoleSessionName="ci")
    emulator.client("sqs", session["Credentials"]["AccessKeyId"]).list_queues()
    last = calls(emulator, account)[-1]
    assert (last["service"], last["principal"]) == ("sqs", session["AssumedRoleUser"]["Arn"])


def test_no_call_was_too_much_for_the_recorder(emulator: Emulator) -> None:
    assert "exception while running response handler" not in emulator.log


def test_calls_go_to_the_named_file_in_order(tmp_path: Path) -> None:
    journal = tmp_path / "calls.jsonl"
    with running(tmp_path, SYNTH_CALLS=str(journal)) as emulator:
        sqs = emulator.client("sqs", "000000000001")
        for name in ("a", "b"):
            sqs.create_queue(QueueName=name)
        sqs.list_queues()
        written = [json.loads(line) for line in journal.read_text().splitlines()]
        assert [call["operation"] for call in written] == ["CreateQueue"] * 2 + ["ListQueues"]
        assert written == calls(emulator, "000000000001")
        assert calls(emulator, "000000000002") == []


@pytest.mark.parametrize(
    ("service", "operation", "request_", "answer", "expected"),
    [
        (
            "s3",
            "PutObject",
            {"Bucket": "b", "Key": "k/1", "Body": "x"},
            {},
            "arn:aws:s3:::b/k/1",
        ),
        ("s3", "CreateBucket", {"Bucket": "b"}, {"Location": "/b"}, "arn:aws:s3:::b"),
        (
            "iam",
            "CreateRole",
            {"RoleName": "r"},
            {"Role": {"Arn": "arn:aws:iam::1:role/r"}},
            "arn:aws:iam::1:role/r",
        ),
        (
            "apprunner",
            "CreateService",
            {
                "SourceConfiguration": {
                    "AuthenticationConfiguration": {"AccessRoleArn": "arn:aws:iam::1:role/r"}
                }
            },
            {"Service": {"ServiceArn": "arn:aws:apprunner:eu-west-1:1:service/s/1"}},
            "arn:aws:apprunner:eu-west-1:1:service/s/1",
        ),
        (
            "elbv2",
            "ModifyLoadBalancerAttributes",
            {"LoadBalancerArn": "arn:aws:elasticloadbalancing:eu-west-1:1:loadbalancer/x"},
            {},
            "arn:aws:elasticloadbalancing:eu-west-1:1:loadbalancer/x",
        ),
        (
            "logs",
            "CreateLogGroup",
            {"logGroupName": "/a"},
            {},
            "arn:aws:logs:eu-west-1:000000000001:log-group:/a",
        ),
        ("ec2", "DescribeVpcs", {}, {"Vpcs": []}, None),
        (
            "elbv2",
            "DescribeLoadBalancers",
            {"Names": ["x"]},
            {"LoadBalancers": [{"LoadBalancerArn": "arn:aws:elasticloadbalancing:eu-west-1:1:x"}]},
            "arn:aws:elasticloadbalancing:eu-west-1:1:x",
        ),
        # There happens to be one.
        (
            "kms",
            "ListAliases",
            {},
            {"Aliases": [{"AliasArn": "arn:aws:kms:eu-west-1:1:alias/x"}]},
            None,
        ),
        ("iam", "DeleteRole", {"RoleName": "r"}, {}, None),
        ("sns", "TagResource", {"ResourceArn": "not an arn"}, {}, None),
    ],
)
def test_the_resource_is_what_the_call_is_about(
    service: str, operation: str, request_: Any, answer: Any, expected: str | None
) -> None:
    assert resource.arn(service, operation, request_, answer, PLACE) == expected


ANYTHING = st.recursive(
    st.none() | st.integers() | st.text() | st.binary(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)
MEMBERS = st.dictionaries(
    st.sampled_from(["Arn", "Bucket", "Key", "Name", "RoleArn"]) | st.text(), ANYTHING
)


@given(st.sampled_from(["s3", "ssm", "iam"]), st.text(), MEMBERS, MEMBERS)
def test_any_request_has_an_arn_or_none(
    service: str, operation: str, request_: Any, answer: Any
) -> None:
    found = resource.arn(service, operation, request_, answer, PLACE)
    assert found is None or found.startswith("arn:")
