"""Members of a request that the service forgets, added to its answers about the resource."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from synth_localstack.corrections import memory

if TYPE_CHECKING:
    from localstack.aws.api import RequestContext


@dataclass(frozen=True)
class Overlay:
    """Which members of which resource."""

    #: Botocore's name of the service.
    service: str
    #: The members that together name a resource, in its answers; in requests where those lack it.
    key: tuple[str, ...]
    #: The member of an answer that holds one resource, or the list of them.
    holders: tuple[str, ...]
    #: The operation that makes the resource, whose members replace what is known of that name.
    create: str
    #: Members of a request to those of an answer.
    members: Mapping[str, str]
    #: Members of an answer that are there unless the request says otherwise.
    defaults: Mapping[str, Any] = field(default_factory=dict)
    #: Members that the service makes up: they are shown as they were told, or not at all.
    made_up: tuple[str, ...] = ()

    def __call__(self, context: "RequestContext", answer: dict[str, Any]) -> None:
        """Remembers what the request says, and adds what is known to the answer."""
        resources = list(self._held(answer))
        for resource in resources:
            for member in self.made_up:
                resource.pop(member, None)
            resource.update(self.keep(context, resource))
        request = context.service_request or {}
        if not resources and all(member in request for member in self.key):
            self.keep(context, request)

    def keep(self, context: "RequestContext", named: Mapping[str, Any]) -> dict[str, Any]:
        """Remembers what the request says of a resource; what is known of it."""
        known = memory.of(context).members
        request = context.service_request or {}
        name = (self.service, self.create, *(named[member] for member in self.key))
        if context.operation.name == self.create:
            known[name] = dict(self.defaults)
        told = {
            shown: request[given]
            for given, shown in self.members.items()
            if request.get(given) is not None
        }
        if told:
            known.setdefault(name, {}).update(told)
        return known.get(name, {})

    def _held(self, answer: dict[str, Any]) -> Iterator[dict[str, Any]]:
        for holder in self.holders:
            held = answer.get(holder)
            yield from held if isinstance(held, list) else [held] if held else []
