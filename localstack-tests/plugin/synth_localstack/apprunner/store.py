"""The App Runner resources of one account in one region."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import Any

from localstack.services.stores import AccountRegionBundle, BaseStore, LocalAttribute

from synth_localstack.apprunner.errors import invalid_request, not_found
from synth_localstack.apprunner.lifecycle import Tracked


@dataclass(frozen=True)
class Kind:
    """A kind of resource: how the API names it and how its life ends."""

    #: The name of the member that holds it in an answer, and the stem of its `…Name` and `…Arn`.
    name: str
    #: The word in the ARN: `arn:aws:apprunner:REGION:ACCOUNT:WORD/…`.
    word: str
    #: The status of a deleted one, which `Describe…` still shows.
    dead: str

    @property
    def arn(self) -> str:
        """The member that holds the ARN."""
        return f"{self.name}Arn"


SERVICE = Kind("Service", "service", dead="DELETED")
# Lower case in answers though the model's enum is upper case: hashicorp/aws 5.100.0 waits for
# "active" and "inactive" (auto_scaling_configuration_version.go), because AWS answers so.
AUTO_SCALING = Kind("AutoScalingConfiguration", "autoscalingconfiguration", dead="inactive")
OBSERVABILITY = Kind("ObservabilityConfiguration", "observabilityconfiguration", dead="INACTIVE")
CONNECTION = Kind("Connection", "connection", dead="DELETED")
VPC_CONNECTOR = Kind("VpcConnector", "vpcconnector", dead="INACTIVE")
VPC_INGRESS = Kind("VpcIngressConnection", "vpcingressconnection", dead="DELETED")


@dataclass
class Domain(Tracked):
    """A custom domain of a service."""

    #: Position in the order of association.
    order: int = 0


@dataclass
class Resource(Tracked):
    """One resource; `data` is what the API shows of it."""

    kind: Kind = SERVICE
    #: Position in the order of creation; lists and their tokens use it.
    order: int = 0
    tags: dict[str, str] = field(default_factory=dict)
    #: ARNs of the resources that a service uses; those are not deleted meanwhile.
    uses: frozenset[str] = frozenset()
    #: Operations of a service, oldest first.
    operations: list[dict[str, Any]] = field(default_factory=list)
    #: Custom domains of a service by name.
    domains: dict[str, Domain] = field(default_factory=dict)

    @property
    def arn(self) -> str:
        """The full ARN."""
        return self.data[self.kind.arn]

    @property
    def name(self) -> str:
        """The name that the author gave."""
        return self.data[f"{self.kind.name}Name"]

    @property
    def alive(self) -> bool:
        """Whether it is not deleted."""
        return self.status != self.kind.dead


class AppRunnerStore(BaseStore):
    """What LocalStack keeps, saves and resets for App Runner."""

    resources: dict[str, Resource] = LocalAttribute(default=dict)
    orders: Iterator[int] = LocalAttribute(default=count)

    def add(self, resource: Resource) -> Resource:
        """Adds a resource as the newest."""
        resource.order = next(self.orders)
        self.resources[resource.arn] = resource
        return resource

    def settle(self, now: datetime) -> None:
        """Lets every status whose time has come take effect."""
        for resource in self.resources.values():
            resource.settle(now)
            for domain in list(resource.domains.values()):
                domain.settle(now)

    def all(self, kind: Kind) -> list[Resource]:
        """All of a kind that are not deleted, in the order of creation."""
        return [found for found in self.resources.values() if found.kind is kind and found.alive]

    def find(self, kind: Kind, arn: str) -> Resource:
        """The resource with this ARN, deleted or not."""
        found = self.resources.get(arn)
        if found is None or found.kind is not kind:
            raise not_found(f"No {kind.name} found for ARN: {arn}")
        return found

    def referenced(self, kind: Kind, arn: str) -> Resource:
        """The resource that a parameter of another resource names; it must exist and be alive."""
        found = self.resources.get(arn)
        if found is None or found.kind is not kind or not found.alive:
            raise invalid_request(f"The {kind.arn} you specified isn't valid. ARN: '{arn}'")
        return found

    def users(self, arn: str) -> list[Resource]:
        """The services that use a resource."""
        return [service for service in self.all(SERVICE) if arn in service.uses]


# Without LocalStack's check of regions: it has no list for App Runner regions beyond botocore's,
# and its parser has refused impossible accounts and regions before.
STORES = AccountRegionBundle("apprunner", AppRunnerStore, validate=False)
