"""What moto's Application Auto Scaling lacks: tags."""

from typing import TYPE_CHECKING, Any

from synth_localstack.corrections import memory
from synth_localstack.corrections.correction import Correction, Replacement, amends

if TYPE_CHECKING:
    from localstack.aws.api import RequestContext

SERVICE = "application-autoscaling"


def _tags(context: "RequestContext", arn: str) -> dict[str, str]:
    return memory.of(context).tags.setdefault((SERVICE, arn), {})


def keep_tags(context: "RequestContext", answer: dict[str, Any]) -> None:
    """Keeps the tags that a target is registered with."""
    tags = context.service_request.get("Tags")
    if tags:
        _tags(context, answer["ScalableTargetARN"]).update(tags)


def answer_tags(context: "RequestContext", request: dict[str, Any]) -> dict[str, Any]:
    """Answers the three operations on tags."""
    tags = _tags(context, request["ResourceARN"])
    if context.operation.name == "ListTagsForResource":
        return {"Tags": tags}
    tags.update(request.get("Tags") or {})
    for key in request.get("TagKeys") or []:
        tags.pop(key, None)
    return {}


CORRECTIONS = (
    Correction(
        name="application-autoscaling-new-tags",
        service=SERVICE,
        operations=frozenset({"RegisterScalableTarget"}),
        reason="moto 5.1 drops a new target's tags: terraform plans to add them, for ever",
        apply=amends(keep_tags),
    ),
)

REPLACEMENTS = (
    Replacement(
        name="application-autoscaling-tags",
        service=SERVICE,
        operations=frozenset({"TagResource", "UntagResource", "ListTagsForResource"}),
        reason="moto 5.1 has no operations on tags: terraform cannot read a target (501)",
        answer=answer_tags,
    ),
)
