"""What a service was told and does not keep: by account, region and the resource's name.

Kept beside the service's own state and forgotten with it (`routes.state_reset`).
"""

from typing import TYPE_CHECKING, Any

from localstack.services.stores import AccountRegionBundle, BaseStore, LocalAttribute

if TYPE_CHECKING:
    from localstack.aws.api import RequestContext


class Memory(BaseStore):
    """What is kept of one account in one region."""

    #: By service and ARN: keys to values.
    tags: dict[tuple[str, str], dict[str, str]] = LocalAttribute(default=dict)
    #: By service, the operation that makes the resource, and its name: members to values.
    members: dict[tuple[str, ...], dict[str, Any]] = LocalAttribute(default=dict)


MEMORIES = AccountRegionBundle("synth-corrections", Memory, validate=False)


def of(context: "RequestContext") -> Memory:
    """The memory of the request's account and region."""
    return MEMORIES[context.account_id][context.region]
