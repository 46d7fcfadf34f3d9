"""Services of the plugin's own: a table of operations, and the one way through them."""

import copy
import threading
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from localstack.aws.skeleton import Skeleton
from localstack.aws.spec import load_service
from localstack.services.plugins import Service

from synth_localstack import validation

if TYPE_CHECKING:
    from localstack.aws.api import RequestContext, ServiceException
    from localstack.services.stores import AccountRegionBundle
    from localstack.state import StateVisitor

#: Answers a request that the service's model allows: returns the members of the answer or raises.
Answer = Callable[["RequestContext", Mapping[str, Any]], Mapping[str, Any]]


class Own:
    """A service as LocalStack sees it: a table of operations and state to visit."""

    def __init__(
        self,
        name: str,
        stores: "AccountRegionBundle[Any]",
        answers: Mapping[str, Answer],
        refuse: Callable[[str], "ServiceException"],
    ) -> None:
        self.model = load_service(name)
        self._stores = stores
        self._answers = answers
        self._refuse = refuse
        # LocalStack serves requests on threads; an operation reads and writes several resources.
        self._lock = threading.Lock()

    def table(self) -> Mapping[str, Callable[["RequestContext", Any], dict[str, Any]]]:
        """The operations in the form that LocalStack's skeleton dispatches to."""
        return {name: self._operation(name, answer) for name, answer in self._answers.items()}

    def accept_state_visitor(self, visitor: "StateVisitor") -> None:
        """Shows LocalStack where the state is."""
        visitor.visit(self._stores)

    def _operation(
        self, name: str, answer: Answer
    ) -> Callable[["RequestContext", Any], dict[str, Any]]:
        shape = self.model.operation_model(name).input_shape

        def answered(context: "RequestContext", request: Any) -> dict[str, Any]:
            given = validation.present(request or {})
            problems = validation.problems(given, shape)
            if problems:
                raise self._refuse(validation.message(problems))
            with self._lock:
                # A copy: LocalStack serializes the answer after the lock is released.
                return copy.deepcopy(dict(answer(context, given)))

        return answered


def service(
    name: str,
    stores: "AccountRegionBundle[Any]",
    answers: Mapping[str, Answer],
    refuse: Callable[[str], "ServiceException"],
) -> Service:
    """The service `name` (botocore's) as LocalStack loads it; `refuse` names an invalid request."""
    own = Own(name, stores, answers, refuse)
    loaded = Service(name, skeleton=Skeleton(own.model, own.table()))
    # `Service.accept_state_visitor` asks `_provider`, which only `Service.for_provider` sets.
    loaded._provider = own  # noqa: SLF001 - see above
    return loaded
