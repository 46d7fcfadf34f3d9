"""Invalidations of a distribution: complete at once, since nothing is cached.

https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_CreateInvalidation.html
"""

from typing import Any

from synth_localstack.cloudfront.call import Call, Operations, short_id
from synth_localstack.cloudfront.errors import refusal
from synth_localstack.cloudfront.kinds import DISTRIBUTION
from synth_localstack.cloudfront.lists import page


def _create(call: Call) -> dict[str, Any]:
    distribution = call.store.find(DISTRIBUTION, call.request["DistributionId"])
    batch = call.request["InvalidationBatch"]
    paths = batch["Paths"]
    if paths["Quantity"] != len(paths.get("Items", [])):
        raise refusal("InconsistentQuantities", "Quantity is not the number of paths")
    created = {
        "Id": short_id("I"),
        "Status": "Completed",
        "CreateTime": call.now,
        "InvalidationBatch": batch,
    }
    distribution.invalidations.append(created)
    location = "https://cloudfront.amazonaws.com/2020-05-31/distribution"
    location += f"/{distribution.id}/invalidation/{created['Id']}"
    return {"Location": location, "Invalidation": created}


def _get(call: Call) -> dict[str, Any]:
    distribution = call.store.find(DISTRIBUTION, call.request["DistributionId"])
    for found in distribution.invalidations:
        if found["Id"] == call.request["Id"]:
            return {"Invalidation": found}
    raise refusal("NoSuchInvalidation", f"No invalidation has the id {call.request['Id']}")


def _list(call: Call) -> dict[str, Any]:
    distribution = call.store.find(DISTRIBUTION, call.request["DistributionId"])
    # The newest first.
    found = list(enumerate(reversed(distribution.invalidations)))
    return {"InvalidationList": page(found, call.request)}


OPERATIONS: Operations = {
    "CreateInvalidation": _create,
    "GetInvalidation": _get,
    "ListInvalidations": _list,
}
