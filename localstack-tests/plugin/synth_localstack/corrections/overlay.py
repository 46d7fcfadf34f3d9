"""Members of a request that the service forgets, added to its answers about the resource."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from synth_localstack.corrections import memory

if TYPE_CHECKING:
    from localstack.aws.api import RequestContext


@dataclass(frozen=True)
class Overlay:
    """Which members of which resource."""

    #: Botocore's name of the service.
    service: str
    #: The member of a resource that names it.
    key: str
    #: The member of an answer that holds one resource, or the list of them.
    holders: tuple[str, ...]
    #: The operation that makes the resource, whose members replace what is known of that name.
    create: str
    #: Members of a request to those of an answer.
    members: Mapping[str, str]

    def __call__(self, context: "RequestContext", answer: dict[str, Any]) -> None:
        """Remembers what the request says, and adds what is known to the answer."""
        known = memory.of(context).members
        request = context.service_request or {}
        for holder in self.holders:
            held = answer.get(holder)
            for resource in held if isinstance(held, list) else [held] if held else []:
                name = (self.service, resource[self.key])
                if context.operation.name == self.create:
                    known.pop(name, None)
                told = {
                    shown: request[given]
                    for given, shown in self.members.items()
                    if request.get(given) is not None
                }
                if told:
                    known.setdefault(name, {}).update(told)
                resource.update(known.get(name, {}))
