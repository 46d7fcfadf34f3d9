"""What LocalStack's CloudWatch Logs does not find."""

from typing import TYPE_CHECKING, Any

from synth_localstack.corrections.correction import Correction, amends

if TYPE_CHECKING:
    from localstack.aws.api import RequestContext


def keep_tags(context: "RequestContext", answer: dict[str, Any]) -> None:
    """Stores the tags of a new delivery where `ListTagsForResource` reads them."""
    from localstack.services.logs.models import logs_stores

    tags = context.service_request.get("tags")
    stored = logs_stores[context.account_id][context.region].TAGS
    for part in answer.values():
        if tags and isinstance(part, dict):
            stored[part["arn"]] = dict(tags)


CORRECTIONS = (
    Correction(
        name="logs-delivery-tags",
        service="logs",
        operations=frozenset({"PutDeliverySource", "PutDeliveryDestination", "CreateDelivery"}),
        reason=(
            "LocalStack 4.12 leaves the tags of deliveries to moto, and lists its own:"
            " terraform plans to add them, for ever"
        ),
        apply=amends(keep_tags),
    ),
)
