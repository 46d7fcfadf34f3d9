from typing import Any

from apprunner.examples import connect, create


def tags(apprunner: Any, arn: str) -> dict[str, str]:
    listed = apprunner.list_tags_for_resource(ResourceArn=arn)["Tags"]
    return {tag["Key"]: tag["Value"] for tag in listed}


def test_tags_are_given_changed_and_taken_away(apprunner: Any) -> None:
    arn = create(apprunner, Tags=[{"Key": "team", "Value": "a"}, {"Key": "empty"}])["ServiceArn"]
    assert tags(apprunner, arn) == {"team": "a", "empty": ""}
    changes = [{"Key": "team", "Value": "b"}, {"Key": "größe", "Value": "∞"}]
    apprunner.tag_resource(ResourceArn=arn, Tags=changes)
    apprunner.untag_resource(ResourceArn=arn, TagKeys=["empty", "never there"])
    assert tags(apprunner, arn) == {"team": "b", "größe": "∞"}


def test_every_kind_of_resource_has_tags(apprunner: Any) -> None:
    arn = connect(apprunner)
    apprunner.tag_resource(ResourceArn=arn, Tags=[{"Key": "team", "Value": "a"}])
    assert tags(apprunner, arn) == {"team": "a"}


def test_keys_of_aws_are_refused(apprunner: Any, refusal: Any) -> None:
    arn = create(apprunner)["ServiceArn"]
    refused = refusal(apprunner.tag_resource, ResourceArn=arn, Tags=[{"Key": "aws:x", "Value": ""}])
    assert refused[0] == "InvalidRequestException"


def test_more_than_fifty_tags_are_refused_and_none_is_added(apprunner: Any, refusal: Any) -> None:
    arn = create(apprunner)["ServiceArn"]
    many = [{"Key": f"key-{number}", "Value": ""} for number in range(51)]
    refused = refusal(apprunner.tag_resource, ResourceArn=arn, Tags=many)
    assert refused[0] == "InvalidRequestException"
    assert tags(apprunner, arn) == {}


def test_a_deleted_resource_has_no_tags(apprunner: Any, refusal: Any) -> None:
    arn = create(apprunner)["ServiceArn"]
    apprunner.delete_service(ServiceArn=arn)
    refused = refusal(apprunner.list_tags_for_resource, ResourceArn=arn)
    assert refused[0] == "ResourceNotFoundException"
