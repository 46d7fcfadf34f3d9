"""`MaxResults` and `NextToken`, which all lists of the API share.

"All other parameter values must be identical to the ones specified in the initial request", says
each list operation; a token carries a digest of them and is refused with others.
"""

import base64
import binascii
import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from synth_localstack.apprunner.errors import invalid_request

Item = TypeVar("Item")


def page(
    items: Sequence[Item], position: Callable[[Item], int], request: Mapping[str, Any]
) -> tuple[list[Item], dict[str, str]]:
    """One page of `items`, and the `NextToken` member if there are more.

    `position` orders the items and must not change: a token names the last item seen, so that
    deleting items between two pages, as a clean-up does, skips none.
    """
    ordered = sorted(items, key=position)
    token = request.get("NextToken")
    if token is not None:
        last = _decode(token, request)
        ordered = [item for item in ordered if position(item) > last]
    size = request.get("MaxResults") or len(ordered)
    chosen = ordered[:size]
    more = {"NextToken": _encode(position(chosen[-1]), request)} if len(ordered) > size else {}
    return chosen, more


def _encode(last: int, request: Mapping[str, Any]) -> str:
    return base64.urlsafe_b64encode(f"{_digest(request)}:{last}".encode()).decode()


def _decode(token: str, request: Mapping[str, Any]) -> int:
    try:
        digest, _, last = (
            base64.b64decode(token.encode(), b"-_", validate=True).decode().partition(":")
        )
        position = int(last)
    except (binascii.Error, ValueError) as error:
        raise invalid_request("The NextToken you specified isn't valid.") from error
    if digest != _digest(request):
        raise invalid_request(
            "The NextToken you specified belongs to a request with other parameters."
        )
    return position


def _digest(request: Mapping[str, Any]) -> str:
    rest = {name: value for name, value in request.items() if name != "NextToken"}
    return hashlib.sha256(json.dumps(rest, sort_keys=True).encode()).hexdigest()[:16]
