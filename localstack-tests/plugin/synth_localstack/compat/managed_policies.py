"""AWS's managed policies are read once, not once for each account: moto has 1,600 of them."""

import copy
from typing import TYPE_CHECKING

from localstack.runtime import hooks

if TYPE_CHECKING:
    from collections.abc import Callable

    from moto.iam.models import IAMBackend, ManagedPolicy

#: By region, which stands for the partition: the policies of nobody's account.
_read: "dict[str, list[ManagedPolicy]]" = {}


def of_account(
    read: "Callable[[IAMBackend], list[ManagedPolicy]]", backend: "IAMBackend"
) -> "list[ManagedPolicy]":
    """The managed policies for a new account of moto's; `read` is moto's own way to make them."""
    if backend.region_name not in _read:
        _read[backend.region_name] = read(backend)
    return [_own(policy, backend.account_id) for policy in _read[backend.region_name]]


def _own(policy: "ManagedPolicy", account: str) -> "ManagedPolicy":
    """The policy with everything of its own that calls of the account may change."""
    own = copy.copy(policy)
    own.account_id = account
    own.tags = dict(policy.tags)
    own.versions = [copy.copy(version) for version in policy.versions]
    return own


@hooks.on_infra_start()
def read_managed_policies_once() -> None:
    """Replaces how moto 5.1 fills a new account: it reads two megabytes."""
    from localstack.utils.patch import patch
    from moto.iam.models import IAMBackend

    patch(IAMBackend._init_aws_policies)(of_account)  # noqa: SLF001 - moto offers no other way
