from typing import Any

from apprunner.examples import code, connect, create


def test_a_connection_is_available_and_listed_by_name(apprunner: Any) -> None:
    connect(apprunner, "first")
    connect(apprunner, "second")
    listed = apprunner.list_connections(ConnectionName="second")["ConnectionSummaryList"]
    assert [(found["ConnectionName"], found["Status"]) for found in listed] == [
        ("second", "AVAILABLE")
    ]


def test_a_connection_name_is_taken_once(apprunner: Any, refusal: Any) -> None:
    connect(apprunner)
    refused = refusal(apprunner.create_connection, ConnectionName="github", ProviderType="GITHUB")
    assert refused[0] == "InvalidRequestException"


def test_a_connection_in_use_is_not_deleted(apprunner: Any, refusal: Any) -> None:
    arn = connect(apprunner)
    service = create(apprunner, SourceConfiguration=code(arn))["ServiceArn"]
    error, message = refusal(apprunner.delete_connection, ConnectionArn=arn)
    assert error == "InvalidRequestException"
    assert "used by services: orders" in message
    apprunner.delete_service(ServiceArn=service)
    assert apprunner.delete_connection(ConnectionArn=arn)["Connection"]["Status"] == "DELETED"
    assert apprunner.list_connections()["ConnectionSummaryList"] == []
    assert refusal(apprunner.delete_connection, ConnectionArn=arn)[0] == "ResourceNotFoundException"


def test_an_unknown_provider_is_refused(apprunner: Any, refusal: Any) -> None:
    refused = refusal(apprunner.create_connection, ConnectionName="gitlab", ProviderType="GITLAB")
    assert "Member must satisfy enum value set: [GITHUB, BITBUCKET]" in refused[1]
