"""What a correction is: of an answer, of a missing operation, or of the service itself."""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

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
        # moto's refusals are answers, not exceptions.
        refused = context.service_exception or response.status_code >= HTTPStatus.BAD_REQUEST
        if refused or context.operation is None or context.operation.name not in self.operations:
            return
        self.apply(context, response)


def amends(
    change: Callable[["RequestContext", dict[str, Any]], None],
) -> Callable[["RequestContext", "Response"], None]:
    """An `apply` that changes the members of an answer, whatever protocol it is written in."""

    def apply(context: "RequestContext", response: "Response") -> None:
        from localstack.aws.client import parse_response
        from localstack.aws.protocol.serializer import create_serializer

        answer = parse_response(
            context.operation, context.protocol, response, include_response_metadata=False
        )
        change(context, answer)
        serializer = create_serializer(context.service, context.protocol)
        response.update_from(
            serializer.serialize_to_response(
                answer, context.operation, context.request.headers, context.request_id
            )
        )

    return apply


@dataclass(frozen=True)
class Replacement:
    """An operation that the service behind it does not have at all."""

    #: Stable; `GET /_localstack/synth` lists it.
    name: str
    #: Botocore's name of the service.
    service: str
    operations: frozenset[str]
    #: What is wrong without it, and in which version that was seen.
    reason: str
    answer: Callable[["RequestContext", dict[str, Any]], dict[str, Any]]

    def __call__(
        self, chain: "HandlerChain", context: "RequestContext", response: "Response"
    ) -> None:
        """A handler of LocalStack's chain, before the service itself."""
        from localstack.aws.skeleton import Skeleton

        if context.service is None or context.service.service_name != self.service:
            return
        if context.operation is None or context.operation.name not in self.operations:
            return
        skeleton = Skeleton(context.service, dict.fromkeys(self.operations, self.answer))
        response.update_from(skeleton.invoke(context))
        chain.stop()


@dataclass(frozen=True)
class Patch:
    """A change to the service itself, made once: its answer cannot be mended afterwards."""

    #: Stable; `GET /_localstack/synth` lists it.
    name: str
    #: Botocore's name of the service.
    service: str
    #: What is wrong without it, and in which version that was seen.
    reason: str
    install: Callable[[], None]
