"""Tags of every kind of resource.

https://docs.aws.amazon.com/apprunner/latest/api/API_TagResource.html
"""

from typing import Any

from synth_localstack.apprunner.call import Call, Operations
from synth_localstack.apprunner.errors import not_found
from synth_localstack.apprunner.store import Resource


def _find(call: Call) -> Resource:
    arn = call.request["ResourceArn"]
    found = call.store.resources.get(arn)
    if found is None or not found.alive:
        raise not_found(f"No resource found for ARN: {arn}")
    return found


def _tag(call: Call) -> dict[str, Any]:
    found = _find(call)
    found.tags = call.tags(found.tags)
    return {}


def _untag(call: Call) -> dict[str, Any]:
    found = _find(call)
    for key in call.request["TagKeys"]:
        found.tags.pop(key, None)
    return {}


def _list(call: Call) -> dict[str, Any]:
    return {"Tags": [{"Key": key, "Value": value} for key, value in _find(call).tags.items()]}


OPERATIONS: Operations = {
    "TagResource": _tag,
    "UntagResource": _untag,
    "ListTagsForResource": _list,
}
