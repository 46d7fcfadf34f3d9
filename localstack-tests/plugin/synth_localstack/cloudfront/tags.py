"""Tags of distributions.

https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_TagResource.html
"""

from typing import Any

from synth_localstack.cloudfront.call import Call, Operations
from synth_localstack.cloudfront.errors import refusal
from synth_localstack.cloudfront.kinds import DISTRIBUTION
from synth_localstack.cloudfront.store import Item


def _find(call: Call) -> Item:
    arn = call.request["Resource"]
    for found in call.store.all(DISTRIBUTION):
        if found.document["ARN"] == arn:
            return found
    raise refusal("NoSuchResource", f"No resource has the ARN {arn}")


def _tag(call: Call) -> dict[str, Any]:
    tags = call.request["Tags"].get("Items", [])
    _find(call).tags |= {tag["Key"]: tag.get("Value", "") for tag in tags}
    return {}


def _untag(call: Call) -> dict[str, Any]:
    found = _find(call)
    for key in call.request["TagKeys"].get("Items", []):
        found.tags.pop(key, None)
    return {}


def _list(call: Call) -> dict[str, Any]:
    tags = [{"Key": key, "Value": value} for key, value in _find(call).tags.items()]
    return {"Tags": {"Items": tags}}


OPERATIONS: Operations = {
    "TagResource": _tag,
    "UntagResource": _untag,
    "ListTagsForResource": _list,
}
