"""Turns a request into an answer: one table of all operations, one way through them."""

import copy
import threading
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from localstack.aws.skeleton import Skeleton
from localstack.aws.spec import load_service
from localstack.services.plugins import Service

from synth_localstack import validation
from synth_localstack.apprunner import (
    autoscaling,
    connections,
    domains,
    observability,
    services,
    tags,
    vpc_connectors,
    vpc_ingress,
)
from synth_localstack.apprunner.call import Call, Handler, Operations
from synth_localstack.apprunner.errors import AppRunnerError, invalid_request
from synth_localstack.apprunner.store import STORES
from synth_localstack.settings import Settings

if TYPE_CHECKING:
    from botocore.model import OperationModel
    from localstack.aws.api import RequestContext
    from localstack.state import StateVisitor

OPERATIONS: Operations = {
    **services.OPERATIONS,
    **autoscaling.OPERATIONS,
    **observability.OPERATIONS,
    **connections.OPERATIONS,
    **vpc_connectors.OPERATIONS,
    **vpc_ingress.OPERATIONS,
    **domains.OPERATIONS,
    **tags.OPERATIONS,
}


class AppRunner:
    """App Runner as LocalStack sees it: a table of operations and state to visit."""

    def __init__(self, settings: Settings) -> None:
        self.model = load_service("apprunner")
        self._settings = settings
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
        model = self.model.operation_model(name)

        def answer(context: "RequestContext", request: Any) -> dict[str, Any]:
            given = validation.present(request or {})
            problems = validation.problems(given, model.input_shape)
            if problems:
                raise invalid_request(validation.message(problems))
            with self._lock:
                call = Call(
                    partition=context.partition,
                    account=context.account_id,
                    region=context.region,
                    request=given,
                    store=STORES[context.account_id][context.region],
                    now=datetime.now(UTC),
                    settings=self._settings,
                )
                # A copy: LocalStack serializes the answer after the lock is released.
                return copy.deepcopy(dict(_handle(call, handler, model)))

        return answer


def _handle(call: Call, handler: Handler, model: "OperationModel") -> Mapping[str, Any]:
    call.store.settle(call.now)
    autoscaling.add_default(call)
    try:
        return handler(call)
    except AppRunnerError as error:
        declared = {shape.name for shape in model.error_shapes}
        if error.code in declared:
            raise
        # An operation answers with the errors it declares only: AssociateCustomDomain, for one, has
        # no ResourceNotFoundException.
        raise invalid_request(error.message) from error


def service(settings: Settings) -> Service:
    """The service as LocalStack loads it."""
    provider = AppRunner(settings)
    loaded = Service("apprunner", skeleton=Skeleton(provider.model, provider.table()))
    # `Service.accept_state_visitor` asks `_provider`, which only `Service.for_provider` sets.
    loaded._provider = provider  # noqa: SLF001 - see above
    return loaded
