"""Create, get, update and delete: the same for every kind of resource.

https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_CreateDistribution.html, and so on.
"""

import copy
import uuid
from collections.abc import Mapping
from functools import partial
from typing import Any

from synth_localstack.cloudfront import distributions
from synth_localstack.cloudfront.call import Call, Operations, new_id, short_id
from synth_localstack.cloudfront.errors import refusal
from synth_localstack.cloudfront.kinds import (
    DISTRIBUTION,
    KEY_GROUP,
    KINDS,
    ORIGIN_ACCESS_IDENTITY,
    PUBLIC_KEY,
    Kind,
)
from synth_localstack.cloudfront.store import Item, Reference


def _create(call: Call, kind: Kind) -> dict[str, Any]:
    return _make(call, kind, call.request[kind.config], {})


def _create_with_tags(call: Call) -> dict[str, Any]:
    given = call.request["DistributionConfigWithTags"]
    tags = {tag["Key"]: tag.get("Value", "") for tag in given["Tags"].get("Items", [])}
    return _make(call, DISTRIBUTION, given["DistributionConfig"], tags)


def _make(call: Call, kind: Kind, given: Mapping[str, Any], tags: dict[str, str]) -> dict[str, Any]:
    _refuse_wrong_quantities(given, kind.config)
    config = _complete(kind, given)
    for other in call.store.all(kind):
        if other.config[kind.unique] == config[kind.unique]:
            # The same identity asked for twice is one (CreateCloudFrontOriginAccessIdentity,
            # "CallerReference").
            if kind is ORIGIN_ACCESS_IDENTITY and other.config == config:
                return _answer(other)
            raise refusal(kind.taken, f"{kind.unique} {config[kind.unique]} is taken: {other.id}")
    item = Item(
        kind=kind,
        etag=short_id(),
        document={"Id": new_id(kind), kind.config: config},
        uses=_uses(call, kind, config),
        tags=tags,
    )
    item.document |= _surroundings(call, item)
    location = f"https://cloudfront.amazonaws.com/2020-05-31/{kind.word}/{item.id}"
    return {**_answer(call.store.add(item)), "Location": location}


def _surroundings(call: Call, item: Item) -> dict[str, Any]:
    """What the service adds to a configuration."""
    if item.kind is DISTRIBUTION:
        return distributions.surroundings(call, item.id)
    if item.kind is ORIGIN_ACCESS_IDENTITY:
        return {"S3CanonicalUserId": uuid.uuid4().hex * 2}
    if item.kind is PUBLIC_KEY:
        return {"CreatedTime": call.now}
    return {"LastModifiedTime": call.now}


def _complete(kind: Kind, given: Mapping[str, Any]) -> dict[str, Any]:
    config = copy.deepcopy(dict(given))
    return distributions.complete(config) if kind is DISTRIBUTION else config


def _uses(call: Call, kind: Kind, config: Mapping[str, Any]) -> frozenset[Reference]:
    """What a configuration refers to; all of it must exist."""
    if kind is DISTRIBUTION:
        return distributions.check(call, config)
    if kind is KEY_GROUP:
        keys = frozenset((PUBLIC_KEY, identifier) for identifier in config["Items"])
        for key in keys:
            call.store.resolve(key)
        return keys
    return frozenset()


def _get(call: Call, kind: Kind) -> dict[str, Any]:
    return _answer(call.store.find(kind, call.request["Id"]))


def _get_config(call: Call, kind: Kind) -> dict[str, Any]:
    item = call.store.find(kind, call.request["Id"])
    return {kind.config: item.config, "ETag": item.etag}


def _update(call: Call, kind: Kind) -> dict[str, Any]:
    item = _expected(call, kind)
    given = call.request[kind.config]
    _refuse_wrong_quantities(given, kind.config)
    config = _complete(kind, given)
    if kind is DISTRIBUTION and config["CallerReference"] != item.config["CallerReference"]:
        raise refusal("IllegalUpdate", "The caller reference of a distribution cannot change")
    item.uses = _uses(call, kind, config)
    item.document[kind.config] = config
    item.etag = short_id()
    if "LastModifiedTime" in item.document:
        item.document["LastModifiedTime"] = call.now
    return _answer(item)


def _delete(call: Call, kind: Kind) -> dict[str, Any]:
    item = _expected(call, kind)
    if kind is DISTRIBUTION and item.config["Enabled"]:
        raise refusal("DistributionNotDisabled", f"The distribution {item.id} is not disabled")
    users = ", ".join(f"{user.kind.word} {user.id}" for user in call.store.users(item))
    if users:
        raise refusal(kind.used, f"The {kind.word} {item.id} is in use by {users}")
    del call.store.ITEMS[item.id]
    return {}


def _expected(call: Call, kind: Kind) -> Item:
    """The resource in the version that the caller has seen."""
    item = call.store.own(kind, call.request["Id"])
    match = call.request.get("IfMatch")
    if match is None:
        raise refusal("InvalidIfMatchVersion", "The If-Match version is missing")
    if match != item.etag:
        raise refusal("PreconditionFailed", f"The ETag of {item.id} is not {match} any more")
    return item


def _answer(item: Item) -> dict[str, Any]:
    return {item.kind.name: item.document, "ETag": item.etag}


def _refuse_wrong_quantities(value: Any, path: str) -> None:
    """`Quantity` says how many `Items` there are, wherever the two stand."""
    if isinstance(value, list):
        for member in value:
            _refuse_wrong_quantities(member, path)
    if not isinstance(value, dict):
        return
    quantity, items = value.get("Quantity"), value.get("Items") or []
    if quantity is not None and quantity != len(items):
        raise refusal(
            "InconsistentQuantities",
            f"The value of Quantity and the size of Items do not match: {quantity} and"
            f" {len(items)} in {path}",
        )
    for name, member in value.items():
        _refuse_wrong_quantities(member, name)


OPERATIONS: Operations = {
    "CreateDistributionWithTags": _create_with_tags,
    **{f"Create{kind.name}": partial(_create, kind=kind) for kind in KINDS},
    **{f"Get{kind.name}": partial(_get, kind=kind) for kind in KINDS},
    **{f"Get{kind.name}Config": partial(_get_config, kind=kind) for kind in KINDS},
    **{f"Update{kind.name}": partial(_update, kind=kind) for kind in KINDS},
    **{f"Delete{kind.name}": partial(_delete, kind=kind) for kind in KINDS},
}
