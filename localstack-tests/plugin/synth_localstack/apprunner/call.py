"""What the handler of an operation gets, and what it must be."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from synth_localstack.apprunner.errors import invalid_request
from synth_localstack.apprunner.store import AppRunnerStore, Kind, Resource
from synth_localstack.settings import Settings

#: https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html
MOST_TAGS = 50


@dataclass(frozen=True)
class Call:
    """One validated request."""

    partition: str
    account: str
    region: str
    request: Mapping[str, Any]
    store: AppRunnerStore
    now: datetime
    settings: Settings

    @property
    def delay(self) -> timedelta:
        """How long a status takes to change."""
        return timedelta(seconds=self.settings.apprunner_delay)

    def arn(self, path: str) -> str:
        """The ARN of something of this account in this region."""
        return f"arn:{self.partition}:apprunner:{self.region}:{self.account}:{path}"

    def new(self, kind: Kind, path: str, **data: Any) -> Resource:
        """A resource with the members that all kinds have, not yet in the store."""
        arn = self.arn(f"{kind.word}/{path}")
        name = self.request[f"{kind.name}Name"]
        shared = {f"{kind.name}Name": name, kind.arn: arn, "CreatedAt": self.now}
        return Resource(data=shared | data, kind=kind, tags=self.tags({}))

    def tags(self, present: Mapping[str, str]) -> dict[str, str]:
        """The tags of a resource with those of the request added."""
        given = {tag.get("Key", ""): tag.get("Value", "") for tag in self.request.get("Tags", [])}
        tags = {**present, **given}
        if len(tags) > MOST_TAGS:
            raise invalid_request(f"A resource has at most {MOST_TAGS} tags, not {len(tags)}")
        return tags

    def delete(self, resource: Resource) -> None:
        """Marks a resource as deleted, at once."""
        resource.data |= {"Status": resource.kind.dead, "DeletedAt": self.now}


#: Handles a request: returns the members of the answer or raises.
Handler = Callable[[Call], Mapping[str, Any]]
#: Operations by the name that the API gives them.
Operations = Mapping[str, Handler]


def new_id() -> str:
    """A new id: 32 hexadecimal digits, as in App Runner's ARNs."""
    return uuid.uuid4().hex
