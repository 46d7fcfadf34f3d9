"""Turns a request into an answer: one table of operations, one way through them."""

import copy
import threading
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from localstack.aws.skeleton import Skeleton
from localstack.aws.spec import load_service
from localstack.services.plugins import Service

from synth_localstack import validation
from synth_localstack.cloudfront import documents, invalidations, lists, tags
from synth_localstack.cloudfront.call import Call, Handler, Operations
from synth_localstack.cloudfront.errors import refusal
from synth_localstack.cloudfront.store import STORES

if TYPE_CHECKING:
    from localstack.aws.api import RequestContext
    from localstack.state import StateVisitor

OPERATIONS: Operations = {
    **documents.OPERATIONS,
    **lists.OPERATIONS,
    **invalidations.OPERATIONS,
    **tags.OPERATIONS,
}


class CloudFront:
    """CloudFront as LocalStack sees it: a table of operations and state to visit."""

    def __init__(self) -> None:
        self.model = load_service("cloudfront")
        # LocalStack serves requests on threads; an operation reads and writes several resources.
        self._lock = threading.Lock()

    def table(self) -> Mapping[str, Callable[["RequestContext", Any], dict[str, Any]]]:
        """The operations in the form that LocalStack's skeleton dispatches to."""
        return {name: self._operation(name, handler) for name, handler in OPERATIONS.items()}

    def accept_state_visitor(self, visitor: "StateVisitor") -> None:
        """Shows LocalStack where the state is."""
        visitor.visit(STORES)

    def _operation(
        self, name: str, handler: Handler
    ) -> Callable[["RequestContext", Any], dict[str, Any]]:
        shape = self.model.operation_model(name).input_shape

        def answer(context: "RequestContext", request: Any) -> dict[str, Any]:
            given = validation.present(request or {})
            problems = validation.problems(given, shape)
            if problems:
                raise refusal("MalformedXML", validation.message(problems))
            with self._lock:
                call = Call(
                    partition=context.partition,
                    account=context.account_id,
                    request=given,
                    store=STORES[context.account_id]["aws-global"],
                    now=datetime.now(UTC),
                )
                # A copy: LocalStack serializes the answer after the lock is released.
                return copy.deepcopy(dict(handler(call)))

        return answer


def service() -> Service:
    """The service as LocalStack loads it."""
    provider = CloudFront()
    loaded = Service("cloudfront", skeleton=Skeleton(provider.model, provider.table()))
    # `Service.accept_state_visitor` asks `_provider`, which only `Service.for_provider` sets.
    loaded._provider = provider  # noqa: SLF001 - see above
    return loaded
