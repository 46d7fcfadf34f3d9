"""The list operations: `Marker`, `MaxItems`, and summaries of the items.

https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_ListDistributions.html
"""

from collections.abc import Mapping
from functools import partial
from typing import Any

from synth_localstack.cloudfront.call import Call, Operations
from synth_localstack.cloudfront.errors import refusal
from synth_localstack.cloudfront.kinds import (
    DISTRIBUTION,
    KEY_GROUP,
    KINDS,
    POLICIES,
    Kind,
)
from synth_localstack.cloudfront.store import Item, managed

#: What a page holds at most ("MaxItems").
MOST = 100


def page(
    items: list[tuple[int, Any]], request: Mapping[str, Any], *, with_marker: bool = True
) -> dict[str, Any]:
    """One page of items, each with its position in an order that does not change.

    The marker names the position of the last item seen, so that deleting items between two pages
    skips none.
    """
    marker = request.get("Marker") or None
    size = int(request.get("MaxItems") or MOST)
    if not 1 <= size <= MOST:
        raise refusal("InvalidArgument", f"MaxItems is {size}, expected 1 to {MOST}")
    if marker is not None:
        last = _position(marker)
        items = [item for item in items if item[0] > last]
    chosen, more = items[:size], len(items) > size
    answer: dict[str, Any] = {
        "MaxItems": size,
        "Quantity": len(chosen),
        "Items": [summary for _, summary in chosen],
    }
    if with_marker:
        answer |= {"Marker": marker or "", "IsTruncated": more}
    if more:
        answer["NextMarker"] = str(chosen[-1][0])
    return answer


def _position(marker: str) -> int:
    try:
        return int(marker)
    except ValueError as error:
        raise refusal("InvalidArgument", f"The marker {marker} is not valid") from error


def _list(call: Call, kind: Kind) -> dict[str, Any]:
    wanted = call.request.get("Type")
    found: list[Item] = []
    if wanted != "custom":
        found += managed(kind)
    if wanted != "managed":
        found += call.store.all(kind)
    summaries = [(item.order, _summary(call, item)) for item in found]
    answer = page(summaries, call.request, with_marker=kind not in (*POLICIES, KEY_GROUP))
    return {kind.list: answer}


def _summary(call: Call, item: Item) -> dict[str, Any]:
    """The members of the item and of its configuration: the serializer takes what the model has."""
    if item.kind in POLICIES:
        own = item.id in call.store.ITEMS
        return {"Type": "custom" if own else "managed", item.kind.name: item.document}
    if item.kind is KEY_GROUP:
        return {"KeyGroup": item.document}
    return {"ETag": item.etag, **item.config, **item.document}


def _by_policy(call: Call, kind: Kind) -> dict[str, Any]:
    """The distributions that refer to a policy."""
    policy = call.store.find(kind, call.request[f"{kind.name}Id"])
    users = [item for item in call.store.users(policy) if item.kind is DISTRIBUTION]
    return {"DistributionIdList": page([(item.order, item.id) for item in users], call.request)}


OPERATIONS: Operations = {
    **{kind.listed: partial(_list, kind=kind) for kind in KINDS},
    **{f"ListDistributionsBy{kind.name}Id": partial(_by_policy, kind=kind) for kind in POLICIES},
}
