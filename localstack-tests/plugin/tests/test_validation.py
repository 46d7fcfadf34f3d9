"""Validation by the service model; App Runner's stands for all."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from localstack.aws.spec import load_service

from synth_localstack import validation

MODEL = load_service("apprunner")
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


def problems(operation: str, request: Any) -> str:
    found = validation.problems(request, MODEL.operation_model(operation).input_shape)
    assert found
    return validation.message(found)


def test_all_problems_are_told_at_once() -> None:
    message = problems("CreateConnection", {"ConnectionName": "no", "ProviderType": "GITLAB"})
    assert message.startswith("2 validation errors detected: ")
    assert "'no' at 'connectionName'" in message
    assert "'GITLAB' at 'providerType'" in message


def test_a_missing_member_is_named_with_its_path() -> None:
    request = {"ServiceName": "orders", "SourceConfiguration": {"CodeRepository": {}}}
    message = problems("CreateService", request)
    assert "at 'sourceConfiguration.codeRepository.repositoryUrl'" in message
    assert "Member must not be null" in message


@pytest.mark.parametrize("wrong", [1, True, ["orders"], {"name": "orders"}])
def test_a_wrong_type_is_told(wrong: Any) -> None:
    message = problems("DescribeService", {"ServiceArn": wrong})
    assert "Member must be of type string" in message


def test_a_boolean_is_no_integer() -> None:
    assert "must be of type integer" in problems("ListServices", {"MaxResults": True})


def test_a_sensitive_value_is_not_shown() -> None:
    values = {"Runtime": "PYTHON_311", "StartCommand": "serve --token=hunter2\n"}
    configuration = {"ConfigurationSource": "API", "CodeConfigurationValues": values}
    code = {
        "RepositoryUrl": "x",
        "SourceCodeVersion": {"Type": "BRANCH", "Value": "main"},
        "CodeConfiguration": configuration,
    }
    request = {"ServiceName": "orders", "SourceConfiguration": {"CodeRepository": code}}
    message = problems("CreateService", request)
    assert "startCommand" in message
    assert "hunter2" not in message


def test_digits_of_other_scripts_are_no_digits() -> None:
    arn = "arn:aws:apprunner:us-east-1:٠١٢٣٤٥٦٧٨٩٠١:service/orders/0"
    assert "regular expression" in problems("DescribeService", {"ServiceArn": arn})


@given(st.sampled_from(MODEL.operation_names), ANYTHING)
def test_any_json_is_accepted_or_refused(operation: str, request: Any) -> None:
    shape = MODEL.operation_model(operation).input_shape
    request = request if isinstance(request, dict) else dict.fromkeys(shape.members, request)
    missing = [name for name in shape.required_members if request.get(name) is None]
    found = validation.problems(request, shape)
    assert len([problem for problem in found if "must not be null" in problem]) >= len(missing)


def test_nothing_that_is_null_is_present() -> None:
    request = {"a": None, "b": [{"c": None, "d": 0}], "e": ""}
    assert validation.present(request) == {"b": [{"d": 0}], "e": ""}
