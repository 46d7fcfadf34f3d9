"""What LocalStack's CloudWatch loses."""

from typing import TYPE_CHECKING

from synth_localstack.corrections.correction import Correction

if TYPE_CHECKING:
    from localstack.aws.api import RequestContext
    from localstack.http import Response
    from localstack.utils.tagging import TaggingService


def keep_tags(context: "RequestContext", _response: "Response") -> None:
    """Stores a new alarm's tags where `ListTagsForResource` reads them.

    AWS ignores the tags of a request for an alarm that exists; so an alarm that has tags keeps them
    (https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html).
    """
    tags = context.service_request.get("Tags")
    arn = _arn(context, context.service_request["AlarmName"])
    known = _tags(context)
    if tags and not known.tags.get(arn):
        known.tag_resource(arn, tags)


def forget_tags(context: "RequestContext", _response: "Response") -> None:
    """Removes the tags of deleted alarms, whose ARN the next alarm of that name takes over."""
    for name in context.service_request.get("AlarmNames", []):
        _tags(context).del_resource(_arn(context, name))


def _arn(context: "RequestContext", name: str) -> str:
    where = f"{context.partition}:cloudwatch:{context.region}:{context.account_id}"
    return f"arn:{where}:alarm:{name}"


def _tags(context: "RequestContext") -> "TaggingService":
    from localstack.services.cloudwatch.models import cloudwatch_stores

    return cloudwatch_stores[context.account_id][context.region].TAGS


CORRECTIONS = (
    Correction(
        name="cloudwatch-alarm-tags",
        service="cloudwatch",
        operations=frozenset({"PutMetricAlarm", "PutCompositeAlarm"}),
        reason="LocalStack 4.12 drops a new alarm's tags: terraform plans to add them, for ever",
        apply=keep_tags,
    ),
    Correction(
        name="cloudwatch-deleted-alarm-tags",
        service="cloudwatch",
        operations=frozenset({"DeleteAlarms"}),
        reason="LocalStack 4.12 keeps a deleted alarm's tags: the next of that name inherits them",
        apply=forget_tags,
    ),
)
