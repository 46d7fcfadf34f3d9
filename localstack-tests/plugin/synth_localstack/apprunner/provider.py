"""The table of all operations, and the call that each gets."""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from localstack.services.plugins import Service

from synth_localstack import own
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
    from localstack.aws.api import RequestContext

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


def _answer(
    settings: Settings, handler: Handler, context: "RequestContext", given: Mapping[str, Any]
) -> Mapping[str, Any]:
    call = Call(
        partition=context.partition,
        account=context.account_id,
        region=context.region,
        request=given,
        store=STORES[context.account_id][context.region],
        now=datetime.now(UTC),
        settings=settings,
    )
    call.store.settle(call.now)
    autoscaling.add_default(call)
    try:
        return handler(call)
    except AppRunnerError as error:
        declared = {shape.name for shape in context.operation.error_shapes}
        if error.code in declared:
            raise
        # An operation answers with the errors it declares only: AssociateCustomDomain, for one, has
        # no ResourceNotFoundException.
        raise invalid_request(error.message) from error


def service(settings: Settings) -> Service:
    """The service as LocalStack loads it."""
    answers = {name: partial(_answer, settings, handler) for name, handler in OPERATIONS.items()}
    return own.service("apprunner", STORES, answers, invalid_request)
