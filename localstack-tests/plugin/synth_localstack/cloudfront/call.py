"""What the handler of an operation gets, and what it must be."""

import secrets
import string
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from synth_localstack.cloudfront.kinds import Kind
from synth_localstack.cloudfront.store import CloudFrontStore


@dataclass(frozen=True)
class Call:
    """One validated request."""

    partition: str
    account: str
    request: Mapping[str, Any]
    store: CloudFrontStore
    now: datetime

    def arn(self, kind: Kind, identifier: str) -> str:
        """The ARN of something of this account; the service is global and has no region."""
        return f"arn:{self.partition}:cloudfront::{self.account}:{kind.word}/{identifier}"


#: Handles a request: returns the members of the answer or raises.
Handler = Callable[[Call], Mapping[str, Any]]
#: Operations by the name that the API gives them.
Operations = Mapping[str, Handler]

_LETTERS = string.ascii_uppercase + string.digits


def short_id(first: str = "E") -> str:
    """An id like `E2QWRUHAPOMQZL`, as distributions and ETags have."""
    return first + "".join(secrets.choice(_LETTERS) for _ in range(13))


def new_id(kind: Kind) -> str:
    """An id of the form that the kind has."""
    return short_id() if kind.short else str(uuid.uuid4())
