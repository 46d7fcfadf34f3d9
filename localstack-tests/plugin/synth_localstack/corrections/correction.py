"""What a correction is."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from localstack.aws.api import RequestContext
    from localstack.aws.chain import HandlerChain
    from localstack.http import Response


@dataclass(frozen=True)
class Correction:
    """A change to the state or the answer of a service after one of some operations succeeded."""

    #: Stable; `GET /_localstack/synth` lists it.
    name: str
    #: Botocore's name of the service.
    service: str
    operations: frozenset[str]
    #: What is wrong without it, and in which version that was seen.
    reason: str
    apply: Callable[["RequestContext", "Response"], None]

    def __call__(
        self, _chain: "HandlerChain", context: "RequestContext", response: "Response"
    ) -> None:
        """A handler of LocalStack's `modify_service_response` chain."""
        if context.service_exception or context.operation.name not in self.operations:
            return
        self.apply(context, response)
