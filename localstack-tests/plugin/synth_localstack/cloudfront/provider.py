"""The table of all operations, and the call that each gets."""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from localstack.services.plugins import Service

from synth_localstack import own
from synth_localstack.cloudfront import documents, invalidations, lists, tags
from synth_localstack.cloudfront.call import Call, Handler, Operations
from synth_localstack.cloudfront.errors import refusal
from synth_localstack.cloudfront.store import STORES

if TYPE_CHECKING:
    from localstack.aws.api import RequestContext

OPERATIONS: Operations = {
    **documents.OPERATIONS,
    **lists.OPERATIONS,
    **invalidations.OPERATIONS,
    **tags.OPERATIONS,
}


def _answer(
    handler: Handler, context: "RequestContext", given: Mapping[str, Any]
) -> Mapping[str, Any]:
    return handler(
        Call(
            partition=context.partition,
            account=context.account_id,
            request=given,
            store=STORES[context.account_id]["aws-global"],
            now=datetime.now(UTC),
        )
    )


def service() -> Service:
    """The service as LocalStack loads it."""
    answers = {name: partial(_answer, handler) for name, handler in OPERATIONS.items()}
    return own.service("cloudfront", STORES, answers, partial(refusal, "MalformedXML"))
