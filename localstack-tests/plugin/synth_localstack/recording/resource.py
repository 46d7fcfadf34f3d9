"""The ARN of what a call is about.

Known where the request or the answer says it, or where AWS's form of the ARN needs no more than the
request ("Service Authorization Reference", resource types). Else nobody knows: `None`.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

#: `CreateAutoScalingConfiguration` → `AutoScalingConfiguration`.
_NOUN = re.compile(r"^[A-Z][a-z]+(?=[A-Z])")
_ARN = re.compile(r"^arn:aws[a-z-]*:[a-z0-9-]+:[a-z0-9-]*:[0-9]*:[^\s]+$")

#: ARNs by service and the member of a request that they end with.
#: https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
_FORMS: Mapping[tuple[str, str], str] = {
    ("cloudwatch", "AlarmName"): "cloudwatch:{region}:{account}:alarm:{value}",
    ("dynamodb", "TableName"): "dynamodb:{region}:{account}:table/{value}",
    ("ecr", "repositoryName"): "ecr:{region}:{account}:repository/{value}",
    ("logs", "logGroupName"): "logs:{region}:{account}:log-group:{value}",
    ("rds", "DBInstanceIdentifier"): "rds:{region}:{account}:db:{value}",
    ("rds", "DBParameterGroupName"): "rds:{region}:{account}:pg:{value}",
    ("rds", "DBSubnetGroupName"): "rds:{region}:{account}:subgrp:{value}",
    ("route53", "HostedZoneId"): "route53:::hostedzone/{value}",
    ("s3", "Bucket"): "s3:::{value}",
    ("sns", "Name"): "sns:{region}:{account}:{value}",
}


def arn(
    service: str,
    operation: str,
    request: Mapping[str, Any],
    answer: Mapping[str, Any],
    place: Mapping[str, str],
) -> str | None:
    """The ARN, or `None`. `place` holds `partition`, `region` and `account`."""
    noun = _NOUN.sub("", operation)
    candidates = [
        *_named(request, noun),
        *_formed(service, operation, request, place),
        *_named(answer, noun),
        *(found for held in _structures(operation, answer) for found in _named(held, noun)),
    ]
    return next(iter(candidates), None)


def _named(members: Mapping[str, Any], noun: str) -> Iterator[str]:
    """ARNs in members that are called after the noun, or after nothing at all."""
    wanted = {f"{noun}arn".lower(), "resourcearn", "arn", "resource", f"{noun}id".lower()}
    for name, value in members.items():
        if name.lower() in wanted and isinstance(value, str) and _ARN.match(value):
            yield value
    # One ARN that ends like the noun: `LoadBalancerArn` for `ModifyLoadBalancerAttributes`.
    for name, value in members.items():
        stem = re.sub(r"(?i)arn$", "", name)
        about = stem not in {"", name} and stem.lower() in noun.lower()
        if about and isinstance(value, str) and _ARN.match(value):
            yield value


def _formed(
    service: str, operation: str, request: Mapping[str, Any], place: Mapping[str, str]
) -> Iterator[str]:
    if service == "ssm" and isinstance(request.get("Name"), str) and "Parameter" in operation:
        name = request["Name"].removeprefix("/")
        yield "arn:{partition}:ssm:{region}:{account}:parameter/{name}".format(**place, name=name)
    for (owner, member), form in _FORMS.items():
        value = request.get(member)
        if owner != service or not isinstance(value, str) or not value:
            continue
        if owner == "s3" and isinstance(request.get("Key"), str):
            value = f"{value}/{request['Key']}"
        yield "arn:{partition}:".format(**place) + form.format(**place, value=value)


def _structures(operation: str, answer: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The structures of an answer, and what stands alone in a list that was not asked for."""
    for value in answer.values():
        if isinstance(value, Mapping):
            yield value
        elif isinstance(value, list) and not operation.startswith("List"):
            # A `List…` is about all that there is, however few they are just then.
            yield from (held for held in value if len(value) == 1 and isinstance(held, Mapping))
