from typing import Any

import pytest
from apprunner.examples import (
    BUILD,
    TASKS,
    code,
    connect,
    create,
    private_image,
    public_image,
    role,
)
from emulator import Emulator

SECRET = "arn:aws:secretsmanager:us-east-1:000000000000:secret:token"  # noqa: S105


@pytest.fixture
def iam(emulator: Emulator, account: str) -> Any:
    return emulator.client("iam", account)


@pytest.fixture
def refused(apprunner: Any, refusal: Any) -> Any:
    """The message with which a service of this source is refused."""

    def message(source: dict[str, Any], **more: Any) -> str:
        request = {"ServiceName": "orders", "SourceConfiguration": source, **more}
        error, text = refusal(apprunner.create_service, **request)
        assert error == "InvalidRequestException"
        return text

    return message


def test_code_is_deployed_on_push_from_the_root_on_port_8080(apprunner: Any) -> None:
    service = create(apprunner, SourceConfiguration=code(connect(apprunner)))
    source = service["SourceConfiguration"]
    assert source["AutoDeploymentsEnabled"] is True
    assert source["CodeRepository"]["SourceDirectory"] == "/"
    values = source["CodeRepository"]["CodeConfiguration"]["CodeConfigurationValues"]
    assert values["Port"] == "8080"


def test_a_source_is_code_or_an_image_and_not_both(apprunner: Any, refused: Any) -> None:
    assert "(but not both)" in refused({})
    assert "(but not both)" in refused(code(connect(apprunner)) | public_image())


def test_a_service_stays_with_code_or_image(apprunner: Any, refusal: Any) -> None:
    arn = create(apprunner)["ServiceArn"]
    source = code(connect(apprunner))
    error, message = refusal(apprunner.update_service, ServiceArn=arn, SourceConfiguration=source)
    assert error == "InvalidRequestException"
    assert "can't switch" in message


def test_code_needs_a_connection_that_exists(apprunner: Any, refused: Any) -> None:
    connection = connect(apprunner)
    without = code(connection) | {"AuthenticationConfiguration": {}}
    assert "ConnectionArn is required" in refused(without)
    assert "isn't valid" in refused(code(connection[:-1] + "x"))


def test_a_dockerfile_is_no_runtime(apprunner: Any, refused: Any) -> None:
    message = refused(code(connect(apprunner), Runtime="DOCKER"))
    assert "codeConfigurationValues.runtime" in message
    assert "PYTHON_311" in message


def test_values_are_required_where_the_api_configures(apprunner: Any, refused: Any) -> None:
    source = code(connect(apprunner))
    del source["CodeRepository"]["CodeConfiguration"]["CodeConfigurationValues"]
    assert "CodeConfigurationValues is required" in refused(source)


def test_apprunner_yaml_needs_no_values(apprunner: Any) -> None:
    source = code(connect(apprunner))
    source["CodeRepository"]["CodeConfiguration"] = {"ConfigurationSource": "REPOSITORY"}
    assert create(apprunner, SourceConfiguration=source)["ServiceName"] == "orders"


def test_a_private_image_needs_a_role_that_the_build_may_assume(
    apprunner: Any, iam: Any, account: str, refused: Any
) -> None:
    assert "AccessRoleArn is required" in refused(private_image(account, None))
    for wrong in (
        f"arn:aws:iam::{account}:role/nobody",
        role(iam, "runs-tasks", TASKS),
    ):
        assert refused(private_image(account, wrong)) == f"Error in assuming access role {wrong}"
    good = role(iam, "pulls-images", BUILD)
    service = create(apprunner, SourceConfiguration=private_image(account, good))
    assert service["SourceConfiguration"]["AutoDeploymentsEnabled"] is True


def test_a_public_image_is_not_deployed_automatically(refused: Any) -> None:
    message = refused(public_image() | {"AutoDeploymentsEnabled": True})
    assert message == (
        "App Runner doesn't support automatic deployments for an image in an ECR Public repository."
    )


def test_an_image_is_of_the_type_it_says(account: str, refused: Any) -> None:
    source = private_image(account, None)
    source["ImageRepository"]["ImageRepositoryType"] = "ECR_PUBLIC"
    assert "is not an image of type ECR_PUBLIC" in refused(source)


def test_secrets_need_an_instance_role(apprunner: Any, iam: Any, refused: Any) -> None:
    source = code(connect(apprunner), RuntimeEnvironmentSecrets={"TOKEN": SECRET})
    assert refused(source) == (
        "Instance Role have to be provided if passing in RuntimeEnvironmentSecrets."
    )
    instance = {"InstanceRoleArn": role(iam, "runs-tasks", TASKS)}
    assert create(apprunner, SourceConfiguration=source, InstanceConfiguration=instance)


def test_an_instance_role_must_trust_the_tasks(iam: Any, refused: Any) -> None:
    wrong = role(iam, "pulls-images", BUILD)
    message = refused(public_image(), InstanceConfiguration={"InstanceRoleArn": wrong})
    assert message == f"Error in assuming instance role {wrong}"


@pytest.mark.parametrize("member", ["RuntimeEnvironmentVariables", "RuntimeEnvironmentSecrets"])
def test_names_of_app_runner_are_reserved(apprunner: Any, refused: Any, member: str) -> None:
    source = code(connect(apprunner), **{member: {"AWSAPPRUNNER_X": "1"}})
    assert "reserved prefix AWSAPPRUNNER" in refused(source)
