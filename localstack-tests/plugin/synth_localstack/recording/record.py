"""Writes a line after each answer."""

from datetime import UTC, datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from localstack.runtime import hooks

from synth_localstack.recording import journal, principal, resource

if TYPE_CHECKING:
    from collections.abc import Mapping

    from localstack.aws.api import RequestContext
    from localstack.aws.chain import HandlerChain
    from localstack.http import Response


def call(context: "RequestContext", response: "Response") -> dict[str, Any]:
    """One call as it is written."""
    from localstack.utils.aws.request_context import extract_access_key_id_from_auth_header

    service, operation = context.service.service_name, context.operation.name
    request: Mapping[str, Any] = context.service_request or {}
    answer = context.service_response
    place = {
        "partition": context.partition,
        "region": context.region,
        "account": context.account_id,
    }
    key = extract_access_key_id_from_auth_header(context.request.headers)
    return {
        "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "service": service,
        "operation": operation,
        "account": context.account_id,
        "access_key": key,
        "principal": principal.arn(context.partition, context.account_id, key),
        "region": context.region,
        "resource": resource.arn(
            service, operation, request, answer if isinstance(answer, dict) else {}, place
        ),
        "parameters": sorted(name for name, value in request.items() if value is not None),
        "outcome": _outcome(context, response),
        "client": _client(context.request.headers.get("User-Agent", "")),
    }


def _outcome(context: "RequestContext", response: "Response") -> str:
    if context.service_exception is not None:
        return getattr(context.service_exception, "code", type(context.service_exception).__name__)
    refused = response.status_code >= HTTPStatus.BAD_REQUEST
    return f"HTTP {response.status_code}" if refused else "ok"


def _client(agent: str) -> str:
    """The program, as the first product of its `User-Agent`; Terraform's provider is not first."""
    if "Terraform/" in agent:
        return "Terraform"
    return agent.split("/")[0].split(" ")[0]


def record(_chain: "HandlerChain", context: "RequestContext", response: "Response") -> None:
    """A handler of LocalStack's chain, after the answer; its own calls to itself do not count."""
    if context.service and context.operation and not context.is_internal_call:
        journal.write(call(context, response))


@hooks.on_infra_start()
def record_calls() -> None:
    """Puts the recorder behind everything else that looks at answers."""
    from localstack.aws import handlers

    handlers.run_custom_response_handlers.append(record)
