"""The CloudFront resources of one account; the service is global."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from typing import Any

from localstack.services.stores import AccountRegionBundle, BaseStore, CrossRegionAttribute

from synth_localstack.cloudfront.errors import refusal
from synth_localstack.cloudfront.kinds import MANAGED, Kind

#: What one resource refers to another by: the kind and the id.
Reference = tuple[Kind, str]


@dataclass
class Item:
    """One resource."""

    kind: Kind
    #: Changes with every update; an update and a deletion must name it.
    etag: str
    #: The resource as `Get…` shows it.
    document: dict[str, Any]
    #: Position in the order of creation; lists and their markers use it.
    order: int = 0
    uses: frozenset[Reference] = frozenset()
    tags: dict[str, str] = field(default_factory=dict)
    #: Invalidations of a distribution, oldest first.
    invalidations: list[dict[str, Any]] = field(default_factory=list)

    @property
    def id(self) -> str:
        """The id that CloudFront gave."""
        return self.document["Id"]

    @property
    def config(self) -> dict[str, Any]:
        """The configuration that the author gave."""
        return self.document[self.kind.config]


class CloudFrontStore(BaseStore):
    """What LocalStack keeps, saves and resets for CloudFront."""

    ITEMS: dict[str, Item] = CrossRegionAttribute(default=dict)
    ORDERS: Iterator[int] = CrossRegionAttribute(default=count)

    def add(self, item: Item) -> Item:
        """Adds a resource as the newest."""
        item.order = next(self.ORDERS)
        self.ITEMS[item.id] = item
        return item

    def all(self, kind: Kind) -> list[Item]:
        """All of a kind, without those that AWS manages, in the order of creation."""
        return [item for item in self.ITEMS.values() if item.kind is kind]

    def find(self, kind: Kind, identifier: str) -> Item:
        """The resource that an operation names, which AWS may manage."""
        found = self._lookup(kind, identifier)
        if found is None:
            raise refusal(kind.unknown, f"The specified {kind.word} does not exist: {identifier}")
        return found

    def own(self, kind: Kind, identifier: str) -> Item:
        """The resource that an operation changes: it is the account's own."""
        found = self.find(kind, identifier)
        if found.id not in self.ITEMS:
            raise refusal("AccessDenied", f"The {kind.word} {identifier} is managed by AWS")
        return found

    def resolve(self, reference: Reference) -> None:
        """Refuses a reference to something that is not there."""
        kind, identifier = reference
        if self._lookup(kind, identifier) is None:
            raise refusal(kind.unresolved, f"The {kind.word} {identifier} does not exist")

    def users(self, item: Item) -> list[Item]:
        """What refers to a resource."""
        return [user for user in self.ITEMS.values() if (item.kind, item.id) in user.uses]

    def _lookup(self, kind: Kind, identifier: str) -> Item | None:
        found = self.ITEMS.get(identifier)
        if found is not None and found.kind is kind:
            return found
        return next((item for item in managed(kind) if item.id == identifier), None)


def managed(kind: Kind) -> list[Item]:
    """The policies of a kind that AWS makes for every account; of each the name only."""
    least: Mapping[str, Any] = {"MinTTL": 1} if kind.name == "CachePolicy" else {}
    return [
        Item(
            kind=kind,
            etag="E23ZP02F085DFQ",
            document={
                "Id": identifier,
                "LastModifiedTime": datetime(2020, 1, 1, tzinfo=UTC),
                kind.config: {"Name": name, **least},
            },
            # Before everything that the account has.
            order=position - len(MANAGED[kind]),
        )
        for position, (identifier, name) in enumerate(MANAGED.get(kind, {}).items())
    ]


STORES = AccountRegionBundle("cloudfront", CloudFrontStore, validate=False)
