"""The roles that App Runner assumes: they must exist and trust the right service principal.

https://docs.aws.amazon.com/apprunner/latest/dg/security_iam_service-with-iam.html
"""

import json
from typing import Any

from synth_localstack.apprunner.call import Call
from synth_localstack.apprunner.errors import invalid_request

#: Assumes the access role, to pull an image from ECR.
BUILD = "build.apprunner.amazonaws.com"
#: Assumes the instance role, to run the service's code with it.
TASKS = "tasks.apprunner.amazonaws.com"


def require_access_role(call: Call, arn: str) -> None:
    """Refuses an access role that App Runner could not assume."""
    if not _trusts(call, arn, BUILD):
        raise invalid_request(f"Error in assuming access role {arn}")


def require_instance_role(call: Call, arn: str) -> None:
    """Refuses an instance role that App Runner could not assume.

    hashicorp/aws 5.100.0 retries on this sentence for two minutes, because a role that was just
    made may not be known everywhere yet (service.go).
    """
    if not _trusts(call, arn, TASKS):
        raise invalid_request(f"Error in assuming instance role {arn}")


def _trusts(call: Call, arn: str, principal: str) -> bool:
    from moto.iam.models import iam_backends

    roles = iam_backends[call.account][call.partition].roles.values()
    role = next((role for role in roles if role.arn == arn), None)
    if role is None:
        return False
    document = role.assume_role_policy_document
    policy = json.loads(document) if isinstance(document, str) else document
    return any(_allows(statement, principal) for statement in _many(policy.get("Statement")))


def _allows(statement: Any, principal: str) -> bool:
    if statement.get("Effect") != "Allow" or "Principal" not in statement:
        return False
    trusted = statement["Principal"]
    services = _many(trusted.get("Service")) if isinstance(trusted, dict) else _many(trusted)
    actions = {action.lower() for action in _many(statement.get("Action"))}
    return principal in services and bool(actions & {"sts:assumerole", "sts:*", "*"})


def _many(value: Any) -> list[Any]:
    """A policy element that may be one value or a list of them, as a list."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]
